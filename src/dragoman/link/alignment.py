"""Sentences of two language versions side by side: which translate which. Pure.

A path through both texts of least cost (Gale and Church, Computational Linguistics 19.1, 1993): each step takes a bead of
sentences from both sides. A bead costs as its kind is rare and its lengths differ, and less as its sides share figures,
names, concepts of the lexicon and words that a learned lexicon joins. With several documents the lexicon is learned from a
first pass over them all and used in a second (Moore, AMTA 2002).

Limits: order is kept, sentences that changed places are left out on both sides; beads hold up to three sentences a side.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from dragoman.lexicon import found
from dragoman.link.learned import NOTHING, Learned, learn
from dragoman.names.letters import plain, romanised, script
from dragoman.text.analyse import analyse

Bead = tuple[tuple[int, ...], tuple[int, ...]]

_BEADS = {
    (1, 1): 0.86,
    (1, 0): 0.03,
    (0, 1): 0.03,
    (2, 1): 0.05,
    (1, 2): 0.05,
    (2, 2): 0.005,
    (3, 1): 0.004,
    (1, 3): 0.004,
}
"""Sentences taken from either side, and how likely that is before anything is looked at."""
_COST = {bead: -math.log(chance) for bead, chance in _BEADS.items()}
LEFT_OUT = -1.0
"""Added where a sentence has no counterpart: its likelihood alone makes it dearer than it is."""
SHARED = 1.5
"""What one thing in common saves."""
VARIANCE = 10.0
"""Of the length of a translation, for each character of the original (Gale and Church have 6.8 for parliament's minutes)."""
NAME = 0.5
"""What a name's first letters in common, or a concept, are worth beside a figure: names that begin alike are not always one."""
_PREFIX, _SHORTEST_NAME = 4, 4
_BAND = 12
"""Sentences off the diagonal that are looked at, at least; in long texts a twelfth of them."""
_WIDEST = 60
"""And at most, so that cost grows with the length."""
_FIGURE = re.compile(r"\d+")
_LENGTHS = {
    "en": 1.0, "ru": 2.02, "fr": 1.25, "az": 1.26, "de": 1.22, "es": 1.19, "ar": 1.69, "zh": 1.03, "tr": 1.17, "uk": 1.93,
    "fa": 1.74, "hy": 1.96, "ka": 2.88, "kk": 1.94, "uz": 1.22, "ky": 1.86,
}  # fmt: skip
"""Bytes of UTF-8 (thirds of them in Chinese: signs) that news translated from English has for each of the original."""
_KNOWN_FROM = 1_000  # bytes of both texts that weigh as much as what is known of their languages
_SIGN_LENGTH = 3  # a Chinese sign says about as much as three letters


class Sentence(Struct, frozen=True):
    """A sentence made ready: its length as in English, and what it may share with a translation."""

    length: float
    words: tuple[str, ...]
    among: frozenset[str]
    figures: frozenset[str]
    names: frozenset[str]
    concepts: frozenset[str]


def prepared(sentences: Iterable[str], language: str) -> list[Sentence]:
    """`sentences` of one text, ready to be aligned. `language` is BCP 47."""
    return [_prepared(text, language) for text in sentences]


def _prepared(text: str, language: str) -> Sentence:
    terms = analyse(text, language)
    words = tuple(dict.fromkeys(term.stem for term in terms))
    return Sentence(
        length=_length(text, language),
        words=words,
        among=frozenset(words),
        figures=frozenset(_FIGURE.findall(text)),
        names=frozenset(filter(None, (beginning(text[term.start : term.end]) for term in terms))),
        concepts=frozenset(one.concept.id for one in found(text, language, terms)),
    )


def _length(text: str, language: str) -> float:
    """As long as `text` would be in English, in bytes: lengths of all languages can be compared."""
    tongue = language.split("-")[0]
    counted = len(text) * _SIGN_LENGTH if tongue == "zh" else len(text.encode("utf-8", "surrogatepass"))
    return counted / _LENGTHS.get(tongue, 1.0)


@lru_cache(maxsize=16_384)
def beginning(word: str) -> str:
    """The first letters of `word` in Latin, where it is long enough to be a name that another script would spell alike."""
    of = script(word)
    spelled = romanised(plain(word, of), of)
    if of == "arab" and spelled.startswith("al"):
        spelled = spelled[2:]
    return spelled[:_PREFIX] if len(spelled) >= _SHORTEST_NAME else ""


def align(source: Sequence[Sentence], target: Sequence[Sentence], lexicon: Learned = NOTHING) -> list[Bead]:
    """The beads in order; each sentence stands in one of them, alone where nothing translates it."""
    if not source or not target:
        return [((at,), ()) for at in range(len(source))] + [((), (at,)) for at in range(len(target))]
    return _Path(source, target, lexicon).beads()


def align_all(
    texts: Sequence[tuple[Sequence[Sentence], Sequence[Sentence]]], lexicon: Learned | None = None
) -> list[list[Bead]]:
    """The beads of each pair of texts of the same two languages; without a `lexicon` one is learned from them all."""
    if lexicon is None:
        first = [align(source, target) for source, target in texts]
        lexicon = learn(
            pair for beads, (source, target) in zip(first, texts, strict=True) for pair in pairs(beads, source, target)
        )
    return [align(source, target, lexicon) for source, target in texts]


def pairs(
    beads: Iterable[Bead], source: Sequence[Sentence], target: Sequence[Sentence]
) -> Iterable[tuple[list[str], list[str]]]:
    """The words of both sides of each bead that has both, none longer than two sentences a side: what lexicons learn from."""
    for mine, theirs in beads:
        if 1 <= len(mine) <= 2 and 1 <= len(theirs) <= 2:
            yield _words(source, mine), _words(target, theirs)


def _words(sentences: Sequence[Sentence], places: tuple[int, ...]) -> list[str]:
    return list(dict.fromkeys(word for place in places for word in sentences[place].words))


class _Path:
    """The search of one alignment: costs of the best path to each place, within a band about the diagonal."""

    def __init__(self, source: Sequence[Sentence], target: Sequence[Sentence], lexicon: Learned) -> None:
        self._source, self._target = source, target
        mine, theirs = sum(one.length for one in source), sum(one.length for one in target)
        self._ratio = (theirs + _KNOWN_FROM) / (mine + _KNOWN_FROM)
        self._shared: dict[tuple[int, int], float] = {}
        self._match: Callable[[Sentence, Sentence], float] = matching(lexicon)

    def beads(self) -> list[Bead]:
        n, m = len(self._source), len(self._target)
        band = abs(n - m) + max(_BAND, min(_WIDEST, (n + m) // _BAND))
        best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
        for i in range(n + 1):
            middle = i * m // n
            for j in range(max(0, middle - band), min(m, middle + band) + 1):
                steps = [
                    (best[i - di, j - dj][0] + self._cost(i, j, di, dj), (di, dj))
                    for di, dj in _BEADS
                    if (i - di, j - dj) in best
                ]
                if steps:
                    best[i, j] = min(steps)
        return _walked(best, n, m)

    def _cost(self, i: int, j: int, di: int, dj: int) -> float:
        """Of the bead of `di` sentences before `i` and `dj` before `j`."""
        cost = _COST[di, dj]
        if not (di and dj):
            return cost + LEFT_OUT
        mine, theirs = range(i - di, i), range(j - dj, j)
        if di == dj == 1:
            shared = self._share(mine[0], theirs[0])
        else:
            shared = max(
                sum(max(self._share(x, y) for y in theirs) for x in mine),
                sum(max(self._share(x, y) for x in mine) for y in theirs),
            )
        return cost + self._length_cost(mine, theirs) - SHARED * shared

    def _length_cost(self, mine: range, theirs: range) -> float:
        """−log of the chance that a translation is so much longer or shorter."""
        length = sum(self._source[x].length for x in mine) * self._ratio
        other = sum(self._target[y].length for y in theirs)
        spread = math.sqrt(VARIANCE * self._ratio * max(1.0, (length + other) / 2 / self._ratio))
        return -math.log(max(math.erfc(abs(length - other) / spread / math.sqrt(2)), 1e-9))

    def _share(self, x: int, y: int) -> float:
        if (x, y) not in self._shared:
            self._shared[x, y] = self._match(self._source[x], self._target[y])
        return self._shared[x, y]


def matching(lexicon: Learned) -> Callable[[Sentence, Sentence], float]:
    """How much a sentence has in common with one of the other language: figures, names, concepts, words `lexicon` joins."""

    def match(one: Sentence, other: Sentence) -> float:
        shared = len(one.figures & other.figures) + NAME * len(one.names & other.names)
        shared += NAME * len(one.concepts & other.concepts)
        return shared + lexicon.match(one.words, other.among) if lexicon.meanings else shared

    return match


def _walked(best: dict[tuple[int, int], tuple[float, tuple[int, int]]], n: int, m: int) -> list[Bead]:
    found: list[Bead] = []
    i, j = n, m
    while i or j:
        di, dj = best[i, j][1]
        found.append((tuple(range(i - di, i)), tuple(range(j - dj, j))))
        i, j = i - di, j - dj
    return found[::-1]
