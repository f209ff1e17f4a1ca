"""The places a text speaks of: every known name is a candidate, and its surroundings decide. Pure.

    sure names        countries, regions, cities that newsrooms name without their country: taken, unless they are a word of
                      the language, or part of a person's or an organisation's name
    the others        need something that speaks for them: a preposition, "the city of", ", Texas" behind them, or their
                      country elsewhere in the text or in the dateline
    several places    the one that is named behind the comma, else in the country that is spoken of, else the larger
                      (a country before its capital)

Limits: a demonym ("French") tells which country is spoken of and is no mention of it; forms of traditional Chinese are
found for the names that GeoNames has in them.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache

from msgspec import Struct

from dragoman.lexicon import concepts
from dragoman.model.reading import Mention, Place, Reading
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
from dragoman.read.places.gazetteer import Gazetteer, Known, Named, gazetteer
from dragoman.read.places.keys import Form, fits, script_of, word_forms
from dragoman.read.places.known import country_code
from dragoman.text.analyse import Term
from dragoman.text.fold import fold

_FIRST_HAN = "\u2e80"
_MAY_BE_NAME = re.compile(r"[^\W\d_a-zа-яёßà-öø-ÿığşəčšžа-џ\u2e80-\U0003fffd][^\W\d_]*")
"""Runs of letters that do not begin with one of the usual small letters (of those that do, few are reached from within a
word, and none of them is a word's beginning)."""
_MOST_REMEMBERED = 20_000
"""Words of a language that are remembered: 3 MB for Arabic, where every word is looked at; the others fill a tenth."""
_LONGEST = 6  # words of a name
_LONGEST_HAN = 10  # signs of a Chinese name
_PARTS_WIDER = frozenset((",", "،", "(", "（", "，", "in", "en", "в", "في"))
_JOINS = frozenset((" ", "-", "–", "’", "'", ".", ". ", "\u00a0", " & "))
_DATELINE_WEIGHT = 2
"""A dateline's country counts as much as two mentions of it: it says where the copy was written, not of what."""

_COUNTRY_SIZE, _REGION_SIZE = 8.0, 6.5
"""Beside the powers of ten of a city's people: a country goes before its namesakes, a region before most towns."""
_GREAT, _LARGE, _MIDDLE = 1_000_000, 100_000, 50_000
"""People of a city whose country's being spoken of is enough; of one that needs some preposition as well; and of one for
which a preposition of place is enough alone."""


class Seen(Struct):
    """A name that stands in the text: which places it may be, and what speaks for it."""

    start: int
    end: int
    key: str
    meanings: tuple[Named, ...]
    first: int
    last: int
    glued: bool = False
    """A preposition is joined to it (بباكو)."""


def find_places(document: Document, so_far: Reading) -> tuple[Place, ...]:
    """The places in the order of their first mention, each once, with every mention."""
    table = gazetteer()
    seen = _seen(document, table)
    if not seen:
        return ()
    reader = _Judge(document, table, _countries_spoken_of(document, seen, table), seen)
    mentions: dict[int, list[Mention]] = {}
    for at in range(len(seen)):
        number = reader.place(at)
        if number is not None:
            one = seen[at]
            mentions.setdefault(number, []).append(
                Mention(text=document.text[one.start : one.end], start=one.start, end=one.end)
            )
    return tuple(_place(table.place(number), said) for number, said in mentions.items())


def _place(known: Known, mentions: list[Mention]) -> Place:
    return Place(
        text=mentions[0].text,
        kind=known.kind,
        name=known.name,
        country=known.country,
        latitude=known.latitude,
        longitude=known.longitude,
        id=known.id,
        mentions=tuple(mentions),
    )


# ---------------------------------------------------------------------------------------------- which names stand there


def _seen(document: Document, table: Gazetteer) -> list[Seen]:
    """The known names in the text, from left to right, the longest where they overlap; none within an organisation's."""
    text, words, language = document.text, document.words, document.language
    taken = _organisations(document)
    seen: list[Seen] = []
    last = -1
    for at in _candidates(text, words, language, table):
        word = words[at]
        if at <= last or word.start in taken:
            continue
        found = (
            _han(text, words, at, table) if text[word.start] >= _FIRST_HAN else _name(text, words, at, language, table)
        )
        if found:
            seen.append(found)
            last = found.last
    return seen


def _candidates(text: str, words: list[Term], language: str, table: Gazetteer) -> list[int]:
    """Which words may begin a name: those with a capital, all Arabic ones, Chinese ones that begin as names do."""
    starts = [word.start for word in words]
    if language == "zh":
        return [
            at for at, start in enumerate(starts) if text[start : start + 2] in table.groups or text[start].isupper()
        ]
    known = _remembered(language)
    begun = [run.start() for run in _MAY_BE_NAME.finditer(text) if known[run[0]] is not None]
    return [at for start in begun if (at := bisect_left(starts, start)) < len(words) and starts[at] == start]


def _organisations(document: Document) -> frozenset[int]:
    """Where words stand that belong to the name of an organisation of more than one word."""
    inside: set[int] = set()
    for term in document.terms:
        if term.concept.kind in ("organisation", "agency"):
            inside.update(range(term.start, term.end))
    return frozenset(inside)


class _FirstWord(Struct, frozen=True, gc=False):
    """What a word of a text may be: a name (its key, its meanings, whether a preposition is joined to it), and the forms
    of it with which longer names begin."""

    key: str
    meanings: tuple[Named, ...]
    joined: bool
    longer: tuple[Form, ...]


class _Remembered(dict[str, _FirstWord | None]):
    """Words of one language that were met; most of them begin no name. What is not known is looked up."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __missing__(self, word: str) -> _FirstWord | None:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        first = self[word] = _first(word, self.language)
        return first


@lru_cache(maxsize=16)
def _remembered(language: str) -> _Remembered:
    return _Remembered(language)


def _name(text: str, words: list[Term], at: int, language: str, table: Gazetteer) -> Seen | None:
    word = words[at]
    surface = text[word.start : word.end]
    first = _remembered(language)[surface]
    if first is None:
        return None
    best = _longer(text, words, at, language, table, first.longer) if first.longer else None
    if best is None and first.meanings:
        best = Seen(word.start, word.end, first.key, first.meanings, at, at, first.joined)
    if best is None:
        return None
    shouted = text[best.start : best.end].isupper()
    best.meanings = tuple(
        one
        for one in best.meanings
        if (shouted or not one.capitals) and (not one.languages or language in one.languages)
    )
    return best if best.meanings else None


def _first(surface: str, language: str) -> _FirstWord | None:
    table = gazetteer()
    alone: list[tuple[str, tuple[Named, ...], bool]] = []
    longer: list[Form] = []
    for order, (key, rest) in enumerate(word_forms(surface, language)):
        if len(key) < 2:
            continue
        if named := tuple(one for one in table.named(key) if fits(one.rest, rest)):
            alone.append((key, named, order > 0 and _joined(fold(surface), key, language)))
        if table.begins(key):
            longer.append((key, rest))
    if not alone:
        return _FirstWord("", (), False, tuple(longer)) if longer else None
    best = max(
        alone, key=lambda one: max(meaning.sure for meaning in one[1])
    )  # Londona: London's dative, not some Londo's
    return _FirstWord(*best, tuple(longer))


@lru_cache(maxsize=1024)
def _following(key: str) -> frozenset[str]:
    return gazetteer().following(key)


@lru_cache(maxsize=4096)
def _forms(surface: str, language: str) -> tuple[Form, ...]:
    return word_forms(surface, language)


def _joined(word: str, key: str, language: str) -> bool:
    """Was a preposition cut off in front of `key` (بباكو), or an ending of place behind it (Bakıda)?"""
    if language == "az":
        return word[len(key) :].startswith(("da", "də"))
    return any(letter in "بل" for letter in word[: word.find(key)].removesuffix("ال"))


def _longer(
    text: str, words: list[Term], at: int, language: str, table: Gazetteer, begun: tuple[Form, ...]
) -> Seen | None:
    """The longest name of several words that begins at `at`."""
    best: Seen | None = None
    open_: list[tuple[str, tuple[str, ...]]] = [(key, (rest,)) for key, rest in begun]
    for last in range(at + 1, min(at + _LONGEST, len(words))):
        if text[words[last - 1].end : words[last].start] not in _JOINS:
            break
        following: list[tuple[str, tuple[str, ...]]] = []
        for form, rest in _forms(text[words[last].start : words[last].end], language):
            for key, rests in open_:
                if form not in _following(key):
                    continue
                longer, with_rest = f"{key} {form}", (*rests, rest)
                named = tuple(one for one in table.named(longer) if _all_fit(one.rest, with_rest))
                if named and (best is None or best.last < last):
                    best = Seen(words[at].start, words[last].end, longer, named, at, last)
                if table.begins(longer):
                    following.append((longer, with_rest))
        if not following:
            break
        open_ = following[:8]
    return best


def _all_fit(own: str, said: tuple[str, ...]) -> bool:
    rests = own.split(" ")
    rests += [""] * (len(said) - len(rests))
    return all(map(fits, rests, said))


def _han(text: str, words: list[Term], at: int, table: Gazetteer) -> Seen | None:
    """The longest name that begins with this word; one of two signs must end where a word ends."""
    start = words[at].start
    if text[start : start + 2] not in table.groups:
        return None
    group = table.groups[text[start : start + 2]]
    for length in range(min(_LONGEST_HAN, len(text) - start), 1, -1):
        key = text[start : start + length]
        if f"\n{key}\t" not in group:
            continue
        last = at
        while last + 1 < len(words) and words[last].end < start + length:
            last += 1
        if length == 2 and words[last].end != start + 2 and text[start + 2 : start + 3] not in HAN_KINDS:
            return None
        return Seen(start, start + length, key, table.named(key), at, last)
    return None


# ------------------------------------------------------------------------------------------------ which country is meant


@lru_cache(maxsize=1)
def _country_concepts() -> dict[str, str]:
    """The lexicon's countries, by the concept's id."""
    return {id_: country_code(one.lemma("en")) for id_, one in concepts().items() if one.kind == "country"}


class Spoken(Struct, frozen=True):
    """How often each country is spoken of: `within` by its places and the dateline, `all` by its name and people, too."""

    all: Counter[str]
    within: Counter[str]


def _countries_spoken_of(document: Document, seen: list[Seen], table: Gazetteer) -> Spoken:
    within: Counter[str] = Counter()
    if document.dateline and document.dateline.country:
        within[document.dateline.country] += _DATELINE_WEIGHT
    known = _country_concepts()
    starts = {one.start for one in seen}  # names are judged here: the lexicon's Georgia may be the other one
    named = Counter(
        code for term in document.terms if (code := known.get(term.concept.id, "")) and term.start not in starts
    )
    for one in seen:
        sure = [table.place(meaning.place) for meaning in one.meanings if meaning.sure]
        if len({place.country for place in sure}) == 1:
            (named if any(place.kind == "country" for place in sure) else within)[sure[0].country] += 1
    return Spoken(named + within, within)


class _Judge:
    """Decides for every name whether it is a place, and which."""

    def __init__(self, document: Document, table: Gazetteer, spoken: Spoken, seen: list[Seen]) -> None:
        self.table, self.spoken, self.seen = table, spoken, seen
        self.text, self.words = document.text, document.words
        self.cased_alone = document.language == "de"  # capitals of nouns say nothing there
        self.common = common_words(document.language)
        self.people = {one.key for at, one in enumerate(seen) if self._is_person(one)}

    def place(self, at: int) -> int | None:
        """The number of the place that the name at `at` is, or None where it is none."""
        one = self.seen[at]
        if one.key in self.people and not one.meanings[0].sure or self._is_person(one):
            return None
        behind = self._named_behind(at)
        if behind is not None:
            return behind
        meaning = max(one.meanings, key=self._weight)
        known = self.table.place(meaning.place)
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
        """Powers of ten in people: a country spoken of is worth two, each step of sureness one."""
        known = self.table.place(meaning.place)
        # That the United States are named makes no state of Georgia; that Atlanta is, does.
        spoken = (self.spoken.within if known.kind == "region" else self.spoken.all).get(known.country, 0)
        size = {"country": _COUNTRY_SIZE, "region": _REGION_SIZE}.get(known.kind) or math.log10(known.people + 1)
        return size + meaning.sure + (2 if spoken else 0) + min(spoken, 10) / 10

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
