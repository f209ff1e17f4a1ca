"""What a partner manager writes down of an institution. Every act is checked, has one transaction and is audited."""

from datetime import datetime
from typing import TypeVar

import msgspec

from dragoman.desk.relation_rules import agencies_of, check, clean
from dragoman.model.errors import Conflict
from dragoman.model.relation import (
    Action,
    ActionState,
    Became,
    Institution,
    Kept,
    Meeting,
    Membership,
    Office,
    Person,
    Seat,
)
from dragoman.reports.due import Due, due_list
from dragoman.store import agencies, agreements, audit, relations
from dragoman.store.connect import Connection

Record = TypeVar("Record", bound=Kept)


def keep(conn: Connection, one: Record, *, by: str, now: datetime) -> Record:
    """Write the record down: a new one where its number is 0, else a change of the one with its number and revision.

    Raises:
        BadInput: a date, a zone, a text or a link that cannot be; it ends before it begins.
        NotFound: an agency, person, meeting, agreement or item it names is not known.
        Conflict: its term overlaps another's, or somebody has changed it meanwhile.
    """
    one = clean(one)
    with conn.transaction():
        lock(conn, agencies_of(one))
        check(conn, one, now)
        one = _with_people(conn, one)
        kept = relations.change(conn, one) if one.id else relations.add(conn, one)
        act = f"{relations.name_of(type(one))} {'changed' if one.id else 'added'}"
        for about in _about(kept):
            audit.record(conn, by, act, about, id=kept.id, said=title_of(kept))
    return kept


def remove(conn: Connection, kind: type[Kept], number: int, *, by: str) -> None:
    """Take out what was written down by mistake; the audit keeps all of it.

    Raises:
        NotFound: there is no such record.
        Conflict: something refers to it.
    """
    with conn.transaction():
        one = relations.record(conn, kind, number)
        if relations.is_referred_to(conn, kind, number):
            raise Conflict(
                f"Something else refers to this {relations.name_of(kind)}",
                title_of(one),
                hint="Remove or change that first.",
            )
        relations.remove(conn, kind, number)
        for about in _about(one):
            audit.record(
                conn, by, f"{relations.name_of(kind)} removed", about, id=number, record=msgspec.to_builtins(one)
            )


def close(
    conn: Connection,
    number: int,
    state: ActionState,
    *,
    by: str,
    now: datetime,
    became: Became = "",
    link: str = "",
    outcome: str = "",
) -> Action:
    """Say what became of an action: done or dropped, or open again; and the project, agreement, event or item it became.

    Raises:
        NotFound: there is no such action, or what it is to have become.
    """
    one = relations.record(conn, Action, number)
    closed = None if state == "open" else now.date()
    return keep(
        conn,
        msgspec.structs.replace(one, state=state, closed=closed, became=became, link=link, outcome=outcome),
        by=by,
        now=now,
    )


def due(conn: Connection, now: datetime) -> list[Due]:
    """What comes up with anybody: terms that end, actions overdue, anniversaries, agreements that expire; soonest first."""
    names = {p.id: p.name for p in relations.records(conn, Person)}
    return due_list(
        offices=relations.records(conn, Office),
        seats=relations.records(conn, Seat),
        memberships=relations.records(conn, Membership),
        actions=relations.open_actions(conn),
        institutions=relations.records(conn, Institution),
        agreements=agreements.agreements(conn, states=("active",)),
        people=names,
        home=agencies.home(conn).code,
        today=now.date(),
    )


def title_of(one: Kept) -> str:
    """What a record is called in a line of the audit or an error."""
    return next((str(getattr(one, field)) for field in _TITLES if getattr(one, field, "")), f"number {one.id}")


_TITLES = ("subject", "what", "title", "body", "name", "agency")


def _with_people(conn: Connection, one: Record) -> Record:
    """Whoever took part and is known by this name at their institution is that person."""
    if not isinstance(one, Meeting):
        return one
    known = {
        (agency, person.name.casefold()): person.id
        for agency in {each.agency for each in one.attended}
        for person in relations.records(conn, Person, agency=agency)
    }
    attended = tuple(
        msgspec.structs.replace(each, person=each.person or known.get((each.agency, each.name.casefold()), 0))
        for each in one.attended
    )
    return msgspec.structs.replace(one, attended=attended)


def _about(one: Kept) -> list[str]:
    """The institutions whose trail it stands in."""
    if isinstance(one, Meeting):
        return list(one.agencies)
    return [getattr(one, "agency", "") or f"person {one.id}"]


def lock(conn: Connection, codes: list[str]) -> None:
    """Whoever writes about the same institution waits: of two terms that overlap the second sees the first.

    Raises:
        NotFound: no agency has one of these codes.
    """
    for code in codes:
        agencies.agency(conn, code)
    conn.execute("select from agency where code = any(%s) order by code for no key update", (codes,))
