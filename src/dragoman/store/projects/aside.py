"""Acts that could not be taken: kept with their reason until they can be, each sender's up to a bound."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from dragoman.model.project import Act
from dragoman.store.connect import Connection, Row

MOST_ASIDE, MOST_ASIDE_BYTES = 1_000, 10_000_000
"""How much one sender may have waiting in one project."""
_ACT = msgspec.json.Decoder(Act)


class Aside(Struct, frozen=True, kw_only=True):
    """An act that was not taken: `final` where nothing that may still come would change that."""

    act: Act
    sender: str
    reason: str
    final: bool
    received: datetime


def aside(conn: Connection, project: str, limit: int = 100) -> list[Aside]:
    """What was not taken, newest first."""
    rows = conn.execute(
        f"select {_ASIDE} from act_aside where project = %s order by received desc, agency, log, number limit %s",
        (project, limit),
    )
    return [_aside(row) for row in rows]


def to_try(conn: Connection, project: str) -> list[Aside]:
    """What was not taken and may be now: logs whose next act is among it, each in its order."""
    rows = conn.execute(
        f"select {_ASIDE} from act_aside where project = %(project)s and not final and (agency, log) in ("
        "   select s.agency, s.log from act_aside s where s.project = %(project)s and not s.final and s.number <= 1 + coalesce("
        "     (select max(a.number) from act a where a.project = s.project and a.agency = s.agency and a.log = s.log), 0))"
        " order by agency, log, number, received",
        {"project": project},
    )
    return [_aside(row) for row in rows]


_ASIDE = "body, sender, reason, final, received"


def _aside(row: Row) -> Aside:
    return Aside(act=_ACT.decode(row[0]), sender=row[1], reason=row[2], final=row[3], received=row[4])


def keep_aside(conn: Connection, act: Act, sender: str, reason: str, *, final: bool) -> bool:
    """Keep an act that cannot be taken; it is tried again, unless `final`. False: its sender has too much here."""
    body = msgspec.json.encode(act)
    done = conn.execute(
        "insert into act_aside (project, agency, log, number, digest, sender, body, reason, final)"
        " select %(project)s, %(agency)s, %(log)s, %(number)s, %(digest)s, %(sender)s, %(body)s, %(reason)s, %(final)s"
        " from (select count(*) as n, coalesce(sum(length(body)), 0) as bytes from act_aside"
        "   where project = %(project)s and sender = %(sender)s) as has"
        " where (n < %(most)s and bytes + length(%(body)s::bytea) <= %(most_bytes)s) or exists (select from act_aside"
        "   where (project, agency, log, number, digest) = (%(project)s, %(agency)s, %(log)s, %(number)s, %(digest)s))"
        " on conflict (project, agency, log, number, digest) do update set reason = excluded.reason, final = excluded.final",
        {
            "project": act.project,
            "agency": act.agency,
            "log": act.log,
            "number": act.number,
            "digest": _copy_digest(body),
            "sender": sender,
            "body": body,
            "reason": reason,
            "final": final,
            "most": MOST_ASIDE,
            "most_bytes": MOST_ASIDE_BYTES,
        },
    )
    return done.rowcount > 0


def take_from_aside(conn: Connection, acts: Sequence[Act]) -> None:
    """They wait no longer: they have been taken, or were here already."""
    with conn.cursor() as cursor:
        cursor.executemany(
            "delete from act_aside where project = %s and agency = %s and log = %s and number = %s and digest = %s",
            [(a.project, a.agency, a.log, a.number, _copy_digest(msgspec.json.encode(a))) for a in acts],
        )


def _copy_digest(body: bytes) -> str:
    """Of an act with its signature, unlike `act_digest`."""
    return hashlib.sha256(body).hexdigest()
