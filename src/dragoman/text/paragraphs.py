"""Paragraphs of plain text, as scraped or wired: blank lines, single lines, or lines broken by hand. Pure."""

import re
from statistics import median

_BLANK = re.compile(r"\n\s*\n+")
_ENDS = re.compile(r"[.!?…:;。！？；：؟۔][\"'»”’)\]）」』]*$")
_WIDE = 90  # columns: wire copy broken by hand is narrower


def paragraphs(text: str) -> list[str]:
    """The paragraphs of `text` (newlines as ``\\n``); lines that were broken by hand are joined, lists keep their lines."""
    found: list[str] = []
    for chunk in _BLANK.split(text):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        if is_wrapped(lines):
            found.append(_joined(lines))
        else:
            found.extend(lines)
    return found


def is_wrapped(lines: list[str]) -> bool:
    """Were these `lines` one paragraph, broken by hand or by a mail program?"""
    if len(lines) < 2 or max(map(len, lines)) > _WIDE:
        return False
    inner = lines[:-1]
    if len(lines) == 2:
        return len(lines[0]) > 40 and lines[1][0].islower() and not ends_sentence(lines[0])
    if min(map(len, inner)) < 0.6 * median(map(len, inner)) or median(map(len, inner)) < 35:
        return False
    return sum(map(ends_sentence, inner)) * 2 < len(inner)


def ends_sentence(line: str) -> bool:
    """Does `line` end as a sentence does? A heading does not."""
    return bool(_ENDS.search(line))


def _joined(lines: list[str]) -> str:
    joined = lines[0]
    for line in lines[1:]:
        glue = "" if _is_cjk(joined[-1]) and _is_cjk(line[0]) else " "
        joined += glue + line
    return joined


def _is_cjk(sign: str) -> bool:
    return "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef"
