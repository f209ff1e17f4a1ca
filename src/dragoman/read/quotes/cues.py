"""Reporting verbs and "according to" in a text: every one in order, whether in quotation marks or not. Pure.

Limits: a word in capitals within a sentence is a name ("State"); German has no other way to tell "so".
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from dragoman.read.quotes.signs import places
from dragoman.read.quotes.words import AUX, BEGINS, NOT, Words, lowered, together

_OLD_SIGNS = "說稱認為強調報補寫應證實對與據來還釋談記揮顯將開電話議觀責議長發聲調問訴評論絕預測擔憂"
_NEW_SIGNS = "说称认为强调报补写应证实对与据来还释谈记挥显将开电话议观责议长发声调问诉评论绝预测担忧"
_TRADITIONAL = str.maketrans(_OLD_SIGNS, _NEW_SIGNS)
_is_traditional = re.compile(f"[{_OLD_SIGNS}]").search
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


def in_small(said: list[str], language: str) -> list[str]:
    """Each word as it is looked up: in small letters, Chinese in simplified signs. All at once: that touches far less memory
    than remembering words does."""
    if not said:
        return []
    small = lowered("\n".join(said))
    return (small.translate(_TRADITIONAL) if language == "zh" and _is_traditional(small) else small).split("\n")


def found_cues(
    text: str,
    bounds: tuple[list[int], list[int]],
    small: list[str],
    flags: list[int],
    table: Words,
    names: Sequence[_Taken],
    language: str,
) -> list[Cue]:
    """Every cue that is no part of a name; two side by side are one. `bounds`: where the words begin, where they end."""
    starts, ends = bounds
    found: list[Cue] = []
    skip = at = 0
    for number in _candidates(text, starts, small, flags, language):
        if number < skip:
            continue
        kind, last = _cue(small, number, table)
        start, first = starts[number], number
        if not kind:
            if language != "zh" or not _is_glued(text, small[number], ends[number]):
                continue
            kind, start, first = "say", ends[number] - 1, number + 1
        while at < len(names) and names[at].end <= starts[number]:
            at += 1
        if at < len(names) and names[at].start <= starts[number] and names[at].end >= ends[number]:
            continue
        if (text[start].isupper() and _is_within(text, start)) or _is_none(small, flags, number, last, kind, language):
            continue
        skip = last + 1
        before = found[-1] if found else None
        if before and number == before.last + 1 and not text[before.end : start].strip(" -"):
            kind = "after" if before.kind == "after" else "say" if "say" in (before.kind, kind) else kind
            found[-1] = Cue(kind, before.first, last, before.start, ends[last], before.at)
        else:
            found.append(Cue(kind, number, last, start, ends[last], first))
    return found


def _candidates(text: str, starts: list[int], small: list[str], flags: list[int], language: str) -> list[int]:
    """The numbers of the words that may begin a cue."""
    numbers = [number for number, flag in enumerate(flags) if flag >= BEGINS]
    if language != "zh":
        return numbers
    glued = (bisect_right(starts, at) - 1 for at in places(text, _GLUED) if _GLUED_VERB.match(text, at))
    return sorted({*numbers, *(number for number in glued if len(small[number]) > 1)})


def _cue(small: list[str], number: int, table: Words) -> tuple[str, int]:
    """The kind of the cue that begins with this word, empty where none does, and the number of its last word."""
    word = small[number]
    if word in table.openers:
        for term, kind in table.phrases.get((word, small[number + 1] if number + 1 < len(small) else ""), ()):
            if len(term) == 2 or tuple(small[number : number + len(term)]) == term:
                return kind, number + len(term) - 1
    return table.cues.get(word, ""), number


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
        if language == "fr" and together(flags[max(0, first - 3) : first]) & NOT:
            return True
    endings = _PARTICIPLES.get(language)
    if endings is None or not small[first].endswith(endings):
        return False
    return not together(flags[max(0, first - 3) : first]) & AUX


def _is_within(text: str, start: int) -> bool:
    """Does a word stand right before it, in the same sentence?"""
    return text[max(0, start - 1) : start] == " " and text[max(0, start - 2)].isalnum()
