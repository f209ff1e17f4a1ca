"""The reporting verbs of a sentence that do report: each with its speaker and what it tells without marks. Pure.

A verb within words told reports nothing, but where it is joined on ("… and added that", ", but Y warned that"). Nor does one
that "I" or a paper is the subject of, or that the agency says of itself.
"""

import re

from msgspec import Struct

from dragoman.read.quotes.cases import VERB_LAST
from dragoman.read.quotes.clauses import Extent, trimmed
from dragoman.read.quotes.copy import Copy, Sentence
from dragoman.read.quotes.cues import Cue
from dragoman.read.quotes.memory import Memory, Speaker
from dragoman.read.quotes.told import that_behind, told
from dragoman.read.quotes.who import speaker_of
from dragoman.read.quotes.words import (
    ALSO,
    AS,
    AUX,
    HE,
    PAPER,
    REPORTER,
    SHE,
    SOURCE,
    THAT,
    WE,
    WHILE,
    lowered,
    together,
)

_BESIDE = 14
"""Words between a quote and the verb behind it: a speaker with his office."""
_LEADS = 6
"""Words between a verb and the quote behind it, without a colon."""
_PHRASES = ("after", "before")
_REACH = 2000
"""Signs before and behind a verb that can belong to it."""
_SURE = 6
"""Words between a verb that tells of a mind and its "that"."""
_STOP = re.compile(r"[:：;；。]")
_COLONS = re.compile(r":\s")
_SPOKEN = (
    "söz",
    "məlumat",
    "proqnoz",
    "rəy",
    "fikr",
    "hesablama",
    "bəyanat",
    "açıqlama",
    "təxmin",
    "qənaət",
    "versiya",
)
COMMAS = (",", "،", "，", "—", "–", "-")
LEAD = re.compile(r"[:：]\s*[—–-]?\s*$")


class Said(Struct, frozen=True, gc=False):
    """A cue that says something, its speaker, and what it tells without marks."""

    cue: Cue
    speaker: Speaker
    extent: Extent | None


def said_in(copy: Copy, memory: Memory, sentence: Sentence) -> list[Said]:
    """The cues of `sentence` that say something, each with its speaker; those within words told are not."""
    said: list[Said] = []
    leads_on = copy.text[sentence.end - 1] in ":："
    for cue in sentence.cues:
        left, right = _bounds(copy, sentence, cue)
        if not _counts(copy, sentence, cue, left):
            continue
        before = said[-1] if said else None
        if sentence.quotes:
            beside = _beside(
                copy, sentence, cue, sentence.start if before and before.cue.start >= left else left, right
            )
        else:
            beside = leads_on
        if before and before.extent and before.extent[0] <= cue.start < before.extent[1]:
            said[-1:] = _joined(copy, memory, sentence, before, cue, right, beside)
            continue
        one = _one(copy, memory, sentence, before, cue, left, right, beside)
        if one:
            said.append(one)
    return said


def _bounds(copy: Copy, sentence: Sentence, cue: Cue) -> Extent:
    """From where to where may belong to `cue`: between quotes, behind the last colon before it, behind which a phrase in a
    capital begins a sentence that was not parted."""
    left, right = sentence.start, sentence.end
    if right - left > _REACH:
        left, right = max(left, cue.start - _REACH), min(right, cue.end + _REACH)
    for quote in sentence.quotes:
        if left < quote.end <= cue.start:
            left = quote.end
        if cue.end <= quote.start < right:
            right = quote.start
    if cue.kind in _PHRASES and copy.text[cue.start].isupper():
        return max(left, cue.start), right
    if copy.text.find(":", left, cue.start) >= 0:
        for colon in _COLONS.finditer(copy.text, left, cue.start):
            left = colon.end()
    return left, right


def _counts(copy: Copy, sentence: Sentence, cue: Cue, left: int) -> bool:
    """Is a word that can quote really used so?"""
    if sentence.kinds & WE and _is_own(copy, cue, left):
        return False
    if cue.kind == "after":
        return not _is_cited(copy, sentence, cue, left)
    if cue.kind == "for":
        return _is_for(copy, sentence, cue)
    return cue.kind != "before" or _is_before(copy, cue)


def _joined(
    copy: Copy, memory: Memory, sentence: Sentence, before: Said, cue: Cue, right: int, beside: bool
) -> list[Said]:
    """A cue within the words `before` tells: both, where it is joined on, else the first alone."""
    assert before.extent
    joint, own = _joint(copy, cue, before.extent[0])
    extent = told(copy, sentence, cue, cue.start, right, beside) if joint is not None else None
    if joint is None or (extent is None and not beside):
        return [before]
    speaker = speaker_of(copy, memory, sentence, cue, joint, right) if own else before.speaker
    shorter = Said(before.cue, before.speaker, trimmed(copy.text, before.extent[0], joint))
    return [shorter, Said(cue, speaker or before.speaker, extent)]


def _one(
    copy: Copy,
    memory: Memory,
    sentence: Sentence,
    before: Said | None,
    cue: Cue,
    left: int,
    right: int,
    beside: bool,
) -> Said | None:
    """A cue of its own, with its speaker; nothing where it tells nothing, or tells what another does."""
    extent = told(copy, sentence, cue, left, right, beside)
    if extent and before and before.extent and extent[0] < before.extent[1] and before.extent[0] < extent[1]:
        return None
    if extent is None and not beside:
        return None
    bound, since = right, left
    if extent and extent[0] >= cue.end:
        bound = extent[0]
    elif extent and extent[1] <= cue.start and copy.language not in VERB_LAST:
        since = extent[1]
    speaker = speaker_of(copy, memory, sentence, cue, since, bound)
    if _is_paper(copy, sentence, cue, speaker, since):
        return None
    if sentence.kinds & REPORTER and copy.any_of(REPORTER, *_span(cue, extent, bound)):
        return None
    if before and copy.language in VERB_LAST and not copy.named(before.cue.end, cue.start):
        speaker = before.speaker
    if not speaker and cue.kind not in _PHRASES:
        speaker = before.speaker if before else memory.recent
    if cue.kind == "note" and not beside and not _is_sure(copy, sentence, cue, speaker, right):
        return None
    return Said(cue, speaker, extent)


def _is_cited(copy: Copy, sentence: Sentence, cue: Cue, left: int) -> bool:
    """Is "citing Y" part of what another says: "X, citing Y, said", "as X reports with reference to Y"?"""
    if cue.kind != "after" or cue.at - copy.word_at(left) == 0:
        return False
    verb = any(other.kind == "say" and other.start > cue.end for other in sentence.cues)
    as_said = bool(copy.flags[copy.word_at(left)] & AS)
    named = copy.named(left, cue.start)[-1:]
    near = bool(named) and cue.at - copy.word_at(named[0].end) <= 1
    return verb and (as_said or near or cue.at - copy.word_at(left) == 1)


def _is_paper(copy: Copy, sentence: Sentence, cue: Cue, speaker: Speaker, left: int) -> bool:
    """Is it a paper that says so, or the agency itself, and nobody else?"""
    if copy.agency and f" {copy.agency} " in f" {' '.join(copy.small[copy.word_at(left) : cue.first])} ":
        return True
    paper = sentence.kinds & PAPER and cue.kind not in _PHRASES
    if speaker.name is None:
        if speaker.role and not copy.table.of("paper").isdisjoint(lowered(speaker.role).split()):
            return True
        return bool(paper) and copy.any_of(PAPER, max(left, cue.start - 60), cue.start)
    if not paper or speaker.name.kind != "organisation":
        return False
    named = copy.named(left, cue.start)
    return bool(named) and copy.any_of(PAPER, left, named[0].start)


def _is_sure(copy: Copy, sentence: Sentence, cue: Cue, speaker: Speaker, right: int) -> bool:
    """Words that tell of a mind and not of speech count where their "that" is near and somebody is named."""
    that = that_behind(copy, sentence, cue, right)
    near = that is None or that - cue.last <= _SURE or bool(copy.named(cue.end, copy.starts[that]))
    return near and bool(speaker.name or copy.any_of(SOURCE, max(cue.start - 60, 0), cue.end + 60))


def _is_own(copy: Copy, cue: Cue, left: int) -> bool:
    """Does "I" or "we" stand right before the verb: speech whose marks were lost?"""
    for number in range(cue.first - 1, max(cue.first - 4, -1), -1):
        if copy.flags[number] & WE:
            return copy.starts[number] >= left
    return False


def _is_before(copy: Copy, cue: Cue) -> bool:
    """ "X-ə görə", "X-in proqnozuna görə" is "according to X" where X is a name or a word of speech stands before it; else
    it is "because of"."""
    if cue.last > cue.first or copy.small[cue.first] not in ("görə", "əsasən"):
        return True
    if cue.first and copy.small[cue.first - 1].startswith(_SPOKEN):
        return True
    return any(cue.at - copy.word_at(spot.end) <= 0 for spot in copy.named(max(0, cue.start - 60), cue.start))


def _is_for(copy: Copy, sentence: Sentence, cue: Cue) -> bool:
    """ "For X, …": a person right at the sentence's beginning, and a comma behind him."""
    comma = copy.text.find(",", cue.end, sentence.end)
    return cue.start == sentence.start and any(
        spot.name.kind == "person" and spot.end == comma for spot in copy.named(cue.end, comma)
    )


def _span(cue: Cue, extent: Extent | None, right: int) -> Extent:
    """Where the speaker of a verb that stands behind what it tells would be."""
    return (cue.start, right) if extent and extent[1] <= cue.start else (cue.start, cue.end)


def _joint(copy: Copy, cue: Cue, start: int) -> tuple[int | None, bool]:
    """Where a second verb is joined on ("… and added that", ", adding that", ", but Y warned that"), and whether it has a
    subject of its own."""
    number = cue.first
    while number > 0 and copy.starts[number - 1] >= start and copy.flags[number - 1] & (ALSO | AUX | HE | SHE):
        number -= 1
    at = copy.starts[number]
    if number < cue.first or copy.text[start:at].rstrip()[-1:] in COMMAS:
        return at, False
    for spot in copy.named(max(start, cue.start - 80), cue.start)[-1:]:
        first = copy.word_at(spot.start)
        for back in range(first, max(first - 8, 0), -1):
            if copy.flags[back] & ALSO and copy.text[copy.ends[back - 1] : copy.starts[back]].strip() in COMMAS:
                return copy.starts[back], True
    return None, False


def _beside(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int) -> bool:
    """Is a quote beside `cue`: right behind it, or before it with nothing but the speaker between?"""
    if right < sentence.end:
        lead = copy.text[cue.end : right]
        near = _BESIDE if lead.rstrip()[-1:] in (",", "،", "，") or copy.any_of(THAT, cue.end, right) else _LEADS
        if LEAD.search(lead) or (copy.word_at(right) - cue.last - 1 <= near and not _STOP.search(lead)):
            return True
    if sentence.quotes and left > sentence.quotes[0].start:
        return attached(copy, left, cue)
    return right == sentence.end and copy.text[sentence.end - 1] in ":："


def attached(copy: Copy, end: int, cue: Cue) -> bool:
    """Does `cue` belong to the quote that ends at `end`: is only a speaker between?"""
    first = copy.word_at(end)
    if cue.at - first > _BESIDE or together(copy.flags[first : cue.at]) & (THAT | WHILE):
        return False
    return not _STOP.search(copy.text, end, cue.start)
