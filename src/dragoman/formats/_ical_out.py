"""An item as iCalendar: an event as VEVENT, any other as VJOURNAL (RFC 5545). Pure.

What iCalendar has no property for stands in ours, ``X-DRAGOMAN-…``; credit, terms, note and embargo go with every entry.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import icalendar
from icalendar import vText
from icalendar.parser import Parameters

from dragoman.formats._carried import credit, ed_note, is_gone, mark
from dragoman.formats._ical_zone import known
from dragoman.formats._times import rfc3339
from dragoman.model.happening import Address, Dates, HappeningProfile
from dragoman.model.item import Concept, Item
from dragoman.read.body import html_blocks
from dragoman.text.cleaning import clean, squeeze

_STATUS = {"confirmed": "CONFIRMED", "over": "CONFIRMED", "cancelled": "CANCELLED"}
_CHAIRS = frozenset({"moderator", "chair", "host"})
_PART_OF = "partOf"


def entry(item: Item) -> icalendar.Component:
    """The item as one component."""
    dates = item.event_details.dates if item.event_details else None
    is_event = item.type == "event" and dates is not None and bool(dates.start_date or dates.expected_start_date)
    made: icalendar.Component = icalendar.Event() if is_event else icalendar.Journal()
    _add_frame(made, item)
    if is_event and dates is not None:
        _add_event(made, item, dates)
    elif moment := item.first_created or item.content_created or item.version_created:
        made.add("dtstart", moment.astimezone(UTC))
        if item.pub_status == "canceled":
            made.add("status", "CANCELLED")
    return made


def zones(items: Iterable[Item]) -> dict[str, int]:
    """The zones that the events of a document are told in, each with the first year it is needed for."""
    found: dict[str, int] = {}
    for item in items:
        zone, dates = _zone(item), item.event_details.dates if item.event_details else None
        if zone and dates and dates.start_date and item.type == "event":
            found[zone] = min(found.get(zone, 9999), dates.start_date.year)
    return found


def lost(item: Item) -> Iterator[str]:
    """What of the item has no place here."""
    told = {
        "accreditation": item.ours.happening is not None and bool(item.ours.happening.accreditation),
        "plannedCoverage": bool(item.planned_coverage),
        "titles": item.ours.happening is not None and bool(item.ours.happening.titles),
        "associations": bool(item.associations),
        "dateline": item.ours.dateline is not None,
        "markup": item.type != "event" and bool(item.bodies),
    }
    yield from (name for name, is_lost in told.items() if is_lost)


def _zone(item: Item) -> str:
    name = item.ours.happening.zone if item.ours.happening else ""
    return name if known(name) and name not in ("UTC", "Etc/UTC") else ""


def _add_frame(made: icalendar.Component, item: Item) -> None:
    whole = item.ours.happening is None or item.ours.happening.instead_of is None
    own = item.uri if whole else item.uri.rpartition("#")[0] or item.uri
    uid = next((alt.value for alt in item.alt_ids if alt.role == "uid"), own)
    made.add("uid", clean(uid))
    stamp = (item.version_created or item.first_created or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC)
    made.add("dtstamp", stamp)
    if item.version_created:
        made.add("last-modified", stamp)
    if item.first_created:
        made.add("created", item.first_created.astimezone(UTC))
    count = item.version.partition("-")[0]
    if count.isdecimal() and len(count) < 9:
        made.add("sequence", int(count))
    said = mark(item)
    title = said if is_gone(item) else f"{said}: {item.headline}" if said else item.headline
    if title:
        made.add("summary", clean(title), parameters={"LANGUAGE": item.language} if item.language else {})
    if not is_gone(item):
        _add_text(made, item)
    for name, text in (
        ("comment", ed_note(item)),
        ("X-DRAGOMAN-CREDIT", credit(item)),
        ("X-DRAGOMAN-COPYRIGHT", item.copyright_holder),
        ("X-DRAGOMAN-USAGE", item.usage_terms),
        ("X-DRAGOMAN-EMBARGO", rfc3339(item.embargoed_until) if item.embargoed_until else ""),
        ("X-DRAGOMAN-STATUS", item.pub_status if item.pub_status != "usable" else ""),
        ("X-DRAGOMAN-SLUGLINE", item.slugline),
        ("X-DRAGOMAN-URGENCY", str(item.urgency or "")),
        ("X-DRAGOMAN-BY", item.by),
    ):
        if text:
            made.add(name, vText(clean(text)))


def _add_text(made: icalendar.Component, item: Item) -> None:
    blocks, _ = html_blocks(item.bodies[0].value) if item.bodies else ([], ())
    texts = [squeeze(block.text) for block in blocks] or [item.descriptions[0].value for _ in item.descriptions[:1]]
    if texts:
        made.add("description", clean("\n\n".join(texts)))
    if item.subjects:
        made.add("categories", [clean(subject.name) for subject in item.subjects if subject.name])


def _add_event(made: icalendar.Component, item: Item, dates: Dates) -> None:
    zone = _zone(item)
    ours = item.ours.happening or HappeningProfile()
    _add_times(made, dates, zone)
    _add_recurrence(made, ours, dates, zone)
    for name, text in (
        ("status", "CANCELLED" if item.pub_status == "canceled" else _STATUS.get(_state(item), "TENTATIVE")),
        ("X-DRAGOMAN-STATE", ours.state),
        ("X-DRAGOMAN-KIND", ours.kind),
    ):
        if text:
            made.add(name, text)
    if is_gone(item):
        return
    _add_place(made, item)
    _add_people(made, item)
    for concept in item.events:
        if concept.rel == _PART_OF and concept.uri and ours.instead_of is None:
            made.add("related-to", concept.uri)


def _state(item: Item) -> str:
    if item.ours.happening and item.ours.happening.state:
        return item.ours.happening.state
    status = item.event_details.event_status if item.event_details else ""
    return {"eos5": "confirmed", "eos6": "cancelled"}.get(status.rpartition("/")[2], "")


def _add_times(made: icalendar.Component, dates: Dates, zone: str) -> None:
    if dates.start_date is not None:
        _add_moment(made, "dtstart", dates.start_date, zone)
        if dates.end_date is not None:
            _add_moment(made, "dtend", dates.end_date, zone)
        return
    first = datetime.fromisoformat((dates.expected_start_date + "-01-01")[:10]).date()
    said_last = (dates.expected_end_date or dates.expected_start_date) + "-01-01"
    last = max(first, datetime.fromisoformat(said_last[:10]).date())
    made.add("dtstart", first)
    made.add("dtend", last + timedelta(days=1))


def _add_moment(made: icalendar.Component, name: str, at: datetime, zone: str) -> None:
    place = known(zone)
    if place is None:
        made.add(name, at.astimezone(UTC))
    else:
        made.add(name, at.astimezone(place).replace(tzinfo=None), parameters={"TZID": zone})


def _add_recurrence(made: icalendar.Component, ours: HappeningProfile, dates: Dates, zone: str) -> None:
    if ours.instead_of is not None:
        _add_moment(made, "recurrence-id", ours.instead_of, zone)
    if ours.rule:
        made["RRULE"] = icalendar.vRecur.from_ical(ours.rule)
    for day in ours.but:
        if dates.start_date is None:
            made.add("exdate", day)
        else:
            place = known(zone)
            wall = dates.start_date.astimezone(place or UTC).time()
            at = datetime.combine(day, wall, tzinfo=place or UTC)
            _add_moment(made, "exdate", at, zone)
    for moment in ours.also:
        if dates.start_date is None:
            made.add("rdate", moment.date())
        else:
            _add_moment(made, "rdate", moment, zone)


def _add_place(made: icalendar.Component, item: Item) -> None:
    place = next((one for one in item.places if one.rel == "venue"), item.places[0] if item.places else None)
    if place is None:
        return
    address = next((one.address for one in place.contact_info if one.address), None) or Address()
    street = ", ".join(address.lines)
    city = "" if place.name == address.locality else address.locality
    if where := ", ".join(part for part in (place.name, street, city) if part):
        made.add("location", clean(where))
    link = next((one.value for one in place.contact_info if one.type == "url"), "")
    for name, text in (
        ("X-DRAGOMAN-ADDRESS", street),
        ("X-DRAGOMAN-CITY", address.locality),
        ("X-DRAGOMAN-COUNTRY", address.country),
    ):
        if text:
            made.add(name, vText(clean(text)))
    if link:
        made.add("url", clean(link))
    if place.geo:
        made.add("geo", (place.geo.coordinates[1], place.geo.coordinates[0]))


def _add_people(made: icalendar.Component, item: Item) -> None:
    organiser = item.event_details.organiser if item.event_details else None
    if organiser and organiser.name:
        made.add("organizer", _nobody(organiser.name, {}))
    for one in item.organisations:
        if one.rel == "coOrganiser" and one.name:
            made.add("X-DRAGOMAN-CO-ORGANISER", vText(clean(one.name)))
    for one in item.people:
        if one.name:
            made.add("attendee", _nobody(one.name, _part(one)))


def _part(one: Concept) -> dict[str, str]:
    said = {"ROLE": "CHAIR" if one.rel in _CHAIRS else "REQ-PARTICIPANT"}
    said |= {"X-DRAGOMAN-ROLE": clean(one.rel)} if one.rel else {}
    return said | ({"X-DRAGOMAN-AGENCY": clean(one.literal)} if one.literal else {})


def _nobody(name: str, params: dict[str, str]) -> icalendar.vCalAddress:
    """A person by name alone: iCalendar wants an address, and has this one for none (RFC 6638 §7, RFC 2606)."""
    made = icalendar.vCalAddress("invalid:nomail")
    made.params = Parameters(
        {"CN": clean(name).replace('"', "'"), **{k: v.replace('"', "'") for k, v in params.items()}}
    )
    return made
