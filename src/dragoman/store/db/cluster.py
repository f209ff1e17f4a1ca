"""Our own PostgreSQL in a data directory: started, watched, brought back, stopped, by one supervisor."""

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
import psycopg
from psycopg.conninfo import make_conninfo

from dragoman.model.errors import Conflict, DragomanError, Misconfigured, TryAgain
from dragoman.store.db.account import Account, owner_of, service_account
from dragoman.store.db.binaries import CACHE, programs
from dragoman.store.db.database import DATABASE, Database, Health, Role
from dragoman.store.db.initdb import check_release, create_cluster
from dragoman.store.db.lock import Lock
from dragoman.store.db.place import ELSEWHERE, Place, make_place, place_of, socket_folder
from dragoman.store.db.remnants import clear_remnants
from dragoman.store.db.reserve import DEFAULT, SEGMENT, Reserve
from dragoman.store.db.roles import ROLE_NAMES, provide_database, provide_roles
from dragoman.store.db.secrets import Secrets, new_secrets, read_secrets, write_secrets
from dragoman.store.db.server import Server

_START_S = 600.0  # recovery after a crash replays the log first
_RESTART_S = 5.0  # the supervisor has other children to look after; it asks again


class Cluster:
    """The database of `data_dir`. Making one touches nothing; `start` does, and only one process can have it started.

    A process that did not start it (a command beside a running node, a forked role) may use `conninfo` and
    `intake_refused`. `settings` are PostgreSQL's own and go over ours.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        settings: Mapping[str, str] | None = None,
        reserve_bytes: int = DEFAULT,
        elsewhere: Path = ELSEWHERE,
        cache: Path = CACHE,
    ) -> None:
        self.data_dir = Path(data_dir).resolve()
        self._settings = dict(settings or {})
        self._reserve_bytes = reserve_bytes
        self._elsewhere = elsewhere
        self._cache = cache
        self._place = place_of(self.data_dir)
        self._lock = Lock(self._place.lock)
        self._pid = 0  # of the process that started it
        self._account: Account | None = None
        self._programs: Path | None = None
        self._secrets: Secrets | None = None
        self._server: Server | None = None
        self._restarts = 0

    maintainer: Role = "admin"

    def start(self) -> None:
        """Serve, from whatever state the last run left. See `Database.start` for what it raises."""
        if self._server is not None:
            return
        with _clear_errors(self.data_dir):
            self.data_dir.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
            self._lock.hold()
            self._pid = os.getpid()
            try:
                self._prepare()
                self._serve()
                self._provide()
                self._reserve.take()
            except BaseException:
                self.stop()
                raise

    def stop(self) -> None:
        """Stop the server and let the data directory go. In a forked child, and a second time: nothing."""
        if self._pid != os.getpid():
            return
        if self._server is not None:
            self._server.stop()
            self._server = None
        if self._secrets and self._secrets.socket:
            with suppress(OSError):
                Path(self._secrets.socket).rmdir()
        self._lock.release()
        self._pid = 0

    def poll(self) -> Health:
        """How it is now. Gives the reserve up when the volume has no room for more log, and takes it back when twice
        its size is free: in between intake is refused and deliveries go on.
        """
        if self._server is None:
            return Health(serving=False, intake_refused=True, reason="not started")
        try:
            return self._look(self._server)
        except OSError as error:  # the volume went away: to be told, not to take the supervisor down
            return Health(False, True, self._restarts, reason=f"{self._place.home}: {error.strerror or error}")

    def restart_if_dead(self) -> Health:
        """`poll`, after one attempt to bring a dead server back; gives the reserve up when the volume is full."""
        if self._server is not None and not self._server.is_running:
            self._restarts += 1
            try:
                self._bring_up(_RESTART_S)
            except (DragomanError, OSError) as error:
                return msgspec.structs.replace(self.poll(), reason=str(error))
        return self.poll()

    def conninfo(self, role: Role, database: str | None = None) -> str:
        """The socket's address for `role`. Raises: Misconfigured when no database was ever made here."""
        secret = self._secrets or read_secrets(self._place.secrets)
        if secret is None or not secret.socket:
            raise Misconfigured(
                "There is no database here yet", str(self.data_dir), hint="Run dragoman init, then dragoman serve."
            )
        return make_conninfo(
            host=secret.socket,
            port=5432,
            user=ROLE_NAMES[role],
            password=secret.passwords[role],
            dbname=database or DATABASE,
            client_encoding="UTF8",
            connect_timeout=10,
        )

    def tool(self, name: str, conninfo: str) -> Path:
        """The wheel's own `name`, where the service user can run it; `conninfo` is always a socket of ours."""
        return (self._programs or programs(self.account, self._cache)) / name

    @property
    def intake_refused(self) -> bool:
        """Whether the reserve is spent; one look at the file system."""
        return not self._reserve.is_kept

    @property
    def account(self) -> Account | None:
        """Whoever owns the cluster, else whoever would serve it; None when we are not root."""
        if self._account is None and os.geteuid() == 0:
            kept = self._place.cluster
            self._account = owner_of(kept) if kept.exists() else service_account()
        return self._account

    @property
    def _reserve(self) -> Reserve:
        return Reserve(self._place.reserve, self._reserve_bytes)

    def _look(self, server: Server) -> Health:
        ready = server.is_ready
        free, total = self._reserve.volume()
        if ready and free < SEGMENT:
            self._reserve.release()  # before the log needs room that is not there
        elif ready:
            self._reserve.take()
            server.trim_log()
        refused = not self._reserve.is_kept
        return Health(ready, refused, self._restarts, free, total, self._reason(ready, refused, free))

    def _prepare(self) -> None:
        """Everything a launch needs: account, place, programs, secrets and a cluster of the right release."""
        account = self.account
        self._place = make_place(self.data_dir, account, self._elsewhere)
        self._programs = programs(account, self._cache)
        known = read_secrets(self._place.secrets)
        if self._place.cluster.exists():
            _check_ours(self._place, account, known)
            check_release(self._place.cluster)
        self._secrets = known or new_secrets()
        self._listen()
        if not self._place.cluster.exists():
            create_cluster(self._programs, self._place, account, self._secrets.passwords["admin"])
        self._server = Server(self._programs, self._place, account, self._settings)

    def _listen(self) -> Path:
        """The socket's folder, written down beside the passwords when it is a new one."""
        assert self._secrets is not None
        socket = socket_folder(self._secrets.socket, self._account)
        if self._secrets.socket != str(socket):
            self._secrets = msgspec.structs.replace(self._secrets, socket=str(socket))
            with _room_made(self._reserve):
                write_secrets(self._place.secrets, self._secrets)
        return socket

    def _serve(self) -> None:
        if not self._bring_up(_START_S):
            assert self._server is not None
            full = " Free some disk space first." if self._reserve.is_volume_full() else ""
            raise TryAgain(
                "PostgreSQL did not start",
                self._server.last_words() or "it said nothing",
                hint=f"Its log is {self._place.log}.{full}",
                kept="everything that was stored",
            )

    def _bring_up(self, within_s: float) -> bool:
        """Launch, and once more without the reserve when the volume is full; whether it is ready in time."""
        if self._launched(within_s):
            return True
        if self._server is None or self._server.is_running or not self._is_full():
            return False
        return self._reserve.release() and self._launched(within_s)

    def _launched(self, within_s: float) -> bool:
        assert self._server is not None
        clear_remnants(self._place.cluster)
        self._server.launch(self._listen())
        return self._server.wait_ready(within_s)

    def _is_full(self) -> bool:
        assert self._server is not None
        return self._reserve.is_volume_full() or os.strerror(errno.ENOSPC) in self._server.last_words()

    def _provide(self) -> None:
        assert self._secrets is not None
        try:
            with psycopg.connect(self.conninfo("admin", "postgres"), autocommit=True) as connection:
                provide_roles(connection, self._secrets.passwords)
                provide_database(connection, DATABASE)
        except psycopg.OperationalError as error:
            raise TryAgain(
                "The database does not let us in",
                str(error).strip(),
                hint=f"Does {self._place.secrets} belong to this database? Its log is {self._place.log}.",
            ) from error

    def _reason(self, ready: bool, refused: bool, free: int) -> str:
        assert self._server is not None
        if not ready:
            return self._server.last_words() or ("starting" if self._server.is_running else "stopped unexpectedly")
        if refused:
            needed = 2 * self._reserve.size >> 20
            return f"the disk is full: {free >> 20} MB free on {self._place.home}, intake resumes at {needed} MB"
        return ""


@contextmanager
def serving(database: Database) -> Iterator[None]:
    """`database` serves inside the block: the running one if there is one, else started for as long as it lasts."""
    with suppress(Conflict):  # another process serves it: its address is ours to use
        database.start()
    try:
        yield
    finally:
        database.stop()


def _check_ours(place: Place, account: Account | None, known: Secrets | None) -> None:
    owner = owner_of(place.cluster)
    if owner.uid == 0 or (account is None and owner.uid != os.geteuid()):
        raise Misconfigured(
            "The database belongs to another user",
            f"{place.cluster} is owned by {owner.name}",
            hint="Run Dragoman as that user, or as root." if owner.uid else "Give it to an ordinary user (chown -R).",
        )
    if known is None:
        raise Misconfigured(
            "The database's passwords are missing",
            f"{place.cluster} exists, {place.secrets} does not",
            hint="Put database.json back from a copy of the data directory, or restore a backup into a new one.",
        )


@contextmanager
def _room_made(reserve: Reserve) -> Iterator[None]:
    """Let a small write that failed for want of room pass: the server can start without it, and must."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        reserve.release()


@contextmanager
def _clear_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        title, detail = "The data directory cannot be used", f"{where}: {error.strerror or error}"
        if error.errno == errno.ENOSPC:
            raise TryAgain("The disk is full", detail, hint="Free some space on it.") from error
        raise Misconfigured(title, detail, hint="It must be a folder the user that runs Dragoman can write.") from error
