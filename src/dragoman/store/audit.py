"""What happened, for ever: append-only rows, sealed in batches by a chain of digests."""

import hashlib
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from dragoman.crash import crash
from dragoman.store.connect import Connection, Row


class Entry(Struct, frozen=True):
    id: int
    at: datetime
    actor: str
    act: str
    about: str
    detail: dict[str, Any]


def record(conn: Connection, actor: str, act: str, about: str = "", **detail: Any) -> None:
    """Write it down, in the caller's transaction: what is rolled back did not happen."""
    conn.execute(
        "insert into audit (actor, act, object, detail) values (%s, %s, %s, %s)", (actor, act, about, Jsonb(detail))
    )


def entries(conn: Connection, *, about: str = "", limit: int = 100) -> list[Entry]:
    """Newest first; of one object when it is named."""
    rows = conn.execute(
        "select id, at, actor, act, object, detail from audit where (%s = '' or object = %s) order by id desc limit %s",
        (about, about, limit),
    )
    return [Entry(*row) for row in rows]


def head(conn: Connection) -> str:
    """The newest seal as hex: sent to partners in receipts, so that our past cannot be rewritten unseen."""
    row = conn.execute("select head from audit_seal order by upto desc limit 1").fetchone()
    return bytes(row[0]).hex() if row else ""


def seal(conn: Connection, *, batch: int = 10_000) -> int:
    """Seal what stood when it was last asked to; the number of rows sealed. Inside the caller's transaction.

    A row of an act still open has its number already, below rows that are there to be seen: so a mark is set, and what
    lies under it is sealed the next time, once no act is open that began before the mark.
    """
    conn.execute("select pg_advisory_xact_lock(2)")
    mark = _settled_mark(conn)
    if mark is None:
        return 0
    last = conn.execute("select upto, head from audit_seal order by upto desc limit 1").fetchone()
    upto, previous = (last[0], bytes(last[1])) if last else (0, b"")
    rows = conn.execute(
        "select id, at, actor, act, object, detail from audit where id > %s and id <= %s order by id limit %s",
        (upto, mark, batch),
    ).fetchall()
    if rows:
        conn.execute("insert into audit_seal (upto, head) values (%s, %s)", (rows[-1][0], chain(previous, rows)))
        crash("audit.sealed")
    if len(rows) < batch:
        _mark(conn)
    return len(rows)


def _settled_mark(conn: Connection) -> int | None:
    """The number up to which every row that will ever be there is there; None while an act from before is open."""
    row = conn.execute(
        "select (s.value->>'id')::bigint, exists (select from pg_stat_activity a where a.datname = current_database()"
        "   and a.pid <> pg_backend_pid() and a.xact_start <= (s.value->>'at')::timestamptz)"
        " from setting s where s.name = 'audit mark'"
    ).fetchone()
    if row is None:
        _mark(conn)
    return None if row is None or row[1] else int(row[0])


def _mark(conn: Connection) -> None:
    conn.execute(
        "insert into setting (name, value) select 'audit mark', jsonb_build_object("
        "   'id', case when is_called then last_value else 0 end, 'at', clock_timestamp()) from audit_id_seq"
        " on conflict (name) do update set value = excluded.value"
    )


def broken_seal(conn: Connection) -> int | None:
    """The first seal that does not match its rows, or None: the chain is whole."""
    previous, start = b"", 0
    for upto, sealed in conn.execute("select upto, head from audit_seal order by upto").fetchall():
        rows = conn.execute(
            "select id, at, actor, act, object, detail from audit where id > %s and id <= %s order by id", (start, upto)
        ).fetchall()
        if chain(previous, rows) != bytes(sealed):
            return int(upto)
        previous, start = bytes(sealed), upto
    return None


def chain(previous: bytes, rows: list[Row]) -> bytes:
    digest = hashlib.sha256(previous)
    for row in rows:
        digest.update(msgspec.json.encode(row, order="deterministic"))
    return digest.digest()
