"""The desk's acts on coverage reports: make one, take it out of the list, rule over its evidence; and its answer now."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from psycopg import Rollback

from dragoman.desk.evidence import gather
from dragoman.model.errors import BadInput
from dragoman.reports.coverage import Coverage
from dragoman.reports.coverage import coverage as counted
from dragoman.reports.definition import Definition, checked
from dragoman.store import agencies, audit, coverage, outlets
from dragoman.store.connect import Connection
from dragoman.store.coverage import EVERY, RULINGS, Evidence, Ruling

MAX_NOTE = 1_000


class Report(Struct, frozen=True, kw_only=True):
    """A coverage report as it answers at `at`. `read` below 1.0: it has not read everything yet, and counts what it has."""

    definition: Definition
    coverage: Coverage
    at: datetime
    read: float = 1.0


def make(conn: Connection, wanted: Definition, *, by: str) -> Definition:
    """A report, saved: its query and its period stay as they are; for another question make another report.

    Raises:
        BadInput: a field that cannot stand, or an own item that is not ours. QuerySyntax: the query cannot be read.
    """
    fit = checked(wanted)
    with conn.transaction():
        _only_ours(conn, fit.own)
        made = coverage.add(conn, fit, by=by)
        audit.record(conn, by, "report made", f"report {made.id}", title=made.title, query=made.query)
    return made


def _only_ours(conn: Connection, own: tuple[int, ...]) -> None:
    home = agencies.home(conn)
    rows = conn.execute("select id from item where id = any(%s) and origin = %s", (list(own), home.id)).fetchall()
    if strangers := set(own) - {row[0] for row in rows}:
        raise BadInput(
            "These are not items of ours",
            ", ".join(map(str, sorted(strangers)[:20])),
            hint=f"Own items are {home.code}'s, by number: `dragoman item list origin:{home.code}`.",
        )


def remove(conn: Connection, number: int, *, by: str, now: datetime) -> None:
    """Out of the list; its evidence and rulings are kept."""
    with conn.transaction():
        one = coverage.definition(conn, number)
        coverage.remove(conn, number, now)
        audit.record(conn, by, "report removed", f"report {number}", title=one.title)


def rule(conn: Connection, number: int, ruling: str, note: str, *, by: str) -> int:
    """A person's word over a piece of evidence: it counts or not, it is ours or not, or as it was found. Which report.

    Raises:
        BadInput: no such word. NotFound: no such evidence.
    """
    if ruling not in (*RULINGS, "as found") or len(note) > MAX_NOTE:
        raise BadInput("This ruling cannot be read", ruling[:40], hint=f"One of: {', '.join(RULINGS)}, as found.")
    chosen = msgspec.convert(ruling, Ruling)
    with conn.transaction():
        report, outlet = coverage.piece(conn, number)
        coverage.rule(conn, number, chosen, note.strip(), by=by)
        audit.record(
            conn, by, "evidence ruled", f"report {report}", evidence=number, outlet=outlet, ruling=ruling, note=note
        )
    return report


def answer(conn: Connection, number: int, now: datetime, *, budget: timedelta | None = None) -> Report:
    """The report as of `now`, over the register as of now, with all that has come in, or what `budget` allows to read.

    Raises:
        NotFound: there is no report of this number.
    """
    gathered = gather(conn, number, now, budget=budget)
    definition = gathered.definition
    zone = ZoneInfo(agencies.home(conn).zone)
    found = coverage.findings(conn, number)
    made = counted(outlets.outlets(conn), found, definition.since, definition.until, zone)
    return Report(definition=definition, coverage=made, at=now, read=gathered.read)


def ask(conn: Connection, wanted: Definition, now: datetime) -> tuple[Report, list[Evidence]]:
    """The answer to a question of which nothing is kept, with its evidence: made, read and undone in one transaction.

    Raises:
        BadInput: a field that cannot stand. QuerySyntax: the query cannot be read.
    """
    answered: list[tuple[Report, list[Evidence]]] = []
    with conn.transaction():
        number = coverage.add(conn, checked(wanted), by="").id
        found = answer(conn, number, now)
        unkept = msgspec.structs.replace(found.definition, id=0)
        pieces = coverage.evidence(conn, number, each=EVERY)
        answered.append((msgspec.structs.replace(found, definition=unkept), pieces))
        raise Rollback
    return answered[0]
