"""What befalls a translation with its original: laws over every case."""

from datetime import UTC, datetime, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.version import ItemState, VersionAct
from dragoman.route.reach import Relative, reach

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
_hours = st.none() | st.integers(-3, 3).map(lambda hours: NOW + timedelta(hours=hours))
relatives = st.builds(
    Relative,
    state=st.sampled_from(get_args(ItemState)),
    ours=st.booleans(),
    held_with=st.booleans(),
    kill_asked=st.booleans(),
    embargoed_until=_hours,
)
acts = st.sampled_from(get_args(VersionAct))
_AFTER = {"kill": "killed", "hold": "held", "release": "usable"}


def after(relative: Relative, act: str | None) -> str:
    return _AFTER.get(act or "", relative.state)


@given(acts, relatives, _hours)
def test_after_a_kill_no_version_is_to_be_seen_and_ours_are_killed(act, relative, embargo):
    if act == "kill":
        end = after(relative, reach(act, relative, embargo=embargo, now=NOW))
        assert end != "usable"
        assert not relative.ours or end in ("killed", "expunged")


@given(acts, relatives, _hours)
def test_after_a_hold_no_version_is_to_be_seen(act, relative, embargo):
    if act == "hold":
        assert after(relative, reach(act, relative, embargo=embargo, now=NOW)) != "usable"


@given(relatives, _hours)
def test_a_release_lets_go_what_was_held_with_the_original_and_nothing_else(relative, embargo):
    let_go = reach("release", relative, embargo=embargo, now=NOW) == "release"
    assert let_go == (relative.state == "held" and relative.held_with and not relative.kill_asked)


@given(acts, relatives, _hours)
def test_what_is_killed_stays_killed_and_anothers_is_never_killed_by_us(act, relative, embargo):
    done = reach(act, relative, embargo=embargo, now=NOW)
    if relative.state in ("killed", "expunged"):
        assert done is None
    if not relative.ours:
        assert done not in ("kill", "update")


@given(acts, relatives, _hours)
def test_the_same_befalling_twice_does_nothing_more(act, relative, embargo):
    done = reach(act, relative, embargo=embargo, now=NOW)
    now_stands = Relative(
        state=after(relative, done),
        ours=relative.ours,
        held_with=done == "hold" or (relative.held_with and done is None),
        kill_asked=relative.kill_asked,
        embargoed_until=embargo if done == "update" else relative.embargoed_until,
    )
    assert reach(act, now_stands, embargo=embargo, now=NOW) is None


@given(st.sampled_from(("publish", "update", "correct")), relatives, _hours)
def test_a_new_text_reaches_a_version_only_by_a_longer_embargo(act, relative, embargo):
    done = reach(act, relative, embargo=embargo, now=NOW)
    longer = embargo is not None and embargo > NOW and (relative.embargoed_until or NOW) < embargo
    assert done in (None, "update")
    assert (done == "update") <= (longer and relative.ours and relative.state == "usable")
