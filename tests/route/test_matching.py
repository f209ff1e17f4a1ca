"""Who is owed a version, and which clause refuses everyone else."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from wire_terms import HOME, HOUR, NOW, agreement, grant, version

from dragoman.model.item import Hop, Profile
from dragoman.query import Reading
from dragoman.route.matching import FOLLOW_UP, HOLDER, grants_owed, match
from dragoman.route.rights import NOTICES


def _owed(copy, agreements, **more):
    return grants_owed(copy, agreements, home=HOME, now=NOW, **more)


def _reasons(deal, copy=None, **more):
    return match(deal, copy or version(), home=HOME, now=NOW, **more).verdict.reasons


def test_an_agreement_without_limits_grants_everything():
    found = match(agreement(), version(), home=HOME, now=NOW)
    assert found.verdict
    assert found.grant.reasons == found.verdict.reasons == ("§ content: everything",)
    assert (found.grant.agreement, found.grant.revision, found.grant.agency) == ("ADR-VAL", 3, "VAL")
    assert (found.grant.sequence, found.grant.since, found.grant.withdrawn) == (7, NOW, None)


def test_a_grant_says_which_query_it_came_by():
    assert _reasons(agreement(content="language:fr pont")) == ("§ content: language:fr pont",)


@pytest.mark.parametrize(
    ("clauses", "reason"),
    [
        ({"languages": ("az", "en")}, "§ languages: az, en only, this is fr"),
        ({"kinds": ("picture",)}, "§ kinds: picture only, this is text"),
        ({"kinds": ()}, "§ kinds: none only, this is text"),
        ({"content": "place:Baku"}, "§ content: place:Baku does not match"),
        ({"content": "language:en kind:text sport"}, "§ content: language:en (it has fr); sport does not match"),
        ({"content": "langage:fr"}, "§ content: cannot be read: The query cannot be read at column 1"),
        ({"valid_from": NOW + HOUR}, "§ valid from 2026-05-02 13:00 UTC"),
        ({"valid_until": NOW}, "§ valid until 2026-05-02 12:00 UTC"),
        ({"state": "ended"}, "§ agreement: ended"),
        ({"state": "proposed"}, "§ agreement: proposed"),
        ({"giver": "ORI"}, "§ giver: ORI gives under it, not ADR"),
    ],
)
def test_a_refusal_names_its_clause(clauses, reason):
    found = match(agreement(**clauses), version(), home=HOME, now=NOW)
    assert not found.verdict
    assert found.grant is None
    assert any(said.startswith(reason) for said in found.verdict.reasons)


def test_a_refusal_names_every_clause_that_refuses():
    deal = agreement(state="ended", kinds=("video",), languages=("zh",), content="sport", daily_quota=0)
    assert [reason.partition(":")[0] for reason in _reasons(deal)] == [
        "§ agreement",
        "§ kinds",
        "§ languages",
        "§ content",
        "§ quota",
    ]


def test_an_item_of_unknown_language_does_not_pass_a_clause_on_languages():
    reasons = _reasons(agreement(languages=("fr",)), version(language=""))
    assert reasons == ("§ languages: fr only, this is of unknown language",)


def test_a_region_does_not_keep_an_item_from_its_language():
    assert match(agreement(languages=("FR",)), version(language="fr-BE"), home=HOME, now=NOW).verdict


def test_the_quota_of_the_day_is_a_clause():
    assert _reasons(agreement(daily_quota=2), quota_used=1) == ("§ content: everything",)
    assert _reasons(agreement(daily_quota=2), quota_used=2) == ("§ quota: 2 a day, 2 used",)
    both = [agreement("VAL", daily_quota=1), agreement("MER", daily_quota=1)]
    assert [g.agency for g in _owed(version(), both, quota_used={"ADR-VAL": 1}).grants] == ["MER"]


@pytest.mark.parametrize("act", NOTICES)
def test_a_notice_is_never_news_to_anyone(act):
    state = "held" if act == "hold" else "killed"
    assert _owed(version(act=act, state=state), [agreement()]).matches == ()
    assert _reasons(agreement(), version(act=act, state=state))[0].startswith(
        f"§ state: a {act} goes to those who have"
    )


@pytest.mark.parametrize("state", ["held", "killed", "expunged"])
def test_a_late_version_of_an_item_that_is_held_or_killed_goes_to_nobody(state):
    late = version(act="update", state=state)
    assert _reasons(agreement(), late) == (f"§ state: the item is {state}",)
    assert _owed(late, [agreement()], earlier=[grant()]).grants == ()


def test_agreements_we_receive_under_are_not_answered():
    assert [m.agency for m in _owed(version(), [agreement(), agreement(HOME, giver="ORI")]).matches] == ["VAL"]


# --- no return, onward use -------------------------------------------------------------------------------------------

_FROM_ORI = agreement(HOME, giver="ORI", onward=True)


def _relayed(**more):
    return version(**({"origin": "ORI", "agency": "ORI"} | more))


def test_copy_never_returns_to_an_agency_it_has_passed_through():
    passed = _relayed(agency="MER", hops=("ORI", "VAL", "MER"))
    inbound = agreement(HOME, giver="MER", onward=True)
    for code in ("ORI", "VAL", "MER"):
        assert _reasons(agreement(code), passed, agreements=[inbound]) == (
            f"§ no return: already passed through {code}",
        )
        assert _owed(passed, [agreement(code, no_return=False), inbound]).grants


def test_another_agency_s_copy_goes_on_only_where_its_agreement_allows_it():
    forbidding = agreement(HOME, giver="ORI", onward=False)
    assert _reasons(agreement(), _relayed(), agreements=[_FROM_ORI]) == ("§ content: everything",)
    assert _reasons(agreement(), _relayed(), agreements=[forbidding]) == (
        "§ onward: ORI-ADR with ORI does not allow it",
    )
    assert _reasons(agreement(), _relayed()) == ("§ onward: no agreement with ORI is in force",)


@pytest.mark.parametrize("broken", [{"state": "ended"}, {"valid_until": NOW}, {"valid_from": NOW + HOUR}])
def test_an_agreement_that_does_not_run_gives_no_leave_to_hand_on(broken):
    assert _owed(_relayed(), [agreement(), agreement(HOME, giver="ORI", onward=True, **broken)]).grants == ()


@pytest.mark.parametrize("other", [{"content": "sport"}, {"languages": ("zh",)}, {"kinds": ("picture",)}])
def test_leave_to_hand_on_other_copy_is_no_leave_for_this(other):
    inbound = agreement(HOME, giver="ORI", onward=True, **other)
    said = "§ onward: ORI-ADR with ORI allows it, but not for copy like this"
    assert _reasons(agreement(), _relayed(), agreements=[inbound]) == (said,)
    assert [g.reasons for g in _owed(_relayed(act="correct"), [agreement(), inbound], earlier=[grant()]).grants] == [
        (FOLLOW_UP,)
    ]


def test_one_of_several_agreements_with_the_giver_is_enough():
    closed = agreement(HOME, giver="ORI", id="closed")
    assert _owed(_relayed(), [agreement(), closed, _FROM_ORI]).grants


def test_what_our_desk_releases_still_needs_the_leave_of_who_handed_it_over():
    released = _relayed(agency=HOME, act="release", hops=("ORI", "MER", HOME))
    by_meridian = agreement(HOME, giver="MER", onward=True)
    assert _owed(released, [agreement(), by_meridian]).grants
    assert not _owed(released, [agreement(), _FROM_ORI]).grants
    straight = replace(released, item=replace(released.item, dragoman=Profile(hops=(Hop(agency=HOME),))))
    assert _owed(straight, [agreement(), _FROM_ORI]).grants


# --- holders ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["update", "correct", "release"])
def test_who_has_an_earlier_version_gets_what_follows_though_the_query_no_longer_matches(act):
    deal = agreement(content="sport", kinds=("picture",), languages=("zh",), daily_quota=0)
    assert _owed(version(act=act), [deal]).grants == ()
    (owed,) = _owed(version(act=act), [deal], earlier=[grant()]).grants
    assert (owed.agency, owed.reasons, owed.revision, owed.sequence) == ("VAL", (FOLLOW_UP,), 3, 7)


@pytest.mark.parametrize("ended", [{"state": "ended"}, {"valid_until": NOW}])
def test_nothing_but_a_notice_follows_when_the_agreement_is_over(ended):
    deal = agreement(**ended)
    assert _owed(version(act="correct"), [deal], earlier=[grant()]).grants == ()
    assert _owed(version(act="kill", state="killed"), [deal], earlier=[grant()]).grants != ()


def test_who_holds_under_another_agreement_does_not_hold_under_this():
    deal = agreement(content="sport")
    assert _owed(version(act="correct"), [deal], earlier=[grant(agreement="OLD")]).grants == ()


def test_a_grant_that_never_came_to_count_makes_no_holder():
    deal = agreement(content="sport")
    waiting = grant(since=NOW + HOUR)
    taken_back = grant(since=NOW - HOUR, withdrawn=NOW - 2 * HOUR)
    for never in (waiting, taken_back):
        assert _owed(version(act="correct"), [deal], earlier=[never]).grants == ()
        assert _owed(version(act="kill", state="killed"), [deal], earlier=[never]).grants == ()


def test_who_was_sent_the_copy_is_a_holder_whatever_the_grants_say():
    waiting = grant(since=NOW + HOUR)
    (told,) = _owed(version(act="kill", state="killed"), [], earlier=[waiting], sent_to={"VAL"}).grants
    assert (told.agency, told.agreement) == ("VAL", "ADR-VAL")
    (told,) = _owed(version(act="kill", state="killed"), [], sent_to={"MER"}).grants
    assert (told.agency, told.agreement, told.reasons) == ("MER", "", (HOLDER,))
    deal = agreement(content="sport")
    assert _owed(version(act="correct"), [deal], earlier=[waiting], sent_to={"VAL"}).grants != ()


@pytest.mark.parametrize(("act", "state"), [("kill", "killed"), ("hold", "held")])
def test_a_kill_reaches_everyone_who_got_the_copy_and_nobody_else(act, state):
    earlier = [
        grant("VAL", sequence=2, revision=2),
        grant("VAL", sequence=1, revision=1, withdrawn=NOW),
        grant("MER", agreement="OLD", withdrawn=NOW),
        grant("ORI", since=NOW + HOUR),
    ]
    owed = _owed(version(act=act, state=state, sequence=9), [agreement("ORI")], earlier=earlier)
    assert [(g.agency, g.agreement, g.revision, g.sequence) for g in owed.grants] == [
        ("MER", "OLD", 2, 9),
        ("VAL", "ADR-VAL", 2, 9),
    ]
    assert all(found.verdict and found.grant.reasons == (HOLDER,) for found in owed.matches)


def test_a_kill_counts_at_once_whichever_clock_is_behind():
    for received in (NOW - HOUR, NOW + HOUR):
        (told,) = _owed(version(act="kill", state="killed", received=received), [], earlier=[grant()]).grants
        assert told.since <= NOW


# --- when it counts --------------------------------------------------------------------------------------------------


def test_a_held_embargo_opens_at_its_hour_and_an_advance_one_at_once_and_marked():
    copy = version(embargoed_until=NOW + HOUR)
    held, ahead = _owed(copy, [agreement("VAL"), agreement("MER", embargo="advance")]).grants
    assert (held.since, held.advance) == (NOW + HOUR, False)
    assert (ahead.since, ahead.advance) == (NOW, True)


def test_one_reading_serves_whoever_looks_at_the_version():
    reading = Reading(version())
    assert _owed(reading.version, [agreement(content="pont")], reading=reading).grants
    assert "text" in vars(reading)


# --- laws ------------------------------------------------------------------------------------------------------------

_CODES = st.sampled_from(["VAL", "MER", "ORI"])
_AGREEMENTS = st.builds(
    lambda number, taker, giver, **clauses: agreement(
        taker if giver == HOME else HOME, giver=giver, id=f"A{number}", **clauses
    ),
    number=st.integers(1, 10**6),
    taker=_CODES,
    giver=st.sampled_from([HOME, HOME, "ORI", "MER"]),
    state=st.sampled_from(["active", "active", "ended"]),
    content=st.sampled_from(["", "pont", "language:fr", "sport", "-pont"]),
    languages=st.sampled_from([(), ("fr",), ("zh",)]),
    onward=st.booleans(),
    no_return=st.booleans(),
    embargo=st.sampled_from(["hold", "advance"]),
    delay_s=st.sampled_from([0, 60]),
    daily_quota=st.sampled_from([None, 0, 5]),
)
_VERSIONS = st.builds(
    version,
    origin=st.sampled_from([HOME, "ORI"]),
    agency=st.sampled_from([HOME, "ORI", "MER"]),
    act=st.sampled_from(["publish", "update", "correct", "release", "hold", "kill"]),
    hops=st.sampled_from([(), ("ORI",), ("ORI", "VAL")]),
    language=st.sampled_from(["fr", "zh", ""]),
    embargoed_until=st.sampled_from([None, NOW, NOW + HOUR]),
    received=st.sampled_from([NOW, NOW - timedelta(days=1)]),
)
_EARLIER = st.lists(
    st.builds(
        grant,
        _CODES,
        agreement=st.sampled_from(["ADR-VAL", "A1"]),
        since=st.sampled_from([NOW - HOUR, NOW + HOUR]),
        withdrawn=st.sampled_from([None, NOW]),
    ),
    max_size=4,
)


@settings(deadline=None)
@given(_VERSIONS, st.lists(_AGREEMENTS, max_size=6), _AGREEMENTS, _EARLIER)
def test_adding_an_agreement_never_removes_a_grant(copy, agreements, one_more, earlier):
    before = _owed(copy, agreements, earlier=earlier).grants
    after = _owed(copy, [*agreements, one_more], earlier=earlier).grants
    assert after[: len(before)] == before


@settings(deadline=None)
@given(_VERSIONS, st.lists(_AGREEMENTS, max_size=6), _EARLIER)
def test_every_match_has_a_grant_or_a_clause(copy, agreements, earlier):
    for found in _owed(copy, agreements, earlier=earlier).matches:
        assert found.verdict.reasons
        assert bool(found.verdict) == (found.grant is not None)
        if copy.act not in NOTICES:
            assert found.grant is None or found.grant.since >= NOW
            assert found.verdict or all(reason.startswith("§ ") for reason in found.verdict.reasons)


@settings(deadline=None)
@given(_VERSIONS, st.lists(_AGREEMENTS, max_size=6))
def test_no_grant_opens_before_a_held_embargo(copy, agreements):
    for owed in _owed(copy, agreements).grants:
        assert owed.advance or not copy.item.is_embargoed(owed.since)
        assert copy.origin == HOME or not owed.advance


@settings(deadline=None)
@given(_VERSIONS, st.lists(_AGREEMENTS, max_size=6), _EARLIER)
def test_explaining_an_agreement_says_what_matching_did(copy, agreements, earlier):
    if copy.act in NOTICES:
        return
    for deal, found in zip(
        [a for a in agreements if a.terms.giver == HOME], _owed(copy, agreements, earlier=earlier).matches, strict=True
    ):
        assert match(deal, copy, home=HOME, now=NOW, agreements=agreements, earlier=earlier) == found
