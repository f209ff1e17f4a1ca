"""The letters of names: which script a word is in, its one form for the aligner, and its consonants as classes. Pure.

    script(word)          "latn", "cyrl", "arab", "pers", "hani", "armn", "geor", "grek", "hebr", or ""
    plain(word, script)   lower case, without marks; Latin as a to z, Arabic without vowels, Chinese simplified
    romanised(word, ...)  a plain spelling in Latin letters, for keys and for scripts that meet in none of the tables

Limits: the first letter of a word decides its script. Persian is told from Arabic by its letters, or by the language given.
"""

import re
from functools import lru_cache
from importlib.resources import files

from dragoman.names.han import simplified, syllable
from dragoman.text.fold import fold

_PERSIAN = re.compile("[پچژگکی]")
_BLOCKS = (
    (0x0041, 0x024F, "latn"),
    (0x0250, 0x02AF, "latn"),
    (0x0370, 0x03FF, "grek"),
    (0x0400, 0x052F, "cyrl"),
    (0x0531, 0x0587, "armn"),
    (0x05D0, 0x05F4, "hebr"),
    (0x0620, 0x06FF, "arab"),
    (0x10A0, 0x10FF, "geor"),
    (0x1C90, 0x1CBF, "geor"),
    (0x1E00, 0x1EFF, "latn"),
    (0x3400, 0x9FFF, "hani"),
)
_LATIN = {"ß": "ss", "þ": "th", "ð": "d", "ə": "e", "ŋ": "n", "ʼ": "", "ʻ": "", "’": ""}
_SPOKEN = {"ə": "a", "c": "j", "ç": "ch", "ş": "sh", "x": "kh", "q": "g", "ğ": "gh", "ı": "y"}
"""Azerbaijani letters as English spells them."""
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue"}
_TURKISH = {"c": "j", "ç": "ch", "ş": "sh", "ğ": "g", "ı": "i"}
_NO_LATIN = re.compile("[^a-z]+")
_NO_LETTER = re.compile(r"[\W\d_]+")
_AS_IN = {"pers": "arab"}
_SILENT = "_"


@lru_cache(maxsize=8)
def _letters(of: str) -> dict[str, str]:
    """How each letter of a script is spelled: ``tables/letters.tsv``, a script and its letters a line; ours."""
    text = files("dragoman.names").joinpath("tables", "letters.tsv").read_text("utf-8")
    rows = {name: row.split(" ") for name, _, row in (line.partition("\t") for line in text.splitlines())}
    row = rows.get(_AS_IN.get(of, of), [])
    return dict(zip(row[::2], row[1::2], strict=True))


@lru_cache(maxsize=8192)
def script(word: str, language: str = "") -> str:
    """The script of `word` by its first letter, ``""`` where it is none of ours."""
    for letter in word:
        if letter.isalpha():
            code = ord(letter)
            found = next((name for first, last, name in _BLOCKS if first <= code <= last), "")
            if found == "arab" and (language in ("fa", "per", "fas") or (language != "ar" and _PERSIAN.search(word))):
                return "pers"
            return found
    return ""


@lru_cache(maxsize=8192)
def plain(word: str, of: str) -> str:
    """`word` in the form the aligner knows; ``""`` where nothing of it is a letter."""
    if of == "latn":
        return _NO_LATIN.sub("", fold("".join(_LATIN.get(letter, letter) for letter in word.lower())))
    if of == "hani":
        return _NO_LETTER.sub("", simplified(word))
    if of == "cyrl":
        return _NO_LETTER.sub("", word.lower())
    return _NO_LETTER.sub("", fold(word))


def spoken(word: str, language: str = "") -> str:
    """A Latin word with its Azerbaijani or Turkish letters as English spells them, others' umlauts as German does."""
    low = word.lower().replace("i̇", "i")
    letters = {"az": _SPOKEN, "tr": _TURKISH}.get(language, _GERMAN)
    return plain("".join(letters.get(letter, letter) for letter in low), "latn")


@lru_cache(maxsize=8192)
def romanised(word: str, of: str) -> str:
    """`word`, plain, in Latin letters: a fixed letter for each, the reading for Chinese."""
    if of == "latn":
        return word
    if of == "hani":
        return "".join(map(syllable, word))
    letters = _letters(of)
    latin = "".join(letters.get(letter, "") for letter in word).replace(_SILENT, "")
    # Within a word و is mostly a vowel.
    return latin[:1] + latin[1:].replace("w", "u") if of in ("arab", "pers") else latin
