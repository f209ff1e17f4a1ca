"""An acronym beside the name it stands for: EBRD, ЕБРР. Pure."""

from dragoman.names.letters import romanised
from dragoman.names.parts import Parts, Word
from dragoman.names.sounds import first_sound

_LEAST, _MOST = 3, 8
_SCORE, _ACROSS = 0.75, 0.6
"""Initials of one script agree letter for letter; across scripts by sound alone, which says less."""


def acronym_score(one: Parts, other: Parts) -> tuple[float, str]:
    """The score of an acronym that the first letters of the other name make, small words left out; 0 without one."""
    for short, long in ((one, other), (other, one)):
        if len(short.words) == 1 and len(long.words) >= _LEAST and _is_acronym(short.words[0]):
            score = _score(short.words[0], long.words)
            if score:
                return score, f"{short.words[0].text} is made of the first letters"
    return 0.0, ""


def _is_acronym(word: Word) -> bool:
    return _LEAST <= len(word.plain) <= _MOST and (word.text.isupper() or word.text == word.plain.upper())


def _score(short: Word, words: tuple[Word, ...]) -> float:
    if len(short.plain) != len(words):
        return 0.0
    if all(word.script == short.script for word in words):
        letters = "".join(word.plain[:1] for word in words)
        return _SCORE if letters == short.plain else 0.0
    sounds = [first_sound(romanised(word.plain, word.script)) for word in words]
    letters = romanised(short.plain, short.script) if short.script != "latn" else short.plain
    if len(letters) != len(sounds):
        return 0.0
    return _ACROSS if [first_sound(letter) for letter in letters] == sounds else 0.0
