"""The diary at the command line: planned, listed, covered, published, written as a calendar; alerts of a user."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
from cli_run import Desk

from dragoman import pipeline
from dragoman.receive.decoding import decode_one
from dragoman.store import arrivals

WEEK = ("--from", "2031-05-05", "--until", "2031-05-11")


def plan(desk: Desk, title: str, *more: object) -> str:
    (made,) = desk.ok(
        "event", "add", "--title", f"en={title}", "--starts", "2031-05-06 10:00", "--zone", "Asia/Baku", *more
    )
    return str(made["id"])


def titles(desk: Desk, *more: object) -> list[str]:
    return [line["title"] for line in desk.ok("event", "diary", *WEEK, *more)]


def test_an_event_is_planned_listed_changed_and_dropped(desk: Desk) -> None:
    name = plan(
        desk, "Harbour forum", "--ends", "2031-05-06 12:00", "--kind", "forum", "--city", "Baku", "--host", "Port"
    )
    assert titles(desk, "--kind", "forum") == ["Harbour forum"]
    assert titles(desk, "place:Baku", "--kind", "forum") == ["Harbour forum"]
    assert titles(desk, "--week", "2031-W19", "harbour") == ["Harbour forum"]
    (changed,) = desk.ok("event", "change", name, "--starts", "2031-05-07 09:00", "--ends", "2031-05-07 11:00")
    assert (changed["there"], changed["zone"]) == ("2031-05-07 09:00", "Asia/Baku")
    assert desk.ok("event", "show", name)[0]["hosts"] == ["Port"]
    desk.ok("event", "state", name, "confirmed", *desk.as_user("leyla"))
    assert desk.ok("event", "show", name)[0]["state"] == "confirmed"
    assert desk.run("event", "drop", name).code == 0
    assert titles(desk, "harbour") == []


def test_times_that_are_none_are_refused_with_what_to_say(desk: Desk) -> None:
    berlin = ("event", "add", "--title", "en=Briefing", "--zone", "Europe/Berlin", "--json")
    assert "put forward" in desk.run(*berlin, "--starts", "2031-03-30 02:30").error["detail"]
    assert "--earlier" in desk.run(*berlin, "--starts", "2031-10-26 02:30").error["detail"]
    assert desk.run(*berlin, "--starts", "2031-05-06 10:00", "--ends", "2031-05-06 09:00").code == 2
    assert desk.run(*berlin, "--starts", "2031-05-06 10:00", "--rule", "FREQ=HOURLY").code == 2
    assert desk.run("event", "diary", "--week", "2031-W99").code == 2
    assert desk.run("event", "show", "LNA:desk/nothing").code == 4


def test_one_time_of_a_series_is_left_out(desk: Desk) -> None:
    name = plan(desk, "Weekly briefing", "--rule", "FREQ=DAILY;COUNT=3")
    assert titles(desk, "briefing") == ["Weekly briefing"] * 3
    desk.ok("event", "leave-out", name, "2031-05-07")
    desk.ok("event", "leave-out", name, "2031-05-08", "--to", "2031-05-10 10:00")
    days = [line["there"][:10] for line in desk.ok("event", "diary", *WEEK, "briefing")]
    assert days == ["2031-05-06", "2031-05-10"]
    desk.run("event", "drop", name)


def test_coverage_is_planned_taken_and_fulfilled(desk: Desk) -> None:
    name, number = plan(desk, "Regatta"), desk.file("urn:lna:regatta", "Regatta won by a dinghy")
    desk.ok("agency", "add", "VAL", "--name", "Valdora Presse")
    (asked,) = desk.ok("event", "cover", name, "--kind", "picture", "--agency", "VAL")
    (open_row,) = desk.ok("event", "cover", name, "--agency", "ANY", "--due", "2031-05-06 18:00")
    assert (asked["state"], open_row["state"], open_row["due"]) == ("wanted", "wanted", "2031-05-06T18:00:00+04:00")
    (taken,) = desk.ok("event", "cover", name, "--row", open_row["row"], "--take", "--person", "Leyla")
    assert (taken["agency"], taken["state"]) == ("LNA", "assigned")
    (filed,) = desk.ok("event", "cover", name, "--row", open_row["row"], "--item", number)
    assert (filed["state"], filed["uri"]) == ("filed", "urn:lna:regatta")
    assert desk.ok("event", "person", name, "Ada Quay", "--role", "skipper")[0]["name"] == "Ada Quay"
    assert titles(desk, "--coverage", "wanted") == ["Regatta"]
    assert desk.run("event", "cover", name, "--take").code == 2


def test_an_event_is_published_and_written_as_a_calendar(desk: Desk) -> None:
    name = plan(desk, "Open day", "--ends", "2031-05-06 12:00", "--note", "Bring the tripod.")
    secret = plan(desk, "Two lines merge", "--embargo", "2031-05-01 10:00", "--public-title", "News conference")
    assert desk.ok("event", "publish", name)[0]["sequence"] > 0
    assert desk.run("event", "publish", name).code == 1
    written = desk.run("event", "export", *WEEK).out
    assert "tripod" not in written
    assert "merge" not in written
    found = [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(written).walk("VEVENT")]
    assert {"Open day", "News conference"} <= set(found)
    assert "merge" in desk.run("event", "export", *WEEK, "--format", "ninjs", "--inside").out
    desk.run("event", "drop", secret)


def test_anniversaries_are_listed_and_planned(desk: Desk) -> None:
    day = (datetime.now(UTC) + timedelta(days=4)).date()
    first = f"{day.year - 50}-{day:%m}-{min(day.day, 28):02}"
    (made,) = desk.ok("event", "add", "--title", "en=First ferry", "--kind", "anniversary", "--starts", first)
    due = [line for line in desk.ok("event", "due", "--days", "30") if line["title"] == "First ferry"]
    assert [(line["years"], line["round"], line["planned"]) for line in due] == [(50, True, False)]
    (planned,) = desk.ok("event", "plan", made["id"])
    assert planned["title"] == "First ferry (50)"
    assert len(planned["coverage"]) == 2  # one for each language we write


def test_an_alert_of_a_user_is_tried_kept_and_removed(desk: Desk) -> None:
    tried = desk.ok("alert", "test", "lighthouse")[0]
    assert tried["count"] == 0
    (made,) = desk.ok("alert", "add", "leyla", "Lights", "lighthouse")
    number = desk.file("urn:lna:light", "Lighthouse lit again")
    assert [line["new"] for line in desk.ok("alert", "list", "--user", "leyla")] == [1]
    (hit,) = desk.ok("alert", "show", made["id"])
    assert (hit["title"], hit["what"]) == ("Lighthouse lit again", f"item {number}")
    assert desk.ok("alert", "test", "lighthouse")[0]["count"] == 1
    assert desk.run("alert", "add", "leyla", "Lights", "lighthouse").code == 1
    assert desk.run("alert", "add", "nobody", "Lights", "lighthouse").code == 4
    assert desk.run("alert", "remove", made["id"]).code == 0
    assert desk.ok("alert", "list", "--user", "leyla") == []


def take_in(desk: Desk) -> None:
    """What the node's pipeline does with what was kept."""
    now = datetime.now(UTC)
    with desk.store() as conn:
        while claimed := arrivals.claim(conn, 20, None):
            pipeline.take_in(conn, claimed, [decode_one(pipeline.job_of(one)) for one in claimed], now)


def test_a_partners_calendar_is_imported_and_its_event_taken_over(desk: Desk, folder: Path) -> None:
    desk.ok("agency", "add", "TIDEW", "--name", "Tidewater Press")
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:tide-1", "DTSTART;TZID=Arabian Standard Time:20310509T100000",
             "RRULE:FREQ=DAILY;COUNT=2", "SUMMARY:Dredger launched at the yard", "END:VEVENT", "END:VCALENDAR")  # fmt: skip
    (folder / "tidew.ics").write_text("\r\n".join(lines))
    assert desk.run("import", folder / "tidew.ics", "--agency", "TIDEW").code == 0
    take_in(desk)
    found = desk.ok("event", "diary", *WEEK, "--agency", "TIDEW", "dredger")
    assert [line["there"] for line in found] == ["2031-05-09 10:00", "2031-05-10 10:00"]
    (taken,) = desk.ok("event", "adopt", found[0]["id"].removeprefix("item "))
    assert taken["agency"] == "TIDEW"
    assert len(desk.ok("event", "diary", *WEEK, "--agency", "TIDEW", "dredger")) == 2
