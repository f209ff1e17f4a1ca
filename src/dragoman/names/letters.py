"""The letters of names: which script a word is in, its one form for the aligner, and its consonants as classes. Pure.

    script(word)          "latn", "cyrl", "arab", "pers", "hani", "armn", "geor", "grek", "hebr", or ""
    plain(word, script)   lower case, without marks; Latin as a to z, Arabic without vowels, Chinese simplified
    romanised(word, ...)  a plain spelling in Latin letters, for keys and for scripts that meet in none of the tables

Limits: the first letter of a word decides its script. Persian is told from Arabic by its letters, or by the language given.
"""

import re
from functools import lru_cache

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
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўәғқңөұүһјљњћџђѓќѕҹҝ",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g u a gh k n o u u h j l n ch j dj g k dz j g".split(),
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويءؤئأإآپچژگڤ",
        "a b t th j h kh d dh r z s sh s d t z _ gh f q k l m n h w y _ w y a i a p ch zh g v".split(),
        strict=True,
    )
)
_ARMENIAN = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
        "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev".split(),
        strict=True,
    )
)
_GEORGIAN = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h".split(),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
        strict=True,
    )
)
_HEBREW = dict(
    zip(
        "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
        "a b g d h v z h t y k kh l m m n n s _ p f ts ts k r sh t".split(),
        strict=True,
    )
)
_SPELLED: dict[str, dict[str, str]] = {
    "cyrl": _CYRILLIC,
    "arab": _ARABIC,
    "pers": _ARABIC,
    "armn": _ARMENIAN,
    "geor": _GEORGIAN,
    "grek": _GREEK,
    "hebr": _HEBREW,
}


@lru_cache(maxsize=20_000)
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


@lru_cache(maxsize=50_000)
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


@lru_cache(maxsize=50_000)
def romanised(word: str, of: str) -> str:
    """`word`, plain, in Latin letters: a fixed letter for each, the reading for Chinese."""
    if of == "latn":
        return word
    if of == "hani":
        return "".join(map(syllable, word))
    return "".join(_SPELLED.get(of, {}).get(letter, "") for letter in word).replace("_", "")
