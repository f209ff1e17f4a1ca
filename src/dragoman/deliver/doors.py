"""Connections to partners' servers kept open between attempts: one for each channel, used by one attempt at a time.

A connection that failed is closed; one that has not been used for a while too. What waits for its turn longer than a
quarter of the lane's lease is given back untried.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Protocol

import structlog
from msgspec import Struct

from dragoman.model.access import Access
from dragoman.model.errors import DragomanError
from dragoman.store.lanes import LEASE_S, Lane

log = structlog.get_logger("deliver")
IDLE_S, TURN_S, ATTEMPT_S = 15.0, LEASE_S / 4, LEASE_S / 2
"""An unused connection lives so long; an attempt waits so long for its turn, and then takes at most so long."""


class Door(Protocol):
    """An open connection, whatever is spoken on it. `alive` as far as we have heard."""

    @property
    def alive(self) -> bool: ...

    async def close(self) -> None: ...


class NoTurn(Exception):
    """Others of the same channel took too long: this attempt has not begun."""


class _Way(Struct, frozen=True):
    """What a connection depends on: a channel that is changed gets a new one."""

    kind: str
    address: str
    access: Access
    secret: str


class _Kept:
    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.way: _Way | None = None
        self.door: Door | None = None
        self.closing: asyncio.TimerHandle | None = None


class Doors:
    """One for each delivering process; close it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, bool], _Kept] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def open(self, lane: Lane, make: Callable[[], Awaitable[Door]]) -> AsyncIterator[Door]:
        """The lane's connection, made where there is none; ours alone for the block.

        Raises:
            NoTurn: others are still at it.
            TimeoutError: the attempt takes too long.
            DragomanError: as `make`.
        """
        kept = self._kept.setdefault(lane.key, _Kept())
        try:
            async with asyncio.timeout(TURN_S):
                await kept.turn.acquire()
        except TimeoutError as error:
            raise NoTurn from error
        try:
            async with asyncio.timeout(ATTEMPT_S):
                yield await self._door(kept, lane, make)
            self._close_later(kept)
        except BaseException:
            await self._shut(kept)
            raise
        finally:
            kept.turn.release()

    async def _door(self, kept: _Kept, lane: Lane, make: Callable[[], Awaitable[Door]]) -> Door:
        if kept.closing:
            kept.closing.cancel()
        way = _Way(lane.kind, lane.address, lane.access, lane.secret)
        if kept.door is not None and kept.way == way and kept.door.alive:
            return kept.door
        await self._shut(kept)
        kept.door, kept.way = await make(), way
        return kept.door

    def _close_later(self, kept: _Kept) -> None:
        kept.closing = asyncio.get_running_loop().call_later(IDLE_S, self._close_idle, kept)

    def _close_idle(self, kept: _Kept) -> None:
        async def shut() -> None:
            async with kept.turn:
                await self._shut(kept)

        if not kept.turn.locked():
            task = asyncio.create_task(shut())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _shut(self, kept: _Kept) -> None:
        if kept.closing:
            kept.closing.cancel()
        door, kept.door, kept.closing = kept.door, None, None
        if door is not None:
            with suppress(DragomanError, OSError):
                await door.close()

    async def close(self) -> None:
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for kept in self._kept.values():
            await self._shut(kept)
