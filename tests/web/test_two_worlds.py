"""Stories are the newsroom's alone: two nodes that differ by what is in a story tell a partner the same, byte for byte."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import aiohttp
import psycopg
import pytest
from linked import QUAKE, link_all, told
from served import Served, copy_of, serving

from database import Cluster, drop_database, fresh_database
from dragoman.desk import stories as desk_stories
from dragoman.store import people, stories
from dragoman.store.connect import borrowed, seen_by
from dragoman.trust.keyfile import save_keyring

_DIFFERS_ANYWAY = re.compile(
    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"  # times
    rb'|"id":"[^"]*"|"cursor":"[^"]*"|urn:uuid:[-0-9a-f]+|tag:[^<]*'  # made of a node's epoch
    rb"|127\.0\.0\.1:\d+"
)
_NEWSROOMS_OWN = (
    "/api/v1/stories",
    "/api/v1/stories/1",
    "/api/v1/stories/1/narrative",
    "/api/v1/items",
    "/api/v1/items/1/story",
    "/api/v1/items/1/copies",
    "/api/v1/items/1/pickups",
)
_TABLES = ("story", "story_item", "story_rejected", "story_apart", "story_change", "traits", "learned")


@pytest.fixture
def worlds(cluster: Cluster, tmp_path: Path) -> Iterator[tuple[Served, Served]]:
    """Two nodes with the same copy for VAL and an item that VAL has no right to: alone in the one, in the other in the story
    of what VAL receives."""
    databases = [fresh_database(cluster) for _ in range(2)]
    with ExitStack() as stack:
        made = []
        for number, database in enumerate(databases):
            stack.callback(drop_database, cluster, database.name)
            folder = tmp_path / str(number)
            folder.mkdir()
            made.append(stack.enter_context(serving(database, folder)))
        furnished(made[0], "Кубок у портовой команды", "Команда выиграла кубок.")
        joined(made[1], *furnished(made[1], *QUAKE["ru"]))
        yield made[0], made[1]


def furnished(node: Served, headline: str, text: str) -> tuple[int, int]:
    """The hidden item, and the one that VAL receives in two versions; linked."""
    save_keyring(node.site.keyring, node.site.config.keys)
    hidden = node.file(copy_of("hidden", "ru", headline, text), "LNA")
    seen = told(node, "en", "LNA", "seen")
    told(node, "en", "LNA", "seen", version="2")
    link_all(node)
    return hidden, seen


def joined(node: Served, hidden: int, seen: int) -> None:
    """The two are in one story, by the linker or by hand, and it has a title."""
    with borrowed(node.site.newsroom) as conn:
        story = stories.of_item(conn, seen).story
        if stories.of_item(conn, hidden).story != story:
            desk_stories.decided(conn, lambda: stories.move(conn, hidden, story, "Eldar Editor"))
        desk_stories.decided(conn, lambda: stories.rename(conn, story, "Quake", "Eldar Editor"))


async def heard(node: Served) -> dict[str, tuple[int, bytes]]:
    """All that a partner is answered: status and body, without what differs anyway."""
    with borrowed(node.site.newsroom) as conn:
        token = people.add_token(conn, "val", agency="VAL")
    found: dict[str, tuple[int, bytes]] = {}
    async with aiohttp.ClientSession(node.url, headers={"authorization": f"Bearer {token}"}) as client:
        for path in ("/exchange/changes", "/exchange/atom", "/wire", "/stories", "/story/1", *_NEWSROOMS_OWN):
            async with client.get(path, allow_redirects=False) as answer:
                found[path] = answer.status, _DIFFERS_ANYWAY.sub(b"", await answer.read())
    return found


def test_what_a_partner_hears_does_not_depend_on_who_else_is_in_the_story(worlds) -> None:
    sizes = []
    for node in worlds:
        with borrowed(node.site.newsroom) as conn:
            sizes.append(sorted(one.items for one in stories.latest(conn, least=1)))
    assert sizes == [[1, 1], [2]]
    one, other = (asyncio.run(heard(node)) for node in worlds)
    assert b"Lombara" in one["/exchange/changes"][1]
    assert b"Lombara" in one["/exchange/atom"][1]
    for path in _NEWSROOMS_OWN:
        assert one[path][0] == 403
    assert one == other


def test_a_partners_role_reads_nothing_of_stories_in_either_world(worlds) -> None:
    for node in worlds:
        with borrowed(node.site.newsroom) as conn:
            viewer = conn.execute("select id from agency where code = 'VAL'").fetchone()[0]
        for table in _TABLES:
            with pytest.raises(psycopg.Error, match="permission denied"), seen_by(node.site.partner, viewer) as conn:
                conn.execute(f"select * from {table}".encode())
