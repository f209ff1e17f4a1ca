"""Deliveries: begun while the right holds, recorded by whoever has the lane, ended once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from dragoman.model.delivery import TERMINAL
from dragoman.model.errors import NotFound
from dragoman.store import channels, deliveries, order
from dragoman.store import lanes as store_lanes
from dragoman.store.deliveries import delivery_id
from newsdesk import copy, tombstone

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def _in(span):
    return datetime.now(UTC) + span


@pytest.fixture
def waiting(newsroom):
    """One delivery waits on one channel."""
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    return newsroom


def _only(room):
    (found,) = deliveries.deliveries(room.conn)
    return found


# ---------------------------------------------------------------------------------------------- lease and token


def test_a_lane_is_worked_by_one_at_a_time(waiting):
    assert len(waiting.claim()) == 1
    waiting.filed(copy("adr:other"))
    assert waiting.lanes() == []


def test_an_attempt_whose_worker_died_is_begun_again_under_the_same_id(waiting):
    first = waiting.claim()[0]
    waiting.pass_time(2 * MINUTE)
    again = waiting.claim()[0]
    assert (again.sequence, again.channel, again.epoch) == (first.sequence, first.channel, first.epoch)
    assert (first.attempts, again.attempts) == (1, 2)
    assert again.token > first.token


def test_a_late_ending_of_a_lost_lease_records_nothing_and_frees_nothing(waiting):
    lost = waiting.lanes()
    waiting.pass_time(2 * MINUTE)
    held = waiting.lanes()
    assert waiting.finish(lost, "parked") == 0
    assert waiting.states() == [("publish", "leased")]
    assert waiting.lanes() == []
    assert waiting.finish(held) == 1
    assert waiting.finish(lost, "retry", due=_in(HOUR), rest=_in(HOUR)) == 0
    assert waiting.states() == [("publish", "sent")]


def test_an_ending_told_twice_counts_once(waiting):
    lanes = waiting.lanes()
    assert waiting.finish(lanes) == 1
    assert waiting.finish(lanes, "parked") == 0
    assert waiting.states() == [("publish", "sent")]


def test_a_lane_given_back_without_an_ending_is_begun_again(waiting):
    lanes = waiting.lanes()
    store_lanes.finish(waiting.conn, lanes, [], {}, {})
    assert len(waiting.claim()) == 1


def test_deliveries_to_one_agency_that_stand_in_front_of_each_other_keep_their_order(newsroom):
    newsroom.agree()
    newsroom.channel()
    sequences = [newsroom.filed(copy(f"adr:{n}")) for n in range(7)]
    begun = []
    while lanes := newsroom.lanes(window=3):
        begun.append([a.sequence for lane in lanes for a in lane.attempts])
        newsroom.finish(lanes)
    assert begun == [sequences[:3], sequences[3:6], sequences[6:]]


def test_kills_go_before_flashes_and_neither_has_the_rest_in_front_of_it(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy("adr:wrong"))
    newsroom.deliver()
    newsroom.filed(copy("adr:usual"))
    newsroom.filed(copy("adr:flash", urgency=1))
    newsroom.filed(tombstone(copy("adr:wrong", version="2")))
    begun = newsroom.deliver(window=1)
    assert [(a.act, b"flash" in a.payload) for a in begun if a.express] == [("kill", False), ("publish", True)]
    assert [(a.act, b"usual" in a.payload) for a in begun if not a.express] == [("publish", True)]


# ---------------------------------------------------------------------------------------------- lanes, circuits


def test_a_lane_that_fails_does_not_keep_the_others_waiting(newsroom):
    newsroom.agree("VAL")
    newsroom.agree("MER")
    bad, good = newsroom.channel("VAL"), newsroom.channel("MER")
    for number in range(3):
        newsroom.filed(copy(f"adr:{number}"))
    lanes = {lane.channel: lane for lane in newsroom.lanes(window=1)}
    newsroom.finish([lanes[bad]], "retry", due=_in(HOUR), rest=_in(HOUR))
    newsroom.finish([lanes[good]])
    assert [a.channel for a in newsroom.deliver()] == [good, good]


def test_an_open_circuit_rests_and_then_tries_one(newsroom):
    newsroom.agree()
    newsroom.channel()
    for number in range(3):
        newsroom.filed(copy(f"adr:{number}"))
    newsroom.finish(newsroom.lanes(window=1), "retry", due=_in(MINUTE), rest=_in(HOUR))
    assert newsroom.lanes() == []
    row = channels.channels(newsroom.conn)[0]
    assert (row.failures, row.last_error, row.waiting) == (1, "500", 3)
    assert row.failing_since is not None
    newsroom.pass_time(HOUR)
    probe = newsroom.lanes(window=10)
    assert [len(lane.attempts) for lane in probe] == [1]
    newsroom.finish(probe)
    assert [len(lane.attempts) for lane in newsroom.lanes(window=10)] == [2]
    assert channels.channels(newsroom.conn)[0].failures == 0


def test_new_copy_does_not_close_an_open_circuit(waiting):
    waiting.finish(waiting.lanes(), "retry", due=_in(MINUTE), rest=_in(HOUR))
    waiting.filed(copy("adr:more"))
    assert waiting.lanes() == []


def test_a_lane_on_which_nothing_was_tried_has_neither_failed_nor_recovered(waiting):
    waiting.finish(waiting.lanes(), "retry", due=_in(HOUR), rest=_in(MINUTE))
    waiting.pass_time(2 * MINUTE)
    idle = waiting.lanes()
    assert [lane.attempts for lane in idle] == [()]
    waiting.finish(idle)
    row = channels.channels(waiting.conn)[0]
    assert (row.failures, row.last_success) == (1, None)
    waiting.filed(copy("adr:more"))
    waiting.pass_time(MINUTE)
    assert len(waiting.claim()) == 1


def test_copy_that_comes_while_a_lane_is_given_back_as_idle_is_not_forgotten(waiting):
    lanes = waiting.lanes()
    with waiting.beside() as room:
        thread = threading.Thread(target=lambda: room.filed(copy("adr:meanwhile")))
        with waiting.conn.transaction():
            waiting.finish(lanes)
            thread.start()
            with waiting.as_owner() as onlooker:
                while onlooker.execute("select count(*) from pg_locks where not granted").fetchone() == (0,):
                    assert thread.is_alive()
        thread.join(10)
    assert len(waiting.claim()) == 1


def test_a_kill_goes_at_once_though_the_circuit_is_open(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy("adr:wrong"))
    newsroom.deliver()
    newsroom.filed(copy("adr:more"))
    newsroom.finish(newsroom.lanes(), "retry", due=_in(HOUR), rest=_in(HOUR))
    newsroom.filed(tombstone(copy("adr:wrong", version="2")))
    assert [a.act for a in newsroom.claim()] == ["kill"]


def test_a_kill_that_failed_is_due_when_it_is_due_and_does_not_wait_for_the_rest_of_the_lane(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy("adr:wrong"))
    newsroom.deliver()
    newsroom.filed(tombstone(copy("adr:wrong", version="2")))
    newsroom.finish(newsroom.lanes(), "retry", due=_in(MINUTE), rest=_in(MINUTE))
    assert newsroom.lanes() == []
    newsroom.filed(copy("adr:more"))
    newsroom.pass_time(MINUTE)
    assert [a.act for a in newsroom.claim() if a.express] == ["kill"]


def test_a_retry_waits_for_its_own_time_while_others_go(newsroom):
    newsroom.agree()
    newsroom.channel()
    first = newsroom.filed(copy("adr:1"))
    newsroom.finish(newsroom.lanes(), "retry", due=_in(HOUR))
    second = newsroom.filed(copy("adr:2"))
    assert [a.sequence for a in newsroom.deliver()] == [second]
    newsroom.pass_time(HOUR)
    assert [a.sequence for a in newsroom.deliver()] == [first]


def test_a_paused_channel_sends_nothing_and_goes_on_when_it_is_resumed(waiting):
    name = channels.channels(waiting.conn)[0].channel.name
    channels.set_state(waiting.conn, name, "paused", "they asked")
    assert waiting.lanes() == []
    waiting.filed(copy("adr:meanwhile"))
    channels.set_state(waiting.conn, name, "active")
    assert len(waiting.deliver()) == 2


def test_a_disabled_channel_is_owed_nothing_more(waiting):
    name = channels.channels(waiting.conn)[0].channel.name
    channels.set_state(waiting.conn, name, "disabled", "410")
    waiting.filed(copy("adr:meanwhile"))
    assert len(waiting.states()) == 1


# ---------------------------------------------------------------------------------------------- the right, when it begins


def test_the_right_is_asked_again_when_an_attempt_begins(newsroom):
    deal = newsroom.agree()
    newsroom.channel()
    newsroom.file(*(copy(f"adr:{n}") for n in range(1_000)))
    newsroom.end(deal)
    assert newsroom.deliver(window=200) == []
    assert newsroom.rows("select state, reason, count(*) from delivery group by state, reason") == [
        ("cancelled", "no agreement in force", 1_000)
    ]


def test_a_retry_after_the_agreement_ended_is_not_made(newsroom):
    deal = newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    newsroom.finish(newsroom.lanes(), "retry", due=_in(MINUTE), rest=_in(MINUTE))
    newsroom.end(deal)
    newsroom.pass_time(MINUTE)
    assert newsroom.deliver() == []
    assert newsroom.states() == [("publish", "cancelled")]


def test_an_attempt_lost_by_its_worker_is_not_begun_again_once_a_newer_version_is_there(waiting):
    waiting.claim()
    waiting.filed(copy(version="2"))
    waiting.pass_time(2 * MINUTE)
    assert [a.act for a in waiting.deliver()] == ["update"]
    assert waiting.states() == [("publish", "superseded"), ("update", "sent")]


def test_a_grant_that_counts_a_moment_later_waits_that_moment_and_no_longer(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy(), now=_in(3 * MINUTE))
    assert newsroom.claim() == []
    newsroom.pass_time(2 * MINUTE)
    assert newsroom.claim() == []
    newsroom.pass_time(MINUTE + timedelta(seconds=1))
    assert len(newsroom.claim()) == 1


# ---------------------------------------------------------------------------------------------- ends


def _end_in(room, state):
    if state == "receipted":
        room.finish(room.lanes())
        assert deliveries.receipted(
            room.conn, _only(room).id, "VAL", outcome="stored", act="publish", detail="", at=_in(-HOUR)
        )
    elif state == "superseded":
        room.filed(copy(version="2", language="xx"))
        room.conn.execute("delete from delivery where act = 'update'")
    elif state == "cancelled":
        room.filed(tombstone(copy(version="2")))
        room.conn.execute("delete from delivery where act = 'kill'")
    elif state == "parked":
        room.finish(room.lanes(), "parked")
    elif state == "expired":
        room.pass_time(timedelta(days=6))
        assert deliveries.expire(room.conn) == 1


@pytest.mark.parametrize("state", sorted(TERMINAL))
def test_an_end_is_an_end(waiting, state):
    before = waiting.lanes() if state in ("receipted", "parked") else []
    if before:
        waiting.pass_time(2 * MINUTE)
    _end_in(waiting, state)
    name = _only(waiting).id
    assert _only(waiting).state == state
    waiting.finish(before)
    deliveries.receipted(waiting.conn, name, "VAL", outcome="stored", act="publish", detail="", at=_in(-HOUR))
    deliveries.receipted(waiting.conn, name, "VAL", outcome="refused", act="publish", detail="", at=_in(-HOUR))
    deliveries.expire(waiting.conn)
    waiting.pass_time(timedelta(days=30))
    deliveries.expire(waiting.conn)
    assert waiting.deliver() == []
    # Their word that they have it counts even where we had given up.
    assert _only(waiting).state == ("receipted" if state in ("parked", "expired") else state)


def test_what_waited_for_five_days_expires_but_a_kill_never_does(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy("adr:wrong"))
    newsroom.deliver()
    newsroom.filed(copy("adr:more"))
    newsroom.filed(tombstone(copy("adr:wrong", version="2")))
    newsroom.pass_time(timedelta(days=4, hours=23))
    assert deliveries.expire(newsroom.conn) == 0
    newsroom.pass_time(timedelta(days=30))
    assert deliveries.expire(newsroom.conn) == 1
    assert [a.act for a in newsroom.deliver()] == ["kill"]


def test_a_person_may_try_a_parked_delivery_again_and_the_right_is_asked_again(newsroom):
    deal = newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    newsroom.finish(newsroom.lanes(), "parked")
    name = _only(newsroom).id
    deliveries.retry(newsroom.conn, name)
    assert len(newsroom.claim()) == 1
    newsroom.pass_time(2 * MINUTE)
    newsroom.finish(newsroom.lanes(), "parked")
    newsroom.end(deal)
    deliveries.retry(newsroom.conn, name)
    assert newsroom.deliver() == []
    assert _only(newsroom).state == "cancelled"
    with pytest.raises(NotFound):
        deliveries.retry(newsroom.conn, name)


@pytest.mark.parametrize("name", ["", "nonsense", "ADR-1-1", "ADR-1-x-2", "ADR-1-1-99999999"])
def test_a_delivery_there_is_not_is_said_not_to_be_there(newsroom, name):
    with pytest.raises(NotFound):
        deliveries.delivery(newsroom.conn, name)
    with pytest.raises(NotFound):
        deliveries.retry(newsroom.conn, name)


# ---------------------------------------------------------------------------------------------- receipts


def _receipt(room, partner="VAL", outcome="stored", name=""):
    return deliveries.receipted(
        room.conn, name or _only(room).id, partner, outcome=outcome, act="publish", detail="why", at=_in(-HOUR)
    )


def test_a_delivery_keeps_its_id_and_is_found_by_it(waiting):
    attempt = waiting.claim()[0]
    name = delivery_id("ADR", attempt.epoch, attempt.channel, attempt.sequence)
    assert _only(waiting).id == name
    assert deliveries.delivery(waiting.conn, name).state == "leased"


@pytest.mark.parametrize("outcome", ["stored", "duplicate"])
def test_a_receipt_proves_the_delivery(waiting, outcome):
    waiting.deliver()
    assert _receipt(waiting, outcome=outcome)
    assert (_only(waiting).state, _only(waiting).receipted is not None) == ("receipted", True)
    assert not _receipt(waiting, outcome=outcome)
    assert waiting.one("select count(*) from receipt") == 1


@pytest.mark.parametrize("outcome", ["refused", "parked"])
def test_a_receipt_that_says_they_did_not_take_it_parks_the_delivery(waiting, outcome):
    waiting.deliver()
    assert _receipt(waiting, outcome=outcome)
    assert (_only(waiting).state, _only(waiting).reason, _only(waiting).receipted) == ("parked", "why", None)


def test_a_receipt_that_comes_before_our_own_record_counts(waiting):
    lanes = waiting.lanes()
    assert _receipt(waiting)
    assert waiting.finish(lanes) == 0
    assert _only(waiting).state == "receipted"
    assert waiting.deliver() == []


def test_a_receipt_from_another_partner_or_for_another_epochs_delivery_proves_nothing(waiting):
    waiting.deliver()
    home, _, channel, sequence = _only(waiting).id.rsplit("-", 3)
    assert not _receipt(waiting, partner="MER")
    assert not _receipt(waiting, name=f"{home}-99-{channel}-{sequence}")
    assert not _receipt(waiting, name=f"MER-1-{channel}-{sequence}")
    assert not _receipt(waiting, name="nonsense")
    assert _only(waiting).state == "sent"
    assert waiting.one("select count(*) from receipt") == 0


def _as_read(room, epoch=None):
    """The id under which our only delivery's version stands in the change feed."""
    home, of, _, sequence = _only(room).id.rsplit("-", 3)
    return f"{home}-{epoch or of}-0-{sequence}"


def test_what_a_partners_node_has_read_in_our_feed_is_not_pushed_to_it_any_more(newsroom):
    newsroom.agree()
    newsroom.channel(kind="node", address="https://val.example")
    newsroom.filed(copy())
    assert not _receipt(newsroom, partner="MER", name=_as_read(newsroom))
    assert _receipt(newsroom, name=_as_read(newsroom))
    assert newsroom.deliver() == []
    assert _only(newsroom).state == "receipted"
    assert newsroom.one("select count(*) from receipt r join delivery d using (channel, sequence)") == 1


def test_what_was_pushed_and_what_is_read_in_the_feed_are_known_as_one():
    assert deliveries.as_read(delivery_id("A-1", 2, 3, 1042)) == delivery_id("A-1", 2, 0, 1042)
    assert [deliveries.as_read(name) for name in ("A-letter-2-7", "2-7", "")] == ["", "", ""]


def test_what_a_partner_has_read_in_our_feed_before_we_were_restored_proves_nothing(newsroom):
    newsroom.agree()
    newsroom.channel(kind="node", address="https://val.example")
    order.start_epoch(newsroom.conn, "restored")
    newsroom.filed(copy())
    assert not _receipt(newsroom, name=_as_read(newsroom, epoch=1))
    assert _receipt(newsroom, name=_as_read(newsroom, epoch=3))


def test_a_node_that_has_read_our_feed_says_nothing_of_the_partners_other_channels(waiting):
    assert not _receipt(waiting, name=_as_read(waiting))
    assert len(waiting.deliver()) == 1


def test_the_receipts_of_a_kill_are_counted(newsroom):
    newsroom.agree("VAL")
    newsroom.agree("MER")
    newsroom.channel("VAL")
    newsroom.channel("MER")
    newsroom.filed(copy())
    newsroom.deliver()
    newsroom.filed(tombstone(copy(version="2")))
    number = newsroom.item().item_id
    newsroom.deliver()
    assert deliveries.kill_count(newsroom.conn, number) == deliveries.KillCount(2, 0)
    kill = next(d for d in deliveries.deliveries(newsroom.conn, agency="MER") if d.act == "kill")
    deliveries.receipted(newsroom.conn, kill.id, "MER", outcome="stored", act="kill", detail="", at=_in(-HOUR))
    assert deliveries.kill_count(newsroom.conn, number) == deliveries.KillCount(2, 1)
