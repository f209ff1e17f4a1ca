"""What letters, small words and CLD2 say about the language of a text, counted together as votes. Pure.

They know many languages a little; a text of thirty words or more they know for sure.
"""

import re

import pycld2

from dragoman.text.tongues import LETTERS, RECOGNISED, SMALL_WORDS_KNOWN, STOP_WORDS

TOLD = RECOGNISED | {code for _, code in pycld2.LANGUAGES if code[:2] not in ("xx", "zz") and "-" not in code}
"""Languages (primary tags) that a text may be said to be in, a long one at least."""
LONG = 30
"""Words: of a shorter text CLD2 likes to say Waray or Volapük."""
_MOST_OF_A_LETTER = 5  # occurrences
_ONE_WORD = 6  # words: CLD2's own score says how much it saw
_LETTERED = frozenset({"Cyrillic", "Arabic"})
"""Scripts whose languages each have letters of their own, if not in every sentence: of a short text without one, or small
words that are known here, CLD2 likes to say Serbian."""
_UNSAFE = re.compile("[^\\S ]|[\ud800-\udfff\ufdd0-\ufdef\U0001fffe\U0001ffff\u00ad]")


def votes(sample: str, words: list[str], script: str) -> dict[str, float]:
    """By language; a small word is worth one vote. `words` are those of `sample` in small letters."""
    found: dict[str, float] = {}
    lowered = "" if sample.isascii() else sample.lower()
    for letter, meanings in LETTERS.get(script, {}).items() if lowered else ():
        if letter in lowered:
            count = min(lowered.count(letter), _MOST_OF_A_LETTER)
            for tag, weight in meanings:
                found[tag] = found.get(tag, 0.0) + weight * count
    short, lettered = len(words) < LONG, set(found) if script in _LETTERED else set()
    for word in words:
        for tag in STOP_WORDS.get(word, ()):
            found[tag] = found.get(tag, 0.0) + 1.0
    for tag, vote in _classified(sample, len(words)).items():
        if not (short and script in _LETTERED) or tag in lettered or tag in SMALL_WORDS_KNOWN:
            found[tag] = found.get(tag, 0.0) + vote
    return found


_MOSTLY_KNOWN = 80  # hundredths


def plain_language(text: str) -> tuple[str, int]:
    """What CLD2 takes `text` for, and how many hundredths of it; an empty string where it is not sure, or refuses it.

    A small part that tells it nothing (names, figures) is left out of the count.
    """
    try:
        reliable, _, found = pycld2.detect(_safe(text), isPlainText=True)
    except pycld2.error:
        return "", 0
    if not reliable:
        return "", 0
    known = sum(one[2] for one in found)
    share = found[0][2] * 100 // known if known >= _MOSTLY_KNOWN else found[0][2]
    return str(found[0][1]).split("-")[0], share


def _classified(sample: str, words: int) -> dict[str, float]:
    """What CLD2 says, as votes; nothing where it refuses the text (it raises on some control characters)."""
    try:
        reliable, _, found = pycld2.detect(_safe(sample), isPlainText=True, bestEffort=True)
    except pycld2.error:
        return {}
    weight = (0.35 if reliable else 0.15) * min(words, 40) + 1.0
    said = {}
    for _, code, share, score in found:
        tag = code.split("-")[0]
        if tag != "un" and share and (words >= LONG or tag in RECOGNISED):
            sure = min(1.0, score / 1000) if words < _ONE_WORD else 1.0
            said[tag] = weight * sure * share / 100
    return said


def _safe(text: str) -> str:
    """`text` without the signs CLD2 stumbles over; most have none of them, which is quickly seen."""
    text = text.replace("\n", " ")
    return text if text.isprintable() else _UNSAFE.sub(" ", text)
