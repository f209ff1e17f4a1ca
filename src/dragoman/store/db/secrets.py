"""The passwords of the database roles and the socket's folder, in one file only we can read."""

import os
import secrets
from pathlib import Path

import msgspec

from dragoman.model.errors import Misconfigured
from dragoman.store.db.database import Role

_ROLES: tuple[Role, ...] = ("admin", "owner", "newsroom", "partner")


class Secrets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A random password for each role, and the folder of the socket they are for."""

    passwords: dict[Role, str]
    socket: str = ""


def new_secrets() -> Secrets:
    """Fresh 256-bit passwords, no socket yet."""
    return Secrets({role: secrets.token_urlsafe(32) for role in _ROLES})


def read_secrets(path: Path) -> Secrets | None:
    """What `path` holds, or None when there is no such file. Raises: Misconfigured when it cannot be read."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Secrets)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise Misconfigured(
            "The database's passwords cannot be read",
            f"{path}: {error}",
            hint="Run Dragoman as the user that made its data directory, or put database.json back from a copy.",
        ) from error
    if missing := set(_ROLES) - found.passwords.keys():
        raise Misconfigured("The database's passwords are incomplete", f"{path} has none for {sorted(missing)}")
    return found


def write_secrets(path: Path, secret: Secrets) -> None:
    """Replace `path` by `secret` as a whole, mode 0600, durable when this returns."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(secret), indent=2))
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable: a rename is only on disk when its folder is."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
