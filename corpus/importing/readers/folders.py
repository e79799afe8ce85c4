"""Walk a folder: every entry is yielded, what cannot be entered with its reason."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category

from corpus.importing.records import fitting

NOTHING = "There is nothing at this path."
NOWHERE = "This is a link that leads nowhere."
LINK = "This is a link to a folder, which is not followed; import the folder by its own path."
OUTSIDE = (
    "This is a link that leads out of the imported folder, and is not followed; import what it "
    "leads to by its own path."
)
ODD_NAME = "This is a folder with the name of a file; what it holds was read for itself."


@dataclass(frozen=True)
class Entry:
    path: Path
    name: str
    error: str = ""
    hidden: bool = False
    inside: str = ""  # of a folder: how the names of what lies in it begin


def walk(path: Path) -> Iterator[Entry]:
    """Yield the file, or every file below the folder, in the order of their names.

    The path itself may be a link, for somebody named it; below it only links to files that
    lie below it too are followed.
    """
    if os.path.isdir(path):  # not Path.is_dir, which raises for too long a name
        yield from _below(path)
    else:
        name = printable(os.path.basename(os.path.abspath(path)))
        yield Entry(path, name, error="" if os.path.lexists(path) else NOTHING)


def printable(name: str) -> str:
    """Return a name that any database and screen takes; two names on disk stay two.

    Bytes that are no UTF-8 read \\xff, control characters \\n or \\u0085, a backslash is
    doubled; what is too long ends in a digest. Nothing is composed: é may be written in two
    ways, and then stands in two names.
    """
    text = _bytes(name).decode("utf-8", "surrogateescape")
    return fitting("".join(map(_shown, text)))


def _bytes(name: str) -> bytes:
    try:
        return os.fsencode(name)
    except UnicodeEncodeError:  # no file system gave this name
        return name.encode("utf-8", "surrogatepass")


def _shown(char: str) -> str:
    code = ord(char)
    if LONE_BYTE <= code <= LONE_BYTE + 0xFF:
        return f"\\x{code - LONE_BYTE:02x}"
    if char != "\\" and (char.isprintable() or category(char) == "Zs"):
        return char
    if 0x80 <= code <= 0xFF:  # its escape would read as that of a lone byte
        return f"\\u{code:04x}"
    return char.encode("unicode_escape").decode()


LONE_BYTE = 0xDC00  # how Python reads a byte that is no UTF-8: this and the byte


def _below(folder: Path) -> Iterator[Entry]:
    """Walk without recursion: folders may lie deeper in each other than Python calls."""
    root = os.path.realpath(folder)
    open_folders = [_children(folder, "", root)]
    while open_folders:
        entry = next(open_folders[-1], None)
        if entry is None:
            open_folders.pop()
            continue
        if not entry.inside:
            yield entry
            continue
        if entry.path.suffix.lower() == ".txt":
            yield Entry(entry.path, entry.name, error=ODD_NAME)
        open_folders.append(_children(entry.path, entry.inside, root))


def _children(folder: Path, inside: str, root: str) -> Iterator[Entry]:
    try:
        with os.scandir(folder) as children:
            found = sorted(children, key=lambda child: _bytes(child.name))
    except OSError as error:
        name = printable(inside.rstrip("/") or folder.name)
        yield Entry(folder, name, error=f"This folder cannot be read: {_why(error)}.")
        return
    for child in found:
        yield _entry(child, inside + child.name, root)


def _entry(child: os.DirEntry[str], inside: str, root: str) -> Entry:
    path, name = Path(child.path), printable(inside)
    if child.name.startswith("."):
        return Entry(path, name, hidden=True)
    if child.is_symlink():
        return Entry(path, name, error=_why_not_followed(path, root))
    if child.is_dir():
        return Entry(path, name, inside=f"{inside}/")
    return Entry(path, name)


def _why_not_followed(link: Path, root: str) -> str:
    """Return the reason, or nothing for a link to a file in the imported folder."""
    if not os.path.exists(link):
        return NOWHERE
    target = os.path.realpath(link)
    if os.path.commonpath([root, target]) != root:
        return OUTSIDE
    return LINK if os.path.isdir(target) else ""


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
