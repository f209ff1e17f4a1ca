"""A watched folder on the disk: the files that lie in it, their bytes, and where they go afterwards. Nothing is deleted.

Everything is opened relative to the folder and without following links; names in ``done/`` and ``refused/`` are never
taken twice, so nothing is overwritten.
"""

import hashlib
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from msgspec import Struct

from dragoman.model.errors import BadInput

DONE, REFUSED = "done", "refused"
UNFINISHED = (".part", ".filepart", ".tmp", ".crdownload")
"""What senders call a file that they are still writing; so do names that begin with a dot."""
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_LONGEST_NAME = 255  # bytes, on every file system we know of


class Stamp(Struct, frozen=True):
    """A file's state. Equal stamps: nobody has written to it in between."""

    size: int
    mtime_ns: int
    inode: int


class Lying(Struct, frozen=True):
    """A file in the folder. `name` may hold lone surrogates, for bytes that are no UTF-8."""

    name: str
    stamp: Stamp

    @property
    def shown(self) -> str:
        """The name as text; what is no UTF-8 or not printable is escaped."""
        text = os.fsencode(self.name).decode("utf-8", "backslashreplace")
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


class Unfit(Struct, frozen=True):
    """Why a file will never be taken in."""

    why: str


class Contents(Struct, frozen=True):
    """Regular, finished files in the order of their names; and the names of what is neither file nor folder."""

    files: list[Lying]
    odd: list[str]


class Shelf:
    """The open folder; a context manager."""

    def __init__(self, address: str) -> None:
        """
        Raises:
            BadInput: the folder is not there, or not open to us.
        """
        if not os.path.isabs(address):
            raise BadInput("The folder's address is not an absolute path", address)
        try:
            self._fd = os.open(address, _FOLDER)
        except OSError as error:
            raise BadInput(
                "The folder cannot be read",
                f"{address}: {error.strerror}",
                hint=f"Make it, and open it to the user Dragoman runs as (uid {os.geteuid()}).",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._fd)

    def contents(self) -> Contents:
        """
        Raises:
            BadInput: the folder can no longer be read.
        """
        files, odd = [], []
        try:
            with os.scandir(self._fd) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False) or is_unfinished(entry.name):
                        continue
                    if lying := self._lying(entry.name):
                        files.append(lying)
                    else:
                        odd.append(entry.name)
        except OSError as error:
            raise BadInput("The folder cannot be read", str(error.strerror)) from error
        return Contents(sorted(files, key=lambda one: os.fsencode(one.name)), odd)

    def _lying(self, name: str) -> Lying | None:
        try:
            status = os.stat(name, dir_fd=self._fd, follow_symlinks=False)
        except FileNotFoundError:
            return None
        return Lying(name, _stamp(status)) if stat.S_ISREG(status.st_mode) else None

    def read(self, lying: Lying, most: int) -> bytes | Unfit | None:
        """Its bytes; why it is not to be taken; or None where it has changed or gone since it was looked at."""
        try:
            fd = os.open(lying.name, _FILE, dir_fd=self._fd)
        except FileNotFoundError:
            return None
        except PermissionError:
            return Unfit(f"It may not be read by the user Dragoman runs as (uid {os.geteuid()}).")
        except OSError:
            return None  # no longer a file: a link, a socket
        with os.fdopen(fd, "rb") as file:
            if not self._is_still(lying, fd):
                return None
            if lying.stamp.size > most:
                return Unfit(f"It has {lying.stamp.size:,} bytes, more than the {most:,} that are taken in.")
            try:
                body = file.read(most + 1)
            except OSError as error:
                return Unfit(f"The disk does not give it: {error.strerror}.")
            return body if len(body) == lying.stamp.size and self._is_still(lying, fd) else None

    def _is_still(self, lying: Lying, fd: int) -> bool:
        status = os.fstat(fd)
        return stat.S_ISREG(status.st_mode) and _stamp(status) == lying.stamp

    def put_away(self, lying: Lying, to: str = DONE, *, why: str = "") -> bool:
        """Move the file into ``done/`` or ``refused/``, with the reason in a file beside it; False where that failed.

        A file that has changed meanwhile stays where it is: it is new copy.
        """
        try:
            if self._lying(lying.name) != lying:
                return True
            target = self._subfolder(to)
            try:
                name = _free_name(target, lying)
                if why:
                    _write(target, f"{name}.why.txt", f"{lying.shown}\n{why}\n")
                os.rename(lying.name, name, src_dir_fd=self._fd, dst_dir_fd=target)
            finally:
                os.close(target)
        except OSError:
            return False
        return True

    def _subfolder(self, name: str) -> int:
        with suppress(FileExistsError):
            os.mkdir(name, dir_fd=self._fd)
        return os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=self._fd)


def is_unfinished(name: str) -> bool:
    return name.startswith(".") or name.lower().endswith(UNFINISHED)


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)


def _free_name(folder: int, lying: Lying) -> str:
    taken = frozenset(os.listdir(folder))
    return next(name for name in names_for(lying) if name not in taken and f"{name}.why.txt" not in taken)


def names_for(lying: Lying) -> list[str]:
    """What a file may be called where it is put away: its own name, then with a mark before its suffix."""
    own = lying.name.rpartition("/")[2]
    stem, suffix = os.path.splitext(own)
    mark = hashlib.sha256(repr((lying.name, lying.stamp)).encode("utf-8", "surrogatepass")).hexdigest()
    return _short([own, *(f"{stem}.{mark[:length]}{suffix}" for length in (8, 16)), mark])


def _short(names: Sequence[str]) -> list[str]:
    return [name for name in names if len(os.fsencode(name)) <= _LONGEST_NAME - len(".why.txt")]


def _write(folder: int, name: str, text: str) -> None:
    fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644, dir_fd=folder)
    with os.fdopen(fd, "w", encoding="utf-8") as file:
        file.write(text)
