"""The reviewer's screen: each sentence beside what it rests on, and a tick for each."""

from dataclasses import dataclass

from curation import gate
from curation.admin.base import answer, post_only
from curation.admin.causes import cause_of
from curation.admin.marking import Mark, pieces
from curation.admin.overriding import ApproveLater, may_approve, unapproved
from curation.admin.summary_moves import Approve, Offer, offers
from curation.confirming import Before, confirmed_before, evidence_seen, to_confirm
from curation.content import content_of
from curation.gathering import gather, prose_of
from curation.models import Edition, Summary
from curation.obstacles import Obstacle
from curation.publishing import next_n
from curation.reading import Reading

PAGE = "curation_desk/writing/approving.html"


@dataclass(frozen=True)
class Row:
    """A sentence as readers get it. `digest` is empty where there is nothing to confirm;
    `first` is the number of the sentence that says the very same before."""

    s: dict
    digest: str = ""
    first: int = 0
    ticked: bool = False
    missing: bool = False
    before: Before | None = None
    objections: tuple[Obstacle, ...] = ()

    @property
    def pieces(self):
        """Its words, cut where marks that answer objections begin and end."""
        marks = [
            Mark(mark.start, mark.end, "quote")
            for objection in self.objections
            for mark in objection.marks
        ]
        return list(pieces(self.s["text"], 0, marks))

    @property
    def answers(self):
        """[(objection, the words that are marked against it)]"""
        text = self.s["text"]
        return [
            (each.words, [text[mark.start : mark.end] for mark in each.marks])
            for each in self.objections
        ]


def read_first(form_class, question):
    """A function for DeskAdmin.moves: GET shows each sentence to be read, POST approves.

    `question` tells what the page shows; nothing where there is nothing to approve.
    """

    def ask(screen, request, summary, tried=None, told=None):
        context = question(request.user, summary, tried)
        told_of = {"told": told, "tried": tried, "cause": cause_of(request)}
        return context and screen.page(request, PAGE, summary, **told_of, **context)

    @post_only
    def carry_out(screen, request, summary):
        form = form_class(request.POST, about=summary)

        def again(told):
            summary.refresh_from_db()
            page = ask(screen, request, summary, form, told)
            return page or screen.show(request, summary, tried=form, told=told)

        def do():
            return form.carry_out(request.user)

        return answer(request, do, screen.back(request, summary), again=again)

    def move(screen, request, summary):
        page = ask(screen, request, summary) if request.method != "POST" else None
        return page or carry_out(screen, request, summary)

    return move


def to_approve(user, summary, tried=None):
    """A revision in review; what was typed about another is not asked again."""
    stale = tried is not None and tried["seen"].value() != str(summary.n)
    if summary.state != Summary.State.IN_REVIEW or stale:
        return None
    telling = gather(summary)
    n = next_n(summary.partnership)
    evidence = evidence_seen(telling)
    moves = offers(summary, user, telling, tried)
    offer = next(each for each in moves if isinstance(each.form, Approve))
    before = confirmed_before(telling, user)
    if tried is None:
        ticked = {digest for digest, each in before.items() if each.counts}
    else:  # what was ticked before the evidence moved is read again
        ticked = ticks_of(tried) if tried["evidence"].value() == evidence else set()
    objections = gate.objections(telling)
    reading = Reading(content_of(telling, n=n))
    return {
        "title": f"Approve revision {summary.n} of {summary.partnership}?",
        "slug": "approve",
        "offer": offer,
        "hidden": {"seen": summary.n, "evidence": evidence},
        "rows": rows_of(reading, telling.prose, ticked, tried, before, objections),
        "left_out": reading.content["left_out"],
    }


def to_approve_later(user, summary, tried=None):
    """What was published over the gate and is public still, as it was frozen."""
    override = unapproved(summary)
    if override is None or not may_approve(user, summary):
        return None
    reading = Reading(Edition.objects.get(decision=override.decision).content)
    ticked = ticks_of(tried) if tried else set()
    form = tried or ApproveLater(about=summary)
    return {
        "title": f"Approve edition {reading.content['n']} of {summary.partnership}?",
        "slug": "approve-later",
        "offer": Offer("approve-later", form, []),
        "hidden": {"seen": summary.n, "override": override.pk},
        "rows": rows_of(reading, prose_of(override.revision), ticked, tried),
        "left_out": reading.content["left_out"],
    }


def ticks_of(form):
    return set(form["confirmed"].value() or ())


def rows_of(reading, prose, ticked, tried, before=None, objections=()):
    asked = {each.sha256: each.n for each in to_confirm(prose)}
    digests = {each.n: each.sha256 for each in prose.sentences if each.sha256 in asked}
    rows = []
    for s in reading.all_sentences:
        digest = digests.get(s["n"], "")
        first = asked.get(digest, 0)
        rows.append(
            Row(
                s,
                digest=digest if first == s["n"] else "",
                first=0 if first == s["n"] else first,
                ticked=digest in ticked,
                missing=tried is not None and first == s["n"] and digest not in ticked,
                before=(before or {}).get(digest),
                objections=tuple(each for each in objections if each.sentence == s["n"]),
            )
        )
    return rows
