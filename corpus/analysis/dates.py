"""Dates as precise as they are known: EDTF levels 0 and 1."""

import datetime
from dataclasses import dataclass


class NotADate(ValueError):
    """The message is a sentence for editors."""


@dataclass(frozen=True)
class Edtf:
    text: str
    earliest: datetime.date | None
    latest: datetime.date | None


def parse(text: str) -> Edtf:
    raise NotImplementedError


def in_words(edtf_text: str) -> str:
    raise NotImplementedError


def first_date(text: str) -> str | None:
    raise NotImplementedError
