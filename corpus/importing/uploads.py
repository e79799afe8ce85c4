"""Where uploaded files wait: each upload is a folder below settings.UPLOADS."""

import os
import shutil
import time
import uuid
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from corpus.models import ImportRun

LONGEST = 200  # bytes of a file's name
UNUSED = timedelta(days=1)  # for which files are kept that somebody only looked at
GOES_ON = timedelta(days=7)  # for which those of an import that stopped are kept


NO_ROOM = (
    "The files could not be kept where uploads wait. Nothing was imported; whoever runs the desk "
    "has to look at the folder UPLOADS"
)


class Refused(Exception):
    """The message is a sentence for editors."""


def keep(files: Iterable[UploadedFile]) -> str:
    """Store uploaded files under their own names; return the name of the upload."""
    upload = uuid.uuid4().hex
    folder = _folder(upload)
    try:
        folder.mkdir(mode=0o700, parents=True)
        for file in files:
            _keep_one(file, folder)
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise Refused(f"{NO_ROOM} ({error.strerror}).") from error
        raise
    return upload


def files_of(upload: str) -> list[Path]:
    """Its files in the order of their names; none when they are not kept here any more."""
    folder = _folder(upload)
    return sorted(folder.iterdir()) if folder.is_dir() else []


def remove(upload: str) -> None:
    shutil.rmtree(_folder(upload), ignore_errors=True)


def sweep() -> None:
    """Remove what nobody will read again: looked at only, of imports long over, half sent."""
    if not settings.UPLOADS.is_dir():
        return
    needed = set(_needed())
    for path in settings.UPLOADS.iterdir():
        if path.name in needed or _age(path) < UNUSED:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _needed() -> Iterable[str]:
    state = ImportRun.State
    runs = ImportRun.objects.exclude(upload="").exclude(state=state.FINISHED)
    long_ago = timezone.now() - GOES_ON
    return runs.exclude(finished_at__lt=long_ago).values_list("upload", flat=True)


def _age(path: Path) -> timedelta:
    try:
        return timedelta(seconds=time.time() - path.stat().st_mtime)
    except FileNotFoundError:  # another worker has just removed it
        return timedelta()


def _folder(upload: str) -> Path:
    return Path(settings.UPLOADS) / uuid.UUID(hex=upload).hex


def _keep_one(file: UploadedFile, folder: Path) -> None:
    path = folder / _fitting(os.path.basename(file.name or "") or "file")
    if path.exists():
        raise Refused(
            f"Two of the files are called {path.name}, and a file is known by its name. Rename "
            "one, or put them in a zip with a folder for each."
        )
    try:
        moved_from = file.temporary_file_path()  # type: ignore[attr-defined]
    except AttributeError:  # small enough to be in memory
        with open(path, "xb") as kept:
            for piece in file.chunks():
                kept.write(piece)
    else:
        shutil.copyfile(moved_from, path)


def _fitting(name: str) -> str:
    """A name that any file system takes, with its ending."""
    if len(name.encode("utf-8", "replace")) <= LONGEST:
        return name
    stem, ending = os.path.splitext(name)
    kept = stem.encode("utf-8", "replace")[: LONGEST - len(ending.encode())]
    return kept.decode("utf-8", "ignore") + ending
