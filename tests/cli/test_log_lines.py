"""One event, one line, whatever is in it."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from dragoman import log


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def test_an_event_is_one_line_even_with_a_strangers_words(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("human")
    log.logger(role="receive").warning("feed failed", feed="coast", why="two\nlines \x1b[2J")
    (line,) = capsys.readouterr().err.splitlines()
    assert "warning feed failed" in line
    assert "role=receive" in line
    assert "\x1b" not in line


def test_an_error_is_on_the_same_line(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("json")
    try:
        raise ValueError("no such\nthing")
    except ValueError:
        log.logger().error("failed", exc_info=True)
    (line,) = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert event["error"] == "ValueError: no such\nthing"
    assert event["at"].startswith("test_log_lines.py:")


def test_libraries_speak_in_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("json")
    logging.getLogger("uvicorn.error").warning("no such socket")
    logging.getLogger("psycopg.pool").info("chatter")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["event"] == "no such socket"
