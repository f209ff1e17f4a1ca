"""Events where they lie in time: records of our projects, and the items of kind event that partners send."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec

from dragoman.model.errors import NotFound
from dragoman.model.event import Coverage, Event, Participant
from dragoman.model.item import Item
from dragoman.planning.announced import event_of
from dragoman.planning.announcement import PART_OF, event_uri
from dragoman.planning.diary import Happening
from dragoman.planning.fold import Held
from dragoman.store import items
from dragoman.store.connect import Connection
from dragoman.store.following import following
from dragoman.store.items import Filed
from dragoman.store.projects import find_record, record, records

P = TypeVar("P", Participant, Coverage)
_BATCH = 2_000
_DAY = timedelta(days=1)


def happenings(conn: Connection, since: datetime, until: datetime, *, project: str = "") -> list[Happening]:
    """Every event with a time within the window, whole: those of our projects, then what partners announce beside."""
    held = records(conn, Event, project=project, since=since - _DAY, until=until + _DAY)
    ours = of_records(conn, held)
    if project:
        return ours
    known = {one.uri for one in ours} | {event_uri(one.project, one.id) for one in held}
    return ours + [one for one in announced(conn, since, until) if one.uri not in known]


def happening(conn: Connection, project: str, id: str) -> Happening:
    """One event of a project.

    Raises: NotFound: there is none.
    """
    return of_records(conn, [record(conn, Event, project, id)])[0]


def of_records(conn: Connection, held: Sequence[Held[Event]]) -> list[Happening]:
    """The events with who takes part in them and who covers them."""
    people = _belonging(conn, Participant, held)
    rows = _belonging(conn, Coverage, held)
    return [
        Happening(
            event=one.record,
            agency=one.record.origin or one.made.agency,
            project=one.project,
            id=one.id,
            uri=one.record.uri if one.record.origin else event_uri(one.project, one.id),
            part_of=one.record.parent,
            participants=tuple(each.record for each in people[one.project, one.id]),
            coverage=tuple((each.id, each.record) for each in rows[one.project, one.id]),
            changed=one.changed.at,
        )
        for one in held
    ]


def _belonging(
    conn: Connection, struct: type[P], held: Sequence[Held[Event]]
) -> defaultdict[tuple[str, str], list[Held[P]]]:
    found: defaultdict[tuple[str, str], list[Held[P]]] = defaultdict(list)
    projects = {one.project for one in held}
    if held:
        only = next(iter(projects)) if len(projects) == 1 else ""
        for one in records(conn, struct, project=only, parents=[each.id for each in held]):
            found[one.project, one.record.event].append(one)
    return found


def parts_of(conn: Connection, project: str, id: str) -> list[Happening]:
    """The events that are a part of this one, by their time."""
    held = records(conn, Event, project=project, parents=[id])
    return sorted(of_records(conn, held), key=lambda one: one.event.starts)


def parent_of(conn: Connection, one: Happening) -> Happening | None:
    """The event that this one is a part of."""
    held = find_record(conn, Event, one.project, one.part_of) if one.project and one.part_of else None
    return of_records(conn, [held])[0] if held and not held.dropped else None


# ------------------------------------------------------------------------------------------------ partners' items


def announced(conn: Connection, since: datetime, until: datetime) -> list[Happening]:
    """The events of items in use, killed and held ones left out, that lie within the window."""
    rows = conn.execute(
        "select d.item from diary_item d join item i on i.id = d.item"
        " where d.ends >= %s and d.starts < %s and i.state = 'usable' order by d.starts limit 5000",
        (since - _DAY, until + _DAY),
    )
    numbers = [row[0] for row in rows]
    return [found for filed in items.currents(conn, numbers) if (found := of_item(filed))]


def announcement(conn: Connection, number: int) -> Happening:
    """The event that an item tells of.

    Raises: NotFound: the item tells of none, or was taken back.
    """
    found = of_item(items.current(conn, number))
    if found is None:
        raise NotFound(f"Item {number} tells of no event", hint="Its own page says what became of it.")
    return found


def of_item(filed: Filed) -> Happening | None:
    """The event of an item in its current version; none where it tells of none, or its text is taken away."""
    event = event_of(filed.item) if filed.state == "usable" else None
    if event is None:
        return None
    ours = filed.item.ours.happening
    return Happening(
        event=event,
        agency=filed.version.origin,
        item=filed.item_id,
        uri=filed.item.uri,
        part_of=next((one.uri for one in filed.item.events if one.rel == PART_OF), ""),
        instead_of=ours.instead_of if ours else None,
        participants=tuple(
            Participant(event="", name=one.name[:500], role=one.rel[:500], agency=one.literal[:500])
            for one in filed.item.people[:100]
            if one.name
        ),
        changed=filed.item.version_created or filed.version.received,
    )


def follow(conn: Connection) -> int:
    """Note when the events take place that have come in since it was last asked to; how many versions. Cheap where nothing
    is new; of two who ask at once one does it."""
    with following(conn, "diary") as span:
        if span is None:
            return 0
        rows = conn.execute(
            "select v.item, v.sequence, p.item from version v join item i on i.id = v.item and i.current = v.sequence"
            " left join payload p on p.sequence = v.sequence and p.at = v.received"
            " where v.kind = 'event' and v.sequence > %s and v.sequence <= %s order by v.sequence",
            span,
        ).fetchall()
        for start in range(0, len(rows), _BATCH):
            _note(conn, [(r[0], r[1], event_of(_item(r[2]))) for r in rows[start : start + _BATCH]])
    return len(rows)


def _item(payload: bytes | None) -> Item:
    return msgspec.json.decode(payload, type=Item) if payload else Item(uri="")


def _note(conn: Connection, found: Iterable[tuple[int, int, Event | None]]) -> None:
    with conn.cursor() as cursor:
        for item, sequence, event in found:
            if event is None:
                cursor.execute("delete from diary_item where item = %s", (item,))
                continue
            recurs = event.rule or event.kind == "anniversary"
            ends = "infinity" if recurs else max((event.ends or event.starts, *event.also))
            cursor.execute(
                "insert into diary_item (item, sequence, starts, ends) values (%s, %s, %s, %s) on conflict (item)"
                " do update set sequence = excluded.sequence, starts = excluded.starts, ends = excluded.ends",
                (item, sequence, min((event.starts, *event.also)), ends),
            )


def published(conn: Connection, uris: Sequence[str], home: str) -> dict[str, int]:
    """The items under which we have published events, by uri: those in use or held."""
    rows = conn.execute(
        "select i.uri, i.id from item i join agency a on a.id = i.origin where i.uri = any(%s) and a.code = %s"
        " and i.state in ('usable', 'held') and i.current is not null",
        (list(uris), home),
    )
    return {row[0]: row[1] for row in rows}
