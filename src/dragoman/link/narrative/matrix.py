"""Which agency tells a story in which language. Pure."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dragoman.link.narrative.told import Telling, standing


class Copy(Struct, frozen=True, kw_only=True):
    """An item that stands: its newest version, when that came in, how many words it has."""

    item: str
    sequence: int
    received: datetime
    headline: str = ""
    words: int = 0


class Cell(Struct, frozen=True, kw_only=True):
    """What one agency has in one language, in the order of receipt."""

    agency: str
    language: str
    copy: tuple[Copy, ...]


class Matrix(Struct, frozen=True, kw_only=True):
    """`agencies` and `languages` are the columns and rows, those with most items first; a cell that is not there is empty."""

    agencies: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()


def matrix(tellings: Sequence[Telling]) -> Matrix:
    """Languages by agencies, with the items that stand."""
    found: dict[tuple[str, str], list[Copy]] = {}
    agencies: dict[str, int] = {}
    languages: dict[str, int] = {}
    for one in standing(tellings):
        agencies[one.agency] = agencies.get(one.agency, 0) + 1
        languages[one.tongue] = languages.get(one.tongue, 0) + 1
        found.setdefault((one.agency, one.tongue), []).append(
            Copy(
                item=one.item,
                sequence=one.sequence,
                received=one.received,
                headline=one.headline,
                words=one.reading.words,
            )
        )
    return Matrix(
        agencies=tuple(sorted(agencies, key=lambda name: (-agencies[name], name))),
        languages=tuple(sorted(languages, key=lambda name: (-languages[name], name))),
        cells=tuple(Cell(agency=who, language=tongue, copy=tuple(copy)) for (who, tongue), copy in found.items()),
    )
