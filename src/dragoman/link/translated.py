"""Which text of another language an item translates: its sentences stand there, in the same order, and which. Pure.

Each source is aligned with the item (`alignment`). A sentence of the item counts where what it shares with its counterpart,
figures, names, concepts and words that the learned lexicon joins, is as much as its length asks for, and enough of what
the counterpart has to offer: lengths and order alone put any two texts side by side, and a large lexicon finds a word in
common with anything. The share of the item's sentences that count, by length, says how much of it is translated.

Limits: two reports of one speech share names and figures in one order, and may look like a translation; a text that was
put in another order does not.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from dragoman.link.alignment import NAME, Bead, Sentence, align, matching, prepared
from dragoman.link.learned import NOTHING, Learned
from dragoman.text.sentences import sentences

ASKED = 0.4 / 100
"""What a sentence has to share, for each byte it would have in English."""
KEPT = 0.15
"""The share of a sentence's figures, concepts and known words, by their weight, that a translation keeps at least."""
SURE = 0.6
"""The share of the item from which on it is called a translation."""
FEWEST = 2
"""Sentences that have to count: one alone is chance."""


class Told(Struct, frozen=True):
    """A text in one language (BCP 47), ready to be aligned. `spans` is where its sentences stand in it, in code points."""

    language: str
    sentences: tuple[Sentence, ...]
    spans: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, text: str, language: str, most: float = math.inf) -> "Told":
        """The sentences of `text`, up to the one with which it is as long as `most` bytes of English."""
        ready: list[Sentence] = []
        spans: list[tuple[int, int]] = []
        length = 0.0
        for start, end in sentences(text):
            if length >= most:
                break
            ready += prepared([text[start:end]], language)
            spans.append((start, end))
            length += ready[-1].length
        return cls(language, tuple(ready), tuple(spans))

    def span(self, places: Sequence[int]) -> tuple[int, int]:
        """Where sentences that follow one another stand."""
        return self.spans[places[0]][0], self.spans[places[-1]][1]


class Translated(Struct, frozen=True):
    """`source` is the name of the text it was translated from, None where it was from none of them. `share` is how much of
    the item has its counterpart there, 0 to 1, by the length of its sentences; `beads` are the sentences that have: of the
    source, of the item."""

    source: str | None
    share: float
    beads: tuple[Bead, ...] = ()


Lexicon = Callable[[Told, Told], Learned]
"""What is known of the words of the first in the language of the other."""


def translated_from(item: Told, sources: Mapping[str, Told], lexicon: Lexicon = lambda _, __: NOTHING) -> Translated:
    """The source that `item` translates, with the largest share of it, the first of equals. Sources in the item's own
    language are passed over."""
    best, most = "", Translated(None, 0.0)
    for name, source in sources.items():
        if tongue(source.language) != tongue(item.language):
            found = _compared(item.sentences, source.sentences, lexicon(source, item))
            if found.share > most.share:
                best, most = name, found
    return Translated(best, most.share, most.beads) if most.share >= SURE else Translated(None, most.share)


def tongue(language: str) -> str:
    """The language without its region or script."""
    return language.split("-")[0]


def _compared(item: Sequence[Sentence], source: Sequence[Sentence], lexicon: Learned) -> Translated:
    """How much of `item` stands in `source`, and where."""
    match = matching(lexicon)

    def counts(bead: Bead) -> bool:
        theirs, mine = bead
        if not (theirs and mine):
            return False
        shared = sum(max(match(source[x], item[y]) for x in theirs) for y in mine)
        asked = ASKED * sum(item[y].length for y in mine)
        return shared >= max(asked, KEPT * sum(_offered(source[x], lexicon) for x in theirs))

    beads = tuple(filter(counts, align(source, item, lexicon)))
    counting = [y for _, mine in beads for y in mine]
    if len(counting) < FEWEST:
        return Translated(None, 0.0)
    share = sum(item[y].length for y in counting) / sum(one.length for one in item)
    return Translated(None, round(share, 4), beads)


def _offered(sentence: Sentence, lexicon: Learned) -> float:
    """What a translation of `sentence` could have in common with it, names left out: any word may be one."""
    known = sum(lexicon.weight.get(word, 0.0) for word in sentence.words)
    return len(sentence.figures) + NAME * len(sentence.concepts) + known
