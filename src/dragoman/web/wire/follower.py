"""One follower a process: it listens to the log, reads what is new once, and every open page takes it from there."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
import structlog

from dragoman.model.errors import DragomanError
from dragoman.store import items
from dragoman.store.connect import LOG, borrowed
from dragoman.store.items import Filed
from dragoman.web.site import Site

_log = structlog.get_logger("dragoman.web")
POLL_S = 2.0
KEPT = 500
"""Versions remembered for pages that are a little behind; one that is further behind is told to load again."""


class Follower:
    """What has come in lately, in order. `changed` is set, and replaced, whenever there is more."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._recent: deque[Filed] = deque(maxlen=KEPT)
        self._position: int | None = None
        self._floor = 0
        self.changed: asyncio.Event = asyncio.Event()
        self.readers = 0

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._follow(), name="wire follower")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def since(self, sequence: int) -> tuple[list[Filed], bool]:
        """Versions after `sequence`, oldest first, and whether some in between are no longer remembered."""
        return [one for one in self._recent if one.version.sequence > sequence], sequence < self._floor

    async def _follow(self) -> None:
        while True:
            try:
                await self._listen()
            except (psycopg.Error, DragomanError, OSError) as error:  # it is away: open pages go on when it is back
                _log.warning("the wire follower lost the database", error=str(error)[:200])
                await asyncio.sleep(POLL_S)

    async def _listen(self) -> None:
        conninfo = self._site.newsroom.conninfo
        conn = await psycopg.AsyncConnection.connect(
            conninfo if isinstance(conninfo, str) else conninfo(), autocommit=True, application_name="dragoman-follower"
        )
        async with conn:
            await conn.execute(f"listen {LOG}")
            while True:
                if self.readers or self._position is None:
                    await self._read()
                # The notice may have been lost, or nobody may have sent one: look again all the same.
                async for _ in conn.notifies(timeout=POLL_S, stop_after=1):
                    pass

    async def _read(self) -> None:
        found = await asyncio.to_thread(self._newest)
        if found:
            self._recent.extend(found)
            if len(self._recent) == KEPT:
                self._floor = self._recent[0].version.sequence - 1
            event, self.changed = self.changed, asyncio.Event()
            event.set()

    def _newest(self) -> list[Filed]:
        with borrowed(self._site.newsroom) as conn:
            if self._position is None:
                self._position = self._floor = items.latest_sequence(conn)
                return []
            found, _ = items.newest(conn, after=self._position, limit=KEPT, every_version=True)
            if found:
                self._position = found[0].version.sequence
            return found[::-1]
