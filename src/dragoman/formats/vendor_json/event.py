"""Events and planning of agencies' own interfaces: Onclusive, Superdesk Planning, Newshub's agenda. Pure."""

import re
from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from dragoman.formats._json_item import Json, Told, at, moment, point, rows, text
from dragoman.formats._times import zone_of
from dragoman.formats.vendor_json.row import Row
from dragoman.model.happening import (
    Address,
    ContactInfo,
    Dates,
    EventDetails,
    HappeningProfile,
    Organiser,
    PlannedCoverage,
)
from dragoman.model.item import Concept, Profile

_STATUS = "http://cv.iptc.org/newscodes/eventoccurstatus/"
_COVERAGE = "http://cv.iptc.org/newscodes/newscoveragestatus/"
_EOS = re.compile(r"eos[1-6]\Z")
_NCO = re.compile(r"nco\w*:(\w+)\Z")
_STATES = {"eos5": "confirmed", "eos6": "cancelled", "eos2": "planned"}
_OFF = frozenset({"cancelled", "canceled", "killed"})
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\Z")
_ABBREVIATED = {
    "GMT": "Europe/London", "BST": "Europe/London", "CET": "Europe/Paris", "CEST": "Europe/Paris", "EET": "Europe/Athens",
    "EEST": "Europe/Athens", "MSK": "Europe/Moscow", "EST": "America/New_York", "EDT": "America/New_York",
    "CST": "America/Chicago", "CDT": "America/Chicago", "MST": "America/Denver", "MDT": "America/Denver",
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "JST": "Asia/Tokyo", "KST": "Asia/Seoul",
    "HKT": "Asia/Hong_Kong", "SGT": "Asia/Singapore", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
    "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland", "UTC": "UTC",
}  # fmt: skip
"""Onclusive's abbreviations → a zone. Its offset is the winter's or the summer's of the day it was written, not of the event."""


# ---------------------------------------------------------------------------------------------------- Onclusive


def _onclusive(entry: Json, zone: str, told: Told) -> dict[str, object]:
    abbreviation = text(at(entry, "timezone.timezoneAbbreviation"))
    name = _ABBREVIATED.get(abbreviation, "") if abbreviation else ""
    if abbreviation and not name:
        told.notes.append(f"zone {abbreviation} is unknown, taken as {zone}")
    place = name or zone
    details = EventDetails(
        event_status=_STATUS
        + ("eos6" if entry.get("deleted") is True else "eos5" if entry.get("eventConfirmed") is True else "eos3"),
        dates=_onclusive_dates(entry, place, told),
        organiser=Organiser(name=host) if (host := text(entry.get("organisationName"))) else None,
    )
    cancelled = entry.get("deleted") is True
    state = "cancelled" if cancelled else "confirmed" if entry.get("eventConfirmed") is True else "planned"
    return {
        "pub_status": "canceled" if cancelled else "usable",
        "subjects": tuple(_onclusive_subjects(entry)),
        "places": tuple(_onclusive_places(entry)),
        "people": tuple(
            Concept(name=one)
            for each in rows(entry.get("pressContacts"))
            if (one := text(each.get("pressContactName")))
        ),
        "organisations": (Concept(name=host),) if (host := text(entry.get("organisationName"))) else (),
        "event_details": details,
        "dragoman": Profile(happening=HappeningProfile(state=state, zone=place)),
    }


def _onclusive_dates(entry: Json, zone: str, told: Told) -> Dates | None:
    """With a `time`, the moment by the clock of the event's place; without one, days."""
    first, last = text(entry.get("startDate"))[:10], text(entry.get("endDate"))[:10]
    clock = _CLOCK.match(text(entry.get("time")))
    if not clock:
        return Dates(expected_start_date=first, expected_end_date=last) if first else None
    at_start = moment(f"{first}T{clock[1].zfill(2)}:{clock[2]}:00", zone, Told(), "startDate")
    if at_start is None:
        told.lost.append("Onclusive startDate")
        return None
    return Dates(start_date=at_start, expected_end_date=last if last != first else "")


def _onclusive_subjects(entry: Json) -> Iterable[Concept]:
    for key, scheme, code, name in (
        ("categories", "onclusive-category", "categoryId", "categoryName"),
        ("eventTypes", "onclusive-type", "tagId", "tagName"),
    ):
        for each in rows(entry.get(key)):
            yield Concept(name=text(each.get(name)), literal=f"{scheme}:{text(each.get(code))}")


def _onclusive_places(entry: Json) -> Iterable[Concept]:
    venue, country = text(entry.get("venue")), text(entry.get("countryName"))
    where = point(at(entry, "venueData[0].locationLon"), at(entry, "venueData[0].locationLat"))
    if venue:
        contact = (ContactInfo(address=Address(country=country)),) if country else ()
        yield Concept(name=venue, rel="venue", geo=where, contact_info=contact)
    elif country:
        yield Concept(name=country, geo=where)


ONCLUSIVE = Row(
    title="Onclusive events",
    marks=(b'"itemId"', b'"eventConfirmed"'),
    sign=("itemId", "startDate"),
    id="itemId",
    prefix="urn:onclusive:",
    usual="event",
    headline="summary|description",
    body="description",
    embargo="embargoTime",
    texts={"language": "locale"},
    times={"first_created": "createdDateUtc", "version_created": "lastEditDateUtc"},
    more=_onclusive,
)


# --------------------------------------------------------------------------------- Superdesk Planning and Newshub


def _superdesk_event(entry: Json, zone: str, told: Told) -> dict[str, object]:
    inner = entry["event"] if isinstance(entry.get("event"), dict) else entry
    place = text(at(entry, "dates.tz")) or zone
    code = text(at(inner, "occur_status.qcode")).rpartition(":")[2]
    if at(inner, "dates.recurring_rule"):
        told.lost.append("Superdesk field dates.recurring_rule")
    gone = text(entry.get("state")).lower() in _OFF
    status = "eos6" if gone else code if _EOS.match(code) else ""
    return {
        "subjects": tuple(_terms(entry, "subject", "anpa_category", "service", "calendars")),
        "places": (*_locations(entry), *_terms(entry, "place")),
        "people": tuple(_people(inner)),
        "event_details": EventDetails(
            event_status=_STATUS + status if status else "", dates=_dates(entry, place, told)
        ),
        "planned_coverage": tuple(
            coverage for plan in rows(entry.get("planning_items")) for coverage in _coverages(plan, zone, told)
        )
        or tuple(_coverages(entry, zone, told)),
        "dragoman": Profile(happening=HappeningProfile(state=_STATES.get(status, "planned"), zone=place)),
    }


def _superdesk_planning(entry: Json, zone: str, told: Told) -> dict[str, object]:
    return {
        "subjects": tuple(_terms(entry, "subject", "anpa_category", "agendas")),
        "places": tuple(_terms(entry, "place")),
        "planned_coverage": tuple(_coverages(entry, zone, told)),
    }


def _terms(entry: Json, *keys: str) -> Iterable[Concept]:
    for key in keys:
        for each in rows(entry.get(key)):
            code, scheme, name = (
                text(each.get("qcode") or each.get("code")),
                text(each.get("scheme")),
                text(each.get("name")),
            )
            if name or code:
                yield Concept(name=name, literal=f"{scheme}:{code}" if scheme and code else code)


def _locations(entry: Json) -> Iterable[Concept]:
    for each in rows(entry.get("location")):
        lines = at(each, "address.line")
        address = Address(
            lines=tuple(line for line in lines if isinstance(line, str)) if isinstance(lines, list) else (),
            locality=text(at(each, "address.locality")) or text(at(each, "address.city")),
            area=text(at(each, "address.state")) or text(at(each, "address.area")),
            postal_code=text(at(each, "address.postal_code")),
            country=text(at(each, "address.country")),
        )
        if name := text(each.get("name")):
            yield Concept(
                name=name,
                rel="venue",
                contact_info=(ContactInfo(address=address),) if address != Address() else (),
                geo=point(at(each, "location.lon"), at(each, "location.lat")),
            )


def _people(entry: Json) -> Iterable[Concept]:
    """By name alone: their addresses and numbers are people's own."""
    for each in rows(entry.get("event_contact_info")):
        name = " ".join(part for key in ("first_name", "last_name") if (part := text(each.get(key))))
        if name:
            yield Concept(name=name, rel="contact")


def _dates(entry: Json, zone: str, told: Told) -> Dates | None:
    start, end = (_when(entry, key, told) for key in ("start", "end"))
    if start is None:
        return None
    here = zone_of(zone)
    if at(entry, "dates.all_day") is True:
        last = (end or start).astimezone(here).date().isoformat()
        return Dates(expected_start_date=start.astimezone(here).date().isoformat(), expected_end_date=last)
    has_end = end is not None and end >= start and at(entry, "dates.no_end_time") is not True
    return Dates(start_date=start.astimezone(here), end_date=end.astimezone(here) if end and has_end else None)


def _when(entry: Json, key: str, told: Told) -> datetime | None:
    value = at(entry, f"dates.{key}")
    return moment(value, "UTC", told, f"dates.{key}") if value else None


def _coverages(entry: Json, zone: str, told: Told) -> Iterable[PlannedCoverage]:
    """What is planned to be delivered, never who does it."""
    for each in rows(entry.get("coverages")):
        plan = each["planning"] if isinstance(each.get("planning"), dict) else each
        scheduled = moment(plan.get("scheduled"), zone, told, "scheduled") if plan.get("scheduled") else None
        yield PlannedCoverage(
            uri=text(each.get("coverage_id")),
            title=text(plan.get("headline")) or text(plan.get("slugline")),
            type=text(plan.get("g2_content_type")) or text(each.get("coverage_type")),
            dates=Dates(start_date=scheduled) if scheduled else None,
            ed_note=text(plan.get("ednote")),
            language=text(plan.get("language")),
        )


_PLANNED = {"slugline": "slugline", "language": "language", "ed_note": "ednote", "version": "version"}
_MADE = {"first_created": "firstcreated", "version_created": "versioncreated"}
_ID, _STATUS_AT = "guid|_id", "pubstatus|state"

SUPERDESK_EVENT = Row(
    title="Superdesk events",
    marks=(b'"dates"', b'"occur_status"'),
    sign=("dates.start", "name"),
    usual="event",
    id=_ID,
    status=_STATUS_AT,
    headline="name",
    summary="definition_short",
    body="definition_long|definition_short",
    source="source",
    texts=_PLANNED,
    times=_MADE,
    more=_superdesk_event,
)
SUPERDESK_AGENDA = replace(
    SUPERDESK_EVENT,
    title="Newshub agenda",
    marks=(b'"definition_short"', b'"dates"', b'"guid"'),
    sign=("dates.start", "name", "event_id"),
    headline="name|headline",
)
SUPERDESK_PLANNING = Row(
    title="Superdesk planning",
    marks=(b'"planning_date"', b'"coverages"'),
    sign=("planning_date", "guid"),
    usual="planning",
    id=_ID,
    status=_STATUS_AT,
    headline="name|headline|slugline",
    summary="description_text",
    body="abstract",
    source="source",
    urgency="urgency",
    texts=_PLANNED,
    times=_MADE | {"content_created": "planning_date"},
    more=_superdesk_planning,
)
