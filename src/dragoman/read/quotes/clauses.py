"""What the finders of words told share: where clauses part, how long one must be, its ends without signs. Pure."""

from dragoman.read.quotes.copy import Copy
from dragoman.read.quotes.words import ALSO, AUX, CONDITIONAL, THIRD

FEWEST = 2
"""Words told; where nothing but the verb tells that there are words told, one more."""
CLAUSE = 3
"""Words of a clause told before "said the minister", which might else be an adverb."""
SUBJECT = 8
"""Words of a subject between comma and verb, or behind an inverted verb."""
_TRIM = " \t\n\u3000,،，;:：—–-’"

Extent = tuple[int, int]


def is_plain(copy: Copy, start: int, end: int) -> bool:
    """Are all words from `start` to `end` auxiliaries, or "also"?"""
    return all(flag & (ALSO | AUX) for flag in copy.flags[copy.word_at(start) : copy.word_at(end)])


def is_conditional(copy: Copy, start: int, end: int) -> bool:
    """Is there a German verb in the form of words told (Konjunktiv)?"""
    for number in range(copy.word_at(start), copy.word_at(end)):
        if copy.flags[number] & CONDITIONAL and copy.text[copy.starts[number]].islower():
            return True
        word = copy.small[number]
        if word.endswith("e") and not word.endswith("te") and copy.flags[number - 1] & THIRD:
            return copy.starts[number - 1] >= start
    return False


def trimmed(text: str, start: int, end: int) -> Extent:
    """Without white space and commas at its ends, and the full stop."""
    start = end - len(text[start:end].lstrip(_TRIM))
    while start < end and text[start] == "'" and text[start - 1 : start].isalpha():
        start = end - len(text[start + 1 : end].lstrip(_TRIM))  # an apostrophe is what "qu'" leaves
    end = start + len(text[start:end].rstrip(_TRIM))
    return start, end - 1 if text[end - 1 : end] in (".", "。", "۔") else end
