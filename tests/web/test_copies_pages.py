"""The same copy on pages and over the API: who else brought it, what may be a version of it, and a person's word on that."""

import asyncio

from at_desk import Desk, sitting
from served import Served

from dragoman.model.item import Block, Body, Headline, Item, Profile
from dragoman.store import copies
from dragoman.store.connect import borrowed

TEXT = (
    "The ferry company of Lindholm will carry cyclists free of charge from Monday until the end of the summer timetable, its "
    "director Ada Quill told the harbour council, which had asked for it since spring. Tickets for cars stay at 14 crowns."
)


def ferry(uri: str, text: str = TEXT) -> Item:
    return Item(
        uri=uri,
        version="1",
        language="en",
        headlines=(Headline(value="Ferry carries cyclists free"),),
        bodies=(Body(value=f"<p>{text}</p>"),),
        dragoman=Profile(blocks=(Block(kind="paragraph", text=text),)),
    )


def at_desk(node: Served, name: str, do) -> None:
    async def run() -> None:
        async with sitting(node, name) as desk:
            await do(desk)

    asyncio.run(run())


def test_the_same_copy_is_one_row_and_each_page_names_the_other(node: Served):
    first = node.file(ferry("val:1"), "VAL")
    second = node.file(ferry("qmr:9"), "QMR")

    async def look(desk: Desk) -> None:
        wire = await desk.page("/wire")
        assert f'id="item-{first}"' in wire
        assert f'id="item-{second}"' not in wire
        assert "1 copy under another id" in wire
        page = await desk.page(f"/item/{second}")
        assert "The same copy" in page
        assert "came first" in page
        assert f'href="/item/{first}"' in page
        assert f'href="/item/{second}"' in await desk.page(f"/item/{first}")

    at_desk(node, "Rana Reader", look)


def test_a_version_under_another_id_is_proposed_and_joined_by_an_editor(node: Served):
    older = node.file(ferry("val:1"), "VAL")
    newer = node.file(ferry("val:2", TEXT.replace("Tickets", "The mayor welcomed it on Tuesday. Tickets")), "VAL")
    with borrowed(node.site.newsroom) as conn:
        assert copies.propose(conn, 60) == 1

    async def read(desk: Desk) -> None:
        page = await desk.page(f"/item/{newer}")
        assert "Other versions under other ids?" in page
        assert "It is a version of this" not in page
        await desk.send(f"/item/{newer}/version", 403, newer=str(newer), older=str(older), word="accepted")

    async def join(desk: Desk) -> None:
        await desk.send(f"/item/{newer}/version", 400, newer="x", older=str(older), word="accepted")
        page = await desk.send(f"/item/{newer}/version", newer=str(newer), older=str(older), word="accepted")
        assert "joined by Eldar Editor" in page
        wire = await desk.page("/wire")
        assert f'id="item-{newer}"' in wire
        assert f'id="item-{older}"' not in wire
        page = await desk.send(f"/item/{newer}/version", newer=str(newer), older=str(older), word="rejected")
        assert "Other versions" not in page

    at_desk(node, "Rana Reader", read)
    at_desk(node, "Eldar Editor", join)
