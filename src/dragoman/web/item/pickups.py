"""Pick-ups as an item's page shows them: each passage beside its source, the same words marked on both sides; of a
translation, sentence beside sentence."""

from collections.abc import Iterable

from msgspec import Struct

from dragoman.link.reuse import same_words
from dragoman.store.reuse import Kept, Stretch

_AROUND = 90
"""Characters of the same paragraph that are shown before and behind a passage."""


class Piece(Struct, frozen=True):
    """A run of a text. `is_same`: the words stand on the other side as well; `is_around`: it is no part of the passage."""

    text: str
    is_same: bool = False
    is_around: bool = False


class Pair(Struct, frozen=True):
    """One passage on both sides."""

    user: tuple[Piece, ...]
    source: tuple[Piece, ...]


class Shown(Struct, frozen=True):
    """A pick-up and its passages."""

    kept: Kept
    pairs: tuple[Pair, ...]


def shown(found: Iterable[Kept]) -> list[Shown]:
    return [Shown(one, tuple(_pair(one, passage) for passage in one.passages)) for one in found]


def _pair(kept: Kept, passage: Stretch) -> Pair:
    mine, theirs = kept.user.text[slice(*passage.item)], kept.source.text[slice(*passage.source)]
    if kept.label == "translated":
        return Pair((Piece(mine),), (Piece(theirs),))
    same = same_words(mine, theirs)
    return Pair(
        _pieces(kept.user.text, passage.item, [one for one, _ in same]),
        _pieces(kept.source.text, passage.source, [other for _, other in same]),
    )


def _pieces(text: str, passage: tuple[int, int], same: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    start, end = passage
    pieces, at = [Piece(_before(text, start), is_around=True)], start
    for first, last in sorted(same):
        first, last = max(at, start + first), start + last  # of words that stand twice the runs may overlap
        if first < last:
            pieces += [Piece(text[at:first]), Piece(text[first:last], is_same=True)]
            at = last
    pieces += [Piece(text[at:end]), Piece(_behind(text, end), is_around=True)]
    return tuple(one for one in pieces if one.text)


def _before(text: str, at: int) -> str:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line if len(line) <= _AROUND else "… " + line[-_AROUND:].partition(" ")[2]


def _behind(text: str, at: int) -> str:
    line = text[at:].partition("\n")[0]
    return line if len(line) <= _AROUND else line[:_AROUND].rpartition(" ")[0] + " …"
