"""The floor's pages over real HTTP: who sees what, guests with links, forms that lose nothing, the live stream."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import msgspec
import pytest
from at_desk import Desk, sitting
from round_table import RoundTable, come_in, send, session
from served import Served

from dragoman.desk import projects
from dragoman.desk.floor import guests, moderating, running
from dragoman.model.event import Event
from dragoman.store.connect import borrowed
from dragoman.web.floor.sheet import Change, Piece, Sheet, sealed, step

SECRET = "Between us, who pays"


@pytest.fixture
def table(node: Served) -> RoundTable:
    return RoundTable(node).live()


def held(table: RoundTable) -> dict[str, str]:
    """One question of each sort, by its sort."""
    asked = {
        "answered": table.asked("When does the quay open?"),
        "listed": table.asked("Et le port ?", language="fr", name="Luc Arne"),
        "unnamed": table.asked("Who was told first?", name="Nadia Quist", anonymous=True),
        "pending": table.asked("What of the ferry?", name="Bo Lind"),
        "secret": table.asked(SECRET, name="Cai Moor", on_record=False),
    }
    for sort in ("answered", "listed", "unnamed", "secret"):
        table.does(moderating.accept, asked[sort])
    table.answered(asked["answered"], "In June.")
    table.answered(asked["answered"], "Quote me not", on_record=False)
    table.does(moderating.interpret, asked["listed"], "en", "And the port?")
    return asked


def test_nothing_off_the_record_pending_or_unnamed_is_public(table: RoundTable) -> None:
    asked = held(table)
    table.does(running.set_up, running.Settings(public=True))

    async def story() -> None:
        async with session() as client:
            anybody = Desk(client, table.node.url)
            page = await anybody.page(table.base)
            for word in (
                "When does the quay open?",
                "In June.",
                "Et le port ?",
                "And the port?",
                "Who was told first?",
            ):
                assert word in page, word
            csv = await anybody.page(f"{table.base}/questions.csv?public=true")
            assert "In June." in csv
            for hidden in (SECRET, "What of the ferry?", "Quote me not", "Nadia Quist", "Bo Lind"):
                assert hidden not in page, hidden
                assert hidden not in csv, hidden
            for path in (f"/question/{asked['secret']}", f"/question/{asked['pending']}"):
                await anybody.page(table.base + path, 404)
            for path in ("/moderator", "/speaker", "/guests", "/transcript", "/questions.csv", "/unanswered"):
                assert 'name="password"' in await anybody.page(table.base + path), path

    asyncio.run(story())


def test_a_floor_that_is_not_public_is_for_the_newsroom_and_its_guests(table: RoundTable) -> None:
    async def story() -> None:
        async with session() as client:
            anybody = Desk(client, table.node.url)
            assert 'name="password"' in await anybody.page(table.base)
            await anybody.page(f"{table.base}/live", 404)
            await send(anybody, "", f"{table.base}/ask", 401, text="Let me in?")
        async with sitting(table.node, "Rana Reader") as reader:
            page = await reader.page(table.base)
            assert "ask-text" not in page
            await reader.page(f"{table.base}/moderator", 403)

    asyncio.run(story())


def test_where_a_partner_moderates_our_newsroom_follows_asks_and_hears_but_does_not_see_behind(node: Served) -> None:
    table = RoundTable(node)
    asked = held(table)
    table.does(running.set_up, running.Settings(moderators=("VAL",)))

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as editor:
            page = await editor.page(table.base)
            for hidden in (SECRET, "What of the ferry?", "Quote me not", "Nadia Quist"):
                assert hidden not in page, hidden
            for path in ("/moderator", "/guests", "/transcript", "/questions.csv"):
                await editor.page(table.base + path, 403)
            await editor.page(f"{table.base}/question/{asked['pending']}", 404)
            assert "What of the ferry?" not in await editor.page(f"{table.base}/unanswered")
            await editor.page(f"{table.base}/speaker")
            page = await send(editor, page, f"{table.base}/ask", text="May we ask?")
            assert "May we ask?" in page
            await send(editor, page, f"{table.base}/question/{asked['listed']}/now", 403)

    asyncio.run(story())


def test_until_the_embargo_lifts_the_public_sees_nothing(table: RoundTable) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    table.does(running.set_up, running.Settings(public=True, embargoed_until=later))

    async def story() -> None:
        async with session() as client:
            assert 'name="password"' in await Desk(client, table.node.url).page(table.base)
        async with sitting(table.node) as guest:
            page = await come_in(guest, table.invite())
            assert "EMBARGO" in page

    asyncio.run(story())


def test_a_guest_asks_in_her_language_and_follows_her_own_question(table: RoundTable) -> None:
    code = table.invite()

    async def story() -> None:
        async with sitting(table.node) as guest:
            page = await come_in(guest, code)
            assert 'lang="fr"' in page
            assert "Ana Brek" in page
            page = await send(guest, page, f"{table.base}/ask", text="Qui\u202e paie ?", off_record="1")
            assert "U+202E" in page
            (asked,) = table.hall().asked
            assert (asked.question.text, asked.question.agency, asked.on_record) == ("Qui paie ?", "VAL", False)
            mine = await guest.page(f"{table.base}/mine")
            assert "Qui paie ?" in mine
            page = await guest.page(f"{table.base}/question/{asked.id}")
            page = await send(guest, page, f"{table.base}/question/{asked.id}/reword", text="Qui paiera ?")
            assert "Qui paiera ?" in page
            await send(guest, page, f"{table.base}/question/{asked.id}/accept", 403)
            await send(guest, page, f"{table.base}/state/closed", 403)
            await send(guest, page, f"{table.base}/question/{asked.id}/withdraw")
            assert table.standing(asked.id) == "withdrawn"

    asyncio.run(story())


def test_a_question_with_markup_or_too_long_comes_back_in_the_form(table: RoundTable) -> None:
    async def story() -> None:
        async with sitting(table.node, "Eldar Editor") as editor:
            page = await editor.page(table.base)
            page = await send(
                editor, page, f"{table.base}/ask", 400, text="When <b>now</b>?", language="ru", anonymous="1"
            )
            assert "markup" in page
            assert ">When now?</textarea>" in page
            assert re.search(r'value="ru" selected', page)
            assert re.search(r'name="anonymous" value="1" checked', page)
            long = "word " * 20_000
            page = await send(editor, page, f"{table.base}/ask", 413, text=long)
            assert "99,999 characters" in page
            assert long.strip() in page
            for number in range(4):
                await send(editor, page, f"{table.base}/ask", text=f"Number {number}?")
            page = await send(editor, page, f"{table.base}/ask", 429, text="And a fifth?")
            assert "And a fifth?</textarea>" in page
        assert len(table.hall().asked) == 4

    asyncio.run(story())


def test_a_form_from_elsewhere_does_nothing(table: RoundTable) -> None:
    code = table.invite()

    async def story() -> None:
        async with sitting(table.node) as guest:
            await come_in(guest, code)
            for data in ({"text": "When?"}, {"text": "When?", "csrf": "guessed"}):
                async with guest.client.post(f"{table.node.url}{table.base}/ask", data=data) as answer:
                    assert answer.status == 403
            async with guest.client.post(f"{table.node.url}/floor/in", data={"code": code, "csrf": "x"}) as answer:
                assert answer.status == 403
        assert table.hall().asked == ()

    asyncio.run(story())


def test_a_revoked_link_is_dead_and_the_visit_with_it(table: RoundTable) -> None:
    code = table.invite()

    async def story() -> None:
        async with sitting(table.node) as guest:
            page = await come_in(guest, code)
            table.does(guests.revoke, 1)
            await send(guest, page, f"{table.base}/ask", 401, text="Still here?")
            assert "not good" in await guest.page(f"/floor/in/{code}", 401)

    asyncio.run(story())


def test_a_guest_of_one_floor_sees_no_other(table: RoundTable) -> None:
    code = table.invite()
    with table.node.site.newsroom.connection() as conn:
        conn.execute("update accreditation set floor = 'elsewhere'")

    async def story() -> None:
        async with sitting(table.node) as guest:
            await guest.page(f"/floor/in/{code}", 404)
            await guest.page(table.base)

    asyncio.run(story())


def test_an_interpreter_writes_beside_and_a_speaker_answers_in_writing(table: RoundTable) -> None:
    asked = table.asked("When does the quay open?")

    async def story() -> None:
        async with sitting(table.node) as interpreter:
            page = await come_in(interpreter, table.invite("Ira Voss", role="interpreter", language="ru"))
            assert "When does the quay open?" in page
            assert "data-deed" not in page
            page = await interpreter.page(f"{table.base}/question/{asked}")
            await send(interpreter, page, f"{table.base}/question/{asked}/interpret", language="ru", text="Когда?")
            await send(interpreter, page, f"{table.base}/question/{asked}/decline", 403, reason="No.")
        table.does(running.go, "closed")
        async with sitting(table.node) as speaker:
            await come_in(speaker, table.invite("Ines Oda", role="speaker", language="ru"))
            page = await speaker.page(f"{table.base}/unanswered")
            assert "Когда?" in page
            page = await speaker.page(f"{table.base}/question/{asked}")
            fields = {"speaker": "Ines Oda", "text": "В июне.", "language": "ru", "written": "1", "finishes": "1"}
            await send(speaker, page, f"{table.base}/question/{asked}/answer", **fields)
        found = table.hall().find(asked)
        assert found is not None
        assert (found.standing, found.said["ru"], found.answers[0].answer.written) == ("answered", "Когда?", True)

    asyncio.run(story())


def test_moderators_do_everything_by_forms_and_lose_nothing_typed(table: RoundTable) -> None:
    first, second = table.asked("When?"), table.asked("Where?", name="Bo Lind")

    async def story() -> None:
        async with sitting(table.node, "Eldar Editor") as desk:
            page = await desk.page(f"{table.base}/moderator")
            assert "VAL" in page
            for deed, standing in (
                ("accept", "accepted"),
                ("now", "asking"),
                ("accept", "accepted"),
                ("back", "pending"),
            ):
                await send(desk, page, f"{table.base}/question/{first}/{deed}")
                assert table.standing(first) == standing
            for id in (first, second):
                await send(desk, page, f"{table.base}/question/{id}/accept")
            await send(desk, page, f"{table.base}/question/{second}/up")
            assert [one.id for one in table.hall().standing("accepted")] == [second, first]
            page = await send(desk, page, f"{table.base}/question/{first}/answer", 400, speaker="", text="In June.")
            assert "Say who answered" in page
            assert "In June.</textarea>" in page
            await send(desk, page, f"{table.base}/question/{first}/merge", into=second)
            assert table.standing(first) == "merged"
            await send(desk, page, f"{table.base}/question/{second}/strike")
            page = await desk.page(f"{table.base}/moderator")
            assert "OFF THE RECORD" in page
            quietly = {"x-floor": "quietly", "accept": "application/problem+json"}
            csrf = re.findall(r'name="csrf" value="([^"]+)"', page)[0]
            for deed, status in (("decline", 400), ("answered", 204)):
                path = f"{table.node.url}{table.base}/question/{second}/{deed}"
                async with desk.client.post(path, data={"csrf": csrf}, headers=quietly) as answer:
                    assert answer.status == status, deed

    asyncio.run(story())


def test_a_floor_is_opened_from_its_event_and_published_from_its_page(node: Served) -> None:
    with borrowed(node.site.newsroom) as conn:
        now = datetime.now(UTC)
        project = projects.desk_project(conn, node.site.keyring, now=now)
        event = Event(titles={"en": "A briefing"}, starts=now, zone="Europe/Berlin", languages=("en", "de"))
        projects.put(conn, node.site.keyring, project, "briefing", event, by="Hanna Head", now=now)
    base = f"/floor/{project}/briefing"

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            assert "No floor has been opened" in await desk.page(base)
            page = await desk.page(f"{base}/settings")
            bad = {"embargo_day": "2027-03-28", "embargo_hour": "02:30", "speakers": "Ines Oda", "takes": "1"}
            page = await send(desk, page, f"{base}/settings", 400, **bad)
            assert "put forward" in page
            assert "Ines Oda</textarea>" in page
            page = await send(
                desk, page, f"{base}/settings", mode="open", speakers="Ines Oda", takes="1", languages="en de"
            )
            for wanted in ("live", "closed"):
                if wanted == "closed":
                    page = await send(desk, page, f"{base}/ask", text="When?")
                    question = re.findall(rf"{base}/question/(\w+)", page)[0]
                    fields = {"speaker": "Ines Oda", "text": "Now.", "language": "en", "finishes": "1"}
                    page = await send(desk, page, f"{base}/question/{question}/answer", **fields)
                page = await send(desk, page, f"{base}/state/{wanted}")
            page = await desk.page(f"{base}/transcript")
            assert "Answer · Ines Oda: Now." in page
            fields = {"headline_en": "A briefing, in full", "headline_de": "Ein Gespräch", "original": "en"}
            page = await send(desk, page, f"{base}/transcript", **fields)
            number = re.findall(r'href="/item/(\d+)"', page)[0]
            assert "A briefing, in full" in await desk.page(f"/item/{number}")
            assert "PUBLISHED" in await desk.page("/floors")

    asyncio.run(story())


# ------------------------------------------------------------------------------------------------ live


@asynccontextmanager
async def listening(desk: Desk, path: str, **headers: str) -> AsyncIterator[aiohttp.StreamReader]:
    async with desk.client.get(desk.url + path, headers=headers) as answer:
        assert answer.content_type == "text/event-stream", await answer.text()
        await answer.content.readuntil(b"\n\n")
        yield answer.content


async def event(stream: aiohttp.StreamReader) -> tuple[str, str, dict[str, object]]:
    """Kind, id and data of the next event."""
    async with asyncio.timeout(10):
        while True:
            said = (await stream.readuntil(b"\n\n")).decode()
            if not said.startswith(":"):
                fields = dict(line.split(": ", 1) for line in said.strip().split("\n"))
                return fields["event"], fields.get("id", ""), msgspec.json.decode(fields["data"])


def after(page: str) -> str:
    return re.findall(r'data-after="(\w+)"', page)[0]


def test_moderators_see_a_question_within_a_second_and_the_public_when_it_is_listed(table: RoundTable) -> None:
    table.does(running.set_up, running.Settings(public=True))

    async def story() -> None:
        async with sitting(table.node, "Eldar Editor") as desk, session() as client:
            anybody = Desk(client, table.node.url)
            there, outside = after(await desk.page(f"{table.base}/moderator")), after(await anybody.page(table.base))
            async with (
                listening(desk, f"{table.base}/live?view=moderator&after={there}") as moderator,
                listening(anybody, f"{table.base}/live?view=public&after={outside}") as public,
            ):
                began = time.monotonic()
                asked = await asyncio.to_thread(table.asked, "When does the quay open?")
                kind, _, data = await event(moderator)
                assert time.monotonic() - began < 1.0
                assert kind == "step"
                assert data["came"] == {"pending": 1}
                assert "When does the quay open?" in str(data["changes"])
                await asyncio.to_thread(table.does, moderating.accept, asked)
                kind, _, data = await event(public)
                assert (kind, data["came"]) == ("step", {"accepted": 1})

    asyncio.run(story())


def test_a_page_that_was_away_is_told_what_it_missed_or_to_load_again(table: RoundTable) -> None:
    async def story() -> None:
        async with sitting(table.node, "Eldar Editor") as desk:
            live = f"{table.base}/live?view=moderator"
            since = after(await desk.page(f"{table.base}/moderator"))
            async with listening(desk, f"{live}&after={since}") as stream:
                await asyncio.to_thread(table.asked, "First?")
                _, known, _ = await event(stream)
                await asyncio.to_thread(table.asked, "Second?", name="Bo")
                await event(stream)
                async with listening(desk, live, **{"last-event-id": known}) as again:
                    kind, _, data = await event(again)
                    assert kind == "step"
                    assert "Second?" in str(data)
                    assert "First?" not in str(data)
                async with listening(desk, live, **{"last-event-id": "0123456789abcdef"}) as lost:
                    assert (await event(lost))[0] == "gap"

    asyncio.run(story())


def test_a_guest_is_told_of_her_own_pending_question_and_nobody_else_is(table: RoundTable) -> None:
    code = table.invite()

    async def story() -> None:
        async with sitting(table.node) as guest:
            page = await come_in(guest, code)
            page = await send(guest, page, f"{table.base}/ask", text="Qui paie ?")
            (asked,) = table.hall().asked
            async with listening(guest, f"{table.base}/live?view=public&after={after(page)}") as stream:
                await asyncio.to_thread(table.does, moderating.decline, asked.id, "Dit au début.")
                kind, _, _ = await event(stream)
                assert kind == "mine"
                assert "Dit au début." in await guest.page(f"{table.base}/mine")

    asyncio.run(story())


# ------------------------------------------------------------------------------------------------ sheets


def _sheet(**regions: str) -> Sheet:
    return sealed({name: [Piece(id.lower(), id) for id in ids] for name, ids in regions.items()})


def _followed(before: Sheet, after: Sheet) -> dict[str, list[str]]:
    """What the browser makes of a step."""
    page = {name: [piece.html for piece in pieces] for name, pieces in before.regions.items()}
    for change in step(before, after).changes:
        for pieces in page.values():
            pieces[:] = [html for html in pieces if html.lower() != change.id]
        if change.region:
            pieces = page[change.region]
            at = next((n + 1 for n, html in enumerate(pieces) if html.lower() == change.after), 0)
            pieces.insert(at, change.html)
    return page


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": "123", "b": ""}, {"a": "1234", "b": ""}),
        ({"a": "123", "b": "x"}, {"a": "13", "b": "2x"}),
        ({"a": "12345", "b": ""}, {"a": "52341", "b": ""}),
        ({"a": "pq", "b": "r"}, {"a": "Pq", "b": "r"}),
        ({"a": "123", "b": "45"}, {"a": "", "b": "54321"}),
    ],
)
def test_a_step_leads_from_one_sheet_to_the_next(before: dict[str, str], after: dict[str, str]) -> None:
    one, other = _sheet(**before), _sheet(**after)
    assert _followed(one, other) == {name: list(ids) for name, ids in after.items()}
    assert step(other, other).changes == ()


def test_a_new_question_at_the_end_is_one_small_change() -> None:
    many = "".join(chr(0x4E00 + n) for n in range(200))
    made = step(_sheet(a=many), _sheet(a=many + "x"))
    assert made.changes == (Change(id="x", region="a", after=many[-1].lower(), html="x"),)
