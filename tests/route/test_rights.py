"""What an agency may do with a version: the one judge, its table, and a second judge written apart from it."""

import random
from datetime import timedelta
from itertools import pairwise
from typing import get_args

import pytest
from cases import NOON, random_case
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from wire_terms import HOUR, NOW, grant, terms

from dragoman.model.version import ItemState, VersionAct
from dragoman.route.rights import COPY, Action, Core, Standing, allowed_core, core_refusals, may

USABLE = Standing(state="usable")
ACTIONS = get_args(Action)


def _allowed(facts=USABLE, given=None, at=NOW, **clauses):
    """The actions allowed, in the order of the table."""
    agreed = terms(**({"onward": True} | clauses))
    return [action for action in ACTIONS if may(agreed, facts, given or grant(), action, at)]


def test_who_has_a_grant_may_do_all_that_can_be_done_with_copy():
    assert _allowed() == ["see", "read", "send", "translate", "onward"]


def test_nobody_may_anything_without_a_grant():
    for action in ACTIONS:
        verdict = may(terms(), USABLE, None, action, NOW)
        assert not verdict
        assert verdict.reasons


def test_a_refusal_names_the_clause_and_a_permission_its_reasons():
    assert may(terms(), USABLE, grant(reasons=("§ content: everything",)), "read", NOW).reasons == (
        "§ content: everything",
    )
    refused = may(terms(valid_until=NOW), USABLE, grant(withdrawn=NOW), "read", NOW)
    assert [reason.partition(" 2026")[0] for reason in refused.reasons] == ["§ grant: withdrawn", "§ valid until"]


@pytest.mark.parametrize("state", ["held", "killed", "expunged"])
def test_from_a_kill_or_a_hold_on_no_copy_is_given_out(state):
    for act in COPY:
        assert _allowed(Standing(state=state, act=act)) == []


@pytest.mark.parametrize(("state", "act"), [("held", "hold"), ("killed", "kill"), ("expunged", "kill")])
def test_a_notice_goes_to_its_holder_whatever_has_become_of_the_agreement(state, act):
    facts = Standing(state=state, act=act, agreement="ended", embargoed_until=NOW + HOUR)
    withdrawn = grant(withdrawn=NOW)
    assert _allowed(facts, withdrawn, valid_until=NOW - HOUR) == ["send", "tombstone"]
    assert may(None, facts, withdrawn, "tombstone", NOW)


@pytest.mark.parametrize(
    ("state", "act"), [("usable", "hold"), ("killed", "hold"), ("usable", "kill"), ("held", "kill")]
)
def test_a_notice_that_no_longer_says_how_the_item_stands_is_not_sent(state, act):
    assert _allowed(Standing(state=state, act=act)) == []


def test_the_end_of_an_agreement_ends_everything_but_notices():
    assert _allowed(replace(USABLE, agreement="ended")) == []
    assert _allowed(valid_until=NOW) == []
    assert _allowed(valid_until=NOW + timedelta(microseconds=1)) != []
    assert _allowed(valid_from=NOW) != []
    assert _allowed(valid_from=NOW + timedelta(microseconds=1)) == []
    assert not may(None, USABLE, grant(), "read", NOW)


def test_an_embargo_opens_at_its_very_moment_and_not_before():
    facts = replace(USABLE, embargoed_until=NOW)
    assert _allowed(facts, at=NOW - timedelta(microseconds=1)) == []
    assert _allowed(facts, at=NOW) == ["see", "read", "send", "translate", "onward"]


def test_an_embargo_moved_later_closes_what_was_open():
    assert _allowed(replace(USABLE, embargoed_until=NOW + HOUR)) == []


def test_an_advance_copy_may_be_read_but_not_passed_on_before_its_hour():
    facts, ahead = replace(USABLE, embargoed_until=NOW + HOUR), grant(advance=True)
    assert _allowed(facts, ahead, embargo="advance") == ["see", "read", "send", "translate"]
    assert _allowed(facts, ahead, embargo="advance", at=NOW + HOUR) == ["see", "read", "send", "translate", "onward"]


def test_an_advance_grant_counts_no_longer_when_the_new_terms_hold_embargoes():
    assert _allowed(replace(USABLE, embargoed_until=NOW + HOUR), grant(advance=True), embargo="hold") == []


def test_a_grant_does_not_count_before_its_moment():
    assert _allowed(given=grant(since=NOW + timedelta(microseconds=1))) == []
    assert _allowed(given=grant(since=NOW)) != []


def test_what_a_newer_version_has_superseded_is_given_to_nobody():
    assert _allowed(replace(USABLE, superseded=True)) == []
    assert _allowed(Standing(state="killed", act="kill", superseded=True)) == ["send", "tombstone"]


def test_translation_and_onward_use_are_asked_of_the_terms():
    assert _allowed(translation=False, onward=False) == ["see", "read", "send"]
    assert may(terms(translation=False), USABLE, grant(), "translate", NOW).reasons == ("§ translation: not allowed",)
    assert may(terms(), USABLE, grant(), "onward", NOW).reasons == ("§ onward: not allowed",)


# --- laws ------------------------------------------------------------------------------------------------------------


def _slow_judge(case: Core) -> bool:
    """The docstring's table, told again the long way round, with nothing shared with `rights`."""
    told = case.action == "tombstone" or (case.action == "send" and case.act in ("hold", "kill"))
    if case.grant_since is None or case.grant_since > case.now:
        return False
    if told:
        standing = {"hold": {"held"}, "kill": {"killed", "expunged"}}.get(case.act, set())
        return case.item_state in standing
    if case.act == "hold" or case.act == "kill" or case.item_state != "usable":
        return False
    if case.grant_withdrawn is not None or case.agreement_state != "active":
        return False
    if case.valid_from is None or not (case.valid_from <= case.now):
        return False
    if case.valid_until is not None and not (case.now < case.valid_until):
        return False
    early = case.embargoed_until is not None and case.now < case.embargoed_until
    return not early or (case.advance and case.action != "onward")


def test_the_judge_agrees_with_a_second_one_on_a_hundred_thousand_cases():
    seed = random.randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    rng, allowed, refused = random.Random(seed), 0, 0
    for _ in range(100_000):
        case = random_case(rng)
        verdict = allowed_core(case)
        assert verdict is _slow_judge(case), case
        allowed, refused = allowed + verdict, refused + (not verdict)
    assert min(allowed, refused) > 3_000, "a generator that hardly ever allows proves little"


_CASES = st.integers(0, 2**32).map(lambda seed: random_case(random.Random(seed)))
_MOMENTS = tuple(NOON + timedelta(hours=hours) for hours in range(-60, 61, 6))


@settings(deadline=None)
@given(_CASES)
def test_as_time_passes_a_right_comes_once_and_goes_once(case):
    answers = [allowed_core(replace(case, now=now)) for now in _MOMENTS]
    changes = sum(before != after for before, after in pairwise(answers))
    assert changes <= 2
    assert changes < 2 or not answers[0]
    if case.valid_until is None or case.act not in COPY:
        assert answers == sorted(answers), "nothing but the agreement's end takes a right away with time"


@settings(deadline=None)
@given(_CASES)
def test_taking_a_limit_away_never_takes_a_right_away(case):
    if not allowed_core(case):
        return
    for wider in ({"grant_withdrawn": None}, {"valid_until": None}, {"advance": True}, {"embargoed_until": None}):
        assert allowed_core(replace(case, **wider))


@settings(deadline=None)
@given(_CASES)
def test_who_may_read_may_see_and_who_may_hand_on_may_read(case):
    for more, less in (("read", "see"), ("translate", "read"), ("onward", "read")):
        if allowed_core(replace(case, action=more)):
            assert allowed_core(replace(case, action=less))


@settings(deadline=None)
@given(_CASES)
def test_a_refusal_always_says_why(case):
    assert all(reason.startswith("§ ") for reason in core_refusals(case))
    assert allowed_core(case) == (core_refusals(case) == ())


def test_no_state_gives_out_both_the_copy_and_its_kill():
    now = Core(NOW, None, "active", NOW, None, True, None, "usable", "publish", "read", NOW)
    for state in get_args(ItemState):
        open_to = {
            act
            for act in get_args(VersionAct)
            for action in ACTIONS
            if allowed_core(replace(now, item_state=state, act=act, action=action))
        }
        assert open_to <= set(COPY) or not open_to & set(COPY)
