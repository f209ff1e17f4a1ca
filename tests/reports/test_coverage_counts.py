"""The numbers of a coverage report: who reported, when first and last, how many, and who did not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import BadInput
from dragoman.query import QuerySyntax
from dragoman.reports.coverage import DAYS, HOURS, MONTHS, Finding, coverage, is_ours, step_of
from dragoman.reports.definition import Definition, checked
from dragoman.reports.outlet import Outlet

SINCE = datetime(2026, 5, 1, tzinfo=UTC)
UNTIL = datetime(2026, 5, 8, tzinfo=UTC)
BAKU = ZoneInfo("Asia/Baku")
REGISTER = (
    Outlet(id=1, name="Tidewater Press", country="NL", languages=("nl", "en"), kind="agency"),
    Outlet(id=2, name="صحيفة المرفأ", country="AE", languages=("ar",)),
    Outlet(id=3, name="河岸日报", country="CN", languages=("zh",)),
    Outlet(id=4, name="Delta Radio", languages=("de",)),
)


def found(outlet: int, hours: float, language: str = "en", **more: object) -> Finding:
    return Finding(outlet=outlet, at=SINCE + timedelta(hours=hours), language=language, **more)  # type: ignore[arg-type]


def counted(*findings: Finding, zone: ZoneInfo = BAKU):  # type: ignore[no-untyped-def]
    return coverage(REGISTER, findings, SINCE, UNTIL, zone)


def test_who_reported_stands_in_the_order_they_did_and_who_did_not_by_name() -> None:
    made = counted(found(2, 30, "ar"), found(1, 40), found(1, 10), found(1, 20, "nl"))
    assert [(line.outlet.id, line.count) for line in made.lines] == [(1, 3), (2, 1)]
    first = made.lines[0]
    assert (first.first, first.last) == (SINCE + timedelta(hours=10), SINCE + timedelta(hours=40))
    assert first.languages == ("en", "nl")
    assert [one.name for one in made.silent] == ["Delta Radio", "河岸日报"]


def test_nobody_reporting_is_an_answer() -> None:
    made = counted()
    assert (made.reported, made.count, made.first, made.countries_reached) == (0, 0, None, 0)
    assert len(made.silent) == len(REGISTER)


def test_what_a_person_has_denied_does_not_count_and_is_told() -> None:
    made = counted(found(1, 1, counts=False), found(2, 2, "ar"))
    assert [line.outlet.id for line in made.lines] == [2]
    assert made.denied == 1


def test_an_outlet_that_has_left_the_register_is_not_counted() -> None:
    assert counted(found(99, 1)).count == 0


def test_ours_is_what_is_like_ours_or_credits_us_unless_a_person_says_otherwise() -> None:
    assert is_ours(found(1, 0, likeness=0.5))
    assert is_ours(found(1, 0, credited=True))
    assert is_ours(found(1, 0, from_us=True))
    assert not is_ours(found(1, 0, likeness=0.49))
    assert not is_ours(found(1, 0, likeness=1.0, ours=False))
    assert is_ours(found(1, 0, ours=True))


def test_an_outlet_without_a_country_is_no_country_more() -> None:
    made = counted(found(4, 1, "de"), found(1, 2))
    assert made.countries_reached == 1
    assert {one.key: (one.outlets, one.reported) for one in made.countries} == {
        "NL": (1, 1),
        "": (1, 1),
        "AE": (1, 0),
        "CN": (1, 0),
    }


def test_an_outlet_counts_in_the_language_it_reported_in_declared_or_not() -> None:
    shares = {one.key: one for one in counted(found(4, 1, "de-CH"), found(4, 2, "fr")).languages}
    assert (shares["de"].outlets, shares["de"].reported) == (1, 1)
    assert (shares["fr"].outlets, shares["fr"].reported) == (0, 1)


def test_a_day_begins_where_the_home_agency_is() -> None:
    made = counted(found(1, 21))  # 01:00 of the next day in Baku
    assert [one.start.date().isoformat() for one in made.timeline if one.count] == ["2026-05-02"]


@pytest.mark.parametrize(("days", "step"), [(3, HOURS), (4, DAYS), (124, DAYS), (125, MONTHS)])
def test_the_timeline_is_as_fine_as_the_period_is_short(days: int, step: str) -> None:
    assert step_of(SINCE, SINCE + timedelta(days=days)) == step


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_zone_change_loses_no_report(day: str) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=berlin).astimezone(UTC)
    findings = [Finding(outlet=1, at=start + timedelta(minutes=30 * n), language="en") for n in range(46)]
    made = coverage(REGISTER, findings, start, start + timedelta(hours=26), berlin)
    assert made.step == HOURS
    assert sum(one.count for one in made.timeline) == 46


_findings = st.builds(
    Finding,
    outlet=st.integers(1, 6),
    at=st.datetimes(datetime(2026, 5, 1), datetime(2026, 5, 7, 23), timezones=st.just(UTC)),
    language=st.sampled_from(["en", "ar", "zh-Hant", "", "de"]),
    likeness=st.floats(0, 1),
    credited=st.booleans(),
    counts=st.sampled_from([None, True, False]),
    ours=st.sampled_from([None, True, False]),
)


@given(st.lists(_findings, max_size=60))
def test_every_sum_of_a_report_agrees_with_every_other(findings: list[Finding]) -> None:
    made = counted(*findings)
    assert made.count == sum(line.count for line in made.lines) == sum(one.count for one in made.timeline)
    assert made.count == sum(one.count for one in made.countries) == sum(one.count for one in made.languages)
    assert made.ours == sum(line.ours for line in made.lines) == sum(one.ours for one in made.timeline)
    assert made.reported + len(made.silent) == made.register == len(REGISTER)
    assert sum(one.outlets for one in made.timeline) == made.reported
    assert all(one.reported <= one.outlets for one in made.countries)


def definition(**more: object) -> Definition:
    usual: dict[str, object] = {"title": "River  Forum", "query": "ferry", "since": SINCE, "until": UNTIL}
    return Definition(**(usual | more))  # type: ignore[arg-type]


def test_a_report_on_a_person_looks_for_the_name_as_a_phrase() -> None:
    assert checked(definition(title="Ada  Quay", about="person", query="")).query == '"Ada Quay"'


def test_a_report_on_a_date_takes_everything_of_that_day() -> None:
    assert checked(definition(about="date", query=" ")).query == "*"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"query": "", "about": "event"},
        {"until": SINCE},
        {"until": SINCE + timedelta(days=366 * 21)},
        {"languages": ("xx",)},
        {"title": "x" * 301},
        {"query": "x " * 1500},
        {"own": tuple(range(301))},
    ],
)
def test_a_report_that_cannot_be_is_refused_by_field(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        checked(definition(**wrong))


def test_a_query_that_cannot_be_read_says_where() -> None:
    with pytest.raises(QuerySyntax):
        checked(definition(query='"ferry'))
