"""Arrivals: bytes kept, claimed with a lease, counted before they are tried, and accounted for."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from dragoman.model.errors import Damaged, NotFound, Problem
from dragoman.store import arrivals, connect
from dragoman.store.arrivals import Kept, UnitRow, hurry
from dragoman.store.bytes import IN_THE_DATABASE, ByteStore
from dragoman.store.feeds import Entry, Feed, add_feed, news

LARGE = os.urandom(1024) * 1000
LOST = timedelta(minutes=2)


@pytest.fixture
def feed(newsroom):
    return add_feed(newsroom.conn, Feed(name="wire", agency="ORI", kind="folder", format="text", language="fr"))


def _keep(room, feed, *bodies, files=None, priority=5):
    with room.conn.transaction():
        kept = [Kept(body=body, priority=priority) for body in bodies]
        return arrivals.keep(room.conn, feed.id, feed.agency_id, kept, files)


def test_bytes_come_back_exactly_as_they_came_small_or_large(newsroom, feed, tmp_path: Path):
    files = ByteStore(tmp_path)
    assert len(LARGE) > IN_THE_DATABASE
    small, large = _keep(newsroom, feed, b"\x00\xff small", LARGE, files=files)
    assert arrivals.raw(newsroom.conn, small, files) == b"\x00\xff small"
    assert arrivals.raw(newsroom.conn, large, files) == LARGE
    claimed = {c.id: c for c in arrivals.claim(newsroom.conn, 10, files)}
    assert claimed[large].body == LARGE
    assert (claimed[small].agency, claimed[small].format, claimed[small].language) == ("ORI", "text", "fr")


def test_a_large_file_that_changed_on_the_disk_is_an_alarm(newsroom, feed, tmp_path: Path):
    files = ByteStore(tmp_path)
    (number,) = _keep(newsroom, feed, LARGE, files=files)
    (path,) = (p for p in tmp_path.rglob("*") if p.is_file())
    path.write_bytes(LARGE[:-1] + bytes([LARGE[-1] ^ 1]))
    with pytest.raises(Damaged):
        arrivals.raw(newsroom.conn, number, files)
    path.unlink()
    with pytest.raises(Damaged):
        arrivals.raw(newsroom.conn, number, files)


def test_an_arrival_whose_bytes_are_gone_is_parked_and_its_neighbours_are_claimed(newsroom, feed, tmp_path: Path):
    files = ByteStore(tmp_path)
    large, small = _keep(newsroom, feed, LARGE, b"small", files=files)
    (path,) = (p for p in tmp_path.rglob("*") if p.is_file())
    path.unlink()
    assert [c.id for c in arrivals.claim(newsroom.conn, 10, files)] == [small]
    found = arrivals.arrival(newsroom.conn, large)
    assert (found.state, found.parked) == ("parked", 1)
    assert found.problem is not None
    assert found.problem.title == "Kept bytes are missing"


def test_an_arrival_is_claimed_by_one_and_again_only_when_the_lease_has_run_out(newsroom, feed):
    _keep(newsroom, feed, b"a", b"b")
    first = arrivals.claim(newsroom.conn, 1, None)
    assert [c.body for c in first + arrivals.claim(newsroom.conn, 10, None)] == [b"a", b"b"]
    assert arrivals.claim(newsroom.conn, 10, None) == []
    newsroom.pass_time(LOST)
    again = arrivals.claim(newsroom.conn, 10, None)
    assert [(c.body, c.tries) for c in again] == [(b"a", 2), (b"b", 2)]
    assert arrivals.finish(newsroom.conn, first) == 0
    assert arrivals.finish(newsroom.conn, again) == 2
    newsroom.pass_time(LOST)
    assert arrivals.claim(newsroom.conn, 10, None) == []


def test_what_is_given_back_is_taken_up_at_once(newsroom, feed):
    _keep(newsroom, feed, b"a")
    claimed = arrivals.claim(newsroom.conn, 1, None)
    arrivals.give_back(newsroom.conn, claimed)
    assert len(arrivals.claim(newsroom.conn, 1, None)) == 1


def test_two_at_work_claim_different_arrivals(newsroom, feed):
    _keep(newsroom, feed, *(b"%d" % n for n in range(20)))
    with connect.connect(newsroom.database.newsroom) as other, newsroom.conn.transaction():
        mine = arrivals.claim(newsroom.conn, 10, None)
        theirs = arrivals.claim(other, 20, None)
    assert len({c.id for c in mine} | {c.id for c in theirs}) == len(mine) + len(theirs) == 20


def test_a_kill_and_a_flash_are_taken_first_and_apart_from_the_backlog(newsroom, feed):
    _keep(newsroom, feed, b"usual")
    _keep(newsroom, feed, b"flash", priority=hurry(b'{"urgency": 1}'))
    _keep(newsroom, feed, b"kill", priority=hurry(b'{"pubStatus":"canceled"}'))
    batches = [[c.body for c in arrivals.claim(newsroom.conn, 10, None)] for _ in range(2)]
    assert batches == [[b"kill", b"flash"], [b"usual"]]


@pytest.mark.parametrize(
    ("body", "priority"),
    [
        (b"", 5),
        (b'{"urgency": 3}', 5),
        (b'{"urgency": 12}', 5),
        (b'{"urgency" : 2}', 1),
        (b'{"pubstatus": "withheld"}', 0),
        (b'{"type":"item","action":"kill"}', 0),
        (b" " * 70_000 + b'{"urgency": 1}', 5),
    ],
)
def test_the_hurry_of_bytes_nobody_has_decoded_is_guessed_from_their_beginning(body, priority):
    assert hurry(body) == priority


def test_every_unit_is_accounted_for_and_only_a_parked_one_changes_its_end(newsroom, feed):
    (number,) = _keep(newsroom, feed, b"four entries")
    claimed = arrivals.claim(newsroom.conn, 1, None)
    problem = Problem(type="urn:x", title="Unknown agency", status=422)
    states = ("stored", "duplicate", "parked", "refused")
    with newsroom.conn.transaction():
        arrivals.record_units(
            newsroom.conn,
            [
                UnitRow(arrival=number, index=index, state=state, problem=problem if index > 1 else None)
                for index, state in enumerate(states)
            ],
        )
        arrivals.finish(newsroom.conn, claimed, frozenset({number}))
    row = arrivals.arrival(newsroom.conn, number)
    assert (row.state, row.stored, row.duplicate, row.parked, row.refused) == ("parked", 1, 1, 1, 1)
    assert row.problem == problem
    assert [a.arrival.id for a in arrivals.arrivals(newsroom.conn, parked=True)] == [number]
    arrivals.retry(newsroom.conn, number)
    again = arrivals.claim(newsroom.conn, 1, None)
    assert again[0].tries == 1
    with newsroom.conn.transaction():
        arrivals.record_units(newsroom.conn, [UnitRow(arrival=number, index=i, state="duplicate") for i in range(4)])
        arrivals.finish(newsroom.conn, again)
    assert [u.state for u in arrivals.units(newsroom.conn, number)] == ["stored", "duplicate", "duplicate", "refused"]
    with pytest.raises(NotFound):
        arrivals.retry(newsroom.conn, number)


def test_an_entry_comes_again_only_when_its_bytes_have_changed(newsroom, feed):
    one, two = Entry("guid-1", b"first"), Entry("guid-2", b"second")
    assert news(newsroom.conn, feed.id, [one, two]) == [one, two]
    assert news(newsroom.conn, feed.id, [one, two]) == []
    changed = Entry("guid-1", b"first, corrected")
    assert news(newsroom.conn, feed.id, [changed, two]) == [changed]
    assert news(newsroom.conn, feed.id, [one]) == [one]


def test_an_arrival_there_is_not_is_said_not_to_be_there(newsroom):
    for ask in (arrivals.arrival, arrivals.retry):
        with pytest.raises(NotFound):
            ask(newsroom.conn, 99_999_999)
    with pytest.raises(NotFound):
        arrivals.raw(newsroom.conn, 99_999_999, None)


def test_a_flood_in_one_feed_is_in_front_of_nobody_else(newsroom, feed):
    other = add_feed(newsroom.conn, Feed(name="small", agency="VAL", kind="push", secret=b"s" * 24))
    _keep(newsroom, feed, *(b"flood %d" % number for number in range(50)))
    _keep(newsroom, other, b"quiet")
    assert b"quiet" in [c.body for c in arrivals.claim(newsroom.conn, 2, None)]
