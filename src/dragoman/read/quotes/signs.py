"""Where the signs stand that part the clauses of a text: found in one pass, asked for by two offsets. Pure.

comma   , ، ，  but within a number                hard    : ; and their like, a dash between blanks
break   all of these, | ! ? a line's end, and —
"""

import re
from bisect import bisect_left

# One set of signs at its head lets the search run fast over what lies between; what follows looks back at the sign found.
_SIGN = re.compile(r"[,،，:;：；؛|!?\n—–-](?:(?<![,–-])|(?<=,)(?:(?<!\d,)|(?!\d))|(?<=\s[–-])(?=\s))")
_DASHES = "—–-"
_COMMAS = ",،，"
_HARD = ":;：；؛"


class Signs:
    """Those of one text. A short dash begins with the blank before it and ends with the one behind."""

    def __init__(self, text: str) -> None:
        self._commas: list[int] = []
        self._hard: list[int] = []
        self._breaks: list[int] = []
        self._ends: list[int] = []
        for found in _SIGN.finditer(text):
            at, end = found.span()
            sign = text[at]
            if sign in _COMMAS:
                self._commas.append(at)
            elif sign in _HARD:
                self._hard.append(at)
            elif sign in _DASHES and at and text[at - 1].isspace() and text[end : end + 1].isspace():
                self._hard.append(at - 1)
                at, end = (at, end) if sign == "—" else (at - 1, end + 1)
            self._breaks.append(at)
            self._ends.append(end)

    def commas(self, start: int, end: int) -> list[int]:
        """The commas from `start` to `end`."""
        first = bisect_left(self._commas, start)
        return self._commas[first : bisect_left(self._commas, end, first)]

    def comma(self, start: int, end: int) -> int | None:
        """The first of them."""
        at = bisect_left(self._commas, start)
        return self._commas[at] if at < len(self._commas) and self._commas[at] < end else None

    def hard(self, start: int, end: int) -> int:
        """The first hard sign from `start` on, or `end`."""
        at = bisect_left(self._hard, start)
        return min(self._hard[at], end) if at < len(self._hard) else end

    def first_break(self, start: int, end: int) -> int:
        """The first break from `start` on, or `end`."""
        at = bisect_left(self._breaks, start)
        return min(self._breaks[at], end) if at < len(self._breaks) else end

    def last_break(self, start: int, end: int) -> tuple[int, int] | None:
        """From where to where the last break before `end` stands, where there is one."""
        at = bisect_left(self._breaks, end) - 1
        return None if at < 0 or self._breaks[at] < start else (self._breaks[at], min(self._ends[at], end))
