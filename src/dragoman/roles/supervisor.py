"""The supervisor: keeps the database, forks the roles, restarts what dies, ends everything cleanly. One thread, for ever.

start   database, migrations, sockets, then a fork for each role: nothing that makes threads exists before
watch   a role that dies is restarted, visibly, after a pause that grows; the database likewise
end     SIGTERM or Ctrl-C: SIGTERM to the roles, 12 s, SIGKILL; then the database
"""

import ctypes
import errno
import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import structlog
from msgspec import Struct

from dragoman import formats
from dragoman.config import Config
from dragoman.model.errors import Conflict, DragomanError, Misconfigured
from dragoman.roles import deliver, link, media, pipeline, read, receive, release, web
from dragoman.roles.post import Post
from dragoman.store.db.account import Account, become, holds_for
from dragoman.store.db.cluster import Cluster
from dragoman.store.db.database import Database
from dragoman.store.db.migrate import migrate

log = structlog.get_logger("supervisor")

ROLES: dict[str, Callable[[Post], None]] = {
    "receive": receive.run,
    "pipeline": pipeline.run,
    "release": release.run,
    "deliver": deliver.run,
    "express-pipeline": pipeline.run_express,
    "express-deliver": deliver.run_express,
    "media": media.run,
    "read": read.run,
    "link": link.run,
    "web": web.run,
}
NICE = {"deliver": 10, "media": 10, "read": 10, "link": 10}
"""Handing over the usual copy gives way to kills and flashes, and to the people on the pages. Filing does not: it holds the
lock of the order, and whoever has that must not be kept waiting."""
GRACE_S, LOOK_S, GUEST_S, ORPHANS_S = 12.0, 1.0, 3.0, 6.0
FIRST_PAUSE_S, LONGEST_PAUSE_S, SETTLED_S = 0.2, 10.0, 60.0


class _Child(Struct, kw_only=True):
    role: str
    pid: int = 0
    born: float = 0.0
    restarts: int = 0
    failures: int = 0
    due: float = 0.0


def serve(
    config: Config, database: Database, roles: Sequence[str] = (), *, ready: Callable[[Config], None] = lambda _: None
) -> None:
    """Serve until SIGTERM or SIGINT. `ready` is told the settings as they are in force, the port included.

    Raises:
        Misconfigured: an unknown role, a database that is not ours.
        Conflict: the address is taken, or another Dragoman serves this data directory.
    """
    wanted = _wanted(roles or config.roles)
    sockets = [_bind(config)] if "web" in wanted else []
    config = _with_port(config, sockets)
    _start(database)
    try:
        migrate(database.conninfo("owner"))
        _Supervisor(config, database, wanted, sockets).run(ready)
    finally:
        database.stop()
        for bound in sockets:
            bound.close()


def _start(database: Database) -> None:
    """Start the database; a command that holds it for a moment is waited for.

    Raises:
        Conflict: another Dragoman serves this data directory.
    """
    until = time.monotonic() + GUEST_S
    while True:
        try:
            return database.start()
        except Conflict:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _wanted(roles: Sequence[str]) -> list[str]:
    unknown = [role for role in roles if role not in ROLES]
    if unknown:
        raise Misconfigured(f"There is no role {unknown[0]!r}", hint=f"Roles: {', '.join(ROLES)}.")
    # Kills and flashes have processes of their own; nobody who asks for the usual ones may forget them.
    asked = {*roles, *(f"express-{role}" for role in roles)}
    return [role for role in ROLES if not roles or role in asked]


def _bind(config: Config) -> socket.socket:
    """The socket of pages and API. The roles of a supervisor that was killed hold its address until they have ended: they are
    waited for.

    Raises:
        Conflict: the address is taken.
    """
    host, _, port = config.web.listen.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise Misconfigured(
            "web.listen is not host:port", config.web.listen, hint="As in 127.0.0.1:8080 or [::1]:8080."
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol by name: asyncio switches Nagle's waiting off only where it sees it, 40 ms an answer otherwise.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    until = time.monotonic() + ORPHANS_S
    try:
        while True:
            try:
                bound.bind((host.strip("[]"), int(port)))
                break
            except OSError as error:
                if error.errno != errno.EADDRINUSE or time.monotonic() > until:
                    raise
                time.sleep(0.1)
        bound.listen(1024)
    except OSError as error:
        bound.close()
        raise Conflict(
            f"The address {config.web.listen} cannot be listened on",
            error.strerror or str(error),
            hint="Stop what listens there, or set web.listen in dragoman.toml to another port.",
            kept="Nothing was started.",
        ) from error
    bound.set_inheritable(True)
    return bound


def _with_port(config: Config, sockets: list[socket.socket]) -> Config:
    if not sockets or not config.web.listen.endswith(":0"):
        return config
    listen = f"{config.web.listen.rpartition(':')[0]}:{sockets[0].getsockname()[1]}"
    return msgspec.structs.replace(config, web=msgspec.structs.replace(config.web, listen=listen))


class _Supervisor:
    def __init__(self, config: Config, database: Database, roles: list[str], sockets: list[socket.socket]) -> None:
        self._config, self._database, self._sockets = config, database, sockets
        self._children = [_Child(role=role) for role in roles]
        self._account = database.account
        self._user = _role_user(config, self._account)
        self._told = False

    def run(self, ready: Callable[[Config], None]) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._tell)
        formats.prepare()
        gc.collect()
        gc.disable()
        gc.freeze()
        try:
            for child in self._children:
                self._start(child)
            ready(self._config)
            while not self._told:
                self._look()
                time.sleep(0.1 if any(not child.pid for child in self._children) else LOOK_S / 4)
        finally:
            self._end()
            gc.enable()

    def _tell(self, *_: object) -> None:
        self._told = True

    def _look(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.pid:
                self._reap(child, now)
            elif now >= child.due:
                self._start(child)
        health = self._database.restart_if_dead()
        if not health.serving:
            log.error("the database is not serving", reason=health.reason)

    def _start(self, child: _Child) -> None:
        if threading.active_count() != 1:
            raise Misconfigured("A thread was started before the roles were forked", str(threading.enumerate()))
        post = Post(
            role=child.role,
            config=self._config,
            newsroom=self._database.conninfo("newsroom"),
            partner=self._database.conninfo("partner"),
            sockets=self._sockets,
            user=(self._account.uid, self._account.gid) if self._account else None,
            restarts=child.restarts,
            nice=NICE.get(child.role, 0),
            owns_database=isinstance(self._database, Cluster),
            intake_refused=lambda: self._database.intake_refused,
        )
        sys.stdout.flush()
        sys.stderr.flush()
        child.born = time.monotonic()
        child.pid = os.fork()
        if child.pid == 0:
            _live(post, self._user)

    def _reap(self, child: _Child, now: float) -> None:
        pid, status = os.waitpid(child.pid, os.WNOHANG)
        if not pid:
            return
        child.failures = 0 if now - child.born > SETTLED_S else child.failures + 1
        pause = min(FIRST_PAUSE_S * 2 ** (child.failures - 1), LONGEST_PAUSE_S) if child.failures else 0.0
        child.pid, child.due, child.restarts = 0, now + pause, child.restarts + 1
        log.error("a role died, it is restarted", role=child.role, pid=pid, ended=_how(status), restarts=child.restarts)

    def _end(self) -> None:
        alive = [child for child in self._children if child.pid]
        for child in alive:
            _signal(child.pid, signal.SIGTERM)
        until = time.monotonic() + GRACE_S
        while alive and time.monotonic() < until:
            alive = [child for child in alive if not os.waitpid(child.pid, os.WNOHANG)[0]]
            time.sleep(0.02)
        for child in alive:
            log.error("a role did not stop in time", role=child.role)
            _signal(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)


def _live(post: Post, user: Account | None) -> None:
    """A role's whole life, in its own process; never returns."""
    code = 1
    try:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        if user is not None:
            become(user)
        _die_with_parent()
        os.nice(post.nice)
        gc.enable()
        ROLES[post.role](post)
        code = 0
    except DragomanError as error:
        log.error(error.title, role=post.role, detail=error.detail, hint=error.hint, id=error.id)
    except BaseException as error:
        log.error("role failed", role=post.role, exc_info=error)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG; after setuid, which clears it
        if os.getppid() == 1:
            os.kill(os.getpid(), signal.SIGTERM)


def _role_user(config: Config, account: Account | None) -> Account | None:
    """Who the roles become when we are root: the service user, if it can read this program and the node's own files."""
    if account is None:
        return None
    for ours in (config.keys, config.folder / "bytes"):
        if ours.exists():
            os.chown(ours, account.uid, account.gid)
    places = (Path(sys.prefix), Path(os.__file__).parent, Path(__file__).parent, config.keys)
    if holds_for(account, lambda: all(os.access(place, os.R_OK) for place in places)):
        return account
    log.warning(
        "the roles stay root: the service user cannot read the program or the data directory; "
        "strangers' bytes are still decoded as that user",
        user=account.name,
        folder=str(config.folder),
    )
    return None


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _how(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"exit {os.waitstatus_to_exitcode(status)}"
