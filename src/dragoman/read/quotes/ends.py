"""Where words told end: before a quote of their own, another speaker's clause, or who reported it. Pure."""

import re

from dragoman.read.quotes.clauses import FEWEST, Extent
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
    if sentence.quotes and copy.language != "zh":  # else a semicolon has ended the sentence
        stop = _SEMICOLON.search(copy.text, start, end)
        end = stop.start() if stop else end
    follows = sentence.cues[-1].start > start
    if start < cue.end or not (follows or sentence.kinds & (WHILE | BUT)):
        return start, end
    commas = copy.signs.commas(start, end)
    for comma in commas if sentence.kinds & (WHILE | BUT) else ():
        flag = copy.flags[copy.word_at(comma)]
        if flag & WHILE or (flag & BUT and _is_of_another(copy, sentence, comma, end)):
            return start, comma
    if commas and follows and end == sentence.end and copy.count(commas[-1], end) <= _REPORTED:
        last = next((other for other in sentence.cues if other.start > commas[-1]), None)
        if last and last.kind in ("say", "after"):
            return start, commas[-1]
    return start, end


def _is_of_another(copy: Copy, sentence: Sentence, comma: int, end: int) -> bool:
    """Does a name stand soon behind "but", and a verb behind it where it does not come at once?"""
    for spot in copy.named(comma, end)[:1]:
        words = copy.count(comma, spot.start)
        return words <= 2 or (words <= _NAME_WITHIN and any(spot.end <= other.start < end for other in sentence.cues))
    return False
