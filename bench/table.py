"""The figures as a table, in the order measured."""

from msgspec import Struct


class Row(Struct, frozen=True):
    """What was measured, the figure, and the goal it stands beside."""

    what: str
    figure: str
    goal: str = ""


def line(row: Row) -> str:
    return f"| {row.what} | {row.figure} | {row.goal} |"


HEAD = "| what | measured | goal |\n|---|---|---|"
