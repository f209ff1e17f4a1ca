"""Where words told end: before a quote of their own, another speaker's clause, or who reported it. Pure."""

import re

from dragoman.read.quotes.clauses import COMMA, FEWEST, Extent
from dragoman.read.quotes.copy import Copy, Sentence
from dragoman.read.quotes.cues import Cue
from dragoman.read.quotes.words import AND, BUT, THAT, WHILE

_NAME_WITHIN = 5
"""Words between "but" and the name of another speaker."""
_REPORTED = 7
"""Words of ", CNN reported on Monday"."""
_SEMICOLON = re.compile(r"[;؛]\s")


def before_quote(copy: Copy, sentence: Sentence, start: int, end: int) -> Extent:
    """Without a quote at the end that a comma, a colon or another "that" parts from what is told."""
    for quote in sentence.quotes:
        if not start < quote.start < end:
            continue
        if copy.text[start : quote.start].rstrip()[-1:] in (",", "،", "，", ":", "："):
            return start, quote.start
        if copy.count(quote.first, quote.last) < FEWEST:
            continue
        number = copy.word_at(quote.start) - 1
        while copy.starts[number] > start:
            joined = copy.flags[number] & THAT and (copy.flags[number - 1] & AND or copy.small[number][:1] == "و")
            if joined:
                return start, copy.starts[number - (copy.small[number][:1] != "و")]
            number -= 1
        comma = copy.text.rfind("，", start, quote.start)
        if copy.language == "zh" and comma > start:
            return start, comma
    return start, end


def before_another(copy: Copy, sentence: Sentence, cue: Cue, start: int, end: int) -> Extent:
    """Without a clause at the end that is somebody else's: ", while …", ", but Y …", "; …", and without who reported it:
    ", CNN reported"."""
    stop = _SEMICOLON.search(copy.text, start, end) if copy.language != "zh" else None
    end = stop.start() if stop else end
    told_here = start >= cue.end
    for comma in COMMA.finditer(copy.text, start, end) if told_here else ():
        number = copy.word_at(comma.end())
        if copy.flags[number] & WHILE:
            return start, comma.start()
        if copy.flags[number] & BUT and any(
            copy.count(comma.end(), spot.start) <= _NAME_WITHIN
            and (
                copy.count(comma.end(), spot.start) <= 2
                or any(spot.end <= other.start < end for other in sentence.cues)
            )
            for spot in copy.named(comma.end(), end)[:1]
        ):
            return start, comma.start()
    if told_here:
        commas = [found.start() for found in COMMA.finditer(copy.text, start, end)][-1:]
        last = [other for other in sentence.cues if commas and other.start > commas[0]]
        if (
            last
            and copy.count(commas[0], end) <= _REPORTED
            and last[0].kind in ("say", "after")
            and end == sentence.end
        ):
            return start, commas[0]
    return start, end
