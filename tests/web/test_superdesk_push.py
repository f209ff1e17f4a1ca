"""A partner's Superdesk pushes into a feed: its signature opens the feeds that were told so, and no other."""

import asyncio

import aiohttp
import pytest
from served import Served

from dragoman.model.access import Access
from dragoman.store import feeds
from dragoman.store.connect import borrowed
from dragoman.store.feeds import Feed
from dragoman.trust.superdesk import HEADER, signature
from dragoman.trust.webhook import format_secret

TOKEN = b"a token of theirs"
BODY = b'{"guid": "urn:val:1", "type": "text", "headline": "Harbour reopens"}'


@pytest.fixture
def pushed(node: Served) -> Served:
    with borrowed(node.site.newsroom) as conn:
        desk = Feed(name="val-desk", agency="VAL", kind="push", secret=TOKEN, access=Access(signed="superdesk"))
        feeds.add_feed(conn, desk)
        feeds.add_feed(conn, Feed(name="val-push", agency="VAL", kind="push", secret=TOKEN))
    return node


def push(node: Served, feed: str, body: bytes = BODY, **headers: str) -> tuple[int, dict[str, object]]:
    async def go() -> tuple[int, dict[str, object]]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        url = f"{node.url}/exchange/push/{feed}"
        async with aiohttp.ClientSession() as client, client.post(url, data=body, headers=named) as answer:
            return answer.status, await answer.json(content_type=None)

    return asyncio.run(go())


def kept(node: Served) -> list[bytes]:
    with borrowed(node.site.newsroom) as conn:
        return [bytes(row[0]) for row in conn.execute("select bytes from arrival_bytes order by arrival")]


def test_a_signed_push_is_kept_and_answered_as_superdesk_wants(pushed: Served) -> None:
    status, said = push(pushed, "val-desk", **{HEADER: signature(TOKEN, BODY)})
    assert (status, said["outcome"]) == (201, "kept")
    again, told = push(pushed, "val-desk", **{HEADER: signature(TOKEN, BODY)})
    assert (again, told) == (201, {"arrival": said["arrival"], "outcome": "seen"})
    assert kept(pushed) == [BODY]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {HEADER: ""},
        {HEADER: signature(b"another", BODY)},
        {HEADER: signature(TOKEN, BODY + b" ")},
        {"authorization": f"Bearer {format_secret(TOKEN)}"},
    ],
)
def test_any_other_push_into_it_is_refused(pushed: Served, headers: dict[str, str]) -> None:
    status, said = push(pushed, "val-desk", **headers)
    assert (status, said["detail"]) == (401, "unknown feed or wrong secret")
    assert kept(pushed) == []


def test_a_feed_that_was_not_told_so_takes_no_superdesk_signature(pushed: Served) -> None:
    assert push(pushed, "val-push", **{HEADER: signature(TOKEN, BODY)})[0] == 401
    assert push(pushed, "val-push", authorization=f"Bearer {format_secret(TOKEN)}")[0] == 202
