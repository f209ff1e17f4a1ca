"""The lexicon is whole: every concept in every language, in that language's script, none twice; and texts find it."""

import re
import unicodedata
from collections import Counter

import pytest

from dragoman.lexicon import KINDS, LANGUAGES, concepts, found

SCRIPTS = {"ru": "CYRILLIC", "ar": "ARABIC", "zh": "CJK"}
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


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


def test_it_is_as_large_as_a_newsroom_needs() -> None:
    kinds = Counter(one.kind for one in concepts().values())
    names = sum(kinds[kind] for kind in ("organisation", "agency", "office", "country", "region", "city"))
    assert len(concepts()) - names >= 2_500
    assert names >= 800
    assert kinds["country"] >= 193


@pytest.mark.parametrize("place", range(len(LANGUAGES)), ids=LANGUAGES)
def test_every_concept_has_terms_in_every_language_and_in_its_script(place: int) -> None:
    wanted = SCRIPTS.get(LANGUAGES[place], "LATIN")
    for one in concepts().values():
        terms = one.terms[place]
        assert all(term == term.strip() and 0 < len(term) <= 60 for term in terms), one.id
        assert len(set(terms)) == len(terms), one.id
        letters = {_script(letter) for term in terms for letter in term if letter.isalpha()}
        assert letters <= {wanted, "LATIN"}, (one.id, letters)
        assert wanted in letters or all(term.isascii() for term in terms), one.id


def test_no_line_is_malformed_and_no_lemma_stands_for_two_concepts() -> None:
    for one in concepts().values():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.id)
        assert one.kind in KINDS
        assert all(re.fullmatch(r"\d{8}", code) for code in one.subjects), one.id
        assert len(one.terms) == len(LANGUAGES)
    for place, language in enumerate(LANGUAGES):
        lemmas = Counter(one.terms[place][0].casefold() for one in concepts().values())
        assert [lemma for lemma, count in lemmas.items() if count > 1] == [], language


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
