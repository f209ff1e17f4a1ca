"""An item in every format, and an arrival that could not be read: on pages and over the API."""

import asyncio
import json

import pytest
from at_desk import Desk, sitting
from served import Served, copy_of

from dragoman import formats
from dragoman.model.errors import Undecodable
from dragoman.store import arrivals, feeds
from dragoman.store.arrivals import Kept, UnitRow
from dragoman.store.connect import borrowed

BODY = b"\x01\x02 nothing anybody reads <script>alert(1)</script>"


def run(coroutine: object) -> None:
    asyncio.run(coroutine)  # type: ignore[arg-type]


def parked(node: Served, name: str = "val-drop") -> int:
    """An arrival whose only unit is parked."""
    with borrowed(node.site.newsroom) as conn:
        feed = feeds.add_feed(conn, feeds.Feed(name=name, agency="VAL", kind="push"))
        with conn.transaction():
            number = arrivals.keep(conn, feed.id, feed.agency_id, [Kept(body=BODY, source="odd.bin")], None)[0]
            problem = Undecodable("This is in no format we know", "52 bytes", hint="Name one if it is.").problem()
            arrivals.record_units(conn, [UnitRow(arrival=number, index=0, state="parked", problem=problem)])
            conn.execute("update arrival set state = 'parked' where id = %s", (number,))
    return number


async def _file(desk: Desk, path: str) -> tuple[bytes, dict[str, str]]:
    async with desk.client.get(desk.url + path) as answer:
        assert answer.status == 200, path
        return await answer.read(), {name.lower(): value for name, value in answer.headers.items()}


def test_an_item_is_saved_in_every_format_there_is(node: Served) -> None:
    number = node.file(copy_of("mole", "en", "The mole is repaired", "The mole at Salt Quay is repaired."))

    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk:
            page = await desk.page(f"/item/{number}/formats")
            for name, wire in formats.WRITTEN.items():
                assert f'href="/item/{number}/as/{name}"' in page
                body, headers = await _file(desk, f"/item/{number}/as/{name}")
                assert b"The mole is repaired" in body or b"VGhlIG1vbGU" in body, name
                assert headers["content-disposition"] == (
                    f'attachment; filename="item-{number}-{name}{wire.suffixes[0]}"'
                )
                assert "sandbox" in headers["content-security-policy"]
            body, _ = await _file(desk, f"/api/v1/items/{number}/as/ninjs")
            assert json.loads(body)["headlines"][0]["value"] == "The mole is repaired"
            await desk.page(f"/item/{number}/as/telex", 404)
            await desk.page("/item/99999999/as/rss", 404)
        async with sitting(node, "Eldar Editor") as desk:
            await desk.send(f"/item/{number}/hold", reason="checking")
            body, _ = await _file(desk, f"/item/{number}/as/text")
            assert b"on hold: do not publish it" in body
            assert b"at Salt Quay is repaired" not in body

    run(story())


def test_a_parked_arrival_says_why_and_is_tried_again_as_another_format(node: Served) -> None:
    number = parked(node)

    async def story() -> None:
        async with sitting(node, "Otto Operator") as desk:
            assert f'href="/arrival/{number}"' in await desk.page("/operations")
            page = await desk.page(f"/arrival/{number}")
            for said in ("This is in no format we know", "Name one if it is.", "odd.bin", '<option value="text">'):
                assert said in page
            body, headers = await _file(desk, f"/arrival/{number}/raw")
            assert (body, headers["content-type"]) == (BODY, "application/octet-stream")
            await desk.send(f"/arrival/{number}/retry", 404, format="telex")
            again = await desk.send(f"/arrival/{number}/retry", format="text")
            assert "waits for the pipeline" in again

    run(story())
    with borrowed(node.site.newsroom) as conn:
        (claimed,) = [one for one in arrivals.claim(conn, 50, None) if one.id == number]
        assert (claimed.format, claimed.body) == ("text", BODY)


@pytest.mark.parametrize("path", ["/arrival/{}/raw", "/arrival/{}/retry"])
def test_a_reader_neither_takes_the_bytes_nor_tries_again(node: Served, path: str) -> None:
    number = parked(node, path.rsplit("/", 1)[1])

    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk:
            await desk.page(f"/arrival/{number}")
            if path.endswith("retry"):
                await desk.send(path.format(number), 403)
            else:
                await desk.page(path.format(number), 403)

    run(story())
