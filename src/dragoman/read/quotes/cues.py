"""Reporting verbs and "according to" in a text: every one in order, whether in quotation marks or not. Pure.

Limits: a word in capitals within a sentence is a name ("State"); German has no other way to tell "so".
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from dragoman.read.quotes.words import AUX, BEGINS, NOT, Words, lowered
from dragoman.text.analyse import Term

_TRADITIONAL = str.maketrans(
    "說稱認為強調報補寫應證實對與據來還釋談記揮顯將開電話議觀責議長發聲調問訴評論絕預測擔憂",
    "说称认为强调报补写应证实对与据来还释谈记挥显将开电话议观责议长发声调问诉评论绝预测担忧",
)
_NOT_GLUED = frozenset("名简职俗自总统合小传学听据人宣声虚尊爱谎戏下")
_GLUED_VERB = re.compile('[说說称稱](?=[，：,:“「"。])')
"""Verbs of one sign that the dictionary takes for the end of a strange name."""
_PARTICIPLES = {"fr": ("é", "ée", "és", "ées"), "es": ("ado", "ido", "cho", "crito")}


class Cue(Struct, frozen=True, gc=False):
    """A reporting verb, or "according to": its kind (`words`), its words' numbers, where it stands."""

    kind: str
    first: int
    last: int
    start: int
    end: int


class _Taken(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def in_small(text: str, words: list[Term], language: str) -> list[str]:
    """Each word as it is looked up: in small letters, Chinese in simplified signs."""
    small = lowered(text)
    if language == "zh":
        small = small.translate(_TRADITIONAL)
    return [small[word.start : word.end] for word in words]


def found_cues(
    text: str,
    words: list[Term],
    small: list[str],
    flags: list[int],
    numbers: list[int],
    table: Words,
    names: Sequence[_Taken],
    language: str,
) -> list[Cue]:
    """Every cue that is no part of a name; two side by side are one. `numbers`: of the words among which those are that
    begin one."""
    known = table.cues
    if not known:
        return []
    candidates = [number for number in numbers if flags[number] & BEGINS]
    if language == "zh":
        starts = [word.start for word in words]
        glued = (bisect_right(starts, found.start()) - 1 for found in _GLUED_VERB.finditer(text))
        candidates = sorted({*candidates, *(number for number in glued if len(small[number]) > 1)})
    found: list[Cue] = []
    skip = at = 0
    for number in candidates:
        start = words[number].start
        while at < len(names) and names[at].end <= start:
            at += 1
        if number < skip or (at < len(names) and names[at].start <= start and names[at].end >= words[number].end):
            continue
        cue = _cue(words, small, number, known.get(small[number], ()))
        if cue is None and language == "zh":
            cue = _glued(text, words, small, number)
        if cue and not _is_capital(text, cue.start) and not _is_none(small, flags, number, cue, language):
            skip = cue.last + 1
            found.append(cue)
    return _joined(text, found)


def _cue(
    words: list[Term], small: list[str], number: int, terms: tuple[tuple[tuple[str, ...], str], ...]
) -> Cue | None:
    following = small[number + 1] if number + 1 < len(small) else ""
    for term, kind in terms:
        last = number + len(term) - 1
        if last == number or (term[1] == following and tuple(small[number : last + 1]) == term):
            return Cue(kind, number, last, words[number].start, words[last].end)
    return None


def _glued(text: str, words: list[Term], small: list[str], number: int) -> Cue | None:
    word, end = small[number], words[number].end
    if word[-2:-1] in _NOT_GLUED or not _GLUED_VERB.match(text, end - 1):
        return None
    return Cue("say", number, number, end - 1, end)


def _is_none(small: list[str], flags: list[int], number: int, cue: Cue, language: str) -> bool:
    """A participle without its auxiliary ("tried for …"), an infinitive ("declined to say"), a passive ("been declared"), a
    verb that is denied ("would not say")."""
    if language == "zh":
        following = small[cue.last + 1 : cue.last + 2]
        return following in (["的"], ["姓名"], ["身份"]) or _is_denied(flags, number, 1)
    if language == "en" and number > 0 and small[number - 1] in ("to", "been", "being"):
        return cue.first == cue.last
    if cue.kind not in ("after", "before", "for") and _is_denied(flags, number, 3 if language == "fr" else 1):
        return True
    endings = _PARTICIPLES.get(language)
    if endings is None or not small[number].endswith(endings):
        return False
    return not any(flag & AUX for flag in flags[max(0, number - 3) : number])


def _is_denied(flags: list[int], number: int, back: int) -> bool:
    if back == 1:
        return bool(flags[number - 1] & NOT)
    return any(flag & NOT for flag in flags[max(0, number - back) : number])


def _is_capital(text: str, start: int) -> bool:
    """Does a capital stand within the sentence?"""
    return text[start].isupper() and text[max(0, start - 1) : start] == " " and text[max(0, start - 2)].isalnum()


def _joined(text: str, cues: list[Cue]) -> list[Cue]:
    joined: list[Cue] = []
    for cue in cues:
        before = joined[-1] if joined else None
        if before and cue.first == before.last + 1 and not text[before.end : cue.start].strip(" -"):
            kind = "after" if before.kind == "after" else "say" if "say" in (before.kind, cue.kind) else cue.kind
            joined[-1] = Cue(kind, before.first, cue.last, before.start, cue.end)
        else:
            joined.append(cue)
    return joined
