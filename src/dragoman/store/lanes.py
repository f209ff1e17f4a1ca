"""Lanes: leased by one worker at a time, attempts begun only while the right holds, finished only by whoever has the lease."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from dragoman.crash import crash
from dragoman.model.access import Access
from dragoman.model.delivery import DeliveryState
from dragoman.model.picture import MEDIA
from dragoman.model.version import VersionAct
from dragoman.store import families, media
from dragoman.store.connect import DELIVERIES, Connection, Row
from dragoman.store.families import Sibling
from dragoman.store.media import File
from dragoman.store.owed import STOPS

LEASE_S = 60
"""Longer than the longest attempt: a lane that is still leased after this has lost its worker."""


_OPEN = (
    "from delivery d where d.channel = x.channel and d.state in ('pending', 'retry', 'leased')"
    " and d.priority >= (case when x.express then 0 else 2 end)"
    " and d.priority <= (case when x.express then 1 else 32767 end)"
)
"""The open deliveries of a lane ``x``, in words that the index on (channel, priority, sequence) can follow."""


_FREE = (
    "not exists (select from delivery o where o.channel = d.channel and o.item = d.item and o.state = 'leased'"
    " and o.sequence <> d.sequence)"
)


class Attempt(Struct, frozen=True, kw_only=True):
    """A delivery that has begun: recorded, its right checked in the same statement, to be sent at once."""

    channel: int
    token: int
    sequence: int
    at: datetime
    epoch: int
    item: int
    act: VersionAct
    attempts: int
    due_since: datetime
    payload: bytes
    agreement: str
    revision: int
    advance: bool
    origin: str
    partner: str
    received: datetime
    express: bool = False
    siblings: tuple[Sibling, ...] = ()
    """The other language versions that this partner may see."""
    file: File | None = None
    """The file of a picture."""


LaneKey = tuple[int, bool]
"""A channel's number, and whether it is its express lane (kills, holds, flashes)."""


class Lane(Struct, frozen=True, kw_only=True):
    """A leased lane with its channel and the attempts begun on it, in the order they are owed."""

    channel: int
    token: int
    name: str
    kind: str
    address: str
    format: str
    secret: str
    partner: str
    failures: int
    express: bool
    attempts: tuple[Attempt, ...]
    access: Access = Access()

    @property
    def key(self) -> LaneKey:
        return self.channel, self.express


class Ending(Struct, frozen=True, kw_only=True):
    """How an attempt ended. `due` is set for a retry."""

    attempt: Attempt
    state: DeliveryState
    reason: str = ""
    due: datetime | None = None


def claim(conn: Connection, lanes: int, window: int, *, express: bool | None = None) -> list[Lane]:
    """Lease up to `lanes` due lanes and begin up to `window` attempts on each, kills first, then flashes.

    One transaction. An attempt begins only if its right holds now, judged by the SQL twin of `route.rights.may`; what
    may not go is cancelled with the reason. After a kill's commit therefore no older attempt begins. `express` wants only
    the lanes of kills, holds and flashes, or only the others; of one item one version is under way on a channel, whichever
    lane it is in.
    """
    with conn.transaction():
        leased = conn.execute(
            "with due as (select l.channel, l.express from lane l join channel c on c.id = l.channel"
            "   where l.due <= now() and l.until < now() and c.state = 'active' and (%s::boolean is null or l.express = %s)"
            "   order by l.due limit %s"
            "   for update of l skip locked)"
            " update lane set token = token + 1, until = now() + make_interval(secs => %s) from due, channel c, agency a"
            " where lane.channel = due.channel and lane.express = due.express and c.id = lane.channel and a.id = c.agency"
            " returning lane.channel, lane.token, c.name, c.kind, c.address, c.format, c.secret, a.code, lane.failures,"
            " lane.express, c.access",
            (express, express, lanes, LEASE_S),
        ).fetchall()
        if not leased:
            return []
        crash("deliver.leased")
        begun = _begin(conn, [(row[0], row[1], 1 if row[8] else window, row[9]) for row in leased])
        crash("deliver.begun")
        return [
            Lane(
                channel=r[0],
                token=r[1],
                name=r[2],
                kind=r[3],
                address=r[4],
                format=r[5],
                secret=r[6],
                partner=r[7],
                failures=r[8],
                express=r[9],
                attempts=tuple(begun.get((r[0], r[9]), ())),
                access=msgspec.convert(r[10], Access),
            )
            for r in leased
        ]


def _begin(conn: Connection, lanes: list[tuple[int, int, int, bool]]) -> dict[LaneKey, list[Attempt]]:
    """The attempts begun on each lane, given as channel, token, how many, and whether it is the express lane."""
    heads = conn.execute(
        "select x.channel, x.token, h.* from unnest(%s::int[], %s::bigint[], %s::int[], %s::boolean[])"
        " as x(channel, token, size, express),"
        " lateral (select d.sequence, d.at, d.epoch, d.item, d.act, d.attempts, d.agency, d.state,"
        f"  may_deliver(d.agency, d.sequence) as refused {_OPEN} and (d.due <= now() or d.state = 'leased') and {_FREE}"
        # What filing is just taking back is left alone, not waited for: it holds deliveries and then wants their lanes.
        "   order by d.priority, d.sequence limit x.size for no key update of d skip locked) h",
        [list(column) for column in zip(*lanes, strict=True)],
    ).fetchall()
    wanted = [row for row in heads if not row[10]]
    stopped = [row for row in heads if row[10]]
    if stopped:
        _end_refused(conn, stopped)
    if not wanted:
        return {}
    rows = conn.execute(
        "update delivery d set state = 'leased', attempts = d.attempts + 1"
        " from unnest(%s::int[], %s::bigint[], %s::timestamptz[], %s::bigint[]) as x(channel, sequence, at, token),"
        " version v, payload p, item_grant g, agency o, agency a"
        " where d.channel = x.channel and d.sequence = x.sequence and d.at = x.at"
        " and v.sequence = d.sequence and p.sequence = v.sequence and p.at = v.received"
        " and g.sequence = d.sequence and g.agency = d.agency and o.id = v.origin and a.id = d.agency"
        " returning d.channel, x.token, d.sequence, d.at, d.epoch, d.item, d.act, d.attempts, d.at, p.item, g.agreement,"
        " g.revision, g.advance, o.code, a.code, v.received, d.priority, d.agency",
        ([r[0] for r in wanted], [r[2] for r in wanted], [r[3] for r in wanted], [r[1] for r in wanted]),
    ).fetchall()
    related = families.seen_by(conn, [(row[17], row[2]) for row in rows if row[6] not in STOPS])
    pictures = [row[2] for row in rows if row[6] not in STOPS and MEDIA.encode() in bytes(row[9])]
    files = media.files_of(conn, pictures) if pictures else {}
    begun: dict[LaneKey, list[Attempt]] = {}
    for row in sorted(rows, key=lambda r: (r[16], r[2])):
        begun.setdefault((row[0], row[16] <= 1), []).append(
            _attempt(row, related.get((row[17], row[2]), ()), files.get(row[2]))
        )
    return begun


def _attempt(r: Row, siblings: tuple[Sibling, ...], file: File | None) -> Attempt:
    return Attempt(
        channel=r[0],
        token=r[1],
        sequence=r[2],
        at=r[3],
        epoch=r[4],
        item=r[5],
        act=r[6],
        attempts=r[7],
        due_since=r[8],
        payload=bytes(r[9]),
        agreement=r[10],
        revision=r[11],
        advance=r[12],
        origin=r[13],
        partner=r[14],
        received=r[15],
        express=r[16] <= 1,
        siblings=siblings,
        file=file,
    )


def _end_refused(conn: Connection, heads: list[Row]) -> None:
    """What may not go now: not yet (an embargo moved later) waits for its hour, and what narrower terms may still give
    until it has been matched anew; the rest is cancelled with the reason."""
    conn.execute(
        "update delivery d set state = case when x.why = 'embargo' or waits.due is not null then 'retry'"
        "   when x.why = 'superseded' then 'superseded' else 'cancelled' end, reason = x.why,"
        " due = case when x.why = 'embargo' then coalesce(greatest(i.embargoed_until, g.since), now() + interval '1 minute')"
        "   else coalesce(waits.due, d.due) end"
        " from unnest(%s::int[], %s::bigint[], %s::timestamptz[], %s::text[]) as x(channel, sequence, at, why)"
        " join delivery e using (channel, sequence, at) join item i on i.id = e.item"
        " left join item_grant g on g.sequence = e.sequence and g.agency = e.agency"
        " left join lateral (select now() + interval '1 second' as due from agreement a where x.why = 'no agreement in force'"
        "   and a.id = g.agreement and a.state = 'active' and a.rematch) waits on true"
        " where d.channel = x.channel and d.sequence = x.sequence and d.at = x.at"
        " and d.state in ('pending', 'retry', 'leased')",
        ([r[0] for r in heads], [r[2] for r in heads], [r[3] for r in heads], [r[10] for r in heads]),
    )


def finish(
    conn: Connection,
    lanes: Sequence[Lane],
    endings: Sequence[Ending],
    rest_until: dict[LaneKey, datetime],
    errors: dict[LaneKey, str],
) -> int:
    """Record the endings and give the lanes back; how many endings were still ours to record.

    `rest_until` names the lanes whose circuit is open (they failed; `errors` says how). A lane whose token has moved on
    is left alone: somebody else has it now.
    """
    with conn.transaction():
        crash("deliver.before-record")
        held = {
            (r[0], r[1])
            for r in conn.execute(
                "select l.channel, l.express from unnest(%s::int[], %s::boolean[], %s::bigint[]) as x(channel, express, token)"
                " join lane l using (channel, express, token) order by l.channel, l.express for update of l",
                ([x.channel for x in lanes], [x.express for x in lanes], [x.token for x in lanes]),
            )
        }
        ours = [e for e in endings if (e.attempt.channel, e.attempt.express) in held]
        done = _record(conn, ours)
        answered = {(e.attempt.channel, e.attempt.express) for e in ours}
        given_back = [x.key for x in lanes if x.key in held]
        _give_back(conn, given_back, answered, rest_until, errors)
        waiting = _wake_the_other_lane(conn, given_back)
        crash("deliver.recorded")
    crash("deliver.record-committed")
    if waiting:
        conn.execute("notify " + DELIVERIES)
    return done


def _record(conn: Connection, endings: Sequence[Ending]) -> int:
    if not endings:
        return 0
    conn.execute(
        "select from delivery d join unnest(%s::int[], %s::bigint[], %s::timestamptz[]) as x(channel, sequence, at)"
        " using (channel, sequence, at) order by d.channel, d.sequence for no key update of d",
        (
            [e.attempt.channel for e in endings],
            [e.attempt.sequence for e in endings],
            [e.attempt.at for e in endings],
        ),
    )
    return conn.execute(
        "update delivery d set state = x.state, reason = x.reason, due = coalesce(x.due, d.due),"
        " sent = case when x.state = 'sent' then now() else d.sent end"
        " from unnest(%s::int[], %s::bigint[], %s::timestamptz[], %s::text[], %s::text[], %s::timestamptz[])"
        " as x(channel, sequence, at, state, reason, due)"
        " where d.channel = x.channel and d.sequence = x.sequence and d.at = x.at and d.state = 'leased'",
        (
            [e.attempt.channel for e in endings],
            [e.attempt.sequence for e in endings],
            [e.attempt.at for e in endings],
            [e.state for e in endings],
            [e.reason for e in endings],
            [e.due for e in endings],
        ),
    ).rowcount


def _give_back(
    conn: Connection,
    lanes: list[LaneKey],
    answered: set[LaneKey],
    rest_until: dict[LaneKey, datetime],
    errors: dict[LaneKey, str],
) -> None:
    """The lane is due when its next delivery is; one that failed, when its circuit closes, whatever waits. A kill does not
    wait for that, unless it is the kill that failed: then it is due when `outcome` says.

    A lane on which nothing was tried has neither failed nor recovered; if it was failing it is looked at every minute.
    Where all that is due waits for an attempt under way on the channel's other lane, it is looked at again soon.
    """
    conn.execute(
        "update lane l set until = '-infinity',"
        " failures = case when x.error is not null then l.failures + 1 when x.answered then 0 else l.failures end,"
        " failing_since = case when x.error is not null then coalesce(l.failing_since, now()) when x.answered then null"
        "   else l.failing_since end,"
        " last_error = coalesce(x.error, l.last_error),"
        " last_success = case when x.answered and x.error is null then now() else l.last_success end,"
        " due = case when next.due <= now() and not next.free then now() + interval '50 ms'"
        "   when next.kill <= now() then '-infinity'::timestamptz"
        "   when x.rest is not null then least(next.kill, x.rest)"
        "   when x.answered or l.failures = 0 then coalesce(next.due, 'infinity')"
        "   when next.due is null then 'infinity' else least(next.due, now() + interval '1 minute') end"
        " from unnest(%s::int[], %s::boolean[], %s::boolean[], %s::timestamptz[], %s::text[])"
        "   as x(channel, express, answered, rest, error)"
        # Is one due? The first few tell; only where none is, all that wait are looked at.
        f" left join lateral (select exists (select {_OPEN} and d.due <= now() and {_FREE}) as free,"
        f"   case when exists (select {_OPEN} and d.due <= now()) then now()"
        f"   else (select min(d.due) {_OPEN}) end as due, (select min(d.due) {_OPEN} and d.priority = 0) as kill) next on true"
        " where l.channel = x.channel and l.express = x.express",
        (
            [channel for channel, _ in lanes],
            [express for _, express in lanes],
            [lane in answered for lane in lanes],
            [rest_until.get(lane) for lane in lanes],
            [errors.get(lane) for lane in lanes],
        ),
    )


def _wake_the_other_lane(conn: Connection, lanes: list[LaneKey]) -> int:
    """What waited on a channel's other lane for an attempt that has ended now begins at once; how many lanes."""
    return conn.execute(
        "update lane o set due = '-infinity' from unnest(%s::int[], %s::boolean[]) as x(channel, express)"
        " where o.channel = x.channel and o.express <> x.express and o.until < now() and o.failures = 0"
        " and o.due > now() and o.due <= now() + interval '50 ms'",
        ([channel for channel, _ in lanes], [express for _, express in lanes]),
    ).rowcount
