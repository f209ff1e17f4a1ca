"""One supervisor a data directory: a lock the kernel lets go of when its holder dies, however it dies."""

import fcntl
import os
import weakref
from pathlib import Path

from dragoman.model.errors import Conflict, Misconfigured

_held: "weakref.WeakSet[Lock]" = weakref.WeakSet()


class Lock:
    """An exclusive hold on `path`, from `hold` to `release`. Children, forked or started, do not share it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd: int | None = None

    def hold(self) -> None:
        """Take the lock and write our pid into the file. Raises: Conflict naming the holder; Misconfigured."""
        try:
            fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise _unusable(self.path, error) from error
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _taken(self.path, os.pread(fd, 32, 0)) from error
        except OSError as error:
            raise _unusable(self.path, error) from error
        else:
            self._fd, fd = fd, -1
            _held.add(self)
        finally:
            if fd >= 0:
                os.close(fd)
        self._sign()

    def release(self) -> None:
        """Let go; harmless when not held."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
        _held.discard(self)

    @property
    def is_held(self) -> bool:
        return self._fd is not None

    def _sign(self) -> None:
        assert self._fd is not None
        try:
            os.ftruncate(self._fd, 0)
            os.pwrite(self._fd, f"{os.getpid()}\n".encode(), 0)
        except OSError:
            pass  # a full disk must not keep us from starting: the lock holds, only its holder has no name


def _taken(path: Path, signature: bytes) -> Conflict:
    pid = signature.decode("ascii", "replace").strip()
    who = f"process {pid}{_command(pid)}" if pid.isdecimal() else "another process"
    return Conflict(
        "Dragoman is already running on this data directory",
        f"{who} holds {path}",
        hint="Use the one that runs, stop it first, or choose another data directory.",
    )


def _command(pid: str) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    line = b" ".join(words).decode("utf-8", "replace").strip()
    return f" ({line[:120]})" if line else ""


def _unusable(path: Path, error: OSError) -> Misconfigured:
    return Misconfigured(
        "The data directory cannot be locked",
        f"{path}: {error.strerror or error}",
        hint="It must be a writable folder of the user that runs Dragoman, on a file system that knows flock.",
    )


def _forget_in_child() -> None:
    # A flock belongs to the open file, which a fork shares: a role that outlives a killed supervisor would keep it.
    for lock in list(_held):
        lock.release()


os.register_at_fork(after_in_child=_forget_in_child)
