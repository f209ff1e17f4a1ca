"""Dates as datelines and headers print them, found by their digits and read by a table of month names. Pure.

Eight languages and some neighbours; abbreviations, full-width and Arabic digits, the several Arabic calendars' names.
A number is looked at first, then the word beside it: there is no pattern a language.
"""

import datetime as dt
import re
from collections.abc import Iterator

from msgspec import Struct

from dragoman.text.fold import fold

_MONTH_NAMES = (
    "january jan janvier janv januar jänner enero ene gennaio gen janeiro yanvar yan ocak oca januari ianuarie январь января янв "
    "يناير كانون_الثاني جانفي січня 一月 stycznia ledna januára januara január ژانویه қаңтар հունվարի იანვარი",
    "february feb février févr fév februar febrero febbraio fevereiro fev fevral şubat şub februari февраль февраля фев февр "
    "فبراير شباط فيفري лютого feber lutego února februára februara február februarie فوریه ақпан փետրվարի თებერვალი",
    "march mar mars märz marzo março mart maret март марта мар مارس آذار березня mac maart mrz marca března marta március martie наурыз մարտի მარტი",
    "april apr avril avr abril abr aprile aprel nisan nis april апрель апреля апр أبريل ابريل إبريل نيسان أفريل квітня kwietnia dubna apríla aprila április aprilie آوریل сәуір ապրիլի აპრილი",
    "may mai mayo maggio mag maio mayıs mei май мая مايو أيار ماي травня mei maja května május مه мамыр մայիսի მაისი",
    "june jun juin juni junio giugno giu junho iyun haziran haz июнь июня июн يونيو يونيه حزيران جوان червня czerwca června juna június iunie ژوئن маусым հունիսի ივნისი",
    "july jul juillet juil juli julio luglio lug julho iyul temmuz tem июль июля июл يوليو يوليه تموز جويلية липня julai lipca července jula július iulie ژوئیه шілде հուլիսի ივლისი",
    "august aug août aout agosto ago avqust avq ağustos ağu agustus август августа авг أغسطس اغسطس آب أوت غشت серпня ogos augustus agustus sierpnia srpna augusta avgusta augusztus اوت тамыз օգոստոսի აგვისტო",
    "september sept sep septembre septiembre setiembre settembre set setembro sentyabr sen eylül eyl сентябрь сентября сен сент "
    "سبتمبر أيلول شتنبر вересня sentabr września září septembra szeptember septembrie سپتامبر қыркүйек սեպտեմբերի სექტემბერი",
    "october oct octobre oktober okt octubre ottobre ott outubro oktyabr ekim eki октябрь октября окт أكتوبر اكتوبر تشرين_الأول жовтня oktabr października října októbra oktobra október octombrie اکتبر қазан հոկտեմբերի ოქტომბერი",
    "november nov novembre noviembre novembro noyabr noy kasım kas ноябрь ноября ноя нояб نوفمبر تشرين_الثاني نونبر листопада listopada listopadu novembra noiembrie نوامبر қараша նոյեմբերի ნოემბერი",
    "december dec décembre déc dezember dez diciembre dic dicembre dezembro dekabr dek aralık ara desember декабрь декабря дек "
    "ديسمبر كانون_الأول دجنبر грудня disember dis grudnia prosince decembra decembrie دسامبر желтоқсан դեկտեմբերի დეკემბერი",
)
MONTHS: dict[str, int] = {
    fold(name.replace("_", " ")): number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()
}
"""folded month name → 1 to 12."""

_WEEKDAY_NAMES = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun
lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
lunes martes miércoles jueves viernes sábado domingo понедельник вторник среда четверг пятница суббота воскресенье
الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد bazar çərşənbə cümə şənbə
"""
WEEKDAYS = frozenset(map(fold, _WEEKDAY_NAMES.split()))
"""Folded names of the days of the week."""

_DIGITS = str.maketrans({zero + value: str(value) for zero in (0x0660, 0x06F0, 0xFF10) for value in range(10)})
_OTHER_DIGITS = re.compile("[٠-٩۰-۹０-９]")  # a tenth of the cost of looking every letter up
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_EAST_ASIAN = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]")
_KOREAN = re.compile(r"(?:(\d{4})\s*년\s*)?(\d{1,2})\s*월\s*(\d{1,2})\s*일")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_SHORT_YEAR = re.compile(r"(\d\d)\.(\d\d)\.(\d\d)(?![\d.]\d)")
_YEARLESS = re.compile(
    r"(\d{1,2})\s?-\s?(\d{1,2})(?=\s?-?\s?[(（/])|(\d\d)\.(\d\d)\.(?=\s?(?:[(（]|[^\W\d_]+ [(（]))"
    r"|(\d{1,2})/(\d{1,2})(?=\s?\([A-ZА-Я]{2})"
)
_DAY_SUFFIX = re.compile(r"(?:st|nd|rd|th|er|re|º|ª|°|\.|-?го|-?ci|-?cü|-?cu|-?cı)?(?:[-–/]\d{1,2}\.?)?\s*")
_LINK = re.compile(r"(?:de|del|of|من|شهر)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[^\S\n][^\W\d_]+)?")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)(?:\.[^\S\n]{0,3}|[^\S\n]{1,3})\Z")
_OTHER_NAME = re.compile(r"\s?[/(]\s?[^\W\d_]+(?:\s[^\W\d_]+)?\)?")
_YEAR_AFTER = re.compile(
    r"\.?\s?,?\s*(?:de\s+|del\s+|عام\s+|سنة\s+)?(\d{4})(?!\d)(?:\s*(?:г\.|г\b|года|-ci il|-cü il|-cu il|-cı il|il\b|م(?=\s|[،.])|ميلادي))?"
)
_ALSO_DAY = re.compile(r"(?:st|nd|rd|th)?(?:[-–/]\d{1,2}(?!\d))?")


class FoundDate(Struct, frozen=True):
    """A date and where it stands in the text; `year` is None where the text gives none."""

    start: int
    end: int
    day: int
    month: int
    year: int | None = None


class PartialDate(Struct, frozen=True):
    """A date known to the year, the month or the day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> dt.date | None:
        """The day, where it is known and exists."""
        return None if self.month is None or self.day is None else valid_date(self.year, self.month, self.day)


def plain_digits(text: str) -> str:
    """`text` with full-width and Arabic digits as ASCII ones; every position stays where it was."""
    return text if text.isascii() or not _OTHER_DIGITS.search(text) else text.translate(_DIGITS)


def valid_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def find_dates(text: str) -> Iterator[FoundDate]:
    """The dates in `text`, from left to right, days and months that exist only; digits as `plain_digits` gives them."""
    position = 0
    for number in _NUMBER.finditer(text):
        if number.start() < position:
            continue
        found = _date_at(text, number.start(), number.end())
        if found and valid_date(found.year or 2024, found.month, found.day):
            position = found.end
            yield found


def _date_at(text: str, start: int, end: int) -> FoundDate | None:
    for reader in (_east_asian, _numeric, _day_first, _month_first):
        if found := reader(text, start, end):
            return found
    return None


def _east_asian(text: str, start: int, end: int) -> FoundDate | None:
    found = _EAST_ASIAN.match(text, start) or _KOREAN.match(text, start)
    if not found:
        return None
    year, month, day = found.groups()
    return FoundDate(start, found.end(), int(day), int(month), int(year) if year else None)


def _numeric(text: str, start: int, end: int) -> FoundDate | None:
    if found := _ISO.match(text, start):
        return FoundDate(start, found.end(), int(found[3]), int(found[2]), int(found[1]))
    if found := _NUMERIC.match(text, start):
        return FoundDate(start, found.end(), int(found[1]), int(found[3]), int(found[4]))
    if found := _SHORT_YEAR.match(text, start):
        return FoundDate(start, found.end(), int(found[1]), int(found[2]), 2000 + int(found[3]))
    if found := _YEARLESS.match(text, start):  # before a signature only: "24 - 5 (KUNA)", "19/02 (BELGA)"
        return FoundDate(start, found.end(), *map(int, filter(None, found.groups())))
    return None


def _day_first(text: str, start: int, end: int) -> FoundDate | None:
    if end - start > 2:
        return None
    at = _skip(_DAY_SUFFIX, text, end)
    at = _skip(_LINK, text, at)
    word = _WORD.match(text, at)
    if not word:
        return None
    month, at = _month(word)
    if month is None:
        return None
    at = (
        _skip(_OTHER_NAME, text, at)
        if text[at : at + 2].strip()[:1] in ("/", "(") and _other_is_month(text, at)
        else at
    )
    year, at = _year(text, at)
    return FoundDate(start, at, int(text[start:end]), month, year)


def _month_first(text: str, start: int, end: int) -> FoundDate | None:
    if end - start > 2:
        return None
    before = _WORD_BEFORE.search(text, max(0, start - 24), start)
    month = MONTHS.get(fold(before[1])) if before else None
    if before is None or month is None:
        return None
    year, at = _year(text, _skip(_ALSO_DAY, text, end))
    return FoundDate(before.start(), at, int(text[start:end]), month, year)


def _month(word: re.Match[str]) -> tuple[int | None, int]:
    """The month a word or two name, and where its name ends (Levantine months have two words)."""
    if month := MONTHS.get(fold(word[0])):
        return month, word.end()
    first = word[0].split(None, 1)[0]
    month = MONTHS.get(fold(first))
    return month, word.start() + len(first)


def _other_is_month(text: str, at: int) -> bool:
    other = _OTHER_NAME.match(text, at)
    return bool(other) and fold(other[0].strip(" /()")) in MONTHS if other else False


def _year(text: str, at: int) -> tuple[int | None, int]:
    found = _YEAR_AFTER.match(text, at)
    if not found or not 1800 <= int(found[1]) <= 2200:
        return None, at
    return int(found[1]), found.end()


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
