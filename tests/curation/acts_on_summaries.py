"""Acts on claims, drafts, pages and alerts."""

from datetime import timedelta
from functools import partial

from django.db.models import Exists, OuterRef

from curation import (
    claiming,
    concluding,
    contradicting,
    drafting,
    overriding,
    partnering,
    publishing,
    resolving,
    revisiting,
    workflow,
)
from curation.confirming import to_confirm
from curation.gathering import prose_of
from curation.models import (
    Alert,
    Claim,
    Evidence,
    Outcome,
    Override,
    Page,
    PartnershipState,
    Party,
    ReviewDate,
    Summary,
)
from tests.curation.evidence_acts import act
from tests.curation.evidence_desk import CAREFUL
from tests.factories import ticks

LAUNCHES = ["2028", "2030"]
PLAIN = "They agreed on this and that."
PAST = (
    "An undated article of a wire said that it was to fly in 2028; who said it first is unknown, "
    "and whether it is so is disputed and doubtful."
)
SHOWN = ("usable", "under review")


def sound(claims):
    """The claims that the gate lets pass."""
    unticked = Evidence.objects.in_force().filter(claim=OuterRef("pk"), ticked=None)
    unsupported = claims.filter(standing__word="unsupported")
    return claims.current().exclude(Exists(unticked)).exclude(pk__in=unsupported.values("pk"))


def in_state(*states):
    return lambda summaries: summaries.filter(state__in=states)


# --- claims -------------------------------------------------------------------------------------


@act(3)
def replace(desk, pick):
    claim = pick.fitting(Claim.objects.all(), lambda rows: rows.current())
    because = pick(["reworded", "mistaken", "overtaken"])
    return partial(
        claiming.replace,
        claim,
        by=desk.author,
        because=because,
        take_quotes=pick.rarely(2),
        same_meaning=because == "reworded" and not pick.rarely(2),
        words=f"{claim.words} So it is.",
        told_as=claim.told_as,
    )


@act(2)
def give_a_launch(desk, pick):
    """A value of what has only one: another value contradicts it."""
    return partial(
        claiming.make_claim,
        pick(desk.partnerships),
        by=desk.author,
        words="It is to be launched.",
        told_as="plan",
        attribute="launch date",
        value=pick(LAUNCHES),
    )


@act(1)
def leave_disputed(desk, pick):
    one = pick(Claim.objects.current().exclude(attribute=""))
    other = pick(contradicting.rivals(one))
    return partial(
        contradicting.leave_disputed, one, other, by=desk.editor, reason="Nobody can tell."
    )


@act(3)
def tell_outcome(desk, pick):
    """What became of a plan: another fact tells it, or somebody knows."""
    plans = Claim.objects.filter(told_as="plan")
    plan = pick.fitting(plans, lambda rows: rows.current())
    facts = plan.partnership.claims.current().filter(told_as="fact")
    by_claim = pick(facts) if facts and not pick.rarely(3) else None
    seen = plan.outcomes.in_force().first()
    return partial(
        concluding.conclude,
        plan,
        pick(Outcome.Word.values),
        by=desk.author,
        by_claim=by_claim,
        reason="" if by_claim else "I asked.",
        seen=seen and seen.pk,
    )


@act(1)
def reopen_outcome(desk, pick):
    outcome = pick(Outcome.objects.in_force())
    return partial(
        concluding.reopen, outcome.claim, by=desk.author, reason="It is open.", seen=outcome.pk
    )


@act(3)
def new_field(desk, pick):
    """A party or a state of a partnership, which rests on a claim."""
    partnership = pick(desk.partnerships)
    told = {"by": desk.editor, "claims": [pick(partnership.claims)]}
    if pick.rarely(3):
        return partial(partnering.add_state, partnership, word="active", **told)
    entity = desk.entity(pick(range(4)))
    return partial(partnering.add_party, partnership, entity=entity, role="operator", **told)


@act(2)
def withdraw_field(desk, pick):
    model, withdraw = pick(
        [(Party, partnering.withdraw_party), (PartnershipState, partnering.withdraw_state)]
    )
    return partial(withdraw, pick(model.objects.in_force()), by=desk.editor, reason="It is not so.")


@act(1)
def rename(desk, pick):
    p = pick(range(2))
    name = f"The {'rover' if p == 0 else 'orbiter'}{pick(['', ' again'])}"
    return partial(partnering.rename, desk.partnerships[p], by=desk.editor, name=name)


# --- drafts -------------------------------------------------------------------------------------


@act(4)
def cite(desk, pick):
    summary = pick(Summary.objects.all())
    return partial(_save, desk, summary, _words(summary, pick, pick.rarely()))


@act(1)
def submit(desk, pick):
    summary = pick.fitting(Summary.objects.all(), in_state("draft"))
    return partial(workflow.submit, summary, by=desk.author, seen=summary.n)


@act(3)
def approve(desk, pick):
    summary = pick.fitting(Summary.objects.all(), in_state("in_review"))
    told = {"seen": summary.n, "confirmed": ticks(summary) if summary.n else []}
    return partial(workflow.approve, summary, by=desk.editor, **told)


@act(6)
def publish(desk, pick):
    summary = pick.fitting(Summary.objects.all(), in_state("approved"))
    return partial(
        workflow.publish, summary, by=desk.publisher, seen=summary.n, note="It is told anew."
    )


@act(4)
def correct(desk, pick):
    """Publish what readers have already, mended; it is told of which kind it is."""
    pages = Page.objects.filter(status__in=SHOWN)
    summaries = Summary.objects.filter(partnership__in=pages.values("partnership"))
    summary = pick.fitting(summaries, in_state("approved"))
    return partial(
        workflow.publish,
        summary,
        by=desk.publisher,
        seen=summary.n,
        kind=pick(["correction", "clarification"]),
        note="It is told anew.",
    )


@act(1)
def send_back(desk, pick):
    summary = pick.fitting(Summary.objects.all(), in_state("in_review", "approved"))
    return partial(workflow.send_back, summary, by=desk.editor, reason="Again.", seen=summary.n)


@act(10)
def advance(desk, pick):
    """Write, answer what moved, submit and approve, and publish perhaps: one by one it is rare."""
    summary = pick(Summary.objects.all())
    words = _words(summary, pick, pick.carelessly)
    return partial(_advance, desk, summary.pk, words, not pick.rarely(3), not pick.rarely(2))


@act(4)
def override(desk, pick):
    summary = pick(Summary.objects.exclude(n=0))
    return partial(
        overriding.override,
        summary,
        by=desk.admin,
        seen=summary.n,
        reason="Readers need it now.",
        note="It is told anew.",
    )


@act(2)
def approve_later(desk, pick):
    row = pick(Override.objects.unapproved())
    confirmed = [each.sha256 for each in to_confirm(prose_of(row.revision))]
    return partial(overriding.approve_later, row, by=desk.editor, confirmed=confirmed)


@act(2)
def withdraw_page(desk, pick):
    page = pick.fitting(Page.objects.all(), lambda rows: rows.filter(status__in=SHOWN))
    return partial(
        publishing.withdraw,
        page,
        by=desk.publisher,
        reason="It no longer stands.",
        in_error=pick.rarely(12),
    )


@act(2)
def look_again(desk, pick):
    """On a day that an editor sets; or on none, where one was set."""
    summary = pick(Summary.objects.all())
    seen = summary.review_dates.in_force().first()
    how = {"by": desk.editor, "seen": seen and seen.pk}
    if seen and pick.rarely(3):
        return partial(revisiting.look_no_more, summary, **how)
    return partial(revisiting.look_again, summary, on=desk.today + timedelta(days=1), **how)


@act(2)
def day_passes(desk, pick):
    """The day to look again has come: the worker tells it."""
    pick(ReviewDate.objects.in_force())
    return partial(_tell_what_passed, desk.today + timedelta(days=1))


def _tell_what_passed(today):
    return list(revisiting.tell_what_passed(today))


def _words(summary, pick, whatever):
    """Sentences that cite a claim or two each: sound ones, or whichever there are."""
    claims = summary.partnership.claims.order_by("pk")
    claims = list(claims if whatever else sound(claims))
    sentences = [
        _sentence(pick([CAREFUL, CAREFUL, PLAIN]), pick.some(claims, 2))
        for _ in range(1 + pick(range(3)))
    ]
    standfirst = pick(["", "What is known. [@editorial]", "An overview. [@editorial]"])
    return {
        "title": summary.partnership.name,
        "standfirst": standfirst,
        "text": " ".join(sentences),
    }


def _sentence(words, claims):
    """A plan is told in the past tense with its date, as is needed once its outcome is known."""
    planned = words == CAREFUL and any("2028" in claim.words for claim in claims)
    return f"{PAST if planned else words} {_keys(claims)}"


def _keys(claims):
    return "".join(dict.fromkeys(f"[@{claim.key}]" for claim in claims))


def _save(desk, summary, words):
    drafting.save(summary, by=desk.author, seen=summary.n, **words)


def _advance(desk, pk, words, answered, published):
    summary = Summary.objects.get(pk=pk)
    revision = drafting.save(summary, by=desk.author, seen=summary.n, **words)
    seen = {"seen": revision.n}
    if answered and (own := list(Alert.objects.open().about(summary))):
        resolving.answer(own, summary, by=desk.author, **seen)
    if summary.state == "draft":
        workflow.submit(summary, by=desk.author, **seen)
    workflow.approve(summary, by=desk.editor, confirmed=ticks(summary), **seen)
    if published:
        workflow.publish(summary, by=desk.publisher, note="It is told anew.", **seen)


# --- alerts -------------------------------------------------------------------------------------


@act(4)
def confirm(desk, pick):
    """One alert, or all that one cause brought."""
    alert = pick.fitting(Alert.objects.open(), lambda rows: rows.exclude(severity="critical"))
    alike = Alert.objects.open().of_cause(alert.cause_kind, alert.cause_id)
    wanted = list(alike) if pick.rarely(2) else [alert]
    return partial(resolving.reconfirm, wanted, by=desk.editor, reason="It is told so.")


@act(3)
def answer(desk, pick):
    summary = pick(Summary.objects.exclude(n=0))
    alert = pick(Alert.objects.open().about(summary))
    return partial(resolving.answer, [alert], summary, by=desk.author, seen=summary.n)
