"""What a feature weighs, and an item as a vector of its heaviest features. Pure.

A weight is the feature's rarity: -log of the share of items that have it, among what the window has seen and a small prior
that the package ships (`data/prior.tsv.gz`). Across languages words meet as English stems (``w:fire``, by the lexicon of
`pivot`), names as the parts of their sound (``n:lomb``). A vector holds whole numbers, so that sums are the same in whatever
order items come and go.

Limits: a language without a prior weighs all its words alike until the window knows them.
"""

import gzip
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

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
KINDS = {"c": 1.0, "n": 0.8, "f": 1.2, "p": 0.7, "d": 0.6, "s": 0.0, "w": 1.2}
"""What a feature of each kind counts beside the others."""
REPEATED = 0.3
"""What saying it again adds: its natural logarithm, times this."""
FEWEST = 1_000
"""Items that are taken for granted: what is in none of them is rare, whatever the window."""
RAREST = math.log(FEWEST + 2)
"""Nothing weighs more, however large the window: one item in a thousand is rare enough."""
_CHUNK, _SHORTEST = 4, 3


class Vector(Struct, frozen=True, array_like=True):
    """Feature → weight. Each side has the length `UNIT`, but for rounding; an empty one has none."""

    language: str
    own: dict[str, int]
    shared: dict[str, int]


@lru_cache(maxsize=1)
def _prior() -> tuple[Counter[str], dict[str, Counter[str]]]:
    """How many items in each language, and how many of them have each feature; those of all languages under no language."""
    items: Counter[str] = Counter()
    having: dict[str, Counter[str]] = {}
    packed = files("dragoman.link").joinpath("data", "prior.tsv.gz").read_bytes()
    for line in gzip.decompress(packed).decode().split("\n"):
        language, feature, number = line.split("\t")
        if feature:
            having.setdefault(language, Counter())[feature] = int(number)
        else:
            items[language] = int(number)
    return items, having


class Frequencies:
    """How many items have a feature: the shipped prior and what was added since. An item counts once for each."""

    def __init__(self) -> None:
        items, having = _prior()
        self._items = items.copy()
        self._having = {language: counts.copy() for language, counts in having.items()}

    def add(self, traits: Traits) -> None:
        self._count(traits, 1)

    def drop(self, traits: Traits) -> None:
        """Takes back what `add` counted."""
        self._count(traits, -1)

    def _count(self, traits: Traits, one: int) -> None:
        for language, features in (
            (traits.language, traits.own),
            ("", [feature for feature in traits.shared if not feature.startswith("n:")]),
        ):
            self._items[language] += one
            counts = self._having.setdefault(language, Counter())
            for feature in features:
                if count := counts[feature] + one:
                    counts[feature] = count
                else:
                    del counts[feature]

    def weight(self, feature: str, language: str = "") -> float:
        """Of a stem of `language`, or of a feature of all languages."""
        return self.weights([feature], language)[feature]

    def weights(self, features: Iterable[str], language: str = "") -> dict[str, float]:
        """Of each of them, 0 to `RAREST`."""
        counts = self._having.get(language, {})
        all_items = math.log(max(self._items[language], FEWEST) + 2)
        log, rarest = math.log, RAREST
        return {
            feature: max(0.0, min(rarest, all_items - log(counts.get(feature, 0) + 1))) for feature in features
        }


def vector(traits: Traits, frequencies: Frequencies, pivot: Pivot) -> Vector:
    """The heaviest features of an item, weighed."""
    rarity = frequencies.weights(traits.own, traits.language)
    counts = {stem: 1.0 + REPEATED * math.log(count) for stem, count in traits.own.items()}
    own = {stem: count * rarity[stem] for stem, count in counts.items()}
    shared: Counter[str] = Counter()
    _say(shared, traits.shared, frequencies, own)
    _translate(shared, traits.language, counts, frequencies, pivot)
    return Vector(traits.language, _whole(own), _whole(shared))


def _say(shared: Counter[str], said: Mapping[str, float], frequencies: Frequencies, own: Mapping[str, float]) -> None:
    """What all languages say alike, and names by their parts."""
    rarity = frequencies.weights(feature for feature in said if feature[:2] != "n:")
    for feature, count in said.items():
        weight = KINDS[feature[0]]
        if feature[:2] != "n:":
            shared[feature] += weight * (1.0 + REPEATED * math.log(count)) * rarity[feature]
            continue
        parts = _parts(feature[2:])
        if parts:
            weight *= own.get(feature[2:], 0.0) / math.sqrt(len(parts))
            for part in parts:
                shared[part] += weight


def _translate(
    shared: Counter[str], language: str, counts: Mapping[str, float], frequencies: Frequencies, pivot: Pivot
) -> None:
    """The words by what they mean."""
    meant = [(count * KINDS["w"], pivot.meanings(language, stem)) for stem, count in counts.items()]
    rarity = frequencies.weights({word for _, meanings in meant for word, _ in meanings}, "en")
    for count, meanings in meant:
        for word, sure in meanings:
            shared[f"w:{word}"] += count * sure * rarity[word]


@lru_cache(maxsize=32_768)
def _parts(word: str) -> tuple[str, ...]:
    """The parts of a word that may be a name, by its sounds: four letters each, and its consonants."""
    of = script(word)
    if not of:
        return (f"f:{word}",) if word.isdigit() else ()
    bare = plain(word, of)
    latin = likely(bare, of) or romanised(bare, of)
    line = skeleton(latin)
    parts = [latin[at : at + _CHUNK] for at in range(max(1, len(latin) - _CHUNK + 1))] if len(latin) >= _SHORTEST else []
    return tuple(f"n:{part}" for part in [*parts, line] if len(part) > 1)


def _whole(weights: Mapping[str, float]) -> dict[str, int]:
    heaviest = sorted(weights.items(), key=lambda each: (-each[1], each[0]))[:MOST]
    length = math.sqrt(sum(weight * weight for _, weight in heaviest))
    if not length:
        return {}
    whole = ((feature, round(UNIT * weight / length)) for feature, weight in heaviest)
    return {feature: weight for feature, weight in whole if weight > 0}
