"""Mentions joined to one entity each: surname alone, initials, patronymic, other cases, abbreviations. Pure."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import attrgetter

from dragoman.model.reading import Mention, Name, NameKind
from dragoman.read.names.candidates import Candidate
from dragoman.read.names.words import given_names
from dragoman.text.analyse import stemmer
from dragoman.text.fold import fold

KeyOf = Callable[[str, str, str], str]
"""Makes a name's key of its text, language and kind."""

_PART = re.compile(r"[^\W\d_]+")
_DOT = re.compile("[·•・‧．]")
_AZ_ENDING = re.compile(r"-(?:n?[ıiuü]n|d[əa]n?|[ys]?[əaıiuü]|n?[ıiuü]|l[əa])$")
_PARTICLES = frozenset(
    [
        "de",
        "van",
        "von",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "oglu",
        "qizi",
        "оглы",
        "кызы",
        "фон",
        "ван",
        "де",
        "بن",
        "ابن",
        "jr",
        "sr",
    ]
)
_LEGAL_FORMS = frozenset(
    [
        "inc",
        "ltd",
        "plc",
        "corp",
        "co",
        "ag",
        "gmbh",
        "se",
        "sa",
        "s",
        "ooo",
        "оао",
        "пао",
        "ао",
        "зао",
        "ооо",
        "asc",
        "qsc",
        "mmc",
        "the",
    ]
)
_CASES = (
    (re.compile(r"([ое]в|[иы]н|ёв)(?:а|у|ым|ом|е|ой|ы|ых|ыми|ою)$"), r"\1"),
    (re.compile(r"([сц]к)(?:ии|ого|ому|им|ом|ая|ои|ую|ие|их|ими)$"), r"\1"),
    (re.compile(r"(.{2,}?)(?:ами|ями|ом|ем|ои|еи|ою|ею|ам|ям|ах|ях|а|я|у|ю|е|ы|и|ь)$"), r"\1"),
)
"""Endings of Russian surnames and given names, folded (й and и are one)."""
_PATRONYMIC = re.compile(r"(?:вич|вн|ич|ичн)$")
_START, _ROLE = attrgetter("start"), attrgetter("role")
_LATEST = 12
"""Bearers of one surname that are looked through, the latest first: texts know no more, and the cost stays linear."""


class Entity:
    """What is said of one person or organisation, growing as mentions are met."""

    __slots__ = ("known", "mentions", "parts")

    def __init__(self, first: Candidate, parts: tuple[str, ...]) -> None:
        self.mentions = [first]
        self.parts = parts
        self.known = first.known

    def add(self, one: Candidate, parts: tuple[str, ...]) -> None:
        self.mentions.append(one)
        if len(parts) > len(self.parts):
            self.parts = parts


@lru_cache(maxsize=4096)
def base(word: str, language: str) -> str:
    """A word of a name without what its case lays on it, for comparing."""
    folded = fold(word)
    if "\u0400" <= folded[:1] <= "\u052f":
        for ending, stem in _CASES:
            shorter = ending.sub(stem, folded)
            if shorter != folded:
                return shorter
        return folded
    if language in ("az", "tr"):
        stemmed = stemmer(language)(word)
        return stemmed[:-1] if stemmed.endswith(("ova", "eva")) else stemmed
    if language == "de" and len(folded) > 4:
        return folded.removesuffix("s")
    if language in ("ar", "fa"):
        return folded.removeprefix("ال")
    return folded


@lru_cache(maxsize=2048)
def parts_of(text: str, language: str) -> tuple[str, ...]:
    """The parts of a person's name that tell it from another."""
    if language == "zh":
        return tuple(_DOT.split(text))
    found = tuple(base(word, language) for word in _PART.findall(text))
    return tuple(part for part in found if part not in _PARTICLES) or found


@lru_cache(maxsize=2048)
def stems_of(text: str, language: str) -> tuple[str, ...]:
    """The words of an organisation's name, for comparing: without its legal form."""
    if language == "zh":
        return (text.strip("“”《》「」"),)
    stem = stemmer(language)
    text = _AZ_ENDING.sub("", text) if language == "az" else text
    found = tuple(stem(word) for word in _PART.findall(text))
    return tuple(part for part in found if part not in _LEGAL_FORMS) or found


def join(text: str, language: str, candidates: Iterable[Candidate], key: KeyOf) -> tuple[Name, ...]:
    """One name an entity, in the order of their first mention. The cost grows with the number of candidates."""
    joining = _Joining(language)
    late = []
    for one in sorted(candidates, key=lambda one: (one.start, -one.end, one.alias < 0)):
        said = text[one.start : one.end]
        if one.kind == "organisation":
            joining.body(one, stems_of(said, language))
        elif one.surety == "perhaps" or len(parts_of(said, language)) < 2:
            late.append((one, said))
        else:
            joining.person(one, parts_of(said, language))
    for one, said in late:
        joining.short(one, said)
    names = [_name(each, "person", text, language, key) for each in joining.people]
    names += [_name(each, "organisation", text, language, key) for each in joining.bodies]
    return tuple(sorted(names, key=lambda name: name.mentions[0].start))


class _Joining:
    """The entities of one text, found again by their parts."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.people: list[Entity] = []
        self.bodies: list[Entity] = []
        self._bearers: _Index = {}
        self._of_stems: dict[tuple[str, ...], Entity] = {}
        self._of_id: dict[str, Entity] = {}
        self._beginning: dict[int, Entity] = {}
        self._of_first: _Index = {}
        self._of_letters: _Index = {}

    def person(self, one: Candidate, parts: tuple[str, ...]) -> None:
        """A mention of several parts: joins whoever it can be, or is somebody new."""
        for part in (parts[-1], parts[0]):
            for each in _latest(self._bearers, part):
                if _same_person(each.parts, parts):
                    each.add(one, parts)
                    self._bear(each, parts)
                    return
        self._new(one, parts)

    def _new(self, one: Candidate, parts: tuple[str, ...]) -> None:
        entity = Entity(one, parts)
        self.people.append(entity)
        self._bear(entity, parts)

    def _bear(self, entity: Entity, parts: tuple[str, ...]) -> None:
        for part in parts:
            _put(self._bearers, part, entity)

    def short(self, one: Candidate, said: str) -> None:
        """A mention of one part, or a doubtful one: it joins whoever bears that part, those named before it first."""
        if not (parts := parts_of(said, self.language)):
            return
        found = _latest(self._bearers, parts[-1])
        if len(parts) > 1:
            found = [each for each in found if _same_person(each.parts, parts)]
        if len(found) > 1:
            found.sort(key=lambda each: (each.mentions[0].start > one.start, each.parts[-1] != parts[-1]))
        if found:
            found[0].add(one, parts)
            return
        stems = stems_of(said, self.language)
        for each in _latest(self._of_first, stems[0]) if len(stems[0]) > 3 else ():
            if len(stems) < len(each.parts) and each.parts[: len(stems)] == stems:
                each.add(one, stems)
                return
        if one.surety != "perhaps":
            self._new(one, parts)

    def body(self, one: Candidate, stems: tuple[str, ...]) -> None:
        """A mention of an organisation: it joins the one of these words, this id, this abbreviation, or is a new one."""
        if not stems:
            return
        entity = (
            self._of_stems.get(stems)
            or (self._of_id.get(one.known) if one.known else None)
            or (self._beginning.get(one.alias) if one.alias >= 0 else None)
            or self._blended(stems)
        )
        if entity is None:
            entity = Entity(one, stems)
            self.bodies.append(entity)
        else:
            entity.add(one, stems)
        if stems not in self._of_stems:
            self._of_stems[stems] = entity
            _put(self._of_first, stems[0], entity)
            _put(self._of_letters, stems[0][:3], entity)
        self._beginning[one.start] = entity
        if one.known and entity.known in ("", one.known):
            entity.known = one.known
            self._of_id.setdefault(one.known, entity)

    def _blended(self, short: tuple[str, ...]) -> Entity | None:
        """Whose first two words begin as the one does: Нацбанк, Национальный банк."""
        if len(short) != 1 or len(short[0]) < 6:
            return None
        for each in _latest(self._of_letters, short[0][:3]):
            if len(each.parts) > 1 and each.parts[1][:4] in short[0][3:]:
                return each
        return None


_Index = dict[str, list[Entity]]
"""Entities by a part of theirs, in order."""


def _put(index: _Index, key: str, entity: Entity) -> None:
    bearers = index.setdefault(key, [])
    if not bearers or (bearers[-1] is not entity and entity not in bearers[-_LATEST:]):
        bearers.append(entity)


def _latest(index: _Index, key: str) -> list[Entity]:
    """The bearers that are looked through, the latest first."""
    return index[key][: -_LATEST - 1 : -1] if key in index else []


def _same_person(full: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Are they one: the same surname, and given names that agree or are initials; or given name and patronymic?"""
    if full == other:
        return True
    few, many = sorted((full, other), key=len)
    if set(few) <= set(many) and (few[0] == many[0] or few[-1] == many[-1]):
        return True
    if full[-1] == other[-1]:
        return _agree(full[0], other[0])
    if few[0] == many[0] and len(few) == 2 and _PATRONYMIC.search(few[1]):
        return True
    # «Алиев И.», «Алиев Ильхам»: the surname first
    return len(other) > 1 and full[-1] == other[0] and _agree(full[0], other[1])


def _agree(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return (len(short) <= 2 and long.startswith(short)) or one == other


def _name(entity: Entity, kind: NameKind, text: str, language: str, key: KeyOf) -> Name:
    mentions = entity.mentions
    mentions.sort(key=_START)
    said = {(one.start, one.end): text[one.start : one.end] for one in mentions}
    ways = list(said.values())
    full = ways[0] if len(ways) == 1 else max(ways, key=lambda way: _fullness(way, kind, language))
    return Name(
        text=full,
        kind=kind,
        key=key(full, language, kind),
        role=mentions[0].role or next(filter(None, map(_ROLE, mentions)), ""),
        known=entity.known,
        mentions=tuple([Mention(text=way, start=start, end=end) for (start, end), way in said.items()]),
    )


@lru_cache(maxsize=4096)
def _fullness(said: str, kind: str, language: str) -> tuple[int, ...]:
    """More whole words first; then a nominative, told by its given name; then the shorter, which has no ending."""
    if language == "zh":
        return (len(said),)
    bare = _AZ_ENDING.sub("", said) if language == "az" else said
    found = _PART.findall(bare)
    whole = sum(len(word) > 2 for word in found)
    if kind != "person":
        return (len(found) > 1, whole, -len(said))
    return (whole, len(found), bool(found) and found[0].lower() in given_names(), -len(said))
