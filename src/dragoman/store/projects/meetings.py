"""When our node meets other members' nodes to compare what each has of a project."""

from datetime import datetime, timedelta

from msgspec import Struct

from dragoman.store.connect import Connection

EVERY = timedelta(minutes=1)
LONGEST = timedelta(minutes=10)
CLOSED = timedelta(hours=1)
"""How often over a project that is closed: it may be opened again, and an act may come late."""


class Meeting(Struct, frozen=True, kw_only=True):
    """Another member's node that is due to be met over a project."""

    project: str
    agency: str
    node: str
    failures: int = 0
    closed: bool = False


class Met(Struct, frozen=True, kw_only=True):
    """How it stands with a member's node."""

    agency: str
    met: datetime | None
    failures: int
    error: str


def due(conn: Connection, now: datetime) -> list[Meeting]:
    """Members of projects that we are in, whose node we know, that have not been met for a while. Who has left is not
    asked, nor told anything."""
    rows = conn.execute(
        "select p.id, a.code, a.node, coalesce(m.failures, 0), p.state = 'closed' from project p"
        " join agency a on a.code = any(p.members) left join project_meeting m on m.project = p.id and m.agency = a.code"
        " where p.state <> 'left' and not a.home and a.node <> '' and coalesce(m.due, '-infinity') <= %s"
        " order by coalesce(m.due, '-infinity') limit 20",
        (now,),
    )
    return [Meeting(project=r[0], agency=r[1], node=r[2], failures=r[3], closed=r[4]) for r in rows]


def record_met(conn: Connection, meeting: Meeting, now: datetime) -> None:
    conn.execute(
        "insert into project_meeting (project, agency, due, met) values (%s, %s, %s, %s) on conflict (project, agency)"
        " do update set due = excluded.due, met = excluded.met, failures = 0, error = ''",
        (meeting.project, meeting.agency, now + (CLOSED if meeting.closed else EVERY), now),
    )


def record_missed(conn: Connection, meeting: Meeting, why: str, now: datetime) -> None:
    """The next time comes later with every failure."""
    wait = min(EVERY * (1 << min(meeting.failures, 10)), LONGEST)
    conn.execute(
        "insert into project_meeting (project, agency, due, failures, error) values (%s, %s, %s, 1, %s)"
        " on conflict (project, agency) do update set due = excluded.due, error = excluded.error,"
        " failures = project_meeting.failures + 1",
        (meeting.project, meeting.agency, now + wait, why[:500]),
    )


def tell(conn: Connection, meeting: Meeting, theirs: str) -> bool:
    """Is it worth telling them what they lack? Not again what left them as they were: they ask for the rest themselves."""
    done = conn.execute(
        "insert into project_meeting (project, agency, theirs) values (%s, %s, %s) on conflict (project, agency)"
        " do update set theirs = excluded.theirs where project_meeting.theirs <> excluded.theirs",
        (meeting.project, meeting.agency, theirs),
    )
    return done.rowcount > 0


def soon(conn: Connection, project: str = "") -> None:
    """Meet everybody now, or the members of one project: after a start, or when a file is to be fetched."""
    conn.execute("update project_meeting set due = now() where %s in ('', project)", (project,))


def met(conn: Connection, project: str) -> list[Met]:
    rows = conn.execute(
        "select agency, met, failures, error from project_meeting where project = %s order by agency", (project,)
    )
    return [Met(agency=r[0], met=r[1], failures=r[2], error=r[3]) for r in rows]
