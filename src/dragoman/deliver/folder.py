"""Handing over into a folder: written beside, made durable, then renamed; an older version of the item is taken away."""

import os
import secrets
from pathlib import Path

import msgspec
from msgspec import Struct

from dragoman.crash import crash
from dragoman.deliver.outcomes import Answer
from dragoman.deliver.parcel import Parcel
from dragoman.model.version import item_key
from dragoman.store.lanes import Attempt


class _Named(Struct, frozen=True):
    uri: str


_named = msgspec.json.Decoder(_Named)


def put(folder: Path, attempt: Attempt, parcel: Parcel) -> Answer:
    """The file ``<item>-<epoch>-<sequence><suffix>`` in place, whole or not at all. Doing it again changes nothing.

    The item is named by its origin and uri: our own numbers begin again after a restore, and would be another item's.
    """
    stem = f"{item_key(attempt.origin, _named.decode(attempt.payload).uri).hex()}-"
    path = folder / f"{stem}{attempt.epoch:04d}-{attempt.sequence:010d}{parcel.suffix}"
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
        for left in folder.glob(f".{stem}*.part"):  # by an attempt at this or an older version that died in the middle
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
