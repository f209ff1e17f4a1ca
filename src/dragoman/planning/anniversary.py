"""Anniversaries that are due, round ones first. Pure.

Limits: years of the Gregorian calendar; a Hijri or any other year is not reckoned.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from dragoman.model.event import Event
from dragoman.planning.fold import Held
from dragoman.planning.recurrence import anniversaries
from dragoman.planning.times import midnight


class Due(Struct, frozen=True, kw_only=True):
    """An anniversary on its `day`, `years` after it all began. `plan`: the id that an event planned for it has."""

    project: str
    id: str
    event: Event
    day: date
    years: int
    plan: str

    @property
    def is_round(self) -> bool:
        return is_round(self.years)


def is_round(years: int) -> bool:
    """10, 20, 25, 30, 40, 50, 60, 70, 75 …: what a newsroom writes about."""
    return years > 0 and (years % 10 == 0 or years % 25 == 0)


def due(held: Iterable[Held[Event]], today: date, days: int) -> list[Due]:
    """Those of the next `days` days, today included: the round ones first, each part in the order of days."""
    found = [
        Due(
            project=one.project,
            id=one.id,
            event=one.record,
            day=day,
            years=day.year - one.record.starts.year,
            plan=f"{one.id[:80]}-{day.year}",
        )
        for one in held
        if one.record.kind == "anniversary" and not one.dropped and one.record.state != "cancelled"
        for day in anniversaries(one.record, today, today + timedelta(days=days))
    ]
    return sorted(found, key=lambda one: (not one.is_round, one.day, -one.years, one.id))


def planned_for(one: Due) -> Event:
    """The event to be planned for it: on that day, its titles with the number of years."""
    return replace(
        one.event,
        kind="event",
        state="planned",
        titles={language: f"{title} ({one.years})" for language, title in one.event.titles.items()},
        starts=midnight(one.day),
        ends=midnight(one.day + timedelta(days=1)),
        all_day=True,
        rule="",
        but=(),
        also=(),
        parent="",
        uri="",
        origin="",
    )
