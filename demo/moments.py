"""When things happen in the demo, as its texts write it: counted from its first day, so that it is always fresh. Pure.

@-18 11:00 Asia/Baku   eleven o'clock there, 18 days before the first day
@+3                    the day, three days after it
@-50y   @-80y+33       the same day 50 years before; 33 days after the day 80 years before
@-25m   @-31h          minutes or hours before the demo began (at a full five minutes)
"""

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Asia/Baku")
"""Whose calendar says which day is the first."""
_DAY = re.compile(r"@(?:([+-]\d+)y)?([+-]\d+)?(?: (\d\d:\d\d) (\S+))?")
_SPAN = re.compile(r"@([+-]\d+)([mh])")


def dated(value: Any, start: datetime) -> Any:
    """`value` (what a TOML table holds) with each moment in it written as ISO 8601: a day, or a time with its offset."""
    if isinstance(value, dict):
        return {key: dated(each, start) for key, each in value.items()}
    if isinstance(value, list):
        return [dated(each, start) for each in value]
    return _written(value, start) if isinstance(value, str) and value[:2] in ("@+", "@-") else value


def moment(text: str, start: datetime) -> datetime:
    """The moment that `text` names.

    Raises:
        ValueError: it names a day, or nothing.
    """
    found = datetime.fromisoformat(_written(text, start))
    if found.tzinfo is None:
        raise ValueError(f"{text!r} is a day, not a moment")
    return found


def _written(text: str, start: datetime) -> str:
    if span := _SPAN.fullmatch(text):
        full = start - timedelta(minutes=start.minute % 5, seconds=start.second, microseconds=start.microsecond)
        size = timedelta(minutes=1) if span[2] == "m" else timedelta(hours=1)
        return (full + int(span[1]) * size).isoformat()
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no moment")
    years, days, clock, zone = found.groups()
    day = _years_on(start.astimezone(HOME).date(), int(years or 0)) + timedelta(days=int(days or 0))
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone)).isoformat() if clock else str(day)


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
