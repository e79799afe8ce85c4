"""A text as words with their places, and names as people write them: capitals, spellings."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import accumulate

from corpus.text.fold import fold

_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_MARKS += "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a4d\u0b82-\u0bcd"
_MARKS += "\u0c00-\u0c4d\u0d00-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
NO_SPACES = "\u0e00-\u0eff\u3005-\u3007\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff"
_LETTERS = f"[^\\W_{NO_SPACES}]+"
_WORD = re.compile(f"([{NO_SPACES}]|{_LETTERS}(?:[{_MARKS}]+(?:{_LETTERS})?)*)")
_ASCII_WORD = re.compile("([a-z0-9]+)")  # the same in folded ASCII, found twice as fast
_LOOSE = re.compile(r"[\s\-]{1,3}")
NAMES = 20_000  # of which is remembered how they are written
_SPELLINGS = {
    "center": "centre",
    "centers": "centres",
    "defense": "defence",
    "organization": "organisation",
    "program": "programme",
    "programs": "programmes",
}


class Page:
    """A text as folded words with their places, and what stands between them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        parts = (_ASCII_WORD if self.folded.isascii() else _WORD).split(self.folded)
        places = list(accumulate(map(len, parts), initial=0))
        self.words = parts[1::2]
        if not _SPELLINGS.keys().isdisjoint(self.words):
            self.words = [_SPELLINGS.get(word, word) for word in self.words]
        self.starts, self.ends = places[1:-1:2], places[2::2]
        self._between = parts[::2]
        self._before_capital: dict[str, bool] = {}
        self._titled: dict[tuple[int, int], bool] = {}

    def gap(self, at: int) -> str:
        """What stands before a word: white space and hyphens alike, but no paragraph's end."""
        between = self._between[at]
        if len(between) > 4:
            return "|"
        if between in (" ", "-"):
            return " "
        if not _LOOSE.fullmatch(between):
            return between.strip()
        return " " if between.count("\n") < 2 else "|"

    def is_apart(self, at: int) -> bool:
        """Whether a word stands apart from the one before: other punctuation, another line."""
        between = self._between[at]
        return between != " " and (not _LOOSE.fullmatch(between) or "\n" in between)

    def written(self, first: int, last: int) -> str:
        """Some words as they are written."""
        return self.text[self.starts[first] : self.ends[last]]

    def is_capital(self, at: int) -> bool:
        return self.text[self.starts[at]].isupper()

    def opens(self, at: int) -> bool:
        """Whether a sentence or a line begins with this word, so that its capital says nothing."""
        return at == 0 or "\n" in self._between[at] or bool(_ENDS.search(self._between[at]))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.words)

    def always_before_capital(self, word: str) -> bool:
        """Whether another word with a capital follows wherever this one stands."""
        if word not in self._before_capital:
            places = [at for at, other in enumerate(self.words) if other == word]
            self._before_capital[word] = all(
                at + 1 < len(self.words) and self.gap(at + 1) == " " and self.is_capital(at + 1)
                for at in places
            )
        return self._before_capital[word]

    def words_around(self, at: int, many: int) -> Iterator[str]:
        yield from self.words[max(0, at - many) : at]
        yield from self.words[at + 1 : at + 1 + many]

    def is_titled(self, at: int) -> bool:
        """Whether all words of a line have capitals, which then tell no names."""
        here = self.starts[at]
        first = max(0, here - _LONGEST_TITLE)
        first = max(first, self.text.rfind("\n", first, here) + 1)
        end = self.text.find("\n", here, here + _LONGEST_TITLE)
        line = first, end if end >= 0 else here + _LONGEST_TITLE
        if line not in self._titled:  # asked for each name of it
            self._titled[line] = _is_titled(self.text[slice(*line)])
        return self._titled[line]


_ENDS = re.compile(r"[.!?:;…•*\"“”«»][\s\"“”'()*]*$|^[\s]*[\"“«(]$")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_LONGEST_TITLE = 160


def _is_titled(line: str) -> bool:
    if len(line) > _LONGEST_TITLE or not line.lstrip("#*•-–— \t\"“‘'")[:1].isupper():
        return False
    long = _LONG_WORD.findall(line)
    small = [word for word in long if not word[0].isupper()]
    return len(long) > 2 and len(small) <= 0.2 * len(long) and all(len(w) < 6 for w in small)


# --- a name ------------------------------------------------------------------------------------

_ARTICLE = re.compile(r"(?:the|die|le|la) (?=\S+ \S)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"(?<=\S)\s*\([^()]*\)$")
_COUNTRY = re.compile(r"(?:US|U\.S\.|United States) ")
_FORM = re.compile(
    r",? (?:inc|ltd|llc|corp|co|gmbh|ag|se|sa|s\.a|s\.p\.a|spa|plc|bv|b\.v|e\. ?v)\.?$",
    re.IGNORECASE,
)


def spellings(name: str) -> Iterator[str]:
    """Yield a name and its other spellings: without article, "(France)", "Inc."; & and "and"."""
    short = _IN_BRACKETS.sub("", _ARTICLE.sub("", name, count=1))
    if short == name or not _ARTICLE.match(name):
        yield name
    yield from dict.fromkeys(
        each
        for each in (
            short,
            _FORM.sub("", short),
            short.replace(" & ", " and "),
            short.replace(" and ", " & "),
            *(
                _COUNTRY.sub(f"{country} ", short, count=1)
                for country in ("US", "U.S.", "United States")
                if _COUNTRY.match(short)
            ),
        )
        if each != name
    )


def sure_words(name: str) -> list[str]:
    """Return words that stand in a text wherever the name does, in whatever spelling."""
    variants = [words_of(fold(spelling)) for spelling in spellings(name)]
    spelled_in_two_ways = {*_SPELLINGS, *_SPELLINGS.values()}
    return [
        word
        for word in dict.fromkeys(variants[0])
        if word not in spelled_in_two_ways and all(word in words for words in variants)
    ]


@lru_cache(maxsize=NAMES)
def is_acronym(name: str) -> bool:
    """Whether a name is written in capitals alone, like NASA."""
    return name.isupper() and sum(map(str.isalpha, name)) > 1


def capitals_needed(name: str) -> str:
    """What a place must have in capitals to be this name.

    "same": all of it; "exact": those of the name; "first": each word's first letter, where the
    name has them; "begin": the first word's; "": none.
    """
    if is_acronym(name):
        return "same"
    words = words_of(name)
    if len(words) == 1 and _is_mixed(name):
        return "exact"
    if len(words) == 1 or any(map(str.isdigit, name)):
        return "first"
    return "begin" if words[0][0].isupper() else ""


def words_of(name: str) -> list[str]:
    return _WORD.findall(name)


def _is_mixed(word: str) -> bool:
    """Whether it is an acronym with small letters, like EgSA or CaSSIS."""
    capitals = sum(map(str.isupper, word))
    return capitals > 1 and (len(word) < 5 or capitals * 2 > len(word))


@lru_cache(maxsize=NAMES)
def _has_capital(name: str) -> list[bool]:
    """Of each word of a name whether it begins with one."""
    return [word[0].isupper() for word in words_of(name)]


def has_capitals(page: Page, first: int, last: int, name: str, needed: str) -> bool:
    if needed == "begin":
        return page.is_capital(first)
    if needed == "first":
        words = zip(range(first, last + 1), _has_capital(name), strict=False)
        return all(page.is_capital(at) for at, is_capital in words if is_capital)
    if needed == "same":
        return page.written(first, last).isupper()
    if needed == "exact":
        written = page.written(first, last)
        return written == name or (len(name) > 4 and written.isupper())
    return True


def initials(words: list[str]) -> str:
    """First letters of the words that are written with a capital or a digit."""
    return "".join(word[0] for word in words if not word[0].islower()).casefold()
