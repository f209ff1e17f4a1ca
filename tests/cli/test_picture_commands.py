"""Pictures at the command line: added from files, described, found, written out; what is no picture is said to be none."""

from pathlib import Path

import pytest
from cli_run import Desk

from dragoman.store import audit
from drawn import camera, jpeg


@pytest.fixture
def boats(folder: Path) -> Path:
    path = folder / "boats.jpg"
    path.write_bytes(jpeg(500, 400, number=41, exif=camera()))
    return path


def test_a_picture_is_added_shown_described_and_written_out(desk: Desk, boats: Path) -> None:
    [made] = desk.ok(
        *("picture", "add", boats, "--language", "en", "--caption", "en=Boats in the harbour.", "--credit", "LNA/Quay"),
        *("--taken", "c. 1970", "--keywords", "harbour, boats"),
    )
    assert (made["taken"], made["pixels"], made["file"], made["photographer"]) == (
        "c. 1970",
        "500×400",
        "ready",
        "Nora Quay",
    )
    number = made["item"]
    [again] = desk.ok(
        "picture",
        "describe",
        number,
        "--caption",
        "ru=Лодки в порту.",
        "--alt",
        "en=Small boats.",
        "--taken",
        "до 1969 г.",
    )
    assert (again["version"], again["taken"]) == ("2", "before 1969")
    [shown] = desk.ok("picture", "show", number)
    assert shown["captions"] == {"en": "Boats in the harbour.", "ru": "Лодки в порту."}
    assert [one["name"] for one in shown["renditions"]] == ["thumbnail", "preview", "large"]
    assert number in [line["item"] for line in desk.ok("picture", "list", "boats", "kind:picture")]
    out = boats.with_name("preview.jpg")
    desk.ok("picture", "get", number, "preview", "-o", out)
    assert b"LNA/Quay" in out.read_bytes()
    assert b"SERIAL" not in out.read_bytes()
    desk.ok("picture", "get", shown["digest"], "original", "-o", out)
    assert out.read_bytes() == boats.read_bytes()
    with desk.store() as conn:
        assert [one.act for one in audit.entries(conn, about=shown["digest"])] == ["original saved"]


def test_one_file_that_is_no_picture_stops_no_other(desk: Desk, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(b"<html>no</html>")
    (folder / "b.jpg").write_bytes(jpeg(number=42))
    said = desk.run("picture", "add", folder / "a.jpg", folder / "b.jpg", "--json")
    assert said.code == 3
    assert "It is called a picture and is none" in said.err
    assert len(said.lines) == 1


def test_a_file_added_twice_is_said_to_be_here(desk: Desk, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(jpeg(number=43))
    desk.ok("picture", "add", folder / "a.jpg")
    said = desk.run("picture", "add", folder / "a.jpg", "--json")
    assert said.code == 1
    assert "here already" in said.error["title"]


def test_a_caption_needs_its_language(desk: Desk, boats: Path) -> None:
    said = desk.run("picture", "add", boats, "--caption", "Boats in the harbour.")
    assert said.code == 2
    assert "A text needs its language" in said.err


def test_what_is_no_picture_is_not_shown_as_one(desk: Desk) -> None:
    number = desk.file("urn:lna:picture-none", "Words only")
    assert desk.run("picture", "show", number).code == 4
    assert desk.run("picture", "get", number).code == 4


def test_a_reader_may_not_add(desk: Desk, boats: Path) -> None:
    desk.ok("user", "add", "rena", "--role", "reader", "--password-file", desk.secret)
    assert desk.run("picture", "add", boats, *desk.as_user("rena")).code == 5


def test_the_original_goes_out_with_our_words_in_it_and_no_pixel_changed(desk: Desk, boats: Path) -> None:
    boats.write_bytes(jpeg(500, 400, number=44, exif=camera()))
    said = ("--caption", "en=Boats at noon.", "--credit", "LNA/Noon", "--taken", "c. 1970")
    [made] = desk.ok("picture", "add", boats, *said)
    out = boats.with_name("captioned.jpg")
    [done] = desk.ok("picture", "get", made["item"], "captioned", "-o", out)
    assert done["lost"] == ["taken"]
    assert b"LNA/Noon" in out.read_bytes()
    assert b"SERIAL" in out.read_bytes()  # it is the original still
    assert out.read_bytes()[-2_000:] == boats.read_bytes()[-2_000:]


def test_words_are_written_into_a_file_without_a_node(desk: Desk, folder: Path) -> None:
    path, out = folder / "quay.jpg", folder / "quay-captioned.jpg"
    path.write_bytes(jpeg(number=52, exif=camera()))
    [said] = desk.ok("picture", "write", path, "-o", out, "--credit", "LNA/Quay", "--caption", "en=The quay.")
    assert said["lost"] == []
    [again] = desk.ok("decode", out)
    assert (again["by"], again["dragoman"]["credit"]) == ("Nora Quay", "LNA/Quay")
    assert [one["value"] for one in again["descriptions"]] == ["The quay."]
    refused = desk.run("picture", "write", path, "-o", path)
    assert refused.code == 2
    assert "This is the file itself" in refused.err
    (folder / "page.jpg").write_bytes(b"<html>no</html>")
    assert desk.run("picture", "write", folder / "page.jpg", "-o", out).code == 1
    assert desk.run("picture", "write", folder / "nothing.jpg", "-o", out).code == 2
