"""The gate's refusals: facts about a draft, which nobody's reading of it changes."""

from collections.abc import Iterable

from corpus.models import Entity
from curation.content import name_of
from curation.gathering import Telling, finding_number, in_force, is_above, number
from curation.mending import document_of, nearest_claim, what_would_count, what_would_lift
from curation.models import Claim, Evidence
from curation.moving import WORDS
from curation.obstacles import Found, Obstacle, Rule, first_places, places, start_of, uses
from curation.standing import STRENGTH

CARRIES_A_PAGE = "doubtful"  # some claim of the page must stand above this

# --- the words ----------------------------------------------------------------------------------


def _no_title(telling: Telling) -> Found:
    if not telling.prose.title_text:
        yield Obstacle("The summary has no title.", "Write one.", "title")


def _cannot_be_shown(telling: Telling) -> Found:
    for problem in telling.prose.problems:
        mend = "Change the text at this place."
        yield Obstacle(problem.words, mend, problem.part, problem.sentence)


def _uncited(telling: Telling) -> Found:
    plain_name = telling.prose.title_text.casefold() == telling.partnership.name.casefold()
    for sentence in telling.prose.sentences:
        if sentence.keys or sentence.editorial or (sentence.part == "title" and plain_name):
            continue
        yield Obstacle(
            f"“{start_of(sentence.text)}” cites nothing.",
            f"Cite the claim that it tells, such as [@{nearest_claim(telling, sentence.text)}], "
            "or mark it [@editorial].",
            sentence.part,
            sentence.n,
        )


def _leads_nowhere(telling: Telling) -> Found:
    for sentence in telling.prose.sentences:
        for key in telling.unknown(sentence):
            yield Obstacle(
                f"[@{key}] {_why_nowhere(telling, key)}.",
                "Cite a claim of this partnership, such as "
                f"[@{nearest_claim(telling, sentence.text)}], or take the citation out.",
                sentence.part,
                sentence.n,
            )


def _why_nowhere(telling: Telling, key: str) -> str:
    if number(key) in telling.elsewhere:
        return "is a claim of another partnership"
    if finding_number(key):
        return "leads to no finding of this partnership that stands"
    return "leads to no claim"


# --- the evidence -------------------------------------------------------------------------------


def _replaced(telling: Telling) -> Found:
    for claim, plan, (part, sentence) in uses(telling):
        for other in claim.replaced_by.all():
            if other.because != Claim.Because.OVERTAKEN:
                yield Obstacle(
                    f"{claim.key} was replaced by {other.key}: {other.because}.",
                    _instead(claim, other, plan),
                    part,
                    sentence,
                    plan.pk if plan else claim.pk,  # where it is mended
                )


def _instead(claim: Claim, other: Claim, plan: Claim | None) -> str:
    if plan is None:
        return f"Use {other.key} instead."
    return f"{claim.key} tells the outcome of {plan.key}: let {other.key} tell it."


def _words_removed(telling: Telling) -> Found:
    for claim, part, sentence in places(telling):
        if claim.redacted_by is not None:
            yield Obstacle(
                f"The words of {claim.key} were removed.",
                "Take what tells it out of the draft, or rest it on another claim.",
                part,
                sentence,
                claim.pk,
            )


def _nobody_ticked(telling: Telling) -> Found:
    for claim, part, sentence in first_places(telling):
        unticked = [each for each in in_force(claim) if each.ticked_id is None]
        if unticked:
            yield Obstacle(
                f"Nobody has ticked that the passage says this: {len(unticked)} of the quotes "
                f"put to {claim.key}.",
                f"Read {_documents(telling, claim, unticked)}, then tick or withdraw each quote.",
                part,
                sentence,
                claim.pk,
            )


def _documents(telling: Telling, claim: Claim, evidence: Iterable[Evidence]) -> str:
    ids = {each.quote_id for each in evidence}
    verdicts = (each for each in telling.stands[claim.pk].counted if each.quote in ids)
    return ", ".join(dict.fromkeys(document_of(telling, each) for each in verdicts))


def _unsupported(telling: Telling) -> Found:
    for claim, part, sentence in first_places(telling):
        if part in ("party", "state") or telling.stands[claim.pk].word != "unsupported":
            continue
        because = "; ".join(telling.stands[claim.pk].why)
        yield Obstacle(
            f"{claim.key} is unsupported: {because}.",
            what_would_count(telling, claim.pk),
            part,
            sentence,
            claim.pk,
        )


def _fictional(telling: Telling) -> Found:
    for field, party in telling.parties:
        if _is_fictional(telling, party.entity_id):
            yield Obstacle(
                f"{name_of(telling, field)} is fictional.",
                f"Withdraw {telling.entity(party.entity_id).name} as a party, or say who it is if "
                "it does exist.",
                "party",
                claim_id=next(iter(field.claims), None),
            )
    for claim, part, sentence in first_places(telling):
        for entity in claim.acting.all():
            if _is_fictional(telling, entity.pk):
                yield Obstacle(
                    f"{claim.key} states an act of {telling.entity(entity.pk).name}, "
                    "which is fictional.",
                    "Cite another claim, or say who it is if it does exist.",
                    part,
                    sentence,
                    claim.pk,
                )


def _nothing_carries_it(telling: Telling) -> Found:
    words = [telling.stands[pk].word for pk in telling.told_claims]
    if not any(is_above(word, CARRIES_A_PAGE) for word in words):
        yield Obstacle(
            f"No claim on the page stands above {CARRIES_A_PAGE}.",
            _what_would_carry_it(telling),
        )


def _evidence_moved(telling: Telling) -> Found:
    told = {claim.pk: (claim, part, n) for claim, part, n in first_places(telling)}
    seen: set[tuple[int, str, int]] = set()
    for alert in telling.alerts:
        cause = (alert.claim_id, alert.cause_kind, alert.cause_id)
        if alert.claim_id not in told or cause in seen:
            continue
        seen.add(cause)
        claim, part, sentence = told[alert.claim_id]
        told_of = [WORDS[change[0]] for change in alert.changes]
        moved = "; ".join(told_of) or "the words that told how were removed"
        yield Obstacle(
            f"What {claim.key} rests on has moved: {moved}.",
            "Look at the alert: confirm it, or mend the text and say that this draft answers it.",
            part,
            sentence,
            claim.pk,
        )


def _what_would_carry_it(telling: Telling) -> str:
    """The claim that stands best, and what would lift it."""
    told = telling.told_claims
    best = min(told, key=lambda pk: STRENGTH.index(telling.stands[pk].word), default=None)
    if best is None:
        return "Find a text that reports something which can be checked, and cite it."
    return f"{telling.claims[best].key} stands best: {what_would_lift(telling, best)}"


def _is_fictional(telling: Telling, entity_id: int) -> bool:
    return telling.entity(entity_id).identity == Entity.Identity.FICTIONAL


# --- the table ----------------------------------------------------------------------------------

REFUSALS = (
    Rule("no_title", "It has no title.", _no_title, passable=False),
    Rule(
        "nothing_carries_it",
        f"No claim on the page stands above {CARRIES_A_PAGE}.",
        _nothing_carries_it,
    ),
    Rule(
        "cannot_be_shown",
        "It holds something that a page cannot show.",
        _cannot_be_shown,
        passable=False,
    ),
    Rule(
        "uncited",
        "A sentence cites nothing, and is not marked as the desk’s own words.",
        _uncited,
    ),
    Rule(
        "citation_to_nothing",
        "A sentence cites a claim that is not there, or another partnership’s.",
        _leads_nowhere,
        passable=False,
    ),
    Rule(
        "replaced",
        "It uses a claim that was replaced because it was reworded or mistaken.",
        _replaced,
    ),
    Rule(
        "words_removed",
        "It uses a claim whose words had to be removed.",
        _words_removed,
        passable=False,
    ),
    Rule(
        "unticked",
        "Nobody has confirmed that a quoted passage says what it is quoted for.",
        _nobody_ticked,
    ),
    Rule("unsupported", "It cites a claim that nothing supports.", _unsupported),
    Rule(
        "evidence_moved",
        "It tells a claim whose evidence moved, and nobody has looked at that or answered it.",
        _evidence_moved,
    ),
    Rule(
        "fictional_party",
        "A party, or somebody whose act is told, is fictional.",
        _fictional,
    ),
)
