"""Writing down and changing: one form for every kind of record. What cannot be kept comes back with what was written."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import anyio.to_thread
import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from dragoman.desk import relation_documents as papers
from dragoman.desk import relations as desk
from dragoman.desk.relation_documents import MAX_BYTES, Reader
from dragoman.model.agency import Agency
from dragoman.model.errors import BadInput, Conflict, DragomanError, NotFound
from dragoman.model.relation import KINDS, Document, Kept, Meeting, Person, Relation
from dragoman.store import agencies, people, relations
from dragoman.store.connect import Connection, borrowed
from dragoman.web.asking import Page
from dragoman.web.relation.forms import BECAME, FIELDS, NEW_PERSON, READERS, STATES, Field, chosen, record_of, written
from dragoman.web.render import page
from dragoman.web.site import Site, site_of

_FORM_BYTES = MAX_BYTES + 1_000_000


class Choices(Struct, frozen=True, kw_only=True):
    """What the fields of a form choose from."""

    people: list[Person]
    agencies: list[Agency]
    meetings: list[Meeting]
    users: list[str]


class Sheet(Struct, frozen=True, kw_only=True):
    """A form: of which kind, about whom (`code` empty: a person), of which record (0: a new one), and where it leads back."""

    kind: str
    code: str
    number: int
    fields: tuple[Field, ...]
    back: str


@get("/relation/{code:str}/add/{kind:str}", sync_to_thread=True)
def adding(request: Page, code: FromPath[str], kind: FromPath[str], meeting: FromQuery[int] = 0) -> Response[str]:
    """An empty form, or that of the institution itself."""
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        agencies.agency(conn, code)
        sheet = _sheet(kind, code)
        values = {"zone": site.home.zone, "agencies": code, "disclosed": "1", "rank": "5"}
        if meeting:
            values["meeting"] = str(meeting)
        if kind == "institution":
            values = written(relations.institution(conn, code), sheet.fields)
        return _form(request, conn, sheet, values)


@post("/relation/{code:str}/add/{kind:str}", request_max_body_size=_FORM_BYTES)
async def add(request: Page, code: FromPath[str], kind: FromPath[str]) -> Response[Any]:
    """Written down, or the form again with what is wrong with it."""
    request.user.must("relate")
    upload = (await request.form()).get("file")
    name, body = "", b""
    if isinstance(upload, UploadFile):
        name, body = upload.filename, await upload.read()
        await upload.close()
    return await anyio.to_thread.run_sync(_add, request, code, kind, name, body)


def _add(request: Page, code: str, kind: str, name: str, body: bytes) -> Response[Any]:
    site, sheet = site_of(request), _sheet(kind, code)

    def do(conn: Connection, by: str, now: datetime) -> str:
        form = request.user.form
        _ADDED.get(kind, _plain)(conn, site, sheet, form, name, body, by, now)
        return _back(form, sheet)

    return _done(request, sheet, do)


@get("/relation/change/{kind:str}/{number:int}", sync_to_thread=True)
def changing(request: Page, kind: FromPath[str], number: FromPath[int]) -> Response[str]:
    with borrowed(site_of(request).newsroom) as conn:
        one = _record(conn, kind, number, reader_of(request))
        sheet = _sheet_of(kind, one)
        return _form(request, conn, sheet, written(one, sheet.fields))


@post("/relation/change/{kind:str}/{number:int}", sync_to_thread=True)
def change(request: Page, kind: FromPath[str], number: FromPath[int]) -> Response[Any]:
    request.user.must("relate")
    reader = reader_of(request)
    with borrowed(site_of(request).newsroom) as conn:
        one = _record(conn, kind, number, reader)
    sheet = _sheet_of(kind, one)

    def do(conn: Connection, by: str, now: datetime) -> str:
        form = request.user.form
        if isinstance(one, Document):
            wanted = record_of(kind, form, msgspec.structs.asdict(one), sheet.fields)
            assert isinstance(wanted, Document)
            papers.name_readers(
                conn, one.id, reader, roles=wanted.roles, names=wanted.names, disclosed=wanted.disclosed
            )
        else:
            desk.keep(conn, _changed(kind, one, sheet, form), by=by, now=now)
        return _back(form, sheet)

    return _done(request, sheet, do)


@post("/relation/remove/{kind:str}/{number:int}", sync_to_thread=True)
def remove(request: Page, kind: FromPath[str], number: FromPath[int]) -> Redirect:
    """Taken out; the audit keeps it."""
    request.user.must("relate")
    reader = reader_of(request)
    with borrowed(site_of(request).newsroom) as conn:
        one = _record(conn, kind, number, reader)
        if isinstance(one, Document):
            papers.remove(conn, number, reader)
        else:
            desk.remove(conn, type(one), number, by=reader.name)
    return Redirect(_home_of(one), status_code=303)


@post("/relation/action/{number:int}/close", sync_to_thread=True)
def close(request: Page, number: FromPath[int]) -> Redirect:
    """Done, dropped or open again; and what it became."""
    request.user.must("relate")
    form = request.user.form
    told = {"state": form.get("state", "done"), "became": form.get("became", ""), "link": form.get("link", "").strip()}
    if told["state"] not in STATES or told["became"] not in ("", *BECAME):
        raise BadInput(
            "An action cannot be so", f"{told['state']}: {told['became']}", hint=f"One of: {', '.join(STATES)}."
        )
    with borrowed(site_of(request).newsroom) as conn:
        done = desk.close(
            conn,
            number,
            by=request.user.person.name,
            now=datetime.now(UTC),
            outcome=form.get("outcome", ""),
            **told,  # type: ignore[arg-type]
        )
    return Redirect(_local(form.get("next", ""), f"/relation/{done.agency}#action-{number}"), status_code=303)


# ---------------------------------------------------------------------------------------------- how each is added

Form = Mapping[str, str]


def _plain(
    conn: Connection, site: Site, sheet: Sheet, form: Form, name: str, body: bytes, by: str, now: datetime
) -> None:
    desk.keep(conn, record_of(sheet.kind, form, {"agency": sheet.code}), by=by, now=now)


def _add_institution(
    conn: Connection, site: Site, sheet: Sheet, form: Form, name: str, body: bytes, by: str, now: datetime
) -> None:
    before = relations.institution(conn, sheet.code)
    desk.keep(conn, _changed("institution", before, sheet, form), by=by, now=now)


def _add_person(
    conn: Connection, site: Site, sheet: Sheet, form: Form, name: str, body: bytes, by: str, now: datetime
) -> None:
    """Somebody of the institution: the person and the office, both or neither."""
    with conn.transaction():
        wanted = record_of("person", form, {})
        person = desk.keep(conn, wanted, by=by, now=now)
        told = {"agency": sheet.code, "person": person.id}
        fields = tuple(field for field in FIELDS["office"] if field.name not in ("person", "titles"))
        desk.keep(conn, record_of("office", form, told, fields), by=by, now=now)


def _add_document(
    conn: Connection, site: Site, sheet: Sheet, form: Form, name: str, body: bytes, by: str, now: datetime
) -> None:
    told = {"agency": sheet.code, "by": by, "at": now, "file": name[-200:] if body else ""}
    wanted = record_of("document", form, told)
    assert isinstance(wanted, Document)
    papers.put(conn, site.files, wanted, body, now=now)


_ADDED: Mapping[str, Callable[[Connection, Site, Sheet, Form, str, bytes, str, datetime], None]] = {
    "institution": _add_institution,
    "person": _add_person,
    "document": _add_document,
}


# ---------------------------------------------------------------------------------------------- the form


def _sheet(kind: str, code: str) -> Sheet:
    """
    Raises:
        NotFound: there is no such kind of record.
    """
    if kind not in FIELDS:
        raise NotFound(f"There is nothing called {kind[:40]!r} to write down", hint=f"One of: {', '.join(FIELDS)}.")
    fields = NEW_PERSON if kind == "person" else FIELDS[kind]
    return Sheet(kind=kind, code=code, number=0, fields=fields, back=f"/relation/{code}")


def _sheet_of(kind: str, one: Kept) -> Sheet:
    # A document is not rewritten; who reads it is.
    fields = READERS if isinstance(one, Document) else FIELDS[kind]
    code = one.agencies[0] if isinstance(one, Meeting) else getattr(one, "agency", "")
    return Sheet(kind=kind, code=code, number=one.id, fields=fields, back=_home_of(one))


def _home_of(one: Kept) -> str:
    """The page on which a record is shown."""
    if isinstance(one, Meeting):
        return f"/relation/{one.agencies[0]}"
    return f"/relation/{code}" if (code := getattr(one, "agency", "")) else "/relations"


def _record(conn: Connection, kind: str, number: int, reader: Reader) -> Kept:
    if kind not in KINDS:
        raise NotFound(f"There is nothing called {kind[:40]!r}", hint=f"One of: {', '.join(KINDS)}.")
    if kind == "document" and reader.role != "administrator":
        return papers.document(conn, number, reader)
    found: Kept = relations.record(conn, KINDS[kind], number)
    return found


def _changed(kind: str, one: Kept, sheet: Sheet, form: Form) -> Relation:
    """The record as the form has it, on the revision that the form was opened with."""
    told = msgspec.structs.asdict(one)
    revision = form.get("revision", "")
    told["revision"] = int(revision) if revision.isdecimal() else one.revision
    return record_of(kind, form, told, sheet.fields)


def _form(
    request: Page,
    conn: Connection,
    sheet: Sheet,
    values: Mapping[str, str],
    problem: DragomanError | None = None,
) -> Response[str]:
    choices = Choices(
        people=relations.records(conn, Person),
        agencies=agencies.agencies(conn),
        meetings=relations.records(conn, Meeting, agency=sheet.code)[:50] if sheet.code else [],
        users=[person.name for person in people.people(conn)],
    )
    return page(
        request,
        "relation/form.html",
        status=problem.status if problem else 200,
        sheet=sheet,
        values=values,
        choices=choices,
        problem=problem.problem() if problem else None,
        roles=people.ROLES,
        chosen=chosen,
    )


def _done(request: Page, sheet: Sheet, do: Callable[[Connection, str, datetime], str]) -> Response[Any]:
    """Do it and go back; or the form again, with all that was written and what is wrong with it."""
    site, now = site_of(request), datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        try:
            return Redirect(do(conn, request.user.person.name, now), status_code=303)
        except (BadInput, Conflict, NotFound) as error:
            return _form(request, conn, sheet, request.user.form, error)


def _back(form: Form, sheet: Sheet) -> str:
    meeting = form.get("meeting", "")
    return f"/relation/meeting/{meeting}" if meeting.isdecimal() and int(meeting) else sheet.back


def _local(path: str, otherwise: str) -> str:
    """`path` where it is one of ours."""
    return path if path.startswith("/relation") else otherwise


def reader_of(request: Page) -> Reader:
    """Who reads: for documents that only some may."""
    return Reader(name=request.user.person.name, role=request.user.person.role)


ROUTES: list[ControllerRouterHandler] = [adding, add, changing, change, remove, close]
