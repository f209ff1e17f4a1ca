"""Measure and print the table. Ratios and medians of one run; absolute rates are this machine's."""

import platform
import sys
from collections.abc import Callable, Iterator

from bench import decoding, fanout, flash, floor, ingest, pickup, project, reading, small, stories
from bench.node import cores
from bench.table import HEAD, Row, line

BENCHES: dict[str, Callable[[], Iterator[Row]]] = {
    "start": small.starting,
    "decode": decoding.decoding,
    "read": reading.reading,
    "journey": reading.journey,
    "pickup": pickup.pickup,
    "window": stories.window,
    "story": stories.flash,
    "rate": ingest.rate,
    "growth": ingest.growth,
    "flash": flash.latency,
    "fanout": fanout.fanout,
    "floor": floor.behind,
    "project": project.opening,
    "demo": small.demo,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no bench {unknown[0]}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    print(f"{platform.python_implementation()} {platform.python_version()}, {cores()} cores\n\n{HEAD}", flush=True)
    for name in names or BENCHES:
        for row in BENCHES[name]():
            print(line(row), flush=True)
    return 0


sys.exit(main(sys.argv[1:]))
