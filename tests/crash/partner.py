"""Scripted partners over a real socket: they verify what comes, keep every byte with its time, and answer as told.

/ALF/hook              a webhook of the partner ALF
/NOD/exchange/inbox    the inbox of the partner NOD's node, which sends receipts back
/NOD/exchange/changes  its change feed
/bureau.rss            a feed
"""

import asyncio
import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from aiohttp import ClientError, ClientSession, web
from msgspec import Struct, field

from dragoman.trust.envelope import Envelope, seal
from dragoman.trust.keys import Keyring
from dragoman.trust.webhook import page_id, sign, verify

from .lines import Received

Answers = Callable[[int], int]
"""What the n-th call (from 1) is answered with: a status; 0 hangs up after reading; a negative one waits before a 200."""
SLOW_S = 0.3


def always(call: int) -> int:
    return 200


def refusing(every: int) -> Answers:
    """500 at every k-th call."""
    return lambda call: 500 if call % every == 0 else 200


def hanging_up(every: int) -> Answers:
    return lambda call: 0 if call % every == 0 else 200


def slow(every: int) -> Answers:
    return lambda call: -1 if call % every == 0 else 200


class Script(Struct, kw_only=True):
    """One partner: how it answers, and what it has got. With a keyring it is a node that sends receipts."""

    code: str
    answers: Answers = always
    keyring: Keyring | None = None
    calls: int = 0
    entries: list[dict[str, object]] = field(default_factory=list)
    """Its change feed, oldest first: ``{"id", "envelope"}``."""


class Partners:
    """The partners' server, in a thread of its own. `keys` are the public keys of the node that is tested."""

    def __init__(self, scripts: list[Script], log: Path) -> None:
        self.scripts = {script.code: script for script in scripts}
        self.keys: list[bytes] = []
        self.node = ""
        self.home = ""
        self.received: list[Received] = []
        self.forged: list[str] = []
        self.feed = b""
        self.port = 0
        self.sending = 0
        """Calls that have not been answered yet."""
        self._log = log
        self._tasks: set[asyncio.Task[None]] = set()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/{code}/hook", self._take)
        app.router.add_post("/{code}/exchange/inbox", self._take)
        app.router.add_get("/{code}/exchange/changes", self._changes)
        app.router.add_get("/bureau.rss", self._rss)
        return app

    async def _take(self, request: web.Request) -> web.StreamResponse:
        self.sending += 1
        try:
            return await self._taken(request)
        finally:
            self.sending -= 1

    async def _taken(self, request: web.Request) -> web.StreamResponse:
        body, at = await request.read(), time.time()
        script = self.scripts[request.match_info["code"]]
        script.calls += 1
        status = script.answers(script.calls)
        try:
            push = verify(dict(request.headers), body, now=datetime.now(UTC), keys=self.keys)
        except Exception as error:
            self.forged.append(f"{script.code}: {error}")
            return web.Response(status=401)
        self._keep(script, push, json.loads(body), at, 200 if status < 0 else status)
        if status < 0:
            await asyncio.sleep(SLOW_S)
        if status == 0:
            assert request.transport is not None
            request.transport.close()
        if 0 != status < 300 and script.keyring and json.loads(body)["type"] == "item":
            self._send_receipt(script, push, json.loads(body))
        return web.Response(status=200 if status < 0 else status or 500)

    def _keep(self, script: Script, push: str, envelope: dict[str, object], at: float, status: int) -> None:
        with self._log.open("a", encoding="utf-8") as log:
            log.write(json.dumps({"partner": script.code, "id": push, "at": at, "answered": status, **envelope}) + "\n")
        if envelope["type"] == "item":
            self.received.append(received(script.code, push, envelope, at, status))

    def _send_receipt(self, script: Script, push: str, envelope: dict[str, object]) -> None:
        item = envelope["item"]
        assert isinstance(item, dict)
        receipt = {
            "delivery": push,
            "uri": item["uri"],
            "version": item.get("version", ""),
            "act": envelope["action"],
            "outcome": "stored",
            "at": datetime.now(UTC).isoformat(),
        }
        letter = self.letter(script, "receipt", {"receipts": [receipt]})
        task = asyncio.get_running_loop().create_task(self._until_taken(script, f"receipt-{push}", letter))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _until_taken(self, script: Script, name: str, body: bytes) -> None:
        async with ClientSession() as session:
            while True:
                try:
                    headers = self.stamped(script, name, body)
                    async with session.post(f"{self.node}/exchange/inbox", data=body, headers=headers) as reply:
                        if reply.status < 300:
                            return
                except (OSError, ClientError):
                    pass  # it has died, or is not there yet
                await asyncio.sleep(0.1)

    def letter(self, script: Script, kind: str, content: dict[str, object]) -> bytes:
        """An envelope of this partner's with a letter in it."""
        return _sealed(script, self.home, kind, letter=content)

    def copy(self, script: Script, action: str, item: dict[str, object], agreement: str) -> bytes:
        """An envelope of this partner's with an item in it."""
        return _sealed(script, self.home, "item", item=item, action=action, agreement=agreement)

    def stamped(self, script: Script, name: str, body: bytes) -> dict[str, str]:
        """The headers of a push of this partner's."""
        assert script.keyring is not None
        headers = sign(name, body, at=datetime.now(UTC), keys=script.keyring.signing).headers()
        return {**headers, "content-type": "application/json"}

    async def _changes(self, request: web.Request) -> web.Response:
        script = self.scripts[request.match_info["code"]]
        start = int(request.query.get("cursor") or 0)
        page = {"entries": script.entries[start:], "cursor": str(len(script.entries)), "more": False}
        body = json.dumps(page).encode()
        name = page_id(request.headers["Authorization"].partition(" ")[2])
        return web.Response(body=body, headers=self.stamped(script, name, body))

    async def _rss(self, request: web.Request) -> web.Response:
        return web.Response(body=self.feed, content_type="application/rss+xml")

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def received(partner: str, push: str, envelope: dict[str, object], at: float, status: int) -> Received:
    """The line of one delivery."""
    item = envelope["item"]
    assert isinstance(item, dict)
    return Received(
        partner=partner,
        id=push,
        item=item["uri"],
        version=item.get("version", ""),
        action=str(envelope["action"]),
        text=bool(item.get("bodies") or item.get("headlines") or item.get("descriptions")),
        credit=item.get("dragoman", {}).get("credit", ""),
        begun=datetime.fromisoformat(str(envelope["at"])).timestamp(),
        at=at,
        answered=status,
    )


def _sealed(script: Script, to: str, kind: str, **more: object) -> bytes:
    raw = {name: msgspec.Raw(json.dumps(more.pop(name)).encode()) for name in ("item", "letter") if name in more}
    return seal(Envelope(type=kind, sender=script.code, recipient=to, at=datetime.now(UTC), **raw, **more))  # type: ignore[arg-type]


def card(script: Script, url: str) -> dict[str, object]:
    """What the partner's node says of itself."""
    assert script.keyring is not None
    public = base64.b64encode(script.keyring.current.public).decode()
    return {"agency": script.code, "name": "Nodal Wire", "node": url, "public": public, "languages": ["en"]}


@contextmanager
def serving(partners: Partners) -> Iterator[Partners]:
    """The partners answer inside the block."""
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(partners.app(), access_log=None, handler_cancellation=False, shutdown_timeout=1)

    async def start() -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        partners.port = runner.addresses[0][1]

    async def end() -> None:
        await partners.stop()
        await runner.cleanup()

    thread = threading.Thread(target=loop.run_forever, name="partners")
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(start(), loop).result(10)
        yield partners
        asyncio.run_coroutine_threadsafe(end(), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
