"""Times by the clock of a place: those that are skipped, those that come twice, those that are the same all year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model.errors import BadInput
from dragoman.model.event import Event
from dragoman.model.recurrence import EVERY, WEEKDAYS, Rule, read_rule, write_rule
from dragoman.planning.recurrence import MOST, days_of, never_happens, times
from dragoman.planning.times import moment_of, typed_moment, wall_of

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Baku",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "UTC",
)


def event(
    rule: str = "", starts: datetime = datetime(2026, 1, 5, 6, tzinfo=UTC), zone: str = "Europe/Berlin", **more: object
) -> Event:
    fields: dict[str, object] = {"titles": {"en": "Briefing"}, "starts": starts, "ends": starts + timedelta(hours=1)}
    return Event(**(fields | {"rule": rule, "zone": zone} | more))  # type: ignore[arg-type]


def test_a_time_that_is_skipped_is_said_to_be_no_time() -> None:
    assert typed_moment("2026-03-29", "02:30", "Europe/Berlin").fault == "gap"
    assert typed_moment("2026-03-29", "03:00", "Europe/Berlin").fault is None


def test_a_time_that_comes_twice_wants_a_word_which() -> None:
    assert typed_moment("2026-10-25", "02:30", "Europe/Berlin").fault == "fold"
    earlier = typed_moment("2026-10-25", "02:30", "Europe/Berlin", "earlier").at
    later = typed_moment("2026-10-25", "02:30", "Europe/Berlin", "later").at
    assert earlier is not None
    assert later is not None
    assert later - earlier == timedelta(hours=1)
    assert typed_moment("2026-04-05", "01:45", "Australia/Lord_Howe").fault == "fold"  # half an hour there


@pytest.mark.parametrize(
    ("day", "hour", "zone", "fault"),
    [
        ("2026-02-30", "10:00", "UTC", "unreadable"),
        ("2026-05-04", "25:00", "UTC", "unreadable"),
        ("4 May", "10:00", "UTC", "unreadable"),
        ("2026-05-04", "10:00", "Mars/Olympus", "zone"),
        ("2026-05-04", "10:00", "../etc/passwd", "zone"),
    ],
)
def test_what_is_no_time_is_told(day: str, hour: str, zone: str, fault: str) -> None:
    assert typed_moment(day, hour, zone).fault == fault


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)).map(lambda wall: wall.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES),
)
@settings(max_examples=300)
def test_a_typed_time_is_shown_again_as_it_was_typed(wall: datetime, zone: str) -> None:
    typed = typed_moment(f"{wall:%Y-%m-%d}", f"{wall:%H:%M}", zone)
    if typed.at is not None:
        assert wall_of(typed.at, ZoneInfo(zone)) == wall
    else:
        both = [typed_moment(f"{wall:%Y-%m-%d}", f"{wall:%H:%M}", zone, which).at for which in ("earlier", "later")]  # type: ignore[arg-type]
        assert typed.fault == "gap" or all(at and wall_of(at, ZoneInfo(zone)) == wall for at in both)
        assert moment_of(wall, ZoneInfo(zone)).utcoffset() is not None


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1)),
    st.sampled_from(ZONES),
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=DAILY;INTERVAL=3"]),
)
@settings(max_examples=100, deadline=None)
def test_what_recurs_keeps_its_hour_when_the_clocks_change(wall: datetime, zone: str, rule: str) -> None:
    place = ZoneInfo(zone)
    first = moment_of(wall.replace(second=0, microsecond=0), place)
    hour = wall_of(first, place).time()
    found = times(event(rule, first, zone), first, first + timedelta(days=400))
    assert found
    for time in found:
        there = wall_of(time.starts, place)
        assert (
            there.time() == hour or moment_of(datetime.combine(there.date(), hour), place) == time.starts
        )  # skipped that day
        assert time.ends - time.starts == timedelta(hours=1)


def test_the_hour_of_a_weekly_briefing_stays_over_the_change() -> None:
    found = times(event("FREQ=WEEKLY"), datetime(2026, 3, 16, tzinfo=UTC), datetime(2026, 4, 12, tzinfo=UTC))
    assert [time.starts.isoformat() for time in found] == [
        "2026-03-16T07:00:00+01:00",
        "2026-03-23T07:00:00+01:00",
        "2026-03-30T07:00:00+02:00",
        "2026-04-06T07:00:00+02:00",
    ]


def test_exceptions_are_left_out_and_additions_are_there() -> None:
    extra = datetime(2026, 1, 14, 15, tzinfo=UTC)
    weekly = event("FREQ=WEEKLY", but=(date(2026, 1, 12),), also=(extra,))
    found = times(weekly, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 27, tzinfo=UTC))
    assert [time.starts.day for time in found] == [5, 14, 19, 26]


def test_the_last_time_is_the_one_before_the_end_of_the_rule() -> None:
    window = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    assert len(times(event("FREQ=WEEKLY;UNTIL=20260119"), *window)) == 3
    assert len(times(event("FREQ=WEEKLY;UNTIL=20260119T055959Z"), *window)) == 2
    assert len(times(event("FREQ=WEEKLY;COUNT=4"), *window)) == 4


def test_a_rule_is_never_followed_without_end() -> None:
    assert len(times(event("FREQ=DAILY"), datetime(2026, 1, 1, tzinfo=UTC), datetime(2199, 1, 1, tzinfo=UTC))) == MOST
    assert never_happens(event("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"))
    assert never_happens(event("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31;COUNT=9"))
    assert never_happens(event("FREQ=WEEKLY;UNTIL=20250101"))
    assert not never_happens(event("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"))


@pytest.mark.parametrize(
    "rule",
    ["", "FREQ=HOURLY", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;COUNT=2;UNTIL=20260101", "FREQ=DAILY;INTERVAL=0", "BYDAY=MO",
     "FREQ=DAILY;BYHOUR=9", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;COUNT=99999999", "FREQ=YEARLY;BYMONTH=" + ",".join(["1"] * 99)],
)  # fmt: skip
def test_a_rule_that_a_diary_does_not_take_is_refused_with_its_part(rule: str) -> None:
    with pytest.raises(BadInput, match="rule"):
        read_rule(rule)


_months = st.lists(st.integers(1, 12), max_size=3).map(tuple)
_month_days = st.lists(st.sampled_from([-31, -3, -1, 1, 2, 13, 28, 29, 30, 31]), max_size=3).map(tuple)
_plain_days = st.lists(st.sampled_from(WEEKDAYS), max_size=3, unique=True).map(
    lambda names: tuple((0, name) for name in names)
)
_placed_days = st.lists(
    st.tuples(st.sampled_from([1, 2, -1, -2, 5]), st.sampled_from(WEEKDAYS)), max_size=3, unique=True
).map(tuple)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Rules that both we and dateutil understand: it takes 1MO,TU for both at once, RFC 5545 for either."""
    every = draw(st.sampled_from(EVERY))
    placed = every in ("MONTHLY", "YEARLY") and draw(st.booleans())
    return Rule(
        every=every,
        interval=draw(st.integers(1, 6)),
        count=draw(st.none() | st.integers(1, 40)),
        by_month=draw(_months),
        by_month_day=draw(_month_days) if every != "WEEKLY" else (),
        by_day=draw(_placed_days if placed else _plain_days),
        week_starts=draw(st.sampled_from(["MO", "SU"])),
    )


@given(rules(), st.dates(date(2019, 1, 1), date(2024, 12, 28)), st.integers(0, 900))
@settings(max_examples=250, deadline=None)
def test_rules_come_true_on_the_days_that_dateutil_finds(rule: Rule, first: date, later: int) -> None:
    text = write_rule(rule)
    assert read_rule(text) == rule
    since = first + timedelta(days=later)
    until = since + timedelta(days=200)
    found = days_of(rule, first, since, until)
    start = datetime.combine(first, datetime.min.time())
    # dateutil does not stop looking for what never comes: it is shown that there is something to find.
    looked_for = days_of(
        Rule(**{**{f: getattr(rule, f) for f in rule.__struct_fields__}, "count": None}),
        first,
        since,
        until + timedelta(days=4000),
    )
    if looked_for:
        between = rrule.rrulestr(text, dtstart=start).between(
            datetime.combine(since, datetime.min.time()), datetime.combine(until, datetime.min.time()), inc=True
        )
        assert found == tuple(at.date() for at in between)
    else:
        assert found == ()
