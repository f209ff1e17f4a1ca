"""A dateline at the head of a text: place, date, agency and reporter, in whatever order the agency prints them. Pure.

One grammar for all: the line is looked at for its date (by its digits) and its signature (by the table of agencies);
what stands before, between and behind them must be a place or nothing. The shapes, in the order they are tried:

    east      新华社北京9月2日电（记者…）        agency place date 电
    boxed     【ワシントン共同】 (서울=연합뉴스)     place agency in one bracket
    agency    (ANSA) - ROMA, 22 MAR -            agency place date
    date      10 июня, Минск /Корр. БЕЛТА/.      date [place] agency
    place     MOSCOW, May 23. /TASS/.            place date agency · place date · place agency

A sentence that merely begins with a city or a date is no dateline: something that only datelines have (a signature,
capitals and a dash, a line of its own) must be there as well.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from dragoman.model.item import Dateline
from dragoman.read.calendar import FoundDate, find_dates, plain_digits
from dragoman.read.placename import PlaceName, place_name
from dragoman.read.signature import Signature, bare_at, bare_east_at, find_marked, signature_at

_HEAD = 240  # characters: no dateline is longer, labels and bylines before it included
_LEAD_IN = re.compile(
    r"[\s•●▪■◆►▶*·>]*(?:[(\[](?!\w{2,24}[)\]])[^()\[\]=\n]{2,60}[)\]]\s+(?=[^\W\d_]))?"
    r"(?:(?:VIDEO|PHOTO|FOTO|ФОТО|ВИДЕО|UPDATE|AKTUALISIERT|LEAD|URGENT|EXCLUSIVE)\s*[:/–—-]\s*)?",
)
_JOIN = re.compile(r"[\s,،，.。:;|–—_-]*")
_DASH = re.compile(r"\s*[.。]?\s*(?:--?|[–—―_=:：]){1,2}[–—-]?\s*")
_STOP = re.compile(r"\s*[.。]\s*")
_TIME = re.compile(r"\s?,?\s?\d{1,2}[:.]\d\d(?:\s?(?:GMT|UTC|MSK|МСК|Uhr|h))?")
_EAST_END = re.compile(r"\s*(?:电|電|讯|訊)\s*")
_EAST_PLACE = re.compile(r"[\s,，]*([\u4e00-\u9fff·]{2,10}?)?[\s,，]*(?=\d)")
_EAST_DAY = re.compile(r"(\d{1,2})\s*[日号](?=\s*[电電讯訊])")
_EAST_REPORTER = re.compile(r"\s*[（(]\s*(?:[^）)]{0,8}?记者|記者|通讯员)\s*[:：]?\s*([^）)]{2,60})[)）]\s*")
_BOX = re.compile(r"\s*【([^】\n]{2,24})】\s*")
_KOREAN_BOX = re.compile(r"\s*\(([^=()\n]{1,16})=([^()\n]{2,16})\)\s*(?:([^\s=]{2,5})\s*(?:기자|특파원)\s*)?=?\s*")
_BARE_PLACE = re.compile(r"[^\d,.،–—(/\n-]{2,32}?(?:\s*[,،–—/-]\s*|\.\s)")
_LEFT_OVER = re.compile(r"\s?[/)）](?=\s|[^\W\d_]|$)")


class FoundDateline(Struct, frozen=True):
    """`dateline` as printed; the text before `start` is not part of it, the body begins at `body`."""

    dateline: Dateline
    start: int
    body: int


class _Parts(Struct, frozen=True):
    start: int
    end: int
    place: PlaceName | None = None
    date: FoundDate | None = None
    sign: Signature | None = None
    reporter: str = ""


def find_dateline(text: str) -> FoundDateline | None:
    """The dateline `text` begins with, its year only where printed; None where there is none."""
    head = plain_digits(text[:_HEAD])
    line = head.split("\n", 1)[0]
    lead_in = _LEAD_IN.match(line)
    start = lead_in.end() if lead_in else 0
    for shape in _SHAPES:
        if parts := shape(line, start):
            return _found(text, line, parts)
    return None


def _east(line: str, start: int) -> _Parts | None:
    at = start + (line[start : start + 1] in "（(")
    sign = bare_east_at(line, at)
    own = line.startswith("本报", at)
    place = _EAST_PLACE.match(line, sign.end if sign else at + 2 * own)
    if not place:
        return None
    date = next(find_dates(line[: place.end() + 14]), None)
    day = None if date else _EAST_DAY.match(line, place.end())
    if day:
        date = FoundDate(day.start(), day.end(), int(day[1]), 0)
    if not date or date.start != place.end():
        return None
    end = _EAST_END.match(line, date.end)
    if not end and not (sign and _DASH.match(line, date.end)):
        return None
    end_at = len(line[: end.end()].rstrip()) if end else date.end
    if not sign and (marked := find_marked(line, end_at, end_at + 12)) and marked.start <= end_at + 1:
        sign, end_at = marked, marked.end
    if not sign and not own and not (place[1] and place_name(place[1])):
        return None
    named = place_name(place[1]) if place[1] else None
    reporter = _EAST_REPORTER.match(line, end_at)
    if reporter:
        return _Parts(start, reporter.end(), named, date, sign, reporter[1].strip())
    return _Parts(start, end_at, named, date, sign)


def _boxed(line: str, start: int) -> _Parts | None:
    if korean := _KOREAN_BOX.match(line, start):
        sign = bare_east_at(korean[2], 0)
        if sign:
            return _Parts(start, korean.end(), place_name(korean[1]), None, sign, korean[3] or "")
    box = _BOX.match(line, start)
    if not box:
        return None
    for at in range(len(box[1])):
        if (sign := bare_east_at(box[1], at)) and sign.end == len(box[1]):
            return _Parts(start, box.end(), place_name(box[1][:at]) if at else None, None, sign)
    return None


def _agency_first(line: str, start: int) -> _Parts | None:
    sign = find_marked(line, start, start + 60)
    if not sign or sign.start != start or not sign.known:
        sign = bare_at(line, start)
    if not sign:
        return None
    date = _date(line, sign.end, 90)
    if not date or not _ends(line, date.end):
        return None
    between = line[sign.end : date.start]
    place = place_name(between)
    if place is None and _JOIN.fullmatch(between) is None:
        return None
    return _Parts(start, date.end, place, date, sign)


def _date_first(line: str, start: int) -> _Parts | None:
    date = _date(line, start, 30)
    if not date or date.start != start:
        return None
    at = _skip(_JOIN, line, date.end)
    sign = signature_at(line, at)
    if sign and sign.known:
        return _Parts(start, sign.end, None, date, sign)
    marked = find_marked(line, date.end, date.end + 60)
    place = place_name(line[date.end : marked.start]) if marked else None
    if marked and marked.known and place:
        return _Parts(start, marked.end, place, date, marked)
    return None


def _place_first(line: str, start: int) -> _Parts | None:
    date = _date(line, start, 150)
    sign = find_marked(line, start, start + 170)
    if date and sign and sign.start < date.start and (sign.known or date.start - sign.end > 3):
        date = date if date.start - sign.end <= 3 else None
        return _place_agency(line, start, sign, date)
    if date:
        return _place_date(line, start, date) or (_place_agency(line, start, sign, None) if sign else None)
    return _place_agency(line, start, sign, None) if sign else _place_bare(line, start)


def _place_date(line: str, start: int, date: FoundDate) -> _Parts | None:
    place = place_name(line[start : date.start])
    if not place:
        return None
    start += place.offset
    after = _skip(_TIME, line, date.end)
    joined = _skip(_JOIN, line, after)
    sign = signature_at(line, joined)
    if sign and not sign.known and not sign.marked and _DASH.match(line, after):
        sign = None  # what stands behind the dash is the text
    if sign and (sign.known or place.sure or (place.short and (sign.marked or _ends(line, sign.end)))):
        return _Parts(start, sign.end, place, date, sign)
    rest = line[after:].strip(" ,،，./")
    own_line = len(line) < 90 and not line.rstrip().endswith((".", "!", "?", "。")) and _may_sign(rest)
    if own_line and place.short and not place.glued and (place.sure or "," in line or "،" in line):
        unknown = Signature(after, len(line.rstrip()), rest, False) if rest else None
        return _Parts(start, unknown.end if unknown else date.end, place, date, unknown)
    if (
        place.sure
        and not place.glued
        and (_ends(line, after) or (place.in_country and place.city and line[after : after + 1] == " "))
    ):
        return _Parts(start, date.end, place, date)
    return None


def _place_agency(line: str, start: int, sign: Signature, date: FoundDate | None) -> _Parts | None:
    place = place_name(line[start : sign.start])
    if not place or not (sign.known or (place.sure and not place.glued)):
        return None
    end = date.end if date else sign.end
    if not (_DASH.match(line, end) or _STOP.match(line, end) or end >= len(line.rstrip()) or place.city):
        return None
    if not (place.sure or (place.short and _DASH.match(line, end))):
        return None
    return _Parts(start + place.offset, end, place, date, sign)


def _place_bare(line: str, start: int) -> _Parts | None:
    before = _BARE_PLACE.match(line, start)
    sign = bare_at(line, before.end()) if before else None
    if not before or not sign or not (_ends(line, sign.end)):
        return None
    place = place_name(before[0])
    return _Parts(start, sign.end, place, None, sign) if place and place.sure else None


_SHAPES: tuple[Callable[[str, int], _Parts | None], ...] = (_east, _boxed, _agency_first, _date_first, _place_first)


def _may_sign(rest: str) -> bool:
    """May `rest`, alone on its line behind place and date, be the name of an agency? A few names or initials may."""
    words = rest.split()
    return len(words) <= 4 and not any(word[0].islower() or word[0].isdigit() for word in words[:1] + words[-1:])


def _date(line: str, start: int, width: int) -> FoundDate | None:
    found = next(find_dates(line[start : start + width]), None)
    if not found:
        return None
    return FoundDate(found.start + start, found.end + start, found.day, found.month, found.year)


def _ends(line: str, at: int) -> bool:
    """Does what stands at `at` end a dateline: a dash, a full stop, the end of the line?"""
    return at >= len(line.rstrip()) or bool(_DASH.match(line, at) or _STOP.match(line, at))


def _skip(pattern: re.Pattern[str], line: str, at: int) -> int:
    found = pattern.match(line, at)
    return found.end() if found else at


def _found(text: str, line: str, parts: _Parts) -> FoundDateline:
    at = _skip(_LEFT_OVER, line, parts.end)
    end = len(text[:at].rstrip())
    body = at
    if dash := _DASH.match(line, at):
        body = dash.end()
    elif stop := _STOP.match(line, at):
        end = at + len(stop[0].rstrip())
        body = stop.end()
    date, sign, place = parts.date, parts.sign, parts.place
    return FoundDateline(
        Dateline(
            text=text[parts.start : end].strip(),
            place=place.printed if place else "",
            country=place.country if place else "",
            day=date.day if date else None,
            month=(date.month or None) if date else None,
            year=date.year if date else None,
            agency=sign.agency if sign else "",
            reporter=parts.reporter or (sign.reporter if sign else ""),
        ),
        parts.start,
        len(text[:body]) + len(text[body:]) - len(text[body:].lstrip()),
    )
