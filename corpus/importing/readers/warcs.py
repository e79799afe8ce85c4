"""Web archives, WARC: each answer of a server that is a page or a plain text is a document.

A record says how long it is, and is measured against that: the library that parses it would
read one that breaks off without a word. Requests, pictures, refusals and all else that is no
document are counted.
"""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecord

from corpus.importing import limits
from corpus.importing.readers import bounded
from corpus.importing.readers.incoming import Incoming, Unreadable
from corpus.importing.readers.warc_frames import Frame, frames
from corpus.importing.records import Record, fitting

READ = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
END = b"\r\n\r\n"


def read(incoming: Incoming) -> Iterator[Record]:
    """Yield a record an answer, called by the byte of the unpacked archive at which it begins."""
    passed: Counter[str] = Counter()
    with incoming.open() as file:
        try:
            for frame in frames(file):
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
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


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
