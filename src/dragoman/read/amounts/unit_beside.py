"""What a number counts or measures, by what stands beside it. Pure."""

import re
from bisect import bisect_left
from functools import cached_property

from dragoman.lexicon import Found
from dragoman.read.amounts.said import Said
from dragoman.read.amounts.units import (
    CODES,
    CURRENCY_CONCEPTS,
    DOLLARS,
    HAN_UNITS,
    PERCENT_TWO,
    SIGNS,
    SYMBOLS,
    fraction_words,
    link_words,
    person_words,
    toll_words,
    unit_words,
)
from dragoman.read.document import Document

_SIGN_BEFORE = re.compile(rf"(?:([A-Z][A-Za-z.]{{0,3}})?([{re.escape(''.join(SIGNS))}])|\b([A-Z]{{3}}))[ \u00a0]?\Z")
_SYMBOL = re.compile(
    r"[ \u00a0\u202f]?((?:km|m|км|м)/(?:h|s|ч|с)\b|кВт·ч|bpd\b|[%％٪℃]|°[CF]?|º ?C\b|[^\W\d_]{1,3}[²³]|[^\W\d_]{1,3}(?![^\W_])|["
    + re.escape("".join(SIGNS))
    + r"])"
)
_PERCENT = re.compile(rf"[ \u00a0](?:{'|'.join(PERCENT_TWO)})\b", re.IGNORECASE)
_CODE = re.compile(r"[ \u00a0]?([A-Z]{3})\b")
_SUFFIX = re.compile(r"-(?:[^\W\d_]{1,4})\b")  # 20-ти, 500-ə
_HAN_CLASSIFIERS = frozenset("多余几名个位家艘架辆所座只头项起场件条")
_OF = frozenset({"of", "de", "d", "из", "von"})
_SUFFIXED = frozenset({"ru", "az", "uk", "tr", "kk"})
_STOPS = frozenset('.!?;:,()[]«»“”"\n。，；：、！？')
FRACTION = "/"
"""Instead of a unit: two thirds are no figure two."""
_FAR = 7
"""Words round a count of people in which what became of them is looked for."""
_PLACE_KINDS = frozenset({"country", "city", "region"})


class UnitReader:
    """Looks up units in one document."""

    def __init__(self, document: Document, text: str) -> None:
        self.document, self.text, self.language = document, text, document.language
        self.words = document.words
        self.last_end = 0
        self._units, self._persons = unit_words(self.language), person_words(self.language)
        self._fractions = fraction_words(self.language)
        self._links, self._tolls = link_words(self.language), toll_words(self.language)

    @staticmethod
    def is_symbol(letters: str) -> bool:
        """Is it a unit that may stand right behind a number?"""
        return letters in SYMBOLS

    def _from(self, at: int) -> int:
        """The number of the first word that starts at `at` or behind it."""
        return bisect_left(self.document.starts, at)

    @cached_property
    def _terms(self) -> dict[int, Found]:
        """The lexicon's concepts by where they start; places and their people count nothing."""
        found: dict[int, Found] = {}
        for term in self.document.terms:
            if term.concept.kind not in _PLACE_KINDS:
                found.setdefault(term.start, term)
        return found

    def unit(self, said: Said) -> str:
        """The unit of the number, or an empty string."""
        if said.unit:
            return said.unit
        end = said.end
        if said.scale > 1 and self.text[end : end + 2] in (". ", ".\u00a0"):  # млн.
            end += 1
        self.last_end = end
        return self._sign_before(said.start) or self._symbol(end) or self._counted(said, end)

    def _sign_before(self, start: int) -> str:
        last = self.text[max(0, start - 2) : start].rstrip(" \u00a0")[-1:]
        led = last in SIGNS or last.isupper()  # most numbers stand behind a word in small letters
        found = _SIGN_BEFORE.search(self.text, max(0, start - 8), start) if led else None
        if not found:
            return ""
        if found[3]:
            return found[3] if found[3] in CODES else ""
        return DOLLARS.get((found[1] or "").lower(), SIGNS[found[2]]) if found[2] == "$" else SIGNS[found[2]]

    def _symbol(self, end: int) -> str:
        if found := _PERCENT.match(self.text, end):
            self.last_end = found.end()
            return "%"
        if (found := _CODE.match(self.text, end)) and found[1] in CODES:
            self.last_end = found.end()
            return found[1]
        if found := _SYMBOL.match(self.text, end):
            mark = found[1].replace(" ", "")
            unit = SIGNS.get(mark) or SYMBOLS.get(mark, "")
            if unit and not (
                mark in ("a", "t", "m", "g", "l", "L", "т", "м", "г", "л")
                and self.text[found.end() : found.end() + 1] in "'’-"
            ):
                self.last_end = found.end()
                return unit
        return ""

    def _counted(self, said: Said, end: int) -> str:
        if self.language == "zh":
            return self._han(said, end)
        if self.language in _SUFFIXED and (suffix := _SUFFIX.match(self.text, end)):
            end = suffix.end()
        at = self._from(end)
        if self.language == "az":
            while at < len(self.words) and self.words[at].stem in ("cox", "artiq", "yuxar", "yaxin"):  # 500-dən çox
                end, at = self.words[at].end, at + 1
        if at >= len(self.words) or not self._near(end, at):
            return ""
        if self._links_only(at) and at + 1 < len(self.words) and self._near(self.words[at].end, at + 1):
            if self.words[at].stem not in _OF:
                return ""
            at += 2 if self._links_only(at + 1) and at + 2 < len(self.words) else 1
        return self._at(at, said)

    def _links_only(self, at: int) -> bool:
        """Is it a small word, and no unit that is spelt alike (ans, an)?"""
        stem = self.words[at].stem
        return stem in self._links and stem not in self._units

    def _han(self, said: Said, end: int) -> str:
        """What stands behind a number in Chinese, where words may be cut otherwise than we need: 40多人, 一百名记者, 25亿美元."""
        for length in range(5, 0, -1):
            if unit := HAN_UNITS.get(self.text[end : end + length]):
                return unit
        at = end
        while self.text[at : at + 1] in _HAN_CLASSIFIERS and at < end + 3:
            at += 1
        following = self._from(at)
        if self.text[at : at + 1] in ("人", "名"):
            return self._toll(self._from(at + 1), said) or "人"
        if following < len(self.words) and self.words[following].start == at:
            return self._at(following, said)
        word = self.words[following - 1] if following else None
        return self.text[at : word.end] if word and word.end > at and at > end else ""

    def _at(self, at: int, said: Said) -> str:
        word = self.words[at]
        term = self._terms.get(word.start)
        if term and (code := CURRENCY_CONCEPTS.get(term.concept.id)):
            self.last_end = term.end
            return code
        if word.stem in self._fractions:
            return FRACTION
        if word.stem in self._persons:
            self.last_end = word.end
            return self._toll(at + 1, said) or word.stem
        if unit := self._units.get(word.stem):
            self.last_end = word.end
            return unit
        if toll := self._tolls.get(word.stem):
            return toll
        if term:
            self.last_end = term.end
            return term.concept.id
        following = self.words[at + 1] if at + 1 < len(self.words) and self._near(word.end, at + 1) else None
        if following is not None:
            beside = self._terms.get(following.start)
            if beside and (code := CURRENCY_CONCEPTS.get(beside.concept.id)):
                return code
            if following.stem in self._units and self._units[following.stem] == "%":
                return "%"
            if following.stem in self._persons:
                return self._toll(at + 2, said) or following.stem
            if beside and beside.concept.kind in ("concept", "office", "people"):
                return beside.concept.id
        first = self.text[word.start]
        if first.isdigit() or word.stem in self._links or len(word.stem) < (1 if first >= "\u2e80" else 3):
            return ""
        if said.value != int(said.value):
            return ""  # nothing that is counted comes in parts
        self.last_end = word.end
        return word.stem

    def _toll(self, at: int, said: Said) -> str:
        """What became of people counted: told in the words behind, else in those before, of the same clause."""
        for index in range(at, min(at + _FAR, len(self.words))):
            if not _STOPS.isdisjoint(self.text[self.words[index - 1].end : self.words[index].start]):
                break
            word = self.words[index]
            if self.language == "ar" and self.text[word.start] == "و":
                break  # the next clause
            if toll := self._tolls.get(word.stem):
                return toll
        before = self._from(said.start)
        for index in range(before - 1, max(-1, before - 1 - _FAR), -1):
            following = self.words[index + 1].start if index + 1 < len(self.words) else said.start
            if not _STOPS.isdisjoint(self.text[self.words[index].end : following]):
                break
            if toll := self._tolls.get(self.words[index].stem):
                return toll
        return ""

    def _near(self, end: int, at: int) -> bool:
        between = self.text[end : self.words[at].start]
        return between in ("", " ", "\u00a0", "-", "\u202f", "’", "'", " - ", "‑")
