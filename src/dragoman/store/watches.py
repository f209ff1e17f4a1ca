"""Watched feeds: addresses of an outlet that are looked at for what it reports. Nothing they bring becomes copy."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from psycopg import errors as pg

from dragoman.model.errors import Conflict, NotFound
from dragoman.store.connect import Connection, Row
from dragoman.store.feeds import Feed


class Watch(Struct, frozen=True, kw_only=True):
    """A feed of the outlet numbered `outlet`, called `name`; the rest as for a feed that is polled."""

    outlet: int
    address: str
    language: str = ""
    zone: str = "UTC"
    every: timedelta = timedelta(minutes=15)
    name: str = ""
    state: str = "active"
    id: int = 0
    etag: str = ""
    last_modified: str = ""
    body_digest: bytes | None = None
    next_poll: datetime | None = None
    failures: int = 0
    last_error: str = ""
    last_poll: datetime | None = None
    last_mention: datetime | None = None

    def as_feed(self) -> Feed:
        """What a poll needs to know of it. It stands in no table of feeds and has no agency: nobody's copy comes of it."""
        return Feed(
            name=f"watch {self.id}",
            agency="",
            kind="http",
            address=self.address,
            language=self.language,
            zone=self.zone,
            every=self.every,
            state=self.state,
            etag=self.etag,
            last_modified=self.last_modified,
            body_digest=self.body_digest,
            failures=self.failures,
        )


_SELECT = (
    "select w.outlet, w.address, w.language, w.zone, w.every, o.name, w.state, w.id, w.etag, w.last_modified,"
    " w.body_digest, w.next_poll, w.failures, w.last_error, w.last_poll, w.last_mention"
    " from watch w join outlet o on o.id = w.outlet"
)
_FIELDS = (
    "outlet",
    "address",
    "language",
    "zone",
    "every",
    "name",
    "state",
    "id",
    "etag",
    "last_modified",
    "body_digest",
    "next_poll",
    "failures",
    "last_error",
    "last_poll",
    "last_mention",
)


def _watch(row: Row) -> Watch:
    return Watch(**dict(zip(_FIELDS, row, strict=True)))


def add(conn: Connection, wanted: Watch) -> Watch:
    """
    Raises:
        Conflict: the address is watched already.
    """
    try:
        row = conn.execute(
            "insert into watch (outlet, address, language, zone, every) values (%s, %s, %s, %s, %s) returning id",
            (wanted.outlet, wanted.address, wanted.language, wanted.zone, wanted.every),
        ).fetchone()
    except pg.UniqueViolation as error:
        raise Conflict("This feed is watched already", wanted.address, kept="The one that is there.") from error
    assert row is not None
    return watch(conn, row[0])


def watch(conn: Connection, number: int) -> Watch:
    """
    Raises:
        NotFound: nothing that is watched has this number.
    """
    row = conn.execute(_SELECT + " where w.id = %s", (number,)).fetchone()
    if row is None:
        raise NotFound(f"There is no watched feed {number}", hint="`dragoman outlet show` shows an outlet's.")
    return _watch(row)


def watches(conn: Connection, outlet: int | None = None) -> list[Watch]:
    """Every watched feed, or one outlet's."""
    return [
        _watch(row)
        for row in conn.execute(_SELECT + " where (%s::int is null or w.outlet = %s) order by w.id", (outlet, outlet))
    ]


def due(conn: Connection) -> list[Watch]:
    """Active ones whose poll is due, the longest due first."""
    return [
        _watch(row)
        for row in conn.execute(_SELECT + " where w.state = 'active' and w.next_poll <= now() order by w.next_poll")
    ]


def set_state(conn: Connection, number: int, state: str) -> None:
    conn.execute("update watch set state = %s, next_poll = now() where id = %s", (state, number))


def remove(conn: Connection, number: int) -> None:
    """Look at it no more; what it has shown is kept."""
    conn.execute("delete from watch where id = %s", (number,))


def polled(
    conn: Connection, one: Watch, *, etag: str, last_modified: str, body_digest: bytes | None, next_poll: datetime
) -> None:
    """Record a poll that worked."""
    conn.execute(
        "update watch set etag = %s, last_modified = %s, body_digest = coalesce(%s, body_digest), next_poll = %s,"
        " failures = 0, last_error = '', last_poll = now() where id = %s",
        (etag, last_modified, body_digest, next_poll, one.id),
    )


def failed(conn: Connection, one: Watch, error: str, next_poll: datetime) -> None:
    """Record a poll that did not work, and when to try again."""
    conn.execute(
        "update watch set failures = failures + 1, last_error = %s, next_poll = %s, last_poll = now() where id = %s",
        (error, next_poll, one.id),
    )


Entry = tuple[str, bytes]
"""An entry's key and its bytes."""


def known(conn: Connection, number: int, entries: Sequence[Entry]) -> set[int]:
    """The places in `entries` of those that were there before with the same bytes; and of all but the last of one key."""
    places = {_key(key): place for place, (key, _) in enumerate(entries)}
    rows = conn.execute(
        "select key, digest from watch_entry where watch = %s and key = any(%s)", (number, list(places))
    ).fetchall()
    before = {bytes(row[0]): bytes(row[1]) for row in rows}
    changed = {place for key, place in places.items() if before.get(key) != _digest(entries[place][1])}
    return set(range(len(entries))) - changed


def seen(conn: Connection, number: int, entries: Sequence[Entry]) -> None:
    """Mark entries as looked at, in the transaction that keeps what they say."""
    marks = {_key(key): _digest(body) for key, body in entries}
    conn.execute(
        "insert into watch_entry (watch, key, digest) select %s, * from unnest(%s::bytea[], %s::bytea[])"
        " on conflict (watch, key) do update set digest = excluded.digest",
        (number, list(marks), list(marks.values())),
    )


def _key(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()
