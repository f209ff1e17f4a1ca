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
    "select p.id, p.title, p.state, p.desk, p.members, p.acts,"
    " (select count(*) from act_aside s where s.project = p.id), p.changed from project p"
)


def projects(conn: Connection, *, member: str = "", with_desk: bool = False) -> list[ProjectRow]:
    """Joint projects, those that changed last first; of one member, if told."""
    rows = conn.execute(
        f"{_SELECT} where (%s or not p.desk) and (%s = '' or %s = any(p.members)) order by p.changed desc",
        (with_desk, member, member),
    )
    return [_row(row) for row in rows]


def project(conn: Connection, id: str) -> ProjectRow:
    """
    Raises:
        NotFound: there is none.
    """
    row = conn.execute(f"{_SELECT} where p.id = %s", (id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no project {id} here", hint="`dragoman project list` shows them.")
    return _row(row)


def standing(conn: Connection) -> object:
    """Equal as long as no project has changed."""
    # A sum, not the newest: of two changes the one begun first may be committed last.
    return conn.execute("select count(*), sum(extract(epoch from changed)) from project").fetchone()


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
