"""Embargoes in words: "EMBARGO 1200 GMT 14 May", "Sperrfrist: 14.05.2026, 12.00 Uhr", "ЭМБАРГО до 15:00 мск 14 мая". Pure.

An embargo is read where it says an hour of a day, or an hour alone: then it is the next such hour after the copy was sent.
A zone that is not said is the feed's. Anything less exact is not guessed: the copy is parked, since without its embargo it
would be free.
"""

import datetime as dt
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from dragoman.formats._times import read_time
from dragoman.formats._wire_times import HOURS
from dragoman.model.errors import Undecodable
from dragoman.read.calendar import FoundDate, find_dates, plain_digits, valid_date

_LABEL = re.compile(
    r"[\W_]*(?:(?:strictly |under |sous |bajo |strict )?(?:embargo|embargoed|embargado|embargada|embarqo|emb|эмбарго|под эмбарго)\b|"
    r"hold for release|for release (?:at|on|after|not before)|not (?:for|to be) (?:publication|release|use|published|released|used|broadcast)[^\n:]{0,40}\b(?:before|until)\b|"
    r"no (?:publicar|difundir) (?:antes|hasta)\b|ne pas (?:publier|diffuser) avant\b|à ne pas (?:publier|diffuser) avant\b|"
    r"sperrfrist|sperrvermerk|gesperrt bis|frei(?:gegeben)? ab\b|не (?:публиковать|для публикации) (?:до|ранее)\b|"
    r"حظر (?:ال)?نشر|محظور (?:ال)?نشر|ممنوع (?:ال)?نشر|禁发|禁止(?:发布|播发|刊发)|解禁时间)",
    re.IGNORECASE,
)
_LABEL_BEHIND = re.compile(r"(?:dək|qədər) dərc (?:etməyin|olunmasın|edilmir|üçün deyil)", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:\s?[:.hH时点]\s?(?P<minute>\d{2})|(?P<bare>\d{2})(?=\s?(?:h\b|hrs|hours|uhr|gmt|utc|z\b|мск|msk|[+]\d\d|\()))?(?::\d\d)?"
    r"(?P<unit>\s?(?:uhr|hrs?|hours|h|час(?:ов|а)?|saat|[ap]\.?m\.?(?![a-z])|时|点|分)(?![a-z]))?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\b(?P<name>gmt|utc|z|cest|cet|mesz|mez|bst|wet|west|eet|eest|msk|мск|по москве|московского времени|est|edt|cst|cdt|mst|mdt|pst|pdt|et|azt|bakı vaxtı(?: ilə)?|по баку|gst|ist|jst|kst|hkt|aest|aedt|nzst|"
    r"غرينتش|بتوقيت غرينتش|توقيت غرينتش|北京时间|格林尼治(?:标准)?时间)\b|(?P<offset>[+-]\d\d:?\d\d)\b|(?P<unsure>\blocal\b|ortszeit|heure locale|hora local|по местному|yerli vaxt|بالتوقيت المحلي|当地时间)",
    re.IGNORECASE,
)
_HOURS: dict[str, float] = HOURS | {
    "мск": 3, "по москве": 3, "московского времени": 3, "bakı vaxtı": 4, "bakı vaxtı ilə": 4, "по баку": 4, "北京时间": 8,
    "غرينتش": 0, "بتوقيت غرينتش": 0, "توقيت غرينتش": 0, "格林尼治时间": 0, "格林尼治标准时间": 0,
}  # fmt: skip
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:?\d\d(?::?\d\d)?\s?(?:Z|[+-]\d\d:?\d\d)?")
_SHOUTED = re.compile(r"[^a-zà-ÿа-яёəğış]*[A-ZÀ-ÞА-ЯЁƏİĞŞ]{4}[^a-zà-ÿа-яёəğış]*\Z")
_ABOUT = frozenset(
    [
        "on",
        "of",
        "against",
        "sur",
        "contre",
        "sobre",
        "contra",
        "auf",
        "gegen",
        "für",
        "на",
        "против",
        "в",
        "and",
        "or",
        "et",
        "y",
        "und",
        "и",
        "is",
        "was",
    ]
)
_MEANT = re.compile(
    r"\W*(?:\Z|[:：]|(?:until|till|to|bis|ab|am|jusqu|au\b|hasta|до|at|for release|dək|حتى|إلى|至|time|дата|le\b|el\b|\d))",
    re.IGNORECASE,
)
"""What stands behind the word where it is meant as one, and not a headline about an embargo."""
_LONGEST, _FEW = 160, 3
_AHEAD = timedelta(days=200)
"""A day without a year lies in the half year to come, or is of the year it was sent in."""


def embargo_of(line: str, sent: datetime | None, zone: tzinfo, zone_name: str) -> tuple[datetime, str] | None:
    """The moment until which `line` holds the copy, and a note of what was assumed; None where it is no embargo.

    `sent` is when the copy was, `zone` the feed's.

    Raises:
        Undecodable: it is an embargo, and says no exact moment.
    """
    if len(line) > _LONGEST:
        return None
    label = _LABEL.match(line)
    if label is None:
        return _moment(line, sent, zone, zone_name) if "dərc" in line and _LABEL_BEHIND.search(line) else None
    rest = line[label.end() :]
    words = rest.lower().split()
    shouted = 0 < len(words) <= _FEW and words[0] not in _ABOUT and _SHOUTED.match(line)
    if _MEANT.match(rest) or shouted or _clock(plain_digits(rest)):
        return _moment(line, sent, zone, zone_name)
    return None  # a headline about an embargo


def _moment(line: str, sent: datetime | None, zone: tzinfo, zone_name: str) -> tuple[datetime, str]:
    words = plain_digits(line)
    if iso := _ISO.search(words):
        found, note = read_time(iso[0], zone_name)
        if found is not None:
            return found, note
    date = next(find_dates(_spaced(words)), None)
    time = f"{words[: date.start]} {words[date.end :]}" if date else words
    clock = _clock(time)
    if clock is None:
        raise _unreadable(line)
    stated, unsure = _stated(time)
    if unsure:
        raise _unreadable(line)
    note = "" if stated is not None else f"embargo without zone, taken as {zone_name}"
    at = dt.time(*clock, tzinfo=stated or zone)
    day = _day(date, sent, at)
    if day is None:
        raise _unreadable(line)
    if date is None:
        note = "; ".join(filter(None, (note, "embargo without day: the next such hour after the copy was sent")))
    return datetime.combine(day, at), note


def _spaced(words: str) -> str:
    """The same length, with ``14.5.26`` left alone and commas as spaces, so that a day and its hour stay apart."""
    return words.replace(",", " ").replace("،", " ").replace("，", " ")


def _clock(words: str) -> tuple[int, int] | None:
    for found in _CLOCK.finditer(words):
        minute = found["minute"] or found["bare"]
        unit = (found["unit"] or "").strip().lower().replace(".", "")
        if minute is None and not unit:
            continue
        hour = int(found["hour"])
        if unit in ("am", "pm"):
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if unit == "pm" else 0)
        if hour > 24 or int(minute or 0) > 59 or (hour == 24 and int(minute or 0)):
            return None
        return None if hour == 24 else (hour, int(minute or 0))
    return None


def _stated(words: str) -> tuple[tzinfo | None, bool]:
    """The zone that is said, and whether one is said that could be any."""
    found = _ZONE.search(words)
    if found is None:
        return None, False
    if found["offset"]:
        digits = found["offset"][1:].replace(":", "")
        apart = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return (
            (timezone(-apart if found["offset"][0] == "-" else apart), False)
            if apart < timedelta(days=1)
            else (None, True)
        )
    hours = _HOURS.get((found["name"] or "").lower())
    return (None, True) if hours is None else (UTC if hours == 0 else timezone(timedelta(hours=hours)), False)


def _day(date: FoundDate | None, sent: datetime | None, at: dt.time) -> dt.date | None:
    if date and date.year:
        return valid_date(date.year, date.month, date.day)
    if sent is None:
        return None
    here = sent.astimezone(at.tzinfo)
    if date is None:
        return here.date() if here.timetz() <= at else here.date() + timedelta(days=1)
    days = (valid_date(year, date.month, date.day) for year in (here.year, here.year + 1))
    return next((day for day in days if day and here.date() - timedelta(days=1) <= day <= here.date() + _AHEAD), None)


def _unreadable(line: str) -> Undecodable:
    return Undecodable("The embargo cannot be read", line.strip()[:120], hint="Release it by hand, or ask the sender.")
