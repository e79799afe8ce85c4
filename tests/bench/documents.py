"""Documents for measuring: 2–6 KB each, all different, with names, widgets and dates in them.

They are generated from a seed: the same number gives the same documents on every machine.
"""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

AUTHORITY = Path(__file__).parents[2] / "seeds" / "authority.jsonl"
VERBS = [
    "signed",
    "announced",
    "delayed",
    "approved",
    "tested",
    "funded",
    "reviewed",
    "cancelled",
    "joined",
    "extended",
    "will|fly",
    "may|drop",
    "plans|to|build",
    "could|one|day|replace",
    "has|ordered",
    "hopes|to|sell",
    "is|offering",
]
THINGS = [
    "agreement",
    "lander",
    "rover",
    "engine",
    "budget",
    "antenna",
    "habitat",
    "schedule",
    "contract",
    "instrument",
    "dock",
    "payload",
    "module",
    "orbit",
    "telescope",
    "station",
    "relay",
    "airlock",
    "battery",
    "parachute",
    "drill",
    "greenhouse",
]
PLACES = [
    "Paris",
    "Tokyo",
    "Bremen",
    "Houston",
    "Bengaluru",
    "Turin",
    "Montreal",
    "Canberra",
    "Toulouse",
    "Noordwijk",
]
# Clauses are drawn one by one, so that sentences have few sequences of words in common.
SUBJECTS = (
    "{body}", "The {word} {thing} of {body}", "Engineers at {place}", "{person}",
    "According to {body}, the {word} {thing}", "In {month} {year} {body}", "Nobody at {body}",
)  # fmt: skip
OBJECTS = (
    "the {word} {thing}", "a {thing} for {body}", "{n} {word} {thing}s",
    "what {person} calls {word}", "its {thing} and the {word} {thing}",
)  # fmt: skip
TAILS = (
    "in {place}", "on {day} {month} {year}", "with {body}", "for {n} million euros", "by {later}",
    "after {n} days of {word} talks", "despite the {word} {thing}", "near {word} and {word}",
    "because {body} asked for it", "while {person} was still {word}", "at {n} kilograms",
    ", officials said", "without {word} help", "from {word} to {word}", "under the {word} rules",
)  # fmt: skip
WIDGETS = (
    "Read More →", "Leave a Reply", "Share this:", "Subscribe to our newsletter", "Related Posts",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October",
)  # fmt: skip


def documents(count: int, seed: int = 1) -> Iterator[str]:
    names = [row["name"] for row in _authority()]
    draw = random.Random(seed)
    words = _words(draw)
    for n in range(count):
        yield _document(draw, names, words, n)


def aliases() -> Iterator[tuple[str, int]]:
    """Each name of the authority file, with the number of its body."""
    for body, row in enumerate(_authority()):
        for name in sorted({row["name"], *row.get("aliases", [])}):
            yield name, body


def _authority() -> list[dict]:
    return [json.loads(line) for line in AUTHORITY.read_text(encoding="utf-8").splitlines()]


def write(folder: Path, count: int, seed: int = 1) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for n, text in enumerate(documents(count, seed)):
        below = folder / f"{n // 1000:03}"
        below.mkdir(exist_ok=True)
        (below / f"{n:06}.txt").write_text(text, encoding="utf-8")


SYLLABLES = (
    "al", "an", "ar", "bel", "cor", "dan", "el", "fen", "gal", "hor", "im", "jun", "kal", "lor",
    "men", "nor", "or", "pel", "qui", "ran", "sel", "tor",
)  # fmt: skip


def _words(draw: random.Random) -> list[str]:
    """Words nobody has met: no two documents share long runs of them."""
    return ["".join(draw.choice(SYLLABLES) for _ in range(3)) for _ in range(5000)]


def _document(draw: random.Random, names: list[str], words: list[str], n: int) -> str:
    size = draw.randint(2_000, 6_000)
    lines = [_sentence(draw, names, words).rstrip(".")[:90], ""]
    length = 0
    while length < size:
        line = " ".join(_sentence(draw, names, words) for _ in range(draw.randint(1, 4)))
        lines.append(line)
        length += len(line)
        if draw.random() < 0.15:
            lines.append(draw.choice(WIDGETS))
    return "\n".join(lines) + f"\nDocument {n}\n"


def _sentence(draw: random.Random, names: list[str], words: list[str]) -> str:
    tails = draw.sample(TAILS, draw.randint(1, 3))
    verb = draw.choice(VERBS).replace("|", " ")
    said = " ".join([draw.choice(SUBJECTS), verb, draw.choice(OBJECTS), *tails])
    return _filled(draw, said.replace(" ,", ","), names, words) + "."


def _filled(draw: random.Random, said: str, names: list[str], words: list[str]) -> str:
    def one(match: re.Match[str]) -> str:
        return {
            "body": lambda: draw.choice(names),
            "word": lambda: draw.choice(words),
            "thing": lambda: draw.choice(THINGS),
            "place": lambda: draw.choice(PLACES),
            "person": lambda: f"{draw.choice(words).title()} {draw.choice(words).title()}",
            "month": lambda: draw.choice(MONTHS),
            "day": lambda: str(draw.randint(1, 28)),
            "year": lambda: str(draw.randint(1990, 2026)),
            "later": lambda: str(draw.randint(2027, 2045)),
            "n": lambda: str(draw.randint(2, 9000)),
        }[match[1]]()

    return re.sub(r"\{(\w+)\}", one, said)
