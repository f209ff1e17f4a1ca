"""Words as a language makes them, drawn from the counts of letter runs in lingua's models (Apache-2.0).

The models give, for every run of up to five letters inside a word, how often its last letter follows the others. Multiplied
out these are counts; what is missing between a run and all runs one letter longer is how often a word begins or ends there.
"""

import bisect
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from zipfile import ZipFile

_ORDERS = ("unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams")
_LETTERS = 9e7
"""Letters the models were made of, about; only ratios matter."""
_COMMON = 0.9
"""The power a count is taken to: below 1 rare words come up more often, as they must to be learned."""
_LONGEST = 30
Counts = dict[str, float]


def counts(models: ZipFile, language: str) -> Counts:
    """How often each run of letters stands; ``^`` is the beginning of a word, ``$`` its end."""
    inner: Counts = {}
    for width, order in enumerate(_ORDERS, 1):
        for run, share in _shares(models.read(f"lingua/language-models/{language}/{order}.json.br")):
            before = _LETTERS if width == 1 else inner.get(run[:-1], 0.0)
            if before:
                inner[run] = share * before
    known = dict(inner)
    for run, count in inner.items():
        if len(run) < len(_ORDERS):
            known[f"^{run}"] = count
            known[f"{run}$"] = count
    for run, count in inner.items():
        if len(run) > 1:
            known[f"^{run[1:]}"] -= count
            known[f"{run[:-1]}$"] -= count
    for run in [run for run in inner if len(run) < len(_ORDERS) - 1]:
        known[f"^{run}$"] = known[f"^{run}"]
    for run in inner:
        if 1 < len(run) < len(_ORDERS):
            known[f"^{run[:-1]}$"] -= known[f"^{run}"]
    return {run: count for run, count in known.items() if count > 0.5}


def _shares(packed: bytes) -> Iterator[tuple[str, float]]:
    import brotli

    for share, runs in json.loads(brotli.decompress(packed))["ngrams"].items():
        part, whole = share.split("/")
        for run in runs.split(" "):
            yield run, int(part) / int(whole)


def drawn(known: Counts, many: int, seed: int = 7) -> list[str]:
    """`many` words, each letter drawn by the four before it."""
    follow: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for run, count in known.items():
        if run[0] == "^" or len(run) == len(_ORDERS):
            follow[run[:-1]].append((run[-1], count**_COMMON))
    steps = {
        run: ([sign for sign, _ in all_], list(accumulate(weight for _, weight in all_)))
        for run, all_ in follow.items()
    }
    chance, words = random.Random(seed), []
    while len(words) < many:
        word = "^"
        while len(word) < _LONGEST and (step := steps.get(word[-4:])):
            signs, weights = step
            word += signs[bisect.bisect(weights, chance.random() * weights[-1])]
            if word[-1] == "$":
                words.append(word[1:-1])
                break
    return words
