"""Sentences of plain text in every script we serve; full stops of abbreviations, initials and numbers end none. Pure.

Limits: an abbreviation that is not listed ends a sentence where a capital follows; a sentence does not pass a line break; Thai
and Lao mark no end of a sentence but by a space, which may part clauses as well: a line of theirs is one sentence.
"""

import re
from collections.abc import Iterator

_HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_END = re.compile(
    r"(?:[.!?…؟۔]+[\"'»”’“«‹›‘)\]]*(?=\s|$))"
    rf"|(?:[。！？｡]|(?<=[{_HAN}])[!?])+[”’」』）)\"]*"
    r"|[։।॥።។။]+[\"'»”’)\]]*"  # Armenian, Devanagari, Ethiopic, Khmer, Burmese
    r"|\n+|\Z"
)
_ABBREVIATED = """
mr mrs ms dr prof st gen col sen rep gov no vs jr sr inc ltd co corp u.s u.k u.n e.g i.e a.m p.m jan feb mar apr jun jul
aug sep sept oct nov dec г гг г-н им ул т.е т.д т.п тыс млн млрд руб проф акад св mme mlle m av bd fig art z.b d.h u.a
bzw usw nr hr fr sra srta dra ud uds ee.uu pág etc lt maj sgt capt adm rev hon gov vol dept min д-р ген пос пр обл р-н
дол долл ст стр mlrd mln ca ggf sog vgl evtl inkl str mio mrd
"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_LONGEST = 64  # characters before a full stop that are looked at


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of `text` begins and ends, in code points, white space left out; cost grows with the length."""
    start = 0
    for end in _END.finditer(text):
        at = end.start()
        if text[at : at + 1] == "." and _abbreviates(text[max(0, at - _LONGEST) : at], text[end.end() : end.end() + 8]):
            continue
        yield from _trimmed(text, start, end.end())
        start = end.end()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def first_sentence(text: str) -> str:
    """The first sentence of `text`, which may pass a line break; empty where there is none."""
    joined = text.strip().replace("\n", " ")
    first = next(sentences(joined), None)
    return joined[first[0] : first[1]] if first else ""


def _abbreviates(before: str, after: str) -> bool:
    word = before.rsplit(None, 1)[-1].lstrip("(\"'«“„") if before.strip() else ""
    if word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()):
        return True
    following = after.lstrip()[:1]
    return following.islower() or (word.isdigit() and len(word) < 3)
