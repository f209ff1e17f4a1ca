"""iCalendar (RFC 5545), in and out: calendars of events. Pure.

In, each VEVENT is an item of kind event and each VJOURNAL a text; zones by their IANA or Windows names; rules are kept as
rules, never followed here. Out, what is not an event goes as a VJOURNAL. People go out, and come in, by name alone.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial

import icalendar

from dragoman.formats._charset import decode_text
from dragoman.formats._ical_in import item_in
from dragoman.formats._ical_lines import Calendar, take_apart
from dragoman.formats._ical_out import entry, lost, zones
from dragoman.formats._ical_zone import described
from dragoman.formats._shape import EncodeContext, Encoded, Entry, Format, failed, suits, units
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, TooLarge
from dragoman.model.item import Item
from dragoman.text.cleaning import clean

MEDIA_TYPE = "text/calendar; charset=utf-8"
MAX_BYTES = 16 * 1024 * 1024
_OPENING = re.compile(rb"[\s\xef\xbb\xbf\xff\xfe]*BEGIN\s*:\s*VCALENDAR", re.IGNORECASE)


def detect(data: bytes, hints: Hints) -> float:
    """Whatever opens a calendar."""
    if not _OPENING.match(data[:400].replace(b"\x00", b"")):
        return 0.0
    return min(1.0, 0.9 + suits(hints, FORMAT.media_types, FORMAT.suffixes))


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit an event, in the order of the calendar; one that cannot be read stops no other."""
    try:
        calendar = _calendar(data, hints)
    except DragomanError as error:
        yield failed(0, error)
        return
    yield from units(partial(item_in, one, calendar, hints) for one in calendar.entries)


def split(data: bytes, hints: Hints) -> list[Entry]:
    """Each event as a calendar of its own, with the zones it names; without DTSTAMP, which many change at every export.

    Raises:
        Undecodable: it is no calendar. TooLarge: there is too much in it.
    """
    calendar = _calendar(data, hints)
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dragoman//split//EN"]
    head += [f"{name}:{calendar.said[name]}" for name in ("METHOD", "X-WR-TIMEZONE") if name in calendar.said]
    entries = []
    for one in calendar.entries:
        kept = [line for line in one.lines if not line.upper().startswith("DTSTAMP")]
        named = [zone for tzid, zone in calendar.zones.items() if any(tzid and tzid in line for line in kept)]
        lines = [*head, *(line for zone in named for line in zone.lines), *kept, "END:VCALENDAR", ""]
        key = f"{one.value('UID')}#{one.value('RECURRENCE-ID')}"
        entries.append(Entry(key, "\r\n".join(lines).encode("utf-8")))
    return entries


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """One calendar of the items in the order given."""
    listed = list(items)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dragoman//Dragoman//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", *_folded("X-WR-CALNAME", context.title)]
    for name, year in sorted(zones(listed).items()):
        lines += described(name, year)
    body = "\r\n".join(lines).encode() + b"\r\n"
    body += b"".join(entry(item).to_ical(sorted=False) for item in listed) + b"END:VCALENDAR\r\n"
    left = dict.fromkeys(word for item in listed for word in lost(item))
    return Encoded(body=body, media_type=MEDIA_TYPE, lost=tuple(left))


FORMAT = Format(
    name="ical",
    title="iCalendar (RFC 5545)",
    media_types=("text/calendar",),
    suffixes=(".ics", ".ical", ".ifb"),
    detect=detect,
    opens=b"Bb",
    decode=decode,
    encode=encode,
    split=split,
    places={
        "uri": "UID",
        "version": "SEQUENCE",
        "type": "VEVENT; VJOURNAL for anything else",
        "pub_status": "X-DRAGOMAN-STATUS",
        "first_created": "CREATED",
        "version_created": "LAST-MODIFIED, DTSTAMP",
        "embargoed_until": "X-DRAGOMAN-EMBARGO",
        "urgency": "X-DRAGOMAN-URGENCY",
        "language": "SUMMARY;LANGUAGE",
        "headline": "SUMMARY",
        "slugline": "X-DRAGOMAN-SLUGLINE",
        "by": "X-DRAGOMAN-BY",
        "subjects": "CATEGORIES",
        "places": "LOCATION, GEO",
        "organisations": "ORGANIZER",
        "people": "ATTENDEE",
        "copyright_holder": "X-DRAGOMAN-COPYRIGHT",
        "usage_terms": "X-DRAGOMAN-USAGE",
        "ed_note": "COMMENT",
        "event_details": "DTSTART, DTEND, DURATION, RRULE, EXDATE, STATUS, CONTACT, URL",
        "events": "RELATED-TO",
        "credit": "X-DRAGOMAN-CREDIT",
        "summary": "DESCRIPTION",
    },
    read_only=frozenset({"version", "type"}),
)


def _calendar(data: bytes, hints: Hints) -> Calendar:
    if len(data) > MAX_BYTES:
        raise TooLarge("The calendar is too large", f"{len(data)} bytes; the limit is {MAX_BYTES}")
    return take_apart(decode_text(data, hint=hints.charset).text)


def _folded(name: str, text: str) -> list[str]:
    """One property as its folded lines."""
    made = icalendar.Calendar()
    made.add(name, clean(text))
    lines: list[str] = made.to_ical().decode().split("\r\n")
    return lines[1:-2]
