"""The live stream over a real socket: what is new is told, a kill at once, and a stopping server lets everyone go."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp
from at_desk import Desk, sitting
from served import Served, copy_of, running

from dragoman.desk import copy
from dragoman.store.connect import borrowed


@asynccontextmanager
async def listening(desk: Desk, path: str = "/wire/live", **headers: str) -> AsyncIterator[aiohttp.StreamReader]:
    async with desk.client.get(desk.url + path, headers=headers) as answer:
        assert answer.content_type == "text/event-stream"
        await answer.content.readuntil(b"\n\n")
        yield answer.content


async def event(stream: aiohttp.StreamReader) -> str:
    async with asyncio.timeout(10):
        while True:
            said = (await stream.readuntil(b"\n\n")).decode()
            if not said.startswith(":"):
                return said


def test_what_comes_in_is_told_in_the_view_it_belongs_to(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk, listening(desk, "/wire/live?q=language:fr") as stream:
            await asyncio.to_thread(node.file, copy_of("tea", "az", "Çay", "Çay."))
            await asyncio.to_thread(node.file, copy_of("port", "fr", "Le phare", "Le phare.", urgency=1), "VAL")
            said = await event(stream)
            assert "event: news" in said
            assert '"urgent":true' in said
            assert "Le phare" in said

    asyncio.run(story())


def test_a_hold_is_told_to_every_view_and_carries_no_text(node: Served) -> None:
    number = node.file(copy_of("sturgeon", "en", "A million sturgeon", "A million."))

    def hold() -> None:
        with borrowed(node.site.newsroom) as conn:
            copy.hold(conn, str(number), "being checked", by="Eldar Editor", now=datetime.now(UTC))
            copy.wake(conn)

    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk, listening(desk, "/wire/live?q=language:fr") as stream:
            await asyncio.to_thread(hold)
            said = await event(stream)
            assert "event: stop" in said
            assert f'"item":{number}' in said
            assert "million" not in said

    asyncio.run(story())


def test_a_browser_that_was_away_is_told_what_it_missed(node: Served) -> None:
    node.file(copy_of("a", "en", "First", "Text.", urgency=1))

    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk:
            async with listening(desk, "/wire/live?after=1") as stream:
                await asyncio.to_thread(node.file, copy_of("b", "en", "Second", "Text.", urgency=1))
                first = await event(stream)
            await asyncio.to_thread(node.file, copy_of("c", "en", "Third", "Text.", urgency=1))
            number = first.split("id: ")[1].split("\n")[0]
            async with listening(desk, "/wire/live?after=1", **{"last-event-id": number}) as stream:
                assert "Third" in await event(stream)

    asyncio.run(story())


def test_nobody_listens_without_a_session(node: Served) -> None:
    async def story() -> None:
        async with sitting(node) as desk, desk.client.get(node.url + "/wire/live", allow_redirects=False) as answer:
            assert answer.status == 303

    asyncio.run(story())


def test_a_stopping_server_does_not_wait_for_open_pages(node: Served) -> None:
    door = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{door.getsockname()[1]}"

    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk:
            desk.url = url
            with running(node.site, door):
                async with listening(desk) as stream:
                    begun = time.monotonic()
                    node.site.stop.set()
                    async with asyncio.timeout(5):
                        assert await stream.read() == b""
                    assert time.monotonic() - begun < 1.0

    try:
        asyncio.run(story())
    finally:
        door.close()
