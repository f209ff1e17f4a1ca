"""Which texts tell one story, across languages (NTREX: news translated), and in one (headlines of a day and a half).

Both are parted in halves: what was looked at while the features were made, and what was not. The threshold was fixed on
neither half, but on segments of TICO-19 (read without the lexicon that was learned from them) and on the first three tenths of
the headlines; see `likeness.SAME`.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dragoman.lexicon import LANGUAGES
from dragoman.link.likeness import SAME, likeness
from dragoman.link.pivot import Pivot
from dragoman.link.traits import traits_of
from dragoman.link.weights import Frequencies, Vector, vector
from quality.table import Row, json_lines

Story = tuple[str, str]
"""A story, and the language it is told in."""
SIZES = {"full": "≥ .97 (aim .99)", "three sentences": "≥ .88 (aim .94)", "headline": "≥ .65 (aim .80)"}
LEAD = 3
SEEN = 0.3


def ntrex(data: Path) -> Iterator[Row]:
    """P@1: is the likest text in the other language the same story? The mean of 56 pairs of languages, and the worst."""
    for size, goal in SIZES.items():
        stories, vectors = _read(data, size)
        alike = _alike(vectors)
        for part, numbers in _parts(stories).items():
            rows = [_first(stories, alike, numbers, pair) for pair in permutations(LANGUAGES, 2)]
            worst, pair = min((share, f"{mine}-{theirs}") for share, mine, theirs, _ in rows)
            yield Row(
                f"ntrex, {size}, {part}: P@1 over 56 pairs (worst: {pair} {worst:.2f})",
                f"{sum(row[0] for row in rows) / len(rows):.4f}",
                goal if part == "all" else "",
                len(numbers),
                tuple(miss for row in rows for miss in row[3]),
            )


def clusters(data: Path) -> Iterator[Row]:
    """Average-link clustering of eight languages at `SAME`, BCubed."""
    for size in SIZES:
        stories, vectors = _read(data, size)
        alike = _alike(vectors)
        for part, numbers in _parts(stories).items():
            found = _average_link(alike[np.ix_(numbers, numbers)])
            precision, recall = bcubed([[stories[numbers[n]][0] for n in one] for one in found])
            yield Row(
                f"ntrex-clusters, {size}, {part}: BCubed F1 (P {precision:.3f}, R {recall:.3f})",
                f"{2 * precision * recall / (precision + recall):.3f}",
                "≥ .90 (aim .95)" if (size, part) == ("three sentences", "all") else "",
                len(numbers),
            )


def headlines(data: Path) -> Iterator[Row]:
    """Pairs of English headlines: how well likeness parts those of one story from those of two, and F1 at `SAME`."""
    rows = list(json_lines(data / "bench" / "titles-uci" / "stream.jsonl"))
    seen = int(len(rows) * SEEN)
    for part, some in (("first three tenths", rows[:seen]), ("every third of the rest", rows[seen::3])):
        alike = _alike(_vectors([("", row["title"], "en") for row in some]))
        stories = np.array([row["story"] for row in some])
        upper = np.triu_indices(len(some), 1)
        same, scores = (stories[:, None] == stories[None])[upper], alike[upper]
        said = scores >= SAME
        f1 = 2 * (said & same).sum() / (said.sum() + same.sum())
        yield Row(f"headlines of one story, {part}: AUC", f"{_auc(scores, same):.3f}", "", len(some))
        yield Row(f"headlines of one story, {part}: F1 of pairs at {SAME}", f"{f1:.3f}", "", len(some))


def _read(data: Path, size: str) -> tuple[list[Story], list[Vector]]:
    rows = [row for row in json_lines(data / "bench" / "ntrex" / "docs.jsonl") if row["lang"] in LANGUAGES]
    told = []
    for row in rows:
        sentences = {"full": row["sentences"], "three sentences": row["sentences"][:LEAD], "headline": []}[size]
        told.append((("" if row["lang"] == "zh" else " ").join(sentences), row["headline"], row["lang"]))
    return [(row["story"], row["lang"]) for row in rows], _vectors(told)


def _vectors(told: Sequence[tuple[str, str, str]]) -> list[Vector]:
    frequencies, pivot = Frequencies(), Pivot()
    return [
        vector(traits_of(text, headline=headline, language=language), frequencies, pivot)
        for text, headline, language in told
    ]


def _alike(vectors: Sequence[Vector]) -> NDArray[np.float64]:
    found = np.zeros((len(vectors), len(vectors)))
    for n, one in enumerate(vectors):
        for m in range(n):
            found[n, m] = found[m, n] = likeness(one, vectors[m])
    return found


def _parts(stories: Sequence[Story]) -> dict[str, list[int]]:
    """The numbers of all texts, of those of the stories that were looked at, and of the others."""
    held = [is_held(story) for story, _ in stories]
    every = range(len(stories))
    return {"dev": [n for n in every if not held[n]], "held": [n for n in every if held[n]], "all": list(every)}


def is_held(story: str) -> bool:
    """Is it in the half that was not looked at?"""
    return int(hashlib.sha1(story.encode()).hexdigest(), 16) % 2 == 1


def _first(
    stories: Sequence[Story], alike: NDArray[np.float64], numbers: list[int], pair: tuple[str, str]
) -> tuple[float, str, str, list[str]]:
    mine, theirs = ([n for n in numbers if stories[n][1] == language] for language in pair)
    best = [theirs[int(at)] for at in alike[np.ix_(mine, theirs)].argmax(axis=1)]
    missed = [
        f"{pair[0]}-{pair[1]}: {stories[n][0]} is likest {stories[b][0]} ({alike[n, b]:.2f})"
        for n, b in zip(mine, best, strict=True)
        if stories[n][0] != stories[b][0]
    ]
    return 1 - len(missed) / len(mine), *pair, missed


def _average_link(alike: NDArray[np.float64]) -> list[list[int]]:
    """The two groups most alike on the mean become one, as long as they are alike enough."""
    mean = alike.copy()
    np.fill_diagonal(mean, -1.0)
    groups = {n: [n] for n in range(len(mean))}
    while True:
        a, b = divmod(int(mean.argmax()), len(mean))
        if mean[a, b] < SAME:
            return list(groups.values())
        mine, theirs = len(groups[a]), len(groups[b])
        mean[a] = mean[:, a] = (mine * mean[a] + theirs * mean[b]) / (mine + theirs)
        mean[b] = mean[:, b] = mean[a, a] = -1.0
        groups[a] += groups.pop(b)
        gone = [n for n in range(len(mean)) if n not in groups]
        mean[a, gone] = mean[gone, a] = -1.0


def bcubed(groups: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Precision and recall of groups of items, each by its true story (Amigó et al. 2009)."""
    true = Counter(story for group in groups for story in group)
    items = sum(true.values())
    sums: defaultdict[str, float] = defaultdict(float)
    for group in groups:
        for story, number in Counter(group).items():
            sums["precision"] += number * number / len(group)
            sums["recall"] += number * number / true[story]
    return sums["precision"] / items, sums["recall"] / items


def _auc(scores: NDArray[np.float64], same: NDArray[np.bool_]) -> float:
    """The chance that a pair of one story is more alike than a pair of two; half where both are even."""
    ones, others = np.sort(scores[same]), np.sort(scores[~same])
    below = np.searchsorted(others, ones, "left").sum() + np.searchsorted(others, ones, "right").sum()
    return float(below / 2 / len(ones) / len(others))
