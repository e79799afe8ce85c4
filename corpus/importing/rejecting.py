"""Keep what could not be imported, with all that was known of it; and read it once more."""

import logging
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from io import BufferedReader, BytesIO
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings

from corpus.importing import limits
from corpus.importing.collecting import clean, measured, storable
from corpus.importing.readers import (
    archives,
    compressed,
    feeds,
    jsonl,
    records_in,
    tables,
    warcs,
)
from corpus.importing.readers.incoming import Incoming, Reader
from corpus.importing.records import Record
from corpus.models import ImportRun, Reject

log = logging.getLogger(__name__)

# Of rows the bytes that are kept can be read alone: a list's object; a table's names, and its
# row; an entry within what its feed says of itself; a record of a web archive.
ROWS: dict[str, Reader] = {
    "application/json": jsonl.read_one,
    "text/csv": tables.read,
    "application/xml": feeds.read,
    "application/warc": warcs.read,
}
# What columns of their own tell, or what holds of one reading only.
_TOLD_ELSEWHERE = {"name", "raw", "size", "sha256", "media_type", "done", "error"}


def unexpected(record: Record, error: Exception) -> str:
    """Return the reason of a reject that nobody foresaw; the log says more."""
    log.exception("Importing %s failed", record.name)
    return (
        f"It could not be stored, for a reason that nobody foresaw ({type(error).__name__}); the "
        "log says more. Report this, and import the file again when it is mended."
    )


def keep(run: ImportRun, record: Record, reason: str) -> Reject:
    size, digest = measured(record)
    raw = _kept(record.raw)
    return Reject.objects.create(
        import_run=run,
        name=record.name,
        reason=clean(reason)[:500],
        size=size,
        sha256=digest,
        raw=raw,
        media_type=clean(record.media_type)[:100],
        given=_given(record) if raw else {},
    )


def again(rejects: Iterable[Reject], mapped: Mapping[str, str]) -> Iterator[Record]:
    """Yield the records of rejects whose bytes were kept, read anew if no reader took them.

    `mapped` says under which name a value stands in rows.
    """
    done = 0
    for reject in rejects:
        raw = zlib.decompress(reject.raw or b"")
        done += len(raw)
        unread = reject.given.get("unread")
        found = _read_anew(reject, raw, mapped) if unread else iter([_as_it_was(reject, raw)])
        yield from (replace(record, done=done) for record in found)


def _read_anew(reject: Reject, raw: bytes, mapped: Mapping[str, str]) -> Iterator[Record]:
    if reason := archives.refused(reject.name, reject.media_type):
        yield replace(_as_it_was(reject, raw), error=reason)
        return
    row = ROWS.get(reject.media_type)
    known = {name: value for name, value in _values(reject).items() if value}
    for record in records_in(_incoming(reject, raw, mapped), row):
        said: dict[str, Any] = {
            name: value for name, value in known.items() if not getattr(record, name)
        }
        said["remarks"] = tuple(dict.fromkeys((*known.get("remarks", ()), *record.remarks)))
        yield replace(record, **said | ({"name": reject.name} if row else {}))


def _incoming(reject: Reject, raw: bytes, mapped: Mapping[str, str]) -> Incoming:
    incoming = Incoming(
        reject.name,
        lambda: BufferedReader(BytesIO(raw)),
        PurePosixPath(_OF_A_ROW.sub("", reject.name)).suffix.lower(),
        bounds=settings.IMPORT_BOUNDS,
        fields=mapped,
    )
    return incoming if compressed.is_packed(raw) else compressed.unpacked_before(incoming)


_OF_A_ROW = re.compile(r"(?:\.gz)?#\d+$")


def _as_it_was(reject: Reject, raw: bytes) -> Record:
    return Record(
        reject.name, raw=raw, size=len(raw), media_type=reject.media_type, **_values(reject)
    )


def _values(reject: Reject) -> dict[str, Any]:
    known = {each.name for each in fields(Record)} - _TOLD_ELSEWHERE
    values = {name: value for name, value in reject.given.items() if name in known}
    if moment := values.get("collected_at"):
        values["collected_at"] = datetime.fromisoformat(moment)
    return values | {"remarks": tuple(values.get("remarks", ()))}


def _given(record: Record) -> dict[str, Any]:
    """What a record said, as JSON that any database takes; only what it did say."""
    said: dict[str, Any] = {"unread": True} if record.error else {}
    for each in fields(record):
        value = getattr(record, each.name)
        if each.name not in _TOLD_ELSEWHERE and value != getattr(_NOTHING, each.name):
            said[each.name] = _plain(value)
    return said


_NOTHING = Record("")


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {storable(name): _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value]


def _kept(raw: bytes | None) -> bytes | None:
    """Return the bytes compressed, unless they are beyond the limit even so."""
    if raw is None:
        return None
    compressed = zlib.compress(raw)
    return compressed if len(compressed) <= limits.KEPT_REJECT else None
