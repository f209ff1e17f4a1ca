"""What answers people's alerts: items and events alike, found by a follower of the log.

A hit keeps no word of what it found: it is shown as it stands when somebody looks, held and killed copy not at all, an event
under embargo as that person may see it. Alerts are looked up; they are not sent anywhere yet.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from dragoman.desk.events import PLANNERS
from dragoman.model.event import Event
from dragoman.planning.diary import EventReading, Happening, Wanted, answers, open_or_hidden
from dragoman.query import QuerySyntax, Reading, Tree, matches, parse
from dragoman.store import agencies, alerts, audit, diary, items
from dragoman.store.alerts import Alert, Hit
from dragoman.store.connect import Connection
from dragoman.store.following import following
from dragoman.store.items import Filed
from dragoman.store.people import Person
from dragoman.store.projects import find_record

MOST_ITEMS = 20_000
"""How many items are looked through when nobody has asked for long; older ones are passed over."""
_OVERLAP = timedelta(minutes=2)
"""An act may become visible a little later than it was received: found twice, it is no news."""


class Found(Struct, frozen=True, kw_only=True):
    """One hit as it stands now: the item, or the event as its owner may see it."""

    hit: Hit
    filed: Filed | None = None
    happening: Happening | None = None
    is_new: bool = False


class Tried(Struct, frozen=True, kw_only=True):
    """How often an alert would have fired: in all, and on each day (UTC). `is_cut`: there was more to look through."""

    count: int
    by_day: tuple[tuple[date, int], ...]
    items: tuple[Filed, ...]
    events: tuple[Happening, ...]
    is_cut: bool


def add(conn: Connection, person: Person, name: str, query: str, *, by: str) -> Alert:
    """A new alert of a person's.

    Raises:
        QuerySyntax: the query cannot be read.
        Conflict: there is one of this name.
    """
    parse(query)
    with conn.transaction():
        number = alerts.add(conn, person.id, name, query)
        audit.record(conn, by, "alert added", str(number), person=person.name)
    return alerts.alert(conn, number)


def remove(conn: Connection, number: int, *, person: int | None = None, by: str) -> None:
    """
    Raises:
        NotFound: there is no such alert, or it is another's.
    """
    with conn.transaction():
        alerts.remove(conn, number, person)
        audit.record(conn, by, "alert removed", str(number))


def follow(conn: Connection, now: datetime) -> int:
    """Put what has come in since it was last asked to all alerts; how many hits. Cheap where nothing is new."""
    everybody = [(one, tree) for one in alerts.alerts(conn) if (tree := _tree(one.query)) is not None]
    found = _new_items(conn, everybody, now) + _new_events(conn, everybody, now)
    if found:
        alerts.note(conn, found)
    return len(found)


def _tree(query: str) -> Tree | None:
    """None for one saved under an older grammar: it must not stop the others."""
    try:
        return parse(query)
    except QuerySyntax:
        return None


def _new_items(conn: Connection, everybody: Sequence[tuple[Alert, Tree]], now: datetime) -> list[Hit]:
    with following(conn, "alerts") as span:
        if span is None or not everybody:
            return []
        after, _ = span
        filed, _ = items.newest(conn, after=after, limit=MOST_ITEMS)
        home = agencies.home(conn).code
        hits: list[Hit] = []
        for one in filed:
            if one.state != "usable" or _is_our_event(one, home):
                continue
            reading = Reading(one.version)
            hits += [
                Hit(alert=alert.id, item=one.item_id, sequence=one.version.sequence, at=now)
                for alert, tree in everybody
                if alert.created <= one.version.received and matches(tree, reading, now=now)
            ]
        alerts.forget_old(conn)
    return hits


def _is_our_event(filed: Filed, home: str) -> bool:
    """Its record is found by itself."""
    return filed.item.type == "event" and filed.version.origin == home


def _new_events(conn: Connection, everybody: Sequence[tuple[Alert, Tree]], now: datetime) -> list[Hit]:
    since = _events_upto(conn, now)
    hits: list[Hit] = []
    for project, id in alerts.changed_events(conn, since - _OVERLAP) if everybody else ():
        held = find_record(conn, Event, project, id)
        if held is None or held.dropped:
            continue
        one = diary.of_records(conn, [held])[0]
        hits += [
            Hit(alert=alert.id, project=project, record=id, sequence=held.changed.clock, at=now)
            for alert, tree in everybody
            if alert.created <= held.changed.at and matches(tree, _read(one, alert.person, now), now=now)
        ]
    return hits


def _events_upto(conn: Connection, now: datetime) -> datetime:
    """When events were last looked through; from now on that is now."""
    row = conn.execute(
        "with old as (select at from planning_follower where name = 'alerts of events'), new as ("
        " insert into planning_follower (name, at) values ('alerts of events', %s)"
        " on conflict (name) do update set at = excluded.at) select at from old",
        (now,),
    ).fetchone()
    return row[0] if row else now


def may_plan(person: Person) -> bool:
    """May the person see titles under embargo?"""
    return person.may(*PLANNERS)


def _read(one: Happening, person: Person, now: datetime) -> EventReading:
    # In an alert `after:` and `before:` ask when it was changed, as of an item: in the diary, when it takes place.
    return EventReading(open_or_hidden(one, now, inside=may_plan(person)), one.changed)


def shown(conn: Connection, alert: Alert, now: datetime, limit: int = 100) -> list[Found]:
    """What has answered, newest first, as it stands now and as its owner may see it."""
    hits = alerts.hits(conn, alert.id, limit)
    filed = {one.item_id: one for one in items.currents(conn, [hit.item for hit in hits if hit.item])}
    found: list[Found] = []
    for hit in hits:
        is_new = hit.at > alert.looked
        if hit.item:
            found += [Found(hit=hit, filed=filed[hit.item], is_new=is_new)] if hit.item in filed else []
            continue
        held = find_record(conn, Event, hit.project, hit.record)
        if held is not None and not held.dropped:
            one = open_or_hidden(diary.of_records(conn, [held])[0], now, inside=may_plan(alert.person))
            found.append(Found(hit=hit, happening=one, is_new=is_new))
    return found


def tried(conn: Connection, query: str, person: Person, now: datetime, days: int = 7) -> Tried:
    """What the query would have found in the last `days` days.

    Raises: QuerySyntax: it cannot be read.
    """
    tree, since = parse(query), now - timedelta(days=days)
    home = agencies.home(conn).code
    found, older = items.newest(
        conn,
        limit=MOST_ITEMS,
        matches=lambda version: (
            version.state == "usable" and version.received >= since and matches(tree, version, now=now)
        ),
        scan=MOST_ITEMS,
    )
    filed = [one for one in found if not _is_our_event(one, home)]
    wanted = Wanted(tree=tree)
    events = [one for one in _changed_since(conn, since, person, now) if answers(one, wanted, now, one.changed)]
    counted = Counter(at.date() for at in _moments(filed, events))
    days_of = [(since + timedelta(days=number)).date() for number in range(1, days + 1)]
    return Tried(
        count=len(filed) + len(events),
        by_day=tuple((day, counted.get(day, 0)) for day in days_of),
        items=tuple(filed[:20]),
        events=tuple(events[:20]),
        is_cut=older is not None,
    )


def _moments(filed: Iterable[Filed], events: Iterable[Happening]) -> Iterable[datetime]:
    yield from (one.version.received for one in filed)
    yield from (one.changed for one in events)


def _changed_since(conn: Connection, since: datetime, person: Person, now: datetime) -> list[Happening]:
    found = []
    for project, id in alerts.changed_events(conn, since):
        held = find_record(conn, Event, project, id)
        if held is not None and not held.dropped:
            one = diary.of_records(conn, [held])[0]
            found.append(open_or_hidden(one, now, inside=may_plan(person)))
    return found
