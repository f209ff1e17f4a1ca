"""The role that polls: everything that is due, side by side, whatever happens to one of them; it ends when told to."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from aiohttp import web
from ways_in import NOW, Server, always, feed_now, home, kept, new_feed, serving, signed_page

from database import Addresses
from dragoman.config import Config, Net
from dragoman.model.access import Access
from dragoman.receive.box import Box
from dragoman.roles import receive
from dragoman.roles.post import Post
from dragoman.store import beats, feeds
from dragoman.store.connect import Connection
from dragoman.store.feeds import Feed
from dragoman.trust.keyfile import save_keyring
from dragoman.trust.keys import new_keyring
from servers import PASSWORD, USER, ImapServer, SftpServer, imap_server, sftp_server

SOON = timedelta(seconds=0.2)


@pytest.fixture
def post(database: Addresses, tmp_path: Path) -> Post:
    config = Config(folder=tmp_path, net=Net(allow=("127.0.0.1/32",)))
    save_keyring(new_keyring("HOME", NOW), config.keys)
    return Post(role="receive", config=config, newsroom=database.newsroom, partner=database.partner)


@asynccontextmanager
async def at_work(post: Post, box: Box) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    role = asyncio.create_task(receive.receive(post, box, stopping))
    try:
        yield
    finally:
        stopping.set()
        await asyncio.wait_for(role, 10)


async def until(true: Callable[[], bool]) -> None:
    """Wait for what another task is to bring about."""
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.02)


def http(name: str, server: Server, **more: object) -> Feed:
    return Feed(name=name, agency="HBR", kind="http", address=f"{server.url}/{name}", every=SOON, **more)  # type: ignore[arg-type]


def rss(title: str) -> bytes:
    return (
        f'<rss version="2.0"><channel><title>x</title><item><guid>{title}</guid><title>{title}</title></item></channel></rss>'
    ).encode()


def test_feeds_folders_and_partners_are_polled_side_by_side(
    post: Post, box: Box, conn: Connection, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/copy.txt").write_text("Copy from the desk")

    async def changes(request: web.BaseRequest) -> web.StreamResponse:
        return signed_page(request, b'{"entries":[],"cursor":"c1","more":false}', datetime.now(UTC))

    async def tell() -> None:
        async with serving() as server:
            home(conn)
            server.answers |= {"/one": always(rss("Ferry back")), "/exchange/changes": changes}
            new_feed(conn, http("one", server))
            new_feed(conn, Feed(name="desk", agency="HBR", kind="folder", address=str(tmp_path / "in"), every=SOON))
            partner = new_feed(conn, Feed(name="ptn", agency="PTN", kind="node", address=server.url))
            conn.execute("update feed set next_poll = now() + interval '1 hour' where name = 'ptn'")
            async with at_work(post, box):
                await until(lambda: len(kept(conn)) == 2 and feed_now(conn, partner).cursor == "c1")

    asyncio.run(tell())
    assert sorted(k.source for k in kept(conn)) == ["Ferry back", "copy.txt"]
    assert [b.role for b in beats.beats(conn)] == ["receive"]


def test_servers_and_mailboxes_are_polled_beside_the_rest(
    post: Post, box: Box, conn: Connection, tmp_path: Path
) -> None:
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop/copy.txt").write_text("Copy from the drop")

    async def tell(sftp: SftpServer, imap: ImapServer) -> None:
        secret, login = PASSWORD.encode(), Access(login=USER, host_keys=(sftp.pin,), security="plain")
        for kind, address in (("sftp", sftp.address), ("imap", imap.address)):
            new_feed(conn, Feed(name=kind, agency="HBR", kind=kind, address=address, secret=secret, access=login))  # type: ignore[arg-type]
        async with at_work(post, box):
            await until(lambda: len(kept(conn)) == 2)

    home(conn)
    with sftp_server(tmp_path / "drop") as sftp, imap_server() as imap:
        imap.deliver(b"Subject: Harbour\r\n\r\nCopy by mail\r\n")
        asyncio.run(tell(sftp, imap))


def test_a_server_that_never_answers_holds_up_nobody_and_is_asked_once_at_a_time(
    post: Post, box: Box, conn: Connection
) -> None:
    async def never(request: web.BaseRequest) -> web.StreamResponse:
        await asyncio.sleep(60)
        return web.Response()

    async def tell() -> None:
        async with serving() as server:
            home(conn)
            server.answers |= {"/mute": never, "/live": always(rss("Crane")), "/third": always(rss("Tide"))}
            for name in ("mute", "live", "third"):
                new_feed(conn, http(name, server))
            async with at_work(post, box):
                await until(lambda: len(kept(conn)) == 2)
                await until(lambda: sum(r.path == "/live" for r in server.heard) >= 3)
            assert sum(r.path == "/mute" for r in server.heard) == 1

    asyncio.run(tell())


def test_a_poll_that_fails_in_a_way_nobody_foresaw_is_recorded_and_the_others_go_on(
    post: Post, box: Box, conn: Connection, tmp_path: Path
) -> None:
    (tmp_path / "bytes").write_text("a file where the folder should be")
    large = rss("Long report " + "on the tides " * 90_000)

    async def tell() -> None:
        async with serving() as server:
            home(conn)
            server.answers |= {"/large": always(large), "/small": always(rss("Crane"))}
            broken, _ = new_feed(conn, http("large", server)), new_feed(conn, http("small", server))
            async with at_work(post, box):
                await until(lambda: feed_now(conn, broken).failures >= 2 and len(kept(conn)) == 1)
            assert "Error" in feed_now(conn, broken).last_error

    asyncio.run(tell())


def test_nothing_is_fetched_while_the_disk_is_full(post: Post, box: Box, conn: Connection) -> None:
    full = [True]
    refusing = msgspec.structs.replace(post, intake_refused=lambda: full[0])

    async def tell() -> None:
        async with serving() as server:
            home(conn)
            server.answers["/one"] = always(rss("Crane"))
            new_feed(conn, http("one", server))
            async with at_work(refusing, box):
                await until(lambda: any("disk is full" in b.detail for b in beats.beats(conn)))
                assert server.heard == []
                full[0] = False
                await until(lambda: len(kept(conn)) == 1)

    asyncio.run(tell())


def test_a_paused_feed_is_left_in_peace_and_asked_at_once_when_it_is_resumed(
    post: Post, box: Box, conn: Connection
) -> None:
    async def tell() -> None:
        async with serving() as server:
            home(conn)
            server.answers |= {"/one": always(rss("Crane")), "/two": always(rss("Tide"))}
            one, _ = new_feed(conn, http("one", server)), new_feed(conn, http("two", server))
            feeds.set_state(conn, one.name, "paused")
            async with at_work(post, box):
                await until(lambda: sum(r.path == "/two" for r in server.heard) >= 2)
                assert all(r.path != "/one" for r in server.heard)
                feeds.set_state(conn, one.name, "active")
                await until(lambda: len(kept(conn)) == 2)

    asyncio.run(tell())


def test_told_to_end_the_role_ends_within_ten_seconds_though_a_server_keeps_it_waiting(
    post: Post, conn: Connection
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        home(conn)
        address = f"http://127.0.0.1:{mute.getsockname()[1]}/"
        new_feed(conn, Feed(name="mute", agency="HBR", kind="http", address=address))
        child = os.fork()
        if child == 0:
            _live(post)
        mute.settimeout(10)
        asking, _ = mute.accept()
        with asking:
            assert asking.recv(4).startswith(b"GET")
            began = time.monotonic()
            os.kill(child, signal.SIGTERM)
            _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert time.monotonic() - began < 10


def test_a_database_that_was_away_is_waited_for(post: Post, conn: Connection, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    home(conn)
    new_feed(conn, Feed(name="desk", agency="HBR", kind="folder", address=str(tmp_path / "in"), every=SOON))
    child = os.fork()
    if child == 0:
        _live(post)
    try:
        for number in (1, 2):
            (tmp_path / "in" / f"{number}.txt").write_text(f"Bulletin {number}")
            asyncio.run(until(lambda number=number: len(kept(conn)) == number))  # type: ignore[misc]
            conn.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'dragoman-%'"
            )
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


def _live(post: Post) -> None:
    """The role's life in a process of its own; never returns."""
    code = 1
    try:
        receive.run(post)
        code = 0
    finally:
        os._exit(code)
