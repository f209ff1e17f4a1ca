"""The consonants of a romanised word as a few classes that hold across languages. Pure.

Heydar, Гейдар and حيدر share K-T-L; v, f and w are one, b and p, d and t, l and r (Chinese writes one for the other), s with
all hushing sounds. Vowels, y and an h at the end fall away. Used for keys and to see at once that two words cannot be one.
"""

import re
from functools import lru_cache

_PAIRS = re.compile(
    "tsch|sch|dsch|dzh|tch|sh|zh|ch|kh|gh|ph|th|dh|ts|tz|dz|cz|sz|rz|dj|ck|qu|c(?=[eiy])|(?<=[aeiouy])h$|ng(?![aeiouy])|(.)(?=\\1)"
)
_CLASS = {
    "sch": "S", "tsch": "S", "dsch": "S", "dzh": "S", "tch": "S", "sh": "S", "zh": "S", "ch": "S", "ts": "S", "tz": "S",
    "dz": "S", "cz": "S", "sz": "S", "rz": "L", "dj": "S", "kh": "K", "gh": "K", "ph": "V", "th": "T", "dh": "T", "ck": "K",
    "qu": "K", "c": "S", "ng": "N",
}  # fmt: skip
_LETTER = str.maketrans(
    {"b": "P", "p": "P", "v": "V", "f": "V", "w": "V", "d": "T", "t": "T", "l": "L", "r": "L", "m": "M", "n": "N",
     "g": "K", "k": "K", "h": "K", "q": "K", "x": "K", "c": "K", "s": "S", "z": "S", "j": "S",
     **dict.fromkeys("aeiouy")}
)  # fmt: skip


def _put(found: re.Match[str]) -> str:
    return _CLASS.get(found[0], "")


@lru_cache(maxsize=8192)
def skeleton(word: str) -> str:
    """The classes of the consonants of `word`, a to z."""
    return _PAIRS.sub(_put, word).translate(_LETTER)


def first_sound(word: str) -> str:
    """The class of the first letter: of a consonant its own, ``A`` for any vowel or y."""
    return "A" if word[:1] in "aeiouyAEIOUY" else skeleton(word)[:1]
