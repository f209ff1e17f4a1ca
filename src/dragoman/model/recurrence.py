"""How an event recurs: the rules of RFC 5545 §3.3.10 that a diary needs, read strictly and written one way.

A diary holds days: rules by the hour, the minute or the second, and more than one time a day, are refused.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final, Literal, cast

from msgspec import Struct

from dragoman.model.errors import BadInput

Every = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
EVERY: Final[tuple[Every, ...]] = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS: Final[tuple[Weekday, ...]] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST, LONGEST_INTERVAL, MOST_VALUES = 5_000, 1_000, 62
"""How often a rule may count to, how long it may pause, how many values a part of it may have."""


class Rule(Struct, frozen=True, kw_only=True):
    """`by_day`: weekdays, each with its place in the month or year (0: every one). `until` is in UTC, and included; a day
    without a time is its last second, in the event's own zone (`until_day`)."""

    every: Every
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    until_day: bool = False
    by_day: tuple[tuple[int, Weekday], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_week: tuple[int, ...] = ()
    by_place: tuple[int, ...] = ()
    week_starts: Weekday = "MO"


def read_rule(text: str) -> Rule:
    """The rule that `text` is, with or without ``RRULE:`` in front.

    Raises: BadInput: it is none, or one that a diary does not take; it says which part.
    """
    parts: dict[str, object] = {}
    for part in text.strip().upper().removeprefix("RRULE:").rstrip(";").split(";"):
        name, sign, value = part.partition("=")
        if not sign or name not in _READ:
            raise _wrong(text, f"{name or 'an empty part'} is no part of a rule here")
        field, read = _READ[name]
        if field in parts:
            raise _wrong(text, f"{name} stands twice")
        try:
            parts[field] = read(value)
        except ValueError as error:
            raise _wrong(text, f"{name}={value}: {error}"[:200]) from error
    if "every" not in parts:
        raise _wrong(text, "it does not say how often: FREQ is missing")
    if "count" in parts and "until" in parts:
        raise _wrong(text, "COUNT and UNTIL exclude each other")
    until = parts.pop("until", None)
    if until is not None:
        parts["until"], parts["until_day"] = cast("tuple[datetime, bool]", until)
    return Rule(**parts)  # type: ignore[arg-type]  # each by its own reader


def write_rule(rule: Rule) -> str:
    """The rule as iCalendar has it, its parts in a fixed order; reading it again gives the same rule."""
    until = "" if rule.until is None else f"{rule.until:%Y%m%d}" if rule.until_day else f"{rule.until:%Y%m%dT%H%M%SZ}"
    said = {
        "FREQ": rule.every,
        "INTERVAL": str(rule.interval) if rule.interval != 1 else "",
        "COUNT": str(rule.count or ""),
        "UNTIL": until,
        "BYMONTH": _listed(rule.by_month),
        "BYWEEKNO": _listed(rule.by_week),
        "BYYEARDAY": _listed(rule.by_year_day),
        "BYMONTHDAY": _listed(rule.by_month_day),
        "BYDAY": ",".join(f"{place or ''}{day}" for place, day in rule.by_day),
        "BYSETPOS": _listed(rule.by_place),
        "WKST": rule.week_starts if rule.week_starts != "MO" else "",
    }
    return ";".join(f"{name}={value}" for name, value in said.items() if value)


def _wrong(text: str, why: str) -> BadInput:
    return BadInput(
        "This is not a rule by which an event recurs",
        f"{text[:100]}: {why}",
        hint="Write it as FREQ=WEEKLY;BYDAY=TU,TH or FREQ=MONTHLY;BYDAY=1MO;UNTIL=20261231.",
    )


def _listed(values: tuple[int, ...]) -> str:
    return ",".join(map(str, values))


# ------------------------------------------------------------------------------------------------ the parts


def _every(value: str) -> Every:
    if value not in EVERY:
        raise ValueError(f"a diary holds days: one of {', '.join(EVERY)}")
    return value


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not re.fullmatch(r"[+-]?\d{1,5}", value, re.ASCII) or not low <= int(value) <= high or int(value) == 0:
            raise ValueError(f"a number from {low} to {high}")
        return int(value)

    return read


def _numbers(low: int, high: int) -> Callable[[str], tuple[int, ...]]:
    def read(value: str) -> tuple[int, ...]:
        return tuple(_number(low, high)(one) for one in _values(value))

    return read


def _values(value: str) -> list[str]:
    found = value.split(",")
    if len(found) > MOST_VALUES:
        raise ValueError(f"at most {MOST_VALUES} values")
    return found


def _days(value: str) -> tuple[tuple[int, Weekday], ...]:
    found: list[tuple[int, Weekday]] = []
    for one in _values(value):
        match = re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", one, re.ASCII)
        if match is None or not -53 <= int(match[1] or 0) <= 53:
            raise ValueError("weekdays as MO, 1MO or -1FR")
        found.append((int(match[1] or 0), cast("Weekday", match[2])))
    return tuple(found)


def _weekday(value: str) -> Weekday:
    if value not in WEEKDAYS:
        raise ValueError(f"one of {', '.join(WEEKDAYS)}")
    return value


def _until(value: str) -> tuple[datetime, bool]:
    match = re.fullmatch(r"(\d{8})(?:T(\d{6})Z?)?", value, re.ASCII)
    if match is None:
        raise ValueError("a day as 20261231 or a moment as 20261231T180000Z")
    return datetime.strptime(match[1] + (match[2] or "235959"), "%Y%m%d%H%M%S").replace(tzinfo=UTC), not match[2]


_READ: Final[Mapping[str, tuple[str, Callable[[str], object]]]] = {
    "FREQ": ("every", _every),
    "INTERVAL": ("interval", _number(1, LONGEST_INTERVAL)),
    "COUNT": ("count", _number(1, MOST)),
    "UNTIL": ("until", _until),
    "BYDAY": ("by_day", _days),
    "BYMONTHDAY": ("by_month_day", _numbers(-31, 31)),
    "BYMONTH": ("by_month", _numbers(1, 12)),
    "BYYEARDAY": ("by_year_day", _numbers(-366, 366)),
    "BYWEEKNO": ("by_week", _numbers(-53, 53)),
    "BYSETPOS": ("by_place", _numbers(-366, 366)),
    "WKST": ("week_starts", _weekday),
}
