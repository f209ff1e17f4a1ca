"""Records as the acts leave them: read by kind, written by the fold alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from dragoman.model.errors import NotFound
from dragoman.model.project import Record, Stamp
from dragoman.planning.fold import Held
from dragoman.planning.kinds import KINDS, NAMES, parent_of, span_of
from dragoman.store.connect import Connection, Row

R = TypeVar("R", bound=Record)

_COLUMNS = (
    "project, kind, id, body, made_clock, made_agency, made_by, changed_clock, changed_agency, changed_by, dropped"
)


def record(conn: Connection, struct: type[R], project: str, id: str) -> Held[R]:
    """
    Raises:
        NotFound: there is none, or it was taken away.
    """
    found = find_record(conn, struct, project, id)
    if found is None or found.dropped:
        raise NotFound(f"There is no {NAMES[struct]} {id}", f"in the project {project}")
    return found


def find_record(conn: Connection, struct: type[R], project: str, id: str) -> Held[R] | None:
    """The record, dropped ones included; none where it never was."""
    row = conn.execute(
        f"select {_COLUMNS} from record where project = %s and kind = %s and id = %s", (project, NAMES[struct], id)
    ).fetchone()
    return None if row is None else _held(row, struct)


def records(
    conn: Connection,
    struct: type[R],
    *,
    project: str = "",
    parents: Sequence[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    with_dropped: bool = False,
) -> list[Held[R]]:
    """Records of one kind, those taken away only `with_dropped`, oldest first: of one project or of all that we are in, of these
    parents, and where they lie in the diary anywhere within `since` and `until` (what recurs from its start on)."""
    rows = conn.execute(
        f"select {_COLUMNS} from record where kind = %s and (%s or not dropped) and (%s = '' or project = %s)"
        " and (%s::text[] is null or parent = any(%s)) and (%s::timestamptz is null or ends >= %s)"
        " and (%s::timestamptz is null or starts < %s)"
        " and (%s <> '' or project in (select id from project where state <> 'invited'))"
        " order by made_clock, made_agency, id",
        (
            NAMES[struct],
            with_dropped,
            project,
            project,
            *(2 * [None if parents is None else list(parents)]),
            since,
            since,
            until,
            until,
            project,
        ),
    )
    return [_held(row, struct) for row in rows]


class Stored:
    """The records of one project for a rule to look at, and what has been changed of them since."""

    def __init__(self, conn: Connection, project: str) -> None:
        self._conn, self._project = conn, project
        self._known: dict[tuple[str, str], Held[Record] | None] = {}
        self._changed: set[tuple[str, str]] = set()

    def get(self, kind: str, id: str) -> Held[Record] | None:
        name = kind, id
        if name not in self._known:
            struct = KINDS.get(kind)
            self._known[name] = None if struct is None else find_record(self._conn, struct, self._project, id)
        return self._known[name]

    def put(self, held: Held[Record]) -> None:
        self._known[held.kind, held.id] = held
        self._changed.add((held.kind, held.id))

    def write(self) -> list[Held[Record]]:
        """Store what was changed, and give it back."""
        changed = [held for name in sorted(self._changed) if (held := self._known[name])]
        write(self._conn, changed)
        self._changed.clear()
        return changed


def write(conn: Connection, changed: Iterable[Held[Record]]) -> None:
    """Store these records as they stand now."""
    rows = [_row(held) for held in changed]
    if not rows:
        return
    with conn.cursor() as cursor:
        cursor.executemany(
            f"insert into record ({_COLUMNS}, parent, starts, ends)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) on conflict (project, kind, id) do update"
            " set body = excluded.body, changed_clock = excluded.changed_clock, made_clock = excluded.made_clock,"
            " made_agency = excluded.made_agency, made_by = excluded.made_by,"
            " changed_agency = excluded.changed_agency, changed_by = excluded.changed_by, dropped = excluded.dropped,"
            " parent = excluded.parent, starts = excluded.starts, ends = excluded.ends",
            rows,
        )


def _row(held: Held[Record]) -> Row:
    starts, ends = span_of(held.record)
    return (
        held.project,
        held.kind,
        held.id,
        msgspec.json.encode(held.record),
        held.made.clock,
        held.made.agency,
        held.made.by,
        held.changed.clock,
        held.changed.agency,
        held.changed.by,
        held.dropped,
        parent_of(held.kind, held.record),
        starts,
        "infinity" if starts is not None and ends is None else ends,
    )


def _held(row: Row, struct: type[R]) -> Held[R]:
    return Held(
        project=row[0],
        kind=row[1],
        id=row[2],
        record=msgspec.json.decode(row[3], type=struct),
        made=Stamp(row[4], row[5], row[6]),
        changed=Stamp(row[7], row[8], row[9]),
        dropped=row[10],
    )
