"""The rules of events, of who takes part and who covers: what may be changed by whom, and what is no event at all.

They look at the act and at single records, never at a clock or a list, so that every node judges alike.
"""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from msgspec.structs import replace

from dragoman.model.errors import BadInput
from dragoman.model.event import Accreditation, Coverage, Event, EventState, Participant, Venue
from dragoman.model.recurrence import read_rule
from dragoman.planning.fold import Case
from dragoman.planning.members import Clause, by_an_editor, dropped_by_its_maker

LONGEST = timedelta(days=3 * 366)
FIRST_YEAR, LAST_YEAR = 1583, 2200
"""Of the calendar we reckon with, and of any plan."""
DEEPEST = 5
"""A forum, its round tables, their sittings: events inside each other."""
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}\Z", re.ASCII)

_NEXT: Final[Mapping[EventState, frozenset[EventState]]] = {
    "planned": frozenset({"confirmed", "postponed", "cancelled", "over"}),
    "confirmed": frozenset({"planned", "postponed", "cancelled", "over"}),
    "postponed": frozenset({"planned", "confirmed", "cancelled"}),
    "cancelled": frozenset({"planned", "confirmed"}),
    "over": frozenset({"confirmed"}),
}
"""From which state an event goes to which."""


def faults(event: Event) -> tuple[str, ...]:
    """What is impossible about it, by itself; empty: nothing."""
    found = [
        "it has no title" if not any(title.strip() for title in event.titles.values()) else "",
        "it ends before it starts" if event.ends is not None and event.ends < event.starts else "",
        "it lasts longer than three years" if event.ends is not None and event.ends - event.starts > LONGEST else "",
        *(
            f"the year {at.year} is out of reach"
            for at in (event.starts, *event.also)
            if not FIRST_YEAR <= at.year <= LAST_YEAR
        ),
        "an all-day event begins and ends at midnight UTC" if event.all_day and _is_off_midnight(event) else "",
        *(f"{name!r} is no zone" for name in (event.zone, event.venue.zone) if name and not _ZONE.match(name)),
        "" if event.kind != "anniversary" or event.all_day else "an anniversary is all day",
        _rule_fault(event.rule),
    ]
    return tuple(dict.fromkeys(fault for fault in found if fault))


def _is_off_midnight(event: Event) -> bool:
    times = [at for at in (event.starts, event.ends, *event.also) if at is not None]
    return any(at.utcoffset() or at.time() != time() for at in times)


def _rule_fault(rule: str) -> str:
    if not rule:
        return ""
    try:
        read_rule(rule)
    except BadInput as error:
        return f"its rule cannot be read: {error.detail}"
    return ""


def next_states(state: EventState) -> tuple[EventState, ...]:
    """Where an event may go from `state`, in the order of its life."""
    return tuple(one for one in _NEXT if one in _NEXT[state])


def seen(event: Event) -> Event:
    """The event as those see it who have no right to its embargoed title: when it is, and its public title, if any."""
    return Event(
        titles={"": event.public_title} if event.public_title else {},
        state=event.state,
        starts=event.starts,
        ends=event.ends,
        zone=event.place_zone,
        all_day=event.all_day,
        rule=event.rule,
        but=event.but,
        also=event.also,
        venue=Venue(),
        accreditation=Accreditation(),
        embargoed_until=event.embargoed_until,
        public_title=event.public_title,
        uri=event.uri,
        origin=event.origin,
    )


def open_to(event: Event, now: datetime, *, inside: bool) -> Event:
    """The event as whoever looks may see it: whole with the right to plan (`inside`), or once its embargo has lifted."""
    hidden = not inside and event.embargoed_until is not None and event.embargoed_until > now
    return seen(event) if hidden else event


def published(event: Event) -> Event:
    """The event without what is the desk's own: what goes into items, calendars and prints for others."""
    return replace(event, note="", restricted=False)


# ------------------------------------------------------------------------------------------------ clauses


def _possible(case: Case) -> str:
    assert isinstance(case.after, Event)
    found = faults(case.after) if case.act.verb == "set" else ()
    return found[0] if found else ""


def _in_its_order(case: Case) -> str:
    after, before = case.after, case.before.record if case.before else None
    assert isinstance(after, Event)
    if not isinstance(before, Event) or after.state == before.state or (case.before and case.before.dropped):
        return ""
    return "" if after.state in _NEXT[before.state] else f"from {before.state} it does not go to {after.state}"


def _parents(case: Case) -> str:
    """An event is not a part of itself, however far round, nor of one that is not there."""
    assert isinstance(case.after, Event)
    if "parent" not in case.changes:
        return ""
    at, depth = case.after.parent, 1
    while at:
        if at == case.act.id:
            return "it would be a part of itself"
        if depth >= DEEPEST:
            return f"events lie inside each other {DEEPEST} deep at most"
        held = case.records.get("event", at)
        if held is None or held.dropped or not isinstance(held.record, Event):
            return f"there is no event {at} it could be a part of"
        at, depth = held.record.parent, depth + 1
    return ""


def _of_an_event(case: Case) -> str:
    assert isinstance(case.after, (Participant, Coverage))
    held = case.records.get("event", case.after.event)
    if case.act.verb == "drop" or (held is not None and not held.dropped):
        return ""
    return f"there is no event {case.after.event}"


def _covered_by_itself(case: Case) -> str:
    """Each agency says itself what it covers; others ask for it (``wanted``). What nobody has taken is anybody's."""
    after, who = case.after, case.act.agency
    before = case.before.record if case.before and not case.before.dropped else None
    assert isinstance(after, Coverage)
    if case.act.verb == "drop":
        return "" if after.agency == who else dropped_by_its_maker(case)
    if after.agency != who and after.state != "wanted":
        return _its_own_word(after)
    if not isinstance(before, Coverage) or before.agency in ("", who):
        return ""
    asked_by_us = case.before is not None and case.before.made.agency == who and before.state == "wanted"
    return "" if asked_by_us else _its_own_word(before)


def _its_own_word(row: Coverage) -> str:
    return f"what {row.agency} covers is its own word; ask for it" if row.agency else "say who covers it"


OF_AN_EVENT: Final[tuple[Clause, ...]] = (by_an_editor, dropped_by_its_maker, _possible, _in_its_order, _parents)
OF_A_PARTICIPANT: Final[tuple[Clause, ...]] = (by_an_editor, dropped_by_its_maker, _of_an_event)
OF_COVERAGE: Final[tuple[Clause, ...]] = (by_an_editor, _of_an_event, _covered_by_itself)
