"""When things happen in the demo: counted from its first day, on the clocks of the places where they happen."""

import importlib
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
moments = importlib.import_module("demo.moments")
START = datetime(2026, 3, 1, 9, 33, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("@+3", "2026-03-04"),
        ("@-50y", "1976-03-01"),
        ("@-80y+33", "1946-04-03"),
        ("@-18 11:00 Asia/Baku", "2026-02-11T11:00:00+04:00"),
        ("@+30 11:00 Europe/Paris", "2026-03-31T11:00:00+02:00"),
        ("@-50y 00:00 UTC", "1976-03-01T00:00:00+00:00"),
        ("@-25m", "2026-03-01T09:05:00+00:00"),
        ("@-31h", "2026-02-28T02:30:00+00:00"),
        ("a@b.example", "a@b.example"),
    ],
)
def test_moments_are_written_out(text: str, written: str) -> None:
    assert moments.dated({"when": [text]}, START) == {"when": [written]}


def test_the_first_day_is_the_founders() -> None:
    assert moments.dated("@+0", datetime(2026, 3, 1, 21, 0, tzinfo=UTC)) == "2026-03-02"


def test_a_leap_day_has_its_anniversary_on_the_28th() -> None:
    assert moments.dated("@-50y", datetime(2028, 2, 29, 9, 0, tzinfo=UTC)) == "1978-02-28"


@pytest.mark.parametrize("text", ["@-3x", "@+1 11 Uhr", "@-"])
def test_what_is_no_moment_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="no moment"):
        moments.dated(text, START)


def test_a_day_is_no_moment() -> None:
    with pytest.raises(ValueError, match="not a moment"):
        moments.moment("@+3", START)
