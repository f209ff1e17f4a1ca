"""What a record of relations must be before it is kept: whole, possible, and about what is known."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from dragoman.model.errors import BadInput, Conflict
from dragoman.model.event import Event
from dragoman.model.relation import (
    Action,
    Document,
    Institution,
    Kept,
    Meeting,
    Membership,
    Office,
    Person,
    Seat,
    Term,
    earliest,
    overlap,
    runs_backwards,
)
from dragoman.store import agencies, agreements, items, projects, relations
from dragoman.store.connect import Connection

Record = TypeVar("Record", bound=Kept)
LONGEST = timedelta(days=366)
_KEPT = "What was there before."


def clean(one: Record) -> Record:
    """The record read again by its own rules, with no blank around its texts.

    Raises:
        BadInput: a field is empty that must not be, too long, or of the wrong form.
    """
    told = {name: _trimmed(value) for name, value in msgspec.structs.asdict(one).items()}
    try:
        return msgspec.convert(msgspec.to_builtins(told), type(one), strict=False)
    except msgspec.ValidationError as error:
        raise BadInput(
            f"This {relations.name_of(type(one))} cannot be written down so",
            str(error),
            hint="Mend the field named.",
            kept=_KEPT,
        ) from error


def _trimmed(value: Any) -> Any:
    if isinstance(value, str):
        if "\x00" in value:
            raise BadInput("This text has a character that cannot be kept", "U+0000", hint="Type it anew.")
        return value.strip().replace("\r\n", "\n")
    if isinstance(value, dict):
        return {key: text for key, each in sorted(value.items()) if (text := _trimmed(each))}
    return tuple(_trimmed(each) for each in value) if isinstance(value, tuple) else value


def agencies_of(one: Kept) -> list[str]:
    """Every agency a record names."""
    named = [getattr(one, field) for field in ("agency", "body") if hasattr(one, field)]
    if isinstance(one, Meeting):
        named += [*one.agencies, *(each.agency for each in one.attended)]
    return sorted(set(named))


def check(conn: Connection, one: Kept, now: datetime) -> None:
    """
    Raises:
        BadInput: a date, a zone or a link that cannot be; it ends before it begins.
        NotFound: a person, a meeting, an agreement or an item it names is not known.
        Conflict: its term overlaps another's.
    """
    rule = _CHECKS.get(type(one))
    if rule:
        rule(conn, one, now)


def at_place(text: str, zone: str) -> datetime:
    """The instant at which a clock in `zone` shows `text` (``2026-05-03 10:00``, or a day: its beginning).

    An hour that the clocks go through twice is taken as the first of the two.

    Raises:
        BadInput: it is no day or time, the zone is unknown, or the clocks jump over this hour.
    """
    place = zone_named(zone)
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput(f"{text[:40]!r} is not a day or a time", hint="As in 2026-05-03 or 2026-05-03 10:00.") from error
    if at.tzinfo is not None:
        return at.astimezone(place)
    there = at.replace(tzinfo=place)
    if there.astimezone(ZoneInfo("UTC")).astimezone(place).replace(tzinfo=None) != at:
        raise BadInput(
            "There is no such hour on this day",
            f"{text} in {zone}",
            hint="The clocks are put forward then: look again.",
        )
    return there


def zone_named(zone: str) -> ZoneInfo:
    """
    Raises:
        BadInput: there is no such zone.
    """
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(f"There is no time zone {zone[:60]!r}", hint="Name it as in Europe/Paris.") from error


def _check_institution(conn: Connection, one: Any, now: datetime) -> None:
    if one.founded and earliest(one.founded) > now.date():
        raise BadInput("It cannot have been founded in the future", one.founded, kept=_KEPT)
    if one.website and not one.website.startswith(("https://", "http://")):
        raise BadInput("This is not a web address", one.website, hint="It begins with https://.", kept=_KEPT)
    if not one.id and (known := relations.institution(conn, one.agency)).id:
        raise Conflict(
            f"Something is known of {one.agency} already",
            f"number {known.id}",
            hint="Open it and change it.",
            kept=_KEPT,
        )


def _check_document(conn: Connection, one: Document, now: datetime) -> None:
    if one.meeting and one.agency not in relations.record(conn, Meeting, one.meeting).agencies:
        raise BadInput(f"{one.agency} was not at this meeting", f"meeting {one.meeting}", kept=_KEPT)


def _check_person(conn: Connection, one: Any, now: datetime) -> None:
    if one.email and "@" not in one.email:
        raise BadInput("This is not a mail address", one.email, kept=_KEPT)


def _check_office(conn: Connection, one: Office, now: datetime) -> None:
    person = relations.record(conn, Person, one.person)
    _check_term(one)
    others = [o for o in relations.records(conn, Office, agency=one.agency) if o.id != one.id and _same(o, one)]
    _no_overlap(
        one, (o for o in others if o.person == one.person), lambda o: f"{person.name} is {o.title} then already"
    )
    names = relations.people(conn, [o.person for o in others])
    _no_overlap(
        one, (o for o in others if one.sole or o.sole), lambda o: f"{names[o.person].name} is {o.title} then, alone"
    )


def _same(one: Office | Seat, other: Office | Seat) -> bool:
    return one.title.casefold() == other.title.casefold()


def _check_membership(conn: Connection, one: Membership, now: datetime) -> None:
    _not_itself(one)
    _check_term(one)
    others = [
        o for o in relations.records(conn, Membership, agency=one.agency) if o.id != one.id and o.body == one.body
    ]
    _no_overlap(one, others, lambda o: f"{o.agency} is a member of {o.body} then already")


def _check_seat(conn: Connection, one: Seat, now: datetime) -> None:
    _not_itself(one)
    if one.person:
        relations.record(conn, Person, one.person)
    _check_term(one)
    others = [
        o
        for o in relations.records(conn, Seat, agency=one.agency)
        if o.id != one.id and o.body == one.body and _same(o, one)
    ]
    _no_overlap(one, others, lambda o: f"{o.agency} has this seat in {o.body} then already")


def _not_itself(one: Membership | Seat) -> None:
    if one.agency == one.body:
        raise BadInput("An institution is not a member of itself", one.agency, kept=_KEPT)


def _check_term(one: Term) -> None:
    if runs_backwards(one.since, one.until):
        raise BadInput("The term ends before it begins", f"{one.since} to {one.until}", kept=_KEPT)


def _no_overlap(one: Term, others: Iterable[Any], says: Callable[[Any], str]) -> None:
    for other in others:
        if overlap(one, other):
            raise Conflict(
                "Two terms overlap",
                f"{says(other)}: {other.since or 'always'} to {other.until or 'open'}",
                hint="End the one before first, or begin this one later.",
                kept=_KEPT,
            )


def _check_meeting(conn: Connection, one: Meeting, now: datetime) -> None:
    zone_named(one.zone)
    home = agencies.home(conn).code
    if home in one.agencies:
        raise BadInput("A meeting is with another institution", home, hint="Our own side is always there.", kept=_KEPT)
    if one.ends is not None and one.ends < one.starts:
        raise BadInput("It ends before it begins", f"{one.starts} to {one.ends}", kept=_KEPT)
    if one.ends is not None and one.ends - one.starts > LONGEST:
        raise BadInput("It lasts longer than a year", f"{one.starts} to {one.ends}", kept=_KEPT)
    sides = {home, *one.agencies}
    for each in one.attended:
        if each.agency not in sides:
            raise BadInput(f"{each.agency} does not take part", each.name, hint="Add it to the meeting.", kept=_KEPT)
        if each.person:
            relations.record(conn, Person, each.person)


def _check_action(conn: Connection, one: Action, now: datetime) -> None:
    if one.agency == agencies.home(conn).code:
        raise BadInput("An action is agreed with another institution", one.agency, kept=_KEPT)
    if one.meeting and one.agency not in relations.record(conn, Meeting, one.meeting).agencies:
        raise BadInput(f"{one.agency} was not at this meeting", f"meeting {one.meeting}", kept=_KEPT)
    if bool(one.became) != bool(one.link):
        raise BadInput("Say what it became and which one", f"{one.became or '–'}: {one.link or '–'}", kept=_KEPT)
    if one.became in _LINKS:
        _LINKS[one.became](conn, one.link)


def _agreement(conn: Connection, link: str) -> None:
    agreements.agreement(conn, link)


def _item(conn: Connection, link: str) -> None:
    if not link.isdecimal():
        raise BadInput("An item is named by its number", link[:40], kept=_KEPT)
    items.current(conn, int(link))


def _project(conn: Connection, link: str) -> None:
    projects.project(conn, link)


def _event(conn: Connection, link: str) -> None:
    project, _, number = link.partition(" ")
    if not number:
        raise BadInput("An event is named by its project and its record", link[:80], hint="As in LNA:harbour forum-1.")
    projects.record(conn, Event, project, number)


_LINKS: Mapping[str, Callable[[Connection, str], None]] = {
    "agreement": _agreement,
    "item": _item,
    "project": _project,
    "event": _event,
}

_CHECKS: dict[type[Kept], Callable[[Connection, Any, datetime], None]] = {
    Institution: _check_institution,
    Person: _check_person,
    Office: _check_office,
    Membership: _check_membership,
    Seat: _check_seat,
    Meeting: _check_meeting,
    Action: _check_action,
    Document: _check_document,
}
