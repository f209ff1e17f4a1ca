"""When a picture was taken, read from the words of archives in our eight languages, and said in any of them. Pure.

    12 May 1984 · 1984-05 · spring 1984 · 1984 · c. 1970 · before 1969 · 1960s · 1984–86 · 1984 or 1985 · 19th century

What is read off first is what surrounds a date (about, before, after), then two dates with an "or" or a dash between them,
then the date. The words of each language are tables in `read._taken_words`.

Limits: years 1000 to 2099 of the Gregorian calendar; 03/04/1984 is read as the 3rd of April, as in seven of the eight.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable

from msgspec.structs import replace

from dragoman.model.taken import Precision, Season, WhenTaken
from dragoman.read._taken_words import (
    AFTER,
    ARABIC_CENTURIES,
    ARABIC_DECADE,
    ARABIC_TEN,
    BEFORE,
    CIRCA,
    DECADES,
    OR,
    SEASONS,
    STARTS,
)
from dragoman.read.calendar import MONTHS
from dragoman.text.fold import fold

LONGEST = 200
_DIGITS = str.maketrans({zero + value: str(value) for zero in (0x0660, 0x06F0, 0xFF10) for value in range(10)})
_YEAR = r"(1\d{3}|20\d{2})"
_DAY = dt.timedelta(days=1)


def read_taken(words: str) -> WhenTaken:
    """What `words` say; precision ``unknown`` where they are not understood. The words themselves are always kept."""
    given = " ".join(words.split())[:LONGEST]
    text = unicodedata.normalize("NFKC", given).translate(_DIGITS).casefold()
    text = re.sub(r"[\u200e\u200f\u061c\[\]()?«»\"“”]", " ", text).strip(" .,;")
    found = _qualified(" ".join(text.split()))
    return replace(found or WhenTaken(), words=given)


def _qualified(text: str) -> WhenTaken | None:
    circa, text = _peeled(text, CIRCA)
    before, text = _peeled(text, BEFORE)
    after, text = _peeled(text, AFTER)
    found = _dated(text.strip(" .,;:"))
    if found is None:
        return None
    if circa:
        found = replace(found, circa=True)
    if before and found.earliest and found.earliest > dt.date.min:
        return replace(found, earliest=None, latest=found.earliest - _DAY, at=None)
    if after and found.latest:
        return replace(found, earliest=found.latest + _DAY, latest=None, at=None)
    return found


def _peeled(text: str, words: re.Pattern[str]) -> tuple[bool, str]:
    rest = words.sub(" ", text, count=1)
    return (True, " ".join(rest.split())) if rest != text else (False, text)


def _dated(text: str) -> WhenTaken | None:
    for reading in _READINGS:
        if (found := reading(text)) is not None:
            return found
    return None


def _moment(text: str) -> WhenTaken | None:
    """ISO 8601, Exif and IIM: with a time, a day, a month or a year alone; zeros where something is not known."""
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part or 0) for part in found.groups()[:3])
    if found[4]:
        return _at(found, year, month, day) if month and day else None
    return _span_of(year, month, day)


_ISO = re.compile(
    _YEAR
    + r"(?:[-:./]?(\d{2})(?:[-:./]?(\d{2}))?)?(?:[t ]+(\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)? ?(z|[+-]\d{2}:?\d{2})?)?"
)


def _at(found: re.Match[str], year: int, month: int, day: int) -> WhenTaken | None:
    zone = (found[7] or "").replace("z", "+00:00").replace(":", "")
    if not zone:
        return _span_of(year, month, day)  # whose noon it was, nobody knows: the day is what is sure
    try:
        offset = dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
        tz = dt.timezone(-offset if zone[0] == "-" else offset)
        at = dt.datetime(year, month, day, int(found[4]), int(found[5]), min(int(found[6] or 0), 59), tzinfo=tz)
    except ValueError:
        return _span_of(year, month, day)
    return WhenTaken(earliest=at.date(), latest=at.date(), precision="moment", at=at)


def _span_of(year: int, month: int, day: int) -> WhenTaken | None:
    try:
        if not month:
            return WhenTaken(earliest=dt.date(year, 1, 1), latest=dt.date(year, 12, 31), precision="year")
        if not day:
            return WhenTaken(earliest=dt.date(year, month, 1), latest=_last_day(year, month), precision="month")
        return WhenTaken(earliest=dt.date(year, month, day), latest=dt.date(year, month, day), precision="day")
    except ValueError:
        return None


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - _DAY


def _east_asian(text: str) -> WhenTaken | None:
    found = re.fullmatch(_YEAR + r"年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?", text)
    return _span_of(*(int(part or 0) for part in found.groups())) if found else None


def _numeric(text: str) -> WhenTaken | None:
    found = re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2" + _YEAR, text)
    return _span_of(int(found[4]), int(found[3]), int(found[1])) if found else None


def _worded(text: str) -> WhenTaken | None:
    """A day or a month with its name, in any of the languages, whatever stands between the words."""
    years = re.findall(rf"(?<!\d){_YEAR}(?!\d)", text)
    if len(years) != 1:
        return None
    months = {number for word in re.findall(r"[^\W\d_]+", text) if (number := _month(word))}
    days = [int(day) for day in re.findall(r"(?<!\d)(\d{1,2})(?!\d)", text)]
    if len(months) != 1 or len(days) > 1:
        return None
    return _span_of(int(years[0]), months.pop(), days[0] if days else 0)


def _month(word: str) -> int:
    """The number of the month that `word` names, an ending or two behind it allowed (mayında); 0 where it names none."""
    if word in STARTS:
        return 0
    folded = fold(word)
    for length in range(len(folded), max(2, len(folded) - 5), -1):
        if number := MONTHS.get(folded[:length], 0):
            return number
    return 0


def _season(text: str) -> WhenTaken | None:
    found = re.search(rf"(?<!\d){_YEAR}(?: ?[/–-] ?(?:\d{{2}})?(\d{{2}}))?(?!\d)", text)
    names: list[Season] = [season for season, words in SEASONS.items() if words.search(text)]
    if found is None or len(names) != 1:
        return None
    season, year = names[0], int(found[1])
    first, last = _MONTHS_OF[season]
    begins, ends = dt.date(year, first, 1), _last_day(year, last)
    if season == "winter":
        # Of one year: the one that ends or the one that begins in it. Of two: the one between them.
        begins, ends = (
            (begins, _last_day(year + 1, 2)) if found[2] else (dt.date(year - 1, 12, 1), dt.date(year, 12, 31))
        )
    return WhenTaken(earliest=begins, latest=ends, precision="season", season=season)


_MONTHS_OF: dict[Season, tuple[int, int]] = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}


def _year(text: str) -> WhenTaken | None:
    """A year with the little words that go with one, as in 1970 г., 1970-ci il, عام 1970."""
    found = re.fullmatch(
        r"(?:in |im jahre? |year |année |en |el año |año |عام |سنة |в )?"
        + _YEAR
        + r"(?:[- ]?(?:г|год|года|году|c[iıuü]|م|年)\b\.?)?(?: ?il(?:i|də|ində)?)?",
        text,
    )
    return _span_of(int(found[1]), 0, 0) if found else None


def _decade(text: str) -> WhenTaken | None:
    first = _arabic_decade(text)
    for pattern in DECADES:
        if first is None and (found := pattern.fullmatch(text)):
            first = _first_year(found)
    if first is None:
        return None
    return WhenTaken(earliest=dt.date(first, 1, 1), latest=dt.date(first + 9, 12, 31), precision="decade")


def _first_year(found: re.Match[str]) -> int | None:
    named = found.groupdict()
    if named.get("ten"):
        century = int(named["century"]) - 1 if named.get("century") else 19
        return century * 100 + int(named["ten"])
    return int(named["year"]) if named.get("year") else None


def _arabic_decade(text: str) -> int | None:
    found = ARABIC_DECADE.fullmatch(text)
    if found is None:
        return None
    hundred = next((year for year, name in ARABIC_CENTURIES.items() if name in text), 1900)
    return hundred + ARABIC_TEN[found[1]]


def _century(text: str) -> WhenTaken | None:
    found = re.fullmatch(
        r"(?:(?:siglo|القرن) )?(?:the )?(\d{1,2}|[ivx]{1,5})(?:st|nd|rd|th|\.|e|ème|-?й|-?c[iıuü])?"
        r"(?: ?(?:century|siècle|jahrhundert|jh|век|века|в|əsr|əsrin|世纪))?",
        text,
    )
    number = int(found[1]) if found and found[1].isdecimal() else _ROMAN.get(found[1], 0) if found else 0
    if not 11 <= number <= 21 or not re.search(_CENTURY, text):
        return None
    first = (number - 1) * 100 + 1
    return WhenTaken(earliest=dt.date(first, 1, 1), latest=dt.date(first + 99, 12, 31), precision="century")


_ROMAN = {"xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21}
_CENTURY = r"century|siècle|jahrhundert|\bjh\b|век|\bв$|əsr|世纪|siglo|القرن"


def _either(text: str) -> WhenTaken | None:
    parts = OR.split(text)
    if len(parts) != 2:
        return None
    return _joined(parts[0], parts[1], "either")


def _span(text: str) -> WhenTaken | None:
    found = _BETWEEN.fullmatch(text)
    if found is None:
        return None
    second = found[2]
    if re.fullmatch(r"\d{2}", second) and (year := re.search(_YEAR + r"$", found[1])):
        second = year[1][:2] + second
    return _joined(found[1], second, "span")


_BETWEEN = re.compile(
    r"(?:between|from|zwischen|von|entre|de|с|между|بين|من)? ?(.+?)"
    r" ?(?:–|—|-|/|\band\b|\bto\b|\bund\b|\bbis\b|\bet\b|\bà\b|\by\b|\ba\b|\bи\b|\bпо\b|\bдо\b| و(?: ?بين)? ?| إلى | 至 ?|至|到) ?(.+?)"
    r"(?: гг| годы| год| illər| ildə)?"
)


def _joined(one: str, other: str, precision: Precision) -> WhenTaken | None:
    first, second = _simple(one.strip(" ,")), _simple(other.strip(" ,"))
    if first is None or second is None or not (first.earliest and second.earliest and first.latest and second.latest):
        return None
    if first.earliest > second.earliest:
        return None
    return WhenTaken(earliest=first.earliest, latest=second.latest, precision=precision)


def _simple(text: str) -> WhenTaken | None:
    return next((found for reading in _SIMPLE if (found := reading(text)) is not None), None)


Reading = Callable[[str], WhenTaken | None]
_SIMPLE: tuple[Reading, ...] = (_moment, _year, _east_asian, _numeric, _decade, _season, _worded)
_READINGS: tuple[Reading, ...] = (
    _moment,
    _year,
    _east_asian,
    _numeric,
    _decade,
    _century,
    _either,
    _season,
    _worded,
    _span,
)
