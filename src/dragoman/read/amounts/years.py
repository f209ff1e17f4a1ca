"""Which year, month and day are meant where a text leaves them out: the nearest to the item's time. Pure."""

import datetime as dt

from dragoman.read.calendar import valid_date

_AHEAD_COUNTS = 3
"""News tells what was more than what will be: a day ahead is as far as three behind."""


def nearest_year(month: int, day: int, time: dt.datetime | None) -> int | None:
    """The year that puts day and month nearest to `time`: 31 December told on 1 January was last year, and in February
    1 September was last year's, while 15 April is to come."""
    if time is None:
        return None
    today = time.date()
    possible = [found for year in (today.year - 1, today.year, today.year + 1) if (found := _day(year, month, day))]
    return min(possible, key=lambda found: _distance((found - today).days)).year if possible else None


def _distance(days: int) -> int:
    return days * _AHEAD_COUNTS if days > 0 else -days


def _day(year: int, month: int, day: int) -> dt.date | None:
    return valid_date(year, month, day) if 1 <= year <= 9999 else None


def iso(year: int | None, month: int | None, day: int | None) -> str:
    """ISO 8601 as far as it is known; empty where the calendar has no such day, or nothing is known but a month."""
    if month is None:
        return f"{year:04d}" if year else ""
    if not 1 <= month <= 12:
        return ""
    if day is None:
        return f"{year:04d}-{month:02d}" if year else ""
    if not 1 <= day <= 31 or not _day(year or 2024, month, day):  # 2024: a year with a 29 February
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"


def weekday(number: int, time: dt.datetime, *, ahead: bool = False, behind: bool = False) -> dt.date:
    """The day of the week (1 is Monday) that is meant: of the last seven days or, `ahead`, of the next,
    today among them; `behind`, before today."""
    today = time.date()
    back = (today.isoweekday() - number) % 7
    if ahead:
        return _shifted(today, (7 - back) % 7)
    return _shifted(today, -(back or 7) if behind else -back)


def shifted(time: dt.datetime, days: int) -> dt.date:
    """So many days from `time`."""
    return _shifted(time.date(), days)


def _shifted(day: dt.date, days: int) -> dt.date:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return day


def nearest_day(day: int, time: dt.datetime) -> dt.date | None:
    """The day of a month that is not said ("19日"): the nearest to `time`."""
    today = time.date()
    possible = []
    for shift in (-1, 0, 1):
        month = today.month - 1 + shift
        if found := _day(today.year + month // 12, month % 12 + 1, day):
            possible.append(found)
    return min(possible, key=lambda found: abs((found - today).days)) if possible else None
