"""A text as quotes are looked for in it: its words, and its sentences with the quotes and reporting verbs in them. Pure.

A sentence here ends where it does outside of quotation marks: full stops in a quote end none, and what follows a quote in
a small letter belongs to it.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from itertools import islice, repeat
from typing import Generic, TypeVar

from msgspec import Struct

from dragoman.model.reading import Name, Reading
from dragoman.read.document import Document
from dragoman.read.quotes.cues import Cue, found_cues, in_small
from dragoman.read.quotes.marks import Marked, marked
from dragoman.read.quotes.signs import Signs, places
from dragoman.read.quotes.words import HOUSE, lowered, together, words_of
from dragoman.text.analyse import words as cut

One = TypeVar("One")

_ASKS = frozenset("?!؟？！")
_FEW = 6
"""Words before the verb in "…?" the minister asked."""
_FEW_SIGNLESS = 25
"""The same where letters have no size: there a verb at the sentence's end attributes what stands before it."""
_DASHED = re.compile(r"[ \t]*[—–-][ \t]?(?=[^\s—–-])")
_DASH = re.compile(r"(?<=[,.!?…:])\s*[—–-]\s|\s[—–-](?=\w)|(?<=\w)[—–](?=[.,;:]|\s|$)|\s[—–-]\s")
_PLAIN_NUMBERS = frozenset({"en", "es", "fr", "ru", "uk"})
_SEMICOLONS = ";؛"
_BLANKS = re.compile(r"\s+")
_NUMBER_END = re.compile(r"\.\s+(?=[«“„\"‘(]?\s?[A-ZÀ-ÝА-ЯЁ])")
_TITLE = 5
"""Words of a title or a name in quotation marks at most, where nothing else tells."""
_VERB_NEAR = 5
"""Words between a verb and what stands in marks beside it."""
_VERB_LAST = frozenset({"az", "tr", "kk"})
_MOST = 40
"""Quotes and cues of one sentence that are looked at: none that was written has more."""


class Sentence(Struct, frozen=True, gc=False):
    """From `start` to `end`, with its quotes, its cues, and the cues within its quotes, in order. `kinds`: of which its words
    are, all as bits; of one that has neither quotes nor cues, none."""

    start: int
    end: int
    quotes: Sequence[Marked] = ()
    cues: Sequence[Cue] = ()
    within: Sequence[Cue] = ()
    kinds: int = 0


class Spot(Struct, frozen=True, gc=False):
    """Where a name is mentioned."""

    start: int
    end: int
    name: Name


class Copy:
    """A document, its names, and what was found for the quotes."""

    def __init__(self, document: Document, so_far: Reading) -> None:
        self.text = document.text
        self.language = document.language
        self.agency = " ".join(word for word, _ in cut(lowered(document.agency))) if document.agency else ""
        self.has_case = document.language not in ("ar", "fa", "zh")
        self.table = words_of(document.language)
        self.starts = document.starts
        self.ends = document.ends
        self.word_at = partial(bisect_left, self.starts)
        """The number of the first word that begins at an offset or behind it."""
        self._digits = document.digits
        self.small = in_small(document.said, self.language)
        self.flags = [*map(self.table.flags.get, self.small, repeat(0)), 0]
        """Of each word the kinds it is of, as bits (`words`). The last is of no word: of the one before the first, too."""
        self.signs = Signs(self.text)
        self.names = so_far.names
        self.spots = _spots(so_far.names)
        self.usual: dict[int, str] = {}
        """Of a name, by its identity: the last word in the subject's case (`cases`)."""
        self.objects: dict[int, bool] = {}
        """Of a mention, by its start: whether it is no subject (`cases`)."""
        self.spot_starts = [spot.start for spot in self.spots]
        bounds = self.starts, self.ends
        cues = found_cues(self.text, bounds, self.small, self.flags, self.table, self.spots, self.language)
        marks = marked(self.text)
        if marks:
            first_words = [cue.first for cue in cues]
            marks = [one for one in marks if not self._is_title(one, first_words)]
        self.quotes = _merged(marks, self._spoken_lines(cues))
        self.cues, self.within = _parted(cues, self.quotes) if self.quotes else (cues, [])
        self.cue_starts = [cue.start for cue in self.cues]
        self.sentences = self._sentences(self._parted(document.sentences))

    def count(self, start: int, end: int) -> int:
        """Words that begin from `start` to `end`."""
        return bisect_left(self.starts, end) - bisect_left(self.starts, start)

    def named(self, start: int, end: int) -> list[Spot]:
        """The mentions of names from `start` to `end`."""
        first = bisect_left(self.spot_starts, start)
        found = self.spots[first : bisect_left(self.spot_starts, end, first)]
        if found and found[-1].end > end:
            del found[-1]
        return found

    def kinds(self, start: int, end: int) -> int:
        """The kinds of which the words from `start` to `end` are, all as bits."""
        first = bisect_left(self.starts, start)
        return together(self.flags[first : bisect_left(self.starts, end, first)])

    def any_of(self, kind: int, start: int, end: int) -> bool:
        """Is a word of `kind` among those from `start` to `end`? A sentence's `kinds` say sooner that none is."""
        return bool(self.kinds(start, end) & kind)

    def first_of(self, kind: int, start: int, end: int) -> int | None:
        """The number of the first of them."""
        first = bisect_left(self.starts, start)
        flags = self.flags[first : bisect_left(self.starts, end, first)]
        return next((first + at for at, flag in enumerate(flags) if flag & kind), None)

    def _is_title(self, quote: Marked, cues: list[int]) -> bool:
        """A name or title in quotation marks: a few words, not led in, no sentence, and either every long word in capitals
        or the first, with the text going on behind and no reporting verb beside. `cues` are the first words of all."""
        text = self.text
        first, behind = self.word_at(quote.first), self.word_at(quote.last)
        inside = text[quote.first : quote.last]
        lead = text[max(0, quote.start - 3) : quote.start].rstrip()
        if behind - first > _TITLE and not (self.language == "zh" and quote.last - quote.first <= 8):
            return False
        if self._is_name(quote) or text[max(0, quote.start - 3) : quote.start].endswith(_NAMED):
            return True
        following = text[quote.end : quote.end + 2]
        goes_on = following.strip()[:1].isalnum()
        brief = 4 if self.language == "zh" and not goes_on else 6 if self.language == "zh" else 20
        if (behind - first <= 1 or self.language == "zh") and quote.last - quote.first < brief:
            return not (lead[-1:] in (":", "：") or inside[-1:] in _STOPS)
        if lead[-1:] in (":", "：") or quote.goes_on or inside[-1:] in _STOPS:
            return False
        before, after = _near(cues, first, _VERB_NEAR, 0), _near(cues, behind, 0, _VERB_NEAR)
        if not self.has_case:
            housed = bool(self.flags[first - 1] & HOUSE)
            return goes_on and (housed or not before)
        if self.language in _VERB_LAST:
            return (
                goes_on
                and not _near(cues, behind, 0, 3)
                and self.small[behind : behind + 1] not in (["kimi"], ["deyə"])
            )
        if not inside[:1].isupper():
            return False
        if self.language == "de":
            return goes_on and not before
        long = [text[self.starts[word]] for word in range(first, behind) if len(self.small[word]) > 3]
        if long and all(sign.isupper() for sign in long):
            return True
        return goes_on or following[:1] in _MORE or (following[:1] in (",", ")") and not before and not after)

    def _is_name(self, quote: Marked) -> bool:
        at = bisect_left(self.spot_starts, quote.first + 1) - 1
        return at >= 0 and self.spots[at].end >= quote.last

    def _spoken_lines(self, cues: list[Cue]) -> list[Marked]:
        """Speech behind a dash at a line's beginning, without the attribution between further dashes."""
        found: list[Marked] = []
        lines = [0, *(at + 1 for at in places(self.text, "\n"))]
        for dashed in filter(None, [_DASHED.match(self.text, start) for start in lines]):
            end = self.text.find("\n", dashed.end())
            end = len(self.text) if end < 0 else end
            breaks = [*islice(_DASH.finditer(self.text, dashed.end(), end), 4)]
            at = bisect_left(cues, breaks[0].end(), key=lambda cue: cue.start) if breaks else len(cues)
            if at == len(cues) or self.count(breaks[0].end(), cues[at].start) > _FEW or cues[at].start > end:
                led_in = self.text[max(0, dashed.start() - 40) : dashed.start()].rstrip()[-1:] == ":"
                if not led_in and self.text[end - 1 : end] != "?":
                    continue
                parts = [(dashed.end(), end)]
            else:
                parts = [(dashed.end(), breaks[0].start())]
                if len(breaks) > 1:
                    parts.append((breaks[1].end(), end))
            for start, stop in parts:
                first, last = _stripped(self.text, start, stop)
                if last - first > 3:
                    found.append(Marked(first, last, first, last))
        return found

    def _parted(self, bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The document's sentences; a semicolon ends one as well, and a small number where the language writes no ordinal
        with a full stop."""
        if self.language == "zh":
            return bounds
        ends = [_BLANKS.match(self.text, at + 1) for at in places(self.text, _SEMICOLONS)]
        if self.language in _PLAIN_NUMBERS:
            ends += [_NUMBER_END.match(self.text, end) for _, end in self._digits if self.text[end : end + 1] == "."]
        if not any(ends):
            return bounds
        parted = [*bounds]
        for found in sorted(filter(None, ends), key=_start_of, reverse=True):
            end, following = found.span()
            end += found[0][0] == "."
            number = bisect_left(bounds, (end,)) - 1
            start, stop = parted[number] if number >= 0 else (0, 0)
            if start < end < stop:
                parted[number : number + 1] = [(start, end), (following, stop)]
        return parted

    def _sentences(self, bounds: list[tuple[int, int]]) -> list[Sentence]:
        """The sentences of `bounds`, joined where a quote or its attribution runs on."""
        found: list[Sentence] = []
        at_quote, start = 0, -1
        quotes = _Reader(self.quotes, [quote.start for quote in self.quotes])
        cues = _Reader(self.cues, self.cue_starts)
        within = _Reader(self.within, [cue.start for cue in self.within])
        ended = -1
        for number, (first, end) in enumerate(bounds, 1):
            start = first if start < 0 else start
            if quotes.start < end or ended >= end - 1:
                while at_quote < len(self.quotes) and self.quotes[at_quote].end <= end:
                    ended = self.quotes[at_quote].end
                    at_quote += 1
                crossed = at_quote < len(self.quotes) and self.quotes[at_quote].start < end
                if number < len(bounds) and (crossed or (ended >= end - 1 and self._is_tail(end, bounds[number]))):
                    continue
            cued, quoted = cues.start < end, quotes.start < end
            found.append(
                Sentence(
                    start,
                    end,
                    quotes.until(end) if quoted else (),
                    cues.until(end) if cued else (),
                    within.until(end) if quoted and within.start < end else (),
                    self.kinds(start, end) if cued or quoted else 0,
                )
            )
            start = -1
        return found

    def _is_tail(self, end: int, following: tuple[int, int]) -> bool:
        """Is what follows the quote that ends at `end` its attribution? It is in small letters, or behind a dash, or, where
        the quote asks or calls, soon a reporting verb."""
        first, last = following
        if "\n" in self.text[end:first]:
            return False
        sign = self.text[first]
        if sign.islower() or sign in ",—–-،，":
            return True
        if self.text[end - 1] in ".。۔":
            return False
        if self.has_case and not _ASKS & set(self.text[end - 2 : end]):
            return False
        at = bisect_left(self.cues, first, key=lambda cue: cue.start)
        if (
            at == len(self.cues)
            or self.cues[at].kind not in ("say", "note", "ask", "tell")
            or self.cues[at].start >= last
        ):
            return False
        before = self.cues[at].first - self.word_at(first)
        is_end = self.count(self.cues[at].end, last) == 0
        return before < _FEW or (not self.has_case and is_end and before < _FEW_SIGNLESS)


def _start_of(found: re.Match[str]) -> int:
    return found.start()


def _near(cues: list[int], word: int, before: int, after: int) -> bool:
    """Does a cue begin among the words around `word`?"""
    at = bisect_left(cues, word - before)
    return at < len(cues) and cues[at] < word + after


_STOPS = (".", "!", "?", "…", "。", "！", "？", "؟", ",", "，", "،")
_NAMED = ("名为", "题为", "名叫", "叫做", "简称", "下称")
_MORE = ("-", "'", "’")


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t.,;:—–-":
        start += 1
    while end > start and text[end - 1] in " \t,—–-":
        end -= 1
    return start, end


class _Reader(Generic[One]):
    """Hands out what begins before the end of one sentence after the other."""

    def __init__(self, ones: Sequence[One], starts: list[int]) -> None:
        self._ones = ones
        self._starts = starts
        self._at = 0
        self.start = starts[0] if starts else sys.maxsize
        """Where the next one begins."""

    def until(self, end: int) -> Sequence[One]:
        first = self._at
        self._at = bisect_left(self._starts, end, first)
        self.start = self._starts[self._at] if self._at < len(self._starts) else sys.maxsize
        return self._ones[first : min(self._at, first + _MOST)]


def _merged(marks: list[Marked], lines: list[Marked]) -> list[Marked]:
    """Both in order; a spoken line with quotation marks in it is one speech."""
    if not lines:
        return marks
    kept: list[Marked] = []
    for one in sorted([*marks, *lines], key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _parted(cues: list[Cue], quotes: list[Marked]) -> tuple[list[Cue], list[Cue]]:
    """The cues outside of the quotes, and those within."""
    outside: list[Cue] = []
    within: list[Cue] = []
    at = 0
    for cue in cues:
        while at < len(quotes) and quotes[at].end <= cue.start:
            at += 1
        (within if at < len(quotes) and quotes[at].start <= cue.start else outside).append(cue)
    return outside, within


def _spots(names: tuple[Name, ...]) -> list[Spot]:
    """Every mention, in order; of two that overlap the longer."""
    spots = sorted(
        (Spot(mention.start, mention.end, name) for name in names for mention in name.mentions),
        key=lambda spot: (spot.start, -spot.end),
    )
    kept: list[Spot] = []
    for spot in spots:
        if not kept or spot.start >= kept[-1].end:
            kept.append(spot)
        elif spot.end - spot.start > kept[-1].end - kept[-1].start:
            kept[-1] = spot
    return kept
