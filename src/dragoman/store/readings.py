"""Readings of versions: what is still to be read, newest first; what was read; older readings that are to be renewed.

A reading is the newsroom's alone. Of killed copy there is none, and of held copy none is shown.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from dragoman.model.errors import NotFound
from dragoman.model.reading import Reading
from dragoman.store import audit
from dragoman.store.connect import Connection
from dragoman.store.items import Filed
from dragoman.store.owed import FLASH_URGENCY

READER_LOCK = 12
"""Advisory: whoever holds it is the one that reads."""


class Unread(Struct, frozen=True, kw_only=True):
    """A version to be read: its item as stored, JSON."""

    sequence: int
    item: bytes
    agency: str
    received: datetime


class Read(Struct, frozen=True, kw_only=True):
    """A version read, or why it could not be. `traits` is what the linker compares (`link.traits`), encoded."""

    sequence: int
    reading: Reading
    problem: str = ""
    traits: bytes = b""


class Progress(Struct, frozen=True, kw_only=True):
    """`waiting` counts versions without a reading, `older` readings of readers before `reader`; `renewed_for` is the
    readers' version that renewal was asked for (0: it was not)."""

    reader: int
    read: int
    waiting: int
    older: int
    problems: int
    renewed_for: int
    asked_by: str
    asked_at: datetime | None


_VERSIONS = (
    "select v.sequence, p.item, a.code, v.received from version v join item i on i.id = v.item"
    " join agency a on a.id = v.agency join payload p on p.sequence = v.sequence and p.at = v.received"
    " where v.act not in ('hold', 'kill') and i.state not in ('killed', 'expunged')"
)


def unread(conn: Connection, above: int, upto: int, limit: int) -> list[Unread]:
    """The newest versions with `above` < sequence ≤ `upto` that have no reading, newest first."""
    rows = conn.execute(
        _VERSIONS + " and v.sequence > %s and v.sequence <= %s"
        " and not exists (select from reading r where r.sequence = v.sequence) order by v.sequence desc limit %s",
        (above, upto, limit),
    )
    return [Unread(sequence=row[0], item=row[1], agency=row[2], received=row[3]) for row in rows]


def flashes(conn: Connection, above: int, limit: int) -> list[Unread]:
    """The newest flashes with a sequence above this that have no reading, newest first."""
    rows = conn.execute(
        _VERSIONS + " and v.sequence > %s and v.urgency <= %s"
        " and not exists (select from reading r where r.sequence = v.sequence) order by v.sequence desc limit %s",
        (above, FLASH_URGENCY, limit),
    )
    return [Unread(sequence=row[0], item=row[1], agency=row[2], received=row[3]) for row in rows]


def older(conn: Connection, limit: int) -> list[Unread]:
    """The newest versions whose reading is to be renewed."""
    rows = conn.execute(
        _VERSIONS + " and v.sequence in (select sequence from reading where reader < (select renew from"
        " reading_progress) order by sequence desc limit %s) order by v.sequence desc",
        (limit,),
    )
    return [Unread(sequence=row[0], item=row[1], agency=row[2], received=row[3]) for row in rows]


def keep(conn: Connection, read: Sequence[Read]) -> None:
    """Store the readings, each in place of an older one; what was killed meanwhile is left out. Inside the caller's
    transaction."""
    conn.execute(
        "insert into reading (sequence, reader, body, problem) select x.sequence, x.reader, x.body, x.problem"
        " from unnest(%b::bigint[], %b::int[], %b::bytea[], %b::text[]) as x(sequence, reader, body, problem)"
        " join version v on v.sequence = x.sequence join item i on i.id = v.item"
        " where i.state not in ('killed', 'expunged') for share of i"
        " on conflict (sequence) do update set reader = excluded.reader, body = excluded.body,"
        " problem = excluded.problem, at = now()",
        (
            [one.sequence for one in read],
            [one.reading.version for one in read],
            [msgspec.json.encode(one.reading) for one in read],
            [one.problem for one in read],
        ),
    )


def drop_of(conn: Connection, items: Sequence[int]) -> None:
    """No reading of these items is left: they are killed. Inside the kill's transaction."""
    conn.execute(
        "delete from reading r using version v where v.item = any(%s) and r.sequence = v.sequence", (list(items),)
    )


def of_version(conn: Connection, sequence: int) -> Reading | None:
    """What was read of this version; None where it was not read yet, or is held or killed."""
    row = conn.execute(
        "select r.body from reading r join version v using (sequence) join item i on i.id = v.item"
        " where r.sequence = %s and i.state = 'usable'",
        (sequence,),
    ).fetchone()
    return msgspec.json.decode(row[0], type=Reading) if row else None


def of_item(conn: Connection, filed: Filed) -> Reading:
    """What was read of this version.

    Raises:
        NotFound: nothing was yet, or the item is held or killed.
    """
    if (found := of_version(conn, filed.version.sequence)) is None:
        why = "It was filed a moment ago" if filed.state == "usable" else f"The item is {filed.state}"
        raise NotFound(
            f"There is no reading of item {filed.item_id}",
            why,
            hint="Ask again in a few seconds; `dragoman doctor` says whether the read role runs.",
        )
    return found


def newest(conn: Connection) -> int:
    """The newest version there is; 0 without one."""
    row = conn.execute("select max(sequence) from version").fetchone()
    return int(row[0] or 0) if row else 0


def read_to(conn: Connection) -> int:
    """Every version up to this one has been read."""
    row = conn.execute("select read_to from reading_progress").fetchone()
    return int(row[0]) if row else 0


def reached(conn: Connection, sequence: int) -> None:
    """Every version up to `sequence` has been read."""
    conn.execute(
        "insert into reading_progress as p (read_to) values (%s) on conflict (one) do update"
        " set read_to = greatest(p.read_to, excluded.read_to)",
        (sequence,),
    )


def ask_renewal(conn: Connection, reader: int, *, by: str, now: datetime, since: datetime | None, whole: bool) -> None:
    """Have the readings of readers before `reader` renewed in the background; with `whole` those of this one as well. What
    could not be read is tried once more. `since`: only versions received since then; the others stay as they are."""
    conn.execute(
        "update reading r set reader = 0 from version v where v.sequence = r.sequence"
        " and (%s or r.problem <> '' or (r.reader < %s and %s::timestamptz is not null))"
        " and (%s::timestamptz is null or v.received >= %s)",
        (whole, reader, since, since, since),
    )
    conn.execute(
        "insert into reading_progress as p (renew, asked_by, asked_at) values (%s, %s, %s) on conflict (one) do update"
        " set renew = greatest(p.renew, excluded.renew), asked_by = excluded.asked_by, asked_at = excluded.asked_at",
        (1 if since else reader, by, now),
    )
    audit.record(conn, by, "reading renewed", "", since=since.isoformat() if since else "", whole=whole)


def progress(conn: Connection, reader: int) -> Progress:
    """How far reading has come."""
    row = conn.execute(
        "select (select count(*) from reading where reader > 0),"
        " (select count(*) from version v join item i on i.id = v.item where v.act not in ('hold', 'kill')"
        "  and i.state not in ('killed', 'expunged') and v.sequence > coalesce(p.read_to, 0)"
        "  and not exists (select from reading r where r.sequence = v.sequence)),"
        " (select count(*) from reading where reader < %s), (select count(*) from reading where problem <> ''),"
        " coalesce(p.renew, 0), coalesce(p.asked_by, ''), p.asked_at from (select) none left join reading_progress p on true",
        (reader,),
    ).fetchone()
    assert row is not None
    return Progress(
        reader=reader,
        read=row[0],
        waiting=row[1],
        older=row[2],
        problems=row[3],
        renewed_for=row[4],
        asked_by=row[5],
        asked_at=row[6],
    )
