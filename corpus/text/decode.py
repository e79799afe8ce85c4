"""Turn collected bytes into text, once, and say in words what had to be mended."""

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ftfy import TextFixerConfig, fix_encoding
from ftfy.badness import is_bad
from ftfy.chardata import UTF8_DETECTOR_RE

from corpus.text import binary


class Undecodable(ValueError):
    """The message is a sentence for editors."""


@dataclass(frozen=True)
class Decoded:
    text: str
    encoding: str
    mended: tuple[str, ...] = ()


def decode(raw: bytes, declared: str = "") -> Decoded:
    """Return text that any database takes: NFC, newlines as \\n, no NUL, no surrogate.

    `declared` is the encoding that a header or the text itself names; bytes that are plainly
    UTF-8 or UTF-16 are read as that, whatever is declared.
    """
    if not raw:
        raise Undecodable("The file is empty.")
    mended: list[str] = []
    text, encoding = _characters(raw, mended, declared)
    text = mend(text, mended)
    if not text.strip():
        raise Undecodable("The file holds nothing but white space.")
    return Decoded(text, encoding, tuple(mended))


def mend(text: str, mended: list[str]) -> str:
    """Return characters as `decode` does; what was mended is added to the list, in sentences."""
    for step in (_pair_surrogates, _mend_mojibake, _pair_surrogates, _newlines, _drop_controls):
        text = step(text, mended)
    return _compose(text, mended)


# --- from bytes to characters -------------------------------------------------------------

_MARKS = (  # the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _characters(raw: bytes, mended: list[str], declared: str) -> tuple[str, str]:
    if what := binary.magic(raw):
        raise Undecodable(f"This is {what}, not plain text.")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _READERS[encoding](raw[len(mark) :], encoding, mended)
    if evident := binary.evident_utf16(raw):
        mended.append("The file has no byte order mark; it was read as UTF-16 by its zero bytes.")
        return _utf16(raw, evident, mended)
    if binary.looks_binary(raw):
        raise Undecodable("The file is binary: too many of its bytes are no text.")
    if (codec := _codec(declared)) and not binary.is_utf8(raw):
        return _as_declared(raw, codec, mended), codec
    return _utf8_or_windows(raw, "utf-8", mended)


def _codec(declared: str) -> str:
    """Return Python's name of an encoding that has no reader of its own here, if it knows one."""
    try:
        b" ".decode(
            declared.strip(), "replace"
        )  # refuses what turns bytes into bytes, such as base64
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return ""
    if name in ("ascii", "iso8859-1"):  # what says so is Windows-1252 as a rule
        return "cp1252"
    return "" if name.startswith("utf") else name


def _as_declared(raw: bytes, codec: str, mended: list[str]) -> str:
    text = raw.decode(codec, "replace")
    if bad := text.count("\ufffd"):
        verb = "byte" if bad == 1 else "bytes"
        mended.append(f"{bad:,} {verb} that {codec} does not have {_was(bad)} replaced by U+FFFD.")
    return text


def _utf8_or_windows(raw: bytes, encoding: str, mended: list[str]) -> tuple[str, str]:
    raw = _mend_encoded_surrogates(raw, mended)
    text = raw.decode("utf-8", "surrogateescape")
    bad = 0 if _is_whole(text) else len(_ESCAPED.findall(text))
    if not bad:
        return text, encoding
    if bad > sum(map(len, _MULTIBYTE.findall(raw))) and _is_western(raw):
        return _windows(raw, mended), "windows-1252"
    return _without_bad_bytes(text, bad, mended), encoding


def _is_western(raw: bytes) -> bool:
    """Whether the bytes beyond ASCII are those that Western European text uses."""
    beyond = raw.translate(None, _ASCII)
    return len(beyond.translate(None, _WESTERN)) <= len(beyond) * 0.2


def _windows(raw: bytes, mended: list[str]) -> str:
    mended.append("The bytes are no UTF-8; they were read as Windows-1252 (Western European).")
    text = raw.decode("cp1252", "replace")
    accented = sum(not char.isascii() and char.isalpha() for char in text)
    if accented * 2 > sum(map(str.isalpha, text)):
        mended.append("Most letters came out accented: the file may be in another encoding.")
    return text


_ASCII = bytes(range(0x80))
_WESTERN = bytes([0x80, 0x82, 0x84, 0x85, *range(0x91, 0x98), 0x99, 0xA0, 0xA3, 0xA7, 0xA9])
_WESTERN += bytes([0xAB, 0xAE, 0xB0, 0xB2, 0xB5, 0xB7, 0xBB, 0xBF, *range(0xC0, 0xFD)])


def _is_whole(text: str) -> bool:
    """Whether no half of a character pair stands alone; ten times as fast as to look for one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _utf8(raw: bytes, encoding: str, mended: list[str]) -> tuple[str, str]:
    text = _mend_encoded_surrogates(raw, mended).decode("utf-8", "surrogateescape")
    return _without_bad_bytes(text, len(_ESCAPED.findall(text)), mended), encoding


_ESCAPED = re.compile("[\udc80-\udcff]")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def _without_bad_bytes(text: str, bad: int, mended: list[str]) -> str:
    if bad:
        verb = "byte that is no UTF-8 was" if bad == 1 else "bytes that are no UTF-8 were"
        mended.append(f"{bad:,} {verb} replaced by U+FFFD.")
    return _ESCAPED.sub("\ufffd", text)


_SURROGATE_BYTES = re.compile(
    rb"(\xed[\xa0-\xaf][\x80-\xbf])(\xed[\xb0-\xbf][\x80-\xbf])|\xed[\xa0-\xbf][\x80-\xbf]"
)


def _mend_encoded_surrogates(raw: bytes, mended: list[str]) -> bytes:
    """Join UTF-16 halves that somebody wrote as UTF-8, and replace halves that stand alone."""
    if b"\xed" not in raw:
        return raw
    alone = 0

    def mend(match: re.Match[bytes]) -> bytes:
        nonlocal alone
        if match[1]:
            pair = match[0].decode("utf-8", "surrogatepass")
            return pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()
        alone += 1
        return "\ufffd".encode()

    raw = _SURROGATE_BYTES.sub(mend, raw)
    _say_lone_surrogates(alone, mended)
    return raw


def _utf16(raw: bytes, encoding: str, mended: list[str]) -> tuple[str, str]:
    if len(raw) % 2:
        mended.append("The last byte, half a character, was dropped.")
        raw = raw[:-1]
    return raw.decode(encoding, "surrogatepass"), encoding


def _utf32(raw: bytes, encoding: str, mended: list[str]) -> tuple[str, str]:
    try:
        return raw.decode(encoding), encoding
    except UnicodeDecodeError:
        if encoding == "utf-32-le":  # or UTF-16 whose first character is NUL
            return _utf16(raw, "utf-16-le", mended)
        raise Undecodable("The file has the mark of UTF-32 but is no UTF-32.") from None


_READERS: dict[str, Callable[[bytes, str, list[str]], tuple[str, str]]] = {
    "utf-8": _utf8,
    "utf-16-le": _utf16,
    "utf-16-be": _utf16,
    "utf-32-le": _utf32,
    "utf-32-be": _utf32,
}


# --- from characters to text --------------------------------------------------------------

_SURROGATES = re.compile("[\ud800-\udfff]")


def _pair_surrogates(text: str, mended: list[str]) -> str:
    if _is_whole(text):
        return text
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    text, alone = _SURROGATES.subn("\ufffd", text)
    _say_lone_surrogates(alone, mended)
    return text


def _say_lone_surrogates(alone: int, mended: list[str]) -> None:
    if alone:
        verb = "half of a character pair was" if alone == 1 else "halves of character pairs were"
        mended.append(f"{alone:,} lone {verb} replaced by U+FFFD.")


_ONLY_ENCODING = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)
_PIECE = 4096
# What shows mojibake stands beside a character beyond ASCII; to look at all others costs the most.
_FAR_FROM_OTHERS = re.compile(r"(?<=[\x00-\x7f]{4})[\x00-\x7f]{8,}(?=[\x00-\x7f]{4})")


def _mend_mojibake(text: str, mended: list[str]) -> str:
    if text.isascii() or not is_bad(_FAR_FROM_OTHERS.sub("\0", text)):
        return text
    places, pieces = 0, []
    for piece in _pieces(text):
        fixed = fix_encoding(piece, _ONLY_ENCODING)
        if fixed != piece:
            places += len(UTF8_DETECTOR_RE.findall(piece)) or 1
        pieces.append(fixed)
    if places:
        mended.append(f"Mojibake was mended in {_count(places, 'place')}.")
    return "".join(pieces)


def _pieces(text: str) -> Iterator[str]:
    """Lines, the long ones cut where no damaged character can be: between ASCII characters."""
    for line in text.splitlines(keepends=True):
        start = 0
        while len(line) - start > _PIECE:
            cut = _BETWEEN_ASCII.search(line, start + _PIECE - 256, start + _PIECE)
            end = cut.end() - 1 if cut else start + _PIECE
            yield line[start:end]
            start = end
        yield line[start:]


_BETWEEN_ASCII = re.compile("[\x21-\x7e] ?[\x21-\x7e]")
_NEWLINES = ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029")


def _newlines(text: str, _mended: list[str]) -> str:
    for newline in _NEWLINES:
        text = text.replace(newline, "\n")
    return text


_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


def _drop_controls(text: str, mended: list[str]) -> str:
    if nuls := text.count("\0"):
        mended.append(f"{_count(nuls, 'NUL character')} {_was(nuls)} removed.")
        text = text.replace("\0", "")
    text, others = _CONTROLS.subn("", text)
    if others:
        mended.append(f"{_count(others, 'control character')} {_was(others)} removed.")
    return text


_COMBINING = "".join(
    chr(code) for code in range(0x300, 0x1E950) if unicodedata.combining(chr(code))
)
_PILES = re.compile(f"([{_COMBINING}]{{30}})[{_COMBINING}]+")
# Whatever is a pile is one of these; a class with many gaps beyond U+FFFF is slow to look for.
_NEAR_PILES = re.compile(
    f"[{''.join(mark for mark in _COMBINING if mark < chr(0x10000))}\U00010000-\U0001e94f]{{31}}"
)


def _compose(text: str, mended: list[str]) -> str:
    """Compose to NFC; piles of marks are cut first, because sorting them is quadratic."""
    if text.isascii():
        return text
    text, piles = _PILES.subn(r"\1", text) if _NEAR_PILES.search(text) else (text, 0)
    if piles:
        mended.append(f"Accents piled up on {_count(piles, 'letter')} were cut to 30.")
    return unicodedata.normalize("NFC", text)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
