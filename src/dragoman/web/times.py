"""Times as an editor reads them: in the home agency's zone, the zone named, UTC at hand. Pure."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_skeleton, get_timezone_location


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The zone called `name`, or UTC where the system does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


@lru_cache(maxsize=256)
def place_of(zone: ZoneInfo, locale: Locale) -> str:
    """What a newsroom calls the zone: its city."""
    if zone.key in ("UTC", "Etc/UTC"):
        return "UTC"
    return get_timezone_location(zone, locale=locale, return_city=True)


def clock(at: datetime, zone: ZoneInfo, locale: Locale, now: datetime) -> str:
    """``14:02`` today, ``21 Nov 14:02`` before that: short, for columns."""
    here = at.astimezone(zone)
    time = f"{here:%H:%M}"
    if here.date() == now.astimezone(zone).date():
        return time
    return f"{format_skeleton('MMMd', here, locale=locale)} {time}"


def second(at: datetime, zone: ZoneInfo, locale: Locale, now: datetime) -> str:
    """The same to the second, for receipts."""
    return f"{clock(at, zone, locale, now)}:{at.astimezone(zone):%S}"


def moment(at: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """``22 Nov 2026 14:02 Baku``, the day as the language writes it: day, time and zone, for whatever is acted on."""
    here = at.astimezone(zone)
    return f"{day(at, zone, locale)} {here:%H:%M} {place_of(zone, locale)}"


def day(at: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """``22 Nov 2026``: for what lasts the whole day."""
    return format_skeleton("yMMMd", at.astimezone(zone), locale=locale)


def universal(at: datetime) -> str:
    """The same in UTC, and the sender's own where it is another."""
    said = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    offset = at.utcoffset() or timedelta()
    return f"{said} · {at:%H:%M %z}" if offset else said


def span(length: timedelta) -> str:
    """``1 h 53``, ``7 min``, ``12 s``: how long, roughly. Never negative."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest:02}"
    return f"{hours // 24} d {hours % 24} h"
