"""What is wrong with terms as they are written down: a letter of another script, a space too many, a word twice. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from dragoman.lexicon.concepts import LANGUAGES, Concept

LONGEST = 60
"""Signs of a term; what is longer is a sentence."""
_SCRIPTS = {"ru": "CYRILLIC", "ar": "ARABIC", "zh": "CJK"}
_SPACES = re.compile(r"^\s|\s$|\s\s|[^\S ]|[\u200b-\u200f\u202a-\u202e\u2060\ufeff]|\|")
_MIXED = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_LETTERS = {
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyzw",
    "de": "abcdefghijklmnopqrstuvwxyzäöüß",
    "en": "abcdefghijklmnopqrstuvwxyzçéè",
    "es": "abcdefghijklmnopqrstuvwxyzáéíóúüñàç",
    "fr": "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ",
}
"""The letters of a language; a foreign name may have others, so only words in small letters are held to them."""


def findings(concepts: Iterable[Concept]) -> Iterator[str]:
    """Each thing that is wrong, one a line, with the concept and the language; nothing where all is well."""
    known = list(concepts)
    for one in known:
        for language, terms in zip(LANGUAGES, one.terms, strict=True):
            yield from (f"{one.id} {language}: {wrong}" for wrong in of_terms(terms, language))
    for place, language in enumerate(LANGUAGES):
        lemmas = Counter(_small(one.terms[place][0]) for one in known)
        yield from (f"{lemma} {language}: the lemma of {n} concepts" for lemma, n in lemmas.items() if n > 1)


def of_terms(terms: Iterable[str], language: str) -> Iterator[str]:
    """What is wrong with the terms of one concept in one language."""
    told = list(terms)
    tongue = language.split("-")[0].lower()
    if not any(told):
        yield "no term"
    for term, times in Counter(told).items():
        if times > 1:
            yield f"{term!r} stands there {times} times"
        yield from (f"{term!r} {wrong}" for wrong in _of_term(term, tongue))
    wanted = _SCRIPTS.get(tongue)
    if wanted and not any(_script(letter) == wanted for term in told for letter in term):
        yield from () if all(term.isascii() for term in told) else ("no term in its script",)


def _of_term(term: str, language: str) -> Iterator[str]:
    if len(term) > LONGEST:
        yield f"has more than {LONGEST} signs"
    if _SPACES.search(term):
        yield "has a space or sign that does not belong there"
    if _MIXED.search(term):
        yield "mixes Latin and Cyrillic letters in a word"
    if language in LANGUAGES and (strange := {_script(c) for c in term if c.isalpha()} - {_wanted(language), "LATIN"}):
        yield f"has letters that are {', '.join(sorted(strange)).lower()}"
    letters = _LETTERS.get(language)
    if letters and term.islower() and (strange := {c for c in term if c.isalpha()} - set(letters)):
        yield f"has no letters {', '.join(sorted(strange))} in this language"


def _wanted(language: str) -> str:
    return _SCRIPTS.get(language, "LATIN")


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else ""


def _small(term: str) -> str:
    return term.casefold()
