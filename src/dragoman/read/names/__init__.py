"""Names of people and organisations in a text: found, told apart, short mentions joined to the full one. Pure."""

from collections.abc import Callable, Mapping

from dragoman.model.reading import Name, Reading
from dragoman.names.key import name_key
from dragoman.read.document import Document
from dragoman.read.names.arabic import arabic_names
from dragoman.read.names.binding import bound
from dragoman.read.names.candidates import Candidate
from dragoman.read.names.capitals import capital_names
from dragoman.read.names.chinese import chinese_names
from dragoman.read.names.joining import join
from dragoman.read.names.scene import Scene
from dragoman.text.fold import fold

Finder = Callable[[Document, Reading], list[Candidate]]


def _capitals(document: Document, so_far: Reading) -> list[Candidate]:
    return capital_names(Scene(document, so_far))


FINDERS: Mapping[str, Finder] = {"ar": arabic_names, "fa": arabic_names, "ur": arabic_names, "zh": chinese_names}
"""By language; the rest begin names with a capital."""


def find_names(document: Document, so_far: Reading) -> tuple[Name, ...]:
    """The names in the order of their first mention in the text; `so_far` has the places.

    The item's own agency is none of them. Limit: names that only the headline speaks of are not found.
    """
    finder = FINDERS.get(document.language, _capitals)
    return joined(document, finder(document, so_far))


def joined(document: Document, candidates: list[Candidate]) -> tuple[Name, ...]:
    """The names of which `candidates` are mentions, whoever found them, and those of the names file; the item's own agency
    is none of them."""
    names = bound(document, join(document.text, document.language, candidates, name_key))
    own = fold(document.agency)
    return tuple(name for name in names if not own or fold(name.text) not in own)
