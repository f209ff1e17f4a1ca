"""The diary: what takes place when, of our own planning and of what partners send. Pure: no clock, no store."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from dragoman.model.event import Coverage, Event, Participant
from dragoman.model.version import Version
from dragoman.planning.announcement import Told, item_of
from dragoman.planning.event import seen
from dragoman.planning.recurrence import times
from dragoman.planning.times import midnight, zone
from dragoman.query import Reading, Tree, matches
from dragoman.query.reading import exact, spaced


class Happening(Struct, frozen=True, kw_only=True):
    """One event with all that belongs to it: a record of `project`, or a partner's item (`item`, its number).

    `part_of`: the id of the record, or the uri of the item, that it is a part of. `instead_of`: the moment of that one
    that it stands for. `is_hidden`: its title is under embargo, and this is the event as others see it.
    """

    event: Event
    agency: str
    project: str = ""
    id: str = ""
    item: int = 0
    uri: str = ""
    part_of: str = ""
    instead_of: datetime | None = None
    participants: tuple[Participant, ...] = ()
    coverage: tuple[tuple[str, Coverage], ...] = ()
    """Each row with its record's id."""
    changed: datetime
    is_hidden: bool = False

    @property
    def address(self) -> str:
        """The path of its page."""
        return f"/event/item/{self.item}" if self.item else f"/event/{self.project}/{self.id}"

    @property
    def rows(self) -> list[Coverage]:
        return [row for _, row in self.coverage]

    @property
    def is_off(self) -> bool:
        """Does it not take place, as far as is known?"""
        return self.event.state in ("cancelled", "postponed")


class Entry(Struct, frozen=True, kw_only=True):
    """One time of one event, in the window that was asked for."""

    happening: Happening
    starts: datetime
    ends: datetime

    @property
    def event(self) -> Event:
        return self.happening.event

    def days(self, zone_name: str) -> tuple[date, date]:
        """The first and the last day on which it lies, by the clocks of a zone; an all-day event has its own days."""
        place = zone("UTC" if self.event.all_day else zone_name)
        first, end = self.starts.astimezone(place), self.ends.astimezone(place)
        # What ends at midnight does not lie on the day that begins then.
        last = end - timedelta(microseconds=1) if end > first else end
        return first.date(), last.date()


class Wanted(Struct, frozen=True, kw_only=True):
    """What a diary is to show. `coverage`: ``wanted`` (asked for and not taken), ``ours`` (rows of `home`), ``open`` (of
    `home`, not filed), ``none`` (nobody covers it)."""

    tree: Tree | None = None
    agency: str = ""
    kind: str = ""
    language: str = ""
    project: str = ""
    coverage: str = ""
    home: str = ""


def open_or_hidden(happening: Happening, now: datetime, *, inside: bool) -> Happening:
    """The event as whoever looks may see it: whole with the right to plan (`inside`), or once its embargo has lifted."""
    until = happening.event.embargoed_until
    if inside or until is None or until <= now:
        return happening
    return replace(happening, event=seen(happening.event), participants=(), coverage=(), part_of="", is_hidden=True)


def entries(happenings: Iterable[Happening], since: datetime, until: datetime) -> list[Entry]:
    """Every time in the window, in order; a time that another event stands for is left out."""
    listed = list(happenings)
    replaced = {(one.part_of, one.instead_of) for one in listed if one.instead_of is not None}
    found = [
        Entry(happening=one, starts=time.starts, ends=time.ends)
        for one in listed
        for time in times(one.event, since, until)
        if (one.uri, time.starts) not in replaced
    ]
    return sorted(found, key=lambda entry: (entry.starts, not entry.event.all_day, entry.happening.address))


def by_day(found: Sequence[Entry], days: Sequence[date], zone_name: str) -> list[tuple[date, list[Entry]]]:
    """The entries of each day, all-day ones first; what lasts several days stands on each of them."""
    spans = [(entry, *entry.days(zone_name)) for entry in found]
    return [
        (
            day,
            sorted(
                (entry for entry, first, last in spans if first <= day <= last),
                key=lambda entry: (not entry.event.all_day, entry.starts),
            ),
        )
        for day in days
    ]


def window(first: date, last: date, zone_name: str) -> tuple[datetime, datetime]:
    """From the beginning of `first` to the end of `last`, by the clocks of a zone, and wide enough for all-day events."""
    place = zone(zone_name)
    begins = datetime.combine(first, midnight(first).time(), tzinfo=place)
    ends = datetime.combine(last + timedelta(days=1), midnight(last).time(), tzinfo=place)
    return min(begins, midnight(first)), max(ends, midnight(last + timedelta(days=1)))


def answers(happening: Happening, wanted: Wanted, now: datetime, at: datetime | None = None) -> bool:
    """Is this one wanted? `at`: the moment that `after:` and `before:` ask about; its beginning unless told."""
    event = happening.event
    return (
        wanted.agency in ("", happening.agency)
        and wanted.kind in ("", event.kind)
        and (not wanted.language or wanted.language in _languages(event))
        and wanted.project in ("", happening.project)
        and _coverage(happening, wanted)
        and (wanted.tree is None or matches(wanted.tree, EventReading(happening, at), now=now))
    )


def _languages(event: Event) -> frozenset[str]:
    return frozenset({*event.languages, *event.titles} - {""})


def _coverage(happening: Happening, wanted: Wanted) -> bool:
    rows = [row for row in happening.rows if row.state != "dropped"]
    ours = [row for row in rows if row.agency == wanted.home]
    asked = {
        "wanted": any(row.state == "wanted" for row in rows),
        "ours": bool(ours),
        "open": any(row.is_open for row in ours),
        "none": not rows,
    }
    return asked.get(wanted.coverage, True)


class EventReading(Reading):
    """An event as queries look at it: an item of kind event, whose moment is when it takes place, in all its languages."""

    def __init__(self, happening: Happening, at: datetime | None = None) -> None:
        told = Told(
            event=happening.event,
            uri=happening.uri or happening.address,
            agency=happening.agency,
            participants=happening.participants,
        )
        item = item_of(told, public=False, now=happening.event.starts)
        super().__init__(
            Version(item=item, origin=happening.agency, agency=happening.agency, received=happening.changed)
        )
        self._event, self._people, self._at = happening.event, happening.participants, at or happening.event.starts

    @cached_property
    def text(self) -> str:
        event = self._event
        more = (
            *event.titles.values(),
            *event.summary.values(),
            event.venue.line,
            *event.hosts,
            *event.co_organisers,
            *(f"{one.name} {one.role} {one.agency}" for one in self._people),
        )
        return "|".join((super().text, *map(spaced, more)))

    @cached_property
    def headline(self) -> str:
        return "|".join(map(exact, self._event.titles.values())) or " "

    @cached_property
    def languages(self) -> frozenset[str]:
        return frozenset(code.casefold() for code in _languages(self._event))

    @cached_property
    def countries(self) -> frozenset[str]:
        return frozenset({self._event.venue.country.casefold()} - {""})

    @cached_property
    def moment(self) -> datetime:
        return self._at
