"""The stem of an Azerbaijani word: case, possessive, plural and copula taken off in their order. Pure.

Words come folded (`fold`: ı and i, ş and s, ğ and g are one), so each harmony row has two vowels left: a/ə and i/u.
Our own rules; no stemmer of the language is among Snowball's.
"""

import re

_LEAST = 3
"""Letters that stay, a vowel among them."""
_VOWEL = re.compile("[aeəiou]")
_COPULA = ("dirlar", "dirlər", "durlar", "durlər", "mislər", "mislar", "dir", "dur")
_PERSON = ("imizdən", "imizdan", "imizin", "umuzun", "imizi", "umuzu", "imizə", "imiza", "umuza", "umuzə", "imizdə", "imizda", "imiz", "umuz", "iniz", "unuz")  # fmt: skip
_CASES = (
    "larindan", "lərindən", "larinda", "lərində", "larinin", "lərinin", "larini", "lərini", "larina", "lərinə", "lari", "ləri",
    "lardan", "lərdən", "larda", "lərdə", "larin", "lərin", "lara", "lərə", "larla", "lərlə", "lar", "lər",
    "sindan", "sindən", "sundan", "sundən", "sinda", "sində", "sunda", "sundə", "sinin", "sunun", "sini", "sunu", "sina", "sinə", "suna", "sunə",
    "indan", "indən", "undan", "undən", "inda", "ində", "unda", "undə", "inin", "unun", "ini", "unu", "ina", "inə", "una", "unə",
    "nin", "nun", "dan", "dən", "da", "də", "in", "un", "ni", "nu", "ya", "yə", "yi", "yu", "si", "su", "la", "lə", "i", "u", "a", "ə",
)  # fmt: skip
_NOUNS_IN_LIK = re.compile(r"(?<=..l)([iu])y(?=[iuaə])")
"""nazirlik, nazirliyi: said before the endings, or -yi would be taken for one of them."""
_SOFTENED = {"g": "q", "y": "k"}
"""torpaq, torpağı; çörək, çörəyi: the last letter before a vowel."""


def stem(word: str) -> str:
    """The stem of a folded word; short words and numbers stay."""
    if len(word) <= _LEAST + 1 or not word.isalpha():
        return _hardened(word)
    word = _NOUNS_IN_LIK.sub(r"\1k", word)
    for endings in (_COPULA, _PERSON, _CASES):
        word = _without(word, endings)
    return _hardened(word)


def _without(word: str, endings: tuple[str, ...]) -> str:
    """`word` without the longest of `endings` that leaves a stem."""
    for ending in endings:
        if (
            word.endswith(ending)
            and len(word) - len(ending) >= _LEAST
            and _VOWEL.search(word, 0, len(word) - len(ending))
        ):
            return word[: -len(ending)]
    return word


def _hardened(word: str) -> str:
    return word[:-1] + _SOFTENED.get(word[-1], word[-1]) if len(word) > _LEAST else word
