"""Times as only feeds write them: local names of months and days, W3CDTF without a day, ordinal days. Pure.

Whatever any format writes is read by `_times`; here are the shapes of old feeds, by language (feedparser's list of them).
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from dragoman.formats._times import read_time

_KOREAN = re.compile(
    r"(\d{4})년\s*(\d{1,2})월\s*(\d{1,2})일\s*(오전|오후)?\s*(?:(\d{1,2})[:시]\s*(\d{1,2})(?:[:분]\s*(\d{1,2}))?)?"
)
_KOREAN_SHORT = re.compile(r"(\d{4})-(\d\d)-(\d\d)\s+(오전|오후)\s+(\d{1,2}):(\d\d):(\d\d)")
_CHINESE = re.compile(
    r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(上午|下午|午前|午後)?\s*(?:(\d{1,2})[:时時]\s*(\d{1,2})(?:[:分]\s*(\d{1,2}))?)?"
)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?\Z")
_ORDINAL = re.compile(r"(\d{4})-?(\d{3})(T.+)?\Z")
_SHORT_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d{1,2}:?\d\d)?)?\Z"
)
_HUNGARIAN = re.compile(r"(\d{4})-([^\W\d_]+)-(\d{1,2})T(\d{1,2}):(\d\d)((?:\+|-)\d\d:\d\d)?\Z")
_ASCTIME = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{1,2}:\d\d(?::\d\d)?)\s*([A-Za-z+\-\d:]{1,6})?,?\s+(\d{4})\Z"
)
_MONTH_FIRST = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4}),?(?:\s+(?:at\s+)?(\d{1,2}:\d\d(?::\d\d)?)\s*([AaPp]\.?[Mm]\.?)?\s*([A-Za-z+\-\d:]{1,6})?)?\Z"
)
_COMMENT = re.compile(r"\([^()]*\)")
_HALF = re.compile(r"\d\s?[AaPp]\.?[Mm]\b")
_WORD = re.compile(r"[^\W\d_]+\.?")
_LONGEST = 200  # characters
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = {  # as printed in dates, in small letters
    # Greek
    "ιαν": 1, "φεβ": 2, "μάώ": 5, "μαώ": 5, "μάρ": 3, "απρ": 4, "μάι": 5, "μαϊ": 5, "ιούν": 6, "ιον": 6, "ιούλ": 7, "ιολ": 7,
    "αύγ": 8, "αυγ": 8, "σεπ": 9, "οκτ": 10, "νοέ": 11, "νοε": 11, "δεκ": 12,
    # Hungarian
    "január": 1, "februári": 2, "február": 2, "március": 3, "április": 4, "máujus": 5, "május": 5, "június": 6, "július": 7,
    "augusztus": 8, "szeptember": 9, "október": 10, "november": 11, "december": 12,
    # French, German, Spanish, Italian, Portuguese
    "janv": 1, "janvier": 1, "févr": 2, "février": 2, "fév": 2, "mars": 3, "avr": 4, "avril": 4, "mai": 5, "juin": 6, "juil": 7,
    "juillet": 7, "août": 8, "sept": 9, "déc": 12, "décembre": 12, "jän": 1, "januar": 1, "februar": 2, "mär": 3, "märz": 3, "mrz": 3,
    "juni": 6, "juli": 7, "okt": 10, "oktober": 10, "dez": 12, "dezember": 12, "ene": 1, "enero": 1, "abr": 4, "ago": 8, "dic": 12,
    "gen": 1, "mag": 5, "giu": 6, "lug": 7, "set": 9, "ott": 10, "fev": 2, "out": 10,
    # Russian, Azerbaijani, Turkish
    "янв": 1, "января": 1, "фев": 2, "февраля": 2, "мар": 3, "марта": 3, "апр": 4, "апреля": 4, "мая": 5, "май": 5, "июн": 6, "июня": 6,
    "июл": 7, "июля": 7, "авг": 8, "августа": 8, "сен": 9, "сентября": 9, "окт": 10, "октября": 10, "ноя": 11, "ноября": 11,
    "дек": 12, "декабря": 12, "yan": 1, "yanvar": 1, "fevral": 2, "mart": 3, "aprel": 4, "iyun": 6, "iyul": 7, "avqust": 8,
    "sentyabr": 9, "oktyabr": 10, "noyabr": 11, "dekabr": 12, "oca": 1, "şub": 2, "nis": 4, "haz": 6, "tem": 7, "ağu": 8, "eyl": 9,
    "eki": 10, "kas": 11, "ara": 12,
}  # fmt: skip


def read_feed_time(words: str, zone: str) -> tuple[datetime | None, str]:
    """As `read_time`, and the shapes of old feeds."""
    if len(words) > _LONGEST:
        return None, f"unreadable time: {words[:60]}"
    if _HALF.search(words) and (exact := _month_first(" ".join(words.split()))):
        words = exact  # a reader of RFC 822 would drop the half of the day without a word
    found, note = read_time(words, zone)
    if found is not None or not words.strip():
        return found, note
    said = " ".join(words.split())
    for shape in _SHAPES:
        if (again := shape(said)) and again != said:
            moment, told = read_time(again, zone)
            if moment is not None:
                return moment, told
    return None, note


def _uncommented(said: str) -> str:
    """Without comments (RFC 822 §3.4.3), which may stand inside one another."""
    bare = said.replace("\\(", "").replace("\\)", "")
    for _ in range(8):
        bare, count = _COMMENT.subn(" ", bare)
        if not count:
            break
    return " ".join(bare.split()).replace(" ,", ",")


def _partial(said: str) -> str:
    found = _PARTIAL.match(said)
    return f"{found[1]}-{found[2] or '01'}-01" if found else ""


def _ordinal(said: str) -> str:
    found = _ORDINAL.match(said)
    if not found or not 1 <= int(found[2]) <= 366 or found[1] == "0000":
        return ""
    return f"{(date(int(found[1]), 1, 1) + timedelta(days=int(found[2]) - 1)).isoformat()}{found[3] or ''}"


def _short_iso(said: str) -> str:
    found = _SHORT_ISO.match(said)
    if not found:
        return ""
    clock = f"T{found[4].zfill(5) if found[4].count(':') == 1 else found[4].zfill(8)}" if found[4] else ""
    offset = found[5] or ""
    if offset and offset != "Z":
        hours, minutes = offset[1:].replace(":", "")[:-2], offset[-2:]
        offset = f"{offset[0]}{hours.zfill(2)}:{minutes}"
    return f"{found[1]}-{found[2].zfill(2)}-{found[3].zfill(2)}{clock}{offset}"


def _hungarian(said: str) -> str:
    found = _HUNGARIAN.match(said)
    month = _month(found[2]) if found else 0
    if not found or not month:
        return ""
    return f"{found[1]}-{month:02}-{found[3].zfill(2)}T{found[4].zfill(2)}:{found[5]}{found[6] or ''}"


def _east_asian(said: str) -> str:
    found = _KOREAN.match(said) or _KOREAN_SHORT.match(said) or _CHINESE.match(said)
    if not found:
        return ""
    year, month, day, half, hour, minute, second = found.groups()
    hours = int(hour or 0)
    if half in ("오후", "下午", "午後") and hours < 12:
        hours += 12
    if half in ("오전", "上午", "午前") and hours == 12:
        hours = 0
    # Korean and Chinese feeds without a zone are taken in the feed's; feedparser takes all of them as Korean time.
    clock = f"T{hours:02}:{int(minute or 0):02}:{int(second or 0):02}" if hour else ""
    return f"{year}-{int(month):02}-{int(day):02}{clock}"


def _asctime(said: str) -> str:
    found = _ASCTIME.match(said)
    return f"{found[2]} {found[1][:3]} {found[5]} {found[3]} {found[4] or ''}".strip() if found else ""


def _month_first(said: str) -> str:
    found = _MONTH_FIRST.match(said)
    if not found:
        return ""
    clock = found[4] or "00:00"
    half = (found[5] or "").replace(".", "").lower()
    if half:
        hour, _, rest = clock.partition(":")
        clock = f"{int(hour) % 12 + (12 if half == 'pm' else 0):02}:{rest}"
    return f"{found[2]} {found[1][:3]} {found[3]} {clock} {found[6] or ''}".strip()


def _translated(said: str) -> str:
    """Local names of days dropped, those of months in English: as RFC 822 wants it."""

    def word(found: re.Match[str]) -> str:
        name = found[0].rstrip(".").lower()
        if found[0].isascii() and found[0].isupper() and 1 <= len(name) <= 5:
            return found[0]  # a zone
        month = _month(name)
        return _MONTHS[month - 1].capitalize() if month else ("" if not found.start() else found[0])

    return _WORD.sub(word, said).lstrip(" ,.-")


def _month(name: str) -> int:
    name = name.rstrip(".").lower()
    return _NAMES.get(name, 0) or (_MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS and name.isascii() else 0)


_SHAPES: tuple[Callable[[str], str], ...] = (
    _uncommented,
    _partial,
    _ordinal,
    _short_iso,
    _hungarian,
    _east_asian,
    _asctime,
    _month_first,
    _translated,
)
