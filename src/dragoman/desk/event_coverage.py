"""Who covers an event: planned by ourselves, asked of others, fulfilled by an item that was filed."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from dragoman.desk import projects
from dragoman.model.errors import BadInput, DragomanError
from dragoman.model.event import Coverage, Event
from dragoman.planning.announcement import event_uri
from dragoman.planning.diary import Happening
from dragoman.planning.fold import Held
from dragoman.planning.fulfilment import fulfils
from dragoman.store import agencies, audit, items
from dragoman.store.connect import Connection
from dragoman.store.following import following
from dragoman.store.items import Filed
from dragoman.store.projects import find_record, record, records
from dragoman.trust.keys import Keyring

_LATELY = 400
"""How many of our latest items are looked through for one that may fulfil a row."""


class Proposal(Struct, frozen=True, kw_only=True):
    """An item of ours that bears the event's slugline, and the row it may fulfil."""

    row: str
    filed: Filed


def cover(
    conn: Connection, keyring: Keyring, project: str, row: Coverage, *, id: str = "", by: str, now: datetime
) -> Held[Coverage]:
    """A row of coverage, or a change of one. Of another agency it can only be wanted.

    Raises: Refused: it is that agency's own word.
    """
    event = record(conn, Event, project, row.event).record
    if row.agency:
        agencies.agency(conn, row.agency)
    if row.state == "filed" and not row.uri:
        raise BadInput("Say which item fulfils it", event.title(), hint="Name its number or its uri.")
    with conn.transaction():
        held = projects.put(conn, keyring, project, id or projects.new_id(), row, by=by, now=now)
        audit.record(conn, by, "coverage", f"{project}/{row.event}", row=held.id, state=row.state, agency=row.agency)
    return held


def take(
    conn: Connection, keyring: Keyring, project: str, id: str, *, person: str = "", by: str, now: datetime
) -> Held[Coverage]:
    """What was wanted of us, or of anybody, is planned by us now."""
    row = record(conn, Coverage, project, id).record
    mine = replace(row, agency=agencies.home(conn).code, state="assigned" if person else "planned", person=person)
    return cover(conn, keyring, project, mine, id=id, by=by, now=now)


def link(
    conn: Connection, keyring: Keyring, project: str, id: str, item: str, *, by: str, now: datetime
) -> Held[Coverage]:
    """The row is filed: `item`, by its number or uri, fulfils it.

    Raises: NotFound: there is no one such item.
    """
    filed = items.find(conn, item)
    row = record(conn, Coverage, project, id).record
    done = replace(row, state="filed", origin=filed.version.origin, uri=filed.item.uri[:500])
    return cover(conn, keyring, project, done, id=id, by=by, now=now)


def drop(conn: Connection, keyring: Keyring, project: str, id: str, *, by: str, now: datetime) -> None:
    """Take the row away."""
    row = record(conn, Coverage, project, id).record
    with conn.transaction():
        projects.drop(conn, keyring, project, Coverage, id, by=by, now=now)
        audit.record(conn, by, "coverage dropped", f"{project}/{row.event}", row=id)


def follow(conn: Connection, keyring: Keyring, now: datetime) -> int:
    """Mark as filed what items of ours, filed since it was last asked, fulfil: those that name the event. How many rows."""
    done = 0
    with following(conn, "coverage") as span:
        if span is None:
            return 0
        rows = conn.execute(
            "select distinct v.item from version v join agency a on a.id = v.origin and a.home"
            " where v.sequence > %s and v.sequence <= %s and v.kind <> 'event' limit 5000",
            span,
        ).fetchall()
        if not rows:
            return 0
        filed = [one for one in items.currents(conn, [row[0] for row in rows]) if one.state == "usable"]
        for held, event in _open_rows(conn):
            uri = _uri(held.project, held.record.event, event)
            found = next(
                (f for f in filed if fulfils(held.record, event, uri, f.item, f.version.origin) == "surely"), None
            )
            if found is not None:
                done += _mark(conn, keyring, held, found, now)
    return done


def _mark(conn: Connection, keyring: Keyring, held: Held[Coverage], filed: Filed, now: datetime) -> int:
    try:
        with conn.transaction():
            link(conn, keyring, held.project, held.id, str(filed.item_id), by=filed.by or keyring.agency, now=now)
    except DragomanError as error:  # a project that is closed, a row that was taken away: the others are marked
        audit.record(conn, keyring.agency, "coverage not linked", f"{held.project}/{held.id}", reason=error.title)
        return 0
    return 1


def _open_rows(conn: Connection) -> list[tuple[Held[Coverage], Event]]:
    """The open rows of ours, each with its event."""
    home = agencies.home(conn).code
    found: list[tuple[Held[Coverage], Event]] = []
    for held in records(conn, Coverage):
        event = find_record(conn, Event, held.project, held.record.event)
        if held.record.agency == home and held.record.is_open and event is not None and not event.dropped:
            found.append((held, event.record))
    return found


def _uri(project: str, id: str, event: Event) -> str:
    return event.uri if event.origin else event_uri(project, id)


def proposals(conn: Connection, one: Happening, now: datetime) -> list[Proposal]:
    """Items of ours that may fulfil open rows of this event, the newest for each row."""
    wanted = [(id, row) for id, row in one.coverage if row.is_open and row.agency]
    if not wanted or not one.event.slugline:
        return []
    home = agencies.home(conn).code
    found: Sequence[Filed]
    found, _ = items.newest(conn, limit=_LATELY, matches=lambda version: version.origin == home, scan=_LATELY * 5)
    return [
        Proposal(row=id, filed=filed)
        for id, row in wanted
        if (
            filed := next(
                (
                    f
                    for f in found
                    if f.state == "usable" and fulfils(row, one.event, one.uri, f.item, f.version.origin)
                ),
                None,
            )
        )
    ]
