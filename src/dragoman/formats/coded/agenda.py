"""A calendar as a program exports it to a table (comma-separated, ``"Subject","Start Date",…``): each row an event. Pure."""

import csv
import io
import re
from datetime import date, datetime

from msgspec.structs import replace

from dragoman.formats._identity import content_version, digest, made_uri
from dragoman.formats._times import zone_of
from dragoman.model.arrival import Hints
from dragoman.model.errors import TooLarge, Undecodable
from dragoman.model.happening import Dates, EventDetails
from dragoman.model.item import Body, Concept, Headline, Item, Profile
from dragoman.read.reading import shaped
from dragoman.text.cleaning import squeeze

HEAD = re.compile(r"\ufeff?\"?Subject\"?,\"?Start Date\"?,", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?(?: ?([AaPp])\.?[Mm]\.?)?\Z")
_MOST, _LONGEST = 5_000, 20_000
_PLANNED = "http://cv.iptc.org/newscodes/eventoccurstatus/eos5"

Row = dict[str, str]


def rows(text: str) -> list[Row]:
    """The rows by the names of their columns. Raises: Undecodable, TooLarge."""
    found: list[Row] = []
    try:
        for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"))):
            if len(found) >= _MOST:
                raise TooLarge("The calendar has too many rows", f"more than {_MOST}")
            found.append({str(name).strip().lower(): str(said or "")[:_LONGEST] for name, said in row.items() if name})
    except csv.Error as error:
        raise Undecodable("The table cannot be read", str(error)[:120]) from error
    return found


def day_first(found: list[Row]) -> tuple[bool, bool]:
    """Is the day before the month, and does the file show it, by a number above twelve? Else it is taken to be."""
    numbers = [match.groups() for row in found if (match := _DAY.match(row.get("start date", "").strip()))]
    month_first = any(int(second) > 12 for _, second, _ in numbers)
    return not month_first, month_first or any(int(one) > 12 for one, _, _ in numbers)


def item_of(row: Row, first: bool, sure: bool, hints: Hints, notes: tuple[str, ...]) -> Item:
    """The event of one row. Raises: Undecodable: it has no subject, or no day."""
    subject, starts = squeeze(row.get("subject", "")), _day(row.get("start date", ""), first)
    if not subject or starts is None:
        raise Undecodable("The row names no event", squeeze(f"{subject} {row.get('start date', '')}")[:80])
    ends = _day(row.get("end date", ""), first) or starts
    at, until = _at(starts, row.get("start time", ""), hints), _at(ends, row.get("end time", ""), hints)
    if row.get("all day event", "").strip().lower() == "true" or at is None:
        dates = Dates(expected_start_date=starts.isoformat(), expected_end_date=ends.isoformat())
    else:
        dates = Dates(start_date=at, end_date=until)
        notes = (*notes, f"time without zone, taken as {hints.zone}")
    if not sure:
        notes = (*notes, "dates with the day before the month, as far as can be told")
    text, place = row.get("description", "").strip(), squeeze(row.get("location", ""))
    item = Item(
        uri=made_uri("agenda", hints.agency, digest(subject, starts.isoformat())),
        type="event",
        headlines=(Headline(value=subject),),
        bodies=(Body(value=text, content_type="text/plain"),) if text else (),
        places=(Concept(name=place),) if place else (),
        event_details=EventDetails(event_status=_PLANNED, dates=dates),
        dragoman=Profile(notes=(*notes, "no id: one made from the subject and the day")),
    )
    item = shaped(item)
    return replace(item, version=digest(content_version(item), repr(dates))[:16])


def _day(words: str, first: bool) -> date | None:
    found = _DAY.match(words.strip())
    if not found:
        return None
    one, two, year = map(int, found.groups())
    try:
        return date(year, two, one) if first else date(year, one, two)
    except ValueError:
        return None


def _at(day: date, words: str, hints: Hints) -> datetime | None:
    found = _CLOCK.match(words.strip())
    if not found:
        return None
    hour, half = int(found[1]), (found[3] or "").lower()
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    try:
        return datetime(day.year, day.month, day.day, hour, int(found[2]), tzinfo=zone_of(hints.zone))
    except ValueError:
        return None
