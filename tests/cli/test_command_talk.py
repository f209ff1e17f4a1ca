"""How the command speaks: data here, talk there, errors in one form, exit codes that mean something."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli_run import Desk, dragoman

from dragoman.cli.output import Out, cell, harmless


def _shell(*words: object, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dragoman", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **more)  # type: ignore[call-overload,no-any-return]


def test_a_command_that_is_not_there_says_what_was_meant() -> None:
    for words, meant in ((("itm",), "item"), (("item", "lst"), "list"), (("item", "list", "--limt", "3"), "--limit")):
        said = dragoman(*words)
        assert said.code == 2
        assert "Did you mean" in said.err
        assert f"'{meant}'" in said.err
        assert said.out == ""


def test_usage_errors_are_json_too_when_asked() -> None:
    said = dragoman("item", "show", "--json")
    assert said.code == 2
    assert said.error["type"] == "urn:dragoman:problem:usage"
    assert said.error["hint"] == "`dragoman item show --help` shows how."


def test_no_node_is_one_clear_message(folder: Path) -> None:
    said = dragoman("--data", folder / "nothing", "item", "list", "--json")
    assert said.code == 2
    assert set(said.error) >= {"type", "title", "detail", "hint", "id"}
    assert said.error["title"] == "There is no node here"


def test_what_is_not_there_ends_with_four(desk: Desk) -> None:
    for words in (
        ("item", "show", "4711"),
        ("arrival", "show", "4711"),
        ("delivery", "show", "LNA-1-1-4711"),
        ("agency", "show", "NOBODY"),
        ("feed", "poll", "nowhere"),
        ("channel", "pause", "nowhere"),
        ("agreement", "show", "ffff"),
    ):
        said = desk.run(*words)
        assert said.code == 4, words
        assert "Do:" in said.err


def test_json_may_stand_before_or_behind(desk: Desk) -> None:
    before = desk.run("--json", "agency", "list")
    behind = desk.run("agency", "list", "--json")
    assert before.out == behind.out
    assert before.lines[0]["code"] == "LNA"


def test_a_pipe_gets_lines_with_tabs(desk: Desk) -> None:
    first = desk.run("agency", "list").out.splitlines()[0]
    assert first.split("\t")[:2] == ["LNA", "Lakeland News Agency"]


def test_quiet_says_nothing_that_is_not_data(desk: Desk) -> None:
    said = desk.run("--quiet", "token", "add", "--user", "leyla", "--name", "screen")
    assert said.err == ""
    assert "dgm_" in said.out


def test_partners_words_cannot_move_the_cursor() -> None:
    assert harmless("a\x1b[2Jb\x9bc") == "a\ufffd[2Jb\ufffdc"
    assert cell("one\ntwo\tthree") == "one two three"


def test_a_terminal_gets_a_table_with_the_columns_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    Out(Path()).records([{"code": "LNA", "last_error": "[red]down\x1b[0m"}], ("code", "last_error"))
    shown = capsys.readouterr().out
    assert "last error" in shown
    assert "[red]down" in shown
    assert "\x1b" not in shown


def test_the_command_runs_as_installed(desk: Desk) -> None:
    done = _shell("--data", desk.folder, "node", "show", "--json")
    assert done.returncode == 0, done.stderr
    assert '"agency":"LNA"' in done.stdout
    assert done.stderr == ""


def test_help_lists_every_command_without_importing_it() -> None:
    code = "import sys, dragoman.cli as c\ntry: c.dragoman.main(['--help'])\nexcept SystemExit: pass\nprint(sorted(set(sys.modules) & {'psycopg','rich','cryptography','aiohttp','lxml'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    for name in ("init", "serve", "doctor", "agreement", "import", "decode", "restore"):
        assert f"\n  {name} " in done.stdout


def test_a_reader_that_has_heard_enough_is_no_error(desk: Desk) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "dragoman", "--data", str(desk.folder), "config", "show"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(write)
    assert done.stderr == ""
    assert done.returncode == 0


def _hears_interrupts() -> None:
    """Whoever runs the tests in the background has told their children to hear none."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_quietly_with_130(folder: Path) -> None:
    """A fifo as the password's file: the command waits there until it is interrupted."""
    os.mkfifo(folder / "waits")
    words = [
        "--data",
        folder / "node",
        "init",
        "--code",
        "LNA",
        "--name",
        "Lakeland",
        "--password-file",
        folder / "waits",
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "dragoman", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hears_interrupts,
    )
    writer = os.open(folder / "waits", os.O_WRONLY)  # returns when the command has opened it to read
    process.send_signal(signal.SIGINT)
    os.close(writer)  # a signal between its opening and its reading is looked at when the read ends
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert not (folder / "node").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_get_their_completion(shell: str) -> None:
    said = dragoman("completion", shell)
    assert said.code == 0
    assert "_DRAGOMAN_COMPLETE" in said.out


def test_a_shell_completes_verbs_and_options() -> None:
    environment = {
        **os.environ,
        "_DRAGOMAN_COMPLETE": "bash_complete",
        "COMP_WORDS": "dragoman item ki",
        "COMP_CWORD": "2",
    }
    code = "from dragoman.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "plain,kill"


def test_the_versions_are_named() -> None:
    said = dragoman("version", "--json")
    assert set(said.one) == {"dragoman", "python", "postgresql", "psycopg", "platform"}
    assert said.one["postgresql"].startswith("18.")
