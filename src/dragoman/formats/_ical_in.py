"""One VEVENT as an item of kind event, one VJOURNAL as a text: iCalendar read (RFC 5545). Pure.

A property that makes no sense is left out and named; only an event without a beginning, and an embargo that cannot be read,
make it undecodable.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
from msgspec import Struct
from msgspec.structs import replace

from dragoman.formats._ical_lines import LONGEST_ENTRY, Calendar, Component
from dragoman.formats._ical_zone import Zone, known, moment, zone_called
from dragoman.formats._identity import digest, is_uri, made_uri
from dragoman.formats._status import status_of
from dragoman.formats._times import read_time
from dragoman.model.arrival import Hints
from dragoman.model.errors import BadInput, TooLarge, Undecodable
from dragoman.model.happening import Address, ContactInfo, Dates, EventDetails, HappeningProfile, Organiser, Point
from dragoman.model.item import AltId, Body, Concept, Headline, Item, Profile, PubStatus
from dragoman.model.recurrence import read_rule, write_rule
from dragoman.read.reading import shaped
from dragoman.text.cleaning import clean, squeeze

STATUSES = "http://cv.iptc.org/newscodes/eventoccurstatus/"
_ESCAPE = re.compile(r"\\([\\;,nN])")
_STATE = {"CONFIRMED": ("eos5", "confirmed"), "TENTATIVE": ("eos1", "planned"), "CANCELLED": ("eos6", "cancelled")}
_ROLES = {"CHAIR": "moderator", "REQ-PARTICIPANT": "participant", "OPT-PARTICIPANT": "guest"}
_VOLATILE = frozenset({"DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "X-MOZ-GENERATION", "X-MOZ-LASTACK"})
_MOST_PEOPLE = 100
_ZONED = re.compile(
    r'((?:DTSTART|DTEND|EXDATE|RDATE|RECURRENCE-ID)(?:;[^:;"]*)*?;TZID=)("[^"]*"|[^:;"]*)', re.IGNORECASE
)


class When(Struct, frozen=True):
    """A moment, or (`is_day`) a day; in which zone it was said, and what had to be assumed for that."""

    at: datetime
    is_day: bool
    zone: Zone | None = None


class _Reading:
    """One component, and what the calendar around it says."""

    def __init__(self, component: Component, calendar: Calendar, hints: Hints) -> None:
        if sum(map(len, component.lines)) > LONGEST_ENTRY:
            raise TooLarge("An entry of the calendar is too long", f"more than {LONGEST_ENTRY} characters")
        self.calendar, self.hints, self.component = calendar, hints, component
        self.notes: list[str] = []
        self.lost: list[str] = []
        self._notes_of: dict[str, str] = {}
        text = "\r\n".join(self._with_known_zones(line) for line in component.lines) + "\r\n"
        try:
            self.read: Any = icalendar.Component.from_ical(text)
        except Exception as error:  # whatever a stranger's calendar does to the parser
            raise Undecodable("An entry of the calendar cannot be read", str(error)[:200]) from error
        self.lost += [f"ical {name}" for name, _ in getattr(self.read, "errors", ())]

    def _with_known_zones(self, line: str) -> str:
        """The line with the IANA name of its zone: what calendars call zones is for us to know, not for the parser."""
        match = _ZONED.match(line)
        if match is None:
            return line
        tzid = match[2].strip('"')
        zone = zone_called(tzid, self.calendar.zones.get(tzid), self.hints.zone)
        self._notes_of[zone.name] = zone.note
        return f"{match[1]}{zone.name}{line[match.end() :]}"

    def every(self, name: str) -> list[Any]:
        found = self.read.get(name)
        listed = [] if found is None else found if isinstance(found, list) else [found]
        return [one for one in listed if not isinstance(one, icalendar.vBroken)]

    def one(self, name: str) -> Any:
        return next(iter(self.every(name)), None)

    def text(self, name: str) -> str:
        found = self.one(name)
        return _words_of(found, name).strip() if found is not None else ""

    def line(self, name: str) -> str:
        return squeeze(self.text(name))

    def when(self, found: Any) -> When | None:
        """A date or date-time, by the zone that is named beside it."""
        at = getattr(found, "dt", None)
        if not isinstance(at, datetime):
            return When(datetime(at.year, at.month, at.day, tzinfo=UTC), True) if isinstance(at, date) else None
        tzid = str(found.params.get("TZID", ""))
        try:
            if not tzid and at.tzinfo is not None:
                zone = Zone(known(self.calendar.said.get("X-WR-TIMEZONE", "")) or self._usual)
                return When(datetime.fromisoformat(at.astimezone(zone.place).isoformat()), False, zone)
            zone = Zone(known(tzid) or self._usual, self._notes_of.get(tzid, "")) if tzid else self._floating()
            return When(moment(at.replace(tzinfo=None), zone.place), False, zone)
        except (OverflowError, ValueError):
            return None

    @property
    def _usual(self) -> Any:
        return known("UTC")

    def _floating(self) -> Zone:
        name = self.calendar.said.get("X-WR-TIMEZONE", "") or self.hints.zone
        return Zone(known(name) or self._usual, f"time without zone, taken as {name}")

    def whens(self, name: str) -> Iterator[When]:
        """Every date of a list property (EXDATE, RDATE); of a period its beginning."""
        for listed in self.every(name):
            for one in getattr(listed, "dts", ()):
                if isinstance(one.dt, tuple):
                    one = icalendar.vDDDTypes(one.dt[0])
                one.params = getattr(listed, "params", one.params)
                if found := self.when(one):
                    yield found


def item_in(component: Component, calendar: Calendar, hints: Hints) -> Item:
    """The component as an item.

    Raises:
        Undecodable: it does not say when, or its embargo cannot be read.
        TooLarge: it is longer than any event.
    """
    reading = _Reading(component, calendar, hints)
    item = _event(reading) if component.name == "VEVENT" else _text(reading)
    item = replace(item, dragoman=replace(item.ours, notes=tuple(dict.fromkeys(reading.notes))))
    item = shaped(item)
    lost = (*item.ours.lost, *dict.fromkeys(reading.lost))
    return replace(item, dragoman=replace(item.ours, lost=lost))


def _pub_status(reading: _Reading) -> PubStatus:
    return status_of(reading.line("X-DRAGOMAN-STATUS")) or "usable"


def _text(reading: _Reading) -> Item:
    """A VJOURNAL."""
    headline, text = reading.line("SUMMARY"), reading.text("DESCRIPTION")
    if not headline and not text:
        raise Undecodable("There is no text in it", reading.component.name)
    item = _frame(reading, "")
    status = _pub_status(reading)
    if status == "usable" and reading.text("STATUS").upper() == "CANCELLED":
        status = "canceled"
    return replace(item, type="text", pub_status=status, bodies=item.bodies if status == "usable" else ())


def _event(reading: _Reading) -> Item:
    starts = reading.when(reading.one("DTSTART"))
    if starts is None:
        raise Undecodable("The event does not say when it begins", reading.line("SUMMARY")[:80])
    if starts.zone and starts.zone.note:
        reading.notes.append(starts.zone.note)
    instead = reading.when(reading.one("RECURRENCE-ID"))
    part_of = reading.line("RELATED-TO")
    item = _frame(reading, f"#{instead.at.isoformat()}" if instead else "")
    master = _identity(reading, "")[0] if instead else _as_uri(part_of, reading.hints) if part_of else ""
    status, state = _STATE.get(_status(reading), ("eos1", "planned"))
    profile = HappeningProfile(
        kind=reading.line("X-DRAGOMAN-KIND"),
        state=reading.line("X-DRAGOMAN-STATE") or state,
        zone=starts.zone.name if starts.zone else "",
        rule="" if instead else _rule(reading),
        but=tuple(dict.fromkeys(_day(one, starts) for one in reading.whens("EXDATE")))[:400],
        also=tuple(one.at for one in reading.whens("RDATE") if one.is_day == starts.is_day)[:100],
        instead_of=instead.at if instead else None,
    )
    return replace(
        item,
        type="event",
        pub_status=_pub_status(reading),
        places=tuple(_places(reading)),
        people=tuple(_people(reading)),
        organisations=tuple(
            Concept(name=name, rel="coOrganiser") for name in _listed(reading, "X-DRAGOMAN-CO-ORGANISER")
        ),
        events=(Concept(uri=master, rel="partOf"),) if master else (),
        event_details=EventDetails(
            event_status=STATUSES + status, dates=_dates(reading, starts), organiser=_organiser(reading)
        ),
        dragoman=replace(item.ours, happening=profile),
    )


def _frame(reading: _Reading, ending: str) -> Item:
    """What events and texts have in common."""
    uri, alt = _identity(reading, ending)
    embargo = reading.line("X-DRAGOMAN-EMBARGO")
    until, note = read_time(embargo, reading.hints.zone)
    if embargo and until is None:
        raise Undecodable("The embargo cannot be read", note)
    summary = reading.one("SUMMARY")
    language = str(summary.params.get("LANGUAGE", "")) if summary is not None and hasattr(summary, "params") else ""
    headline, text = reading.line("SUMMARY"), reading.text("DESCRIPTION")
    urgency = reading.line("X-DRAGOMAN-URGENCY")
    private = reading.line("CLASS").upper() in ("PRIVATE", "CONFIDENTIAL")
    if private:
        reading.notes.append("marked private by its sender")
    return Item(
        uri=uri,
        version=_version(reading),
        version_created=_moment(reading, "LAST-MODIFIED"),
        first_created=_moment(reading, "CREATED"),
        embargoed_until=until,
        language=language.replace("_", "-").split("-")[0].lower() if language else "",
        urgency=int(urgency) if urgency in set("123456789") else None,
        headlines=(Headline(value=headline),) if headline else (),
        slugline=reading.line("X-DRAGOMAN-SLUGLINE"),
        by=reading.line("X-DRAGOMAN-BY"),
        bodies=(Body(value=text, content_type="text/plain"),) if text else (),
        subjects=tuple(Concept(name=name) for name in _listed(reading, "CATEGORIES")[:50]),
        usage_terms=reading.text("X-DRAGOMAN-USAGE"),
        copyright_holder=reading.line("X-DRAGOMAN-COPYRIGHT"),
        ed_note=reading.text("COMMENT"),
        alt_ids=alt,
        dragoman=Profile(credit=reading.line("X-DRAGOMAN-CREDIT")),
    )


def _identity(reading: _Reading, ending: str) -> tuple[str, tuple[AltId, ...]]:
    uid = reading.line("UID")
    if is_uri(uid):
        return uid + ending, ()
    if uid:
        return _as_uri(uid, reading.hints) + ending, (AltId(value=uid[:500], role="uid"),)
    reading.notes.append("no id: one made from the content")
    return made_uri(reading.hints.agency, digest(*_said(reading))), ()


def _as_uri(uid: str, hints: Hints) -> str:
    return uid if is_uri(uid) else made_uri(hints.agency, uid)


def _said(reading: _Reading) -> list[str]:
    """What it says, in an order of its own, without what every export changes."""
    return sorted(f"{name}:{value}" for name, value in reading.component.properties() if name not in _VOLATILE)


def _version(reading: _Reading) -> str:
    """The sender's count and a digest of what is said, in letters: a number in it would be taken for a version's."""
    count = reading.line("SEQUENCE")
    letters = "".join(chr(ord("a") + int(sign, 16)) for sign in digest(*_said(reading), *_off(reading))[:14])
    return f"{count if count.isdecimal() else 0}-{letters}"


def _off(reading: _Reading) -> list[str]:
    return ["off"] if _status(reading) == "CANCELLED" else []


def _status(reading: _Reading) -> str:
    return "CANCELLED" if reading.calendar.said.get("METHOD") == "CANCEL" else reading.line("STATUS").upper()


def _moment(reading: _Reading, name: str) -> datetime | None:
    found = reading.when(reading.one(name))
    return found.at.astimezone(UTC) if found and not found.is_day else None


def _dates(reading: _Reading, starts: When) -> Dates:
    ends = reading.when(reading.one("DTEND"))
    if ends is None and (length := getattr(reading.one("DURATION"), "dt", None)):
        ends = replace(starts, at=starts.at + length) if isinstance(length, timedelta) and length.days < 4_000 else None
    if ends is not None and (ends.at < starts.at or ends.is_day != starts.is_day):
        reading.lost.append("ical DTEND")
        ends = None
    if not starts.is_day:
        return Dates(start_date=starts.at, end_date=ends.at if ends else None)
    last = max(starts.at, ends.at - timedelta(days=1)) if ends else starts.at
    return Dates(expected_start_date=starts.at.date().isoformat(), expected_end_date=last.date().isoformat())


def _day(one: When, starts: When) -> date:
    """The day that is left out, by the clock of the event's own place."""
    return one.at.date() if one.is_day or starts.zone is None else one.at.astimezone(starts.zone.place).date()


def _rule(reading: _Reading) -> str:
    rules = reading.every("RRULE")
    reading.lost += ["ical RRULE"] * (len(rules) > 1) + ["ical EXRULE"] * bool(reading.every("EXRULE"))
    if not rules:
        return ""
    try:
        return write_rule(read_rule(rules[0].to_ical().decode()))
    except (BadInput, AttributeError, ValueError) as error:
        reading.lost.append(f"ical RRULE: {getattr(error, 'detail', '') or error}"[:200])
        return ""


def _listed(reading: _Reading, name: str) -> list[str]:
    found = [word for one in reading.every(name) for word in getattr(one, "cats", [one])]
    return [word for one in found if (word := squeeze(_words_of(one, name)))]


def _words_of(found: Any, name: str) -> str:
    """The words of a property; the parser takes the escapes from those it knows alone."""
    return clean(
        _ESCAPE.sub(lambda one: one[1].replace("n", "\n").replace("N", "\n"), str(found))
        if name.startswith("X-")
        else str(found)
    )


def _places(reading: _Reading) -> Iterator[Concept]:
    address = Address(
        lines=tuple(filter(None, [reading.line("X-DRAGOMAN-ADDRESS")])),
        locality=reading.line("X-DRAGOMAN-CITY"),
        country=reading.line("X-DRAGOMAN-COUNTRY"),
    )
    name = reading.line("LOCATION")
    for part in (address.locality, *address.lines):
        name = name.removesuffix(part).removesuffix(", ") if part else name
    name = name or address.locality
    at, link = getattr(reading.one("GEO"), "latitude", None), reading.line("URL")
    point = Point(coordinates=(reading.one("GEO").longitude, at)) if isinstance(at, float) else None
    contacts = (ContactInfo(address=address),) if address != Address() else ()
    if name or point:
        links = (ContactInfo(type="url", value=link),) if link.startswith("http") else ()
        yield Concept(name=name, rel="venue", contact_info=contacts + links, geo=point)


def _organiser(reading: _Reading) -> Organiser | None:
    """By name alone: a calendar's addresses are people's own."""
    found = reading.one("ORGANIZER")
    name = squeeze(clean(str(found.params.get("CN", "")))) if found is not None and hasattr(found, "params") else ""
    return Organiser(name=name) if name else None


def _people(reading: _Reading) -> Iterator[Concept]:
    for one in reading.every("ATTENDEE")[:_MOST_PEOPLE]:
        params = getattr(one, "params", {})
        if name := squeeze(clean(str(params.get("CN", "")))):
            role = str(params.get("X-DRAGOMAN-ROLE", "")) or _ROLES.get(str(params.get("ROLE", "")).upper(), "")
            yield Concept(name=name, rel=role, literal=str(params.get("X-DRAGOMAN-AGENCY", "")))
