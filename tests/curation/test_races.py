"""Two people at once, on real connections: whatever the order, nothing is lost or let slip."""

import os
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from corpus.importing import pipeline
from corpus.importing.records import Record
from corpus.models import Document
from curation import (
    assessing,
    copying,
    describing,
    identifying,
    linking,
    resolving,
    scheduling,
    selecting,
    workflow,
)
from curation.models import Alert, Decision, Edition, Link, Revision, SourceGrade, Summary
from curation.standings import refresh
from tests.curation.racing import in_processes, in_threads
from tests.curation.recomputed import Reader, Recomputed
from tests.factories import (
    NOON,
    make_approved,
    make_claim,
    make_document,
    make_draft,
    make_entity,
    make_news,
    make_ready,
    make_source,
    make_user,
)

pytestmark = pytest.mark.usefixtures("committing")


@pytest.fixture(params=[in_threads, in_processes], ids=lambda each: each.__name__)
def together(request):
    return request.param


@pytest.fixture
def at_once(together, request):
    """Do all of it at once; how it ended each time is printed (`-s` shows it)."""
    ends = Counter()

    def act(*acts):
        results = together(*acts)
        ends[" and ".join(type(each).__name__ for each in results)] += 1
        return results

    yield act
    print(request.node.name, dict(ends))


@pytest.fixture
def rounds(together):
    """How often: what nothing holds apart slips through in five of six."""
    asked = os.environ.get("RACE_ROUNDS")
    return range(int(asked)) if asked else range(8 if together is in_threads else 2)


def a_copy(summary):
    return Summary.objects.get(pk=summary.pk)


def grade_of(source):
    return SourceGrade.objects.in_force().get(source=source)


def test_publishing_beside_a_regrade_never_shows_lost_standing(at_once, rounds):
    editor, publisher = make_user("editor"), make_user("publisher")
    summary = make_approved()
    source = summary.partnership.claims.get().evidence.get().quote.capture.document.source
    outcomes = []

    def regrade(grade):
        seen = grade_of(source).pk
        return describing.grade(source, by=editor, grade=grade, reason="Looked again.", seen=seen)

    for _ in rounds:
        published, regraded = at_once(
            lambda: workflow.publish(a_copy(summary), by=publisher, seen=summary.n),
            lambda: regrade("D"),
        )

        if isinstance(published, Edition):
            assert published.decision.seq < regraded.decision.seq
            assert [claim["standing"] for claim in published.content["claims"]] == ["reported"]
        else:
            assert isinstance(published, workflow.MoveRefused)
        outcomes.append(type(published))
        regrade("B")
        make_ready(summary, editor)

    assert Edition.objects.count() == outcomes.count(Edition)
    assert Edition.objects.filter(text__contains='"standing":"doubtful"').count() == 0
    assert list(Recomputed().differences(Reader())) == []


def test_two_editors_saving_one_draft_never_overwrite_each_other(at_once, rounds):
    first, second = make_user(), make_user()
    summary = make_draft()

    for n in range(1, len(rounds) + 1):
        results = at_once(
            *(
                lambda by=by, n=n: workflow.save(
                    a_copy(summary), by=by, seen=n, title="T", standfirst="", text=f"{by} {n}"
                )
                for by in (first, second)
            )
        )

        (saved,) = [each for each in results if isinstance(each, Revision)]
        (refused,) = [each for each in results if isinstance(each, workflow.MoveRefused)]
        assert refused.current == saved
        assert saved.n == n + 1

    assert summary.revisions.count() == len(rounds) + 1


def test_two_publishers_make_one_edition(at_once, rounds):
    publishers = [make_user("publisher"), make_user("publisher")]

    for _ in rounds:
        summary = make_approved()

        results = at_once(
            *(
                lambda by=by, each=summary: workflow.publish(a_copy(each), by=by, seen=1)
                for by in publishers
            )
        )

        assert sorted(type(each).__name__ for each in results) == ["Edition", "MoveRefused"]
        assert summary.partnership.editions.count() == 1


def test_two_workers_publish_what_is_due_once_and_neither_takes_its_time_back(at_once, rounds):
    publisher = make_user("publisher")
    for _ in rounds:
        summary, soon = make_approved(), timezone.now() + timedelta(hours=1)
        scheduling.schedule(summary, by=publisher, seen=1, at=soon)

        def work(soon=soon):
            return list(scheduling.publish_due(soon))

        outcomes = [each for found in at_once(work, work) for each in found]

        assert [each.edition.n for each in outcomes] == [1]
        assert Decision.objects.about(summary).order_by("-seq").first().act == "publish"


def test_two_editors_confirming_one_alert_make_one_decision(at_once, rounds):
    editors = [make_user("editor"), make_user("editor")]
    source = make_source(grade="B")
    make_draft(claims=[make_claim(quotes=[make_news(source=source)])])

    for n in rounds:
        grade = "EB"[n % 2]
        seen = grade_of(source).pk
        describing.grade(source, by=editors[0], grade=grade, reason="Its record.", seen=seen)
        alerts = list(Alert.objects.open())
        if not alerts:
            continue

        results = at_once(
            *(
                lambda by=by, alerts=alerts: resolving.reconfirm(alerts, by=by, reason="Seen.")
                for by in editors
            )
        )

        assert sorted(type(each).__name__ for each in results) == ["Refused", "int"]
        assert Decision.objects.filter(closed_alerts__in=alerts).distinct().count() == len(alerts)
    assert Decision.objects.filter(act="confirm evidence").exists()


def collect(words, at):
    record = Record(
        "a.txt", raw=words.encode(), address="https://news.example.org/a", collected_at=at
    )
    return pipeline.run(
        [record],
        label="test",
        after_store=assessing.text_collected,
        after_copies=copying.copies_found,
    )


def test_quote_beside_an_import_of_other_words_is_known_to_be_lost_or_refused(at_once, rounds):
    editor = make_user("editor")
    claim = make_claim()
    refresh([claim])  # its standing is stored, whoever is faster

    for n in rounds:
        words = f"They met {'again ' * n}in Turin."
        collect(words, NOON + timedelta(days=2 * n))
        document = Document.objects.get()
        at_once(
            lambda n=n: collect(f"Nobody met {n}.", NOON + timedelta(days=2 * n + 1)),
            lambda document=document, words=words: selecting.claim_of_selection(
                document, 0, len(words), by=editor, claim=claim, exact=words, ticked=True
            ),
        )

        assert list(Recomputed().differences(Reader())) == []


def test_merge_beside_a_link_leaves_the_link_leading_to_whom_it_means(at_once, rounds):
    editor, linker = make_user("editor"), make_user("contributor")
    into = make_entity("ESA")
    document = make_document("ESA and NASA agreed.")

    for n in rounds:
        entity = make_entity(f"European agency {n}")
        last = Link.objects.in_force().filter(document=document, verdict="is").first()
        _, link = at_once(
            lambda entity=entity: identifying.merge(
                entity, into, by=editor, reason="They are one."
            ),
            lambda entity=entity, last=last: linking.link_name(
                document, "ESA", entity, "is", by=linker, seen=last and last.pk
            ),
        )

        assert isinstance(link, Link)
        assert Link.objects.get(pk=link.pk).entity.resolved == into
        assert Link.objects.in_force().filter(document=document, verdict="is").count() == 1
