"""Web archives, WARC: each answer of a server that is a page or a plain text is a document.

A record says how long it is, and is measured against that: the library that parses it would
read one that breaks off without a word. Requests, pictures, refusals and all else that is no
document are counted.
"""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from hashlib import sha256
from typing import BinaryIO

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecord

from corpus.importing import limits
from corpus.importing.readers import bounded
from corpus.importing.readers.incoming import Incoming, Unreadable
from corpus.importing.records import Record, fitting

READ = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
LONGEST_LINE = 65_536  # bytes of one line of a record's head, of which there are at most LINES
LINES = 200
END = b"\r\n\r\n"
HTTP_HEAD = 1 * limits.MB  # bytes that the head of an answer may have beside its body


@dataclass(frozen=True)
class Frame:
    """A record as it stands in the file; `block` is None when it is longer than it may be."""

    at: int
    head: bytes
    block: bytes | None
    size: int
    sha256: str


def read(incoming: Incoming) -> Iterator[Record]:
    """Yield a record an answer, called by the byte of the unpacked archive at which it begins."""
    passed: Counter[str] = Counter()
    with incoming.open() as file:
        try:
            for frame in _Frames(file):
                found = _record(incoming, frame)
                if isinstance(found, Record):
                    yield found
                else:
                    passed[found] += 1
        finally:
            if passed:
                incoming.on_passed(f"{incoming.name}: {_told(passed)}")


def _told(passed: Counter[str]) -> str:
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in passed.most_common(20))
    total = passed.total()
    are = "record is no document" if total == 1 else "records are no documents"
    return f"{total:,} {are} ({kinds})."


def _record(incoming: Incoming, frame: Frame) -> Record | str:
    """Return the document, or what else the record is."""
    name = fitting(f"{incoming.name}#{frame.at}")
    try:
        parsed = _parsed(frame)
        if parsed.rec_type != "response":
            return str(parsed.rec_type)
        if frame.block is None:
            return _too_large(name, parsed, frame)
        return _answer(incoming, name, parsed)
    except Unreadable as error:
        reason = str(error)
    except Exception as error:  # the library raises what it likes when a head is damaged
        reason = f"This record is damaged, and cannot be read ({type(error).__name__})."
    return Record(
        name,
        raw=frame.head + frame.block + END if frame.block is not None else None,
        error=reason,
        media_type="application/warc",
        size=frame.size,
        sha256=frame.sha256,
    )


def _parsed(frame: Frame) -> ArcWarcRecord:
    if frame.block is None:
        return next(iter(WARCIterator(io.BytesIO(frame.head), no_record_parse=True)))
    return next(iter(WARCIterator(io.BytesIO(frame.head + frame.block))))


def _answer(incoming: Incoming, name: str, parsed: ArcWarcRecord) -> Record | str:
    http = parsed.http_headers
    if http is None:
        return "response of another protocol"
    status = http.get_statuscode()
    if status != "200":
        return f"response with status {status[:3] or 'unknown'}"
    kind, charset = _content_type(http.get_header("Content-Type") or "")
    if kind not in READ:
        return f"response: {kind[:60] or 'of no type'}"
    body, remarks = _body(parsed)
    return Record(
        name,
        raw=body,
        size=len(body),
        media_type=READ[kind],
        charset=charset,
        address=parsed.rec_headers.get_header("WARC-Target-URI") or "",
        collected_at=_moment(parsed.rec_headers.get_header("WARC-Date") or ""),
        bases={"address": "WARC-Target-URI"},
        remarks=(*incoming.remarks, *remarks, *_cut_by_crawler(parsed)),
    )


def _content_type(header: str) -> tuple[str, str]:
    if not header.strip():
        return "", ""
    message = Message()
    message["Content-Type"] = header
    charset = message.get_param("charset") or ""
    return message.get_content_type(), charset if isinstance(charset, str) else ""


def _moment(words: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _cut_by_crawler(parsed: ArcWarcRecord) -> tuple[str, ...]:
    why = parsed.rec_headers.get_header("WARC-Truncated")
    return (f"The crawler did not keep all of it (WARC-Truncated: {why[:40]}).",) if why else ()


def _too_large(name: str, parsed: ArcWarcRecord, frame: Frame) -> Record:
    return Record(
        name,
        error=f"This answer has {frame.size / limits.MB:,.1f} MB; a document has at most "
        f"{limits.DOCUMENT / limits.MB:,.0f} MB. Its address, size and SHA-256 were kept.",
        size=frame.size,
        sha256=frame.sha256,
        address=parsed.rec_headers.get_header("WARC-Target-URI") or "",
        media_type="application/warc",
    )


# --- the body as the server meant it ----------------------------------------------------------


def _body(parsed: ArcWarcRecord) -> tuple[bytes, tuple[str, ...]]:
    """Return the body without its wrapping: never by the library, which unpacks without limit."""
    http = parsed.http_headers
    stream = parsed.raw_stream
    if (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        stream = ChunkedDataReader(stream)
    body = stream.read() or b""
    remarks: tuple[str, ...] = ()
    packings = [
        each.strip().lower() for each in (http.get_header("Content-Encoding") or "").split(",")
    ]
    for packing in reversed([each for each in packings if each not in ("", "identity")]):
        body, whole = bounded.unpacked(body, packing)
        if not whole:
            remarks = ("Its body breaks off: the server's packed answer is not whole.",)
    return body, remarks


# --- records in the file ------------------------------------------------------------------------


class _Frames:
    """The records of an archive, each measured against the length that it says it has."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0

    def __iter__(self) -> Iterator[Frame]:
        while (line := self._line()) and not line.strip():
            pass  # some writers leave more empty lines between records than others
        while line:
            yield self._frame(line)
            self._end_of_record()
            while (line := self._line()) and not line.strip():
                pass

    def _frame(self, line: bytes) -> Frame:
        at = self._at - len(line)
        if not line.endswith(b"\n") and len(line) < LONGEST_LINE:
            raise Unreadable(f"The web archive breaks off in the record at byte {at:,}. {LOST}")
        if not line.startswith(b"WARC/"):
            raise Unreadable(
                f"The web archive is damaged at byte {at:,}, where no record begins; the rest was "
                "not read."
            )
        head = self._head(line, at)
        length = _length(head)
        if length is None:
            raise Unreadable(
                f"The record at byte {at:,} does not say how long it is; the rest was not read."
            )
        return self._block(at, head, length)

    def _head(self, line: bytes, at: int) -> bytes:
        lines = [line]
        while line.strip():
            line = self._line()
            lines.append(line)
            if not line:
                raise Unreadable(f"The web archive breaks off in the record at byte {at:,}. {LOST}")
            if len(lines) > LINES:
                raise Unreadable(f"The head of the record at byte {at:,} has too many lines.")
        return b"".join(lines)

    def _block(self, at: int, head: bytes, length: int) -> Frame:
        most = limits.DOCUMENT + HTTP_HEAD
        digest, pieces, left = sha256(), [], length
        while left and (piece := self._file.read(min(left, limits.MB))):
            digest.update(piece)
            left -= len(piece)
            if length <= most:
                pieces.append(piece)
        self._at += length - left
        if left:
            raise Unreadable(
                f"The web archive breaks off in the record at byte {at:,}: it should have "
                f"{length:,} bytes and has {length - left:,}. {LOST}"
            )
        block = b"".join(pieces) if length <= most else None
        return Frame(at, head, block, length, digest.hexdigest())

    def _end_of_record(self) -> None:
        line = self._line()
        if not line:
            raise Unreadable(
                f"The web archive ends at byte {self._at:,} without the empty lines that end a "
                "record: it may break off there. What came before was read."
            )
        if line.strip():
            raise Unreadable(
                f"The web archive is damaged before byte {self._at:,}: a record is longer than it "
                "says. The rest was not read."
            )

    def _line(self) -> bytes:
        line = self._file.readline(LONGEST_LINE)
        self._at += len(line)
        return line


LOST = "It was not written or sent whole; what came before was read."


def _length(head: bytes) -> int | None:
    for line in head.split(b"\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return int(value)
    return None
