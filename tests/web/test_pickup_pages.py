"""Whose words an item uses: on its page passage by passage, over the API, and nothing of it where either side is stopped."""

import asyncio
import json

from at_desk import Desk, sitting
from linked import link_all
from served import Served, copy_of

from dragoman.link.between import Between
from dragoman.store import originals, reuse, stories
from dragoman.store.connect import borrowed
from dragoman.web.item.pickups import shown

HARBOUR = (
    "The harbour council of Lindholm agreed on Monday to raise the ferry tariff by four per cent from May.",
    "Fishermen had asked the council to leave small boats out of the rise, and the council refused after a long debate.",
)
OWN = "Nobody remembers a quieter March, and the market sold what had been frozen since autumn at twice the price."


def two(node: Served) -> tuple[int, int]:
    """Ours, and a partner's that took a line of it with a word changed; looked at as the linker does."""
    ours = node.file(copy_of("harbour", "en", "Ferry tariff rises", *HARBOUR))
    taken = HARBOUR[1].replace("small boats", "little boats") + " (LNA)"
    theirs = node.file(copy_of("boats", "en", "No mercy for boats", OWN, taken), origin="QMR")
    with borrowed(node.site.newsroom) as conn:
        reuse.look(conn, 10)
    return ours, theirs


def test_a_passage_stands_beside_its_source_with_the_same_words_marked(node: Served) -> None:
    _, theirs = two(node)
    with borrowed(node.site.newsroom) as conn:
        [one] = shown(reuse.of_item(conn, theirs).taken)
    [pair] = one.pairs
    for pieces, text in ((pair.user, one.kept.user.text), (pair.source, one.kept.source.text)):
        assert "".join(piece.text for piece in pieces) in text
        same = [piece.text for piece in pieces if piece.is_same]
        assert same[-1].endswith("a long debate")
        assert same[0].startswith("Fishermen had asked")
    assert [piece.text.strip() for piece in pair.user if not piece.is_same and not piece.is_around] == ["little"]


def test_the_page_and_the_api_tell_both_sides_until_one_is_stopped(node: Served) -> None:
    ours, theirs = two(node)

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            page = await desk.page(f"/item/{theirs}/pickups")
            assert "<mark>Fishermen had asked the council" in page
            assert "✓ credited" in page
            assert "Ferry tariff rises" in page
            assert "No mercy for boats" in await desk.page(f"/item/{ours}/pickups")
            told = await asked(desk, f"/api/v1/items/{theirs}/pickups")
            assert told["given"] == []
            [one] = told["taken"]
            assert (one["label"], one["credited"], one["source"]["item"]) == ("partial", True, ours)
            [passage] = one["passages"]
            assert one["source"]["text"][slice(*passage["source"])].startswith("Fishermen")
            await desk.send(f"/item/{ours}/hold", reason="checking")
            assert "Fishermen" not in await desk.page(f"/item/{theirs}/pickups")
            assert "no pick-ups" in await desk.page(f"/item/{ours}/pickups")
            assert await asked(desk, f"/api/v1/items/{theirs}/pickups") == {"taken": [], "given": []}
            await desk.page("/item/99999999/pickups", 404)

    asyncio.run(story())


ENGLISH = (
    "The port of Lindholm closed on 14 March after the storm.",
    "Elvin Quay, the mayor, counted 312 damaged boats.",
    "Repairs will cost 45 million crowns.",
)
GERMAN = (
    "Der Hafen von Lindholm wurde am 14. März nach dem Sturm geschlossen.",
    "Bürgermeister Elvin Quay zählte 312 beschädigte Boote.",
    "Die Reparaturen werden 45 Millionen Kronen kosten.",
)


def test_a_translation_stands_beside_its_original_sentence_by_sentence(node: Served) -> None:
    ours = node.file(copy_of("port", "en", "Port closed", *ENGLISH))
    theirs = node.file(copy_of("hafen", "de", "Hafen geschlossen", *GERMAN), origin="QMR")
    link_all(node)
    with borrowed(node.site.newsroom) as conn:
        number = stories.of_item(conn, theirs).story
        all(originals.looking(conn, Between()))

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            page = await desk.page(f"/item/{theirs}/pickups")
            for said in ("<b>translated from</b>", "% of its sentences", "not credited", *GERMAN, *ENGLISH):
                assert said in page
            assert "<mark>" not in page
            assert page.index(GERMAN[0]) < page.index(ENGLISH[0]) < page.index(GERMAN[1]) < page.index(ENGLISH[1])
            assert "<b>translated by</b>" in await desk.page(f"/item/{ours}/pickups")
            [one] = (await asked(desk, f"/api/v1/items/{theirs}/pickups"))["taken"]
            assert (one["label"], one["credited"], one["source"]["item"]) == ("translated", False, ours)
            for passage, mine, other in zip(one["passages"], GERMAN, ENGLISH, strict=True):
                assert one["user"]["text"][slice(*passage["item"])] == mine
                assert one["source"]["text"][slice(*passage["source"])] == other
            page = await desk.page(f"/story/{number}")
            for said in ("<b>translated from</b>", "not credited", f"/item/{theirs}/pickups", GERMAN[1], ENGLISH[1]):
                assert said in page
            assert await asked(desk, f"/api/v1/stories/{number}/pickups") == [one]
            await desk.send(f"/item/{ours}/hold", reason="checking")
            assert "translated from" not in await desk.page(f"/story/{number}")
            assert await asked(desk, f"/api/v1/stories/{number}/pickups") == []

    asyncio.run(story())


async def asked(desk: Desk, path: str) -> dict:
    async with desk.client.get(desk.url + path) as answer:
        assert answer.status == 200, path
        return json.loads(await answer.read())
