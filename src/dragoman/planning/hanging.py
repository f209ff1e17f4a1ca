"""Where a picture hangs and how large: places moved by number, sizes in millimetres, what the pixels allow. Pure."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

MM: Final = 25.4
"""Millimetres of an inch."""
FEWEST_DPI: Final = 200
"""Below this a print looks soft at the distance of a reader (the usual floor of exhibition printers)."""
FINE_DPI: Final = 300
_STEP: Final = 1024.0
_NARROW: Final = 1e-6


def moved(places: Sequence[tuple[str, float]], id: str, to: int) -> dict[str, float]:
    """The new positions that bring `id` to the `to`-th place (from 1) among `places`, which stand in their order.

    Usually one position, between its new neighbours'; where there is no room left between them, all anew. A number beyond
    the ends is taken as the end. Nothing where it stands there already.
    """
    others = [(name, position) for name, position in places if name != id]
    at = min(max(to, 1), len(others) + 1) - 1
    if [name for name, _ in places] == [*(n for n, _ in others[:at]), id, *(n for n, _ in others[at:])]:
        return {}
    before = others[at - 1][1] if at else None
    after = others[at][1] if at < len(others) else None
    if before is not None and after is not None and after - before < _NARROW:
        return _anew([*(name for name, _ in others[:at]), id, *(name for name, _ in others[at:])], dict(places))
    return {id: _between(before, after)}


def _between(before: float | None, after: float | None) -> float:
    if before is None:
        return 0.0 if after is None else after - _STEP
    return before + _STEP if after is None else (before + after) / 2


def _anew(names: Sequence[str], known: dict[str, float]) -> dict[str, float]:
    wanted = {name: (at + 1) * _STEP for at, name in enumerate(names)}
    return {name: position for name, position in wanted.items() if known.get(name) != position}


def behind(places: Sequence[float]) -> float:
    """The position after all of these."""
    return max(places) + _STEP if places else _STEP


class PrintSize(Struct, frozen=True, kw_only=True):
    """A print as it comes out: the picture whole inside the size wanted, and how many of its pixels lie on an inch."""

    width_mm: int
    height_mm: int
    dpi: int

    @property
    def is_soft(self) -> bool:
        return self.dpi < FEWEST_DPI


def print_size(width: int, height: int, width_mm: int, height_mm: int) -> PrintSize | None:
    """The print of a picture of `width` × `height` pixels that fits in the size wanted, a side of 0 being free.

    None where the picture's size or the one wanted is not known.
    """
    if min(width, height) <= 0 or max(width_mm, height_mm) <= 0:
        return None
    dpi = max(px * MM / mm for px, mm in ((width, width_mm), (height, height_mm)) if mm)
    return PrintSize(width_mm=round(width * MM / dpi), height_mm=round(height * MM / dpi), dpi=int(dpi))


def largest(width: int, height: int, dpi: int) -> tuple[int, int]:
    """The largest print at `dpi` in whole millimetres, never larger than the pixels allow; zeros where nothing is known."""
    return int(width * MM / dpi), int(height * MM / dpi)
