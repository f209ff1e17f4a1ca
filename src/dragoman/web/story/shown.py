"""A narrative as its page shows it: cells by agency and language, facts as rows. Pure."""

from datetime import datetime

from msgspec import Struct

from dragoman.link.narrative.facts import Facts
from dragoman.link.narrative.figures import Fact
from dragoman.link.narrative.matrix import Cell, Matrix


class Told(Struct, frozen=True, kw_only=True):
    """What one agency has in one language: `is_first` where no other told it in this language before."""

    cell: Cell
    at: datetime
    is_first: bool


class FactRow(Struct, frozen=True, kw_only=True):
    """A fact with what each agency gives, by code."""

    fact: Fact
    common: float | str


def side_by_side(matrix: Matrix) -> dict[tuple[str, str], Told]:
    """By agency and language."""
    firsts: dict[str, datetime] = {}
    for cell in matrix.cells:
        at = cell.copy[0].received
        firsts[cell.language] = min(at, firsts.get(cell.language, at))
    return {
        (cell.agency, cell.language): Told(
            cell=cell, at=cell.copy[0].received, is_first=cell.copy[0].received == firsts[cell.language]
        )
        for cell in matrix.cells
    }


def fact_rows(facts: Facts) -> list[FactRow]:
    """What several agencies count or date, those who differ first."""
    rows = [FactRow(fact=one, common=one.values[0]) for one in (*facts.figures, *facts.dates)]
    return sorted(rows, key=lambda row: not row.fact.differ)
