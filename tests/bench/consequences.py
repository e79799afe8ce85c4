"""What a regrade and a relabel take in a desk of so many passages, of which few rest on them.

One published partnership of five documents and a hundred passages is made by the verbs, and then
copied by the database itself, row for row with other ids, as often as it takes.
"""

import gc
import json
import os
import statistics
import sys
import time

import django

OF_ONE = 100  # passages of a partnership
STRIDE = 1_000  # between the ids of a row and of its next copy: more than there are of a kind
ACTS = 40
SENTENCES = (
    "ESA and NASA agreed. The rover is built in Turin. Its drill is new. Nobody has seen it. It "
    "was paid in full. The orbiter carries a camera. It flies over the pole. The budget was not "
    "told. A heat shield is made of cork. Parachutes were packed again. It lands in the morning. "
    "Two centres share the work. Each pays for what it builds. The mast turns on its own. A relay "
    "sends what it finds. The wheels are made of metal. It sleeps at night. The cores are stored. "
    "A second lander waits. They meet in spring."
)


def main(passages: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "curation.settings"
    django.setup()
    from django.core.management import call_command

    with open(os.devnull, "w") as nowhere:
        call_command("migrate", verbosity=0, stdout=nowhere)
    summary = template()
    multiply(passages // OF_ONE - 1)
    print(json.dumps(counted() | measured(summary)))


def template():
    """A partnership with an edition that tells five claims, each of a document of its own."""
    from tests import factories

    source = factories.make_source(grade="B")
    partnership = factories.make_partnership(name="The rover")
    claims = [
        factories.make_claim(
            partnership=partnership, quotes=[factories.make_news(SENTENCES, source=source)]
        )
        for _ in range(5)
    ]
    summary = factories.make_draft(claims=claims)
    factories.make_published(summary)
    return summary


def multiply(times: int) -> None:
    """Copy the rows of all that is one partnership's, keys and all."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(
            "CREATE TEMP TABLE times AS WITH RECURSIVE upto(nth) AS (SELECT 1 UNION ALL "
            f"SELECT nth + 1 FROM upto WHERE nth < {times}) SELECT nth FROM upto"
        )
        for model in copied():
            names, values = zip(*columns(model), strict=True)
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) SELECT "
                f"{', '.join(values)} FROM (SELECT * FROM {model._meta.db_table}) row, times"
            )


def copied():
    from corpus import models as corpus
    from curation import models as curation

    return [
        *(corpus.Source, corpus.Document, corpus.Capture, corpus.Sighting, corpus.Passage),
        *(curation.SourceGrade, curation.Assessment, curation.Quote, curation.Partnership),
        *(curation.Claim, curation.Evidence, curation.Standing, curation.Summary),
        *(curation.Revision, curation.Citation, curation.Approval, curation.Edition),
        *(curation.EditionClaim, curation.EditionQuote, curation.Page, curation.Address),
    ]


def columns(model):
    """Each column, and what it is in the copy n of a row."""
    for field in model._meta.concrete_fields:
        kind, name = field.get_internal_type(), field.column
        of_copied = field.is_relation and field.related_model in copied()
        if of_copied or kind == "BigAutoField" or name in ("claim_id", "quote_id", "document_id"):
            value = f"row.{name} + nth * {STRIDE}"
        elif kind == "UUIDField":
            value = "lower(hex(randomblob(16)))"
        elif name.endswith("sha256"):
            value = f"substr(row.{name}, 1, 56) || printf('%08d', nth)"
        elif name in ("name", "path", "slug"):
            value = f"row.{name} || ' ' || nth"
        else:
            value = f"row.{name}"
        yield f'"{name}"', value


def measured(summary) -> dict[str, float]:
    """The median of acts that go to and fro, in milliseconds of processor time."""
    from curation import assessing, describing
    from tests.factories import make_user

    editor = make_user("editor")
    quote = summary.partnership.claims.first().evidence.get().quote
    passage = quote.capture.passages.get(start=quote.start)
    source = quote.capture.document.source

    def regrade(n):
        seen = source.grades.in_force().get().pk
        how = {"by": editor, "reason": "Its record.", "seen": seen}
        return lambda: describing.grade(source, grade="EB"[n % 2], **how)

    def relabel(n):
        seen = passage.assessments.in_force().get().pk
        how = {"by": editor, "seen": seen, "credibility": [6, 2][n % 2]}
        label = ["spam", "news"][n % 2]
        return lambda: assessing.assess_passage(passage, reliability=label, **how)

    return {"regrade": median(regrade), "relabel": median(relabel)}


def median(prepared) -> float:
    took = []
    for n in range(ACTS):
        act = prepared(n)
        gc.collect()
        began = time.process_time()
        act()
        took.append(1000 * (time.process_time() - began))
    return statistics.median(took)


def counted() -> dict[str, int]:
    from corpus.models import Passage
    from curation.models import Edition

    return {"passages": Passage.objects.count(), "editions": Edition.objects.count()}


if __name__ == "__main__":
    main(int(sys.argv[1]))
