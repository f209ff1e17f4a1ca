"""One analysis of text for search and linking: words as terms, in every language we serve. Pure.

    words     runs of letters and digits; what an apostrophe parts is two words; Chinese is cut by a dictionary
    stems     Snowball's where there is one, our own rules for Azerbaijani (`azerbaijani`), else the word itself
    folded    case, accents, Arabic vowels and letter forms, full width: `fold`, last of all

The same function is used when copy is indexed and when it is asked for. Offsets are code points of the text given.

Limits: German compounds stay whole; Kazakh, Ukrainian, Georgian words are folded and not stemmed.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import rjieba
import Stemmer
from msgspec import Struct

from dragoman.text.azerbaijani import stem as azerbaijani_stem
from dragoman.text.fold import fold

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "fa": "persian", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_RUN = re.compile(
    rf"[{_HAN}]+|[^\W_{_HAN}](?:[^\W_{_HAN}]|[\u0300-\u036f\u064b-\u0652\u0640](?=\w)|[.,’'](?=\d)(?<=\d.))*"
)
_DOTTED_CAPITALS = str.maketrans({"I": "ı", "İ": "i"})
_LONGEST = 64
"""Longer runs are no words: they are cut there, so that hostile text costs no more than its length."""


class Term(Struct, frozen=True):
    """A word of a text: what it is compared by, and where it stands."""

    stem: str
    start: int
    end: int


def analyse(text: str, language: str = "") -> list[Term]:
    """The words of `text` in order. `language` is BCP 47; an unknown one is folded only."""
    stem = stemmer(language)
    return [Term(stem(word), start, start + len(word)) for word, start in words(text)]


def stems(text: str, language: str = "") -> list[str]:
    """The stems alone: what is indexed and asked for."""
    stem = stemmer(language)
    return [stem(word) for word, _ in words(text)]


def words(text: str) -> Iterator[tuple[str, int]]:
    """Each word as it stands, and where."""
    for run in _RUN.finditer(text):
        word, start = run[0], run.start()
        if word[0] >= "\u2e80":
            yield from _segments(word, start)
        elif len(word) <= _LONGEST:
            yield word, start
        else:
            yield from ((word[at : at + _LONGEST], start + at) for at in range(0, len(word), _LONGEST))


def _segments(run: str, start: int) -> Iterator[tuple[str, int]]:
    """Chinese without spaces, cut into words."""
    for piece in rjieba.cut(run):
        yield piece, start
        start += len(piece)


def stemmer(language: str) -> Callable[[str], str]:
    """The function that makes a word of `language` comparable; remembers the words it has met."""
    return _stemmer(language.split("-")[0].lower())


@lru_cache(maxsize=64)
def _stemmer(tongue: str) -> Callable[[str], str]:
    if tongue == "az":
        return lru_cache(maxsize=50_000)(lambda word: azerbaijani_stem(fold(word)))
    if tongue not in _SNOWBALL:
        return lru_cache(maxsize=20_000)(fold)
    snowball = Stemmer.Stemmer(_SNOWBALL[tongue])
    snowball.maxCacheSize = 0

    def stem(word: str) -> str:
        small = word.translate(_DOTTED_CAPITALS).lower() if tongue == "tr" else word.lower()
        return fold(snowball.stemWord(small))

    return lru_cache(maxsize=50_000)(stem)
