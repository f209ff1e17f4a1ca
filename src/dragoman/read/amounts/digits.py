"""Numbers in digits: which of the marks inside are decimal, by the number's shape and the language's habit. Pure.

    1,234.5   1.234,5   1 234,5   1’234   12,34,567   ١٬٢٣٤٫٥   all as one would read them
    1,234     1234 in English and Chinese; 1.234 where the comma is decimal      1.234   the other way round

Limits: Latin American Spanish groups by comma: 1,234 there is read as a decimal unless a second group shows it.
"""

import re

_SPACES = " \u00a0\u202f\u2009"
NUMBER = re.compile(rf"\d+(?:[.,٫٬'’]\d+|[{_SPACES}]\d{{3}}(?!\d))*")
_SPACE = re.compile(f"[{_SPACES}]")
_LONGEST = 32
"""Signs of a number; longer ones are serial numbers, and hostile ones."""
_COMMA_GROUPS = frozenset({"en", "zh", "ja", "ko", "ar", "th", "hi", "und"})
_POINT_GROUPS = frozenset({"az", "de", "es", "fr", "id", "it", "nl", "pt", "ru", "tr", "uk"})
_WIDE_SPACES = str.maketrans("", "", _SPACES + "'’٬")


def cut(run: str, language: str) -> str:
    """The part of a matched run that is one number: a plain space groups digits in other languages than English."""
    if run.isdecimal():
        return run
    head = _SPACE.split(run, 1)[0]
    if len(head) == len(run):
        return run
    if (language == "en" and " " in run) or len(head) > 3 or not head.isdecimal():
        return head
    return run


def value(run: str, language: str, money: bool = False) -> float | None:
    """The value of a number as it is written; None where its shape is no number's (a version, a list, a date). A number
    behind a sign of `money` ($26,750) is of those who group by commas."""
    if len(run) > _LONGEST:
        return None
    if run.isdecimal():
        return float(run)
    plain = run.translate(_WIDE_SPACES).replace("٫", ".") if "٫" in run or "٬" in run else run.translate(_WIDE_SPACES)
    commas, points = plain.count(","), plain.count(".")
    if commas and points:
        decimal = "," if plain.rindex(",") > plain.rindex(".") else "."
        groups = "." if decimal == "," else ","
        whole, _, rest = plain.rpartition(decimal)
        return _grouped(whole, groups, rest) if decimal not in whole else None
    mark = "," if commas else "."
    count = commas or points
    if count == 0:
        return float(plain)
    if count > 1:
        return _grouped(plain, mark, "")
    whole, _, rest = plain.partition(mark)
    in_groups = language in (_COMMA_GROUPS if mark == "," else _POINT_GROUPS) and "٫" not in run
    in_groups = in_groups or (money and mark == ",")
    if len(rest) == 3 and 0 < len(whole) <= 3 and whole != "0" and in_groups:
        return float(whole + rest)
    return float(f"{whole}.{rest}")


def _grouped(whole: str, mark: str, rest: str) -> float | None:
    """Groups of three, or of two before the last (as in India)."""
    first, *others = whole.split(mark)
    if others and (len(others[-1]) != 3 or not 0 < len(first) <= 3 or any(len(each) not in (2, 3) for each in others)):
        return None
    return float(f"{first}{''.join(others)}.{rest or 0}")
