"""People in Chinese: surnames beside titles and verbs of saying, transcribed names, what the segmenter knows. Pure."""

import re

from dragoman.read.names.candidates import Candidate, Surety
from dragoman.read.names.chinese_words import DOT, MAY_TRANSCRIBE, ChineseScene, Word, common, table
from dragoman.read.names.lists import listed

_PAUSES = frozenset("，。、；：）（ \n的")
_AROUND = 2000
"""Signs before and behind in which a second mention is looked for: bounded, so that the cost stays linear."""
_MAY_BE_NAMED = ("nr", "ns", "nz", "x")
_OF_OFFICE = frozenset({"n", "ns", "nt", "nz", "j", "b", "vn"})
_SPOKEN_TITLE = re.compile("先生|女士|小姐")


class _Found:
    """The candidates so far, the signs they take, and the names that may be met again."""

    def __init__(self, scene: ChineseScene, taken: set[int]) -> None:
        self.scene = scene
        self.own = set(taken)
        self.candidates: list[Candidate] = []
        self.again: set[str] = set()

    def is_free(self, start: int, end: int) -> bool:
        return self.own.isdisjoint(range(start, end))

    def take(self, start: int, end: int, surety: Surety = "sure", role: str = "", *, again: bool = False) -> None:
        self.candidates.append(Candidate(start, end, "person", surety, role))
        self.own.update(range(start, end))
        if again:
            self.again.add(self.scene.text[start:end])


def chinese_people(scene: ChineseScene, taken: set[int]) -> list[Candidate]:
    """The candidates outside of `taken`, the signs of the organisations."""
    found = _Found(scene, taken)
    _dotted(found)
    _behind_offices(found)
    for at in scene.may_begin_people:
        start = scene.cut[at].start
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
        found.again.update(part for part in DOT.split(scene.text[start:end]) if len(part) > 1)


def _foreign_start(scene: ChineseScene, start: int, said: str) -> int:
    """Where the given name begins: behind a place, an office or a word that only looks transcribed."""
    words, best = table().words, start
    first = len(DOT.split(said)[0])
    for at in range(start + 1, start + first - 1):
        word = scene.beginning(at)
        if not word or scene.cut[word - 1].start < start - 3:
            continue
        before = scene.cut[word - 1]
        plain = before.said in words["stop"] or before.said in words["verb"] or before.end - 1 in scene.in_place
        if plain or scene.office_ends(at):
            best = at
    return best


def _foreign_end(scene: ChineseScene, end: int, dot: int) -> int:
    """Where the surname ends: a word that begins within it and ends behind it is no part of it, 特朗普|本人."""
    text, told = scene.text, table()
    if end < len(text) and not told.saying.match(text, end) and text[end] not in told.words["stop"]:
        word = scene.cut[scene.of(end)]
        if dot + 2 <= word.start < end:
            end = word.start
    shorter, whole = text[dot + 1 : end - 1], text[dot + 1 : end]
    return end - 1 if len(shorter) > 1 and _times(scene, shorter, dot) > _times(scene, whole, dot) else end


def _times(scene: ChineseScene, said: str, around: int) -> int:
    return scene.text.count(said, max(0, around - _AROUND), around + _AROUND)


def _native(found: _Found, at: int) -> bool:
    """A Chinese name that begins with the word: taken where an office, a verb or a second mention speaks for it."""
    scene, word = found.scene, found.scene.cut[at]
    end = _native_end(scene, at)
    said = scene.text[word.start : end]
    if not end or said in common() or not found.is_free(word.start, end):
        return bool(end)
    role = role_before(scene, at)
    known = len(said) == len(word.said) == 3 and word.tag.startswith("nr")
    if role or known or says(scene, end) or _times(scene, said, word.start) > 1:
        found.take(word.start, end, role=role, again=True)
    return True


def _native_end(scene: ChineseScene, at: int) -> int:
    """Behind the Chinese name that begins with the word at `at`; 0 where none does."""
    words, text = table().words, scene.text
    word = scene.cut[at]
    follow = scene.cut[at + 1] if at + 1 < len(scene.cut) else None
    person = word.tag.startswith("nr")
    if follow and len(word.said) == 2 and word.said[0] in words["surname"] and len(follow.said) > 1:
        # 李子|健说: the last sign of the name stands at the head of the next word
        verb = table().saying.match(text, follow.start + 1)
        whole = verb is not None and verb.end() >= follow.end and follow.said[0] not in words["stop"]
        if whole and (person or role_before(scene, at)):
            return follow.start + 1
    surname = word.said[0] in words["surname"] or word.said[:2] in words["compound"]
    if person and surname and word.said not in words["compound"] and 2 <= len(word.said) <= 4:
        if follow and len(word.said) == 2 and len(follow.said) == 1 and _is_given(follow):
            said = text[word.start : follow.end]
            if table().saying.match(text, follow.end) or text[follow.end : follow.end + 1] in _PAUSES:
                return follow.end
            return follow.end if _times(scene, said, word.start) > 1 else word.end
        return word.end - 1 if len(word.said) == 3 and word.said[-1] in words["stop"] else word.end
    if follow and (word.said in words["surname"] or word.said in words["compound"]) and word.said not in words["stop"]:
        return _after_surname(scene, at, follow)
    return 0


def _after_surname(scene: ChineseScene, at: int, follow: Word) -> int:
    """Behind the given name of one or two signs that follows a surname; 0 without a witness."""
    if len(follow.said) > 2 or not _is_given(follow):
        return 0
    end = follow.end
    third = scene.cut[at + 2] if at + 2 < len(scene.cut) else None
    if third and len(follow.said) == 1 and len(third.said) == 1 and _is_given(third):
        end = third.end
    return end if role_before(scene, at) or says(scene, end) else 0


def _is_given(word: Word) -> bool:
    words = table().words
    if word.said in words["stop"] or word.said in words["verb"] or word.said in words["role"]:
        return False
    return all("\u4e00" <= sign <= "\u9fff" for sign in word.said)


def _transcribed(found: _Found, at: int) -> None:
    """特朗普: a foreign name without a dot, behind an office, before a verb or met twice."""
    scene, words = found.scene, table().words
    word = scene.cut[at]
    run = table().foreign.match(scene.text, word.start)
    person = word.tag.startswith("nr")
    if not run or word.end > run.end() or not (person or word.tag in MAY_TRANSCRIBE):
        return
    end = word.end
    for follow in scene.cut[at + 1 : at + 5]:
        if follow.end > run.end() or follow.said in words["verb"] or follow.said in words["stop"]:
            break
        end = follow.end
    said = scene.text[word.start : end]
    if len(said) < 2 or said in common() or end - 1 in scene.in_place or not found.is_free(word.start, end):
        return
    role = role_before(scene, at)
    if role or (person and len(said) > 2 and (says(scene, end) or _times(scene, said, word.start) > 1)):
        found.take(word.start, end, role=role, again=True)


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
    if at is not None and scene.cut[at].end == end and not scene.cut[at].tag.startswith(_MAY_BE_NAMED):
        return False
    if (
        (said[0] in words["surname"] and len(said) < 4)
        or said[:2] in words["compound"]
        or said[:3] in words["compound"]
    ):
        return True
    parts = [word for word in scene.cut[at : at + 3] if word.end <= end] if at is not None else []
    return len(said) > 2 and any(word.tag.startswith(_MAY_BE_NAMED) for word in parts)


def _opening_clauses(found: _Found) -> None:
    """史道恒认为: a surname that opens a clause before a verb of saying."""
    scene, words = found.scene, table().words
    for one in table().opening.finditer("\n" + scene.text):
        start, end = one.start(1) - 1, one.end(1) - 1
        at = scene.beginning(start)
        word = scene.cut[at] if at is not None else None
        plain = word is not None and word.end >= end and not word.tag.startswith("nr")
        if not plain and one[1] not in common() and one[1][1:] not in words["stop"] and found.is_free(start, end):
            found.take(start, end, again=True)


def _met_again(found: _Found) -> None:
    text = found.scene.text
    for part in sorted(found.again, key=len, reverse=True):
        start = text.find(part)
        while start >= 0:
            end = start + len(part)
            if start not in found.own and end - 1 not in found.own:
                found.take(start, end, "perhaps")
            start = text.find(part, end)


def says(scene: ChineseScene, end: int) -> bool:
    """Does a verb of saying follow, perhaps behind an adverb?"""
    at = scene.beginning(end)
    return at is not None and any(word.said in table().words["verb"] for word in scene.cut[at : at + 3])


def role_before(scene: ChineseScene, at: int | None) -> str:
    """The office right before the word at `at`, with the body and place it belongs to; empty where there is none."""
    if not at:
        return ""
    before = scene.cut[at - 1]
    if before.said not in table().words["role"] and not scene.office_ends(before.end):
        return ""
    first = at - 1
    while first > 0 and scene.cut[first - 1].tag in _OF_OFFICE and at - first < 6:
        first -= 1
    return "".join(word.said for word in scene.cut[first:at])
