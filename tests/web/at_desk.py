"""Somebody at their desk: a browser without the browser, and where the real one is."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from served import PASSWORD, Served

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class Desk:
    """One person's browser without the browser: cookies kept, forms sent with their token."""

    def __init__(self, client: aiohttp.ClientSession, url: str) -> None:
        self.client = client
        self.url = url

    async def page(self, path: str, status: int = 200) -> str:
        async with self.client.get(self.url + path) as answer:
            text = await answer.text()
            assert answer.status == status, (path, answer.status, text[:600])
            return text

    async def send(self, path: str, status: int = 200, **fields: str) -> str:
        """Send a form as it stands on a page, with its token; the page it leads to."""
        token = csrf_in(await self.page("/node"))
        async with self.client.post(self.url + path, data={"csrf": token, **fields}) as answer:
            text = await answer.text()
            assert answer.status == status, (path, answer.status, text[:600])
            return text

    async def log_in(self, name: str, password: str = PASSWORD, status: int = 200) -> str:
        token = csrf_in(await self.page("/login"))
        fields = {"csrf": token, "name": name, "password": password, "next": "/wire"}
        async with self.client.post(self.url + "/login", data=fields) as answer:
            assert answer.status == status, answer.status
            return await answer.text()


def csrf_in(html: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', html)
    assert found, "there is no form with a token"
    return found[1]


@asynccontextmanager
async def sitting(node: Served, name: str = "") -> AsyncIterator[Desk]:
    """Somebody at their desk; logged in when named."""
    jar = aiohttp.CookieJar(unsafe=True)
    headers = {"accept": "text/html,*/*", "accept-language": "en"}
    async with aiohttp.ClientSession(cookie_jar=jar, headers=headers) as client:
        desk = Desk(client, node.url)
        if name:
            await desk.log_in(name)
        yield desk
