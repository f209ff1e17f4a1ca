"""Dates and figures in a text, normalised. Pure.

find_dates     ISO 8601     find_figures     value, unit, "more than"
"""

from dragoman.read.amounts.dates import find_dates
from dragoman.read.amounts.figures import find_figures

__all__ = ["find_dates", "find_figures"]
