"""Bytes too large for a row: a folder addressed by content, durable before the row that names them is committed."""

import hashlib
import os
import secrets
import sys
from pathlib import Path
from typing import NoReturn

import structlog

from dragoman.crash import crash
from dragoman.model.errors import Damaged, TryAgain

IN_THE_DATABASE = 1_000_000
"""Up to this many bytes lie in the database itself."""
EXIT_DISK = 74
"""How a process ends whose disk would not keep what it was given (EX_IOERR of sysexits.h)."""

log = structlog.get_logger("bytes")


class ByteStore:
    """A local folder; `put` returns when the bytes are on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, body: bytes) -> str:
        """The name of `body`: its SHA-256 in hex. Putting the same bytes again changes nothing.

        A disk that fails to make them durable ends the process: nothing has been acknowledged.

        Raises:
            TryAgain: the disk has no room for them.
        """
        name = hashlib.sha256(body).hexdigest()
        path = self._path(name)
        if not path.exists():
            part = path.with_name(f".{name[:8]}-{secrets.token_hex(4)}.part")
            _write(part, body, self._folder)
            crash("bytes.synced")
            os.replace(part, path)
            crash("bytes.renamed")
        # Also where the file was there: whoever put it may have died before this, and its name be lost with the power.
        _sync_folder(path.parent)
        return name

    def get(self, name: str) -> bytes:
        """
        Raises:
            Damaged: the file is missing or its content no longer matches its name.
        """
        try:
            body = self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise Damaged("Kept bytes are missing", f"bytes/{name}", hint="Restore them from a backup.") from error
        if hashlib.sha256(body).hexdigest() != name:
            raise Damaged("Kept bytes have changed on the disk", f"bytes/{name}", hint="Restore them from a backup.")
        return body

    def forget(self, name: str) -> None:
        """Remove the bytes of this name. Nothing may refer to them any more."""
        if self.has(name):
            self._path(name).unlink()

    def has(self, name: str) -> bool:
        """Are there bytes of this name? Whether they are whole is seen when they are read."""
        return len(name) == 64 and name.isalnum() and self._path(name).is_file()

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name


def _write(part: Path, body: bytes, folder: Path) -> None:
    """The bytes in `part`, on the disk, in a folder that is."""
    try:
        part.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(part, "xb") as file:
            file.write(body)
            file.flush()
            _sync(file.fileno(), part)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise TryAgain(
            "The bytes could not be kept",
            f"{part.parent}: {error.strerror or error}",
            hint="Free space on the data directory's volume, then send them again.",
            kept="Nothing of this.",
        ) from error
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _sync(fd, folder)
    finally:
        os.close(fd)


def _sync(fd: int, path: Path) -> None:
    try:
        crash("bytes.before-sync")
        os.fsync(fd)
    except OSError as error:
        _give_up(path, error)


def _give_up(path: Path, error: OSError) -> NoReturn:
    # A failed fsync may have dropped the pages, and the next one would lie (PostgreSQL 11.2: PANIC, for the same reason).
    log.critical("the disk does not keep what it is given, this process ends", path=str(path), error=str(error))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(EXIT_DISK)
