"""A node that runs: commands beside it, copy taken in, a clean end."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from cli_run import Desk


@pytest.fixture
def running(quiet_node: Desk) -> Iterator[Desk]:
    """The node served by `dragoman serve`, as a user starts it, on a free port."""
    path = quiet_node.folder / "dragoman.toml"
    path.write_text(path.read_text("utf-8").replace("127.0.0.1:8080", "127.0.0.1:0"))
    words = [sys.executable, "-m", "dragoman", "--data", str(quiet_node.folder), "serve", "--json"]
    with (quiet_node.folder.parent / "serve.log").open("w+") as said:
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=said, text=True)
        assert process.stdout is not None
        first = process.stdout.readline()
        said.seek(0)
        assert first, said.read()
        assert json.loads(first)["url"].startswith("http://127.0.0.1:")
        try:
            yield quiet_node
        finally:
            process.send_signal(signal.SIGTERM)
            process.stdout.close()
            assert process.wait(timeout=30) == 0


def test_what_is_imported_into_a_running_node_is_stored_or_parked_and_said(running: Desk) -> None:
    inbox = running.folder.parent / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(
        "Harbour reopens\n\nLAKETOWN, May 3 (QMR) - The harbour reopened on Monday.\n\nBoats came in.\n"
    )
    (inbox / "b.bin").write_bytes(bytes(range(256)) * 20)
    said = running.run("import", inbox, "--wait", "--json")
    assert said.code == 3, said.err
    assert (said.one["stored"], said.one["parked"]) == (1, 1)

    (item,) = running.ok("item", "list")
    assert item["headline"] == "Harbour reopens"
    assert running.run("item", "raw", item["item"]).out.startswith("Harbour reopens\n")

    (parked,) = running.ok("arrival", "list", "--parked")
    assert running.ok("arrival", "show", parked["id"])[0]["units"][0]["problem"]["title"]

    drop = running.folder.parent / "drop"
    drop.mkdir()
    running.ok("feed", "add", "drop", "--agency", "QMR", "--kind", "folder", "--address", drop)
    assert running.ok("feed", "poll", "drop", "--wait")[0]["last_poll"]

    report = {(line["group"], line["name"]): line["state"] for line in running.run("doctor", "--json").lines}
    assert report["roles", "pipeline"] == "pass"
    assert report["in", "parked"] == "warn"


def test_a_second_serve_names_the_first_and_harms_nothing(running: Desk) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "dragoman", "--data", str(running.folder), "serve", "--json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert said.returncode == 1
    assert (
        json.loads(said.stderr.splitlines()[-1])["error"]["title"]
        == "Dragoman is already running on this data directory"
    )
    assert running.ok("agency", "list")[0]["code"] == "QMR"


def test_an_unknown_role_is_refused(quiet_node: Desk) -> None:
    said = quiet_node.run("serve", "--roles", "sing")
    assert said.code == 2
    assert "There is no role 'sing'" in said.err
