"""A worker that was away longer than its lease: what it comes back with counts no more."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from database import Addresses
from dragoman.model.agency import Agency
from dragoman.model.agreement import Agreement, Terms
from dragoman.model.delivery import Channel
from dragoman.model.item import Item
from dragoman.store import agencies, agreements, arrivals, channels, deliveries, feeds, filing
from dragoman.store import lanes as store_lanes
from dragoman.store.connect import Connection, connect
from dragoman.store.lanes import Ending, Lane

from .copy import Piece

NOW = datetime.now(UTC)


@pytest.fixture
def one(database: Addresses) -> Iterator[Connection]:
    with connect(database.newsroom) as conn:
        agencies.add_agency(conn, Agency(code="HOM", name="Home Agency", home=True))
        agencies.add_agency(conn, Agency(code="ALF", name="Partner ALF"))
        terms = Terms(giver="HOM", taker="ALF", valid_from=NOW - timedelta(days=1))
        agreements.save(conn, Agreement(id="a", revision=1, terms=terms, state="active"), "HOM")
        channels.add_channel(conn, Channel(name="alf", agency="ALF", kind="webhook", address="http://127.0.0.1:9/"))
        feeds.add_feed(conn, feeds.Feed(name="desk", agency="HOM", kind="push", secret=b"s" * 32))
        yield conn


@pytest.fixture
def other(database: Addresses, one: Connection) -> Iterator[Connection]:
    with connect(database.newsroom) as conn:
        yield conn


def _owed(conn: Connection) -> None:
    item = msgspec.json.decode(Piece(uri="urn:lease:1", version=1).body, type=Item)
    with conn.transaction():
        filing.file(conn, [filing.Filing(item=item, origin="HOM", agency="HOM", received=NOW)], NOW)


def _claimed(conn: Connection) -> Lane:
    (lane,) = (lane for lane in store_lanes.claim(conn, 8, 8) if lane.attempts)
    return lane


def _a_minute_later(conn: Connection, table: str) -> None:
    conn.execute(f"update {table} set until = now() - interval '1 second' where until > now()".encode())


def _ended(conn: Connection, lane: Lane, state: str, reason: str) -> int:
    (attempt,) = lane.attempts
    return store_lanes.finish(conn, [lane], [Ending(attempt=attempt, state=state, reason=reason)], {}, {})  # type: ignore[arg-type]


def test_a_worker_that_slept_past_its_lease_cannot_record_its_ending(one: Connection, other: Connection) -> None:
    _owed(one)
    slept = _claimed(one)
    _a_minute_later(other, "lane")
    took_over = _claimed(other)
    assert [a.sequence for a in took_over.attempts] == [a.sequence for a in slept.attempts]
    assert _ended(one, slept, "parked", "late") == 0
    assert _ended(other, took_over, "sent", "") == 1
    assert _ended(one, slept, "parked", "later still") == 0
    (row,) = deliveries.deliveries(one)
    assert (row.state, row.reason, row.attempts) == ("sent", "", 2)


def test_a_sleepers_return_does_not_give_away_the_lane_of_whoever_took_over(one: Connection, other: Connection) -> None:
    _owed(one)
    slept = _claimed(one)
    _a_minute_later(other, "lane")
    _claimed(other)
    _ended(one, slept, "sent", "")
    assert [lane for lane in store_lanes.claim(one, 8, 8) if lane.attempts] == []


def test_an_arrival_decoded_past_its_lease_is_left_to_whoever_took_over(one: Connection, other: Connection) -> None:
    feed = feeds.the_feed(one, "desk")
    with one.transaction():
        arrivals.keep(one, feed.id, feed.agency_id, [arrivals.Kept(body=b"x")], None)
    slept = arrivals.claim(one, 8, None)
    _a_minute_later(other, "arrival")
    took_over = arrivals.claim(other, 8, None)
    assert [a.id for a in took_over] == [a.id for a in slept]
    assert arrivals.finish(one, slept) == 0
    assert arrivals.finish(other, took_over) == 1


def test_a_claim_does_not_wait_for_a_delivery_that_is_just_being_taken_back(one: Connection, other: Connection) -> None:
    """Filing holds the deliveries it takes back and then wants their lanes: a claim that waited would close the ring."""
    _owed(one)
    other.execute("set lock_timeout = '1s'")
    with one.transaction():
        one.execute("select from delivery for no key update")
        assert [lane.attempts for lane in store_lanes.claim(other, 8, 8) if lane.attempts] == []
