"""The words beside a verb that say who speaks where no name does: "the minister", "a source in the ministry". Pure."""

import re

from dragoman.read.quotes.cases import is_object
from dragoman.read.quotes.copy import Copy
from dragoman.read.quotes.words import ALSO, ARTICLE, AUX, BODY, SOURCE, TO, WHICH

_ROLE = 9
"""Words of a role at most."""
_CASES = re.compile(r"(?:d[aəe]n?|l[aəe]r[ıi]n?|[ıiuü]n|[ıi]n[aəe])$")
GENITIVES = frozenset({"of", "for", "de", "du", "des", "d", "del", "von", "der", "vom"})


def role_of(copy: Copy, start: int, end: int, any_case: bool = False) -> str:
    """The words from `start` to `end` as a role, without what is only time, place or manner."""
    first, behind = copy.word_at(start), copy.word_at(end)
    while first < behind and (copy.flags[first] & (ALSO | AUX)):
        first += 1
    while first < behind and (copy.flags[behind - 1] & (ALSO | AUX)):
        behind -= 1
    ends = WHICH | ARTICLE if copy.language == "de" else WHICH
    for number in range(first + 1, behind):
        if copy.flags[number] & ends and number > first + 1:
            behind = number
            break
        if copy.flags[number] & TO and copy.small[number] not in GENITIVES:
            behind = number
            break
    if first >= behind or behind - first > _ROLE or copy.flags[first] & TO:
        return ""
    if any(
        is_object(copy, spot)
        for spot in copy.named(copy.starts[first], copy.ends[behind - 1])[:1]
        if spot.start == copy.starts[first]
    ):
        return ""
    in_case = copy.language in ("az", "tr") and _CASES.search(copy.small[behind - 1])
    if in_case and not any_case and not copy.flags[behind - 1] & BODY:
        return ""
    return copy.text[copy.starts[first] : copy.ends[behind - 1]]


def article_at(copy: Copy, start: int, end: int) -> int:
    """Where the subject's article stands behind "said on Monday", among the next words, else `start`."""
    first = copy.word_at(start)
    for number in range(first, min(first + 3, copy.word_at(end))):
        if copy.flags[number] & ARTICLE and not copy.flags[number - 1] & TO:
            return copy.starts[number]
    return start


def words_on(copy: Copy, number: int, count: int) -> int:
    return copy.ends[min(number + count, len(copy.ends)) - 1]


def has_source(copy: Copy, start: int, end: int) -> bool:
    """Does an unnamed source stand from `start` to `end`, in no name?"""
    first = copy.word_at(start)
    for number, flag in enumerate(copy.flags[first : copy.word_at(end)], first):
        if flag & SOURCE:
            at = copy.starts[number]
            if not any(spot.start <= at < spot.end for spot in copy.named(max(0, at - 120), at + 120)):
                return True
    return False
