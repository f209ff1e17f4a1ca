"""Mentions joined to one entity each: surname alone, initials, patronymic, other cases, abbreviations. Pure."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from dragoman.model.reading import Mention, Name
from dragoman.read.names.candidates import Candidate
from dragoman.read.names.words import given_names
from dragoman.text.analyse import stemmer
from dragoman.text.fold import fold

_FORMS = frozenset("inc ltd plc corp co ag gmbh se sa s ooo оао пао ао зао ооо asc qsc mmc the".split())
_AZ_ENDING = re.compile(r"-(?:n?[ıiuü]n|d[əa]n?|[ys]?[əaıiuü]|n?[ıiuü]|l[əa])$")
KeyOf = Callable[[str, str], str]
"""Makes a name's key of its text and language."""
_PART = re.compile(r"[^\W\d_]+")
_DROPPED = frozenset(
    "de van von der den del della di da dos la le al el bin ibn ben oglu qizi оглы кызы фон ван де بن ابن jr sr".split()
)
_CASES = (
    (re.compile(r"([ое]в|[иы]н|ёв)(?:а|у|ым|ом|е|ой|ы|ых|ыми|ою)$"), r"\1"),
    (re.compile(r"([сц]к)(?:ии|ого|ому|им|ом|ая|ои|ую|ие|их|ими)$"), r"\1"),
    (re.compile(r"(.{2,}?)(?:ами|ями|ом|ем|ои|еи|ою|ею|ам|ям|ах|ях|а|я|у|ю|е|ы|и|ь)$"), r"\1"),
)
"""Endings of Russian surnames and given names, folded (й and и are one)."""


class Entity:
    """What is said of one person or organisation, growing as mentions are met."""

    def __init__(self, first: Candidate, parts: tuple[str, ...]) -> None:
        self.mentions = [first]
        self.parts = parts
        self.kind = first.kind
        self.known = first.known

    def add(self, one: Candidate, parts: tuple[str, ...]) -> None:
        self.mentions.append(one)
        self.known = self.known or one.known
        if len(parts) > len(self.parts):
            self.parts = parts


@lru_cache(maxsize=4096)
def base(word: str, language: str) -> str:
    """A word of a name without what its case lays on it, for comparing."""
    folded = fold(word)
    if folded[:1] >= "\u0400" and folded[:1] <= "\u052f":
        for ending, stem in _CASES:
            shorter = ending.sub(stem, folded)
            if shorter != folded:
                return shorter
        return folded
    if language in ("az", "tr"):
        stem = stemmer(language)(word)
        return stem[:-1] if stem.endswith(("ova", "eva")) else stem
    if language == "de" and len(folded) > 4:
        return folded.removesuffix("s")
    if language in ("ar", "fa"):
        return folded.removeprefix("ال")
    return folded


@lru_cache(maxsize=2048)
def parts_of(text: str, language: str) -> tuple[str, ...]:
    """The parts of a name that tell it from another."""
    if language == "zh":
        return tuple(re.split("[·•・‧]", text))
    found = tuple(base(word, language) for word in _PART.findall(text))
    return tuple(part for part in found if part not in _DROPPED) or found


@lru_cache(maxsize=2048)
def stems_of(text: str, language: str) -> tuple[str, ...]:
    """The words of an organisation's name, for comparing: without its legal form."""
    if language == "zh":
        return (text.strip("“”《》「」"),)
    stem = stemmer(language)
    text = _AZ_ENDING.sub("", text) if language == "az" else text
    found = tuple(stem(word) for word in _PART.findall(text))
    return tuple(part for part in found if part not in _FORMS) or found


def join(text: str, language: str, candidates: Iterable[Candidate], key: KeyOf) -> tuple[Name, ...]:
    """One name an entity, in the order of their first mention."""
    ordered = sorted(candidates, key=lambda one: (one.start, -one.end))
    people: list[Entity] = []
    bodies: list[Entity] = []
    late: list[Candidate] = []
    for one in ordered:
        if one.kind == "organisation":
            _body(one, text, language, bodies)
        elif len(parts := parts_of(text[one.start : one.end], language)) > 1 and one.surety != "perhaps":
            _person(one, parts, people)
        else:
            late.append(one)
    for one in late:
        _short(one, parts_of(text[one.start : one.end], language), people, bodies, text, language)
    entities = sorted(people + bodies, key=lambda each: min(one.start for one in each.mentions))
    return tuple(_name(each, text, language, key) for each in entities)


def _person(one: Candidate, parts: tuple[str, ...], people: list[Entity]) -> None:
    for each in reversed(people):
        if _same_person(each.parts, parts):
            each.add(one, parts)
            return
    people.append(Entity(one, parts))


def _same_person(full: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Are they one: the same surname, and given names that agree or are initials; or given name and patronymic?"""
    if full == other:
        return True
    few, many = sorted((full, other), key=len)
    if set(few) <= set(many) and (few[0] == many[0] or few[-1] == many[-1]):
        return True
    if full[-1] == other[-1]:
        return _agree(full[0], other[0])
    # «Алиев И.», «Алиев Ильхам»: the surname first
    return full[-1] == other[0] and _agree(full[0], other[1])


def _agree(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) <= 2 and long.startswith(short) or one == other


def _body(one: Candidate, text: str, language: str, bodies: list[Entity]) -> None:
    said = text[one.start : one.end]
    parts = stems_of(said, language)
    for each in bodies:
        if (
            each.parts == parts
            or _blends(parts, each.parts)
            or (one.known and each.known == one.known)
            or (one.alias >= 0 and any(other.start == one.alias for other in each.mentions))
            or any(stems_of(text[other.start : other.end], language) == parts for other in each.mentions)
        ):
            each.add(one, parts)
            return
    bodies.append(Entity(one, parts))


def _blends(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Is it the first letters of both words: Нацбанк of Национальный банк?"""
    return (
        len(short) == 1
        and len(full) > 1
        and len(short[0]) > 5
        and short[0].startswith(full[0][:3])
        and full[1][:4] in short[0][3:]
    )


def _short(
    one: Candidate, parts: tuple[str, ...], people: list[Entity], bodies: list[Entity], text: str, language: str
) -> None:
    """A mention of one part, or a doubtful one: it joins whoever bears that part."""
    before = [each for each in people if each.mentions[0].start <= one.start]
    for group in (list(reversed(before)), people):
        for place in (-1, 0):
            for each in group:
                if len(each.parts) > 1 and (
                    each.parts[place] == parts[-1] and (len(parts) == 1 or _same_person(each.parts, parts))
                ):
                    each.add(one, parts)
                    return
        for each in group:
            if len(parts) == 1 and parts[0] in each.parts:
                each.add(one, parts)
                return
    parts = stems_of(text[one.start : one.end], language)
    for each in bodies:
        if len(parts) < len(each.parts) and each.parts[: len(parts)] == parts and len(parts[0]) > 3:
            each.add(one, parts)
            return
    if one.surety != "perhaps":
        people.append(Entity(one, parts))


def _name(entity: Entity, text: str, language: str, key: KeyOf) -> Name:
    mentions = sorted(entity.mentions, key=lambda one: one.start)
    shown = max(mentions, key=lambda one: _fullness(text[one.start : one.end], entity.kind, language))
    full = text[shown.start : shown.end]
    role = next((one.role for one in mentions if one.role), "")
    said = tuple(dict.fromkeys((one.start, one.end) for one in mentions))
    return Name(
        text=full,
        kind=entity.kind,
        key=key(full, language),
        role=role,
        known=entity.known,
        mentions=tuple(Mention(text=text[start:end], start=start, end=end) for start, end in said),
    )


def _fullness(said: str, kind: str, language: str) -> tuple[int, int, int, int]:
    """More whole words first; then a nominative, told by its given name; then the shorter, which has no ending."""
    bare = _AZ_ENDING.sub("", said) if language == "az" else said
    found = _PART.findall(bare)
    whole = sum(len(word) > 2 for word in found)
    if kind != "person" or language == "zh":
        return (len(found) > 1 or language == "zh", len(said) if language == "zh" else whole, 0, -len(said))
    return (whole, len(found), found[0].lower() in given_names() if found else 0, -len(said))
