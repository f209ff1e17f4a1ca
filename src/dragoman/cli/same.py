"""``dragoman same``: do two texts tell one story, whatever their languages, offline; JSON lines in, JSON lines out."""

from typing import Any

import click
from msgspec import Struct

from dragoman.cli.frame import Command
from dragoman.cli.lines import answer_lines

REMEMBERED = 4_000
"""Texts that are read once: whoever compares each of a thousand with each of another thousand waits for two thousand."""


class Told(Struct, frozen=True):
    """One of the two. `language` is BCP 47, found where it is not given."""

    headline: str | None = None
    text: str | None = None
    language: str | None = None


class Pair(Struct, frozen=True):
    """Two texts to compare."""

    id: str | int
    a: Told
    b: Told


@click.command(cls=Command, examples=("dragoman same < pairs.jsonl", "dragoman same --reasons < pairs.jsonl"))
@click.option("--reasons", "with_reasons", is_flag=True, help="Tell what the two have in common, with its share.")
def same(with_reasons: bool) -> None:
    """Whether two texts tell one story, in whatever languages, one JSON line a pair.

    In: {"id","a":{"headline","text","language"},"b":{…}}; of headline and text one is enough. Out: score (0 to 1, one
    threshold for every pair of languages) and same. No archive is asked: only what the package ships.
    """
    from functools import lru_cache

    from dragoman.link.likeness import SAME, likeness, reasons
    from dragoman.link.pivot import Pivot
    from dragoman.link.traits import traits_of
    from dragoman.link.weights import Frequencies, Vector, vector

    frequencies, pivot = Frequencies(), Pivot()

    @lru_cache(maxsize=REMEMBERED)
    def read(told: Told) -> Vector:
        found = traits_of(told.text or "", headline=told.headline or "", language=told.language or "")
        return vector(found, frequencies, pivot)

    def answer(pair: Pair) -> dict[str, Any]:
        a, b = read(pair.a), read(pair.b)
        score = likeness(a, b)
        told = {"id": pair.id, "score": round(score, 4), "same": score >= SAME}
        return told | {"reasons": reasons(a, b)} if with_reasons else told

    answer_lines(Pair, answer)
