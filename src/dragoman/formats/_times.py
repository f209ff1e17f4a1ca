"""Times as feeds write them, made aware: RFC 3339, RFC 822 and their common misspellings. Pure."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_ZONES = {  # abbreviations that are in no RFC but in feeds; of two meanings, the one newsrooms use
    "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "WET": 0, "WEST": 1, "BST": 1, "IST": 5.5, "MSK": 3,
    "MSD": 4, "AZT": 4, "GET": 4, "TRT": 3, "GST": 4, "AST": 3, "PKT": 5, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12,
}  # fmt: skip
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt\s]\s*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?\s*([Zz]|UTC|GMT|[+-]\d\d:?\d{0,2})?)?\Z"
)
_ABBREVIATION = re.compile(r"\s([A-Z]{2,5})\Z")
_OFFSET = re.compile(r"([+-]\d\d):(\d\d)\Z")
_LOOSE_Z = re.compile(r"(?<=\d)\s*Z\Z")


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo | timezone:
    """The zone called `name`; UTC where there is none of that name."""
    try:
        return ZoneInfo(name) if name and name != "UTC" else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def read_time(text: str, zone: str) -> tuple[datetime | None, str]:
    """The moment `text` tells, aware, and a note where `zone` (the feed's) had to stand in; (None, note) if unreadable."""
    if len(text) > 19 and text[10] == "T":
        try:
            exact = datetime.fromisoformat(text)  # the usual case, and ten times as fast
        except ValueError:
            exact = None
        if exact is not None and exact.tzinfo is not None:
            return exact, ""
    words = " ".join(text.split())
    if not words:
        return None, ""
    try:
        found = _iso(words) or _rfc822(words)
    except (ValueError, OverflowError, IndexError, TypeError):
        found = None
    if found is None:
        return None, f"unreadable time: {words[:60]}"
    if found.tzinfo is None:
        return found.replace(tzinfo=zone_of(zone)), f"time without zone, taken as {zone or 'UTC'}: {words[:60]}"
    return found, ""


def _iso(words: str) -> datetime | None:
    match = _ISO.match(words)
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    seconds = int(second or 0)
    moment = datetime(  # noqa: DTZ001 - its offset follows, or the caller's zone
        int(year), int(month), int(day), int(hour or 0), int(minute or 0), min(seconds, 59),
        int((fraction or "0").ljust(6, "0")[:6]),
    )  # fmt: skip
    if not offset:
        return moment
    if offset in ("Z", "z", "UTC", "GMT"):
        return moment.replace(tzinfo=UTC)
    return moment.replace(tzinfo=_offset(offset))


def _offset(offset: str) -> timezone:
    digits = offset[1:].replace(":", "").ljust(4, "0")
    apart = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return timezone(-apart if offset[0] == "-" else apart)


def _rfc822(words: str) -> datetime | None:
    words = _LOOSE_Z.sub(" +0000", _OFFSET.sub(r"\1\2", words))
    named = _ABBREVIATION.search(words)
    hours = _ZONES.get(named[1]) if named else None
    if named and hours is not None:
        words = words[: named.start()]
    parsed = parsedate_tz(words)
    if parsed is None or parsed[0] < 1:
        return None
    moment = datetime(parsed[0], parsed[1], parsed[2], parsed[3], parsed[4], min(parsed[5], 59))  # noqa: DTZ001 - as above
    if hours is not None:
        return moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    return moment if parsed[9] is None else moment.replace(tzinfo=timezone(timedelta(seconds=parsed[9])))


def rfc822(moment: datetime) -> str:
    """`moment` as RSS wants it, its offset kept (RFC 822 with four-digit years)."""
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return (
        f"{days[moment.weekday()]}, {moment.day:02} {months[moment.month - 1]} {moment.year:04} "
        f"{moment:%H:%M:%S} {moment:%z}"[:31]
    )


def rfc3339(moment: datetime) -> str:
    """`moment` as Atom and ninjs want it, its offset kept."""
    return moment.isoformat().replace("+00:00", "Z")
