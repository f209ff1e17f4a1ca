"""One analysis of text for search and linking: words as terms, in every language we serve. Pure.

    words     runs of letters and digits; what an apostrophe parts is two words; Chinese is cut by a dictionary
    stems     Snowball's where there is one, our own rules for Azerbaijani (`azerbaijani`), else the word itself
    folded    case, accents, Arabic vowels and letter forms, full width: `fold`, last of all

The same function is used when copy is indexed and when it is asked for. Offsets are code points of the text given.

Limits: German compounds stay whole; Kazakh, Ukrainian, Georgian words are folded and not stemmed; Thai, Lao, Khmer and
Burmese, which put no spaces between words, are cut where a sign laid on a letter stands.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate, compress
from sys import intern

import Stemmer
from msgspec import Struct

from dragoman.text.azerbaijani import stem_written as azerbaijani_stem
from dragoman.text.fold import fold

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "fa": "persian", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_LETTER = rf"[^\W_{_HAN}]"
_MARKS = "\u00ad\u0300-\u036f\u0483-\u0487\u05b0-\u05c7\u0640\u064b-\u065f\u0670\u200c\u200d"
"""Signs laid on letters and those that join them: inside a word they part nothing, and `fold` drops them."""
_VOWELS = "\u0900-\u0903\u093a-\u094f"
"""Signs of Devanagari that are vowels: part of the word at its end, too."""
_WORD = re.compile(
    # What is repeated begins with a sign that no letter is: nothing is read twice.
    rf"([{_HAN}]+|{_LETTER}+(?:(?:[{_MARKS}]+(?={_LETTER})|[{_VOWELS}]|[.,’'](?=\d)(?<=\d.)){_LETTER}*)*)"
)
_PLAIN_WORD = re.compile(r"(\w++(?:[.,’'](?=\d)(?<=\d.)\w*+)*+)")
_NOT_PLAIN = re.compile(f"[_{_HAN}{_MARKS}{_VOWELS}]")
"""Most texts have none of these signs: there the plain pattern finds the same words in two thirds of the time."""
_IS_HAN = re.compile(f"[{_HAN}]").match
_LOWEST_HAN = "\u3005"
_DOTTED_CAPITALS = str.maketrans({"I": "ı", "İ": "i"})
_LONGEST = 64
"""Longer runs are no words: they are cut there, so that hostile text costs no more than its length."""
_REMEMBERED = 12_000
"""Words of a language whose stems are kept, about 2 MB: nine in ten words of a day's copy are met again."""


class Term(Struct, frozen=True, gc=False):
    """A word of a text: what it is compared by, and where it stands."""

    stem: str
    start: int
    end: int


def analyse(text: str, language: str = "") -> list[Term]:
    """The words of `text` in order. `language` is BCP 47; an unknown one is folded only."""
    found, starts, ends = words_and_bounds(text)
    return list(map(Term, stemmed(found, language), starts, ends))


def stems(text: str, language: str = "") -> list[str]:
    """The stems alone: what is indexed and asked for."""
    return stemmed(words_and_bounds(text)[0], language)


def stemmed(words: list[str], language: str) -> list[str]:
    """The stem of each of `words`."""
    return list(map(_stems(language).__getitem__, words))


def forgetful_stems(language: str) -> Callable[[str], list[str]]:
    """As `stems`, for those who go through many words once: nothing is remembered."""
    stem = _of_tongue(language.split("-")[0].lower()).stem
    return lambda text: list(map(stem, words_and_bounds(text)[0]))


def words(text: str) -> Iterator[tuple[str, int]]:
    """Each word as it stands, and where."""
    found, starts, _ = words_and_bounds(text)
    return zip(found, starts, strict=True)


def stemmer(language: str) -> Callable[[str], str]:
    """The function that makes a word of `language` comparable; remembers the words it has met."""
    return _stems(language).__getitem__


def words_and_bounds(text: str) -> tuple[list[str], list[int], list[int]]:
    """The words of `text` as they stand, where each begins, where each ends."""
    plain = _NOT_PLAIN.search(text) is None
    parts = (_PLAIN_WORD if plain else _WORD).split(text)  # words and what is between them: quicker than matches
    lengths = list(map(len, parts))
    if (not plain and max(parts) >= _LOWEST_HAN) or max(lengths[1::2], default=0) > _LONGEST:
        parts = _cut(parts)
        lengths = list(map(len, parts))
    bounds = list(accumulate(lengths))
    return parts[1::2], bounds[:-1:2], bounds[1::2]


def _cut(parts: list[str]) -> list[str]:
    """The same with Chinese cut into its words, and what is no word for its length cut, too: between the pieces is nothing."""
    found, words, between = parts[:1], parts[1::2], parts[2::2]
    han = [word[0] >= _LOWEST_HAN and _IS_HAN(word) is not None for word in words]
    chinese = _chinese(list(compress(words, han)))
    for word, is_han, following in zip(words, han, between, strict=True):
        if is_han:
            found += next(chinese)
        elif len(word) <= _LONGEST:
            found.append(word)
        else:
            found += _parted([word[i : i + _LONGEST] for i in range(0, len(word), _LONGEST)])
        found.append(following)
    return found


def _chinese(runs: list[str]) -> Iterator[list[str]]:
    """The words of each run. The dictionary is asked once for all: half the cost of asking for each."""
    import rjieba  # its dictionary takes 34 MB: whoever reads no Chinese goes without

    told: list[str] = []
    for piece in rjieba.cut("\n".join(runs)) if runs else ():
        if piece == "\n":
            yield _parted(told)
            told = []
        else:
            told.append(piece)
    yield _parted(told)


def _parted(pieces: list[str]) -> list[str]:
    """`pieces` with the nothing that is between them."""
    found = [""] * (2 * len(pieces) - 1)
    found[::2] = pieces
    return found


class _Remembered(dict[str, str]):
    """Stems by word, made when first asked for; all are forgotten when they are too many."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        super().__init__()
        self.stem = stem

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        stem = self[word] = intern(self.stem(word))  # one string for all the forms of a word, and the lexicon's
        return stem


def _stems(language: str) -> _Remembered:
    return _of_tongue(language.split("-")[0].lower())


@lru_cache(maxsize=64)
def _of_tongue(tongue: str) -> _Remembered:
    return _Remembered(_forgetful(tongue))


def _forgetful(tongue: str) -> Callable[[str], str]:
    if tongue == "az":
        return azerbaijani_stem
    if tongue not in _SNOWBALL:
        return fold
    snowball = Stemmer.Stemmer(_SNOWBALL[tongue])
    snowball.maxCacheSize = 0

    def stem(word: str) -> str:
        small = word.translate(_DOTTED_CAPITALS).lower() if tongue == "tr" else word.lower()
        return fold(snowball.stemWord(small))

    return stem
