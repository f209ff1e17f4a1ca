"""Arrivals: bytes kept before anything is understood, claimed in batches, and what became of each unit."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from dragoman.crash import crash
from dragoman.model.access import Access
from dragoman.model.arrival import Arrival, UnitState
from dragoman.model.delivery import FLASH_PRIORITY, KILL_PRIORITY, USUAL_PRIORITY
from dragoman.model.errors import Damaged, NotFound, Problem
from dragoman.store.bytes import IN_THE_DATABASE, ByteStore
from dragoman.store.connect import Connection, Row

LEASE = "60 seconds"
MAX_TRIES = 3


class Kept(Struct, frozen=True, kw_only=True):
    """Bytes on their way into the store, with what the feed knows of them."""

    body: bytes
    source: str = ""
    media_type: str = ""
    format: str = ""
    priority: int = USUAL_PRIORITY


class Claimed(Struct, frozen=True, kw_only=True):
    """An arrival leased to one pipeline, with its bytes and its feed's hints."""

    id: int
    token: int
    tries: int
    feed: str
    feed_kind: str
    agency: str
    received: datetime
    body: bytes
    source: str
    media_type: str
    format: str
    language: str
    charset: str
    zone: str
    priority: int
    access: Access = Access()


class UnitRow(Struct, frozen=True, kw_only=True):
    """What became of one unit of an arrival."""

    arrival: int
    index: int
    state: UnitState
    sequence: int | None = None
    problem: Problem | None = None


_HURRY = re.compile(
    rb'"(?:pubStatus|pubstatus)"\s*:\s*"(canceled|withheld)"|"urgency"\s*:\s*([12])\b|"action"\s*:\s*"(kill|hold)"'
)


def hurry(body: bytes) -> int:
    """The priority of bytes nobody has decoded yet: a kill or a flash shows in its first 64 KB. A guess that only
    decides what is decoded first."""
    found = _HURRY.search(body[:65536])
    if not found:
        return USUAL_PRIORITY
    return FLASH_PRIORITY if found.group(2) else KILL_PRIORITY


def keep(conn: Connection, feed: int, agency: int, kept: Sequence[Kept], files: ByteStore | None) -> list[int]:
    """The new arrivals' ids, in order. Inside the caller's transaction; nothing may be acknowledged before its commit."""
    ids: list[int] = []
    for one in kept:
        name = files.put(one.body) if files and len(one.body) > IN_THE_DATABASE else ""
        crash("receive.bytes-written")
        row = conn.execute(
            "with a as (insert into arrival (feed, agency, digest, size, media_type, source, format, priority, file)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s) returning id, received),"
            " b as (insert into arrival_bytes (arrival, at, bytes) select id, received, %s from a where %s = '')"
            " select id from a",
            (
                feed,
                agency,
                hashlib.sha256(one.body).digest(),
                len(one.body),
                one.media_type,
                one.source,
                one.format,
                one.priority,
                name,
                one.body if not name else b"",
                name,
            ),
        ).fetchone()
        assert row is not None
        ids.append(row[0])
    conn.execute("update feed set last_arrival = now() where id = %s", (feed,))
    crash("receive.row-written")
    return ids


def claim(conn: Connection, limit: int, files: ByteStore | None, *, express: bool | None = None) -> list[Claimed]:
    """Up to `limit` kept arrivals, kills and flashes first, leased to us. A batch holds one kind of hurry, so that a
    flash is not committed together with a backlog; `express` wants only those, or only the others. Feeds take turns: a
    flood in one, or what it calls a flash, is in front of nobody else. The try is counted before it is made: a crash counts."""
    # Written out, not compared with a parameter: so the index on (feed, priority, id) knows where to begin.
    hurry = {None: "", True: " and priority <= 1", False: " and priority > 1"}[express]
    rows = conn.execute(
        "with heads as (select a.id, a.priority, row_number() over (partition by f.id order by a.priority, a.id) as turn"
        "   from feed f cross join lateral (select id, priority from arrival where state = 'kept' and feed = f.id"
        f"    and until < now(){hurry} order by priority, id limit %s) a),"
        " chosen as (select id from heads where (priority <= 1) = (select min(priority) <= 1 from heads)"
        "   order by turn, priority, id limit %s),"
        " next as (select id from arrival where id in (select id from chosen) and state = 'kept' and until < now()"
        "   for update skip locked),"
        f" a as (update arrival set token = token + 1, tries = tries + 1, until = now() + interval '{LEASE}'"
        "   from next where arrival.id = next.id returning arrival.*)"
        " select a.id, a.token, a.tries, f.name, f.kind, g.code, a.received, b.bytes, a.source, a.media_type,"
        "   coalesce(nullif(a.format, ''), f.format), f.language, f.charset, f.zone, a.priority, a.file, f.access"
        " from a join feed f on f.id = a.feed join agency g on g.id = a.agency"
        " left join arrival_bytes b on b.arrival = a.id and b.at = a.received order by a.priority, a.id",
        (limit, limit),
    ).fetchall()
    crash("pipeline.claimed")
    found = [_read(conn, row, files) for row in rows]
    return [one for one in found if one is not None]


def _read(conn: Connection, row: Row, files: ByteStore | None) -> Claimed | None:
    """The claimed arrival; None, and parked, where its bytes are gone: its neighbours must not suffer for it."""
    try:
        return _claimed(row, files)
    except Damaged as error:
        with conn.transaction():
            record_units(conn, [UnitRow(arrival=row[0], index=0, state="parked", problem=error.problem())])
            conn.execute(
                "update arrival set state = 'parked', until = '-infinity' where id = %s and token = %s and state = 'kept'",
                (row[0], row[1]),
            )
        return None


def _claimed(row: Row, files: ByteStore | None) -> Claimed:
    body = row[7] if row[7] is not None else (files.get(row[15]) if files else b"")
    return Claimed(
        id=row[0],
        token=row[1],
        tries=row[2],
        feed=row[3],
        feed_kind=row[4],
        agency=row[5],
        received=row[6],
        body=bytes(body),
        source=row[8],
        media_type=row[9],
        format=row[10],
        language=row[11],
        charset=row[12],
        zone=row[13],
        priority=row[14],
        access=msgspec.convert(row[16], Access),
    )


def record_units(conn: Connection, units: Sequence[UnitRow]) -> None:
    """Write what became of the units; a retried arrival's units replace what stood there. Inside the transaction."""
    conn.execute(
        "insert into unit (arrival, index, state, sequence, problem)"
        " select * from unnest(%s::bigint[], %s::int[], %s::text[], %s::bigint[], %s::jsonb[])"
        " on conflict (arrival, index) do update set state = excluded.state, sequence = excluded.sequence,"
        " problem = excluded.problem where unit.state = 'parked'",
        (
            [u.arrival for u in units],
            [u.index for u in units],
            [u.state for u in units],
            [u.sequence for u in units],
            [Jsonb(msgspec.to_builtins(u.problem)) if u.problem else None for u in units],
        ),
    )


def finish(conn: Connection, claimed: Iterable[Claimed], parked: frozenset[int] = frozenset()) -> int:
    """Mark the arrivals decoded, those in `parked` parked; how many were still ours. Inside the transaction."""
    ours = list(claimed)
    done = conn.execute(
        "update arrival a set state = case when a.id = any(%s) then 'parked' else 'decoded' end, until = '-infinity'"
        " from unnest(%s::bigint[], %s::bigint[]) as x(id, token)"
        " where a.id = x.id and a.token = x.token and a.state = 'kept'",
        (list(parked), [c.id for c in ours], [c.token for c in ours]),
    )
    return done.rowcount


def give_back(conn: Connection, claimed: Iterable[Claimed]) -> None:
    """Return the lease without an outcome: the next claim takes them up at once."""
    conn.execute(
        "update arrival a set until = '-infinity' from unnest(%s::bigint[], %s::bigint[]) as x(id, token)"
        " where a.id = x.id and a.token = x.token and a.state = 'kept'",
        ([c.id for c in claimed], [c.token for c in claimed]),
    )


class ArrivalRow(Struct, frozen=True, kw_only=True):
    """An arrival as people look at it, with the count of its units by state."""

    arrival: Arrival
    state: str
    tries: int
    stored: int
    duplicate: int
    parked: int
    refused: int
    problem: Problem | None = None


_LISTED = (
    "select a.id, f.name, g.code, a.received, a.digest, a.size, a.source, a.media_type, a.state, a.tries,"
    " count(*) filter (where u.state = 'stored'), count(*) filter (where u.state = 'duplicate'),"
    " count(*) filter (where u.state = 'parked'), count(*) filter (where u.state = 'refused'),"
    " (array_agg(u.problem) filter (where u.problem is not null))[1]"
    " from arrival a join feed f on f.id = a.feed join agency g on g.id = a.agency left join unit u on u.arrival = a.id"
)


def arrivals(conn: Connection, *, parked: bool = False, feed: str = "", limit: int = 50) -> list[ArrivalRow]:
    """Newest first; only those with something parked, or of one feed, when asked."""
    rows = conn.execute(
        _LISTED
        + " where (not %s or a.state = 'parked' or exists (select from unit p where p.arrival = a.id and p.state = 'parked'))"
        " and (%s = '' or f.name = %s) group by a.id, f.name, g.code order by a.id desc limit %s",
        (parked, feed, feed, limit),
    )
    return [_listed(row) for row in rows]


def arrival(conn: Connection, number: int) -> ArrivalRow:
    """
    Raises:
        NotFound: there is no such arrival.
    """
    row = conn.execute(_LISTED + " where a.id = %s group by a.id, f.name, g.code", (number,)).fetchone()
    if row is None:
        raise NotFound(f"There is no arrival {number}", hint="`dragoman arrival list` shows them.")
    return _listed(row)


def _listed(row: Row) -> ArrivalRow:
    return ArrivalRow(
        arrival=Arrival(
            id=row[0],
            feed=row[1],
            agency=row[2],
            received=row[3],
            digest=bytes(row[4]),
            size=row[5],
            source=row[6],
            media_type=row[7],
        ),
        state=row[8],
        tries=row[9],
        stored=row[10],
        duplicate=row[11],
        parked=row[12],
        refused=row[13],
        problem=msgspec.convert(row[14], Problem) if row[14] else None,
    )


def units(conn: Connection, number: int) -> list[UnitRow]:
    rows = conn.execute(
        "select arrival, index, state, sequence, problem from unit where arrival = %s order by index", (number,)
    )
    return [
        UnitRow(
            arrival=r[0],
            index=r[1],
            state=r[2],
            sequence=r[3],
            problem=msgspec.convert(r[4], Problem) if r[4] else None,
        )
        for r in rows
    ]


def raw(conn: Connection, number: int, files: ByteStore | None) -> bytes:
    """The bytes exactly as they came.

    Raises:
        NotFound: there is no such arrival.
    """
    row = conn.execute(
        "select b.bytes, a.file from arrival a left join arrival_bytes b on b.arrival = a.id"
        " and b.at = a.received where a.id = %s",
        (number,),
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no arrival {number}", hint="`dragoman arrival list` shows them.")
    return bytes(row[0]) if row[0] is not None else (files.get(row[1]) if files else b"")


_PARKED = "(a.state = 'parked' or exists (select from unit u where u.arrival = a.id and u.state = 'parked'))"


def retry(conn: Connection, number: int, *, format: str = "") -> None:
    """Send a parked arrival, or one with parked units, through the pipeline again, read as `format` where one is named.

    Raises:
        NotFound: it has nothing parked.
    """
    done = conn.execute(
        "update arrival a set state = 'kept', tries = 0, until = '-infinity', format = coalesce(nullif(%s, ''), format)"
        f" where id = %s and {_PARKED}",
        (format, number),
    )
    if done.rowcount == 0:
        raise NotFound(f"Arrival {number} has nothing parked", hint="`dragoman arrival list --parked` shows what is.")


def parked_of(conn: Connection, feed: str) -> list[int]:
    """The arrivals of a feed that have something parked, oldest first."""
    rows = conn.execute(
        f"select a.id from arrival a join feed f on f.id = a.feed where f.name = %s and {_PARKED} order by a.id",
        (feed,),
    )
    return [row[0] for row in rows]
