"""The terms of an agency's own term base, where a text has them. Pure.

As in the lexicon's index a term is found by the stems of its words, the longest first; one word alone counts as a form of the
term only if it is declined like it. Chinese is looked up sign by sign.

Limits: a term of one Chinese sign is not found; of a term that several concepts have, each is told.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from dragoman.lexicon.concepts import LANGUAGES
from dragoman.lexicon.inflection import is_form
from dragoman.model.termbase import TermEntry
from dragoman.text.analyse import Term, forgetful_stems

_Units = tuple[str, ...]


class FoundTerm(Struct, frozen=True):
    """An entry that a text speaks of, from `start` to `end` in code points."""

    entry: TermEntry
    start: int
    end: int


class _Known(Struct, frozen=True):
    """A term as it is looked for, as it is written, and whose it is."""

    units: _Units
    text: str
    entry: TermEntry


class OwnTerms:
    """The entries of a term base; each language is indexed when a text in it is first looked at."""

    def __init__(self, entries: Sequence[TermEntry] = ()) -> None:
        self._entries = entries
        self._indexes: dict[str, dict[str, list[_Known]]] = {}

    def found(self, text: str, language: str, words: Sequence[Term]) -> Iterator[FoundTerm]:
        """The entries `text` speaks of, in order; `words` are its words, analysed."""
        tongue = language.split("-")[0]
        index = self._index(tongue)
        there = _units(text, tongue, words) if index else []
        at = 0
        while at < len(there):
            here = [one for one in index.get(there[at][0], ()) if _is_here(one, text, tongue, there, at)]
            size = max((len(one.units) for one in here), default=1)
            for one in here:
                if len(one.units) == size:
                    yield FoundTerm(one.entry, there[at][1], there[at + size - 1][2])
            at += size

    def _index(self, language: str) -> dict[str, list[_Known]]:
        known = self._indexes.get(language)
        if known is None:
            index: defaultdict[str, list[_Known]] = defaultdict(list)
            for entry in self._entries:
                for text in dict.fromkeys(_texts(entry, language)):
                    if (units := _units_of(text, language)) and (language != "zh" or len(units) > 1):
                        index[units[0]].append(_Known(units, text, entry))
            known = self._indexes[language] = dict(index)
        return known


def usual(entry: TermEntry, language: str) -> str:
    """The first term of `entry` in `language` that is not deprecated, else in its primary language; ``""`` without one."""
    tags = sorted(entry.terms, key=lambda tag: tag.lower() != language.lower())
    tongue = language.split("-")[0].lower()
    terms = (term for tag in tags if tag.split("-")[0].lower() == tongue for term in entry.terms[tag])
    return next((term.text for term in terms if term.status != "deprecated"), "")


def _texts(entry: TermEntry, language: str) -> Iterator[str]:
    for tag, terms in entry.terms.items():
        if tag.split("-")[0].lower() == language:
            yield from (term.text for term in terms)


def _units_of(term: str, language: str) -> _Units:
    if language == "zh":
        return tuple(sign for sign in term if sign.isalnum())
    return tuple(forgetful_stems(language)(term))


def _units(text: str, language: str, words: Sequence[Term]) -> list[tuple[str, int, int]]:
    """What is compared, and where it stands: stems, in Chinese signs."""
    if language == "zh":
        return [(sign, at, at + 1) for at, sign in enumerate(text) if sign.isalnum()]
    return [(word.stem, word.start, word.end) for word in words]


def _is_here(one: _Known, text: str, language: str, there: Sequence[tuple[str, int, int]], at: int) -> bool:
    size = len(one.units)
    if tuple(unit[0] for unit in there[at : at + size]) != one.units:
        return False
    if size > 1 or language not in LANGUAGES or language == "zh":
        return True
    return is_form(text[there[at][1] : there[at][2]], one.text, language)
