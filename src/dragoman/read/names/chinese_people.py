"""People in Chinese: surnames beside titles and verbs of saying, transcribed names, what the segmenter knows. Pure."""

import re

from dragoman.read.names.candidates import Candidate, Surety
from dragoman.read.names.chinese_words import (
    COMPOUND,
    DOT,
    MAY_TRANSCRIBE,
    NAMED,
    OF_OFFICE,
    PERSON,
    SURNAME,
    SURNAMED,
    ChineseScene,
    common,
    table,
)
from dragoman.read.names.lists import listed
from dragoman.read.names.words import ROLE, STOP, VERB

_PAUSES = frozenset("，。、；：）（ \n的")
_AROUND = 2000
"""Signs before and behind in which a second mention is looked for: bounded, so that the cost stays linear."""
_FORGOTTEN = 8000
"""Signs without a mention after which a name is not looked for any more, for the same reason."""
_SPOKEN_TITLE = re.compile("先生|女士|小姐")


class _Found:
    """The candidates so far, the signs they take, and the names that may be met again with a place of each."""

    def __init__(self, scene: ChineseScene, taken: set[int]) -> None:
        self.scene = scene
        self.own = set(taken)
        self.candidates: list[Candidate] = []
        self.again: dict[str, int] = {}

    def is_free(self, start: int, end: int) -> bool:
        return self.own.isdisjoint(range(start, end))

    def take(self, start: int, end: int, surety: Surety = "sure", role: str = "", *, again: bool = False) -> None:
        self.candidates.append(Candidate(start, end, "person", surety, role))
        self.own.update(range(start, end))
        if again:
            self.again.setdefault(self.scene.text[start:end], start)


def chinese_people(scene: ChineseScene, taken: set[int]) -> list[Candidate]:
    """The candidates outside of `taken`, the signs of the organisations."""
    found = _Found(scene, taken)
    _dotted(found)
    _behind_offices(found)
    for at in scene.may_begin:
        start = scene.starts[at]
        if start in found.own or start in scene.in_place:
            continue
        if not _native(found, at):
            _transcribed(found, at)
    _opening_clauses(found)
    for start, end in listed(scene.text):
        if start not in found.own and scene.text[start:end] not in common():
            found.take(start, end, "likely")
    for one in table().famed.finditer(scene.text):
        if found.is_free(*one.span()):
            found.take(*one.span())
    _met_again(found)
    _with_spoken_titles(found)
    return found.candidates


def _with_spoken_titles(found: _Found) -> None:
    """王先生: a surname with a form of address that is part of the name."""
    text, words = found.scene.text, table().words
    for one in _SPOKEN_TITLE.finditer(text):
        before = (text[max(0, one.start() - size) : one.start()] for size in (3, 2, 1))
        surname = next((said for said in before if said in words["compound"] or said in words["surname"]), "")
        start = one.start() - len(surname)
        if surname and start not in found.own:
            found.take(start, one.end(), "likely")


def _dotted(found: _Found) -> None:
    """伊利哈姆·阿利耶夫."""
    scene, told = found.scene, table()
    for one in told.dotted.finditer(scene.text):
        start = _foreign_start(scene, one.start(), one.group())
        dots = [dot.start() for dot in DOT.finditer(scene.text, *one.span())]
        if not dots:
            continue  # only hyphens
        end = _foreign_end(scene, one.end(), dots[-1])
        if start in found.own:
            continue
        found.take(start, end, role=role_before(scene, scene.beginning(start)))
        for part in DOT.split(scene.text[start:end]):
            if len(part) > 1:
                found.again.setdefault(part, start)


def _foreign_start(scene: ChineseScene, start: int, said: str) -> int:
    """Where the given name begins: behind a place, an office or a word that only looks transcribed."""
    best = start
    first = len(DOT.split(said)[0])
    for at in range(start + 1, start + first - 1):
        word = scene.beginning(at)
        if not word or scene.starts[word - 1] < start - 3:
            continue
        if scene.flags[word - 1] & (STOP | VERB) or at - 1 in scene.in_place or scene.office_ends(at):
            best = at
    return best


def _foreign_end(scene: ChineseScene, end: int, dot: int) -> int:
    """Where the surname ends: a word that begins within it and ends behind it is no part of it, 特朗普|本人."""
    text, told = scene.text, table()
    if end < len(text) and not told.saying.match(text, end) and text[end] not in told.words["stop"]:
        begin = scene.starts[scene.of(end)]
        if dot + 2 <= begin < end:
            end = begin
    shorter, whole = text[dot + 1 : end - 1], text[dot + 1 : end]
    return end - 1 if len(shorter) > 1 and _times(scene, shorter, dot) > _times(scene, whole, dot) else end


def _times(scene: ChineseScene, said: str, around: int) -> int:
    return scene.text.count(said, max(0, around - _AROUND), around + _AROUND)


def _native(found: _Found, at: int) -> bool:
    """A Chinese name that begins with the word: taken where an office, a verb or a second mention speaks for it."""
    scene, start = found.scene, found.scene.starts[at]
    end = _native_end(scene, at)
    said = scene.text[start:end]
    if not end or said in common() or not found.is_free(start, end):
        return bool(end)
    role = role_before(scene, at)
    known = len(said) == 3 and end == scene.ends[at] and scene.flags[at] & PERSON
    if role or known or says(scene, end) or _times(scene, said, start) > 1:
        found.take(start, end, role=role, again=True)
    return True


def _native_end(scene: ChineseScene, at: int) -> int:
    """Behind the Chinese name that begins with the word at `at`; 0 where none does."""
    text, flag, end = scene.text, scene.flags[at], scene.ends[at]
    size = end - scene.starts[at]
    follow = scene.ends[at + 1] - end if at + 1 < scene.length else 0
    if size == 2 and follow > 1 and flag & SURNAMED and text[end - 2] in table().words["surname"]:
        # 李子|健说: the last sign of the name stands at the head of the next word
        verb = table().saying.match(text, end + 1)
        whole = verb is not None and verb.end() >= end + follow and text[end] not in table().words["stop"]
        if whole and (flag & PERSON or role_before(scene, at)):
            return end + 1
    if flag & PERSON and flag & SURNAMED and not flag & COMPOUND and 2 <= size <= 4:
        if size == 2 and follow == 1 and _is_given(scene, at + 1):
            if table().saying.match(text, end + 1) or text[end + 1 : end + 2] in _PAUSES:
                return end + 1
            return end + (_times(scene, text[end - 2 : end + 1], end - 2) > 1)
        return end - (size == 3 and text[end - 1] in table().words["stop"])
    if follow and flag & (SURNAME | COMPOUND) and not flag & STOP:
        return _after_surname(scene, at)
    return 0


def _after_surname(scene: ChineseScene, at: int) -> int:
    """Behind the given name of one or two signs that follows a surname; 0 without a witness."""
    size = len(scene.said[at + 1])
    if size > 2 or not _is_given(scene, at + 1):
        return 0
    third = size == 1 and at + 2 < scene.length and len(scene.said[at + 2]) == 1 and _is_given(scene, at + 2)
    end = scene.ends[at + 1] + third
    return end if role_before(scene, at) or says(scene, end) else 0


def _is_given(scene: ChineseScene, at: int) -> bool:
    if scene.flags[at] & (STOP | VERB | ROLE):
        return False
    return all("\u4e00" <= sign <= "\u9fff" for sign in scene.said[at])


def _transcribed(found: _Found, at: int) -> None:
    """特朗普: a foreign name without a dot, behind an office, before a verb or met twice."""
    scene, start = found.scene, found.scene.starts[at]
    flag, end = scene.flags[at], scene.ends[at]
    run = table().foreign.match(scene.text, start) if flag & (PERSON | MAY_TRANSCRIBE) else None
    if not run or end > run.end():
        return
    for follow in range(at + 1, min(at + 5, scene.length)):
        if scene.ends[follow] > run.end() or scene.flags[follow] & (VERB | STOP):
            break
        end = scene.ends[follow]
    said = scene.text[start:end]
    if len(said) < 2 or said in common() or end - 1 in scene.in_place or not found.is_free(start, end):
        return
    role = role_before(scene, at)
    known = flag & PERSON and len(said) > 2
    if role or (known and (says(scene, end) or _times(scene, said, start) > 1)):
        found.take(start, end, role=role, again=True)


def _behind_offices(found: _Found) -> None:
    """副局长郑维国表示: what stands between an office and a verb or pause."""
    scene = found.scene
    for one in table().named.finditer(scene.text):
        start, end = one.span(1)
        placed = len(one[1]) < 3 and not scene.in_place.isdisjoint((start, end - 1))
        if not placed and found.is_free(start, end) and _may_be_named(scene, start, end):
            found.take(start, end, role=one.group()[: start - one.start()], again=True)


def _may_be_named(scene: ChineseScene, start: int, end: int) -> bool:
    """Is it a name, and no common word?"""
    words, said = table().words, scene.text[start:end]
    if said in common() or table().office.match(said) or any(sign in words["stop"] for sign in said[1:]):
        return False
    if any(said[size:] in words["role"] for size in (1, 2)):
        return False
    at = scene.beginning(start)
    if at is not None and scene.ends[at] == end and not scene.flags[at] & NAMED:
        return False
    if (
        (said[0] in words["surname"] and len(said) < 4)
        or said[:2] in words["compound"]
        or said[:3] in words["compound"]
    ):
        return True
    if at is None or len(said) < 3:
        return False
    return any(scene.flags[part] & NAMED for part in range(at, min(at + 3, scene.length)) if scene.ends[part] <= end)


def _opening_clauses(found: _Found) -> None:
    """史道恒认为: a surname that opens a clause before a verb of saying."""
    scene, words = found.scene, table().words
    for one in table().opening.finditer("\n" + scene.text):
        start, end = one.start(1) - 1, one.end(1) - 1
        at = scene.beginning(start)
        plain = at is not None and scene.ends[at] >= end and not scene.flags[at] & PERSON
        if not plain and one[1] not in common() and one[1][1:] not in words["stop"] and found.is_free(start, end):
            found.take(start, end, again=True)


def _met_again(found: _Found) -> None:
    """The names again, whole ones first, as far as each is not forgotten between two mentions."""
    text = found.scene.text
    for part in sorted(found.again, key=len, reverse=True):
        start = text.find(part, max(0, found.again[part] - _FORGOTTEN))
        while start >= 0:
            end = start + len(part)
            if start not in found.own and end - 1 not in found.own:
                found.take(start, end, "perhaps")
            start = text.find(part, end, end + _FORGOTTEN)


def says(scene: ChineseScene, end: int) -> bool:
    """Does a verb of saying follow, perhaps behind an adverb?"""
    at = scene.beginning(end)
    return at is not None and any(flag & VERB for flag in scene.flags[at : at + 3])


def role_before(scene: ChineseScene, at: int | None) -> str:
    """The office right before the word at `at`, with the body and place it belongs to; empty where there is none."""
    if not at:
        return ""
    if not scene.flags[at - 1] & ROLE and not scene.office_ends(scene.starts[at]):
        return ""
    first = at - 1
    while first > 0 and scene.flags[first - 1] & OF_OFFICE and at - first < 6:
        first -= 1
    return scene.text[scene.starts[first] : scene.starts[at]]
