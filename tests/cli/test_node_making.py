"""`dragoman init`: what it makes, what it refuses, and that an interrupted attempt can be made again."""

import os
import stat
import tomllib
from pathlib import Path

from cli_run import PASSWORD, Desk, dragoman

from dragoman.config import load, settings


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_node_keeps_its_files_to_itself(desk: Desk) -> None:
    assert _mode(desk.folder) == (0o711 if os.geteuid() == 0 else 0o700)
    assert _mode(desk.folder / "keys.json") == 0o600
    assert _mode(desk.folder / "dragoman.toml") == 0o600


def test_the_settings_file_names_every_setting(desk: Desk) -> None:
    text = (desk.folder / "dragoman.toml").read_text("utf-8")
    for setting in settings():
        assert setting.name.rpartition(".")[2] in text


def test_the_settings_file_says_what_was_asked_for(desk: Desk) -> None:
    config = load(desk.folder, {})
    assert config.web.listen == "127.0.0.1:8080"
    assert config.net.allow == ("127.0.0.1/32",)
    assert tomllib.loads((desk.folder / "dragoman.toml").read_text("utf-8"))["web"]["listen"] == "127.0.0.1:8080"


def test_a_node_that_exists_is_never_made_again(desk: Desk) -> None:
    keys = (desk.folder / "keys.json").read_bytes()
    said = desk.run("init", "--code", "TIDE", "--name", "Tidewater", "--password-file", desk.secret)
    assert said.code == 1
    assert "There is a node here already" in said.err
    assert (desk.folder / "keys.json").read_bytes() == keys


def test_an_interrupted_init_is_made_again_with_the_same_keys(quiet_node: Desk) -> None:
    before = quiet_node.ok("node", "show")[0]["fingerprint"]
    (quiet_node.folder / "dragoman.toml").unlink()  # as if it had stopped before its last step
    assert quiet_node.run("node", "show").code == 2
    quiet_node.ok("init", "--code", "QMR", "--name", "Quarry Moor Radio", "--password-file", quiet_node.secret)
    assert quiet_node.ok("node", "show")[0]["fingerprint"] == before


def test_a_language_that_nobody_can_tell_is_named_at_the_start(quiet_node: Desk) -> None:
    said = quiet_node.run("node", "show", environment={"DRAGOMAN_READERS_LANGUAGES": "en,qq"})
    assert said.code == 2
    assert "readers.languages: qq" in said.err
    assert quiet_node.run("node", "show", environment={"DRAGOMAN_READERS_LANGUAGES": "en,az"}).code == 0
    assert quiet_node.run("node", "show").code == 0  # any again


def test_a_short_password_is_refused_before_anything_is_made(folder: Path) -> None:
    (folder / "short").write_text("short")
    said = dragoman(
        *("--data", folder / "node", "init", "--code", "LNA", "--name", "Lakeland", "--password-file", folder / "short")
    )
    assert said.code == 2
    assert "too short" in said.err
    assert not (folder / "node").exists()


def test_wrong_words_are_refused_before_anything_is_made(folder: Path) -> None:
    (folder / "secret").write_text(PASSWORD)
    for wrong in (
        ("--code", "lower"),
        ("--zone", "Mars/Olympus"),
        ("--listen", "nowhere"),
        ("--allow", "0.0.0.0/0"),
        ("--listen", "127.0.0.1:99999"),
    ):
        words = ("--code", "LNA", "--name", "Lakeland", "--password-file", folder / "secret", *wrong)
        said = dragoman("--data", folder / "node", "init", *words)
        assert said.code == 2, wrong
        assert said.err.startswith("Error: ")
        assert not (folder / "node").exists()


def test_a_password_is_never_taken_from_a_pipe_unasked(folder: Path) -> None:
    said = dragoman("--data", folder / "node", "init", "--code", "LNA", "--name", "Lakeland", typed=f"{PASSWORD}\n")
    assert said.code == 2
    assert "--password-file" in said.err


def test_a_password_may_come_from_standard_input_when_asked(quiet_node: Desk) -> None:
    said = quiet_node.run("user", "add", "rena", "--role", "reader", "--password-file", "-", typed=f"{PASSWORD}\n")
    assert said.code == 0
    assert "rena" in quiet_node.run("user", "list").out


def test_a_wrong_database_address_is_named_without_its_password(folder: Path) -> None:
    (folder / "secret").write_text(PASSWORD)
    said = dragoman(
        *("--data", folder / "node", "init", "--code", "LNA", "--name", "Lakeland"),
        *("--password-file", folder / "secret", "--json"),
        environment={"DATABASE_URL": "postgresql://lna:very-hush@127.0.0.1:1/nothing"},
    )
    assert said.code == 2
    assert said.error["title"] == "The database of DATABASE_URL cannot be reached"
    assert "very-hush" not in said.err
    assert said.error["hint"]


def test_an_unknown_setting_is_named_with_what_was_meant(quiet_node: Desk) -> None:
    path = quiet_node.folder / "dragoman.toml"
    path.write_text(path.read_text("utf-8").replace("listen =", "lisen ="))
    said = quiet_node.run("agency", "list", "--json")
    assert said.code == 2
    assert said.error["title"] == "Unknown setting web.lisen"
    assert said.error["hint"] == "Did you mean web.listen?"


def test_the_settings_tell_where_they_come_from(desk: Desk) -> None:
    found = {
        line["name"]: line
        for line in desk.ok(
            "config", "show", environment={"DRAGOMAN_WORK_BATCH": "7", "DATABASE_URL": "postgresql://u:hush@h/d"}
        )
    }
    assert found["work.batch"] == {"name": "work.batch", "value": "7", "origin": "DRAGOMAN_WORK_BATCH"}
    assert found["web.listen"]["origin"] == "file"
    assert found["work.lanes"]["origin"] == "default"
    assert "hush" not in found["database.url"]["value"]
