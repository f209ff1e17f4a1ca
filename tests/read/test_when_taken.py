"""When a picture was taken: read from an archive's words in eight languages, said in any of them, put in order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.taken import WhenTaken
from dragoman.read.taken import read_taken
from dragoman.read.taken_said import say_taken

LANGUAGES = ("en", "az", "ru", "fr", "de", "es", "ar", "zh")
SAME = {
    "c. 1970": ("c. 1970", "təxminən 1970-ci il", "ок. 1970 г.", "vers 1970", "um 1970", "hacia 1970", "نحو 1970", "约1970年"),
    "before 1969": (
        "before 1969", "1969-cu ildən əvvəl", "до 1969 г.", "avant 1969", "vor 1969", "antes de 1969", "قبل 1969", "1969年以前",
    ),
    "after 1953": (
        "after 1953", "1953-cü ildən sonra", "после 1953 г.", "après 1953", "nach 1953", "después de 1953", "بعد 1953", "1953年以后",
    ),
    "1960s": (
        "1960s", "1960-cı illər", "1960-е гг.", "années 1960", "1960er Jahre", "década de 1960", "ستينيات القرن العشرين", "20世纪60年代",
    ),
    "spring 1984": (
        "spring 1984", "1984-cü ilin yazı", "весна 1984 г.", "printemps 1984", "Frühjahr 1984", "primavera de 1984", "ربيع 1984", "1984年春季",
    ),
    "1984 or 1985": (
        "1984 or 1985", "1984 və ya 1985-ci il", "1984 или 1985 г.", "1984 ou 1985", "1984 oder 1985", "1984 o 1985",
        "1984 أو 1985", "1984年或1985年",
    ),
    "1984–86": (
        "1984–1986", "1984–1986-cı illər", "1984–1986 гг.", "1984–1986", "1984–1986", "1984–1986", "1984–1986", "1984年至1986年",
    ),
    "12 May 1984": (
        "12 May 1984", "12 may 1984", "12 мая 1984 г.", "12 mai 1984", "12. Mai 1984", "12 de mayo de 1984", "12 مايو 1984", "1984年5月12日",
    ),
    "May 1984": ("May 1984", "may 1984", "май 1984 г.", "mai 1984", "Mai 1984", "mayo de 1984", "مايو 1984", "1984年5月"),
    "1984": ("1984", "1984-cü il", "1984 г.", "1984", "1984", "1984", "1984", "1984年"),
    "19th century": ("19th century", "XIX əsr", "XIX век", "XIXe siècle", "19. Jahrhundert", "siglo XIX", "القرن 19", "19世纪"),
}  # fmt: skip


@pytest.mark.parametrize("words", SAME)
def test_a_date_is_said_in_each_language_and_read_again_from_what_was_said(words: str) -> None:
    taken = read_taken(words)
    # CLDR sets a narrow space before "г.": to the eye the same.
    assert tuple(say_taken(taken, language).replace("\u202f", " ") for language in LANGUAGES) == SAME[words]
    for said in SAME[words]:
        again = read_taken(said)
        assert (again.earliest, again.latest, again.precision, again.circa) == (
            taken.earliest,
            taken.latest,
            taken.precision,
            taken.circa,
        ), said


@pytest.mark.parametrize(
    ("words", "earliest", "latest", "precision"),
    [
        ("1984:05:12 10:11:12", date(1984, 5, 12), date(1984, 5, 12), "day"),
        ("1984-05-12T10:11:12+04:00", date(1984, 5, 12), date(1984, 5, 12), "moment"),
        ("19840000", date(1984, 1, 1), date(1984, 12, 31), "year"),
        ("19840500", date(1984, 5, 1), date(1984, 5, 31), "month"),
        ("the 60s", date(1960, 1, 1), date(1969, 12, 31), "decade"),
        ("60-е гг.", date(1960, 1, 1), date(1969, 12, 31), "decade"),
        ("الستينيات", date(1960, 1, 1), date(1969, 12, 31), "decade"),
        ("[1970?]", date(1970, 1, 1), date(1970, 12, 31), "year"),
        ("1970年左右", date(1970, 1, 1), date(1970, 12, 31), "year"),
        ("summer of 1969", date(1969, 6, 1), date(1969, 8, 31), "season"),
        ("winter 1984/85", date(1984, 12, 1), date(1985, 2, 28), "season"),
        ("зима 1984", date(1983, 12, 1), date(1984, 12, 31), "season"),
        ("between 1984 and 1986", date(1984, 1, 1), date(1986, 12, 31), "span"),
        ("12.05.1984", date(1984, 5, 12), date(1984, 5, 12), "day"),
        ("١٢ مايو ١٩٨٤", date(1984, 5, 12), date(1984, 5, 12), "day"),
    ],
)
def test_what_archives_write_is_read(words: str, earliest: date, latest: date, precision: str) -> None:
    taken = read_taken(words)
    assert (taken.earliest, taken.latest, taken.precision) == (earliest, latest, precision)
    assert taken.words == words


@pytest.mark.parametrize(
    "words", ["", "undated", "99/99/1984", "1999 1888", "31 February 1984", "long ago", "before the war"]
)
def test_what_is_no_date_is_kept_as_it_was_written_and_claims_nothing(words: str) -> None:
    taken = read_taken(words)
    assert (taken.precision, taken.earliest, taken.latest) == ("unknown", None, None)
    assert all(say_taken(taken, language) == words for language in LANGUAGES)


def test_an_open_date_is_said_to_the_day_where_it_is_known_to_the_day() -> None:
    taken = read_taken("before May 1969")
    assert taken.latest == date(1969, 4, 30)
    assert [say_taken(taken, code) for code in ("en", "az", "de")] == [
        "before 1 May 1969",
        "1 may 1969 tarixindən əvvəl",
        "vor 1. Mai 1969",
    ]


def test_pictures_hang_in_the_order_in_which_they_may_have_been_taken_and_the_undated_last() -> None:
    words = ["undated", "1984", "1960s", "before 1969", "12 May 1964", "c. 1970", "19th century"]
    ordered = sorted(words, key=lambda one: read_taken(one).order)
    assert ordered == ["19th century", "12 May 1964", "1960s", "before 1969", "c. 1970", "1984", "undated"]


@given(st.text(max_size=80))
def test_no_words_make_the_reader_fail(words: str) -> None:
    taken = read_taken(words)
    assert isinstance(taken, WhenTaken)
    for language in LANGUAGES:
        say_taken(taken, language)


@given(st.integers(1000, 2098), st.integers(1, 12), st.integers(1, 28))
def test_every_day_is_read_again_in_every_language(year: int, month: int, day: int) -> None:
    taken = read_taken(date(year, month, day).isoformat())
    for language in LANGUAGES:
        assert read_taken(say_taken(taken, language)).earliest == date(year, month, day), say_taken(taken, language)
