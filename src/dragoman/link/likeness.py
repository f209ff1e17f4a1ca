"""How much two items have in common, whatever their languages, and what. Pure.

The dot product of their vectors, of one language by their own words, else by what all languages share. It is laid by a
straight line for each case, so that one threshold serves every pair and the mean likeness of an item to many can be had from
the sum of their vectors.
"""

from collections.abc import Mapping

from dragoman.link.weights import UNIT, Vector

SAME = 0.25
"""From here on two items tell one story. Where average-link clustering of TICO-19's segments in six languages, three a text
and read without the lexicon that was learned from them, is best (.22 to .30 are within .015); headlines are laid to it
(`weights.SHORT`)."""
OWN = (0.0, 1.0)
ACROSS = (0.0, 1.0)
"""Likeness of the same language, and across languages: the first number plus the second times the dot product."""


def likeness(a: Vector, b: Vector) -> float:
    """0 to 1; `SAME` and above: one story."""
    (start, slope), one, other = _sides(a, b)
    return min(1.0, max(0.0, start + slope * dot(one, other) / (UNIT * UNIT)))


def dot(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    """The sum of the products of what both have."""
    if len(one) > len(other):
        one, other = other, one
    return sum([one[feature] * other[feature] for feature in one.keys() & other.keys()])


def reasons(a: Vector, b: Vector, most: int = 8) -> list[tuple[str, float]]:
    """What makes them alike, with its share of it (0 to 1), the heaviest first. The parts of a name are told as one:
    ``n:lind``, ``n:indh``, ``n:ndho`` as ``n:lindho``."""
    _, one, other = _sides(a, b)
    worth = {feature: one[feature] * other[feature] for feature in one.keys() & other.keys()}
    total = sum(worth.values()) or 1
    told = sorted(_joined(worth).items(), key=lambda each: (-each[1], each[0]))[:most]
    return [(feature, round(value / total, 3)) for feature, value in told]


def _sides(a: Vector, b: Vector) -> tuple[tuple[float, float], Mapping[str, int], Mapping[str, int]]:
    return (OWN, a.own, b.own) if a.language == b.language else (ACROSS, a.shared, b.shared)


def _joined(worth: Mapping[str, int]) -> dict[str, int]:
    """With the parts of names that go on in one another as one."""
    parts = {feature: value for feature, value in worth.items() if feature[:2] == "n:" and feature[2:].islower()}
    found = {feature: value for feature, value in worth.items() if feature not in parts}
    by_start = {feature[2:5]: feature for feature in sorted(parts, reverse=True)}
    going_on = {feature[-3:] for feature in parts}
    begun = [feature for feature in sorted(parts) if feature[2:5] not in going_on]
    for first in [*begun, *sorted(parts)]:  # and those that go round in a circle
        if first not in parts:
            continue
        name, value = first, parts.pop(first)
        while (following := by_start.get(name[-3:])) in parts and following is not None:
            name, value = name + following[5:], value + parts.pop(following)
        found[name] = found.get(name, 0) + value
    return found
