"""The rows of a batch: its place in the order, versions, payloads, the items' standing, grants, deliveries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from dragoman.crash import crash
from dragoman.model.item import Correction, Item, Profile
from dragoman.model.version import VersionAct
from dragoman.store import darkroom, linking, order, readings, reuse
from dragoman.store.agreements import Book
from dragoman.store.connect import Connection
from dragoman.store.darkroom import Named
from dragoman.store.filing import copies
from dragoman.store.filing.placed import Placed
from dragoman.store.owed import STOPS, open_deliveries, priority, supersede_grants


def write(conn: Connection, agreements: Book, placed: Sequence[Placed], now: datetime) -> None:
    crash("filing.before-order")
    for one, sequence in zip(placed, order.allocate(conn, len(placed)), strict=True):
        one.sequence = sequence
    epoch = agreements.epoch
    _write_versions(conn, agreements, placed)
    copies.keep(conn, placed)
    crash("filing.versions-written")
    _write_items(conn, [one for one in placed if one.is_current])
    _take_back_the_older(conn, [one for one in placed if one.is_current and one.standing.current is not None], now)
    _write_grants(conn, agreements, placed, now)
    crash("filing.grants-written")
    owed = [one for one in placed if any(g.since <= now for g in one.grants)]
    open_deliveries(
        conn,
        [one.sequence for one in owed],
        [priority(one.act, one.filing.item.urgency, one.filing.bulk) for one in owed],
        epoch,
    )
    crash("filing.deliveries-written")


def _write_versions(conn: Connection, agreements: Book, placed: Sequence[Placed]) -> None:
    # Arrays, not COPY: PostgreSQL refuses COPY into a table with row-level security.
    ids = agreements.ids
    rows = [
        (
            one.sequence,
            one.key,
            one.digest,
            f.item.version,
            one.standing.id,
            ids[f.origin],
            ids[f.agency],
            one.act,
            one.silent,
            f.item.language or "und",
            f.item.type,
            f.item.urgency,
            one.at,
            f.received,
            one.embargo,
            f.arrival,
            f.unit,
            f.by,
        )
        for one in placed
        for f in (one.filing,)
    ]
    conn.execute(
        "insert into version (sequence, key, digest, version, item, origin, agency, act, silent, language, kind, urgency,"
        " at, received, embargoed_until, arrival, unit, by) select * from unnest(%b::bigint[], %b::bytea[], %b::bytea[],"
        " %b::text[], %b::bigint[], %b::int[], %b::int[], %b::text[], %b::boolean[], %b::text[], %b::text[], %b::int[],"
        " %b::timestamptz[], %b::timestamptz[], %b::timestamptz[], %b::bigint[], %b::int[], %b::text[])",
        _columns(rows),
    )
    conn.execute(
        "insert into payload (sequence, at, item) select * from unnest(%b::bigint[], %b::timestamptz[], %b::bytea[])",
        _columns([(one.sequence, one.filing.received, _payload(one)) for one in placed]),
    )
    darkroom.record(conn, [_named(one, ids) for one in placed if one.act not in STOPS])


def _named(one: Placed, ids: dict[str, int]) -> Named:
    filing = one.filing
    return Named(sequence=one.sequence, item=filing.item, agency=ids[filing.agency], arrival=filing.arrival)


def _payload(one: Placed) -> bytes:
    return msgspec.json.encode(tombstone(one.filing.item, one.act) if one.act in STOPS else one.filing.item)


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def tombstone(item: Item, act: VersionAct) -> Item:
    """What stays to be seen of a killed or held item: its name and the reason, no word of its text."""
    correction = item.ours.correction or Correction(kind="kill" if act == "kill" else "hold", reason=item.ed_note)
    return Item(
        uri=item.uri,
        type=item.type,
        version=item.version,
        version_created=item.version_created,
        pub_status="canceled" if act == "kill" else "withheld",
        language=item.language,
        slugline=item.slugline,
        urgency=item.urgency,
        ed_note=item.ed_note,
        dragoman=Profile(origin=item.ours.origin, correction=correction, hops=item.ours.hops),
    )


def _write_items(conn: Connection, placed: Sequence[Placed]) -> None:
    newest = {one.standing.id: one for one in placed}
    ones = list(newest.values())
    conn.execute(
        "update item i set state = x.state, held_by = x.held_by, current = x.current, current_version = x.version,"
        " current_at = x.at, embargoed_until = x.embargo from unnest(%s::bigint[], %b::text[], %b::text[], %s::bigint[],"
        " %b::text[], %s::timestamptz[], %s::timestamptz[]) as x(id, state, held_by, current, version, at, embargo)"
        " where i.id = x.id",
        (
            [one.standing.id for one in ones],
            [one.state for one in ones],
            [one.held_by for one in ones],
            [one.sequence for one in ones],
            [one.filing.item.version for one in ones],
            [one.at for one in ones],
            [one.embargo for one in ones],
        ),
    )
    killed = [one.standing.id for one in ones if one.act == "kill"]
    if killed:
        conn.execute("delete from kill_request where item = any(%s)", (killed,))
        readings.drop_of(conn, killed)
        reuse.drop_of(conn, killed)
        linking.drop_of(conn, killed)


def _take_back_the_older(conn: Connection, placed: Sequence[Placed], now: datetime) -> None:
    """Nothing of an older version starts any more; an attempt under way is followed on its lane by the newer one.

    Behind a hold that still stands there is nothing to take back but the hold, and that has to arrive.
    """
    placed = [one for one in placed if one.act in STOPS or one.state != "held"]
    if not placed:
        return
    items = [one.standing.id for one in placed]
    stopped = [one.standing.id for one in placed if one.act in STOPS]
    conn.execute(
        "update delivery set state = case when item = any(%s) then 'cancelled' else 'superseded' end,"
        " reason = case when item = any(%s) then 'held or killed' else 'a newer version' end"
        " where sequence in (select sequence from version where item = any(%s))"
        " and state in ('pending', 'retry') and sequence < all(%s)",
        (stopped, stopped, items, [one.sequence for one in placed]),
    )
    conn.execute(
        "update item_grant g set withdrawn = %s from version v where v.item = any(%s) and g.sequence = v.sequence"
        " and v.sequence < all(%s) and g.withdrawn is null and g.position is null",
        (now, items, [one.sequence for one in placed]),
    )


def _write_grants(conn: Connection, agreements: Book, placed: Sequence[Placed], now: datetime) -> None:
    rows = [
        (
            one.sequence,
            agreements.ids[g.agency],
            g.agreement,
            g.revision,
            g.since,
            g.advance,
            one.sequence if g.since <= now else None,
            "\x1f".join(g.reasons),
        )
        for one in placed
        for g in one.grants
    ]
    if rows:
        conn.execute(
            "insert into item_grant (sequence, agency, agreement, revision, since, advance, position, reasons)"
            " select sequence, agency, agreement, revision, since, advance, position, string_to_array(reasons, e'\\x1f')"
            " from unnest(%b::bigint[], %b::int[], %b::text[], %b::int[], %b::timestamptz[], %b::boolean[], %b::bigint[],"
            " %b::text[]) as x(sequence, agency, agreement, revision, since, advance, position, reasons)",
            _columns(rows),
        )
    followed = [one.sequence for one in placed if one.standing.current is not None]
    if followed:
        supersede_grants(conn, followed, now)
