"""Backup and restore: everything there and equal, damage seen first, nothing sent unseen, doctor before and after."""

import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_run import Desk

from dragoman.app import connected, open_node, reachable
from dragoman.cli.checks_here import python
from dragoman.store import audit


@pytest.fixture
def filled(quiet_node: Desk) -> Iterator[Desk]:
    """A node with an agency, a channel, copy, and bytes too large for a row."""
    with reachable(open_node(quiet_node.folder).database):  # kept up, so that a command costs no start
        quiet_node.ok("agency", "add", "TIDE", "--name", "Tidewater Press")
        quiet_node.ok("channel", "add", "tide", "--agency", "TIDE", "--kind", "folder", "--address", "/srv/tide")
        quiet_node.file("urn:qmr:1", "Quarry reopens")
        large = quiet_node.folder.parent / "large.txt"
        large.write_bytes(b"stone " * 250_000)
        quiet_node.ok("import", large)
        yield quiet_node


def _look(desk: Desk) -> list[object]:
    return [
        desk.ok("item", "list"),
        desk.ok("agency", "list"),
        desk.ok("arrival", "list"),
        desk.ok("user", "list"),
        desk.ok("node", "show"),
        sorted(p.name for p in (desk.folder / "bytes").rglob("*")),
    ]


def test_a_restored_node_holds_what_the_backup_held(filled: Desk) -> None:
    before = _look(filled)
    target = filled.folder.parent / "safe.tar"
    (made,) = filled.ok("backup", target)
    assert made["parts"] == 4
    assert stat.S_IMODE(target.stat().st_mode) == 0o600

    again = Desk(filled.folder.parent / "again", filled.secret)
    (told,) = again.ok("restore", target)
    assert (told["agency"], told["epoch"], told["paused"]) == ("QMR", 2, 1)
    assert _look(again) == before
    (channel,) = again.ok("channel", "list")
    assert channel["state"] == "paused"
    assert "restored" in channel["reason"]


def test_a_backup_never_replaces_another_and_leaves_no_half(filled: Desk) -> None:
    target = filled.folder.parent / "safe.tar"
    target.write_bytes(b"an older one")
    assert filled.run("backup", target).code == 1
    assert target.read_bytes() == b"an older one"
    assert filled.run("backup", filled.folder.parent / "nowhere" / "safe.tar").code == 4
    assert not list(filled.folder.parent.glob(".safe.tar*"))
    assert not list(filled.folder.parent.glob(".dragoman-backup-*"))


def test_a_damaged_backup_is_seen_before_anything_is_restored(filled: Desk) -> None:
    whole = filled.folder.parent / "whole.tar"
    filled.ok("backup", whole)
    body = whole.read_bytes()
    again = Desk(filled.folder.parent / "again", filled.secret)
    middle = body.index(b"stone stone")
    for name, damaged in (
        ("altered", body[:middle] + b"Stone" + body[middle + 5 :]),
        ("short", body[: len(body) // 2]),
        ("empty", b""),
        ("other", b"something else entirely" * 100),
    ):
        path = filled.folder.parent / f"{name}.tar"
        path.write_bytes(damaged)
        said = again.run("restore", path, "--json")
        assert said.code == 1, name
        assert said.error["title"] == "This is not a whole backup"
        assert not again.folder.exists()


def test_a_backup_with_a_stranger_inside_is_refused(filled: Desk) -> None:
    whole = filled.folder.parent / "whole.tar"
    filled.ok("backup", whole)
    evil = filled.folder.parent / "evil"
    evil.write_text("x")
    with tarfile.open(whole, "a") as tar:
        tar.add(evil, "../../evil")
    assert filled.run("restore", whole, "--dry-run").code == 1


def test_a_dry_run_checks_the_backup_and_restores_nothing(filled: Desk) -> None:
    target = filled.folder.parent / "safe.tar"
    filled.ok("backup", target)
    again = Desk(filled.folder.parent / "again", filled.secret)
    assert again.ok("restore", target, "--dry-run")[0]["parts"] == 4
    assert not again.folder.exists()


def test_restore_does_not_touch_a_node_that_is_there(filled: Desk) -> None:
    target = filled.folder.parent / "safe.tar"
    filled.ok("backup", target)
    said = filled.run("restore", target)
    assert said.code == 1
    assert "There is a node here already" in said.err


def test_a_healthy_node_passes_the_doctor(quiet_node: Desk) -> None:
    said = quiet_node.run("doctor", "--json")
    findings = {(line["group"], line["name"]): line for line in said.lines}
    assert said.code == 0, [line for line in said.lines if line["state"] == "fail"]
    assert {line["state"] for line in said.lines} <= {"pass", "warn", "skipped"}
    assert findings["database", "reachable and up to date"]["state"] == "pass"
    assert findings["audit", "chain"]["state"] == "pass"
    assert findings["roles", "beating"]["state"] == "skipped"
    assert findings["backup", "age"]["state"] == "warn"
    for line in said.lines:
        assert (line["advice"] == "") == (line["state"] in ("pass", "skipped")), line
    quiet_node.ok("backup", quiet_node.folder.parent / "b.tar")
    after = {(line["group"], line["name"]): line for line in quiet_node.run("doctor", "--json").lines}
    assert after["backup", "age"]["state"] == "pass"


def test_the_doctor_looks_and_changes_nothing(quiet_node: Desk) -> None:
    with quiet_node.store() as conn:
        before = conn.execute("select count(*) from audit").fetchone()
    files = {p: p.stat().st_mtime_ns for p in (quiet_node.folder / "dragoman.toml", quiet_node.folder / "keys.json")}
    quiet_node.run("doctor")
    with quiet_node.store() as conn:
        assert conn.execute("select count(*) from audit").fetchone() == before
    assert {p: p.stat().st_mtime_ns for p in files} == files


def test_the_doctor_names_open_keys_and_goes_on(quiet_node: Desk) -> None:
    (quiet_node.folder / "keys.json").chmod(0o644)
    said = quiet_node.run("doctor", "--json")
    assert said.code == 1
    (failed,) = [line for line in said.lines if line["state"] == "fail"]
    assert failed["group"] == "keys"
    assert failed["advice"].startswith("chmod 600")


def test_the_doctor_of_nothing_says_that_there_is_no_node(folder: Path) -> None:
    said = Desk(folder / "nothing", folder).run("doctor", "--json")
    assert said.code == 1
    assert [line["group"] for line in said.lines if line["state"] == "fail"] == ["settings"]


def test_the_doctor_sees_a_past_that_was_changed(quiet_node: Desk) -> None:
    with connected(open_node(quiet_node.folder), "owner") as owner:
        for _ in range(2):  # the first sets the mark, the second seals what lies under it
            with owner.transaction():
                sealed = audit.seal(owner)
        assert sealed > 0
        owner.execute("update audit set actor = 'somebody else'")
    said = quiet_node.run("doctor", "--json")
    assert said.code == 1
    (failed,) = [line for line in said.lines if line["state"] == "fail"]
    assert (failed["group"], failed["name"]) == ("audit", "chain")


def test_an_unpatched_python_is_warned_of() -> None:
    def worst(version: tuple[int, int, int]) -> str:
        return max((f.state for f in python(version, "")), key=["pass", "warn", "fail"].index)

    assert worst((3, 11, 7)) == "warn"
    assert worst((3, 11, 10)) == "pass"
    assert worst((3, 12, 4)) == "warn"
    assert worst((3, 13, 0)) == "pass"
    assert worst((3, 10, 13)) == "fail"
