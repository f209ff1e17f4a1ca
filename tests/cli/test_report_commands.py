"""Outlets and reports at the command line."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_run import Desk
from lxml import etree

TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture
def quay(desk: Desk) -> Iterator[int]:
    """The Quay Times, in the register for one test."""
    made = desk.ok("outlet", "add", "The Quay Times", "--country", "IE", "--home-page", "https://quay.example")[0]
    yield made["id"]
    desk.ok("outlet", "retire", made["id"])


@pytest.fixture
def report(desk: Desk, quay: int) -> int:
    mention = ("report", "add-mention", "quay.example", "https://quay.example/1", "Night ferry returns")
    desk.ok(*mention, "--at", f"{TODAY}T00:05", "--language", "en")
    made = desk.ok("report", "new", "Night ferry", "--query", "ferry", "--from", TODAY, "--languages", "en,ar")[0]
    assert (made["reported"], made["register"]) == (1, 1)
    return int(made["report"])


def test_the_same_outlet_twice_is_refused_with_both_rows(desk: Desk, quay: int) -> None:
    said = desk.run("outlet", "add", "the quay times", "--country", "IE", "--json")
    assert said.code == 1
    assert "there: " in said.error["detail"]
    assert "The Quay Times" in said.error["detail"]


def test_one_that_looks_like_another_is_said(desk: Desk, quay: int) -> None:
    said = desk.run("outlet", "add", "The Quay Time", "--country", "GB")
    assert said.code == 0
    assert "It looks like" in said.err
    desk.ok("outlet", "retire", "The Quay Time")


def test_an_outlet_is_changed_shown_and_watched(desk: Desk, quay: int) -> None:
    figure = ("--audience", "12000", "--audience-source", "own count", "--audience-on", "2026-01-01")
    assert desk.ok("outlet", "change", "quay.example", *figure)[0]["audience"] == 12000
    watch = desk.ok("outlet", "watch", quay, "https://quay.example/rss", "--every", "30")[0]
    shown = desk.ok("outlet", "show", quay)[0]
    assert (shown["country"], shown["watches"][0]["every_min"]) == ("IE", 30)
    assert desk.run("outlet", "watch", quay, "file:///etc/passwd").code == 2
    assert desk.run("outlet", "unwatch", watch["id"]).code == 0
    assert desk.ok("outlet", "show", quay)[0]["watches"] == []


def test_the_register_goes_out_and_comes_in_as_csv(desk: Desk, quay: int, folder: Path) -> None:
    text = desk.run("outlet", "export").out
    assert [row["name"] for row in csv.DictReader(io.StringIO(text))] == ["The Quay Times"]
    desk.ok("outlet", "retire", quay)
    (folder / "outlets.csv").write_text(text + "Nameless,,ZZZ\n")
    said = desk.run("outlet", "import", folder / "outlets.csv", "--json")
    assert said.code == 3
    assert [bool(line["outlet"]) for line in said.lines] == [True, False]
    desk.ok("outlet", "retire", "quay.example")
    desk.ok("outlet", "add", "The Quay Times", "--country", "IE")
    quay_again = desk.ok("outlet", "list")[0]["id"]
    with desk.store() as conn:  # what the fixture retires at the end
        conn.execute("update outlet set retired = now() where id = %s", (quay_again,))
        conn.execute("update outlet set retired = null where id = %s", (quay,))


def test_a_report_is_a_table_a_sheet_a_drawing_and_a_page(desk: Desk, report: int) -> None:
    table = desk.run("report", "coverage", report)
    assert "1 of 1 registered outlets reported: Night ferry (countries: 1)" in table.err
    assert table.out.startswith("The Quay Times\tIE\t1\t0")
    rows = list(csv.DictReader(io.StringIO(desk.run("report", "coverage", report, "--format", "csv").out)))
    assert rows[0]["reports"] == "1"
    evidence = desk.run("report", "coverage", report, "--format", "csv", "--table", "evidence").out
    assert "Night ferry returns" in evidence
    drawing = desk.run("report", "coverage", report, "--format", "svg", "--chart", "countries").out
    assert etree.fromstring(drawing.encode()).get("role") == "img"
    told = json.loads(desk.run("report", "coverage", report, "--format", "json").out)
    assert (told["reported"], len(told["evidence"])) == (1, 1)
    page = desk.run("report", "coverage", report, "--format", "html", "--language", "ar").out
    assert '<html lang="ar" dir="rtl">' in page
    assert "<link" not in page
    assert "https://quay.example" not in page.split("</style>")[0]


def test_a_question_is_answered_and_nothing_is_kept(desk: Desk, report: int) -> None:
    before = desk.ok("report", "list")
    said = desk.run("report", "coverage", "--query", "returns", "--from", TODAY, "--format", "json")
    assert json.loads(said.out)["reported"] == 1
    assert desk.ok("report", "list") == before
    assert desk.run("report", "coverage").code == 2
    assert desk.run("report", "coverage", report, "--query", "ferry").code == 2


def test_evidence_is_ruled_over_by_a_person_with_a_name(desk: Desk, report: int) -> None:
    (piece,) = desk.ok("report", "evidence", report)
    ruled = desk.ok("report", "rule", piece["id"], "denied", "--note", "Another ferry.", *desk.as_user("leyla"))[0]
    assert ruled["by"] == "leyla"
    (piece,) = desk.ok("report", "evidence", report)
    assert (piece["counts"], piece["ruled_by"]) == (False, "leyla")
    desk.ok("report", "remove", report)
    assert desk.run("report", "coverage", report).code == 4


def test_an_exchange_is_told_in_every_form(desk: Desk) -> None:
    desk.run("agency", "add", "RFT", "--name", "Raft Agency", "--country", "FI")
    month = ("report", "exchange", "RFT", "--month", "2026-10")
    assert "pick_ups\t\n" in desk.run(*month).out
    assert desk.ok(*month)[0]["balance"]["sent"] == 0
    assert len(desk.run(*month, "--format", "csv").out.splitlines()) == 13
    assert '<html lang="zh"' in desk.run(*month, "--format", "html", "--language", "zh").out
    assert desk.run(*month, "--format", "svg", "--chart", "languages").code == 4
    assert desk.run("report", "exchange", "RFT", "--month", "October").code == 2
