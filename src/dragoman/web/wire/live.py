"""The live stream of one open page, as server-sent events: what is new in its view, and every kill and hold at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from dragoman.query import Tree, matches
from dragoman.store import people
from dragoman.store.connect import borrowed
from dragoman.store.items import Filed
from dragoman.web.site import Site
from dragoman.web.wire.follower import Follower
from dragoman.web.wire.rows import URGENT

KEEP_ALIVE_S = 15.0
_STOPS = frozenset({"hold", "kill"})


class News(Struct, frozen=True, kw_only=True):
    """One version, for a page that has to count it or to act on it. `act` is the version's."""

    item: int
    sequence: int
    act: str
    urgent: bool
    language: str = ""
    headline: str = ""


def news_of(filed: Filed) -> News:
    urgent = filed.item.urgency is not None and filed.item.urgency <= URGENT and filed.version.act not in _STOPS
    return News(
        item=filed.item_id,
        sequence=filed.version.sequence,
        act=filed.version.act,
        urgent=urgent,
        language=filed.item.language if urgent else "",
        headline=filed.item.headline if urgent else "",
    )


async def stream(site: Site, follower: Follower, tree: Tree | None, position: int, cookie: str) -> AsyncIterator[bytes]:
    """Events from `position` on, until the server stops, the session ends or the reader leaves.

    ``news``: a version in the view; ``stop``: a kill or hold, in the view or not; ``stories``: which item is in which story
    has changed; ``gap``: too much was missed, load again. The event's id is the sequence, so that a browser that was away
    asks from there.
    """
    follower.readers += 1
    stories = follower.stories
    stopping: asyncio.Future[object] = asyncio.ensure_future(site.stop.wait())
    try:
        yield b"retry: 2000\n\n"
        while not site.stop.is_set():
            changed = follower.changed
            found, missed = follower.since(position)
            if missed:
                yield b"event: gap\ndata: {}\n\n"
                position = max((one.version.sequence for one in found), default=position)
                found = []
            for filed in found:
                position = filed.version.sequence
                if event := _event(filed, tree):
                    yield event
            if follower.stories != stories:
                stories = follower.stories
                yield b"event: stories\ndata: {}\n\n"
            if not await _wait(changed, stopping):
                if not await asyncio.to_thread(_is_in, site, cookie):
                    return
                yield b": still here\n\n"
    finally:
        stopping.cancel()
        follower.readers -= 1


async def _wait(changed: asyncio.Event, stopping: "asyncio.Future[object]") -> bool:
    """Whether something happened before it was time for a sign of life."""
    waiting: asyncio.Future[object] = asyncio.ensure_future(changed.wait())
    try:
        done, _ = await asyncio.wait({waiting, stopping}, timeout=KEEP_ALIVE_S, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
    return bool(done)


def _event(filed: Filed, tree: Tree | None) -> bytes | None:
    if filed.version.act in _STOPS:
        kind = b"stop"
    elif tree is None or matches(tree, filed.version, now=datetime.now(UTC)):
        kind = b"news"
    else:
        return None
    number = filed.version.sequence
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (number, kind, msgspec.json.encode(news_of(filed)))


def _is_in(site: Site, cookie: str) -> bool:
    with borrowed(site.newsroom) as conn:
        return people.session(conn, cookie) is not None
