"""A polled feed: what is new is kept, once; a server that misbehaves costs a poll and nothing more."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from aiohttp import web
from ways_in import NOW, Server, always, due_again, feed_now, kept, new_feed, serving, tools

from dragoman.net.reply import Reply
from dragoman.receive import feed as polled
from dragoman.receive.box import Box
from dragoman.receive.feed import next_poll
from dragoman.receive.flood import FLOOD
from dragoman.receive.intake import back_off, rhythm
from dragoman.store import arrivals
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection
from dragoman.store.feeds import Feed

EVERY = timedelta(minutes=5)
FEED = Feed(name="harbour", agency="HBR", kind="http", address="http://127.0.0.1:1/feed", every=EVERY)


def entry(guid: str, title: str, when: str = "Mon, 04 May 2026 08:00:00 GMT") -> str:
    return (
        f"<item><guid>{guid}</guid><title>{title}</title><pubDate>{when}</pubDate>"
        f"<description>{title}, the harbour office said on Monday.</description></item>"
    )


def rss(*entries: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Harbour wire</title>'
        f"<link>http://harbour.example/</link><description>News</description>{''.join(entries)}</channel></rss>"
    ).encode()


FERRY, CRANE = (
    entry("http://harbour.example/1", "Ferry back in service"),
    entry("http://harbour.example/2", "New crane"),
)
Story = Callable[[Server, Feed, Callable[[], Awaitable[None]]], Awaitable[None]]


def told(conn: Connection, box: Box, story: Story, *, allow: str = "127.0.0.1/32") -> Feed:
    """Run `story` with a server, a feed at its ``/feed``, and a way to poll it as the role would; the feed afterwards."""

    async def tell() -> Feed:
        async with serving() as server, tools(conn, box, allow=allow.format(port=server.port)) as intake:
            made = new_feed(conn, msgspec.structs.replace(FEED, address=f"{server.url}/feed"))
            await story(server, made, lambda: polled.poll(intake, feed_now(conn, made)))
            return feed_now(conn, made)

    return asyncio.run(tell())


def test_the_next_poll_comes_in_the_feeds_rhythm_give_or_take_a_tenth() -> None:
    fine = Reply(status=200, body=b"<rss/>", url=FEED.address)
    assert next_poll(FEED, fine, NOW).at == NOW + EVERY
    assert next_poll(FEED, fine, NOW, 1.0).at == NOW + EVERY * 1.1
    assert next_poll(FEED, fine, NOW, -1.0).at == NOW + EVERY * 0.9
    assert rhythm(FEED, 0.0) == EVERY


def test_a_server_in_trouble_is_asked_less_and_less_often_but_at_least_every_six_hours() -> None:
    waits = [back_off(msgspec.structs.replace(FEED, failures=n), 0.0) for n in (0, 1, 2, 20, 10**9)]
    assert waits == [EVERY * 2, EVERY * 4, EVERY * 8, timedelta(hours=6), timedelta(hours=6)]
    daily = msgspec.structs.replace(FEED, every=timedelta(days=1), failures=3)
    assert back_off(daily, 0.0) == timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("3600", timedelta(hours=1)),
        ("Mon, 04 May 2026 10:00:00 GMT", timedelta(hours=1)),
        ("Mon, 04 May 2020 10:00:00 GMT", EVERY),
        ("-5", EVERY),
        ("0", EVERY),
        ("1000000000000", timedelta(hours=24)),
        ("soon", EVERY * 2),
    ],
)
def test_a_server_that_names_a_time_is_not_asked_before_it_nor_more_often_than_usual(
    said: str, wait: timedelta
) -> None:
    busy = Reply(status=503, headers=(("retry-after", said),), url=FEED.address)
    assert next_poll(FEED, busy, NOW) == polled.NextPoll("failed", NOW + wait, next_poll(FEED, busy, NOW).why)
    assert "503" in next_poll(FEED, busy, NOW).why


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, b"copy", "new"),
        (200, b"", "failed"),
        (204, b"copy", "same"),
        (304, b"copy", "same"),
        (206, b"copy", "failed"),
        (404, b"copy", "failed"),
        (410, b"copy", "gone"),
        (999, b"copy", "failed"),
    ],
)
def test_only_a_whole_answer_with_a_body_brings_copy(status: int, body: bytes, outcome: str) -> None:
    assert next_poll(FEED, Reply(status=status, body=body, url=FEED.address), NOW).outcome == outcome


def test_a_first_poll_keeps_every_entry_the_oldest_first_and_the_second_asks_whether_there_is_more(
    conn: Connection, box: Box
) -> None:
    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[None]]) -> None:
        server.answers["/feed"] = always(
            rss(CRANE, FERRY),
            etag='"a1"',
            last_modified="Mon, 04 May 2026 08:00:00 GMT",
            content_type="text/xml; charset=utf-8",
        )
        await poll()
        server.answers["/feed"] = always(status=304)
        await poll()
        assert server.heard[0].headers.get("if-none-match") is None
        assert server.heard[1].headers["if-none-match"] == '"a1"'
        assert server.heard[1].headers["if-modified-since"] == "Mon, 04 May 2026 08:00:00 GMT"

    after = told(conn, box, story)
    found = kept(conn)
    assert [b"Ferry" in k.body for k in found] == [True, False]
    assert [k.media_type for k in found] == ["text/xml; charset=utf-8"] * 2
    assert (after.etag, after.failures, after.last_error) == ('"a1"', 0, "")
    assert due_again(conn, after) == EVERY


def test_an_entry_that_changes_under_the_same_tag_is_kept_again_and_its_neighbour_is_not(
    conn: Connection, box: Box
) -> None:
    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[None]]) -> None:
        server.answers["/feed"] = always(rss(CRANE, FERRY), etag='"a1"')
        await poll()
        await poll()
        server.answers["/feed"] = always(
            rss(CRANE, entry("http://harbour.example/1", "Ferry out of service again")), etag='"a1"'
        )
        await poll()

    told(conn, box, story)
    assert len(kept(conn)) == 3
    assert b"out of service again" in kept(conn)[-1].body


def test_a_feed_that_moves_to_https_brings_nothing_new(conn: Connection, box: Box) -> None:
    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[None]]) -> None:
        server.answers["/feed"] = always(rss(CRANE, FERRY))
        await poll()
        server.answers["/feed"] = always(rss(CRANE, FERRY).replace(b"http://harbour", b"https://harbour"))
        await poll()

    told(conn, box, story)
    assert len(kept(conn)) == 2


def test_five_texts_under_one_id_are_five_arrivals_and_no_more_at_the_next_poll(conn: Connection, box: Box) -> None:
    texts = [entry("http://harbour.example/same", f"Bulletin {n}") for n in range(5)]

    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[None]]) -> None:
        server.answers["/feed"] = always(rss(*texts))
        await poll()
        server.answers["/feed"] = always(rss(*texts) + b"\n")
        await poll()

    told(conn, box, story)
    assert len(kept(conn)) == 5


def test_a_feed_that_comes_again_with_other_dates_is_set_aside_in_one_piece_and_what_is_new_is_taken(
    conn: Connection, box: Box
) -> None:
    def whole(when: str, *more: str) -> bytes:
        return rss(*more, *(entry(f"http://harbour.example/{n}", f"Notice {n}", when) for n in range(FLOOD + 1)))

    late = entry("http://harbour.example/new", "A ship has come in")

    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[None]]) -> None:
        server.answers["/feed"] = always(whole("Mon, 04 May 2026 08:00:00 GMT"))
        await poll()
        server.answers["/feed"] = always(whole("Mon, 04 May 2026 08:30:00 GMT", late))
        await poll()
        await poll()

    after = told(conn, box, story)
    news, aside = kept(conn)[FLOOD + 1 :]
    assert b"A ship has come in" in news.body
    assert (news.state, aside.state) == ("kept", "parked")
    assert aside.body == whole("Mon, 04 May 2026 08:30:00 GMT", late)
    [row] = arrivals.arrivals(conn, parked=True)
    assert row.problem is not None
    assert f"{FLOOD + 1} entries" in row.problem.detail
    assert after.failures == 0
    arrivals.retry(conn, row.arrival.id)
    assert kept(conn)[-1].state == "kept"


def test_an_error_page_that_calls_itself_fine_is_kept_once_and_counts_as_a_failure(conn: Connection, box: Box) -> None:
    page = b"<html><head><title>Oops</title></head><body><h1>Database error</h1></body></html>"

    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[None]]) -> None:
        server.answers["/feed"] = always(rss(CRANE), etag='"good"')
        await poll()
        server.answers["/feed"] = always(page, etag='"bad"', content_type="text/html")
        await poll()
        await poll()

    after = told(conn, box, story)
    assert [(k.body, k.state) for k in kept(conn)][1:] == [(page, "parked")]
    assert (after.etag, after.failures) == ('"good"', 2)
    assert "not a feed" in after.last_error


def test_an_address_that_gives_a_single_item_is_a_feed_of_one(conn: Connection, box: Box) -> None:
    item = b'{"uri":"urn:hbr:1","type":"text","headlines":[{"value":"Ferry back in service"}]}'

    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[None]]) -> None:
        server.answers["/feed"] = always(item, content_type="application/json")
        await poll()
        await poll()

    after = told(conn, box, story)
    assert [(k.body, k.state) for k in kept(conn)] == [(item, "kept")]
    assert after.failures == 0


def test_an_empty_feed_is_a_quiet_one(conn: Connection, box: Box) -> None:
    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[None]]) -> None:
        server.answers["/feed"] = always(rss())
        await poll()

    after = told(conn, box, story)
    assert kept(conn) == []
    assert after.failures == 0


def test_a_bomb_a_drip_and_a_breakdown_cost_a_poll_each_and_say_why(conn: Connection, box: Box) -> None:
    bomb = gzip.compress(b"\0" * 3_000_000)

    async def drip(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.05)

    said: list[str] = []
    waits: list[timedelta] = []

    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[None]]) -> None:
        for answer in (
            always(bomb, content_encoding="gzip"),
            drip,
            always(b"broken", status=500),
            always(b"later", status=429, retry_after="7200"),
        ):
            server.answers["/feed"] = answer
            await poll()
            said.append(feed_now(conn, feed).last_error)
            waits.append(due_again(conn, feed))
        server.answers["/feed"] = always(rss(FERRY))
        await poll()

    after = told(conn, box, story)
    for text, word in zip(said, ("too large", "too slow", "500", "less often"), strict=True):
        assert word in text
    assert waits == [EVERY * 2, EVERY * 4, EVERY * 8, timedelta(hours=2)]
    assert len(kept(conn)) == 1
    assert (after.failures, after.last_error) == (0, "")


def test_a_redirect_is_followed_but_not_to_an_address_that_is_not_allowed(conn: Connection, box: Box) -> None:
    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[None]]) -> None:
        async with serving() as other:
            other.answers["/feed"] = always(rss(CRANE))
            server.answers["/feed"] = always(status=301, location=f"{other.url}/feed")
            await poll()
            assert other.heard == []
        server.answers["/moved"] = always(rss(FERRY))
        server.answers["/feed"] = always(status=301, location="/moved")
        assert "not allowed" in feed_now(conn, feed).last_error
        await poll()

    told(conn, box, story, allow="127.0.0.1/32:{port}")
    assert len(kept(conn)) == 1


def test_a_feed_that_is_gone_for_good_is_paused_with_the_reason(conn: Connection, box: Box) -> None:
    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[None]]) -> None:
        server.answers["/feed"] = always(status=410)
        await poll()

    after = told(conn, box, story)
    assert after.state == "paused"
    assert "gone for good" in after.last_error


def test_a_tag_that_cannot_be_sent_back_is_not(conn: Connection, box: Box) -> None:
    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[None]]) -> None:
        server.answers["/feed"] = always(rss(FERRY), etag='"é"')
        await poll()

    assert told(conn, box, story).etag == ""


def test_a_disk_that_fails_before_the_commit_leaves_the_feed_as_it_was(
    conn: Connection, box: Box, tmp_path: Path
) -> None:
    long = entry("http://harbour.example/long", "Long report " + "on the tides " * 45_000)
    (tmp_path / "blocked").write_text("a file where the folder should be")

    async def tell() -> None:
        async with serving() as server, tools(conn, box, ByteStore(tmp_path / "blocked")) as intake:
            feed = new_feed(conn, msgspec.structs.replace(FEED, address=f"{server.url}/feed"))
            server.answers["/feed"] = always(rss(long, FERRY), etag='"a1"')
            with pytest.raises(OSError, match="blocked"):
                await polled.poll(intake, feed)
            assert (feed_now(conn, feed).etag, kept(conn)) == ("", [])
            intake.files = ByteStore(tmp_path / "bytes")
            await polled.poll(intake, feed_now(conn, feed))
            assert feed_now(conn, feed).etag == '"a1"'

    asyncio.run(tell())
    assert [len(k.body) > 1_000_000 for k in kept(conn, ByteStore(tmp_path / "bytes"))] == [False, True]
