"""The projects themselves, as a list shows them."""

from datetime import datetime

from msgspec import Struct

from dragoman.model.errors import NotFound
from dragoman.model.project import ProjectState
from dragoman.store.connect import Connection, Row


class ProjectRow(Struct, frozen=True, kw_only=True):
    """`members`: codes of those who are in. `desk`: our own desk's, shared with nobody."""

    id: str
    title: str
    state: ProjectState
    desk: bool
    members: tuple[str, ...]
    acts: int
    aside: int
    changed: datetime


_SELECT = (
    "select p.id, p.title, p.state, p.desk, array(select r.id from record r where r.project = p.id and r.kind = 'member'"
    " and convert_from(r.body, 'UTF8')::jsonb ? 'joined' and not convert_from(r.body, 'UTF8')::jsonb ? 'left'"
    " order by r.made_clock),"
    " (select count(*) from act a where a.project = p.id), (select count(*) from act_aside s where s.project = p.id),"
    " p.changed from project p"
)


def projects(conn: Connection, *, member: str = "", with_desk: bool = False) -> list[ProjectRow]:
    """Joint projects, those that changed last first; of one member, if told."""
    found = [
        _row(row) for row in conn.execute(f"{_SELECT} where (%s or not p.desk) order by p.changed desc", (with_desk,))
    ]
    return [one for one in found if not member or member in one.members]


def project(conn: Connection, id: str) -> ProjectRow:
    """
    Raises:
        NotFound: there is none.
    """
    row = conn.execute(f"{_SELECT} where p.id = %s", (id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no project {id} here", hint="`dragoman project list` shows them.")
    return _row(row)


def _row(row: Row) -> ProjectRow:
    return ProjectRow(
        id=row[0],
        title=row[1],
        state=row[2],
        desk=row[3],
        members=tuple(row[4]),
        acts=row[5],
        aside=row[6],
        changed=row[7],
    )
