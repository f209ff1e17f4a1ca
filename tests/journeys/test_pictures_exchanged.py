"""A picture dropped into a folder, on its way to a partner's node: its file follows it, and a kill takes it back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from newsroom import Newsroom, Town, agree, introduce, until

from drawn import UTF8, camera, dataset, jpeg


@pytest.fixture
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    folder.chmod(0o755)
    with Town(folder) as made:
        yield made


def test_a_picture_from_a_folder_reaches_the_partner_with_its_file_until_it_is_killed(
    town: Town, tmp_path: Path
) -> None:
    kea, ora = town.newsroom("KEA"), town.newsroom("ORA")
    dropped = kea.folder.parent / "dropped"
    dropped.mkdir()
    dropped.chmod(0o777)
    kea.ok("feed", "add", "desk", "--agency", "KEA", "--kind", "folder", "--address", dropped)
    kea.serve()
    ora.serve()
    introduce(kea, ora)
    agree(kea, ora, "--credit", "*=Kea Agency", "--kinds", "text,picture")
    body = jpeg(1_800, 1_200, exif=camera(), iim=UTF8 + dataset(120, b"Boats in the old harbour."))
    (dropped / "boats.jpg").write_bytes(body)
    (dropped / "trap.jpg").write_bytes(b"<html>no picture</html>")

    def pictures(node: Newsroom) -> list[dict[str, Any]]:
        return node.ok("picture", "list")

    until(lambda: [one["file"] for one in pictures(kea)] == ["ready"], "our own picture is developed")
    until(lambda: [one["file"] for one in pictures(ora)] == ["ready"], "the partner has its file and its renditions")
    [there] = pictures(ora)
    shown = ora.ok("picture", "show", there["item"])[0]
    assert shown["captions"] == {"en": "Boats in the old harbour."}
    assert "Kea Agency" in str(shown["credit"])
    until(
        lambda: "print" in [one["name"] for one in ora.ok("picture", "show", there["item"])[0]["renditions"]],
        "the print is made",
    )
    ora.ok("picture", "get", there["item"], "original", "-o", tmp_path / "original.jpg")
    assert (tmp_path / "original.jpg").read_bytes() == body
    [parked] = kea.ok("arrival", "list", "--parked")
    assert str(parked["source"]).endswith("trap.jpg")

    [ours] = pictures(kea)
    kea.kill(ours["item"], "The boats are somebody else's.", "ada")
    kea.kill(ours["item"], "The boats are somebody else's.", "ben")
    until(lambda: [one["state"] for one in pictures(ora)] == ["killed"], "the kill arrives")
    assert ora.run("picture", "get", there["item"], "-o", tmp_path / "late.jpg").code == 4
    assert ora.run("picture", "get", shown["digest"], "-o", tmp_path / "late.jpg").code == 4
    assert not (tmp_path / "late.jpg").exists()
