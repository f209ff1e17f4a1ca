"""The places of a text: in every language and inflected, one entry each, and which of several namesakes is meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model.item import Dateline
from dragoman.model.reading import Place, Reading
from dragoman.read.document import Document
from dragoman.read.places import find_places
from dragoman.read.places.gazetteer import gazetteer
from dragoman.read.places.keys import fits, name_key, word_forms


def places(text: str, language: str, **known: object) -> tuple[Place, ...]:
    return find_places(Document(text, language=language, **known), Reading(version=1))  # type: ignore[arg-type]


def names(text: str, language: str, **known: object) -> list[str]:
    return [f"{place.country}:{place.name}" for place in places(text, language, **known)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("az", "Bakıda keçirilən görüşdə Azərbaycanın və Fransanın nazirləri iştirak ediblər."),
        ("en", "Ministers of Azerbaijan and France met in Baku."),
        ("ru", "В Баку встретились министры Азербайджана и Франции."),
        ("fr", "Les ministres de l’Azerbaïdjan et de la France se sont réunis à Bakou."),
        ("de", "In Baku trafen sich die Minister Aserbaidschans und Frankreichs."),
        ("es", "Los ministros de Azerbaiyán y de Francia se reunieron en Bakú."),
        ("ar", "التقى وزراء أذربيجان وفرنسا في باكو."),
        ("zh", "阿塞拜疆和法国的部长在巴库会晤。"),
    ],
)
def test_the_same_news_is_in_the_same_places_in_every_language(language: str, text: str) -> None:
    assert set(names(text, language)) == {"AZ:Baku", "AZ:Azerbaijan", "FR:France"}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("az", "Gəncədən gələnlər", "Ganja"),
        ("az", "Naxçıvandakı məktəb", "Nakhchivan"),
        ("ru", "из Гянджи в Москву", "Ganja"),
        ("ru", "жители Ростова-на-Дону", "Rostov-on-Don"),
        ("ru", "в Нижнем Новгороде", "Nizhniy Novgorod"),
        ("de", "die Straßen Moskaus", "Moscow"),
        ("ar", "وصل لأذربيجان", "Azerbaijan"),
        ("ar", "من بباكو", "Baku"),
        ("ar", "وللقاهرة دور", "Cairo"),
        ("zh", "记者从乌鲁木齐市报道", "Ürümqi"),
        ("uk", "у Полтаві", "Poltava"),
        ("kk", "Бакуде", "Baku"),
    ],
)
def test_inflected_and_joined_forms_are_the_same_place(language: str, text: str, name: str) -> None:
    assert name in [place.name for place in places(text, language)]


def test_a_place_is_told_once_with_all_its_mentions_and_where_it_lies() -> None:
    text = "В Баку тепло. Из Баку сообщают, что Баку ждёт гостей."
    (baku,) = places(text, "ru")
    assert [text[one.start : one.end] for one in baku.mentions] == ["Баку"] * 3
    assert (baku.kind, baku.country, baku.id) == ("city", "AZ", "587084")
    assert baku.latitude == pytest.approx(40.38, abs=0.05)
    assert baku.longitude == pytest.approx(49.89, abs=0.05)


def test_namesakes_are_told_apart_by_what_is_named_beside_them() -> None:
    assert names("He moved to Paris, Texas.", "en")[0] == "US:Paris"
    assert names("He moved to Paris.", "en") == ["FR:Paris"]
    assert names("Hubo lluvia en Córdoba (Argentina).", "es")[0] == "AR:Córdoba"
    assert names("Hubo lluvia en Córdoba.", "es") == ["ES:Córdoba"]
    assert names("Georgia and Atlanta voted; so did Texas.", "en")[0] == "US:Georgia"
    assert names("Georgia and its capital Tbilisi voted.", "en")[0] == "GE:Georgia"
    assert names("وصل إلى عمان في الأردن", "ar")[0] == "JO:Amman"


def test_a_dateline_speaks_for_its_country() -> None:
    birmingham = Dateline(text="BIRMINGHAM, Ala.", country="US")
    assert names("The plant in Birmingham closed.", "en", dateline=birmingham) == ["US:Birmingham"]
    assert names("The plant in Birmingham closed.", "en") == ["GB:Birmingham"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Jordan Peterson and Paris Hilton spoke, and Mr Turkey did not."),
        ("en", "A nice turkey was split; reading it in the bath is mobile art."),
        ("ru", "Владимир Орёл и Роман Киров дали интервью."),
        ("fr", "Le vin de table et la tour du bar."),
        ("de", "Das Essen war gut, der Wald ist grün."),
        ("es", "Para el sur, la justicia es una estrella."),
        ("en", "US and us are not alike."),
    ],
)
def test_people_and_common_words_are_no_places(language: str, text: str) -> None:
    assert [name for name in names(text, language) if name != "US:United States"] == []


def test_what_belongs_to_an_organisation_is_no_place() -> None:
    assert names("The Bank of England and the European Union agreed.", "en") == []


def test_keys_are_alike_whatever_the_ending() -> None:
    (key, rest), forms = name_key("Гянджа"), dict(word_forms("Гянджой", "ru"))
    assert key in forms
    assert fits(rest, forms[key])
    assert not fits("о", "ы")
    assert name_key("القاهرة") == ("قاهره", "ال")


def test_the_table_knows_every_country_of_our_languages() -> None:
    table = gazetteer()
    codes = {table.place(number).country for number in range(300) if table.place(number).kind == "country"}
    assert len(codes) >= 240
    assert {"AZ", "GE", "US", "CN", "XK", "PS"} <= codes
    assert 30_000 < len(table.places) < 60_000


@given(st.text(max_size=200), st.sampled_from(["az", "en", "ru", "fr", "de", "es", "ar", "zh", "und"]))
@settings(max_examples=150, deadline=None)
def test_no_text_is_too_odd(text: str, language: str) -> None:
    for place in places(text, language):
        for one in place.mentions:
            assert text[one.start : one.end] == one.text


@pytest.mark.parametrize("unit", ["New ", "San ", "ال ", "北京", "Baku. ", "A", "\x00", "Paris, ", "U.S."])
def test_much_of_the_same_is_read_all_the_same(unit: str) -> None:
    for language in ("en", "ar", "zh"):
        assert len(places(unit * 5000, language)) <= 3
