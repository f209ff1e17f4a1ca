"""Events as concept items, plans as planning items (NewsML-G2 2.35). Who is sent never goes out. Pure."""

from collections.abc import Iterable
from datetime import datetime

from dragoman.formats._carried import is_gone
from dragoman.formats.newsml_g2.codes import ours
from dragoman.formats.newsml_g2.out import (
    Element,
    block,
    concept,
    content_meta,
    extension,
    frame,
    headlines,
    line,
    sub,
    subjects,
    time,
)
from dragoman.formats.newsml_g2.said import XML_LANG
from dragoman.model.errors import BadInput
from dragoman.model.happening import ContactInfo, Dates, EventDetails, HappeningProfile, Organiser, PlannedCoverage
from dragoman.model.item import Concept, Item
from dragoman.model.recurrence import read_rule, write_rule
from dragoman.read.body import plain

_WAYS = {"email": "email", "phone": "phone", "fax": "fax", "url": "web", "web": "web", "im": "im"}
_ORDER = ("email", "im", "phone", "fax", "web", "address", "note")
_CLASSES = frozenset({"text", "picture", "graphic", "audio", "video", "composite"})


def event_item(item: Item, updated: datetime | None) -> Element:
    """A concept item with the event as its concept."""
    element = frame("conceptItem", item, updated)
    meta = content_meta(element, item)
    if item.slugline:
        sub(meta, "slugline", line(item.slugline))
    extension(meta, "contentMetaExtProperty", "by", item.by)
    extension(meta, "contentMetaExtProperty", "credit", item.ours.credit)
    happening = item.ours.happening or HappeningProfile()
    for name in ("kind", "state", "zone"):
        extension(meta, "contentMetaExtProperty", name, getattr(happening, name))
    _concept(sub(element, "concept"), item, happening)
    return element


def planning_item(item: Item, updated: datetime | None) -> Element:
    """A planning item with what is planned."""
    element = frame("planningItem", item, updated)
    meta = content_meta(element, item)
    subjects(meta, item)
    headlines(meta, item)
    extension(meta, "contentMetaExtProperty", "by", item.by)
    extension(meta, "contentMetaExtProperty", "credit", item.ours.credit)
    if item.planned_coverage and not is_gone(item):
        held = sub(element, "newsCoverageSet")
        for each in item.planned_coverage:
            planning = sub(sub(held, "newsCoverage"), "planning")
            _planned(planning, each, in_event=False)
    return element


def event_losses(item: Item) -> tuple[str, ...]:
    """What of an event, or of a plan, a concept item and a planning item have no place for."""
    if item.type not in ("event", "planning"):
        return ()
    ours_of_it = item.ours.happening or HappeningProfile()
    details = item.event_details
    told = {
        "headlines": len(item.headlines) > 1,
        "descriptions": item.type == "event" and bool(item.descriptions),
        "dateline": item.ours.dateline is not None,
        "renditions": bool(item.renditions),
        "body": item.type == "planning" and bool(item.bodies),
        "genres": item.type == "planning" and bool(item.genres),
        "links and emphasis": item.type == "event" and any("<a " in body.value for body in item.bodies),
        "event_details": details is not None and (details.dates is None or not _starts(details.dates)),
        "event.accreditation_until": ours_of_it.accreditation_until is not None,
        "event.instead_of": ours_of_it.instead_of is not None,
        "event.summaries": bool(ours_of_it.summaries),
        "planned_coverage.uri": any(each.uri for each in item.planned_coverage),
    }
    return tuple(name for name, is_lost in told.items() if is_lost)


# -------------------------------------------------------------------------------------------------- the concept


def _concept(parent: Element, item: Item, happening: HappeningProfile) -> None:
    """conceptId, type, names, text, relations, details: in the order of the schema."""
    sub(parent, "conceptId", uri=item.uri)
    sub(parent, "type", qcode="cpnat:event")
    if len(happening.titles) > 1:
        for language, title in happening.titles.items():
            sub(parent, "name", line(title)).set(XML_LANG, language)
    else:
        sub(parent, "name", line(item.headline) or line(item.slugline) or item.uri)
    if not is_gone(item):
        for body in item.bodies[:1]:
            block(parent, "definition", plain(body.value), role="drol:summary")
    for each in item.events:
        if each.rel == "partOf":
            concept(parent, "broader", each, type="cpnat:event")
    for each in item.genres:
        concept(parent, "related", each, reluri=ours("conceptrelation", "genre"))
    details = item.event_details or EventDetails()
    if details.dates is not None and _starts(details.dates) and not is_gone(item):
        _details(sub(parent, "eventDetails"), item, details, details.dates, happening)


def _starts(dates: Dates) -> str:
    return time(dates.start_date) if dates.start_date else dates.expected_start_date


def _details(element: Element, item: Item, details: EventDetails, dates: Dates, happening: HappeningProfile) -> None:
    _dates(sub(element, "dates"), dates, happening)
    if details.event_status:
        concept(element, "occurStatus", Concept(uri=details.event_status))
    if details.planned_coverage_status:
        concept(element, "newsCoverageStatus", Concept(uri=details.planned_coverage_status))
    if happening.accreditation:
        block(element, "registration", happening.accreditation)
    subjects(element, item, events=False)
    for place in item.places:
        _location(element, place)
    for person in item.people:
        concept(
            element, "participant", Concept(name=person.name, uri=person.uri), **_role("participantrole", person.rel)
        )
    if details.organiser:
        _organiser(element, details.organiser)
    for host in item.organisations:
        concept(element, "organiser", Concept(name=host.name, uri=host.uri), **_role("organiserrole", host.rel))
    for language in happening.languages:
        sub(element, "language", tag=language)
    for each in item.planned_coverage:
        _planned(sub(element, "newsCoverage"), each, in_event=True)


def _role(kind: str, role: str) -> dict[str, str]:
    return {"roleuri": ours(kind, role)} if role else {}


def _dates(element: Element, dates: Dates, happening: HappeningProfile) -> None:
    sub(element, "start", _starts(dates))
    if dates.end_date or dates.expected_end_date:
        sub(element, "end", time(dates.end_date) if dates.end_date else dates.expected_end_date)
    for at in happening.also:
        sub(element, "rDate", time(at))
    if happening.rule:
        _rule(element, happening.rule)
    for day in happening.but:
        sub(element, "exDate", day.isoformat())


def _rule(element: Element, rule: str) -> None:
    try:
        parts = dict(part.split("=", 1) for part in write_rule(read_rule(rule)).split(";"))
    except (BadInput, ValueError):
        return
    until = parts.pop("UNTIL", "")
    attributes = {name.lower(): value.replace(",", " ") for name, value in parts.items()}
    if until:
        attributes["until"] = _xsd_time(until)
    sub(element, "rRule", **attributes)


def _xsd_time(text: str) -> str:
    """``20260501T120000Z`` as ``2026-05-01T12:00:00Z``; a day as a day."""
    day = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    return f"{day}T{text[9:11]}:{text[11:13]}:{text[13:15]}Z" if len(text) > 8 else day


def _location(element: Element, place: Concept) -> None:
    here = concept(element, "location", place, **_role("locationrole", "" if place.rel == "venue" else place.rel))
    if place.geo is None and not place.contact_info:
        return
    details = sub(here, "POIDetails")
    if place.geo:
        longitude, latitude = place.geo.coordinates
        sub(details, "position", latitude=repr(latitude), longitude=repr(longitude))
    for contact in place.contact_info:
        if contact.address:
            _address(details, contact)
            break
    _contacts(details, [contact for contact in place.contact_info if contact.address is None])


def _address(parent: Element, contact: ContactInfo) -> None:
    told = contact.address
    if told is None:
        return
    address = sub(parent, "address")
    for each in told.lines:
        sub(address, "line", line(each))
    for name, value in (("locality", told.locality), ("area", told.area)):
        if value:
            sub(sub(address, name), "name", line(value))
    if told.country:
        code = told.country if len(told.country) == 2 and told.country.isascii() and told.country.isalpha() else ""
        country = sub(address, "country", qcode=f"iso3166-1a2:{code}" if code else "")
        if not code:
            sub(country, "name", line(told.country))
    if told.postal_code:
        sub(address, "postalCode", line(told.postal_code))


def _contacts(parent: Element, contacts: Iterable[ContactInfo]) -> None:
    for each in contacts:
        info = sub(parent, "contactInfo", roleuri=ours("contactrole", each.role) if each.role else "")
        if each.address:
            _address(info, each)
        elif way := _WAYS.get(each.type):
            sub(info, way, line(each.value))
            if each.name:
                sub(info, "note", line(each.name))
        else:
            sub(info, "note", line(each.value or each.name))


def _organiser(element: Element, organiser: Organiser) -> None:
    """The organiser, and the event's contacts beside it."""
    if organiser.name or organiser.uri or organiser.literal:
        named = Concept(name=organiser.name, uri=organiser.uri, literal=organiser.literal)
        concept(element, "organiser", named, **_role("organiserrole", organiser.rel))
    _contacts(element, organiser.contact_info)


def _planned(element: Element, planned: PlannedCoverage, *, in_event: bool) -> None:
    """One thing that is planned. Inside an event the notes stand before the headline, in a plan behind it."""
    if planned.type in _CLASSES:
        sub(element, "itemClass", qcode=f"ninat:{planned.type}")
    due = planned.dates.end_date or planned.dates.start_date if planned.dates else None
    if due:
        sub(element, "scheduled", time(due))
    if in_event and planned.ed_note:
        block(element, "edNote", planned.ed_note)
    if planned.language:
        sub(element, "language", tag=planned.language)
    if planned.title:
        sub(element, "headline", line(planned.title))
    if not in_event:
        if planned.ed_note:
            block(element, "edNote", planned.ed_note)
        if planned.urgency:
            sub(element, "urgency", str(planned.urgency))
