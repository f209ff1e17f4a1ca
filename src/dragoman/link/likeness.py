"""How much two items have in common, whatever their languages, and what. Pure.

The dot product of their vectors, laid by a straight line for each case, so that one threshold serves every pair and the mean
likeness of an item to many can be had from the sum of their vectors.
"""

from collections.abc import Mapping

from dragoman.link.weights import UNIT, Vector

SAME = 0.3
"""From here on two items tell one story."""
OWN = (0.0, 1.0)
ACROSS = (0.0, 1.0)
"""Likeness of the same language, and across languages: the first number plus the second times the dot product."""


def likeness(a: Vector, b: Vector) -> float:
    """0 to 1; `SAME` and above: one story."""
    if a.language == b.language:
        start, slope, product = *OWN, dot(a.own, b.own)
    else:
        start, slope, product = *ACROSS, dot(a.shared, b.shared)
    return min(1.0, max(0.0, start + slope * product / (UNIT * UNIT)))


def dot(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[feature] for feature, weight in one.items() if feature in other)


def reasons(a: Vector, b: Vector, most: int = 8) -> list[tuple[str, float]]:
    """The features that make them alike, with their share of it (0 to 1), the heaviest first."""
    one, other = (a.own, b.own) if a.language == b.language else (a.shared, b.shared)
    worth = {feature: weight * other[feature] for feature, weight in one.items() if feature in other}
    total = sum(worth.values()) or 1
    told = sorted(worth.items(), key=lambda each: (-each[1], each[0]))[:most]
    return [(feature, round(value / total, 3)) for feature, value in told]
