"""What comes up with partners: at the right time, in the right order, as exactly as it is known."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dragoman.model.agreement import Agreement, Terms
from dragoman.model.errors import BadInput
from dragoman.model.relation import Action, Institution, Membership, Office, Seat, earliest, is_current, latest, overlap
from dragoman.reports.due import Due, due_list

TODAY = date(2026, 5, 3)


def due(**more: object) -> list[Due]:
    nothing = dict.fromkeys(("offices", "seats", "memberships", "actions", "institutions", "agreements"), ())
    return due_list(**(nothing | {"people": {7: "Mara Quell"}, "home": "ADR", "today": TODAY} | more))  # type: ignore[arg-type]


def office(until: str, since: str = "") -> Office:
    return Office(person=7, agency="VAL", title="Director", since=since, until=until)


@pytest.mark.parametrize(
    ("until", "is_listed"),
    [
        ("", False),
        ("2026-08-01", True),
        ("2026-08-02", False),
        ("2026-07", True),
        ("2026", False),
        ("2026-04-03", True),
        ("2026-03", False),
    ],
)
def test_a_term_is_announced_ninety_days_ahead_and_stays_for_thirty(until: str, is_listed: bool) -> None:
    assert bool(due(offices=[office(until)])) is is_listed


def test_a_term_that_is_over_says_so() -> None:
    (one,) = due(seats=[Seat(agency="VAL", body="CONF", title="Board", person=7, until="2026-04-30")])
    assert (one.kind, one.who, one.is_over) == ("seat", "Mara Quell", True)
    (one,) = due(memberships=[Membership(agency="VAL", body="CONF", until="2026-05")])
    assert (one.about, one.day, one.is_over) == ("CONF", date(2026, 5, 31), False)


def test_an_overdue_action_stays_until_it_is_closed() -> None:
    old = Action(agency="VAL", what="Send the pictures", due=date(2024, 1, 1))
    assert due(actions=[old])[0].is_over
    closed = Action(agency="VAL", what="Send the pictures", due=date(2024, 1, 1), state="done")
    assert due(actions=[closed, Action(agency="VAL", what="No day")]) == []


@pytest.mark.parametrize(
    ("founded", "when", "years"),
    [
        ("1976-06-01", "2026-06-01", 50),
        ("1976-06", "2026-06", 50),
        ("1971", "2026", 55),
        ("1977-01-05", "", 0),
        ("1976-05-02", "", 0),
        ("2026-05-01", "", 0),
    ],
)
def test_every_fifth_year_since_a_founding_is_an_anniversary(founded: str, when: str, years: int) -> None:
    found = due(institutions=[Institution(agency="VAL", founded=founded)])
    assert [(one.when, one.count) for one in found] == ([(when, years)] if when else [])


def test_an_anniversary_in_january_is_announced_the_year_before() -> None:
    nothing = {"institutions": [Institution(agency="VAL", founded="1977-01-05")], "today": date(2026, 11, 1)}
    assert [one.when for one in due(**nothing)] == ["2027-01-05"]


def test_whoever_was_founded_on_a_leap_day_has_an_anniversary_every_year() -> None:
    leap = {"institutions": [Institution(agency="VAL", founded="1976-02-29")], "today": date(2026, 2, 1)}
    assert [one.when for one in due(**leap)] == ["2026-02-28"]


@pytest.mark.parametrize(
    ("days", "warning"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (-1, 7), (-31, None)]
)
def test_an_agreement_expires_in_three_steps(days: int, warning: int | None) -> None:
    until = datetime(2026, 5, 3, 12, tzinfo=UTC) + timedelta(days=days)
    terms = Terms(giver="ADR", taker="VAL", valid_from=datetime(2020, 1, 1, tzinfo=UTC), valid_until=until)
    found = due(agreements=[Agreement(id="a1", revision=1, terms=terms, state="active")])
    assert [(one.count, one.agency, one.gives) for one in found] == ([(warning, "VAL", True)] if warning else [])


def test_the_soonest_comes_first() -> None:
    found = due(
        offices=[office("2026-06")],
        actions=[
            Action(agency="VAL", what="b", due=date(2026, 5, 9)),
            Action(agency="VAL", what="a", due=date(2026, 5, 9)),
        ],
    )
    assert [one.about for one in found] == ["a", "b", "Director"]


def test_a_date_known_in_part_runs_from_its_first_day_to_its_last() -> None:
    assert (earliest("2024"), latest("2024")) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (earliest("2024-02"), latest("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (earliest(""), latest("")) == (date.min, date.max)
    for wrong in ("2023-02-29", "2023-13", "0000"):
        with pytest.raises(BadInput, match="not a date"):
            earliest(wrong)


def test_terms_overlap_only_where_that_is_certain() -> None:
    assert overlap(office("2024", since="2020"), office("", since="2022"))
    assert not overlap(office("2024", since="2020"), office("", since="2024"))
    assert not overlap(office("2024-05-03"), office("", since="2024-05-03"))
    assert overlap(office(""), office(""))
    assert is_current(office("2026"), TODAY)
    assert not is_current(office("2025"), TODAY)
