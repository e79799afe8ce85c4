"""The body of a server's answer as it meant it: put together and unpacked, and what is not whole.

Never by the library that reads the archive: it unpacks without limit, and takes a body that is
damaged as it stands without a word.
"""

import re
import zlib
from collections.abc import Callable
from typing import NamedTuple

from corpus.importing.limits import DOCUMENT, MB
from corpus.importing.readers.incoming import Unreadable
from corpus.text.binary import evident_utf16, is_utf8, looks_binary


class Body(NamedTuple):
    words: bytes
    remarks: tuple[str, ...] = ()


def unwrapped(header: Callable[[str], str | None], stored: bytes) -> Body:
    """Return the body, by what the answer's head says of it; raise Unreadable if none is left.

    `header` is asked for what stands under a name. Crawlers that store bodies unwrapped often
    keep a head that says otherwise: a body that shows no wrapping has none.
    """
    *outer, last = _listed(header("Transfer-Encoding")) or [""]
    packings = [each for each in _listed(header("Content-Encoding")) if each != "identity"]
    if last == "chunked":
        packings += outer
        body, remarks = _put_together(stored, is_packed=bool(packings))
    else:
        body, remarks = stored, _shorter((header("Content-Length") or "").strip(), stored)
    for packing in reversed(packings):
        unpacked, more = _unpacked(body, packing)
        if unpacked is body and body is stored:
            remarks = ()  # the length is that of the packed body, which is not here
        body, remarks = unpacked, remarks or more
    return Body(body, remarks)


def _listed(value: str | None) -> list[str]:
    return [each for part in (value or "").split(",") if (each := part.strip().lower())]


def _shorter(announced: str, stored: bytes) -> tuple[str, ...]:
    """Say that less is here than was announced; more is the length of a packed body."""
    if not announced.isdecimal() or int(announced[:20]) <= len(stored):
        return ()
    return (
        f"Its body breaks off: the server announced {int(announced[:20]):,} bytes, and "
        f"{len(stored):,} are here.",
    )


# --- in chunks --------------------------------------------------------------------------------

_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")
_BEGUN = re.compile(rb"[0-9A-Fa-f]{0,8}[ \t]*(?:;[^\r\n]{0,1000})?\r?\Z")
_CUT = "Its body breaks off: the server's answer is not whole."


def _put_together(stored: bytes, is_packed: bool) -> Body:
    """Join the chunks; behind a place that is damaged the rest is taken as it stands."""
    if not _SIZE.match(stored):
        return Body(stored)  # said to be in chunks, and is not
    pieces: list[bytes] = []
    at = 0
    while size := _SIZE.match(stored, at):
        start, end = size.end(), size.end() + int(size[1], 16)
        pieces.append(stored[start:end])
        if start == end:
            return Body(b"".join(pieces))
        if end >= len(stored):
            return Body(b"".join(pieces), (_CUT,))
        at = end + 2 if stored.startswith(b"\r\n", end) else end
        if at == end and stored[end:] != b"\r":
            break
    if _BEGUN.match(stored, at):
        return Body(b"".join(pieces), (_CUT,))
    if is_packed:
        raise Unreadable(_DAMAGED.format(f"after {at:,} bytes"))
    told = (
        f"Its body is damaged after {at:,} bytes: a piece is not as long as it says. What follows "
        "was taken as it stands."
    )
    return Body(b"".join(pieces) + stored[at:], (told,))


# --- packed -----------------------------------------------------------------------------------

_DAMAGED = "Its packed body is damaged {}, and cannot be read. Collect it again."
_GZIP = b"\x1f\x8b"
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_WINDOWS = {
    "gzip": (zlib.MAX_WBITS | 16,),
    "x-gzip": (zlib.MAX_WBITS | 16,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),  # with a head, as it should be, or without
}


def _unpacked(body: bytes, packing: str) -> Body:
    """Unpack what a server packed; the very same bytes if it did not."""
    if packing not in _WINDOWS:
        if is_utf8(body) and not _CONTROL.search(body):
            return Body(body)  # said to be packed, and is not: browsers show it too
        raise Unreadable(f"Its body is packed as {packing[:20]}, which is not read here.")
    damage = ""
    for window in _WINDOWS[packing]:
        try:
            return _inflated(body, window)
        except zlib.error as error:
            damage = damage or str(error)
    if body.startswith(_GZIP) or (looks_binary(body) and not evident_utf16(body)):
        raise Unreadable(_DAMAGED.format(f"({damage})"))
    return Body(body)


def _inflated(body: bytes, window: int) -> Body:
    """Unpack all members, as servers may send several; what follows them is no part of it."""
    pieces, size = [], 0
    while True:
        unpacker = zlib.decompressobj(window)
        pieces.append(unpacker.decompress(body, DOCUMENT + 1 - size))
        size += len(pieces[-1])
        if size > DOCUMENT:
            raise Unreadable(
                f"Its body has more than {DOCUMENT / MB:,.0f} MB when unpacked; a document has at "
                "most that."
            )
        if not unpacker.eof:
            return Body(b"".join(pieces), (_CUT,))
        body = unpacker.unused_data
        if window < zlib.MAX_WBITS or not body.startswith(_GZIP):
            return Body(b"".join(pieces))
