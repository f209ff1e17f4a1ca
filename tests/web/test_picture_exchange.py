"""A picture between two nodes: its file asked for by the one that was granted it, and by nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
from served import Served

from database import Addresses, drop_database, fresh_database
from dragoman.config import Config, Net
from dragoman.desk import copy, pictures
from dragoman.desk.pictures import Wording
from dragoman.model.agency import Agency, NodeKey
from dragoman.model.agreement import Agreement, Terms
from dragoman.model.item import Item
from dragoman.model.picture import without_addresses
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.roles.media import Pictures
from dragoman.roles.post import Post
from dragoman.store import agencies, agreements, audit, filing, media, people
from dragoman.store.connect import Connection, borrowed, connect
from dragoman.store.darkroom import why_not_here
from dragoman.store.db.cluster import Cluster
from dragoman.trust.keyfile import save_keyring
from dragoman.trust.keys import Keyring, fingerprint, new_keyring
from dragoman.trust.token import issue
from drawn import camera, jpeg

pytestmark = pytest.mark.anyio
NOW = datetime.now(UTC)
VAL = new_keyring("VAL", NOW)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def granted(node: Served, **clauses: Any) -> None:
    """VAL takes pictures from us and its node's key is trusted."""
    with borrowed(node.site.newsroom) as conn:
        agencies.add_key(conn, _trusted(VAL))
        terms = Terms(
            giver="LNA", taker="VAL", kinds=("text", "picture"), valid_from=NOW - timedelta(days=1), **clauses
        )
        with conn.transaction():
            agreements.save(conn, Agreement(id="00aa11bb22cc33dd", revision=1, terms=terms, state="active"), "LNA")


def _trusted(keys: Keyring) -> NodeKey:
    public = keys.current.public
    return NodeKey(
        agency=keys.agency,
        public=public,
        fingerprint=fingerprint(public),
        state="trusted",
        since=NOW - timedelta(days=1),
    )


def added(node: Served, number: int = 0) -> pictures.Done:
    with borrowed(node.site.newsroom) as conn:
        said = Wording(language="en", captions={"en": "Boats."}, credit="LNA")
        body = jpeg(400, 300, number=number, exif=camera())
        return pictures.add(conn, node.site.files, body, by="Eldar Editor", now=datetime.now(UTC), said=said)


async def asked(
    node: Served, path: str, keys: Keyring = VAL, audience: str = "LNA", signed: str = ""
) -> tuple[int, bytes, Any]:
    token = issue(keys, audience=audience, method="GET", path=signed or path, now=datetime.now(UTC))
    headers = {"authorization": f"Dragoman {token}"}
    async with aiohttp.ClientSession(node.url) as client, client.get(path, headers=headers) as answer:
        return answer.status, await answer.read(), answer.headers


async def test_a_partner_that_was_given_the_picture_fetches_its_file_and_its_renditions(node: Served) -> None:
    granted(node)
    done = added(node)
    status, body, headers = await asked(node, f"/exchange/media/{done.digest}")
    assert (status, body) == (200, jpeg(400, 300, exif=camera()))
    assert headers["content-type"] == "image/jpeg"
    assert headers["content-disposition"] == "attachment"
    status, body, _ = await asked(node, f"/exchange/media/{done.digest}/preview")
    assert status == 200
    assert b"SERIAL" not in body
    with borrowed(node.site.newsroom) as conn:
        assert [(one.actor, one.act) for one in audit.entries(conn, about=done.digest)] == [("VAL", "file fetched")]


async def test_who_was_given_nothing_hears_the_same_of_every_file(node: Served) -> None:
    done = added(node)  # the agreement in force gives VAL text
    with borrowed(node.site.newsroom) as conn:
        agencies.add_key(conn, _trusted(VAL))
    for path in (done.digest, "ab" * 32, "nothing", f"{done.digest}/preview", f"{done.digest}/../../etc"):
        status, _, _ = await asked(node, f"/exchange/media/{path}")
        assert status == 404, path


async def test_a_token_for_another_file_or_of_a_stranger_opens_nothing(node: Served) -> None:
    granted(node)
    path = f"/exchange/media/{added(node).digest}"
    assert (await asked(node, path, signed=f"/exchange/media/{'ab' * 32}"))[0] == 401
    assert (await asked(node, path, keys=new_keyring("VAL", NOW)))[0] == 401
    assert (await asked(node, path, audience="QMR"))[0] == 401
    async with aiohttp.ClientSession(node.url) as client, client.get(path) as answer:
        assert answer.status == 401


async def test_a_held_or_killed_picture_is_given_to_nobody(node: Served) -> None:
    granted(node)
    done = added(node)
    path = f"/exchange/media/{done.digest}"
    assert (await asked(node, path))[0] == 200
    with borrowed(node.site.newsroom) as conn:
        copy.hold(conn, str(done.number), "Not ours.", by="Hanna Head", now=datetime.now(UTC))
    assert (await asked(node, path))[0] == 404
    assert (await asked(node, f"{path}/preview"))[0] == 404


async def test_the_item_that_leaves_says_where_its_file_is_fetched(node: Served) -> None:
    granted(node)
    save_keyring(node.site.keyring, node.site.config.keys)
    done = added(node)
    with borrowed(node.site.newsroom) as conn:
        token = people.add_token(conn, "val", agency="VAL")
    async with aiohttp.ClientSession(node.url, headers={"authorization": f"Bearer {token}"}) as client:
        async with client.get("/exchange/changes") as answer:
            [entry] = (await answer.json())["entries"]
        item = entry["envelope"]["item"]
        found = {one["name"]: one for one in item["renditions"]}
        assert found["original"]["href"] == f"{node.url}/exchange/media/{done.digest}"
        assert (found["preview"]["width"], found["thumbnail"]["width"]) == (400, 320)
        async with client.get(found["preview"]["href"].removeprefix(node.url)) as answer:
            assert answer.status == 200
    kept = without_addresses(msgspec.convert(item, Item))
    assert [one.href for one in kept.renditions] == [f"/exchange/media/{done.digest}"]


# ------------------------------------------------------------------------------------------------ the other node


@contextmanager
def partner_node(cluster: Cluster, folder: Path, node: Served) -> Iterator[tuple[Addresses, Post]]:
    """VAL's store, and the post of its media role; LNA is served at `node`."""
    database = fresh_database(cluster)
    config = Config(folder=folder, net=Net(allow=("127.0.0.1/32",)))
    folder.mkdir()
    save_keyring(VAL, config.keys)
    with connect(database.newsroom) as conn:
        agencies.add_agency(conn, Agency(code="VAL", name="Valdora Presse", home=True))
        agencies.add_agency(conn, Agency(code="LNA", name="Lantern", node=node.url))
    try:
        yield database, Post(role="media", config=config, newsroom=database.newsroom, partner=database.partner)
    finally:
        drop_database(cluster, database.name)


def take_in(conn: Connection, node: Served, number: int) -> int:
    """The item as VAL files it; its number there."""
    with borrowed(node.site.newsroom) as theirs:
        item = media.picture(theirs, number).item
    now = datetime.now(UTC)
    with conn.transaction():
        [filed] = filing.file(
            conn, [filing.Filing(item=item, origin="LNA", agency="LNA", received=now, arrival=1)], now
        )
    row = conn.execute("select item from version where sequence = %s", (filed.sequence,)).fetchone()
    assert row is not None
    return int(row[0])


async def test_our_node_fetches_a_partners_file_compares_it_and_makes_its_renditions(
    node: Served, cluster: Cluster, tmp_path: Path
) -> None:
    granted(node)
    done = added(node)
    with partner_node(cluster, tmp_path / "val", node) as (database, post), connect(database.newsroom) as conn:
        number = take_in(conn, node, done.number)
        assert media.picture(conn, number).file == "wanted"
        async with Connector(parse_allowed(post.config.net.allow)) as connector:
            role = Pictures(post, conn, connector)
            while await role.turn():
                pass
        row = media.picture(conn, number)
        assert (row.file, row.captions) == ("ready", {"en": "Boats."})
        names = [one.name for one in media.renditions(conn, done.digest)]
        assert sorted(names) == ["large", "preview", "print", "thumbnail"]
        assert media.sent(conn, post.files(), done.digest, "original").body == jpeg(400, 300, exif=camera())


async def test_what_cannot_be_fetched_is_asked_for_again_later_and_the_reason_is_shown(
    node: Served, cluster: Cluster, tmp_path: Path
) -> None:
    done = added(node)  # nothing agreed: their node does not give it
    with borrowed(node.site.newsroom) as conn:
        agencies.add_key(conn, _trusted(VAL))
    with partner_node(cluster, tmp_path / "val", node) as (database, post), connect(database.newsroom) as conn:
        take_in(conn, node, done.number)
        async with Connector(parse_allowed(post.config.net.allow)) as connector:
            role = Pictures(post, conn, connector)
            assert await role.turn() == 1
            assert await role.turn() == 0
            [(agency, why)] = why_not_here(conn, done.digest)
            assert agency == "LNA"
            assert "does not have it for us" in why
            granted(node)
            with borrowed(node.site.newsroom) as theirs:  # described anew, it is granted under the new agreement
                pictures.describe(theirs, str(done.number), Wording(credit="LNA/Q"), by="x", now=datetime.now(UTC))
            conn.execute("update media_holder set due = now()")
            while await role.turn():
                pass
        assert media.file(conn, done.digest).state == "ready"


async def test_another_file_in_its_place_is_not_taken(node: Served, cluster: Cluster, tmp_path: Path) -> None:
    granted(node)
    done = added(node)
    path = node.site.files._path(done.digest)
    with partner_node(cluster, tmp_path / "val", node) as (database, post), connect(database.newsroom) as conn:
        take_in(conn, node, done.number)
        path.write_bytes(jpeg(number=9))  # their disk has changed: they answer 500, or another file
        async with Connector(parse_allowed(post.config.net.allow)) as connector:
            await Pictures(post, conn, connector).turn()
        assert media.file(conn, done.digest).state == "wanted"
        assert why_not_here(conn, done.digest)
