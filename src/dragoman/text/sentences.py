"""Sentences of plain text in every script we serve; full stops of abbreviations, initials and numbers end none. Pure.

Limits: an abbreviation that is not listed ends a sentence where a capital follows; a sentence does not pass a line break; Thai
and Lao mark no end of a sentence but by a space, which may part clauses as well: a line of theirs is one sentence.
"""

import re
from collections.abc import Iterator

_HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_STOPS, _WIDE, _OTHERS = ".!?…؟۔", "。！？｡", "։।॥።។"
"""Signs that end a sentence: before a space or the end; wherever they stand; the same of Armenian, Devanagari, Ethiopic, Khmer
and Burmese."""
_END = re.compile(
    # It begins with the sign itself: whatever else stands in a text is passed over without a try.
    rf"[{_STOPS}{_WIDE}{_OTHERS}\n](?:"
    # Of a run of stops the first says whether a sentence ends there.
    rf"(?<![{_STOPS}][{_STOPS}])(?<=[{_STOPS}])[{_STOPS}]*+[\"'»”’“«‹›‘)\]]*+(?=\s|$)"
    rf"|(?:(?<=[{_WIDE}])|(?<=[{_HAN}][!?]))(?:[{_WIDE}]|(?<=[{_HAN}])[!?])*+[”’」』）)\"]*+"
    rf"|(?<=[{_OTHERS}])[{_OTHERS}]*+[\"'»”’)\]]*+"
    r"|(?<=\n)\n*+)"
)
_ABBREVIATED = """
mr mrs ms dr prof st gen col sen rep gov no vs jr sr inc ltd co corp u.s u.k u.n e.g i.e a.m p.m jan feb mar apr jun jul
aug sep sept oct nov dec г гг г-н им ул т.е т.д т.п тыс млн млрд руб проф акад св mme mlle m av bd fig art z.b d.h u.a
bzw usw nr hr fr sra srta dra ud uds ee.uu pág etc lt maj sgt capt adm rev hon gov vol dept min д-р ген пос пр обл р-н
дол долл ст стр mlrd mln ca ggf sog vgl evtl inkl str mio mrd د
"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_LONGEST = 16  # characters before a full stop that are looked at: an abbreviation, and what opens before it


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of `text` begins and ends, in code points, white space left out; cost grows with the length."""
    start = 0
    for sign in _END.finditer(text):
        at, end = sign.span()
        if text[at] == "." and _abbreviates(text[max(0, at - _LONGEST) : at], text[end : end + 8]):
            continue
        if sentence := _trimmed(text, start, end):
            yield sentence
        start = end
    if sentence := _trimmed(text, start, len(text)):
        yield sentence


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    told = text[start:end].rstrip()
    end = start + len(told)
    start = end - len(told.lstrip())
    return (start, end) if start < end else None


def first_sentence(text: str) -> str:
    """The first sentence of `text`, which may pass a line break; empty where there is none."""
    joined = text.strip().replace("\n", " ")
    first = next(sentences(joined), None)
    return joined[first[0] : first[1]] if first else ""


def _abbreviates(before: str, after: str) -> bool:
    following = after.lstrip()[:1]
    if following.islower():
        return True
    words = before.rsplit(None, 1)
    word = words[-1].lstrip("(\"'«“„") if words else ""
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()) or (len(word) < 3 and word.isdigit())
