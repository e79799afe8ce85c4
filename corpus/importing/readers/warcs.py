"""Web archives, WARC: each answer of a server that is a page or a plain text is a document.

A record says how long it is, and is measured against that: the library that parses it would
read one that breaks off without a word. Requests, pictures, refusals and all else that is no
document are counted.
"""

import hashlib
import io
from base64 import b32encode
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message

from warcio.archiveiterator import WARCIterator
from warcio.recordloader import ArcWarcRecord

from corpus.importing import limits
from corpus.importing.readers.answer_bodies import unwrapped
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
        return _answer(incoming, name, parsed, frame.block)
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


def _answer(incoming: Incoming, name: str, parsed: ArcWarcRecord, block: bytes) -> Record | str:
    http = parsed.http_headers
    if http is None:
        return "response of another protocol"
    status = http.get_statuscode()
    if status != "200":
        return f"response with status {status[:3] or 'unknown'}"
    kind, charset = _content_type(http.get_header("Content-Type") or "")
    if kind not in READ:
        return f"response: {kind[:60] or 'of no type'}"
    body, remarks = unwrapped(http.get_header, parsed.raw_stream.read() or b"")
    return Record(
        name,
        raw=body,
        size=len(body),
        media_type=READ[kind],
        charset=charset,
        address=parsed.rec_headers.get_header("WARC-Target-URI") or "",
        collected_at=_moment(parsed.rec_headers.get_header("WARC-Date") or ""),
        bases={"address": "WARC-Target-URI"},
        remarks=(
            *incoming.remarks,
            *remarks,
            *_cut_by_crawler(parsed),
            *_changed_since(parsed, block),
        ),
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


def _changed_since(parsed: ArcWarcRecord, block: bytes) -> tuple[str, ...]:
    """Hold the record against the check sum that the archive keeps of it, if it does."""
    told = parsed.rec_headers.get_header("WARC-Block-Digest") or ""
    label, _, written = told.partition(":")
    if (algorithm := label.strip().lower().replace("-", "")) not in CHECK_SUMS:
        return ()
    digest = hashlib.new(algorithm, block, usedforsecurity=False)
    wanted = written.strip().lower().rstrip("=")
    if wanted in (digest.hexdigest(), b32encode(digest.digest()).decode().lower().rstrip("=")):
        return ()
    return (f"Its bytes are not those of which the archive keeps the check sum ({algorithm}).",)


CHECK_SUMS = ("md5", "sha1", "sha256", "sha512")


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
