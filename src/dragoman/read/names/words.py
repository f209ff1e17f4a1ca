"""The words that names are told by, one table a language: titles, offices, heads of organisations, given names. Pure.

``data/words.tsv``: language, class, words. ``data/given.tsv``: script, given names;
``data/famed.tsv``: script, surnames that stand alone in the news. Ours, as plain data. Words are compared by
their stems, so inflected forms need no line of their own.
"""

from functools import lru_cache
from importlib.resources import files
from typing import Final

from dragoman.lexicon import LANGUAGES, Concept, concepts
from dragoman.text.analyse import stemmer, words
from dragoman.text.fold import fold

HONORIFIC: Final = 1
ROLE: Final = 2
MODIFIER: Final = 4
HEAD: Final = 8
TAIL: Final = 16
NOT: Final = 32
VERB: Final = 64
OPENER: Final = 128
GIVEN: Final = 256
COMMON: Final = 512
PARTICLE: Final = 1024
CONNECTOR: Final = 2048
TYPE: Final = 4096
LOW_HEAD: Final = 8192
STOP: Final = 16384
CORPORATE: Final = 32768
SPOT: Final = 65536
FAMED: Final = 1 << 17
BRAND: Final = 1 << 18
AGENT: Final = 1 << 20
"""What the form of a word tells, from here on: an office or occupation."""
ACRONYM: Final = 1 << 21
HEAD_END: Final = 1 << 22
KIND_END: Final = 1 << 23
NOUN_END: Final = 1 << 24
SURNAME_END: Final = 1 << 25
CAPITAL: Final = 1 << 26
NOT_ALONE: Final = 1 << 27
"""No name by itself: two letters or fewer, all in capitals, or with a digit."""
PLACED: Final = 1 << 28
"""Part of a place in this text."""
SON_OF: Final = 1 << 29
"""Behind the father's name: Heydər oğlu. One more class would cost: up to 30 bits a number is one digit."""
ANY_ROLE: Final = ROLE | AGENT
BY_FORM: Final = AGENT | ACRONYM | HEAD_END | KIND_END | NOUN_END | SURNAME_END | CAPITAL | NOT_ALONE | SON_OF

CLASSES = {
    "honorific": HONORIFIC,
    "role": ROLE,
    "modifier": MODIFIER,
    "orghead": HEAD,
    "orgtail": TAIL,
    "not": NOT,
    "verb": VERB,
    "opener": OPENER,
    "particle": PARTICLE,
    "connector": CONNECTOR,
    "orgtype": TYPE,
    "lowhead": LOW_HEAD,
    "corporate": CORPORATE,
    "spot": SPOT,
    "brand": BRAND,
}
_VOWELS = frozenset("aeiouəyаеиоуыэюяьі")
_COMMON_KINDS = frozenset({"concept", "event-type", "measure", "document", "office"})
_NEAREST = {"tr": "az", "tk": "az", "uk": "ru", "be": "ru", "kk": "ru", "ky": "ru", "bg": "ru"}
"""Whose words serve a language that has none of its own; English serves the rest."""


@lru_cache(maxsize=16)
def classes(language: str) -> dict[str, int]:
    """What each stem of `language` may be, as the sum of its classes."""
    tongue = language if language in LANGUAGES else _NEAREST.get(language, "en")
    stem = stemmer(language)
    table: dict[str, int] = {}
    for _, kind, said in _rows_of(language):
        for word in said.split():
            _add(table, stem(word), CLASSES[kind])
    for _, said in rows("given.tsv"):
        for name in said.split():
            for part in name.split("-"):
                _add(table, stem(part), GIVEN)
    for _, said in rows("famed.tsv"):
        for name in said.split():
            _add(table, stem(name), FAMED)
    for word in _common(tongue):
        _add(table, stem(word), COMMON)
    return table


@lru_cache(maxsize=64)
def forms(language: str, kinds: int) -> frozenset[str]:
    """The words of the classes `kinds` as they stand, folded: a stem alone would make Unidos of Unidad, Pol of Polis."""
    return frozenset(
        fold(word) for own, kind, said in _rows_of(language) if CLASSES[kind] & kinds for word in said.split()
    )


@lru_cache(maxsize=16)
def beginnings(language: str, kinds: int) -> frozenset[str]:
    """The same without their last two letters, where languages put endings."""
    return frozenset(word[: max(3, len(word) - 2)] for word in forms(language, kinds))


def _rows_of(language: str) -> list[list[str]]:
    """The lines of `language` and those for all; Latin ones with the bodies and firms that English names."""
    tongue = language if language in LANGUAGES else _NEAREST.get(language, "en")
    foreign = ("orghead", "orgtail") if tongue not in ("ru", "zh", "ar") else ("orgtail",)
    return [row for row in rows("words.tsv") if row[0] in (tongue, "*") or (row[0] == "en" and row[1] in foreign)]


@lru_cache(maxsize=1)
def given_forms() -> tuple[frozenset[str], frozenset[str]]:
    """The given names folded, part by part; and those that end in a vowel without it, for the cases that change it."""
    parts = frozenset(fold(part) for _, said in rows("given.tsv") for name in said.split() for part in name.split("-"))
    return parts, frozenset(part[:-1] for part in parts if len(part) > 3 and part[-1] in _VOWELS)


@lru_cache(maxsize=1)
def famed() -> frozenset[str]:
    """The surnames that stand alone, folded."""
    return frozenset(fold(name) for _, said in rows("famed.tsv") for name in said.split())


@lru_cache(maxsize=1)
def brands() -> frozenset[str]:
    """The firms that are told by their name alone, as they are written."""
    return frozenset(word for _, kind, said in rows("words.tsv") if kind == "brand" for word in said.split())


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """The given names as they stand, small, for telling a nominative from another case."""
    return frozenset(name.lower() for _, said in rows("given.tsv") for name in said.split())


def rows(name: str) -> list[list[str]]:
    """The lines of one of our tables, in fields."""
    lines = files(__package__).joinpath("data", name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines]


def _add(table: dict[str, int], stem: str, kind: int) -> None:
    table[stem] = table.get(stem, 0) | kind


def _common(tongue: str) -> set[str]:
    """The words of the lexicon's terms that are no names: what is written small, in German what stands alone."""
    place = LANGUAGES.index(tongue)
    terms = (term for one in concepts().values() if one.kind in _COMMON_KINDS for term in one.terms[place])
    if tongue == "de":
        return {word for term in terms if " " not in term and not term.isupper() for word, _ in words(term)}
    return {word for term in terms for word, _ in words(term) if word[0].islower()}


def is_proper(concept: Concept) -> bool:
    """Is it the name of one body, and not of a kind of bodies? English writes "central bank" small."""
    return _is_proper(concept.id)


@lru_cache(maxsize=1024)
def _is_proper(id_: str) -> bool:
    return concepts()[id_].lemma("en")[:1].isupper()


@lru_cache(maxsize=16_000)
def fold_word(word: str) -> str:
    """`fold`, remembered for the words of a language."""
    return fold(word)
