"""How much of one sentence another says, in the same language or across languages. Pure.

In one language the stems both have; across languages what every language can say: concepts of the lexicon, figures, dates,
places, the parts of names' keys, the beginnings of words as they sound, and the English meanings of a learned lexicon. Each
weighs as it is rare in the story; the measure is what both have, of what each has.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest

from msgspec import Struct

from dragoman.lexicon import found
from dragoman.link.alignment import beginning
from dragoman.link.learned import Learned
from dragoman.link.narrative.told import LONGEST, Telling, Told
from dragoman.names.key import name_key
from dragoman.read.calendar import plain_digits
from dragoman.text.analyse import Term, analyse

Lexicons = Mapping[str, Learned]
"""By language: what its words mean in English."""
NO_LEXICONS: Lexicons = {}
_MEANINGS = 3
"""Of a word that are looked at, the surest."""
_CONCEPT, _FIGURE, _PLACE, _DATE, _NAME, _SOUND, _MEANT = 1.0, 1.0, 1.0, 1.0, 0.5, 0.25, 1.0


class Span(Struct, frozen=True, gc=False):
    """A stretch of a text made ready. `place` is where in the text it begins, 0 to 1; `stems` and `features` with what each
    weighs, `own` and `shared` their sums."""

    start: int
    end: int
    place: float
    language: str
    stems: dict[str, float]
    own: float
    features: dict[str, float]
    shared: float


def share(one: Span, other: Span) -> float:
    """0 to 1: what both say, of what each says."""
    both, mine, theirs = _said_by(one, other)
    return both / math.sqrt(mine * theirs) if both else 0.0


def contained(one: Span, other: Span) -> float:
    """0 to 1: what both say, of what the one of them that says less says."""
    both, mine, theirs = _said_by(one, other)
    return both / min(mine, theirs) if both else 0.0


def _said_by(one: Span, other: Span) -> tuple[float, float, float]:
    """The weight of what both say, of what `one` says, of what `other` says."""
    if one.language == other.language:
        mine, theirs, whole, there = one.stems, other.stems, one.own, other.own
    else:
        mine, theirs, whole, there = one.features, other.features, one.shared, other.shared
    return sum(min(mine[each], theirs[each]) for each in mine.keys() & theirs.keys()), whole, there


def marks(span: Span, most: int) -> list[str]:
    """The rarest words and features of `span`, at most so many of each: by these its like are looked for."""
    stems = nlargest(most, span.stems, key=span.stems.__getitem__)
    return [
        *(f"{span.language} {stem}" for stem in stems),
        *nlargest(most, span.features, key=span.features.__getitem__),
    ]


class Compared:
    """The sentences of a story's standing copy, ready to be compared."""

    def __init__(self, told: Told, lexicons: Lexicons = NO_LEXICONS) -> None:
        self._lexicons = lexicons
        self._said: dict[int, _Said] = {}
        bounds = {one.sequence: told.sentences(one) for one in told.copy}
        with_stem: dict[str, Counter[str]] = {}
        with_feature: Counter[str] = Counter()
        lines: Counter[str] = Counter()
        for one in told.copy:
            said, own = self._of(one), with_stem.setdefault(one.tongue, Counter())
            lines[one.tongue] += len(bounds[one.sequence])
            for start, end in bounds[one.sequence]:
                own.update(said.stems(start, end))
                with_feature.update(said.features(start, end))
        self._stems = {tongue: _rarity(counted, lines[tongue]) for tongue, counted in with_stem.items()}
        self._features = _rarity(with_feature, lines.total())
        self.sentences = {
            one.sequence: [self.span(one, start, end) for start, end in bounds[one.sequence]] for one in told.copy
        }

    def span(self, telling: Telling, start: int, end: int) -> Span:
        """The stretch of `telling` from `start` to `end`; of an earlier version what the standing copy has, too."""
        said, tongue = self._of(telling), telling.tongue
        rare, rarity = self._stems.get(tongue, {}), self._features
        stems = {stem: rare[stem] for stem in said.stems(start, end) if stem in rare}
        features = {each: weight * rarity[each] for each, weight in said.features(start, end).items() if each in rarity}
        place = start / max(1, len(telling.text))
        return Span(start, end, place, tongue, stems, sum(stems.values()), features, sum(features.values()))

    def _of(self, telling: Telling) -> "_Said":
        if telling.sequence not in self._said:
            self._said[telling.sequence] = _Said(telling, self._lexicons)
        return self._said[telling.sequence]


def _rarity(counted: Counter[str], of: int) -> dict[str, float]:
    return {each: math.log(1 + of / having) for each, having in counted.items()}


class _Said:
    """What one text says, by where."""

    def __init__(self, telling: Telling, lexicons: Lexicons) -> None:
        text = telling.text[:LONGEST]
        self._terms = analyse(text, telling.tongue)
        self._starts = [term.start for term in self._terms]
        self._found = sorted(_features(telling, text, self._terms, lexicons))
        self._places = [start for start, _, _ in self._found]

    def stems(self, start: int, end: int) -> set[str]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return {term.stem for term in self._terms[first:last]}

    def features(self, start: int, end: int) -> dict[str, float]:
        first, last = bisect_left(self._places, start), bisect_left(self._places, end)
        told: dict[str, float] = {}
        for _, feature, weight in self._found[first:last]:
            if weight > told.get(feature, 0.0):
                told[feature] = weight
        return told


def _features(
    telling: Telling, text: str, terms: Sequence[Term], lexicons: Lexicons
) -> Iterator[tuple[int, str, float]]:
    """Where, what, and how much it tells before its rarity is known."""
    reading, tongue = telling.reading, telling.tongue
    for one in found(text, tongue, list(terms)):
        yield one.start, f"c:{one.concept.id}", _CONCEPT
    for figure in reading.figures:
        yield figure.start, f"f:{figure.value:g}", _FIGURE
        if figure.unit:
            yield figure.start, f"c:{figure.unit}", _CONCEPT
    for date in reading.dates:
        yield date.start, f"d:{date.value}", _DATE
    for place in reading.places:
        for mention in place.mentions:
            yield mention.start, f"p:{place.id or place.name}", _PLACE
    for name in reading.names:
        key = name.key or name_key(name.text, tongue, name.kind)
        for part in (key,) if key.startswith("=") else filter(None, key.split("-")):
            for mention in name.mentions:
                yield mention.start, f"k:{part}", _NAME
    yield from _words(tongue, text, terms, lexicons)


def _words(tongue: str, text: str, terms: Sequence[Term], lexicons: Lexicons) -> Iterator[tuple[int, str, float]]:
    lexicon = lexicons.get(tongue)
    for term in terms:
        word = text[term.start : term.end]
        if word.isdecimal():
            yield term.start, f"f:{plain_digits(word).lstrip('0')}", _FIGURE
        elif sound := beginning(word):
            yield term.start, f"n:{sound}", _SOUND
        if tongue == "en" and lexicons:  # where nobody's words have a meaning there is nothing to answer it
            yield term.start, f"w:{term.stem}", _MEANT
        elif lexicon and (known := lexicon.meanings.get(term.stem)):
            for meaning, sure in _surest(known):
                yield term.start, f"w:{meaning}", _MEANT * sure


def _surest(known: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(known.items(), key=lambda each: -each[1])[:_MEANINGS]
