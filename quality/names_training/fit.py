"""The logistic curve of a table: fitted on held names, with the closest other names and chance ones as counterexamples."""

import math
import random
from collections import defaultdict

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from dragoman.names.aligner import Table, features
from quality.names_training.sources import Pair

Example = tuple[str, str, bool]
HELD, EXAMPLES, POOL = 4000, 1500, 16000


def examples(held: list[Pair], pool: list[str], exact: bool = False) -> list[Example]:
    """Each name with its own, with the closest of other names, and with one that merely begins alike."""
    chance = random.Random(2)
    latin = sorted({one for one, _, _ in held} | set(chance.sample(pool, min(len(pool), POOL))))
    own: dict[str, set[str]] = defaultdict(set)
    for one, native, _ in held:
        own[native].add(one)
    begins = defaultdict(list)
    for one in latin:
        begins[one[0]].append(one)
    made: list[Example] = []
    for one, native, _ in held[:EXAMPLES]:
        made.append((one, native, True))
        for _ in range(60):
            other = chance.choice(begins[one[0]])
            if (
                abs(len(other) - len(one)) <= 2
                and JaroWinkler.similarity(other, one) < 0.85
                and other not in own[native]
            ):
                made.append((other, native, False))
                break
        close = process.extract(one, latin, scorer=JaroWinkler.similarity, limit=8)
        others = [other for other, _, _ in close if other not in own[native] and other != native]
        made += [(other, native, False) for other in others[:1]]
    return made


def curve(made: list[Example], table: Table, threshold: float) -> tuple[list[float], list[float], list[float]]:
    """Centre, scale and weights by Newton's method, the intercept moved so that `threshold` becomes one half."""
    rows = [features(latin, native, table) for latin, native, _ in made]
    wide = len(rows[0])
    centre = [sum(row[at] for row in rows) / len(rows) for at in range(wide)]
    scale = [math.sqrt(sum((row[at] - centre[at]) ** 2 for row in rows) / len(rows)) + 1e-9 for at in range(wide)]
    inputs = [[(row[at] - centre[at]) / scale[at] for at in range(wide)] + [1.0] for row in rows]
    weights = [0.0] * (wide + 1)
    for _ in range(12):
        slope = [1e-3 * weight for weight in weights]
        bend = [[1e-3 if one == other else 0.0 for other in range(wide + 1)] for one in range(wide + 1)]
        for values, (_, _, same) in zip(inputs, made, strict=True):
            odds = sum(value * weight for value, weight in zip(values, weights, strict=True))
            said = 1 / (1 + math.exp(-max(-500.0, min(500.0, odds))))
            unsure = said * (1 - said) / len(made)
            for one, value in enumerate(values):
                slope[one] += (said - same) * value / len(made)
                row = bend[one]
                for other in range(one, wide + 1):
                    row[other] += unsure * value * values[other]
        for one in range(wide + 1):
            for other in range(one):
                bend[one][other] = bend[other][one]
        weights = [weight - step for weight, step in zip(weights, _solved(bend, slope), strict=True)]
    weights[-1] -= math.log(threshold / (1 - threshold))
    return centre, scale, weights


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss's elimination."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for row in range(size):
            if row != at and rows[row][at]:
                factor = rows[row][at] / rows[at][at]
                rows[row] = [value - factor * top for value, top in zip(rows[row], rows[at], strict=True)]
    return [rows[at][size] / rows[at][at] for at in range(size)]
