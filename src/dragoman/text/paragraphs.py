"""Paragraphs and sentences of plain text, as scraped or wired: blank lines, single lines, or lines broken by hand. Pure."""

import re
from statistics import median

_BLANK = re.compile(r"\n\s*\n+")
_ENDS = re.compile(r"[.!?…:;。！？；：؟۔][\"'»”’)\]）」』]*$")
_WIDE = 90  # columns: wire copy broken by hand is narrower
_SENTENCE_END = re.compile(r"(?:[.!?…؟۔]+[\"'»”’)\]]*(?=\s|$))|(?:[。！？]+[”’」』）]*)")
_ABBREVIATED = """
mr mrs ms dr prof st gen col sen rep gov no vs jr sr inc ltd co corp u.s u.k u.n e.g i.e a.m p.m jan feb mar apr jun jul
aug sep sept oct nov dec г гг г-н им ул т.е т.д т.п тыс млн млрд руб проф акад св mme mlle m av bd fig art z.b d.h u.a
bzw usw nr hr fr sra srta dra ud uds ee.uu pág etc
"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())


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


def first_sentence(text: str) -> str:
    """The first sentence of `text`; full stops of abbreviations, initials and numbers do not end one."""
    for match in _SENTENCE_END.finditer(text):
        before = text[: match.start()]
        if text[match.start()] != "." or not _abbreviates(before, text[match.end() :]):
            return text[: match.end()].strip()
    return text.strip()


def _abbreviates(before: str, after: str) -> bool:
    word = before.rsplit(None, 1)[-1].lstrip("(\"'«“„") if before.strip() else ""
    if word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()):
        return True
    following = after.lstrip()[:1]
    return following.islower() or (word.isdigit() and len(word) < 3)


def _joined(lines: list[str]) -> str:
    joined = lines[0]
    for line in lines[1:]:
        glue = "" if _is_cjk(joined[-1]) and _is_cjk(line[0]) else " "
        joined += glue + line
    return joined


def _is_cjk(sign: str) -> bool:
    return "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef"
