"""One follower a process: it listens to the log, reads what is new once, and every open page takes it from there."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from dragoman.store import items, linking
from dragoman.store.connect import LOG, borrowed
from dragoman.store.items import Filed
from dragoman.store.linking import STORIES
from dragoman.web.listening import in_the_background, listen
from dragoman.web.site import Site

TOGETHER_S = 1.0
"""Stories that change within it are told to open pages at once."""
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
        self.stories = 0
        """Grows whenever stories have changed."""
        self._newest_linked: datetime | None = None
        self.readers = 0

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        stories = listen(
            self._site,
            STORIES,
            "dragoman-stories",
            self._look_at_stories,
            together_s=TOGETHER_S,
            woken=self._stories_changed,
        )
        async with (
            in_the_background(listen(self._site, LOG, "dragoman-follower", self._look), "wire follower"),
            in_the_background(stories, "stories follower"),
        ):
            yield

    def since(self, sequence: int) -> tuple[list[Filed], bool]:
        """Versions after `sequence`, oldest first, and whether some in between are no longer remembered."""
        return [one for one in self._recent if one.version.sequence > sequence], sequence < self._floor

    async def _look(self) -> None:
        if self.readers or self._position is None:
            await self._read()

    async def _read(self) -> None:
        found = await asyncio.to_thread(self._newest)
        if found:
            self._recent.extend(found)
            if len(self._recent) == KEPT:
                self._floor = self._recent[0].version.sequence - 1
            self._tell()

    async def _look_at_stories(self) -> None:
        """A notice may be lost: what is linked since the last look is noticed all the same."""
        if self.readers:
            before, self._newest_linked = self._newest_linked, await asyncio.to_thread(self._linked)
            if before is not None and before != self._newest_linked:
                self._stories_changed()

    def _stories_changed(self) -> None:
        self.stories += 1
        self._tell()

    def _tell(self) -> None:
        event, self.changed = self.changed, asyncio.Event()
        event.set()

    def _linked(self) -> datetime | None:
        with borrowed(self._site.newsroom) as conn:
            return linking.newest(conn)

    def _newest(self) -> list[Filed]:
        with borrowed(self._site.newsroom) as conn:
            if self._position is None:
                self._position = self._floor = items.latest_sequence(conn)
                return []
            found, _ = items.newest(conn, after=self._position, limit=KEPT, every_version=True)
            if found:
                self._position = found[0].version.sequence
            return found[::-1]
