"""Which version of two is the newer, and where one belongs: decided without a database."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from dragoman.model.item import Correction, Headline, Hop, Profile
from dragoman.store.identity import Standing, act_of, content_digest, is_newer, place
from newsdesk import copy

NOON = datetime(2026, 5, 2, 12, tzinfo=UTC)
STANDS = Standing(id=1, current=7, version="3", at=NOON)


def _place(standing=STANDS, **facts):
    usual = {"version": "4", "at": None, "act": "update", "known": False, "same": False, "may_change": True}
    return place(standing, **(usual | facts))


@pytest.mark.parametrize(
    ("version", "than", "newer"),
    [
        ("2", "1", True),
        ("1", "2", False),
        ("1.10", "1.9", True),
        ("1.9", "1.10", False),
        ("10", "9", True),
        ("2026-05-02T10:00:00Z", "2026-05-01T23:59:59Z", True),
        ("b", "a", True),
        ("a", "b", True),
        ("1", "1", True),
    ],
)
def test_numbers_are_compared_as_numbers_and_where_there_are_none_the_later_comer_is_newer(version, than, newer):
    assert is_newer(version, None, than, None) is newer


def test_the_time_decides_before_the_number_since_some_restart_numbering_at_midnight():
    assert is_newer("1", NOON + timedelta(minutes=1), "99", NOON)
    assert not is_newer("99", NOON - timedelta(minutes=1), "1", NOON)
    assert is_newer("2", NOON, "1", NOON)
    assert not is_newer("1", NOON, "2", NOON)


def test_an_absurdly_long_number_is_still_compared():
    assert is_newer("9" * 400, None, "1", None)


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({}, "newer"),
        ({"version": "2"}, "older"),
        ({"version": "3", "known": True, "same": True}, "duplicate"),
        ({"version": "3", "known": True}, "silent"),
        ({"version": "1", "known": True}, "older"),
        ({"version": "1", "act": "kill"}, "newer"),
        ({"version": "1", "act": "hold"}, "newer"),
        ({"may_change": False}, "not-the-origin"),
        ({"may_change": False, "known": True, "same": True}, "duplicate"),
    ],
)
def test_where_a_version_belongs(facts, where):
    assert _place(**facts) == where


def test_after_a_kill_nothing_but_a_kill_is_taken():
    killed = msgspec.structs.replace(STANDS, state="killed")
    assert _place(killed, version="9") == "after-a-kill"
    assert _place(killed, act="release", version="9") == "after-a-kill"
    assert _place(killed, act="kill", version="9") == "older"
    assert _place(killed, act="kill", version="9", may_change=False) == "not-the-origin"


def test_a_first_version_is_new_whoever_hands_it_on_unless_it_stops_something():
    nothing = Standing(id=1)
    assert _place(nothing, may_change=False, act="publish") == "new"
    assert _place(nothing, may_change=False, act="kill") == "not-the-origin"
    assert _place(nothing, act="kill") == "new"


def test_the_road_it_came_by_does_not_change_what_an_item_says():
    said = copy()
    digest = content_digest(said)
    travelled = msgspec.structs.replace(
        said,
        dragoman=Profile(origin="ADR", hops=(Hop(agency="MER"),), notes=("windows-1251 guessed",), credit="ADR / MER"),
        usage_terms="For the subscriber's own services.",
        copyright_holder="Adrian Press",
    )
    assert content_digest(travelled) == digest
    assert content_digest(msgspec.structs.replace(said, headlines=(Headline(value="Another"),))) != digest
    assert content_digest(copy(text="The old bridge closes.")) != digest
    assert content_digest(copy(urgency=1)) != digest
    assert len(digest) == 16


def test_what_a_version_does_is_what_its_sender_declares_else_what_its_status_says():
    held = msgspec.structs.replace(STANDS, state="held")
    corrected = copy(dragoman=Profile(correction=Correction(kind="correction", reason="the year")))
    assert act_of(copy(), STANDS, "correct") == "correct"
    assert act_of(copy(pub_status="canceled"), STANDS, None) == "kill"
    assert act_of(copy(pub_status="canceled"), STANDS, "publish") == "kill"
    assert act_of(copy(pub_status="withheld"), STANDS, None) == "hold"
    assert act_of(copy(), held, None) == "release"
    assert act_of(copy(), Standing(id=1), None) == "publish"
    assert act_of(copy(), STANDS, None) == "update"
    assert act_of(corrected, STANDS, None) == "correct"
