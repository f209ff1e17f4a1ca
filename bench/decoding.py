"""Reading documents of 3 KB: parsed into canonical items (recognised, cleaned), then read, in one process."""

import statistics
import time
from collections.abc import Iterator

from bench import copy
from bench.table import Row
from dragoman import formats
from dragoman.model.arrival import Hints
from dragoman.model.item import Item
from dragoman.read.reading import read_item

GOALS = {"newsml-g2": 3_000, "nitf": 3_000, "ninjs": 8_000, "iptc7901": 8_000, "rss": 4_000}
"""Items a second on one core."""
ITEMS, ROUNDS, ENTRIES = 200, 7, 50


def decoding() -> Iterator[Row]:
    """Every format that is written, the same items in each; feeds have fifty entries a document."""
    items = [item for number in range(ITEMS) for item in _item(f"decode-{number}")]
    hints = Hints(agency="bench")
    for name in formats.WRITTEN:
        if name == "ical":
            continue  # events have no body to clean
        at_once = ENTRIES if formats.FORMATS[name].split else 1
        documents = [formats.encode(name, items[at : at + at_once]).body for at in range(0, len(items), at_once)]
        assert sum(unit.item is not None for one in documents for unit in formats.decode(one, hints)) == ITEMS, name
        rates = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            for document in documents:
                formats.parse(document, hints)
            rates.append(ITEMS / (time.perf_counter() - began))
        size = sum(map(len, documents)) / ITEMS / 1000
        goal = f"≥ {GOALS[name]:,}" if name in GOALS else ""
        yield Row(
            f"parsed: {name}, {size:.1f} KB an item, one core",
            f"{statistics.median(rates):,.0f} items/s (median of {ROUNDS})",
            goal,
        )
    began = time.perf_counter()
    for item in items:
        read_item(item, hints)
    yield Row("read after that: language, dateline", f"{(time.perf_counter() - began) / ITEMS * 1e6:.0f} µs an item")


def _item(name: str) -> list[Item]:
    return [unit.item for unit in formats.parse(copy.ninjs(name), Hints(agency="bench")) if unit.item]
