"""Joint projects: the list, one workspace on one page, its log; found, invite, join, leave, tasks, copy, notes, files."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, get_args

import anyio.to_thread
import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import project_contents as contents
from dragoman.desk import projects as desk
from dragoman.model.errors import BadInput
from dragoman.model.event import Event
from dragoman.model.exhibition import Exhibition
from dragoman.model.floor import Floor
from dragoman.model.project import (
    Document,
    Member,
    MemberRole,
    Note,
    Project,
    ProjectItem,
    ProjectTerms,
    Task,
    TaskState,
)
from dragoman.model.version import item_key
from dragoman.planning.event import open_to
from dragoman.planning.fold import Held
from dragoman.planning.kinds import KINDS
from dragoman.store import agencies, items
from dragoman.store.connect import Connection, borrowed
from dragoman.store.projects import files, find_record, project, projects, record, records
from dragoman.store.projects.acts import logged
from dragoman.store.projects.aside import aside
from dragoman.store.projects.meetings import met
from dragoman.web.asking import Asking, Page
from dragoman.web.partner.terms import KINDS as ITEM_KINDS
from dragoman.web.partner.terms import USES
from dragoman.web.picture.upload import REQUEST_BYTES, Sent, files_of, read
from dragoman.web.render import page
from dragoman.web.site import Site, site_of
from dragoman.web.times import zone_of

LOG_SHOWN, LOG_PAGE = 15, 300
TASK_STATES: tuple[TaskState, ...] = get_args(TaskState)
ROLES: tuple[MemberRole, ...] = get_args(MemberRole)


@get("/projects", sync_to_thread=True)
def listed(request: Page) -> Response[str]:
    with borrowed(site_of(request).newsroom) as conn:
        found = projects(conn)
    return page(request, "project/projects.html", projects=found, uses=USES, kinds=ITEM_KINDS)


@post("/projects", sync_to_thread=True)
def found(request: Page) -> Redirect:
    """Found a joint project; its terms are what every member joins under."""
    request.user.must("project")
    site, form, now = site_of(request), request.user.form, datetime.now(UTC)
    wanted = Project(
        title=form.get("title", "").strip(),
        brief=form.get("brief", ""),
        languages=tuple(form.get("languages", "").replace(",", " ").split()),
        begins=_day(form, "begins"),
        ends=_day(form, "ends"),
        terms=_terms(form, site),
    )
    if not wanted.title:
        raise BadInput("A project needs a title", hint="Go back and give it one.")
    with borrowed(site.newsroom) as conn:
        made = desk.found(conn, site.keyring, form.get("name", ""), wanted, by=request.user.person.name, now=now)
        desk.wake(conn)
    return Redirect(f"/project/{made}", status_code=303)


@get("/project/{id:str}", sync_to_thread=True)
def shown(request: Page, id: FromPath[str]) -> Response[str]:
    """The whole workspace: what it is, who is in it, what is to be done, what lies in it, what happened last."""
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        row = project(conn, id)
        held = record(conn, Project, id, "project")
        members, here = records(conn, Member, project=id), files.here(conn, id)
        values: dict[str, Any] = {
            "row": row,
            "project": held.record,
            "members": members,
            "me": next((m.record for m in members if m.id == site.home.code), None),
            "accepted": desk.terms_digest(held.record.terms),
            "partners": [a for a in agencies.agencies(conn) if not a.home and a.node],
            "tasks": records(conn, Task, project=id),
            "events": _events(conn, id, request.user.may("plan")),
            "floors": {one.id for one in records(conn, Floor, project=id)},
            "exhibitions": records(conn, Exhibition, project=id),
            "items": [(one, _number(conn, one)) for one in records(conn, ProjectItem, project=id)],
            "files": [(one, one.record.digest in here) for one in records(conn, Document, project=id)],
            "notes": records(conn, Note, project=id)[::-1],
            "nodes": {one.agency: one for one in met(conn, id)},
            "log": logged(conn, id, limit=LOG_SHOWN),
            "aside": aside(conn, id),
        }
    return page(request, "project/project.html", task_states=TASK_STATES, roles=ROLES, **values)


@get("/project/{id:str}/log", sync_to_thread=True)
def log(request: Page, id: FromPath[str]) -> Response[str]:
    """Every act: who signed what and when, and why one did not count."""
    with borrowed(site_of(request).newsroom) as conn:
        values: dict[str, Any] = {
            "row": project(conn, id),
            "log": logged(conn, id, limit=LOG_PAGE),
            "aside": aside(conn, id),
        }
    return page(request, "project/log.html", **values)


def _events(conn: Connection, id: str, inside: bool) -> list[tuple[str, Event]]:
    """The events by their start; a title under embargo only for those who plan."""
    now = datetime.now(UTC)
    found = [(one.id, open_to(one.record, now, inside=inside)) for one in records(conn, Event, project=id)]
    return sorted(found, key=lambda one: one[1].starts)


def _number(conn: Connection, held: Held[ProjectItem]) -> tuple[int, str] | None:
    """The item's number and state here, if it has come."""
    row = conn.execute(
        "select id, state from item where key = %s and current is not null",
        (item_key(held.record.origin, held.record.uri),),
    ).fetchone()
    return None if row is None else (row[0], row[1])


# ------------------------------------------------------------------------------------------------ acts


@post("/project/{id:str}/{act:str}", sync_to_thread=True)
def act(request: Page, id: FromPath[str], act: FromPath[str]) -> Redirect:
    """One act of ours, by its name in the table; then back to the workspace.

    Raises:
        BadInput: there is no such act.
    """
    found = _ACTS.get(act)
    if found is None:
        raise BadInput("There is no such act", act[:40], hint="Open the project again.")
    right, done = found
    request.user.must(right)
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        done(conn, site, id, request.user, datetime.now(UTC))
        desk.wake(conn)
    return Redirect(f"/project/{id}#{request.user.form.get('at', 'main')[:40]}", status_code=303)


def _invite(conn: Connection, site: Site, id: str, asking: Asking, now: datetime) -> None:
    form = asking.form
    role = form.get("role", "editor")
    if role not in ROLES:
        raise BadInput("There is no such role", role[:40])
    desk.invite(conn, site.keyring, id, form.get("agency", ""), role=role, by=asking.person.name, now=now)


def _join(conn: Connection, site: Site, id: str, asking: Asking, now: datetime) -> None:
    """Join, or accept terms that have changed: those that stood on the page."""
    desk.join(conn, site.keyring, id, by=asking.person.name, now=now, terms=asking.form.get("terms", ""))


def _leave(conn: Connection, site: Site, id: str, asking: Asking, now: datetime) -> None:
    desk.leave(conn, site.keyring, id, by=asking.person.name, now=now, files=site.files)


def _close(conn: Connection, site: Site, id: str, asking: Asking, now: datetime) -> None:
    held = record(conn, Project, id, "project").record
    changed = msgspec.structs.replace(held, closed=not held.closed)
    desk.put(conn, site.keyring, id, "project", changed, by=asking.person.name, now=now)


def _brief(conn: Connection, site: Site, id: str, asking: Asking, now: datetime) -> None:
    held = record(conn, Project, id, "project").record
    form = asking.form
    changed = msgspec.structs.replace(held, title=form.get("title", held.title), brief=form.get("brief", held.brief))
    desk.put(conn, site.keyring, id, "project", changed, by=asking.person.name, now=now)


def _task(conn: Connection, site: Site, id: str, asking: Asking, now: datetime) -> None:
    """Add a task, or change the state of one."""
    form, number = asking.form, asking.form.get("task", "")
    if number:
        before = record(conn, Task, id, number).record
        state = form.get("state", before.state)
        if state not in TASK_STATES:
            raise BadInput("There is no such state", state[:40])
        after = msgspec.structs.replace(before, state=state)
    else:
        due = _day(form, "due")
        after = Task(
            title=_needed(form, "title"),
            note=form.get("note", ""),
            agency=form.get("agency", ""),
            person=form.get("person", ""),
            due=None if due is None else datetime(due.year, due.month, due.day, tzinfo=zone_of(site.home.zone)),
        )
    desk.put(conn, site.keyring, id, number or desk.new_id(), after, by=asking.person.name, now=now)


def _item(conn: Connection, site: Site, id: str, asking: Asking, now: datetime) -> None:
    filed = items.find(conn, _needed(asking.form, "item"))
    note = asking.form.get("note", "")
    contents.add_item(conn, site.keyring, id, filed, note=note, by=asking.person.name, now=now)


def _note(conn: Connection, site: Site, id: str, asking: Asking, now: datetime) -> None:
    wanted = Note(
        text=_needed(asking.form, "text"),
        language=asking.words.language,
        restricted=bool(asking.form.get("restricted")),
    )
    desk.put(conn, site.keyring, id, desk.new_id(), wanted, by=asking.person.name, now=now)


def _drop(conn: Connection, site: Site, id: str, asking: Asking, now: datetime) -> None:
    kind = asking.form.get("kind", "")
    if kind not in KINDS:
        raise BadInput("There is no such kind of record", kind[:40])
    desk.drop(conn, site.keyring, id, KINDS[kind], asking.form.get("record", ""), by=asking.person.name, now=now)


_ACTS: dict[str, tuple[str, Callable[[Connection, Site, str, Asking, datetime], None]]] = {
    "invite": ("project", _invite),
    "join": ("project", _join),
    "leave": ("project", _leave),
    "close": ("project", _close),
    "brief": ("project", _brief),
    "task": ("plan", _task),
    "item": ("plan", _item),
    "note": ("plan", _note),
    "drop": ("plan", _drop),
}
"""What is done on the page, whose right it is, and how."""


@get("/project/{id:str}/file/{document:str}", sync_to_thread=True)
def file(request: Page, id: FromPath[str], document: FromPath[str]) -> Response[bytes]:
    """The bytes of a file, to be saved and never shown. Written to the audit."""
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        held = find_record(conn, Document, id, document)
        body = contents.read_file(conn, site.files, id, document, by=request.user.person.name)
    name = "".join(c if c.isalnum() or c in "-_." else "-" for c in held.record.title if c.isascii()) if held else ""
    return Response(
        body,
        media_type="application/octet-stream",
        headers={
            "content-disposition": f'attachment; filename="{name[:80] or "file"}"',
            "cache-control": "no-store",
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


@post("/project/{id:str}/file", request_max_body_size=REQUEST_BYTES)
async def add_file(request: Page, id: FromPath[str]) -> Redirect:
    """Put files into the project; members' nodes fetch them."""
    request.user.must("plan")
    sent = [await read(one) for one in await files_of(request)]
    await anyio.to_thread.run_sync(_add_files, request, id, sent)
    return Redirect(f"/project/{id}#files", status_code=303)


def _add_files(request: Page, id: str, sent: list[Sent]) -> None:
    site, asking = site_of(request), request.user
    restricted = bool(asking.form.get("restricted"))
    with borrowed(site.newsroom) as conn:
        for one in sent:
            title = (asking.form.get("title", "").strip() if len(sent) == 1 else "") or one.name
            wanted = Document(title=title[:500], digest="0" * 64, restricted=restricted)
            contents.add_file(
                conn, site.keyring, site.files, id, one.body, wanted, by=asking.person.name, now=datetime.now(UTC)
            )
        desk.wake(conn)


def _needed(form: Any, field: str) -> str:
    text = str(form.get(field, "")).strip()
    if not text:
        raise BadInput("A field is empty", field, hint="Go back and fill it in.")
    return text


def _day(form: Any, field: str) -> date | None:
    text = str(form.get(field, "")).strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput("This is not a day", f"{field}: {text[:40]}", hint="Write it as 2026-05-01.") from error


def _terms(form: Any, site: Site) -> ProjectTerms:
    until = _day(form, "until")
    line = str(form.get("credit", "")).strip()
    asked = {
        "kinds": [kind for kind in ITEM_KINDS if form.get(f"kind_{kind}")] or ["text", "picture"],
        "use": form.get("use", "own wire"),
        "onward": bool(form.get("onward")),
        "translation": bool(form.get("translation")),
        "credit": {"*": line} if line else {},
        "valid_until": datetime(until.year, until.month, until.day, tzinfo=zone_of(site.home.zone)) if until else None,
    }
    try:
        return msgspec.convert(asked, ProjectTerms)
    except msgspec.ValidationError as error:
        raise BadInput("The terms cannot be read", str(error), hint="Go back and mend the field named.") from error


ROUTES: list[ControllerRouterHandler] = [listed, found, shown, log, add_file, file, act]
