"""Chinese figures: 三万五千人, 3.5万亿元, 百分之五, 12亿. Pure."""

import re
from collections.abc import Iterator

from dragoman.read.amounts.han_numbers import LONGEST, SIGNS, han_number
from dragoman.read.amounts.said import Said

_MIXED = re.compile(
    rf"(\d[\d,]{{0,20}}(?:\.\d{{1,6}})?) ?([十百千万萬亿億]{{1,3}})(?:(\d{{1,4}}|[{SIGNS}]{{1,6}})([千百万])?)?"
)
_PERCENT = re.compile(rf"百分之([{SIGNS}点\d.]{{1,{LONGEST}}})")
_RUN = re.compile(rf"[{SIGNS}]+")
_NOT_BEFORE = frozenset("第初其之唯统周期拜0123456789")
_SOME = frozenset("数上几成近过好")
"""Before a bare hundred or ten thousand: nobody knows how many."""
_CLASSIFIERS = frozenset("名人个位家次天年岁辆架艘座所起项头只吨米元块亩户套场支条份届批层台部间棵颗枚种倍人")
_SCALE = frozenset("十百千万萬亿億")
_NO_NUMBERS = frozenset(
    {"万一", "千万", "万万", "十分", "一一", "百万", "一", "十", "百", "千", "万", "亿", "三七", "五四", "一二"}
)


def han_figures(text: str) -> Iterator[Said]:
    """The figures that have Chinese signs in them."""
    for found in _PERCENT.finditer(text):
        number = _decimal(found[1])
        if number is not None:
            yield Said(found.start(), found.end(), number, unit="%")
    for found in _MIXED.finditer(text):
        number = float(found[1].replace(",", ""))
        scale = 1.0
        for sign in found[2]:
            scale *= han_number("一" + sign) or 1.0
        yield Said(found.start(), found.end(2), number * scale, scale)
    for found in _RUN.finditer(text):
        run, after = found[0], text[found.end() : found.end() + 1]
        if text[found.start() - 1 : found.start()] in _NOT_BEFORE:
            continue
        if len(run) == 1 and run in _SCALE and text[found.start() - 1 : found.start()] in _SOME:
            continue
        counted = after in _CLASSIFIERS or (after == "多" and text[found.end() + 1 : found.end() + 2] in _CLASSIFIERS)
        if not counted and (run in _NO_NUMBERS or len(run) < 3 or not _SCALE & set(run)):
            continue
        if run == "一" or (run in _NO_NUMBERS and run not in ("十", "百", "千", "万", "亿", "百万", "千万")):
            continue
        number = han_number(run)
        if number:
            yield Said(found.start(), found.end(), number)


def _decimal(run: str) -> float | None:
    if run.replace(".", "", 1).isdecimal():
        return float(run)
    whole, _, rest = run.partition("点")
    number = han_number(whole)
    digits = "".join(str(int(value)) for sign in rest if (value := han_number(sign)) is not None and value < 10)
    return None if number is None else number + (float(f"0.{digits}") if digits else 0.0)
