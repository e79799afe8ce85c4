"""The gate's objections: readings of the wording, which the author answers by marking words.

A sentence is read as its weakest claim stands. The reading can be wrong, so it never stands
alone: the marked words are shown to the reviewer.
"""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from curation.gathering import Telling
from curation.markdown import Sentence
from curation.mending import counting, plain, what_would_lift, who_says_so
from curation.obstacles import Found, Obstacle, Rule, start_of
from curation.presence import any_of
from curation.standing import Verdict, currency
from curation.tenses import is_a_label, over_hedges, past_with_date
from curation.unsourced import UNSOURCED
from curation.worded import Worded, worded
from curation.wording import (
    about_the_doubt,
    as_somebodys,
    attributes,
    names_the_report,
    says_what_is_unknown,
    whose_plan,
)

GOOD = "AB"  # grades of sources that need not be named: a warning is enough
TO_COME = ("plan", "forecast")
NOT_SO = {"did not happen": ", which did not happen"}
IDEAS = {"forecast": "forecast", "opinion": "opinion", "scenario": "invention"}


def objections_to(telling: Telling) -> list[Obstacle]:
    """All of them, sentence by sentence, answered or not."""
    return [
        obstacle
        for sentence in worded(telling)
        for rule in OBJECTIONS
        for obstacle in rule.found(sentence)
    ]


def _is_label(told: Worded) -> bool:
    """Headings that only say what stands below them have no wording to read."""
    return told.kind == "heading" and is_a_label(told.text)


# --- by how the weakest claim stands --------------------------------------------------------------


def _whose_plan(told: Worded) -> Found:
    if told.standing not in ("on record", "corroborated") or _is_label(told):
        return
    plans = [pk for pk in told.claims if told.claim(pk).told_as in TO_COME]
    if plans and not whose_plan(told.text, told.names):
        claim = told.claim(plans[0])
        acting = [who.name for who in told.facts(plans[0]).acting]
        who = " and ".join(acting) or who_says_so(told.telling, plans[0])
        yield told.obstacle(
            f"{claim.key} is a {claim.told_as}, and the sentence does not say whose.",
            f"Write whose it is: “{who} {'plan' if len(acting) > 1 else 'plans'} …”.",
            claim=claim.pk,
        )


def _who_says_so(told: Worded) -> Found:
    for pk in _unattributed(told):
        if not _from_good_source(told.telling, pk):
            yield told.obstacle(
                f"{told.claim(pk).key} is reported, and the sentence does not name who says so.",
                f"Write who says so: “according to {who_says_so(told.telling, pk)}, …”. "
                f"{what_would_lift(told.telling, pk)}",
                claim=pk,
            )
            return


def _unattributed(told: Worded) -> list[int]:
    if told.standing != "reported" or _is_label(told) or attributes(told.text, told.names):
        return []
    return told.weakest


def _from_good_source(telling: Telling, pk: int) -> bool:
    return any(each.facts.grade in GOOD for each in counting(telling, pk))


def _which_report(told: Worded) -> Found:
    if told.standing != "unverified" or _is_label(told):
        return
    missing = []
    if not names_the_report(told.text, told.names):
        missing.append("name the report")
    if not says_what_is_unknown(told.text):
        missing.append("say what is unknown about it")
    if missing:
        pk = told.weakest[0]
        yield told.obstacle(
            f"{told.claim(pk).key} is unverified, and the sentence does not "
            f"{' or '.join(missing)}.",
            f"Write {_report(told.telling, pk)}. {what_would_lift(told.telling, pk)}",
            claim=pk,
        )


def _report(telling: Telling, pk: int) -> str:
    """How the report may be told: what nobody knows of it is named."""
    best = counting(telling, pk)[0]
    document = telling.quotes[best.quote].capture.document
    source = plain(best.facts.source) or "a site"
    undated = "an undated" if not document.published else "an"
    who = "who said it first is unknown" if best.facts.origin is None else "nobody else confirms it"
    return f"“{undated} article of {source} says …; {who}”"


def _both_sides(told: Worded) -> Found:
    if told.standing != "disputed" or _is_label(told):
        return
    for pk in told.weakest:
        if not any(_tells_both(told.telling, pk, pair) for pair in _pairs(told)):
            sides = [_name(each) for each in _sides(told.telling, pk)]
            one, other = [*sides, "the one", "the other"][:2]
            others = _other_side(told.telling, pk)
            cite = f" Cite {told.telling.claims[others[0]].key} too." if others else ""
            yield told.obstacle(
                f"{told.claim(pk).key} is disputed, and this sentence and the next do not give "
                "both sides.",
                f"Write “{one} reports …; {other} disputes it”, both cited.{cite}",
                claim=pk,
            )
            return


def _pairs(told: Worded) -> Iterator[list[Sentence]]:
    """The sentence with the one after it, or before: readers read the two together."""
    yield [told.sentence, *([told.after] if told.after else [])]
    if told.before:
        yield [told.before, told.sentence]


def _tells_both(telling: Telling, pk: int, sentences: list[Sentence]) -> bool:
    """Whether both sides are cited, and the words name both or say that it is disputed."""
    cited = {other for sentence in sentences for other in telling.cited(sentence)}
    text = " ".join(sentence.text for sentence in sentences)
    others = _other_side(telling, pk)
    if others and cited.isdisjoint(others):
        return False
    named = [any_of(_names(telling, side)) for side in _by_side(telling, pk)]
    if all(shape and shape.search(text) for shape in named):
        return True
    return bool(about_the_doubt(text))


def _by_side(telling: Telling, pk: int) -> list[list[Verdict]]:
    counted = [each for each in telling.stands[pk].counted if each.counts]
    return [
        [each for each in counted if each.stance == stance] for stance in ("supports", "disputes")
    ]


def _sides(telling: Telling, pk: int) -> list[Verdict]:
    """The weightiest of each side."""
    return [max(side, key=lambda each: each.rank) for side in _by_side(telling, pk) if side]


def _other_side(telling: Telling, pk: int) -> list[int]:
    """Claims that are supported by what disputes this one."""
    disputing = {each.quote for each in _by_side(telling, pk)[1]}
    return [
        other
        for other in telling.claims
        if other != pk and disputing & {each.quote for each in counting(telling, other)}
    ]


def _names(telling: Telling, verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    names: set[str] = set()
    for each in verdicts:
        names |= {plain(each.facts.source), plain(each.origin)}
        for who in (each.facts.origin, each.facts.owner):
            names |= set(telling.aliases.get(who.id, ()) if who and who.id else ())
    return tuple(sorted(names - {""}))


def _name(verdict: Verdict) -> str:
    return plain(verdict.facts.origin.name if verdict.facts.origin else verdict.facts.source)


def _only_the_doubt(told: Worded) -> Found:
    if told.standing == "doubtful" and not _is_label(told) and not about_the_doubt(told.text):
        pk = told.weakest[0]
        because = "; ".join(told.telling.stands[pk].why)
        yield told.obstacle(
            f"{told.claim(pk).key} is doubtful, and the sentence tells it without the doubt.",
            f"Write what makes it doubtful: “… is doubtful, as …” ({because}). "
            f"{what_would_lift(told.telling, pk)}",
            claim=pk,
        )


def _whose_idea(told: Worded) -> Found:
    if told.standing != "speculative" or _is_label(told) or as_somebodys(told.text, told.names):
        return
    pk = told.weakest[0]
    idea = IDEAS.get(told.claim(pk).told_as, "forecast")
    yield told.obstacle(
        f"{told.claim(pk).key} is speculative, and the sentence does not say whose {idea} it is.",
        f"Write “{who_says_so(told.telling, pk)} …, which is its {idea}”; that it “may” be so "
        f"does not do. {what_would_lift(told.telling, pk)}",
        claim=pk,
    )


def _past_with_date(told: Worded) -> Found:
    if _is_label(told) or past_with_date(told.text):
        return
    for pk in told.claims:
        word = currency(told.telling.told_facts(pk), timezone.localdate())
        if word != "current":
            claim = told.claim(pk)
            date = claim.date or claim.as_of or "2022"
            later = [each.key for each in claim.replaced_by.all()]
            yield told.obstacle(
                f"{claim.key} {_why_past(word)}, and the sentence does not tell it in the past "
                "tense with its date.",
                f"Write “was to … in {date}{NOT_SO.get(word, '')}”{_or_cite(later)}.",
                claim=pk,
            )
            return


def _why_past(word: str) -> str:
    passed = {"overtaken": "is overtaken", "date passed": "is a plan whose day has passed"}
    return passed.get(word, f"is a plan of which the outcome is known ({word})")


def _or_cite(keys: list[str]) -> str:
    return f", or cite {keys[0]} instead" if keys else ""


OBJECTIONS = (
    Rule(
        "whose_plan",
        "A plan that is on record or corroborated is told without saying whose plan it is.",
        _whose_plan,
    ),
    Rule(
        "who_says_so",
        "A claim that is only reported is told without naming who says so. From a source graded "
        "A or B this is a warning.",
        _who_says_so,
    ),
    Rule(
        "which_report",
        "An unverified claim is told without naming the report and what is unknown about it; "
        "“reportedly” or “may” do not do.",
        _which_report,
    ),
    Rule(
        "both_sides",
        "A disputed claim is told without both sides, both cited, in the sentence or the next.",
        _both_sides,
    ),
    Rule(
        "only_the_doubt",
        "A doubtful claim is told otherwise than as the subject of the doubt.",
        _only_the_doubt,
    ),
    Rule(
        "whose_idea",
        "A speculative claim is told without saying whose forecast, opinion or invention it is; "
        "that it “may” be so is not enough.",
        _whose_idea,
    ),
    Rule(
        "past_with_date",
        "A claim that was overtaken, or a plan whose day has passed or whose outcome is known, is "
        "not told in the past tense with its date.",
        _past_with_date,
    ),
    *UNSOURCED,
)


# --- wording that a reviewer should look at -------------------------------------------------------


def _good_source_unnamed(told: Worded) -> Found:
    for pk in _unattributed(told):
        if _from_good_source(told.telling, pk):
            yield told.obstacle(
                f"{told.claim(pk).key} is reported, and the sentence does not name who says so.",
                f"Consider “according to {who_says_so(told.telling, pk)}, …”.",
                claim=pk,
            )
            return


def _over_hedged(told: Worded) -> Found:
    if at := over_hedges(told.text):
        words = ", ".join(f"“{told.text[place.start : place.end]}”" for place in at)
        yield told.obstacle(
            f"“{start_of(told.text)}” takes back what it tells more than once: {words}.",
            "Keep one hedge at most; say who says so instead.",
            at=at,
        )


OF_WORDING = (  # warnings
    Rule(
        "good_source_unnamed",
        "A claim that a source graded A or B reports is told without naming who says so.",
        _good_source_unnamed,
    ),
    Rule("over_hedged", "A sentence takes back what it tells more than once.", _over_hedged),
)


def warnings_of_wording(telling: Telling) -> list[Obstacle]:
    return [
        obstacle
        for sentence in worded(telling)
        for rule in OF_WORDING
        for obstacle in rule.found(sentence)
    ]
