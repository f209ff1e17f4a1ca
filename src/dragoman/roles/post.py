"""What a role is given when it starts: settings, keys, addresses of the store, and when to stop."""

import asyncio
import contextlib
import os
import select
import signal
import time
from collections.abc import Callable, Iterable
from typing import Any

import structlog
from msgspec import Struct

from dragoman.config import Config
from dragoman.model.errors import TryAgain
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.store import beats
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import EXPRESS, Connection, connect, elected, translated

log = structlog.get_logger("role")
BEAT_S, COURTESY_S = 5.0, 1.0


class Post(Struct, kw_only=True):
    """A role's post. Nothing in it is open yet: pools, loops and workers are made after the fork."""

    role: str
    config: Config
    newsroom: str
    partner: str
    sockets: list[Any] = []
    user: tuple[int, int] | None = None
    restarts: int = 0
    intake_refused: Callable[[], bool] = lambda: False
    nice: int = 0
    """How far this role gives way to the others, its database processes included where the database is our own."""
    owns_database: bool = False

    def files(self) -> ByteStore:
        return ByteStore(self.config.folder / "bytes")

    def open(self, *, lazily: bool = False) -> Connection:
        conn = connect(self.newsroom, name=f"dragoman-{self.role}", lazily=lazily)
        if self.nice and self.owns_database:
            with contextlib.suppress(OSError):  # not ours to say: then it is as it is
                os.setpriority(os.PRIO_PROCESS, conn.info.backend_pid, self.nice)
        return conn

    def listen(self, *channels: str) -> Connection:
        """A connection that is told of these wake-ups."""
        conn = connect(self.newsroom, name=f"dragoman-{self.role}-listen")
        with translated():
            for channel in channels:
                conn.execute(f"listen {channel}".encode())
        return conn

    def connector(self, *, per_host: int = 8, total: int = 512) -> Connector:
        return Connector(parse_allowed(self.config.net.allow), per_host=per_host, total=total)


class Stop:
    """Has SIGTERM come? A file to select on beside others, and a flag."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)
        self.asked = False
        signal.signal(signal.SIGTERM, self._ask)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C goes to all of us; the supervisor decides

    def _ask(self, *_: object) -> None:
        self.asked = True
        os.write(self._write, b"!")

    def fileno(self) -> int:
        return self._read

    def wait(self, timeout_s: float, others: Iterable[Any] = ()) -> list[Any]:
        """What of `others` can be read within `timeout_s` seconds; at once when we are to stop."""
        ready, _, _ = select.select([self, *others], [], [], max(0.0, timeout_s))
        return [other for other in ready if other is not self]


class Beats:
    """Writes the role's beat every few seconds."""

    def __init__(self, conn: Connection, post: Post) -> None:
        self._conn, self._post, self._last = conn, post, 0.0
        with translated():
            beats.started(conn, post.role, post.restarts)

    def beat(self, detail: str = "") -> None:
        now = time.monotonic()
        if now - self._last >= BEAT_S:
            self._last = now
            with translated():
                beats.beat(self._conn, self._post.role, detail)


def drain(listener: Connection) -> set[str]:
    """The channels on which wake-ups have come, without waiting."""
    with translated():
        return {woken.channel for woken in listener.notifies(timeout=0)}


class Courtesy:
    """Is a kill or a flash about? Then what is usual takes small steps, so that it is never long in anybody's way."""

    def __init__(self) -> None:
        self._until = 0.0

    def heard(self, channels: Iterable[str]) -> None:
        if EXPRESS in channels:
            self._until = time.monotonic() + COURTESY_S

    def __bool__(self) -> bool:
        return time.monotonic() < self._until


async def until_told(stopping: asyncio.Event) -> None:
    """Set `stopping` when SIGTERM comes, for a role that is an event loop."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stopping.set)
    loop.add_signal_handler(signal.SIGINT, lambda: None)
    await stopping.wait()


def on_wake(listener: Connection, wake: Callable[[set[str]], None]) -> None:
    """Call `wake` with the channels whenever the connection hears something, in the running event loop.

    A connection that has ended stops being watched: polling goes on underneath.
    """
    loop = asyncio.get_running_loop()
    pgconn = listener.pgconn
    fd = pgconn.socket

    def heard() -> None:
        channels = set[str]()
        try:
            pgconn.consume_input()
            while woken := pgconn.notifies():
                channels.add(woken.relname.decode())
        except Exception as error:
            loop.remove_reader(fd)
            log.warning("wake-ups lost, polling goes on", detail=str(error))
        wake(channels)

    loop.add_reader(fd, heard)


def alone(post: Post, stop: Stop, lock: int, work: Callable[[Beats], None]) -> None:
    """Do `work` where this process is the one elected by `lock`, of all that serve the database; else wait to take over."""
    conn = post.open()
    beats = Beats(conn, post)
    try:
        while not stop.asked:
            with elected(conn, lock) as chosen:
                if chosen:
                    work(beats)
                else:
                    beats.beat("another process does")
                    stop.wait(1.0)
    finally:
        conn.close()


def patiently(post: Post, work: Callable[[], None], stop: Stop) -> None:
    """Run `work` until it returns; when the database is away, say so, wait a second and begin again.

    Not once whoever started us is gone: the signal by which a supervisor's death is told may have come while an event loop
    that has ended since was listening for it.
    """
    parent = os.getppid()
    while not stop.asked and os.getppid() == parent:
        try:
            work()
            return
        except TryAgain as error:
            log.error("waiting for the database", role=post.role, detail=str(error))
            stop.wait(1.0)
