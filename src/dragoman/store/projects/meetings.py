"""When our node meets other members' nodes to compare what each has of a project."""

from datetime import datetime, timedelta

from msgspec import Struct

from dragoman.store.connect import Connection

EVERY = timedelta(minutes=1)
LONGEST = timedelta(minutes=10)


class Meeting(Struct, frozen=True, kw_only=True):
    """Another member's node that is due to be met over a project."""

    project: str
    agency: str
    node: str
    failures: int = 0


class Met(Struct, frozen=True, kw_only=True):
    """How it stands with a member's node."""

    agency: str
    met: datetime | None
    failures: int
    error: str


def due(conn: Connection, now: datetime) -> list[Meeting]:
    """Members of projects that we are in, whose node we know, that have not been met for a while."""
    rows = conn.execute(
        "select p.id, a.code, a.node, coalesce(m.failures, 0) from project p"
        " join record r on r.project = p.id and r.kind = 'member' join agency a on a.code = r.id"
        " left join project_meeting m on m.project = p.id and m.agency = a.code"
        " where p.state in ('active', 'invited') and not a.home and a.node <> '' and coalesce(m.due, '-infinity') <= %s"
        " order by coalesce(m.due, '-infinity') limit 20",
        (now,),
    )
    return [Meeting(project=r[0], agency=r[1], node=r[2], failures=r[3]) for r in rows]


def record_met(conn: Connection, meeting: Meeting, now: datetime) -> None:
    conn.execute(
        "insert into project_meeting (project, agency, due, met) values (%s, %s, %s, %s) on conflict (project, agency)"
        " do update set due = excluded.due, met = excluded.met, failures = 0, error = ''",
        (meeting.project, meeting.agency, now + EVERY, now),
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


def soon(conn: Connection, project: str = "") -> None:
    """Meet everybody now, or the members of one project: after a start, or when a file is to be fetched."""
    conn.execute("update project_meeting set due = now() where %s in ('', project)", (project,))


def met(conn: Connection, project: str) -> list[Met]:
    rows = conn.execute(
        "select agency, met, failures, error from project_meeting where project = %s order by agency", (project,)
    )
    return [Met(agency=r[0], met=r[1], failures=r[2], error=r[3]) for r in rows]
