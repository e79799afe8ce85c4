"""The gate's refusals: facts about a draft, which nobody's reading of it changes."""

from collections.abc import Callable

from corpus.models import Entity
from curation.content import name_of
from curation.models import Claim
from curation.obstacles import Found, Obstacle, first_places, places, start_of
from curation.telling import Telling, in_force, is_above, number

CARRIES_A_PAGE = "doubtful"  # some claim of the page must stand above this

# --- the words ----------------------------------------------------------------------------------


def _no_title(telling: Telling) -> Found:
    if not telling.prose.title_text:
        yield Obstacle(
            "no_title", "The summary has no title.", "Write one.", "title", passable=False
        )


def _cannot_be_shown(telling: Telling) -> Found:
    for problem in telling.prose.problems:
        mend = "Change the text at this place."
        yield Obstacle(
            "cannot_be_shown", problem.words, mend, problem.part, problem.sentence, passable=False
        )


def _uncited(telling: Telling) -> Found:
    plain_name = telling.prose.title_text.casefold() == telling.partnership.name.casefold()
    for sentence in telling.prose.sentences:
        if sentence.keys or sentence.editorial or (sentence.part == "title" and plain_name):
            continue
        yield Obstacle(
            "uncited",
            f"“{start_of(sentence.text)}” cites nothing.",
            "Cite the claim that it tells, such as [@c12], or mark it [@editorial].",
            sentence.part,
            sentence.n,
        )


def _leads_nowhere(telling: Telling) -> Found:
    for sentence in telling.prose.sentences:
        for key in telling.unknown(sentence):
            elsewhere = number(key) in telling.elsewhere
            yield Obstacle(
                "citation_to_nothing",
                f"[@{key}] is a claim of another partnership."
                if elsewhere
                else f"[@{key}] leads to no claim.",
                "Cite a claim of this partnership, or take the citation out.",
                sentence.part,
                sentence.n,
                passable=False,
            )


# --- the evidence -------------------------------------------------------------------------------


def _replaced(telling: Telling) -> Found:
    for claim, part, sentence in places(telling):
        for other in claim.replaced_by.all():
            if other.because != Claim.Because.OVERTAKEN:
                yield Obstacle(
                    "replaced",
                    f"{claim.key} was replaced by {other.key}: {other.because}.",
                    f"Use {other.key} instead.",
                    part,
                    sentence,
                    claim.pk,
                )


def _nobody_ticked(telling: Telling) -> Found:
    for claim, part, sentence in first_places(telling):
        unticked = [each for each in in_force(claim) if each.ticked_id is None]
        if unticked:
            yield Obstacle(
                "unticked",
                f"Nobody has ticked that the passage says this: {len(unticked)} of the quotes "
                f"put to {claim.key}.",
                "Read each quote, then tick it or withdraw it.",
                part,
                sentence,
                claim.pk,
            )


def _unsupported(telling: Telling) -> Found:
    for claim, part, sentence in first_places(telling):
        if part in ("party", "state") or telling.stands[claim.pk].word != "unsupported":
            continue
        because = "; ".join(telling.stands[claim.pk].why)
        yield Obstacle(
            "unsupported",
            f"{claim.key} is unsupported: {because}.",
            "Put a quote to it that counts, or cite another claim.",
            part,
            sentence,
            claim.pk,
        )


def _fictional(telling: Telling) -> Found:
    for field, party in telling.parties:
        if _is_fictional(telling, party.entity_id):
            yield Obstacle(
                "fictional_party",
                f"{name_of(telling, field)} is fictional.",
                "Withdraw the party, or mend its identity.",
                "party",
                claim_id=next(iter(field.claims), None),
            )
    for claim, part, sentence in first_places(telling):
        for entity in claim.acting.all():
            if _is_fictional(telling, entity.pk):
                yield Obstacle(
                    "fictional_party",
                    f"{claim.key} states an act of {telling.entity(entity.pk).name}, "
                    "which is fictional.",
                    "Cite another claim, or mend its identity.",
                    part,
                    sentence,
                    claim.pk,
                )


def _nothing_carries_it(telling: Telling) -> Found:
    words = [telling.stands[pk].word for pk in telling.told_claims]
    if not any(is_above(word, CARRIES_A_PAGE) for word in words):
        yield Obstacle(
            "nothing_carries_it",
            f"No claim on the page stands above {CARRIES_A_PAGE}.",
            "Find a text that reports something which can be checked, and cite it.",
        )


REFUSALS: tuple[Callable[[Telling], Found], ...] = (
    _no_title,
    _nothing_carries_it,
    _cannot_be_shown,
    _uncited,
    _leads_nowhere,
    _replaced,
    _nobody_ticked,
    _unsupported,
    _fictional,
)


def _is_fictional(telling: Telling, entity_id: int) -> bool:
    return telling.entity(entity_id).identity == Entity.Identity.FICTIONAL
