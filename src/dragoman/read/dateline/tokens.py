"""The head of a text as the tokens a dateline is made of, each found once. Pure.

    w  words that may be a place or a name    d  a date           h  a date of the lunar or the Persian calendar
    A  a known agency in brackets             U  an unknown one   B  a known agency, bare, unmistakable
    S  a known agency's short name, alone     r  a reporter       K  the agency that ends it
    e  电, 讯: "by wire"                       (  a bracket that opens with the place
    ,  comma    .  full stop    -  dash    :  colon    /  slash    $  end of line    !  what no dateline has

The codes in a row are what the grammar's shapes are matched against.
"""

import re
from collections.abc import Iterator

from msgspec import Struct, structs

from dragoman.read.agencies import SHORT, agency_name
from dragoman.read.calendar import FoundDate, find_dates
from dragoman.read.dateline.placename import is_abbreviation
from dragoman.read.dateline.signature import Mark, Signature, bare_names, marked_names, short_name

_FAR = 48  # characters between two signs of a dateline, a reporter's name say: what is further away belongs to the text
_BEFORE = 180  # characters before the first: a headline and a byline
_TAIL = 48  # characters behind the last sign: a reporter's name and the dash
_MOST = 6  # signs that are looked at: dates, agencies, reporters
_SEPARATOR = re.compile(
    r"(?P<end>\n)|(?P<dash>--+|(?<!\w)[-–]|[-–](?=[\s-]|$)|[—―=]|_+)|(?P<colon>[:：])"
    r"|(?P<comma>[,،，、؛;])|(?P<stop>[.。](?=[\s\-–—,]|$))"
    r"|(?P<slash>(?<![\w/])/+|/+(?![\w/])|/(?=\d)|(?<=[社网])/)|(?P<other>[?!…<>{}@#%&*|¿¡])"
)
_CODES = {"end": "$", "dash": "-", "colon": ":", "comma": ",", "stop": ".", "slash": "/", "other": "!"}
_KOREAN_BOX = re.compile(r"\(([^=()\n]{1,16})=([^()\n]{2,16})\)\s*(?:([^=\n]{2,24}?)\s*(?:기자|특파원)\s*)?=?\s*")
_BOX = re.compile(r"【([^】\n]{2,24})】\s*")
_SHORT_LEAD = re.compile(
    r"[^\d,،(/\n.–—-]{2,32}?(?:\s*[–—/-]\s*|\.\s)(?:[^\W\d][^\d.\n,(–—-]{2,40}\s[-–]\s)?"
    rf"(?=({SHORT.pattern})\s*[-–—:.])"
)  # "Baku. APA:", "Bakı. Leyla Sınaqlı - APA.": no date, no bracket
_WIRE = re.compile(r"\s*(?:新媒体)?专?[电電讯訊](?![话話视視影力子脑腦池台邮郵报報器网網车車动動商竞競信])\s*")
_EAST_DAY = re.compile(r"(?<![\d月年])(\d{1,2})\s*[日号](?=\s*[电電讯訊](?![话話视視影]))")
_CLOCK = re.compile(r"\s?,?\s?\d{1,2}[:.]\d\d(?:\s?(?:GMT|UTC|MSK|МСК|Uhr|h\b))?")
_MONTHS_ELSEWHERE = (
    "محرم|صفر|ربيع|جماد[ىي]|رجب|شعبان|رمضان|شوال|ذو|ذي"
    "|فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
)
_MAY_BE_OTHER = re.compile(r"14\d\d|[\u0600-\u06ff]")  # the years of both calendars now begin with 14
_OTHER_CALENDAR = re.compile(
    rf"\d{{1,2}}\s+(?:{_MONTHS_ELSEWHERE})(?:\s+[^\W\d]+)?(?:\s+\d{{4}})?(?:\s*هـ?ـ?(?!\w))?(?:\s*الموافق)?"
    r"|(?:Muharram|Safar|Rabi[‘’'`]?|Jumada|Rajab|Sha[‘’'`]?ban|Ramadan|Shawwal|(?:Dhu|Thul)[‘’'`-]*[ \w’'‘-]{2,14}?)"
    r"(?: ?(?:al-|Al-|II?|Awwal|Thani|Akhirah?)[‘’'\w-]*)? \d{1,2},? 14\d\d(?: ?A?H)?"
)


class Token(Struct, frozen=True, gc=False):
    code: str
    start: int
    end: int
    value: FoundDate | Signature | str | None = None


def tokens_of(head: str, start: int, *, whole: bool) -> list[Token]:
    """The tokens of `head` from `start` on, up to what follows the last sign of a dateline; none where it has no such
    sign. Digits are plain; `whole` says that the text ends where the head does."""
    signs = _signs(head, start)
    found: list[Token] = []
    at = start
    for sign in signs[:_MOST]:
        if sign.start - at > (_FAR if found else _BEFORE):
            break
        found += _between(head, at, sign.start)
        found.append(sign)
        at = sign.end
    if not found:
        return []
    end, lines = min(len(head), at + _TAIL), 2  # a byline may follow on a line of its own
    for token in _between(head, at, end):
        found.append(token)
        if token.code == "$" and (lines := lines - 1) == 0:
            return found
    return [*found, Token("$", end, end)] if whole and end == len(head) else found


def _signs(head: str, start: int) -> list[Token]:
    """Dates, agencies, reporters, in order; of two that overlap the first."""
    found = [*_boxes(head, start)]
    if not found:
        found = sorted(_dates(head, start), key=lambda token: token.start)
        bare = bare_names(head[start : max((token.end for token in found), default=start) + 2 * _FAR])
        found += [
            token for mark in (*marked_names(head[start:]), *bare) if (token := _signature(head, mark, start, found))
        ]
        if not found and (short := _SHORT_LEAD.match(head, start)):
            found = [Token("S", short.end(), short.end() + len(short[1]), Signature(agency_name(short[1])))]
        found.sort(key=lambda token: (token.start, -token.end))
    kept: list[Token] = []
    for token in found:
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


def _boxes(head: str, start: int) -> Iterator[Token]:
    """`【ワシントン共同】` and `(서울=연합뉴스) 김견본 기자 =`, at the start only."""
    if korean := _KOREAN_BOX.match(head, start):
        sign = next(bare_names(korean[2]), None)
        if sign and sign.start == 0:
            told = Signature(sign.signature.agency, reporter=korean[3] or "")
            yield Token("(", korean.start(), korean.start(1))
            yield Token("w", korean.start(1), korean.end(1), korean[1])
            yield Token("K", korean.end(1), korean.end(), told)
    elif box := _BOX.match(head, start):
        sign = next((mark for mark in bare_names(box[1]) if mark.end == len(box[1])), None)
        if sign:
            yield Token("(", box.start(), box.start(1))
            if sign.start:
                yield Token("w", box.start(1), box.start(1) + sign.start, box[1][: sign.start])
            yield Token("K", box.start(1) + sign.start, box.end(), sign.signature)


def _dates(head: str, start: int) -> Iterator[Token]:
    for other in _OTHER_CALENDAR.finditer(head, start) if _MAY_BE_OTHER.search(head) else ():
        yield Token("h", other.start(), other.end())
    dates = list(find_dates(head[start:]))
    if not dates and ("日" in head or "号" in head):
        dates = [FoundDate(day.start(), day.end(), int(day[1]), 0) for day in _EAST_DAY.finditer(head[start:])]
    for date in dates:
        if start:
            date = structs.replace(date, start=date.start + start, end=date.end + start)  # in the head
        wire = _WIRE.match(head, date.end)
        clock = None if wire else _CLOCK.match(head, date.end)
        yield Token("d", date.start, clock.end() if clock else date.end, date)
        if wire:
            yield Token("e", date.end, wire.end())


def _signature(head: str, mark: Mark, start: int, dates: list[Token]) -> Token | None:
    sign, at, end = mark.signature, mark.start + start, mark.end + start
    if not sign.agency:
        return Token("r", at, end, sign)
    if head[at] not in "(（/":
        return Token("B", at, end, sign)
    if sign.known:
        return Token("A", at, end, sign)
    # Of a bracket that holds no agency we know: behind a date, or before the dash, it may be one; else it says where
    # the place lies, "Lorca (Murcia), 23 may".
    behind_date = any(0 <= at - date.end <= 3 for date in dates)
    before_dash = _SEPARATOR.match(head, end + (head[end : end + 1] == " "))
    return (
        Token("U", at, end, sign)
        if behind_date or (before_dash and before_dash.lastgroup in ("dash", "colon"))
        else None
    )


def _between(head: str, start: int, end: int) -> Iterator[Token]:
    """Words and separators in the gap from `start` to `end`."""
    at = start
    for separator in _SEPARATOR.finditer(head, start, end):
        kind = separator.lastgroup or "other"
        if kind == "stop" and is_abbreviation(head[at : separator.start()]):
            continue
        yield from _words(head, at, separator.start())
        yield Token(_CODES[kind], separator.start(), separator.end())
        at = separator.end()
    yield from _words(head, at, end)


def _words(head: str, start: int, end: int) -> Iterator[Token]:
    raw = head[start:end]
    words = raw.strip(" \t\xa0\u3000")
    if not words:
        return
    start += len(raw) - len(raw.lstrip(" \t\xa0\u3000"))
    sign = short_name(words)
    yield Token("S" if sign else "w", start, start + len(words), sign or words)
