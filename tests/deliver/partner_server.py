"""A scripted partner on loopback: answers each path as it was told to, and remembers what it heard."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from msgspec import Struct

Answer = int | tuple[int, dict[str, str]] | asyncio.Event
"""A status, a status with headers, or an event: silence until it is set, then 200."""


class Heard(Struct, frozen=True):
    """One request, as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


class Partner:
    """`script[path]` is answered in turn, its last for ever; a path without a script gets 200."""

    def __init__(self) -> None:
        self.script: dict[str, list[Answer]] = {}
        self.heard: list[Heard] = []
        self.url = ""

    def at(self, path: str) -> list[Heard]:
        return [one for one in self.heard if one.path == path]

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.heard.append(Heard(request.path, headers, body))
        script = self.script.get(request.path) or [200]
        said = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(said, asyncio.Event):
            await said.wait()
            said = 200
        status, more = said if isinstance(said, tuple) else (said, {})
        return web.Response(status=status, headers=more, text="as you say")


@asynccontextmanager
async def open_partner() -> AsyncIterator[Partner]:
    partner = Partner()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", partner.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    partner.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
    try:
        yield partner
    finally:
        await runner.cleanup()


async def until(holds: Callable[[], bool], within_s: float = 15.0) -> None:
    """Return as soon as it holds; the loops under test run meanwhile."""
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        await asyncio.sleep(0.005)
