"""Acts on texts, sources, entities, and the quotes put to claims."""

from functools import partial

from corpus.models import ImportRun, Sighting
from curation import (
    anchoring,
    assessing,
    copying,
    describing,
    evidencing,
    identifying,
    linking,
)
from curation.ledger import latest_about
from curation.models import Anchor, Assessment, Claim, CopyVerdict, Evidence, Link
from tests.curation.evidence_acts import NotNow, act

LABELS = [("news", 2), ("news", 6), ("news", 4), ("speculative", 6), ("spam", 6)]


def text_of(desk, pick):
    """A document whose text is there: the only one collected may be set aside."""
    document = desk.document(pick(range(4)))
    if document.current_capture is None:
        raise NotNow
    return document


def passage_of(desk, pick):
    return pick(text_of(desk, pick).current_capture.passages)


def anybody(desk, pick):
    """One of the entities, or nobody."""
    n = pick(range(-1, 4))
    return desk.entity(n) if n >= 0 else None


# --- texts --------------------------------------------------------------------------------------


@act(6)
def relabel(desk, pick):
    passage = passage_of(desk, pick)
    seen = passage.assessments.filter(superseded_at=None).first()
    reliability, credibility = pick(LABELS)
    return partial(
        assessing.assess_passage,
        passage,
        by=desk.author,
        seen=seen and seen.pk,
        reliability=reliability,
        credibility=credibility,
    )


@act(2)
def label_whole(desk, pick):
    document = text_of(desk, pick)
    seen = Assessment.objects.in_force().filter(capture=document.current_capture).first()
    reliability, credibility = pick(LABELS)
    return partial(
        assessing.assess_document,
        document,
        by=desk.author,
        capture=document.current_capture_id,
        seen=seen and seen.pk,
        reliability=reliability,
        credibility=credibility,
    )


@act(1)
def take_suggestions(desk, pick):
    document = text_of(desk, pick)
    return partial(
        assessing.accept_suggestions,
        document,
        by=desk.editor,
        capture=document.current_capture_id,
    )


@act(2)
def split(desk, pick):
    passage = passage_of(desk, pick)
    at = passage.text.find(" ", 5)
    return partial(assessing.split, passage, by=desk.author, at=[passage.start + at + 1])


@act(2)
def join(desk, pick):
    passages = list(text_of(desk, pick).current_capture.passages.all())
    at = pick(range(len(passages) if pick.carelessly else len(passages) - 1))
    return partial(assessing.join, passages[at : at + 2], by=desk.author, reliability="news")


@act(5)
def recapture(desk, pick):
    n, variant, days = pick(range(4)), pick(range(6)), -1 if pick.rarely() else 1
    return partial(desk.collect, n, variant, days=days)


@act(2)
def set_aside(desk, pick):
    run = pick.fitting(ImportRun.objects.filter(set_aside_at=None), _with_nothing_quoted)
    return partial(describing.set_aside, run, by=desk.editor, reason="It is broken.")


def _with_nothing_quoted(runs):
    quoted = Evidence.objects.in_force().values("quote__capture")
    return runs.exclude(pk__in=Sighting.objects.filter(capture__in=quoted).values("import_run"))


@act(1)
def bring_back(desk, pick):
    run = pick(ImportRun.objects.exclude(set_aside_at=None))
    return partial(describing.bring_back, run, by=desk.editor, reason="It is not.")


@act(3)
def say_where(desk, pick):
    anchor = pick(Anchor.objects.filter(superseded_at=None))
    at = anchor.capture.text.find(anchor.quote.exact)
    if at < 0 or pick.rarely():
        return partial(anchoring.say_lost, anchor, by=desk.editor, reason="I looked.")
    return partial(anchoring.say_place, anchor, at, by=desk.editor)


# --- what they are ------------------------------------------------------------------------------


@act(6)
def regrade(desk, pick):
    source, letter = pick(desk.sources), pick("ABDEF")
    seen = source.grades.in_force().first()
    return partial(
        describing.grade,
        source,
        by=desk.editor,
        grade=letter,
        reason="Its record." if letter != "F" else "",
        seen=seen and seen.pk,
    )


@act(3)
def change_source(desk, pick):
    n = pick(range(3))
    source = desk.source(n)
    return partial(
        describing.change_source,
        source,
        by=desk.editor,
        name=f"Wire {n}{pick(['', ' News'])}",
        host="",
        owner=anybody(desk, pick),
        seen=latest_about(source),
    )


@act(4)
def redescribe(desk, pick):
    document = desk.document(pick(range(4)))
    seen = document.descriptions.in_force().first()
    return partial(
        describing.describe,
        document,
        by=desk.author,
        title=document.title,
        source=pick(desk.sources),
        published=pick(["", "2026"]),
        published_basis="",
        url=document.url,
        origin_entity=anybody(desk, pick),
        origin_words="",
        seen=seen and seen.pk,
    )


@act(4)
def judge_copies(desk, pick):
    a = pick(range(3))
    one, other = desk.document(a), desk.document(pick(range(a + 1, 4)))
    before = CopyVerdict.objects.in_force().filter(a=one, b=other).first()
    how = {"by": desk.editor, "reason": "I asked.", "seen": before and before.pk}
    if before and pick.rarely(2):
        return partial(copying.take_back, one, other, **how)
    return partial(copying.judge, one, other, pick(["same_story", "independent"]), **how)


@act(2)
def link(desk, pick):
    document, name = text_of(desk, pick), pick(["ESA", "NASA", "JAXA"])
    if name not in document.current_capture.text:
        raise NotNow
    seen = Link.objects.in_force().filter(document=document, name=name, capture=None)
    deciding = seen.filter(verdict="is").first() or seen.order_by("-decision_id").first()
    return partial(
        linking.link_name,
        document,
        name,
        desk.entity(pick(range(4))),
        pick(["is", "is_not", "unsure"]),
        by=desk.author,
        seen=deciding and deciding.pk,
    )


@act(3)
def merge(desk, pick):
    every = [desk.entity(n) for n in range(4)]
    one = pick.fitting(every, lambda rows: [each for each in rows if not each.merged_into_id])
    others = [each for each in every if each != one]
    into = pick.fitting(others, lambda rows: [each for each in rows if each.resolved != one])
    return partial(identifying.merge, one, into, by=desk.editor, reason="They are one.")


@act(3)
def unmerge(desk, pick):
    every = [desk.entity(n) for n in range(4)]
    one = pick.fitting(every, lambda rows: [each for each in rows if each.merged_into_id])
    return partial(identifying.unmerge, one, by=desk.editor, reason="They are two.")


@act(1)
def change_entity(desk, pick):
    entity = desk.entity(pick(range(4)))
    return partial(
        identifying.change_entity,
        entity,
        by=desk.editor,
        name=f"{entity.name.removesuffix(' (agency)')}{pick(['', ' (agency)'])}",
        kind=entity.kind,
        identity="confirmed",
        wikidata_id="",
        part_of=None,
        aliases=[],
        seen=latest_about(entity),
    )


# --- evidence -----------------------------------------------------------------------------------


@act(6)
def quote(desk, pick):
    claim = pick.fitting(Claim.objects.all(), lambda rows: rows.current())
    n, place = pick(range(4)), pick(range(4))
    if desk.document(n).current_capture is None:
        raise NotNow
    return partial(
        desk.evidence,
        claim,
        n,
        place,
        stance=pick(["supports", "supports", "disputes", "mentions"]),
        ticked=not pick.rarely(),
        origin_entity=anybody(desk, pick),
    )


@act(5)
def turn_tick(desk, pick):
    evidence = pick(Evidence.objects.in_force())
    turn = evidencing.untick if evidence.ticked_id else evidencing.tick
    return partial(turn, evidence, by=desk.author)


@act(3)
def withdraw_evidence(desk, pick):
    evidence = pick(Evidence.objects.in_force())
    return partial(evidencing.withdraw_evidence, evidence, by=desk.author, reason="It says less.")
