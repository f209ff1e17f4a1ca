"""What was read of an item: marked in its text on the page, told over the API, nothing of it where copy is stopped."""

import asyncio
import json

import pytest
from at_desk import Desk, sitting
from served import Served, copy_of

from dragoman.model.item import Dateline
from dragoman.model.reading import Figure, Mention, Name, Place, Quote, Reading, SaidDate
from dragoman.store import items, readings
from dragoman.store.connect import borrowed
from dragoman.web.item.said import marked

TEXT = "Minister Elvin Quay said in Baku: “Twelve ships came.”\nQuay left on Friday."


def mention(text: str, nth: int = 0) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(text, start + 1)
    return Mention(text=text, start=start, end=start + len(text))


def span(text: str) -> dict[str, int]:
    return {"start": TEXT.index(text), "end": TEXT.index(text) + len(text)}


READING = Reading(
    version=1,
    language="en",
    confidence=0.99,
    dateline=Dateline(text="BAKU, May 1", place="BAKU", country="AZ", day=1, month=5),
    names=(
        Name(text="Elvin Quay", kind="person", role="Minister", mentions=(mention("Elvin Quay"), mention("Quay", 1))),
    ),
    places=(Place(text="Baku", kind="city", name="Baku", country="AZ", mentions=(mention("Baku"),)),),
    dates=(SaidDate(text="Friday", value="2026-05-01", **span("Friday")),),
    figures=(Figure(text="Twelve", value=12, unit="ship", **span("Twelve")),),
    quotes=(Quote(text="Twelve ships came.", speaker="Elvin Quay", verb="said", **span("Twelve ships came.")),),
)


def test_the_text_is_marked_with_what_was_read():
    first, second = marked(TEXT, READING)
    assert "\n".join("".join(piece.text for piece in line) for line in (first, second)) == TEXT
    kinds = {piece.text: piece.kind for line in (first, second) for piece in line if piece.kind}
    assert kinds == {
        "Elvin Quay": "person",
        "Baku": "place",
        "Twelve": "figure",
        "Quay": "person",
        "Friday": "date",
    }
    assert [piece.text for piece in first if piece.quoted] == ["Twelve", " ships came."]


@pytest.mark.parametrize(
    "mentions",
    [
        ((0, 8), (3, 12)),  # overlapping
        ((5, 5), (70, 500)),  # empty, and past the end
        ((0, 500),),
    ],
)
def test_marks_that_overlap_or_overrun_lose_no_letter(mentions):
    names = tuple(
        Name(text="x", kind="person", mentions=(Mention(text="x", start=start, end=end),)) for start, end in mentions
    )
    lines = marked(TEXT, Reading(version=1, names=names))
    assert "\n".join("".join(piece.text for piece in line) for line in lines) == TEXT


def test_the_page_and_the_api_tell_what_was_read_until_the_copy_is_stopped(node: Served) -> None:
    headline, lines = "Ships return", TEXT.split("\n")
    number = node.file(copy_of("ships", "en", headline, *lines))

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            assert "Not read yet" in await desk.page(f"/item/{number}/reading")
            await asked(desk, f"/api/v1/items/{number}/reading", 404)
            kept(node, number)
            page = await desk.page(f"/item/{number}/reading")
            assert '<span class="m person" title="Elvin Quay, Minister">Elvin Quay</span>' in page
            assert '<span class="m figure quoted" title="12 ship">Twelve</span>' in page
            told = await asked(desk, f"/api/v1/items/{number}/reading")
            assert told["quotes"][0]["speaker"] == "Elvin Quay"
            await desk.send(f"/item/{number}/hold", reason="checking")
            page = await desk.page(f"/item/{number}/reading")
            assert "Elvin Quay" not in page
            await asked(desk, f"/api/v1/items/{number}/reading", 404)
            await desk.page("/item/99999999/reading", 404)

    asyncio.run(story())


async def asked(desk: Desk, path: str, status: int = 200) -> dict:
    async with desk.client.get(desk.url + path) as answer:
        assert answer.status == status, path
        return json.loads(await answer.read())


def kept(node: Served, number: int) -> None:
    """As the read role leaves it."""
    with borrowed(node.site.newsroom) as conn, conn.transaction():
        current = items.current(conn, number)
        readings.keep(conn, [readings.Read(sequence=current.version.sequence, reading=READING)])
