"""Decide whether a full stop, question mark or ellipsis ends a sentence."""

import re
from collections.abc import Iterator


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


CLOSERS = "\"'”’»›)\\]}*_"
OPENERS = "\"'“‘«‹(\\[{*_¿¡"

# A terminator takes the quotes, footnote numbers and citations that close behind it.
TERMINATOR = re.compile(
    rf"(?:[.!?…]+|(?P<wide>[。！？｡]+))[{CLOSERS}]*(?:\[\d{{1,3}}\])*(?:\s{{0,2}}\[@[^\[\]\n]{{1,80}}\])*"
)

_BEGINS = re.compile("[.!?…。！？｡]")


def terminators(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield each terminator; it is faster to look for how they begin than for all of them."""
    for begins in _BEGINS.finditer(text, start, end):
        if begins.start() >= start and (match := TERMINATOR.match(text, begins.start(), end)):
            yield match
            start = match.end()


NEVER_END = _words(
    "dr mr mrs ms mx prof gen col lt sgt capt cmdr maj brig sen rep gov adm rev hon pres messrs "
    "vs e.g i.e cf viz approx ca mt ft st incl esp resp"
)
BEFORE_NUMBERS = _words(
    "no nos fig figs eq eqs vol vols pp p para paras sec sect ch art arts ref refs v ver "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
MAY_END = _words("inc ltd corp co llc plc gmbh jr sr etc al bros dept est univ assn intl govt ph.d")
STARTERS = _words(
    "the a an this that these those it its in on at as but and or if when while since after before "
    "for from with by he she they we you i his her their our your there here however meanwhile "
    "although though despite according under last next now then today both each some many most all "
    "such what who why how where which yet so also more another other no not once until during to "
    "still instead later earlier finally moreover furthermore nevertheless because perhaps"
)
DOMAINS = _words("com net org io gov edu int eu uk de fr jp js ai app html pdf")

_BEHIND = re.compile(rf"\s+(?:[{OPENERS}]|&nbsp;)*")
_WORD = re.compile(r"\w+")
_LAST_TOKEN = re.compile(r"[^\s(\[{“\"‘—–/\-*_]*$")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_GLUED = re.compile(r"[“‘]?([^\W\d_][a-z]+)")
_LOWER_WORD = re.compile(r"[a-zß-ÿ]{3,}$")
_SPEAKER = re.compile(
    r"\s+(?:[^\W\d_][\w.’'-]{0,30}\s+){1,4}(?:said|says|asked|asks|told|wondered|added|wrote)\b"
)


def ends_sentence(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether the terminator ends the sentence that began at start, in a block up to end."""
    behind = match.end()
    if behind >= end or match["wide"]:
        return True
    if not text[behind].isspace():
        return _is_glued(text, match)
    gap = _BEHIND.match(text, behind, end)
    if gap is None or gap.end() >= end or not _may_begin(text, gap.end(), end):
        return False
    if match[0].startswith(".") and not match[0].startswith(".."):
        return not _is_abbreviation(text, match.start(), start, gap.end(), end)
    return not (_closes_quote(match[0]) and _SPEAKER.match(text, behind, min(end, behind + 160)))


def _may_begin(text: str, at: int, end: int) -> bool:
    char = text[at]
    if char in "—–-,;:":
        return False
    return not char.islower() or (at + 1 < end and text[at + 1].isupper())  # iPhone, eROSITA


def _is_glued(text: str, match: re.Match[str]) -> bool:
    """Whether scraping lost the space: "agreed.The agency"."""
    behind = _GLUED.match(text, match.end(), match.end() + 20)
    if not behind or not behind[1][0].isupper() or behind[1].lower() in DOMAINS:
        return False
    before = _LAST_TOKEN.search(text, max(0, match.start() - 40), match.start())
    return bool(before and _LOWER_WORD.fullmatch(before[0]))


def _closes_quote(terminator: str) -> bool:
    return any(quote in terminator for quote in "\"'”’»")


def _is_abbreviation(text: str, dot: int, start: int, following: int, end: int) -> bool:
    token = _LAST_TOKEN.search(text, max(start, dot - 24), dot)
    word = token[0] if token else ""
    low = word.lower()
    if low in NEVER_END:
        return not _starts(text, following, end) or low not in ("st", "mt", "ft")
    if low in BEFORE_NUMBERS:
        return text[following].isdigit()
    if word.isdecimal():
        return len(word) <= 3 and dot - len(word) <= start + 1  # the number of a list
    if _is_initial(word) or _DOTTED.fullmatch(word) or low in MAY_END:
        return not _starts(text, following, end)
    return False


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _starts(text: str, at: int, end: int) -> bool:
    """Whether a word stands there that, written with a capital, begins a sentence."""
    word = _WORD.match(text, at, end)
    return word is not None and word[0].lower() in STARTERS and text[at].isupper()
