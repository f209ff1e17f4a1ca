"""The figures as a table, in the order measured."""

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


def share(right: int, of: int) -> str:
    """``98.4 %``; a dash where there is nothing."""
    return f"{100 * right / of:.1f} %" if of else "–"
