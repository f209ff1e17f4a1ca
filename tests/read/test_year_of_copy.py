"""The year of a dateline that has none: copy is written before it is sent."""

from datetime import UTC, datetime

import pytest

from dragoman.model.item import Dateline
from dragoman.read.dateline import complete_dateline


@pytest.mark.parametrize(
    ("day", "month", "received", "year"),
    [
        (4, 5, datetime(2026, 11, 22, tzinfo=UTC), 2026),  # half a year old, not half a year ahead
        (31, 12, datetime(2027, 1, 1, 1, tzinfo=UTC), 2026),
        (1, 1, datetime(2026, 12, 31, 23, tzinfo=UTC), 2027),  # it is tomorrow already where it was written
        (2, 12, datetime(2026, 11, 22, tzinfo=UTC), 2026),  # sent ahead of its day
    ],
)
def test_copy_without_a_year_is_of_the_year_it_can_have_been_written_in(
    day: int, month: int, received: datetime, year: int
) -> None:
    found = complete_dateline(Dateline(text="x", day=day, month=month), received=received)
    assert found.year == year


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_ends_of_the_calendar_are_no_trap(moment: datetime) -> None:
    found = complete_dateline(Dateline(text="x", day=31, month=12), item_time=moment)
    assert found.year == moment.year
