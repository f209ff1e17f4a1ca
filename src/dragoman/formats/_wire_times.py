"""When a wire message was sent, as its last line says: ``071341 GMT Okt 15``, ``AP-WF-11-13-13 0745GMT``. Pure."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from dragoman.formats._times import zone_of
from dragoman.read.calendar import MONTHS, plain_digits
from dragoman.text.fold import fold

HOURS: dict[str, float] = {
    "gmt": 0, "utc": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "trt": 3,
    "azt": 4, "get": 4, "gst": 4, "pkt": 5, "hkt": 8, "sgt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
"""Hours east of UTC of the zones that wires name. ``et``, ``cst`` and ``ist`` are of no one zone and stand for none."""
_DAY_HOUR = re.compile(
    r"(?<!\d)(?P<day>\d\d)\.?(?P<hour>\d\d):?(?P<minute>\d\d)[ \t]*(?P<zone>[A-Z]{1,5})?[ \t]+(?P<month>[^\W\d_]{3,10})\.?[ \t]+(?P<year>\d{4}|\d\d)(?!\d)"
)
_MONTH_DAY = re.compile(
    r"-(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d)[ \t]+(?P<hour>\d\d)(?P<minute>\d\d)[ \t]*(?P<zone>[A-Z]{1,4})?(?![A-Za-z])"
)
_CENTURY = 69


def zone_named(name: str) -> tzinfo | None:
    """The zone an abbreviation stands for; None where there is none, or it could be several."""
    hours = HOURS.get(name.lower())
    return None if hours is None else UTC if hours == 0 else timezone(timedelta(hours=hours))


def sent_at(line: str, zone: str) -> tuple[datetime | None, str]:
    """The moment an IPTC 7901 end line names, and a note where `zone` stood in for its own; (None, "") where it has none."""
    found = _DAY_HOUR.search(plain_digits(line[:400]))
    month = MONTHS.get(fold(found["month"])) if found else None
    return _moment(found, month, zone) if found and month else (None, "")


def sent_at_anpa(line: str, zone: str) -> tuple[datetime | None, str]:
    """The same for the end line of ANPA-1312."""
    found = _MONTH_DAY.search(line[:400])
    return _moment(found, int(found["month"]), zone) if found else (None, "")


def _moment(found: re.Match[str], month: int, zone: str) -> tuple[datetime | None, str]:
    year = int(found["year"])
    if year < 100:
        year += 1900 if year > _CENTURY else 2000
    stated = zone_named(found["zone"]) if found["zone"] else None
    try:
        at = datetime(
            year, month, int(found["day"]), int(found["hour"]), int(found["minute"]), tzinfo=stated or zone_of(zone)
        )
    except ValueError:
        return None, f"unreadable time: {found[0].strip()}"
    return at, "" if stated else f"time without zone, taken as {zone}"


def end_line(moment: datetime) -> str:
    """`moment` as IPTC 7901 ends a message with it."""
    at = moment.astimezone(UTC)
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{at:%d%H%M} GMT {months[at.month - 1]} {at:%y}"
