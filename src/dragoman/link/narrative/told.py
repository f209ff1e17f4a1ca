"""What the members of a story hand in, and the standing copy among it, cut once for every answer. Pure.

Only the newest version of an item stands. One whose newest version is a kill or a hold has no standing copy, and no earlier
copy either: nothing of it is read. A story of thousands is read in part, evenly over agencies and languages.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from itertools import islice

from msgspec import Struct

from dragoman.model.reading import Reading
from dragoman.model.version import VersionAct
from dragoman.text.sentences import sentences

MOST = 200
"""Items that are read for facts, quotes and what one agency alone says; and as many older versions of them."""
LONGEST, _SENTENCES = 30_000, 400
"""Characters and sentences of an item that are compared: figures, dates and sentences that stand behind are left out."""
_SHOWN = 400
"""Characters of a sentence shown as evidence."""
_NOT_READ = Reading(version=0)
_WITHDRAWN: frozenset[VersionAct] = frozenset({"kill", "hold"})


class Telling(Struct, frozen=True, kw_only=True):
    """One version of one item of a story. `sequence` grows with each version stored; `language` is BCP 47; `text` is the text
    that `reading` was read from: its offsets are the reading's."""

    sequence: int
    item: str
    agency: str
    received: datetime
    language: str = ""
    act: VersionAct = "publish"
    headline: str = ""
    text: str = ""
    reading: Reading = _NOT_READ

    @property
    def tongue(self) -> str:
        """The language alone, without script or country."""
        return (self.language or self.reading.language or "und").split("-")[0].lower()


class Where(Struct, frozen=True, kw_only=True):
    """A place in a version: which item of which agency, from `start` to `end` in code points of its text."""

    agency: str
    item: str
    sequence: int
    language: str
    start: int
    end: int


class LeftOut(Struct, frozen=True):
    """Items of one agency in one language that were left out."""

    agency: str
    language: str
    items: int


def where(telling: Telling, start: int, end: int) -> Where:
    """The place from `start` to `end` in `telling`."""
    return Where(
        agency=telling.agency,
        item=telling.item,
        sequence=telling.sequence,
        language=telling.tongue,
        start=start,
        end=end,
    )


def in_order(tellings: Iterable[Telling]) -> list[Telling]:
    """As they were received; those of one moment as they were stored."""
    return sorted(tellings, key=lambda one: (one.received, one.sequence))


def newest(tellings: Iterable[Telling]) -> dict[str, Telling]:
    """The version of each item that was stored last."""
    found: dict[str, Telling] = {}
    for one in tellings:
        if one.item not in found or one.sequence > found[one.item].sequence:
            found[one.item] = one
    return found


def withdrawn(tellings: Sequence[Telling]) -> frozenset[str]:
    """The items that were killed, or are held now."""
    held = {item for item, one in newest(tellings).items() if one.act in _WITHDRAWN}
    return frozenset(held | {one.item for one in tellings if one.act == "kill"})


def standing(tellings: Sequence[Telling]) -> list[Telling]:
    """The newest version of each item that was not withdrawn, in the order of receipt."""
    gone = withdrawn(tellings)
    return in_order(one for item, one in newest(tellings).items() if item not in gone)


class Told:
    """The standing copy of a story, and earlier versions of the same items, each cut into sentences once.

    `left_out`: where there are more than `most` items, each agency in each language gives its latest in turn.
    """

    def __init__(self, tellings: Sequence[Telling], most: int = MOST) -> None:
        all_standing = standing(tellings)
        self.copy = _chosen(all_standing, most)
        self.left_out = _left_out(all_standing, self.copy)
        latest = {one.item: one.sequence for one in self.copy}
        older = [one for one in tellings if one.item in latest and one.sequence < latest[one.item]]
        self.earlier = in_order(sorted(older, key=lambda one: -one.sequence)[:most])
        self._cut: dict[int, list[tuple[int, int]]] = {}

    @cached_property
    def agencies(self) -> list[str]:
        """Whose copy stands, the first to tell first."""
        return list(dict.fromkeys(one.agency for one in self.copy))

    def sentences(self, telling: Telling) -> list[tuple[int, int]]:
        """Where each sentence of `telling` begins and ends."""
        if telling.sequence not in self._cut:
            self._cut[telling.sequence] = list(islice(sentences(telling.text[:LONGEST]), _SENTENCES))
        return self._cut[telling.sequence]

    def sentence_at(self, telling: Telling, at: int) -> int:
        """The number of the sentence in which `at` stands; −1 where it stands in none that is compared."""
        cut = self.sentences(telling)
        number = bisect_right(cut, at, key=lambda one: one[0]) - 1
        return number if number >= 0 and at < cut[number][1] else -1

    def evidence(self, telling: Telling, at: int) -> str:
        """The sentence in which `at` stands, as it is shown."""
        number = self.sentence_at(telling, at)
        return shown(telling, *self.sentences(telling)[number]) if number >= 0 else ""


def shown(telling: Telling, start: int, end: int) -> str:
    """The words from `start` to `end`, cut with a sign where they are too many."""
    text = telling.text[start : min(end, start + _SHOWN)].strip()
    return f"{text}…" if end - start > _SHOWN else text


def _chosen(copy: list[Telling], most: int) -> list[Telling]:
    return copy if len(copy) <= most else in_order(_in_turn(copy, most))


def _in_turn(copy: list[Telling], most: int) -> Iterator[Telling]:
    cells: dict[tuple[str, str], list[Telling]] = {}
    for one in copy:
        cells.setdefault((one.agency, one.tongue), []).append(one)
    taken = 0
    while taken < most:
        for cell in cells.values():
            if cell and taken < most:
                taken += 1
                yield cell.pop()


def _left_out(copy: list[Telling], chosen: list[Telling]) -> tuple[LeftOut, ...]:
    kept = {one.item for one in chosen}
    return counted(one for one in copy if one.item not in kept)


def counted(tellings: Iterable[Telling]) -> tuple[LeftOut, ...]:
    """How many items each agency has in each language."""
    found = Counter((one.agency, one.tongue) for one in tellings)
    return tuple(LeftOut(agency, language, items) for (agency, language), items in sorted(found.items()))
