"""The diary's pages over real HTTP: planned, filtered, printed, read by calendar programs; alerts; and the API beside them."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import icalendar
import pytest
from at_desk import sitting
from msgspec.structs import replace
from served import Served, copy_of, serving

from database import Addresses, drop_database, fresh_database
from dragoman.desk import event_coverage, events
from dragoman.model.event import Coverage, Event, Participant, Venue
from dragoman.planning.announcement import Told, item_of
from dragoman.planning.fold import Held
from dragoman.store import people
from dragoman.store.connect import borrowed
from dragoman.store.db.cluster import Cluster
from dragoman.store.projects import records
from newsdesk import emptied

NOW = datetime.now(UTC)
FORUM = {
    "title_en": "Harbour forum", "title_az": "Liman forumu", "kind": "forum", "day": "2026-05-04", "hour": "10:00",
    "until_day": "2026-05-05", "until_hour": "18:00", "zone": "Europe/Paris", "venue": "Old Mill", "city": "Marseille",
    "languages": "en az", "hosts": "Port Authority\nCity of Marseille", "project": "", "note": "Bring the tripod.",
}  # fmt: skip


@pytest.fixture(scope="module")
def _kept(cluster: Cluster) -> Iterator[Addresses]:
    fresh = fresh_database(cluster)
    yield fresh
    drop_database(cluster, fresh.name)


@pytest.fixture
def node(_kept: Addresses, tmp_path: Path) -> Iterator[Served]:
    """A node's web side on a database that is emptied, not made, for each test."""
    with serving(emptied(_kept), tmp_path) as served:
        yield served


def run(coroutine: object) -> None:
    asyncio.run(coroutine)  # type: ignore[arg-type]


def planned(node: Served, title: str = "Regatta", **more: object) -> Held[Event]:
    starts = more.pop("starts", NOW + timedelta(days=1))
    assert isinstance(starts, datetime)
    fields: dict[str, object] = {
        "titles": {"en": title},
        "starts": starts,
        "ends": starts + timedelta(hours=1),
        "zone": "Asia/Baku",
    }
    with borrowed(node.site.newsroom) as conn:
        return events.plan(conn, node.site.keyring, Event(**(fields | more)), by="Eldar Editor", now=datetime.now(UTC))  # type: ignore[arg-type]


def only(node: Served) -> Held[Event]:
    with borrowed(node.site.newsroom) as conn:
        (held,) = records(conn, Event)
    return held


def test_an_event_is_planned_on_a_form_and_stands_in_the_diary(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            page = await desk.send("/diary/new", **FORUM)
            assert "Harbour forum" in page
            assert "4 May \u206610:00" in page or "4 May 10:00" in page
            week = await desk.page("/diary?day=2026-05-04")
            assert week.count("Harbour forum") == 2  # on each of its days
            assert "Paris" in week
            assert "12:00" in week  # our own clock beside
            assert "Old Mill" in await desk.page("/diary?day=2026-05-04&language=az&kind=forum&q=mill")
            assert "Nothing answers this filter" in await desk.page("/diary?day=2026-05-04&q=regatta")
            assert "urgency" in await desk.page("/diary?q=urgency:<<", status=400)

    run(story())
    assert only(node).record.hosts == ("Port Authority", "City of Marseille")


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            gap = await desk.send("/diary/new", 400, **(FORUM | {"day": "2026-03-29", "hour": "02:30"}))
            assert "the clocks are put forward" in gap
            assert 'value="Harbour forum"' in gap
            fold = FORUM | {"day": "2026-10-25", "hour": "02:30", "until_day": "2026-10-26"}
            twice = await desk.send("/diary/new", 400, **fold)
            assert "comes twice" in twice
            assert 'name="which" value="later"' in twice
            back = await desk.send("/diary/new", 400, **(FORUM | {"until_day": "2026-05-03"}))
            assert "ends before it starts" in back
            assert "Port Authority" in back
            never = await desk.send(
                "/diary/new", 400, **(FORUM | {"repeats": "rule", "rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"})
            )
            assert "never takes place" in never
            await desk.send("/diary/new", 400, **(FORUM | {"zone": "Mars/Olympus"}))
            await desk.send("/diary/new", **(fold | {"which": "later"}))

    run(story())
    assert only(node).record.starts == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_event_is_changed_on_the_form_as_it_was_planned(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            await desk.send(
                "/diary/new", **(FORUM | {"repeats": "weekly", "repeats_until": "2026-06-30", "required": "1"})
            )
            held = only(node)
            form = await desk.page(f"/event/{held.project}/{held.id}/edit")
            fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', form))
            assert (fields["day"], fields["hour"], fields["repeats_until"]) == ("2026-05-04", "10:00", "2026-06-30")
            await desk.send(
                f"/event/{held.project}/{held.id}/edit",
                **(FORUM | {"hour": "11:00", "repeats": "weekly", "repeats_until": "2026-06-30", "required": "1"}),
            )
            after = only(node).record
            assert replace(after, starts=held.record.starts) == held.record
            assert after.starts - held.record.starts == timedelta(hours=1)

    run(story())


def test_who_may_not_plan_sees_what_may_be_done_and_cannot_do_it(node: Served) -> None:
    held = planned(node)

    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk:
            assert "done by: editor" in await desk.page(f"/event/{held.project}/{held.id}")
            await desk.send(f"/event/{held.project}/{held.id}/state", 403, state="cancelled")
            await desk.send("/diary/new", 403, **FORUM)
            await desk.page("/diary/print?inside=1", status=403)

    run(story())


def test_a_title_under_embargo_shows_on_no_page_of_a_readers(node: Served) -> None:
    secret = planned(
        node, "Two lines merge", embargoed_until=NOW + timedelta(days=9), public_title="News conference", venue=Venue(name="Exchange"),
        summary={"en": "It is a merger."},
    )  # fmt: skip
    quiet = planned(node, "Bank fails", embargoed_until=NOW + timedelta(days=9))
    with borrowed(node.site.newsroom) as conn:
        who = Participant(event=secret.id, name="Mergus Merger")
        events.take_part(conn, node.site.keyring, secret.project, who, by="x", now=NOW)
        event_coverage.cover(
            conn,
            node.site.keyring,
            secret.project,
            Coverage(event=secret.id, agency="LNA", person="Leyla"),
            by="x",
            now=NOW,
        )

    async def story() -> None:
        async with sitting(node, "Rana Reader") as desk:
            address, other = (f"/event/{held.project}/{held.id}" for held in (secret, quiet))
            paths = (
                "/diary",
                "/diary?view=list",
                "/diary?q=merge",
                "/diary/print?view=list",
                address,
                other,
                "/alerts?q=merge*",
                "/audit",
            )
            for path in paths:
                page = await desk.page(path, status=403 if path == "/audit" else 200)
                for word in ("Two lines", "merger", "Merger", "Exchange", "Leyla", "Bank fails"):
                    assert word not in page, (path, word)
            assert "News conference" in await desk.page("/diary?view=list")
            assert "Title under embargo" in await desk.page(other)
            async with desk.client.get(f"{node.url}/api/v1/events") as answer:
                assert "merge" not in await answer.text()
        async with sitting(node, "Eldar Editor") as desk:
            assert "Two lines merge" in await desk.page("/diary?view=list")
            public = await desk.page("/diary/print?view=list")
            assert "News conference" in public
            assert "Two lines" not in public
            assert "Bank" not in public
            assert "Leyla" in await desk.page("/diary/print?view=list&inside=1")

    run(story())


def test_a_calendar_program_reads_one_view_and_nothing_else(node: Served) -> None:
    planned(node, "Regatta", rule="FREQ=WEEKLY", venue=Venue(name="Pier", city="Baku", zone="Asia/Baku"), note="Boots.")
    planned(node, "Two lines merge", embargoed_until=NOW + timedelta(days=9), public_title="News conference")
    planned(node, "Trial", kind="meeting")

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            made = await desk.send("/diary/calendars", name="Phone", view="view=week&q=-trial")
            path = re.search(r"(/diary\.ics\?token=dgc_[\w-]+)", made)
            assert path
            assert path[1] not in await desk.page("/diary/calendars")
            listed = await desk.page("/diary/calendars")
            assert "Phone" in listed
            async with aiohttp.ClientSession() as stranger:
                async with stranger.get(node.url + path[1]) as answer:
                    body, tag = await answer.read(), answer.headers["etag"]
                    assert answer.headers["content-type"].startswith("text/calendar")
                async with stranger.get(node.url + path[1], headers={"if-none-match": tag}) as answer:
                    assert answer.status == 304
                async with stranger.get(f"{node.url}/diary.ics?token=dgc_nonsense") as answer:
                    assert answer.status == 401
                token = path[1].partition("=")[2]
                async with stranger.get(
                    f"{node.url}/api/v1/events", headers={"authorization": f"Bearer {token}"}
                ) as answer:
                    assert answer.status == 401
                found = {str(event["SUMMARY"]): event for event in icalendar.Calendar.from_ical(body).walk("VEVENT")}
                assert set(found) == {"Regatta", "News conference"}
                assert found["Regatta"]["RRULE"]["FREQ"] == ["WEEKLY"]
                assert b"Boots" not in body
                number = re.search(r"/diary/calendars/(\d+)/withdraw", listed)
                assert number
                await desk.send(f"/diary/calendars/{number[1]}/withdraw")
                async with stranger.get(node.url + path[1]) as answer:
                    assert answer.status == 401

    run(story())


def test_a_round_table_is_filled_covered_and_published(node: Served) -> None:
    held = planned(node, "Round table", kind="round table", slugline="table")
    number = node.file(copy_of("table-1", "en", "They met at the table", "They met.", slugline="table"))

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            here = f"/event/{held.project}/{held.id}"
            assert f"/floor/{held.project}/{held.id}" in await desk.page(here)
            page = await desk.send(
                f"{here}/person", name="Ada Quay", role="moderator", agency="Tidewater", spokesperson="1"
            )
            assert "Ada Quay" in page
            page = await desk.send(
                f"{here}/cover",
                agency="LNA",
                kind="text",
                language="en",
                person="Leyla",
                due_day="2026-12-01",
                due_hour="18:00",
            )
            assert "Perhaps fulfilled by" in page
            row = re.search(r'name="row" value="(\w+)"><input type="hidden" name="item"', page)
            assert row
            assert "Filed as" in await desk.send(f"{here}/link", row=row[1], item=str(number))
            wrong = await desk.send(
                f"{here}/cover", 400, agency="LNA", kind="text", due_day="2026-13-01", due_hour="18:00", note="By train"
            )
            assert "By train" in wrong
            assert "asked for" in await desk.send(f"{here}/cover", agency="VAL", kind="picture")
            assert "Published" in await desk.send(f"{here}/publish")
            await desk.send(f"{here}/publish", 409)
            assert "CANCELLED" in await desk.send(f"{here}/state", state="cancelled")
            await desk.send(f"{here}/nonsense", 404)

    run(story())


def test_what_a_partner_announces_is_seen_and_taken_over(node: Served) -> None:
    starts = NOW + timedelta(days=1)
    told = Told(
        event=Event(titles={"fr": "Régate"}, starts=starts, zone="Europe/Paris", languages=("fr",)),
        uri="urn:val:1",
        agency="VAL",
    )
    number = node.file(replace(item_of(told, public=True, now=NOW), version="1", version_created=NOW), "VAL")

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            assert f"/event/item/{number}" in await desk.page("/diary?view=list")
            assert "Announced by VAL" in await desk.page(f"/event/item/{number}")
            page = await desk.send(f"/event/item/{number}/adopt")
            assert "theirs to publish" in page
            listed = await desk.page("/diary?view=list")
            assert listed.count("Régate") == 1
            assert "In our planning" in await desk.page(f"/event/item/{number}")

    run(story())


def test_anniversaries_are_planned_with_one_click(node: Served) -> None:
    day = (NOW + timedelta(days=5)).date()
    lit = datetime(day.year - 75, day.month, min(day.day, 28), tzinfo=UTC)
    planned(
        node, "First lighthouse", starts=lit, ends=lit + timedelta(days=1), kind="anniversary", all_day=True, zone=""
    )

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            page = await desk.page("/diary/anniversaries?ahead=30")
            found = re.search(r'name="project" value="([^"]+)"><input type="hidden" name="plan" value="([^"]+)"', page)
            assert found
            assert "Round ones" in page
            assert "First lighthouse (75)" in await desk.send(
                "/diary/anniversaries/plan", project=found[1], plan=found[2]
            )
            assert "planned" in await desk.page("/diary/anniversaries?ahead=30")

    run(story())


def test_alerts_are_kept_looked_at_and_removed(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            assert "no alerts yet" in await desk.page("/alerts")
            await desk.send("/alerts", 400, q="urgency:<<", name="Wrong")
            await desk.send("/alerts", q="regatta", name="Boats")
            planned(node)
            assert "1 new" in await desk.page("/alerts")
            number = re.search(r'href="/alert/(\d+)"', await desk.page("/alerts"))
            assert number
            assert "Regatta" in await desk.page(f"/alert/{number[1]}")
            assert "1 new" not in await desk.page("/alerts")
            async with sitting(node, "Rana Reader") as other:
                await other.page(f"/alert/{number[1]}", status=404)
                await other.send(f"/alert/{number[1]}/remove", 404)
            assert "no alerts yet" in await desk.send(f"/alert/{number[1]}/remove")

    run(story())


def test_the_api_plans_lists_and_covers_as_the_pages_do(node: Served) -> None:
    with borrowed(node.site.newsroom) as conn:
        token = people.add_token(conn, "screen", person="Eldar Editor")
        reader = people.add_token(conn, "screen", person="Rana Reader")

    async def story() -> None:
        headers = {"authorization": f"Bearer {token}"}
        async with aiohttp.ClientSession(node.url, headers=headers) as client:
            wanted = {
                "titles": {"en": "Regatta"},
                "starts": "2026-05-04T10:00:00+04:00",
                "zone": "Asia/Baku",
                "rule": "FREQ=DAILY;COUNT=3",
            }
            async with client.post("/api/v1/events", json={"event": wanted}) as answer:
                assert answer.status == 201, await answer.text()
                made = await answer.json()
            address = f"/api/v1/events/{made['project']}/{made['id']}"
            async with client.get(
                "/api/v1/events?since=2026-05-04T00:00:00Z&until=2026-05-06T00:00:00Z&q=regatta"
            ) as answer:
                assert [each["starts"] for each in await answer.json()] == [
                    "2026-05-04T10:00:00+04:00",
                    "2026-05-05T10:00:00+04:00",
                ]
            async with client.post(f"{address}/coverage", json={"kind": "picture", "agency": "VAL"}) as answer:
                assert [row["state"] for row in (await answer.json())["coverage"].values()] == ["wanted"]
            async with client.post(f"{address}/publish", json={}) as answer:
                assert (await answer.json())["sequence"] > 0
            async with client.post(
                "/api/v1/events", json={"event": wanted | {"ends": "2026-05-03T10:00:00Z"}}
            ) as answer:
                assert answer.status == 400
                assert "before it starts" in (await answer.json())["detail"]
            async with client.post(
                f"{address}/state", json={"state": "over"}, headers={"authorization": f"Bearer {reader}"}
            ) as answer:
                assert answer.status == 403
            async with client.post("/api/v1/alerts", json={"name": "Boats", "query": "regatta"}) as answer:
                assert answer.status == 201
                number = (await answer.json())["id"]
            async with client.get("/api/v1/alerts/try?q=regatta") as answer:
                assert (await answer.json())["count"] == 1
            async with client.get("/api/v1/alerts") as answer:
                assert [line["name"] for line in await answer.json()] == ["Boats"]
            async with client.delete(f"/api/v1/alerts/{number}") as answer:
                assert answer.status == 204

    run(story())
