"""Ways out: channels and their lanes, as stored."""

from datetime import datetime

import msgspec
from msgspec import Struct
from psycopg import errors as pg

from dragoman.model.access import Access
from dragoman.model.delivery import Channel
from dragoman.model.errors import Conflict, NotFound
from dragoman.store.connect import Connection, Row
from dragoman.store.feeds import as_json


class ChannelRow(Struct, frozen=True, kw_only=True):
    """A channel with how it is doing. `open_until`: the circuit is open, nothing but a kill is tried before."""

    channel: Channel
    secret: str
    waiting: int
    oldest: datetime | None
    failures: int
    failing_since: datetime | None
    last_error: str
    last_success: datetime | None
    due: datetime | None
    reason: str


def add_channel(conn: Connection, channel: Channel, secret: str = "") -> int:
    """
    Raises:
        Conflict: the name is taken.
        NotFound: there is no such agency.
    """
    try:
        with conn.transaction():
            row = conn.execute(
                "insert into channel (name, agency, kind, address, format, secret, access)"
                " select %s, id, %s, %s, %s, %s, %s from agency where code = %s returning id",
                (
                    channel.name,
                    channel.kind,
                    channel.address,
                    channel.format,
                    secret,
                    as_json(channel.access),
                    channel.agency,
                ),
            ).fetchone()
            if row is None:
                raise NotFound(f"There is no agency {channel.agency}", hint="`dragoman agency list` shows them.")
            conn.execute("insert into lane (channel, express) values (%s, false), (%s, true)", (row[0], row[0]))
    except pg.UniqueViolation as error:
        raise Conflict(
            f"There is already a channel {channel.name}", hint="`dragoman channel list` shows it."
        ) from error
    return int(row[0])


_SELECT = (
    "select c.id, c.name, a.code, c.kind, c.address, c.format, c.state, c.secret,"
    " (select count(*) from delivery d where d.channel = c.id and d.state in ('pending', 'retry', 'leased')),"
    " (select min(at) from delivery d where d.channel = c.id and d.state in ('pending', 'retry', 'leased')),"
    " l.failures, l.failing_since, l.last_error, l.last_success, l.due, c.reason, c.access"
    " from channel c join agency a on a.id = c.agency join lateral (select max(failures) as failures,"
    "   min(failing_since) as failing_since, max(last_success) as last_success,"
    "   (array_agg(last_error order by failing_since nulls last, not express))[1] as last_error,"
    "   min(due) filter (where due > '-infinity' and due < 'infinity') as due"
    "   from lane where channel = c.id) l on true"
)


def _row(r: Row) -> ChannelRow:
    return ChannelRow(
        channel=Channel(
            id=r[0],
            name=r[1],
            agency=r[2],
            kind=r[3],
            address=r[4],
            format=r[5],
            state=r[6],
            access=msgspec.convert(r[16], Access),
        ),
        secret=r[7],
        waiting=r[8],
        oldest=r[9],
        failures=r[10],
        failing_since=r[11],
        last_error=r[12],
        last_success=r[13],
        due=r[14],
        reason=r[15],
    )


def channels(conn: Connection, agency: str = "") -> list[ChannelRow]:
    return [
        _row(r)
        for r in conn.execute(_SELECT + " where %s = '' or a.code = %s order by a.code, c.name", (agency, agency))
    ]


def channel(conn: Connection, name: str) -> ChannelRow:
    """
    Raises:
        NotFound: there is no such channel.
    """
    row = conn.execute(_SELECT + " where c.name = %s", (name,)).fetchone()
    if row is None:
        raise NotFound(f"There is no channel {name}", hint="`dragoman channel list` shows them.")
    return _row(row)


def set_access(conn: Connection, name: str, access: Access, secret: str) -> None:
    """How we get in from now on; without a `secret`, with the one there is.

    Raises:
        NotFound: there is no such channel.
    """
    done = conn.execute(
        "update channel set access = %s, secret = coalesce(nullif(%s, ''), secret) where name = %s",
        (as_json(access), secret, name),
    )
    if done.rowcount == 0:
        raise NotFound(f"There is no channel {name}", hint="`dragoman channel list` shows them.")


def set_state(conn: Connection, name: str, state: str, reason: str = "") -> None:
    """Pause, resume or disable. Resuming makes the lane due at once and closes its circuit."""
    done = conn.execute("update channel set state = %s, reason = %s where name = %s", (state, reason, name))
    if done.rowcount == 0:
        raise NotFound(f"There is no channel {name}", hint="`dragoman channel list` shows them.")
    if state == "active":
        conn.execute(
            "update lane set due = now(), failures = 0, failing_since = null from channel c"
            " where c.id = lane.channel and c.name = %s",
            (name,),
        )


def pause_all(conn: Connection, reason: str) -> int:
    """Pause every active channel: what a restore does, so that nobody is sent yesterday's copy again unseen."""
    return conn.execute("update channel set state = 'paused', reason = %s where state = 'active'", (reason,)).rowcount
