"""What a partner reads: its change feed, through the partner's role and its fence. Nothing here can see more."""

from datetime import datetime

from msgspec import Struct

from dragoman.model.version import VersionAct
from dragoman.store.connect import Connection, Row


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


_SELECT = "select position, sequence, act, received, item, agreement, revision, advance from partner_change"


def changes(conn: Connection, after: int, limit: int) -> list[Change]:
    """Entries after a position, oldest first. The connection is a partner's (`connect.seen_by`): it decides what is there.

    Nothing is skipped by reading on from the last position: positions become visible in their order.
    """
    rows = conn.execute(_SELECT + " where position > %s order by position, sequence limit %s", (after, limit))
    return [_change(row) for row in rows]


def newest(conn: Connection, limit: int) -> list[Change]:
    """The newest entries, newest first: what an Atom reader gets."""
    return [_change(row) for row in conn.execute(_SELECT + " order by position desc limit %s", (limit,))]


def _change(row: Row) -> Change:
    return Change(
        position=row[0],
        sequence=row[1],
        act=row[2],
        received=row[3],
        payload=bytes(row[4]),
        agreement=row[5],
        revision=row[6],
        advance=row[7],
    )
