"""Relations' pages: what comes up, an institution with all that is known of it, a meeting; and the partner brief."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import quote

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from dragoman.desk import relation_documents as papers
from dragoman.desk import relations as desk
from dragoman.desk.briefing import brief_on
from dragoman.model.agency import Agency
from dragoman.model.errors import BadInput
from dragoman.model.relation import Action, Institution, Meeting, Membership, Office, Person, Seat, Term, is_current
from dragoman.store import agencies, relations
from dragoman.store.connect import Connection, borrowed
from dragoman.web.asking import Asking, Page
from dragoman.web.relation import acts
from dragoman.web.relation.forms import BECAME
from dragoman.web.relation.telling import partial, sheet_values, when_met
from dragoman.web.render import page
from dragoman.web.site import site_of
from dragoman.web.words import LANGUAGES

Running = TypeVar("Running", bound=Term)


class Line(Struct, frozen=True, kw_only=True):
    """One institution of the list; `last` is its last meeting."""

    agency: Agency
    institution: Institution
    heads: tuple[str, ...]
    last: Meeting | None
    open: int


@get("/relations", sync_to_thread=True)
def listed(request: Page) -> Response[str]:
    """What comes up with anybody, and everybody there is."""
    now = datetime.now(UTC)
    with borrowed(site_of(request).newsroom) as conn:
        found, coming = _lines(conn, now), desk.due(conn, now)
    return page(
        request,
        "relation/relations.html",
        lines=found,
        due=coming,
        names={line.agency.code: line.agency.name for line in found},
        partial=lambda when: partial(when, request.user.words),
    )


def _lines(conn: Connection, now: datetime) -> list[Line]:
    known = {one.agency: one for one in relations.records(conn, Institution)}
    names = {one.id: one.name for one in relations.records(conn, Person)}
    offices = [o for o in relations.records(conn, Office) if is_current(o, now.date())]
    meetings = [m for m in relations.records(conn, Meeting) if m.starts <= now]
    waiting = relations.open_actions(conn)
    return [
        Line(
            agency=agency,
            institution=known.get(agency.code, Institution(agency=agency.code)),
            heads=tuple(names[o.person] for o in offices if o.agency == agency.code and o.rank == 1)[:2],
            last=next((m for m in meetings if agency.code in m.agencies), None),
            open=sum(1 for a in waiting if a.agency == agency.code),
        )
        for agency in agencies.agencies(conn)
    ]


@get("/relation/{code:str}", sync_to_thread=True)
def shown(request: Page, code: FromPath[str]) -> Response[str]:
    """All that is known of one institution, our own too."""
    now, asking = datetime.now(UTC), request.user
    with borrowed(site_of(request).newsroom) as conn:
        agency = agencies.agency(conn, code)
        offices, seats = relations.records(conn, Office, agency=code), relations.records(conn, Seat, agency=code)
        values: dict[str, Any] = {
            "agency": agency,
            "institution": relations.institution(conn, code),
            "bureaus": agencies.bureaus(conn, code),
            "offices": _current_first(offices, now),
            "seats": _current_first(seats, now),
            "memberships": _current_first(relations.records(conn, Membership, agency=code), now),
            "members": relations.members(conn, code),
            "meetings": relations.records(conn, Meeting, agency=code)[:50],
            "actions": relations.records(conn, Action, agency=code)[:100],
            "documents": papers.documents(conn, code, acts.reader_of(request))[:100],
            "people": relations.people(conn, [*(one.person for one in offices), *(one.person for one in seats)]),
            "names": {one.code: one.name for one in agencies.agencies(conn)},
        }
    return page(request, "relation/institution.html", **values, **_with(asking, now))


def _current_first(terms: Sequence[Running], now: datetime) -> list[Running]:
    return sorted(terms, key=lambda term: not is_current(term, now.date()))


@get("/relation/meeting/{number:int}", sync_to_thread=True)
def meeting(request: Page, number: FromPath[int]) -> Response[str]:
    """Who met whom, and what came of it."""
    now, asking = datetime.now(UTC), request.user
    with borrowed(site_of(request).newsroom) as conn:
        met = relations.record(conn, Meeting, number)
        values: dict[str, Any] = {
            "meeting": met,
            "actions": relations.of_meeting(conn, Action, number),
            "documents": papers.of_meeting(conn, number, acts.reader_of(request)),
            "names": {one.code: one.name for one in agencies.agencies(conn)},
        }
    return page(request, "relation/meeting.html", **values, **_with(asking, now))


def _with(asking: Asking, now: datetime) -> dict[str, Any]:
    """What every page of an institution tells with."""
    today = now.date()
    return {
        "today": today,
        "is_current": lambda term: is_current(term, today),
        "partial": lambda when: partial(when, asking.words),
        "met": lambda met: when_met(met, asking.words),
        "became": BECAME,
    }


@get("/relation/document/{number:int}", sync_to_thread=True)
def document(request: Page, number: FromPath[int]) -> Response[str]:
    """One document's text and its readers, for those who may."""
    with borrowed(site_of(request).newsroom) as conn:
        one = papers.document(conn, number, acts.reader_of(request))
        names = {each.code: each.name for each in agencies.agencies(conn)}
    return page(request, "relation/document.html", document=one, names=names)


@get("/relation/document/{number:int}/file", sync_to_thread=True)
def file(request: Page, number: FromPath[int]) -> Response[bytes]:
    """The bytes as they were put in, to be saved and never shown. Written to the audit."""
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        one, body = papers.saved(conn, site.files, number, acts.reader_of(request))
    return attachment(one.file, f"document-{number}", body)


def attachment(name: str, otherwise: str, body: bytes) -> Response[bytes]:
    """Bytes that a browser saves under `name` and never shows (RFC 6266, with the name as RFC 8187 has it)."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "_" for c in name) or otherwise
    return Response(
        body,
        media_type="application/octet-stream",
        headers={
            "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name or otherwise, safe='')}",
            "cache-control": "no-store",
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


@get("/partner/{code:str}/brief", sync_to_thread=True)
def brief(request: Page, code: FromPath[str], language: FromQuery[str] = "") -> Response[str]:
    """The partner brief in any of our languages: on the screen as it is printed."""
    chosen = language or request.user.words.language
    if chosen not in LANGUAGES:
        raise BadInput("There is no brief in this language", chosen[:40], hint=f"One of: {', '.join(LANGUAGES)}.")
    with borrowed(site_of(request).newsroom) as conn:
        found = brief_on(conn, code, chosen, datetime.now(UTC))
    return page(request, "relation/brief.html", code=code, **sheet_values(found))


ROUTES: list[ControllerRouterHandler] = [listed, shown, meeting, document, file, brief, *acts.ROUTES]
