"""Stories: linking one item with 20,000 and 200,000 in the window, making the window again, its memory; a flash in its story.

The items are invented: words drawn as often as the shipped prior has them; an event has rare ones, names and a figure.
"""

import http.client
import random
import resource
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from bench import copy, reading
from bench.node import Served, folder, make, served
from bench.table import Row
from dragoman.app import connected, open_node
from dragoman.link.pivot import Pivot
from dragoman.link.stories import Stories
from dragoman.link.traits import Traits
from dragoman.link.weights import Frequencies, vector
from dragoman.roles.link import Linker
from dragoman.roles.post import Beats, Post, Stop
from dragoman.store import arrivals, feeds
from dragoman.store.arrivals import Kept
from dragoman.store.connect import Connection

SMALL, LARGE, LINKED = 20_000, 200_000, 2_000
EVENTS, NEW = 3_000, 0.4
"""Events that are told at a time, and how many of ten items tell of a new one."""
FLASHES, RATE = 100, 200


class Wire:
    """Traits of invented items, eight languages in turn."""

    def __init__(self) -> None:
        self._chance = random.Random(11)
        having = Frequencies()._having
        self._words = {tongue: (list(having[tongue]), list(having[tongue].values())) for tongue in reading.LANGUAGES}
        self._concepts = [feature for feature in having[""] if feature.startswith("c:")]
        self._events: list[tuple[int, list[str], list[str]]] = []
        self._count = 0

    def item(self) -> tuple[int, Traits]:
        """The number of its event, and what is read of it."""
        chance = self._chance
        if not self._events or chance.random() < NEW:
            names = ["".join(chance.choice(pair) for pair in ("bdgklmnrst", "aeiou") * 3) for _ in range(8)]
            self._events.append((self._count, chance.sample(self._concepts, 12), names))
            self._events = self._events[-EVENTS:]
        event, concepts, names = chance.choice(self._events)
        language = reading.LANGUAGES[self._count % len(reading.LANGUAGES)]
        self._count += 1
        words, often = self._words[language]
        own = dict.fromkeys(chance.choices(words, often, k=120), 1.0)
        own |= dict.fromkeys(random.Random(f"{language}{event}").choices(words, k=10), 1.0)
        own |= {f"{language}{event}": 1.0} | dict.fromkeys(names, 2.0)
        shared = dict.fromkeys(chance.sample(concepts, 8) + chance.sample(self._concepts, 20), 1.0)
        shared |= {f"n:{name}": 1.0 for name in chance.sample(names, 6)} | {f"f:{event % 977}": 1.0}
        return event, Traits(language, own, shared)


def window() -> Iterator[Row]:
    """Processor time of one core; the window as a linker has it."""
    costs = []
    with folder() as base:
        data = base / "node"
        make(data, partners=1, channel_urls=lambda _: [])
        node = open_node(data)
        wire = Wire()
        filled = 0
        with connected(node, "owner") as owner, connected(node) as conn:
            post = Post(role="link", config=node.config, newsroom=node.database.conninfo("newsroom"), partner="")
            for size in (SMALL, LARGE):
                _fill(owner, wire, filled, size)
                filled = size
                before, began = _memory_mb(), time.perf_counter()
                linker = Linker(post, Stop(), Beats(conn, post))
                took = time.perf_counter() - began
                cost = _linking(linker.stories, wire)
                costs.append(cost)
                yield Row(f"linking an item, {size:,} in the window, processor time", f"{cost * 1e3:.2f} ms", "≤ 2")
                if size == LARGE:
                    yield Row(f"window of {size:,} made again from the store", f"{took:.0f} s", "≤ 60")
                    yield Row("memory it takes", f"{_memory_mb() - before:,.0f} MB", "≤ 2,000")
                linker.close()
                del linker
        yield Row("linking at 200,000 ÷ at 20,000", f"{costs[1] / costs[0]:.2f}", "≤ 1.5")


def _linking(stories: Stories, wire: Wire) -> float:
    pivot, at = Pivot(), time.time()
    items = [wire.item()[1] for _ in range(LINKED)]
    began = time.process_time()
    for number, traits in enumerate(items):
        stories.link(10_000_000 + number, vector(traits, stories.frequencies, pivot), at)
        if stories.due:
            stories.sweep()
    return (time.process_time() - began) / LINKED


def _fill(conn: Connection, wire: Wire, above: int, upto: int) -> None:
    """Items of the last week, each in the story of its event; of the items themselves there is nothing."""
    conn.execute("alter table story_item drop constraint if exists story_item_item_fkey")
    conn.execute("alter table story_item drop constraint if exists story_item_story_fkey")
    frequencies, pivot, now = Frequencies(), Pivot(), datetime.now(UTC) - timedelta(days=7)
    told: set[int] = set()
    with conn.cursor().copy(
        "copy story_item (item, sequence, story, at, likeness, reasons, vector) from stdin"
    ) as rows:
        for number in range(above + 1, upto + 1):
            event, traits = wire.item()
            made = msgspec.msgpack.encode(vector(traits, frequencies, pivot))
            told.add(event + 1)
            rows.write_row((number, number, event + 1, now + timedelta(seconds=3 * number), 0.5, b"[]", made))
    conn.cursor().executemany(
        "insert into story (id, latest) values (%s, %s) on conflict do nothing",
        [(story, now) for story in sorted(told)],
    )
    conn.execute("select setval('story_id_seq', 10000000)")
    conn.execute("vacuum analyze")


def _memory_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def flash() -> Iterator[Row]:
    """Push sent → the flash is in its story, for everybody to see; copy of 3 KB in eight languages arrives meanwhile."""
    with folder() as base:
        data = base / "node"
        make(data, partners=1, channel_urls=lambda _: ["http://127.0.0.1:9/none"])
        with served(data) as node:
            done = threading.Event()
            feeding = threading.Thread(target=_feed, args=(data, done))
            feeding.start()
            try:
                time.sleep(10)  # until it flows
                times = sorted(_flashes(node))
            finally:
                done.set()
                feeding.join()
            with node.open() as conn:
                row = conn.execute("select count(*), (select count(*) from version) from story_item").fetchone()
        linked, filed = row or (0, 0)
        yield Row(
            f"flash: push sent → in its story, while {RATE} items/s arrive",
            f"p50 {times[len(times) // 2]:.2f} s, p99 {times[int(len(times) * 0.99)]:.2f} s; {linked:,} of {filed:,} linked",
            "p99 ≤ 1 s",
        )


def _feed(data: Path, done: threading.Event) -> None:
    number, step = 0, 20
    with connected(open_node(data)) as conn:
        feed = feeds.the_feed(conn, "backlog")
        due = time.monotonic()
        while not done.is_set():
            bodies = [Kept(body=body, priority=9) for body in reading.bodies(number, number + step)]
            with conn.transaction():
                arrivals.keep(conn, feed.id, feed.agency_id, bodies, None)
            number, due = number + step, due + step / RATE
            done.wait(max(0.0, due - time.monotonic()))


def _flashes(node: Served) -> Iterator[float]:
    connection = http.client.HTTPConnection("127.0.0.1", node.port, timeout=30)
    with node.open() as conn:
        for number in range(FLASHES):
            name, began = f"flash-{number}", time.monotonic()
            connection.request(
                "POST",
                "/exchange/push/desk",
                copy.ninjs(name, urgency=1, at=datetime.now(UTC)),
                {"authorization": f"Bearer {node.secret}", "content-type": "application/json"},
            )
            connection.getresponse().read()
            query = "select 1 from story_item s join item i on i.id = s.item where i.uri = %s"
            while not conn.execute(query, (f"urn:bench:{name}",)).fetchone():
                if time.monotonic() - began > 60:
                    raise SystemExit("a flash was not linked within a minute")
                time.sleep(0.01)
            yield time.monotonic() - began
            time.sleep(0.1)
