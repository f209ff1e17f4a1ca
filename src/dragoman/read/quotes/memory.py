"""Who has spoken and who was spoken of: what a pronoun, a role or a verb without a subject means. Pure.

Limits: man or woman is told by titles, roles, articles and Slavic surnames only.
"""

import re
from bisect import bisect_left
from functools import cache, lru_cache, partial

from msgspec import Struct

from dragoman.model.reading import Name
from dragoman.read.quotes.cases import is_object
from dragoman.read.quotes.copy import Copy, Sentence, Spot
from dragoman.read.quotes.words import words_of
from dragoman.text.analyse import words
from dragoman.text.fold import fold

_KEPT = 8
"""People in view."""
_LAST = ("latter", "derni", "letzter", "últim", "послед")
_NO_ARTICLE = frozenset({"az", "kk", "ru", "tr", "uk", "zh"})
_NEAR = 2
"""Sentences for which a role without an article may mean the person last spoken of."""
_OPENS = 2
"""Words before the name of a body that opens a sentence."""
_ALIKE = 5
"""Letters two forms of a word share."""
_BEARERS = 100
"""Names whose roles are looked at."""
_LOOKED = 30
"""Mentions looked at for a body."""
_SHORT = 3
"""Words of a role that stands for a person spoken of before: "the Italian", "la científica"."""
_WOMAN = re.compile(r"(?:[oe]v|[оеё]в|ин)[aа]$|(?:skaya|ская|цкая|qızı|kızı)$")
_MAN = re.compile(r"(?:[oe]v|[оеё]в|ski[iy]?|ский|oğlu)$")


_ENDINGS = {
    "de": (re.compile(r"in$"), re.compile(r"(?:er|or|ist|ent|ant|mann|chef|eur)$")),
    "fr": (re.compile(r"(?:trice|euse|ière|ienne|ère|eure|esse)$"), re.compile(r"(?:eur|ier|ien)$")),
    "es": (re.compile(r"(?:ora|triz|era|ada|ana|ica)$"), re.compile(r"(?:or|ero|ado|ano|ico)$")),
}
"""Offices of women and of men, by their ending."""


class Speaker(Struct, frozen=True, gc=False):
    """Whoever it is: a name of the item, and the role as it stands beside the verb, where it does."""

    name: Name | None = None
    role: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.role)


NOBODY = Speaker()


class Memory:
    """Who has been speaking, and who has been spoken of last."""

    def __init__(self, copy: Copy) -> None:
        self.copy = copy
        self.recent = NOBODY
        """Who spoke last, or was the last sentence's person."""
        self.verb = ""
        self._since = _NEAR + 1
        self._unnamed = False
        self._passed = 0
        """Mentions that have been passed."""
        self.focus: list[Name] = []
        """People, the likeliest to be meant by a pronoun first."""
        self._sexes: dict[int, str] = {}

    def heard(self, speaker: Speaker) -> None:
        if speaker.name or speaker.role:
            self.recent = speaker
            self._unnamed = speaker.name is None
        if speaker.name and speaker.name.kind == "person":
            self._first(speaker.name)

    def passed(self, sentence: Sentence, spoke: bool) -> None:
        """After a sentence: its people come into view, its subject first, unless somebody spoke in it."""
        named = self._named_in(sentence)
        people = [spot for spot in named if spot.name.kind == "person"]
        self._since = 1 if people or spoke else self._since + 1
        if spoke:
            self._join(people)
        elif people:
            self._lead(people)
        elif named:
            self._body_opens(sentence, named[0])
        self._unnamed = self._unnamed and spoke
        del self.focus[_KEPT:]

    def _named_in(self, sentence: Sentence) -> list[Spot]:
        """The mentions in the next sentence."""
        starts, first = self.copy.spot_starts, self._passed
        if first == len(starts) or starts[first] >= sentence.end:
            return []
        self._passed = bisect_left(starts, sentence.end, first)
        named = self.copy.spots[first : self._passed]
        return named if named[-1].end <= sentence.end else named[:-1]

    def _join(self, people: list[Spot]) -> None:
        """Behind those in view, who may be subjects first."""
        new = [spot for spot in people if spot.name not in self.focus]
        for spot in sorted(new, key=partial(is_object, self.copy)) if new else ():
            if spot.name not in self.focus:
                self.focus.append(spot.name)

    def _lead(self, people: list[Spot]) -> None:
        """Before those in view, the first that may be a subject first of all: of him the sentence speaks."""
        able = [spot.name for spot in people if not is_object(self.copy, spot)]
        others = [spot.name for spot in people if spot.name not in able] if len(able) < len(people) else []
        for name in reversed([*able, *others][:3]):
            self._first(name)
        if able:
            self.recent = Speaker(able[0], able[0].role)

    def _body_opens(self, sentence: Sentence, spot: Spot) -> None:
        """A sentence that begins with a body speaks of it; verbs without a subject that follow may be its."""
        if self.copy.count(sentence.start, spot.start) <= _OPENS and not is_object(self.copy, spot):
            self.recent = Speaker(spot.name)

    @property
    def near(self) -> bool:
        """Was a person spoken of in one of the last sentences?"""
        return self._since <= _NEAR

    def _first(self, name: Name) -> None:
        if self.focus and self.focus[0] is name:
            return
        if name in self.focus:
            self.focus.remove(name)
        self.focus.insert(0, name)

    def meant_by(self, sex: str) -> Speaker:
        """Whom a pronoun means; `sex` is ``he``, ``she``, ``they`` (a body, or several, who are nobody), or empty."""
        if sex == "they":
            return Speaker(None, "they")
        if self._unnamed and self.recent.role:
            return self.recent
        name = next((name for name in self.focus if not sex or self.sex(name) in ("", sex)), None)
        return Speaker(name, name.role) if name else self.recent

    def last(self, before: int) -> Speaker:
        """The person named last before this offset: the latter."""
        at = bisect_left(self.copy.spot_starts, before)
        names = [spot.name for spot in self.copy.spots[max(0, at - _LOOKED) : at] if spot.name.kind == "person"]
        return Speaker(names[-1], names[-1].role) if names else NOBODY

    def sex(self, name: Name) -> str:
        known = self._sexes.get(id(name))
        if known is None:
            known = self._sexes[id(name)] = self._sex_told(name)
        return known

    def _sex_told(self, name: Name) -> str:
        copy = self.copy
        beside = [word.lower().strip(".,") for word in f"{name.role} {name.text}".split()]
        for mention in name.mentions:
            number = copy.word_at(mention.start)
            beside += copy.small[max(0, number - 1) : number]
        for kind, sex in (("woman", "she"), ("man", "he")):
            known = copy.table.of(kind) - copy.table.of("he") - copy.table.of("she")
            if any(word in known or (copy.language == "de" and sex == "she" and _is_feminine(word)) for word in beside):
                return sex
        if name.mentions and copy.language in ("fr", "es"):
            number = copy.word_at(name.mentions[0].start)
            for word in reversed(copy.small[max(0, number - 4) : number]):
                if word in ("la", "une", "una", "le", "un", "el"):
                    return "she" if word in ("la", "une", "una") else "he"
        told = _ENDINGS.get(copy.language)
        if told and name.role:
            office = name.role.split()[0].lower()
            return "she" if told[0].search(office) else "he" if told[1].search(office) else ""
        last = beside[-1] if beside else ""
        return "she" if _WOMAN.search(last) else "he" if _MAN.search(last) else ""


def _is_feminine(word: str) -> bool:
    return len(word) > 5 and word.endswith(("erin", "tin", "ärin", "orin", "rin", "stin", "frau"))


def bearer(copy: Copy, memory: Memory, role: str, sentence: Sentence | None, before: int) -> Speaker:
    """The person or body `role` speaks of: one of the item whose role or name has its words; "the Italian", "la científica"
    for the person just spoken of, "the company" for the body named last `before`; the body of a sentence whose spokesman is
    unnamed. A source is nobody's name."""
    language, known, said = copy.language, copy.table.of, _said(role)
    opening, last = said[:1], said[-1] if said else ""
    if not (known("source") | known("reporter")).isdisjoint(said) or not known("noone").isdisjoint(opening):
        return Speaker(None, role)
    if said and (known("this") | known("article")).issuperset(said):
        return memory.last(before) if last.startswith(_LAST) else memory.meant_by("")
    is_body = not known("body").isdisjoint(said) or any(_is_stem(word, language) for word in said)
    several = opening in (("les",), ("los",), ("las",)) or (language == "en" and last.endswith("s"))
    name = _named_so(copy, memory, role, is_body, several)
    if name:
        return Speaker(name, role)
    if any(word in known("voice") or (len(word) > 4 and word[:-1] in known("voice")) for word in said):
        return Speaker(_body_before(copy, sentence.start, sentence.end, first=True) if sentence else None, role)
    definite = bool(said) and (said[0] in known("article") or (language == "ar" and last.startswith("ال")))
    if is_body and (definite or language in ("ru", "uk", "zh", "az")) and len(said) <= _SHORT:
        return Speaker(_body_before(copy, 0, before, first=False), role)
    bare = language in _NO_ARTICLE and len(said) < _SHORT and memory.near
    short = _SHORT + 2 * any(sign.isdigit() for sign in role)
    if (definite or bare) and len(said) <= short and memory.focus and not is_body and not several:
        return Speaker(memory.focus[0], role)
    return Speaker(None, role)


def _named_so(copy: Copy, memory: Memory, role: str, is_body: bool, several: bool) -> Name | None:
    """The first of the people in view, then of the item's names, whose role or name has the words of `role`."""
    asked = _content(role, copy.language)
    people = bool(asked) and not several and not (is_body and len(asked) == 1)
    bodies = bool(asked) and (is_body or len(asked) > 1)
    for name in (*memory.focus, *copy.names[:_BEARERS]) if people or bodies else ():
        if name.kind == "person":
            borne = people and name.role and _bears(asked, name.role, copy.language)
        else:
            borne = bodies and _bears(asked, name.text, copy.language)
        if borne:
            return name
    return None


@lru_cache(maxsize=4096)
def _said(role: str) -> tuple[str, ...]:
    """The words of `role` in small letters."""
    return tuple(word for word, _ in words(role.lower()))


def _is_stem(word: str, language: str) -> bool:
    """A German compound, or a word with an Azerbaijani ending, of a body."""
    if language == "de":
        return word.endswith(_long_bodies(language))
    return language in ("az", "ru") and word.startswith(_long_bodies(language))


@cache
def _long_bodies(language: str) -> tuple[str, ...]:
    return tuple(body for body in words_of(language).of("body") if len(body) > 5)


def _body_before(copy: Copy, start: int, end: int, first: bool) -> Name | None:
    """The first or the last body named from `start` to `end`."""
    numbers = range(bisect_left(copy.spot_starts, start), bisect_left(copy.spot_starts, end))
    for number in (numbers if first else numbers[::-1])[:_LOOKED]:
        if copy.spots[number].name.kind == "organisation":
            return copy.spots[number].name
    return None


def _bears(asked: tuple[str, ...], phrase: str, language: str) -> bool:
    """Does every word of `asked` begin as a word of `phrase` does?"""
    return _heads(phrase, language).issuperset([word[:_ALIKE] for word in asked])


@lru_cache(maxsize=4096)
def _heads(phrase: str, language: str) -> frozenset[str]:
    """The beginnings of the longer words of `phrase`, of every length up to `_ALIKE`."""
    return frozenset(word[:length] for word in _content(phrase, language) for length in range(1, _ALIKE + 1))


@lru_cache(maxsize=4096)
def _content(phrase: str, language: str) -> tuple[str, ...]:
    """The longer words of `phrase`, folded; of Chinese and Arabic all of two signs."""
    least = 2 if language in ("zh", "ar") else 4
    folded = [_bare(fold(word), language) for word, _ in words(phrase)]
    return tuple(word for word in folded if len(word) >= least)


def _bare(word: str, language: str) -> str:
    return word.removeprefix("ال") if language == "ar" else word
