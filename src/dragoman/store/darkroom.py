"""How files get here and renditions are made: what is named, what is to be fetched from whom, what is to be developed.

    named    a version names a file                       in the transaction that files the version
    fetched  from the arrival it came as, or the agency that named it; its digest is compared
    developed  its renditions are made, in a process of its own, and stored

Work is leased; whoever dies at any line leaves work that is done again, to the same end.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from dragoman.model.item import Item
from dragoman.model.picture import digest_of, original
from dragoman.model.provenance import Provenance
from dragoman.store import arrivals
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection
from dragoman.store.media import Rendition

LEASE = "2 minutes"
MOST_TRIES = 3
"""How often a picture may end the process that develops it."""


class Named(Struct, frozen=True, kw_only=True):
    """A version as filed, and the numbers of the agency that handed it over and of the arrival it came as."""

    sequence: int
    item: Item
    agency: int
    arrival: int | None = None


class Wanted(Struct, frozen=True, kw_only=True):
    """A file to be asked for at the agency's node, and how often that has failed. `arrival`: it lies there already."""

    digest: str
    agency: str
    node: str
    tries: int
    arrival: int | None = None


class Undeveloped(Struct, frozen=True, kw_only=True):
    """A file that is here and has no renditions, or (`for_print`) all but the large one for print."""

    digest: str
    media_type: str
    tries: int
    for_print: bool


def record(conn: Connection, versions: Iterable[Named]) -> None:
    """Write down which files the versions name. Inside the transaction that files them."""
    for one in versions:
        there = original(one.item) if one.item.type == "picture" and one.item.renditions else None
        if there is None:
            continue
        digest = bytes.fromhex(digest_of(there.href))
        _want(conn, digest, one.agency, there.content_type, there.width, there.height, one.arrival)
        conn.execute(
            "insert into media_use (digest, sequence) values (%s, %s) on conflict do nothing", (digest, one.sequence)
        )


def want(conn: Connection, digest: str, agency_id: int, media_type: str) -> None:
    """A file to be fetched from an agency that says it has it. Inside the caller's transaction; done twice, done once."""
    _want(conn, bytes.fromhex(digest), agency_id, media_type, 0, 0, None)


def _want(
    conn: Connection, digest: bytes, agency: int, media_type: str, width: int, height: int, arrival: int | None
) -> None:
    # What somebody has called a document is developed all the same once an item says that it is a picture.
    conn.execute(
        "insert into media_file (digest, media_type, width, height) values (%s, %s, %s, %s) on conflict (digest) do update"
        " set media_type = excluded.media_type, print = 'due',"
        " state = case when media_file.state = 'wanted' then 'wanted' else 'kept' end"
        " where media_file.media_type not like 'image/%%' and excluded.media_type like 'image/%%'",
        (digest, media_type if _TYPE.fullmatch(media_type) else "application/octet-stream", *_size(width, height)),
    )
    # The arrival counts only where its bytes are the file: any document may name any digest.
    conn.execute(
        "insert into media_holder (digest, agency, arrival) values (%s, %s,"
        " (select id from arrival where id = %s and digest = %s)) on conflict (digest, agency) do update"
        " set arrival = coalesce(media_holder.arrival, excluded.arrival), due = least(media_holder.due, now())",
        (digest, agency, arrival, digest),
    )


_TYPE = re.compile(r"[a-z]{1,20}/[a-zA-Z0-9.+_-]{1,100}", re.ASCII)
"""A media type as it may stand in a header (RFC 6838, 4.2): what an item says is a stranger's word."""
_EDGE = 1_000_000


def _size(width: int, height: int) -> tuple[int, int]:
    """Pixels that a picture may have; 0 by 0 until it has been looked at, where they are impossible."""
    return (width, height) if 0 < width < _EDGE and 0 < height < _EDGE else (0, 0)


def add(
    conn: Connection, digest: str, agency_id: int, media_type: str, size: int, width: int = 0, height: int = 0
) -> None:
    """A file of ours, or of `agency_id`, whose bytes are in the store. Inside the caller's transaction."""
    _want(conn, bytes.fromhex(digest), agency_id, media_type, width, height, None)
    arrived(conn, digest, agency_id, size)


def arrived(conn: Connection, digest: str, agency_id: int, size: int) -> None:
    """The agency has given the file: its bytes are in the store, their digest compared."""
    name = bytes.fromhex(digest)
    conn.execute(
        "update media_holder set proved = true, reason = '', until = '-infinity' where digest = %s and agency = %s",
        (name, agency_id),
    )
    conn.execute(
        "update media_file set state = case when media_type like 'image/%%' then 'kept' else 'ready' end,"
        " print = case when media_type like 'image/%%' then print else 'none' end, size = %s"
        " where digest = %s and state = 'wanted'",
        (size, name),
    )


def claim_wanted(conn: Connection, limit: int) -> list[Wanted]:
    """Files to be fetched, leased: those not here before those that somebody else has given already."""
    rows = conn.execute(
        "with next as (select h.digest, h.agency from media_holder h join media_file f on f.digest = h.digest"
        "   join agency a on a.id = h.agency where not h.proved and h.due <= now() and h.until < now()"
        "   and (h.arrival is not null or (a.node <> '' and not a.home))"
        "   order by f.state <> 'wanted', h.due limit %s for update of h skip locked),"
        f" h as (update media_holder m set tries = m.tries + 1, until = now() + interval '{LEASE}' from next"
        "   where m.digest = next.digest and m.agency = next.agency returning m.*)"
        " select encode(h.digest, 'hex'), a.code, a.node, h.tries, h.arrival from h join agency a on a.id = h.agency",
        (limit,),
    ).fetchall()
    return [Wanted(digest=r[0], agency=r[1], node=r[2], tries=r[3], arrival=r[4]) for r in rows]


def kept_already(conn: Connection, wanted: Wanted, store: ByteStore) -> bytes:
    """The bytes of the arrival that the file came as. Raises: Damaged: they are gone."""
    return arrivals.raw(conn, wanted.arrival or 0, store)


def not_fetched(conn: Connection, wanted: Wanted, why: str, again: timedelta) -> None:
    """It could not be had; it is asked for `again` later. The reason is shown on the picture's page."""
    conn.execute(
        "update media_holder h set due = now() + %s, until = '-infinity', reason = %s from agency a"
        " where a.id = h.agency and h.digest = %s and a.code = %s and not h.proved",
        (again, why[:500], bytes.fromhex(wanted.digest), wanted.agency),
    )


def why_not_here(conn: Connection, digest: str) -> list[tuple[str, str]]:
    """Which agencies were asked for the file in vain, and what they answered last."""
    rows = conn.execute(
        "select a.code, h.reason from media_holder h join agency a on a.id = h.agency"
        " where h.digest = %s and not h.proved and h.reason <> '' order by a.code",
        (bytes.fromhex(digest),),
    )
    return [(row[0], row[1]) for row in rows]


def claim_undeveloped(conn: Connection, limit: int) -> list[Undeveloped]:
    """Files to be developed, leased: what nobody can look at yet before what is only missing its print."""
    rows = conn.execute(
        "with next as (select digest from media_file where (state = 'kept' or (state = 'ready' and print = 'due'))"
        "   and until < now() order by state <> 'kept', added limit %s for update skip locked)"
        f" update media_file f set tries = f.tries + 1, until = now() + interval '{LEASE}' from next"
        " where f.digest = next.digest returning encode(f.digest, 'hex'), f.media_type, f.tries, f.state = 'ready'",
        (limit,),
    ).fetchall()
    return [Undeveloped(digest=r[0], media_type=r[1], tries=r[2], for_print=r[3]) for r in rows]


def developed(
    conn: Connection,
    digest: str,
    made: Sequence[Rendition],
    *,
    width: int,
    height: int,
    for_print: bool = False,
    provenance: Provenance | None = None,
) -> None:
    """Store which renditions there are now, the original's size in pixels, and what a C2PA manifest in it says. Inside the
    caller's transaction."""
    name = bytes.fromhex(digest)
    for one in made:
        conn.execute(
            "insert into media_rendition (file, name, digest, media_type, size, width, height)"
            " values (%s, %s, %s, %s, %s, %s, %s) on conflict (file, name) do update set digest = excluded.digest,"
            " media_type = excluded.media_type, size = excluded.size, width = excluded.width, height = excluded.height",
            (name, one.name, bytes.fromhex(one.digest), one.media_type, one.size, one.width, one.height),
        )
    conn.execute(
        "update media_file set state = 'ready', print = case when %s then 'made' else print end, width = %s, height = %s,"
        " tries = 0, until = '-infinity', reason = '', provenance = coalesce(%s, provenance) where digest = %s",
        (for_print, width, height, Jsonb(msgspec.to_builtins(provenance)) if provenance else None, name),
    )


def not_developed(conn: Connection, undeveloped: Undeveloped, why: str) -> None:
    """No rendition can be made of it: it stays as it came, with the reason. Without its print the others stay."""
    conn.execute(
        "update media_file set state = case when state = 'kept' then 'unfit' else state end, print = 'none',"
        " reason = %s, until = '-infinity' where digest = %s",
        (why[:500], bytes.fromhex(undeveloped.digest)),
    )
