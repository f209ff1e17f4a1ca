"""The nominative forms a word of a name may stand for: Russian, Ukrainian and Azerbaijani case, fathers' names. Pure.

A name in a text is often inflected (Гейдара Алиева, Əliyevin). The forms here are candidates; the comparison tries them
and says so. Limits: the endings of names alone, in the languages that inflect them; no dictionary.
"""

import re
from functools import lru_cache

_LEAST = 3
_CYRILLIC: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ского", ("ский",)),
    ("скому", ("ский",)),
    ("ским", ("ский",)),
    ("ском", ("ский",)),
    ("ской", ("ская", "ский")),
    ("скую", ("ская",)),
    ("цкого", ("цкий",)),
    ("цкому", ("цкий",)),
    ("цким", ("цкий",)),
    ("цкой", ("цкая",)),
    ("ого", ("ой", "ый")),
    ("ому", ("ой", "ый")),
    ("овой", ("ова",)),
    ("евой", ("ева",)),
    ("иной", ("ина",)),
    ("ову", ("ов", "ова")),
    ("еву", ("ев", "ева")),
    ("ину", ("ин", "ина")),
    ("ым", ("", "ый")),
    ("ом", ("",)),
    ("ем", ("", "й", "ь")),
    ("ём", ("", "й", "ь")),
    ("ой", ("а",)),
    ("ей", ("я", "а")),
    ("ью", ("ь",)),
    ("ии", ("ия",)),
    ("ию", ("ия",)),
    ("ией", ("ия",)),
    ("ові", ("",)),
    ("еві", ("", "й", "ь")),
    ("а", ("",)),
    ("у", ("", "а")),
    ("е", ("", "а", "я")),
    ("і", ("", "а")),
    ("я", ("й", "ь")),
    ("ю", ("й", "ь", "я")),
    ("ы", ("а",)),
    ("и", ("а", "я", "ь")),
)
_AZERBAIJANI = ("nin", "nun", "in", "un", "ne", "na", "ye", "ya", "e", "a", "ni", "nu", "i", "u", "den", "dan", "de", "da", "le", "la")  # fmt: skip
"""Plain: ı is i and ə is e there."""
_FATHER = re.compile("(?:ович|евич|ьич|ич|овна|евна|ична|инична|ovich|evich|yevich|ovych|ovic|evic|ovna|evna|ichna)$")


@lru_cache(maxsize=8192)
def nominatives(word: str, script: str, azerbaijani: bool = False) -> tuple[str, ...]:
    """What `word`, plain, may be an oblique case of; itself is not among them."""
    if script == "cyrl":
        return _cyrillic(word)
    if script == "latn" and azerbaijani:
        for ending in _AZERBAIJANI:
            if word.endswith(ending) and len(word) - len(ending) > _LEAST:
                return (word[: -len(ending)],)
    return ()


def _cyrillic(word: str) -> tuple[str, ...]:
    for ending, instead in _CYRILLIC:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            stem = word[: -len(ending)]
            return tuple(stem + each for each in instead)
    return ()


@lru_cache(maxsize=8192)
def father(word: str) -> str:
    """The father's name in a patronymic (Гейдарович: Гейдар), ``""`` where it is none."""
    found = _FATHER.search(word)
    return word[: found.start()] if found and found.start() >= _LEAST else ""


def feminine(word: str, script: str) -> bool:
    """A woman's surname by its ending, nominative."""
    ends = (
        ("ova", "eva", "owa", "ewa", "ina", "aya", "ska")
        if script == "latn"
        else ("ова", "ева", "єва", "ина", "іна", "ая", "ська", "цька")
    )
    return len(word) > 5 and word.endswith(ends)
