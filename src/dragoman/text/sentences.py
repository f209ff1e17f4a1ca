"""Sentences of plain text in every script we serve; full stops of abbreviations, initials and numbers end none. Pure.

Limits: an abbreviation that is not listed ends a sentence where a capital follows; a sentence does not pass a line break; Thai
and Lao mark no end of a sentence but by a space, which may part clauses as well: a line of theirs is one sentence.
"""

import re
from collections.abc import Iterator

_HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_END = re.compile(
    r"(?:[.!?…؟۔]++[\"'»”’“«‹›‘)\]]*+(?=\s|$))"
    rf"|(?:[。！？｡]|(?<=[{_HAN}])[!?])+[”’」』）)\"]*"
    r"|[։।॥።។။]+[\"'»”’)\]]*"  # Armenian, Devanagari, Ethiopic, Khmer, Burmese
    r"|\n+"
)
_MAY_END = re.compile(r"[.!?…؟۔。！？｡։।॥።។။\n]")
"""The signs with which an end begins: looking for one of them is quicker than trying at every sign what an end may be."""
_STOPS = re.compile(r"[.!?…؟۔]+")
"""Of a run of these the first says whether a sentence ends there."""
_ABBREVIATED = """
mr mrs ms dr prof st gen col sen rep gov no vs jr sr inc ltd co corp u.s u.k u.n e.g i.e a.m p.m jan feb mar apr jun jul
aug sep sept oct nov dec г гг г-н им ул т.е т.д т.п тыс млн млрд руб проф акад св mme mlle m av bd fig art z.b d.h u.a
bzw usw nr hr fr sra srta dra ud uds ee.uu pág etc lt maj sgt capt adm rev hon gov vol dept min д-р ген пос пр обл р-н
дол долл ст стр mlrd mln ca ggf sog vgl evtl inkl str mio mrd د
"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_LONGEST = 64  # characters before a full stop that are looked at


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of `text` begins and ends, in code points, white space left out; cost grows with the length."""
    start = looked_at = 0
    for sign in _MAY_END.finditer(text):
        at = sign.start()
        if at < looked_at:
            continue
        end = _END.match(text, at)
        looked_at = (end or _STOPS.match(text, at) or sign).end()
        if end is None:
            continue
        if text[at] == "." and _abbreviates(text[max(0, at - _LONGEST) : at], text[looked_at : looked_at + 8]):
            continue
        if sentence := _trimmed(text, start, looked_at):
            yield sentence
        start = looked_at
    if sentence := _trimmed(text, start, len(text)):
        yield sentence


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
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
