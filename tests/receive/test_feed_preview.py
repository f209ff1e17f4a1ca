"""A feed tried out shows its newest copy, and leaves no trace."""

import asyncio
from pathlib import Path

import msgspec
import pytest
from aiohttp import web
from ways_in import NOW, Server, always, serving

from dragoman.model.arrival import Unit
from dragoman.model.errors import BadInput, DragomanError
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.receive.box import Box
from dragoman.receive.preview import LAST, preview
from dragoman.store.feeds import Feed
from dragoman.trust.envelope import Envelope, seal
from dragoman.trust.keys import new_keyring


def shown(box: Box, feed: Feed, server: Server | None = None) -> list[Unit]:
    async def show() -> list[Unit]:
        async with serving() as served, Connector(parse_allowed(["127.0.0.1/32"])) as connector:
            served.answers = server.answers if server else {}
            at = feed.address if feed.kind == "folder" else served.url + feed.address
            return await preview(
                msgspec.structs.replace(feed, address=at), connector, box, keyring=new_keyring("HOME", NOW)
            )

    return asyncio.run(show())


def headlines(units: list[Unit]) -> list[str]:
    return [unit.item.headline if unit.item else "" for unit in units]


def test_the_newest_entries_of_a_feed_are_shown(box: Box) -> None:
    server = Server()
    items = "".join(f"<item><guid>g{n}</guid><title>Notice {n}</title></item>" for n in range(30))
    server.answers["/feed"] = always(f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode())
    units = shown(box, Feed(name="f", agency="HBR", kind="http", address="/feed"), server)
    assert headlines(units) == [f"Notice {n}" for n in range(LAST)]
    assert [unit.index for unit in units] == list(range(LAST))


@pytest.mark.parametrize(
    ("status", "body", "word"),
    [(200, b"<html>Oops</html>", "a page instead of a feed"), (404, b"", "nothing"), (304, b"", "nothing")],
)
def test_a_feed_that_gives_no_copy_says_why(box: Box, status: int, body: bytes, word: str) -> None:
    server = Server()
    server.answers["/feed"] = always(body, status=status)
    with pytest.raises(BadInput) as told:
        shown(box, Feed(name="f", agency="HBR", kind="http", address="/feed"), server)
    assert word in str(told.value)


def test_the_files_of_a_folder_are_shown_and_stay_where_they_are(box: Box, tmp_path: Path) -> None:
    (tmp_path / "copy.json").write_text('{"uri":"urn:x:1","type":"text","headlines":[{"value":"Ferry back"}]}')
    (tmp_path / "half.json.part").write_text("{")
    assert headlines(shown(box, Feed(name="f", agency="DSK", kind="folder", address=str(tmp_path)))) == ["Ferry back"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.json", "half.json.part"]


def test_a_partners_changes_are_shown(box: Box) -> None:
    item = msgspec.Raw(b'{"uri":"urn:ptn:1","type":"text","headlines":[{"value":"Crane falls"}]}')
    body = seal(Envelope(type="item", sender="PTN", recipient="HOME", at=NOW, item=item))

    async def changes(request: web.BaseRequest) -> web.StreamResponse:
        page = {"entries": [{"id": "d1", "envelope": msgspec.Raw(body)}], "cursor": "c", "more": False}
        return web.Response(body=msgspec.json.encode(page))

    server = Server()
    server.answers["/exchange/changes"] = changes
    assert headlines(shown(box, Feed(name="f", agency="PTN", kind="node"), server)) == ["Crane falls"]


def test_a_feed_that_is_pushed_cannot_be_fetched(box: Box) -> None:
    with pytest.raises(DragomanError, match="not fetched"):
        shown(box, Feed(name="f", agency="HBR", kind="push"))
