"""Tell bytes that are no text from text, by their first bytes and their mix."""

_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive (or an office document)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
)
_CONTROLS = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
_FEW = 8  # a short text may be damaged badly and still be a text
_SAMPLE = 65_536


def magic(raw: bytes) -> str | None:
    """Return what the first bytes say the file is, if they say so."""
    for start, what in _MAGIC:
        if raw.startswith(start) and _means_it(raw, start):
            return what
    return None


def _means_it(raw: bytes, start: bytes) -> bool:
    return not start.isalnum() or looks_binary(raw)


def evident_utf16(raw: bytes) -> str | None:
    """Return the UTF-16 whose zero bytes stand in every other place, as in Western text."""
    sample = raw[:_SAMPLE]
    pairs = len(sample) // 2
    if pairs < 4:
        return None
    first = sample[0 : 2 * pairs : 2].count(0) / pairs
    second = sample[1 : 2 * pairs : 2].count(0) / pairs
    if second > 0.5 and first < 0.1:
        return "utf-16-le"
    if first > 0.5 and second < 0.1:
        return "utf-16-be"
    return None


def looks_binary(raw: bytes) -> bool:
    """Judge by the share of control bytes; text that is no UTF-8 is allowed fewer."""
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if controls < _FEW:
        return False
    return controls > len(raw) * (0.10 if is_utf8(raw) else 0.03)


def is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
