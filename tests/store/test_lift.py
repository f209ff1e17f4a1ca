"""Embargoes and delays that run out, and new terms: what changes without any new copy."""

import threading
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from dragoman.store import connect, deliveries, items, release
from newsdesk import copy, tombstone

HOUR = timedelta(hours=1)


def _in(span):
    return datetime.now(UTC) + span


# ---------------------------------------------------------------------------------------------- embargo


def test_embargoed_copy_waits_where_held_and_goes_marked_where_agreed_in_advance(newsroom):
    newsroom.agree("VAL")
    newsroom.agree("MER", embargo="advance")
    for taker in ("VAL", "MER"):
        newsroom.channel(taker)
    newsroom.filed(copy(embargoed_until=_in(HOUR)))
    ahead = newsroom.deliver()
    assert [(a.partner, a.advance) for a in ahead] == [("MER", True)]
    assert newsroom.seen_by("VAL") == []
    assert len(newsroom.seen_by("MER")) == 1
    assert release.lift(newsroom.conn) == 0
    newsroom.pass_time(HOUR)
    assert release.lift(newsroom.conn) == 1
    assert [(a.partner, a.advance) for a in newsroom.deliver()] == [("VAL", False)]
    assert len(newsroom.seen_by("VAL")) == 1
    assert release.lift(newsroom.conn) == 0


def test_an_embargo_is_never_lifted_before_the_databases_clock_says_so(newsroom):
    newsroom.agree()
    newsroom.channel()
    until = newsroom.now() + timedelta(milliseconds=300)
    newsroom.filed(copy(embargoed_until=until))
    lifted, attempts = 0, []
    while not (lifted or attempts):
        assert newsroom.now() < until + timedelta(seconds=5), "never lifted"
        seen = newsroom.seen_by("VAL")
        assert not seen or newsroom.now() >= until
        lifted, attempts = release.lift(newsroom.conn), newsroom.claim()
    assert newsroom.now() >= until
    assert len(attempts) == lifted == 1


def test_a_clock_of_ours_that_runs_ahead_does_not_open_an_embargo(newsroom):
    newsroom.agree()
    newsroom.channel()
    until = _in(HOUR)
    newsroom.filed(copy(embargoed_until=until), now=until + timedelta(seconds=1))
    assert newsroom.deliver() == []
    assert newsroom.seen_by("VAL") == []
    assert release.lift(newsroom.conn) == 0
    newsroom.pass_time(HOUR + timedelta(seconds=2))
    assert len(newsroom.deliver()) == 1


def test_what_was_lifted_keeps_its_order_and_has_its_place_behind_what_came_before(newsroom):
    newsroom.agree()
    newsroom.channel()
    for number in range(5):
        newsroom.filed(copy(f"adr:embargoed-{number}", embargoed_until=_in(HOUR)))
    newsroom.filed(copy("adr:now"))
    newsroom.pass_time(HOUR)
    assert release.lift(newsroom.conn) == 5
    assert [uri for uri, _, _ in newsroom.seen_by("VAL")] == ["adr:now", *(f"adr:embargoed-{n}" for n in range(5))]


def test_a_correction_under_embargo_takes_the_place_of_what_waits(newsroom):
    newsroom.agree()
    newsroom.channel()
    until = _in(HOUR)
    newsroom.filed(copy(embargoed_until=until))
    second = newsroom.filed(copy(version="2", embargoed_until=until), act="correct")
    newsroom.pass_time(HOUR)
    assert release.lift(newsroom.conn) == 1
    assert [a.sequence for a in newsroom.deliver()] == [second]


def test_a_kill_under_embargo_reaches_only_those_who_had_it_in_advance(newsroom):
    newsroom.agree("VAL")
    newsroom.agree("MER", embargo="advance")
    for taker in ("VAL", "MER"):
        newsroom.channel(taker)
    newsroom.filed(copy(embargoed_until=_in(HOUR)))
    newsroom.deliver()
    newsroom.filed(tombstone(copy(version="2")))
    assert [(a.partner, a.act) for a in newsroom.deliver()] == [("MER", "kill")]
    newsroom.pass_time(2 * HOUR)
    assert release.lift(newsroom.conn) == 0
    assert newsroom.deliver() == []
    assert newsroom.seen_by("VAL") == []


def test_a_kill_after_the_hour_but_before_the_lift_is_told_to_nobody_who_never_had_it(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy(embargoed_until=_in(HOUR)))
    newsroom.pass_time(2 * HOUR)
    newsroom.filed(tombstone(copy(version="2")))
    assert release.lift(newsroom.conn) == 0
    assert newsroom.deliver() == []
    assert newsroom.seen_by("VAL") == []


def test_an_embargo_moved_later_closes_what_waits_and_opens_at_the_new_hour(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy(embargoed_until=_in(HOUR)))
    second = newsroom.filed(copy(version="2", embargoed_until=_in(3 * HOUR)))
    newsroom.pass_time(2 * HOUR)
    assert release.lift(newsroom.conn) == 0
    assert newsroom.deliver() == []
    newsroom.pass_time(HOUR)
    assert release.lift(newsroom.conn) == 1
    assert [a.sequence for a in newsroom.deliver()] == [second]


def test_an_embargo_set_again_after_the_lift_closes_the_text_until_the_new_hour(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy(embargoed_until=_in(HOUR)))
    newsroom.pass_time(HOUR)
    release.lift(newsroom.conn)
    assert len(newsroom.seen_by("VAL")) == 1
    second = newsroom.filed(copy(version="2", embargoed_until=_in(HOUR)))
    assert newsroom.seen_by("VAL") == []
    assert newsroom.deliver() == []
    newsroom.pass_time(HOUR)
    assert release.lift(newsroom.conn) == 1
    assert [a.sequence for a in newsroom.deliver()] == [second]
    assert [act for _, act, _ in newsroom.seen_by("VAL")] == ["update"]


def test_an_embargo_moved_earlier_or_lifted_opens_at_once(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy(embargoed_until=_in(3 * HOUR)))
    newsroom.filed(copy(version="2"))
    assert [a.act for a in newsroom.deliver()] == ["update"]
    newsroom.pass_time(3 * HOUR)
    assert release.lift(newsroom.conn) == 0


def test_a_hold_under_embargo_stops_the_lift_and_a_release_waits_for_the_hour(newsroom):
    newsroom.agree()
    newsroom.channel()
    until = _in(HOUR)
    newsroom.filed(copy(embargoed_until=until))
    newsroom.filed(copy(version="2", embargoed_until=until), act="hold")
    newsroom.pass_time(HOUR)
    assert release.lift(newsroom.conn) == 0
    newsroom.filed(copy(version="3", embargoed_until=_in(HOUR)), act="release")
    assert newsroom.deliver() == []
    newsroom.pass_time(HOUR)
    assert release.lift(newsroom.conn) == 1
    assert [a.act for a in newsroom.deliver()] == ["release"]


def test_copy_embargoed_for_longer_than_five_days_is_not_too_old_when_its_hour_comes(newsroom):
    newsroom.agree()
    newsroom.channel()
    received = datetime.now(UTC) - timedelta(days=9)
    newsroom.filed(copy(embargoed_until=_in(HOUR)), now=received)
    newsroom.pass_time(HOUR)
    assert release.lift(newsroom.conn) == 1
    assert deliveries.expire(newsroom.conn) == 0
    attempt = newsroom.claim()[0]
    assert datetime.now(UTC) - attempt.due_since < timedelta(days=1)


def test_more_than_one_batch_lifts_in_turns(newsroom):
    newsroom.agree()
    newsroom.file(*(copy(f"adr:{n}", embargoed_until=_in(HOUR)) for n in range(release.LIFT_BATCH + 10)))
    newsroom.pass_time(HOUR)
    assert [release.lift(newsroom.conn) for _ in range(3)] == [release.LIFT_BATCH, 10, 0]


def test_lifting_and_filing_side_by_side_never_wait_for_each_other_in_a_ring(newsroom):
    newsroom.agree()
    newsroom.channel()
    uris = [f"adr:{n}" for n in range(30)]
    newsroom.file(*(copy(uri, embargoed_until=_in(HOUR)) for uri in uris))
    newsroom.pass_time(HOUR)
    errors: list[BaseException] = []
    lifted: list[int] = []
    done = threading.Event()

    def lift() -> None:
        try:
            with connect.connect(newsroom.database.newsroom) as conn:
                while not done.is_set():
                    lifted.append(release.lift(conn))
        except BaseException as error:
            errors.append(error)

    lifters = [threading.Thread(target=lift) for _ in range(2)]
    for thread in lifters:
        thread.start()
    for turn in range(2, 30):
        soon = newsroom.now() + timedelta(milliseconds=15)
        newsroom.file(*(copy(uri, version=str(turn), embargoed_until=soon) for uri in uris))
    newsroom.file(*(tombstone(copy(uri, version="99")) for uri in uris))
    done.set()
    for thread in lifters:
        thread.join(30)
    assert errors == []
    assert (
        newsroom.one(
            "select count(*) from (select channel, sequence from delivery group by 1, 2 having count(*) > 1) d"
        )
        == 0
    )
    assert {a.act for a in newsroom.deliver()} <= {"kill"}


# ---------------------------------------------------------------------------------------------- new terms


def test_narrower_terms_let_old_grants_count_again_only_once_they_are_matched_anew(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy("adr:en"))
    newsroom.filed(copy("adr:fr", language="fr"))
    newsroom.agree(revision=2, languages=("en",))
    assert newsroom.seen_by("VAL") == []
    assert newsroom.deliver() == []
    assert release.rematch(newsroom.conn, datetime.now(UTC)) == 1
    assert [uri for uri, _, _ in newsroom.seen_by("VAL")] == ["adr:en"]
    newsroom.pass_time(timedelta(seconds=2))
    assert [a.sequence for a in newsroom.deliver()] == [newsroom.item("adr:en").version.sequence]
    assert newsroom.states() == [("publish", "sent"), ("publish", "cancelled")]
    assert release.rematch(newsroom.conn, datetime.now(UTC)) == 0


def test_what_narrower_terms_no_longer_give_is_cancelled_where_it_waits(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy(language="fr"))
    newsroom.agree(revision=2, languages=("en",))
    release.rematch(newsroom.conn, datetime.now(UTC))
    assert newsroom.deliver() == []
    assert newsroom.states() == [("publish", "cancelled")]


def test_a_follower_who_read_on_while_grants_did_not_count_sees_them_at_a_new_place(newsroom):
    newsroom.agree()
    newsroom.filed(copy("adr:en"))
    newsroom.agree(revision=2, languages=("en", "fr"))
    newsroom.filed(copy("adr:later", language="fr"))
    with newsroom.as_partner("VAL") as conn:
        read_to = conn.execute("select max(position) from partner_change").fetchone()[0]
    release.rematch(newsroom.conn, datetime.now(UTC))
    with newsroom.as_partner("VAL") as conn:
        found = conn.execute("select uri from partner_change where position > %s", (read_to,)).fetchall()
    assert found == [("adr:en",)]


def test_wider_terms_leave_old_grants_counting_all_the_while(newsroom):
    newsroom.agree(languages=("en",))
    newsroom.channel()
    newsroom.filed(copy())
    newsroom.agree(revision=2)
    assert len(newsroom.seen_by("VAL")) == 1
    assert len(newsroom.deliver()) == 1
    release.rematch(newsroom.conn, datetime.now(UTC))
    assert len(newsroom.seen_by("VAL")) == 1


def test_wider_and_then_narrower_terms_are_judged_step_by_step(newsroom):
    newsroom.agree(languages=("en", "fr"))
    newsroom.filed(copy())
    newsroom.agree(revision=2)
    newsroom.agree(revision=3, languages=("fr",))
    release.rematch(newsroom.conn, datetime.now(UTC))
    assert newsroom.seen_by("VAL") == []


def test_embargoed_copy_waits_through_a_narrower_revision_and_is_lifted_under_it(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy("adr:en", embargoed_until=_in(HOUR)))
    newsroom.filed(copy("adr:fr", language="fr", embargoed_until=_in(HOUR)))
    newsroom.agree(revision=2, languages=("en",))
    newsroom.pass_time(HOUR)
    assert release.lift(newsroom.conn) == 0
    release.rematch(newsroom.conn, datetime.now(UTC))
    assert release.lift(newsroom.conn) == 1
    assert [a.sequence for a in newsroom.deliver()] == [newsroom.item("adr:en").version.sequence]


def test_two_revisions_in_force_one_after_the_other_do_not_take_back_what_the_second_gives(newsroom):
    newsroom.agree()
    newsroom.agree(revision=2)
    newsroom.channel()
    newsroom.filed(copy(embargoed_until=_in(HOUR)))
    release.rematch(newsroom.conn, datetime.now(UTC))
    newsroom.pass_time(HOUR)
    assert release.lift(newsroom.conn) == 1
    assert len(newsroom.deliver()) == 1


def test_the_end_of_an_agreement_takes_back_what_waits_for_its_hour(newsroom):
    deal = newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy(embargoed_until=_in(HOUR)))
    newsroom.end(deal)
    assert release.rematch(newsroom.conn, datetime.now(UTC)) == 1
    newsroom.pass_time(HOUR)
    assert release.lift(newsroom.conn) == 0
    assert items.rights(newsroom.conn, newsroom.item().version.sequence)[0].withdrawn is not None


def test_the_end_of_an_agreement_before_it_is_looked_at_lifts_nothing(newsroom):
    deal = newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy(embargoed_until=_in(HOUR)))
    newsroom.end(deal)
    newsroom.pass_time(HOUR)
    assert release.lift(newsroom.conn) == 0
    assert newsroom.seen_by("VAL") == []


@pytest.mark.parametrize("change", [{"valid_until": True}, {"state": "ended"}], ids=["its day has come", "ended"])
def test_copy_of_an_agreement_that_is_over_is_closed_to_the_partner(newsroom, change):
    deal = newsroom.agree(valid_until=_in(HOUR) if "valid_until" in change else None)
    newsroom.filed(copy())
    assert len(newsroom.seen_by("VAL")) == 1
    if "valid_until" in change:
        newsroom.pass_time(HOUR)
    else:
        newsroom.end(msgspec.structs.replace(deal))
    assert newsroom.seen_by("VAL") == []
