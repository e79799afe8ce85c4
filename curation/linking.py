"""Decide who a name stands for, in a document or at one place of it."""

from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from corpus.analysis import mentions
from corpus.models import Capture, Document, Entity, Passage
from curation import entering, seeing
from curation.consequences import follow
from curation.finding_names import find_names_on_commit
from curation.labelling import SameWords
from curation.ledger import Refused, authorise, decide, one_writer
from curation.models import Link
from curation.names import NameInDocument, as_one_line, deciding, names_in, places_of
from curation.quoting import trimmed
from curation.reversing import contradicted, moved_by, reversed_by

__all__ = [
    "NameInDocument",
    "carry_places",
    "link_name",
    "link_place",
    "names_in",
]

LONGEST = 200  # characters of a name
MOST_WORDS = mentions.LONGEST  # no longer name is found
FASTER = "Somebody else decided on this name in the meantime. Reload the page and look again."


def link_name(
    document: Document,
    name: str,
    entity: Entity,
    verdict: str,
    *,
    by: User,
    seen: int | None = None,
    act_id: UUID | None = None,
) -> Link:
    """Decide on a name wherever it stands in a document, in every capture."""
    authorise(by, "curation.add_link")
    name = entering.line("name", name, needed="Give the name as it stands in the text.")
    _refuse_a_sentence(name)
    with one_writer():
        capture = seeing.text_of(document)
        if next(places_of(name, capture.text), None) is None:
            raise Refused(f"“{name}” does not stand in this text.")
        link = Link(document=document, name=name, entity=entity.resolved, verdict=verdict)
        rivals = Link.objects.in_force().filter(document=document, name=name, capture=None)
        return _decide(link, rivals, seen, by=by, act_id=act_id)


def link_place(
    document: Document,
    start: int,
    end: int,
    entity: Entity,
    verdict: str,
    *,
    by: User,
    capture: int | None,
    exact: str,
    seen: int | None = None,
    act_id: UUID | None = None,
) -> Link:
    """Decide on one place of a document's current text, found by the machine or not.

    `capture` is the text that the person saw, by its pk, and `exact` the words at the place.
    """
    authorise(by, "curation.add_link")
    with one_writer():
        text = seeing.text_seen(document, capture)
        start, end = trimmed(text.text, start, end)
        seeing.refuse_other_words(text, start, end, exact)
        if end - start > LONGEST:
            raise Refused(f"A name has at most {LONGEST} characters. Select the name alone.")
        _refuse_a_sentence(text.text[start:end])
        link = Link(
            document=document,
            name=entering.line("name", as_one_line(text.text[start:end])),
            capture=text,
            start=start,
            end=end,
            entity=entity.resolved,
            verdict=verdict,
        )
        rivals = Link.objects.in_force().filter(capture=text, start=start, end=end)
        return _decide(link, rivals, seen, by=by, act_id=act_id)


def carry_places(capture: Capture, same: SameWords) -> None:
    """Take links of single places over to a new capture, where their passage's words stand."""
    elsewhere = Link.objects.in_force().filter(document=capture.document).exclude(capture=None)
    links = list(elsewhere.exclude(capture=capture).order_by("decision_id"))
    passages = capture.passages.all() if links else ()
    twins = [(other, passage) for passage in passages for other in same.as_in(passage)]
    carried: dict[tuple[int, int, int], Link] = {}
    for link in links:
        for other, passage in twins:
            if place := _place_in(link, other):
                place = passage.start + place[0], passage.start + place[1]
                if link.verdict == Link.Verdict.IS:  # the newest decision says who it is
                    _forget_others(carried, place)
                carried[*place, link.entity_id] = link
    Link.objects.bulk_create(
        Link(
            document=capture.document,
            name=link.name,
            capture=capture,
            start=start,
            end=end,
            entity_id=entity,
            verdict=link.verdict,
            decision_id=link.decision_id,
            words_sha256=link.words_sha256,
            redacted_by=link.redacted_by,
        )
        for (start, end, entity), link in carried.items()
    )


# --- what the verbs share -----------------------------------------------------------------------


def _decide(
    link: Link, rivals: QuerySet[Link], seen: int | None, *, by: User, act_id: UUID | None
) -> Link:
    """Put a link in force, in place of what it contradicts among those on the same words."""
    in_force = deciding(rivals)
    if (in_force.pk if in_force else None) != seen:
        raise Refused(FASTER)
    held = reversed_by(link, rivals)
    contrary = contradicted(link, rivals)
    refusing = {link.verdict, *contrary.values_list("verdict", flat=True)}
    contrary.update(superseded_at=timezone.now())
    entering.check(link)
    before = in_force and {"entity": in_force.entity_id, "verdict": in_force.verdict}
    after = {"name": link.name, "entity": link.entity_id, "verdict": link.verdict}
    if link.start is not None:
        after |= {"capture": link.capture_id, "start": link.start, "end": link.end}
    link.decision = decide("link", link.document, by=by, before=before, after=after, act_id=act_id)
    link.save()
    if Link.Verdict.IS_NOT in refusing:  # it ranks the same name elsewhere
        find_names_on_commit({link.name})
    if held:
        follow(link.decision, [], beside=moved_by(link, held))
    return link


def _forget_others(carried: dict[tuple[int, int, int], Link], place: tuple[int, int]) -> None:
    for key, link in list(carried.items()):
        if key[:2] == place and link.verdict == Link.Verdict.IS:
            del carried[key]


def _place_in(link: Link, passage: Passage) -> tuple[int, int] | None:
    """The place of a link counted from the passage's start, if it lies within."""
    if link.capture_id != passage.capture_id or link.start is None or link.end is None:
        return None
    within = passage.start <= link.start and link.end <= passage.end
    return (link.start - passage.start, link.end - passage.start) if within else None


def _refuse_a_sentence(words: str) -> None:
    if len(words.split()) > MOST_WORDS:
        raise Refused(f"A name has at most {MOST_WORDS} words. Select the name alone.")
