"""What the pages and the API stand on: settings, keys, pools, kept bytes, and the flag that ends open streams."""

import asyncio
from collections.abc import Callable
from threading import Lock
from typing import Any

from litestar.connection import ASGIConnection
from msgspec import Struct

from dragoman.config import Config
from dragoman.model.agency import Agency
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Pool
from dragoman.trust.keys import Keyring


class Stop:
    """A flag that may be set from a signal handler or any thread, and awaited in any event loop.

    The server sets it before it begins to wait for its clients: a stream that never ends by itself would make it wait
    out its whole grace.
    """

    def __init__(self) -> None:
        self._is_set = False
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._lock = Lock()

    def set(self) -> None:
        self._is_set = True
        # No lock: a signal may have interrupted the very thread that holds it.
        for loop, event in tuple(self._waiting):
            loop.call_soon_threadsafe(event.set)

    def is_set(self) -> bool:
        return self._is_set

    async def wait(self) -> None:
        """Return once the flag is set."""
        mine = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._waiting.add(mine)
        try:
            if not self._is_set:
                await mine[1].wait()
        finally:
            with self._lock:
                self._waiting.discard(mine)


class Site(Struct, frozen=True, kw_only=True):
    """One node's web side. `intake_refused` says whether new copy is refused at present (the disk is full)."""

    config: Config
    home: Agency
    keys: Callable[[], Keyring]
    newsroom: Pool
    partner: Pool
    files: ByteStore
    stop: Stop
    intake_refused: Callable[[], bool]

    @property
    def keyring(self) -> Keyring:
        """Our keys as they are now: a key may be replaced while we serve."""
        return self.keys()

    @property
    def secure_cookies(self) -> bool:
        chosen = self.config.web.secure_cookies
        return self.config.url.startswith("https:") if chosen is None else chosen


def site_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Site:
    """The site that this request came to."""
    site = connection.app.state.site
    assert isinstance(site, Site)
    return site
