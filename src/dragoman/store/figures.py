"""Counts of the store, each at a cost that does not grow with what is stored: what waits, what came, what was set aside."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dragoman.store.connect import Connection

WINDOW = 20_000
"""Counts of a day look at no more than the newest so many versions."""


class Gauge(Struct, frozen=True, kw_only=True):
    """One figure for those who watch the node: its values by label, the label's name empty where there is one value."""

    name: str
    help: str
    label: str = ""
    values: dict[str, float]


_OPEN = "state in ('pending', 'retry', 'leased')"
_GAUGES = (
    (
        "items_stopped",
        "Items held, killed or expunged.",
        "state",
        "select state, count(*) from item where state <> 'usable' group by 1",
    ),
    ("arrivals_waiting", "Arrivals not yet decoded.", "", "select '', count(*) from arrival where state = 'kept'"),
    (
        "arrivals_parked",
        "Arrivals set aside for a person.",
        "",
        "select '', count(*) from arrival where state = 'parked'",
    ),
    ("units_parked", "Units that wait for a person.", "", "select '', count(*) from unit where state = 'parked'"),
    (
        "deliveries",
        "Deliveries that have not come to their end, and those set aside.",
        "state",
        f"select state, count(*) from delivery where {_OPEN} group by 1"
        " union all select 'parked', count(*) from delivery where state = 'parked'",
    ),
    (
        "delivery_oldest_seconds",
        "Age of the oldest delivery that waits, by partner.",
        "agency",
        "select a.code, extract(epoch from now() - min(d.at)) from delivery d join agency a on a.id = d.agency"
        f" where d.{_OPEN} group by a.code",
    ),
    (
        "arrival_oldest_seconds",
        "Age of the oldest arrival not yet decoded.",
        "",
        "select '', coalesce(extract(epoch from now() - min(received)), 0) from arrival where state = 'kept'",
    ),
    ("lanes_failing", "Lanes whose last attempt failed.", "", "select '', count(*) from lane where failures > 0"),
    ("feeds_failing", "Feeds whose last poll failed.", "", "select '', count(*) from feed where failures > 0"),
    (
        "letters_waiting",
        "Letters on their way to partners' nodes.",
        "",
        "select '', count(*) from letter where state = 'pending'",
    ),
    ("letters_parked", "Letters a partner refuses.", "", "select '', count(*) from letter where state = 'parked'"),
    (
        "hold_requests_open",
        "Hold requests nobody has decided.",
        "",
        "select '', count(*) from hold_request where state = 'open'",
    ),
    ("log_sequence", "The newest position of the log.", "", "select '', coalesce(max(sequence), 0) from version"),
)


def gauges(conn: Connection) -> list[Gauge]:
    """Every gauge, now."""
    return [
        Gauge(
            name=name,
            help=help,
            label=label,
            values={str(row[0]): float(row[1]) for row in conn.execute(query.encode())},
        )
        for name, help, label, query in _GAUGES
    ]


def came(conn: Connection) -> dict[str, int]:
    """Versions of the last 24 hours, by the agency that handed them to us."""
    rows = conn.execute(
        "select a.code, count(*) from version v join agency a on a.id = v.agency where v.sequence >"
        " (select coalesce(max(sequence), 0) from version) - %s and v.received > now() - interval '24 hours'"
        " group by a.code",
        (WINDOW,),
    )
    return {row[0]: row[1] for row in rows}


def went(conn: Connection) -> dict[str, int]:
    """Deliveries handed over in the last 24 hours, by the agency that got them."""
    rows = conn.execute(
        "select a.code, count(*) from delivery d join agency a on a.id = d.agency where d.sequence >"
        " (select coalesce(max(sequence), 0) from version) - %s and d.at > now() - interval '24 hours'"
        " and d.state in ('sent', 'receipted') group by a.code",
        (WINDOW,),
    )
    return {row[0]: row[1] for row in rows}


def migrated(conn: Connection) -> int:
    """How many migrations the database has been through."""
    row = conn.execute("select count(*) from migration").fetchone()
    return int(row[0]) if row else 0


class Counts(Struct, frozen=True, kw_only=True):
    """Items of the last 24 hours, counted where the views ask for it."""

    all: int = 0
    urgent: int = 0
    held: int = 0
    killed: int = 0
    embargoed: int = 0
    by_origin: dict[str, int] = {}


def counted(conn: Connection) -> Counts:
    """The counts, over no more than the newest `WINDOW` versions."""
    rows = conn.execute(
        "select o.code, count(*), count(*) filter (where v.urgency < 3 and i.state = 'usable'),"
        " count(*) filter (where i.state = 'held'), count(*) filter (where i.state in ('killed', 'expunged')),"
        " count(*) filter (where i.state = 'usable' and i.embargoed_until > now())"
        " from version v join item i on i.id = v.item and i.current = v.sequence join agency o on o.id = i.origin"
        " where v.sequence > (select coalesce(max(sequence), 0) from version) - %s"
        " and v.received > now() - interval '24 hours' group by o.code",
        (WINDOW,),
    ).fetchall()
    totals = [sum(row[place] for row in rows) for place in range(1, 6)]
    return Counts(
        all=totals[0],
        urgent=totals[1],
        held=totals[2],
        killed=totals[3],
        embargoed=totals[4],
        by_origin={row[0]: row[1] for row in rows},
    )


class Waiting(Struct, frozen=True, kw_only=True):
    """What the store holds that has not come to its end."""

    arrivals: int
    oldest_arrival: datetime | None
    parked_arrivals: int
    deliveries: int
    oldest_delivery: datetime | None
    parked_deliveries: int
    hold_requests: int


def waiting(conn: Connection) -> Waiting:
    row = conn.execute(
        "select (select count(*) from arrival where state = 'kept'),"
        " (select min(received) from arrival where state = 'kept'),"
        " (select count(*) from arrival a where state = 'parked' or exists"
        "   (select from unit u where u.arrival = a.id and u.state = 'parked')),"
        " (select count(*) from delivery where state in ('pending', 'retry', 'leased')),"
        " (select min(due) from delivery where state in ('pending', 'retry', 'leased')),"
        " (select count(*) from delivery where state = 'parked'),"
        " (select count(*) from hold_request where state = 'open')"
    ).fetchone()
    assert row is not None
    return Waiting(
        arrivals=row[0],
        oldest_arrival=row[1],
        parked_arrivals=row[2],
        deliveries=row[3],
        oldest_delivery=row[4],
        parked_deliveries=row[5],
        hold_requests=row[6],
    )


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of some arrivals: `kept` are still to be decoded; the others count units."""

    kept: int
    stored: int
    duplicate: int
    parked: int
    refused: int


def outcome(conn: Connection, numbers: Sequence[int]) -> Outcome:
    """What has become of the arrivals `numbers` so far. One that gave no unit at all counts as parked."""
    row = conn.execute(
        "select count(distinct a.id) filter (where a.state = 'kept'), count(*) filter (where u.state = 'stored'),"
        " count(*) filter (where u.state = 'duplicate'),"
        " count(*) filter (where u.state = 'parked' or (a.state = 'parked' and u.state is null)),"
        " count(*) filter (where u.state = 'refused')"
        " from arrival a left join unit u on u.arrival = a.id where a.id = any(%s)",
        (list(numbers),),
    ).fetchone()
    assert row is not None
    return Outcome(kept=row[0], stored=row[1], duplicate=row[2], parked=row[3], refused=row[4])


def clock(conn: Connection) -> datetime:
    """The database's clock."""
    row = conn.execute("select clock_timestamp()").fetchone()
    assert row is not None
    found: datetime = row[0]
    return found


def last_act(conn: Connection, act: str) -> datetime | None:
    """When something was last done, as the audit has it."""
    row = conn.execute("select max(at) from audit where act = %s", (act,)).fetchone()
    return row[0] if row else None
