"""The times at which an event takes place within a window. Bounded: no rule is ever followed beyond it.

The wall clock of the event's place counts: what begins at ten in winter begins at ten in summer. One time a day at most, so
every part of a rule is a question put to a day (RFC 5545 §3.3.10); python-dateutil, with which the tests compare, follows a
rule that never comes true to the year 9999.
"""

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from dragoman.model.event import Event
from dragoman.model.recurrence import WEEKDAYS, Rule, Weekday, read_rule
from dragoman.planning.times import fixed, midnight, moment_of, wall_of, zone

MOST = 400
"""Times of one event in one window; what is more is cut off."""
HORIZON = timedelta(days=366 * 9)
"""How far ahead a rule must come true for once: a 29 February comes within nine years."""
_COUNTED_DAYS = 60_000
"""How many days a rule with a COUNT is followed from its beginning."""
_DAY = timedelta(days=1)


class Time(Struct, frozen=True, order=True):
    """One time at which an event takes place; `ends` is `starts` where no end is known."""

    starts: datetime
    ends: datetime


def times(event: Event, since: datetime, until: datetime) -> list[Time]:
    """The times of `event` that lie anywhere within the window, in order, at most `MOST` of them."""
    length = (event.ends or event.starts) - event.starts
    if event.all_day:
        length = max(length, _DAY)
    found: set[Time] = set()
    for start in _starts(event, since - length, until):
        if start < until and (start + length > since or start == since):
            found.add(Time(start, _ended(event, start, length)))
        if len(found) >= MOST:
            break
    return sorted(found)


def never_happens(event: Event) -> bool:
    """Does its rule not come true once, its exceptions considered?"""
    if not event.rule or event.kind == "anniversary":
        return False
    first = _first_wall(event)
    days = days_of(read_rule(event.rule), first.date(), first.date(), (first + HORIZON).date(), _last_day(event))
    return all(day in event.but for day in days)


def _ended(event: Event, start: datetime, length: timedelta) -> datetime:
    return start + length if event.all_day else fixed((start + length).astimezone(zone(event.place_zone)))


def _starts(event: Event, since: datetime, until: datetime) -> Iterator[datetime]:
    """The beginnings from about `since` on, in no certain order, exceptions left out."""
    if event.kind == "anniversary":
        yield from (midnight(day) for day in anniversaries(event, since.date(), until.date()))
        return
    first = _first_wall(event)
    if first.date() not in event.but:
        yield event.starts
    yield from event.also
    if not event.rule:
        return
    place, but = _place(event), frozenset(event.but)
    window = (wall_of(since, place) - _DAY).date(), (wall_of(until, place) + _DAY).date()
    for day in _days(event.rule, first.date(), *window, _last_day(event)):
        if day not in but and day != first.date():
            wall = datetime.combine(day, first.time())
            yield midnight(day) if event.all_day else moment_of(wall, place)


def _place(event: Event) -> ZoneInfo:
    return ZoneInfo("UTC") if event.all_day else zone(event.place_zone)


def _first_wall(event: Event) -> datetime:
    return wall_of(event.starts, _place(event))


def _last_day(event: Event) -> date | None:
    """The last day on which the rule may come true: UNTIL, as the clocks of the place have it."""
    rule = read_rule(event.rule)
    if rule.until is None:
        return None
    if rule.until_day:
        return rule.until.date()
    last, first = wall_of(rule.until, _place(event)), _first_wall(event)
    return last.date() if first.time() <= last.time() else last.date() - _DAY


def anniversaries(event: Event, since: date, until: date) -> Iterator[date]:
    """The day of every year from the one after it began; who was born on a 29 February is remembered on the 28th."""
    first = event.starts.date()
    for year in range(max(first.year + 1, since.year), min(until.year, date.max.year) + 1):
        day = same_day(first, year)
        if since <= day <= until and day not in event.but:
            yield day


def same_day(day: date, year: int) -> date:
    """The day in another year; a 29 February is the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


# ------------------------------------------------------------------------------------------------ days by a rule


@lru_cache(maxsize=512)
def _days(text: str, first: date, since: date, until: date, last: date | None) -> tuple[date, ...]:
    """Cached: a diary asks for the same week again and again."""
    return days_of(read_rule(text), first, since, until, last)


def days_of(rule: Rule, first: date, since: date, until: date, last: date | None = None) -> tuple[date, ...]:
    """The days from `since` to `until` on which the rule comes true that began on `first`, at most `MOST`."""
    end = until if last is None else min(until, last)
    begin = first if rule.count else max(first, since)
    found: list[date] = []
    for number, day in enumerate(_fitting(rule, first, begin, end), 1):
        if rule.count is not None and number > rule.count:
            break
        if day >= since:
            found.append(day)
        if len(found) >= MOST:
            break
    return tuple(found)


def _fitting(rule: Rule, first: date, begin: date, end: date) -> Iterator[date]:
    """Every day that fits, from `first` on, in order, whole periods from the one in which `begin` lies."""
    fits = _questions(rule, first)
    looked_at = 0
    for opening, length in _periods(rule, first, begin, end):
        looked_at += length
        if looked_at > _COUNTED_DAYS and rule.count:
            return
        days = (opening + timedelta(days=number) for number in range(length))
        fitting = [day for day in days if all(asked(day) for asked in fits)]
        yield from (day for day in _placed(rule, fitting) if first <= day <= end and (rule.count or day >= begin))


def _placed(rule: Rule, days: list[date]) -> list[date]:
    if not rule.by_place:
        return days
    chosen = {place - 1 if place > 0 else len(days) + place for place in rule.by_place}
    return [day for number, day in enumerate(days) if number in chosen]


def _periods(rule: Rule, first: date, begin: date, end: date) -> Iterator[tuple[date, int]]:
    """First day and length of each period that the rule looks at: days, weeks, months or years, `interval` apart."""
    opening = _opening(rule, first)
    gone = _PASSED[rule.every](opening, begin) // rule.interval * rule.interval
    number = max(gone, 0)
    while True:
        try:
            start, length = _PERIOD[rule.every](opening, number)
            beyond = start > end or start + timedelta(days=length - 1) > date.max - _DAY
        except (OverflowError, ValueError):  # behind the year 9999
            return
        if beyond:
            return
        yield start, length
        number += rule.interval


def _opening(rule: Rule, first: date) -> date:
    """The first day of the period in which the rule begins."""
    if rule.every == "WEEKLY":
        return first - timedelta(days=(first.weekday() - WEEKDAYS.index(rule.week_starts)) % 7)
    return {"DAILY": first, "MONTHLY": first.replace(day=1), "YEARLY": first.replace(month=1, day=1)}[rule.every]


def _month(opening: date, number: int) -> tuple[date, int]:
    year, month = divmod(opening.year * 12 + opening.month - 1 + number, 12)
    return date(year, month + 1, 1), monthrange(year, month + 1)[1]


def _year(opening: date, number: int) -> tuple[date, int]:
    return date(opening.year + number, 1, 1), 366 if isleap(opening.year + number) else 365


_PERIOD: dict[str, Callable[[date, int], tuple[date, int]]] = {
    "DAILY": lambda opening, number: (opening + timedelta(days=number), 1),
    "WEEKLY": lambda opening, number: (opening + timedelta(weeks=number), 7),
    "MONTHLY": _month,
    "YEARLY": _year,
}
_PASSED: dict[str, Callable[[date, date], int]] = {
    "DAILY": lambda opening, begin: (begin - opening).days,
    "WEEKLY": lambda opening, begin: (begin - opening).days // 7,
    "MONTHLY": lambda opening, begin: (begin.year - opening.year) * 12 + begin.month - opening.month,
    "YEARLY": lambda opening, begin: begin.year - opening.year,
}
"""How many periods have passed between the two."""


def _questions(rule: Rule, first: date) -> list[Callable[[date], bool]]:
    """What a day is asked; those that the first day implies come last."""
    by_month, by_month_day = frozenset(rule.by_month), frozenset(rule.by_month_day)
    by_year_day, by_week = frozenset(rule.by_year_day), frozenset(rule.by_week)
    asked: list[Callable[[date], bool]] = []
    if by_month:
        asked.append(lambda day: day.month in by_month)
    if by_month_day:
        asked.append(lambda day: day.day in by_month_day or day.day - _month_length(day) - 1 in by_month_day)
    if by_year_day:
        asked.append(lambda day: not by_year_day.isdisjoint(_year_day(day)))
    if by_week:
        asked.append(lambda day: not by_week.isdisjoint(_week(day, rule.week_starts)))
    if rule.by_day:
        asked.append(_weekdays(rule))
    return asked + _implied(rule, first)


def _implied(rule: Rule, first: date) -> list[Callable[[date], bool]]:
    if rule.every == "DAILY" or rule.by_day or rule.by_month_day or rule.by_year_day:
        return []
    if rule.every == "WEEKLY" or rule.by_week:
        return [lambda day: day.weekday() == first.weekday()]
    if rule.every == "MONTHLY" or rule.by_month:
        return [lambda day: day.day == first.day]
    return [lambda day: (day.month, day.day) == (first.month, first.day)]


def _weekdays(rule: Rule) -> Callable[[date], bool]:
    """A weekday's place counts within the month, or within the year of a yearly rule that names no month."""
    any_place = {WEEKDAYS.index(name) for place, name in rule.by_day if not place or rule.every in ("DAILY", "WEEKLY")}
    placed = {(place, WEEKDAYS.index(name)) for place, name in rule.by_day if place}
    within = _year_places if rule.every == "YEARLY" and not rule.by_month else _month_places

    def asked(day: date) -> bool:
        weekday = day.weekday()
        return weekday in any_place or any((place, weekday) in placed for place in within(day))

    return asked


def _month_length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _month_places(day: date) -> tuple[int, int]:
    return (day.day - 1) // 7 + 1, -((_month_length(day) - day.day) // 7 + 1)


def _year_day(day: date) -> tuple[int, int]:
    number = day.timetuple().tm_yday
    return number, number - (366 if isleap(day.year) else 365) - 1


def _year_places(day: date) -> tuple[int, int]:
    number, back = _year_day(day)
    return (number - 1) // 7 + 1, -((-back - 1) // 7 + 1)


def _week(day: date, week_starts: Weekday) -> tuple[int, int]:
    """The number of its week, from the beginning and from the end of its year; the first has four days in it at least."""
    middle = day - timedelta(days=(day.weekday() - WEEKDAYS.index(week_starts)) % 7) + timedelta(days=3)
    number = (middle.timetuple().tm_yday - 1) // 7 + 1
    weeks = number + (date(middle.year, 12, 31) - middle).days // 7
    return number, number - weeks - 1
