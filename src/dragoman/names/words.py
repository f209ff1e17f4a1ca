"""The small words of names: honorifics, legal forms, particles; data in ``tables/words.tsv``. Pure.

Each line is a kind and its words, parted by blanks; those of ``legal-phrase`` by `` | ``. Words are compared folded.
"""

import re
from functools import lru_cache
from importlib.resources import files

from dragoman.text.fold import fold

_PHRASES = "legal-phrase"
_MALE = ("ov", "ev", "ов", "ев")


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[str, str], ...]:
    text = files("dragoman.names").joinpath("tables", "words.tsv").read_text("utf-8")
    parted = (line.partition("\t") for line in text.splitlines())
    return tuple((kind, words) for kind, _, words in parted)


@lru_cache(maxsize=16)
def words(kind: str) -> frozenset[str]:
    """The words of a kind, folded."""
    return frozenset(fold(word) for name, row in _lines() if name == kind for word in row.split())


@lru_cache(maxsize=1)
def legal_phrases() -> re.Pattern[str]:
    """Finds a legal form of several words in a folded name, the longest first."""
    phrases = {fold(phrase) for name, row in _lines() if name == _PHRASES for phrase in row.split(" | ")}
    found = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)")


@lru_cache(maxsize=2)
def endings_han(kind: str) -> tuple[str, ...]:
    """Chinese titles or legal forms, which stand behind the name without a blank; the longest first."""
    return tuple(sorted(words(kind), key=len, reverse=True))


@lru_cache(maxsize=1)
def _given() -> dict[str, frozenset[int]]:
    owners: dict[str, set[int]] = {}
    for number, (kind, row) in enumerate(_lines()):
        if kind == "given":
            for word in row.split():
                owners.setdefault(word, set()).add(number)
                if word.endswith(_MALE):
                    owners.setdefault(word + ("a" if word.isascii() else "а"), set()).add(-number)
    return {word: frozenset(numbers) for word, numbers in owners.items()}


def given(word: str) -> frozenset[int]:
    """The names that a plain word is a form of, by number: words that share one are one name in two languages, words of
    two names are not. A woman's surname is another than a man's."""
    return _given().get(word, frozenset())
