"""Listening to the store for open pages: one connection a follower, which is opened again when it is lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import LiteralString

import psycopg
import structlog

from dragoman.model.errors import DragomanError
from dragoman.web.site import Site

_log = structlog.get_logger("dragoman.web")
POLL_S = 2.0


@asynccontextmanager
async def in_the_background(work: Awaitable[None], name: str) -> AsyncIterator[None]:
    """Do `work` beside the block; it is ended with it."""
    task = asyncio.ensure_future(work)
    if isinstance(task, asyncio.Task):
        task.set_name(name)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def listen(
    site: Site,
    channel: LiteralString,
    name: str,
    look: Callable[[], Awaitable[None]],
    *,
    together_s: float = 0.0,
    woken: Callable[[], None] = lambda: None,
) -> None:
    """Call `look` at once, after every wake-up on `channel`, and every `POLL_S` all the same: a notice may be lost.

    What wakes within `together_s` seconds is looked at once; `woken` is called before that look. Ends only by being cancelled.
    """
    while True:
        try:
            await _listen(site, channel, name, look, together_s, woken)
        except (psycopg.Error, DragomanError, OSError) as error:  # it is away: open pages go on when it is back
            _log.warning("a follower lost the database", follower=name, error=str(error)[:200])
            await asyncio.sleep(POLL_S)


async def _listen(
    site: Site,
    channel: LiteralString,
    name: str,
    look: Callable[[], Awaitable[None]],
    together_s: float,
    woken: Callable[[], None],
) -> None:
    conninfo = site.newsroom.conninfo
    conn = await psycopg.AsyncConnection.connect(
        conninfo if isinstance(conninfo, str) else conninfo(), autocommit=True, application_name=name
    )
    async with conn:
        await conn.execute(f"listen {channel}")
        while True:
            await look()
            async for _ in conn.notifies(timeout=POLL_S, stop_after=1):
                await asyncio.sleep(together_s)
                woken()
