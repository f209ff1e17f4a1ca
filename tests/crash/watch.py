"""The watch over one run: asks the node's database, waits, notes who died, and lets the time pass that the rest waits for.

Nobody sleeps through a lease: once a role has died, the leases it had taken are ended as a minute would have ended them.
"""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psycopg

from dragoman.model.errors import Conflict, TryAgain
from dragoman.store.connect import Connection

from .lines import Died, Line
from .node import Served, Waited

T = TypeVar("T")
LEASE_S = 60
TEND_S = 0.1
CLOCK_S = 0.1
"""How much a file's time may be behind the clock (it is the kernel's last tick); a role comes back later than this."""
ALL = {"arrival": "true", "lane": "true", "letter": "true"}
LEASED = {
    "pipeline": {"arrival": "true"},
    "express-pipeline": {"arrival": "true"},
    "deliver": {"lane": "not express", "letter": "true"},
    "express-deliver": {"lane": "express"},
    "supervisor": ALL,
    "database": ALL,
}
"""What is leased by whom: tables, and which of their rows. The other roles lease nothing."""
HASTEN = tuple(
    f"with late as (select tableoid, ctid from {table} where {late} for update skip locked)"
    f" update {table} x set due = now() from late where x.tableoid = late.tableoid and x.ctid = late.ctid"
    for table, late in (
        ("delivery", "state = 'retry' and reason <> 'embargo' and due > now()"),
        ("lane", "due > now() and due < 'infinity'"),
        ("letter", "state = 'pending' and due > now()"),
    )
)


class Watch:
    """Over the run that began now and has until `until` (monotonic); `once` is made by whoever dies."""

    def __init__(self, once: Path, lines: list[Line], until: float) -> None:
        self.served: Served | None = None
        self.began = time.time()
        self.last_seen = ""
        """What was still waited for, for whoever looks into it."""
        self._once, self._lines, self._until = once, lines, until
        self._conn: Connection | None = None
        self._tended = 0.0
        self._died = ""

    def wait(self, happened: Callable[[], bool], what: str) -> None:
        """Until it has happened.

        Raises:
            Waited: the run's time is over.
        """
        while not happened():
            if time.monotonic() > self._until or self._has_ended():
                raise Waited(f"waited in vain for {what}. {self.last_seen}")
            self.tend()
            time.sleep(0.02)

    def asking(self, act: Callable[[Connection], T]) -> T:
        """What `act` gives, tried again while the database is away or others are at the item."""
        while True:
            try:
                if self._conn is None or self._conn.closed:
                    assert self.served is not None
                    self._conn = self.served.open()
                return act(self._conn)
            except (TryAgain, psycopg.OperationalError, Conflict) as error:
                if time.monotonic() > self._until or self._has_ended():
                    raise Waited(f"the database did not do it: {error}") from error
            time.sleep(0.05)

    def _has_ended(self) -> bool:
        """Has the whole node, of itself?"""
        return self.served is not None and self.served.process.poll() is not None

    def tend(self) -> None:
        """Let time pass for those who wait: the leases of the dead run out, and what is to be tried again is due."""
        if time.monotonic() - self._tended < TEND_S:
            return
        self._tended = time.monotonic()
        with contextlib.suppress(psycopg.OperationalError, TryAgain):
            self._note_deaths()
            if self._died:
                self._age_leases()
            for statement in HASTEN:
                self.asking(lambda conn, s=statement: conn.execute(s.encode()))  # type: ignore[misc]

    def _note_deaths(self) -> None:
        """A role that has been restarted had died when the file was made."""
        if self._died or not self._once.exists():
            return
        row = self.asking(
            lambda conn: conn.execute(
                "select role from role_state where restarts > 0 and started > to_timestamp(%s)", (self.began,)
            ).fetchone()
        )
        if row:
            self._died = row[0]
            self._lines.append(Died(role=row[0], at=self._once.stat().st_mtime))

    def _age_leases(self) -> None:
        """Those taken before the death: the next minute is over."""
        last = self._once.stat().st_mtime + LEASE_S + CLOCK_S
        for table, which in LEASED.get(self._died, {}).items():
            statement = (
                f"with over as (select ctid from {table} where {which} and until > now() and until <= to_timestamp(%s)"
                f" for update skip locked)"
                f" update {table} x set until = now() - interval '1 second' from over where x.ctid = over.ctid"
            )
            self.asking(lambda conn, s=statement: conn.execute(s.encode(), (last,)))  # type: ignore[misc]

    def serve_again(self, served: Served, died: bool) -> None:
        """The node has been started anew; where all of it `died`, that is noted."""
        self.served = served
        if self._conn is not None:
            self._conn.close()
        if died:
            self.has_died("supervisor")

    def has_died(self, role: str) -> None:
        """Note it: leases taken until now are a dead one's."""
        self._once.touch()
        self._died = role
        self._lines.append(Died(role=role, at=self._once.stat().st_mtime))

    def server(self) -> int:
        """The process of the node's PostgreSQL: it is the parent of our connection's."""
        row = self.asking(lambda conn: conn.execute("select pg_backend_pid()").fetchone())
        assert row is not None
        return int(Path(f"/proc/{row[0]}/stat").read_text().rpartition(")")[2].split()[1])

    def server_started(self) -> object:
        """When the node's PostgreSQL was started."""
        return self.asking(lambda conn: conn.execute("select pg_postmaster_start_time()").fetchone())

    def close(self) -> None:
        if self._conn is not None:
            self._conn.close()
