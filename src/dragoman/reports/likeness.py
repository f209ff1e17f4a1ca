"""How much of one text is in another: three words in a row, compared as sets. Pure.

Words are those of the query language (folded; characters of scripts without spaces each stand as a word), so that
spelling and punctuation do not hide a copy. Two languages share no three words: a translation is not found here.
"""

from collections.abc import Mapping

from msgspec import Struct

Gram = tuple[str, str, str]
SAME_TEXT = 0.5
"""From this containment on, two texts count as the same text."""
FEWEST = 12
"""Fewer runs in common are a quotation or a phrase of the trade, whatever their share."""


class Likeness(Struct, frozen=True):
    """`share` of the shorter text's runs of three words that the longer one has; `number` is the one of ours."""

    share: float = 0.0
    number: int | None = None


def grams(spaced: str) -> frozenset[Gram]:
    """The runs of three words of a text in `dragoman.query`'s spaced form; marks between its parts are no words."""
    words = [word for word in spaced.split() if word != "|"]
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def containment(one: frozenset[Gram], other: frozenset[Gram]) -> float:
    """The share of the smaller set that lies in the larger; nothing where they have less than `FEWEST` in common."""
    common = len(one & other)
    return common / min(len(one), len(other)) if common >= FEWEST else 0.0


class Ours:
    """Our own texts, ready to be compared with."""

    def __init__(self, texts: Mapping[int, frozenset[Gram]]) -> None:
        self._sizes = {number: len(text) for number, text in texts.items()}
        self._owners: dict[Gram, list[int]] = {}
        for number in sorted(texts):
            for gram in texts[number]:
                self._owners.setdefault(gram, []).append(number)

    def nearest(self, text: frozenset[Gram]) -> Likeness:
        """The own text that `text` has most in common with (as `containment` has it), the lowest number of equals."""
        common: dict[int, int] = {}
        for owners in filter(None, map(self._owners.get, text)):
            for number in owners:
                common[number] = common.get(number, 0) + 1
        shares = [
            (shared / min(len(text), self._sizes[number]), -number)
            for number, shared in common.items()
            if shared >= FEWEST
        ]
        share, number = max(shares, default=(0.0, 0))
        return Likeness(share, -number) if share else Likeness()
