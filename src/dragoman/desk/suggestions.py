"""What could stand as a translation of a paragraph: from memory, from terms, from an engine. There is none yet.

Each source of suggestions is a plain function in the table; the page shows what they say, and nothing where none does.
"""

from collections.abc import Callable, Iterable

from msgspec import Struct


class Suggestion(Struct, frozen=True, kw_only=True):
    """`by` says who made it, as it is shown; `likeness` is 0 to 1: how near its own source is to ours."""

    text: str
    by: str
    likeness: float = 0.0


Suggester = Callable[[str, str], Iterable[Suggestion]]
SUGGESTERS: dict[str, Suggester] = {}
"""By name. A suggester takes the source and the language asked for."""


def suggestions(source: str, language: str) -> tuple[Suggestion, ...]:
    """All there are, the nearest first."""
    found = [one for suggest in SUGGESTERS.values() for one in suggest(source, language)]
    return tuple(sorted(found, key=lambda one: -one.likeness))
