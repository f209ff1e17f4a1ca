"""What a feature weighs, and an item as a vector of its heaviest features. Pure.

A weight is the feature's rarity: -log of the share of items that have it, among what the window has seen and a small prior
that the package ships (`data/prior.tsv.gz`). Across languages words meet as English stems (``w:fire``, by the lexicon of
`pivot`), names as the parts of their sound (``n:lomb``). A vector holds whole numbers, so that sums are the same in whatever
order items come and go.

Limits: a language without a prior weighs all its words alike until the window knows them.
"""

import gzip
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import islice

from msgspec import Struct

from dragoman.link.pivot import Pivot
from dragoman.link.traits import Traits
from dragoman.names.aligner import likely
from dragoman.names.letters import plain, romanised, script
from dragoman.names.sounds import skeleton

MOST = 100
"""Features a vector holds on each side, the heaviest."""
UNIT = 4096
"""The length of a vector: a dot product is divided by its square."""
KINDS = {"c": 1.0, "n": 0.8, "f": 1.2, "p": 0.7, "d": 0.6, "w": 1.2}
"""What a feature of each kind counts across languages."""
BESIDE = {"c": 0.5, "p": 0.5}
"""And beside the words of one language, where synonyms meet by them."""
REPEATED = 0.3
"""What saying it again adds: its natural logarithm, times this."""
FIRST = 150
"""Words that are weighed, the headline's first: what stands farther down tells little of which story it is."""
PRIOR = 30
"""What an item of the prior counts beside one of the window. The stories of the day make their own words frequent, which are
the ones that tell them apart: a window of a few stories alone would weigh them down."""
FEWEST = 1_000
"""Items of a language that has no prior."""
RAREST = math.log(FEWEST)
"""Nothing weighs more, however large the window: one item in a thousand is rare enough."""
LONG, SHORT = 120, 0.16
"""Texts of fewer words have less in common by chance and by nature: the length of their own side grows as the power `SHORT`
of how much shorter they are than `LONG`, so that one threshold serves headlines and full texts."""
REACH = {"ar": 1.15, "es": 0.95, "fr": 0.94, "ru": 0.95, "zh": 1.2}
"""The length of the shared side where it is not `UNIT`: less of an Arabic or Chinese text finds its like in other languages,
so that translations would seem less alike. Of texts of TICO-19, read without the lexicon learned from them, and others."""
_REMEMBERED = 60_000
_NAME = "n:"
_CHUNK, _SHORTEST = 4, 3
_LOGARITHMS = [math.log(number) for number in range(1, 10_000)]


class Vector(Struct, frozen=True, array_like=True):
    """Feature → weight. Either side has the length `UNIT`, but for rounding and for what `REACH` and `LONG` say; an empty one has
    none."""

    language: str
    own: dict[str, int]
    shared: dict[str, int]


@lru_cache(maxsize=1)
def _prior() -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """How many items in each language, and how many of them have each feature; those of all languages under no language."""
    items: dict[str, int] = {}
    having: dict[str, dict[str, int]] = {}
    packed = files("dragoman.link").joinpath("data", "prior.tsv.gz").read_bytes()
    for line in gzip.decompress(packed).decode().split("\n"):
        language, feature, number = line.split("\t")
        if feature:
            having.setdefault(language, {})[feature] = int(number) * PRIOR
        else:
            items[language] = int(number) * PRIOR
    return items, having


class Frequencies:
    """How rare a feature is: by the shipped prior."""

    def __init__(self) -> None:
        items, having = _prior()
        self._items, self._having = items, having

    def weight(self, feature: str, language: str = "") -> float:
        """Of a stem of `language`, or of a feature of all languages."""
        return self.weights([feature], language)[feature]

    def weights(self, features: Iterable[str], language: str = "") -> dict[str, float]:
        """Of each of them, 0 to `RAREST`."""
        having = self._having.get(language, {}).get
        most = math.log(max(self._items.get(language, 0), PRIOR * FEWEST))
        known = len(_LOGARITHMS) - PRIOR
        found = {}
        for feature in features:
            # As one item of the prior more, so that what is new weighs no more than what is rare.
            count = having(feature, 0) + PRIOR
            weight = most - (_LOGARITHMS[count - 1] if count < known else math.log(count))
            found[feature] = RAREST if weight > RAREST else max(weight, 0.0)
        return found


def vector(traits: Traits, frequencies: Frequencies, pivot: Pivot) -> Vector:
    """The heaviest features of an item, weighed."""
    first = dict(islice(traits.own.items(), FIRST))
    rarity = frequencies.weights(first, traits.language)
    counts = {stem: 1.0 + REPEATED * math.log(count) for stem, count in first.items()}
    own = {stem: count * rarity[stem] for stem, count in counts.items()}
    shared: dict[str, float] = {}
    _name(shared, traits.shared, own)
    _translate(shared, traits.language, counts, pivot)
    _say(shared, own, traits.shared, frequencies)
    return Vector(
        traits.language,
        _whole(own, UNIT * _stretch(len(counts))),
        _whole(shared, UNIT * REACH.get(traits.language, 1.0)),
    )


def _stretch(words: int) -> float:
    return (LONG / words) ** SHORT if 0 < words < LONG else 1.0


def _say(shared: dict[str, float], own: dict[str, float], said: Mapping[str, float], frequencies: Frequencies) -> None:
    """What all languages say alike."""
    rarity = frequencies.weights(feature for feature in said if feature[:2] != _NAME)
    for feature, rare in rarity.items():
        weight = rare * (1.0 + REPEATED * math.log(said[feature]))
        shared[feature] = shared.get(feature, 0.0) + KINDS[feature[0]] * weight
        if beside := BESIDE.get(feature[0]):
            own[feature] = beside * weight


def _name(shared: dict[str, float], said: Mapping[str, float], own: Mapping[str, float]) -> None:
    """The words that may be names, by their parts."""
    for feature in said:
        if feature[:2] == _NAME and (weight := own.get(feature[2:])) and (parts := _parts(feature[2:])):
            weight *= KINDS["n"] / math.sqrt(len(parts))
            for part in parts:
                shared[part] = shared.get(part, 0.0) + weight


def _translate(shared: dict[str, float], language: str, counts: Mapping[str, float], pivot: Pivot) -> None:
    """The words by what they mean, as rare as the prior says: what they weigh is worked out once for each."""
    weighed = pivot.weighed
    for stem, count in counts.items():
        meanings = weighed.get((language, stem))
        if meanings is None:
            meanings = weighed[language, stem] = _weighed(language, stem, pivot)
            if len(weighed) > _REMEMBERED:
                weighed.clear()
        for feature, weight in meanings:
            shared[feature] = shared.get(feature, 0.0) + count * weight


def _weighed(language: str, stem: str, pivot: Pivot) -> tuple[tuple[str, float], ...]:
    said = dict(pivot.meanings(language, stem))
    rarity = _of_the_prior().weights(said, "en")
    return tuple((f"w:{word}", KINDS["w"] * sure * rarity[word]) for word, sure in said.items())


@lru_cache(maxsize=1)
def _of_the_prior() -> Frequencies:
    return Frequencies()


@lru_cache(maxsize=32_768)
def _parts(word: str) -> tuple[str, ...]:
    """The parts of a word that may be a name, by its sounds: four letters each, and its consonants."""
    of = script(word)
    if not of:
        return (f"f:{word}",) if word.isdigit() else ()
    bare = plain(word, of)
    latin = likely(bare, of) or romanised(bare, of)
    line = skeleton(latin)
    parts = (
        [latin[at : at + _CHUNK] for at in range(max(1, len(latin) - _CHUNK + 1))] if len(latin) >= _SHORTEST else []
    )
    return tuple(f"n:{part}" for part in [*parts, line] if len(part) > 1)


def _whole(weights: Mapping[str, float], length: float) -> dict[str, int]:
    """The heaviest, of `length` together; among equals those that come first by their letters."""
    if len(weights) > MOST:
        least = sorted(weights.values())[-MOST]
        over = {feature: weight for feature, weight in weights.items() if weight > least}
        even = sorted(feature for feature, weight in weights.items() if weight == least)
        weights = over | dict.fromkeys(even[: MOST - len(over)], least)
    together = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    if not together:
        return {}
    scale = length / together
    return {feature: whole for feature, weight in weights.items() if (whole := round(scale * weight))}
