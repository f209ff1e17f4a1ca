"""The header a text may carry before the copy: a date to the day, month or year, and lines of `key: value`. Pure.

Scrapers write `date 2021-02 …` and go on with whatever came next on the page; wire folders write `Key: value` lines.
"""

import datetime as dt
import re

from msgspec import Struct

from dragoman.read.calendar import MONTHS, PartialDate, find_dates, plain_digits
from dragoman.text.fold import fold

_DATE_WORDS = (
    "date|date published|published(?: on| at)?|publication date|posted(?: on)?|updated|last updated|дата(?: публикации)?|опубликовано|обновлено|"
    "date de publication|publié(?:e)? le|mis à jour le|datum|veröffentlicht(?: am)?|aktualisiert(?: am)?|stand|fecha(?: de publicación)?|"
    "publicado(?: el)?|actualizado(?: el)?|tarix|dərc olun(?:ub|ma tarixi)|yenilənib|(?:ال)?تاريخ(?: النشر)?|نشر (?:في|بتاريخ)|نُشر في|日期|时间|发布时间|发表时间|更新时间"
)
_KEYED_DATE = re.compile(rf"\s*(?:{_DATE_WORDS})(?:\s*[:：=]\s*|\s+|(?=\d))", re.IGNORECASE)
_NUMERIC = re.compile(
    r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?![\d]|\s*年)"
    r"(?:[T\s,]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?\s?(?P<zone>Z|GMT|UTC|[+-]\d\d:?\d\d)?)?"
)
_EAST_PARTIAL = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月)?")
_MONTH_YEAR = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?)\.?,?\s+(?:de\s+|del\s+)?(\d{4})(?!\d)(?:\s*(?:г\.|года|м\b))?")
_CLOCK = re.compile(r"[\s,|–-]*(\d{1,2}):(\d\d)(?::(\d\d))?\s?(Z|GMT|UTC|[+-]\d\d:?\d\d)?(?!\d)")
_WEEKDAY = re.compile(r"[^\W\d_]{2,12}\.?,\s+(?=\d|[^\W\d_]+ \d)")
_KEYS: dict[str, str] = {
    spelling: key
    for key, spellings in {
        "title": "title headline заголовок titre titel título başlıq العنوان 标题 题目",
        "summary": "summary lead abstract лид резюме chapeau zusammenfassung resumen xülasə الملخص 摘要",
        "source": "source источник quelle fuente mənbə المصدر 来源",
        "credit": "credit",
        "by": "author by byline автор auteur autor müəllif الكاتب بقلم 作者 记者",
        "language": "language lang язык langue sprache idioma dil اللغة 语言",
        "url": "url link ссылка lien enlace keçid الرابط 链接 网址",
        "keywords": "keywords tags теги",
        "section": "section category рубрика rubrique ressort categoría sección bölmə القسم 栏目",
        "uri": "uri guid id",
        "version": "version",
        "slug": "slug slugline",
        "urgency": "urgency priority",
        "status": "status",
        "embargo": "embargo",
        "usage": "usage",
        "note": "ednote note",
        "copyright": "copyright",
        "correction": "correction",
        "original": "original",
        "versions": "versions",
        "sent": "sent",
        "reason": "reason",
        "located": "located",
        "dateline": "dateline",
    }.items()
    for spelling in spellings.split()
}
_KEYED = re.compile(r"\s*([^\W\d_]{2,12})\s?[:：]\s*(\S.*)\Z")
_ALWAYS = frozenset({"uri", "url", "language"})  # these say enough on their own; others need company
_LONGEST = 32  # lines


class Header(Struct, frozen=True):
    """`fields` in order as (key, value); `time` only where a clock time was printed; `lines` as they were."""

    date: PartialDate | None = None
    time: dt.datetime | None = None
    zoned: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()

    def field(self, key: str) -> str:
        """The value of `key`, or an empty string."""
        return next((value for name, value in self.fields if name == key), "")


class _DateLine(Struct, frozen=True):
    date: PartialDate
    end: int
    time: dt.datetime | None = None
    zoned: bool = False


def read_header(text: str) -> tuple[Header, str]:
    """The header at the head of `text`, and the text behind it (what followed a date on its line included)."""
    lines = text.split("\n")
    date: _DateLine | None = None
    fields: list[tuple[str, str]] = []
    taken: list[str] = []
    at = 0
    while at < min(len(lines), _LONGEST):
        line = lines[at]
        if not line.strip():
            if fields and not date and at + 1 < len(lines):
                break
        elif (found := _date_line(line)) and (date is None or found.end >= len(line.rstrip())):
            date = date or found
            taken.append(line[: found.end].strip())
            if rest := line[found.end :].strip(" \t|,;·•–-"):
                lines[at] = rest
                break
        elif keyed := _keyed(line):
            fields.append(keyed)
            taken.append(line.strip())
        else:
            break
        at += 1
    if fields and not date and len(fields) < 2 and fields[0][0] not in _ALWAYS:
        return Header(), text
    header = Header(
        date.date if date else None, date.time if date else None, bool(date and date.zoned), tuple(fields), tuple(taken)
    )
    return header, "\n".join(lines[at:])


def stamp(line: str) -> PartialDate | None:
    """The date of a line that is nothing but a date and perhaps a time, as pages print it; else None."""
    found = _date_line(line)
    if not found or found.end < len(line.rstrip(" \t|,.")):
        return None
    return found.date


def _keyed(line: str) -> tuple[str, str] | None:
    match = _KEYED.match(line)
    key = _KEYS.get(match[1].lower()) if match else None
    return (key, match[2].strip()) if match and key else None


def _date_line(line: str) -> _DateLine | None:
    plain = plain_digits(line[:160])
    keyed = _KEYED_DATE.match(plain)
    start = keyed.end() if keyed else len(plain) - len(plain.lstrip())
    if weekday := _WEEKDAY.match(plain, start):
        start = weekday.end()
    found = _numeric(plain, start) or _in_words(plain, start)
    if not found:
        return None
    alone = not line[found.end :].strip(" \t|,.")
    partial = found.date.day is None
    if keyed or (alone and not partial):
        return found
    return None


def _numeric(plain: str, start: int) -> _DateLine | None:
    match = _NUMERIC.match(plain, start)
    if not match:
        return None
    year, month, day = int(match["year"]), match["month"], match["day"]
    if not 1800 <= year <= 2200 or not 1 <= int(month or 1) <= 12 or not 1 <= int(day or 1) <= 31:
        return None
    date = PartialDate(year, int(month) if month else None, int(day) if day else None)
    if day and date.date is None:
        return None
    if not match["hour"]:
        return _DateLine(date, match.end())
    time = _time(date, match["hour"], match["minute"], match["second"], match["zone"])
    return _DateLine(date, match.end(), time, bool(match["zone"]))


def _in_words(plain: str, start: int) -> _DateLine | None:
    full = next(find_dates(plain[start : start + 60]), None)
    if full and full.year and full.start == 0:
        date = PartialDate(full.year, full.month, full.day)
        end = start + full.end
        clock = _CLOCK.match(plain, end)
        if not clock:
            return _DateLine(date, end)
        return _DateLine(date, clock.end(), _time(date, clock[1], clock[2], clock[3], clock[4]), bool(clock[4]))
    if east := _EAST_PARTIAL.match(plain, start):
        return _DateLine(PartialDate(int(east[1]), int(east[2]) if east[2] else None), east.end())
    named = _MONTH_YEAR.match(plain, start)
    if named and (month := MONTHS.get(fold(named[1]))):
        return _DateLine(PartialDate(int(named[2]), month), named.end())
    return None


def _time(date: PartialDate, hour: str, minute: str, second: str | None, zone: str | None) -> dt.datetime | None:
    """The moment; UTC stands in where no zone was printed, and the caller puts the feed's zone in its place."""
    try:
        plain = dt.datetime(
            date.year, date.month or 1, date.day or 1, int(hour), int(minute), int(second or 0), tzinfo=dt.UTC
        )
    except ValueError:
        return None
    if not zone or zone in ("Z", "GMT", "UTC"):
        return plain
    sign = -1 if zone[0] == "-" else 1
    offset = dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return plain.replace(tzinfo=dt.timezone(sign * offset)) if offset < dt.timedelta(hours=24) else plain
