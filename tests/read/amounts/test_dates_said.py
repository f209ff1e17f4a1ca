"""Dates in a text: the same day in every language, ranges, what the item's time adds, and what is no date."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model.reading import Reading
from dragoman.read.amounts import find_dates
from dragoman.read.document import Document

FRIDAY = dt.datetime(2026, 2, 20, 10, 0, tzinfo=dt.UTC)


def values(text: str, language: str, time: dt.datetime | None = FRIDAY) -> list[str]:
    found = find_dates(Document(text, language=language, time=time), Reading(version=1))
    assert all(text[one.start : one.end] == one.text for one in found)
    return [one.value for one in found]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("az", "19 fevral 2026-cı il"), ("az", "2026-cı il 19 fevral"), ("az", "2026-cı il fevralın 19-da"), ("az", "fevralın 19-u"),
        ("en", "February 19, 2026"), ("en", "Feb. 19"), ("en", "19 February"), ("en", "the 19th of February"), ("en", "02/19/2026"),
        ("ru", "19 февраля 2026 года"), ("ru", "19 февраля"), ("ru", "19.02.2026"), ("fr", "le 19 février 2026"), ("de", "am 19. Februar"),
        ("es", "el 19 de febrero de 2026"), ("ar", "١٩ فبراير ٢٠٢٦"), ("ar", "19 شباط/فبراير"), ("ar", "19 فيفري"), ("ar", "۱۹ فبراير"),
        ("zh", "2026年2月19日"), ("zh", "二〇二六年二月十九日"), ("zh", "2月19日"), ("zh", "１９日电"), ("en", "2026-02-19"),
        ("en", "yesterday"), ("ru", "вчера"), ("az", "dünən"), ("fr", "hier"), ("de", "gestern"), ("es", "ayer"), ("ar", "أمس"), ("zh", "昨天"),
        ("en", "on Thursday"), ("ru", "в четверг"), ("az", "cümə axşamı"), ("fr", "jeudi"), ("de", "am Donnerstag"), ("es", "el jueves"),
        ("ar", "يوم الخميس"), ("zh", "周四"), ("zh", "星期四"), ("en", "on Thursday, February 19"),
    ],
)  # fmt: skip
def test_it_is_the_nineteenth_of_february(language: str, text: str) -> None:
    assert values(text, language) == ["2026-02-19"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "from 3 to 5 May", ["2026-05-03", "2026-05-05"]),
        ("en", "May 3-5", ["2026-05-03", "2026-05-05"]),
        ("ru", "3–5 мая", ["2026-05-03", "2026-05-05"]),
        ("fr", "du 3 au 5 mai", ["2026-05-03", "2026-05-05"]),
        ("zh", "5月3日至5日", ["2026-05-03", "2026-05-05"]),
        ("fr", "le 1er mars", ["2026-03-01"]),
        ("en", "in February 2025", ["2025-02"]),
        ("ar", "كانون الثاني 2025", ["2025-01"]),
        ("ru", "в 2025 году", ["2025"]),
        ("az", "2025-ci ildə", ["2025"]),
        ("zh", "2025年", ["2025"]),
        ("de", "im Jahr 2025", ["2025"]),
        ("ar", "في عام 2025", ["2025"]),
        ("en", "the forum will open on Tuesday", ["2026-02-24"]),
        ("en", "he said on Tuesday that it will rain", ["2026-02-17"]),
        ("az", "çərşənbə axşamı", ["2026-02-17"]),
        ("az", "çərşənbə günü", ["2026-02-18"]),
        ("az", "bazar iqtisadiyyatı", []),
    ],
)
def test_ranges_months_years_and_days_of_the_week(language: str, text: str, expected: list[str]) -> None:
    assert values(text, language) == expected


def test_the_year_is_that_nearest_to_the_item() -> None:
    assert values("31 December", "en", dt.datetime(2026, 1, 1, tzinfo=dt.UTC)) == ["2025-12-31"]
    assert values("1 января", "ru", dt.datetime(2025, 12, 31, tzinfo=dt.UTC)) == ["2026-01-01"]
    assert values("19 février", "fr", None) == ["--02-19"]
    assert values("29 February", "en", None) == ["--02-29"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It may 5 times be so; they march on."), ("en", "30 February"), ("en", "03/04/2026"), ("en", "version 1.2.26"),
        ("en", "2000 people"), ("ru", "но среди них"), ("fr", "son mari dit"), ("es", "dice que sabemos"), ("de", "Janet kam am Morgen"),
        ("es", "Santo Domingo"), ("es", "por la mañana"), ("ar", "في اليوم التالي"), ("zh", "一周一次，日本"), ("zh", "第19日本"),
    ],
)  # fmt: skip
def test_these_are_no_dates(language: str, text: str) -> None:
    assert values(text, language) == []


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
@settings(max_examples=100, deadline=None)
def test_every_day_is_read_as_it_was_written(day: dt.date) -> None:
    months = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ]
    written = {
        "ru": f"{day.day} {months[day.month - 1]} {day.year} года",
        "en": f"{day:%B} {day.day}, {day.year}",
        "de": f"{day:%d.%m.%Y}",
        "zh": f"{day.year}年{day.month}月{day.day}日",
        "fr": day.isoformat(),
    }
    for language, text in written.items():
        assert values(text, language, None) == [day.isoformat()], text


def test_what_speaks_of_the_future_is_a_word_of_the_language() -> None:
    assert values("Trainer will am Dienstag wechseln", "de") == ["2026-02-24"]
    assert values("El martes Will Moreno ganó la carrera", "es") == ["2026-02-17"]


@given(
    st.text(max_size=200) | st.text("0123456789./-年月日第至至 May15", max_size=60),
    st.sampled_from(["az", "en", "ru", "fr", "de", "es", "ar", "zh", "tr", "und"]),
    st.sampled_from([None, FRIDAY, dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 12, 31, tzinfo=dt.UTC)]),
)
@settings(max_examples=200, deadline=None)
def test_no_text_and_no_time_is_too_odd(text: str, language: str, time: dt.datetime | None) -> None:
    values(text, language, time)


@pytest.mark.parametrize("unit", ["1", "1-", "5 March ", "2025-", "Tuesday ", "一", "19日至", "1."])
def test_much_of_the_same_is_read_all_the_same(unit: str) -> None:
    for language in ("en", "zh", "ru"):
        values(unit * (50_000 // len(unit)), language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A fair was held on Tuesday.", "2026-02-17"),
        ("A fair to be held on Tuesday was moved.", "2026-02-24"),
        ("The fair opens next Tuesday, she said on Monday.", "2026-02-24"),
        ("She said on Tuesday that the fair will open in May.", "2026-02-17"),
    ],
)
def test_the_nearest_word_that_tells_says_whether_a_day_is_to_come(text: str, expected: str) -> None:
    assert values(text, "en")[0] == expected


def test_a_year_may_be_joined_to_the_word_that_leads_it() -> None:
    assert values("الترشح المحتمل عام2020، وقال", "ar") == ["2020"]
