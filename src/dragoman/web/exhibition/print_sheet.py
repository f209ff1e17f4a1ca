"""The printer's list as CSV: stable English columns, sizes in millimetres. Pure."""

from datetime import date

from dragoman.planning.exhibition import Whole
from dragoman.planning.labels import PrintLine, print_list
from dragoman.reports.sheet import Cell, csv_text

COLUMNS = (
    *("number", "room", "picture", "photographer", "credit", "agency", "pixels_wide", "pixels_high"),
    *("wanted_mm_wide", "wanted_mm_high", "print_mm_wide", "print_mm_high", "dpi"),
    *("at_200_mm_wide", "at_200_mm_high", "at_300_mm_wide", "at_300_mm_high", "print_right", "original_sha256"),
)


def print_csv(whole: Whole, language: str, today: date) -> str:
    """Every selected picture, one line each; for spreadsheets, with a byte order mark."""
    return csv_text(COLUMNS, (_cells(line) for line in print_list(whole, language, today)), bom=True)


def _cells(line: PrintLine) -> tuple[Cell, ...]:
    size = line.size
    return (
        line.number,
        line.room.text,
        line.headline,
        line.photographer,
        line.credit,
        line.agency,
        line.width,
        line.height,
        *line.wanted,
        *((size.width_mm, size.height_mm, size.dpi) if size else (None, None, None)),
        *line.at_fewest,
        *line.at_fine,
        line.right.word,
        line.digest,
    )
