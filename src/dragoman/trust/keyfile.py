"""The key file: a node's keys on disk, readable by its owner only, replaced whole or not at all."""

import os
import secrets
import stat
import time
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct

from dragoman.crash import crash
from dragoman.model.errors import Misconfigured
from dragoman.model.item import AwareTime
from dragoman.trust.keys import Keyring, SigningKey, Succession


class _Kept(Struct, frozen=True):
    private: bytes
    since: AwareTime


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    agency: str
    current: _Kept
    previous: _Kept | None = None
    succession: Succession | None = None


def save_keyring(keyring: Keyring, path: Path) -> None:
    """Write the keys to `path`, mode 0600. After a crash the file holds the old keys or the new ones, never half.

    Raises: OSError: the disk refuses; the old file is untouched.
    """
    kept = _File(
        keyring.agency,
        _kept(keyring.current),
        _kept(keyring.previous) if keyring.previous else None,
        keyring.succession,
    )
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _write_durably(scratch, msgspec.json.format(msgspec.json.encode(kept)) + b"\n")
        _give_to_the_owner_of(path, scratch)
        crash("keys.written")
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise
    crash("keys.replaced")
    _sync_folder(path.parent)


def load_keyring(path: Path) -> Keyring:
    """The keys in `path`.

    Raises: Misconfigured: no such file, readable by others, or not a key file.
    """
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            content = file.read()
    except OSError as error:
        raise Misconfigured(
            "The node's keys cannot be read", f"{path}: {error.strerror}", hint="`dragoman init` makes them."
        ) from error
    if mode & 0o077:
        raise Misconfigured("The node's keys are open to others", f"{path} has mode {mode:o}", hint=f"chmod 600 {path}")
    try:
        kept = msgspec.json.decode(content, type=_File)
        previous = _signing(kept.previous) if kept.previous else None
        return Keyring(
            agency=kept.agency, current=_signing(kept.current), previous=previous, succession=kept.succession
        )
    except (msgspec.MsgspecError, ValueError) as error:
        raise Misconfigured(
            "The node's key file is damaged", str(path), hint="Restore it from a backup; do not make a new one."
        ) from error


class LiveKeys:
    """The keyring as the key file holds it now; a rotation is noticed within a second."""

    def __init__(self, path: Path) -> None:
        self._path, self._looked, self._stamp = path, 0.0, (0, 0)
        self._keyring = load_keyring(path)

    def __call__(self) -> Keyring:
        now = time.monotonic()
        if now - self._looked > 1.0:
            self._looked = now
            seen = self._path.stat()
            if (seen.st_mtime_ns, seen.st_ino) != self._stamp:
                self._stamp, self._keyring = (seen.st_mtime_ns, seen.st_ino), load_keyring(self._path)
        return self._keyring


def _kept(key: SigningKey) -> _Kept:
    return _Kept(key.private.private_bytes_raw(), key.since)


def _signing(kept: _Kept) -> SigningKey:
    return SigningKey(Ed25519PrivateKey.from_private_bytes(kept.private), kept.since)


def _write_durably(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _give_to_the_owner_of(path: Path, scratch: Path) -> None:
    """Root rotates, the roles that read the keys may run as another user: a crash must not lock them out."""
    if os.geteuid() == 0 and path.exists():
        owner = path.stat()
        os.chown(scratch, owner.st_uid, owner.st_gid)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
