"""A bilingual lexicon learned from sentences that translate each other. Pure.

The expectation-maximisation of IBM model 1 (Brown et al., Computational Linguistics 19.2, 1993, section 4.1), run in both
directions; what both believe is kept, at the geometric mean of the two probabilities (Liang et al., NAACL 2006). Words are
the stems of `text.analyse`.

Limits: one word for one word; a word seen once teaches nothing.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

ROUNDS = 4
SEEN = 2
"""Sentence pairs a word must stand in."""
SURE = 0.1
"""Below this two words are strangers."""
_FAINT = 0.01  # probabilities below this are dropped between the rounds: they cost memory and change nothing
_WEIGHTY = 5.0  # a word in one of e^5 = 148 sentences, or rarer, has its full weight

Words = Sequence[str]


class Learned(Struct, frozen=True):
    """What words of the one language mean in the other: word → word → how sure (0 to 1). `weight` is a word's in the one
    language: what is in every sentence says little."""

    meanings: Mapping[str, Mapping[str, float]]
    weight: Mapping[str, float]
    pairs: int = 0

    def match(self, words: Words, other: frozenset[str]) -> float:
        """How much of `words` has its meaning in `other`: the sum of what each is worth, times how sure it is."""
        total = 0.0
        for word in words:
            if known := self.meanings.get(word):
                if len(known) <= len(other):
                    best = max((sure for meaning, sure in known.items() if meaning in other), default=0.0)
                else:
                    best = max((known.get(meaning, 0.0) for meaning in other), default=0.0)
                total += best * self.weight[word]
        return total


NOTHING = Learned({}, {})


def learn(pairs: Iterable[tuple[Words, Words]]) -> Learned:
    """The lexicon that sentence pairs teach; each side a sentence's distinct words. Nothing from nothing."""
    known = [(list(one), list(other)) for one, other in pairs if one and other]
    seen, seen_there = _seen(one for one, _ in known), _seen(other for _, other in known)
    onward = _model_one(known)
    back = _model_one([(other, one) for one, other in known])
    meanings: dict[str, dict[str, float]] = {}
    for word, likely in onward.items():
        if seen[word] < SEEN:
            continue
        both = {
            meaning: math.sqrt(chance * back[meaning][word])
            for meaning, chance in likely.items()
            if seen_there[meaning] >= SEEN and word in back.get(meaning, ())
        }
        if kept := {meaning: round(sure, 3) for meaning, sure in both.items() if sure > SURE}:
            meanings[word] = kept
    weight = {word: min(1.0, math.log(len(known) / seen[word]) / _WEIGHTY) for word in meanings}
    return Learned(meanings, weight, len(known))


def _seen(sides: Iterable[Words]) -> Counter[str]:
    return Counter(word for words in sides for word in words)


def _model_one(pairs: Sequence[tuple[Words, Words]]) -> dict[str, dict[str, float]]:
    """p(target word | source word), with a source word that stands for nothing ("")."""
    chances: dict[str, dict[str, float]] = {}
    for number in range(ROUNDS):
        counts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for source, target in pairs:
            _count(["", *source], target, chances if number else None, counts)
        chances = {}
        for word, found in counts.items():
            total = sum(found.values())
            chances[word] = {meaning: count / total for meaning, count in found.items() if count > _FAINT * total}
    chances.pop("", None)
    return chances


def _count(
    source: Words,
    target: Words,
    chances: dict[str, dict[str, float]] | None,
    counts: defaultdict[str, defaultdict[str, float]],
) -> None:
    for meaning in target:
        if chances is None:
            each = 1 / len(source)
            for word in source:
                counts[word][meaning] += each
            continue
        shares = [(word, chance) for word in source if (chance := chances.get(word, {}).get(meaning, 0.0))]
        total = sum(chance for _, chance in shares)
        for word, chance in shares:
            if chance > _FAINT / 10 * total:
                counts[word][meaning] += chance / total
