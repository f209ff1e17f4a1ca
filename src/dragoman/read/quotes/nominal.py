"""Azerbaijani words told as a noun: "X layihənin bitdiyini bildirib". Told is what stands between speaker and verb. Pure."""

import re

from dragoman.read.quotes.cases import is_object
from dragoman.read.quotes.clauses import CLAUSE, FEWEST, Extent
from dragoman.read.quotes.copy import Copy
from dragoman.read.quotes.cues import Cue
from dragoman.read.quotes.words import ALSO, SOURCE

_NOMINAL = re.compile(
    r"(?:d[ıiuü][ğgyqk]|[aə]c[aə][kğgy]|ece[ğgk]|l[ıiuü][ğgy](?=[ıiuü]n))"
    r"(?:[ıiuü]n?|[ıiuü]n[ıiuü]n?|lar[ıi]n?[ıi]?|l[əe]r[ıi]n?[ıi]?)(?:n[ıiuü]|a|ə|d[aə]n?)?$"
)
_GENITIVE = re.compile(r"[ıiuü]n$")
_AT_EVENT = re.compile(
    r"(?:açıqlama|müsahibə|çıxış|brifinq|bəyanat|iclas|görüş|konfrans|mərasim|tədbir|paylaşım|müraciət|söhbət)\w*d[aə]$"
)
"""Where it was said, between the subject and what is told."""
_AZ_LEAD = 6
"""Words behind an Azerbaijani subject that may say where and to whom."""


def nominal(copy: Copy, cue: Cue, left: int) -> Extent | None:
    """ "X …-diyini bildirib": told is what stands between the subject and the verb."""
    number = cue.first - 1
    while number > 0 and copy.flags[number] & ALSO:
        number -= 1
    if number < 0 or copy.starts[number] < left or not _NOMINAL.search(copy.small[number]):
        return None
    able = [spot for spot in copy.named(left, cue.start) if cue.at - copy.word_at(spot.end) >= CLAUSE]
    able = [spot for spot in able if not is_object(copy, spot)]
    people = [spot for spot in able if spot.name.kind == "person"] or able
    commas = [at + 1 for at in copy.signs.commas(left, cue.start)]
    if people:
        start = people[-1].end
    elif commas and cue.at - copy.word_at(commas[0]) >= FEWEST:
        start = commas[-1] if cue.at - copy.word_at(commas[-1]) >= FEWEST else commas[0]
    else:
        start = _genitive_at(copy, left, cue.first)
    for lead in range(copy.word_at(start), min(copy.word_at(start) + _AZ_LEAD, number)):
        if copy.flags[lead] & SOURCE or copy.small[lead] == "isə" or _AT_EVENT.match(copy.small[lead]):
            start = copy.ends[lead]
    return start, cue.start


def _genitive_at(copy: Copy, left: int, behind: int) -> int:
    """Where the told clause's own subject begins, a genitive soon behind a speaker who is only a role."""
    first = copy.word_at(left)
    if not _GENITIVE.search(copy.small[first]):
        for number in range(first + 1, min(first + 4, behind)):
            if _GENITIVE.search(copy.small[number]):
                return copy.starts[number]
    return left
