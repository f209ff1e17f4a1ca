"""Relations at the command line: written down, changed, closed; documents for their readers; the brief on paper."""

import shutil
from pathlib import Path

import pytest
from cli_run import Desk

from dragoman.cli import brief
from dragoman.web.words import LANGUAGES


@pytest.fixture(scope="module")
def tide(desk: Desk) -> str:
    """A partner that only this module knows."""
    desk.ok("agency", "add", "TIDAL", "--name", "Tidewater Press", "--country", "NL", "--languages", "en,de")
    desk.ok("agency", "add", "NORTHSEA", "--name", "North Sea Council", "--kind", "association")
    return "TIDAL"


def test_an_institution_its_people_and_seats_are_written_down_and_changed(desk: Desk, tide: str) -> None:
    (known,) = desk.ok("relation", "institution", tide, "--founded", "1968-05", "--name", "fr=Presse des marées")
    assert known["names"] == {"fr": "Presse des marées"}
    (known,) = desk.ok("relation", "institution", tide, "--place", "Rotterdam")
    assert (known["founded"], known["revision"]) == ("1968-05", 2)
    office = ("--of", tide, "--office", "Director", "--since", "2021", "--sole")
    (quay,) = desk.ok("relation", "person", "Jan Quay", *office, "--languages", "en,nl")
    (same,) = desk.ok("relation", "person", "Jan Quay", "--id", quay["id"], "--phone", "555")
    assert (same["languages"], same["phone"]) == (["en", "nl"], "555")
    said = desk.run("relation", "person", "Ruth Adaro", *office, "--json")
    assert said.error["title"] == "Two terms overlap"
    desk.ok("relation", "membership", tide, "NORTHSEA", "--since", "1990")
    (seat,) = desk.ok("relation", "seat", tide, "NORTHSEA", "Board", "--held-by", quay["id"], "--until", "2031")
    assert seat["person"] == quay["id"]
    (shown,) = desk.ok("relation", "show", tide)
    assert [o["title"] for o in shown["offices"]] == ["Director"]
    assert [p["name"] for p in shown["people"]] == ["Jan Quay"], "whose office was refused is not kept either"
    assert tide in [line["code"] for line in desk.ok("relation", "list")]


def test_a_meeting_and_what_was_agreed_there(desk: Desk, tide: str) -> None:
    at = ("--at", "2026-03-02 10:00", "--zone", "Europe/Amsterdam", "--with", tide)
    (met,) = desk.ok("relation", "meeting", "Pictures", *at, "--attended", "TIDAL: Jan Quay, director")
    assert met["starts"].startswith("2026-03-02T10:00:00+01:00")
    (met,) = desk.ok("relation", "meeting", "Pictures and terms", "--id", met["id"], "--place", "Rotterdam")
    assert met["attended"][0]["name"] == "Jan Quay"
    (agreed,) = desk.ok(
        "relation", "action", "Draft terms", "--with", tide, "--meeting", met["id"], "--due", "2026-01-05"
    )
    assert agreed["id"] in [int(line["id"]) for line in desk.ok("relation", "due") if line["kind"] == "action"]
    assert desk.run("relation", "close", agreed["id"], "--became", "agreement:none").code == 4
    assert desk.run("relation", "close", agreed["id"], "--became", "magic:1").code == 2
    (done,) = desk.ok("relation", "close", agreed["id"], "--outcome", "Signed")
    assert (done["state"], done["outcome"]) == ("done", "Signed")
    assert (
        desk.run(
            "relation", "meeting", "Never", "--with", tide, "--at", "2026-03-29 02:30", "--zone", "Europe/Paris"
        ).code
        == 2
    )
    assert desk.run("relation", "remove", "meeting", met["id"]).code == 1
    assert desk.run("relation", "remove", "action", agreed["id"]).code == 0


def test_a_document_is_given_to_its_readers_alone(desk: Desk, tide: str, tmp_path: Path) -> None:
    file = tmp_path / "terms.pdf"
    file.write_bytes(b"%PDF-1 terms")
    head = desk.as_user("oskar")
    (kept,) = desk.ok("relation", "document", tide, "Terms", file, "--reader", "desk head", *head)
    said = desk.run("relation", "save", kept["id"], "--json")
    assert (said.code, said.error["title"]) == (5, "You are not among its readers")
    target = tmp_path / "saved.pdf"
    assert desk.run("relation", "save", kept["id"], "-o", target, *head).code == 0
    assert target.read_bytes() == file.read_bytes()
    assert desk.run("relation", "readers", kept["id"], "--reader", "nobody", *head).code == 2
    desk.ok("relation", "readers", kept["id"], *head)
    assert desk.run("relation", "save", kept["id"]).out == "%PDF-1 terms"
    assert desk.run("relation", "document", tide, "Empty").code == 2
    assert desk.run("relation", "document", tide, "Refused", "--text", "x", *desk.as_user("leyla")).code == 5


def test_the_brief_is_text_html_or_pdf(desk: Desk, tide: str, tmp_path: Path) -> None:
    said = desk.run("brief", tide, "--language", "fr")
    assert said.out.startswith("Presse des marées\nTIDAL · ")
    html = desk.run("brief", tide, "--language", "ar", "--format", "html", "--paper", "letter").out
    assert '<html lang="ar" dir="rtl">' in html
    assert "size: letter" in html
    assert desk.run("brief", "NONE").code == 4
    assert desk.run("brief", "LNA").code == 4
    if shutil.which("chromium"):
        target = tmp_path / "tide.pdf"
        assert desk.run("brief", tide, "-o", target).code == 0
        assert target.read_bytes().startswith(b"%PDF-")


def test_without_chromium_the_brief_says_what_to_do(desk: Desk, tide: str) -> None:
    said = desk.run(
        "brief", tide, "--format", "pdf", "--json", environment={"DRAGOMAN_PRINT_CHROMIUM": "/nowhere/chromium"}
    )
    assert (said.code, said.error["title"]) == (2, "There is no Chromium here to print with")


def test_the_brief_knows_every_language_of_the_pages() -> None:
    assert set(brief.LANGUAGES) == set(LANGUAGES)
