"""Chinese dates: 2026年2月19日, 二〇二六年二月, 2月19日至21日, 19日, 周二, 今天. Pure."""

import datetime as dt
import re
from collections.abc import Iterator

from dragoman.read.amounts.han_numbers import han_number
from dragoman.read.amounts.years import iso, nearest_day, nearest_year, shifted, weekday

_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_BEGINS = re.compile(r"[\d〇○零一二三四五六七八九十]+")
_UNITS = frozenset("年月日")
_DATE = re.compile(
    rf"(\d{{4}}|[〇○零一二三四五六七八九]{{4}})年(?:({_SMALL})月(?:份)?(?:({_SMALL})[日号號])?)?"
    rf"|({_SMALL})月(?:份)?(?:({_SMALL})[日号號])?"
    rf"|(\d{{1,2}})日(?![本军元圆益经前均子])"
)
_TO = re.compile(rf"(?:至|到|-|—|–|~|～)(?:({_SMALL})月)?({_SMALL})[日号號]")
_WEEKDAY = re.compile(r"[周期拜週]([一二三四五六日天])(?![年期次度])")
_NOT_BEFORE_WEEKDAY = frozenset("一两几每0123456789")
_RELATIVE = re.compile("[今昨明前后][天日](?!本)")
_SHIFTS = {"今": 0, "昨": -1, "明": 1, "前": -2, "后": 2}
_FUTURE = re.compile("将|即将|计划|预计|拟")


def han_dates(text: str, time: dt.datetime | None) -> Iterator[tuple[int, int, str]]:
    """Where each date stands, and its value."""
    end = 0
    for begun in _BEGINS.finditer(text):
        start = begun.start()
        named = start >= end and text[begun.end() : begun.end() + 1] in _UNITS and text[start - 1 : start] != "第"
        found = _DATE.match(text, start) if named else None
        if found:
            end = found.end()
            yield from _date(text, found, time)
    if time is None:
        return
    for found in _WEEKDAY.finditer(text):
        begin = found.start() - (found[0][0] in "期拜")
        if text[begin - 1 : begin] in _NOT_BEFORE_WEEKDAY or (begin < found.start() and text[begin] not in "星礼"):
            continue
        which = text[begin - 1 : begin] if text[begin - 1 : begin] in ("上", "下", "本", "这") else ""
        begin -= len(which)
        number = "一二三四五六日天".index(found[1]) + 1
        start = max(text.rfind(mark, max(0, found.start() - 60), found.start()) for mark in "。\n；")
        ahead = which == "下" or (not which and bool(_FUTURE.search(text, start + 1, found.end() + 30)))
        yield begin, found.end(), weekday(min(number, 7), time, ahead=ahead, behind=which == "上").isoformat()
    for found in _RELATIVE.finditer(text):
        if found[0][0] in "前后" and found[0][1] == "日":
            continue
        yield found.start(), found.end(), shifted(time, _SHIFTS[found[0][0]]).isoformat()


def _date(text: str, found: re.Match[str], time: dt.datetime | None) -> Iterator[tuple[int, int, str]]:
    if found[6]:
        near = nearest_day(int(found[6]), time) if time else None
        if near is not None:
            yield found.start(), found.end(), near.isoformat()
            yield from _end(text, found.end(), near.year, near.month)
        return
    year = _number(found[1])
    month, day = _number(found[2] or found[4]), _number(found[3] or found[5])
    if month is not None and year is None:
        year = nearest_year(month, day or 15, time)
    yield found.start(), found.end(), iso(year, month, day)
    if month and day:
        yield from _end(text, found.end(), year, month)


def _end(text: str, at: int, year: int | None, month: int) -> Iterator[tuple[int, int, str]]:
    """The last day of a range."""
    if to := _TO.match(text, at):
        until = _number(to[1]) or month
        start = to.start(1) if to[1] else to.start(2)
        yield start, to.end(), iso(year, until, _number(to[2]))


def _number(run: str | None) -> int | None:
    if not run:
        return None
    value = han_number(run) if not run.isdecimal() else int(run)
    return int(value) if value is not None else None
