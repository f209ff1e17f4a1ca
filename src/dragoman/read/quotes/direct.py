"""The quotes of a text, sentence by sentence: each with the cue it hangs on, its speaker, its verb. Pure.

What stands in quotation marks is a quote where a cue stands beside it, where it is a sentence of its own, or where it is part
of what a cue tells: then the marked words stand for the clause. One word is none.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from dragoman.model.reading import Quote
from dragoman.read.quotes.cases import VERB_LAST, is_object
from dragoman.read.quotes.copy import Copy, Sentence
from dragoman.read.quotes.cues import Cue
from dragoman.read.quotes.marks import Marked
from dragoman.read.quotes.memory import Memory, Speaker
from dragoman.read.quotes.told import Extent, is_conditional, that_behind, told, trimmed
from dragoman.read.quotes.who import led_in_by, speaker_of
from dragoman.read.quotes.words import lowered

_BESIDE = 14
"""Words between a quote and the verb behind it: a speaker with his office."""
_LEADS = 6
"""Words between a verb and the quote behind it, without a colon."""
_REACH = 2000
"""Signs before and behind a verb that can belong to it."""
_BRIEF = 6
"""Words before a colon that lead a quote in without a verb and a name."""
_SURE = 6
"""Words between a verb that tells of a mind and its "that"."""
_INCISE = 9
"""Words of an attribution within the marks."""
_STOP = re.compile(r"[:：;；。]")
_ENDS = re.compile(r"[.!?…。！？؟,，،]\s*[»«›‹”“\"’‘'」]*\.?$")
_COLONS = re.compile(r":\s")
_LEAD = re.compile(r"[:：]\s*[—–-]?\s*$")
_PARTS = (",", "،", "，", "—", "–", "-", "!", "?", "…")
_SIGNS = 4
"""Chinese signs of a quote."""
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
_COMMAS = (",", "،", "，", "—", "–", "-")


class _Said(Struct, frozen=True):
    """A cue that says something, its speaker, and what it tells without marks."""

    cue: Cue
    speaker: Speaker
    extent: Extent | None


def quotes_of(copy: Copy) -> Iterator[Quote]:
    """The quotes in order."""
    memory = Memory(copy)
    goes_on = False
    for sentence in copy.sentences:
        said = _said(copy, memory, sentence) if sentence.cues else []
        found = (
            [*_direct(copy, memory, sentence, said, goes_on), *_indirect(copy, sentence, said)]
            if sentence.quotes or said
            else []
        )
        if not found and goes_on and copy.language == "de":
            found = _goes_on(copy, memory, sentence)
        for one in said:
            memory.heard(one.speaker)
        memory.passed(sentence, spoke=any(one.speaker.name for one in said))
        goes_on = bool(found) or (bool(sentence.cues) and copy.language == "de")
        if found:
            memory.verb = found[-1].verb or memory.verb
        yield from sorted(found, key=lambda quote: quote.start)


def _said(copy: Copy, memory: Memory, sentence: Sentence) -> list[_Said]:
    """The cues of `sentence` that say something, each with its speaker; those within words told are not."""
    said: list[_Said] = []
    for cue in sentence.cues:
        left = max([sentence.start, cue.start - _REACH, *(one.end for one in sentence.quotes if one.end <= cue.start)])
        right = min([sentence.end, cue.end + _REACH, *(one.start for one in sentence.quotes if one.start >= cue.end)])
        left = max(left, _colon_before(copy, left, cue))
        before = said[-1] if said else None
        if _is_cited(copy, sentence, cue, left):
            continue
        if cue.kind == "for" and not _is_for(copy, sentence, cue):
            continue
        if cue.kind == "before" and not _is_before(copy, cue):
            continue
        first = not any(one.cue.start >= left for one in said)
        beside = _beside(copy, sentence, cue, left if first else sentence.start, right)
        if before and before.extent and before.extent[0] <= cue.start < before.extent[1]:
            joint, own = _joint(copy, cue, before.extent[0])
            extent = told(copy, sentence, cue, cue.start, right, beside) if joint is not None else None
            if joint is None or (extent is None and not beside):
                continue
            said[-1] = _Said(before.cue, before.speaker, trimmed(copy.text, before.extent[0], joint))
            speaker = speaker_of(copy, memory, sentence, cue, joint, right) if own else before.speaker
            said.append(_Said(cue, speaker or before.speaker, extent))
            continue
        extent = told(copy, sentence, cue, left, right, beside)
        if extent and before and before.extent and extent[0] < before.extent[1] and before.extent[0] < extent[1]:
            continue
        if (extent is None and not beside) or _is_own(copy, cue, left):
            continue
        bound = extent[0] if extent and extent[0] >= cue.end else right
        since = extent[1] if extent and extent[1] <= cue.start and copy.language not in ("az", "tr", "kk") else left
        speaker = speaker_of(copy, memory, sentence, cue, since, bound)
        if copy.any_of("reporter", *_span(cue, extent, since, bound)) or _is_paper(copy, cue, speaker, since):
            continue
        if copy.language in VERB_LAST and before and not copy.named(before.cue.end, cue.start):
            speaker = before.speaker
        if not speaker and cue.kind not in ("after", "before"):
            speaker = before.speaker if before else memory.recent
        if cue.kind == "note" and not beside and not _is_sure(copy, cue, speaker, right):
            continue
        said.append(_Said(cue, speaker, extent))
    return said


def _colon_before(copy: Copy, left: int, cue: Cue) -> int:
    """Behind the last colon before `cue`, or where a phrase in a capital begins a sentence that was not parted."""
    if cue.kind in ("after", "before") and copy.text[cue.start].isupper():
        return cue.start
    found = [*_COLONS.finditer(copy.text, left, cue.start)]
    return found[-1].end() if found else left


def _is_cited(copy: Copy, sentence: Sentence, cue: Cue, left: int) -> bool:
    """Is "citing Y" part of what another says: "X, citing Y, said", "as X reports with reference to Y"?"""
    if cue.kind != "after" or copy.count(left, cue.start) == 0:
        return False
    verb = any(other.kind == "say" and other.start > cue.end for other in sentence.cues)
    as_said = copy.is_one_of("as", copy.word_at(left))
    named = copy.named(left, cue.start)[-1:]
    near = bool(named) and copy.count(named[0].end, cue.start) <= 1
    return verb and (as_said or near or copy.count(left, cue.start) == 1)


def _is_paper(copy: Copy, cue: Cue, speaker: Speaker, left: int) -> bool:
    """Is it a paper that says so, and nobody?"""
    if copy.agency and copy.agency in copy.text[left : cue.start]:
        return True
    if speaker.name is None:
        return any(word in copy.table.of("paper") for word in lowered(speaker.role).split()) or (
            cue.kind not in ("after", "before") and copy.any_of("paper", max(left, cue.start - 60), cue.start)
        )
    if speaker.name.kind != "organisation" or cue.kind in ("after", "before"):
        return False
    named = copy.named(left, cue.start)
    return bool(named) and copy.any_of("paper", left, named[0].start)


def _is_sure(copy: Copy, cue: Cue, speaker: Speaker, right: int) -> bool:
    """Words that tell of a mind and not of speech count where their "that" is near and somebody is named."""
    that = that_behind(copy, cue, right)
    near = that is None or that - cue.last <= _SURE or bool(copy.named(cue.end, copy.starts[that]))
    return near and bool(speaker.name or copy.any_of("source", max(cue.start - 60, 0), cue.end + 60))


def _is_own(copy: Copy, cue: Cue, left: int) -> bool:
    """Does "I" or "we" stand right before the verb: speech whose marks were lost?"""
    return any(copy.is_one_of("we", number) for number in range(max(cue.first - 3, copy.word_at(left)), cue.first))


def _is_before(copy: Copy, cue: Cue) -> bool:
    """ "X-ə görə", "X-in proqnozuna görə" is "according to X" where X is a name or a word of speech stands before it; else
    it is "because of"."""
    if cue.last > cue.first or copy.small[cue.first] not in ("görə", "əsasən"):
        return True
    if cue.first and copy.small[cue.first - 1].startswith(_SPOKEN):
        return True
    return any(copy.count(spot.end, cue.start) <= 0 for spot in copy.named(max(0, cue.start - 60), cue.start))


def _is_for(copy: Copy, sentence: Sentence, cue: Cue) -> bool:
    """ "For X, …": a person right at the sentence's beginning, and a comma behind him."""
    comma = copy.text.find(",", cue.end, sentence.end)
    return cue.start == sentence.start and any(
        spot.name.kind == "person" and spot.end == comma for spot in copy.named(cue.end, comma)
    )


def _span(cue: Cue, extent: Extent | None, left: int, right: int) -> Extent:
    """Where the speaker of a verb that stands behind what it tells would be."""
    return (cue.start, right) if extent and extent[1] <= cue.start else (cue.start, cue.end)


def _joint(copy: Copy, cue: Cue, start: int) -> tuple[int | None, bool]:
    """Where a second verb is joined on ("… and added that", ", adding that", ", but Y warned that"), and whether it has a
    subject of its own."""
    number = cue.first
    while (
        number > 0
        and copy.starts[number - 1] >= start
        and any(copy.is_one_of(kind, number - 1) for kind in ("also", "aux", "he", "she"))
    ):
        number -= 1
    at = copy.starts[number]
    if number < cue.first or copy.text[start:at].rstrip()[-1:] in _COMMAS:
        return at, False
    for spot in copy.named(max(start, cue.start - 80), cue.start)[-1:]:
        first = copy.word_at(spot.start)
        for back in range(first, max(first - 8, 0), -1):
            if copy.text[copy.words[back - 1].end : copy.starts[back]].strip() in _COMMAS and copy.is_one_of(
                "also", back
            ):
                return copy.starts[back], True
    return None, False


def _beside(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int) -> bool:
    """Is a quote beside `cue`: right behind it, or before it with nothing but the speaker between?"""
    if right < sentence.end:
        lead = copy.text[cue.end : right]
        near = _BESIDE if lead.rstrip()[-1:] in (",", "،", "，") or copy.any_of("that", cue.end, right) else _LEADS
        if _LEAD.search(lead) or (copy.count(cue.end, right) <= near and not _STOP.search(lead)):
            return True
    if sentence.quotes and left > sentence.quotes[0].start:
        return _attached(copy, left, cue)
    return right == sentence.end and copy.text[sentence.end - 1] in ":："


def _attached(copy: Copy, end: int, cue: Cue) -> bool:
    if copy.count(end, cue.start) > _BESIDE or _STOP.search(copy.text[end : cue.start]):
        return False
    return not copy.any_of("that", end, cue.start) and not copy.any_of("while", end, cue.start)


def _direct(copy: Copy, memory: Memory, sentence: Sentence, said: list[_Said], goes_on: bool) -> Iterator[Quote]:
    for number, quote in enumerate(sentence.quotes):
        following = sentence.quotes[number + 1].start if number + 1 < len(sentence.quotes) else sentence.end
        one = _cue_of(copy, quote, following, said)
        if one is None or not one.speaker.name:
            incise = _incise(copy, memory, sentence, quote)
            if incise:
                said.append(incise)
                one = incise
        served = one is not None and any(other.end <= one.cue.start for other in sentence.quotes[:number])
        if one and _quotes(copy, quote, one, served):
            yield _quote(copy, quote.first, quote.last, one.speaker, _verb(copy, one.cue), direct=True)
        elif one is None:
            if _LEAD.search(copy.text[sentence.start : quote.start]) and _is_lead(copy, sentence, quote):
                yield _quote(
                    copy, quote.first, quote.last, led_in_by(copy, memory, sentence, quote.start), "", direct=True
                )
            elif quote.goes_on or _alone(copy, sentence, quote, goes_on):
                yield _quote(copy, quote.first, quote.last, _beside_alone(copy, memory, quote), "", direct=True)


def _beside_alone(copy: Copy, memory: Memory, quote: Marked) -> Speaker:
    """Whose a quote without a verb is: who spoke last; in Chinese, who is named right behind it."""
    if copy.language == "zh" and copy.text[quote.end : quote.end + 1].strip():
        stop = copy.text.find("。", quote.end)
        people = [
            spot for spot in copy.named(quote.end, stop) if spot.name.kind == "person" and not is_object(copy, spot)
        ]
        if people:
            return Speaker(people[0].name, people[0].name.role)
    return memory.recent


def _cue_of(copy: Copy, quote: Marked, following: int, said: list[_Said]) -> _Said | None:
    """The cue that tells the clause with the quote in it, or leads it in with a colon; else the one right behind the quote;
    else the last before it, or the next."""
    behind = [one for one in said if quote.end <= one.cue.start < following and _attached(copy, quote.end, one.cue)]
    if behind and _is_parted(copy, quote) and copy.count(quote.end, behind[0].cue.start) == 0:
        return behind[0]
    for one in said:
        if one.extent and one.extent[0] <= quote.start and quote.end <= one.extent[1] + 1:
            return one
    before = [one for one in said if one.cue.end <= quote.start]
    if before and _LEAD.search(copy.text[before[-1].cue.end : quote.start]):
        return before[-1]
    later = [one for one in said if one.cue.start >= quote.end]
    if not _is_parted(copy, quote):
        return next(iter(before[-1:] or behind or later), None)
    return next(iter(behind or before[-1:] or later), None)


def _is_parted(copy: Copy, quote: Marked) -> bool:
    """Do a comma, a dash or its own last sign part the quote from what follows, as they do before an attribution?"""
    inside = copy.text[quote.first : quote.last]
    following = copy.text[quote.end : quote.end + 3].strip()[:1]
    return inside[-1:] in _PARTS or following in _PARTS or not copy.has_case


def _incise(copy: Copy, memory: Memory, sentence: Sentence, quote: Marked) -> _Said | None:
    """An attribution within the marks: "…, a-t-il dit, …", "…, — сказал он. — …"."""
    for cue in sentence.within:
        if cue.kind not in ("say", "note") or not quote.first < cue.start < quote.last:
            continue
        number = cue.first
        while number > 0 and (copy.is_one_of("aux", number - 1) or copy.is_one_of("also", number - 1)):
            number -= 1
        lead = copy.text[copy.words[number - 1].end : copy.starts[number]].strip() if number else ""
        if not lead or lead[-1] not in _COMMAS or copy.starts[number] <= quote.first:
            continue
        behind = re.compile(r"[,.،，]|\s[—–-]").search(copy.text, cue.end, quote.last)
        end = behind.start() if behind else quote.last
        if copy.count(cue.end, end) > _INCISE:
            continue
        if copy.language not in ("fr",) and "—" not in lead and "–" not in lead:
            continue
        speaker = speaker_of(
            copy, memory, Sentence(sentence.start, sentence.end, (), ()), cue, copy.starts[number], end
        )
        return _Said(cue, speaker or memory.recent, None)
    return None


def _is_lead(copy: Copy, sentence: Sentence, quote: Marked) -> bool:
    """Does a person, or a few words, stand before the colon that leads the quote in?"""
    people = any(spot.name.kind == "person" for spot in copy.named(sentence.start, quote.start))
    return people or copy.count(sentence.start, quote.start) <= _BRIEF


def _alone(copy: Copy, sentence: Sentence, quote: Marked, goes_on: bool) -> bool:
    """Is the quote a sentence of its own, or nearly? One right behind another may be short."""
    words = copy.count(quote.first, quote.last)
    outside = copy.count(sentence.start, sentence.end) - words
    return (
        outside <= 2
        and words > (1 if goes_on else 2)
        and bool(_ENDS.search(copy.text[quote.first : sentence.end][-4:]))
    )


def _quotes(copy: Copy, quote: Marked, one: _Said, served: bool = False) -> bool:
    """Do these marks quote, there being a cue? Two words do, or one long as two."""
    cue = one.cue
    words = copy.count(quote.first, quote.last)
    if served and _is_aside(copy, quote, cue):
        return False
    return bool(words >= 2 or quote.last - quote.first >= (_SIGNS if copy.language == "zh" else 20))


def _is_aside(copy: Copy, quote: Marked, cue: Cue) -> bool:
    """Behind the verb of another quote: a title in capitals, "he wrote on his channel «Rate and Date»"."""
    inside = copy.text[quote.first : quote.last]
    return (
        (quote.start > cue.end or copy.language in VERB_LAST)
        and inside[:1].isupper()
        and copy.count(quote.first, quote.last) <= 5
        and inside[-1:] not in (".", "!", "?", "…")
        and (copy.count(cue.end, quote.start) >= 2 or copy.language in VERB_LAST)
        and not _LEAD.search(copy.text[cue.end : quote.start])
    )


def _indirect(copy: Copy, sentence: Sentence, said: list[_Said]) -> Iterator[Quote]:
    """What is told without marks, unless marked words stand for it."""
    for one in said:
        if one.extent and one.speaker:
            start, end = one.extent
            if not any(
                start <= quote.start and quote.end <= end + 1 and _quotes(copy, quote, one) for quote in sentence.quotes
            ):
                yield _quote(copy, start, end, one.speaker, _verb(copy, one.cue), direct=False)


def _goes_on(copy: Copy, memory: Memory, sentence: Sentence) -> list[Quote]:
    """German words told that run on without a verb: their own form tells (Er habe …, sie seien …)."""
    if sentence.cues or not memory.recent or not is_conditional(copy, sentence.start, sentence.end):
        return []
    marked = [quote for quote in sentence.quotes if copy.count(quote.first, quote.last) > 1]
    if marked:
        return [_quote(copy, one.first, one.last, memory.recent, memory.verb, direct=True) for one in marked]
    start, end = trimmed(copy.text, sentence.start, sentence.end)
    return [_quote(copy, start, end, memory.recent, memory.verb, direct=False)]


def _verb(copy: Copy, cue: Cue) -> str:
    """The verb as it stands, with its auxiliaries."""
    number = cue.first
    while (
        number > 0
        and copy.is_one_of("aux", number - 1)
        and not copy.text[copy.words[number - 1].end : copy.starts[number]].strip(" -'’")
    ):
        number -= 1
    return copy.text[min(cue.start, copy.starts[number]) if number < cue.first else cue.start : cue.end]


def _quote(copy: Copy, start: int, end: int, speaker: Speaker, verb: str, direct: bool) -> Quote:
    """Without a comma of the attribution at its end."""
    name = speaker.name
    if direct and copy.text[end - 1 : end] in (",", "،", "，"):
        end -= 1
    return Quote(
        text=copy.text[start:end],
        start=start,
        end=end,
        speaker=name.text if name else "",
        key=name.key if name else "",
        role=speaker.role or (name.role if name else ""),
        verb=verb,
        direct=direct,
    )
