"""Reading: what 3 KB of copy cost in each language, how cost grows with length, the journey with the readers, their memory."""

import json
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from bench.ingest import PARTNERS
from bench.node import folder, make, pss_mb, served, until
from bench.table import Row
from dragoman.app import connected, open_node
from dragoman.read.reader import read_text
from dragoman.store import arrivals, feeds
from dragoman.store.arrivals import Kept
from dragoman.store.connect import Connection

LANGUAGES = ("az", "en", "ru", "fr", "de", "es", "ar", "zh")
SAMPLE = Path(__file__).parent.parent / "quality" / "sample"
SIZE, TEXTS, ROUNDS, ITEMS = 3_000, 5, 7, 4_000
_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def reading() -> Iterator[Row]:
    """One core, tables warm: the median of the texts' medians."""
    every: list[float] = []
    for language in LANGUAGES:
        texts = _texts(language)
        for text in texts:
            read_text(text, headline=text[:80], time=_AT)
        found = [statistics.median(_timed(text) for _ in range(ROUNDS)) for text in texts]
        every += found
        yield Row(
            f"read: {language}, {SIZE / 1000:.0f} KB, one core", f"{statistics.median(found) * 1e3:.2f} ms", "≤ 2.5"
        )
    yield Row("read: all eight languages, median", f"{statistics.median(every) * 1e3:.2f} ms", "≤ 2.5 (aim 1.0)")
    text = "\n".join(_texts("en"))
    short, long = (text * 20)[:10_000], (text * 100)[:80_000]
    ratio = min(_timed(long) for _ in range(3)) / min(_timed(short) for _ in range(3)) / 8
    yield Row("read: cost of a character in 80 KB ÷ in 10 KB", f"{ratio:.2f}", "≤ 1.2")
    yield Row(
        "read: 1 MB of text (its first 100,000 characters)", f"{_timed((text * 400)[:1_000_000]):.2f} s", "bounded"
    )


def journey() -> Iterator[Row]:
    """Bytes → filed, granted to ten partners, and read: from the first version to the last reading."""
    with folder() as base:
        data = base / "node"
        make(data, partners=PARTNERS, channel_urls=lambda _: ["http://127.0.0.1:9/none"])
        with connected(open_node(data)) as conn:
            _keep(conn)
        with served(data, roles="pipeline,release,read") as node, node.open() as conn:
            until(lambda: _count(conn, "version") > 0, 60, 0.005)
            started = time.perf_counter()
            until(lambda: _count(conn, "reading") >= ITEMS, 300, 0.05)
            rate = ITEMS / (time.perf_counter() - started)
            memory = pss_mb(node.process.pid)
        yield Row("taken in, granted and read, eight languages, 3 KB", f"{rate:,.0f} items/s", "≥ 400")
        yield Row("memory of pipeline, release and read after that, PostgreSQL included", f"{memory:,.0f} MB")


def _timed(text: str) -> float:
    began = time.perf_counter()
    read_text(text, headline=text[:80], time=_AT)
    return time.perf_counter() - began


@lru_cache
def _texts(language: str) -> list[str]:
    """Texts of about 3 KB (UTF-8), made of our own annotated sample."""
    lines = (SAMPLE / f"{language}.jsonl").read_text("utf-8").splitlines()
    whole = "\n".join(json.loads(line)["text"] for line in lines)
    found, at = [], 0
    for _ in range(TEXTS):
        piece = whole[at : at + SIZE].encode()[:SIZE].decode("utf-8", "ignore")
        found.append(piece)
        at = (at + len(piece)) % max(1, len(whole) - SIZE)
    return found


def _keep(conn: Connection) -> None:
    feed = feeds.the_feed(conn, "backlog")
    with conn.transaction():
        arrivals.keep(conn, feed.id, feed.agency_id, [Kept(body=body) for body in bodies(0, ITEMS)], None)
    conn.execute("vacuum analyze")


def bodies(first: int, end: int) -> list[bytes]:
    """Copy of 3 KB in ninjs, eight languages in turn, numbered."""
    texts = {language: _texts(language) for language in LANGUAGES}
    found = []
    for number in range(first, end):
        language = LANGUAGES[number % len(LANGUAGES)]
        text = texts[language][number // len(LANGUAGES) % TEXTS]
        found.append(
            json.dumps(
                {
                    "uri": f"urn:bench:read-{number}",
                    "type": "text",
                    "version": "1",
                    "versionCreated": _AT.isoformat(),
                    "language": language,
                    "headlines": [{"value": f"{number} {text[:60]}"}],
                    "bodies": [{"contentType": "text/html", "value": f"<p>{number}</p>" + _html(text)}],
                }
            ).encode()
        )
    return found


def _html(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.split("\n"))


def _count(conn: Connection, table: str) -> int:
    row = conn.execute(f"select count(*) from {table}".encode()).fetchone()
    return int(row[0]) if row else 0
