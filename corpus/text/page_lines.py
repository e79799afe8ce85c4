"""Walk an HTML page as a reader sees it: a line for each block, with what the markup says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.html import HtmlElement

HEADING, LIST_ITEM, CAPTION = "heading", "list item", "caption"
NAVIGATION, LINK = "navigation", "link"


@dataclass(frozen=True)
class Line:
    words: str
    signs: frozenset[str]


def visible_lines(tree: HtmlElement) -> list[Line]:
    lines = _Lines()
    for step in _steps(tree):
        lines.take(step)
    lines.close()
    return lines.done


# --- elements in reading order ------------------------------------------------------------------


def _listed(tags: str) -> frozenset[str]:
    return frozenset(tags.split())


_UNSEEN = _listed(
    """
    script style template noscript head title meta link svg math object embed iframe audio
    video canvas select option datalist textarea input map area base source track param
    """
)
_BLOCKS = _listed(
    """
    address article aside blockquote body button caption center dd details dialog dir div dl
    dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend
    li main menu nav ol p pre search section summary table tbody tfoot thead tr ul
    """
)
_HEADINGS = _listed("h1 h2 h3 h4 h5 h6")
_CELLS = _listed("td th")
_AROUND = _listed("nav footer menu")
_AROUND_ROLES = _listed("navigation contentinfo menu menubar search")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class _Step(NamedTuple):
    """A run of words, or the border of a block when there are none."""

    words: str = ""
    signs: frozenset[str] = frozenset()
    linked: bool = False
    verbatim: bool = False
    lead: str = ""


class _Place(NamedTuple):
    """What an element passes on to what stands in it."""

    signs: frozenset[str] = frozenset()
    linked: bool = False
    verbatim: bool = False


def _steps(tree: HtmlElement) -> Iterator[_Step]:
    """Walk without recursion: pages nest deeper than Python calls."""
    stack: list[tuple[HtmlElement, _Place, str | None]] = [(tree, _Place(), "")]
    while stack:
        element, place, lead = stack.pop()
        if lead is None:  # it ends here
            if element.tag in _BLOCKS:
                yield _Step()
            if element.tail:
                yield _Step(element.tail, place.signs, place.linked, place.verbatim)
            continue
        inside = _inside(element, place)
        stack.append((element, place, None))
        if not _is_seen(element):
            continue
        if element.tag in _BLOCKS or element.tag == "br":
            yield _Step(lead=lead)
        elif element.tag in _CELLS and element.getprevious() is not None:
            yield _Step(" | ", inside.signs, verbatim=True)
        if element.text:
            yield _Step(element.text, inside.signs, inside.linked, inside.verbatim)
        stack += reversed([(child, inside, lead) for child, lead in _led(element)])


def _is_seen(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return False
    style = element.get("style") or ""
    return element.get("hidden") is None and not _INVISIBLE.search(style)


def _inside(element: HtmlElement, place: _Place) -> _Place:
    tag, role = element.tag, element.get("role") or ""
    signs = set(place.signs)
    if tag in _HEADINGS:
        signs.add(HEADING)
    elif tag == "li":
        signs.add(LIST_ITEM)
    elif tag in ("figcaption", "caption"):
        signs.add(CAPTION)
    if tag in _AROUND or role in _AROUND_ROLES:
        signs.add(NAVIGATION)
    return _Place(frozenset(signs), place.linked or tag == "a", place.verbatim or tag == "pre")


def _led(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the children with the marker that a browser puts before a list item."""
    n = 0
    for child in element:
        if child.tag != "li":
            yield child, ""
            continue
        n += 1
        yield child, f"{n}. " if element.tag == "ol" else "• "


# --- lines ----------------------------------------------------------------------------------

_SPACE = re.compile(r"[ \t\n\r\f]+")
_MOSTLY = 0.8  # of a line's letters stand in links


@dataclass
class _Lines:
    done: list[Line] = field(default_factory=list)
    _said: list[str] = field(default_factory=list)
    _signs: frozenset[str] = frozenset()
    _linked: int = 0
    _lead: str = ""

    def take(self, step: _Step) -> None:
        if not step.words:
            self.close()
            self._lead = step.lead or self._lead
            return
        if not self._said or not "".join(self._said).strip():
            self._signs = step.signs
        self._said.append(step.words if step.verbatim else _SPACE.sub(" ", step.words))
        self._linked += len(step.words.strip()) if step.linked else 0

    def close(self) -> None:
        said = "".join(self._said)
        plain = [line for each in said.split("\n") if (line := each.strip(" \t|"))]
        of_links = self._linked >= _MOSTLY * len(said.strip())
        signs = self._signs | {LINK} if of_links else self._signs
        for line in plain:
            self.done.append(Line(self._lead + re.sub(" {2,}", " ", line), signs))
            self._lead = ""
        self._said, self._linked = [], 0
