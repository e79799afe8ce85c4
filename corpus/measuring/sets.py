"""Read labelled sets, JSON Lines, without their labels: a prediction can never see one."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

TASKS = ("lines", "labels", "links", "pairs")
PAIRS = (
    ("a", "b"),
    ("text_a", "text_b"),
    ("text1", "text2"),
    ("one", "other"),
    ("left", "right"),
    ("source", "target"),
)


class Unreadable(ValueError):
    """The message is a sentence for the person who gave the set."""


class Item:
    """One thing to judge: its texts, and nothing that somebody said of them."""

    __slots__ = ("id", "texts", "title")

    def __init__(self, pk: Any, texts: list[str], title: str = "") -> None:
        self.id, self.texts, self.title = pk, texts, title


def items(lines: Iterable[str], task: str) -> Iterator[Item]:
    """Yield what is to be judged, one line of the set at a time."""
    for number, line in enumerate(lines, 1):
        if not line.strip("\ufeff \t\r\n"):
            continue
        try:
            yield _item(line.lstrip("\ufeff"), task)
        except Unreadable as error:
            raise Unreadable(f"Line {number}: {error}") from None


def _item(line: str, task: str) -> Item:
    try:
        row = json.loads(line)
    except ValueError:
        raise Unreadable("this is no JSON.") from None
    if not isinstance(row, dict) or "id" not in row:
        raise Unreadable("this is no object with an id.")
    title = row.get("title")
    return Item(row["id"], _TEXTS[task](row), title if isinstance(title, str) else "")


def _of_lines(row: dict[str, Any]) -> list[str]:
    lines = row.get("lines")
    if not isinstance(lines, list):
        raise Unreadable("there is no list “lines”.")
    return [_text(line.get("t") if isinstance(line, dict) else line, "t") for line in lines]


def _of_one(row: dict[str, Any]) -> list[str]:
    return [_text(row.get("text"), "text")]


def _of_two(row: dict[str, Any]) -> list[str]:
    if isinstance(row.get("texts"), list) and len(row["texts"]) == 2:
        return [_text(text, "texts") for text in row["texts"]]
    for one, other in PAIRS:
        if one in row and other in row:
            return [_text(row[one], one), _text(row[other], other)]
    known = ", ".join("/".join(names) for names in PAIRS)
    raise Unreadable(f"the two texts of the pair are not found: named {known}, or a list “texts”.")


def _text(value: Any, name: str) -> str:
    if isinstance(value, dict):
        value = value.get("text")
    if not isinstance(value, str):
        raise Unreadable(f"“{name}” holds no text.")
    return value


_TEXTS = {"lines": _of_lines, "labels": _of_one, "links": _of_one, "pairs": _of_two}
