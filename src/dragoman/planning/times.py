"""Times as people type them: on a clock on a wall, in a place. Some do not exist, some exist twice. Pure."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

Which = Literal["", "earlier", "later"]
Fault = Literal["unreadable", "gap", "fold", "zone", "backwards", "missing"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_HOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)\Z", re.ASCII)


class Typed(Struct, frozen=True):
    """A moment, or what is wrong with it: a time that is skipped when the clocks change (`gap`), one that comes twice and
    needs a word which (`fold`), a zone nobody knows, something that is no time."""

    at: datetime | None = None
    fault: Fault | None = None


@lru_cache(maxsize=256)
def find_zone(name: str) -> ZoneInfo | None:
    """The IANA zone called so, or none."""
    try:
        return ZoneInfo(name) if name and not name.startswith((".", "/")) else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone(name: str) -> ZoneInfo:
    """The zone, or UTC where there is none of that name."""
    return find_zone(name) or ZoneInfo("UTC")


def typed_moment(day: str, hour: str, zone_name: str, which: Which = "") -> Typed:
    """``2026-10-25``, ``02:30``, in a zone: the moment, with its offset then. An empty hour is midnight."""
    place = find_zone(zone_name)
    if place is None:
        return Typed(fault="zone")
    wall = _wall(day.strip(), hour.strip() or "00:00")
    return Typed(fault="unreadable") if wall is None else on_the_wall(wall, place, which)


def on_the_wall(wall: datetime, place: ZoneInfo, which: Which = "") -> Typed:
    """The moment at which the clocks of `place` show `wall` (naive)."""
    earlier, later = (wall.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    if earlier.utcoffset() == later.utcoffset():
        return Typed(fixed(earlier))
    if earlier.astimezone(UTC).astimezone(place).replace(tzinfo=None) != wall:
        return Typed(fault="gap")
    if not which:
        return Typed(fault="fold")
    return Typed(fixed(earlier if which == "earlier" else later))


def moment_of(wall: datetime, place: ZoneInfo) -> datetime:
    """The moment of a wall time that nobody can be asked about: of two the first, and one that is skipped as much later as
    the clocks are put forward (RFC 5545 §3.3.5)."""
    return fixed(wall.replace(tzinfo=place, fold=0).astimezone(UTC).astimezone(place))


def fixed(at: datetime) -> datetime:
    """The same moment with a plain offset, as it is written down."""
    return datetime.fromisoformat(at.isoformat())


def wall_of(at: datetime, place: ZoneInfo) -> datetime:
    """What the clocks of `place` show then, naive."""
    return at.astimezone(place).replace(tzinfo=None)


def midnight(day: date) -> datetime:
    """A day as an all-day event has it."""
    return datetime.combine(day, time(), tzinfo=UTC)


def typed_day(text: str) -> date | None:
    wall = _wall(text.strip(), "00:00")
    return wall.date() if wall else None


def _wall(day: str, hour: str) -> datetime | None:
    clock = _HOUR.match(hour)
    if not _DAY.match(day) or not clock:
        return None
    try:
        return datetime.combine(date.fromisoformat(day), time(int(clock[1]), int(clock[2])))
    except ValueError:
        return None


def days_between(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
