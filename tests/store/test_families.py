"""Families: language versions find each other in any order, and what stops the original stops them in one transaction."""

import itertools
import threading
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from dragoman.desk import copy as desk
from dragoman.model.errors import Refused
from dragoman.model.item import Association, Item, Original, Profile
from dragoman.store import audit, families
from newsdesk import Newsroom, copy, tombstone

HOUR = timedelta(hours=1)


def version_of(original: str = "adr:bridge", origin: str = "ADR", uri: str = "adr:bridge:fr", **more: object) -> Item:
    """A French version of an item, which says so in our profile."""
    usual = {"text": "Le vieux pont rouvre.", "language": "fr"}
    said = Original(origin=origin, uri=original, version="1", language="en")
    return copy(uri, dragoman=Profile(translation_of=said), **(usual | more))


def said_so(original: str, uri: str, **more: object) -> Item:
    """One that says so as any ninjs can: by an association."""
    return copy(uri, language="fr", associations=(Association(name="o", rel="translationOf", uri=original),), **more)


def members(room: Newsroom, uri: str, origin: str = "ADR") -> list[str]:
    return [one.uri for one in families.family(room.conn, room.item(uri, origin).item_id)]


def state(room: Newsroom, uri: str, origin: str = "ADR") -> str:
    return room.item(uri, origin).state


# ---------------------------------------------------------------------------------------------- who belongs together


def test_an_item_that_nobody_translates_has_no_family(newsroom: Newsroom) -> None:
    newsroom.filed(copy())
    assert members(newsroom, "adr:bridge") == []


def test_language_versions_find_each_other_whichever_comes_first(newsroom: Newsroom) -> None:
    for number, order in enumerate(itertools.permutations(range(3))):
        name = f"adr:order-{number}"
        made = [copy(name), version_of(name, uri=name + ":fr"), version_of(name, uri=name + ":de", language="de")]
        for at in order:
            newsroom.filed(made[at])
        for one in made:
            assert members(newsroom, one.uri) == [name, name + ":de", name + ":fr"], order


def test_a_translation_of_a_translation_is_of_the_same_family(newsroom: Newsroom) -> None:
    made = [
        copy(),
        version_of(),
        version_of("adr:bridge:fr", uri="adr:bridge:ar", language="ar"),
        version_of("adr:bridge:ar", uri="adr:bridge:zh", language="zh"),
    ]
    for number, order in enumerate(itertools.permutations(made)):
        for one in order:
            said = one.ours.translation_of
            again = said and msgspec.structs.replace(said, uri=f"{said.uri}-{number}")
            newsroom.filed(
                msgspec.structs.replace(one, uri=f"{one.uri}-{number}", dragoman=Profile(translation_of=again))
            )
        assert len(members(newsroom, f"adr:bridge-{number}")) == 4
        assert len(members(newsroom, f"adr:bridge:zh-{number}")) == 4


def test_a_partners_own_language_versions_are_a_family_by_an_association_alone(newsroom: Newsroom) -> None:
    newsroom.filed(said_so("ori:1", "ori:1-fr"), origin="ORI")
    newsroom.filed(copy("ori:1"), origin="ORI")
    assert members(newsroom, "ori:1-fr", "ORI") == ["ori:1", "ori:1-fr"]


def test_a_partners_version_of_our_item_belongs_to_our_family(newsroom: Newsroom) -> None:
    newsroom.filed(copy())
    newsroom.filed(said_so("adr:bridge", "val:pont"), origin="VAL")
    assert members(newsroom, "adr:bridge") == ["adr:bridge", "val:pont"]


def test_items_that_say_they_translate_each_other_are_told_apart_without_a_ring(newsroom: Newsroom) -> None:
    newsroom.filed(version_of("ori:b", "ORI", uri="ori:a"), origin="ORI")
    newsroom.filed(version_of("ori:a", "ORI", uri="ori:b"), origin="ORI")
    newsroom.filed(version_of("ori:c", "ORI", uri="ori:c"), origin="ORI")
    newsroom.filed(tombstone(version_of("ori:a", "ORI", uri="ori:b", version="2")), origin="ORI")
    assert members(newsroom, "ori:a", "ORI") == ["ori:b", "ori:a"]
    assert members(newsroom, "ori:c", "ORI") == []


def test_a_version_that_names_another_original_moves_with_what_stands_below_it(newsroom: Newsroom) -> None:
    for one in (copy("adr:x"), copy("adr:y"), version_of("adr:x", uri="adr:t"), version_of("adr:t", uri="adr:u")):
        newsroom.filed(one)
    newsroom.filed(version_of("adr:y", uri="adr:t", version="2"))
    assert members(newsroom, "adr:y") == ["adr:y", "adr:t", "adr:u"]
    assert members(newsroom, "adr:x") == []


# ---------------------------------------------------------------------------------------------- hold, release, kill


@pytest.fixture
def wire(newsroom: Newsroom) -> Newsroom:
    """Our item and its French version, which VAL and MER have had; MER has the French one alone."""
    newsroom.agree("VAL")
    newsroom.agree("MER", languages=("fr",))
    newsroom.channel("VAL")
    newsroom.channel("MER")
    newsroom.filed(copy())
    newsroom.filed(version_of())
    newsroom.deliver()
    return newsroom


def _act(room: Newsroom, act: str, uri: str = "adr:bridge", by: str = "leyla", reason: str = "It is not so.") -> None:
    getattr(desk, act)(room.conn, uri, reason, by=by, now=datetime.now(UTC))


def test_a_hold_of_the_original_holds_its_translations_and_everyone_who_has_one_is_told(wire: Newsroom) -> None:
    _act(wire, "hold")
    assert state(wire, "adr:bridge:fr") == "held"
    assert wire.item("adr:bridge:fr").item.ours.correction.reason == "It is not so."
    told = sorted((a.partner, a.act, a.item) for a in wire.deliver())
    items = wire.item("adr:bridge").item_id, wire.item("adr:bridge:fr").item_id
    assert told == [("MER", "hold", items[1]), ("VAL", "hold", items[0]), ("VAL", "hold", items[1])]
    assert [e.act for e in audit.entries(wire.conn, about="adr:bridge:fr")] == ["hold with its original"]


def test_the_release_of_the_original_releases_what_was_held_because_of_it(wire: Newsroom) -> None:
    _act(wire, "hold")
    wire.deliver()
    _act(wire, "release")
    found = wire.item("adr:bridge:fr")
    assert (found.state, found.held_by, found.item.bodies[0].value) == ("usable", "", "<p>Le vieux pont rouvre.</p>")
    assert sorted((a.partner, a.act) for a in wire.deliver()) == [
        ("MER", "release"),
        ("VAL", "release"),
        ("VAL", "release"),
    ]


def test_a_translation_held_for_a_reason_of_its_own_stays_held_when_the_original_is_released(wire: Newsroom) -> None:
    _act(wire, "hold", "adr:bridge:fr", reason="A wrong name, in French only.")
    _act(wire, "hold")
    _act(wire, "release")
    assert (state(wire, "adr:bridge"), state(wire, "adr:bridge:fr")) == ("usable", "held")


def test_a_translation_whose_kill_was_asked_for_is_not_released_with_the_original(wire: Newsroom) -> None:
    _act(wire, "hold")
    _act(wire, "kill", "adr:bridge:fr")
    _act(wire, "release")
    assert state(wire, "adr:bridge:fr") == "held"
    _act(wire, "kill", "adr:bridge:fr", by="rustam")
    assert state(wire, "adr:bridge:fr") == "killed"


def test_nobody_releases_a_translation_while_its_original_is_held(wire: Newsroom) -> None:
    _act(wire, "hold")
    with pytest.raises(Refused, match="original is held"):
        _act(wire, "release", "adr:bridge:fr")
    assert state(wire, "adr:bridge:fr") == "held"


def test_a_kill_of_the_original_kills_its_translations_and_theirs_in_one_transaction(wire: Newsroom) -> None:
    wire.filed(version_of("adr:bridge:fr", uri="adr:bridge:ar", language="ar"))
    wire.deliver()
    _act(wire, "kill")
    assert [state(wire, f"adr:bridge{one}") for one in ("", ":fr", ":ar")] == ["held"] * 3
    wire.deliver()
    _act(wire, "kill", by="rustam")
    assert [state(wire, f"adr:bridge{one}") for one in ("", ":fr", ":ar")] == ["killed"] * 3
    assert {entry[1:] for entry in wire.seen_by("VAL")} == {("kill", "")}
    assert {entry[1:] for entry in wire.seen_by("MER")} == {("kill", "")}
    assert sorted((a.partner, a.act) for a in wire.deliver()) == [("MER", "kill"), *[("VAL", "kill")] * 3]


def test_a_kill_by_the_origin_of_the_original_kills_our_translation(newsroom: Newsroom) -> None:
    newsroom.agree("VAL")
    newsroom.channel("VAL")
    newsroom.filed(copy("ori:1"), origin="ORI")
    newsroom.filed(version_of("ori:1", "ORI", uri="adr:ori-fr"))
    newsroom.deliver()
    newsroom.filed(tombstone(copy("ori:1", "2"), ed_note="The minister denies it."), origin="ORI")
    found = newsroom.item("adr:ori-fr")
    assert (found.state, found.item.ours.correction.reason) == ("killed", "The minister denies it.")
    assert [(a.partner, a.act) for a in newsroom.deliver()] == [("VAL", "kill")]


def test_of_a_killed_original_the_attempts_that_wait_are_cancelled_in_every_language(wire: Newsroom) -> None:
    wire.filed(version_of(version="2", text="Le pont est neuf."))
    _act(wire, "kill")
    _act(wire, "kill", by="rustam")
    assert {a.act for a in wire.deliver()} == {"kill"}


def test_a_partners_version_is_held_here_when_the_original_is_killed_and_killed_by_its_own_origin(
    newsroom: Newsroom,
) -> None:
    newsroom.filed(copy())
    newsroom.filed(said_so("adr:bridge", "val:pont"), origin="VAL")
    _act(newsroom, "kill")
    _act(newsroom, "kill", by="rustam")
    found = newsroom.item("val:pont", "VAL")
    assert (found.state, found.held_by) == ("held", "ADR")
    newsroom.filed(tombstone(copy("val:pont", "2")), origin="VAL")
    assert state(newsroom, "val:pont", "VAL") == "killed"


def test_a_partners_version_let_go_by_its_origin_stays_held_as_long_as_the_original_is(newsroom: Newsroom) -> None:
    newsroom.filed(copy())
    newsroom.filed(said_so("adr:bridge", "val:pont"), origin="VAL")
    held = msgspec.structs.replace(tombstone(copy("val:pont", "2")), pub_status="withheld")
    newsroom.filed(held, origin="VAL")
    _act(newsroom, "hold")
    newsroom.filed(said_so("adr:bridge", "val:pont", version="3"), origin="VAL")
    assert state(newsroom, "val:pont", "VAL") == "held"
    _act(newsroom, "release")
    assert state(newsroom, "val:pont", "VAL") == "usable"


def test_nothing_that_befalls_a_translation_reaches_its_original(wire: Newsroom) -> None:
    _act(wire, "kill", "adr:bridge:fr")
    assert state(wire, "adr:bridge") == "usable"
    _act(wire, "kill", "adr:bridge:fr", by="rustam")
    assert (state(wire, "adr:bridge"), state(wire, "adr:bridge:fr")) == ("usable", "killed")
    _act(wire, "hold")
    assert state(wire, "adr:bridge:fr") == "killed"


@pytest.mark.parametrize(("stopped", "then"), [("withheld", "held"), ("canceled", "killed")])
def test_a_translation_that_comes_after_its_original_was_stopped_is_stopped_with_it(
    newsroom: Newsroom, stopped: str, then: str
) -> None:
    newsroom.agree("VAL")
    newsroom.channel("VAL")
    newsroom.filed(copy("ori:1"), origin="ORI")
    newsroom.filed(msgspec.structs.replace(tombstone(copy("ori:1", "2")), pub_status=stopped), origin="ORI")
    newsroom.filed(version_of("ori:1", "ORI", uri="adr:ori-fr"))
    assert state(newsroom, "adr:ori-fr") == then
    assert newsroom.deliver() == []


def test_original_translation_and_kill_in_one_batch_end_killed_whatever_their_order(newsroom: Newsroom) -> None:
    newsroom.agree("VAL")
    newsroom.channel("VAL")
    for number, order in enumerate(itertools.permutations(range(3))):
        name = f"adr:batch-{number}"
        made = (copy(name), version_of(name, uri=name + ":fr"), tombstone(copy(name, "2")))
        newsroom.file(*(made[at] for at in order))
        assert {newsroom.item(one).state for one in (name, name + ":fr")} == {"killed"}, order
    assert newsroom.deliver() == []


def test_the_embargo_of_the_original_holds_for_our_translation_and_a_longer_one_reaches_it(newsroom: Newsroom) -> None:
    newsroom.agree("VAL")
    newsroom.channel("VAL")
    now = datetime.now(UTC)
    newsroom.filed(copy("ori:1", embargoed_until=now + HOUR, version_created=now), origin="ORI")
    newsroom.filed(version_of("ori:1", "ORI", uri="adr:ori-fr"))
    assert newsroom.item("adr:ori-fr").embargoed_until == now + HOUR
    newsroom.filed(copy("ori:1", "2", embargoed_until=now + 2 * HOUR, version_created=now), origin="ORI")
    found = newsroom.item("adr:ori-fr")
    assert (found.embargoed_until, found.item.version, found.version.act) == (now + 2 * HOUR, "2", "update")
    assert newsroom.deliver() == []


def test_a_kill_and_a_correction_of_its_translation_at_once_end_with_both_killed(wire: Newsroom) -> None:
    _act(wire, "kill")
    _act(wire, "release", reason="Asked too soon.")
    ready, errors = threading.Barrier(2), []

    def work(act: object) -> None:
        with wire.beside() as room:
            ready.wait(10)
            try:
                act(room)
            except Exception as error:
                errors.append(error)

    changed = desk.Changes(headline="Le pont ferme")
    acts = (
        lambda room: room.file(tombstone(copy(version="9"))),
        lambda room: desk.correct(room.conn, "adr:bridge:fr", changed, "Le titre.", by="nino", now=datetime.now(UTC)),
    )
    threads = [threading.Thread(target=work, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert all(type(error).__name__ in ("Gone", "Conflict") for error in errors), errors
    assert (state(wire, "adr:bridge"), state(wire, "adr:bridge:fr")) == ("killed", "killed")


# ---------------------------------------------------------------------------------------------- what a partner sees of it


def test_a_partner_sees_those_siblings_that_it_may_see_and_no_other(wire: Newsroom) -> None:
    ids = {code: wire.one("select id from agency where code = %s", code) for code in ("VAL", "MER", "ORI")}
    french = wire.item("adr:bridge:fr").version.sequence
    seen = {code: families.siblings(wire.conn, [french], number) for code, number in ids.items()}
    assert [one.uri for one in seen["VAL"][french]] == ["adr:bridge"]
    assert (seen["MER"], seen["ORI"]) == ({}, {})
    _act(wire, "hold", "adr:bridge:fr")
    english = wire.item("adr:bridge").version.sequence
    assert families.siblings(wire.conn, [english], ids["VAL"]) == {}
