"""The quotes of a text, sentence by sentence: each with the cue it hangs on, its speaker, its verb. Pure.

What stands in quotation marks is a quote where a cue stands beside it, where it is a sentence of its own, or where it is part
of what a cue tells: then the marked words stand for the clause. One word is none.
"""

import re
from collections.abc import Iterator

from dragoman.model.reading import Quote
from dragoman.read.quotes.cases import VERB_LAST, is_object
from dragoman.read.quotes.clauses import is_conditional, trimmed
from dragoman.read.quotes.copy import Copy, Sentence
from dragoman.read.quotes.cues import Cue
from dragoman.read.quotes.marks import Marked
from dragoman.read.quotes.memory import Memory, Speaker
from dragoman.read.quotes.said import COMMAS, LEAD, Said, attached, said_in
from dragoman.read.quotes.who import led_in_by, speaker_of
from dragoman.read.quotes.words import ALSO, AUX

_BRIEF = 6
"""Words before a colon that lead a quote in without a verb and a name."""
_INCISE = 9
"""Words of an attribution within the marks."""
_INCISE_END = re.compile(r"[,.،，]|\s[—–-]")
_ENDS = re.compile(r"[.!?…。！？؟,，،]\s*[»«›‹”“\"’‘'」]*\.?$")
_PARTS = (",", "،", "，", "—", "–", "-", "!", "?", "…")
_SIGNS = 4
"""Chinese signs of a quote."""


def quotes_of(copy: Copy) -> Iterator[Quote]:
    """The quotes in order."""
    memory = Memory(copy)
    goes_on = False
    is_german = copy.language == "de"
    for sentence in copy.sentences:
        if not (sentence.cues or sentence.quotes or (goes_on and is_german)):
            memory.passed(sentence, spoke=False)
            goes_on = False
            continue
        said = said_in(copy, memory, sentence) if sentence.cues else []
        found = [*_direct(copy, memory, sentence, said, goes_on)] if sentence.quotes else []
        if said:
            found += _indirect(copy, sentence, said)
        elif goes_on and is_german and not found:
            found = _goes_on(copy, memory, sentence)
        spoke = False
        for one in said:
            memory.heard(one.speaker)
            spoke = spoke or one.speaker.name is not None
        memory.passed(sentence, spoke)
        goes_on = bool(found or (sentence.cues and is_german))
        if found:
            memory.verb = found[-1].verb or memory.verb
            yield from sorted(found, key=_start) if len(found) > 1 else found


def _start(quote: Quote) -> int:
    return quote.start


def _direct(copy: Copy, memory: Memory, sentence: Sentence, said: list[Said], goes_on: bool) -> Iterator[Quote]:
    for number, quote in enumerate(sentence.quotes):
        following = sentence.quotes[number + 1].start if number + 1 < len(sentence.quotes) else sentence.end
        one = _cue_of(copy, quote, following, said)
        if sentence.within and (one is None or not one.speaker.name):
            incise = _incise(copy, memory, sentence, quote)
            if incise:
                said.append(incise)
                one = incise
        served = one is not None and number > 0 and sentence.quotes[0].end <= one.cue.start
        if one and _quotes(copy, quote, one, served):
            yield _quote(copy, quote.first, quote.last, one.speaker, _verb(copy, one.cue), direct=True)
        elif one is None:
            if LEAD.search(copy.text[sentence.start : quote.start]) and _is_lead(copy, sentence, quote):
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


def _cue_of(copy: Copy, quote: Marked, following: int, said: list[Said]) -> Said | None:
    """The cue that tells the clause with the quote in it, or leads it in with a colon; else the one right behind the quote;
    else the last before it, or the next."""
    if not said:
        return None
    before = later = behind = None
    for one in said:
        if one.cue.end <= quote.start:
            before = one
        elif one.cue.start >= quote.end:
            later = later or one
            if behind is None and one.cue.start < following and attached(copy, quote.end, one.cue):
                behind = one
    parted = _is_parted(copy, quote)
    if behind and parted and copy.word_at(quote.end) == behind.cue.at:
        return behind
    for one in said:
        if one.extent and one.extent[0] <= quote.start and quote.end <= one.extent[1] + 1:
            return one
    if before and LEAD.search(copy.text[before.cue.end : quote.start]):
        return before
    return (behind or before or later) if parted else (before or behind or later)


def _is_parted(copy: Copy, quote: Marked) -> bool:
    """Do a comma, a dash or its own last sign part the quote from what follows, as they do before an attribution?"""
    inside = copy.text[quote.first : quote.last]
    following = copy.text[quote.end : quote.end + 3].strip()[:1]
    return inside[-1:] in _PARTS or following in _PARTS or not copy.has_case


def _incise(copy: Copy, memory: Memory, sentence: Sentence, quote: Marked) -> Said | None:
    """An attribution within the marks: "…, a-t-il dit, …", "…, — сказал он. — …"."""
    for cue in sentence.within:
        if cue.kind not in ("say", "note") or not quote.first < cue.start < quote.last:
            continue
        number = cue.first
        while number > 0 and (copy.flags[number - 1] & (AUX | ALSO)):
            number -= 1
        lead = copy.text[copy.ends[number - 1] : copy.starts[number]].strip() if number else ""
        if not lead or lead[-1] not in COMMAS or copy.starts[number] <= quote.first:
            continue
        behind = _INCISE_END.search(copy.text, cue.end, quote.last)
        end = behind.start() if behind else quote.last
        if copy.word_at(end) - cue.last - 1 > _INCISE:
            continue
        if copy.language not in ("fr",) and "—" not in lead and "–" not in lead:
            continue
        within = Sentence(sentence.start, sentence.end, kinds=sentence.kinds)
        speaker = speaker_of(copy, memory, within, cue, copy.starts[number], end)
        return Said(cue, speaker or memory.recent, None)
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


def _quotes(copy: Copy, quote: Marked, one: Said, served: bool = False) -> bool:
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
        and (copy.word_at(quote.start) - cue.last - 1 >= 2 or copy.language in VERB_LAST)
        and not LEAD.search(copy.text[cue.end : quote.start])
    )


def _indirect(copy: Copy, sentence: Sentence, said: list[Said]) -> Iterator[Quote]:
    """What is told without marks, unless marked words stand for it."""
    for one in said:
        if one.extent and one.speaker:
            start, end = one.extent
            if not sentence.quotes or not any(
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
    while copy.flags[number - 1] & AUX and not copy.text[copy.ends[number - 1] : copy.starts[number]].strip(" -'’"):
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
