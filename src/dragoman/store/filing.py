"""Filing: versions, grants and deliveries of a batch in one transaction. Whoever makes a version comes through here.

place       is it new, newer, the same again, not theirs to send?          (pure: store.identity)
grant       who is owed it, on which terms, from when?                     (pure: route.matching)
write       order, version, payload, grants, deliveries, a kill's reach    (one transaction)
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from dragoman.crash import crash
from dragoman.model.agreement import Grant
from dragoman.model.arrival import UnitState
from dragoman.model.errors import Problem
from dragoman.model.item import Correction, Item, Profile
from dragoman.model.version import ItemState, Version, VersionAct, item_key, version_key
from dragoman.route.matching import FOLLOW_UP, HOLDER, grants_owed
from dragoman.store import audit, order
from dragoman.store.agreements import Book, book
from dragoman.store.connect import Connection
from dragoman.store.identity import Place, Standing, act_of, content_digest, place
from dragoman.store.owed import STOPS, open_deliveries, priority, supersede_grants


class Filing(Struct, frozen=True, kw_only=True):
    """A version to be filed: what it says, who wrote it, who handed it to us."""

    item: Item
    origin: str
    agency: str
    received: datetime
    act: VersionAct | None = None
    arrival: int | None = None
    unit: int = 0
    by: str = ""
    bulk: bool = False


class Filed(Struct, frozen=True, kw_only=True):
    """What became of a filing: the same four words as a unit's state."""

    state: UnitState
    sequence: int | None = None
    problem: Problem | None = None
    act: VersionAct = "publish"


class _Placed(Struct, kw_only=True):
    """A filing that will become a row."""

    filing: Filing
    number: int
    standing: Standing
    act: VersionAct
    where: Place
    key: bytes
    digest: bytes
    at: datetime
    silent: bool
    sequence: int = 0
    grants: Sequence[Grant] = ()

    @property
    def is_current(self) -> bool:
        return self.where in ("new", "newer", "silent")


def file(conn: Connection, filings: Sequence[Filing], now: datetime) -> list[Filed]:
    """What became of each, in order. Inside the caller's transaction; afterwards wake the followers.

    The items are locked in the order of their keys, so that two filers never wait for each other in a ring.
    """
    agreements = book(conn)
    standings = _lock_items(conn, agreements, filings)
    known = _known_versions(conn, filings)
    outcomes: list[Filed] = []
    placed: list[_Placed] = []
    for number, filing in enumerate(filings):
        one = _place(agreements, standings, known, number, filing)
        outcomes.append(_refusal(conn, agreements, one) or Filed(state="stored", act=one.act))
        if outcomes[-1].state == "stored":
            placed.append(one)
    if placed:
        _grant(conn, agreements, placed, now)
        _write(conn, agreements, placed, now)
    for one in placed:
        outcomes[one.number] = Filed(state="stored", sequence=one.sequence, act=one.act)
    return outcomes


# ------------------------------------------------------------------------------------------------ place


def _lock_items(conn: Connection, agreements: Book, filings: Sequence[Filing]) -> dict[bytes, Standing]:
    """The standing of every item touched, its row made if new, locked until the commit."""
    items = {item_key(f.origin, f.item.uri): (agreements.ids[f.origin], f.item.uri) for f in filings}
    keys = sorted(items)
    conn.execute(
        "insert into item (key, origin, uri) select * from unnest(%s::bytea[], %s::int[], %b::text[])"
        " on conflict (key) do nothing",
        (keys, [items[k][0] for k in keys], [items[k][1] for k in keys]),
    )
    rows = conn.execute(
        "select key, id, state, held_by, current, current_version, current_at from item where key = any(%s)"
        " order by key for no key update",
        (keys,),
    ).fetchall()
    strangers = _strangers(conn, agreements, [row[4] for row in rows if row[4] is not None])
    return {
        bytes(r[0]): Standing(
            id=r[1], state=r[2], held_by=r[3], current=r[4], version=r[5], at=r[6], by_stranger=r[4] in strangers
        )
        for r in rows
    }


def _strangers(conn: Connection, agreements: Book, currents: list[int]) -> set[int]:
    """Which of these versions came from neither their origin, nor us, nor a relay. Asked once the items are locked: a
    version that was filed while we waited for the lock is not in the sight of the statement that waited."""
    if not currents:
        return set()
    rows = conn.execute("select sequence, agency, origin from version where sequence = any(%s)", (currents,))
    codes = agreements.codes
    return {sequence for sequence, agency, origin in rows if not _speaks_for(agreements, codes[agency], codes[origin])}


def _speaks_for(agreements: Book, agency: str, origin: str) -> bool:
    """May `agency` change what `origin` wrote? The origin itself may, we may for our readers, and a relay it has named."""
    return agency in (origin, agreements.home) or agreements.relays(agency, origin)


def _known_versions(conn: Connection, filings: Sequence[Filing]) -> dict[bytes, dict[bytes, int | None]]:
    keys = [version_key(f.origin, f.item.uri, f.item.version) for f in filings]
    known: dict[bytes, dict[bytes, int | None]] = {}
    for key, digest, sequence in conn.execute("select key, digest, sequence from version where key = any(%s)", (keys,)):
        known.setdefault(bytes(key), {})[bytes(digest)] = sequence
    return known


def _place(
    agreements: Book,
    standings: dict[bytes, Standing],
    known: dict[bytes, dict[bytes, int | None]],
    number: int,
    filing: Filing,
) -> _Placed:
    name = item_key(filing.origin, filing.item.uri)
    standing = standings[name]
    item = filing.item
    key, digest = version_key(filing.origin, item.uri, item.version), content_digest(item)
    act = act_of(item, standing, filing.act)
    versions = known.setdefault(key, {})
    ours = filing.agency == agreements.home and filing.arrival is None
    if act == "release" and standing.held_by == agreements.home and not ours:
        act = "update"  # what we hold only we release: the origin's next version waits behind our hold
    where = place(
        standing,
        version=item.version,
        at=item.version_created,
        act=act,
        known=bool(versions),
        same=digest in versions,
        may_change=ours or filing.agency == filing.origin or agreements.relays(filing.agency, filing.origin),
    )
    at = item.version_created or filing.received
    one = _Placed(
        filing=filing,
        number=number,
        standing=standing,
        act=act,
        where=where,
        key=key,
        digest=digest,
        at=at,
        silent=bool(versions),
    )
    if one.is_current or where == "older":
        versions[digest] = None
    if one.is_current:  # a later one in the same batch stands on this one
        standings[name] = msgspec.structs.replace(
            standing,
            current=standing.current or -1,
            version=item.version,
            at=at,
            by_stranger=not _speaks_for(agreements, filing.agency, filing.origin),
            state=_state_after(standing, act),
            held_by=_held_by(one),
        )
    return one


def _state_after(standing: Standing, act: VersionAct) -> ItemState:
    changed: dict[VersionAct, ItemState] = {"kill": "killed", "hold": "held", "release": "usable"}
    return changed.get(act, standing.state)


def _refusal(conn: Connection, agreements: Book, one: _Placed) -> Filed | None:
    """Why it is not filed; a kill from someone who is not the origin becomes a request to a person."""
    filing = one.filing
    if one.where == "duplicate":
        return Filed(state="duplicate", act=one.act)
    if one.where == "after-a-kill":
        return Filed(
            state="parked",
            act=one.act,
            problem=Problem(
                type="urn:dragoman:problem:after-a-kill",
                status=409,
                title="The item was killed; a newer version came",
                detail=f"{filing.item.uri} version {filing.item.version}",
                kept="The bytes.",
                hint="If the origin has issued a substitute, ask it to send it under an id of its own.",
            ),
        )
    if one.where != "not-the-origin":
        return None
    reason = filing.item.ours.correction.reason if filing.item.ours.correction else filing.item.ed_note
    conn.execute(
        "insert into hold_request (item, origin, uri, agency, act, reason) values (%s, %s, %s, %s, %s, %s)",
        (
            one.standing.id,
            agreements.ids[filing.origin],
            filing.item.uri,
            agreements.ids[filing.agency],
            one.act,
            reason,
        ),
    )
    audit.record(
        conn, filing.agency, "hold requested", filing.item.uri, origin=filing.origin, wanted=one.act, reason=reason
    )
    return Filed(
        state="refused",
        act=one.act,
        problem=Problem(
            type="urn:dragoman:problem:not-the-origin",
            status=403,
            title=f"Only {filing.origin} or a relay named for it may {one.act} this item",
            detail=f"{filing.item.uri} came from {filing.agency}",
            kept="The bytes, and a hold request for the desk.",
            hint=f"Ask {filing.origin} to send it, or name {filing.agency} as its relay in an agreement.",
        ),
    )


# ------------------------------------------------------------------------------------------------ grant


def _grant(conn: Connection, agreements: Book, placed: Sequence[_Placed], now: datetime) -> None:
    """Fill in who is owed each version that is now an item's current one."""
    histories = [one.standing.id for one in placed if one.is_current and one.standing.current is not None]
    earlier = _earlier_grants(conn, agreements, histories, now)
    used = _quotas(conn, agreements, now)
    last = {
        one.standing.id: one for one in placed if one.is_current
    }  # of two versions in one batch only the newer goes
    for one in last.values():
        if one.standing.held_by == agreements.home and one.act not in (*STOPS, "release"):
            continue
        version = Version(
            item=one.filing.item,
            origin=one.filing.origin,
            agency=one.filing.agency,
            act=one.act,
            state=_state_after(one.standing, one.act),
            received=one.filing.received,
            digest=one.digest,
        )
        one.grants = grants_owed(
            version,
            agreements.active,
            home=agreements.home,
            now=now,
            earlier=earlier.get(one.standing.id, ()),
            quota_used=used,
        ).grants
        for grant in one.grants:
            if agreements.has_quota(grant.agreement) and not {FOLLOW_UP, HOLDER} & set(grant.reasons):
                used[grant.agreement] = used.get(grant.agreement, 0) + 1
                conn.execute(
                    "insert into quota_used values (%s, %s, 1) on conflict (agreement, day)"
                    " do update set used = quota_used.used + 1",
                    (grant.agreement, now.date()),
                )


def _earlier_grants(conn: Connection, agreements: Book, items: list[int], now: datetime) -> dict[int, list[Grant]]:
    """The grants of earlier versions of these items, withdrawn ones included.

    Who has had the copy is told by the grant's place in the feed, not by clocks: one that has its place has counted, one
    whose hour has come but which has not been lifted never did.
    """
    if not items:
        return {}
    rows = conn.execute(
        "select v.item, g.agency, g.agreement, g.revision, g.sequence,"
        " case when g.position is null then g.since else least(g.since, %s) end,"
        " case when g.position is null then g.since end, g.advance"
        " from version v join item_grant g using (sequence) where v.item = any(%s) order by g.sequence",
        (now, items),
    )
    found: dict[int, list[Grant]] = {}
    for item, agency, agreement, revision, sequence, since, withdrawn, advance in rows:
        found.setdefault(item, []).append(
            Grant(
                agency=agreements.codes[agency],
                agreement=agreement,
                revision=revision,
                sequence=sequence,
                since=since,
                withdrawn=withdrawn,
                advance=advance,
            )
        )
    return found


def _quotas(conn: Connection, agreements: Book, now: datetime) -> dict[str, int]:
    if not agreements.quotas:
        return {}
    rows = conn.execute("select agreement, used from quota_used where day = %s", (now.date(),))
    return {row[0]: row[1] for row in rows}


# ------------------------------------------------------------------------------------------------ write


def _write(conn: Connection, agreements: Book, placed: Sequence[_Placed], now: datetime) -> None:
    crash("filing.before-order")
    for one, sequence in zip(placed, order.allocate(conn, len(placed)), strict=True):
        one.sequence = sequence
    epoch = agreements.epoch
    _write_versions(conn, agreements, placed)
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


def _write_versions(conn: Connection, agreements: Book, placed: Sequence[_Placed]) -> None:
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
            f.item.embargoed_until,
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


def _payload(one: _Placed) -> bytes:
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


def _write_items(conn: Connection, placed: Sequence[_Placed]) -> None:
    newest = {one.standing.id: one for one in placed}
    ones = list(newest.values())
    conn.execute(
        "update item i set state = x.state, held_by = x.held_by, current = x.current, current_version = x.version,"
        " current_at = x.at, embargoed_until = x.embargo from unnest(%s::bigint[], %b::text[], %b::text[], %s::bigint[],"
        " %b::text[], %s::timestamptz[], %s::timestamptz[]) as x(id, state, held_by, current, version, at, embargo)"
        " where i.id = x.id",
        (
            [one.standing.id for one in ones],
            [_state_after(one.standing, one.act) for one in ones],
            [_held_by(one) for one in ones],
            [one.sequence for one in ones],
            [one.filing.item.version for one in ones],
            [one.at for one in ones],
            [one.filing.item.embargoed_until for one in ones],
        ),
    )
    killed = [one.standing.id for one in ones if one.act == "kill"]
    if killed:
        conn.execute("delete from kill_request where item = any(%s)", (killed,))


def _held_by(one: _Placed) -> str:
    if one.act == "hold":
        return one.filing.agency
    return "" if one.act in ("release", "kill") else one.standing.held_by


def _take_back_the_older(conn: Connection, placed: Sequence[_Placed], now: datetime) -> None:
    """Nothing of an older version starts any more; an attempt under way is followed on its lane by the newer one.

    Behind a hold that still stands there is nothing to take back but the hold, and that has to arrive.
    """
    placed = [one for one in placed if one.act in STOPS or _state_after(one.standing, one.act) != "held"]
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


def _write_grants(conn: Connection, agreements: Book, placed: Sequence[_Placed], now: datetime) -> None:
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
