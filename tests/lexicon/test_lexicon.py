"""The lexicon is whole: every concept in every language, in that language's script, none twice; and texts find it."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon import KINDS, LANGUAGES, concepts, found
from dragoman.lexicon.check import findings, of_terms
from dragoman.lexicon.inflection import is_form
from dragoman.lexicon.termbase import chosen, entries, meant
from dragoman.read.topics import topics

SAID = {
    "az": "Azərbaycan Prezidenti Bakıda NATO nümayəndələri ilə görüşdü, inflyasiya və neft ixracını müzakirə etdi.",
    "en": "The president of Azerbaijan met NATO officials in Baku to discuss inflation and oil exports.",
    "ru": "Президент Азербайджана обсудил в Баку с представителями НАТО инфляцию и экспорт нефти.",
    "fr": "Le président azerbaïdjanais a discuté à Bakou avec l’OTAN de l’inflation et des exportations de pétrole.",
    "de": "Der Präsident Aserbaidschans sprach in Baku mit der NATO über die Inflation und die Ölexporte.",
    "es": "El presidente de Azerbaiyán habló en Bakú con la OTAN de la inflación y las exportaciones de petróleo.",
    "ar": "التقى رئيس أذربيجان مسؤولين من حلف شمال الأطلسي في باكو لبحث التضخم وصادرات النفط",
    "zh": "阿塞拜疆总统在巴库会见北约官员，讨论通货膨胀和石油出口。",
}


def test_it_is_as_large_as_a_newsroom_needs() -> None:
    kinds = Counter(one.kind for one in concepts().values())
    names = sum(kinds[kind] for kind in ("organisation", "agency", "office", "country", "region", "city"))
    assert len(concepts()) - names >= 2_500
    assert names >= 800
    assert kinds["country"] >= 193


def test_every_concept_has_terms_in_every_language_and_nothing_is_wrong_with_them() -> None:
    assert list(findings(concepts().values())) == []


def test_no_line_is_malformed() -> None:
    for one in concepts().values():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.id)
        assert one.kind in KINDS
        assert all(code in topics() for code in one.subjects), one.id
        assert len(one.terms) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "terms", "wrong"),
    [
        ("en", ["harbour", "harbour"], "2 times"),
        ("en", ["harbour "], "space"),
        ("en", ["har\u00a0bour"], "space"),
        ("ru", ["oпера"], "mixes"),
        ("ru", ["opera", "ария ي"], "arabic"),
        ("ar", ["opera", "Oper ä"], "script"),
        ("az", ["opéra"], "no letters é"),
        ("de", ["x" * 61], "more than"),
        ("zh", [""], "no term"),
        ("sv", ["hamn", "hamn"], "2 times"),
    ],
)
def test_what_is_wrong_with_a_term_is_said(language: str, terms: list[str], wrong: str) -> None:
    assert any(wrong in each for each in of_terms(terms, language)), list(of_terms(terms, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_news_speaks_of_the_same_in_every_language(language: str) -> None:
    text = SAID[language]
    told = found(text, language)
    assert {"azerbaijani-president", "nato", "baku", "inflation", "oil-exports"} - {one.concept.id for one in told} <= (
        {"azerbaijani-president"} if language in ("de", "es", "fr") else set()
    )
    assert all(text[one.start : one.end].strip() for one in told)


def test_the_longest_term_counts_and_capitals_where_they_are_needed() -> None:
    assert [one.concept.id for one in found("oil exports", "en")] == ["oil-exports"]
    assert "who" not in {one.concept.id for one in found("the man who knew", "en")}
    assert found("anything", "xx") == []
    assert found("", "en") == []


FORMS = [
    ("az", "torpaq", "torpağı Torpaqlarımızda", "torpedo"),
    ("az", "Gəncə", "Gəncədə Gəncənin", "gənc gəncə"),
    ("en", "tariff", "tariffs Tariff", "tarmac"),
    ("en", "strike", "striking strikes", "struck strict"),
    ("ru", "нефть", "нефти нефтью", "нефтяной"),
    ("ru", "Дания", "Дании Данию", "данные Данный"),
    ("ru", "школа", "школы школ школами", "школьник"),
    ("fr", "voiture", "voitures", "voilà"),
    ("fr", "hôpital", "hôpitaux", "hospitalier"),
    ("es", "elección", "elecciones", "electo"),
    ("es", "paro", "paros", "para parto París"),
    ("de", "Kampf", "Kämpfe Kampfes", "kämpfen"),
    ("de", "Uber", "Uber", "über Über"),
    ("ar", "حكومة", "الحكومة حكومته للحكومة", "حكم"),
    ("ar", "سيدني", "سيدني", "السيد سيدة"),
    ("zh", "石油", "石油", "石"),
]


@pytest.mark.parametrize(("language", "term", "forms", "others"), FORMS)
def test_a_form_of_a_term_is_told_from_a_word_that_only_has_its_stem(
    language: str, term: str, forms: str, others: str
) -> None:
    assert [word for word in forms.split() if not is_form(word, term, language)] == []
    assert [word for word in others.split() if is_form(word, term, language)] == []


@pytest.mark.parametrize(
    ("language", "text", "unmeant"),
    [
        (
            "es",
            "El libro es para ella, como ha sido parte de la casa.",
            {"unemployment", "paris", "hiv-aids", "pregnancy"},
        ),
        ("ru", "После обеда и за столом они были в саду.", {"ambassador", "loan", "yen"}),
        ("ar", "قال السيد إن الناس في الطريق", {"sydney", "nasa", "penguin"}),
        ("az", "Gənc qız qarşı tərəfə keçdi.", {"ganja", "snowfall"}),
        ("fr", "Les jeunes aident plus ou moins.", {"ramadan", "eid-al-fitr", "monastery"}),
        ("de", "Sie sagen fast alles über das erste Mal.", {"folklore", "ramadan", "taxi", "artist"}),
        ("en", "A national paper hailed the nation.", {"nationalism", "nationalisation", "hail"}),
    ],
)
def test_common_words_stand_for_no_concept(language: str, text: str, unmeant: set[str]) -> None:
    assert {one.concept.id for one in found(text, language)} & unmeant == set()


def test_abbreviations_with_stops_are_found_and_words_far_apart_are_no_term() -> None:
    assert [one.concept.id for one in found("He left the U.S. in May.", "en")] == ["usa"]
    assert found("oil" + " " * 500 + "exports", "en")[0].concept.id == "oil"
    assert found("的铝", "zh")[0].concept.id == "aluminium"


def test_a_term_is_asked_for_in_any_form_and_language() -> None:
    assert {(one.id, language) for one, language in meant("Bakıda")} == {("baku", "az")}
    assert {one.id for one, _ in meant("нефти", "ru")} == {"oil"}
    assert meant("oil exports rose") == []
    assert meant("") == []


def test_as_a_term_base_the_lemma_is_preferred_and_forms_are_left_out() -> None:
    (baku,) = entries(chosen(ids=("baku",)), ("az", "ru"))
    assert [(term.text, term.status) for term in baku.terms["az"]] == [("Bakı", "preferred")]
    assert baku.terms["ru"][0].text == "Баку"


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_no_text_is_too_strange(text: str, language: str) -> None:
    end = 0
    for one in found(text, language):
        assert 0 <= one.start < one.end <= len(text)
        assert one.start >= end or one.end == end
        end = one.end
