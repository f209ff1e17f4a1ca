"""The dateline of our copy, written as its agency prints it, in each of our languages. Pure.

A table of styles by agency and language, tables of months: «БАКУ, 19 февраля.», "BAKU, February 19.", „Baku, 19. Februar“,
"Bakı, 19 fevral, AZƏRTAC", 阿塞通社巴库2月19日电. What is written here is read back by `find_dateline`.
"""

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct

from dragoman.read.agencies import agency_name
from dragoman.read.dateline.local_names import agency_in, place_in

_MONTHS: Mapping[str, tuple[str, ...]] = {
    language: tuple(names.split())
    for language, names in {
        "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
        "en": "January February March April May June July August September October November December",
        "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "ar-levant": "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
        "ar-maghreb": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
        "en-short": "Jan Feb March April May June July Aug Sept Oct Nov Dec",
        "ru-short": "янв фев мар апр мая июн июл авг сен окт ноя дек",
        "fr-short": "jan fév mars avr mai juin juil août sept oct nov déc",
        "es-short": "ene feb mar abr may jun jul ago sep oct nov dic",
        "de-short": "Jan Feb März April Mai Juni Juli Aug Sept Okt Nov Dez",
    }.items()
}
"""By language; in the genitive where a date has it. ``-short`` as the international agencies abbreviate."""

_DATES = {"en": "{month} {day}", "de": "{day}. {month}", "es": "{day} de {month}", "zh": "{number}月{day}日"}
_SHORT_DATES = {"en": "{month} {day}", "de": "{day}. {month}"}

_STYLES = (
    # agency (none: unsigned; *: any other; latin: one without a Chinese name), languages, how it runs
    ("", "az fr de es", "{place}, {date}"),
    ("", "en ru", "{PLACE}, {date}."),
    ("", "ar", "{place}، {date}"),
    ("", "zh", "{place}{date}电"),
    ("*", "en ru", "{PLACE}, {date}. /{agency}/."),
    ("*", "az", "{place}, {date}, {agency}"),
    ("*", "fr de", "{place}, {date} ({agency}) –"),
    ("*", "es", "{place}, {date} ({agency}).-"),
    ("*", "ar", "{place} في {date} /{agency}/"),
    ("*", "zh", "{agency}{place}{date}电"),
    ("latin", "zh", "{place}{date}电（{agency}）"),
    ("AZERTAC", "az en ru fr de es", "{place}, {date}, {agency}"),
    ("AZERTAC", "ar", "{place}، {date}، {agency}"),
    ("TASS", "en ru de fr es", "{PLACE}, {date}. /{agency}/."),
    ("RIA Novosti", "ru", "{PLACE}, {short} — {agency}."),
    ("Interfax", "ru en", "{place}. {date}. INTERFAX.RU -"),
    ("BelTA", "ru", "{date}, {place} /{agency}/."),
    ("Kazinform", "ru", "{PLACE}. {date}. КАЗИНФОРМ –"),
    ("Kazinform", "en", "{PLACE}. {date}. KAZINFORM –"),
    ("Report", "az en ru", "{place}. {date}. REPORT.AZ/"),
    ("Reuters", "en fr es", "{PLACE}, {short} ({agency}) -"),
    ("AFP", "en", "{PLACE}, {short} ({agency}) -"),
    ("AFP", "fr es", "{place}, {short} ({agency}) -"),
    ("AFP", "ar", "{place} (أ ف ب) -"),
    ("AP", "en es", "{PLACE} (AP) —"),
    ("dpa", "de en es", "{place} (dpa) -"),
    ("EFE", "es", "{place}, {short} ({agency}).-"),
    ("Xinhua", "en fr es", "{PLACE}, {short} (Xinhua) --"),
    ("Kyodo", "en", "{PLACE}, {short} Kyodo -"),
    ("Yonhap", "en", "{PLACE}, {short} (Yonhap) --"),
    ("WAM", "ar", "{place} في {date}/ {agency} /"),
    ("WAM", "en es fr", "{PLACE}, {date} (WAM) —"),
    ("KUNA", "ar", "{place} - {day} - {number} ({agency}) --"),
    ("KUNA", "en", "{PLACE}, {short} (KUNA) --"),
    ("SPA", "en", "{place}, {date}, {year}, SPA --"),
    ("Bernama", "en", "{PLACE}, {short} (Bernama) --"),
    ("Anadolu", "en", "{PLACE} (AA) -"),
)
STYLES: Mapping[tuple[str, str], str] = {
    (agency, language): style for agency, languages, style in _STYLES for language in languages.split()
}
"""(agency, language) → its dateline. ``{PLACE}`` is in capitals, ``{short}`` the date with the month abbreviated,
``{number}`` the month's."""

_ARABIC_MONTHS = {"levant": ("Petra", "SANA", "NNA", "INA", "WAFA"), "maghreb": ("APS", "TAP")}
_CALENDARS = {agency: f"ar-{calendar}" for calendar, agencies in _ARABIC_MONTHS.items() for agency in agencies}


class WrittenDateline(Struct, frozen=True, kw_only=True):
    """`text` as printed, without the space behind it. `place_known` is false where the place's name in this language is
    not known and stands as it was given."""

    language: str
    text: str
    place: str
    agency: str = ""
    place_known: bool = True


def write_dateline(place: str, date: dt.date, language: str, agency: str = "") -> WrittenDateline:
    """The dateline of `agency` (none: unsigned) for copy from `place` of `date` in `language`, one of our eight.

    `place` is a name in any of our languages, `agency` any of its names; one we do not know signs as it is called.

    Raises:
        ValueError: the language is none of the eight, or there is no place.
    """
    language = language.split("-")[0].lower()
    place, agency = " ".join(place.split()), " ".join(agency.split())
    if not place:
        raise ValueError("a dateline needs a place")
    if ("", language) not in STYLES:
        raise ValueError(f"no datelines in {language}")
    known = agency_name(agency)
    local, signed = place_in(place, language), agency_in(agency, language)
    style = STYLES.get((known or "*", language)) or STYLES["*", language] if agency else STYLES["", language]
    if agency and language == "zh" and not "一" <= signed[:1] <= "鿿":
        style = STYLES["latin", language]
    text = style.format(
        place=local or place,
        PLACE=(local or place).upper(),
        date=_date(date, _CALENDARS.get(known, language) if language == "ar" else language),
        short=_date(date, f"{language}-short"),
        day=date.day,
        number=date.month,
        year=date.year,
        agency=signed,
    )
    return WrittenDateline(language=language, text=text, place=local or place, agency=signed, place_known=bool(local))


def _date(date: dt.date, form: str) -> str:
    language, _, short = form.partition("-")
    names = _MONTHS.get(form) or _MONTHS.get(language)
    month = names[date.month - 1].replace("_", " ") if names else ""
    day = "1er" if date.day == 1 and language == "fr" else str(date.day)
    pattern = (_SHORT_DATES if short == "short" else _DATES).get(language, "{day} {month}")
    return pattern.format(day=day, month=month, number=date.month)
