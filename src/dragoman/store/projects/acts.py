"""Acts as stored: chains without gaps by agency and log; what cannot be taken is kept aside with its reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from dragoman.model.project import Act
from dragoman.planning.chain import End
from dragoman.store.connect import Connection
from dragoman.trust.acts import act_digest

Vector = Mapping[str, int]
"""How far a node has each log of a project: ``AGENCY/log`` to the number of its last act."""
_ACT = msgspec.json.Decoder(Act)


class Logged(Struct, frozen=True, kw_only=True):
    """An act as it lies in the log; `refused` says why it does not count."""

    act: Act
    digest: str
    refused: str
    received: datetime


class Aside(Struct, frozen=True, kw_only=True):
    """An act that was not taken: `final` where nothing that may still come would change that."""

    act: Act
    digest: str
    sender: str
    reason: str
    final: bool
    received: datetime


def vector(conn: Connection, project: str) -> dict[str, int]:
    """How far we have each log."""
    rows = conn.execute("select agency, log, max(number) from act where project = %s group by 1, 2", (project,))
    return {f"{agency}/{log}": number for agency, log, number in rows}


def since(conn: Connection, project: str, have: Vector, limit: int = 1_000) -> list[Act]:
    """Acts that a node with `have` lacks, in the project's order, but for those whose words were removed here."""
    rows = conn.execute(
        "select body from act a where project = %s and not withdrawn and number > coalesce("
        " (select h.number from unnest(%s::text[], %s::int[]) as h(name, number) where h.name = a.agency || '/' || a.log), 0)"
        " order by clock, agency, log, number limit %s",
        (project, list(have), list(have.values()), limit),
    )
    return [_ACT.decode(row[0]) for row in rows]


def all_acts(conn: Connection, project: str) -> list[Act]:
    """Every act of the project, in its order."""
    rows = conn.execute("select body from act where project = %s order by clock, agency, log, number", (project,))
    return [_ACT.decode(row[0]) for row in rows]


def logged(conn: Connection, project: str, *, kind: str = "", id: str = "", limit: int = 200) -> list[Logged]:
    """The log, newest first: of the whole project or of one record."""
    rows = conn.execute(
        "select body, digest, refused, received from act where project = %s and (%s = '' or kind = %s)"
        " and (%s = '' or record = %s) order by clock desc, agency desc, log desc, number desc limit %s",
        (project, kind, kind, id, id, limit),
    )
    return [Logged(act=_ACT.decode(r[0]), digest=r[1], refused=r[2], received=r[3]) for r in rows]


def aside(conn: Connection, project: str) -> list[Aside]:
    """What was not taken, in the order to try it again."""
    rows = conn.execute(
        "select body, digest, sender, reason, final, received from act_aside where project = %s"
        " order by agency, log, number, received",
        (project,),
    )
    return [
        Aside(act=_ACT.decode(r[0]), digest=r[1], sender=r[2], reason=r[3], final=r[4], received=r[5]) for r in rows
    ]


def end_of_log(conn: Connection, project: str, agency: str, log: int) -> End:
    """The last act of a log."""
    row = conn.execute(
        "select number, digest, clock from act where project = %s and agency = %s and log = %s"
        " order by number desc limit 1",
        (project, agency, log),
    ).fetchone()
    return End() if row is None else End(*row)


def digest_at(conn: Connection, act: Act) -> tuple[str, bool]:
    """The digest of the act that we have at this place of its log, empty where there is none; and whether what it says
    was removed when we left."""
    row = conn.execute(
        "select digest, withdrawn from act where project = %s and agency = %s and log = %s and number = %s",
        (act.project, act.agency, act.log, act.number),
    ).fetchone()
    return ("", False) if row is None else (row[0], row[1])


def bring_back(conn: Connection, act: Act) -> None:
    """What an act says, once more: we are a member again."""
    conn.execute(
        "update act set body = %s, withdrawn = false where project = %s and agency = %s and log = %s and number = %s",
        (msgspec.json.encode(act), act.project, act.agency, act.log, act.number),
    )


def withdraw(conn: Connection, project: str, kind: str, id: str, home: str) -> None:
    """Remove what the acts of others say of one record; that there were such acts stays."""
    for one in logged(conn, project, kind=kind, id=id, limit=100_000):
        if one.act.agency != home:
            bare = msgspec.structs.replace(one.act, fields=msgspec.Raw(b"{}"))
            conn.execute(
                "update act set body = %s, withdrawn = true where project = %s and agency = %s and log = %s and number = %s",
                (msgspec.json.encode(bare), project, bare.agency, bare.log, bare.number),
            )


def latest_clock(conn: Connection, project: str) -> int:
    row = conn.execute("select coalesce(max(clock), 0) from act where project = %s", (project,)).fetchone()
    assert row is not None
    return int(row[0])


def keep_aside(conn: Connection, act: Act, sender: str, reason: str, *, final: bool) -> None:
    """Keep an act that cannot be taken; it is tried again with every arrival, unless `final`."""
    conn.execute(
        "insert into act_aside (project, agency, log, number, digest, sender, body, reason, final)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " on conflict (project, agency, log, number, digest) do update set reason = excluded.reason, final = excluded.final",
        (
            act.project,
            act.agency,
            act.log,
            act.number,
            act_digest(act),
            sender,
            msgspec.json.encode(act),
            reason,
            final,
        ),
    )


def take_from_aside(conn: Connection, act: Act) -> None:
    conn.execute(
        "delete from act_aside where project = %s and agency = %s and log = %s and number = %s and digest = %s",
        (act.project, act.agency, act.log, act.number, act_digest(act)),
    )


def append(conn: Connection, acts: Sequence[Act]) -> None:
    """Write acts that follow on what is there."""
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into act (project, agency, log, number, clock, digest, kind, record, body)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (a.project, a.agency, a.log, a.number, a.clock, act_digest(a), a.kind, a.id, msgspec.json.encode(a))
                for a in acts
            ],
        )


def mark_refused(conn: Connection, project: str, refused: Mapping[tuple[int, str, int, int], str]) -> None:
    """Say in the log why acts do not count, by their place in the order."""
    with conn.cursor() as cursor:
        cursor.executemany(
            "update act set refused = %s where project = %s and agency = %s and log = %s and number = %s",
            [(why, project, agency, log, number) for (_, agency, log, number), why in refused.items()],
        )
