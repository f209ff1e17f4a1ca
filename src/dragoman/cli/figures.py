"""A few counts of the store that only commands ask for: what waits, since when, what was set aside."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dragoman.store.connect import Connection


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
