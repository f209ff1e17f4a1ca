"""What the tests of the ways out share: an attempt, a lane of any kind, the hands that hand over, lanes at work."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from dragoman.deliver.hands import Hands
from dragoman.deliver.lanes import Lanes
from dragoman.deliver.outcomes import Answer
from dragoman.deliver.parcel import Parcel
from dragoman.model.access import Access
from dragoman.model.delivery import Channel
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.store import channels, connect
from dragoman.store.lanes import Attempt, Lane
from dragoman.trust.keys import new_keyring
from newsdesk import Newsroom

T = TypeVar("T")
NOW = datetime(2026, 5, 2, 12, tzinfo=UTC)
ATTEMPT = Attempt(
    channel=1,
    token=1,
    sequence=7,
    at=NOW,
    epoch=1,
    item=3,
    act="publish",
    attempts=1,
    due_since=NOW,
    payload=b'{"uri":"adr:3","headlines":[{"value":"Bridge reopens"}]}',
    agreement="ADR-VAL",
    revision=1,
    advance=False,
    origin="ADR",
    partner="VAL",
    received=NOW,
)
KEYS = new_keyring("ADR", NOW)


def lane(kind: str, address: str, access: Access, secret: str = "", format: str = "ninjs") -> Lane:
    return Lane(
        channel=1,
        token=1,
        name="val-1",
        kind=kind,
        address=address,
        format=format,
        secret=secret,
        partner="VAL",
        failures=0,
        express=False,
        attempts=(),
        access=access,
    )


def version(sequence: int, **more: Any) -> Attempt:
    return msgspec.structs.replace(ATTEMPT, sequence=sequence, **more)


def parcel(body: bytes = b"copy", suffix: str = ".json", media_type: str = "application/json", **more: Any) -> Parcel:
    return Parcel(body=body, media_type=media_type, suffix=suffix, **more)


@asynccontextmanager
async def hands(*allow: str) -> AsyncIterator[Hands]:
    async with Connector(parse_allowed(allow or ("127.0.0.1/32",))) as connector:
        made = Hands(connector, lambda: KEYS)
        try:
            yield made
        finally:
            await made.close()


def over(to: Lane, *attempts: tuple[Attempt, Parcel], allow: tuple[str, ...] = ()) -> list[Answer]:
    """The attempts one after the other, by one process."""

    async def go() -> list[Answer]:
        async with hands(*allow) as ours:
            return [
                await ours.over(to, attempt, what, f"ADR-1-1-{attempt.sequence}", NOW) for attempt, what in attempts
            ]

    return asyncio.run(go())


def add(room: Newsroom, kind: Any, address: str, access: Access, secret: str = "", format: str = "ninjs") -> str:
    """A channel to VAL; its name."""
    name = f"val-{kind}"
    wanted = Channel(name=name, agency="VAL", kind=kind, address=address, format=format, access=access)
    channels.add_channel(room.conn, wanted, secret)
    return name


def at_work(room: Newsroom, story: Callable[[Lanes], Awaitable[T]]) -> T:
    """The story, while the lanes work."""

    async def play() -> T:
        stopping = asyncio.Event()
        with (
            connect.connect(room.database.newsroom) as claiming,
            connect.connect(room.database.newsroom) as recording,
        ):
            async with Connector(parse_allowed(["127.0.0.1/32"]), per_host=0) as connector:
                lanes = Lanes(claiming, recording, connector, lambda: KEYS, lanes=8, window=4)
                running = asyncio.create_task(lanes.run(stopping))
                try:
                    return await story(lanes)
                finally:
                    stopping.set()
                    lanes.wake()
                    await running

    return asyncio.run(play())
