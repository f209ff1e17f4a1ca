"""The stem of an Azerbaijani word: copula, case, possessive and plural taken off from behind, as often as they stand. Pure.

Words come folded (`fold`: ı and i, ş and s, ğ and g are one), so each harmony row has two vowels left: a/ə and i/u.

What a word ends in may be an ending or its own (*qanun*, *qadın*, *ölkə*): both are taken off in all its forms alike, so that they
meet. The stem is for comparing and no word. Our own rules; no stemmer of the language is among Snowball's.

Limits: words of three letters and less stay; *kənd* and *kəndə*, *iclas* and *iclası* (as if of *icla*) do not meet.
"""

import re

from dragoman.text.fold import fold

_LEAST = 3
"""Letters that stay, a vowel among them; two where a vowel is the first."""
_VOWELS = frozenset("aeəiou")
_AFTER_ANY = """
dirlar dirlər durlar durlər mislar mislər dir dur dirsa dirsə larimiz lərimiz imiz umuz iniz unuz mizin muzun
lardan lərdən larda lərdə larin lərin lara lərə larla lərlə lari ləri lar lər indan indən undan undən inda ində unda undə
inin unun ini unu ina inə una unə inki unku daki dəki dan dən da də in un la lə i u a ə
"""
_AFTER_VOWEL = """
sindan sindən sundan sundən sinda sində sunda sundə sinin sunun sini sunu sina sinə suna sunə si su miz muz mizdə mizda
nin nun ni nu nda ndə ndan ndən na nə ya yə yla ylə
"""
"""With the letter that keeps two vowels apart: *ölkə-si*, *ölkə-nin*, *ölkə-yə*."""


def _by_last_letter() -> dict[str, tuple[tuple[str, bool], ...]]:
    """The endings by their last letter, the longest first, each with whether a vowel stands before it."""
    endings = [*((one, False) for one in _AFTER_ANY.split()), *((one, True) for one in _AFTER_VOWEL.split())]
    told: dict[str, tuple[tuple[str, bool], ...]] = {}
    for one in sorted(endings, key=lambda pair: -len(pair[0])):
        told[one[0][-1]] = (*told.get(one[0][-1], ()), one)
    return told


_ENDINGS = _by_last_letter()
_SOFTENED = {"g": "q", "y": "k"}
"""torpaq, torpağı; çörək, çörəyi: the last letter before a vowel."""
_MOST = 5  # endings one behind the other
_NOUNS_IN_LIK = re.compile(r"(?<=..l)([iu])y(?=[iuaə])")
"""nazirlik, nazirliyə: said before the endings, or -yə would be taken for one of them."""
_SH = "\u0283"
"""Stands for ş while a word is cut: an ending begins with s, never with ş (*saziş-i*, *gəmi-si*)."""


def stem_written(word: str) -> str:
    """The stem of a word as it is written, folded."""
    return stem(fold(word.replace("ş", _SH).replace("Ş", _SH))).replace(_SH, "s")


def stem(word: str) -> str:
    """The stem of a folded word; short words and numbers stay."""
    if len(word) <= _LEAST or not word.isalpha():
        return word
    word = _NOUNS_IN_LIK.sub(r"\1k", word)
    for _ in range(_MOST):
        shorter = _without_ending(word)
        if shorter == word:
            break
        word = shorter
    return _hardened(word)


def _without_ending(word: str) -> str:
    """`word` without the longest ending that leaves a stem."""
    for ending, needs_vowel in _ENDINGS.get(word[-1], ()):
        rest = word[: -len(ending)]
        if not word.endswith(ending) or len(rest) < _LEAST - (len(ending) > 1 and rest[:1] in _VOWELS):  # ev-lər
            continue
        if _VOWELS.isdisjoint(rest) or (needs_vowel and rest[-1] not in _VOWELS):
            continue
        return _hardened(rest) if ending[0] in _VOWELS else rest
    return word


def _hardened(word: str) -> str:
    return word[:-1] + _SOFTENED.get(word[-1], word[-1]) if len(word) > _LEAST else word
