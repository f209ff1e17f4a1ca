"""Bytes too large for a row: a folder addressed by content, durable before the row that names them is committed."""

import hashlib
import os
import secrets
from pathlib import Path

from dragoman.model.errors import Damaged

IN_THE_DATABASE = 1_000_000
"""Up to this many bytes lie in the database itself."""


class ByteStore:
    """A local folder; `put` returns when the bytes are on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, body: bytes) -> str:
        """The name of `body`: its SHA-256 in hex. Putting the same bytes again changes nothing."""
        name = hashlib.sha256(body).hexdigest()
        path = self._path(name)
        if path.exists():
            return name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(f".{name[:8]}-{secrets.token_hex(4)}.part")
        with open(part, "xb") as file:
            file.write(body)
            file.flush()
            # A failed fsync may have dropped the pages: trying again would lie. Let it end the process.
            os.fsync(file.fileno())
        os.replace(part, path)
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

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
