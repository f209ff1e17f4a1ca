"""A partner's change feed, read on from our cursor: every entry once, whatever the partner does."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import msgspec
import pytest
from aiohttp import web
from ways_in import NOW, PARTNER_KEYS, Server, due_again, feed_now, home, kept, new_feed, serving, signed_page, tools

from dragoman.model.errors import NotAccepted
from dragoman.receive import node
from dragoman.receive.box import Box
from dragoman.store.connect import Connection
from dragoman.store.feeds import Feed
from dragoman.trust.envelope import Envelope, seal
from dragoman.trust.keys import new_keyring
from dragoman.trust.token import verify_token
from dragoman.trust.webhook import page_id, sign

KEYS = new_keyring("HOME", NOW)
EVERY = timedelta(minutes=1)


def envelope(uri: str, *, sender: str = "PTN", recipient: str = "HOME", action: str = "publish") -> bytes:
    return seal(
        Envelope(
            type="item",
            sender=sender,
            recipient=recipient,
            action=action,  # type: ignore[arg-type]
            at=NOW,
            item=msgspec.Raw(msgspec.json.encode({"uri": uri, "type": "text"})),
        )
    )


class Partner:
    """A partner's node: entries by number, pages of two; its cursors are its epoch and a number."""

    def __init__(self, entries: list[tuple[str, bytes]], *, epoch: str = "one") -> None:
        self.entries, self.epoch, self.asked = entries, epoch, list[str]()

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        scheme, _, token = request.headers["authorization"].partition(" ")
        try:
            verify_token(
                token, us="PTN", method="GET", path=request.path_qs, now=NOW, keys={"HOME": [KEYS.current.public]}
            )
        except NotAccepted as error:
            return web.json_response({"title": error.title}, status=401)
        assert scheme == "Dragoman"
        cursor = request.query["cursor"]
        self.asked.append(cursor)
        epoch, _, position = cursor.partition("-")
        if cursor and epoch != self.epoch:
            return web.json_response({"title": "An older epoch"}, status=410)
        at = int(position or 0)
        shown = self.entries[at : at + 2]
        page = {
            "entries": [{"id": name, "envelope": msgspec.Raw(body)} for name, body in shown],
            "cursor": f"{self.epoch}-{at + len(shown)}",
            "more": at + len(shown) < len(self.entries),
        }
        return signed_page(request, msgspec.json.encode(page))


Story = Callable[[Server, Feed, Callable[[], Awaitable[int]]], Awaitable[None]]


def told(conn: Connection, box: Box, story: Story) -> Feed:
    async def tell() -> Feed:
        async with serving() as server, tools(conn, box) as intake:
            home(conn)
            feed = new_feed(
                conn,
                Feed(name="ptn", agency="PTN", kind="node", address=server.url, format="envelope", every=EVERY),
            )
            await story(server, feed, lambda: node.poll(intake, feed_now(conn, feed), lambda: KEYS))
            return feed_now(conn, feed)

    return asyncio.run(tell())


def test_what_a_partner_published_while_we_were_away_is_read_page_by_page_and_never_again(
    conn: Connection, box: Box
) -> None:
    partner = Partner([(f"d{n}", envelope(f"urn:ptn:{n}")) for n in range(5)])

    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[int]]) -> None:
        server.answers["/exchange/changes"] = partner.answer
        assert await poll() == 5
        assert await poll() == 0
        partner.entries.append(("d5", envelope("urn:ptn:1", action="kill")))
        assert await poll() == 1

    after = told(conn, box, story)
    assert [k.source for k in kept(conn)] == ["d0", "d1", "d2", "d3", "d4", "d5"]
    assert kept(conn)[0].body == partner.entries[0][1]
    assert kept(conn)[5].priority == 0
    assert partner.asked == ["", "one-2", "one-4", "one-5", "one-5"]
    assert (after.cursor, after.failures) == ("one-6", 0)
    assert due_again(conn, after) == EVERY


def test_an_entry_that_was_pushed_already_is_not_kept_twice_nor_one_that_comes_on_two_pages(
    conn: Connection, box: Box
) -> None:
    twice = ("d0", envelope("urn:ptn:0"))
    partner = Partner([twice, twice, ("d1", envelope("urn:ptn:1")), twice])

    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[int]]) -> None:
        conn.execute("insert into push_seen (agency, id) values (%s, 'd1')", (feed.agency_id,))
        server.answers["/exchange/changes"] = partner.answer
        assert await poll() == 1

    told(conn, box, story)
    assert [k.source for k in kept(conn)] == ["d0"]
    assert conn.execute("select count(*) from push_seen where arrival is not null").fetchone() == (1,)


def test_a_partner_restored_from_a_backup_is_read_from_the_beginning_and_what_we_have_is_known(
    conn: Connection, box: Box
) -> None:
    partner = Partner([(f"d{n}", envelope(f"urn:ptn:{n}")) for n in range(3)])

    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[int]]) -> None:
        server.answers["/exchange/changes"] = partner.answer
        await poll()
        partner.epoch = "two"
        partner.entries.append(("d3", envelope("urn:ptn:3")))
        assert await poll() == 1

    after = told(conn, box, story)
    assert after.cursor == "two-4"
    assert len(kept(conn)) == 4


@pytest.mark.parametrize(
    ("status", "word"),
    [(401, "confirmed our key"), (403, "agreement"), (404, "no change feed"), (410, "410"), (502, "502")],
)
def test_a_partner_that_gives_nothing_is_asked_again_later_and_the_reason_shows(
    conn: Connection, box: Box, status: int, word: str
) -> None:
    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[int]]) -> None:
        async def refuse(request: web.BaseRequest) -> web.StreamResponse:
            return web.json_response({"title": "Not today", "detail": "come again"}, status=status)

        server.answers["/exchange/changes"] = refuse
        assert await poll() == 0
        assert await poll() == 0

    after = told(conn, box, story)
    assert word in after.last_error
    assert "Not today: come again" in after.last_error
    assert (after.failures, due_again(conn, after)) == (2, EVERY * 4)


@pytest.mark.parametrize("strange", [{"sender": "OTHER"}, {"recipient": "OTHER"}, {"sender": "HOME"}])
def test_copy_of_somebody_else_in_a_partners_feed_stops_the_reading(
    conn: Connection, box: Box, strange: dict[str, str]
) -> None:
    partner = Partner([("d0", envelope("urn:ptn:0")), ("d1", envelope("urn:ptn:1", **strange))])

    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[int]]) -> None:
        server.answers["/exchange/changes"] = partner.answer
        assert await poll() == 0

    after = told(conn, box, story)
    assert (after.cursor, after.failures, kept(conn)) == ("", 1, [])


def test_an_entry_that_is_no_envelope_is_kept_for_a_person_and_does_not_hold_up_a_kill(
    conn: Connection, box: Box
) -> None:
    partner = Partner([("", b'{"type": "from-the-future"}'), ("d1", envelope("urn:ptn:1", action="kill"))])

    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[int]]) -> None:
        server.answers["/exchange/changes"] = partner.answer
        assert await poll() == 2

    told(conn, box, story)
    assert kept(conn)[0].source.startswith("sha256:")
    assert kept(conn)[1].source == "d1"


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"entries": 3}', b"[" * 5000, b'{"entries":[],"cursor":"","more":true}']
)
def test_an_answer_that_is_no_page_or_goes_in_a_circle_is_a_failure(conn: Connection, box: Box, body: bytes) -> None:
    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[int]]) -> None:
        async def answer(request: web.BaseRequest) -> web.StreamResponse:
            return signed_page(request, body)

        server.answers["/exchange/changes"] = answer
        await poll()

    assert told(conn, box, story).failures == 1


def test_pages_that_are_too_large_are_asked_for_in_smaller_pieces(conn: Connection, box: Box) -> None:
    asked: list[int] = []

    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[int]]) -> None:
        async def answer(request: web.BaseRequest) -> web.StreamResponse:
            limit = int(request.query["limit"])
            asked.append(limit)
            if limit > 2:
                return web.Response(body=b" " * 2_000_001)
            return signed_page(request, b'{"entries":[],"cursor":"c1","more":false}')

        server.answers["/exchange/changes"] = answer
        await poll()

    assert told(conn, box, story).cursor == "c1"
    assert asked == [200, 20, 2]


def test_a_page_that_the_partner_has_not_signed_for_this_request_is_not_believed(conn: Connection, box: Box) -> None:
    page = b'{"entries":[],"cursor":"c1","more":false}'

    async def story(server: Server, feed: Feed, poll: Callable[[], Awaitable[int]]) -> None:
        async def unsigned(request: web.BaseRequest) -> web.StreamResponse:
            return web.Response(body=page)

        async def to_another_request(request: web.BaseRequest) -> web.StreamResponse:
            stamp = sign(page_id("another token"), page, at=NOW, keys=PARTNER_KEYS.signing)
            return web.Response(body=page, headers=stamp.headers())

        server.answers["/exchange/changes"] = unsigned
        assert await poll() == 0
        server.answers["/exchange/changes"] = to_another_request
        assert await poll() == 0

    after = told(conn, box, story)
    assert (after.cursor, after.failures) == ("", 2)
