"""When a version opens, and what it means that its embargo was moved."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from wire_terms import HOUR, NOW, grant, terms, version

from dragoman.route.embargo import ADVISORY, Opening, latest, moved, on_the_wall, opening, release_moment


def _opens(earlier=(), relayed=False, received=NOW, embargoed_until=None, **clauses):
    copy = version(received=received, embargoed_until=embargoed_until)
    return opening(terms(**clauses), copy, now=NOW, relayed=relayed, earlier=earlier)


def test_free_copy_opens_at_once():
    assert _opens() == Opening(since=NOW)
    assert _opens(received=NOW - HOUR) == Opening(since=NOW)
    assert _opens(embargoed_until=NOW, embargo="advance") == Opening(since=NOW)


def test_the_later_of_embargo_and_delay_counts():
    assert _opens(delay_s=3600) == Opening(since=NOW + HOUR)
    assert _opens(delay_s=3600, embargoed_until=NOW + 2 * HOUR) == Opening(since=NOW + 2 * HOUR)
    assert _opens(delay_s=3600, embargoed_until=NOW + HOUR / 2) == Opening(since=NOW + HOUR)


def test_the_delay_runs_from_when_we_received_it():
    assert _opens(delay_s=3600, received=NOW - HOUR / 2) == Opening(since=NOW + HOUR / 2)


def test_in_advance_means_ahead_of_the_embargo_not_of_the_delay():
    until = NOW + 2 * HOUR
    assert _opens(embargo="advance", embargoed_until=until) == Opening(since=NOW, advance=True)
    assert _opens(embargo="advance", embargoed_until=until, delay_s=3600) == Opening(since=NOW + HOUR, advance=True)


def test_another_agency_s_embargo_is_not_ours_to_run_ahead_of():
    assert _opens(embargo="advance", embargoed_until=NOW + HOUR, relayed=True) == Opening(since=NOW + HOUR)


def test_an_update_does_not_start_the_delay_anew():
    waiting = grant(since=NOW + HOUR / 4)
    assert _opens(earlier=[waiting], delay_s=3600) == Opening(since=NOW + HOUR / 4)


def test_a_correction_goes_at_once_to_who_has_the_error():
    assert _opens(earlier=[grant()], delay_s=3600) == Opening(since=NOW)


def test_an_embargo_moved_earlier_opens_earlier_and_one_moved_later_opens_later():
    under = grant(since=NOW + 2 * HOUR)
    assert _opens(earlier=[under], received=NOW - HOUR, embargoed_until=NOW + HOUR).since == NOW + HOUR
    assert _opens(earlier=[under], received=NOW - HOUR, embargoed_until=NOW + 3 * HOUR).since == NOW + 3 * HOUR


def test_a_delivery_refused_by_time_is_due_when_nothing_of_time_refuses_it():
    late, far = NOW + HOUR, NOW + 2 * HOUR
    assert release_moment(terms(), grant(since=late), None) == late
    assert release_moment(terms(), grant(since=late), far) == far
    assert release_moment(terms(), grant(since=far), late) == far
    assert release_moment(terms(embargo="advance"), grant(since=late, advance=True), far) == late
    assert release_moment(terms(embargo="hold"), grant(since=late, advance=True), far) == far


@pytest.mark.parametrize(
    ("before", "after", "move"),
    [
        (None, None, "unchanged"),
        (-1, None, "unchanged"),
        (None, 0, "unchanged"),
        (2, 2, "unchanged"),
        (2, 1, "earlier"),
        (1, 2, "later"),
        (1, 0, "lifted"),
        (1, None, "lifted"),
        (None, 1, "again"),
        (0, 1, "again"),
    ],
)
def test_every_move_of_an_embargo_has_its_name(before, after, move):
    hours = {None: None} | {hour: NOW + hour * HOUR for hour in (-1, 0, 1, 2)}
    assert moved(hours[before], hours[after], now=NOW) == move
    assert moved(hours[before], hours[after], now=NOW, out=False) == ("set" if move == "again" else move)
    assert (move in ADVISORY) == (move == "again")


def test_of_several_readings_the_latest_counts_and_the_others_are_noted():
    early, late = datetime(2026, 3, 2, 10, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert latest([early]).note == ""
    assert latest([late, early]).at == late
    assert latest([late, early]).note == "also read as 2026-03-02 10:00Z; the latest counts"
    same = late.astimezone(ZoneInfo("Asia/Baku"))
    assert latest([late, same]).note == ""


@pytest.mark.parametrize(
    ("wall", "zone", "at", "sure"),
    [
        ((2026, 3, 2, 10, 0), "Europe/Berlin", (2026, 3, 2, 9, 0), True),
        ((2026, 3, 29, 2, 30), "Europe/Berlin", (2026, 3, 29, 1, 30), False),
        ((2026, 10, 25, 2, 30), "Europe/Berlin", (2026, 10, 25, 1, 30), False),
        ((2026, 3, 8, 2, 30), "America/New_York", (2026, 3, 8, 7, 30), False),
        ((2026, 4, 5, 1, 45), "Australia/Lord_Howe", (2026, 4, 4, 15, 15), False),
        ((2026, 3, 2, 0, 1), "Pacific/Kiritimati", (2026, 3, 1, 10, 1), True),
    ],
)
def test_on_the_night_the_clocks_change_the_later_reading_wins(wall, zone, at, sure):
    lift = on_the_wall(datetime(*wall), ZoneInfo(zone))
    assert lift.at == datetime(*at, tzinfo=UTC)
    assert (lift.note == "") is sure
    assert lift.at.utcoffset() == timedelta(0)
