"""Datelines as we write them: by agency, in eight languages; what we write we read back."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.lexicon import LANGUAGES, concepts
from dragoman.read.agencies import AGENCIES
from dragoman.read.dateline import find_dateline
from dragoman.read.dateline.written import STYLES, write_dateline

DAY = dt.date(2026, 2, 19)
CITIES = [concept for concept in concepts().values() if concept.kind == "city"]
BODY = "Nothing of this is true."


@pytest.mark.parametrize(
    ("agency", "language", "text"),
    [
        ("", "az", "Bakı, 19 fevral"),
        ("", "en", "BAKU, February 19."),
        ("", "ru", "БАКУ, 19 февраля."),
        ("", "fr", "Bakou, 19 février"),
        ("", "de", "Baku, 19. Februar"),
        ("", "es", "Bakú, 19 de febrero"),
        ("", "ar", "باكو، 19 فبراير"),
        ("", "zh", "巴库2月19日电"),
        ("AZERTAC", "az", "Bakı, 19 fevral, AZƏRTAC"),
        ("Azertag", "en", "Baku, February 19, AZERTAC"),
        ("AZERTAC", "ru", "Баку, 19 февраля, АЗЕРТАДЖ"),
        ("AZERTAC", "ar", "باكو، 19 فبراير، أذرتاج"),
        ("AZERTAC", "zh", "阿塞通社巴库2月19日电"),
        ("TASS", "en", "BAKU, February 19. /TASS/."),
        ("ТАСС", "ru", "БАКУ, 19 февраля. /ТАСС/."),
        ("RIA Novosti", "ru", "БАКУ, 19 фев — РИА Новости."),
        ("EFE", "es", "Bakú, 19 feb (EFE).-"),
        ("KUNA", "ar", "باكو - 19 - 2 (كونا) --"),
        ("Petra", "ar", "باكو في 19 شباط /بترا/"),
        ("Vestnik", "en", "BAKU, February 19. /Vestnik/."),
        ("Vestnik", "zh", "巴库2月19日电（Vestnik）"),
        ("泉谷社", "zh", "泉谷社巴库2月19日电"),
    ],
)
def test_a_dateline_is_written_as_its_agency_prints_it(agency: str, language: str, text: str) -> None:
    assert write_dateline("Баку", DAY, language, agency).text == text


def test_a_place_that_nobody_knows_stands_as_given_and_that_is_said() -> None:
    written = write_dateline("Qarabulaq", DAY, "ru")
    assert (written.text, written.place, written.place_known) == ("QARABULAQ, 19 февраля.", "Qarabulaq", False)


def test_a_citys_name_is_found_beside_the_lexicon() -> None:
    assert write_dateline("Irkutsk", DAY, "ru").place == "Иркутск"
    assert write_dateline("Düsseldorf", DAY, "ru").place == "Дюссельдорф"


def test_the_word_that_tells_a_city_from_a_weekday_is_not_printed() -> None:
    assert write_dateline("Dushanbe", DAY, "az").text == "Düşənbə, 19 fevral"


@pytest.mark.parametrize(("place", "language"), [("", "en"), ("  ", "en"), ("Baku", "xx"), ("Baku", "")])
def test_what_cannot_be_written_is_refused(place: str, language: str) -> None:
    with pytest.raises(ValueError, match="dateline"):
        write_dateline(place, DAY, language)


@settings(max_examples=300)
@given(
    st.sampled_from(CITIES),
    st.sampled_from(LANGUAGES),
    st.sampled_from(LANGUAGES),
    st.dates(dt.date(1990, 1, 1), dt.date(2050, 12, 31)),
    st.sampled_from(["", "AZERTAC", "TASS", "Xinhua", "WAM", "Vestnik"]),
)
def test_what_we_write_we_read_back(city: object, given_in: str, language: str, day: dt.date, agency: str) -> None:
    written = write_dateline(city.lemma(given_in), day, language, agency)  # type: ignore[attr-defined]
    found = find_dateline(f"{written.text}\n{BODY}")
    assert found is not None
    told = found.dateline
    assert (told.place.casefold(), told.day, told.month) == (written.place.casefold(), day.day, day.month)
    assert (told.agency, f"{written.text}\n{BODY}"[found.body :]) == (agency, BODY)


@pytest.mark.parametrize("agency", [one.name for one in AGENCIES])
def test_every_agencys_dateline_is_read_back_as_its_own(agency: str) -> None:
    for language in LANGUAGES:
        written = write_dateline("Paris", DAY, language, agency)
        found = find_dateline(f"{written.text} {BODY}" if "-" in written.text[-2:] else f"{written.text}\n{BODY}")
        assert found is not None, written
        assert found.dateline.agency == agency, written


@given(st.text(min_size=1), st.text(max_size=30))
def test_any_place_and_any_agency_can_be_printed(place: str, agency: str) -> None:
    if place.split():
        for language in LANGUAGES:
            assert write_dateline(place, DAY, language, agency).text


def test_every_language_has_a_dateline_with_and_without_agency() -> None:
    assert {(kind, language) for kind in ("", "*") for language in LANGUAGES} <= STYLES.keys()
