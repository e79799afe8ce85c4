"""What an invented desk decided about the sample documents, carried out by the verbs alone."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from corpus.models import Document, Entity, Passage
from curation import assessing, claiming, describing, linking, partnering, selecting, workflow
from curation.confirming import to_confirm
from curation.gathering import prose_of
from curation.ledger import Refused
from curation.models import Claim, Evidence, Partnership, Summary

__all__ = [
    "STEPS",
    "Curation",
    "NotLoaded",
    "Row",
    "accept_rest",
    "at",
    "cited",
    "label_told",
    "publish",
    "put_to",
    "say_what_it_is",
]

CITED = re.compile(r"\[@([a-z0-9-]+)\]")

Row = dict[str, Any]


class NotLoaded(Refused):
    """The sample desk cannot be loaded; nothing of the curation was."""


@contextmanager
def at(place: str) -> Iterator[None]:
    """Whatever a verb refuses is told with its place in the file."""
    try:
        yield
    except NotLoaded:
        raise
    except ValidationError as error:
        raise NotLoaded(f"{place}: {' '.join(error.messages)}") from error
    except KeyError as error:
        raise NotLoaded(f"{place}: there is no {error}.") from error
    except (Refused, PermissionDenied) as error:
        raise NotLoaded(f"{place}: {error}") from error


@dataclass
class Curation:
    """What the file tells, by whom it is done, and what became of its keys."""

    told: Row
    contributor: User
    editor: User
    publisher: User
    partnerships: dict[str, Partnership] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = {source["folder"]: source["name"] for source in self.rows("source")}
        folders = {name: folder for folder, name in names.items()}
        found = Document.objects.filter(source_as_given__in=folders)
        self.documents = {
            f"{folders[document.source_as_given]}/{document.path}": document
            for document in found.select_related("current_capture", "source")
        }
        self.entities = {entity.slug: entity for entity in Entity.objects.all()}

    def rows(self, kind: str) -> list[Row]:
        return self.told.get(kind, [])

    def entity(self, slug: str) -> Entity | None:
        return self.entities[slug] if slug else None

    def text(self, file: str) -> str:
        capture = self.documents[file].current_capture
        return capture.text if capture else ""

    def refuse_what_is_not_there(self) -> None:
        """Every quote and assessed passage is looked for before anything is written."""
        wanted = [(row["file"], row["words"]) for row in self.rows("assess")]
        for claim in self.rows("claim"):
            wanted += [(row["file"], row["quote"]) for row in claim["evidence"]]
        missing = [
            f"{file}: “{words}” does not stand in it."
            for file, words in wanted
            if file not in self.documents or words not in self.text(file)
        ]
        if missing:
            raise NotLoaded("\n".join(missing))


# --- step by step -------------------------------------------------------------------------------


def say_what_sources_are(curation: Curation) -> None:
    documents = curation.documents.values()
    sources = {each.source_as_given: each.source for each in documents if each.source}
    for row in curation.rows("source"):
        with at(f"source {row['folder']}"):
            source, owner = sources[row["name"]], curation.entity(row["owner"])
            describing.change_source(
                source, by=curation.editor, name=row["name"], host=row["host"], owner=owner
            )
            if row["grade"]:
                describing.grade(
                    source, by=curation.editor, grade=row["grade"], reason=row["reason"]
                )


def say_what_documents_are(curation: Curation) -> None:
    for row in curation.rows("document"):
        with at(f"document {row['file']}"):
            say_what_it_is(curation, row)


def say_what_it_is(curation: Curation, row: Row) -> None:
    document = curation.documents[row["file"]]
    describing.describe(
        document,
        by=curation.editor,
        title=row["title"],
        source=document.source,
        published=row.get("published", ""),
        published_basis=row.get("basis", ""),
        url=row.get("url", ""),
        origin_entity=curation.entity(row.get("origin", "")),
        origin_words=row.get("origin_words", ""),
    )
    if row.get("reliability"):
        assessing.assess_document(
            document,
            by=curation.contributor,
            capture=document.current_capture_id,
            **label_told(row),
        )


def label_passages(curation: Curation) -> None:
    for row in curation.rows("assess"):
        with at(f"passage “{row['words']}” of {row['file']}"):
            passage = _passage(curation.documents[row["file"]], row["words"])
            assessing.assess_passage(passage, by=curation.contributor, **label_told(row))
    for row in curation.rows("document"):
        if row.get("accept_rest"):
            accept_rest(curation, row)


def accept_rest(curation: Curation, row: Row) -> None:
    """Of each passage that nobody labelled, the label that was suggested."""
    document = curation.documents[row["file"]]
    assessing.accept_suggestions(
        document, by=curation.contributor, capture=document.current_capture_id
    )


def label_told(row: Row) -> Row:
    return {
        "reliability": row["reliability"],
        "credibility": row.get("credibility", 6),
        "reasons": row.get("reasons", ()),
    }


def _passage(document: Document, words: str) -> Passage:
    """The first passage that begins with the words, else the one in which they begin."""
    capture = document.current_capture
    passages = Passage.objects.filter(capture=capture)
    start = capture.text.index(words) if capture else 0
    begins = passages.filter(text__startswith=words).order_by("start").first()
    return begins or passages.get(start__lte=start, end__gt=start)


def link_names(curation: Curation) -> None:
    for row in curation.rows("link"):
        with at(f"the name “{row['name']}” in {row['file']}"):
            linking.link_name(
                curation.documents[row["file"]],
                row["name"],
                curation.entities[row["entity"]],
                row["verdict"],
                by=curation.contributor,
            )


def name_partnerships(curation: Curation) -> None:
    for row in curation.rows("partnership"):
        with at(f"partnership {row['key']}"):
            succeeds = row.get("succeeds")
            curation.partnerships[row["key"]] = partnering.make_partnership(
                by=curation.editor,
                name=row["name"],
                succeeds=curation.partnerships[succeeds] if succeeds else None,
            )


def make_claims(curation: Curation) -> None:
    for row in curation.rows("claim"):
        with at(f"claim {row['key']}"):
            claim = claiming.make_claim(
                curation.partnerships[row["partnership"]],
                by=curation.contributor,
                words=row["words"],
                told_as=row["told_as"],
                said_by_entity=curation.entity(row.get("said_by", "")),
                said_by_words=row.get("said_by_words", ""),
                acting=[curation.entities[slug] for slug in row.get("acting", ())],
                date=row.get("date", ""),
                as_of=row.get("as_of", ""),
                attribute=row.get("attribute", ""),
                value=row.get("value", ""),
                replaces=curation.claims[row["replaces"]] if row.get("replaces") else None,
                because=row.get("because", ""),
            )
            curation.claims[row["key"]] = claim
            for evidence in row["evidence"]:
                put_to(claim, evidence, curation, by=curation.contributor)


def put_to(claim: Claim, row: Row, curation: Curation, *, by: User) -> Evidence:
    document = curation.documents[row["file"]]
    start = curation.text(row["file"]).index(row["quote"])
    return selecting.claim_of_selection(
        document,
        start,
        start + len(row["quote"]),
        by=by,
        claim=claim,
        stance=row.get("stance", "supports"),
        ticked=row.get("ticked", False),
        origin_entity=curation.entity(row.get("origin", "")),
        origin_words=row.get("origin_words", ""),
        own_record_of=[curation.entities[slug] for slug in row.get("own_record_of", ())],
    )


def say_who_takes_part(curation: Curation) -> None:
    for row in curation.rows("party"):
        with at(f"party {row['entity']} of {row['partnership']}"):
            partnering.add_party(
                curation.partnerships[row["partnership"]],
                by=curation.editor,
                entity=curation.entities[row["entity"]],
                role=row["role"],
                **_since_until(row, curation),
            )
    for row in curation.rows("state"):
        with at(f"state {row['state']} of {row['partnership']}"):
            partnering.add_state(
                curation.partnerships[row["partnership"]],
                by=curation.editor,
                word=row["state"],
                **_since_until(row, curation),
            )


def _since_until(row: Row, curation: Curation) -> Row:
    return {
        "since": row.get("from", ""),
        "until": row.get("to", ""),
        "claims": [curation.claims[key] for key in row["claims"]],
    }


def write_summaries(curation: Curation) -> None:
    """Drafted by one person, reviewed by a second, published by a third."""
    for row in curation.rows("summary"):
        with at(f"summary of {row['partnership']}"):
            partnership = curation.partnerships[row["partnership"]]
            summary = workflow.start(partnership, by=curation.contributor)
            words = {
                part: cited(row.get(part, ""), curation) for part in ("title", "standfirst", "text")
            }
            workflow.save(summary, by=curation.contributor, seen=0, **words)
            if row.get("publish"):
                publish(curation, summary)


def publish(curation: Curation, summary: Summary, **told: str) -> None:
    """Submitted by its author, read sentence by sentence by a second person, out by a third."""
    n = summary.n
    workflow.submit(summary, by=curation.contributor, seen=n)
    read = [each.sha256 for each in to_confirm(prose_of(summary.latest))]
    workflow.approve(summary, by=curation.editor, seen=n, confirmed=read)
    workflow.publish(summary, by=curation.publisher, seen=n, **told)


def cited(text: str, curation: Curation) -> str:
    """The text with the keys of the file replaced by those of the desk."""

    def key(match: re.Match[str]) -> str:
        known = match[1] == "editorial"
        return match[0] if known else f"[@{curation.claims[match[1]].key}]"

    return CITED.sub(key, text)


STEPS: tuple[Callable[[Curation], None], ...] = (
    say_what_sources_are,
    say_what_documents_are,
    label_passages,
    link_names,
    name_partnerships,
    make_claims,
    say_who_takes_part,
    write_summaries,
)
