"""The way in, top to bottom: arrivals become filed versions.

    claim     kept arrivals, leased to us, kills and flashes first           store.arrivals
    decode    bytes → units, in the box, before any transaction              receive.decoding, formats, read
    put away  pictures that came inside an arrival (attached to a mail)      store.bytes
    file      versions, grants, deliveries, units, receipts: one transaction store.filing, route
    wake      whoever follows the store                                      store.connect

A batch that fails is tried one by one, so that one poison arrival does not hold up its neighbours.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec
import structlog

from dragoman.crash import crash
from dragoman.model.arrival import Hints, Unit
from dragoman.model.delivery import BULK_PRIORITY
from dragoman.model.errors import DragomanError, Problem, TryAgain
from dragoman.model.item import Hop
from dragoman.model.picture import digest_of, original, without_addresses
from dragoman.receive.decoding import Decoded, Job
from dragoman.store import arrivals, audit, darkroom, filing, letters
from dragoman.store.agreements import Book, book
from dragoman.store.arrivals import Claimed, UnitRow
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection, collided, translated
from dragoman.store.filing import Filed, Filing
from dragoman.store.letters import Receipt, Receipts
from dragoman.store.owed import STOPS

log = structlog.get_logger("pipeline")
MOST_COLLISIONS = 5
"""How often in a row a batch is filed anew because another transaction stood in its way."""


def job_of(claimed: Claimed) -> Job:
    """What the box is given of an arrival."""
    return Job(
        claimed.id,
        claimed.body,
        Hints(
            format=claimed.format,
            media_type=claimed.media_type,
            charset=claimed.charset,
            language=claimed.language,
            zone=claimed.zone,
            agency=claimed.agency,
            source=claimed.source,
            received=claimed.received,
            senders=claimed.access.senders,
            vouching=claimed.access.vouching,
        ),
    )


def take_in(
    conn: Connection,
    claimed: Sequence[Claimed],
    decoded: Sequence[Decoded],
    now: datetime,
    *,
    files: ByteStore | None = None,
    collisions: int = 0,
) -> int:
    """File what was decoded; how many versions. One transaction; if it fails, one for each arrival. `files` keeps the
    pictures that came inside an arrival.

    Raises:
        TryAgain: the database is away or full; the leases are left to run out, nothing is lost.
    """
    by_id = {d.arrival: d for d in decoded}
    try:
        return _file(conn, claimed, by_id, now, files)
    except TryAgain as error:
        if collided(error) and collisions < MOST_COLLISIONS:
            return take_in(conn, claimed, decoded, now, files=files, collisions=collisions + 1)
        raise
    except Exception as error:  # whatever it is, its neighbours must not suffer for it
        if len(claimed) > 1:
            return sum(take_in(conn, [one], [by_id[one.id]], now, files=files) for one in claimed)
        _park(conn, claimed[0], error)
        return 0


def _file(
    conn: Connection, claimed: Sequence[Claimed], decoded: dict[int, Decoded], now: datetime, files: ByteStore | None
) -> int:
    pictures = _put_away(files, decoded)
    with translated(), conn.transaction():
        agreements = book(conn)
        units = [(c, u) for c in claimed for u in decoded[c.id].units]
        filings = [_filing(agreements, c, u, decoded[c.id], now) for c, u in units]
        filed = _filed(conn, filings, now)
        for (c, u), f in zip(units, filed, strict=True):
            if (digest := pictures.get((c.id, u.index))) and f.state in ("stored", "duplicate") and u.item:
                kind = u.item.renditions[0].content_type
                darkroom.add(conn, digest, agreements.ids[c.agency], kind, len(u.body))
        crash("pipeline.filed")
        rows = [
            UnitRow(arrival=c.id, index=u.index, state=f.state, sequence=f.sequence, problem=f.problem)
            for (c, u), f in zip(units, filed, strict=True)
        ]
        if rows:
            arrivals.record_units(conn, rows)
        _post_receipts(conn, units, filed, now)
        parked = frozenset(row.arrival for row in rows if row.state == "parked") | {
            c.id for c in claimed if not decoded[c.id].units
        }
        if arrivals.finish(conn, claimed, parked) != len(claimed):
            raise _LostLease("The lease ran out")
        crash("pipeline.before-commit")
    crash("pipeline.committed")
    return sum(f.state == "stored" for f in filed)


def _put_away(files: ByteStore | None, decoded: dict[int, Decoded]) -> dict[tuple[int, int], str]:
    """The names of the pictures that came inside an arrival, by arrival and unit; their bytes are on the disk.

    Raises:
        TryAgain: the disk has no room.
    """
    put: dict[tuple[int, int], str] = {}
    for one in decoded.values():
        for unit in one.units:
            there = original(unit.item) if files and unit.body and unit.item else None
            if files and there and digest_of(there.href) == hashlib.sha256(unit.body).hexdigest():
                put[one.arrival, unit.index] = files.put(unit.body)
    return put


class _LostLease(DragomanError):
    """Somebody else has taken the arrivals over: leave it to them."""


def _filing(agreements: Book, claimed: Claimed, unit: Unit, decoded: Decoded, now: datetime) -> Filing | Filed:
    """The unit as a version to be filed, or why it is not one."""
    if unit.item is None:
        return Filed(state="parked", problem=unit.problem)
    item, native = unit.item, claimed.feed_kind == "node"
    origin = (item.ours.origin if native else "") or claimed.agency
    if origin not in agreements.ids:
        return Filed(
            state="parked",
            problem=Problem(
                type="urn:dragoman:problem:unknown-agency",
                status=422,
                title=f"The agency {origin} is not known here",
                detail=f"{item.uri}, handed over by {claimed.agency}",
                kept="The bytes.",
                hint=f"`dragoman agency add {origin}`, then `dragoman arrival retry {claimed.id}`.",
            ),
        )
    if native and decoded.act not in STOPS and not agreements.gives(claimed.agency, now):
        return Filed(
            state="refused",
            problem=Problem(
                type="urn:dragoman:problem:no-agreement",
                status=403,
                title=f"No agreement under which {claimed.agency} gives to {agreements.home} is in force",
                detail=item.uri,
                kept="The bytes.",
                hint="Propose one, or renew the one that has ended.",
            ),
        )
    item = without_addresses(item)
    profile = msgspec.structs.replace(item.ours, origin=origin)
    if native and (not profile.hops or profile.hops[-1].agency != claimed.agency):
        profile = msgspec.structs.replace(
            profile, hops=(*profile.hops, Hop(agency=claimed.agency, at=claimed.received))
        )
    return Filing(
        item=msgspec.structs.replace(item, dragoman=profile),
        origin=origin,
        agency=claimed.agency,
        received=claimed.received,
        act=decoded.act,
        arrival=claimed.id,
        unit=unit.index,
        bulk=claimed.priority >= BULK_PRIORITY,
    )


def _filed(conn: Connection, filings: Sequence[Filing | Filed], now: datetime) -> list[Filed]:
    wanted = [f for f in filings if isinstance(f, Filing)]
    outcomes = iter(filing.file(conn, wanted, now) if wanted else ())
    return [f if isinstance(f, Filed) else next(outcomes) for f in filings]


def _post_receipts(
    conn: Connection, units: Sequence[tuple[Claimed, Unit]], filed: Sequence[Filed], now: datetime
) -> None:
    """A receipt for every unit a node handed us, in one letter a partner."""
    by_partner: dict[str, list[Receipt]] = {}
    for (claimed, unit), outcome in zip(units, filed, strict=True):
        if claimed.feed_kind == "node":
            by_partner.setdefault(claimed.agency, []).append(
                Receipt(
                    delivery=claimed.source,
                    uri=unit.item.uri if unit.item else "",
                    version=unit.item.version if unit.item else "",
                    act=outcome.act,
                    outcome=outcome.state,
                    at=now,
                    detail=outcome.problem.title if outcome.problem else "",
                )
            )
    for partner, receipts in by_partner.items():
        letters.post(conn, partner, "receipt", msgspec.json.encode(Receipts(receipts=receipts, head=audit.head(conn))))


def park(conn: Connection, claimed: Claimed, why: str) -> None:
    """Set an arrival aside whose decoding ended its worker: its bytes, the reason, no more tries."""
    problem = Problem(
        type="urn:dragoman:problem:poison",
        status=422,
        title="The bytes could not be decoded within limits",
        detail=why,
        kept="The bytes.",
        hint=f"Look at them: `dragoman arrival show {claimed.id}`; then `dragoman arrival retry {claimed.id}`.",
    )
    with translated(), conn.transaction():
        arrivals.record_units(conn, [UnitRow(arrival=claimed.id, index=0, state="parked", problem=problem)])
        arrivals.finish(conn, [claimed], frozenset({claimed.id}))
        crash("pipeline.parked")
    log.warning("arrival parked", arrival=claimed.id, feed=claimed.feed, why=why)


def _park(conn: Connection, claimed: Claimed, error: Exception) -> None:
    if isinstance(error, _LostLease):
        return
    if claimed.tries < arrivals.MAX_TRIES:
        log.error("arrival failed, to be tried again", arrival=claimed.id, tries=claimed.tries, exc_info=error)
        with translated():
            arrivals.give_back(conn, [claimed])
        return
    log.error("arrival failed", arrival=claimed.id, exc_info=error)
    park(conn, claimed, f"{type(error).__name__}: {error}"[:500])
