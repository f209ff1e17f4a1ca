"""Zones as calendars name them, and as they are written into one: IANA names, Windows names, made-up ones. Pure."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON
from msgspec import Struct

from dragoman.formats._ical_lines import Component

_CITY = re.compile(r"[A-Z][A-Za-z_]+/[A-Z][A-Za-z_+-]+(?:/[A-Z][A-Za-z_+-]+)?\Z")
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)", re.ASCII)
_WINDOWS = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
_YEARS = 6
"""How far a VTIMEZONE tells when clocks change."""


class Zone(Struct, frozen=True):
    """An IANA zone, and a note where the calendar's own name for it had to be understood, or could not be."""

    place: ZoneInfo
    note: str = ""

    @property
    def name(self) -> str:
        return self.place.key


@lru_cache(maxsize=256)
def known(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name and ".." not in name and not name.startswith("/") else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_called(tzid: str, said: Component | None, usual: str) -> Zone:
    """The zone that a calendar calls `tzid` and describes in `said`; the feed's where it cannot be understood."""
    name = tzid.strip().strip('"')
    if found := known(name):
        return Zone(found)
    windows = known(_WINDOWS.get(name.casefold(), ""))
    if windows:
        return Zone(windows)
    city = _CITY.search(name)
    for guess in (said.value("X-LIC-LOCATION") if said else "", city[0] if city else ""):
        if found := known(guess):
            return Zone(found, f"zone {name[:60]} read as {guess}")
    if (offset := _offset(said)) and (found := known(offset)):
        return Zone(found, f"zone {name[:60]} is not known: its standard offset taken, {offset}")
    usual_zone = known(usual) or ZoneInfo("UTC")
    return Zone(usual_zone, f"zone {name[:60]} is not known: taken as {usual_zone.key}")


def _offset(said: Component | None) -> str:
    """A zone with the fixed offset of the last STANDARD part, if that is of whole hours."""
    lines = said.lines if said else ()
    found = [line.partition(":")[2] for line in lines if line.upper().startswith("TZOFFSETTO")]
    match = _OFFSET.match(found[-1].strip()) if found else None
    if match is None or match[3] != "00":
        return ""
    sign = "-" if match[1] == "+" else "+"  # POSIX counts westwards
    return f"Etc/GMT{sign}{int(match[2])}" if int(match[2]) else "Etc/GMT"


def moment(wall: datetime, place: ZoneInfo) -> datetime:
    """The moment of a wall time, with its offset: of two the first, one that is skipped as much later (RFC 5545 §3.3.5)."""
    at = wall.replace(tzinfo=place, fold=0).astimezone(UTC).astimezone(place)
    return datetime.fromisoformat(at.isoformat())


@lru_cache(maxsize=64)
def described(name: str, year: int) -> tuple[str, ...]:
    """The lines of a VTIMEZONE that tells of the zone from `year` on (RFC 5545 §3.6.5)."""
    place = ZoneInfo(name)
    first = datetime(year, 1, 1, tzinfo=place)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}", *_observance(first.replace(tzinfo=None), first, first)]
    for before, after in _changes(place, year):
        lines += _observance(before.replace(tzinfo=None) + timedelta(seconds=1), before, after)
    return (*lines, "END:VTIMEZONE")


def _observance(onset: datetime, before: datetime, after: datetime) -> list[str]:
    """`onset` is by the clock as it was before the change."""
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{before:%z}"[:18],
        f"TZOFFSETTO:{after:%z}"[:16],
        f"TZNAME:{after.tzname()}",
        f"END:{kind}",
    ]


def _changes(place: ZoneInfo, year: int) -> list[tuple[datetime, datetime]]:
    """The last second before each change of the clocks, and the first after it."""
    found: list[tuple[datetime, datetime]] = []
    at, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + _YEARS, 1, 1, tzinfo=UTC)
    while at < end:
        following = at + timedelta(days=7)
        if at.astimezone(place).utcoffset() != following.astimezone(place).utcoffset():
            found.append(_narrowed(place, at, following))
        at = following
    return found


def _narrowed(place: ZoneInfo, low: datetime, high: datetime) -> tuple[datetime, datetime]:
    old = low.astimezone(place).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(place).utcoffset() == old:
            low = middle
        else:
            high = middle
    return low.astimezone(place), high.astimezone(place)
