"""A line of the diary: when it is there and here, what, whose, where, and how it is covered. Pure."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton
from msgspec import Struct

from dragoman.model.event import Coverage, Event
from dragoman.planning.diary import Entry, Happening
from dragoman.web import times
from dragoman.web.words import Words


class When(Struct, frozen=True, kw_only=True):
    """`there` by the clocks of the venue, with its `place`; `here` by ours, empty where they show the same."""

    there: str
    place: str = ""
    here: str = ""
    iso: str = ""


class Line(Struct, frozen=True, kw_only=True):
    """`title` is empty where it is not to be seen. `covered`: how many rows there are of each kind, `wanted` among them."""

    happening: Happening
    when: When
    title: str
    language: str
    address: str
    covered: tuple[tuple[str, int], ...]
    wanted: int
    late: int
    years: int = 0
    """Of an anniversary."""
    goes_on: bool = False
    """It began on an earlier day than the one it stands under."""

    @property
    def event(self) -> Event:
        return self.happening.event


def line_of(entry: Entry, words: Words, home_zone: str, now: datetime, day: date | None = None) -> Line:
    """The line of one entry, on `day` of the diary if it stands under one."""
    one = entry.happening
    rows = [row for row in one.rows if row.state not in ("dropped", "wanted")]
    covered = Counter(row.kind for row in rows)
    return Line(
        happening=one,
        when=when_of(entry, words, home_zone, day),
        title=one.event.title(words.language),
        language=one.event.language(words.language),
        address=one.address + (f"?at={entry.starts.isoformat()}" if one.event.rule else ""),
        covered=tuple(sorted(covered.items())),
        wanted=sum(1 for row in one.rows if row.state == "wanted"),
        late=sum(1 for row in rows if is_late(row, now)),
        years=entry.starts.year - one.event.starts.year if one.event.kind == "anniversary" else 0,
        goes_on=day is not None and entry.days(home_zone)[0] < day,
    )


def is_late(row: Coverage, now: datetime) -> bool:
    return row.is_open and row.due is not None and row.due < now


def when_of(entry: Entry, words: Words, home_zone: str, day: date | None = None) -> When:
    """The times of an entry as a newsroom reads them, the venue's first."""
    event = entry.event
    if event.all_day:
        first, last = entry.days("UTC")
        said = words("diary.all_day") if first == last else days(first, last, words)
        if day is None and first == last:
            said = f"{days(first, last, words)}, {said}"
        return When(there=said, iso=first.isoformat())
    there, here = times.zone_of(event.place_zone), times.zone_of(home_zone)
    said = span(entry.starts, entry.ends, there, words, day)
    ours = span(entry.starts, entry.ends, here, words, day)
    same = entry.starts.astimezone(there).replace(tzinfo=None) == entry.starts.astimezone(here).replace(tzinfo=None)
    return When(
        there=said,
        place=place(there, words),
        here="" if same else f"{ours} {place(here, words)}",
        iso=entry.starts.isoformat(),
    )


def span(starts: datetime, ends: datetime, zone: ZoneInfo, words: Words, day: date | None) -> str:
    """``10:00–12:00``; with the day where it is another than `day`, or where it ends on another."""
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    same_day = last.date() == first.date() or (last - first < timedelta(hours=12) and last.hour < 12)
    clock = f"{first:%H:%M}–{last:%H:%M}" if same_day and last > first else f"{first:%H:%M}"
    begins = _left_to_right(clock) if first.date() == day else f"{_day(first.date(), words)} {_left_to_right(clock)}"
    if same_day or last <= first:
        return begins
    return f"{begins} – {_day(last.date(), words)} {last:%H:%M}"


def _left_to_right(clock: str) -> str:
    """Isolated (Unicode 6.3, LRI and PDI): in an Arabic line from–to must not turn into to–from."""
    return f"\u2066{clock}\u2069"


def place(zone: ZoneInfo, words: Words) -> str:
    """What the zone's clock is called: its city, or its offset where it has none."""
    if zone.key.startswith("Etc/GMT"):
        west = zone.key.removeprefix("Etc/GMT")
        return f"GMT{'+' if west.startswith('-') else '−'}{west[1:]}" if west else "UTC"
    return times.place_of(zone, words.locale)


def days(first: date, last: date, words: Words) -> str:
    """``4 May 2026``, ``4–6 May 2026``, as the language writes it."""
    if first == last:
        return str(format_skeleton("yMMMd", first, locale=words.locale))
    return str(format_interval(first, last, "yMMMd", locale=words.locale))


def _day(day: date, words: Words) -> str:
    return str(format_skeleton("MMMd", day, locale=words.locale))


def heading(day: date, words: Words) -> str:
    """``Monday, 4 May``: over the entries of a day."""
    return str(format_skeleton("MMMMEEEEd", day, locale=words.locale))


def full_day(day: date, words: Words) -> str:
    return str(format_date(day, "full", locale=words.locale))
