"""A backup's file: a tar whose last member lists the SHA-256 of every other one, so that damage is seen before use."""

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, cast

import msgspec
from msgspec import Struct

from dragoman.model.errors import Conflict, Damaged, NotFound, TryAgain
from dragoman.model.item import AwareTime
from dragoman.store.db.secrets import sync_folder

MANIFEST = "manifest.json"
DATABASE, KEYS, SETTINGS = "database.dump", "keys.json", "dragoman.toml"
_FILES = re.compile(r"bytes/[0-9a-f]{2}/[0-9a-f]{64}")
_MANIFEST_LIMIT = 256_000_000


class Part(Struct, frozen=True):
    """A member: its size in bytes and SHA-256 in hex."""

    size: int
    sha256: str


class Manifest(Struct, frozen=True, kw_only=True):
    """What a backup is of, and its parts by name. `format` 1 is this one."""

    format: int = 1
    dragoman: str
    agency: str
    made: AwareTime
    epoch: int
    parts: dict[str, Part]


class Writer:
    """Adds members to a new archive, summing each up as it goes by."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: dict[str, Part] = {}

    def add(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            self._put(name, size, file)

    def _put(self, name: str, size: int, file: IO[bytes]) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        summed = _Summed(file)
        self._tar.addfile(info, cast("IO[bytes]", summed))
        self.parts[name] = Part(size, summed.digest)

    def close(self, manifest: Manifest) -> None:
        body = msgspec.json.format(msgspec.json.encode(manifest)) + b"\n"
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(body), 0o600
        self._tar.addfile(info, io.BytesIO(body))


class _Summed:
    """A file that is summed up while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._sum.update(chunk)
        return chunk

    @property
    def digest(self) -> str:
        return self._sum.hexdigest()


@contextmanager
def written(target: Path) -> Iterator[Writer]:
    """A new archive at `target`: whole and durable after the block, or not there at all.

    Raises:
        Conflict: there is a file of this name.
        TryAgain: the disk refuses.
    """
    if target.exists():
        raise Conflict("There is a file of this name already", str(target), hint="A backup never replaces another.")
    part = target.with_name(f".{target.name}.part")
    try:
        with open(part, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar)
            file.flush()
            os.fsync(file.fileno())
        os.link(part, target)  # unlike a rename it never replaces what has come meanwhile
        part.unlink()
        sync_folder(target.parent)
    except FileExistsError as error:
        raise Conflict(
            "Another backup is being written here", str(part), hint="If none is, remove this file."
        ) from error
    except OSError as error:
        raise TryAgain(
            "The backup could not be written", f"{target}: {error.strerror or error}", kept="No backup file."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def checked(source: Path) -> Manifest:
    """The manifest of the archive `source`, every member of which is as it was written.

    Raises:
        NotFound: there is no such file.
        Damaged: a member is missing, added or altered, or it is no backup of ours.
    """
    found: dict[str, Part] = {}
    manifest: Manifest | None = None
    with _read_whole(source):
        for name, size, file in _members(source):
            if name == MANIFEST:
                manifest = _manifest(file, size, source)
            else:
                found[name] = Part(size, _digest(file))
    if manifest is None:
        raise _damaged(source, "it is cut short: its list of contents is missing")
    wrong = sorted(name for name in {*found, *manifest.parts} if found.get(name) != manifest.parts.get(name))
    if wrong:
        raise _damaged(
            source, f"{wrong[0]} is not as it was written" + (f", nor {len(wrong) - 1} more" if wrong[1:] else "")
        )
    if strange := [name for name in found if not _is_known(name)]:
        raise _damaged(source, f"{strange[0]!r} does not belong into a backup")
    return manifest


def unpack(source: Path, place: Callable[[str], Path | None]) -> None:
    """Write each member to where `place` puts it (None: nowhere). Only after `checked`."""
    for name, _, file in _members(source):
        path = place(name)
        if path is None:
            continue
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(path, "xb", opener=lambda p, flags: os.open(p, flags, 0o600)) as target:
            while chunk := file.read(1 << 20):
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())


def _members(source: Path) -> Iterator[tuple[str, int, IO[bytes]]]:
    with tarfile.open(source, mode="r:") as tar:
        for info in tar:
            file = tar.extractfile(info) if info.isreg() else None
            if file is None:
                raise _damaged(source, f"{info.name!r} is no plain file")
            yield info.name, info.size, file


@contextmanager
def _read_whole(source: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound("There is no such backup", str(source)) from error
    except (tarfile.TarError, EOFError) as error:
        raise _damaged(source, str(error)) from error


def _manifest(file: IO[bytes], size: int, source: Path) -> Manifest:
    if size > _MANIFEST_LIMIT:
        raise _damaged(source, "its list of contents is too large")
    try:
        return msgspec.json.decode(file.read(), type=Manifest)
    except msgspec.MsgspecError as error:
        raise _damaged(source, f"its list of contents: {error}") from error


def _digest(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # a raw file is enough


def _is_known(name: str) -> bool:
    return name in (DATABASE, KEYS, SETTINGS) or bool(_FILES.fullmatch(name))


def _damaged(source: Path, why: str) -> Damaged:
    return Damaged(
        "This is not a whole backup", f"{source}: {why}", hint="Use another backup.", kept="Nothing was restored."
    )


def manifest_of(writer: Writer, *, dragoman: str, agency: str, made: datetime, epoch: int) -> Manifest:
    return Manifest(dragoman=dragoman, agency=agency, made=made, epoch=epoch, parts=dict(writer.parts))
