"""Deliveries as people look at them: their ids, what became of them, receipts, another try."""

from datetime import datetime, timedelta

from msgspec import Struct

from dragoman.model.delivery import DeliveryState
from dragoman.model.errors import NotFound
from dragoman.store.connect import Connection, Row

EXPIRE_AFTER = timedelta(days=5)


class DeliveryRow(Struct, frozen=True, kw_only=True):
    """A delivery as people look at it."""

    id: str
    channel: str
    kind: str
    agency: str
    sequence: int
    item: int
    act: str
    priority: int
    state: DeliveryState
    due: datetime
    attempts: int
    sent: datetime | None
    receipted: datetime | None
    reason: str


_LISTED = (
    "select h.code || '-' || d.epoch || '-' || d.channel || '-' || d.sequence, c.name, c.kind, a.code, d.sequence, d.item, d.act,"
    " d.priority, d.state, d.due, d.attempts, d.sent, d.receipted, d.reason from delivery d join channel c on c.id = d.channel"
    " join agency a on a.id = d.agency join agency h on h.home"
)


def delivery_id(home: str, epoch: int, channel: int, sequence: int) -> str:
    """The stable id of a delivery, the same over every attempt: a receiver knows a repeat by it."""
    return f"{home}-{epoch}-{channel}-{sequence}"


def as_read(name: str) -> str:
    """The id under which our change feed shows the version of this delivery; empty where it is no delivery's id."""
    try:
        home, epoch, _, sequence = _words(name)
    except NotFound:
        return ""
    return delivery_id(home, epoch, 0, sequence)


def _listed(r: Row) -> DeliveryRow:
    return DeliveryRow(
        id=r[0],
        channel=r[1],
        kind=r[2],
        agency=r[3],
        sequence=r[4],
        item=r[5],
        act=r[6],
        priority=r[7],
        state=r[8],
        due=r[9],
        attempts=r[10],
        sent=r[11],
        receipted=r[12],
        reason=r[13],
    )


def deliveries(
    conn: Connection, *, item: int | None = None, agency: str = "", state: str = "", limit: int = 100
) -> list[DeliveryRow]:
    """Newest first; of one item, agency or state when asked."""
    rows = conn.execute(
        _LISTED + " where (%s::bigint is null or d.sequence in (select sequence from version where item = %s))"
        " and (%s = '' or a.code = %s) and (%s = '' or d.state = %s)"
        " order by d.sequence desc, a.code limit %s",
        (item, item, agency, agency, state, state, limit),
    )
    return [_listed(r) for r in rows]


def delivery(conn: Connection, name: str) -> DeliveryRow:
    """
    Raises:
        NotFound: there is no such delivery.
    """
    channel, sequence = _numbers(name)
    row = conn.execute(_LISTED + " where d.channel = %s and d.sequence = %s", (channel, sequence)).fetchone()
    if row is None or row[0] != name:
        raise NotFound(f"There is no delivery {name}", hint="`dragoman delivery list` shows them.")
    return _listed(row)


def retry(conn: Connection, name: str) -> None:
    """Try a parked, expired or waiting delivery again now; the right is checked again when it begins.

    Raises:
        NotFound: there is none that waits or was parked.
    """
    channel, sequence = _numbers(name)
    with conn.transaction():
        done = conn.execute(
            "update delivery set state = 'pending', due = now(), reason = 'tried again by hand' where channel = %s"
            " and sequence = %s and state in ('parked', 'expired', 'retry')",
            (channel, sequence),
        )
        if done.rowcount == 0:
            raise NotFound(f"Delivery {name} is not waiting", hint="`dragoman delivery show` says what became of it.")
        conn.execute("update lane set due = now() where channel = %s", (channel,))


def _numbers(name: str) -> tuple[int, int]:
    _, _, channel, sequence = _words(name)
    return channel, sequence


def _words(name: str) -> tuple[str, int, int, int]:
    """The four words of a delivery's id: home, epoch, channel, sequence."""
    words = name.rsplit("-", 3)
    if len(words) != 4 or not name.isprintable() or not all(w.isdecimal() and len(w) < 19 for w in words[1:]):
        raise NotFound(
            f"{name!r} is not a delivery", hint="It looks like LNA-1-3-1042; `dragoman delivery list` shows them."
        )
    return words[0], int(words[1]), int(words[2]), int(words[3])


def place(name: str) -> tuple[int, int]:
    """Where the delivery of this id stands among all: channel and sequence; in front of all where it is no id."""
    try:
        return _numbers(name)
    except NotFound:
        return 0, 0


_RECEIPTED = (
    " d.sequence = %(sequence)s and d.agency = a.id and a.code = %(partner)s and h.home and h.code = %(home)s"
    " and (d.channel = %(channel)s and d.epoch = %(epoch)s or %(channel)s = 0 and d.epoch <= %(epoch)s"
    "   and exists (select from channel c where c.id = d.channel and c.kind = 'node'))"
)


def receipted(conn: Connection, name: str, partner: str, *, outcome: str, act: str, detail: str, at: datetime) -> bool:
    """A partner's receipt for a delivery of ours; False when it names none that went to that partner.

    Channel 0 is our change feed: their node has read the version there, so it is owed by no push any more. What a feed of
    a later epoch shows of an earlier one's deliveries was in the backup: it is the same version.

    A refusal or a parked unit is not proof: the delivery is parked with what they said. Proof counts also where we had
    given up: they took it in after all.
    """
    try:
        home, epoch, channel, sequence = _words(name)
    except NotFound:
        return False
    proved = outcome in ("stored", "duplicate")
    said = {"home": home, "epoch": epoch, "channel": channel, "sequence": sequence, "partner": partner}
    done = conn.execute(
        "update delivery d set state = case when %(proved)s then 'receipted' else 'parked' end, receipted = %(at)s,"
        " sent = coalesce(d.sent, now()), reason = %(detail)s from agency a, agency h where"
        + _RECEIPTED
        + " and (d.state in ('leased', 'sent', 'retry', 'pending') or %(proved)s and d.state in ('parked', 'expired'))",
        {**said, "proved": proved, "at": at if proved else None, "detail": detail},
    )
    conn.execute(
        "insert into receipt (channel, sequence, agency, act, outcome, detail, at)"
        " select d.channel, d.sequence, a.id, %(act)s, %(outcome)s, %(detail)s, %(at)s"
        " from delivery d, agency a, agency h where" + _RECEIPTED + " on conflict do nothing",
        {**said, "act": act, "outcome": outcome, "detail": detail, "at": at},
    )
    return done.rowcount > 0


def expire(conn: Connection) -> int:
    """Give up on what has waited for five days; kills and holds wait for ever."""
    return conn.execute(
        "with old as (select channel, sequence, at from delivery where state in ('pending', 'retry')"
        "   and act not in ('kill', 'hold') and at < now() - %s for update skip locked)"
        " update delivery d set state = 'expired', reason = 'not delivered within five days' from old"
        " where d.channel = old.channel and d.sequence = old.sequence and d.at = old.at",
        (EXPIRE_AFTER,),
    ).rowcount


class KillCount(Struct, frozen=True):
    """How far a kill or hold has come: channels it is owed to, receipts counted."""

    owed: int
    receipted: int


def kill_count(conn: Connection, item: int) -> KillCount:
    row = conn.execute(
        "select count(*), count(*) filter (where d.state = 'receipted') from delivery d join item i on i.id = %s"
        " where d.sequence = i.current and d.act in ('kill', 'hold')",
        (item,),
    ).fetchone()
    return KillCount(*row) if row else KillCount(0, 0)
