"""One event: its page, its form, and what is done about it; and the events that partners announce."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast, get_args

import anyio.to_thread
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import event_coverage as covering
from dragoman.desk import events as desk
from dragoman.desk import project_contents as contents
from dragoman.desk import projects as project_desk
from dragoman.model.errors import BadInput, NotFound
from dragoman.model.event import Coverage, CoverageKind, Event, EventState, Participant
from dragoman.model.project import Document
from dragoman.planning.announcement import record_of
from dragoman.planning.diary import Entry, Happening, open_or_hidden
from dragoman.planning.times import midnight, typed_day
from dragoman.store import agencies, diary, items
from dragoman.store.connect import Connection, borrowed
from dragoman.store.projects import find_record, projects, record, records
from dragoman.web.asking import Page
from dragoman.web.event.form import KINDS, REPEATS, Typed, Wrong, form_languages, read_form, typed_of
from dragoman.web.event.lines import when_of
from dragoman.web.event.rows import read_moment, read_person, read_row
from dragoman.web.event.sheet import sheet
from dragoman.web.picture.upload import REQUEST_BYTES, files_of
from dragoman.web.picture.upload import read as read_file
from dragoman.web.render import page
from dragoman.web.site import Site, site_of

COVERAGE_KINDS: Final[tuple[CoverageKind, ...]] = get_args(CoverageKind)
_PARENTS = timedelta(days=120)


@get("/event/{project:str}/{id:str}", sync_to_thread=True)
def shown(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[str]:
    """When, where, who takes part, who covers it, what goes with it."""
    return _sheet(request, project, id)


def _sheet(
    request: Page, project: str, id: str, typed: Typed | None = None, wrong: tuple[Wrong, ...] = ()
) -> Response[str]:
    site, asking, now = site_of(request), request.user, datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        found = sheet(conn, site.keyring, project, id, asking.words, site.home.zone, now, inside=asking.may("plan"))
    return page(
        request,
        "event/event.html",
        status=400 if wrong else 200,
        sheet=found,
        one=found.happening,
        event=found.happening.event,
        kinds=COVERAGE_KINDS,
        typed=typed or {},
        wrong=wrong,
        path=f"/event/{project}/{id}",
    )


@get("/event/item/{number:int}", sync_to_thread=True)
def announced(request: Page, number: FromPath[int]) -> Response[Any]:
    """An event that a partner announces, and how to take it into our own planning; of one of ours its own page."""
    site, asking, now = site_of(request), request.user, datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        filed = items.current(conn, number)
        ours = record_of(filed.item.uri) if filed.version.origin == site.home.code else None
        if ours and find_record(conn, Event, *ours):
            return Redirect("/event/{}/{}".format(*ours), status_code=303)
        one = open_or_hidden(diary.announcement(conn, number), now, inside=asking.may("plan"))
        adopted = _adopted(conn, one)
        joint = [row for row in projects(conn) if row.state == "active"]
    entry = Entry(happening=one, starts=one.event.starts, ends=one.event.ends or one.event.starts)
    return page(
        request,
        "event/announced.html",
        one=one,
        event=one.event,
        filed=filed,
        when=when_of(entry, asking.words, site.home.zone),
        adopted=adopted,
        projects=joint,
    )


def _adopted(conn: Connection, one: Happening) -> str:
    """The path of the record that we have made of it; empty where there is none."""
    wanted = desk.adopted_id(one.agency, one.uri)
    found = [held for held in records(conn, Event) if held.id == wanted] if one.agency else []
    return f"/event/{found[0].project}/{found[0].id}" if found else ""


@post("/event/item/{number:int}/adopt", sync_to_thread=True)
def adopt(request: Page, number: FromPath[int]) -> Redirect:
    """Take it into our planning, or take it over again as it stands now."""
    site, asking = site_of(request), request.user
    asking.must("plan")
    with borrowed(site.newsroom) as conn:
        held = desk.adopt(
            conn,
            site.keyring,
            number,
            project=asking.form.get("project", ""),
            by=asking.person.name,
            now=datetime.now(UTC),
        )
        desk.wake(conn)
    return Redirect(f"/event/{held.project}/{held.id}", status_code=303)


# ------------------------------------------------------------------------------------------------ the form


@get("/diary/new", sync_to_thread=True)
def new(
    request: Page, project: FromQuery[str] = "", parent: FromQuery[str] = "", day: FromQuery[str] = ""
) -> Response[str]:
    """The form of a new event."""
    site = site_of(request)
    typed = {"day": day if typed_day(day) else "", "parent": parent, "project": project, "zone": site.home.zone}
    if parent and project:
        with borrowed(site.newsroom) as conn:
            whole = record(conn, Event, project, parent).record
        same = typed_of(whole)
        typed |= {name: same.get(name, "") for name in ("zone", "city", "country", "venue", "day", "languages")}
        typed["day"] = day or same.get("day", "")
    return _form(request, typed, None, "", "")


@get("/event/{project:str}/{id:str}/edit", sync_to_thread=True)
def edit(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[str]:
    request.user.must("plan")
    with borrowed(site_of(request).newsroom) as conn:
        event = record(conn, Event, project, id).record
    return _form(request, typed_of(event), event, project, id)


def _form(
    request: Page, typed: Typed, event: Event | None, project: str, id: str, wrong: tuple[Wrong, ...] = ()
) -> Response[str]:
    site, asking = site_of(request), request.user
    with borrowed(site.newsroom) as conn:
        joint = [row for row in projects(conn) if row.state == "active"]
        within = project or typed.get("project", "")
        others = _possible_parents(conn, within, id, typed) if within else []
        zones = sorted({one.zone for one in agencies.agencies(conn)} | {site.home.zone, "UTC"})
    return page(
        request,
        "event/form.html",
        status=400 if wrong else 200,
        typed=typed,
        wrong=wrong,
        wrong_in={one.field for one in wrong},
        event=event,
        project=project,
        id=id,
        projects=joint,
        parents=others,
        zones=zones,
        kinds=KINDS,
        repeats=REPEATS,
        languages_of=form_languages(site.home.languages, event, asking.words.language),
    )


def _possible_parents(conn: Connection, project: str, id: str, typed: Typed) -> list[tuple[str, Event]]:
    day = typed_day(typed.get("day", ""))
    around = midnight(day) if day else datetime.now(UTC)
    found = records(conn, Event, project=project, since=around - _PARENTS, until=around + _PARENTS)
    chosen = [held for held in found if held.id != id and held.record.kind != "anniversary"]
    return [(held.id, held.record) for held in sorted(chosen, key=lambda held: held.record.starts)][:200]


@post("/diary/new", sync_to_thread=True)
def add(request: Page) -> Response[Any]:
    request.user.must("plan")
    return _saved(request, "", "")


@post("/event/{project:str}/{id:str}/edit", sync_to_thread=True)
def save(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    request.user.must("plan")
    return _saved(request, project, id)


def _saved(request: Page, project: str, id: str) -> Response[Any]:
    site, asking, now = site_of(request), request.user, datetime.now(UTC)
    by, form = asking.person.name, asking.form
    with borrowed(site.newsroom) as conn:
        before = record(conn, Event, project, id).record if id else None
    event, wrong = read_form(form, site.home.zone, before)
    if event is None:
        return _form(request, form, before, project, id, tuple(wrong))
    try:
        with borrowed(site.newsroom) as conn:
            if id:
                held = desk.change(conn, site.keyring, project, id, event, by=by, now=now)
            else:
                held = desk.plan(conn, site.keyring, event, project=form.get("project", ""), by=by, now=now)
            desk.wake(conn)
    except BadInput as error:
        return _form(request, form, before, project, id, (Wrong(field="", key="rule", text=error.detail),))
    return Redirect(f"/event/{held.project}/{held.id}", status_code=303)


# ------------------------------------------------------------------------------------------------ what is done about it


@post("/event/{project:str}/{id:str}/{act:str}", sync_to_thread=True)
def do(request: Page, project: FromPath[str], id: FromPath[str], act: FromPath[str]) -> Response[Any]:
    """One act on the event, then back to its page."""
    site, asking, now = site_of(request), request.user, datetime.now(UTC)
    asking.must("plan")
    if act not in _ACTS:
        raise NotFound(f"There is no act {act[:40]}", "on events")
    form, by = asking.form, asking.person.name
    try:
        with borrowed(site.newsroom) as conn:
            where = _ACTS[act](conn, site, project, id, form, by, now)
            desk.wake(conn)
    except _Mistyped as mistyped:
        return _sheet(request, project, id, form, mistyped.wrong)
    return Redirect(where or f"/event/{project}/{id}{_ANCHOR.get(act, '')}", status_code=303)


class _Mistyped(Exception):
    def __init__(self, wrong: tuple[Wrong, ...]) -> None:
        super().__init__("mistyped")
        self.wrong = wrong


def _state(conn: Connection, site: Site, project: str, id: str, form: Typed, by: str, now: datetime) -> str:
    state = cast("EventState", form.get("state", ""))
    desk.move_on(conn, site.keyring, project, id, state, by=by, now=now)
    return ""


def _publish(conn: Connection, site: Site, project: str, id: str, form: Typed, by: str, now: datetime) -> str:
    desk.publish(conn, project, id, reason=form.get("reason", "").strip(), by=by, now=now)
    return ""


def _drop(conn: Connection, site: Site, project: str, id: str, form: Typed, by: str, now: datetime) -> str:
    desk.drop(conn, site.keyring, project, id, by=by, now=now)
    return "/diary"


def _leave_out(conn: Connection, site: Site, project: str, id: str, form: Typed, by: str, now: datetime) -> str:
    event = record(conn, Event, project, id).record
    try:
        at = datetime.fromisoformat(form.get("time", ""))
    except ValueError as error:
        raise BadInput("This is no time of the event", form.get("time", "")[:40]) from error
    to, wrong = read_moment(form, "to_", event)
    if wrong:
        raise _Mistyped(wrong)
    desk.leave_out(conn, site.keyring, project, id, at, to=to, by=by, now=now)
    return ""


def _person(conn: Connection, site: Site, project: str, id: str, form: Typed, by: str, now: datetime) -> str:
    desk.take_part(conn, site.keyring, project, read_person(form, id), id=form.get("row", ""), by=by, now=now)
    return ""


def _person_off(conn: Connection, site: Site, project: str, id: str, form: Typed, by: str, now: datetime) -> str:
    project_desk.drop(conn, site.keyring, project, Participant, form.get("row", ""), by=by, now=now)
    return ""


def _cover(conn: Connection, site: Site, project: str, id: str, form: Typed, by: str, now: datetime) -> str:
    event = record(conn, Event, project, id).record
    number = form.get("row", "")
    held = find_record(conn, Coverage, project, number) if number else None
    row, wrong = read_row(form, id, event, site.home.code, held.record if held else None)
    if row is None:
        raise _Mistyped(wrong)
    covering.cover(conn, site.keyring, project, row, id=number, by=by, now=now)
    return ""


def _take(conn: Connection, site: Site, project: str, id: str, form: Typed, by: str, now: datetime) -> str:
    person = form.get("person", "").strip()
    covering.take(conn, site.keyring, project, form.get("row", ""), person=person, by=by, now=now)
    return ""


def _link(conn: Connection, site: Site, project: str, id: str, form: Typed, by: str, now: datetime) -> str:
    covering.link(conn, site.keyring, project, form.get("row", ""), form.get("item", "").strip(), by=by, now=now)
    return ""


def _uncover(conn: Connection, site: Site, project: str, id: str, form: Typed, by: str, now: datetime) -> str:
    covering.drop(conn, site.keyring, project, form.get("row", ""), by=by, now=now)
    return ""


_ACTS: Final[dict[str, Callable[[Connection, Site, str, str, Typed, str, datetime], str]]] = {
    "state": _state,
    "publish": _publish,
    "drop": _drop,
    "leave-out": _leave_out,
    "person": _person,
    "person-off": _person_off,
    "cover": _cover,
    "take": _take,
    "link": _link,
    "uncover": _uncover,
}
_ANCHOR: Final = {
    **dict.fromkeys(("cover", "take", "link", "uncover"), "#coverage"),
    **dict.fromkeys(("person", "person-off"), "#people"),
    "leave-out": "#times",
}


@post("/event/{project:str}/{id:str}/document", request_max_body_size=REQUEST_BYTES)
async def add_document(request: Page, project: FromPath[str], id: FromPath[str]) -> Redirect:
    """Put documents to the event; members' nodes fetch them."""
    request.user.must("plan")
    sent = [await read_file(one) for one in await files_of(request)]
    await anyio.to_thread.run_sync(_add_documents, request, project, id, sent)
    return Redirect(f"/event/{project}/{id}#documents", status_code=303)


def _add_documents(request: Page, project: str, id: str, sent: list[Any]) -> None:
    site, asking, now = site_of(request), request.user, datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        record(conn, Event, project, id)
        for one in sent:
            title = (asking.form.get("title", "").strip() if len(sent) == 1 else "") or one.name
            wanted = Document(title=title[:500], digest="0" * 64, about=f"event/{id}")
            contents.add_file(conn, site.keyring, site.files, project, one.body, wanted, by=asking.person.name, now=now)
        desk.wake(conn)


ROUTES: list[ControllerRouterHandler] = [shown, announced, adopt, new, add, edit, save, do, add_document]
