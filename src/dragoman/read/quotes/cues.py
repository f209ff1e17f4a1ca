"""Reporting verbs and "according to" in a text: every one in order, whether in quotation marks or not. Pure.

Limits: a word in capitals within a sentence is a name ("State"); German has no other way to tell "so".
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Protocol

from msgspec import Struct

from dragoman.read.quotes.signs import places
from dragoman.read.quotes.words import AUX, BEGINS, NOT, Words, lowered
from dragoman.text.analyse import Term

_TRADITIONAL = str.maketrans(
    "說稱認為強調報補寫應證實對與據來還釋談記揮顯將開電話議觀責議長發聲調問訴評論絕預測擔憂",
    "说称认为强调报补写应证实对与据来还释谈记挥显将开电话议观责议长发声调问诉评论绝预测担忧",
)
_REMEMBERED = 8_000
"""Words of a language that are kept in small letters."""
_NOT_GLUED = frozenset("名简职俗自总统合小传学听据人宣声虚尊爱谎戏下")
_GLUED = "说說称稱"
_GLUED_VERB = re.compile(f'[{_GLUED}](?=[，：,:“「"。])')
"""Verbs of one sign that the dictionary takes for the end of a strange name."""
_UNSAID = ("to", "been", "being")
_PHRASES = ("after", "before", "for")
_PARTICIPLES = {"fr": ("é", "ée", "és", "ées"), "es": ("ado", "ido", "cho", "crito")}


class Cue(Struct, frozen=True, gc=False):
    """A reporting verb, or "according to": its kind (`words`), its words' numbers, where it stands, and the number of the
    first word that begins there or behind: `first`, but for a Chinese verb at the end of a longer word."""

    kind: str
    first: int
    last: int
    start: int
    end: int
    at: int


class _Taken(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class _Small(dict[str, str]):
    """Words as they are looked up, in small letters, Chinese in simplified signs: made when first asked for; all are forgotten
    when they are too many."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.signs = _TRADITIONAL if language == "zh" else {}

    def __missing__(self, said: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        small = self[said] = lowered(said).translate(self.signs)
        return small


@lru_cache(maxsize=16)
def _small_of(language: str) -> _Small:
    return _Small(language)


def in_small(said: list[str], language: str) -> list[str]:
    """Each word as it is looked up."""
    return list(map(_small_of(language).__getitem__, said))


def found_cues(
    text: str,
    words: list[Term],
    starts: list[int],
    small: list[str],
    flags: list[int],
    table: Words,
    names: Sequence[_Taken],
    language: str,
) -> list[Cue]:
    """Every cue that is no part of a name; two side by side are one."""
    candidates = [number for number, flag in enumerate(flags) if flag >= BEGINS]
    if language == "zh":
        glued = (bisect_right(starts, at) - 1 for at in places(text, _GLUED) if _GLUED_VERB.match(text, at))
        candidates = sorted({*candidates, *(number for number in glued if len(small[number]) > 1)})
    kinds, phrases, openers = table.cues, table.phrases, table.openers
    following = [*small[1:], ""]
    found: list[Cue] = []
    skip = at = 0
    for number in candidates:
        if number < skip:
            continue
        word, last = small[number], number
        kind = kinds.get(word)
        for phrase, of_phrase in phrases.get((word, following[number]), ()) if word in openers else ():
            if len(phrase) == 2 or tuple(small[number : number + len(phrase)]) == phrase:
                kind, last = of_phrase, number + len(phrase) - 1
                break
        if kind:
            start, at_word = words[number].start, number
        elif language == "zh" and _is_glued(text, word, words[number].end):
            kind, start, at_word = "say", words[number].end - 1, number + 1
        else:
            continue
        while at < len(names) and names[at].end <= words[number].start:
            at += 1
        if at < len(names) and names[at].start <= words[number].start and names[at].end >= words[number].end:
            continue
        if (text[start].isupper() and _is_within(text, start)) or _is_none(small, flags, number, last, kind, language):
            continue
        skip = last + 1
        before = found[-1] if found else None
        if before and number == before.last + 1 and not text[before.end : start].strip(" -"):
            # Two side by side are one.
            kind = "after" if before.kind == "after" else "say" if "say" in (before.kind, kind) else kind
            found[-1] = Cue(kind, before.first, last, before.start, words[last].end, before.at)
        else:
            found.append(Cue(kind, number, last, start, words[last].end, at_word))
    return found


def _is_glued(text: str, word: str, end: int) -> bool:
    return word[-2:-1] not in _NOT_GLUED and bool(_GLUED_VERB.match(text, end - 1))


def _is_none(small: list[str], flags: list[int], first: int, last: int, kind: str, language: str) -> bool:
    """A participle without its auxiliary ("tried for …"), an infinitive ("declined to say"), a passive ("been declared"), a
    verb that is denied ("would not say")."""
    if language == "zh":
        return small[last + 1 : last + 2] in (["的"], ["姓名"], ["身份"]) or bool(flags[first - 1] & NOT)
    if language == "en" and first == last and small[first - 1] in _UNSAID and first > 0:
        return True
    if kind not in _PHRASES:
        if flags[first - 1] & NOT:
            return True
        if language == "fr" and reduce(or_, flags[max(0, first - 3) : first], 0) & NOT:
            return True
    endings = _PARTICIPLES.get(language)
    if endings is None or not small[first].endswith(endings):
        return False
    return not reduce(or_, flags[max(0, first - 3) : first], 0) & AUX


def _is_within(text: str, start: int) -> bool:
    """Does a word stand right before it, in the same sentence?"""
    return text[max(0, start - 1) : start] == " " and text[max(0, start - 2)].isalnum()
