"""Embargoes in words: "EMBARGO 1200 GMT 14 May", "Sperrfrist: 14.05.2026, 12.00 Uhr", "ЭМБАРГО до 15:00 мск 14 мая". Pure.

An embargo is read where it says an hour of a day, or an hour alone: then it is the next such hour after the copy was sent.
A zone that is not said is the feed's. Anything less exact is not guessed: the copy is parked, since without its embargo it
would be free.
"""

import datetime as dt
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from msgspec import Struct

from dragoman.formats._times import read_time
from dragoman.formats._wire_times import HOURS
from dragoman.model.errors import Undecodable
from dragoman.read.calendar import WEEKDAYS, FoundDate, find_dates, plain_digits, valid_date
from dragoman.text.fold import fold

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
_HOURS: dict[str, float] = HOURS | {
    "мск": 3, "по москве": 3, "московского времени": 3, "по московскому времени": 3, "bakı vaxtı": 4, "bakı vaxtı ilə": 4, "по баку": 4, "по бакинскому времени": 4,
    "غرينتش": 0, "بتوقيت غرينتش": 0, "توقيت غرينتش": 0,
}  # fmt: skip
_EAST_ASIAN: dict[str, float] = {"北京时间": 8, "格林尼治时间": 0, "格林尼治标准时间": 0}
_SHIFTED = frozenset({"gmt", "utc", "msk", "мск"})
"""Zones that others are counted from: ``GMT+3``."""
_SEVERAL = ("et", "cst", "ist")
_NAMES = "|".join(sorted((*_HOURS, *_SEVERAL), key=len, reverse=True))
_ZONE = re.compile(
    rf"(?<![^\W\d_])(?P<name>{_NAMES})(?![^\W\d_])(?:\s?(?P<shift>[+-]\d{{1,2}}(?::?\d\d)?)(?!\d))?|(?P<apart>{'|'.join(_EAST_ASIAN)})|"
    r"(?P<offset>[+-]\d\d:?\d\d)\b|(?P<unsure>\blocal\b|ortszeit|heure locale|hora local|по местному|yerli vaxt|بالتوقيت المحلي|当地时间)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"\s*(?:noon\s)?\(?(?:[A-Z]{2,4}T\b|(?i:[^\W\d_][^\W\d]*(?: [^\W\d_]+)? time\b|heure d|hora (?:d|peninsular)|[a-zäöü]+er zeit\b|по [а-я]+ому времени|بتوقيت|[^\W\d_a-z]{2,4}时间))|\s*\([^\W\d_]{3,}"
)
"""Behind a clock: a zone that is named, and none of ours."""
_DAY_WORDS = """
tomorrow next day week month après demain prochain lendemain morgen übermorgen nächsten nächste mañana próximo próxima siguiente
понедельника вторника среду среды четверга пятницу пятницы субботу субботы воскресенья завтра послезавтра следующий
sabah günü ertəsi غدا غدًا بعد القادم المقبل
"""
_OTHER_DAYS = WEEKDAYS | frozenset(map(fold, _DAY_WORDS.split()))
_OTHER_DAY = re.compile(r"\d|[周週星期][一二三四五六日天]|明天|明日|次日|后天|翌日")
"""What speaks of a day, where no date was found: the next such hour is not what is meant."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)(?!\d)")
_SECONDS = re.compile(r"(?<=[T ]\d\d:\d\d:\d\d)[.,]\d+")
_PARTED = re.compile(r"(?<=\d{4}-\d\d-\d\d)[Tt](?=\d)")
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
_WORD = re.compile(r"[^\W\d_]+")
_NO_HOUR = 99
_LONGEST, _FEW = 160, 3
_AHEAD = timedelta(days=200)
"""A day without a year lies in the half year to come, or is of the year it was sent in."""


class Clock(Struct, frozen=True):
    """A time of day and where it stands in the text."""

    start: int
    end: int
    hour: int
    minute: int


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
    if _MEANT.match(rest) or shouted or _clocks(plain_digits(rest)):
        return _moment(line, sent, zone, zone_name)
    return None  # a headline about an embargo


def _moment(line: str, sent: datetime | None, zone: tzinfo, zone_name: str) -> tuple[datetime, str]:
    words = plain_digits(line)
    if iso := _ISO.search(words):
        found, note = read_time(iso[0], zone_name)
        if found is not None:
            return found, note
    words = _SECONDS.sub("", _PARTED.sub(" ", words))
    date = next(find_dates(_spaced(words)), None)
    time = f"{words[: date.start]} {words[date.end :]}" if date else words
    said = _ZONE.search(time)
    clock = _meant(_clocks(time), said)
    if (
        clock is None
        or (said is None and _FOREIGN.match(time, clock.end))
        or (date is None and _names_a_day(time, clock, said))
    ):
        raise _unreadable(line)
    stated = _stated(said) if said else None
    if said and stated is None:
        raise _unreadable(line)
    note = "" if stated is not None else f"embargo without zone, taken as {zone_name}"
    at = dt.time(clock.hour, clock.minute, tzinfo=stated or zone)
    day = _day(date, sent, at)
    if day is None:
        raise _unreadable(line)
    if date is None:
        note = "; ".join(filter(None, (note, "embargo without day: the next such hour after the copy was sent")))
    return datetime.combine(day, at), note


def _spaced(words: str) -> str:
    """The same length, with ``14.5.26`` left alone and commas as spaces, so that a day and its hour stay apart."""
    return words.replace(",", " ").replace("،", " ").replace("，", " ")


def _clocks(words: str) -> list[Clock]:
    """The clocks in `words`, from left to right."""
    found: list[Clock] = []
    for one in _CLOCK.finditer(words):
        minute = one["minute"] or one["bare"]
        unit = (one["unit"] or "").strip().lower().replace(".", "")
        if minute is None and not unit:
            continue
        hour = int(one["hour"])
        if unit in ("am", "pm") and 1 <= hour <= 12:
            hour = hour % 12 + (12 if unit == "pm" else 0)
        elif unit in ("am", "pm"):
            hour = _NO_HOUR
        found.append(Clock(one.start(), one.end(), hour, int(minute or 0)))
    return found


def _meant(clocks: list[Clock], said: re.Match[str] | None) -> Clock | None:
    """The clock the zone stands behind; the only one, where no zone is said. None where that is not clear, or no time."""
    before = [one for one in clocks if said and one.end <= said.start()]
    if not clocks or (said is None and len({(one.hour, one.minute) for one in clocks}) > 1):
        return None
    clock = before[-1] if before else clocks[0]
    return clock if clock.hour < 24 and clock.minute < 60 else None


def _names_a_day(time: str, clock: Clock, said: re.Match[str] | None) -> bool:
    """Does `time`, which has no date, speak of a day beside the clock and its zone?"""
    cut = sorted([(clock.start, clock.end), *([said.span()] if said else [])], reverse=True)
    for start, end in cut:
        time = f"{time[:start]} {time[end:]}"
    return bool(_OTHER_DAY.search(time)) or not _OTHER_DAYS.isdisjoint(_WORD.findall(fold(time)))


def _stated(said: re.Match[str]) -> tzinfo | None:
    """The zone that is said; None where it could be any."""
    if said["offset"]:
        return _apart(said["offset"])
    name = (said["name"] or said["apart"] or "").lower()
    hours = (_HOURS | _EAST_ASIAN).get(name)
    shift = _apart(said["shift"]) if said["shift"] else UTC
    if hours is None or shift is None or (said["shift"] and name not in _SHIFTED):
        return None
    whole = timedelta(hours=hours) + (shift.utcoffset(None) or timedelta())
    return (timezone(whole) if whole else UTC) if abs(whole) < timedelta(days=1) else None


def _apart(offset: str) -> timezone | None:
    """``+3``, ``-05:30``, ``+0400`` as a zone."""
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    apart = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-apart if offset[0] == "-" else apart) if apart < timedelta(days=1) else None


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
