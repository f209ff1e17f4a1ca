"""Letters: what nodes tell each other beside items: receipts, agreements, keys, hold requests."""

from datetime import datetime

from msgspec import Struct

from dragoman.crash import crash
from dragoman.model.arrival import UnitState
from dragoman.model.version import VersionAct
from dragoman.store.connect import Connection
from dragoman.trust.envelope import EnvelopeType


class Letter(Struct, frozen=True, kw_only=True):
    """`body` is the JSON of the letter; the envelope is made and signed when it is sent. `id` is stable within `epoch`: a
    restored node counts on from its backup."""

    id: int
    partner: str
    node: str
    type: EnvelopeType
    body: bytes
    attempts: int
    created: datetime
    epoch: int = 1


class Receipt(Struct, frozen=True, kw_only=True):
    """What a partner's node is told of a unit it pushed: by its delivery's id."""

    delivery: str
    uri: str
    version: str
    act: VersionAct
    outcome: UnitState
    at: datetime
    detail: str = ""


class Receipts(Struct, frozen=True, kw_only=True):
    """A letter of receipts; `head` seals our audit so far."""

    receipts: list[Receipt]
    head: str = ""


def post(conn: Connection, partner: str, type: EnvelopeType, body: bytes) -> None:
    """Write a letter to a partner's node, in the caller's transaction; nothing for a partner without a node."""
    conn.execute(
        "insert into letter (agency, type, body) select id, %s, %s from agency where code = %s and node <> ''",
        (type, body, partner),
    )
    crash("letters.written")


def claim(conn: Connection, limit: int, lease_s: int = 60) -> list[Letter]:
    """Letters that are due, leased; each partner's in the order they were written, and none behind one that waits."""
    rows = conn.execute(
        "with due as (select l.id from letter l where l.state = 'pending' and l.due <= now() and l.until < now()"
        "   and not exists (select from letter m where m.agency = l.agency and m.state = 'pending' and m.id < l.id"
        "     and (m.due > now() or m.until >= now()))"
        "   order by l.id limit %s for update skip locked),"
        " l as (update letter set attempts = attempts + 1, until = now() + make_interval(secs => %s) from due"
        "   where letter.id = due.id returning letter.*)"
        " select l.id, a.code, a.node, l.type, l.body, l.attempts, l.created, (select max(number) from epoch) from l join agency a on a.id = l.agency order by l.id",
        (limit, lease_s),
    )
    crash("letters.claimed")
    return [
        Letter(id=r[0], partner=r[1], node=r[2], type=r[3], body=bytes(r[4]), attempts=r[5], created=r[6], epoch=r[7])
        for r in rows
    ]


def sent(conn: Connection, letters: list[int]) -> None:
    conn.execute("update letter set state = 'sent', sent = now() where id = any(%s)", (letters,))


def failed(conn: Connection, letter: int, reason: str, due: datetime | None) -> None:
    """To be tried again at `due`, or parked (the partner refuses it) where that is None."""
    conn.execute(
        "update letter set state = case when %s::timestamptz is null then 'parked' else 'pending' end,"
        " due = coalesce(%s, due), until = '-infinity', reason = %s where id = %s",
        (due, due, reason, letter),
    )


def parked(conn: Connection) -> int:
    row = conn.execute("select count(*) from letter where state = 'parked'").fetchone()
    return int(row[0]) if row else 0
