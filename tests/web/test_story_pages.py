"""Stories on pages and over the API: side by side, with reasons; decided by editors; one line on the wire; nobody else's."""

import asyncio
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from at_desk import CHROMIUM, FLAGS, Desk, sitting
from linked import link_all, told
from playwright.sync_api import expect, sync_playwright
from served import PASSWORD, Served, copy_of

from accessible import serious_findings
from dragoman.desk import copy
from dragoman.desk import stories as desk_stories
from dragoman.store import stories
from dragoman.store.connect import borrowed
from dragoman.web.story.reasons import readable


@pytest.fixture
def quake(node: Served) -> tuple[int, int, int]:
    """One event in three languages by three agencies, in one story."""
    found = told(node, "en", "LNA"), told(node, "ru", "VAL"), told(node, "ar", "QMR")
    link_all(node)
    with borrowed(node.site.newsroom) as conn:
        story = stories.of_item(conn, found[0]).story
        for item in found[1:]:
            if stories.of_item(conn, item).story != story:
                desk_stories.decided(conn, lambda item=item: stories.move(conn, item, story, "Eldar Editor"))
    return found


def story_of(node: Served, item: int) -> int:
    with borrowed(node.site.newsroom) as conn:
        return stories.of_item(conn, item).story


def at_desk(node: Served, name: str, do) -> None:
    async def run() -> None:
        async with sitting(node, name) as desk:
            await do(desk)

    asyncio.run(run())


async def asked(desk: Desk, path: str, status: int = 200) -> Any:
    async with desk.client.get(f"{desk.url}/api/v1{path}") as answer:
        body = await answer.read()
        assert answer.status == status, (path, answer.status, body[:400])
        return json.loads(body)


async def decided(desk: Desk, path: str, status: int = 200, **body: Any) -> Any:
    token = re.search(r'name="csrf" value="([^"]+)"', await desk.page("/node"))[1]
    headers = {"x-csrf-token": token}
    async with desk.client.post(f"{desk.url}/api/v1{path}", json=body, headers=headers) as answer:
        said = await answer.read()
        assert answer.status == status, (path, answer.status, said[:400])
        return json.loads(said)


def test_a_reason_is_said_in_the_readers_language():
    found = readable(
        (
            ("c:earthquake", 0.4),
            ("n:lombara", 0.2),
            ("f:832", 0.1),
            ("d:2018-09-30", 0.1),
            ("p:AE", 0.1),
            ("ship", 0.1),
        ),
        "de",
    )
    assert [(one.kind, one.text) for one in found] == [
        ("concept", "Erdbeben"),
        ("name", "lombara"),
        ("figure", "832"),
        ("date", "30. September 2018"),
        ("place", "Vereinigte Arabische Emirate"),
        ("word", "ship"),
    ]


def test_what_reads_the_same_is_one_reason_with_both_shares():
    [one] = readable((("n:Lombara", 0.2), ("lombara", 0.1)), "en")
    assert (one.kind, one.share) == ("name", 0.3)


def test_a_story_shows_its_copy_side_by_side_in_every_direction(node: Served, quake):
    number = story_of(node, quake[0])

    async def look(desk: Desk) -> None:
        page = await desk.page(f"/story/{number}")
        for item in quake:
            assert f'href="/item/{item}"' in page
        assert 'lang="ar" dir="rtl"' in page
        assert "Ida Brandt" in page
        assert "Who tells it" in page
        assert 'name="act"' not in page
        assert f'href="/story/{number}"' in await desk.page("/stories")
        assert f'href="/story/{number}"' in await desk.page(f"/item/{quake[0]}")
        await desk.page("/story/999999", 404)
        await desk.send(f"/story/{number}/decide", 403, act="rename", title="No")

    at_desk(node, "Rana Reader", look)


def test_an_editor_renames_takes_out_moves_splits_and_merges(node: Served, quake):
    first, second, third = quake
    number = story_of(node, first)

    async def decide(desk: Desk) -> None:
        where = f"/story/{number}/decide"
        page = await desk.send(where, act="rename", title="Quake off  Lombara")
        assert "Quake off Lombara" in page
        assert "Title by <bdi>Eldar Editor" in re.sub(r"\s+", " ", page)
        await desk.send(where, act="accept", **{f"item-{first}": "1"})
        await desk.send(where, 400, act="accept")
        await desk.send(where, 400, act="dance")
        await desk.send(where, 400, act="merge", story="x")
        await desk.send(where, act="reject", **{f"item-{third}": "1"})
        alone = await asyncio.to_thread(story_of, node, third)
        assert alone != number
        await desk.send(where, 409, act="accept", **{f"item-{third}": "1"})
        await desk.send(f"/story/{alone}/decide", act="move", story=f"/story/{number}", **{f"item-{third}": "1"})
        assert await asyncio.to_thread(story_of, node, third) == number
        await desk.send(where, act="split", **{f"item-{second}": "1", f"item-{third}": "1"})
        other = await asyncio.to_thread(story_of, node, second)
        assert other not in (number, alone)
        page = await desk.send(f"/story/{other}/decide", act="merge", story=str(number))
        assert f'data-story="{number}"' in page
        assert f'data-story="{number}"' in await desk.page(f"/story/{other}")

    at_desk(node, "Eldar Editor", decide)


def test_over_the_api_a_story_is_told_and_decided_on(node: Served, quake):
    first, second, third = quake
    number = story_of(node, first)

    async def read(desk: Desk) -> None:
        [line] = await asked(desk, "/stories")
        assert (line["id"], line["items"], line["languages"]) == (number, 3, ["ar", "en", "ru"])
        whole = await asked(desk, f"/stories/{number}?language=ru")
        assert [one["item"] for one in whole["members"]] == [first, second, third]
        narrative = await asked(desk, f"/stories/{number}/narrative")
        assert set(narrative) == {"timeline", "matrix", "facts", "quotes", "only_here"}
        assert [one["item"] for one in narrative["timeline"]["moments"]] == [str(one) for one in quake]
        assert (await asked(desk, f"/items/{first}/story"))["story"]["id"] == number
        await asked(desk, "/stories/999999", 404)
        await asked(desk, "/items/999999/story", 404)
        await decided(desk, f"/stories/{number}/title", 403, title="No")

    async def decide(desk: Desk) -> None:
        named = await decided(desk, f"/stories/{number}/title", title="Quake")
        assert (named["story"]["title"], named["story"]["titled_by"]) == ("Quake", "Eldar Editor")
        await decided(desk, f"/stories/{number}/accept", item=first)
        await decided(desk, f"/stories/{number}/accept", 409, item=999999)
        apart = await decided(desk, f"/stories/{number}/reject", item=third)
        assert [one["item"] for one in apart["members"]] == [third]
        await decided(desk, f"/stories/{number}/reject", 409, item=third)
        back = await decided(desk, f"/stories/{number}/move", item=third)
        assert {one["item"]: one["by"] for one in back["members"]}[third] == "Eldar Editor"
        split = await decided(desk, f"/stories/{number}/split", items=[third])
        await decided(desk, f"/stories/{number}/split", 400, items=[])
        merged = await decided(desk, f"/stories/{split['story']['id']}/merge", into=number)
        assert merged["story"]["id"] == number
        assert (await asked(desk, f"/stories/{split['story']['id']}"))["story"]["id"] == number

    at_desk(node, "Rana Reader", read)
    at_desk(node, "Eldar Editor", decide)


def test_on_the_wire_the_newest_stands_for_its_story_and_a_flash_for_itself(node: Served, quake):
    flash = told(node, "en", "QMR", "flash", urgency=1)
    with borrowed(node.site.newsroom) as conn:
        number = stories.of_item(conn, quake[0]).story
    link_all(node)
    with borrowed(node.site.newsroom) as conn:
        if stories.of_item(conn, flash).story != number:
            desk_stories.decided(conn, lambda: stories.move(conn, flash, number, "Eldar Editor"))

    async def look(desk: Desk) -> None:
        page = await desk.page("/wire")
        group = page[page.index('<details class="group"') :]
        group = group[: group.index("</details>")]
        assert [int(one) for one in re.findall(r'id="item-(\d+)"', group)] == [quake[1], quake[0]]
        assert f'id="item-{flash}"' not in group
        assert "4 · ar en ru" in page
        page = await desk.send("/wire/lines", lines="flat")
        assert '<details class="group"' not in page
        assert '<details class="group"' in await desk.send("/wire/lines", lines="grouped")
        async with desk.client.get(f"{desk.url}/wire/groups?items={flash},{quake[0]},x") as answer:
            told_of = json.loads(await answer.read())
        assert {one["item"]: one["story"] for one in told_of} == {flash: number, quake[0]: number}

    at_desk(node, "Rana Reader", look)


@pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")
def test_an_open_wire_regroups_and_an_open_story_offers_what_is_new(node: Served, quake, tmp_path):
    number = story_of(node, quake[0])
    other = node.file(copy_of("cup", "en", "Harbour City win the cup", "Harbour City won the football cup."))
    link_all(node)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
        wire = context.new_page()
        wire.goto(f"{node.url}/login")
        wire.get_by_label("Name").fill("Ada Admin")
        wire.get_by_label("Password").fill(PASSWORD)
        wire.get_by_role("button", name="Log in").click()
        expect(wire.locator("html[data-live=on]")).to_be_attached()
        expect(wire.locator("details.group .row")).to_have_count(2)
        story = context.new_page()
        story.goto(f"{node.url}/story/{number}")
        expect(story.locator("html[data-live=on]")).to_be_attached()
        assert serious_findings(story) == []
        with borrowed(node.site.newsroom) as conn:
            desk_stories.decided(conn, lambda: stories.move(conn, other, number, "Eldar Editor"))
        expect(wire.locator("details.group .row")).to_have_count(3, timeout=10_000)
        expect(wire.locator(f"[data-rows] > #item-{other} .in-story")).to_contain_text("4 · ar en ru")
        expect(story.locator("[data-story-changed]")).to_be_visible(timeout=10_000)
        story.locator("[data-story-changed] a").click()
        expect(story.locator("#members")).to_contain_text("Harbour City win the cup")
        with borrowed(node.site.newsroom) as conn:
            copy.hold(conn, str(other), "being checked", by="Eldar Editor", now=datetime.now(UTC))
            copy.wake(conn)
        expect(story.locator("#members .b-held")).to_be_visible(timeout=10_000)
        expect(story.locator("main")).not_to_contain_text("Harbour City")
        token = story.locator("input[name=csrf]").first.get_attribute("value") or ""
        story.request.post(f"{node.url}/language", form={"csrf": token, "language": "ar", "next": "/wire"})
        for path in ("/stories", f"/story/{number}", "/wire"):
            story.goto(node.url + path)
            assert (path, serious_findings(story)) == (path, [])
        story.goto(f"{node.url}/story/{number}")
        for name, page in (("wire", wire), ("story", story)):
            page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        browser.close()
