"""Read what editors write: Markdown into blocks and sentences, each with what it cites.

Pure. HTML is off, every sentence's markup passes an allow-list once more at the end, and
what a page cannot show is told as a problem in words: bad input never raises.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from unicodedata import normalize

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from corpus.text.segment import sentences as find_sentences
from curation.inline import LONGEST_ADDRESS, Line, Mark
from curation.sealing import seal

__all__ = ["EDITORIAL", "LONGEST", "Block", "Problem", "Prose", "Sentence", "read", "storable"]

LONGEST = 50_000  # code points of one part
LONGEST_TITLE = 300
LONGEST_STANDFIRST = 2_000
EDITORIAL = "editorial"
TITLE, STANDFIRST, TEXT = "title", "standfirst", "text"

CITATION = re.compile(r"\[@([A-Za-z0-9][A-Za-z0-9_-]{0,39})\]")
NOT_QUITE = re.compile(r"\[@[^\]\n]{0,80}\]?")
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<!--")


@dataclass(frozen=True)
class Sentence:
    """`n` counts from 1 through title, standfirst and text; `place` from 0 in its part."""

    n: int
    part: str
    place: int
    text: str
    html: str
    keys: tuple[str, ...] = ()
    editorial: bool = False

    @property
    def sha256(self) -> str:
        """Tells the same words with the same citations again, wherever they stand."""
        return seal([self.text, list(self.keys)])


@dataclass(frozen=True)
class Block:
    kind: str  # paragraph, heading, item, quotation
    sentences: tuple[Sentence, ...]
    level: int | None = None  # of a heading: 2 or 3
    list: str | None = None  # of an item: bullet or ordered


@dataclass(frozen=True)
class Problem:
    """What a page cannot show, in words; `sentence` (by n) when it lies in one."""

    words: str
    part: str
    sentence: int | None = None


@dataclass(frozen=True)
class Prose:
    title: tuple[Sentence, ...]
    standfirst: tuple[Sentence, ...]
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]

    @property
    def sentences(self) -> list[Sentence]:
        """All of them, in order of n."""
        text = (sentence for block in self.blocks for sentence in block.sentences)
        return [*self.title, *self.standfirst, *text]

    @property
    def keys(self) -> set[str]:
        return {key for sentence in self.sentences for key in sentence.keys}

    @property
    def title_text(self) -> str:
        return " ".join(sentence.text for sentence in self.title)


def read(title: str, standfirst: str, text: str) -> Prose:
    """Read a draft. What lies beyond the stated lengths is told, and not read."""
    reader = _Reader()
    parts = (
        reader.line(TITLE, title, LONGEST_TITLE),
        reader.line(STANDFIRST, standfirst, LONGEST_STANDFIRST),
        reader.text(text),
    )
    return Prose(*parts, problems=tuple(reader.told()))


def storable(words: str) -> str:
    """The words as both databases keep them: NFC, \\n, no NUL and no half characters."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    return normalize("NFC", UNSTORABLE.sub("\ufffd", words))


# --- the parser ---------------------------------------------------------------------------------


def _citation(state: StateInline, silent: bool) -> bool:
    """The inline rule for [@key]."""
    if not state.src.startswith("[@", state.pos):
        return False
    match = CITATION.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("citation", "", 0).content = match[1].lower()
    state.pos = match.end()
    return True


def _parser() -> MarkdownIt:
    """Tables are read in order to be told; references and indented code are plain words."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["code", "lheading", "reference"])
    parser.inline.ruler.before("link", "citation", _citation)
    return parser


PARSER = _parser()


# --- blocks -------------------------------------------------------------------------------------

CANNOT = {
    "table_open": "A table cannot be shown: write it as sentences or a list.",
    "hr": "A line across the page (---) cannot be shown: use a heading.",
    "fence": "A block of code cannot be shown: write plain sentences.",
    "code_inline": "Code (between backticks) cannot be shown: write plain words.",
    "image": "A picture cannot be shown: its description was kept as words.",
    "html": "HTML is shown as it is typed: use *emphasis*, **strong** or [words](https://…).",
    "level": "Headings have two levels, ## and ###: this one has another.",
    "nested": "A list inside a list is shown as one list: write it as one.",
    "second": "A second paragraph in a list item is shown as an item of its own.",
    "almost": "This looks like a citation and is none: write each one as [@c12].",
    "address": "A link leads to an http or https address: this one was left out.",
}


class _Reader:
    """Numbers the sentences and collects the problems as it goes."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.n = 1
        self.place = 0

    def told(self) -> dict[Problem, None]:
        """Each problem once; what no sentence follows belongs to its part."""
        placed = (
            problem
            if problem.sentence is None or problem.sentence < self.n
            else replace(problem, sentence=None)
            for problem in self.problems
        )
        return dict.fromkeys(placed)

    def line(self, part: str, source: str, longest: int) -> tuple[Sentence, ...]:
        """A part without blocks."""
        self.place = 0
        source = self._bounded(part, source, longest)
        return self._sentences(part, PARSER.parseInline(source)[0].children or [])

    def text(self, source: str) -> tuple[Block, ...]:
        self.place = 0
        source = self._bounded(TEXT, source, LONGEST)
        return tuple(block for block in self._blocks(PARSER.parse(source)) if block.sentences)

    def _bounded(self, part: str, source: str, longest: int) -> str:
        source = storable(source)
        if len(source) > longest:
            told = f"The {part} is longer than {longest:,} characters: the rest is not read."
            self.problems.append(Problem(told, part))
        return source[:longest]

    def _blocks(self, tokens: Iterable[Token]) -> Iterator[Block]:
        around: list[Token] = []
        for token in tokens:
            if token.type in CANNOT:
                self._cannot(token.type, TEXT)
            if token.nesting > 0:
                around.append(token)
                self._look_at_list(around)
            elif token.nesting < 0:
                around.pop()
            elif token.type == "inline":
                yield replace(self._shape(around), sentences=self._of(token))
            elif token.content.strip():  # code: its words are kept
                yield Block("paragraph", self._plain(token.content))

    def _of(self, inline: Token) -> tuple[Sentence, ...]:
        return self._sentences(TEXT, inline.children or [])

    def _plain(self, words: str) -> tuple[Sentence, ...]:
        return self._sentences(TEXT, [Token("text", "", 0, content=words)])

    def _look_at_list(self, around: list[Token]) -> None:
        opened = around[-1]
        lists = [token for token in around if token.type.endswith("_list_open")]
        if opened.type.endswith("_list_open") and len(lists) > 1:
            self._cannot("nested", TEXT)
        if opened.type == "paragraph_open" and around[-2:-1]:
            item = around[-2]
            if item.type == "list_item_open":
                if item.meta.get("has_paragraph"):
                    self._cannot("second", TEXT)
                item.meta["has_paragraph"] = True

    def _shape(self, around: list[Token]) -> Block:
        """The block that holds words: the innermost of what is around them."""
        for token in reversed(around):
            if token.type == "heading_open":
                level = int(token.tag[1:])
                if level not in (2, 3):
                    self._cannot("level", TEXT)
                return Block("heading", (), level=2 if level < 3 else 3)
            if token.type == "blockquote_open":
                return Block("quotation", ())
            if token.type in ("bullet_list_open", "ordered_list_open"):
                return Block("item", (), list=token.type.partition("_")[0])
        return Block("paragraph", ())

    def _cannot(self, what: str, part: str, sentence: int | None = None) -> None:
        """Tell it; without a better place, at the sentence that comes next."""
        at = self.n if sentence is None else sentence
        self.problems.append(Problem(CANNOT[what], part, at))

    # --- sentences ------------------------------------------------------------------------------

    def _sentences(self, part: str, tokens: list[Token]) -> tuple[Sentence, ...]:
        line = Line()
        self._fill(line, part, tokens, ())
        spans = find_sentences(line.text) if line.text.strip() else []
        if not spans and line.cited:
            spans = [(0, 0)]  # a citation without words: shown, so that it can be mended
        cited = line.cited_by(spans)
        found = tuple(
            self._sentence(part, line, span, keys) for span, keys in zip(spans, cited, strict=True)
        )
        for words in NOT_QUITE.finditer(line.text):
            self._cannot("almost", part, _holding(found, spans, words.start()))
        for tag in TAG.finditer(line.text):
            self._cannot("html", part, _holding(found, spans, tag.start()))
        return found

    def _sentence(self, part: str, line: Line, span: tuple[int, int], keys: list[str]) -> Sentence:
        sentence = Sentence(
            n=self.n,
            part=part,
            place=self.place,
            text=line.text[slice(*span)],
            html=line.html(*span),
            keys=tuple(key for key in keys if key != EDITORIAL),
            editorial=EDITORIAL in keys,
        )
        self.n += 1
        self.place += 1
        return sentence

    def _fill(
        self, line: Line, part: str, tokens: Iterable[Token], marks: tuple[Mark, ...]
    ) -> None:
        for token in tokens:
            if token.type in CANNOT:
                self._cannot(token.type, part)
            if token.type == "citation":
                line.cite(token.content)
            elif token.type == "image":
                self._fill(line, part, token.children or [], marks)
            elif token.type in ("softbreak", "hardbreak"):
                line.add(" ", marks)
            elif token.nesting > 0:
                marks = (*marks, self._mark(token, part))
            elif token.nesting < 0:
                marks = marks[:-1]
            else:
                line.add(token.content, marks)

    def _mark(self, token: Token, part: str) -> Mark:
        if token.tag != "a":
            return Mark(token.tag)
        address = str(token.attrGet("href") or "")
        if address.startswith(("http://", "https://")) and len(address) <= LONGEST_ADDRESS:
            return Mark("a", address)
        self._cannot("address", part)
        return Mark("")


def _holding(found: tuple[Sentence, ...], spans: list[tuple[int, int]], at: int) -> int | None:
    return next(
        (s.n for s, (start, end) in zip(found, spans, strict=True) if start <= at < end), None
    )
