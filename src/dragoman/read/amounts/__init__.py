"""Dates and figures in a text, normalised. Pure."""

from dragoman.model.reading import Figure, Reading, SaidDate
from dragoman.read.document import Document


def find_dates(document: Document, so_far: Reading) -> tuple[SaidDate, ...]:
    """The dates in order."""
    return ()


def find_figures(document: Document, so_far: Reading) -> tuple[Figure, ...]:
    """The figures in order; numbers that belong to dates are none."""
    return ()
