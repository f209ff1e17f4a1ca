"""Where a node's database lies: in its data directory, or elsewhere when the service user cannot enter that."""

import hashlib
import os
import tempfile
from pathlib import Path

import msgspec

from dragoman.model.errors import Misconfigured
from dragoman.store.db.account import Account, holds_for
from dragoman.store.db.secrets import sync_folder

ELSEWHERE = Path("/var/lib/dragoman")
_NOTE = "postgres-is-elsewhere.txt"
_NOTE_TEXT = """{home}

The database of this node lies in the folder named above. Dragoman was started by root, PostgreSQL must not run as
root, and the user it runs as could not enter this folder. Keep this file: without it the database is not found.
"""
_SOCKET = ".s.PGSQL.5432"
_SOCKET_LIMIT = 107  # bytes of a unix socket's path; one more and PostgreSQL does not start


class Place(msgspec.Struct, frozen=True):
    """The files of one node's database. `home` is on the write-ahead log's volume; the rest is small and ours."""

    data_dir: Path
    home: Path

    @property
    def cluster(self) -> Path:
        return self.home / "postgres"

    @property
    def reserve(self) -> Path:
        return self.home / "reserve"

    @property
    def secrets(self) -> Path:
        return self.data_dir / "database.json"

    @property
    def lock(self) -> Path:
        return self.data_dir / "database.lock"

    @property
    def log(self) -> Path:
        return self.data_dir / "postgres.log"


def place_of(data_dir: Path) -> Place:
    """Where the database of `data_dir` lies, or will lie if nothing was ever said about it."""
    try:
        home = Path((data_dir / _NOTE).read_text("utf-8").splitlines()[0])
    except (FileNotFoundError, IndexError):
        home = data_dir
    return Place(data_dir, home)


def make_place(data_dir: Path, account: Account | None, elsewhere: Path = ELSEWHERE) -> Place:
    """The place of `data_dir`'s database, chosen once and remembered, in folders that `account` can enter.

    Raises: Misconfigured when the database lies where `account` can no longer enter.
    """
    place = place_of(data_dir)
    if place.home == data_dir and not _enters(account, data_dir):
        if place.cluster.exists():
            raise Misconfigured(
                "The database lies in a folder its user cannot enter",
                f"{account.name if account else 'we'} cannot enter {data_dir}",
                hint=f"Let it pass through (chmod a+x {data_dir} and the folders above).",
            )
        place = Place(data_dir, _unused(elsewhere, data_dir))
        _remember(place)
    place.home.mkdir(mode=0o711, parents=True, exist_ok=True)
    return place


def socket_folder(known: str, account: Account | None) -> Path:
    """A short private folder for the socket, 0700 and the server's own: `known` if it still is one, else a new one.

    Nobody else's folder is ever used, whatever lies in /tmp. Raises: Misconfigured when none can be made.
    """
    if known and _is_private(Path(known), account):
        return Path(known)
    if known and _fits(Path(known)) and _made(Path(known), account):
        return Path(known)
    # Not TMPDIR first: it may be long. Not XDG_RUNTIME_DIR: it goes when the user logs out.
    for parent in ("/run", "/tmp", tempfile.gettempdir()):  # noqa: S108 - mkdtemp makes an unguessable 0700 folder
        folder = _new_folder(parent, account)
        if folder is not None:
            return folder
    raise Misconfigured(
        "There is no folder for the database's socket",
        f"Neither /run, /tmp nor {tempfile.gettempdir()} takes a folder with a path short enough for a socket.",
        hint="Make /tmp writable.",
    )


def _enters(account: Account | None, folder: Path) -> bool:
    return holds_for(account, lambda: os.access(folder, os.X_OK))


def _unused(elsewhere: Path, data_dir: Path) -> Path:
    """A folder no other database lies in: an older one, whose data directory is gone, is left alone."""
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    candidates = [elsewhere / name] + [elsewhere / f"{name}-{n}" for n in range(2, 1000)]
    return next(path for path in candidates if not path.exists())


def _remember(place: Place) -> None:
    # Written before the folder is made: a crash in between must not leave a database that nobody finds.
    note = place.data_dir / _NOTE
    with note.open("w", encoding="utf-8") as file:
        file.write(_NOTE_TEXT.format(home=place.home))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(place.data_dir)


def _new_folder(parent: str, account: Account | None) -> Path | None:
    try:
        folder = Path(tempfile.mkdtemp(prefix="dragoman-", dir=parent))
        if account is not None:
            os.chown(folder, account.uid, account.gid)
    except OSError:
        return None
    if _fits(folder) and _is_private(folder, account) and _enters(account, folder):
        return folder
    folder.rmdir()
    return None


def _made(folder: Path, account: Account | None) -> bool:
    try:
        folder.mkdir(mode=0o700)
        if account is not None:
            os.chown(folder, account.uid, account.gid)
    except OSError:
        return False
    return _is_private(folder, account)


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / _SOCKET)) <= _SOCKET_LIMIT


def _is_private(folder: Path, account: Account | None) -> bool:
    try:
        seen = folder.lstat()
    except OSError:
        return False
    uid = account.uid if account else os.geteuid()
    return (seen.st_mode & 0o170777) == 0o040700 and seen.st_uid == uid
