"""Taking in: raw bytes → decoded, read, stored, granted to ten partners, their lanes filled, committed."""

import time
from collections.abc import Iterator
from pathlib import Path

from bench import copy
from bench.node import folder, make, served, until
from bench.table import Row
from dragoman.app import connected, open_node
from dragoman.store import arrivals, feeds
from dragoman.store.arrivals import Kept
from dragoman.store.connect import Connection

PARTNERS, ITEMS = 10, 6_000
SMALL, LARGE = 10_000, 1_000_000


def rate() -> Iterator[Row]:
    """Items a second, ninjs by push and RSS by poll, PostgreSQL included."""
    with folder() as base:
        data = base / "node"
        make(data, partners=PARTNERS, channel_urls=lambda _: ["http://127.0.0.1:9/none"])
        yield Row("taken in, ninjs of 3 KB, 10 partners", f"{_measure(data, 'ninjs'):,.0f} items/s", "≥ 1,000")
        yield Row("taken in, RSS entries of 3 KB, 10 partners", f"{_measure(data, 'rss'):,.0f} items/s", "≥ 1,000")


def growth() -> Iterator[Row]:
    """Cost of an item at 1,000,000 stored beside that at 10,000, the same measurement on the same machine."""
    with folder() as base:
        data = base / "node"
        make(data, partners=PARTNERS, channel_urls=lambda _: ["http://127.0.0.1:9/none"])
        _fill(data, SMALL)
        small = max(_measure(data, "small-a"), _measure(data, "small-b"))
        _fill(data, LARGE)
        large = max(_measure(data, "large-a"), _measure(data, "large-b"))
        yield Row(
            "cost of an item at 1,000,000 stored ÷ at 10,000",
            f"{small / large:.2f} ({1e3 / large:.2f} ms ÷ {1e3 / small:.2f} ms)",
            "≤ 1.2",
        )


def _measure(data: Path, name: str) -> float:
    """Items a second from the first lease to the last commit; the bytes are there before the node starts."""
    with connected(open_node(data)) as conn:
        _keep(conn, name)
    with served(data, roles="pipeline,release") as node, node.open() as conn:
        started = time.perf_counter()
        before = _versions(conn)
        until(lambda: _versions(conn) > before, 60, 0.005)
        started = time.perf_counter()
        first = _versions(conn)
        until(lambda: not _kept(conn), 300, 0.02)
        return (_versions(conn) - first) / (time.perf_counter() - started)


def _keep(conn: Connection, name: str) -> None:
    feed = feeds.the_feed(conn, "backlog")
    if name == "rss":
        bodies = [copy.rss(number, 1) for number in range(ITEMS)]
    else:
        bodies = [copy.ninjs(f"{name}-{number}") for number in range(ITEMS)]
    with conn.transaction():
        arrivals.keep(conn, feed.id, feed.agency_id, [Kept(body=body) for body in bodies], None)
    conn.execute("vacuum analyze")


def _versions(conn: Connection) -> int:
    row = conn.execute("select last_value from log_sequence").fetchone()
    return int(row[0]) if row else 0


def _kept(conn: Connection) -> bool:
    return conn.execute("select 1 from arrival where state = 'kept' limit 1").fetchone() is not None


def _fill(data: Path, upto: int) -> None:
    """Stored items as the journey leaves them, written by SQL: rows, grants and finished deliveries."""
    with connected(open_node(data), "owner") as conn:
        conn.execute(
            "with n as (select count(*) as had from item), new as (select g as number from n, generate_series(n.had + 1, %s) g),"
            " i as (insert into item (key, origin, uri, current, current_version, current_at)"
            "   select substr(sha256(('fill' || number)::bytea), 1, 16), (select id from agency where home), 'urn:fill:' || number,"
            "   nextval('log_sequence'), '1', now() from new returning id, key, current)"
            " insert into version (sequence, key, digest, version, item, origin, agency, act, language, kind, at, received)"
            " select current, key, key, '1', id, (select id from agency where home), (select id from agency where home), 'publish',"
            " 'en', 'text', now(), now() from i",
            (upto,),
        )
        conn.execute(
            "insert into payload select sequence, received, convert_to(repeat('filled ', 430), 'UTF8') from version v"
            " where not exists (select from payload p where p.sequence = v.sequence)"
        )
        conn.execute(
            "insert into item_grant (sequence, agency, agreement, revision, since, position, reasons)"
            " select v.sequence, a.id, 'agreement-0000', 1, now(), v.sequence, '{filled}' from version v, agency a where not a.home"
            " on conflict do nothing"
        )
        conn.execute(
            "insert into delivery (channel, sequence, at, item, agency, epoch, act, priority, state, due)"
            " select c.id, v.sequence, v.received, v.item, c.agency, 1, 'publish', 5, 'sent', now() from version v, channel c"
            " where not exists (select from delivery d where d.sequence = v.sequence)"
        )
        conn.execute("vacuum analyze")
