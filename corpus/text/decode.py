"""Turn collected bytes into text, once, and say in words what had to be mended."""

from dataclasses import dataclass


class Undecodable(ValueError):
    """The message is a sentence for editors."""


@dataclass(frozen=True)
class Decoded:
    text: str
    encoding: str
    mended: tuple[str, ...] = ()


def decode(raw: bytes) -> Decoded:
    raise NotImplementedError
