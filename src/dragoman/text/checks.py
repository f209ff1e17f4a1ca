"""What is wrong with a translation before it is published: what blocks it, what only warns. Pure.

Each check is a function in a table; it looks at one segment and says what it found, or nothing.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final, Literal

from msgspec import Struct, field

from dragoman.text.script import scripts
from dragoman.text.segments import Segment, Segments

Weight = Literal["blocks", "warns"]


class Finding(Struct, frozen=True, kw_only=True):
    """`rule` names the words that say what is wrong; `detail` what was found, as in the text."""

    id: str
    rule: str
    weight: Weight
    detail: str = ""


class Limits(Struct, frozen=True, kw_only=True):
    """The longest target of each kind in characters: beyond `hard` it is refused, beyond `soft` it warns."""

    soft: Mapping[str, int] = field(
        default_factory=lambda: {"headline": 120, "summary": 600, "caption": 500, "dateline": 120}
    )
    hard: int = 20_000


SCRIPTS: Final[dict[str, tuple[str, ...]]] = {
    "ar": ("Arabic",),
    "fa": ("Arabic",),
    "he": ("Hebrew",),
    "ru": ("Cyrillic",),
    "uk": ("Cyrillic",),
    "kk": ("Cyrillic", "Latin"),
    "zh": ("Han",),
    "ja": ("Kana", "Han"),
    "ko": ("Hangul", "Han"),
    "ka": ("Georgian",),
    "el": ("Greek",),
    "hy": ("Armenian",),
}
"""What a language is written in; those that are not here are written in Latin."""
_MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|&(?:[a-z]{2,8}|#\d{2,6});|\{\{|\}\}|<%|%>")
_NUMBER = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3}(?!\d))+(?:[.,٫]\d+)?|\d+(?:[.,٫٬'’]\d+)*"  # 1 500,25 · 1,500.25 · 12.30
)
_HAN_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "两": "2"}
_HAN_NUMBER = re.compile(f"[{''.join(_HAN_DIGITS)}十百千]+")


def findings(segments: Segments, language: str, limits: Limits | None = None) -> tuple[Finding, ...]:
    """All that is wrong, in the order of the text, what blocks first in each segment."""
    found = [
        Finding(id=one.id, rule=rule, weight=weight, detail=detail)
        for one in segments
        for rule, weight, check in _CHECKS
        if (detail := check(one, language, limits or Limits())) is not None
    ]
    return tuple(found)


def blocking(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that have to be put right first."""
    return tuple(one for one in found if one.weight == "blocks")


Check = Callable[[Segment, str, Limits], str | None]


def _empty(one: Segment, language: str, limits: Limits) -> str | None:
    return "" if one.source.strip() and not one.target.strip() else None


def _unlooked(one: Segment, language: str, limits: Limits) -> str | None:
    return "" if one.was and one.target.strip() else None


def _markup(one: Segment, language: str, limits: Limits) -> str | None:
    match = _MARKUP.search(one.target)
    return match[0] if match and match[0] not in one.source else None


def _endless(one: Segment, language: str, limits: Limits) -> str | None:
    return str(len(one.target)) if len(one.target) > limits.hard else None


def _long(one: Segment, language: str, limits: Limits) -> str | None:
    most = limits.soft.get(one.kind)
    return f"{len(one.target)} > {most}" if most and most < len(one.target) <= limits.hard else None


def _numbers(one: Segment, language: str, limits: Limits) -> str | None:
    """A number of the source that ours has not. Digits of any script count; a Chinese text may write small ones out."""
    if not one.target.strip() or one.kind == "dateline":
        return None
    there = Counter(numbers(one.target))
    spelt = _spelt(one.target) if language.split("-")[0] in ("zh", "ja") else frozenset()
    missing = [n for n in Counter(numbers(one.source)) - there if n not in spelt]
    return ", ".join(missing) if missing else None


def numbers(text: str) -> list[str]:
    """The numbers of `text` as plain digits, without what groups thousands; ``١٫٥`` and ``1,5`` and ``1.5`` are one."""
    return [_plain(found) for found in _NUMBER.findall(_western(text))]


def _western(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _plain(number: str) -> str:
    parts = re.split(r"[.,٫٬'’\u00a0\u202f ]", number)
    grouped = all(len(part) == 3 for part in parts[1:])
    return "".join(parts) if grouped else ".".join(parts)


def _spelt(text: str) -> frozenset[str]:
    """Chinese numbers up to 9,999 as written with signs: ``二十三`` is 23, ``二〇二六`` is 2026."""
    return frozenset(str(_value(found)) for found in _HAN_NUMBER.findall(text))


def _value(signs: str) -> int:
    units = {"十": 10, "百": 100, "千": 1000}
    if not any(sign in units for sign in signs):
        return int("".join(_HAN_DIGITS[sign] for sign in signs))
    total, digit = 0, 0
    for sign in signs:
        if sign in units:
            total, digit = total + (digit or 1) * units[sign], 0
        else:
            digit = int(_HAN_DIGITS[sign])
    return total + digit


def _script(one: Segment, language: str, limits: Limits) -> str | None:
    """More than half the letters are of a script the language is not written in. Names in Latin are no fault."""
    usual = SCRIPTS.get(language.split("-")[0], ("Latin",))
    counts = {name: count * (2 if name == "Han" else 1) for name, count in scripts(one.target).items()}
    wrong = {name: count for name, count in counts.items() if name not in usual}
    if not wrong or sum(counts.values()) < 3:
        return None
    foremost = max(wrong, key=lambda name: wrong[name])
    foreign = sum(wrong.values()) * 2 > sum(counts.values())
    # A few letters of another alphabet inside a Latin or Cyrillic text are look-alikes or left-overs.
    return foremost if foreign or (foremost != "Latin" and wrong[foremost] * 5 > sum(counts.values())) else None


def _untouched(one: Segment, language: str, limits: Limits) -> str | None:
    same = " ".join(one.source.split()) == " ".join(one.target.split())
    return "" if same and len(one.source.split()) > 4 else None


_CHECKS: Final[tuple[tuple[str, Weight, Check], ...]] = (
    ("empty", "blocks", _empty),
    ("changed", "blocks", _unlooked),
    ("markup", "blocks", _markup),
    ("endless", "blocks", _endless),
    ("long", "warns", _long),
    ("numbers", "warns", _numbers),
    ("script", "warns", _script),
    ("untranslated", "warns", _untouched),
)
