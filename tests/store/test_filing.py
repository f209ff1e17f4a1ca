"""Filing: what becomes of a version, who gets it, and how far a kill reaches."""

import itertools
import threading
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from dragoman.model.agency import Agency
from dragoman.model.errors import NotFound
from dragoman.model.item import Correction, Hop, Profile
from dragoman.store import agencies, connect, filing, items, release
from dragoman.store.filing import Filing
from newsdesk import copy, tombstone

HOUR = timedelta(hours=1)


# ---------------------------------------------------------------------------------------------- what becomes of it


def test_a_new_version_is_stored_the_same_again_is_a_duplicate(newsroom):
    assert newsroom.file(copy())[0].state == "stored"
    again = newsroom.file(copy())[0]
    assert (again.state, again.sequence) == ("duplicate", None)
    assert newsroom.item().count == 1


def test_twice_the_same_version_in_one_batch_is_stored_once(newsroom):
    assert [f.state for f in newsroom.file(copy(), copy())] == ["stored", "duplicate"]


def test_of_two_versions_in_one_batch_only_the_newer_goes_out(newsroom):
    newsroom.agree()
    newsroom.channel()
    first, second = newsroom.file(copy(version="1"), copy(version="2"))
    assert (first.state, second.state, second.act) == ("stored", "stored", "update")
    assert [a.sequence for a in newsroom.deliver()] == [second.sequence]
    assert newsroom.item().version.sequence == second.sequence


def test_an_older_version_that_comes_late_is_kept_and_goes_nowhere(newsroom):
    newsroom.agree()
    newsroom.channel()
    newest = newsroom.filed(copy(version="1.10"))
    late = newsroom.filed(copy(version="1.9"))
    assert newsroom.item().version.sequence == newest
    assert [a.sequence for a in newsroom.deliver()] == [newest]
    assert items.rights(newsroom.conn, late) == []


def test_the_text_to_go_on_from_is_the_newest_versions_not_the_latest_comers(newsroom):
    newsroom.filed(copy(version="2", text="Two are open."))
    newsroom.filed(copy(version="1", text="One is open."))
    text = items.usable_item(newsroom.conn, newsroom.item()).bodies[0].value
    assert text == "<p>Two are open.</p>"


def test_the_same_version_with_other_words_is_a_silent_correction_visible_and_sent(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    silent = newsroom.filed(copy(text="The new bridge reopens."))
    found = newsroom.item()
    assert (found.version.sequence, found.silent, found.count) == (silent, True, 2)
    assert [a.sequence for a in newsroom.deliver()] == [silent]


def test_a_silent_correction_of_a_replaced_version_does_not_come_back_over_the_newer_one(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy(version="1"))
    newest = newsroom.filed(copy(version="2"))
    stray = newsroom.filed(copy(version="1", text="Another first version."))
    assert newsroom.item().version.sequence == newest
    assert items.version(newsroom.conn, stray).silent
    assert [a.sequence for a in newsroom.deliver()] == [newest]


def test_the_same_version_by_another_road_is_a_duplicate_not_a_request_to_a_person(newsroom):
    newsroom.filed(copy("ori:1"), origin="ORI")
    relayed = copy("ori:1", usage_terms="For internal use only.", copyright_holder="Oriel Agency")
    relayed = msgspec.structs.replace(relayed, dragoman=Profile(origin="ORI", hops=(Hop(agency="MER"),)))
    assert newsroom.file(relayed, origin="ORI", agency="MER")[0].state == "duplicate"
    assert items.hold_requests(newsroom.conn) == []


STEPS = {
    "v1": (copy(version="1", text="The span is 200 metres."), None),
    "v2": (
        copy(
            version="2",
            text="The span is 210 metres.",
            dragoman=Profile(correction=Correction(kind="correction", reason="the span")),
        ),
        None,
    ),
    "v3": (copy(version="3", text="The span, 210 metres, was tested."), None),
    "kill": (tombstone(copy(version="4")), None),
}


def test_whatever_order_two_versions_an_update_and_a_kill_come_in_the_end_is_the_same(newsroom):
    newsroom.agree()
    newsroom.channel()
    for number, order in enumerate(itertools.permutations(STEPS)):
        uri, gave_text = f"adr:order-{number}", False
        for step in order:
            one, act = STEPS[step]
            newsroom.file(msgspec.structs.replace(one, uri=uri), act=act)
            attempts = newsroom.deliver()
            killed = "kill" in order[: order.index(step) + 1]
            assert not (killed and any(a.act != "kill" for a in attempts)), order
            gave_text = gave_text or bool(attempts)
        found = newsroom.item(uri)
        assert (found.state, found.version.act, found.version.item.bodies) == ("killed", "kill", ()), order
        seen = [entry for entry in newsroom.seen_by("VAL") if entry[0] == uri]
        assert seen == ([(uri, "kill", "")] if gave_text else []), order


def test_a_kill_that_comes_before_the_copy_keeps_it_from_everyone(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(tombstone(copy(version="2")))
    late = newsroom.file(copy(version="1"))[0]
    assert late.state == "parked"
    assert late.problem.type.endswith("after-a-kill")
    assert newsroom.deliver() == []
    assert newsroom.seen_by("VAL") == []


def test_a_kill_before_its_copy_in_one_batch_keeps_it_from_everyone(newsroom):
    newsroom.agree()
    newsroom.channel()
    assert [f.state for f in newsroom.file(tombstone(copy(version="2")), copy(version="1"))] == ["stored", "parked"]
    assert newsroom.deliver() == []


def test_nothing_newer_is_taken_after_a_kill_and_what_came_is_said_to_be_kept(newsroom):
    newsroom.filed(copy())
    newsroom.filed(tombstone(copy(version="2")))
    outcome = newsroom.file(copy(version="3"))[0]
    assert (outcome.state, outcome.problem.kept) == ("parked", "The bytes.")
    assert newsroom.item().state == "killed"


def test_a_second_kill_is_told_to_nobody_again_and_a_kill_pending_still_arrives(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    newsroom.deliver()
    newsroom.filed(tombstone(copy(version="2")))
    newsroom.filed(tombstone(copy(version="3")))
    assert [a.act for a in newsroom.deliver()] == ["kill"]


def test_an_origin_nobody_knows_is_a_fault_of_the_caller_and_files_nothing(newsroom):
    with pytest.raises(KeyError):
        newsroom.file(copy(), origin="NOBODY")
    assert newsroom.one("select count(*) from item") == 0


# ---------------------------------------------------------------------------------------------- whose word counts


@pytest.mark.parametrize("act", ["kill", "hold", "correct", "update"])
def test_only_the_origin_may_change_its_copy_anyone_else_asks_a_person(newsroom, act):
    newsroom.agree()
    newsroom.channel()
    newsroom.agree(newsroom.home, giver="ORI", onward=True)
    newsroom.filed(copy("ori:1"), origin="ORI")
    newsroom.deliver()
    outcome = newsroom.file(copy("ori:1", version="2", ed_note="They say so."), origin="ORI", agency="MER", act=act)[0]
    assert (outcome.state, outcome.problem.status) == ("refused", 403)
    asked = items.hold_requests(newsroom.conn)
    assert [(r.agency, r.origin, r.act, r.reason) for r in asked] == [("MER", "ORI", act, "They say so.")]
    assert newsroom.item("ori:1", "ORI").state == "usable"
    assert newsroom.deliver() == []


def test_a_kill_of_copy_we_never_had_by_a_stranger_to_it_is_a_request(newsroom):
    outcome = newsroom.file(tombstone(copy("ori:unknown")), origin="ORI", agency="MER")[0]
    assert outcome.state == "refused"
    assert [r.uri for r in items.hold_requests(newsroom.conn)] == ["ori:unknown"]
    assert newsroom.file(copy("ori:unknown"), origin="ORI")[0].state == "stored"


def test_a_relay_named_in_an_agreement_may_correct_and_kill_for_its_origin(newsroom):
    newsroom.agree(newsroom.home, giver="MER", relays=("ORI",))
    newsroom.filed(copy("ori:1"), origin="ORI", agency="MER")
    assert newsroom.file(copy("ori:1", version="2"), origin="ORI", agency="MER", act="correct")[0].state == "stored"
    assert newsroom.file(tombstone(copy("ori:1", version="3")), origin="ORI", agency="MER")[0].state == "stored"
    assert newsroom.item("ori:1", "ORI").state == "killed"


def test_the_same_id_of_two_origins_is_two_items(newsroom):
    newsroom.filed(copy("tag:1"))
    newsroom.filed(copy("tag:1"), origin="ORI")
    with pytest.raises(NotFound):
        items.find(newsroom.conn, "tag:1")
    assert newsroom.item("tag:1").item_id != newsroom.item("tag:1", "ORI").item_id


# ---------------------------------------------------------------------------------------------- who is owed it


def test_copy_of_another_origin_does_not_return_to_those_it_passed_through(newsroom):
    newsroom.agree(newsroom.home, giver="MER", onward=True)
    for taker in ("VAL", "MER", "ORI"):
        newsroom.agree(taker)
        newsroom.channel(taker)
    relayed = copy("ori:1", dragoman=Profile(origin="ORI", hops=(Hop(agency="ORI"), Hop(agency="MER"))))
    newsroom.filed(relayed, origin="ORI", agency="MER")
    assert [a.partner for a in newsroom.deliver()] == ["VAL"]


def test_copy_given_to_us_without_onward_use_stays_with_us(newsroom):
    newsroom.agree(newsroom.home, giver="ORI")
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy("ori:1"), origin="ORI")
    assert newsroom.deliver() == []


def test_a_daily_quota_holds_within_a_batch_and_across_batches_and_updates_do_not_count(newsroom):
    newsroom.agree(daily_quota=3)
    newsroom.channel()
    newsroom.file(*(copy(f"adr:{n}") for n in range(2)))
    newsroom.file(*(copy(f"adr:{n}") for n in range(2, 5)))
    newsroom.file(*(copy(f"adr:{n}", version="2") for n in range(5)))
    granted = newsroom.rows(
        "select i.uri, v.version from item_grant g join version v using (sequence) join item i on i.id = v.item order by g.sequence"
    )
    assert granted == [(f"adr:{n}", word) for word in ("1", "2") for n in range(3)]
    assert newsroom.one("select used from quota_used") == 3


def test_a_quota_begins_anew_the_next_day(newsroom):
    newsroom.agree(daily_quota=1)
    today = datetime.now(UTC)
    newsroom.filed(copy("adr:1"), now=today - timedelta(days=1))
    newsroom.filed(copy("adr:2"), now=today)
    newsroom.filed(copy("adr:3"), now=today)
    assert newsroom.one("select count(*) from item_grant") == 2


def test_an_agreed_delay_is_kept_and_an_update_does_not_start_it_anew(newsroom):
    newsroom.agree(delay_s=3600)
    newsroom.channel()
    newsroom.filed(copy())
    assert release.lift(newsroom.conn) == 0
    newsroom.pass_time(timedelta(minutes=40))
    second = newsroom.filed(copy(version="2"))
    assert newsroom.deliver() == []
    newsroom.pass_time(timedelta(minutes=21))
    assert release.lift(newsroom.conn) == 1
    assert [a.sequence for a in newsroom.deliver()] == [second]


# ---------------------------------------------------------------------------------------------- hold, release, kill


def test_an_update_takes_the_place_of_what_is_still_waiting(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    newsroom.filed(copy(version="2"))
    assert newsroom.states() == [("publish", "superseded"), ("update", "pending")]
    assert [a.act for a in newsroom.deliver()] == ["update"]
    assert newsroom.seen_by("VAL") == [("adr:bridge", "update", "<p>The old bridge reopens.</p>")]


def test_a_kill_cancels_what_waits_and_follows_what_is_under_way_on_the_same_channel(newsroom):
    newsroom.agree()
    lane = newsroom.channel()
    newsroom.filed(copy())
    under_way = newsroom.lanes()
    newsroom.filed(copy(version="2"))
    killed = newsroom.filed(tombstone(copy(version="3")))
    assert newsroom.states() == [("publish", "leased"), ("update", "cancelled"), ("kill", "pending")]
    assert newsroom.deliver() == []  # of one item one version is under way: the kill waits for the attempt
    newsroom.finish(under_way)
    newsroom.pass_time(timedelta(milliseconds=50))
    assert [(a.channel, a.sequence, a.act) for a in newsroom.deliver()] == [(lane, killed, "kill")]


def test_an_attempt_that_failed_while_a_kill_came_is_not_tried_again_and_the_kill_goes_at_once(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    under_way = newsroom.lanes()
    killed = newsroom.filed(tombstone(copy(version="2")))
    later = datetime.now(UTC) + HOUR
    newsroom.finish(under_way, "retry", due=later, rest=later)
    assert [a.sequence for a in newsroom.deliver()] == [killed]
    newsroom.pass_time(2 * HOUR)
    assert newsroom.deliver() == []
    assert newsroom.states() == [("publish", "cancelled"), ("kill", "sent")]


def test_a_kill_reaches_every_channel_of_everyone_who_got_the_copy_and_nobody_else(newsroom):
    for taker in ("VAL", "MER"):
        newsroom.agree(taker)
    had = [newsroom.channel("VAL"), newsroom.channel("VAL"), newsroom.channel("MER")]
    newsroom.filed(copy())
    newsroom.deliver()
    newsroom.agree("ORI")
    newsroom.channel("ORI")
    newsroom.filed(tombstone(copy(version="2")))
    assert sorted(a.channel for a in newsroom.deliver()) == sorted(had)
    assert [act for _, act, _ in newsroom.seen_by("VAL") + newsroom.seen_by("MER")] == ["kill", "kill"]
    assert newsroom.seen_by("ORI") == []


def test_a_kill_carries_no_word_of_the_text_and_leaves_none_to_be_read(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy(text="Wrong from beginning to end."))
    newsroom.filed(copy(version="2", text="Still wrong."))
    killed = copy(version="3", text="Killed, but somebody left the text in.", pub_status="canceled")
    newsroom.filed(killed)
    attempt = newsroom.deliver()[-1]
    assert b"rong" not in attempt.payload
    assert b"left the text in" not in attempt.payload
    assert all(not version.item.bodies for version in items.versions(newsroom.conn, newsroom.item().item_id))
    with newsroom.as_partner("VAL") as conn:
        assert all(b"rong" not in row[0] for row in conn.execute("select item from payload"))


def test_copy_held_by_its_origin_comes_back_when_the_origin_sends_it_again(newsroom):
    newsroom.agree(newsroom.home, giver="ORI", onward=True)
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy("ori:1"), origin="ORI")
    newsroom.deliver()
    newsroom.filed(tombstone(copy("ori:1", version="2"), pub_status="withheld"), origin="ORI")
    assert [a.act for a in newsroom.deliver()] == ["hold"]
    assert newsroom.seen_by("VAL") == [("ori:1", "hold", "")]
    newsroom.filed(copy("ori:1", version="3"), origin="ORI")
    assert [a.act for a in newsroom.deliver()] == ["release"]
    assert newsroom.seen_by("VAL") == [("ori:1", "release", "<p>The old bridge reopens.</p>")]


@pytest.mark.parametrize("declared", [None, "update", "release"])
def test_what_we_hold_the_origins_next_version_does_not_let_go(newsroom, declared):
    newsroom.agree(newsroom.home, giver="ORI", onward=True)
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy("ori:1"), origin="ORI")
    newsroom.deliver()
    newsroom.filed(copy("ori:1", version="1+ADR1"), origin="ORI", agency="ADR", act="hold")
    newsroom.filed(copy("ori:1", version="2"), origin="ORI", act=declared)
    found = newsroom.item("ori:1", "ORI")
    assert (found.state, found.held_by) == ("held", "ADR")
    assert [a.act for a in newsroom.deliver()] == ["hold"]  # and the hold that waited still goes out
    assert [act for _, act, _ in newsroom.seen_by("VAL")] == ["hold"]


def test_an_update_of_copy_its_origin_holds_waits_behind_the_hold(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    newsroom.deliver()
    newsroom.filed(copy(version="2"), act="hold")
    newsroom.filed(copy(version="3", text="Amended while held."), act="correct")
    assert newsroom.item().state == "held"
    assert [a.act for a in newsroom.deliver()] == ["hold"]
    newsroom.filed(copy(version="4", text="Amended while held."), act="release")
    assert [a.act for a in newsroom.deliver()] == ["release"]


def test_hold_and_release_before_anything_was_sent_leave_one_delivery(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    newsroom.filed(copy(version="2"), act="hold")
    newsroom.filed(copy(version="3"), act="release")
    assert [a.act for a in newsroom.deliver()] == ["release"]


def test_a_kill_after_the_agreement_ended_still_reaches_those_who_have_the_copy(newsroom):
    deal = newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    newsroom.deliver()
    newsroom.end(deal)
    newsroom.filed(copy(version="2"))
    assert newsroom.deliver() == []
    newsroom.filed(tombstone(copy(version="3")))
    assert [a.act for a in newsroom.deliver()] == ["kill"]


def test_the_holders_are_known_though_the_clocks_of_two_hosts_differ(newsroom):
    newsroom.agree(content="bridge")
    newsroom.channel()
    ahead = datetime.now(UTC)
    newsroom.filed(copy(), now=ahead)
    newsroom.deliver()
    behind = ahead - timedelta(seconds=2)
    newsroom.filed(copy(version="2", headlines=(), text="Nothing the agreement asks for."), now=behind)
    assert [a.act for a in newsroom.deliver()] == ["update"]
    newsroom.filed(tombstone(copy(version="3")), now=behind)
    assert [a.act for a in newsroom.deliver()] == ["kill"]


# ---------------------------------------------------------------------------------------------- side by side


def test_two_filers_of_the_same_items_in_opposite_order_both_come_through(newsroom):
    newsroom.agree()
    newsroom.channel()
    errors: list[BaseException] = []
    ready = threading.Barrier(2)

    def work(word: str, step: int) -> None:
        try:
            with connect.connect(newsroom.database.newsroom) as conn:
                ready.wait(10)
                for number in range(20):
                    copies = [copy(f"adr:{n}", version=f"{number}.{word}") for n in range(10)][::step]
                    now = datetime.now(UTC)
                    with conn.transaction():
                        filing.file(
                            conn, [Filing(item=c, origin="ADR", agency="ADR", received=now) for c in copies], now
                        )
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(word, step)) for word, step in (("1", 1), ("2", -1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    current = newsroom.rows("select uri, current_version from item order by uri")
    assert current == [(f"adr:{n}", "19.2") for n in range(10)]
    assert newsroom.one("select count(*) from delivery where state in ('pending')") == 10


def test_an_agreement_made_while_the_book_is_open_counts_for_the_next_batch(newsroom):
    newsroom.filed(copy("adr:1"))
    newsroom.agree()
    newsroom.filed(copy("adr:2"))
    agencies.add_agency(newsroom.conn, Agency(code="NEW", name="Newcomer"))
    newsroom.filed(copy("new:1"), origin="NEW")
    assert newsroom.rows(
        "select i.uri from item_grant g join version v using (sequence) join item i on i.id = v.item"
    ) == [("adr:2",)]


def test_a_change_of_an_agreement_committed_late_is_noticed(newsroom):
    """Two changes overlap: the one begun first is committed last, and its time is the older of the two."""
    first, second = newsroom.agree("VAL"), newsroom.agree("MER")
    with connect.connect(newsroom.database.newsroom) as slow:
        with slow.transaction():
            slow.execute("update agreement set state = 'ended', changed = now() where id = %s", (first.id,))
            newsroom.end(second)
            newsroom.filed(copy("adr:1"))
        newsroom.filed(copy("adr:2"))
    assert (
        newsroom.rows(
            "select sequence from item_grant g join version v using (sequence) join item i on i.id = v.item where i.uri = 'adr:2'"
        )
        == []
    )


def test_a_stranger_that_published_under_an_agencys_name_stands_only_until_that_agency_speaks(newsroom):
    ahead = datetime.now(UTC) + timedelta(days=300)
    newsroom.filed(copy("ori:one", version_created=ahead), origin="ORI", agency="VAL")
    newsroom.filed(copy("ori:one", version="2", version_created=datetime.now(UTC)), origin="ORI", agency="ORI")
    assert newsroom.one("select current_version from item where uri = 'ori:one'") == "2"


def test_copy_that_two_agreements_give_is_given_once_and_keeps_to_the_one_it_began_under(newsroom):
    slow, quick = newsroom.agree("VAL", delay_s=3_600), newsroom.agree("VAL")
    first = newsroom.filed(copy("adr:bridge"))
    assert granted_under(newsroom, first) == [quick.id]
    with newsroom.as_owner() as owner:
        owner.execute("update item_grant set agreement = %s", (slow.id,))
    assert granted_under(newsroom, newsroom.filed(copy("adr:bridge", "2"))) == [slow.id]


def granted_under(newsroom, sequence: int) -> list[str]:
    return [row[0] for row in newsroom.rows("select agreement from item_grant where sequence = %s", sequence)]
