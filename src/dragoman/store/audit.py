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
    """Seal what has come since the last seal; the number of rows sealed. Inside the caller's transaction."""
    conn.execute("select pg_advisory_xact_lock(2)")
    last = conn.execute("select upto, head from audit_seal order by upto desc limit 1").fetchone()
    upto, previous = (last[0], bytes(last[1])) if last else (0, b"")
    # Rows of a transaction still open may get lower ids than rows already seen: seal only what is a little old.
    rows = conn.execute(
        "select id, at, actor, act, object, detail from audit where id > %s and at < now() - interval '5 seconds'"
        " order by id limit %s",
        (upto, batch),
    ).fetchall()
    if not rows:
        return 0
    conn.execute("insert into audit_seal (upto, head) values (%s, %s)", (rows[-1][0], chain(previous, rows)))
    crash("audit.sealed")
    return len(rows)


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
