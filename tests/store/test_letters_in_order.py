"""Letters to partners' nodes: in order for each, a waiting one blocks those behind it, a parked one does not."""

from datetime import UTC, datetime, timedelta

import pytest

from dragoman.model.agency import Agency
from dragoman.store import agencies, letters

HOUR = timedelta(hours=1)


@pytest.fixture
def post(newsroom):
    """Write letters, named by their body, to one partner or another."""

    def write(*bodies, partner="VAL"):
        for body in bodies:
            letters.post(newsroom.conn, partner, "receipt", body.encode())

    return write


def _claimed(room, limit=10):
    return [letter.body.decode() for letter in letters.claim(room.conn, limit)]


def _number(room, body):
    return room.one("select id from letter where body = %s", body.encode())


def test_letters_are_claimed_in_the_order_they_were_written_and_once(newsroom, post):
    post("a", "b", "c")
    assert _claimed(newsroom, 2) == ["a", "b"]
    assert _claimed(newsroom) == []  # behind letters under way
    letters.sent(newsroom.conn, [_number(newsroom, "a"), _number(newsroom, "b")])
    assert _claimed(newsroom) == ["c"]


def test_a_letter_that_waits_blocks_its_partners_later_ones_and_nobody_elses(newsroom, post):
    post("a", "b")
    post("m", partner="MER")
    assert _claimed(newsroom, 1) == ["a"]
    letters.failed(newsroom.conn, _number(newsroom, "a"), "500", datetime.now(UTC) + HOUR)
    assert _claimed(newsroom) == ["m"]
    letters.sent(newsroom.conn, [_number(newsroom, "m")])
    newsroom.pass_time(HOUR)
    assert _claimed(newsroom) == ["a", "b"]


def test_a_parked_letter_blocks_nothing(newsroom, post):
    post("a", "b")
    _claimed(newsroom, 1)
    letters.failed(newsroom.conn, _number(newsroom, "a"), "409", None)
    assert _claimed(newsroom) == ["b"]
    assert letters.parked(newsroom.conn) == 1


def test_a_letter_whose_poster_died_is_taken_up_again_with_its_id_and_its_tries(newsroom, post):
    post("a", "b")
    first = letters.claim(newsroom.conn, 10)
    assert _claimed(newsroom) == []
    newsroom.pass_time(timedelta(minutes=2))
    again = letters.claim(newsroom.conn, 10)
    assert [(one.id, one.attempts) for one in again] == [(one.id, one.attempts + 1) for one in first]


def test_nobody_writes_to_a_partner_without_a_node(newsroom, post):
    agencies.add_agency(newsroom.conn, Agency(code="PAPER", name="By fax"))
    post("a", partner="PAPER")
    assert newsroom.one("select count(*) from letter") == 0
