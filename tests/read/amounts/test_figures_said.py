"""Figures in a text: value, unit and "more than" in every language; what looks like one and is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman.model.reading import Figure, Reading
from dragoman.read.amounts import find_dates, find_figures
from dragoman.read.amounts.digits import value
from dragoman.read.amounts.han_numbers import han_number
from dragoman.read.document import Document


def figures(text: str, language: str) -> tuple[Figure, ...]:
    document, reading = Document(text, language=language), Reading(version=1)
    found = find_figures(document, replace(reading, dates=find_dates(document, reading)))
    assert all(text[one.start : one.end] == one.text for one in found)
    return found


def told(text: str, language: str) -> list[tuple[float, str]]:
    return [(one.value, one.unit) for one in figures(text, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("az", "2,5 milyard dollar"), ("az", "2,5 mlrd. ABŞ dolları"), ("en", "$2.5bn"), ("en", "2.5 billion US dollars"), ("en", "USD 2.5 billion"),
        ("ru", "2,5 млрд долларов США"), ("fr", "2,5 milliards de dollars"), ("de", "2,5 Milliarden Dollar"), ("es", "2.500 millones de dólares"),
        ("ar", "2.5 مليار دولار"), ("ar", "٢٫٥ مليار دولار"), ("zh", "25亿美元"),
    ],
)  # fmt: skip
def test_it_is_two_and_a_half_thousand_million_dollars(language: str, text: str) -> None:
    assert told(text, language) == [(2.5e9, "USD")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("az", "12 nəfər yaralanıb"), ("az", "on iki nəfər yaralanıb"), ("en", "12 people were injured"), ("en", "twelve injured"),
        ("ru", "пострадали двенадцать человек"), ("ru", "ранены 12 человек"), ("fr", "douze blessés"), ("de", "zwölf Verletzte"),
        ("es", "doce heridos"), ("ar", "أصيب ١٢ شخصا"), ("ar", "إصابة اثني عشر شخصا"), ("zh", "12人受伤"), ("zh", "十二人受伤"),
    ],
)  # fmt: skip
def test_twelve_people_were_injured(language: str, text: str) -> None:
    assert told(text, language) == [(12.0, "injured")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "two hundred and fifty-three thousand", 253_000), ("fr", "quatre-vingt-dix-sept", 97), ("fr", "soixante et onze mille", 71_000),
        ("fr", "deux cents", 200), ("de", "zweiundzwanzig", 22), ("de", "dreihunderttausend", 300_000), ("es", "treinta y cinco mil", 35_000),
        ("ru", "двухсот сорока пяти", 245), ("ru", "пять тысяч", 5000), ("az", "iyirmi beş min", 25_000), ("az", "üç yüz", 300),
        ("ar", "خمسة وعشرون", 25), ("ar", "ثلاثة آلاف", 3000), ("zh", "三万五千", 35_000), ("zh", "一百二十", 120), ("zh", "两亿三千万", 230_000_000),
        ("fr", "2 billions", 2e12), ("de", "2 Billionen", 2e12), ("en", "2 billion", 2e9), ("zh", "3.5万亿", 3.5e12),
    ],
)  # fmt: skip
def test_numbers_in_words(language: str, text: str, expected: float) -> None:
    assert [one.value for one in figures(text, language)] == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("az", "5,5 faiz"), ("en", "5.5 per cent"), ("en", "5.5%"), ("ru", "5,5 процента"), ("fr", "5,5 %"), ("de", "5,5 Prozent"),
        ("es", "5,5 por ciento"), ("ar", "5.5 بالمئة"), ("ar", "٥٫٥٪"), ("zh", "5.5%"), ("zh", "百分之五点五"),
    ],
)  # fmt: skip
def test_it_is_five_and_a_half_per_cent(language: str, text: str) -> None:
    assert told(text, language) == [(5.5, "%")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("az", "500-dən çox insan"), ("az", "ən azı 500 nəfər"), ("en", "more than 500 people"), ("en", "over 500"), ("ru", "свыше 500 человек"),
        ("fr", "plus de 500 personnes"), ("de", "über 500 Menschen"), ("es", "más de 500 personas"), ("ar", "أكثر من 500 شخص"),
        ("zh", "超过500人"), ("zh", "500多人"),
    ],
)  # fmt: skip
def test_more_than_is_said(language: str, text: str) -> None:
    assert [(one.value, one.least) for one in figures(text, language)] == [(500.0, True)]


def test_both_ends_of_a_range_have_its_unit() -> None:
    assert told("3 to 5 million euros", "en") == [(3e6, "EUR"), (5e6, "EUR")]
    assert told("от 7 до 10 км", "ru") == [(7, "km"), (10, "km")]
    assert told("60–65 %", "fr") == [(60, "%"), (65, "%")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "COVID-19 and the G7 met at 10:30, not at 5 p.m."), ("en", "the 19th congress"), ("en", "it ended 3:1, or 2-1"), ("en", "version 2.1.3"),
        ("en", "on 19 February 2026"), ("en", "thousands of people, one of them"), ("en", "call +994125981234"), ("en", "two thirds agreed"),
        ("ru", "на 20-м съезде"), ("az", "20-ci iclas, saat 15:00-da"), ("fr", "le 3e projet, à 10h30"), ("de", "der 3. Platz, um 10.30 Uhr"),
        ("es", "el 3.º proyecto, a las 10:30"), ("zh", "第三届，一些人十分满意，数百"), ("de", "Tel. 0172 5554433"),
    ],
)  # fmt: skip
def test_these_are_no_figures(language: str, text: str) -> None:
    assert told(text, language) == []


@given(st.integers(0, 10**12), st.integers(0, 99))
@settings(max_examples=200, deadline=None)
def test_a_number_is_read_as_each_language_writes_it(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02d}"
    swapped = english.translate(str.maketrans(",.", ".,"))
    spaced = english.replace(",", "\u00a0").replace(".", ",")
    arabic = english.replace(",", "٬").replace(".", "٫")
    expected = pytest.approx(whole + cents / 100)
    assert value(english, "en") == value(english, "zh") == expected
    assert value(swapped, "de") == value(swapped, "es") == expected
    assert value(spaced, "ru") == value(spaced, "fr") == value(spaced, "az") == expected
    assert value(arabic, "ar") == expected


def test_groups_of_india_and_money_of_those_who_group_by_commas() -> None:
    assert value("12,34,567", "en") == 1_234_567
    assert value("26,750", "az", money=True) == 26_750
    assert value("1,234", "de") == 1.234
    assert value("1.2.3.4", "en") is None
    assert value("1" * 100, "en") is None


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_are_read_as_they_are_counted(number: int) -> None:
    assert han_number(_written(number)) == number


def _written(number: int) -> str:
    if number >= 10_000:
        rest = number % 10_000
        return _written(number // 10_000) + "万" + (("零" if rest < 1000 else "") + _written(rest) if rest else "")
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            rest = number % unit
            return (
                "零一二三四五六七八九"[number // unit]
                + sign
                + (("零" if rest < unit // 10 else "") + _written(rest) if rest else "")
            )
    return "零一二三四五六七八九"[number]


@given(
    st.text(max_size=200) | st.text("0123456789.,٫٬ -–:%$€万亿百一二第人year", max_size=60),
    st.sampled_from(["az", "en", "ru", "fr", "de", "es", "ar", "zh", "tr", "und"]),
)
@settings(max_examples=200, deadline=None)
def test_no_text_is_too_odd(text: str, language: str) -> None:
    figures(text, language)


@pytest.mark.parametrize("unit", ["1", "1,", "1 ", "1-", "5%", "万亿一", "quatre-vingt-", "two ", "百分之", "over 5 "])
def test_much_of_the_same_is_read_all_the_same(unit: str) -> None:
    for language in ("en", "zh", "fr"):
        figures(unit * (20_000 // len(unit)), language)
