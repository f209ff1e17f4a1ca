"""What does not go together in a diary. Nothing is forbidden by it: somebody is told. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from dragoman.planning.diary import Entry, Happening
from dragoman.planning.recurrence import Time, times
from dragoman.text.fold import fold

ClashKind = Literal["outside", "parent_off", "person", "venue", "accreditation", "late", "part_off"]
_AHEAD = timedelta(days=62)
"""How far times of what recurs are compared."""


class Clash(Struct, frozen=True, kw_only=True):
    """One thing to look at: with which other event, who or where, and when."""

    kind: ClashKind
    what: str = ""
    other: Happening | None = None
    at: datetime | None = None


def clashes(one: Happening, others: Iterable[Happening], now: datetime) -> list[Clash]:
    """What does not go together about `one`, given the others of its time: its parent and its parts, whatever their time."""
    others = [other for other in others if other.address != one.address]
    parent = next((other for other in others if one.part_of and other.id == one.part_of), None)
    found = [*_with_parent(one, parent), *_by_itself(one, now)]
    if not one.is_off:
        for other in others:
            if not other.is_off and not other.is_hidden:
                found += _between(one, other)
    return found


def _with_parent(one: Happening, parent: Happening | None) -> list[Clash]:
    if parent is None:
        return []
    found = []
    if parent.is_off and not one.is_off:
        found.append(Clash(kind="parent_off", other=parent))
    inside = any(
        span.starts <= one.event.starts and _end(one) <= span.ends for span in _times(parent, one.event.starts)
    )
    if not inside and parent.event.ends is not None:
        found.append(Clash(kind="outside", other=parent, at=one.event.starts))
    return found


def _by_itself(one: Happening, now: datetime) -> list[Clash]:
    asked = one.event.accreditation
    found = []
    if asked.required and asked.until and asked.until > one.event.starts:
        found.append(Clash(kind="accreditation", at=asked.until))
    found += [
        Clash(kind="late", what=row.person or row.agency, at=row.due)
        for row in one.rows
        if row.is_open and row.due is not None and row.due < now
    ]
    return found


def _between(one: Happening, other: Happening) -> list[Clash]:
    both = _busy(one) & _busy(other)
    same_venue = _venue(one) and _venue(one) == _venue(other) and not _related(one, other)
    if not both and not same_venue:
        return []
    at = _overlap(_times(one, one.event.starts), _times(other, one.event.starts))
    if at is None:
        return []
    found = [Clash(kind="person", what=_spoken(one, name), other=other, at=at) for name in sorted(both)]
    return found + ([Clash(kind="venue", what=one.event.venue.line, other=other, at=at)] if same_venue else [])


def _busy(one: Happening) -> set[str]:
    """Who has to be there: participants, and those sent to cover it; not on the whole of what only frames others."""
    sent = (row.person for row in one.rows if row.state in ("planned", "assigned", "filed"))
    return {fold(name) for name in (*sent, *(person.name for person in one.participants)) if name.strip()}


def _spoken(one: Happening, folded: str) -> str:
    names = (*(row.person for row in one.rows), *(person.name for person in one.participants))
    return next((name for name in names if fold(name) == folded), folded)


def _venue(one: Happening) -> str:
    venue = one.event.venue
    return fold(f"{venue.name}|{venue.city}") if venue.name else ""


def _related(one: Happening, other: Happening) -> bool:
    """A round table lies in its forum's house at its forum's time."""
    return one.part_of == other.id != "" or other.part_of == one.id != ""


def _end(one: Happening) -> datetime:
    return one.event.ends or one.event.starts


def _times(one: Happening, around: datetime) -> list[Time]:
    if not one.event.rule and not one.event.also:
        return [Time(one.event.starts, _end(one))]
    return times(one.event, min(around, one.event.starts), around + _AHEAD)


def _overlap(ones: Sequence[Time], others: Sequence[Time]) -> datetime | None:
    """The first moment at which both are on."""
    for one in ones:
        for other in others:
            if one.starts < other.ends and other.starts < one.ends:
                return max(one.starts, other.starts)
    return None


def all_clashes(found: Sequence[Entry], now: datetime) -> list[tuple[Happening, Clash]]:
    """Of every event in a window once, each pair told once."""
    listed = {entry.happening.address: entry.happening for entry in found}
    told: set[frozenset[str]] = set()
    lines: list[tuple[Happening, Clash]] = []
    for one in listed.values():
        for clash in clashes(one, listed.values(), now):
            pair = frozenset({one.address, clash.other.address if clash.other else "", clash.kind, clash.what})
            if pair not in told:
                told.add(pair)
                lines.append((one, clash))
    return lines
