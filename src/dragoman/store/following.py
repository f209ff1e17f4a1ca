"""Followers of the log that work when somebody asks: how far each has read, and one at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from dragoman.store import items
from dragoman.store.connect import Connection


@contextmanager
def following(conn: Connection, name: str) -> Iterator[tuple[int, int] | None]:
    """A transaction, and the sequences to look at in it: after the first, up to the second. None where nothing is new, or
    somebody else is at it. What was looked at is noted when the transaction ends well.

    Sequences grow in commit order: what is not there yet comes later with a higher number.
    """
    with conn.transaction():
        latest = items.latest_sequence(conn)
        conn.execute("insert into planning_follower (name) values (%s) on conflict do nothing", (name,))
        row = conn.execute(
            "select upto from planning_follower where name = %s and upto < %s for update skip locked", (name, latest)
        ).fetchone()
        if row is None:
            yield None
            return
        yield int(row[0]), latest
        conn.execute("update planning_follower set upto = %s, at = now() where name = %s", (latest, name))
