"""Walk a folder: every entry is yielded, what cannot be entered with its reason."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category, normalize

from corpus.importing.records import fitting

NOTHING = "There is nothing at this path."
LINK = "This is a link to a folder, which is not followed; import the folder by its own path."
ODD_NAME = "This is a folder with the name of a file; what it holds was read for itself."


@dataclass(frozen=True)
class Entry:
    path: Path
    name: str
    error: str = ""
    hidden: bool = False
    inside: str = ""  # of a folder: how the names of what lies in it begin


def walk(path: Path) -> Iterator[Entry]:
    """Yield the file, or every file below the folder, in the order of their names."""
    if os.path.isdir(path):  # not Path.is_dir, which raises for too long a name
        yield from _below(path)
    else:
        name = printable(os.path.basename(os.path.abspath(path)))
        yield Entry(path, name, error="" if os.path.lexists(path) else NOTHING)


def printable(name: str) -> str:
    """Return a name that any database and screen takes; what it cannot hold is escaped.

    Bytes that are no UTF-8 read \\xff, control characters \\n; composed, because macOS
    decomposes names; what is too long ends in a digest, so that two names stay two.
    """
    text = _bytes(name).decode("utf-8", "backslashreplace")
    return fitting(normalize("NFC", "".join(map(_shown, text))))


def _bytes(name: str) -> bytes:
    try:
        return os.fsencode(name)
    except UnicodeEncodeError:  # no file system gave this name
        return name.encode("utf-8", "backslashreplace")


def _shown(char: str) -> str:
    if char.isprintable() or category(char) == "Zs":
        return char
    return char.encode("unicode_escape").decode()


def _below(folder: Path) -> Iterator[Entry]:
    """Walk without recursion: folders may lie deeper in each other than Python calls."""
    open_folders = [_children(folder, "")]
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
        open_folders.append(_children(entry.path, entry.inside))


def _children(folder: Path, inside: str) -> Iterator[Entry]:
    try:
        with os.scandir(folder) as children:
            found = sorted(children, key=lambda child: _bytes(child.name))
    except OSError as error:
        name = printable(inside.rstrip("/") or folder.name)
        yield Entry(folder, name, error=f"This folder cannot be read: {_why(error)}.")
        return
    for child in found:
        yield _entry(child, inside + child.name)


def _entry(child: os.DirEntry[str], inside: str) -> Entry:
    path, name = Path(child.path), printable(inside)
    if child.name.startswith("."):
        return Entry(path, name, hidden=True)
    if child.is_dir(follow_symlinks=False):
        return Entry(path, name, inside=f"{inside}/")
    if os.path.isdir(path):
        return Entry(path, name, error=LINK)
    return Entry(path, name)


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
