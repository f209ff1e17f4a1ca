"""Where a version belongs, once the items of its batch are locked; and why one is not filed."""

from collections.abc import Mapping, Sequence

import msgspec

from dragoman.model.errors import Problem
from dragoman.model.version import item_key, version_key
from dragoman.store import audit
from dragoman.store.agreements import Book
from dragoman.store.connect import Connection
from dragoman.store.filing.placed import Filed, Filing, Placed
from dragoman.store.identity import Standing, act_of, content_digest
from dragoman.store.identity import place as belongs


def touched(agreements: Book, filings: Sequence[Filing]) -> dict[bytes, tuple[int, str]]:
    """The items of these filings by their keys: the origin's number, the uri."""
    return {item_key(f.origin, f.item.uri): (agreements.ids[f.origin], f.item.uri) for f in filings}


def lock_items(conn: Connection, agreements: Book, items: Mapping[bytes, tuple[int, str]]) -> dict[bytes, Standing]:
    """The standing of every item, its row made if new, locked until the commit."""
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


def known_versions(conn: Connection, filings: Sequence[Filing]) -> dict[bytes, dict[bytes, int | None]]:
    keys = [version_key(f.origin, f.item.uri, f.item.version) for f in filings]
    known: dict[bytes, dict[bytes, int | None]] = {}
    for key, digest, sequence in conn.execute("select key, digest, sequence from version where key = any(%s)", (keys,)):
        known.setdefault(bytes(key), {})[bytes(digest)] = sequence
    return known


def place(
    agreements: Book,
    standings: dict[bytes, Standing],
    known: dict[bytes, dict[bytes, int | None]],
    number: int,
    filing: Filing,
) -> Placed:
    name = item_key(filing.origin, filing.item.uri)
    standing = standings[name]
    item = filing.item
    key, digest = version_key(filing.origin, item.uri, item.version), content_digest(item)
    act = act_of(item, standing, filing.act)
    versions = known.setdefault(key, {})
    ours = filing.agency == agreements.home and filing.arrival is None
    if act == "release" and standing.held_by == agreements.home and not ours:
        act = "update"  # what we hold only we release: the origin's next version waits behind our hold
    where = belongs(
        standing,
        version=item.version,
        at=item.version_created,
        act=act,
        known=bool(versions),
        same=digest in versions,
        may_change=ours or filing.agency == filing.origin or agreements.relays(filing.agency, filing.origin),
    )
    at = item.version_created or filing.received
    one = Placed(
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
            state=one.state,
            held_by=one.held_by,
        )
    return one


def refusal(conn: Connection, agreements: Book, one: Placed) -> Filed | None:
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
