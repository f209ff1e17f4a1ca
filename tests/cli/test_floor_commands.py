"""A round table at the command line, from the opening to the published transcript."""

import itertools
from datetime import UTC, datetime

import pytest
from cli_run import Desk

from dragoman.app import open_node
from dragoman.desk import projects
from dragoman.model.event import Event

_numbers = itertools.count(1)


@pytest.fixture
def table(desk: Desk) -> str:
    """The id of an event of ours in Berlin, without a floor."""
    name = f"ports-{next(_numbers)}"
    node, now = open_node(desk.folder), datetime.now(UTC)
    with desk.store() as conn:
        project = projects.desk_project(conn, node.keyring, now=now)
        event = Event(titles={"en": "Round table on ports"}, starts=now, zone="Europe/Berlin", languages=("en",))
        projects.put(conn, node.keyring, project, name, event, by="ayten", now=now)
    return name


def test_a_round_table_is_held_at_the_command_line(desk: Desk, table: str) -> None:
    def does(*words: object) -> list[dict[str, object]]:
        return desk.ok("floor", *words)

    (opened,) = does("open", table, "--speaker", "Ines Oda", "--languages", "en,ru", *desk.as_user("leyla"))
    assert (opened["state"], opened["speakers"], opened["moderators"]) == ("taking questions", ["Ines Oda"], ["LNA"])
    does("open", table, "--per-person", 3)
    (first,) = does("ask", table, "When does the quay open?", "--asker", "Ana Brek")
    (second,) = does("ask", table, "When will it open?", "--asker", "Bo Lind")
    (third,) = does("ask", table, "Who pays?", "--off-record")
    assert [one["language"] for one in (first, second, third)] == ["en"] * 3
    assert [one["id"] for one in does("unanswered", table)] == [one["id"] for one in (first, second, third)]
    does("begin", table)
    assert does("accept", table, first["id"])[0]["state"] == "accepted"
    assert does("merge", table, second["id"], first["id"])[0]["state"] == "merged"
    assert does("ask-now", table, first["id"])[0]["state"] == "asking"
    assert does("decline", table, third["id"], "--reason", "Not today.")[0]["reason"] == "Not today."
    does("answer", table, first["id"], "В июне.", "--speaker", "Ines Oda", "--language", "ru")
    (said,) = does("interpret", table, f"{first['id']}/answer", "en", "In June.")
    assert said["answers"][0]["interpretations"] == {"en": "In June."}  # type: ignore[index]
    (whole,) = does("show", table)
    assert (whole["answered"], whole["merged"], whole["next"]) == (1, 1, "")
    assert whole["fairness"] == [{"agency": "LNA", "asked": 3, "answered": 2, "waiting": 0}]
    csv = desk.run("floor", "export", table, "--public").out
    assert "В июне." in csv
    assert "Who pays?" not in csv
    assert "OFF THE RECORD" in desk.run("floor", "export", table).out
    does("close", table)
    published = does(
        *("publish", table, "--headline", "en=Ports: the round table", "--headline", "ru=Порты", "--yes"),
        *("--embargo", "2026-07-04 12:00", *desk.as_user("leyla")),
    )
    assert [(one["language"], one["untranslated"]) for one in published] == [("en", 0), ("ru", 1)]
    (item,) = desk.ok("item", "show", published[0]["uri"])
    assert item["ninjs"]["embargoedUntil"].startswith("2026-07-04T12:00:00+02:00")
    assert table in [one["event"] for one in does("list")]


def test_a_guest_is_accredited_and_sent_away(desk: Desk, table: str) -> None:
    desk.ok("floor", "open", table)
    (made,) = desk.ok(
        "floor", "accredit", table, "--name", "Tom Veil", "--outlet", "Harbour Radio", "--role", "interpreter"
    )
    assert made["link"].endswith(f"/floor/in/{made['code']}")
    (listed,) = desk.ok("floor", "guests", table)
    assert (listed["name"], listed["role"], listed["state"]) == ("Tom Veil", "interpreter", "good")
    assert "code" not in listed
    assert desk.ok("floor", "revoke", table, listed["id"])[0]["state"] == "revoked"


def test_what_cannot_be_is_said(desk: Desk, table: str) -> None:
    said = desk.run("floor", "show", "nowhere", "--json")
    assert (said.code, said.error["title"]) == (4, "There is no one floor 'nowhere'")
    gap = desk.run("floor", "open", table, "--embargo", "2027-03-28 02:30", "--json")
    assert (gap.code, gap.error["detail"]) == (2, "the clocks are put forward over it")
    desk.ok("floor", "open", table)
    (asked,) = desk.ok("floor", "ask", table, "When?", "--asker", "Tom")
    now = desk.run("floor", "ask-now", table, asked["id"], "--json")
    assert (now.code, now.error["detail"]) == (5, "nothing is asked while the floor is taking questions")
    assert desk.run("floor", "ask", table, "<b>When?</b>", "--json").code == 2
    assert (
        desk.run("floor", "ask", table, "When?", "--asker", "Tom", "--json").error["title"]
        == "You have asked this already"
    )
    assert desk.run("floor", "accept", table, "zzz", "--json").error["detail"] == "0 begin so"
