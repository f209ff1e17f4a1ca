"""Alerts: queries that people have saved, and what has answered them, item by item and event by event."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from psycopg import errors as pg

from dragoman.model.errors import BadInput, Conflict, NotFound
from dragoman.store.connect import Connection, Row
from dragoman.store.people import Person

MOST = 50
"""Alerts of one person."""
KEPT = "90 days"


class Alert(Struct, frozen=True, kw_only=True):
    """`new`: what has answered it since its owner last looked."""

    id: int
    person: Person
    name: str
    query: str
    created: datetime
    looked: datetime
    new: int = 0


class Hit(Struct, frozen=True, kw_only=True):
    """Something that has answered: an item in a version (`sequence`), or an event of a project, by the clock of its last
    change. `at`: when we found it."""

    alert: int
    item: int = 0
    project: str = ""
    record: str = ""
    sequence: int
    at: datetime


_SELECT = (
    "select a.id, a.name, a.query, a.created, a.looked, p.id, p.name, p.role, p.language,"
    " (select count(*) from alert_hit h left join item i on i.id = h.item"
    "   where h.alert = a.id and h.at > a.looked and (h.item = 0 or i.state = 'usable'))"
    " from alert a join person p on p.id = a.person and p.disabled is null"
)


def add(conn: Connection, person: int, name: str, query: str) -> int:
    """The number of a new alert. The query can be read: whoever calls has tried.

    Raises:
        Conflict: the person has one of this name.
        BadInput: it has no name, or the person has too many.
    """
    if not name.strip() or len(name) > 100:
        raise BadInput("An alert needs a name", f"{len(name)} characters", hint="Use 1 to 100.")
    row = conn.execute("select count(*) from alert where person = %s", (person,)).fetchone()
    if row and row[0] >= MOST:
        raise BadInput("You have too many alerts", f"{row[0]} of {MOST}", hint="Remove one first.")
    try:
        made = conn.execute(
            "insert into alert (person, name, query) values (%s, %s, %s) returning id", (person, name.strip(), query)
        ).fetchone()
    except pg.UniqueViolation as error:
        raise Conflict(f"There is already an alert {name}", hint="Give it another name.") from error
    assert made is not None
    return int(made[0])


def alerts(conn: Connection, person: int | None = None) -> list[Alert]:
    """A person's alerts, or everybody's, by name."""
    rows = conn.execute(_SELECT + " where %s::int is null or a.person = %s order by p.name, a.name", (person, person))
    return [_alert(row) for row in rows]


def alert(conn: Connection, number: int, person: int | None = None) -> Alert:
    """
    Raises:
        NotFound: there is none, or it is another's.
    """
    row = conn.execute(
        _SELECT + " where a.id = %s and (%s::int is null or a.person = %s)", (number, person, person)
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no alert {number}", hint="`dragoman alert list` shows them.")
    return _alert(row)


def remove(conn: Connection, number: int, person: int | None = None) -> None:
    """
    Raises:
        NotFound: there is none, or it is another's.
    """
    alert(conn, number, person)
    conn.execute("delete from alert where id = %s", (number,))


def looked(conn: Connection, number: int, at: datetime) -> None:
    """Its owner has seen what was found until `at`."""
    conn.execute("update alert set looked = greatest(looked, %s) where id = %s", (at, number))


def news(conn: Connection, person: int) -> int:
    """How much has answered a person's alerts since they were looked at."""
    return sum(one.new for one in alerts(conn, person))


def note(conn: Connection, hits: Iterable[Hit]) -> None:
    """Keep what was found; found again in the same state, it is no news."""
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into alert_hit (alert, item, project, record, sequence, at)"
            " select a.id, %s, %s, %s, %s, %s from alert a where a.id = %s on conflict (alert, item, project, record)"
            " do update set sequence = excluded.sequence, at = excluded.at where alert_hit.sequence < excluded.sequence",
            [(hit.item, hit.project, hit.record, hit.sequence, hit.at, hit.alert) for hit in hits],
        )


def hits(conn: Connection, number: int, limit: int = 100) -> list[Hit]:
    """What has answered, newest first; held and killed copy left out."""
    rows = conn.execute(
        "select h.alert, h.item, h.project, h.record, h.sequence, h.at from alert_hit h left join item i on i.id = h.item"
        " where h.alert = %s and (h.item = 0 or i.state = 'usable') order by h.at desc, h.sequence desc limit %s",
        (number, limit),
    )
    return [Hit(alert=r[0], item=r[1], project=r[2], record=r[3], sequence=r[4], at=r[5]) for r in rows]


def forget_old(conn: Connection) -> None:
    conn.execute("delete from alert_hit where at < now() - %s::interval", (KEPT,))


def changed_events(conn: Connection, since: datetime) -> Sequence[tuple[str, str]]:
    """Events of projects that acts have changed which reached us since then: (project, record)."""
    rows = conn.execute(
        "select distinct project, record from act where kind in ('event', 'participant') and refused = '' and received >= %s",
        (since,),
    )
    return [(project, record) for project, record in rows]


def _alert(row: Row) -> Alert:
    return Alert(
        id=row[0],
        name=row[1],
        query=row[2],
        created=row[3],
        looked=row[4],
        person=Person(id=row[5], name=row[6], role=row[7], language=row[8]),
        new=row[9],
    )
