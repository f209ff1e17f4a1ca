"""Quotation marks paired to what stands between them, in one pass with a stack. Pure.

    «…»  »…«  “…”  „…“  ”…”  "…"  ‘…’  ‚…‘  '…'  ‹…›  ›…‹  「…」  『…』

A mark's neighbours say whether it opens or closes where the mark itself does not. A paragraph that opens again while a
quote runs on is the quote's next part; a Russian quote whose last mark serves a title as well («… «Title») ends with it.

Limits: of quotes within quotes the outer one is given; one quote runs over ten paragraphs at most without a new mark.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from dragoman.read.quotes.signs import places

_MARKS = "`'«»“”„‟\"＂‘’‚‛‹›「」『』﹁﹂"
_APOSTROPHES = "'‘’‚‛"
_DOUBLE = ("``", "''", ",,")
_FAMILY = {
    **dict.fromkeys(("«", "»"), "«"),
    **dict.fromkeys(("“", "”", "„", "‟", '"', "＂", "``", "''", ",,"), '"'),
    **dict.fromkeys(("‘", "’", "‚", "‛", "'"), "'"),
    **dict.fromkeys(("‹", "›"), "‹"),
    **dict.fromkeys(("「", "」", "﹁", "﹂"), "「"),
    **dict.fromkeys(("『", "』"), "『"),
}
_ONLY_OPEN = frozenset((*"„‚‟「『﹁", "``", ",,"))
_ONLY_CLOSE = frozenset((*"」』﹂", "''"))
_DEEP = 6
"""Quotes in quotes that are followed; deeper ones are no newspaper's."""
_RUNS = 10
"""Paragraphs."""
_MARGIN = "\n \t—–-"
_LINE_START = re.compile(r"(?:\A|\n)[ \t—–-]*\Z")
_INDENT = 8
"""Signs before a line's first mark."""
_AFTER_SPEECH = re.compile(r"\s*,?\s*[—–-]\s|\s*,\s")
_ENDING = ".!?…,。！？؟"


class Marked(Struct, frozen=True, gc=False):
    """What stands between quotation marks: the marks' own outer ends, the text's ends; `goes_on` where it is the next
    part of the one before it."""

    start: int
    end: int
    first: int
    last: int
    goes_on: bool = False


class _Open(Struct, gc=False):
    family: str
    sign: str
    start: int
    first: int
    paragraph: int
    goes_on: bool = False
    inner: int = 0
    """Where the last quote within it ended."""


def marked(text: str) -> list[Marked]:
    """The outermost quotes of `text`, in order, none overlapping."""
    found: list[Marked] = []
    stack: list[_Open] = []
    paragraph, line = 0, text.find("\n")
    for at, sign in _marks(text):
        while 0 <= line < at:
            if stack:
                found += _at_line_end(stack, text, line, paragraph)
            paragraph, line = paragraph + 1, text.find("\n", line + 1)
        _meet(text, sign, at, at + len(sign), paragraph, stack, found)
    if line < 0:
        line = len(text)
    found += _given_up(stack, text, line)
    return [one for one in found if text[one.first : one.last].strip()]


def _marks(text: str) -> list[tuple[int, str]]:
    """Every mark and where it stands, in order; no apostrophe within a word."""
    found: list[tuple[int, str]] = []
    behind = 0
    for at in sorted(places(text, _MARKS + "," if ",," in text else _MARKS)):
        sign = text[at]
        if at < behind:
            continue
        if sign in "`'," and text[at : at + 2] in _DOUBLE and (sign != "," or _begins_word(text, at + 2)):
            sign = text[at : at + 2]
        elif sign in "`," or (sign in _APOSTROPHES and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()):
            continue
        behind = at + len(sign)
        found.append((at, sign))
    return found


def _begins_word(text: str, at: int) -> bool:
    return text[at : at + 1].isalnum() or text[at : at + 1] == "_"


def _meet(text: str, sign: str, at: int, end: int, paragraph: int, stack: list[_Open], found: list[Marked]) -> None:
    """One mark: it closes what it fits, or opens."""
    family = _FAMILY[sign]
    before, after = text[at - 1 : at], text[end : end + 1]
    if family in "'‹" and sign != "‚" and not _begins(before, after) and not _ends(before, after):
        return
    depth = len(stack) - 1
    while depth >= 0 and stack[depth].family != family:
        depth -= 1
    opened = stack[depth] if depth >= 0 else None
    if opened and opened.paragraph < paragraph and _opens_line(text, sign, at, before):
        # The quote runs on, and its paragraph opens anew.
        del stack[depth:]
        if not stack:
            found.append(_closed(opened, text, text.rfind("\n", 0, at), text.rfind("\n", 0, at)))
        stack.append(_Open(family, sign, at, end, paragraph, goes_on=True))
    elif opened and _closes(sign, opened.sign, before, after):
        del stack[depth:]
        if stack:
            stack[-1].inner = end
        else:
            found.append(_closed(opened, text, at, end))
    elif _opens(sign, before, after) and len(stack) < _DEEP:
        stack.append(_Open(family, sign, at, end, paragraph))


def _opens_line(text: str, sign: str, at: int, before: str) -> bool:
    if sign in _ONLY_CLOSE or sign == "»":
        return False
    return not before or (before in _MARGIN and bool(_LINE_START.search(text, max(0, at - _INDENT), at)))


def _closes(sign: str, opened: str, before: str, after: str) -> bool:
    if sign in _ONLY_OPEN:
        return False
    if sign in _ONLY_CLOSE:
        return True
    if sign == "»":
        return opened == "«"
    if sign == "«":
        return opened == "»"
    if sign in "“‘" and opened in "„‚":
        return True
    if sign in "”’" and opened != sign:
        return sign == "”" or not after.isalnum()
    return _ends(before, after) or (sign in '"＂' and before >= "\u2e80")


def _opens(sign: str, before: str, after: str) -> bool:
    if sign in _ONLY_OPEN or sign == "«":
        return True
    if sign in _ONLY_CLOSE:
        return False
    if sign == "“":
        return not _ends(before, after)
    return _begins(before, after)


def _begins(before: str, after: str) -> bool:
    """Between `before` and `after`: can a word begin here? In Chinese it always can."""
    return bool(after) and not after.isspace() and not (_is_letter(before) or (before and before in ".,!?;…"))


def _ends(before: str, after: str) -> bool:
    """Between `before` and `after`: can a word end here, and none begin?"""
    return bool(before) and not before.isspace() and not _begins(before, after)


def _is_letter(sign: str) -> bool:
    return sign.isalnum() and sign < "\u2e80"


def _closed(opened: _Open, text: str, last: int, end: int) -> Marked:
    first = opened.first
    while first < last and (text[first].isspace()):
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return Marked(opened.start, max(end, last), first, last, opened.goes_on)


def _at_line_end(stack: list[_Open], text: str, line: int, paragraph: int) -> Iterator[Marked]:
    """At a line's end: single marks are closed or were apostrophes; straight ones that do not run on are given up, as
    are others that have run too far."""
    lowest = stack[0]
    if lowest.inner and lowest.family == "«" and _AFTER_SPEECH.match(text, lowest.inner, line):
        yield _closed(lowest, text, lowest.inner, lowest.inner)
        stack.clear()
    elif lowest.family in "'‹" or paragraph - lowest.paragraph >= _RUNS:
        stack.clear()
    else:
        stack[:] = [one for one in stack if one.family not in "'‹"]
        whole = text[line - 1 : line] in tuple(_ENDING)
        if lowest.family == '"' and lowest.sign not in "“„" and whole and not _reopens(text, line):
            yield from _given_up(stack, text, line)


def _reopens(text: str, line: int) -> bool:
    """Does the next paragraph open with a mark, or one of the next lines close one?"""
    at = line
    while at < len(text) and text[at].isspace():
        at += 1
    return text[at : at + 1] in ('"', "“", "”", "„", "＂")


def _given_up(stack: list[_Open], text: str, line: int) -> Iterator[Marked]:
    """A quote that nobody closed: to the end of its line where it opens one or follows a colon, and the line ends as a
    sentence does."""
    if stack:
        opened = stack[0]
        stack.clear()
        end = text.find("\n", opened.start)
        end = line if end < 0 else min(end, line)
        lead = text[max(0, opened.start - 3) : opened.start].rstrip(" ")
        if opened.inner and _AFTER_SPEECH.match(text, opened.inner, end):
            yield _closed(opened, text, opened.inner, opened.inner)
        elif (not lead or lead[-1] in ":：\n") and text[end - 1 : end] in tuple(_ENDING) and opened.family != "'":
            yield _closed(opened, text, end, end)
