"""The newsroom's pages over real HTTP: who gets in, what they see, what they may do."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

from at_desk import sitting
from served import PASSWORD, Served, copy_of

from dragoman.model.arrival import Hints
from dragoman.store import arrivals, feeds, items, people
from dragoman.store.connect import borrowed


def run(coroutine: object) -> None:
    asyncio.run(coroutine)  # type: ignore[arg-type]


def test_nobody_sees_the_wire_before_logging_in(node: Served) -> None:
    async def story() -> None:
        async with (
            sitting(node) as desk,
            desk.client.get(node.url + "/item/1?sequence=2", allow_redirects=False) as answer,
        ):
            assert answer.status == 303
            assert answer.headers["location"] == "/login?next=/item/1%3Fsequence%3D2"

    run(story())


def test_a_wrong_password_is_told_so_and_gives_no_session(node: Served) -> None:
    async def story() -> None:
        async with sitting(node) as desk:
            page = await desk.log_in("Eldar Editor", "not-the-password", status=401)
            assert "Name or password is wrong" in page
            await desk.page("/wire")
            assert not any(cookie.key == "dragoman" for cookie in desk.client.cookie_jar)

    run(story())


def test_the_session_id_changes_at_every_log_in(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            first = _session(desk)
            await desk.log_in("Hanna Head")
            assert _session(desk) != first
            with borrowed(node.site.newsroom) as conn:
                assert people.session(conn, first) is None

    run(story())


def _session(desk: object) -> str:
    return next(c.value for c in desk.client.cookie_jar if c.key == "dragoman")  # type: ignore[attr-defined]


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(node: Served) -> None:
    async def story() -> None:
        async with sitting(node) as desk:
            token = re.search(r'name="csrf" value="([^"]+)"', await desk.page("/login"))
            assert token
            fields = {"csrf": token[1], "name": "Eldar Editor", "password": PASSWORD, "next": "//evil.example/"}
            async with desk.client.post(node.url + "/login", data=fields, allow_redirects=False) as answer:
                said = next(c for c in answer.headers.getall("set-cookie") if c.startswith("dragoman="))
                assert "HttpOnly" in said
                assert "SameSite=lax" in said
                assert answer.headers["location"] == "/wire"

    run(story())


def test_a_form_from_another_page_does_nothing(node: Served) -> None:
    number = node.file(copy_of("tea", "az", "Çay yığımı başladı", "Lerikdə çay yığılır."))

    async def story() -> None:
        async with sitting(node, "Hanna Head") as desk:
            async with desk.client.post(f"{node.url}/item/{number}/hold", data={"reason": "x"}) as answer:
                assert answer.status == 403
                assert "This form is not from a page of ours" in await answer.text()
            await desk.send(f"/item/{number}/hold", 403, csrf="guessed", reason="x")
            cross = {"sec-fetch-site": "cross-site"}
            token = re.search(r'name="csrf" value="([^"]+)"', await desk.page("/node"))
            assert token
            async with desk.client.post(
                f"{node.url}/item/{number}/hold", data={"csrf": token[1], "reason": "x"}, headers=cross
            ) as answer:
                assert answer.status == 403

    run(story())
    assert _state(node, number) == "usable"


def _state(node: Served, number: int) -> str:
    with borrowed(node.site.newsroom) as conn:
        return items.current(conn, number).state


def test_the_wire_shows_every_language_in_its_own_direction(node: Served) -> None:
    node.file(copy_of("incense", "ar", "موسم اللبان يبدأ مبكراً", "بدأ الموسم."), "QMR")
    node.file(copy_of("turtle", "zh", "幼海龟返回大海", "幼海龟返回大海。"), "QMR")
    node.file(copy_of("organ", "de", "Die Orgel klingt wieder", "Sie klingt."), "VAL")

    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk:
            page = await desk.page("/wire")
            assert '<h3 lang="ar" dir="rtl">' in page
            assert '<h3 lang="zh" dir="ltr">' in page
            assert '<h3 lang="de" dir="ltr">' in page
            only = await desk.page("/wire?q=language:ar")
            assert "اللبان" in only
            assert "Orgel" not in only

    run(story())


def test_a_query_that_cannot_be_read_is_pointed_at(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk:
            page = await desk.page("/wire?q=language:ru+(place:", status=400)
            assert "column 20" in page
            assert 'aria-invalid="true"' in page

    run(story())


def test_the_wire_goes_on_where_the_page_ends(node: Served) -> None:
    for number in range(70):
        node.file(copy_of(f"n{number}", "en", f"Story number {number:03}", "Text."))

    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk:
            page = await desk.page("/wire")
            assert page.count("<article") == 60
            older = re.search(r'href="(/wire\?before=\d+)"', page)
            assert older
            rest = await desk.page(older[1])
            assert "Story number 000" in rest
            assert rest.count("<article") == 10

    run(story())


def test_markup_in_a_headline_is_only_text(node: Served) -> None:
    number = node.file(copy_of("x", "en", '<script>alert(1)</script>" onload="x', "<img src=x onerror=alert(1)>"))

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            for path in ("/wire", f"/item/{number}", f"/item/{number}/versions", f"/wire?item={number}"):
                page = await desk.page(path)
                assert "<script>alert" not in page
                assert "<img src=x" not in page
                assert 'onload="x' not in page

    run(story())


def test_a_correction_says_what_was_wrong_and_shows_what_changed(node: Served) -> None:
    number = node.file(copy_of("solar", "en", "Solar park for 40,000 homes", "It opens in March."))
    sequence = _sequence(node, number)

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            shown = {"sequence": str(sequence), "headline": "Solar park for 14,000 homes", "text": "It opens in March."}
            await desk.send(f"/item/{number}/correct", 400, reason=" ", **shown)
            page = await desk.send(f"/item/{number}/correct", reason="14,000 homes, not 40,000", **shown)
            assert "14,000 homes, not 40,000" in page
            versions = await desk.page(f"/item/{number}/versions")
            assert "<del>40,000</del><ins>14,000</ins>" in versions
            again = await desk.send(f"/item/{number}/correct", 409, reason="late", **shown)
            assert "Somebody changed the item" in again

    run(story())


def _sequence(node: Served, number: int) -> int:
    with borrowed(node.site.newsroom) as conn:
        return items.current(conn, number).version.sequence


def test_a_kill_takes_two_people_and_leaves_no_word(node: Served) -> None:
    number = node.file(copy_of("sturgeon", "en", "Hatchery counts a million", "A million sturgeon."))

    async def story() -> None:
        async with sitting(node, "Hanna Head") as first, sitting(node, "Hugo Head") as second:
            page = await first.send(f"/item/{number}/kill", reason="It never happened")
            assert "Held. Do not use" in page
            assert "needs a second person" in page
            await first.send(f"/item/{number}/kill", 403, reason="It never happened")
            page = await second.send(f"/item/{number}/kill", reason="It never happened")
            assert "Killed. Do not use" in page
            for path in (f"/item/{number}", f"/item/{number}/versions", "/wire", f"/item/{number}?sequence=1"):
                assert "million" not in await first.page(path)
            assert "It never happened" in await first.page("/wire?q=state:killed")

    run(story())


def test_what_a_role_may_not_do_is_shown_with_the_reason_and_refused(node: Served) -> None:
    number = node.file(copy_of("tea", "az", "Çay yığımı", "Çay."))

    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk:
            page = await desk.page(f"/item/{number}")
            assert "done by: editor, desk head" in page
            refused = await desk.send(f"/item/{number}/hold", 403, reason="because")
            assert "Your role does not include this" in refused
            await desk.page("/audit", 403)
            await desk.send("/channel/valdora/pause", 403)
            await desk.send("/partner/VAL/propose", 403)
        async with sitting(node, "Eldar Editor") as desk:
            await desk.send(f"/item/{number}/kill", 403, reason="because")

    run(story())
    assert _state(node, number) == "usable"


def test_the_item_says_who_receives_it_and_which_clause_refuses(node: Served) -> None:
    english = node.file(copy_of("solar", "en", "Solar park opens", "It opens."))
    azeri = node.file(copy_of("tea", "az", "Çay yığımı", "Çay."))

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            page = await desk.page(f"/item/{english}")
            assert "Who receives it" in page
            assert ">waiting</span>" in page
            assert "§ languages: en, fr only, this is az" in await desk.page(f"/item/{azeri}")

    run(story())


def test_raw_bytes_are_a_download_and_the_download_is_written_down(node: Served) -> None:
    body = b"<html><script>alert(1)</script>"
    with borrowed(node.site.newsroom) as conn:
        feed = feeds.add_feed(conn, feeds.Feed(name="val", agency="VAL", kind="push"))
        assert isinstance(feed.hints(), Hints)
        with conn.transaction():
            arrival = arrivals.keep(conn, feed.id, feed.agency_id, [arrivals.Kept(body=body)], None)[0]
    number = node.file(copy_of("p", "fr", "Le phare", "Le phare."), "VAL", arrival=arrival)

    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk:
            await desk.page(f"/item/{number}/raw", 403)
        async with sitting(node, "Eldar Editor") as desk:
            async with desk.client.get(f"{node.url}/item/{number}/raw") as answer:
                assert await answer.read() == body
                assert answer.headers["content-disposition"].startswith("attachment")
                assert answer.headers["x-content-type-options"] == "nosniff"
                assert answer.headers["content-type"] == "application/octet-stream"
            assert "raw bytes read" in await desk.page(f"/item/{number}/deliveries")
            await desk.send(f"/item/{number}/hold", reason="checking")
            await desk.page(f"/item/{number}/raw", 410)

    run(story())


def test_an_agreement_is_proposed_on_a_form_and_ended_again(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, "Pia Partner") as desk:
            form = {"direction": "give", "kind_text": "1", "languages": "en, ru", "use": "own wire", "embargo": "hold"}
            before = set(re.findall(r'id="agreement-([0-9a-f]+)"', await desk.page("/partner/QMR")))
            bad = await desk.send("/partner/QMR/propose", 400, content="place:(", **form)
            assert "The query cannot be read" in bad
            page = await desk.send("/partner/QMR/propose", content="place:Baku", until="2027-01-31", **form)
            assert "PROPOSED" in page
            assert "place:Baku" in page
            (number,) = set(re.findall(r'id="agreement-([0-9a-f]+)"', page)) - before
            page = await desk.send(f"/agreement/{number}/settle", document="contract 14, signed 3 May")
            assert "contract 14, signed 3 May" in page
            page = await desk.send(f"/agreement/{number}/end")
            assert "ENDED" in page

    run(story())


def test_every_page_speaks_all_eight_languages(node: Served) -> None:
    number = node.file(
        copy_of("e", "en", "An embargoed study", "Text.", embargoed_until=datetime.now(UTC) + timedelta(hours=2))
    )
    paths = ("/wire", f"/item/{number}", f"/item/{number}/versions", f"/item/{number}/deliveries", "/partners")
    more = ("/partner/VAL", "/partner/VAL/propose", "/operations", "/audit", "/node")

    async def story() -> None:
        async with sitting(node, "Ada Admin") as desk:
            for language in ("az", "ru", "fr", "de", "es", "ar", "zh", "en"):
                await desk.send("/language", language=language, next="/wire")
                for path in (*paths, *more):
                    page = await desk.page(path)
                    direction = "rtl" if language == "ar" else "ltr"
                    assert f'<html lang="{language}" dir="{direction}">' in page

    run(story())


def test_no_page_asks_anything_of_another_site_or_carries_inline_code(node: Served) -> None:
    number = node.file(copy_of("e", "en", "A story", "Text."))

    async def story() -> None:
        async with sitting(node, "Ada Admin") as desk:
            for path in ("/wire", f"/item/{number}", "/partner/VAL", "/operations", "/node"):
                async with desk.client.get(node.url + path) as answer:
                    page = await answer.text()
                    assert "default-src 'none'" in answer.headers["content-security-policy"]
                    assert answer.headers["cache-control"] == "no-store"
                    assert answer.headers["referrer-policy"] == "no-referrer"
                assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)
                assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=", page)

    run(story())


def test_an_address_that_is_not_there_is_a_page_with_a_way_back(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk:
            page = await desk.page("/nowhere", 404)
            assert "There is nothing here" in page
            assert 'href="/wire"' in page
            await desk.page("/item/99999", 404)

    run(story())


def test_operations_shows_what_waits_and_pauses_a_channel(node: Served) -> None:
    node.file(copy_of("solar", "en", "Solar park opens", "It opens."))

    async def story() -> None:
        async with sitting(node, "Otto Operator") as desk:
            page = await desk.send("/channel/valdora/pause")
            assert "paused" in page
            assert "by Otto Operator" in page
            assert "paused" not in await desk.send("/channel/valdora/resume")
            await desk.send("/channel/valdora/explode", 404)

    run(story())
