"""The figures as a table, in the order measured."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct


class Row(Struct, frozen=True):
    """What was measured, on how many values, the figure, the goal it stands beside, and the misses (one a line)."""

    what: str
    figure: str
    goal: str = ""
    of: int = 0
    misses: tuple[str, ...] = ()


def line(row: Row) -> str:
    return f"| {row.what} | {row.of or ''} | {row.figure} | {row.goal} |"


HEAD = "| what | values | measured | goal |\n|---|---|---|---|"


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a data file that has one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def share(right: int, of: int) -> str:
    """``98.4 %``; a dash where there is nothing."""
    return f"{100 * right / of:.1f} %" if of else "–"
