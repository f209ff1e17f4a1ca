"""What the tests of the ways in share: a scripted server on a real socket, a feed in a real database, the tools."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import msgspec
from aiohttp import web

from dragoman.model.agency import Agency, NodeKey
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.net.reply import Limits
from dragoman.receive.box import Box, BoxLimits
from dragoman.receive.decoding import WORK
from dragoman.receive.intake import Intake, LoopBox
from dragoman.store import agencies, arrivals, feeds
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection, Waker
from dragoman.store.feeds import Feed
from dragoman.trust.keys import fingerprint, new_keyring
from dragoman.trust.webhook import page_id, sign

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
QUICK = Limits(connect_s=0.5, first_byte_s=0.3, total_s=1.5, max_bytes=2_000_000)
Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class Server:
    """Answers each path by a function that a test may replace; remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.heard: list[web.BaseRequest] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.heard.append(request)
        known = self.answers.get(request.path)
        return await known(request) if known else web.Response(status=404)


@asynccontextmanager
async def serving() -> AsyncIterator[Server]:
    server = Server()
    runner = web.ServerRunner(web.Server(server.answer), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        await runner.cleanup()


def always(body: bytes = b"", *, status: int = 200, **headers: str) -> Answer:
    """The same answer every time; ``etag="…"`` and the like are headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=status, body=body, headers=named)

    return answer


@asynccontextmanager
async def tools(
    conn: Connection, box: Box, files: ByteStore | None = None, *, limits: Limits = QUICK, allow: str = "127.0.0.1/32"
) -> AsyncIterator[Intake]:
    """The tools of a way in, on a clock that stands at `NOW` and without jitter."""
    async with Connector(parse_allowed([allow])) as connector:
        yield Intake(
            conn=conn,
            files=files,
            connector=connector,
            box=LoopBox(box),
            waker=Waker(conn),
            limits=limits,
            clock=lambda: NOW,
            luck=lambda: 0.0,
        )


def new_box() -> Box:
    return Box(1, WORK, BoxLimits(wall_s=5.0))


def new_feed(conn: Connection, feed: Feed) -> Feed:
    """`feed`, with its agency."""
    if feed.agency not in {a.code for a in agencies.agencies(conn)}:
        agencies.add_agency(conn, Agency(code=feed.agency, name=f"Agency {feed.agency}"))
    if feed.kind == "node":
        public = PARTNER_KEYS.current.public
        key = NodeKey(agency=feed.agency, public=public, fingerprint=fingerprint(public), state="trusted", since=NOW)
        agencies.add_key(conn, key)
    return feeds.add_feed(conn, feed)


def home(conn: Connection, code: str = "HOME") -> None:
    agencies.add_agency(conn, Agency(code=code, name="Home Agency", home=True))


def feed_now(conn: Connection, feed: Feed) -> Feed:
    return feeds.the_feed(conn, feed.name)


def due_again(conn: Connection, feed: Feed) -> timedelta:
    """When the feed is polled again, counted from `NOW`."""
    at = feed_now(conn, feed).next_poll
    assert at is not None
    return at - NOW


class Kept(msgspec.Struct, frozen=True):
    """An arrival as a test looks at it."""

    source: str
    body: bytes
    state: str
    priority: int
    media_type: str


def kept(conn: Connection, files: ByteStore | None = None) -> list[Kept]:
    """The arrivals, in the order they were kept."""
    rows = conn.execute("select id, source, state, priority, media_type from arrival order by id").fetchall()
    return [Kept(row[1], arrivals.raw(conn, row[0], files), row[2], row[3], row[4]) for row in rows]


PARTNER_KEYS = new_keyring("PTN", NOW)
"""The keys of the partner whose change feed is read; confirmed when the feed is made."""


def signed_page(request: web.BaseRequest, body: bytes, at: datetime = NOW) -> web.Response:
    """A page of the partner's change feed, signed for this very request."""
    token = request.headers["authorization"].partition(" ")[2]
    stamp = sign(page_id(token), body, at=at, keys=PARTNER_KEYS.signing)
    return web.Response(body=body, headers=stamp.headers())
