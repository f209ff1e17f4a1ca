"""Relations as stored: a table a kind, its columns the fields of the struct in dragoman.model.relation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from psycopg import errors as pg
from psycopg.types.json import Jsonb

from dragoman.model.errors import Conflict, NotFound
from dragoman.model.item import Item
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
)
from dragoman.store.connect import Connection, Row

Record = TypeVar("Record", bound=Kept)

_TABLES: dict[type[Kept], tuple[str, str]] = {
    Institution: ("institution", "agency"),
    Person: ("relation_person", "name, id"),
    Office: ("office", "rank, since, id"),
    Membership: ("membership", "body, since, id"),
    Seat: ("seat", "body, title, since, id"),
    Meeting: ("meeting", "starts desc, id desc"),
    Action: ("action", "state = 'open' desc, due, id"),
    Document: ("relation_document", "at desc, id desc"),
}
"""The table of each kind, and the order it is shown in."""


class Latest(Struct, frozen=True, kw_only=True):
    """A headline that went one way or the other, and when; `item` is its number."""

    item: int
    headline: str
    language: str
    at: datetime


def name_of(kind: type[Kept]) -> str:
    """What a person calls a record of this kind."""
    return kind.__name__.lower()


def record(conn: Connection, kind: type[Record], number: int) -> Record:
    """
    Raises:
        NotFound: there is no record of this kind with this number.
    """
    found = _rows(conn, kind, "id = %s", (number,))
    if not found:
        raise NotFound(f"There is no {name_of(kind)} {number}", hint="`dragoman relation show` prints their numbers.")
    return found[0]


def records(conn: Connection, kind: type[Record], *, agency: str = "") -> list[Record]:
    """Every record of a kind, in the order it is shown in; of one agency when it is named."""
    if not agency:
        return _rows(conn, kind)
    if kind is Meeting:
        return _rows(conn, kind, "%s = any(agencies)", (agency,))
    if kind is Person:
        return _rows(conn, kind, "id in (select person from office where agency = %s)", (agency,))
    return _rows(conn, kind, "agency = %s", (agency,))


def institution(conn: Connection, agency: str) -> Institution:
    """What is known of an agency: an empty record, not yet stored, where nothing is."""
    found = _rows(conn, Institution, "agency = %s", (agency,))
    return found[0] if found else Institution(agency=agency)


def of_meeting(conn: Connection, kind: type[Record], meeting: int) -> list[Record]:
    """The actions or documents of a meeting."""
    return _rows(conn, kind, "meeting = %s", (meeting,))


def offices_of(conn: Connection, person: int) -> list[Office]:
    return _rows(conn, Office, "person = %s", (person,))


def members(conn: Connection, body: str) -> list[Membership]:
    """Who belongs to an association."""
    return _rows(conn, Membership, "body = %s", (body,))


def open_actions(conn: Connection) -> list[Action]:
    return _rows(conn, Action, "state = 'open'")


def people(conn: Connection, numbers: Sequence[int]) -> dict[int, Person]:
    """The people with these numbers, by number."""
    return {one.id: one for one in _rows(conn, Person, "id = any(%s)", (list(numbers),))}


def add(conn: Connection, one: Record) -> Record:
    """The record as stored, with its number."""
    columns = _columns(type(one))
    row = conn.execute(
        f"insert into {_TABLES[type(one)][0]} ({', '.join(columns)})"
        f" values ({', '.join(['%s'] * len(columns))}) returning id, revision",
        [_value(column, getattr(one, column)) for column in columns],
    ).fetchone()
    assert row is not None
    return msgspec.structs.replace(one, id=row[0], revision=row[1])


def change(conn: Connection, one: Record) -> Record:
    """The record as changed, if it still has the revision that `one` was made from.

    Raises:
        Conflict: somebody has changed or removed it since.
    """
    columns = _columns(type(one))
    row = conn.execute(
        f"update {_TABLES[type(one)][0]} set {', '.join(f'{c} = %s' for c in columns)}, revision = revision + 1"
        " where id = %s and revision = %s returning revision",
        [*(_value(column, getattr(one, column)) for column in columns), one.id, one.revision],
    ).fetchone()
    if row is None:
        raise Conflict(
            f"Somebody has changed this {name_of(type(one))} meanwhile",
            f"number {one.id}",
            hint="Copy what you wrote, open it again and write it there.",
            kept="The other's change.",
        )
    return msgspec.structs.replace(one, revision=row[0])


def remove(conn: Connection, kind: type[Kept], number: int) -> None:
    """
    Raises:
        Conflict: something else refers to it.
    """
    try:
        conn.execute(f"delete from {_TABLES[kind][0]} where id = %s", (number,))
    except pg.ForeignKeyViolation as error:
        raise Conflict(
            f"Something else refers to this {name_of(kind)}", f"number {number}", hint="Remove or change that first."
        ) from error


def is_referred_to(conn: Connection, kind: type[Kept], number: int) -> bool:
    """Is it a meeting with actions or documents, or a person with an office, a seat or a place at a meeting?"""
    row = conn.execute(_REFERENCES[kind], {"id": number}).fetchone() if kind in _REFERENCES else None
    return bool(row and row[0])


_REFERENCES: dict[type[Kept], str] = {
    Meeting: "select exists (select from action where meeting = %(id)s)"
    " or exists (select from relation_document where meeting = %(id)s)",
    Person: "select exists (select from office where person = %(id)s) or exists (select from seat where person = %(id)s)"
    " or exists (select from meeting where attended @> jsonb_build_array(jsonb_build_object('person', %(id)s::int)))",
}


def latest_from(conn: Connection, agency: str, limit: int) -> list[Latest]:
    """The newest items that came from `agency`, of its own writing, as far as they may be shown."""
    rows = conn.execute(
        "select i.id, p.item, v.received from item i join version v on v.sequence = i.current"
        " join payload p on p.sequence = v.sequence and p.at = v.received join agency a on a.id = i.origin"
        " where a.code = %s and i.state = 'usable' and (i.embargoed_until is null or i.embargoed_until <= now())"
        " order by v.sequence desc limit %s",
        (agency, limit),
    )
    return [_latest(row) for row in rows]


def latest_filed_by(conn: Connection, agency: str, limit: int) -> list[Latest]:
    """Our newest items that `agency` says it has filed: by its receipts."""
    rows = conn.execute(
        "select i.id, p.item, max(d.receipted) from delivery d join item i on i.id = d.item and i.current = d.sequence"
        " join version v on v.sequence = d.sequence join payload p on p.sequence = v.sequence and p.at = v.received"
        " join agency a on a.id = d.agency join agency h on h.id = i.origin and h.home"
        " where a.code = %s and d.state = 'receipted' and i.state = 'usable'"
        " group by i.id, p.item, d.sequence order by d.sequence desc limit %s",
        (agency, limit),
    )
    return [_latest(row) for row in rows]


def _latest(row: Row) -> Latest:
    item = msgspec.json.decode(row[1], type=Item)
    return Latest(item=row[0], headline=item.headline, language=item.language, at=row[2])


def _rows(conn: Connection, kind: type[Record], where: str = "true", values: Sequence[Any] = ()) -> list[Record]:
    table, order = _TABLES[kind]
    columns = ("id", "revision", *_columns(kind))
    rows = conn.execute(f"select {', '.join(columns)} from {table} where {where} order by {order}", values)
    return [msgspec.convert(dict(zip(columns, row, strict=True)), kind) for row in rows]


def _columns(kind: type[Kept]) -> list[str]:
    return [f.name for f in msgspec.structs.fields(kind) if f.name not in ("id", "revision")]


def _value(column: str, value: object) -> object:
    """A field as the database takes it: texts by language and those who attended as JSON, lists as arrays."""
    if isinstance(value, dict) or column == "attended":
        return Jsonb(msgspec.to_builtins(value))
    return list(value) if isinstance(value, tuple) else value
