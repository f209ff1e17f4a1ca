"""A flash: push sent → the last of ten partners' webhooks called; idle, and while 100,000 items are being taken in.

Measured from the moment the push is sent, so its own acceptance is in the figure: stricter than from the answer on.
"""

import http.client
import json
import socket
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime

from bench import copy
from bench.node import Served, folder, make, served, until
from bench.receiver import receiver
from bench.table import Row
from dragoman.app import connected, open_node
from dragoman.store import arrivals, feeds
from dragoman.store.arrivals import Kept
from dragoman.store.connect import Connection

FLASHES, PARTNERS, BACKLOG = 200, 10, 100_000


def latency() -> Iterator[Row]:
    """p50, p99 and the longest, in milliseconds, over 200 flashes each."""
    with folder() as base, receiver() as port:
        data = base / "node"
        make(data, partners=PARTNERS, channel_urls=lambda n: [f"http://127.0.0.1:{port}/{n}"])
        with served(data) as node:
            _flashes(node, port, "warm", 20)
            yield Row(
                "flash, idle: push sent → ten webhooks called",
                _said(_flashes(node, port, "idle", FLASHES)),
                "p99 ≤ 100 ms",
            )
        with connected(open_node(data)) as conn:
            _backlog(conn)
        with served(data) as node, node.open() as conn:
            _flashes(node, port, "warm-again", 20)
            figures = _said(_flashes(node, port, "busy", FLASHES))
            left = conn.execute("select count(*) from arrival where state = 'kept'").fetchone()
            note = f"{figures}; {left[0] if left else 0:,} of the backlog left at the end"
            yield Row(f"flash, while {BACKLOG:,} items are taken in", note, "p99 ≤ 250 ms")


def _backlog(conn: Connection) -> None:
    feed = feeds.the_feed(conn, "backlog")
    for start in range(0, BACKLOG, 2_000):
        with conn.transaction():
            arrivals.keep(
                conn,
                feed.id,
                feed.agency_id,
                [Kept(body=copy.ninjs(f"backlog-{n}"), priority=9) for n in range(start, start + 2_000)],
                None,
            )


def _flashes(node: Served, port: int, name: str, count: int) -> list[float]:
    """Seconds from the moment a push was sent to the last of the ten partners' calls, one push every 50 ms."""
    sent: dict[str, float] = {}
    connection = http.client.HTTPConnection("127.0.0.1", node.port, timeout=30)
    connection.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for number in range(count):
        flash = f"{name}-{number}"
        sent[flash] = began = time.time()
        connection.request(
            "POST",
            "/exchange/push/desk",
            copy.ninjs(flash, urgency=1, at=datetime.now(UTC)),
            {"authorization": f"Bearer {node.secret}", "content-type": "application/json"},
        )
        answer = connection.getresponse()
        answer.read()
        if answer.status != 202:
            raise SystemExit(f"a push was not accepted: {answer.status}")
        time.sleep(max(0.0, 0.05 - (time.time() - began)))
    until(lambda: _times(port)["last"].keys() >= sent.keys(), 60, 0.2)
    last = _times(port)["last"]
    return sorted(last[flash] - sent[flash] for flash in sent)


def _times(port: int) -> dict[str, dict[str, float]]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/times") as answer:
        found: dict[str, dict[str, float]] = json.load(answer)
        return found


def _said(seconds: list[float]) -> str:
    at = [seconds[int(len(seconds) * share)] for share in (0.5, 0.99)]
    return f"p50 {at[0] * 1e3:.0f} ms, p99 {at[1] * 1e3:.0f} ms, longest {seconds[-1] * 1e3:.0f} ms"
