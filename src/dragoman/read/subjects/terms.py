"""Subjects by the words of the text: the lexicon's concepts, weighed and summed up the tree. Pure.

Each concept the text speaks of gives its weight to the topics it stands for, in equal parts, and to what is above them:

    weight = kind x commonness x place x (1 + log2 of how often)
    score  = what speaks for the topic / (all that was given + LITTLE)

Limits: what the lexicon has no concept of counts for nothing; homonyms count for all their topics.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import log2

from msgspec import Struct

from dragoman.lexicon import Concept, Found
from dragoman.model.reading import Subject
from dragoman.read.document import Document
from dragoman.read.subjects.tree import path
from dragoman.read.topics import label

KINDS = {
    "concept": 1.0,
    "event-type": 1.3,
    "document": 0.8,
    "measure": 0.5,
    "organisation": 0.6,
    "office": 0.4,
    "people": 0.3,
}
"""What a concept of each kind says of the subject; an office acts in every kind of news, an agency and a place say nothing."""
HEADLINE, LEAD, BODY = 2.0, 1.6, 1.0
"""By the best place a concept stands in: the headline says what an item is about, the first sentence says it again."""
LITTLE = 2.0
"""A weight like that of one plain concept in the first sentence: at it a score is halved."""
LEAST = 0.25
"""Scores below are not told."""
OFTEN = 2
"""Places that must speak for a topic: a word in passing makes none."""
OWN = 0.5
"""A topic below the top is told where it has this part of what the top has."""
BESIDE = 0.5
"""A second topic at the top is told where it has this part of the first one's score."""
GENERIC = 0.5
"""What is said in every kind of news weighs this much: where it was heard, and the words below."""
_GENERIC = frozenset(
    {
        "government",
        "company",
        "ministry",
        "women",
        "child",
        "family",
        "citizen",
        "population",
        "youth",
        "victims",
        "social-network",
        "anniversary",
        "talks",
    }
)
_MEDIA = ("20000045",)
MOST_TOPS = 3
_EVIDENCE = 5


class _Weighed(Struct):
    """A concept the text speaks of, how often, its weight, and how it is called where it stands first."""

    concept: Concept
    weight: float
    words: str
    often: int = 0


def by_terms(document: Document) -> tuple[Subject, ...]:
    """The topics at the top that the words speak for, each followed by the one below it that has most of that."""
    weighed = _weighed(document)
    support: dict[str, float] = defaultdict(float)
    often: dict[str, int] = defaultdict(int)
    for one in weighed:
        for code, part in _topics(one.concept.subjects):
            support[code] += part * one.weight
            often[code] += one.often
    total = sum(one.weight for one in weighed) + LITTLE
    below: dict[str, list[str]] = defaultdict(list)
    for code in support:
        below[path(code)[-1]].append(code)
    tops = sorted(below, key=lambda top: -support[top])
    told = []
    for top in tops[:MOST_TOPS]:
        if support[top] < BESIDE * support[tops[0]] or often[top] < OFTEN:
            break
        told += [(code, round(support[code] / total, 2)) for code in (top, *_below(support, top, below[top]))]
    return tuple(
        Subject(
            code=code,
            label=label(f"medtop:{code}", document.language),
            score=score,
            evidence=_evidence(weighed, code),
        )
        for code, score in told
        if score >= LEAST
    )


@lru_cache(maxsize=4096)
def _topics(codes: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """The topics that a concept of these subjects speaks for, up to their tops, with its part in each."""
    told: dict[str, float] = defaultdict(float)
    for code in codes:
        for each in path(code):
            told[each] += 1 / len(codes)
    return tuple(told.items())


def _below(support: dict[str, float], top: str, codes: list[str]) -> list[str]:
    """The topic among the `codes` below `top` that has the most, where it is most of it."""
    best = max((code for code in codes if code != top), key=lambda code: support[code], default="")
    return [best] if best and support[best] >= OWN * support[top] else []


def _evidence(weighed: list[_Weighed], code: str) -> tuple[str, ...]:
    speaking = [one for one in weighed if any(code == each for each, _ in _topics(one.concept.subjects))]
    speaking.sort(key=lambda one: -one.weight)
    return tuple(dict.fromkeys(one.words for one in speaking))[:_EVIDENCE]


def _weighed(document: Document) -> list[_Weighed]:
    """The concepts that have subjects, each once, by its best place, which is its first."""
    told: dict[str, _Weighed] = {}
    for one, text, place in _places(document):
        known = one.concept
        if not known.subjects or known.kind not in KINDS:
            continue
        weighed = told.get(known.id)
        if weighed is None:
            generic = known.subjects == _MEDIA or known.id in _GENERIC
            weight = KINDS[known.kind] * place * (GENERIC if generic else 1)
            weighed = told[known.id] = _Weighed(known, weight, text[one.start : one.end])
        weighed.often += 1
    for weighed in told.values():
        weighed.weight *= 1 + log2(weighed.often)
    return list(told.values())


def _places(document: Document) -> Iterable[tuple[Found, str, float]]:
    lead = document.sentences[0][1] if document.sentences else 0
    for one in document.headline_terms:
        yield one, document.headline, HEADLINE
    for one in document.terms:
        yield one, document.text, LEAD if one.start < lead else BODY
