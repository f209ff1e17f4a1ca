"""Relations over the API: read, written down, changed; what comes up; documents as their readers may have them."""

import base64
import binascii
from datetime import UTC, datetime
from typing import Annotated, TypeVar

from litestar import Response, delete, get, post
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from dragoman.desk import relation_documents as papers
from dragoman.desk import relations as desk
from dragoman.desk.briefing import brief_on
from dragoman.desk.relation_documents import Shown
from dragoman.model.errors import BadInput, NotFound
from dragoman.model.project import Line, Text
from dragoman.model.relation import (
    KINDS,
    Action,
    ActionState,
    Became,
    Document,
    DocumentKind,
    Institution,
    Kept,
    Meeting,
    Membership,
    Named,
    Office,
    Person,
    Seat,
)
from dragoman.reports.due import Due
from dragoman.store import agencies, relations
from dragoman.store.connect import borrowed
from dragoman.web.asking import Page
from dragoman.web.relation.acts import reader_of
from dragoman.web.relation.routes import attachment
from dragoman.web.relation.telling import lines
from dragoman.web.site import site_of
from dragoman.web.words import LANGUAGES

Record = TypeVar("Record", bound=Kept)


class Relations(Struct, frozen=True, kw_only=True):
    """All that is known of one institution, as you may see it."""

    institution: Institution
    people: list[Person]
    offices: list[Office]
    memberships: list[Membership]
    seats: list[Seat]
    meetings: list[Meeting]
    actions: list[Action]
    documents: list[Shown]


class Closing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of an action; `link` names the project, agreement, event (``PROJECT RECORD``) or item."""

    state: ActionState
    became: Became = ""
    link: Line = ""
    outcome: Line = ""


class NewDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document to keep. `bytes` are its file's, in base64; with no readers named everybody in the newsroom reads it."""

    kind: DocumentKind = "note"
    agency: str
    meeting: int = 0
    title: Named
    language: str = ""
    text: Text = ""
    file: Line = ""
    bytes: Annotated[str, Meta(max_length=2_000_000)] = ""
    roles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    disclosed: bool = True


class Readers(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who reads a document from now on."""

    roles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    disclosed: bool = True


class BriefText(Struct, frozen=True, kw_only=True):
    agency: str
    language: str
    lines: list[str]


@get("/relations/due", sync_to_thread=True)
def due(request: Page) -> list[Due]:
    """Terms that end, actions due, anniversaries, agreements that expire: within 90 days, the soonest first."""
    with borrowed(site_of(request).newsroom) as conn:
        return desk.due(conn, datetime.now(UTC))


@get("/relations/of/{code:str}", sync_to_thread=True)
def known(request: Page, code: FromPath[str]) -> Relations:
    """Everything about one institution."""
    with borrowed(site_of(request).newsroom) as conn:
        agencies.agency(conn, code)
        return Relations(
            institution=relations.institution(conn, code),
            people=relations.records(conn, Person, agency=code),
            offices=relations.records(conn, Office, agency=code),
            memberships=relations.records(conn, Membership, agency=code),
            seats=relations.records(conn, Seat, agency=code),
            meetings=relations.records(conn, Meeting, agency=code),
            actions=relations.records(conn, Action, agency=code),
            documents=papers.documents(conn, code, reader_of(request)),
        )


@get("/relations/of/{code:str}/brief", sync_to_thread=True)
def brief(request: Page, code: FromPath[str], language: FromQuery[str] = "en") -> BriefText:
    """The partner brief as lines of text in one of our languages."""
    if language not in LANGUAGES:
        raise BadInput("There is no brief in this language", language[:40], hint=f"One of: {', '.join(LANGUAGES)}.")
    with borrowed(site_of(request).newsroom) as conn:
        found = brief_on(conn, code, language, datetime.now(UTC))
    return BriefText(agency=code, language=language, lines=list(lines(found)))


@post("/relations/institutions", sync_to_thread=True, status_code=200)
def keep_institution(request: Page, data: JSONBody[Institution]) -> Institution:
    """What is known of an agency: with `id` 0 new, else changed from the revision given."""
    return _kept(request, data)


@post("/relations/people", sync_to_thread=True, status_code=200)
def keep_person(request: Page, data: JSONBody[Person]) -> Person:
    """Somebody of an institution; an office says of which."""
    return _kept(request, data)


@post("/relations/offices", sync_to_thread=True, status_code=200)
def keep_office(request: Page, data: JSONBody[Office]) -> Office:
    """What a person is in an institution, from when until when."""
    return _kept(request, data)


@post("/relations/memberships", sync_to_thread=True, status_code=200)
def keep_membership(request: Page, data: JSONBody[Membership]) -> Membership:
    """An institution's membership in an association or council."""
    return _kept(request, data)


@post("/relations/seats", sync_to_thread=True, status_code=200)
def keep_seat(request: Page, data: JSONBody[Seat]) -> Seat:
    """A seat in a governing body, and who holds it."""
    return _kept(request, data)


@post("/relations/meetings", sync_to_thread=True, status_code=200)
def keep_meeting(request: Page, data: JSONBody[Meeting]) -> Meeting:
    """A meeting, visit, delegation, training or call."""
    return _kept(request, data)


@post("/relations/actions", sync_to_thread=True, status_code=200)
def keep_action(request: Page, data: JSONBody[Action]) -> Action:
    """What was agreed to be done."""
    return _kept(request, data)


def _kept(request: Page, one: Record) -> Record:
    request.user.must("relate")
    with borrowed(site_of(request).newsroom) as conn:
        return desk.keep(conn, one, by=request.user.person.name, now=datetime.now(UTC))


@post("/relations/actions/{number:int}/close", sync_to_thread=True, status_code=200)
def close(request: Page, number: FromPath[int], data: JSONBody[Closing]) -> Action:
    """What became of it: done, dropped or open again, and the project, agreement, event or item it became."""
    request.user.must("relate")
    by, now = request.user.person.name, datetime.now(UTC)
    with borrowed(site_of(request).newsroom) as conn:
        return desk.close(
            conn, number, data.state, by=by, now=now, became=data.became, link=data.link, outcome=data.outcome
        )


@post("/relations/documents", sync_to_thread=True, status_code=200)
def put(request: Page, data: JSONBody[NewDocument]) -> Document:
    """Keep a document, a note or a gift."""
    request.user.must("relate")
    site, now = site_of(request), datetime.now(UTC)
    try:
        body = base64.b64decode(data.bytes, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput("These bytes are not base64", str(error)) from error
    wanted = Document(
        kind=data.kind,
        agency=data.agency,
        meeting=data.meeting,
        title=data.title,
        language=data.language,
        text=data.text,
        file=data.file,
        roles=data.roles,
        names=data.names,
        disclosed=data.disclosed,
        by=request.user.person.name,
        at=now,
    )
    with borrowed(site.newsroom) as conn:
        return papers.put(conn, site.files, wanted, body, now=now)


@get("/relations/documents/{number:int}", sync_to_thread=True)
def document(request: Page, number: FromPath[int]) -> Document:
    """One document, for those who may read it."""
    with borrowed(site_of(request).newsroom) as conn:
        return papers.document(conn, number, reader_of(request))


@get("/relations/documents/{number:int}/file", sync_to_thread=True)
def file(request: Page, number: FromPath[int]) -> Response[bytes]:
    """Its bytes, to be saved; written to the audit."""
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        one, body = papers.saved(conn, site.files, number, reader_of(request))
    return attachment(one.file, f"document-{number}", body)


@post("/relations/documents/{number:int}/readers", sync_to_thread=True, status_code=200)
def name_readers(request: Page, number: FromPath[int], data: JSONBody[Readers]) -> Document:
    """Who reads it from now on."""
    request.user.must("relate")
    with borrowed(site_of(request).newsroom) as conn:
        return papers.name_readers(
            conn, number, reader_of(request), roles=data.roles, names=data.names, disclosed=data.disclosed
        )


@delete("/relations/{kind:str}/{number:int}", sync_to_thread=True)
def remove(request: Page, kind: FromPath[str], number: FromPath[int]) -> None:
    """Take out what was written down by mistake: a person, office, membership, seat, meeting, action or document."""
    request.user.must("relate")
    if kind not in KINDS:
        raise NotFound(f"There is nothing called {kind[:40]!r}", hint=f"One of: {', '.join(KINDS)}.")
    with borrowed(site_of(request).newsroom) as conn:
        if kind == "document":
            papers.remove(conn, number, reader_of(request))
        else:
            desk.remove(conn, KINDS[kind], number, by=request.user.person.name)


ROUTES: list[ControllerRouterHandler] = [
    due,
    known,
    brief,
    keep_institution,
    keep_person,
    keep_office,
    keep_membership,
    keep_seat,
    keep_meeting,
    keep_action,
    close,
    put,
    document,
    file,
    name_readers,
    remove,
]
