"""The note of an edition, drafted from what moved: what readers were told, and are told now.
Pure. A person edits it; nothing here decides."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import takewhile
from textwrap import shorten
from typing import NamedTuple

from corpus.analysis.dates import NotADate, in_words, parse
from curation.comparing import (
    Claimed,
    Comparison,
    Fielded,
    Moved,
    Rested,
    Said,
    Told,
    compare,
)
from curation.moving import is_weaker

LEADS = {  # how the note of each kind begins
    "correction": "Corrected",
    "update": "Updated",
    "clarification": "Clarified",
    "reinstatement": "Back again",
}
LONGEST = 1_600  # characters of a draft; the form takes 2,000
SHOWN = 160  # characters of a sentence
RUN = 6  # words that took the place of others, to be told by themselves
REASONS = 3  # told of one claim
PAST = {
    "supports": "supported",
    "disputes": "disputed",
    "qualifies": "qualified",
    "mentions": "mentioned",
}
# Words that begin with a small letter inside a sentence; others may be names.
SMALL = {
    *("A", "An", "The", "This", "That", "These", "Those", "It", "Its", "They", "Their", "There"),
    *("In", "On", "At", "By", "For", "From", "After", "Before", "Since", "Until", "Under", "Both"),
    *("No", "Nobody", "Neither", "One", "Two", "Three", "Four", "Some", "All", "Each", "Every"),
}
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


class Suggested(NamedTuple):
    """The kind that fits what moved, and why; a person may choose another."""

    kind: str
    because: str


def note(before: Told, after: Told, kind: str) -> str:
    """The draft; empty when both tell the same."""
    told = list(dict.fromkeys(_items(compare(before, after))))
    if not told:
        return ""
    kept: list[str] = []
    for each in told:
        if sum(map(len, kept)) + len(each) > LONGEST:
            break
        kept.append(each)
    if rest := len(told) - len(kept):
        kept.append(f"{rest} more change{'' if rest == 1 else 's'}")
    return f"{LEADS[kind]}: {_ended('; '.join(kept))}"


def past_lead(note: str) -> str:
    """The note without the word for its kind, for where that was just said."""
    for lead in LEADS.values():
        if note.startswith(f"{lead}: "):
            return note.removeprefix(f"{lead}: ")
    return note


def suggested(before: Told, after: Told) -> Suggested:
    moved = compare(before, after)
    for claimed in moved.claims:
        if claimed.kind == "replaced" and claimed.claim["replaced_because"] == "mistaken":
            return Suggested("correction", f"{_names(claimed)}, which was mistaken.")
    for claimed in moved.claims:
        if (stands := claimed.of("standing")) and is_weaker(stands.now, stands.was):
            clause = shorten(_that(claimed.claim), SHOWN, placeholder="…")
            return Suggested(
                "correction", f"Readers were told that more firmly than it stands: {clause}."
            )
    for claimed in moved.claims:
        if claimed.kind == "replaced" and claimed.claim["replaced_because"] == "overtaken":
            return Suggested("update", f"{_names(claimed)}, which events overtook.")
    if newer := _newer(before, after):
        return Suggested(
            "update", f"It rests on something newer than the last edition did: {_day(newer)}."
        )
    if not moved:
        return Suggested("update", "Nothing moved since the last edition.")
    if any(map(_is_weighty, moved.claims)) or moved.fields or moved.findings or moved.state:
        return Suggested("update", "It tells something else than the last edition did.")
    if moved.said:
        return Suggested("clarification", "No claim changed, only the words.")
    return Suggested("update", "The words are the same; what they rest on is not.")


def _is_weighty(claimed: Claimed) -> bool:
    """Whether another thing is claimed, or it stands or counts otherwise."""
    if claimed.kind == "replaced":
        return claimed.claim["replaced_because"] != "reworded" or bool(claimed.of("value"))
    return claimed.kind != "kept" or bool(claimed.moved)


def _names(claimed: Claimed) -> str:
    replaced = claimed.before["key"] if claimed.before else ""
    return f"{claimed.claim['key']} replaces {replaced}"


def _newer(before: Told, after: Told) -> str:
    """A date that the new edition rests on and that is later than all of the old one's."""
    was = max((_last_day(each) for each in _dates(before)), default=None)
    if was is None:
        return ""
    newer = [each for each in _dates(after) if _last_day(each) > was]
    return max(newer, key=_last_day, default="")


def _dates(content: Told) -> Iterator[str]:
    """When what it rests on was published, and as of when it was so."""
    told = [each["published"] for each in content["documents"]]
    told += [each["as_of"] for each in content["claims"]]
    return (each for each in told if each and _last_day(each) > datetime.date.min)


def _last_day(edtf: str) -> datetime.date:
    try:
        return parse(edtf).latest or datetime.date.min
    except NotADate:
        return datetime.date.min


# --- what is told, one change after the other ----------------------------------------------------


def _items(moved: Comparison) -> Iterator[str]:
    if moved.state:
        yield _state(moved.state)
    for claimed in moved.claims:
        if claimed.kind == "replaced":
            yield _replaced(claimed)
        elif claimed.kind == "kept":
            yield from _kept(claimed)
    explained = {pk for each in moved.claims for pk in _told_by(each)}
    yield from _sentences(moved.said, explained)
    yield from _claims_beside(moved)
    yield from map(_field, moved.fields)
    for kind, finding in moved.findings:
        told = "a new finding is told" if kind == "added" else "a finding is no longer told"
        yield f"{told}: “{shorten(finding['result'], SHOWN, placeholder='…')}”"


def _state(state: Moved) -> str:
    if not state.now:
        return f"the state of the partnership is no longer told; it was {state.was}"
    return f"the partnership is {state.now}" + (f", no longer {state.was}" if state.was else "")


def _replaced(claimed: Claimed) -> str:
    """The new words with what they say in place of the old, where that is one run of words."""
    assert claimed.before is not None  # of what is replaced
    old, new = (_inside(each["words"]) for each in (claimed.before, claimed.claim))
    value = claimed.of("value")
    if run := _one_run(old, new):
        told = f"{new}{run}"
    elif value and claimed.claim["attribute"]:
        told = f"the {claimed.claim['attribute']} is {_day(value.now)}, not {_day(value.was)}"
    else:
        told = f"{new}; it had said that {old}"
    stands = claimed.of("standing")
    return f"{told}; that is {_restood(stands)}" if stands else told


def _one_run(old: str, new: str) -> str:
    """How the new words differ, if one short run of words took the place of another."""
    was, now = old.split(), new.split()
    start = _alike(was, now)
    end = _alike(was[start:][::-1], now[start:][::-1])
    gone, come = was[start : len(was) - end], now[start : len(now) - end]
    if not (0 < len(gone) <= RUN and 0 < len(come) <= RUN and start + end > 1):
        return ""
    told = " ".join(gone).strip(",;")
    return f" (not “{told}”)" if end else f", not {told}"


def _alike(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _kept(claimed: Claimed) -> Iterator[str]:
    because = list(dict.fromkeys(one for each in claimed.quotes for one in _rested(each)))
    because = because[:REASONS] + (["more changed"] if len(because) > REASONS else [])
    stands = claimed.of("standing")
    if stands or because:
        how = _restood(stands) if stands else f"{claimed.claim['standing']} as before"
        why = f": {_listed(because)}" if because else ""
        yield f"{_that(claimed.claim)} is {how}{why}"
    if what := _became(claimed):
        yield f"{_that(claimed.claim)}: {what}"


def _became(claimed: Claimed) -> str:
    """What time made of it, or what became of a plan; and how the desk knows, where that moved."""
    time, by, reason = map(claimed.of, ("currency", "outcome_by", "outcome_reason"))
    now = claimed.claim["currency"]
    if now == "current":
        return "what became of it is no longer told" if by or reason else ""
    how = [_told_so(by)] if by and (by.now or not time) else []
    how += [_known_so(reason)] if reason and (reason.now or not time) else []
    return f"{now} ({', '.join(how)})" if how else now if time else ""


def _told_so(by: Moved) -> str:
    if not by.now:
        return f"{by.was} no longer tells so"
    return f"{by.now} tells so, not {by.was}" if by.was else f"{by.now} tells so"


def _known_so(reason: Moved) -> str:
    if not reason.now:
        return "how the desk knows is no longer told"
    return f"the desk knows: “{shorten(reason.now, SHOWN, placeholder='…')}”"


def _restood(stands: Moved) -> str:
    weaker = is_weaker(stands.now, stands.was)
    return f"{stands.now}, {'no longer' if weaker else 'where it was'} {stands.was}"


def _rested(each: Rested) -> Iterator[str]:
    of = each.document["source"] or f"“{each.document['title'] or 'Untitled'}”"
    supports = each.stance == "supports"
    if each.kind == "added":
        yield f"it rests on another quote, of {of}" if supports else f"{of} {each.stance} it"
    elif each.kind == "gone":
        gone = f"{of} {each.stance} it no longer"
        yield f"it no longer rests on a quote of {of}" if supports else gone
    else:
        yield from (_of_quote(moved) for moved in each.moved)


def _of_quote(moved: Moved) -> str:
    """What moved under a quote, as the reason of how its claim stands."""
    was, now = moved.was, moved.now
    if moved.of == "grade":
        if "F" in (was, now):
            return f"its source is graded {now}" if was == "F" else "its source is not graded"
        return f"its source’s grade is {now}, not {was}"
    if moved.of == "stance":
        return f"a quote that {PAST[was]} it before {now} it now"
    if moved.of == "published":
        return f"its source is {_dated(now)}, not {_dated(was)}"
    if moved.of == "origin":
        return f"{now or 'nobody known'} said it first, not {was or 'somebody unknown'}"
    if moved.of == "credibility":
        return f"its credibility is {now}, not {was}"
    return f"its words are labelled {now or 'nothing'}, not {was or 'nothing'}"


def _dated(edtf: str) -> str:
    return f"dated {_day(edtf)}" if edtf else "undated"


# --- sentences, and what stands beside them -------------------------------------------------------


def _told_by(claimed: Claimed) -> Iterator[int]:
    """The claims whose own item tells why a sentence that cites them was reworded."""
    if claimed.kind == "replaced":
        yield claimed.claim["id"]


def _sentences(said: Iterable[Said], explained: set[int]) -> Iterator[str]:
    said = list(said)
    reworded = ((each.before, each.after) for each in said if each.kind == "reworded")
    for before, after in reworded:
        if before and after and explained.isdisjoint(after["claims"]):
            yield f"“{_shown(before)}” now reads “{_shown(after)}”"
    for kind, told in (("left out", "left out"), ("added", "new")):
        rows = [each.told for each in said if each.kind == kind]
        shown = [f"“{_shown(row)}”" for row in rows if row]
        if shown:
            n = NUMBERS.get(len(shown), str(len(shown)))
            one = len(shown) == 1
            yield f"{n} sentence{' is' if one else 's are'} {told}: {_listed(shown)}"


def _claims_beside(moved: Comparison) -> Iterator[str]:
    """Claims that came or went while no sentence did that cites them."""
    by = {
        kind: {
            pk
            for each in moved.said
            if each.kind == kind
            for told in (each.before, each.after)
            if told
            for pk in told["claims"]
        }
        for kind in ("left out", "added", "reworded")
    }
    for each in moved.claims:
        if each.kind not in by or each.claim["id"] in by[each.kind] | by["reworded"]:
            continue
        told = "no longer told" if each.kind == "left out" else each.claim["standing"]
        yield f"{_that(each.claim)} is {told}"


def _field(field: Fielded) -> str:
    name = field.name if field.is_party else f"the state “{field.state}”"
    if field.kind == "added":
        return f"{name} is told now"
    if field.kind == "left out":
        return f"{name} is no longer told"
    return f"{name}: {_listed(_of_field(each) for each in field.moved)}"


def _of_field(moved: Moved) -> str:
    if moved.of == "standing":
        return _restood(moved)
    now, was = (_day(each) if each else "no day" for each in (moved.now, moved.was))
    return f"{moved.of} {now}, not {was}"


# --- words ----------------------------------------------------------------------------------------


def _that(claim: Told) -> str:
    return f"that {_inside(claim['words'])}"


def _inside(told: str) -> str:
    """A sentence as part of another: without its stop, and small where it is no name."""
    text = told.strip().rstrip(".")
    first, space, rest = text.partition(" ")
    return f"{first.lower()}{space}{rest}" if first in SMALL else text


def _shown(sentence: Told) -> str:
    return shorten(sentence["text"], SHOWN, placeholder="…")


def _day(value: str) -> str:
    """A value in words, where it is a date."""
    try:
        return in_words(value)
    except NotADate:
        return value


def _listed(told: Iterable[str]) -> str:
    *most, last = told
    return f"{', '.join(most)} and {last}" if most else last


def _ended(told: str) -> str:
    return told if told.endswith((".", ".”", "!", "?")) else f"{told}."
