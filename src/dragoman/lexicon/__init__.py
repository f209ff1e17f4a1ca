"""The newsroom lexicon: concepts of the news with their usual terms in our eight languages. Ours, as plain data. Pure.

``data/*.tsv``: one concept a line, eleven fields parted by tabs: id, kind, subjects (Media Topic codes), then az en ru fr de
es ar zh, each the terms parted by `` | ``: first the lemma, then synonyms and forms no stemmer reaches.

    concepts      all of them            found     those a text speaks of, where, longest terms first

Limits: a word of several meanings is found for each concept that has it; short names in capitals (WHO, US) only in capitals.
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct

from dragoman.text.analyse import Term, analyse, stems

LANGUAGES = ("az", "en", "ru", "fr", "de", "es", "ar", "zh")
KINDS = frozenset(
    {
        "agency",
        "city",
        "concept",
        "country",
        "document",
        "event-type",
        "measure",
        "office",
        "organisation",
        "people",
        "region",
    }
)
_BY_CAPITALS = 5  # letters: names up to this length that stand in capitals are found in capitals only


class Concept(Struct, frozen=True, gc=False):
    """`subjects` are Media Topic codes, eight digits; `terms` stand in the order of `LANGUAGES`, the lemma first."""

    id: str
    kind: str
    subjects: tuple[str, ...]
    terms: tuple[tuple[str, ...], ...]

    def lemma(self, language: str) -> str:
        """The usual term in `language`. Raises: ValueError, where it is none of the eight."""
        return self.terms[LANGUAGES.index(language)][0]


class Found(Struct, frozen=True):
    """A concept that a text speaks of, from `start` to `end` in code points."""

    concept: Concept
    start: int
    end: int


@lru_cache(maxsize=1)
def concepts() -> dict[str, Concept]:
    """Every concept by its id, in the order of the files."""
    return {one.id: one for one in _lines()}


def _lines() -> Iterator[Concept]:
    for path in sorted(files(__name__).joinpath("data").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".tsv"):
            for line in path.read_text("utf-8").splitlines():
                id_, kind, subjects, *terms = line.split("\t")
                yield Concept(id_, kind, tuple(subjects.split()), tuple(tuple(each.split(" | ")) for each in terms))


def found(text: str, language: str, words: list[Term] | None = None) -> list[Found]:
    """The concepts `text` speaks of, in order; nothing in a language that is none of the eight. Where terms overlap, the
    longest counts. `words` is the text analysed, where that was done already."""
    tongue = language.split("-")[0]
    if tongue not in LANGUAGES:
        return []
    index = _index(tongue)
    words = analyse(text, tongue) if words is None else words
    told: list[Found] = []
    at = 0
    while at < len(words):
        length, known = _longest(index.get(words[at].stem, ()), words, at, text)
        told += [Found(concept, words[at].start, words[at + length - 1].end) for concept in known]
        at += max(1, length)
    return told


class _Entry(Struct, frozen=True, gc=False):
    """A term: its stems, as it is written where capitals count, and whose it is."""

    stems: tuple[str, ...]
    capitals: str
    concept: Concept


def _longest(entries: tuple[_Entry, ...], words: list[Term], at: int, text: str) -> tuple[int, list[Concept]]:
    """How many words the longest of `entries` takes that stands at `at`, and the concepts that have it."""
    length, known = 0, []
    for entry in entries:  # the longest first
        size = len(entry.stems)
        if size < length:
            break
        if tuple(word.stem for word in words[at : at + size]) != entry.stems:
            continue
        if entry.capitals and text[words[at].start : words[at + size - 1].end] != entry.capitals:
            continue
        length = size
        if entry.concept not in known:
            known.append(entry.concept)
    return length, known


@lru_cache(maxsize=len(LANGUAGES))
def _index(language: str) -> dict[str, tuple[_Entry, ...]]:
    place = LANGUAGES.index(language)
    entries: dict[str, dict[tuple[tuple[str, ...], str], _Entry]] = {}
    for concept in concepts().values():
        for term in concept.terms[place]:
            cut = tuple(stems(term, language))
            if cut:
                capitals = term if term.isupper() and len(term) <= _BY_CAPITALS and language != "zh" else ""
                entries.setdefault(cut[0], {}).setdefault((cut, concept.id), _Entry(cut, capitals, concept))
    return {first: tuple(sorted(each.values(), key=lambda one: -len(one.stems))) for first, each in entries.items()}
