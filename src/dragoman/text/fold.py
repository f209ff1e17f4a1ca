"""Folding: the one form in which two spellings of a word are compared, in every language we serve. Pure.

`İSTANBUL`, `istanbul` and `ıstanbul` fold alike; so do vowelled and bare Arabic, full-width and plain Latin,
`Élysée` and `elysee`. Folded text is for comparing, never for showing.

Limits: traditional and simplified Chinese stay apart; `й` and `и`, `ё` and `е` fall together.
"""

import re
import unicodedata

# Marks that are laid on a letter. Marks of Indic scripts are vowels of their own and stay.
_DROPPED = (
    *range(0x0300, 0x0370),  # combining accents
    *range(0x0483, 0x0488),  # Cyrillic titlo and the like
    *range(0x0591, 0x05C8),  # Hebrew points
    *range(0x0610, 0x061B),  # Arabic honorifics
    *range(0x064B, 0x0660),  # Arabic vowels, shadda, hamza above and below
    *range(0x06D6, 0x06EE),  # Koranic marks
    *range(0x1AB0, 0x1B00),
    *range(0x1DC0, 0x1E00),
    *range(0x20D0, 0x2100),
    *range(0xFE20, 0xFE30),
    0x0640,  # tatweel stretches a line, not a word
    0x0670,  # superscript alef
    0x00AD,  # soft hyphen
    *range(0x200B, 0x2010),  # zero width, and marks of direction
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
)
_LETTERS = {
    "ı": "i",  # Turkish and Azerbaijani: I, İ, ı and i are one letter here, whoever capitalised it
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ħ": "h",
    "æ": "ae",
    "œ": "oe",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ک": "ك",
    "ة": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ς": "σ",
}
_DIGITS = {zero + value: str(value) for zero in (0x0660, 0x06F0, 0x0966) for value in range(10)}
_PUT: dict[str, str] = (
    {chr(code): "" for code in _DROPPED} | _LETTERS | {chr(code): sign for code, sign in _DIGITS.items()}
)
_SPECIAL = re.compile(f"[{''.join(map(re.escape, _PUT))}]+")  # few signs of a text: under half the cost of translate()


def fold(text: str) -> str:
    """`text` with case, accents, Arabic vowels and compatibility forms taken away. Folding twice changes nothing."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _SPECIAL.sub(_put, folded))


def _put(found: re.Match[str]) -> str:
    return "".join(_PUT[sign] for sign in found[0])
