"""Cleaning: what no reader ever sees goes; every letter, mark and sign stays as it was sent. Pure.

Direction marks and joiners stay (they are spelling in Arabic and Persian); control characters, non-characters and
byte order marks go. Newlines become ``\\n``.
"""

import re

_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef]")
_NEWLINE = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """`text` with ``\\n`` newlines and without control characters. Cleaning twice changes nothing."""
    if text.replace("\n", " ").replace("\t", " ").isprintable():
        return text  # the usual case, ten times as fast
    return _INVISIBLE.sub("", _NEWLINE.sub("\n", text))


def squeeze(text: str) -> str:
    """`text` on one line: every run of white space (no-break spaces too) is one space, none at the ends."""
    return " ".join(text.split())


def squeeze_lines(text: str) -> str:
    """`text` with the spaces of each line squeezed; line breaks stay, empty lines go."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
