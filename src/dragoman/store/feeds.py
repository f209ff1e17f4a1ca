"""Feeds: the ways in, and what each has already brought."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct
from psycopg import errors as pg
from psycopg.types.json import Jsonb

from dragoman.model.access import Access
from dragoman.model.arrival import FeedKind, Hints
from dragoman.model.errors import Conflict, NotFound
from dragoman.store.connect import Connection, Row


class Feed(Struct, frozen=True, kw_only=True):
    """A way in from one agency. `every` is its rhythm; `secret` what its pushes are signed with or show, or what opens the
    partner's server to us: a password or a private key, as `access` says."""

    name: str
    agency: str
    kind: FeedKind
    address: str = ""
    format: str = ""
    language: str = ""
    charset: str = ""
    zone: str = "UTC"
    every: timedelta = timedelta(minutes=5)
    secret: bytes | None = None
    state: str = "active"
    id: int = 0
    agency_id: int = 0
    etag: str = ""
    last_modified: str = ""
    body_digest: bytes | None = None
    cursor: str = ""
    next_poll: datetime | None = None
    failures: int = 0
    last_error: str = ""
    last_poll: datetime | None = None
    last_arrival: datetime | None = None
    access: Access = Access()

    def hints(self, *, source: str = "", media_type: str = "", received: datetime | None = None) -> Hints:
        return Hints(
            format=self.format,
            media_type=media_type,
            charset=self.charset,
            language=self.language,
            zone=self.zone,
            agency=self.agency,
            source=source or self.address,
            received=received,
            senders=self.access.senders,
            vouching=self.access.vouching,
        )


_SELECT = (
    "select f.name, a.code, f.kind, f.address, f.format, f.language, f.charset, f.zone, f.every, f.secret, f.state, f.id,"
    " f.agency, f.etag, f.last_modified, f.body_digest, f.cursor, f.next_poll, f.failures, f.last_error, f.last_poll,"
    " f.last_arrival, f.access from feed f join agency a on a.id = f.agency"
)
_FIELDS = (
    "name",
    "agency",
    "kind",
    "address",
    "format",
    "language",
    "charset",
    "zone",
    "every",
    "secret",
    "state",
    "id",
    "agency_id",
    "etag",
    "last_modified",
    "body_digest",
    "cursor",
    "next_poll",
    "failures",
    "last_error",
    "last_poll",
    "last_arrival",
    "access",
)


def _feed(row: Row) -> Feed:
    found = dict(zip(_FIELDS, row, strict=True))
    return Feed(**{**found, "access": msgspec.convert(found["access"], Access)})


def add_feed(conn: Connection, feed: Feed) -> Feed:
    """
    Raises:
        Conflict: the name is taken.
        NotFound: there is no such agency.
    """
    try:
        row = conn.execute(
            "insert into feed (name, agency, kind, address, format, language, charset, zone, every, secret,"
            " access) select %s, id, %s, %s, %s, %s, %s, %s, %s, %s, %s from agency where code = %s returning id",
            (
                feed.name,
                feed.kind,
                feed.address,
                feed.format,
                feed.language,
                feed.charset,
                feed.zone,
                feed.every,
                feed.secret,
                as_json(feed.access),
                feed.agency,
            ),
        ).fetchone()
    except pg.UniqueViolation as error:
        raise Conflict(f"There is already a feed {feed.name}", hint="`dragoman feed list` shows it.") from error
    if row is None:
        raise NotFound(f"There is no agency {feed.agency}", hint="`dragoman agency list` shows them.")
    return the_feed(conn, feed.name)


def as_json(access: Access) -> Jsonb:
    return Jsonb(msgspec.to_builtins(access))


def set_access(conn: Connection, name: str, access: Access, secret: bytes | None) -> None:
    """How we get in from now on; without a `secret`, with the one there is.

    Raises:
        NotFound: there is no such feed.
    """
    done = conn.execute(
        "update feed set access = %s, secret = coalesce(%s, secret) where name = %s", (as_json(access), secret, name)
    )
    if done.rowcount == 0:
        raise NotFound(f"There is no feed {name}", hint="`dragoman feed list` shows them.")


def the_feed(conn: Connection, name: str) -> Feed:
    """
    Raises:
        NotFound: there is no such feed.
    """
    row = conn.execute(_SELECT + " where f.name = %s", (name,)).fetchone()
    if row is None:
        raise NotFound(f"There is no feed {name}", hint="`dragoman feed list` shows them.")
    return _feed(row)


def feeds(conn: Connection, *, kinds: Sequence[FeedKind] = (), active_only: bool = False) -> list[Feed]:
    rows = conn.execute(
        _SELECT + " where (cardinality(%s::text[]) = 0 or f.kind = any(%s)) and (not %s or f.state = 'active')"
        " order by f.name",
        (list(kinds), list(kinds), active_only),
    )
    return [_feed(row) for row in rows]


def due(conn: Connection, kinds: Sequence[FeedKind]) -> list[Feed]:
    """Active feeds whose poll is due, the longest due first."""
    rows = conn.execute(
        _SELECT + " where f.kind = any(%s) and f.state = 'active' and f.next_poll <= now() order by f.next_poll",
        (list(kinds),),
    )
    return [_feed(row) for row in rows]


def set_state(conn: Connection, name: str, state: str) -> None:
    done = conn.execute("update feed set state = %s, next_poll = now() where name = %s", (state, name))
    if done.rowcount == 0:
        raise NotFound(f"There is no feed {name}", hint="`dragoman feed list` shows them.")


def poll_now(conn: Connection, name: str) -> None:
    """Make the feed due at once."""
    done = conn.execute("update feed set next_poll = now() where name = %s", (name,))
    if done.rowcount == 0:
        raise NotFound(f"There is no feed {name}", hint="`dragoman feed list` shows them.")


def polled(
    conn: Connection,
    feed: Feed,
    *,
    etag: str,
    last_modified: str,
    body_digest: bytes | None,
    next_poll: datetime,
    cursor: str | None = None,
) -> None:
    """Record a poll that worked."""
    conn.execute(
        "update feed set etag = %s, last_modified = %s, body_digest = coalesce(%s, body_digest), next_poll = %s,"
        " cursor = coalesce(%s, cursor), failures = 0, last_error = '', last_poll = now() where id = %s",
        (etag, last_modified, body_digest, next_poll, cursor, feed.id),
    )


def failed(conn: Connection, feed: Feed, error: str, next_poll: datetime) -> None:
    """Record a poll that did not work, and when to try again."""
    conn.execute(
        "update feed set failures = failures + 1, last_error = %s, next_poll = %s, last_poll = now() where id = %s",
        (error, next_poll, feed.id),
    )


class Entry(Struct, frozen=True):
    """One entry of a poll: its key in the feed and its bytes."""

    key: str
    body: bytes


def news(conn: Connection, feed: int, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that are new, or whose bytes have changed, in the order given. Marks them as seen; inside the
    transaction that keeps their bytes."""
    wanted = {hashlib.sha256(e.key.encode("utf-8", "surrogatepass")).digest(): e for e in entries}
    digests = {key: hashlib.sha256(e.body).digest() for key, e in wanted.items()}
    rows = conn.execute(
        "insert into feed_entry (feed, key, digest) select %s, * from unnest(%s::bytea[], %s::bytea[]) on conflict (feed, key)"
        " do update set digest = excluded.digest, seen = now() where feed_entry.digest <> excluded.digest returning key",
        (feed, list(digests), list(digests.values())),
    ).fetchall()
    fresh = {bytes(row[0]) for row in rows}
    return [entry for key, entry in wanted.items() if key in fresh]


def known(conn: Connection, feed: int, keys: Sequence[str]) -> frozenset[str]:
    """Those of the keys under which the feed has brought something."""
    digests = {hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest(): key for key in keys}
    rows = conn.execute("select key from feed_entry where feed = %s and key = any(%s)", (feed, list(digests)))
    return frozenset(digests[bytes(row[0])] for row in rows)
