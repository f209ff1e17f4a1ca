"""Handing over into a folder: written beside, made durable, then renamed; an older version of the item is taken away."""

import os
import secrets
from pathlib import Path

import msgspec
from msgspec import Struct

from dragoman.crash import crash
from dragoman.deliver.outcomes import Answer
from dragoman.deliver.parcel import Enclosure, Parcel
from dragoman.model.version import item_key
from dragoman.store.lanes import Attempt


class _Named(Struct, frozen=True):
    uri: str


_named = msgspec.json.Decoder(_Named)


def put(folder: Path, attempt: Attempt, parcel: Parcel) -> Answer:
    """The file ``<item>-<epoch>-<sequence><suffix>`` in place, whole or not at all; a picture beside it, under the same
    name with its own suffix, and before it. Doing it again changes nothing.
    """
    stem, name = names(attempt, parcel)
    this = name.removesuffix(parcel.suffix)
    try:
        if any(p.name[: len(this)] > this for p in folder.glob(f"{stem}*")):
            return Answer(status=200, detail="a newer version is there already")
        for beside, one in enclosed(name, parcel):
            _place(folder, beside, one.body)
        _place(folder, name, parcel.body)
        crash("deliver.folder-renamed")
        _sync(folder)
        for older in folder.glob(f"{stem}*"):
            if older.name[: len(this)] < this:
                older.unlink(missing_ok=True)
        for left in folder.glob(f".{stem}*.part"):  # by an attempt at this or an older version that died in the middle
            left.unlink(missing_ok=True)
    except OSError as error:
        return Answer(status=0, detail=f"{error.strerror}: {folder}")
    return Answer(status=200)


def enclosed(name: str, parcel: Parcel) -> list[tuple[str, Enclosure]]:
    """The files that go beside the document `name`, each with its own: the document's, with another suffix."""
    return [(f"{name.removesuffix(parcel.suffix)}{one.suffix}", one) for one in parcel.enclosures]


def _place(folder: Path, name: str, body: bytes) -> None:
    """The file, durable before it has its name."""
    part = folder / f".{name}.{secrets.token_hex(3)}.part"
    try:
        with open(part, "xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        crash("deliver.folder-written")
        os.replace(part, folder / name)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def names(attempt: Attempt, parcel: Parcel) -> tuple[str, str]:
    """What the names of all files of the item begin with, and the name of this one. A newer version's sorts behind.

    The item is named by its origin and uri: our own numbers begin again after a restore, and would be another item's.
    """
    stem = f"{item_key(attempt.origin, _named.decode(attempt.payload).uri).hex()}-"
    return stem, f"{stem}{attempt.epoch:04d}-{attempt.sequence:010d}{parcel.suffix}"


def _sync(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
