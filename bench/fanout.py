"""Handing over: one item to a thousand webhook channels, and what is sustained."""

import time
import urllib.request
from collections.abc import Iterator

from bench import copy
from bench.node import folder, make, served, until
from bench.receiver import receiver
from bench.table import Row
from dragoman.store import arrivals, feeds
from dragoman.store.arrivals import Kept
from dragoman.store.connect import ARRIVALS, Connection, Waker

CHANNELS, ROUNDS, SUSTAINED = 1_000, 5, 20


def fanout() -> Iterator[Row]:
    """Seconds from the push accepted to the last of 1,000 calls; then deliveries a second over 20 items to all of them."""
    with folder() as base, receiver() as port:
        data = base / "node"
        make(data, partners=CHANNELS, channel_urls=lambda n: [f"http://127.0.0.1:{port}/{n}"])
        with served(data) as node, node.open() as conn:
            _wait_for_all(port, _file(conn, "warm", 1))
            took = sorted(_timed(conn, port, f"one-{number}", 1) for number in range(ROUNDS))
            yield Row(
                f"one item to {CHANNELS:,} webhook channels",
                f"{took[len(took) // 2]:.2f} s (median of {ROUNDS})",
                "≤ 2 s",
            )
            sent = SUSTAINED * CHANNELS
            seconds = _timed(conn, port, "many", SUSTAINED)
            yield Row(
                f"{sent:,} deliveries to {CHANNELS:,} channels, sustained",
                f"{sent / seconds:,.0f} deliveries/s",
                "≥ 2,000",
            )


def _timed(conn: Connection, port: int, name: str, items: int) -> float:
    began = time.perf_counter()
    before = _calls(port)
    _wait_for_all(port, before + _file(conn, name, items))
    return time.perf_counter() - began


def _file(conn: Connection, name: str, items: int) -> int:
    feed = feeds.the_feed(conn, "backlog")
    with conn.transaction():
        arrivals.keep(conn, feed.id, feed.agency_id, [Kept(body=copy.ninjs(f"{name}-{n}")) for n in range(items)], None)
    Waker(conn).wake(ARRIVALS)
    return items * CHANNELS


def _wait_for_all(port: int, calls: int) -> None:
    until(lambda: _calls(port) >= calls, 300, 0.01)


def _calls(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/count") as answer:
        return int(answer.read())
