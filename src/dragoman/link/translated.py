"""Which text of another language an item translates: its sentences stand there, in the same order. Pure.

Each source is aligned with the item (`alignment`). A sentence of the item counts where what it shares with its counterpart,
figures, names, concepts and words that the learned lexicon joins, is as much as its length asks for, and enough of what
the counterpart has to offer: lengths and order alone put any two texts side by side, and a large lexicon finds a word in
common with anything. The share of the item's sentences that count, by length, says how much of it is translated.

Limits: two reports of one speech share names and figures in one order, and may look like a translation; a text that was
put in another order does not.
"""

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
    """A text in one language (BCP 47), ready to be aligned."""

    language: str
    sentences: tuple[Sentence, ...]

    @classmethod
    def of(cls, text: str, language: str) -> "Told":
        return cls(language, tuple(prepared((text[start:end] for start, end in sentences(text)), language)))


class Translated(Struct, frozen=True):
    """`source` is the name of the text it was translated from, None where it was from none of them. `share` is how much of
    the item has its counterpart there, 0 to 1, by the length of its sentences."""

    source: str | None
    share: float


def translated_from(
    item: Told, sources: Mapping[str, Told], lexicon: Callable[[str, str], Learned] = lambda _, __: NOTHING
) -> Translated:
    """The source that `item` translates, with the largest share of it, the first of equals. `lexicon` gives what is known
    of the words of one language in another. Sources in the item's own language are passed over."""
    best, most = None, 0.0
    for name, source in sources.items():
        if _tongue(source.language) != _tongue(item.language):
            share = _share(item.sentences, source.sentences, lexicon(source.language, item.language))
            if share > most:
                best, most = name, share
    return Translated(best if most >= SURE else None, most)


def _tongue(language: str) -> str:
    return language.split("-")[0]


def _share(item: Sequence[Sentence], source: Sequence[Sentence], lexicon: Learned) -> float:
    """How much of `item` stands in `source`."""
    match = matching(lexicon)

    def counts(bead: Bead) -> bool:
        theirs, mine = bead
        if not (theirs and mine):
            return False
        shared = sum(max(match(source[x], item[y]) for x in theirs) for y in mine)
        asked = ASKED * sum(item[y].length for y in mine)
        return shared >= max(asked, KEPT * sum(_offered(source[x], lexicon) for x in theirs))

    counting = [y for bead in align(source, item, lexicon) if counts(bead) for y in bead[1]]
    if len(counting) < FEWEST:
        return 0.0
    return round(sum(item[y].length for y in counting) / sum(one.length for one in item), 4)


def _offered(sentence: Sentence, lexicon: Learned) -> float:
    """What a translation of `sentence` could have in common with it, names left out: any word may be one."""
    known = sum(lexicon.weight.get(word, 0.0) for word in sentence.words)
    return len(sentence.figures) + NAME * len(sentence.concepts) + known
