"""The words told without quotation marks: which part of a sentence a reporting verb tells. Pure.

X said (that) …          what follows                 …, X said / …, said X     what stands before the comma
according to X, …        what follows the comma       …, according to X         what stands before
X sagte, …               what follows the comma       X …-diyini bildirib       between subject and verb
…, said X, …             the whole sentence           X warned: …               what follows the colon
"""

import re
from bisect import bisect_right
from itertools import pairwise

from dragoman.read.quotes.before import told_before
from dragoman.read.quotes.cases import VERB_LAST
from dragoman.read.quotes.clauses import CLAUSE, FEWEST, SUBJECT, Extent, is_conditional, trimmed
from dragoman.read.quotes.copy import Copy, Sentence
from dragoman.read.quotes.cues import Cue
from dragoman.read.quotes.ends import before_another, before_quote
from dragoman.read.quotes.nominal import nominal
from dragoman.read.quotes.words import ALSO, ARTICLE, AS, HE, IT, SHE, THAT, THEY, TO

_FEWEST_SIGNS = 4
"""Chinese signs told."""
_THAT_WITHIN = 16
"""Words between the verb and its "that"."""
_AS_WITHIN = 3
"""Words of the clause among which "as" is: tal y como."""
_THAT_NEAR = 5
"""The same where the verb may as well close the sentence: "…, X said on Monday after …"."""
_LEADS_IN = re.compile(r"[:：]\s*\Z")
_OWN = ("'s", "’s")
_FROM = (["de"], ["del"], ["of"], ["von"], ["vom"], ["from"])
_COLON = re.compile(r"[:：]\s*(?=\S)")
_BARE = frozenset({"en", "zh", "fa"})
"""Languages that need no "that"."""
_VERBS = ("say", "note", "tell")
_LONGEST = 4000
"""Signs of words told: longer is no sentence."""


def told(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int, beside: bool) -> Extent | None:
    """From where to where `cue` tells, between `left` and `right`; nothing where it tells only what stands in quotation marks
    (`beside`: a quote stands beside it) or no words at all."""
    extent = _told(copy, sentence, cue, left, right, beside)
    if extent is None:
        return None
    start, end = extent
    end = min(end, start + _LONGEST)
    if sentence.quotes:
        start, end = before_quote(copy, sentence, start, end)
    start, end = trimmed(copy.text, *before_another(copy, sentence, cue, start, end))
    if end <= start:
        return None
    if copy.language == "zh":
        return (start, end) if end - start >= _FEWEST_SIGNS else None
    first = copy.word_at(start)
    bare = first == cue.last + 1 and cue.kind in _VERBS and copy.signs.hard(cue.end, start) == start
    return (start, end) if copy.word_at(end) - first >= FEWEST + bare else None


def that_behind(copy: Copy, sentence: Sentence, cue: Cue, right: int) -> int | None:
    """The number of the word "that" behind `cue`, before any colon."""
    if not sentence.kinds & THAT:
        return None
    number = cue.last
    for flag in copy.flags[number + 1 : number + 1 + _THAT_WITHIN]:
        number += 1
        if flag & THAT:
            break
    else:
        return None
    if copy.starts[number] >= right:
        return None
    end = copy.signs.hard(cue.end, right)
    at = bisect_right(copy.cue_starts, cue.start)
    if at < len(copy.cues) and copy.cues[at].kind in _VERBS:
        end = min(end, copy.cues[at].start)
    return number if copy.starts[number] < end else None


def _told(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int, beside: bool) -> Extent | None:
    quoted = left > sentence.start and beside
    if cue.kind == "before":
        return cue.end, sentence.end
    if cue.kind in ("after", "for"):
        return None if quoted and not cue.at - copy.word_at(left) else _according(copy, sentence, cue, left, right)
    commas = copy.signs.commas(left, cue.start)
    at = _as_at(copy, cue, left, commas) if sentence.kinds & AS else None
    if at is not None:
        return _as_said(copy, sentence, cue, left, right, at)
    that = that_behind(copy, sentence, cue, right)
    if that is not None and quoted and _is_relative(copy, that):
        that = None
    if cue.kind == "ask":
        return None
    if that is not None and that - cue.last <= _THAT_NEAR:
        return copy.ends[that], sentence.end
    ends = right == sentence.end or not quoted
    before = told_before(copy, sentence, cue, left, right, commas) if commas and ends else None
    if that is not None and not _is_far(copy, cue, before):
        return copy.ends[that], sentence.end
    if beside and not (copy.language == "zh" and copy.text[cue.end : cue.end + 1] in "，,"):
        led_in = not quoted and copy.language == "de" and _LEADS_IN.search(copy.text, cue.end, right)
        if before and led_in and is_conditional(copy, *before):
            return before
        return _without_that(copy, sentence, cue, left, right) if copy.language in VERB_LAST and not quoted else None
    if before:
        return before
    colon = _COLON.search(copy.text, cue.end, right)
    if colon:
        return (colon.end(), sentence.end) if colon.end() < right or right == sentence.end else None
    return _without_that(copy, sentence, cue, left, right)


def _is_far(copy: Copy, cue: Cue, before: Extent | None) -> bool:
    """Does a "that" further off belong to something else: behind a verb that closes the sentence, or that tells without it?"""
    if before and (before[1] > cue.start or copy.count(*before) > CLAUSE):
        return True
    return copy.language == "en" and cue.kind == "say" and not copy.flags[cue.last + 1] & TO


def _as_at(copy: Copy, cue: Cue, left: int, commas: list[int]) -> int | None:
    """Where "as X said" begins: at `left`, or at a comma before `cue`."""
    for start in (left, *commas) if copy.language == "de" or not commas else commas[-1:]:
        first = copy.word_at(start)
        for flag in copy.flags[first : min(first + _AS_WITHIN, cue.first)]:
            if flag & AS:
                return start
    return None


def _is_relative(copy: Copy, number: int) -> bool:
    """Is this "que" or "that" a relative pronoun: one behind a comma, where the language joins words told without?"""
    before = copy.text[copy.ends[number - 1] : copy.starts[number]]
    return "," in before and copy.language in ("en", "es", "fr")


def _without_that(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int) -> Extent | None:
    if copy.language in VERB_LAST:
        return nominal(copy, cue, left) if _is_last(copy, cue, sentence.end) else None
    if copy.language == "zh" and cue.kind != "say" and copy.text[cue.end : cue.end + 1] not in ("，", ",", "：", ":"):
        return _behind_told(copy, cue, sentence.end) if cue.kind == "tell" else None
    he = copy.flags[cue.last + 1] & (HE | SHE | THEY | IT)
    if copy.language == "zh" or (copy.language in _BARE and (cue.kind == "say" or he)):
        return _bare(copy, cue, sentence.end)
    if copy.language == "de":
        comma = _comma_told(copy, cue, right)
        if comma is not None and (cue.kind == "say" or is_conditional(copy, comma + 1, sentence.end)):
            return comma + 1, sentence.end
    return None


def _comma_told(copy: Copy, cue: Cue, end: int) -> int | None:
    """The comma before what a German verb tells: the first but where it only parts who says it from his office."""
    commas = copy.signs.commas(cue.end, end)
    for comma, following in pairwise(commas):
        named = any(comma - 2 <= spot.end <= comma for spot in copy.named(cue.end, comma + 1))
        if not named or is_conditional(copy, comma + 1, following):
            return comma
    return commas[-1] if commas else None


def _according(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int) -> Extent | None:
    """What stands behind the comma where the phrase begins the sentence; what stands before it where it ends it; all where it
    stands in the middle."""
    text = copy.text
    opening = cue.at - copy.word_at(left) <= 1 and copy.signs.comma(left, cue.start) is None
    comma = _comma_behind(copy, cue.end, right)
    if opening:
        if comma is not None:
            that = next((n for n in range(cue.last, copy.word_at(right)) if copy.flags[n] & THAT), None)
            if copy.language == "ar" and that is not None and copy.starts[that] > comma:
                return copy.ends[that], sentence.end
            apposed = right < sentence.end and text[comma + 1 : right].rstrip()[-1:] in (",", "،", "，")
            return None if apposed and copy.signs.comma(comma + 1, right - 2) is None else (comma + 1, sentence.end)
        return _behind_phrase(copy, cue, right), sentence.end
    if text[left : cue.start].rstrip()[-1:] in (",", "،", "，", "—", "–"):
        if comma is not None and copy.count(comma, sentence.end) > 1 and cue.at - copy.word_at(left) < 4:
            return left, sentence.end
        return left, cue.start
    behind = _behind_phrase(copy, cue, right)
    return (left, sentence.end) if copy.count(behind, sentence.end) >= 2 else (left, cue.start)


def _behind_phrase(copy: Copy, cue: Cue, right: int) -> int:
    """Where the speaker of "according to X" ends: with his name, else with the first word in a small letter that is no
    article or genitive."""
    spots = copy.named(cue.end, min(right, cue.end + 120))
    if spots and copy.word_at(spots[0].start) - cue.last - 1 <= 6:
        return spots[0].end
    number = cue.last + 1
    while number < copy.word_at(right) and (
        copy.flags[number] & ARTICLE or copy.text[copy.starts[number]].isupper() or copy.flags[number - 1] & ARTICLE
    ):
        number += 1
    return copy.ends[number - 1]


def _as_said(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int, at: int) -> Extent | None:
    """As X said, …; …, as X said."""
    if copy.count(left, at) >= FEWEST:
        return left, at
    comma = _comma_behind(copy, cue.end, right)
    return None if comma is None else (comma + 1, sentence.end)


def _comma_behind(copy: Copy, start: int, end: int) -> int | None:
    """The comma that ends the speaker: the next, or the one behind a name or a "from Y" that stands right behind it."""
    comma = copy.signs.comma(start, end)
    if comma is None:
        return None
    if not any(copy.text[spot.end : spot.end + 2] not in _OWN for spot in copy.named(start, comma)):
        named = copy.named(comma, min(end, comma + 61))
        if named and copy.count(comma, named[0].start) <= 2:
            return copy.signs.comma(named[0].end, end) or comma
    number = copy.word_at(comma)
    if copy.small[number : number + 1] in _FROM:
        return copy.signs.comma(comma + 1, end) or comma
    return comma


def _behind_told(copy: Copy, cue: Cue, end: int) -> Extent | None:
    """What follows the comma behind who is told: 告诉记者，…"""
    comma = copy.signs.comma(cue.end, end)
    return (comma + 1, end) if comma is not None and copy.word_at(comma) - cue.last - 1 <= SUBJECT else None


def _bare(copy: Copy, cue: Cue, end: int) -> Extent | None:
    """What follows the verb, and "on Monday", "in a statement"."""
    number, last = cue.last + 1, copy.word_at(end)
    if copy.language == "zh":
        return cue.end, end
    while number < last and copy.flags[number] & TO:
        number += 1 + (copy.small[number + 1 : number + 2] in (["a"], ["an"], ["the"]))
        named = copy.named(copy.starts[min(number, last - 1)], end)[:1]
        if named and copy.word_at(named[0].start) == number:
            number = copy.word_at(named[0].end)
        else:
            number += 1
    if number >= last:
        return None
    return copy.starts[number], end


def _is_last(copy: Copy, cue: Cue, end: int) -> bool:
    """Does the verb end its clause?"""
    following = copy.text[cue.end : end].strip()
    return following[:1] in ("", ".", ",", ":", ";", "!") or bool(copy.flags[cue.last + 1] & ALSO)
