"""A watched feed: looked at through the one connector, decoded in the box, and never taken in."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ways_in import NOW, Server, always, home, serving, tools

from database import Addresses
from dragoman.config import Config, Net
from dragoman.desk import outlets as desk
from dragoman.receive import watch as watched
from dragoman.receive.box import Box
from dragoman.reports.outlet import Outlet
from dragoman.roles import receive
from dragoman.roles.post import Post
from dragoman.store import mentions, watches
from dragoman.store.connect import Connection, connect
from dragoman.store.watches import Watch
from dragoman.trust.keyfile import save_keyring
from dragoman.trust.keys import new_keyring

EVERY = timedelta(minutes=15)
Story = Callable[[Server, Callable[[], Awaitable[int]]], Awaitable[None]]


def entry(number: int, title: str, when: str = "Mon, 04 May 2026 08:00:00 GMT", text: str = "On Monday.") -> str:
    return (
        f"<item><guid>tag:reed.example,2026:{number}</guid><link>https://reed.example/{number}</link>"
        f"<title>{title}</title><pubDate>{when}</pubDate><description>{text}</description></item>"
    )


def rss(*entries: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>The Reed</title>'
        f"<link>https://reed.example/</link><description>News</description>{''.join(entries)}</channel></rss>"
    ).encode()


def told(conn: Connection, box: Box, story: Story, *, allow: str = "127.0.0.1/32") -> Watch:
    """Run `story` with a server, and a way to look at its ``/feed`` as the role would; the watch afterwards."""

    async def tell() -> Watch:
        async with serving() as server, tools(conn, box, allow=allow) as intake:
            home(conn)
            one = desk.register(conn, Outlet(name="The Reed", country="GB"), by="Ada").outlet
            made = watches.add(conn, Watch(outlet=one.id, address=f"{server.url}/feed", language="en", every=EVERY))
            await story(server, lambda: watched.poll(intake, watches.watch(conn, made.id)))
            return watches.watch(conn, made.id)

    return asyncio.run(tell())


def seen(conn: Connection) -> list[tuple[str, str]]:
    rows = conn.execute("select title, link from mention order by id").fetchall()
    return [(row[0], row[1]) for row in rows]


def test_what_is_new_in_it_is_a_mention_with_its_page_and_time(conn: Connection, box: Box) -> None:
    async def story(server: Server, look: Callable[[], Awaitable[int]]) -> None:
        server.answers["/feed"] = always(rss(entry(1, "Ferry back in service")), etag='"a"')
        assert await look() == 1

    after = told(conn, box, story)
    assert seen(conn) == [("Ferry back in service", "https://reed.example/1")]
    (one,) = mentions.of_outlet(conn, after.outlet)
    assert (one.published, one.language, one.added_by) == (datetime(2026, 5, 4, 8, tzinfo=UTC), "en", "")
    assert (after.etag, after.next_poll, after.failures) == ('"a"', NOW + EVERY, 0)


def test_nothing_of_it_is_taken_in(conn: Connection, box: Box) -> None:
    async def story(server: Server, look: Callable[[], Awaitable[int]]) -> None:
        server.answers["/feed"] = always(rss(entry(1, "Ferry"), entry(2, "Crane")))
        await look()

    told(conn, box, story)
    for table in ("arrival", "unit", "version", "item", "item_grant", "delivery"):
        row = conn.execute(f"select count(*) from {table}".encode()).fetchone()
        assert row == (0,), table


def test_an_entry_seen_before_is_not_decoded_again_and_one_that_changed_is_one_mention(
    conn: Connection, box: Box
) -> None:
    async def story(server: Server, look: Callable[[], Awaitable[int]]) -> None:
        server.answers["/feed"] = always(rss(entry(1, "Ferry"), entry(2, "Crane")))
        assert await look() == 2
        server.answers["/feed"] = always(rss(entry(3, "Tram"), entry(1, "Ferry"), entry(2, "Crane is up")))
        assert await look() == 2
        assert await look() == 0

    told(conn, box, story)
    assert [title for title, _ in seen(conn)] == ["Ferry", "Crane is up", "Tram"]


def test_the_role_looks_at_what_is_due_beside_its_feeds(database: Addresses, box: Box, tmp_path: Path) -> None:
    config = Config(folder=tmp_path, net=Net(allow=("127.0.0.1/32",)))
    save_keyring(new_keyring("HOME", NOW), config.keys)
    post = Post(role="receive", config=config, newsroom=database.newsroom, partner=database.partner)

    async def tell(conn: Connection) -> None:
        async with serving() as server:
            server.answers["/feed"] = always(rss(entry(1, "Ferry")))
            home(conn)
            one = desk.register(conn, Outlet(name="The Reed"), by="Ada").outlet
            desk.watch(conn, one.id, f"{server.url}/feed", by="Ada", every=EVERY)
            stopping = asyncio.Event()
            role = asyncio.create_task(receive.receive(post, box, stopping))
            async with asyncio.timeout(10):
                while not seen(conn):
                    await asyncio.sleep(0.02)
            stopping.set()
            await asyncio.wait_for(role, 10)

    with connect(database.newsroom) as conn:
        asyncio.run(tell(conn))
        assert seen(conn) == [("Ferry", "https://reed.example/1")]


def test_a_time_to_come_is_no_time_of_a_report(conn: Connection, box: Box) -> None:
    async def story(server: Server, look: Callable[[], Awaitable[int]]) -> None:
        server.answers["/feed"] = always(rss(entry(1, "Ferry", "Mon, 04 May 2099 08:00:00 GMT")))
        await look()

    after = told(conn, box, story)
    assert mentions.of_outlet(conn, after.outlet)[0].published == NOW


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        (b"<html><body>Not here</body></html>", 200, "not a feed"),
        (b"", 404, "404"),
        (b"", 500, "500"),
    ],
)
def test_a_server_that_misbehaves_costs_a_look_and_is_told(
    conn: Connection, box: Box, body: bytes, status: int, why: str
) -> None:
    async def story(server: Server, look: Callable[[], Awaitable[int]]) -> None:
        server.answers["/feed"] = always(body, status=status)
        assert await look() == 0

    after = told(conn, box, story)
    assert why in after.last_error
    assert after.failures == 1
    assert after.next_poll is not None
    assert after.next_poll > NOW + EVERY


def test_a_feed_that_is_gone_is_looked_at_no_more(conn: Connection, box: Box) -> None:
    async def story(server: Server, look: Callable[[], Awaitable[int]]) -> None:
        server.answers["/feed"] = always(status=410)
        await look()

    assert told(conn, box, story).state == "paused"


def test_a_private_address_is_not_asked(conn: Connection, box: Box) -> None:
    async def story(server: Server, look: Callable[[], Awaitable[int]]) -> None:
        server.answers["/feed"] = always(rss(entry(1, "Ferry")))
        await look()
        assert server.heard == []

    after = told(conn, box, story, allow="192.0.2.0/24")
    assert after.failures == 1
    assert seen(conn) == []


def test_of_a_feed_without_end_no_more_is_looked_at_than_is_allowed_and_the_rest_the_next_time(
    conn: Connection, box: Box
) -> None:
    async def story(server: Server, look: Callable[[], Awaitable[int]]) -> None:
        server.answers["/feed"] = always(rss(*(entry(n, f"Ferry {n}") for n in range(watched.MOST + 2))), etag='"a"')
        assert await look() == watched.MOST
        assert await look() == 2

    assert told(conn, box, story).etag == '"a"'


def test_the_link_of_an_entry_is_a_web_address_or_nothing(conn: Connection, box: Box) -> None:
    bad = entry(1, "Ferry").replace("https://reed.example/1", "javascript:alert(1)")

    async def story(server: Server, look: Callable[[], Awaitable[int]]) -> None:
        server.answers["/feed"] = always(rss(bad))
        await look()

    told(conn, box, story)
    assert seen(conn) == [("Ferry", "")]
