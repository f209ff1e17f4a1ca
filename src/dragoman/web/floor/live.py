"""The live stream of one open page of a floor, as server-sent events.

``step``: how the page becomes the next sheet; ``mine``: a question of this visitor's has changed; ``gap``: too much was
missed, load the parts again. The event's id is the sheet's, so that a browser that was away asks from there.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

from dragoman.web.floor.drawing import Key
from dragoman.web.floor.halls import Halls, View
from dragoman.web.site import Site

KEEP_ALIVE_S = 15.0


async def stream(
    site: Site,
    halls: Halls,
    floor: tuple[str, str],
    key: Key,
    since: str,
    own: frozenset[str],
    is_in: Callable[[], bool],
) -> AsyncIterator[bytes]:
    """Events from the sheet `since` on, until the visitor leaves, is sent away (`is_in`, asked from a thread) or the node
    stops. `own`: the visitor's questions."""
    watched, view = await asyncio.to_thread(halls.join, *floor, key)
    stopping: asyncio.Future[object] = asyncio.ensure_future(site.stop.wait())
    number, checked = watched.number, time.monotonic()
    try:
        yield b"retry: 2000\n\n"
        while not site.stop.is_set():
            changed = watched.changed
            found, since = _since(view, since)
            if own & watched.touched_since(number):
                found.append(b"event: mine\ndata: {}\n\n")
            number = watched.number
            if found:
                yield b"".join(found)
            woken = await _wait(changed, stopping)
            if time.monotonic() - checked >= KEEP_ALIVE_S:
                checked = time.monotonic()
                if not await asyncio.to_thread(is_in):
                    return
            if not woken:
                yield b": still here\n\n"
    finally:
        stopping.cancel()
        watched.count(view, -1)


def _since(view: View, digest: str) -> tuple[list[bytes], str]:
    found = view.since(digest)
    if found is not None:
        return found
    now = view.sheet.digest
    return [b"id: %s\nevent: gap\ndata: {}\n\n" % now.encode()], now


async def _wait(changed: asyncio.Event, stopping: "asyncio.Future[object]") -> bool:
    """Whether something happened before it was time for a sign of life."""
    waiting: asyncio.Future[object] = asyncio.ensure_future(changed.wait())
    try:
        done, _ = await asyncio.wait({waiting, stopping}, timeout=KEEP_ALIVE_S, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
    return bool(done)
