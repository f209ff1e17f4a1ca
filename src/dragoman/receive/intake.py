"""What every way in works with: the store, the connector, the box, a clock. Bytes and bookkeeping go in one transaction."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from dragoman.crash import crash
from dragoman.model.arrival import Unit
from dragoman.model.errors import Problem
from dragoman.net.connector import Connector
from dragoman.net.reply import Limits
from dragoman.receive.box import Box, Done
from dragoman.receive.decoding import Document, Job, encode_job, encode_jobs, read_decoded, read_split
from dragoman.store import feeds
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import ARRIVALS, Connection, Waker, translated
from dragoman.store.feeds import Feed

JITTER = 0.1
LONGEST = timedelta(hours=6)
_DOUBLINGS = 20


class LoopBox:
    """The box as an event loop uses it: one job at a time, nothing blocked while it works."""

    def __init__(self, box: Box) -> None:
        self._box, self._turn = box, asyncio.Lock()
        # The box outlives a loop: the number of a job that was left in it must not come again.
        self._jobs = time.monotonic_ns()

    async def split(self, job: Job) -> Document | None:
        """A feed's document taken apart; None where no format knows it, or it could not be read within limits."""
        done = await self._run("split", encode_job(job))
        return None if done.failure else read_split(done.answer)

    async def decode(self, job: Job) -> list[Unit]:
        """The units of one document; one with a problem where it ended its worker."""
        done = await self._run("decode", encode_jobs([job]))
        if not done.failure:
            return read_decoded(done.answer)[0].units
        problem = Problem(
            type="urn:dragoman:problem:poison",
            title="The bytes could not be decoded within limits",
            status=422,
            detail=done.failure,
        )
        return [Unit(index=0, problem=problem)]

    async def _run(self, kind: str, body: bytes) -> Done:
        async with self._turn:
            while not self._box.idle:  # a job whose asker has gone
                await self._collect()
            self._jobs += 1
            self._box.send(self._jobs, kind, body)
            while True:
                for done in await self._collect():
                    if done.job == self._jobs:
                        return done

    async def _collect(self) -> list[Done]:
        """What is done, after waiting a moment for it; the moment is short so that deadlines are kept."""
        loop, ready = asyncio.get_running_loop(), asyncio.Event()
        pipes = [pipe.fileno() for pipe in self._box.pipes]
        for fd in pipes:
            loop.add_reader(fd, ready.set)
        try:
            async with asyncio.timeout(0.25):
                await ready.wait()
        except TimeoutError:
            pass
        finally:
            for fd in pipes:
                loop.remove_reader(fd)
        return self._box.collect(0.0)


def _now() -> datetime:
    return datetime.now(UTC)


def _luck() -> float:
    return random.uniform(-1.0, 1.0)


class Intake(Struct, kw_only=True):
    """The tools of a way in. `luck` gives the jitter, from -1 to 1; the connection is used by this event loop alone."""

    conn: Connection
    files: ByteStore | None
    connector: Connector
    box: LoopBox
    waker: Waker
    limits: Limits = Limits()
    clock: Callable[[], datetime] = _now
    luck: Callable[[], float] = _luck

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Everything inside is committed together; then the pipeline is woken.

        Raises:
            TryAgain: the database is away or full; nothing of it happened.
        """
        with translated():
            with self.conn.transaction():
                yield self.conn
                crash("receive.before-commit")
            crash("receive.committed")
            self.waker.wake(ARRIVALS)

    def failed(self, feed: Feed, why: str, *, most: timedelta = LONGEST, at: datetime | None = None) -> None:
        """Record a poll that did not work; the next one is `at`, or after the feed's back-off."""
        again = at or self.clock() + back_off(feed, self.luck(), most=most)
        with translated():
            feeds.failed(self.conn, feed, printable(why, 500), again)


def rhythm(feed: Feed, luck: float) -> timedelta:
    """The time to the next poll after one that worked: `every`, give or take a tenth, so that feeds do not march."""
    return feed.every * (1 + JITTER * luck)


def back_off(feed: Feed, luck: float, *, most: timedelta = LONGEST) -> timedelta:
    """The time to the next poll after one more failure: doubled with each, up to `most` (or `every`, if that is longer)."""
    # Capped before it is multiplied: a feed may have failed for years.
    doubled = feed.every * (1 << min(feed.failures + 1, _DOUBLINGS))
    return min(doubled, max(most, feed.every)) * (1 + JITTER * luck)


def printable(text: str, longest: int) -> str:
    """`text` as a column and a page can show it: control characters and lone surrogates escaped, not too long."""
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return safe[:longest]
