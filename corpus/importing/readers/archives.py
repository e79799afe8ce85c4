"""Zip archives: each member is a file of its own, and nothing is ever written to disk by name."""

import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BufferedReader
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from corpus.importing.limits import MB
from corpus.importing.readers import bounded, files
from corpus.importing.readers.folders import printable
from corpus.importing.readers.incoming import Incoming, Unreadable
from corpus.importing.records import Record, fitting

ENTRY = b"PK\x01\x02"  # begins each entry of the directory
END = b"PK\x05\x06"
LAST_BYTES = 65_535 + 22  # the longest comment, and the end record
LEADS_OUT = (
    "Its name leads out of the archive: it was not read. Rename it, if you know where it is from."
)
LINK = "This is a link, which is not followed; put what it leads to into the archive."
A_LINK = "inode/symlink"  # its bytes are the path that it leads to
ENCRYPTED = "It is encrypted, and cannot be read; unpack it with its password."
DAMAGED = "This is no zip archive, or one that breaks off or is damaged ({})."


def read(incoming: Incoming) -> Iterator[Incoming | Record]:
    """Yield the members in the archive's order, called archive.zip!folder/file.txt."""
    depth = bounded.deeper(incoming.bounds, incoming.depth)
    with _seekable(incoming) as file:
        _refuse_too_many(file, incoming)
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable(DAMAGED.format(error)) from error
        with archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield from _member(incoming, archive, info, depth)


def _member(
    incoming: Incoming, archive: zipfile.ZipFile, info: zipfile.ZipInfo, depth: int
) -> Iterator[Incoming | Record]:
    name = fitting(f"{incoming.name}!{printable(info.filename)}")
    steps = _steps(info.filename)
    if ".." not in steps and any(step.startswith(".") for step in steps):
        incoming.on_hidden(name)
        return
    member = replace(
        incoming,
        name=name,
        open=_opener(incoming, archive, info),
        ending=PurePosixPath(steps[-1]).suffix.lower(),
        depth=depth,
        packed=None,
    )
    if info.flag_bits & 1:
        yield Record(name, error=ENCRYPTED, size=info.file_size)
    elif stat.S_ISLNK(info.external_attr >> 16):
        yield files.rejected(member, LINK, A_LINK)
    elif _leads_out(steps):
        yield files.rejected(member, LEADS_OUT)
    else:
        yield member


def _opener(
    incoming: Incoming, archive: zipfile.ZipFile, info: zipfile.ZipInfo
) -> Callable[[], BufferedReader]:
    measure = bounded.Measure(incoming.bounds, incoming.tally)

    def open_member() -> BufferedReader:
        try:
            stream = cast(zipfile.ZipExtFile, archive.open(info))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise Unreadable(f"This member of the archive cannot be read: {error}.") from error
        return bounded.unpacking(stream, measure, lambda: info.compress_size, "member")

    return open_member


def refused(name: str, media_type: str) -> str:
    """Say why a member of this name and kind is not read by itself either, or nothing."""
    _, inside, member = name.rpartition("!")
    if media_type == A_LINK:
        return LINK
    return LEADS_OUT if inside and _leads_out(_steps(member)) else ""


def _steps(member: str) -> list[str]:
    return member.replace("\\", "/").split("/")


def _leads_out(steps: list[str]) -> bool:
    return ".." in steps or steps[0] == "" or steps[0].endswith(":")


@contextmanager
def _seekable(incoming: Incoming) -> Iterator[BinaryIO]:
    """Open the archive so that one can move in it: one inside another is unpacked first."""
    with incoming.open() as file:
        if file.seekable():
            yield file
            return
        with TemporaryFile() as unpacked:
            files.read_through(file, unpacked.write)
            unpacked.seek(0)
            yield unpacked


def _refuse_too_many(file: BinaryIO, incoming: Incoming) -> None:
    """Count the entries of the directory before it is loaded, for it is loaded whole."""
    most = incoming.bounds.members
    if _entries(file, most) > most:
        raise Unreadable(
            f"The archive has more than {most:,} members, and was not read. Unpack it and import "
            "the folder."
        )


def _entries(file: BinaryIO, most: int) -> int:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - LAST_BYTES))
    end = file.read().rfind(END)
    if end < 0:
        return 0  # zipfile will say that it is none
    # The directory lies before the end; what it says of its own size may be a lie.
    counted, tail, at = 0, b"", max(0, size - LAST_BYTES) + end
    while at > 0 and counted <= most:
        step = min(at, MB)
        at -= step
        file.seek(at)
        piece = file.read(step) + tail
        found = piece.count(ENTRY)
        if not found:
            break
        counted += found
        tail = piece[:3]
    file.seek(0)
    return counted
