"""The desk's acts on copy: each a version, one person holds, two people kill."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from dragoman.desk import copy as desk
from dragoman.desk.copy import Changes
from dragoman.model.errors import BadInput, Conflict, DragomanError, Gone, Refused
from dragoman.store import audit, filing, items
from dragoman.store.identity import next_version
from newsdesk import copy


@pytest.fixture
def wire(newsroom):
    """An item of ours that VAL has, by one channel."""
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    newsroom.deliver()
    return newsroom


@pytest.fixture
def relayed(newsroom):
    """An item of Oriel's, given on to VAL."""
    newsroom.agree(newsroom.home, giver="ORI", onward=True)
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy("ori:1"), origin="ORI")
    newsroom.deliver()
    return newsroom


def _do(room, act, *words, uri="adr:bridge", by="leyla"):
    return getattr(desk, act)(room.conn, uri, *words, by=by, now=datetime.now(UTC))


# ---------------------------------------------------------------------------------------------- correct


def test_a_correction_is_a_new_version_that_says_what_was_wrong_and_goes_to_those_who_have_the_copy(wire):
    _do(wire, "correct", Changes(headline="The bridge closes"), "It was the other way round.")
    found = wire.item()
    assert (found.item.version, found.item.headline, found.by) == ("2", "The bridge closes", "leyla")
    said = found.item.ours.correction
    assert (said.kind, said.reason, said.replaces) == ("correction", "It was the other way round.", "1")
    assert [a.act for a in wire.deliver()] == ["correct"]
    assert audit.entries(wire.conn, about="adr:bridge")[0].detail["reason"] == "It was the other way round."


def test_a_correction_changes_what_it_names_and_nothing_else(wire):
    _do(wire, "correct", Changes(text="First.\n\nSecond & last."), "The text was another item's.")
    item = wire.item().item
    assert item.bodies[0].value == "<p>First.</p>\n<p>Second &amp; last.</p>"
    assert item.headline == "Bridge, version 1"
    _do(wire, "correct", Changes(slugline="bridge-3", urgency=2, ed_note="Note"), "The urgency.")
    item = wire.item().item
    assert (item.slugline, item.urgency, item.ed_note, item.version) == ("bridge-3", 2, "Note", "3")


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 1_001])
def test_what_was_wrong_has_to_be_said_and_in_a_sentence(wire, reason):
    with pytest.raises(BadInput):
        _do(wire, "correct", Changes(headline="Another"), reason)
    assert wire.item().count == 1


@pytest.mark.parametrize("changes", [Changes(), Changes(headline="Bridge, version 1")])
def test_a_correction_that_changes_nothing_is_none(wire, changes):
    with pytest.raises(BadInput, match="Nothing"):
        _do(wire, "correct", changes, "I was told to.")


def test_copy_of_another_origin_is_not_ours_to_correct_or_to_kill(relayed):
    for act, words in (("correct", (Changes(headline="Ours now"), "The year.")), ("kill", ("Libel.",))):
        with pytest.raises(Refused, match="Only ORI"):
            _do(relayed, act, *words, uri="ori:1")
    assert relayed.item("ori:1", "ORI").state == "usable"


def test_a_correction_counts_as_newer_though_the_version_before_came_from_the_future(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy(version_created=datetime.now(UTC) + timedelta(hours=2)))
    done = _do(newsroom, "correct", Changes(headline="The bridge closes"), "It was the other way round.")
    assert newsroom.item().version.sequence == done.sequence
    assert [a.sequence for a in newsroom.deliver()] == [done.sequence]


def test_two_who_correct_at_once_both_have_their_change(wire):
    errors: list[BaseException] = []
    ready = threading.Barrier(2)

    def work(changes: Changes, by: str) -> None:
        try:
            with wire.beside() as room:
                ready.wait(10)
                _do(room, "correct", changes, "It was wrong.", by=by)
        except BaseException as error:
            errors.append(error)

    threads = [
        threading.Thread(target=work, args=(changes, by))
        for changes, by in ((Changes(headline="The bridge closes"), "leyla"), (Changes(slugline="bridge"), "rustam"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []
    item = wire.item().item
    assert (item.headline, item.slugline, item.version) == ("The bridge closes", "bridge", "3")


# ---------------------------------------------------------------------------------------------- hold and release


def test_one_person_holds_and_the_text_is_gone_everywhere_at_once(wire):
    _do(wire, "hold", "A name may be wrong.")
    found = wire.item()
    assert (found.state, found.held_by, found.item.bodies) == ("held", "ADR", ())
    assert wire.seen_by("VAL") == [("adr:bridge", "hold", "")]
    assert [a.act for a in wire.deliver()] == ["hold"]


def test_a_release_gives_the_text_again_to_those_who_were_told_to_hold_it(wire):
    _do(wire, "hold", "A name may be wrong.")
    wire.deliver()
    _do(wire, "release", "The name is right.")
    assert [a.act for a in wire.deliver()] == ["release"]
    assert wire.seen_by("VAL") == [("adr:bridge", "release", "<p>The old bridge reopens.</p>")]
    assert wire.item().item.pub_status == "usable"


def test_copy_corrected_while_it_is_held_is_released_as_corrected(wire):
    _do(wire, "hold", "A name may be wrong.")
    _do(wire, "correct", Changes(text="The new bridge reopens."), "The name.")
    assert wire.item().state == "held"
    assert [a.act for a in wire.deliver()] == ["hold"]
    _do(wire, "release", "The name is right now.")
    wire.deliver()
    assert wire.seen_by("VAL") == [("adr:bridge", "release", "<p>The new bridge reopens.</p>")]


def test_what_is_held_is_not_held_again_and_what_is_not_is_not_released(wire):
    with pytest.raises(Conflict):
        _do(wire, "release", "Why not.")
    _do(wire, "hold", "A name may be wrong.")
    with pytest.raises(Conflict):
        _do(wire, "hold", "A name may be wrong.")


def test_partners_copy_held_by_us_is_held_at_those_we_gave_it_to_and_released_by_us(relayed):
    _do(relayed, "hold", "We doubt it.", uri="ori:1")
    assert [a.act for a in relayed.deliver()] == ["hold"]
    _do(relayed, "release", "It is true.", uri="ori:1")
    assert [a.act for a in relayed.deliver()] == ["release"]


def test_what_a_partner_holds_only_the_partner_releases(relayed):
    relayed.filed(copy("ori:1", version="2", pub_status="withheld"), origin="ORI")
    with pytest.raises(Refused, match="ORI holds it"):
        _do(relayed, "release", "We need it.", uri="ori:1")


def test_an_origins_version_made_before_our_hold_but_arriving_after_it_is_not_lost(relayed):
    made = datetime.now(UTC)
    relayed.filed(copy("ori:2", version_created=made - timedelta(minutes=5)), origin="ORI")
    _do(relayed, "hold", "We doubt it.", uri="ori:2")
    relayed.filed(
        copy("ori:2", version="2", version_created=made - timedelta(minutes=1), text="They amended it."), origin="ORI"
    )
    _do(relayed, "release", "It is true.", uri="ori:2")
    assert relayed.item("ori:2", "ORI").item.bodies[0].value == "<p>They amended it.</p>"
    later = relayed.filed(copy("ori:2", version="3", version_created=made - timedelta(seconds=30)), origin="ORI")
    assert relayed.item("ori:2", "ORI").version.sequence == later


def test_an_embargo_holds_through_hold_and_release(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy(embargoed_until=datetime.now(UTC) + timedelta(hours=1)))
    _do(newsroom, "hold", "A name may be wrong.")
    _do(newsroom, "release", "The name is right.")
    assert newsroom.deliver() == []
    assert newsroom.seen_by("VAL") == []


# ---------------------------------------------------------------------------------------------- kill


def test_a_kill_needs_two_people_and_holds_in_between(wire):
    first = _do(wire, "kill", "Libel.", by="leyla")
    assert (first.act, "second person" in first.waits_for) == ("hold", True)
    found = wire.item()
    assert (found.state, found.kill_requested_by) == ("held", "leyla")
    assert [a.act for a in wire.deliver()] == ["hold"]
    with pytest.raises(Refused, match="second person"):
        _do(wire, "kill", "Libel.", by="leyla")
    second = _do(wire, "kill", "Libel, agreed.", by="rustam")
    assert (second.act, second.waits_for) == ("kill", "")
    found = wire.item()
    assert (found.state, found.kill_requested_by, found.item.pub_status) == ("killed", "", "canceled")
    assert [a.act for a in wire.deliver()] == ["kill"]
    assert wire.seen_by("VAL") == [("adr:bridge", "kill", "")]


def test_a_kill_asked_for_while_it_is_held_is_confirmed_by_another(wire):
    _do(wire, "hold", "A name may be wrong.", by="leyla")
    _do(wire, "kill", "It is wrong.", by="leyla")
    assert wire.item().count == 2
    assert _do(wire, "kill", "It is wrong.", by="rustam").act == "kill"


def test_a_release_takes_a_kill_that_was_asked_for_back(wire):
    _do(wire, "kill", "Libel.", by="leyla")
    _do(wire, "release", "It is not.", by="rustam")
    assert wire.item().kill_requested_by == ""
    assert _do(wire, "kill", "It is, after all.", by="rustam").act == "hold"


def test_two_who_ask_for_a_kill_at_once_make_one(wire):
    outcomes: list[object] = []
    ready = threading.Barrier(2)

    def work(by: str) -> None:
        with wire.beside() as room:
            ready.wait(10)
            try:
                outcomes.append(_do(room, "kill", "Libel.", by=by).act)
            except DragomanError as error:
                outcomes.append(error)

    threads = [threading.Thread(target=work, args=(by,)) for by in ("leyla", "rustam")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(map(str, outcomes)) == ["hold", "kill"]
    assert wire.item().state == "killed"


def test_what_a_bureau_sends_while_a_kill_waits_for_its_second_person_does_not_free_the_item(wire):
    _do(wire, "kill", "Libel.", by="leyla")
    with wire.conn.transaction():
        filing.file(
            wire.conn,
            [filing.Filing(item=copy(version="9"), origin="ADR", agency="ADR", received=datetime.now(UTC), arrival=1)],
            datetime.now(UTC),
        )
    assert wire.item().state == "held"
    assert [a.act for a in wire.deliver()] == ["hold"]
    assert _do(wire, "kill", "Libel.", by="rustam").act == "kill"


def test_a_killed_item_cannot_be_corrected_released_held_or_killed_again(wire):
    for by in ("leyla", "rustam"):
        _do(wire, "kill", "Libel.", by=by)
    for act, words, error in (
        ("correct", (Changes(headline="Softer"), "The year."), Gone),
        ("hold", ("Why not.",), Conflict),
        ("release", ("Why not.",), Conflict),
        ("kill", ("Why not.",), Conflict),
    ):
        with pytest.raises(error):
            _do(wire, act, *words)


@pytest.mark.parametrize(
    ("version", "following"), [("1", "2"), ("9", "10"), ("", "+ADR1"), ("a", "a+ADR1"), ("a+ADR1", "a+ADR2")]
)
def test_the_next_version_of_ours_follows_the_last(newsroom, version, following):
    newsroom.filed(copy(version=version))
    assert next_version(newsroom.item().item.version, "ADR", "ADR") == following


@pytest.mark.parametrize(
    ("version", "following"), [("1", "1+ADR1"), ("1+ADR1", "1+ADR2"), ("1+ADRx", "1+ADRx+ADR1"), ("", "+ADR1")]
)
def test_our_mark_on_anothers_copy_never_takes_the_origins_next_number(newsroom, version, following):
    newsroom.filed(copy("ori:1", version=version), origin="ORI")
    assert next_version(newsroom.item("ori:1", "ORI").item.version, "ORI", "ADR") == following


def test_a_rolled_back_act_leaves_nothing(wire):
    with wire.conn.transaction(force_rollback=True):
        _do(wire, "hold", "A name may be wrong.")
    assert wire.item().state == "usable"
    assert items.usable_item(wire.conn, wire.item()).version == "1"
    assert wire.deliver() == []
