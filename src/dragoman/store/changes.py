"""What a partner reads: its change feed, through the partner's role and its fence. Nothing here can see more."""

from datetime import datetime

from msgspec import Struct

from dragoman.model.version import VersionAct
from dragoman.store.connect import Connection


class Change(Struct, frozen=True, kw_only=True):
    """One entry: a version at its place in this partner's feed. `payload` is the stored item; of a kill, its tombstone."""

    position: int
    sequence: int
    act: VersionAct
    received: datetime
    payload: bytes
    agreement: str
    revision: int
    advance: bool


def changes(conn: Connection, after: int, limit: int) -> list[Change]:
    """Entries after a position, oldest first. The connection is a partner's (`connect.seen_by`): it decides what is there.

    Nothing is skipped by reading on from the last position: positions become visible in their order.
    """
    rows = conn.execute(
        "select position, sequence, act, received, item, agreement, revision, advance from partner_change"
        " where position > %s order by position, sequence limit %s",
        (after, limit),
    )
    return [
        Change(
            position=r[0],
            sequence=r[1],
            act=r[2],
            received=r[3],
            payload=bytes(r[4]),
            agreement=r[5],
            revision=r[6],
            advance=r[7],
        )
        for r in rows
    ]


def newest(conn: Connection, limit: int) -> list[Change]:
    """The newest entries, newest first: what an Atom reader gets."""
    rows = conn.execute(
        "select position, sequence, act, received, item, agreement, revision, advance from partner_change"
        " order by position desc limit %s",
        (limit,),
    )
    return [
        Change(
            position=r[0],
            sequence=r[1],
            act=r[2],
            received=r[3],
            payload=bytes(r[4]),
            agreement=r[5],
            revision=r[6],
            advance=r[7],
        )
        for r in rows
    ]


def head(conn: Connection) -> int:
    """The position of the newest entry, 0 where there is none."""
    row = conn.execute("select coalesce(max(position), 0) from partner_change").fetchone()
    return int(row[0]) if row else 0
