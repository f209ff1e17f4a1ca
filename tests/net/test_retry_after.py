"""How long we wait when a server asks us to."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.net.retry_after import LONGEST, SHORTEST, retry_after

NOW = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 120 ", timedelta(minutes=2)),
        ("0", SHORTEST),
        ("-5", SHORTEST),
        ("0.5", SHORTEST),
        ("86401", LONGEST),
        ("1000000000000", LONGEST),
        ("9" * 10_000, LONGEST),
        ("0" * 10_000 + "7", timedelta(seconds=7)),
        ("Sun, 03 May 2026 12:30:00 GMT", timedelta(minutes=30)),
        ("Sun, 03 May 2026 12:30:00 -0000", timedelta(minutes=30)),
        ("Fri, 31 Dec 2027 23:59:59 GMT", LONGEST),
        ("Thu, 01 Jan 1970 00:00:00 GMT", SHORTEST),
    ],
)
def test_a_wait_is_at_least_a_second_and_at_most_a_day(value: str, wait: timedelta) -> None:
    assert retry_after(value, NOW) == wait


@pytest.mark.parametrize("value", ["", "soon", "١٢", "1e3", "Sun, 99 May 2026 12:30:00 GMT", "12:30", "--5"])
def test_what_cannot_be_read_is_no_wait(value: str) -> None:
    assert retry_after(value, NOW) is None


def test_the_zone_of_our_clock_does_not_matter() -> None:
    baku = NOW.astimezone(timezone(timedelta(hours=4)))
    assert retry_after("Sun, 03 May 2026 12:30:00 GMT", baku) == timedelta(minutes=30)


@given(
    st.text(alphabet=st.characters(max_codepoint=0x2FF)) | st.from_regex(r"-?[0-9]{0,40}(\.[0-9]*)?", fullmatch=True)
)
def test_any_header_gives_a_wait_within_bounds_or_none(value: str) -> None:
    wait = retry_after(value, NOW)
    assert wait is None or SHORTEST <= wait <= LONGEST
