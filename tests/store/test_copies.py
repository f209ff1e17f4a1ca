"""The same words by another road: filed, marked, and sent to nobody twice; nothing swallowed that is news to whoever has them."""

import threading
from datetime import timedelta

import pytest

from dragoman.desk import versions
from dragoman.desk.agreements import explain
from dragoman.desk.copy import hold
from dragoman.model.errors import NotFound
from dragoman.model.item import Body, Correction, Dateline, Headline, Profile
from dragoman.store import copies, items
from dragoman.web.wire.listing import listing
from newsdesk import copy, tombstone

HOUR = timedelta(hours=1)
TEXT = (
    "The ferry company of Lindholm will carry cyclists free of charge from Monday until the end of the summer timetable, "
    "its director Ada Quill told the harbour council, which had asked for it since spring. Tickets for cars stay at 14 crowns."
)
OTHER = TEXT.replace("14 crowns", "16 crowns")
HEAD = (Headline(value="Ferry carries cyclists free"),)


def ferry(uri="val:ferry", text=TEXT, **more):
    return copy(uri, text=text, **({"headlines": HEAD} | more))


@pytest.fixture
def desk(newsroom):
    """VAL and MER give us their wires, to hand on; we give ORI everything."""
    newsroom.agree("ADR", giver="VAL", onward=True)
    newsroom.agree("ADR", giver="MER", onward=True)
    newsroom.agree("ORI")
    newsroom.channel("ORI")
    return newsroom


def uris(room, agency="ORI"):
    return [uri for uri, _, _ in room.seen_by(agency)]


def requests(room):
    return [(one.uri, one.agency, one.act) for one in items.hold_requests(room.conn)]


# ---------------------------------------------------------------------------------------------- nobody is sent it twice


def test_the_same_words_by_another_road_are_filed_marked_and_not_sent_again(desk):
    first = desk.filed(ferry(), origin="VAL")
    second = desk.file(ferry("mer:4711", version="9"), origin="MER")[0]
    assert (second.state, second.copy_of) == ("stored", desk.item("val:ferry", "VAL").item_id)
    assert uris(desk) == ["val:ferry"]
    assert [one.sequence for one in desk.deliver()] == [first]
    assert desk.item("mer:4711", "MER").item.bodies[0].value == f"<p>{TEXT}</p>"


def test_of_two_in_one_batch_the_first_is_sent(desk):
    assert [one.copy_of is None for one in desk.file(ferry("val:a"), ferry("val:b"), origin="VAL")] == [True, False]
    assert uris(desk) == ["val:a"]


def test_who_did_not_get_the_first_gets_it_by_this_road(desk):
    desk.agree("ORI", revision=2, content="agency:MER")
    desk.filed(ferry(), origin="VAL")
    assert uris(desk) == []
    desk.filed(ferry("mer:4711"), origin="MER")
    assert uris(desk) == ["mer:4711"]


def test_it_is_not_sent_back_to_whoever_it_came_from(desk):
    desk.agree("VAL", no_return=False)
    desk.filed(ferry(), origin="VAL")
    desk.filed(ferry("mer:4711"), origin="MER")
    assert uris(desk, "VAL") == ["val:ferry"]


def test_other_words_are_no_copy_and_neither_is_a_flash(desk):
    desk.filed(ferry(), origin="VAL")
    desk.filed(ferry("mer:1", OTHER), origin="MER")
    desk.filed(ferry("val:flash", "Ferry free for cyclists."), origin="VAL")
    desk.filed(ferry("mer:flash", "Ferry free for cyclists."), origin="MER")
    assert uris(desk) == ["val:ferry", "mer:1", "val:flash", "mer:flash"]


def test_another_version_of_the_item_itself_is_no_copy(desk):
    desk.filed(ferry(version="1"), origin="VAL")
    again = desk.file(ferry(version="2", urgency=3), origin="VAL")[0]
    assert (again.act, again.copy_of) == ("update", None)
    assert [act for _, act, _ in desk.seen_by("ORI")] == ["update"]


def test_words_are_forgotten_after_the_window(desk):
    desk.filed(ferry(), origin="VAL")
    with desk.as_owner() as owner:
        owner.execute("update first_copy set until = until - interval '15 days'")
    assert desk.file(ferry("mer:4711"), origin="MER")[0].copy_of is None


def test_the_same_line_under_another_days_dateline_is_news(desk):
    def of(uri, day):
        return ferry(uri, dragoman=Profile(dateline=Dateline(text=f"LINDHOLM, {day} May", day=day, month=5)))

    desk.filed(of("val:1", 1), origin="VAL")
    assert desk.file(of("val:2", 2), origin="VAL")[0].copy_of is None
    assert desk.file(of("mer:2", 2), origin="MER")[0].copy_of == desk.item("val:2", "VAL").item_id


def test_two_filers_at_the_same_moment_send_it_once(desk):
    numbers = range(8)
    start = threading.Barrier(len(numbers))

    def work(number):
        with desk.beside() as other:
            start.wait()
            other.filed(ferry(f"val:{number}"), origin="VAL")

    threads = [threading.Thread(target=work, args=(number,)) for number in numbers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(uris(desk)) == 1
    assert desk.one("select count(*) from copy") == 7
    assert desk.one("select count(*) from version") == 8


# ---------------------------------------------------------------------------------------------- nothing is swallowed


def test_what_follows_the_first_goes_to_those_who_have_it(desk):
    desk.filed(ferry(version="1"), origin="VAL")
    desk.filed(ferry("mer:4711"), origin="MER")
    desk.filed(ferry(version="2", text=OTHER), origin="VAL")
    desk.filed(ferry("mer:4711", version="2", text=OTHER), origin="MER")
    assert [(uri, act) for uri, act, _ in desk.seen_by("ORI")] == [("val:ferry", "update")]


def test_a_correction_that_comes_by_the_other_road_alone_goes_out(desk):
    desk.filed(ferry(), origin="VAL")
    desk.filed(ferry("mer:4711"), origin="MER")
    desk.filed(ferry("mer:4711", version="2", text=OTHER), origin="MER")
    assert uris(desk) == ["val:ferry", "mer:4711"]


def test_what_asks_more_of_its_users_goes_out_and_what_asks_less_does_not(desk):
    desk.filed(ferry(usage_terms="Not for broadcast."), origin="VAL")
    desk.filed(ferry("mer:1"), origin="MER")
    assert uris(desk) == ["val:ferry"]
    desk.filed(ferry("mer:2", usage_terms="Not in France."), origin="MER")
    assert uris(desk) == ["val:ferry", "mer:2"]


def test_an_embargo_of_the_first_holds_for_its_copies_too(desk):
    until = desk.now() + HOUR
    desk.filed(ferry(embargoed_until=until), origin="VAL")
    desk.agree("ORI", revision=2, content="agency:MER")
    desk.filed(ferry("mer:4711"), origin="MER")
    assert uris(desk) == []
    assert desk.item("mer:4711", "MER").embargoed_until == until
    desk.filed(ferry("mer:4711", OTHER, version="2"), origin="MER")
    assert uris(desk) == []
    assert desk.item("mer:4711", "MER").embargoed_until == until


def test_an_embargo_that_comes_with_the_copy_is_shown_to_the_desk(desk):
    desk.filed(ferry(), origin="VAL")
    desk.filed(ferry("mer:4711", embargoed_until=desk.now() + HOUR), origin="MER")
    assert requests(desk) == [("val:ferry", "MER", "hold")]
    assert desk.one("select count(*) from item_grant where position is null") == 1


# ---------------------------------------------------------------------------------------------- kills


def test_a_kill_takes_the_same_origins_copy_with_it(desk):
    desk.filed(ferry("val:a"), origin="VAL")
    desk.agree("ORI", revision=2, content="agency:VAL")
    desk.filed(ferry("val:b"), origin="VAL")
    desk.file(tombstone(ferry("val:b", version="2")), origin="VAL", act="kill")
    assert [desk.item(uri, "VAL").state for uri in ("val:a", "val:b")] == ["killed", "killed"]
    assert [act for _, act, _ in desk.seen_by("ORI")] == ["kill"]


def test_a_kill_asks_the_desk_about_copies_of_other_origins(desk):
    desk.filed(ferry(), origin="VAL")
    desk.filed(ferry("mer:4711"), origin="MER")
    killed = tombstone(ferry(version="2"), dragoman=Profile(correction=Correction(kind="kill", reason="Untrue.")))
    desk.file(killed, origin="VAL", act="kill")
    assert desk.item("mer:4711", "MER").state == "usable"
    assert requests(desk) == [("mer:4711", "VAL", "kill")]
    assert "Untrue." in items.hold_requests(desk.conn)[0].reason


def test_a_hold_and_its_release_reach_the_same_origins_copy(desk):
    desk.filed(ferry("val:a"), origin="VAL")
    desk.filed(ferry("val:b"), origin="VAL")
    desk.file(tombstone(ferry("val:a", version="2"), pub_status="withheld"), origin="VAL", act="hold")
    assert desk.item("val:b", "VAL").state == "held"
    desk.file(ferry("val:a", version="3"), origin="VAL", act="release")
    assert desk.item("val:b", "VAL").state == "usable"


def test_killed_words_that_come_again_are_held_or_shown_to_the_desk(desk):
    desk.filed(ferry(), origin="VAL")
    desk.file(tombstone(ferry(version="2")), origin="VAL", act="kill")
    desk.filed(ferry("mer:4711"), origin="MER")
    assert requests(desk) == [("mer:4711", "MER", "kill")]
    desk.filed(ferry("val:again"), origin="VAL")
    assert desk.item("val:again", "VAL").state == "held"
    assert "val:again" not in uris(desk)


def test_a_correction_of_one_is_shown_to_the_desk_beside_the_other(desk):
    desk.filed(ferry(), origin="VAL")
    desk.filed(ferry("mer:4711"), origin="MER")
    corrected = ferry(
        version="2", text=OTHER, dragoman=Profile(correction=Correction(kind="correction", reason="Fare"))
    )
    desk.file(corrected, origin="VAL")
    assert requests(desk) == [("mer:4711", "VAL", "correct")]


def test_a_partner_sees_nothing_of_it(desk):
    """What it is sent reads the same whether the words came again or not."""
    desk.filed(ferry(), origin="VAL")
    before = desk.seen_by("ORI")
    desk.filed(ferry("mer:4711", bodies=(Body(value=f"<h2>{TEXT}</h2>"),)), origin="MER")
    assert desk.seen_by("ORI") == before


# ---------------------------------------------------------------------------------------------- versions under changing ids


LONGER = TEXT.replace("Tickets", "New: the mayor welcomed it on Tuesday. Tickets")


def proposed(room, uri, origin="VAL"):
    found = copies.proposals(room.conn, room.item(uri, origin).item_id)
    return [(one.newer.uri, one.older.uri, one.state) for one in found]


def test_near_copies_of_one_agency_are_proposed_as_versions(desk):
    desk.filed(ferry("val:1"), origin="VAL")
    desk.filed(ferry("val:2", LONGER), origin="VAL")
    desk.filed(ferry("mer:1", LONGER), origin="MER")
    assert copies.propose(desk.conn, 60) == 1
    assert proposed(desk, "val:2") == proposed(desk, "val:1") == [("val:2", "val:1", "open")]
    assert copies.propose(desk.conn, 60) == 0


def test_a_headline_in_common_alone_is_no_proposal(desk):
    desk.filed(ferry("val:1"), origin="VAL")
    desk.filed(
        ferry("val:2", "Quite another text of some length about the same ferry, whose words are its own."), origin="VAL"
    )
    assert copies.propose(desk.conn, 60) == 0


def test_many_flashes_in_a_row_hold_nobody_up(desk):
    desk.file(*(ferry(f"val:f{number}", "Fire.", headlines=()) for number in range(60)), origin="VAL")
    desk.filed(ferry("val:1"), origin="VAL")
    desk.filed(ferry("val:2", LONGER), origin="VAL")
    assert [copies.propose(desk.conn, 60) for _ in range(3)] == [0, 1, 0]


def test_what_a_person_says_of_a_proposal_stands(desk):
    desk.filed(ferry("val:1"), origin="VAL")
    desk.filed(ferry("val:2", LONGER), origin="VAL")
    copies.propose(desk.conn, 60)
    newer, older = (desk.item(uri, "VAL").item_id for uri in ("val:2", "val:1"))
    versions.decide(desk.conn, newer, older, "rejected", by="ada")
    assert proposed(desk, "val:2") == []
    versions.decide(desk.conn, newer, older, "accepted", by="ada")
    assert proposed(desk, "val:2") == [("val:2", "val:1", "accepted")]
    with pytest.raises(NotFound):
        versions.decide(desk.conn, older, newer, "accepted", by="ada")


def test_a_kill_of_one_takes_its_accepted_version_with_it(desk):
    desk.filed(ferry("val:1"), origin="VAL")
    desk.filed(ferry("val:2", LONGER), origin="VAL")
    copies.propose(desk.conn, 60)
    newer, older = (desk.item(uri, "VAL").item_id for uri in ("val:2", "val:1"))
    versions.decide(desk.conn, newer, older, "accepted", by="ada")
    desk.file(tombstone(ferry("val:2", version="2")), origin="VAL", act="kill")
    assert desk.item("val:1", "VAL").state == "killed"


# ---------------------------------------------------------------------------------------------- as it is shown


def test_an_item_says_which_it_is_a_copy_of_and_which_are_of_it(desk):
    desk.filed(ferry(), origin="VAL")
    desk.filed(ferry("mer:4711"), origin="MER")
    first, second = desk.item("val:ferry", "VAL"), desk.item("mer:4711", "MER")
    assert (first.copy_of, first.copies, second.copy_of, second.copies) == (None, 1, first.item_id, 0)
    assert [(one.uri, one.is_first) for one in copies.roads(desk.conn, second.item_id)] == [("val:ferry", True)]
    assert [(one.uri, one.is_first) for one in copies.roads(desk.conn, first.item_id)] == [("mer:4711", False)]


def test_killed_words_are_not_shown_beside_the_copy(desk):
    desk.filed(ferry(), origin="VAL")
    desk.filed(ferry("mer:4711"), origin="MER")
    desk.file(tombstone(ferry(version="2")), origin="VAL", act="kill")
    [road] = copies.roads(desk.conn, desk.item("mer:4711", "MER").item_id)
    assert (road.state, road.headline) == ("killed", "")


def test_the_wire_shows_a_copy_under_the_first_unless_they_part(desk):
    def shown(query=""):
        return [row.item for row in listing(desk.conn, query, desk.now()).rows]

    desk.filed(ferry(), origin="VAL")
    desk.filed(ferry("mer:4711"), origin="MER")
    first, second = desk.item("val:ferry", "VAL").item_id, desk.item("mer:4711", "MER").item_id
    assert shown() == shown("cyclists") == [first]
    assert shown("agency:MER") == [second]
    desk.file(tombstone(ferry(version="2")), origin="VAL", act="kill")
    assert shown() == [first, second]


def test_why_a_partner_was_not_sent_it_is_said(desk):
    desk.filed(ferry(), origin="VAL")
    desk.filed(ferry("mer:4711"), origin="MER")
    number = desk.item("val:ferry", "VAL").item_id
    [said] = explain(desk.conn, "mer:4711", "ORI", desk.now())
    assert (said.grant, said.verdict.reasons) == (None, (f"§ copy: it has these words as item {number}",))
    assert explain(desk.conn, "val:ferry", "ORI", desk.now())[0].verdict.allowed


def test_the_desks_kill_names_the_copies(desk):
    desk.filed(ferry("adr:1"))
    desk.filed(ferry("mer:4711"), origin="MER")
    done = hold(desk.conn, str(desk.item("adr:1").item_id), "Untrue.", by="ada", now=desk.now())
    assert done.copies == (desk.item("mer:4711", "MER").item_id,)
