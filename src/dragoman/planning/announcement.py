"""An event as an item of kind `event`: what is for others, never the desk's note, who is sent, or a hidden title. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from dragoman.model.event import Coverage, Event, EventState, Participant, Venue
from dragoman.model.happening import (
    Address,
    ContactInfo,
    Dates,
    EventDetails,
    HappeningProfile,
    Organiser,
    PlannedCoverage,
    Point,
)
from dragoman.model.item import Body, Concept, Headline, Item, Profile
from dragoman.planning.event import published, seen
from dragoman.text.markup import blocks_of_text, html_of_blocks

HOST, CO_ORGANISER, VENUE, PART_OF = "host", "coOrganiser", "venue", "partOf"
_OURS = "urn:dragoman:event:"
_STATUS = "http://cv.iptc.org/newscodes/eventoccurstatus/"
_COVERAGE = "http://cv.iptc.org/newscodes/newscoveragestatus/"
STATES: Final[Mapping[EventState, str]] = {
    "planned": "eos1",
    "confirmed": "eos5",
    "postponed": "eos2",
    "cancelled": "eos6",
    "over": "eos5",
}
"""Our states as IPTC NewsCodes eventoccurstatus has them: planned only, occurs certainly, highly uncertain, cancelled."""
_COVERED_AS: Final = {"live": "video"}


class Told(Struct, frozen=True, kw_only=True):
    """All there is to tell of one event, by its owner `agency`."""

    event: Event
    uri: str
    agency: str
    part_of: str = ""
    """The uri of the event it is a part of."""
    participants: Sequence[Participant] = ()
    coverage: Sequence[Coverage] = ()


def event_uri(project: str, id: str) -> str:
    """The uri of an event of ours as an item."""
    return f"{_OURS}{project}:{id}"


def record_of(uri: str) -> tuple[str, str] | None:
    """The project and id of the event that is published under `uri`; none where it is no uri of ours."""
    project, sign, id = uri.removeprefix(_OURS).rpartition(":")
    return (project, id) if sign and uri.startswith(_OURS) else None


def item_of(told: Told, *, language: str = "", public: bool, now: datetime) -> Item:
    """The event as an item, without version and time of making.

    `public`: while its title is under embargo only what everybody may see of it is in it; else the whole, under embargo.
    """
    hidden = told.event.embargoed_until is not None and now < told.event.embargoed_until and public
    event = seen(told.event) if hidden else published(told.event)
    spoken = event.language(language)
    summary = event.summary.get(spoken, "") or next(iter(event.summary.values()), "")
    blocks = tuple(blocks_of_text(summary))
    title = event.title(language)
    return Item(
        uri=told.uri,
        type="event",
        language=spoken or language,
        headlines=(Headline(value=title),) if title else (),
        slugline=event.slugline,
        embargoed_until=None if hidden else event.embargoed_until,
        urgency=event.urgency,
        located=event.venue.city,
        bodies=(Body(value=html_of_blocks(blocks)),) if blocks else (),
        subjects=tuple(Concept(name=name) for name in event.subjects),
        places=_places(event.venue),
        people=() if hidden else tuple(_person(one) for one in told.participants),
        organisations=_organisations(event),
        genres=(Concept(name=event.kind),) if event.kind != "event" else (),
        ed_note=_accreditation(event),
        events=(Concept(uri=told.part_of, rel=PART_OF),) if told.part_of and not hidden else (),
        event_details=_details(event, told),
        planned_coverage=() if hidden else tuple(_promises(told)),
        dragoman=Profile(origin=told.agency, blocks=blocks, happening=_profile(event, hidden=hidden)),
    )


def _places(venue: Venue) -> tuple[Concept, ...]:
    if venue == Venue() or not (venue.line or venue.address or venue.country):
        return ()
    lines = (venue.address,) if venue.address else ()
    address = Address(lines=lines, locality=venue.city, country=venue.country)
    contacts = [ContactInfo(address=address)] if address != Address() else []
    contacts += [ContactInfo(type="url", value=venue.link)] if venue.link else []
    at = (venue.longitude, venue.latitude)
    return (
        Concept(
            name=venue.name or venue.city,
            rel=VENUE,
            contact_info=tuple(contacts),
            geo=None if at[0] is None or at[1] is None else Point(coordinates=(at[0], at[1])),
        ),
    )


def _person(one: Participant) -> Concept:
    return Concept(name=one.name, rel="spokesperson" if one.spokesperson else one.role, literal=one.agency)


def _organisations(event: Event) -> tuple[Concept, ...]:
    return (
        *(Concept(name=name, rel=HOST) for name in event.hosts),
        *(Concept(name=name, rel=CO_ORGANISER) for name in event.co_organisers),
    )


def _accreditation(event: Event) -> str:
    """How to be let in, for readers of formats that have no field for it."""
    asked = event.accreditation
    if not asked.required:
        return ""
    until = f" until {asked.until.isoformat(timespec='minutes')}" if asked.until else ""
    return f"Accreditation required{until}. {' '.join(part for part in (asked.how, asked.contact) if part)}".strip()


def _details(event: Event, told: Told) -> EventDetails:
    host = event.hosts[0] if event.hosts else ""
    promised = any(row.agency == told.agency and row.state in _PROMISED for row in told.coverage)
    return EventDetails(
        event_status=_STATUS + STATES[event.state],
        planned_coverage_status=_COVERAGE + "int" if promised else "",
        dates=dates_of(event),
        organiser=Organiser(name=host, contact_info=_contacts(event)) if host else None,
    )


def _contacts(event: Event) -> tuple[ContactInfo, ...]:
    return (ContactInfo(value=event.contact),) if event.contact else ()


def dates_of(event: Event) -> Dates:
    """Its dates in ninjs's words: the days of an all-day event, both included, or the moments."""
    if not event.all_day:
        return Dates(start_date=event.starts, end_date=event.ends)
    last = (event.ends or event.starts + timedelta(days=1)) - timedelta(days=1)
    return Dates(
        expected_start_date=event.starts.date().isoformat(),
        expected_end_date=max(last, event.starts).date().isoformat(),
    )


_PROMISED = frozenset({"planned", "assigned", "filed"})


def _promises(told: Told) -> Iterable[PlannedCoverage]:
    """What we mean to deliver: kind, language, when due. Never who is sent."""
    for row in told.coverage:
        if row.agency == told.agency and row.state in _PROMISED:
            yield PlannedCoverage(
                type=_COVERED_AS.get(row.kind, row.kind),
                language=row.language,
                dates=Dates(end_date=row.due) if row.due else None,
                ed_note="live" if row.kind == "live" else "",
            )


def _profile(event: Event, *, hidden: bool) -> HappeningProfile:
    asked = event.accreditation
    return HappeningProfile(
        kind=event.kind,
        state=event.state,
        zone=event.place_zone,
        rule=event.rule,
        but=event.but,
        also=event.also,
        languages=event.languages,
        titles={} if hidden or len(event.titles) < 2 else event.titles,
        summaries={} if hidden or len(event.summary) < 2 else event.summary,
        accreditation=" ".join(part for part in (asked.how, asked.contact) if part) if asked.required else "",
        accreditation_until=asked.until,
        is_public_title=hidden,
    )
