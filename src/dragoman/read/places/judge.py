"""Whether a name that stands in a text is a place, and which: decided by what stands beside it and in the same text. Pure."""

import math
from collections import Counter
from functools import lru_cache

from msgspec import Struct

from dragoman.lexicon import concepts
from dragoman.read.document import Document
from dragoman.read.places.common import common_words
from dragoman.read.places.cues import (
    BEFORE,
    BEFORE_HAN,
    GIVEN_NAMES,
    GOES_BEFORE,
    HAN_KINDS,
    KIND_WORDS,
    SURNAMES,
    TITLES,
    WITHIN,
)
from dragoman.read.places.gazetteer import Gazetteer, Known, Named
from dragoman.read.places.known import country_code
from dragoman.read.places.seen import Seen
from dragoman.text.fold import fold

_PARTS_WIDER = frozenset((",", "،", "(", "（", "，", "in", "en", "в", "في"))
_DATELINE_WEIGHT = 2
"""A dateline's country counts as much as two mentions of it: it says where the copy was written, not of what."""
_COUNTRY_SIZE, _REGION_SIZE = 8.0, 6.5
"""Beside the powers of ten of a city's people: a country goes before its namesakes, a region before most towns."""
_GREAT, _LARGE, _MIDDLE = 1_000_000, 100_000, 50_000
"""People of a city whose country's being spoken of is enough; of one that needs some preposition as well; and of one for
which a preposition of place is enough alone."""


@lru_cache(maxsize=1)
def _country_concepts() -> dict[str, str]:
    """The lexicon's countries, by the concept's id."""
    return {id_: country_code(one.lemma("en")) for id_, one in concepts().items() if one.kind == "country"}


class Spoken(Struct, frozen=True):
    """How often each country is spoken of: `within` by its places and the dateline, `all` by its name and people, too."""

    all: Counter[str]
    within: Counter[str]


def _countries_spoken_of(document: Document, seen: list[Seen], table: Gazetteer) -> Spoken:
    # A name that may as well lie elsewhere says nothing of its country.
    within: Counter[str] = Counter()
    if document.dateline and document.dateline.country:
        within[document.dateline.country] += _DATELINE_WEIGHT
    known = _country_concepts()
    starts = {one.start for one in seen}  # names are judged here: the lexicon's Georgia may be the other one
    named = Counter(
        code for term in document.terms if (code := known.get(term.concept.id, "")) and term.start not in starts
    )
    for one in seen:
        may_be = [table.place(meaning.place) for meaning in one.meanings if meaning.sure or _is_large(table, meaning)]
        if len({place.country for place in may_be}) == 1 and any(meaning.sure for meaning in one.meanings):
            (named if any(place.kind == "country" for place in may_be) else within)[may_be[0].country] += 1
    return Spoken(named + within, within)


def _is_large(table: Gazetteer, meaning: Named) -> bool:
    return table.place(meaning.place).people >= _LARGE


class Judge:
    """Decides for every name whether it is a place, and which."""

    def __init__(self, document: Document, table: Gazetteer, seen: list[Seen]) -> None:
        self.table, self.seen = table, seen
        self.spoken = _countries_spoken_of(document, seen, table)
        self.text, self.words = document.text, document.words
        self.cased_alone = document.language == "de"  # capitals of nouns say nothing there
        self.common = common_words(document.language)
        self.persons = [self._is_person(one) for one in seen]
        self.people = {one.key for one, is_person in zip(seen, self.persons, strict=True) if is_person}

    def place(self, at: int) -> int | None:
        """The number of the place that the name at `at` is, or None where it is none."""
        one = self.seen[at]
        if self.persons[at] or (one.key in self.people and not one.meanings[0].sure):
            return None
        behind = self._named_behind(at)
        if behind is not None:
            return behind
        meaning = max(one.meanings, key=self._weight) if len(one.meanings) > 1 else one.meanings[0]
        return meaning.place if self._spoken_for(one, meaning, self.table.place(meaning.place)) else None

    def _spoken_for(self, one: Seen, meaning: Named, known: Known) -> bool:
        """Is there enough that says this name means a place?"""
        common = one.key in self.common and known.kind != "country"
        if meaning.sure > 1 and not common:
            return True
        caseless = self.text[one.start] >= "\u0600"
        spoken = known.country in self.spoken.all
        if common:
            led = self._led(one)
            return (led > 0 and meaning.sure > 1) or (led > 1 and spoken) or self._kind_said(one)
        if caseless:
            led = self._led(one)
            return bool(meaning.sure and (led or spoken)) or (led > 1 and spoken) or self._kind_said(one)
        if meaning.sure and one.key not in SURNAMES and one.key not in GIVEN_NAMES:
            return True
        led = self._led(one)
        if led > 1 and (spoken or known.people >= _MIDDLE):
            return True
        return (spoken and known.people >= (_LARGE if led or meaning.sure else _GREAT)) or self._kind_said(one)

    def _weight(self, meaning: Named) -> float:
        """Powers of ten in people: a country spoken of is worth two, one more where the copy is from there or names its
        places; each step of sureness is worth one."""
        known = self.table.place(meaning.place)
        # That the United States are named makes no state of Georgia; that Atlanta is, does.
        spoken = (self.spoken.within if known.kind == "region" else self.spoken.all).get(known.country, 0)
        size = {"country": _COUNTRY_SIZE, "region": _REGION_SIZE}.get(known.kind) or math.log10(known.people + 1)
        return size + meaning.sure + (2 if spoken else 0) + (known.country in self.spoken.within) + min(spoken, 10) / 10

    def _named_behind(self, at: int) -> int | None:
        """ "Paris, Texas": the meaning that lies in the country or state that is named right behind."""
        if at + 1 >= len(self.seen):
            return None
        one, next_ = self.seen[at], self.seen[at + 1]
        between = self.text[one.end : next_.start]
        if between.strip(" \u00a0") not in _PARTS_WIDER or len(between) > 4:
            return None
        wider = [self.table.place(meaning.place) for meaning in next_.meanings]
        for meaning in one.meanings:
            known = self.table.place(meaning.place)
            if known.kind == "city" and any(
                known.country == each.country and (each.kind == "country" or each.admin in ("", known.admin))
                for each in wider
                if each.kind in ("country", "region")
            ):
                return meaning.place
        return None

    def _led(self, one: Seen) -> int:
        """Does a word stand before it that stands before places (2), or before people as well (1)? Or is one joined to it?"""
        if one.glued:
            return 2
        if self.text[one.start] >= "\u2e80":
            return 2 if one.start and self.text[one.start - 1] in BEFORE_HAN else 0
        before = self._word(one.first - 1, one.start)
        if not before:
            return 0
        folded = fold(before)
        return 2 if folded in WITHIN else 1 if folded in BEFORE else 0

    def _kind_said(self, one: Seen) -> bool:
        """Is it called a city, a province, a port?"""
        if self.text[one.start] >= "\u2e80":
            return self.text[one.end : one.end + 1] in HAN_KINDS if one.end < len(self.text) else False
        near = {self._word(one.first - 1, one.start), self._word(one.last + 1, one.end)}
        before = self._word(one.first - 1, one.start)
        if fold(before) in ("of", "de", "d"):
            near.add(self._word(one.first - 2, self.words[one.first - 1].start))
        return any(fold(word) in KIND_WORDS for word in near if word)

    def _is_person(self, one: Seen) -> bool:
        """Is it part of a person's name, by the capitals beside it?"""
        if not self.text[one.start].isupper() or any(
            self.table.place(each.place).kind == "region" for each in one.meanings
        ):
            return False
        sure, key = one.meanings[0].sure, one.key
        before = self._word(one.first - 1, one.start)
        if before[:1].isupper() and fold(before) in TITLES:
            return True
        if before and self._name_word(before) and not _goes_before_places(before):
            given = len(before) > 1 or self.text[one.start - 2] == "."
            if given and (key in SURNAMES or (not sure and not self.cased_alone and self._mid_sentence(one.first - 1))):
                return True
        after = self._word(one.last + 1, one.end)
        return self._name_word(after) and (
            fold(self.text[one.start : one.end]) in GIVEN_NAMES
            or key in GIVEN_NAMES
            or (not sure and not self.cased_alone)
        )

    @staticmethod
    def _name_word(word: str) -> bool:
        return word[:1].isupper() and not word.isupper()

    def _mid_sentence(self, at: int) -> bool:
        start = self.words[at].start
        return start > 1 and self.text[start - 2 : start].strip(" ").isalnum()

    def _word(self, at: int, beside: int) -> str:
        """The word at `at`, where nothing but a space or an apostrophe parts it from what stands at `beside`."""
        if not 0 <= at < len(self.words):
            return ""
        word = self.words[at]
        between = self.text[word.end : beside] if word.end <= beside else self.text[beside : word.start]
        return self.text[word.start : word.end] if between in (" ", "\u00a0", "’", "'", ". ") else ""


def _goes_before_places(word: str) -> bool:
    folded = fold(word)
    return folded in GOES_BEFORE or folded in BEFORE or folded in KIND_WORDS
