"""The workshop and the gallery as pages: who sees what and when, what comes back when something is typed wrong."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import anyio
import pytest
from at_desk import Desk, sitting
from hung import PROJECT, Hung, hung
from served import Served, serving

from database import Addresses, drop_database, fresh_database
from dragoman.desk import copy, exhibition_pictures, exhibitions
from dragoman.model.exhibition import Right
from dragoman.planning.captions import worded
from dragoman.store.connect import borrowed
from dragoman.store.db.cluster import Cluster
from newsdesk import emptied

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def _database(cluster: Cluster) -> Iterator[Addresses]:
    fresh = fresh_database(cluster)
    yield fresh
    drop_database(cluster, fresh.name)


@pytest.fixture
def node(_database: Addresses, tmp_path: Path) -> Iterator[Served]:
    with serving(emptied(_database), tmp_path) as served:
        yield served


async def public(node: Served, path: str, status: int = 200, accept: str = "en") -> str:
    """What somebody outside gets."""
    headers = {"accept": "text/html,*/*", "accept-language": accept}
    async with aiohttp.ClientSession(headers=headers) as client, client.get(node.url + path) as answer:
        text = await answer.text(errors="replace")
        assert answer.status == status, (path, answer.status, text[:500])
        return text


async def put_off(made: Hung, **changes: object) -> None:
    await anyio.to_thread.run_sync(lambda: made.do(exhibitions.change, made.id, **changes))


async def test_the_public_sees_nothing_before_the_opening_but_its_hour(node: Served) -> None:
    made = hung(node, published=True, opens=datetime.now(UTC) + timedelta(hours=2), until=None)
    boats = made.pictures["boats"]
    before = await public(node, made.gallery, 404)
    assert "not open yet" in before
    assert "harbour" not in before.lower().replace(PROJECT.lower(), "")
    for path in (f"{made.gallery}/{boats}", f"{made.gallery}/{boats}/preview.jpg"):
        assert "Boats" not in await public(node, path, 404)
    await put_off(made, announced=True)
    assert "The harbour remembers" in await public(node, made.gallery, 404)
    await put_off(made, opens=datetime.now(UTC) - timedelta(seconds=1))
    assert "Boats at the old mole." in await public(node, made.gallery)


async def test_an_exhibition_that_is_not_published_does_not_exist_outside(node: Served) -> None:
    made = hung(node)
    said = await public(node, made.gallery, 404)
    nothing = await public(node, f"/gallery/{PROJECT}/nothing", 404)
    assert re.sub(r"<code>.*?</code>|/gallery/[^\"<]*", "", said) == re.sub(
        r"<code>.*?</code>|/gallery/[^\"<]*", "", nothing
    )
    made.do(exhibitions.publish, made.id)
    await public(node, made.gallery)
    made.do(exhibitions.close, made.id)
    assert "over" in await public(node, made.gallery, 410)


async def test_only_what_is_selected_and_cleared_for_the_web_hangs_in_the_gallery(node: Served) -> None:
    made = hung(node, published=True)
    boats, nets, crane = (made.pictures[name] for name in ("boats", "nets", "crane"))
    made.do(exhibition_pictures.say_right, Right(picture=boats, use="web", allowed=False, source="the estate"))
    made.do(exhibition_pictures.select, nets, False)
    page = await public(node, made.gallery)
    assert made.pictures["light"] in page
    assert crane in page
    for gone in (boats, nets):
        assert gone not in page
        await public(node, f"{made.gallery}/{gone}", 404)
        await public(node, f"{made.gallery}/{gone}/preview.jpg", 404)
    await public(node, f"{made.gallery}/{crane}/preview.jpg")
    for inner in ("original", "print", "large"):
        await public(node, f"{made.gallery}/{crane}/{inner}.jpg", 404)


async def test_a_picture_that_is_killed_vanishes_at_once_and_the_others_keep_their_numbers(node: Served) -> None:
    made = hung(node, published=True)
    boats, nets = made.pictures["boats"], made.pictures["nets"]
    image = f"{made.gallery}/{boats}/preview.jpg"
    await public(node, image)
    with borrowed(node.site.newsroom) as conn:
        copy.hold(conn, str(made.numbers["boats"]), "Wrong boat", by="Hanna Head", now=datetime.now(UTC))
    await public(node, image, 404)
    page = await public(node, made.gallery)
    assert boats not in page
    assert "Boats at the old mole." not in page
    place = re.search(rf'{nets}\?language=en">.*?class="number">(\d)<', page, re.DOTALL)
    assert place is not None
    assert place[1] == "2"


async def test_the_gallery_speaks_the_visitors_language_and_says_which_others_there_are(node: Served) -> None:
    made = hung(node, published=True)
    page = await public(node, made.gallery, accept="ar-EG,en;q=0.5")
    assert '<html lang="ar" dir="rtl">' in page
    assert "الميناء يتذكر" in page
    assert page.count('rel="alternate" hreflang=') == 3
    assert f'property="og:image" content="{node.url}{made.gallery}' in page
    assert '<html lang="zh"' in await public(node, f"{made.gallery}?language=zh", accept="ar")
    assert '<html lang="en"' in await public(node, f"{made.gallery}?language=xx", accept="fi")


async def test_a_reader_looks_and_every_act_says_whose_it_is(node: Served) -> None:
    made = hung(node, ready=False)
    boats = made.pictures["boats"]
    async with sitting(node, "Rana Reader") as rana:
        for place in ("", "/selection", "/rights", "/captions", "/hanging", "/checks", "/description", "/labels"):
            page = await rana.page(made.workshop + place)
            assert place == "/labels" or "editor" in page, place
        await rana.send(f"{made.workshop}/picture/{boats}/vote", 403, stars="5")
        await rana.send(f"{made.workshop}/publish", 403)
    assert made.whole.pictures[0].votes == ()


async def test_stars_votes_and_decisions_from_the_grid(node: Served) -> None:
    made = hung(node, ready=False)
    boats = made.pictures["boats"]
    async with sitting(node, "Eldar Editor") as eldar:
        await eldar.send(f"{made.workshop}/picture/{boats}/vote", stars="4")
        await eldar.send(f"{made.workshop}/picture/{boats}/vote", stars="2")
        await eldar.send(f"{made.workshop}/picture/{boats}/vote", 400, stars="six")
        await eldar.send(f"{made.workshop}/picture/{boats}/choose", choice="select")
        await eldar.send(f"{made.workshop}/picture/{made.pictures['nets']}/choose", choice="leave")
        shown = await eldar.page(f"{made.workshop}/selection?show=undecided")
        assert boats not in shown
        assert made.pictures["crane"] in shown
        liked = await eldar.page(f"{made.workshop}/selection?stars=1")
        assert boats in liked
        assert made.pictures["crane"] not in liked
        await eldar.page(f"{made.workshop}/compare?picture={boats}", 400)
        both = await eldar.page(f"{made.workshop}/compare?picture={boats}&picture={made.pictures['crane']}")
        assert both.count("<article") == 2
    picture = next(one for one in made.whole.pictures if one.id == boats)
    assert picture.stars_by_agency() == (("LNA", 2),)


async def test_pictures_are_proposed_from_the_nodes_own(node: Served) -> None:
    made = hung(node, ready=False)
    async with sitting(node, "Eldar Editor") as eldar:
        id = re.search(r"/exhibition/LNA:desk/(\w+)/description", await _new(eldar))
        assert id is not None
        here = f"/exhibition/LNA:desk/{id[1]}"
        assert "Boats" in await eldar.page(f"{here}/propose?q=boats")
        assert "error" not in (await eldar.page(f"{here}/propose?q=(", 400)).split("<title>")[1][:20]
        await eldar.send(f"{here}/propose", 400)
        await eldar.send(
            f"{here}/propose", **{f"item_{made.numbers['boats']}": "1", f"item_{made.numbers['nets']}": "1"}
        )
        assert "2 of 2 shown" in await eldar.page(f"{here}/selection")


async def _new(desk: Desk) -> str:
    return await desk.send("/exhibitions/new", title="Only ours", languages="en")


async def test_what_is_typed_wrong_comes_back_with_the_fault_beside_it(node: Served) -> None:
    made = hung(node, ready=False)
    form = {"languages": "en ar zh", "title_en": "Typed anew", "venue_zone": "Europe/Berlin", "use_web": "1"}
    async with sitting(node, "Eldar Editor") as eldar:
        path = f"{made.workshop}/description"
        gap = await eldar.send(path, 422, **form, opens_day="2026-03-29", opens_hour="02:30")
        assert "does not exist there" in gap
        assert "Typed anew" in gap
        twice = await eldar.send(path, 422, **form, opens_day="2026-10-25", opens_hour="02:30")
        assert 'name="opens_which" value="later"' in twice
        late = await eldar.send(path, 422, **form, opens_day="2026-05-20", opens_hour="18:00", until="2026-05-19")
        assert "end before it opens" in late
        assert "no such time zone" in await eldar.send(
            path, 422, **form | {"venue_zone": "Mars/Base"}, opens_day="2026-05-20"
        )
        assert "is no language" in await eldar.send(path, 400, **form | {"languages": "en klingon!"})
        await eldar.send(path, **form, opens_day="2026-10-25", opens_hour="02:30", opens_which="later")
    record = made.whole.record
    assert record.titles["en"] == "Typed anew"
    assert record.titles["ar"] == "الميناء يتذكر"
    assert record.opens is not None
    assert record.opens.isoformat() == "2026-10-25T02:30:00+01:00"


async def test_two_who_write_the_same_caption_both_see_it_and_nothing_is_lost(node: Served) -> None:
    made = hung(node)
    boats = made.pictures["boats"]
    async with sitting(node, "Eldar Editor") as eldar:
        page = await eldar.page(f"{made.workshop}/captions?language=ar")
        seen = re.search(rf'name="seen/{boats}/text" value="(\w*)"', page)
        assert seen is not None
        fields = {"language": "ar", f"seen/{boats}/text": seen[1]}
        await eldar.send(f"{made.workshop}/captions", **fields, **{f"{boats}/text": "مراكب الصيد."})
        back = await eldar.send(f"{made.workshop}/captions", 409, **fields, **{f"{boats}/text": "سفن."})
        assert "سفن.</textarea>" in back
        assert "مراكب الصيد." in back
        long = await eldar.send(f"{made.workshop}/captions", 400, language="ar", **{f"{boats}/alt": "ب" * 501})
        assert "ب" * 501 in long
        wrong = await eldar.send(f"{made.workshop}/captions", language="ar", **{f"{boats}/text": "Лодки у мола"})
        assert "Cyrillic" in wrong
    assert worded(made.whole, made.whole.selected[0], "ar").text == "Лодки у мола"


async def test_the_second_pair_of_eyes_is_another_persons(node: Served) -> None:
    made = hung(node)
    boats = made.pictures["boats"]
    async with sitting(node, "Eldar Editor") as eldar, sitting(node, "Hanna Head") as hanna:
        await eldar.send(f"{made.workshop}/captions", language="en", **{f"{boats}/text": "Boats, 1961."})
        await eldar.send(f"{made.workshop}/picture/{boats}/review", 403, language="en")
        page = await hanna.page(f"{made.workshop}/captions?language=en")
        seen = re.search(rf'id="review-{boats}".*?name="seen" value="(\w+)"', page, re.DOTALL)
        assert seen is not None
        await hanna.send(f"{made.workshop}/picture/{boats}/review", language="en", seen=seen[1])
    assert worded(made.whole, made.whole.selected[0], "en").reviewed == "LNA Hanna Head"


async def test_rights_are_written_down_for_all_at_once_and_a_permission_needs_its_source(node: Served) -> None:
    made = hung(node)
    async with sitting(node, "Eldar Editor") as eldar:
        form = {"picture": "every", "use_catalogue": "1", "allowed": "yes"}
        back = await eldar.send(f"{made.workshop}/right", 400, **form, territory="AZ")
        assert "where it comes from" in back
        assert 'value="AZ"' in back
        assert "no country" in await eldar.send(f"{made.workshop}/right", 400, **form, source="x", territory="Narnia")
        await eldar.send(f"{made.workshop}/right", **form, source="contract 2026/14", until="2027-12-31")
        page = await eldar.page(f"{made.workshop}/rights")
        assert page.count("contract 2026/14") == 4
        row = re.search(r"/right/(\w+)/take-back", page)
        assert row is not None
        await eldar.send(f"{made.workshop}/right/{row[1]}/take-back")
    assert sum(len(one.rights) for one in made.whole.pictures) == 7


async def test_hanging_by_number_by_step_and_by_size(node: Served) -> None:
    made = hung(node)
    boats, nets = made.pictures["boats"], made.pictures["nets"]
    path = f"{made.workshop}/picture/{boats}/hang"
    async with sitting(node, "Eldar Editor") as eldar:
        await eldar.send(
            path, was="1", was_room=made.rooms[0], room=made.rooms[0], place="2", width_mm="150", height_mm=""
        )
        assert [one.id for one in made.whole.selected][:2] == [nets, boats]
        await eldar.send(path, was="2", was_room=made.rooms[0], step="up", place="2")
        assert [one.id for one in made.whole.selected][:2] == [boats, nets]
        page = await eldar.send(path, was="1", was_room=made.rooms[0], room=made.rooms[1], place="1", width_mm="450")
        assert "84 dpi" in page
        assert made.whole.room_of(made.whole.selected[1]) == made.rooms[1]
        await eldar.send(path, 400, place="first")
        await eldar.send(f"{made.workshop}/room", 400, title_en=" ", text_en="Kept as typed")
        back = await eldar.send(f"{made.workshop}/room", 400, title_en=" ", text_en="Kept as typed")
        assert "Kept as typed" in back


async def test_markup_in_a_caption_stays_text_everywhere(node: Served) -> None:
    made = hung(node, published=True)
    boats, hostile = made.pictures["boats"], "<img src=x onerror=alert(1)></textarea><script>alert(2)</script>"
    async with sitting(node, "Eldar Editor") as eldar:
        back = await eldar.send(f"{made.workshop}/captions", language="en", **{f"{boats}/text": hostile})
        assert "there is markup in it" in back
        for page in (f"{made.workshop}/labels", f"{made.workshop}/preview", f"{made.workshop}/checks"):
            assert "<img src=x" not in await eldar.page(page)
    for path in (made.gallery, f"{made.gallery}/{boats}"):
        shown = await public(node, path)
        assert "<script>alert" not in shown
        assert "&lt;img src=x" in shown


async def test_everything_is_had_in_one_file(node: Served) -> None:
    made = hung(node)
    async with (
        sitting(node, "Eldar Editor") as eldar,
        eldar.client.get(f"{node.url}{made.workshop}/export.zip") as answer,
    ):
        assert answer.status == 200
        with zipfile.ZipFile(io.BytesIO(await answer.read())) as archive:
            assert "ar/index.html" in archive.namelist()
            assert archive.testzip() is None
        text = await eldar.page(f"{made.workshop}/list.csv")
        assert "Tora Lind / Qamar Wire" in text
    async with sitting(node, "Rana Reader") as rana:
        await rana.page(f"{made.workshop}/export.zip", 403)


async def test_a_form_leads_back_only_into_its_own_exhibition(node: Served) -> None:
    made = hung(node, ready=False)
    boats = made.pictures["boats"]
    async with sitting(node, "Eldar Editor") as eldar:
        token = re.search(r'name="csrf" value="([^"]+)"', await eldar.page("/node"))
        assert token is not None
        for target in ("https://elsewhere.example/", f"{made.workshop}@elsewhere.example", "//elsewhere.example"):
            fields = {"csrf": token[1], "stars": "3", "next": target}
            path = f"{node.url}{made.workshop}/picture/{boats}/vote"
            async with eldar.client.post(path, data=fields, allow_redirects=False) as answer:
                assert answer.headers["location"] == f"{made.workshop}/selection#p-{boats}"


async def test_the_api_does_what_the_workshop_does(node: Served) -> None:
    made = hung(node, ready=False)
    base = f"{node.url}/api/v1/exhibitions/{PROJECT}/{made.id}"
    async with sitting(node, "Eldar Editor") as eldar:
        token = re.search(r'name="csrf" value="([^"]+)"', await eldar.page("/node"))
        assert token is not None
        headers = {"x-csrf-token": token[1]}

        async def call(method: str, path: str, body: object = None, status: int = 200) -> dict[str, object]:
            async with eldar.client.request(method, base + path, json=body, headers=headers) as answer:
                assert answer.status == status, (path, await answer.text())
                return await answer.json() if status < 300 and status != 204 else {}

        boats = made.pictures["boats"]
        assert (await call("POST", f"/pictures/{boats}/vote", {"stars": 4}))["stars"] == {"LNA": 4}
        await call("POST", f"/pictures/{boats}/vote", {"stars": 6}, 400)
        assert (await call("POST", f"/pictures/{boats}/select", {"selected": True}))["number"] == 1
        said = {"picture": boats, "use": "print", "allowed": True, "source": "letter"}
        assert (await call("POST", "/rights", said, 201))["rights"][1]["word"] == "yes"  # type: ignore[index]
        written = await call("PUT", f"/pictures/{boats}/captions/ar", {"text": "قوارب."})
        assert written["words"][1]["text"] == "قوارب."  # type: ignore[index]
        await call("PUT", f"/pictures/{boats}/captions/fr", {"text": "Des bateaux."}, 400)
        room = await call("POST", "/rooms", {"titles": {"en": "First"}}, 201)
        await call("POST", f"/pictures/{boats}/hang", {"room": room["rooms"][0]["id"], "width_mm": 300})  # type: ignore[index]
        await call("POST", "/publish", None, 403)
        whole = await call("GET", "")
        assert {one["key"] for one in whole["findings"]} >= {"room_title", "undecided"}  # type: ignore[attr-defined]
        await call("POST", "/dance", None, 404)
