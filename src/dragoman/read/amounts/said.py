"""A number on its way to being a figure."""

from msgspec import Struct


class Said(Struct):
    """Where a number stands, its multiplier with it; its value; by what that multiplied it; and its unit,
    where the number says it (百分之五)."""

    start: int
    end: int
    value: float
    scale: float = 1.0
    unit: str = ""
