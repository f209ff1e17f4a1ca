"""Bytes kept but not let into the pipeline: parked from the start, with the reason, until a person decides."""

from datetime import UTC, datetime

from dragoman.model.errors import Problem
from dragoman.store import arrivals
from dragoman.store.arrivals import Claimed, Kept, UnitRow
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection
from dragoman.store.feeds import Feed

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def set_aside(conn: Connection, feed: Feed, kept: Kept, problem: Problem, files: ByteStore | None) -> int:
    """Keep the bytes as a parked arrival; its number. Inside the caller's transaction."""
    [number] = arrivals.keep(conn, feed.id, feed.agency_id, [kept], files)
    arrivals.record_units(conn, [UnitRow(arrival=number, index=0, state="parked", problem=problem)])
    # Nobody has claimed it yet, and nobody can before the commit: its token is 0. `finish` looks at nothing else.
    unclaimed = Claimed(
        id=number,
        token=0,
        tries=0,
        feed=feed.name,
        feed_kind=feed.kind,
        agency=feed.agency,
        received=feed.last_poll or _LONG_AGO,
        body=kept.body,
        source=kept.source,
        media_type=kept.media_type,
        format=kept.format,
        language=feed.language,
        charset=feed.charset,
        zone=feed.zone,
        priority=kept.priority,
    )
    arrivals.finish(conn, [unclaimed], frozenset({number}))
    return number
