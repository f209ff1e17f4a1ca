"""A narrative as its page shows it: cells by agency and language, facts as rows. Pure."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from dragoman.link.narrative.facts import Facts
from dragoman.link.narrative.figures import Fact
from dragoman.link.narrative.matrix import Cell, Matrix
from dragoman.store.stories import Member, Story


class Told(Struct, frozen=True, kw_only=True):
    """What one agency has in one language: `is_first` where no other told it in this language before."""

    cell: Cell
    at: datetime
    is_first: bool


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


def compared(facts: Facts) -> list[Fact]:
    """What several agencies count or date, those that differ first."""
    return sorted((*facts.figures, *facts.dates), key=lambda one: not one.differ)


def stamp_of(story: Story, members: Iterable[Member]) -> str:
    """Short, and another one whenever the story or one of its members has changed."""
    told = [(one.item, one.sequence, one.state, one.by) for one in members]
    return hashlib.sha256(repr((story.id, story.title, told)).encode()).hexdigest()[:16]
