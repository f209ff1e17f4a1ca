"""`dragoman import`: everything kept, nothing twice, and what could not be read is said."""

from pathlib import Path

import pytest
from cli_run import Desk


@pytest.fixture
def archive(folder: Path) -> Path:
    """Three files in two folders, a hidden one, an empty one."""
    (folder / "in" / "2025").mkdir(parents=True)
    for name in ("a", "b"):
        (folder / "in" / f"{name}.txt").write_text(f"HARBOUR {name}\n\nThe boats of {folder.name} came in.\n")
    (folder / "in" / "2025" / "c.txt").write_text(f"HARBOUR c\n\nThe boats of {folder.name} went out.\n")
    (folder / "in" / ".hidden").write_text("not for us")
    return folder / "in"


def test_a_folder_is_taken_in_once(desk: Desk, archive: Path) -> None:
    said = desk.run("import", archive, "--json")
    assert said.code == 0, said.err
    assert said.one == {"feed": "import-lna", "read": 3, "kept": 3, "skipped": 0, "failed": 0}
    again = desk.run("import", archive, "--json")
    assert again.one == {"feed": "import-lna", "read": 3, "kept": 0, "skipped": 3, "failed": 0}
    (archive / "d.txt").write_text(f"A new one of {archive}")
    assert desk.run("import", archive, "--json").one["kept"] == 1


def test_imported_copy_waits_behind_everything_live(desk: Desk, archive: Path) -> None:
    desk.ok("import", archive)
    with desk.store() as conn:
        rows = conn.execute(
            "select distinct priority from arrival a join feed f on f.id = a.feed where f.name = 'import-lna'"
        )
        assert [row[0] for row in rows] == [9]


def test_bytes_are_kept_exactly_and_show_as_an_arrival(desk: Desk, archive: Path) -> None:
    desk.ok("import", archive / "a.txt")
    newest = desk.ok("arrival", "list", "--feed", "import-lna")[0]
    (shown,) = desk.ok("arrival", "show", newest["id"])
    assert shown["state"] == "kept"
    assert shown["size"] == (archive / "a.txt").stat().st_size
    assert shown["source"] == str(archive / "a.txt")
    assert shown["units"] == []


def test_a_large_file_lies_beside_the_database_whole(desk: Desk, folder: Path) -> None:
    body = (f"{folder} ".encode() * 100_000)[:1_500_000]
    (folder / "large.txt").write_bytes(body)
    desk.ok("import", folder / "large.txt")
    digest = desk.ok("arrival", "list", "--feed", "import-lna")[0]["digest"]
    kept = desk.folder / "bytes" / digest[:2] / digest
    assert kept.read_bytes() == body
    assert kept.stat().st_uid == (desk.folder / "bytes").stat().st_uid  # the user the roles run as can read it


def test_a_pattern_and_a_dry_run(desk: Desk, archive: Path) -> None:
    lines = desk.ok("import", f"{archive}/*.txt", "--dry-run")
    assert [Path(line["path"]).name for line in lines] == ["a.txt", "b.txt"]
    assert desk.run("import", f"{archive}/*.xml").code == 4


def test_files_that_cannot_be_taken_in_are_named_and_the_others_kept(desk: Desk, archive: Path) -> None:
    (archive / "empty.txt").touch()
    with (archive / "huge.txt").open("wb") as file:
        file.truncate(16_000_001)
    said = desk.run("import", archive, "--json")
    assert said.code == 3
    assert said.one["kept"] == 3
    assert said.one["failed"] == 2
    assert "huge.txt: larger than 16000000 bytes" in said.err


def test_waiting_without_a_running_node_keeps_everything_and_says_try_again(desk: Desk, archive: Path) -> None:
    said = desk.run("import", archive, "--wait", "--json")
    assert said.code == 75
    assert said.error["kept"] == "Everything that was read."


def test_a_parked_arrival_is_listed_and_sent_through_again(desk: Desk, archive: Path) -> None:
    desk.ok("import", archive / "b.txt")
    number = desk.ok("arrival", "list", "--feed", "import-lna")[0]["id"]
    assert desk.run("arrival", "retry", number).code == 4
    with desk.store() as conn:
        conn.execute("update arrival set state = 'parked', tries = 3 where id = %s", (number,))
    assert number in [line["id"] for line in desk.ok("arrival", "list", "--parked")]
    desk.ok("arrival", "retry", number)
    assert desk.ok("arrival", "show", number)[0]["state"] == "kept"


def test_a_folder_feed_is_tried_and_nothing_is_kept(desk: Desk, archive: Path) -> None:
    desk.ok("feed", "add", f"try-{archive.parent.name}", "--agency", "LNA", "--kind", "folder", "--address", archive)
    before = len(desk.ok("arrival", "list", "--limit", 10_000))
    said = desk.run("feed", "test", f"try-{archive.parent.name}", "--json")
    assert said.code == 0, said.err
    assert [line["headline"] for line in said.lines] == ["HARBOUR b", "HARBOUR a"]  # the newest first
    assert len(desk.ok("arrival", "list", "--limit", 10_000)) == before
