"""All that one event's page shows."""

from datetime import datetime, timedelta

from msgspec import Struct

from dragoman.desk import event_coverage, events
from dragoman.desk.event_coverage import Proposal
from dragoman.model.agency import Agency
from dragoman.model.event import Participant
from dragoman.model.floor import Floor
from dragoman.model.project import Document
from dragoman.planning.conflicts import Clash, clashes
from dragoman.planning.diary import Entry, Happening, entries, open_or_hidden
from dragoman.planning.event import next_states
from dragoman.planning.fold import Held
from dragoman.store import agencies, audit, diary
from dragoman.store.connect import Connection
from dragoman.store.projects import project, records
from dragoman.store.projects.listing import ProjectRow
from dragoman.trust.keys import Keyring
from dragoman.web.event.lines import Line, When, line_of, when_of
from dragoman.web.words import Words

_AHEAD = timedelta(days=400)
_SHOWN = 12
"""Times of a recurring event that its page lists."""
_AROUND = timedelta(days=3)


class Sheet(Struct, frozen=True, kw_only=True):
    """`newer`: the number of the partner's item that says something else now. `published`: of the item that is ours."""

    happening: Happening
    when: When
    project: ProjectRow
    works: bool
    parent: Happening | None
    parts: tuple[Line, ...]
    times: tuple[Entry, ...]
    clashes: tuple[Clash, ...]
    participants: tuple[Held[Participant], ...]
    proposals: dict[str, Proposal]
    fulfilled: dict[str, int]
    documents: tuple[Held[Document], ...]
    agencies: tuple[Agency, ...]
    states: tuple[str, ...]
    published: int
    newer: int
    has_floor: bool
    trail: tuple[audit.Entry, ...]


def sheet(
    conn: Connection,
    keyring: Keyring,
    project_id: str,
    id: str,
    words: Words,
    zone: str,
    now: datetime,
    *,
    inside: bool,
) -> Sheet:
    """
    Raises:
        NotFound: there is no such event here.
    """
    event_coverage.follow(conn, keyring, now)
    row = project(conn, project_id)
    whole = diary.happening(conn, project_id, id)
    one = open_or_hidden(whole, now, inside=inside)
    parent = diary.parent_of(conn, one)
    parts = [open_or_hidden(part, now, inside=inside) for part in diary.parts_of(conn, project_id, id)]
    around = _around(conn, one, now, inside=inside)
    entry = Entry(happening=one, starts=one.event.starts, ends=one.event.ends or one.event.starts)
    return Sheet(
        happening=one,
        when=when_of(entry, words, zone),
        project=row,
        works=row.state == "active",
        parent=open_or_hidden(parent, now, inside=inside) if parent else None,
        parts=tuple(line_of(_entry(part), words, zone, now) for part in parts) if not one.is_hidden else (),
        times=_times(one, now),
        clashes=() if one.is_hidden else tuple(clashes(one, [*around, *([parent] if parent else []), *parts], now)),
        participants=() if one.is_hidden else tuple(records(conn, Participant, project=project_id, parents=[id])),
        proposals={found.row: found for found in event_coverage.proposals(conn, one, now)},
        fulfilled=_fulfilled(conn, one),
        documents=() if one.is_hidden else tuple(records(conn, Document, project=project_id, parents=[f"event/{id}"])),
        agencies=tuple(agencies.agencies(conn)),
        states=next_states(one.event.state),
        published=diary.published(conn, [one.uri], keyring.agency).get(one.uri, 0),
        newer=events.newer(conn, whole.event),
        has_floor=bool(records(conn, Floor, project=project_id, parents=[id])),
        trail=tuple(audit.entries(conn, about=f"{project_id}/{id}", limit=12)),
    )


def _entry(one: Happening) -> Entry:
    return Entry(happening=one, starts=one.event.starts, ends=one.event.ends or one.event.starts)


def _times(one: Happening, now: datetime) -> tuple[Entry, ...]:
    """The next times of what recurs; without a next one, the last ones."""
    event = one.event
    if not (event.rule or event.also or event.kind == "anniversary"):
        return ()
    since = max(now - timedelta(days=1), event.starts)
    return tuple(entries([one], since, since + _AHEAD)[:_SHOWN])


def _around(conn: Connection, one: Happening, now: datetime, *, inside: bool) -> list[Happening]:
    since, until = one.event.starts - _AROUND, (one.event.ends or one.event.starts) + _AROUND
    found = diary.happenings(conn, since, until)
    return [open_or_hidden(other, now, inside=inside) for other in found if other.address != one.address]


def _fulfilled(conn: Connection, one: Happening) -> dict[str, int]:
    """The number of the item that fulfils each row, where it is here."""
    found: dict[str, int] = {}
    for id, row in one.coverage:
        if row.uri:
            number = conn.execute(
                "select i.id from item i join agency a on a.id = i.origin where i.uri = %s and a.code = %s",
                (row.uri, row.origin),
            ).fetchone()
            if number:
                found[id] = int(number[0])
    return found
