"""Objections to what a sentence tells and nothing it cites does: words, numbers, dates, names."""

from collections.abc import Iterable

from corpus.analysis import dates, hedging
from curation.mending import document_of, plain
from curation.obstacles import Found, Rule, start_of
from curation.presence import (
    Said,
    dates_not_in,
    names_not_in,
    numbers,
    numbers_not_in,
    quoted_not_in,
)
from curation.standing import Verdict
from curation.tenses import Place
from curation.tenses import dates as written
from curation.worded import Worded

NOTHING = Said()
FEW = 4  # alternatives that are told
NEAR = 60  # characters between a name and the word that tells its act


def _told(text: str, places: Iterable[Place]) -> str:
    """The words at some places, each once, in quotation marks."""
    words = dict.fromkeys(text[place.start : place.end].strip('“”"') for place in places)
    return ", ".join(f"“{each}”" for each in words)


def _stands(places: list[Place]) -> str:
    return "stands" if len(places) == 1 else "stand"


def _quoted_words(worded: Worded) -> Found:
    if not worded.claims:
        return
    whole = worded.kind == "quotation"
    if at := quoted_not_in(worded.text, worded.said, whole=whole):
        quoted = next((quote for pk in worded.claims for quote in _exact(worded, pk)), "")
        yield worded.obstacle(
            f"{_told(worded.text, at)} {_stands(at)} in no cited quote in these words.",
            f"Quote exactly, such as “{start_of(quoted)}”, or take the quotation marks out."
            if quoted
            else "Cite a claim with a quote of these words, or take the quotation marks out.",
            at=at,
        )


def _numbers(worded: Worded) -> Found:
    if worded.claims and (at := numbers_not_in(worded.text, worded.said)):
        yield worded.obstacle(
            f"{_told(worded.text, at)} {_stands(at)} in no cited quote, claim or finding.",
            f"Cite the claim that gives it, or write what the cited ones say{_numbers_of(worded)}.",
            at=at,
        )


def _dates(worded: Worded) -> Found:
    if worded.claims and (at := dates_not_in(worded.text, worded.said)):
        yield worded.obstacle(
            f"{_told(worded.text, at)} {_stands(at)} in no cited quote, claim or finding.",
            f"Cite the claim that dates it, or write what the cited ones say{_dates_of(worded)}.",
            at=at,
        )


def _party_names(worded: Worded) -> Found:
    if not worded.claims:
        return
    telling = worded.telling
    named = names_not_in(worded.text, worded.said, telling.aliases)
    for pk in named:
        name = telling.entity(pk).name
        about = [
            telling.claims[other].key
            for other, facts in telling.facts.items()
            if other in telling.claims and any(who.id == pk for who in facts.acting)
        ]
        yield worded.obstacle(
            f"{name} is named, and no cited quote, claim or finding speaks of it.",
            f"Cite {about[0]}, which states an act of {name}, or leave the name out."
            if about
            else f"Cite a claim about {name}, or leave the name out.",
            at=named[pk],
        )


def _editorial_fact(worded: Worded) -> Found:
    """What has to rest on something is nothing that the desk may say of its own."""
    if not worded.sentence.editorial or worded.sentence.keys:
        return
    text = worded.text
    at = [*numbers_not_in(text, NOTHING), *dates_not_in(text, NOTHING), *_acts(worded)]
    if at:
        yield worded.obstacle(
            f"The desk’s own words tell {_told(text, sorted(set(at)))}.",
            "Cite the claim that says so, or keep to what this page does and leaves open.",
            at=sorted(set(at)),
        )


def _acts(worded: Worded) -> list[Place]:
    """Where a party is named before a word that tells what it did, does or plans."""
    telling, text = worded.telling, worded.text
    parties = {telling.entity(party.entity_id).pk for _, party in telling.parties}
    aliases = {pk: telling.aliases[pk] for pk in parties}
    named = [place for places in names_not_in(text, NOTHING, aliases).values() for place in places]
    told = hedging.of_kind(text, "past", "future", "intention", "attribution")
    return [place for place in named if any(0 <= cue.start - place.end < NEAR for cue in told)]


def _relative_date(worded: Worded) -> Found:
    """ "Last Tuesday" of a text that nobody could date is no day."""
    if "undated" in worded.text.lower() or not dates.dates_in(worded.text):
        return
    for pk in worded.claims:
        verdicts = [each for each in worded.telling.stands[pk].counted if each.stance == "supports"]
        undated = [each for each in verdicts if _counts_from_nothing(worded, each)]
        if undated and len(undated) == len(verdicts):
            title = document_of(worded.telling, undated[0])
            who = plain(undated[0].facts.source) or "a source"
            yield worded.obstacle(
                f"The date rests on {title}, which has none of its own to count from.",
                f"Write “an undated article of {who} says …”, or find out when it was published.",
                claim=pk,
            )
            return


def _counts_from_nothing(worded: Worded, verdict: Verdict) -> bool:
    quote = worded.telling.quotes[verdict.quote]
    if quote.capture.document.published:
        return False
    return any(not each.date for each in dates.dates_in(quote.exact))


# --- what the cited ones say ---------------------------------------------------------------------


def _exact(worded: Worded, pk: int) -> list[str]:
    return [worded.telling.quotes[each.quote].exact for each in worded.facts(pk).evidence]


def _numbers_of(worded: Worded) -> str:
    claims = [(worded.claim(pk).words, worded.claim(pk).value) for pk in worded.claims]
    quotes = [_exact(worded, pk) for pk in worded.claims]
    texts = dict.fromkeys(text for each in (*claims, *quotes) for text in each)
    found = dict.fromkeys(
        text[number.place.start : number.place.end]
        for text in texts
        for number in numbers(text)
        if not any(each.start <= number.place.start < each.end for each in written(text))
    )
    return _listed(found)


def _dates_of(worded: Worded) -> str:
    return _listed(dict.fromkeys(dates.in_words(date) for date in worded.said.dates))


def _listed(found: Iterable[str]) -> str:
    first = list(found)[:FEW]
    return f": {', '.join(first)}" if first else ""


UNSOURCED = (
    Rule(
        "quoted_words",
        "Words in quotation marks stand in no cited quote.",
        _quoted_words,
    ),
    Rule("numbers", "A number stands in no cited quote, claim or finding.", _numbers),
    Rule(
        "dates",
        "A date stands in no cited quote, claim or finding, as exactly as it is told.",
        _dates,
    ),
    Rule(
        "party_names",
        "Somebody is named of whom no cited quote, claim or finding speaks.",
        _party_names,
    ),
    Rule(
        "editorial_fact",
        "The desk’s own words tell a number, a date or a party’s act.",
        _editorial_fact,
    ),
    Rule(
        "relative_date",
        "A date counts from the day of a text that has none.",
        _relative_date,
    ),
)
