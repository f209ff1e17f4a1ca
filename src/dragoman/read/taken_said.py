"""When a picture was taken, said in the reader's language: "c. 1970", "до 1969 г.", "1960年代". Pure.

Every language is one row of patterns; what is known to the day or the month is written as CLDR writes it.
"""

import datetime as dt

from babel.dates import format_date
from msgspec import Struct

from dragoman.model.taken import Season, WhenTaken
from dragoman.read._taken_words import ARABIC_CENTURIES, ARABIC_TENS

_LOCALES = {"zh": "zh_Hans", "en": "en_GB"}
_DAY = dt.timedelta(days=1)


class _Speech(Struct, frozen=True, kw_only=True):
    """`x` is a date as said, `y` a year, `s` its Azerbaijani ending; `n` and `r` a century in figures and in Roman ones."""

    year: str = "{y}"
    circa: str
    before: str
    after: str
    decade: str
    season: str
    seasons: tuple[str, str, str, str]
    span: str = "{a}–{b}"
    years: str = "{a}–{b}"
    either: str
    century: str
    month: str = "MMMM y"


_SPEECH: dict[str, _Speech] = {
    "en": _Speech(
        circa="c. {x}",
        before="before {x}",
        after="after {x}",
        decade="{y}s",
        season="{season} {y}",
        seasons=("spring", "summer", "autumn", "winter"),
        either="{a} or {b}",
        century="{n}th century",
    ),
    "az": _Speech(
        circa="təxminən {x}",
        before="{y}{s} ildən əvvəl",
        after="{y}{s} ildən sonra",
        decade="{y}{s} illər",
        season="{y}{s} ilin {season}",
        seasons=("yazı", "yayı", "payızı", "qışı"),
        either="{a} və ya {b}",
        century="{r} əsr",
        year="{y}{s} il",
        years="{a}–{b}{s} illər",
    ),
    "ru": _Speech(
        circa="ок. {x}",
        before="до {x}",
        after="после {x}",
        decade="{y}-е гг.",
        season="{season} {y} г.",
        seasons=("весна", "лето", "осень", "зима"),
        either="{a} или {b}",
        century="{r} век",
        year="{y} г.",
        years="{a}–{b} гг.",
        month="LLLL y 'г.'",
    ),
    "fr": _Speech(
        circa="vers {x}",
        before="avant {x}",
        after="après {x}",
        decade="années {y}",
        season="{season} {y}",
        seasons=("printemps", "été", "automne", "hiver"),
        either="{a} ou {b}",
        century="{r}e siècle",
    ),
    "de": _Speech(
        circa="um {x}",
        before="vor {x}",
        after="nach {x}",
        decade="{y}er Jahre",
        season="{season} {y}",
        seasons=("Frühjahr", "Sommer", "Herbst", "Winter"),
        either="{a} oder {b}",
        century="{n}. Jahrhundert",
    ),
    "es": _Speech(
        circa="hacia {x}",
        before="antes de {x}",
        after="después de {x}",
        decade="década de {y}",
        season="{season} de {y}",
        seasons=("primavera", "verano", "otoño", "invierno"),
        either="{a} o {b}",
        century="siglo {r}",
        month="MMMM 'de' y",
    ),
    "ar": _Speech(
        circa="نحو {x}",
        before="قبل {x}",
        after="بعد {x}",
        decade="{decade}",
        season="{season} {y}",
        seasons=("ربيع", "صيف", "خريف", "شتاء"),
        either="{a} أو {b}",
        century="القرن {n}",
    ),
    "zh": _Speech(
        circa="约{x}",
        before="{x}以前",
        after="{x}以后",
        decade="{c}世纪{t}年代",
        season="{y}年{season}",
        seasons=("春季", "夏季", "秋季", "冬季"),
        span="{a}至{b}",
        years="{a}年至{b}年",
        either="{a}或{b}",
        century="{n}世纪",
        year="{y}年",
        month="y年M月",
    ),
}
_SEASONS: tuple[Season, ...] = ("spring", "summer", "autumn", "winter")


def say_taken(taken: WhenTaken, language: str) -> str:
    """The words for `taken`; those that were given where nothing of them was understood."""
    code = language.split("-")[0]
    speech = _SPEECH.get(code, _SPEECH["en"])
    if not taken.is_known:
        return taken.words
    if taken.earliest is None or taken.latest is None:
        said = _open(taken, speech, code)
    else:
        said = _closed(taken, taken.earliest, taken.latest, speech, code)
    return speech.circa.format(x=said) if taken.circa else said


def _open(taken: WhenTaken, speech: _Speech, code: str) -> str:
    """Before or after; a whole year by its number."""
    if taken.latest is not None:
        pattern, bound = speech.before, taken.latest + _DAY
        whole = (bound.month, bound.day) == (1, 1)
    else:
        assert taken.earliest is not None
        pattern, bound = speech.after, taken.earliest - _DAY
        whole = (bound.month, bound.day) == (12, 31)
    if whole:
        return pattern.format(x=_year(bound.year, speech), y=bound.year, s=_ending(bound.year))
    if code == "az":
        pattern = pattern.replace("{y}{s} ildən", "{x} tarixindən")
    return pattern.format(x=_day(bound, code))


def _closed(taken: WhenTaken, first: dt.date, last: dt.date, speech: _Speech, code: str) -> str:
    if taken.precision in ("span", "either"):
        return _two(taken, first, last, speech, code)
    year = last.year if taken.season == "winter" else first.year
    if taken.precision == "season" and taken.season:
        season = speech.seasons[_SEASONS.index(taken.season)]
        between = taken.season == "winter" and last.month == 2
        shown = f"{first.year}/{year % 100:02d}" if between else year
        return speech.season.format(season=season, y=shown, s=_ending(year))
    if taken.precision == "decade":
        return speech.decade.format(
            y=year, s=_ending(year), decade=_arabic_decade(year), c=year // 100 + 1, t=year % 100
        )
    if taken.precision == "century":
        number = last.year // 100
        return speech.century.format(n=number, r=_roman(number)).replace("21th", "21st")
    if taken.precision == "month":
        return str(format_date(first, speech.month, locale=_LOCALES.get(code, code)))
    return _year(year, speech) if taken.precision == "year" else _day(first, code)


def _two(taken: WhenTaken, first: dt.date, last: dt.date, speech: _Speech, code: str) -> str:
    """Two dates with a dash or an "or" between them; whole years by their numbers."""
    if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
        pattern = speech.span if taken.precision == "span" else speech.either
        return pattern.format(a=_day(first, code), b=_day(last, code))
    if taken.precision == "span":
        return speech.years.format(a=first.year, b=last.year, s=_ending(last.year))
    one = _year(first.year, speech) if code == "zh" else str(first.year)
    return speech.either.format(a=one, b=_year(last.year, speech))


def _year(year: int, speech: _Speech) -> str:
    return speech.year.format(y=year, s=_ending(year))


def _day(day: dt.date, code: str) -> str:
    code = code if code in _SPEECH else "en"
    return str(format_date(day, "long", locale=_LOCALES.get(code, code)))


def _arabic_decade(year: int) -> str:
    ten, hundred = year % 100, year - year % 100
    if ten in ARABIC_TENS and hundred in ARABIC_CENTURIES:
        return f"{ARABIC_TENS[ten]} {ARABIC_CENTURIES[hundred]}"
    return f"عقد {year}"


_LAST = {1: "ci", 2: "ci", 3: "cü", 4: "cü", 5: "ci", 6: "cı", 7: "ci", 8: "ci", 9: "cu"}
_TENS = {1: "cu", 2: "ci", 3: "cu", 4: "cı", 5: "ci", 6: "cı", 7: "ci", 8: "ci", 9: "cı"}


def _ending(year: int) -> str:
    """The ending of an Azerbaijani ordinal, by the vowel of the number's last word: 1969-cu, 1970-ci, 1984-cü."""
    if year % 10:
        return f"-{_LAST[year % 10]}"
    if year % 100:
        return f"-{_TENS[year // 10 % 10]}"
    return "-cü" if year % 1000 else "-ci"


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
