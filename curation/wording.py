"""Read how a sentence words what it tells: who says so, whose idea it is, what is doubted. Pure.

Each reading returns the places [start, end) of the words that do it; none where nothing does.
The cues are those by which passages are labelled: `corpus.analysis.hedging`.
"""

import re
from collections.abc import Iterable, Iterator

from corpus.analysis import cues, hedging
from corpus.analysis.hedging_words import words
from curation.tenses import LONGEST, Place

__all__ = [
    "Place",
    "about_the_doubt",
    "as_somebodys",
    "attributes",
    "names_the_report",
    "says_what_is_unknown",
    "whose_plan",
]

Names = re.Pattern[str] | None  # written ones that are known; others are known by their capitals

# --- who --------------------------------------------------------------------------------------

_CAPITAL = r"[A-ZÀ-Þ][\w’'&.-]*[\w’']|[A-ZÀ-Þ]"
_NAME = re.compile(
    rf"(?:{_CAPITAL})(?:\s(?:(?:of|for|de|du|von|and|&)\s(?:the\s)?)?(?:{_CAPITAL}))*"
)
_NOBODY = words("""
    experts; officials; scientists; engineers; observers; analysts; sources; some; many; most;
    critics; people; reports; researchers; insiders; others; several; it; he; she; they; we; both;
    neither; nobody; according; by; in; on; at; the; this; that; these; those; a; an; its; their;
    his; her; as; for; from; with; while; when; where; what; who; why; how; if; although; but; and;
    or; nothing; no; not; one; two; three; four; five; there; here; then; now; since; until; after;
    before; during; under; over; reportedly; perhaps; spring; summer; autumn; winter; jan; feb; mar;
    apr; jun; jul; aug; sep; sept; oct; nov; dec
""") | frozenset(word.lower() for word in cues.NOBODY)
# Bodies that a definite noun names, once the text has named them.
_BODY = re.compile(
    r"\b(?:the|an?|its|their|that|this|whose|two|both)\s(?:[\w’'-]+\s){0,3}?(?:agency|agencies"
    r"|company|ministry|council|board|government|governments|committee|department|statement"
    r"|spokes(?:man|woman|person)|memorandum|communiqué|press release)\b",
    re.IGNORECASE,
)
# Who may hold an idea besides.
_VOICE = re.compile(
    r"\b(?:the|an?|its|their|that|this|one)\s(?:[\w’'-]+\s){0,3}?(?:blog|page|site|author|writer"
    r"|columnist|article|story|novel|text|post|magazine|newsletter|commentator|commentary|essay"
    r"|piece|scenario)s?\b",
    re.IGNORECASE,
)


def _who(text: str, names: Names, start: int, end: int) -> Iterator[Place]:
    """Where somebody is named in [start, end), in order."""
    known = [Place(*match.span()) for match in names.finditer(text, start, end)] if names else []
    spelled = [place for place in _names(text, start, end) if not _within(place, known)]
    bodies = [Place(*match.span()) for match in _BODY.finditer(text, start, end)]
    yield from sorted([*known, *spelled, *bodies])


def _names(text: str, start: int, end: int) -> Iterator[Place]:
    for match in _NAME.finditer(text, start, end):
        first = match.start()
        for word in match[0].split():
            if word.lower() not in _NOBODY:
                break
            first += len(word) + 1
        if first < match.end():
            yield Place(first, match.end())


def _within(place: Place, others: Iterable[Place]) -> bool:
    return any(other.start <= place.start and place.end <= other.end for other in others)


# --- who says so ------------------------------------------------------------------------------

_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s(?:\w+ly\s)?$")
_ASIDE = re.compile(r",\s(?:which|who|whom|whose|an?|the|one)\s[^,;:]*(?=,)")
_CLAUSE = re.compile(r"[;:“”\"]|\s[–—]\s")
_CITES = re.compile(r"\b(?:[Pp]er|citing|quoting)\s")
_BY_ACCOUNT = re.compile(
    r"\b(?:by|in|on)\s(?:the\s)?(?:[\w-]+\s)?(?:accounts?|words?|view|opinion|telling|reckoning"
    r"|figures|judgement|judgment|forecasts?|estimates?|scenarios?|version)\sof\s",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    rf"\b(?:[Bb]y|[Ii]n)\s(?:{_CAPITAL})(?:\s(?:{_CAPITAL}))*[’']s?\s(?:own\s)?(?:account|words|view|opinion"
    r"|telling|reckoning|figures|judgement|judgment|forecast|estimate|version)\b"
)
_SPEAKS = re.compile(
    r"\b(?:answer(?:s|ed)|repl(?:ies|ied)|report|puts? it|maintain(?:s|ed)|hold that|describe[sd]?"
    r"|estimate[sd]?|finds?|found|says?|call(?:s|ed)?|wrote"
    r"|claim(?:s|ed)?)\b"
)
_BEFORE_A_NOUN = re.compile(r"\b(?:an?|the|this|that|its|their|two|of|no|these|those|some)\s$")


def attributes(text: str, names: Names = None) -> list[Place]:
    """Who says so: "according to ESA", "ESA said", "by the account of ESA"."""
    text = text[:LONGEST]
    found = [Place(*match.span()) for match in _OF_SOMEBODY.finditer(text)]
    for match in (*_BY_ACCOUNT.finditer(text), *_CITES.finditer(text)):
        if who := next(_who(text, names, match.end(), match.end() + 80), None):
            found.append(Place(match.start(), who.end))
    for start, end, verb in _speaking(text):
        who = _speaker(text, names, start, end, verb)
        if who:
            found.append(Place(min(start, who.start), max(end, who.end)))
    return sorted(set(found))


def _speaking(text: str) -> Iterator[tuple[int, int, str]]:
    """Where something is said, but for the passive of nobody and for nouns."""
    verbs = [(cue.start, cue.end, cue.words) for cue in hedging.of_kind(text, "attribution")]
    verbs += [(*match.span(), match[0].lower()) for match in _SPEAKS.finditer(text)]
    for start, end, verb in sorted(set(verbs)):
        if _PASSIVE.search(text[:start]) and not text[end:].startswith(" by "):
            continue
        if not _BEFORE_A_NOUN.search(text[:start].lower()):
            yield start, end, verb


def _speaker(text: str, names: Names, start: int, end: int, verb: str) -> Place | None:
    clause = max((match.end() for match in _CLAUSE.finditer(text[:start])), default=0)
    behind = next(_who(text, names, end, min(len(text), end + 80)), None)
    if verb.startswith("according") or text[end:].startswith(" by "):
        return behind
    before = list(_who(_without_asides(text), names, clause, start))
    if before:
        return before[-1]
    near = behind and len(text[end : behind.start].split()) == 0
    return behind if near and verb in ("said", "says") else None


def _without_asides(text: str) -> str:
    """The text with blanks for ", which has read it,": nobody speaks there for the sentence."""
    return _ASIDE.sub(lambda aside: " " * len(aside[0]), text)


# --- the report, and what is unknown about it -------------------------------------------------

_REPORT = re.compile(
    r"\b(?:page|article|post|report|text|item|entry|notice|blog|story|dispatch|note|site)s?\s"
    rf"(?:of|on|by|in|from)\s(?:the\s)?(?:{_CAPITAL})(?:\s(?:&\s)?(?:{_CAPITAL}))*"
)
_UNKNOWN = re.compile(
    r"\b(?:unknown|not known|undated|unconfirmed|unnamed|anonymous|ungraded|unsigned|untraced"
    r"|unverified|unclear|not (?:yet )?(?:been )?(?:confirmed|verified|graded|checked|dated)"
    r"|no (?:other|second|further|date|author)\b(?:\s(?:source|text|report|account|document))?"
    r"|names? (?:no|neither)\b(?:\s\w+)?|without (?:naming|saying|giving|a date|a source)"
    r"|(?:does|did|do) not (?:say|name|give|tell)|nobody (?:has |else )?\w+"
    r"|(?:could|can)(?:not| not) be (?:verified|confirmed|traced|checked|found))\b",
    re.IGNORECASE,
)


def names_the_report(text: str, names: Names = None) -> list[Place]:
    """Which report it is: "a page of Skylark Noticeboard", "Skylark Noticeboard reports"."""
    reports = [Place(*match.span()) for match in _REPORT.finditer(text[:LONGEST])]
    return sorted({*reports, *attributes(text, names)})


def says_what_is_unknown(text: str) -> list[Place]:
    return [Place(*match.span()) for match in _UNKNOWN.finditer(text[:LONGEST])]


# --- somebody's idea, and doubt ---------------------------------------------------------------

_IDEA = (
    r"forecasts?|predictions?|opinions?|views?|beliefs?|inventions?|scenarios?|speculations?|hopes?"
    r"|visions?|expectations?|guess(?:es)?|fictions?|fantas(?:y|ies)|dreams?|imaginations?|comments?"
    r"|conjectures?|ideas?"
)
_THINKS = re.compile(
    r"\b(?:imagin(?:es?|ed)|invent(?:s|ed)?|forecasts?|predict(?:s|ed)?|expect(?:s|ed)?"
    r"|believe[sd]?|thinks?|thought|argue[sd]?|hope[sd]?|envisage[sd]?|envision(?:s|ed)?"
    r"|foresees?|foresaw|speculate[sd]?|fear(?:s|ed)?|suspect(?:s|ed)?|suppose[sd]?|dream(?:s|t|ed)?"
    r"|guess(?:es|ed)?|conjecture[sd]?|fancies|wonder(?:s|ed)?|prophes(?:ies|ied))\b"
)
_OWN = re.compile(
    rf"\b(?:its|his|her|their|whose)\s(?:own\s)?(?:\w+\s)?(?:{_IDEA})\b"
    rf"|\b(?:{_CAPITAL})[’']s?\s(?:own\s)?(?:\w+\s)?(?:{_IDEA})\b"
    rf"|\b(?:author|blog|page|site|writer|columnist|article)[’']s\s(?:own\s)?(?:{_IDEA})\b"
    rf"|\b(?:{_IDEA})\sof\s(?:its|his|her|their)\sown\b"
    rf"|\b(?:{_IDEA})\s(?:of|by|from)\s(?:that|this|the)\s(?:\w+\s)?(?:blog|page|site|author|article"
    r"|text|writer)\b"
)
_IDEA_OF = re.compile(rf"\b(?:{_IDEA})\s(?:of|by|from)\s")
_DOUBT = re.compile(
    r"\b(?:doubtful|doubted|doubts?|in doubt|dubious|questionable|implausible|not credible"
    r"|contradict(?:s|ed|ion)?|disputed|denie[sd]|denials?|refute[sd]?|disproved|debunked"
    r"|no evidence|unreliable|untraced|cannot be (?:found|traced|confirmed|verified|believed)"
    r"|could not be (?:found|traced|confirmed|verified)|not borne out|wrong(?:ly)?|mistaken(?:ly)?"
    r"|untrue|false(?:ly)?|graded [DE]|better evidence|against all|not supported)\b",
    re.IGNORECASE,
)


def as_somebodys(text: str, names: Names = None) -> list[Place]:
    """Whose forecast, opinion or invention it is; that something "may" be is nobody's."""
    text = text[:LONGEST]
    found = [Place(*match.span()) for match in _OWN.finditer(text)]
    for match in _IDEA_OF.finditer(text):
        who = next(_who(text, names, match.end(), match.end() + 60), None)
        if who and len(text[match.end() : who.start].split()) < 4:
            found.append(Place(match.start(), who.end))
    for match in _THINKS.finditer(text):
        if who := _thinker(text, names, match):
            found.append(Place(who.start, match.end()))
    return sorted(set(found))


def _thinker(text: str, names: Names, match: re.Match[str]) -> Place | None:
    if _PASSIVE.search(text[: match.start()]):
        return None
    clause = max((each.end() for each in _CLAUSE.finditer(text[: match.start()])), default=0)
    outside = _without_asides(text)
    voices = [Place(*each.span()) for each in _VOICE.finditer(outside, clause, match.start())]
    named = [*_who(outside, names, clause, match.start()), *voices]
    return max(named, default=None)


def about_the_doubt(text: str) -> list[Place]:
    return [Place(*match.span()) for match in _DOUBT.finditer(text[:LONGEST])]


# --- plans --------------------------------------------------------------------------------------

_PLANS = re.compile(
    r"\b(?:plan(?:s|ned)?|aim(?:s|ed)?|intend(?:s|ed)?|hope[sd]?|want(?:s|ed)?|mean(?:s|t)?|propose[sd]?"
    r"|expect(?:s|ed)?|undertak(?:es|en)|undertook|agreed|promise[sd]?|committed|decided|consider(?:s"
    r"|ed|ing)?|studying|studies|study|weigh(?:s|ed|ing)|seek(?:s|ing)?|sought|offer(?:s|ed)?"
    r"|is to|are to|was to|were to|is due|are due|was due|will|takes? part)\b"
)
_PRONOUN = re.compile(r"\b(?:it|they|both|each)\b|\b(?:the|these|those) (?:two|three)\b", re.I)


def whose_plan(text: str, names: Names = None) -> list[Place]:
    """Who plans it, with the word that says so; or who says it."""
    text = text[:LONGEST]
    found = attributes(text, names)
    for match in _PLANS.finditer(text):
        pronouns = [Place(*each.span()) for each in _PRONOUN.finditer(text, 0, match.start())]
        if who := max([*_who(text, names, 0, match.start()), *pronouns], default=None):
            found.append(Place(who.start, match.end()))
        elif who := _from(text, names, match.end()):
            found.append(Place(match.start(), who.end))
    return sorted(set(found))


def _from(text: str, names: Names, start: int) -> Place | None:
    """From or by whom something is due."""
    preposition = re.compile(r"\s(?:\w+\s)?(?:from|by|of)\s").match(text, start)
    return next(_who(text, names, preposition.end(), len(text)), None) if preposition else None
