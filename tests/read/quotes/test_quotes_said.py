"""Who is quoted with what, in copy of our own in every language we serve; the names are given."""

from typing import Any

import pytest
from quoted import items, quoted


@pytest.mark.parametrize(("language", "item"), items(), ids=lambda each: each if isinstance(each, str) else "")
def test_an_items_quotes_have_their_speakers(language: str, item: dict[str, Any]) -> None:
    found = quoted(language, item["text"], item["people"], item["bodies"])
    assert [["direct" if one.direct else "indirect", one.speaker, one.text] for one in found] == item["quotes"]


def test_a_quotes_offsets_are_those_of_the_text() -> None:
    for language, item in items():
        for one in quoted(language, item["text"], item["people"], item["bodies"]):
            assert item["text"][one.start : one.end] == one.text


def test_a_quote_has_its_speakers_key_its_role_and_its_verb() -> None:
    text = "Mayor Ida Holm has said that the bridge will close."
    (one,) = quoted("en", text, ["Ida Holm"])
    assert (one.speaker, one.key, one.verb, one.direct) == ("Ida Holm", "ida holm", "has said", False)


def test_an_unnamed_source_is_a_role_without_a_name() -> None:
    (one,) = quoted("en", "A source at Orbit Air said the plane had been checked.", [], ["Orbit Air"])
    assert (one.speaker, one.role) == ("", "A source")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Компания «Газпром» увеличила добычу."),
        ("en", "He read “The Northern Echo” on the train."),
        ("en", "The film 'Long Way Home' opens on Friday."),
        ("de", "Die Ausstellung „Stille Wasser“ ist bis Mai zu sehen."),
        ("fr", "Le navire « Belle Étoile » a quitté le port."),
        ("es", "El programa «Hogar Verde» empieza en mayo."),
        ("az", '"Ana dili" qəzeti yeni sayını çap edib.'),
        ("ar", 'غادرت السفينة "نجمة البحر" الميناء.'),
        ("zh", "“蓝天号”列车昨日开行。"),
        ("en", "The so-called “experts” were not there."),
    ],
)
def test_names_in_quotation_marks_are_no_quotes(language: str, text: str) -> None:
    assert quoted(language, text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The minister did not say when the talks would begin."),
        ("en", "According to a report, prices fell."),
        ("fr", "Selon une étude, les prix baissent."),
        ("es", "El juez no aclaró si habrá recurso."),
        ("ru", "Министр не сказал, когда начнутся переговоры."),
        ("de", "Laut Statistik sinken die Preise."),
        ("az", "Uçuş pis hava səbəbinə görə təxirə salınıb."),
    ],
)
def test_what_was_not_said_and_what_papers_say_is_no_quote(language: str, text: str) -> None:
    assert quoted(language, text) == []


def test_what_the_agency_says_of_its_own_report_is_no_quote() -> None:
    text = "Xəzər Xəbər məlumat verir ki, yol açılıb."
    assert quoted("az", text, [], ["Xəzər Xəbər"], agency="Xəzər Xəbər") == []
    assert len(quoted("az", text, [], ["Xəzər Xəbər"])) == 1


def test_a_pronoun_is_the_nearest_person_who_can_be_meant() -> None:
    text = "Ms Ida Holm met Mr Olaf Berg in Oslo. She said the talks had been useful."
    (one,) = quoted("en", text, ["Ida Holm", "Olaf Berg"])
    assert one.speaker == "Ida Holm"


def test_a_language_we_do_not_serve_still_has_its_marked_speech() -> None:
    assert [one.text for one in quoted("ka", "„ეს ძალიან კარგი დღეა ჩვენთვის.“")] == ["ეს ძალიან კარგი დღეა ჩვენთვის."]
