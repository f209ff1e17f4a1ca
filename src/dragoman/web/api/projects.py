"""Joint projects over the API: the list, the records of every kind, the log; acts of ours."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import delete, get, post, put
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from dragoman.desk import project_contents as contents
from dragoman.desk import projects as desk
from dragoman.model.errors import BadInput, NotFound
from dragoman.model.project import MemberRole, Project, Record
from dragoman.planning.fold import Held
from dragoman.planning.kinds import KINDS
from dragoman.store import items
from dragoman.store.connect import borrowed
from dragoman.store.projects import ProjectRow, project, projects, record, records
from dragoman.store.projects.acts import logged
from dragoman.web.asking import Page
from dragoman.web.site import site_of

RIGHTS_OF = {"project": "project", "member": "project"}
"""Whose right it is to change a record of this kind; of every other, whoever plans."""


class NewProject(Struct, frozen=True, kw_only=True):
    """`name`: the short name in addresses."""

    name: str
    project: Project


class Invitation(Struct, frozen=True, kw_only=True):
    agency: str
    role: MemberRole = "editor"


class ItemPut(Struct, frozen=True, kw_only=True):
    """`item`: its number or uri here."""

    item: str
    note: str = ""


class RecordShown(Struct, frozen=True, kw_only=True):
    """A record with who made it and who changed it last."""

    project: str
    kind: str
    id: str
    record: dict[str, Any]
    made_at: datetime
    made_by: str
    changed_at: datetime
    changed_by: str


class ActShown(Struct, frozen=True, kw_only=True):
    """An act of the log; `refused` says why it does not count."""

    agency: str
    by: str
    at: datetime
    verb: str
    kind: str
    record: str
    fields: dict[str, Any]
    digest: str
    refused: str


@get("/projects", sync_to_thread=True)
def listed(request: Page, member: FromQuery[str] = "") -> list[ProjectRow]:
    """Joint projects, those that changed last first."""
    with borrowed(site_of(request).newsroom) as conn:
        return projects(conn, member=member)


@post("/projects", sync_to_thread=True)
def found(request: Page, data: JSONBody[NewProject]) -> ProjectRow:
    """Found a joint project; its terms are what every member joins under."""
    request.user.must("project")
    site, by = site_of(request), request.user.person.name
    with borrowed(site.newsroom) as conn:
        made = desk.found(conn, site.keyring, data.name, data.project, by=by, now=datetime.now(UTC))
        desk.wake(conn)
        return project(conn, made)


@get("/projects/{id:str}", sync_to_thread=True)
def shown(request: Page, id: FromPath[str]) -> ProjectRow:
    """One project."""
    with borrowed(site_of(request).newsroom) as conn:
        return project(conn, id)


@post("/projects/{id:str}/invite", sync_to_thread=True, status_code=200)
def invite(request: Page, id: FromPath[str], data: JSONBody[Invitation]) -> RecordShown:
    """Ask a partner in."""
    request.user.must("project")
    site, by = site_of(request), request.user.person.name
    with borrowed(site.newsroom) as conn:
        held = desk.invite(conn, site.keyring, id, data.agency, role=data.role, by=by, now=datetime.now(UTC))
        desk.wake(conn)
    return _shown(held)


@post("/projects/{id:str}/join", sync_to_thread=True, status_code=200)
def join(request: Page, id: FromPath[str]) -> RecordShown:
    """Accept an invitation and the project's terms as they stand; or, as a member, terms that have changed since."""
    request.user.must("project")
    site, by = site_of(request), request.user.person.name
    with borrowed(site.newsroom) as conn:
        held = desk.join(conn, site.keyring, id, by=by, now=datetime.now(UTC))
        desk.wake(conn)
    return _shown(held)


@post("/projects/{id:str}/leave", sync_to_thread=True, status_code=200)
def leave(request: Page, id: FromPath[str]) -> ProjectRow:
    """Leave it: what others kept for members is removed here."""
    request.user.must("project")
    site, by = site_of(request), request.user.person.name
    with borrowed(site.newsroom) as conn:
        desk.leave(conn, site.keyring, id, by=by, now=datetime.now(UTC), files=site.files)
        desk.wake(conn)
        return project(conn, id)


@post("/projects/{id:str}/items", sync_to_thread=True)
def put_item(request: Page, id: FromPath[str], data: JSONBody[ItemPut]) -> RecordShown:
    """Put an item into the project: the members are given it under the project's terms."""
    request.user.must("plan")
    site, by = site_of(request), request.user.person.name
    with borrowed(site.newsroom) as conn:
        filed = items.find(conn, data.item)
        held = contents.add_item(conn, site.keyring, id, filed, note=data.note, by=by, now=datetime.now(UTC))
        desk.wake(conn)
    return _shown(held)


@get("/projects/{id:str}/log", sync_to_thread=True)
def log(request: Page, id: FromPath[str], limit: FromQuery[int] = 200) -> list[ActShown]:
    """The acts, newest first."""
    with borrowed(site_of(request).newsroom) as conn:
        project(conn, id)
        found = logged(conn, id, limit=min(max(limit, 1), 5_000))
    return [
        ActShown(
            agency=one.act.agency,
            by=one.act.by,
            at=one.act.at,
            verb=one.act.verb,
            kind=one.act.kind,
            record=one.act.id,
            fields=msgspec.json.decode(one.act.fields),
            digest=one.digest,
            refused=one.refused,
        )
        for one in found
    ]


@get("/projects/{id:str}/records/{kind:str}", sync_to_thread=True)
def records_of(request: Page, id: FromPath[str], kind: FromPath[str]) -> list[RecordShown]:
    """The records of one kind: task, item, document, note, event, participant, coverage, floor, question, answer,
    exhibition, room, picture, vote, right, caption, member."""
    with borrowed(site_of(request).newsroom) as conn:
        project(conn, id)
        return [_shown(held) for held in records(conn, _struct(kind), project=id)]


@put("/projects/{id:str}/records/{kind:str}/{name:str}", sync_to_thread=True)
def put_record(
    request: Page, id: FromPath[str], kind: FromPath[str], name: FromPath[str], data: JSONBody[dict[str, Any]]
) -> RecordShown:
    """Make a record, or change it to this. The project's rules are asked."""
    request.user.must(RIGHTS_OF.get(kind, "plan"))
    site, by = site_of(request), request.user.person.name
    try:
        wanted = msgspec.convert(data, _struct(kind), strict=False)
    except msgspec.ValidationError as error:
        raise BadInput("This is not a record of its kind", f"{kind}: {error}", kept="Nothing.") from error
    with borrowed(site.newsroom) as conn:
        held = desk.put(conn, site.keyring, id, name, wanted, by=by, now=datetime.now(UTC))
        desk.wake(conn)
    return _shown(held)


@delete("/projects/{id:str}/records/{kind:str}/{name:str}", sync_to_thread=True)
def drop_record(request: Page, id: FromPath[str], kind: FromPath[str], name: FromPath[str]) -> None:
    """Take a record away; its acts stay in the log."""
    request.user.must(RIGHTS_OF.get(kind, "plan"))
    site, by = site_of(request), request.user.person.name
    with borrowed(site.newsroom) as conn:
        record(conn, _struct(kind), id, name)
        desk.drop(conn, site.keyring, id, _struct(kind), name, by=by, now=datetime.now(UTC))
        desk.wake(conn)


def _struct(kind: str) -> type[Record]:
    if kind not in KINDS:
        raise NotFound(f"There is no record of the kind {kind[:40]!r}", hint=f"One of: {', '.join(KINDS)}.")
    return KINDS[kind]


def _shown(held: Held[Any]) -> RecordShown:
    return RecordShown(
        project=held.project,
        kind=held.kind,
        id=held.id,
        record=msgspec.to_builtins(held.record),
        made_at=held.made.at,
        made_by=f"{held.made.by} ({held.made.agency})",
        changed_at=held.changed.at,
        changed_by=f"{held.changed.by} ({held.changed.agency})",
    )


ROUTES: list[ControllerRouterHandler] = [
    listed,
    found,
    shown,
    invite,
    join,
    leave,
    put_item,
    log,
    records_of,
    put_record,
    drop_record,
]
