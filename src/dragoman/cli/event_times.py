"""Times and languages of events as they are typed on the command line."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import cast

from dragoman.model.errors import BadInput
from dragoman.planning.times import Which, midnight, typed_day, typed_moment, zone

_FAULTS = {
    "gap": "this time does not exist there: the clocks are put forward",
    "fold": "this time comes twice there: say --earlier or --later",
    "zone": "nobody knows this zone",
    "unreadable": "this is no day and time",
}


def wall(text: str, zone_name: str, which: str = "") -> datetime:
    """``2026-05-04 10:00`` by the clock of a zone; with an offset of its own, that moment.

    Raises: BadInput: it is no time, or one that does not exist there, or exists twice.
    """
    if re.search(r"(Z|[+-]\d\d:\d\d)$", text):
        try:
            return datetime.fromisoformat(text)
        except ValueError as error:
            raise BadInput("This is no time", text[:60], hint="As in '2026-05-04 10:00'.") from error
    day, _, hour = text.strip().replace("T", " ").partition(" ")
    typed = typed_moment(day, hour, zone_name, cast("Which", which))
    if typed.at is None:
        raise BadInput(
            "This time cannot be taken",
            f"{text[:60]}, {zone_name}: {_FAULTS.get(typed.fault or '', typed.fault)}",
            hint="As in '2026-05-04 10:00', by the clock of the event's zone.",
        )
    return typed.at


def day(text: str) -> date:
    """Raises: BadInput: it is no day."""
    found = typed_day(text)
    if found is None:
        raise BadInput("This is not a day", text[:40], hint="As in 2026-05-04.")
    return found


def all_day(first: str, last: str) -> tuple[datetime, datetime]:
    """The days of an all-day event, both included, as it has them."""
    return midnight(day(first)), midnight(day(last or first) + timedelta(days=1))


def said(lines: Iterable[str]) -> dict[str, str]:
    """``en=Harbour forum`` as a text by language.

    Raises: BadInput: a line names no language.
    """
    found: dict[str, str] = {}
    for line in lines:
        language, sign, text = line.partition("=")
        if not sign or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", language.strip()):
            raise BadInput("Say in which language", line[:60], hint="As in en='Harbour forum'.")
        found[language.strip()] = text.strip()
    return found


def window(week: str, one_day: str, first: str, last: str, zone_name: str, now: datetime) -> tuple[date, date]:
    """The days that were asked for, both included; without any, this week.

    Raises: BadInput: a week or a day that cannot be read.
    """
    if one_day:
        return day(one_day), day(one_day)
    if first or last:
        begins = day(first) if first else now.astimezone(zone(zone_name)).date()
        return begins, day(last) if last else begins + timedelta(days=29)
    if week:
        match = re.fullmatch(r"(\d{4})-?W(\d{2})", week.upper())
        try:
            begins = date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else day(week)
        except ValueError as error:
            raise BadInput("This is not a week", week, hint="As in 2026-W19.") from error
    else:
        begins = now.astimezone(zone(zone_name)).date()
    begins -= timedelta(days=begins.weekday())
    return begins, begins + timedelta(days=6)


def utc(at: datetime) -> datetime:
    return at.astimezone(UTC)
