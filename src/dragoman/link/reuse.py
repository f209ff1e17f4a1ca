"""Whose words an item uses: passages that stand in earlier copy, found by shared runs of words and then aligned. Pure.

    signs      the pieces by which two texts are known to share words: runs of three words, of six signs in Chinese
    sampled    a fifth of them, so chosen that what two texts share is chosen in both
    Index      which texts have a sign; the few that share most with an item are looked at closely
    passages   both texts side by side: where a run of words of the one stands in the other, small edits bridged
    judged     whole, partial or none, by the share of the item's words that stand in the source

An index of exact signs finds edited copies, halves and quotations alike, where sketches of whole texts (MinHash) miss half of
them. Signs are hashes (BLAKE2b, 8 bytes) of folded words, so that case, accents and typography make no difference.

Limits: a paraphrase has no sign in common with its source; a stock phrase of three words that stands in many texts counts
only as part of a longer passage.
"""

import hashlib
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct, structs

from dragoman.text.analyse import words
from dragoman.text.fold import fold
from dragoman.text.sentences import sentences

Label = Literal["whole", "partial", "none"]
RUN, RUN_OF_SIGNS = 3, 6
WHOLE = 0.75
"""The share of the item's words from which on it is the source's copy, edited as it may be."""
SHORTEST, SHORTEST_OF_SIGNS = 6, 12
"""Words (signs in Chinese) of the shortest passage that counts: shorter ones are stock phrases and names."""
SENTENCE, SENTENCE_OF_SIGNS = 6, 10
"""Words of whole sentences that stand in the source from which on they are borrowed."""
STRETCH, STRETCH_OF_SIGNS = 22, 38
"""Running words outside quotation marks that are borrowed even where no sentence is whole. Inside them two agencies may
have heard the same speaker."""
BRIDGE = 4
"""Words changed inside a passage on either side that do not end it."""
CANDIDATES = 4
"""Sources that are looked at closely."""
COMMON = 64
"""Sources of a sign that are counted, the first of them: a phrase that stands in more says little about any."""
WINDOW, WINDOW_OF_SIGNS = 8, 12
"""Running signs of which one is sampled: ten running words (Chinese: 17 signs) in common are always found."""
_EDGE = 4  # characters between a passage's end and its sentence's: quotation marks, a comma made a full stop
_QUOTED = re.compile(r"«[^»\n]{3,600}»|“[^”\n]{3,600}”|„[^“”\n]{3,600}[“”]|「[^」\n]{2,600}」|\"[^\"\n]{3,600}\"")


class Units(Struct, frozen=True):
    """A text in comparable units: folded words, or single signs where most of it is Chinese; where each stands."""

    units: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    of_signs: bool


class Text(Struct, frozen=True):
    """A text made ready for comparing."""

    text: str
    cut: Units

    @classmethod
    def of(cls, text: str) -> "Text":
        return cls(text, units(text))


class Passage(Struct, frozen=True):
    """The same words on both sides: code points of the item's text and of the source's, ends excluded. `words` are those
    that are the same, `free` how many of them stand outside quotation marks on both sides."""

    item: tuple[int, int]
    source: tuple[int, int]
    words: int
    free: float


class Pickup(Struct, frozen=True):
    """`coverage` is the share of the item's words (signs in Chinese) that stand in `source`, 0 to 1. Where the label is
    ``none`` and there is a source, they share a speaker's words or a phrase, and nothing is borrowed."""

    label: Label
    source: str | None
    coverage: float
    passages: tuple[Passage, ...] = ()


NONE = Pickup("none", None, 0.0)


def units(text: str) -> Units:
    """`text` in the units it is compared by."""
    han = sum("\u3400" <= sign <= "\u9fff" for sign in text)
    if han * 3 > len(text):
        found = [(sign, at, at + 1) for at, sign in enumerate(text) if sign.isalnum()]
    else:
        found = [(fold(word), at, at + len(word)) for word, at in words(text)]
    kept = [one for one in found if one[0]]
    return Units(
        tuple(one[0] for one in kept), tuple(one[1] for one in kept), tuple(one[2] for one in kept), han * 3 > len(text)
    )


def signs(text: Units) -> list[int]:
    """The sign at each place of `text`: of the run that begins there."""
    size = RUN_OF_SIGNS if text.of_signs else RUN
    each = text.units
    return [_hash("\x1f".join(each[at : at + size])) for at in range(len(each) - size + 1)]


def sampled(text: Units) -> set[int]:
    """The least sign of every window, in 32 bits with a sign of their own, as PostgreSQL has them: about one in five.

    Winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003): which sign is taken depends on its window alone, so that two texts
    with a window in common share what is taken of it.
    """
    window = WINDOW_OF_SIGNS if text.of_signs else WINDOW
    each = [(sign & 0xFFFFFFFF) - 0x80000000 for sign in signs(text)]
    return {min(each[at : at + window]) for at in range(max(1, len(each) - window + 1))} if each else set()


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class Index:
    """Texts by their signs, or by what `drawn` takes of them. Adding one again under the same name is the caller's matter."""

    def __init__(self, drawn: Callable[[Units], Iterable[int]] = signs) -> None:
        self._drawn = drawn
        self._texts: dict[str, Text] = {}
        self._having: defaultdict[int, list[str]] = defaultdict(list)

    def add(self, name: str, text: str) -> None:
        made = Text.of(text)
        self._texts[name] = made
        for sign in set(self._drawn(made.cut)):
            self._having[sign].append(name)

    def pickup(self, text: str, allowed: Callable[[str], bool] = lambda _: True) -> Pickup:
        """Whose words `text` uses, of all sources that are `allowed`."""
        item = Text.of(text)
        shared: defaultdict[str, float] = defaultdict(float)
        for sign in set(self._drawn(item.cut)):
            having = self._having.get(sign, ())
            for name in having[:COMMON]:
                shared[name] += 1 / min(len(having), COMMON)
        best = sorted(shared, key=lambda name: (-shared[name], name))
        found = [name for name in best[: CANDIDATES * 8] if allowed(name)][:CANDIDATES]
        return closest(item, {name: self._texts[name] for name in found})


def closest(item: Text, sources: Mapping[str, Text]) -> Pickup:
    """The source with most of `item`'s words, those in whole sentences counted twice: of two that carry the same speaker's
    words, the one whose sentences they are. The first of equals."""
    best, most = NONE, 0
    for name, source in sources.items():
        found = passages(item, source)
        used = sum(one.words for one in found)
        whole = _in_whole_sentences(item, source, found)
        if used + whole > most:
            most = used + whole
            covered = round(used / len(item.cut.units), 4)
            best = Pickup(judged(item.cut, found, whole), name, covered, tuple(found))
    return best


def judged(item: Units, found: Sequence[Passage], whole: int) -> Label:
    """Whole, by the share that stands there, edits bridged; partial, where `whole` words in sentences that are not cut
    do, or a stretch that nobody is quoted with; else none."""
    if _bridged_share(item, found) >= WHOLE:
        return "whole"
    sentence, stretch = (SENTENCE_OF_SIGNS, STRETCH_OF_SIGNS) if item.of_signs else (SENTENCE, STRETCH)
    return "partial" if whole >= sentence or any(one.free >= stretch for one in found) else "none"


def passages(item: Text, source: Text) -> list[Passage]:
    """The passages of `item` that stand in `source`, in the item's order, each as long as small edits allow."""
    mine, theirs = item.cut, source.cut
    size = RUN_OF_SIGNS if mine.of_signs else RUN
    shortest = SHORTEST_OF_SIGNS if mine.of_signs else SHORTEST
    found = []
    for start, end, there, there_end, matched in _bridged(
        _blocks(mine.units, theirs.units, size), BRIDGE * (2 if mine.of_signs else 1)
    ):
        if matched >= shortest:
            here = (mine.starts[start], mine.ends[end - 1])
            beyond = (theirs.starts[there], theirs.ends[there_end - 1])
            found.append(Passage(here, beyond, matched, 0.0))
    if not found:
        return []
    quoted, quoted_there = _quoted(item.text), _quoted(source.text)
    return [
        structs.replace(
            one, free=round(one.words * min(_outside(one.item, quoted), _outside(one.source, quoted_there)), 1)
        )
        for one in found
    ]


def same_words(mine: str, theirs: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where two passages have the same words, running on together: code points of either, in the order of the first."""
    one, other = units(mine), units(theirs)
    return [
        (
            (one.starts[at], one.ends[at + length - 1]),
            (other.starts[there], other.ends[there + length - 1]),
        )
        for at, there, length in _blocks(one.units, other.units, 1)
    ]


def _quoted(text: str) -> bytearray:
    """One byte a character: 1 inside quotation marks."""
    marks = bytearray(len(text))
    for found in _QUOTED.finditer(text):
        marks[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    return marks


def _outside(span: tuple[int, int], quoted: bytearray) -> float:
    start, end = span
    return 1 - sum(quoted[start:end]) / (end - start)


def _in_whole_sentences(item: Text, source: Text, found: Sequence[Passage]) -> int:
    """How many of the item's words stand in sentences of it that lie whole in passages that begin or end a sentence of
    the source."""
    if not found:
        return 0
    starts, ends = zip(*sentences(source.text), strict=True)
    spans = list(sentences(item.text))
    count = 0
    for one in found:
        if not (_near(starts, one.source[0]) or _near(ends, one.source[1])):
            continue
        for start, end in spans:
            if start >= one.item[0] - _EDGE and end <= one.item[1] + _EDGE:
                count += bisect_left(item.cut.starts, end) - bisect_left(item.cut.starts, start)
    return count


def _near(places: Sequence[int], at: int) -> bool:
    found = bisect_left(places, at - _EDGE)
    return found < len(places) and places[found] <= at + _EDGE


def _bridged_share(item: Units, found: Sequence[Passage]) -> float:
    """The share of the item's words that lie inside passages, words edited in them included."""
    inside = sum(
        bisect_left(item.starts, end) - bisect_left(item.starts, start) for start, end in (p.item for p in found)
    )
    return inside / max(1, len(item.units))


def _blocks(mine: Sequence[str], theirs: Sequence[str], size: int) -> list[tuple[int, int, int]]:
    """Longest runs of `mine` that stand in `theirs`: (place, place there, length), not overlapping in `mine`."""
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(theirs) - size + 1):
        places[tuple(theirs[at : at + size])].append(at)
    found: list[tuple[int, int, int]] = []
    at, expected = 0, -1
    while at <= len(mine) - size:
        best, best_length = -1, 0
        for there in places.get(tuple(mine[at : at + size]), ())[:16]:
            length = size
            while (
                at + length < len(mine) and there + length < len(theirs) and mine[at + length] == theirs[there + length]
            ):
                length += 1
            if length > best_length or (length == best_length and abs(there - expected) < abs(best - expected)):
                best, best_length = there, length
        if best < 0:
            at += 1
            continue
        found.append((at, best, best_length))
        at, expected = at + best_length, best + best_length
    return found


def _bridged(blocks: list[tuple[int, int, int]], bridge: int) -> list[tuple[int, int, int, int, int]]:
    """Blocks joined where no more than `bridge` units lie between them on either side: (start, end, start there, end
    there, units matched)."""
    found: list[tuple[int, int, int, int, int]] = []
    for at, there, length in blocks:
        if found:
            start, end, first, last, matched = found[-1]
            if at - end <= bridge and 0 <= there - last <= bridge:
                found[-1] = (start, at + length, first, there + length, matched + length)
                continue
        found.append((at, at + length, there, there + length, length))
    return found
