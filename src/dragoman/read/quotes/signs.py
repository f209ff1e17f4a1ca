"""Where the signs stand that part the clauses of a text: found at once, asked for by two offsets. Pure.

comma   , ، ，  but within a number                hard    : ; and their like, a dash between blanks
break   all of these, | ! ? a line's end, and —
"""

from bisect import bisect_left

_COMMAS = ",،，"
_HARD = ":;：；؛"
_OTHER = "|!?\n—"
_SHORT_DASHES = "–-"


def places(text: str, signs: str) -> list[int]:
    """Where `signs` stand in `text`, one sign after the other. Looked for singly they are found sooner than by a pattern."""
    found: list[int] = []
    for sign in signs:
        at = text.find(sign)
        while at >= 0:
            found.append(at)
            at = text.find(sign, at + 1)
    return found


class Signs:
    """Those of one text. A short dash begins with the blank before it and ends with the one behind."""

    def __init__(self, text: str) -> None:
        commas = sorted(places(text, _COMMAS))
        hard = places(text, _HARD)
        short = [at - 1 for at in places(text, _SHORT_DASHES) if _is_parted(text, at)]
        long = [at - 1 for at in places(text, "—") if _is_parted(text, at)]
        self._commas = [
            at for at in commas if not (text[at - 1 : at].isdecimal() and text[at + 1 : at + 2].isdecimal())
        ]
        self._hard = sorted([*hard, *short, *long])
        self._breaks = sorted([*self._commas, *hard, *short, *places(text, _OTHER)])
        self._ends = {at: at + 3 for at in short}

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
        if at < 0 or self._breaks[at] < start:
            return None
        last = self._breaks[at]
        return last, min(self._ends.get(last, last + 1), end)


def _is_parted(text: str, at: int) -> bool:
    """Does a dash stand between blanks?"""
    return at > 0 and text[at - 1].isspace() and text[at + 1 : at + 2].isspace()
