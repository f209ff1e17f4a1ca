"""Handing over into a folder: written beside, made durable, then renamed; an older version of the item is taken away."""

import os
import secrets
from pathlib import Path

from dragoman.crash import crash
from dragoman.deliver.outcomes import Answer
from dragoman.deliver.parcel import Parcel
from dragoman.store.deliveries import Attempt


def put(folder: Path, attempt: Attempt, parcel: Parcel) -> Answer:
    """The file ``<item>-<sequence><suffix>`` in place, whole or not at all. Doing it again changes nothing."""
    stem = f"{attempt.item:08d}-"
    path = folder / f"{stem}{attempt.sequence:010d}{parcel.suffix}"
    part = folder / f".{path.name}.{secrets.token_hex(3)}.part"
    try:
        newer = [p for p in folder.glob(f"{stem}*") if p.name > path.name]
        if newer:
            return Answer(status=200, detail="a newer version is there already")
        with open(part, "xb") as file:
            file.write(parcel.body)
            file.flush()
            os.fsync(file.fileno())
        crash("deliver.folder-written")
        os.replace(part, path)
        crash("deliver.folder-renamed")
        _sync(folder)
        for older in folder.glob(f"{stem}*"):
            if older.name < path.name:
                older.unlink(missing_ok=True)
        for left in folder.glob(f".{path.name}.*.part"):  # by an attempt that died before its rename
            left.unlink(missing_ok=True)
    except OSError as error:
        part.unlink(missing_ok=True)
        return Answer(status=0, detail=f"{error.strerror}: {folder}")
    return Answer(status=200)


def _sync(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
