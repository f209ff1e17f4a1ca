"""What the desk does with events: plan them, change them, publish them as items, take over those of partners."""

from datetime import datetime, timedelta

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from dragoman.desk import projects
from dragoman.model.errors import BadInput, Conflict, DragomanError, NotFound, Refused
from dragoman.model.event import Coverage, Event, EventState, Participant
from dragoman.model.item import Correction, Item, Standard
from dragoman.model.version import item_key
from dragoman.planning.announcement import Told, event_uri, item_of
from dragoman.planning.event import faults, next_states
from dragoman.planning.fold import Held
from dragoman.planning.recurrence import never_happens, times
from dragoman.planning.times import find_zone
from dragoman.store import agencies, audit, diary, filing, items
from dragoman.store.connect import DELIVERIES, LOG, Connection, Waker
from dragoman.store.identity import next_version
from dragoman.store.projects import find_record, record
from dragoman.trust.keys import Keyring

MAX_REASON = 1_000
PLANNERS = ("editor", "desk head", "partner manager")
"""The roles that plan, and see titles under embargo; an administrator does too."""


def plan(
    conn: Connection, keyring: Keyring, event: Event, *, project: str = "", id: str = "", by: str, now: datetime
) -> Held[Event]:
    """A new event: in a joint project, or in our own desk's.

    Raises:
        BadInput: it is impossible; every reason is named.
        Refused: the project does not allow it.
    """
    check(event)
    with conn.transaction():
        into = project or projects.desk_project(conn, keyring, now=now)
        held = projects.put(conn, keyring, into, id or projects.new_id(), event, by=by, now=now)
        audit.record(conn, by, "event planned", f"{held.project}/{held.id}")
    return held


def plan_for(
    conn: Connection, keyring: Keyring, project: str, id: str, event: Event, *, by: str, now: datetime
) -> Held[Event]:
    """The event planned for an anniversary, with a row of coverage for each language we write; what is there stays."""
    held = find_record(conn, Event, project, id)
    if held is not None and not held.dropped:
        return held
    home = agencies.home(conn)
    with conn.transaction():
        held = plan(conn, keyring, event, project=project, id=id, by=by, now=now)
        for language in home.languages or ("",):
            row = Coverage(event=id, agency=home.code, language=language, due=event.starts)
            projects.put(conn, keyring, project, projects.new_id(), row, by=by, now=now)
    return held


def change(
    conn: Connection, keyring: Keyring, project: str, id: str, event: Event, *, by: str, now: datetime
) -> Held[Event]:
    """The event as it is from now on: what differs is changed.

    Raises:
        BadInput: it would be impossible.
        Refused: the project does not allow it, or it is another's.
    """
    check(event)
    with conn.transaction():
        record(conn, Event, project, id)
        held = projects.put(conn, keyring, project, id, event, by=by, now=now)
        audit.record(conn, by, "event changed", f"{project}/{id}", state=event.state)
    return held


def check(event: Event) -> None:
    """
    Raises:
        BadInput: the event is impossible, its zone unknown, or its rule never comes true.
    """
    wrong = [*faults(event)]
    zones = {name for name in (event.zone, event.venue.zone) if name}
    wrong += [f"nobody knows the zone {name}" for name in sorted(zones) if find_zone(name) is None]
    if not wrong and never_happens(event):
        wrong.append(f"by its rule it never takes place: {event.rule}")
    if wrong:
        raise BadInput(
            "This event is not possible",
            "; ".join(wrong),
            hint="Mend what is named and send it again.",
            kept="Nothing was changed; what you typed is still in the form.",
        )


def move_on(
    conn: Connection, keyring: Keyring, project: str, id: str, state: EventState, *, by: str, now: datetime
) -> Held[Event]:
    """The event in its next state: confirmed, postponed, cancelled, over, or planned again.

    Raises: Conflict: from where it is it does not go there.
    """
    event = record(conn, Event, project, id).record
    if state not in next_states(event.state):
        raise Conflict(f"From {event.state} an event does not go to {state}", f"{project}/{id}")
    return change(conn, keyring, project, id, replace(event, state=state), by=by, now=now)


def leave_out(
    conn: Connection,
    keyring: Keyring,
    project: str,
    id: str,
    at: datetime,
    *,
    to: datetime | None = None,
    by: str,
    now: datetime,
) -> Held[Event]:
    """One time of a recurring event does not take place; with `to`, it takes place then instead.

    Raises: NotFound: the event does not take place at that moment.
    """
    event = record(conn, Event, project, id).record
    if not any(time.starts == at for time in times(event, at, at + timedelta(microseconds=1))):
        raise NotFound("The event does not take place then", at.isoformat(), hint="Choose one of its times.")
    place = find_zone(event.place_zone) if not event.all_day else None
    day = (at.astimezone(place) if place else at).date()
    also = tuple(one for one in event.also if one != at)
    if also == event.also:
        event = replace(event, but=tuple(sorted({*event.but, day})))
    event = replace(event, also=tuple(sorted({*also, to})) if to else also)
    return change(conn, keyring, project, id, event, by=by, now=now)


def drop(conn: Connection, keyring: Keyring, project: str, id: str, *, by: str, now: datetime) -> None:
    """Take the event out of the diary. What was published of it stays, to be cancelled or killed.

    Raises: Refused: it is published and not cancelled, or it has parts.
    """
    with conn.transaction():
        event = record(conn, Event, project, id).record
        if parts := diary.parts_of(conn, project, id):
            raise Refused("This event has parts", f"{len(parts)} of them", hint="Take them out first.")
        home = agencies.home(conn).code
        if event.state != "cancelled" and diary.published(conn, [event_uri(project, id)], home):
            raise Refused("This event is published", event.title(), hint="Cancel it, and publish that, first.")
        projects.drop(conn, keyring, project, Event, id, by=by, now=now)
        audit.record(conn, by, "event dropped", f"{project}/{id}")


def take_part(
    conn: Connection, keyring: Keyring, project: str, who: Participant, *, id: str = "", by: str, now: datetime
) -> Held[Participant]:
    """Somebody takes part in an event, or what is known of them changes."""
    if not who.name.strip():
        raise BadInput("Say who takes part", "the name is empty")
    return projects.put(conn, keyring, project, id or projects.new_id(), who, by=by, now=now)


# ------------------------------------------------------------------------------------------------ as items


def publish(conn: Connection, project: str, id: str, *, reason: str = "", by: str, now: datetime) -> int:
    """Publish the event as an item of kind event, or its newest state as a new version; the version's sequence. Agreements
    say who gets it. Under an embargo with a public title that one goes out, and the whole when the embargo lifts.

    Raises:
        Refused: it is a partner's, or its title is under embargo and there is none for the public.
        Conflict: nothing has changed since, or its item is held or was killed.
    """
    with conn.transaction():
        one = diary.happening(conn, project, id)
        event, home = one.event, agencies.home(conn).code
        if event.origin and event.origin != home:
            raise Refused(f"This event is {event.origin}'s to publish", event.title())
        hidden = event.embargoed_until is not None and now < event.embargoed_until
        if hidden and not event.public_title:
            raise Refused(
                "Its title is under embargo",
                f"until {event.embargoed_until}",
                hint="Give it a title for the public, or wait.",
                kept="The event, here.",
            )
        parent = diary.parent_of(conn, one)
        told = Told(
            event=event,
            uri=event_uri(project, id),
            agency=home,
            part_of=event_uri(project, parent.id) if parent else "",
            participants=one.participants,
            coverage=one.rows,
        )
        _remember_to_lift(conn, project, id, event if hidden else None)
        sequence = _file(conn, item_of(told, public=True, now=now), home, reason[:MAX_REASON], by, now)
        audit.record(conn, by, "event published", f"{project}/{id}", sequence=sequence, title_hidden=hidden)
    return sequence


def _remember_to_lift(conn: Connection, project: str, id: str, event: Event | None) -> None:
    conn.execute("delete from title_embargo where project = %s and record = %s", (project, id))
    if event is not None:
        conn.execute("insert into title_embargo values (%s, %s, %s)", (project, id, event.embargoed_until))


def _file(conn: Connection, item: Item, home: str, reason: str, by: str, now: datetime) -> int:
    row = conn.execute(
        "select id from item where key = %s and current is not null", (item_key(home, item.uri),)
    ).fetchone()
    filed = items.current(conn, row[0]) if row else None
    if filed is not None:
        if filed.state != "usable":
            raise Conflict(f"Its item is {filed.state}", item.uri, hint="Release it first, or plan the event anew.")
        before = filed.item
        if _says(before) == _says(item):
            raise Conflict("Nothing has changed since it was published", item.uri)
        created = before.version_created
        at = now if created is None or created < now else created + timedelta(microseconds=1)
        ours = replace(item.ours, correction=Correction(kind="update", reason=reason, replaces=before.version))
        item = replace(
            item,
            version=next_version(before.version, home, home),
            first_created=before.first_created,
            version_created=at,
            dragoman=ours,
        )
    else:
        item = replace(item, version="1", first_created=now, version_created=now)
    done = filing.file(conn, [filing.Filing(item=item, origin=home, agency=home, received=now, by=by)], now)[0]
    if done.sequence is None:
        raise Conflict("Somebody else has published it just now", item.uri, hint="Look at it again.")
    return done.sequence


def _says(item: Item) -> bytes:
    """What is told of the event, whichever version tells it."""
    bare = replace(
        item,
        version="",
        version_created=None,
        first_created=None,
        standard=Standard(),
        dragoman=UNSET if item.dragoman is UNSET else replace(item.ours, correction=None, lost=(), notes=()),
    )
    return msgspec.json.encode(bare, order="deterministic")


def lift_titles(conn: Connection, now: datetime) -> int:
    """Publish whole what went out under its public title and whose embargo has lifted; how many. Wakes the followers."""
    with conn.transaction():
        rows = conn.execute(
            "select project, record from title_embargo where until <= %s order by until limit 5 for update skip locked",
            (now,),
        ).fetchall()
        for project, id in rows:
            conn.execute("delete from title_embargo where project = %s and record = %s", (project, id))
            _publish_whole(conn, project, id, now)
    if rows:
        Waker(conn).wake(DELIVERIES, LOG)
    return len(rows)


def _publish_whole(conn: Connection, project: str, id: str, now: datetime) -> None:
    held, by = find_record(conn, Event, project, id), agencies.home(conn).code
    if held is None or held.dropped:
        return
    try:
        publish(conn, project, id, reason="The embargo has lifted.", by=by, now=now)
    except DragomanError as error:  # whatever stands against it, the clock's loop goes on
        audit.record(conn, by, "event not published", f"{project}/{id}", reason=error.title)


def adopt(conn: Connection, keyring: Keyring, number: int, *, project: str = "", by: str, now: datetime) -> Held[Event]:
    """A partner's event, taken into our planning so that it can be covered; taken over again, as the partner has it now.

    It stays the partner's: never published by us, its note and coverage our own.
    """
    one = diary.announcement(conn, number)
    if one.agency == agencies.home(conn).code:
        raise Refused("This event is our own", one.event.title(), hint="It is in the diary already.")
    with conn.transaction():
        into = project or projects.desk_project(conn, keyring, now=now)
        id = adopted_id(one.agency, one.uri)
        held = find_record(conn, Event, into, id)
        event = replace(one.event, origin=one.agency, uri=one.uri[:500])
        if held is not None and not held.dropped:
            event = replace(event, note=held.record.note, parent=held.record.parent, slugline=held.record.slugline)
        check(event)
        made = projects.put(conn, keyring, into, id, event, by=by, now=now)
        audit.record(conn, by, "event taken over", f"{into}/{id}", item=number)
    return made


def adopted_id(agency: str, uri: str) -> str:
    """The id of the record of a partner's event: the same however often it is taken over."""
    return item_key(agency, uri).hex()


def newer(conn: Connection, one: Event) -> int:
    """The number of the partner's item where it says something else of the event now than we have; 0: nothing."""
    if not one.origin:
        return 0
    row = conn.execute(
        "select id from item where key = %s and current is not null and state = 'usable'",
        (item_key(one.origin, one.uri),),
    ).fetchone()
    found = diary.of_item(items.current(conn, row[0])) if row else None
    if row is None or found is None:
        return 0
    theirs = replace(
        found.event,
        origin=one.origin,
        uri=one.uri,
        note=one.note,
        parent=one.parent,
        slugline=one.slugline,
        restricted=one.restricted,
    )
    return 0 if theirs == one else int(row[0])


def wake(conn: Connection) -> None:
    """Tell the followers, after the commit of any of these acts."""
    projects.wake(conn)
    Waker(conn).wake(DELIVERIES, LOG)
