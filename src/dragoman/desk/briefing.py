"""The partner brief: everything the store knows of a partner, read once and put together."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dragoman.model.errors import NotFound
from dragoman.model.event import Event
from dragoman.model.project import Project
from dragoman.model.relation import Action, Institution, Meeting, Membership, Office, Seat, said
from dragoman.reports.brief import Brief, Headline, Joint, Known, Upcoming, brief, names_in
from dragoman.store import agencies, agreements, exchange_counts, projects, relations
from dragoman.store.connect import Connection
from dragoman.store.relations import Latest

PERIOD = timedelta(days=365)
HEADLINES = 5


def brief_on(conn: Connection, code: str, language: str, now: datetime) -> Brief:
    """The brief on the partner `code` in `language`, as of `now`; its days are those of our own zone.

    Raises:
        NotFound: there is no such agency, or it is our own.
    """
    agency, home = agencies.agency(conn, code), agencies.home(conn)
    if agency.home:
        raise NotFound("This is our own agency, not a partner", code, hint="A brief is on somebody else.")
    here = now.astimezone(ZoneInfo(home.zone))
    known = {one.agency: one for one in relations.records(conn, Institution)}
    offices = relations.records(conn, Office, agency=code)
    seats = relations.records(conn, Seat, agency=code)
    meetings = [m for m in relations.records(conn, Meeting, agency=code) if m.starts <= now]
    shared = joint_projects(conn, code, language)
    met = [a.person for m in meetings for a in m.attended if a.person]
    found = Known(
        agency=agency,
        home=home,
        institution=known.get(code, Institution(agency=code)),
        names=names_in(agencies.agencies(conn), known.get, language),
        people=relations.people(conn, [*(o.person for o in offices), *(s.person for s in seats), *met]),
        offices=offices,
        memberships=relations.records(conn, Membership, agency=code),
        seats=seats,
        bureaus=agencies.bureaus(conn, code),
        agreements=agreements.agreements(conn, partner=code, states=("active",)),
        balance=exchange_counts.balance(conn, code, now - PERIOD, now),
        projects=shared,
        events=joint_events(conn, shared, language, now),
        meetings=meetings,
        actions=relations.records(conn, Action, agency=code),
        theirs=_headlines(relations.latest_from(conn, code, HEADLINES)),
        ours=_headlines(relations.latest_filed_by(conn, code, HEADLINES)),
    )
    return brief(found, language, here)


def joint_projects(conn: Connection, code: str, language: str) -> list[Joint]:
    """The projects we share with `code`, those that changed last first."""
    found = []
    for row in projects.projects(conn, member=code):
        if row.state == "active":
            whole = projects.record(conn, Project, row.id, "project").record
            title, tongue = said(whole.titles, language, whole.title)
            found.append(Joint(id=row.id, title=title, language=tongue, lead=row.id.partition(":")[0], ends=whole.ends))
    return found


def joint_events(conn: Connection, shared: Iterable[Joint], language: str, now: datetime) -> list[Upcoming]:
    """What comes next in these projects, the soonest first. Of an event under embargo only what the public may know."""
    found = []
    for project in shared:
        for held in projects.records(conn, Event, project=project.id, since=now, until=now + PERIOD):
            event = held.record
            if event.state != "cancelled" and event.starts >= now:
                found.append(_upcoming(event, language, now))
    return sorted((one for one in found if one.title), key=lambda one: one.starts)


def _upcoming(event: Event, language: str, now: datetime) -> Upcoming:
    title, tongue = said(event.titles, language)
    if event.embargoed_until is not None and event.embargoed_until > now:
        title, tongue = event.public_title, ""
    place = ", ".join(part for part in (event.venue.name, event.venue.city) if part)
    return Upcoming(title=title, language=tongue, starts=event.starts, place=place)


def _headlines(found: Iterable[Latest]) -> list[Headline]:
    return [Headline(item=one.item, headline=one.headline, language=one.language, at=one.at) for one in found]
