"""How likely two words of two names are the same word, and why. Pure.

Across scripts the aligner says; where two scripts meet that have no common table, one of them is romanised. Inflected forms
and fathers' names are tried, too. Scores are probabilities from 0 to 1, one half the threshold.
"""

from functools import lru_cache

from dragoman.names.aligner import agreement, likely
from dragoman.names.forms_of import father, feminine, nominatives
from dragoman.names.letters import romanised
from dragoman.names.parts import Word
from dragoman.names.sounds import first_sound, skeleton
from dragoman.names.words import given

Said = tuple[float, str]
_NO: Said = (0.0, "")
_INITIAL, _NO_INITIAL = 0.8, 0.02
_INFLECTED = 0.97
"""What is left of a score by way of an inflected form: another reading of the word was possible."""
_OTHER_SEX = 0.3
"""Алиев and Aliyeva are two people, however well the letters agree."""
_VARIANT = 0.9
_TWO_NAMES = 0.05
_BY_READING = 0.9
"""A Chinese name and its very pinyin: short as it is, the aligner is never sure of it."""
_ONE_SCRIPT = 0.4
"""Odds in one script, by which the pairs tuned on were parted best."""
_MISSPELT = 0.6
_LEAST_MISSPELT = 6
_HARDLY = 0.02


@lru_cache(maxsize=32_768)
def word_score(one: Word, other: Word) -> Said:
    """The probability that both are one word, and the reason in a few words (``""`` for none)."""
    if one.number or other.number:
        return (1.0, "number") if one.text == other.text else _NO
    if one.initial or other.initial:
        return _initials(one, other)
    if one.father != other.father and not father((other if one.father else one).plain):
        return _NO  # Heydar oğlu is not Heydar
    if one.script == other.script and one.plain == other.plain:
        return 1.0, "the same word"
    mine, theirs = _given(one), _given(other)
    if mine & theirs:
        return _VARIANT, "one name in two languages"
    if mine and theirs and not _inflected_given(one, mine) & _inflected_given(other, theirs):
        return _TWO_NAMES, "two names"
    best = _best(one, other)
    if best[0] < 1 - _HARDLY:
        best = max([best, *_inflected(one, other), *_inflected(other, one), *_fathers(one, other)])
    if best[0] < _MISSPELT and one.script == other.script and _misspelt(one.plain, other.plain):
        best = _MISSPELT, "one letter apart"
    return best


def _given(word: Word) -> frozenset[int]:
    return given(word.plain) | (given(word.other) if word.other else frozenset())


def _inflected_given(word: Word, known: frozenset[int]) -> frozenset[int]:
    """Алиева may be Алиев inflected."""
    return known.union(*(given(form) for form in nominatives(word.plain, word.script)))


def _initials(one: Word, other: Word) -> Said:
    sound, beside = (first_sound(romanised(word.plain, word.script)) for word in (one, other))
    if one.initial and other.initial and one.script == other.script:
        return (1.0, "the same initial") if one.plain == other.plain else (_NO_INITIAL, "another initial")
    return (_INITIAL, "initial") if sound and sound == beside else (_NO_INITIAL, "another initial")


def _best(one: Word, other: Word) -> Said:
    """The best over the second forms of both."""
    ones = (one.plain, one.other) if one.other else (one.plain,)
    others = (other.plain, other.other) if other.other else (other.plain,)
    score = max(spelled(left, one.script, right, other.script) for left in ones for right in others)
    if _two_sexes(one, other):
        return score * _OTHER_SEX, "a man's and a woman's name"
    return score, "spelled alike" if one.script == other.script else "sounds alike"


def _two_sexes(one: Word, other: Word) -> bool:
    if {one.script, other.script} - {"latn", "cyrl"}:
        return False
    return feminine(one.plain, one.script) != feminine(other.plain, other.script) and (
        len(skeleton(romanised(one.plain, one.script))) == len(skeleton(romanised(other.plain, other.script)))
    )


def _inflected(word: Word, beside: Word) -> list[Said]:
    azerbaijani = word.other != "" or "ə" in word.text
    forms = nominatives(word.plain, word.script, azerbaijani)
    found = []
    if word.script == beside.script and not azerbaijani:
        others = (beside.plain, *nominatives(beside.plain, beside.script))
        return [(_INFLECTED, "inflected")] if set(forms) & set(others) else []
    for form in forms:
        found.append((_INFLECTED * _plain_score(form, word.script, beside), "inflected"))
        if word.other and beside.script == "latn" and (spoken := nominatives(word.other, "latn", True)):
            found.append((_INFLECTED * _plain_score(spoken[0], "latn", beside), "inflected"))
    return found


def _plain_score(form: str, script: str, beside: Word) -> float:
    if feminine(beside.plain, beside.script) and not feminine(form, script):
        return 0.0
    return max(
        spelled(form, script, plain, beside.script)
        for plain in ((beside.plain, beside.other) if beside.other else (beside.plain,))
    )


def _fathers(one: Word, other: Word) -> list[Said]:
    """Heydər oğlu beside Гейдарович."""
    found = []
    for word, beside in ((one, other), (other, one)):
        if beside.father and (name := father(word.plain)):
            found.append((spelled(name, word.script, beside.plain, beside.script), "the father's name"))
    return found


@lru_cache(maxsize=8192)
def spelled(one: str, script: str, other: str, beside: str) -> float:
    """The probability that two plain words of the given scripts are one name."""
    if not one or not other:
        return 0.0
    if script == beside and one == other:
        return 1.0
    if _hopeless(one, script, other, beside):
        return 0.0
    if script == beside:
        left, right = romanised(one, script), romanised(other, beside)
        if not left or not right:
            return 0.0
        if left == right:
            return 0.9
        return _stricter((agreement(left, right, "latn") + agreement(right, left, "latn")) / 2)
    if "hani" in (script, beside) and romanised(one, script) == romanised(other, beside):
        return _BY_READING
    if script == "latn":
        return max(agreement(latin, other, beside) for latin in _by_way_of_russian(one, other, beside))
    if beside == "latn":
        return max(agreement(latin, one, script) for latin in _by_way_of_russian(other, one, script))
    return max(
        *(agreement(latin, other, beside) for latin in _readings(one, script)),
        *(agreement(latin, one, script) for latin in _readings(other, beside)),
        0.0,
    )


def _stricter(score: float) -> float:
    """In one script other letters are mostly another name (Müller, Möller); the pairs of the training were all one."""
    odds = score / max(1 - score, 1e-9) * _ONE_SCRIPT
    return odds / (1 + odds)


def _readings(word: str, of: str) -> set[str]:
    """How a native word may be said in Latin letters; Russian has г for h."""
    latin = romanised(word, of)
    return {latin, likely(word, of), f"h{latin[1:]}" if of == "cyrl" and latin[:1] == "g" else ""} - {""}


def _by_way_of_russian(latin: str, native: str, of: str) -> tuple[str, ...]:
    """Geidar came from Гейдар, which came from حيدر: its g is an h there."""
    if of in ("arab", "pers") and latin[:1] == "g" and native[:1] in "حهخ":
        return latin, f"h{latin[1:]}"
    return (latin,)


def _hopeless(one: str, script: str, other: str, beside: str) -> bool:
    """Not one consonant in common: no need to ask the aligner. Chinese readings are too far off to say so."""
    if "hani" in (script, beside):
        return False
    left, right = skeleton(romanised(one, script)), skeleton(romanised(other, beside))
    return bool(left) and bool(right) and not set(left) & set(right)


def _misspelt(one: str, other: str) -> bool:
    """One letter put, left out, changed, or two exchanged, in a long word, behind its first letter."""
    if min(len(one), len(other)) < _LEAST_MISSPELT or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    at = next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )
    if len(one) == len(other):
        swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
        return swapped or one[at + 1 :] == other[at + 1 :]
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return long[at + 1 :] == short[at:]
