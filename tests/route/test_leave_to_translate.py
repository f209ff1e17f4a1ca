"""Whether we may translate, and whether a translation may go on."""

import pytest
from msgspec.structs import replace
from wire_terms import HOME, NAMES, NOW, agreement, terms, version

from dragoman.model.item import Hop, Original, Profile
from dragoman.route.credit import credit_line
from dragoman.route.matching import grants_owed
from dragoman.route.translation import may_translate

TAKEN = agreement(HOME, giver="ORI")


def leave(one, *agreements):
    return may_translate(one, agreements, home=HOME, now=NOW)


def translated(**more):
    """Our version of Oriel's copy."""
    made = version(language="fr", **more)
    profile = Profile(
        origin=HOME,
        hops=(Hop(agency="ORI"),),
        credit="Oriel Agency",
        translation_of=Original(origin="ORI", uri="ori:1", language="en"),
    )
    return replace(made, item=replace(made.item, dragoman=profile))


def test_our_own_copy_is_ours_to_translate():
    assert leave(version())


def test_a_partners_copy_needs_an_agreement_in_force_that_allows_it():
    theirs = version(origin="ORI", agency="ORI")
    assert leave(theirs, TAKEN)
    assert leave(theirs).reasons == ("§ translation: no agreement with ORI is in force",)
    closed = agreement(HOME, giver="ORI", translation=False)
    refused = leave(theirs, closed)
    assert not refused
    assert refused.reasons == ("§ translation: not allowed (ORI-ADR with ORI)",)
    assert leave(theirs, closed, replace(TAKEN, id="second"))
    assert not leave(theirs, agreement(HOME, giver="ORI", state="ended"))
    assert not leave(theirs, agreement("VAL"))


def test_what_came_by_a_relay_is_translated_by_the_relays_leave():
    relayed = version(origin="ORI", agency="MER")
    assert not leave(relayed, TAKEN)
    assert leave(relayed, agreement(HOME, giver="MER"))


def test_held_and_killed_copy_is_not_translated():
    for state in ("held", "killed"):
        assert not leave(version(origin="ORI", agency="ORI", state=state), TAKEN)


@pytest.mark.parametrize("onward", [True, False])
def test_a_translation_goes_on_where_its_original_may(onward):
    given = agreement("VAL", languages=("fr",))
    taken = agreement(HOME, giver="ORI", onward=onward, languages=("en",))
    owed = grants_owed(translated(), [given, taken], home=HOME, now=NOW)
    assert [grant.agency for grant in owed.grants] == (["VAL"] if onward else [])
    if not onward:
        assert "§ onward" in owed.matches[0].verdict.reasons[0]


def test_a_translation_does_not_go_back_to_where_its_original_came_from():
    back = agreement("ORI", languages=("fr",))
    taken = agreement(HOME, giver="ORI", onward=True)
    assert grants_owed(translated(), [back, taken], home=HOME, now=NOW).grants == ()


def test_a_translation_of_our_own_goes_where_our_copy_goes():
    made = version(language="fr")
    said = Profile(origin=HOME, translation_of=Original(origin=HOME, uri="adr:1"))
    made = replace(made, item=replace(made.item, dragoman=said))
    assert len(grants_owed(made, [agreement("VAL")], home=HOME, now=NOW).grants) == 1


def test_the_credit_of_the_original_stands_in_front_of_ours():
    assert credit_line(terms(), translated().item, NAMES) == "Oriel Agency / Adrian Press"
    assert (
        credit_line(terms(credit={"fr": "Agence Adrian"}), translated().item, NAMES) == "Oriel Agency / Agence Adrian"
    )
