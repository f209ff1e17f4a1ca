"""Connections to the store: opened by role, errors wrapped once, wake-ups sent after the commit."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, LiteralString

import psycopg
from psycopg import errors as pg
from psycopg_pool import ConnectionPool

from dragoman.model.errors import DragomanError, TryAgain

Row = tuple[Any, ...]
Connection = psycopg.Connection[Row]
Pool = ConnectionPool[Connection]

ARRIVALS, DELIVERIES, LOG, LETTERS = "dragoman_arrivals", "dragoman_deliveries", "dragoman_log", "dragoman_letters"
PROJECTS = "dragoman_projects"
"""Records of a project have changed."""
EXPRESS = "dragoman_express"
"""Kills or flashes are on their way: what is usual goes in small steps for a while."""
WAKE_GAP_S = 0.004


def connect(conninfo: str, *, name: str = "dragoman", lazily: bool = False) -> Connection:
    """An autocommit connection in UTC; transactions are opened with ``conn.transaction()``.

    `lazily`: a commit does not wait for the disk. For what may be done again when the server dies: leases, attempts.

    Raises:
        TryAgain: the server is away or full.
    """
    options = "-c timezone=UTC" + (" -c synchronous_commit=off" if lazily else "")
    with translated():
        return psycopg.connect(conninfo, autocommit=True, application_name=name, options=options)


def open_pool(conninfo: str, *, name: str, size: int) -> Pool:
    """A pool of such connections, opened lazily; it starts threads, so only after the fork."""
    kwargs = {"autocommit": True, "application_name": name, "options": "-c timezone=UTC"}
    return ConnectionPool(conninfo, kwargs=kwargs, min_size=1, max_size=size, open=True, timeout=10, name=name)


@contextmanager
def borrowed(pool: Pool) -> Iterator[Connection]:
    """A connection of the pool, its errors in our words."""
    with translated(), pool.connection() as conn:
        yield conn


@contextmanager
def seen_by(pool: Pool, viewer: int) -> Iterator[Connection]:
    """A connection of the partner pool inside a transaction in which `viewer` (an agency's id) is the one who looks."""
    with translated(), pool.connection() as conn, conn.transaction():
        conn.execute("select set_config('app.viewer', %s, true)", (str(viewer),))
        yield conn


@contextmanager
def translated() -> Iterator[None]:
    """Database errors become ours: what is away or full is worth another try; the rest passes as it is."""
    try:
        yield
    except DragomanError:
        raise
    except pg.DiskFull as error:
        raise TryAgain(
            "The disk of the database is full",
            str(error).splitlines()[0],
            hint="Free space on the data directory's volume; intake goes on by itself.",
            kept="Everything that was acknowledged.",
        ) from error
    except (pg.DeadlockDetected, pg.SerializationFailure) as error:
        raise TryAgain(
            "Two acts stood in each other's way",
            str(error).splitlines()[0],
            hint="Do it again.",
            kept="Everything as it was before.",
        ) from error
    except (psycopg.OperationalError, psycopg.InterfaceError, TimeoutError) as error:
        detail = (str(error).splitlines() or [""])[0]
        raise TryAgain("The database does not answer", detail, hint="Look at `dragoman doctor`.") from error


def collided(error: TryAgain) -> bool:
    """Was the transaction undone because two stood in each other's way? Then nothing is away: it can be done again now."""
    return isinstance(error.__cause__, (pg.DeadlockDetected, pg.SerializationFailure))


class Waker:
    """Tells followers that there is work: after the commit, at most once every few milliseconds and channel.

    NOTIFY inside a writing transaction takes a lock shared by all commits and halves their rate; followers poll
    underneath, so a wake-up that is left out costs a poll's interval, never an item.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._last: dict[str, float] = {}

    def wake(self, *channels: LiteralString) -> None:
        now = time.monotonic()
        for channel in channels:
            if now - self._last.get(channel, 0.0) >= WAKE_GAP_S:
                self._last[channel] = now
                self._conn.execute(f"notify {channel}")


def wait_for(conn: Connection, timeout_s: float) -> bool:
    """True when a wake-up came within `timeout_s` seconds. The connection has said LISTEN."""
    woken = False
    with translated():
        for _ in conn.notifies(timeout=timeout_s, stop_after=1):
            woken = True
    return woken


@contextmanager
def elected(conn: Connection, lock: int) -> Iterator[bool]:
    """Do we hold this advisory lock, of all that serve the database? Until the block ends or the connection does."""
    row = conn.execute("select pg_try_advisory_lock(%s)", (lock,)).fetchone()
    chosen = bool(row and row[0])
    try:
        yield chosen
    finally:
        if chosen and not conn.closed:  # what is lost has let go of it
            with suppress(psycopg.Error):
                conn.execute("select pg_advisory_unlock(%s)", (lock,))
