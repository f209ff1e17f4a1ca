"""The loop of the pictures: files that are named and not here are fetched, what is here is developed, one at a time.

fetch    from the arrival it came as, or from the agency's node; its digest is compared; kept; then it counts
develop  renditions first to look at, then the one for print, each in a process of its own
"""

import asyncio
import random
from contextlib import suppress
from datetime import UTC, datetime

import structlog

from dragoman.media import darkroom, fetching
from dragoman.media.keeping import put_away
from dragoman.model.arrival import Hints
from dragoman.model.errors import Damaged, DragomanError, TryAgain
from dragoman.net.connector import Connector
from dragoman.roles.post import Beats, Post, Stop, patiently, until_told
from dragoman.store import agencies
from dragoman.store import darkroom as queue
from dragoman.store.connect import Connection, translated
from dragoman.store.darkroom import Undeveloped, Wanted
from dragoman.trust.keyfile import LiveKeys

log = structlog.get_logger("media")
LOOK_S = 0.5
SIDE_BY_SIDE = 4


def run(post: Post) -> None:
    """Until SIGTERM; what is under way then is begun again when its lease has run out."""
    stop = Stop()
    patiently(post, lambda: asyncio.run(_run(post)), stop)


async def _run(post: Post) -> None:
    stopping = asyncio.Event()
    told = asyncio.create_task(until_told(stopping))
    conn = post.open()
    try:
        async with post.connector() as connector:
            await Pictures(post, conn, connector).run(stopping)
    finally:
        told.cancel()
        conn.close()


class Pictures:
    """The loop; its connection is used in the event loop alone, whoever waits for disk or darkroom."""

    def __init__(self, post: Post, conn: Connection, connector: Connector) -> None:
        self._post, self._conn, self._connector = post, conn, connector
        self._files, self._keys = post.files(), LiveKeys(post.config.keys)
        self._beats = Beats(conn, post)
        self._done = 0

    async def run(self, stopping: asyncio.Event) -> None:
        """Work off what there is until `stopping`.

        Raises:
            TryAgain: the database is away; begin again.
        """
        while not stopping.is_set():
            worked = 0 if self._post.intake_refused() else await self.turn()
            self._beats.beat(f"{self._done} files since start")
            if not worked:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_S):
                        await stopping.wait()

    async def turn(self) -> int:
        """Fetch a few, develop one; how many of both."""
        with translated():
            wanted = queue.claim_wanted(self._conn, SIDE_BY_SIDE)
            undeveloped = queue.claim_undeveloped(self._conn, 1)
        for outcome in await asyncio.gather(*(self._fetch(one) for one in wanted), return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome
        for one in undeveloped:
            await self._develop(one)
        self._done += len(wanted) + len(undeveloped)
        return len(wanted) + len(undeveloped)

    async def _fetch(self, wanted: Wanted) -> None:
        now = datetime.now(UTC)
        try:
            body = await self._bytes(wanted, now)
            await asyncio.to_thread(self._files.put, body)
        except DragomanError as error:
            self._not_fetched(wanted, error)
            return
        with translated(), self._conn.transaction():
            agency = agencies.agency(self._conn, wanted.agency)
            queue.arrived(self._conn, wanted.digest, agency.id, len(body))

    async def _bytes(self, wanted: Wanted, now: datetime) -> bytes:
        if wanted.arrival is None:
            return await fetching.fetch(self._connector, self._keys(), wanted, now)
        with translated():
            body = queue.kept_already(self._conn, wanted, self._files)
        fetching.check(wanted, body)
        return body

    def _not_fetched(self, wanted: Wanted, error: DragomanError) -> None:
        log.warning("file not fetched", digest=wanted.digest, agency=wanted.agency, why=str(error), tries=wanted.tries)
        with translated():
            again = fetching.again(wanted.tries, random.uniform(-1.0, 1.0))
            queue.not_fetched(self._conn, wanted, str(error), again)

    async def _develop(self, one: Undeveloped) -> None:
        if one.tries > queue.MOST_TRIES:
            self._not_developed(one, "it has ended whoever developed it")
            return
        names = darkroom.PRINT if one.for_print else darkroom.SMALL
        try:
            body = await asyncio.to_thread(self._files.get, one.digest)
            result = await asyncio.to_thread(darkroom.develop, body, Hints(media_type=one.media_type), names)
            if result.problem or result.unit.item is None:
                problem = result.problem or result.unit.problem
                self._not_developed(one, f"{problem.title}: {problem.detail}" if problem else "")
                return
            made = await asyncio.to_thread(put_away, self._files, result.made)
        except Damaged as error:
            self._not_developed(one, str(error))
            return
        except TryAgain as error:  # the disk: its lease runs out, and it comes again
            log.error("renditions not kept", digest=one.digest, why=str(error))
            return
        there = result.unit.item.renditions[0]
        with translated(), self._conn.transaction():
            queue.developed(
                self._conn,
                one.digest,
                made,
                width=there.width,
                height=there.height,
                for_print=one.for_print,
                provenance=result.provenance,
            )

    def _not_developed(self, one: Undeveloped, why: str) -> None:
        log.warning("no rendition", digest=one.digest, why=why)
        with translated():
            queue.not_developed(self._conn, one, why)
