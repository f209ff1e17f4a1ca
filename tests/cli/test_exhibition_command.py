"""An exhibition at the command line, from its first picture to the folder that goes to the museum."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cli_run import Desk

from hung_pictures import drawn

WORDS = {"en": ("Boats, 1961.", "Three boats"), "ar": ("قوارب عام 1961.", "ثلاثة قوارب")}


@pytest.fixture(scope="module")
def numbers(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two pictures of ours, taken in as anybody takes them in."""
    folder = tmp_path_factory.mktemp("pictures")
    for name in ("boats", "nets"):
        (folder / f"{name}.jpg").write_bytes(drawn(f"cli-{name}", 1200, 800))
    said = ("--credit", "Lakeland", "--photographer", "Tora Lind", "--language", "en")
    added = desk.ok("picture", "add", folder / "boats.jpg", folder / "nets.jpg", *said)
    return [str(one["item"]) for one in added]


@pytest.fixture
def show(desk: Desk) -> str:
    """An exhibition in two languages, opened long ago."""
    made = desk.ok(
        *("exhibition", "new", "--title", "en=Harbour", "--title", "ar=الميناء", "--languages", "en,ar"),
        *("--introduction", "en=Sixty years.", "--introduction", "ar=ستون عاما.", "--venue", "Custom House"),
        *("--opens", "2026-03-01 18:00", "--country", "AZ", "--zone", "Asia/Baku"),
    )
    return str(made[0]["id"])


def selected(desk: Desk, show: str, numbers: list[str]) -> list[str]:
    """The pictures proposed and selected; their ids."""
    ids = [one["id"] for one in desk.ok("exhibition", "propose", show, *numbers, "--note", "the light")]
    desk.ok("exhibition", "select", show, *ids)
    return ids


def test_an_exhibition_goes_from_its_first_picture_to_a_folder(
    desk: Desk, show: str, numbers: list[str], tmp_path: Path
) -> None:
    boats, nets = selected(desk, show, numbers)
    assert desk.ok("exhibition", "vote", show, boats, "4")[0]["stars"] == 4
    for picture in (boats, nets):
        for language, (text, alt) in WORDS.items():
            desk.ok("exhibition", "caption", show, picture, language, "--text", text, "--alt", alt)
    desk.ok("exhibition", "right", show, "all", "--use", "web", "--use", "print", "--allow", "--source", "contract 14")
    room = desk.ok("exhibition", "room", show, "--title", "en=First", "--title", "ar=الأولى")[0]["id"]
    hung = desk.ok("exhibition", "hang", show, nets, "--room", room, "--place", "1", "--width", "150")[0]
    assert (hung["room"], hung["print"], hung["dpi"]) == ("First", "150 x 100 mm", 203)
    desk.ok("exhibition", "hang", show, boats, "--room", room)
    assert [one["id"] for one in desk.ok("exhibition", "pictures", show)] == [nets, boats]
    checked = desk.run("exhibition", "check", show, "--json")
    assert checked.code == 0, checked.out
    assert {one["severity"] for one in checked.lines} == {"warns"}
    assert desk.ok("exhibition", "publish", show, "--yes")[0]["state"] == "published"
    done = desk.ok("exhibition", "export", show, "--to", tmp_path / "harbour")[0]
    manifest = json.loads((tmp_path / "harbour/manifest.json").read_text())
    assert done["files"] == len(manifest["files"]) + 1
    assert (tmp_path / "harbour/ar/001.html").exists()
    assert desk.run("exhibition", "export", show, "--to", tmp_path / "harbour").code == 1
    desk.ok("exhibition", "export", show, "--to", tmp_path / "arabic.zip", "--languages", "ar")
    assert (tmp_path / "arabic.zip").stat().st_size > 10_000
    assert desk.ok("exhibition", "publish", show, "--close", "--yes")[0]["state"] == "closed"


def test_what_stands_in_the_way_is_listed_and_publishing_is_refused(desk: Desk, show: str, numbers: list[str]) -> None:
    selected(desk, show, numbers)
    said = desk.run("exhibition", "check", show, "--json")
    assert said.code == 1
    assert {("blocks", "uncleared"), ("blocks", "caption")} <= {(one["severity"], one["finding"]) for one in said.lines}
    refused = desk.run("exhibition", "publish", show, "--yes", "--json")
    assert refused.code == 5
    assert "stand in the way" in refused.error["detail"]


def test_a_caption_is_reviewed_by_a_user_who_has_not_written_it(desk: Desk, show: str, numbers: list[str]) -> None:
    selected(desk, show, numbers)
    desk.ok("exhibition", "caption", show, "1", "ar", "--text", "Лодки", "--alt", "قوارب")
    assert desk.run("exhibition", "caption", show, "1", "ar", "--review").code == 5
    reviewed = desk.ok(
        *("exhibition", "caption", show, "1", "ar", "--review", "--as", "leyla", "--password-file", desk.secret)
    )
    assert reviewed[0]["reviewed"] == "LNA leyla"
    found = desk.run("exhibition", "check", show, "--json").lines
    assert [one["detail"] for one in found if one["finding"] == "script"] == ["Cyrillic"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("caption", "1", "fr", "--text", "Des bateaux"), 2, "not in fr"),
        (("right", "1", "--use", "web", "--allow"), 2, "where it comes from"),
        (("right", "1", "--use", "web"), 2, "whether it is allowed"),
        (("hang", "1", "--room", "nowhere"), 4, "no room"),
        (("vote", "99", "3"), 4, "number 99"),
        (("propose", "999999"), 4, "no item"),
        (("export", "--to", "x.zip", "--languages", "en,fr"), 2, "not in fr"),
    ],
)
def test_what_cannot_be_done_is_said(
    desk: Desk, show: str, numbers: list[str], words: tuple[Any, ...], code: int, said: str
) -> None:
    selected(desk, show, numbers)
    ended = desk.run("exhibition", words[0], show, *words[1:], "--json")
    assert ended.code == code, ended.err
    assert said in json.dumps(ended.error)
    assert not Path("x.zip").exists()


def test_an_opening_that_does_not_exist_or_comes_twice_is_said(desk: Desk) -> None:
    new = ("exhibition", "new", "--title", "en=Harbour", "--zone", "Europe/Berlin", "--json")
    assert "does not exist" in desk.run(*new, "--opens", "2026-03-29 02:30").error["detail"]
    assert "twice" in desk.run(*new, "--opens", "2026-10-25 02:30").error["detail"]
    made = desk.ok(*new[:-1], "--opens", "2026-10-25 02:30", "--which", "later")
    assert made[0]["opens"] == "2026-10-25T02:30:00+01:00"


@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium on this machine")
def test_with_pdf_the_paper_comes_ready_for_the_printer(
    desk: Desk, show: str, numbers: list[str], tmp_path: Path
) -> None:
    selected(desk, show, numbers)
    desk.ok("exhibition", "export", show, "--to", tmp_path / "out", "--pdf", "--languages", "ar")
    names = {one.name for one in (tmp_path / "out/paper").iterdir()}
    assert {"labels-a6.pdf", "labels-a5-together.pdf", "panels.pdf", "print-list.pdf"} <= names
    assert (tmp_path / "out/paper/labels-a6.pdf").read_bytes().startswith(b"%PDF")
