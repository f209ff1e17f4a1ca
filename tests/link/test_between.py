"""Lexicons into English serve every pair of languages: as they are, the other way round, and one after another."""

import pytest

from dragoman.link.between import Between
from dragoman.link.learned import NOTHING, Learned
from dragoman.link.translated import Told

GERMAN = Learned({"haf": {"port": 0.9, "harbour": 0.5}, "hav": {"port": 0.4}}, {"haf": 0.8, "hav": 0.3}, 10)
FRENCH = Learned({"port": {"port": 0.8}, "ancr": {"anchor": 0.9}}, {"port": 0.7, "ancr": 0.6}, 20)


@pytest.fixture
def between() -> Between:
    return Between({"de": GERMAN, "fr": FRENCH})


def told(language: str, *words: str) -> Told:
    made = Told.of(" ".join(words), language)
    return Told(language, tuple(_with(sentence, words) for sentence in made.sentences))


def _with(sentence, words):
    return type(sentence)(sentence.length, words, frozenset(words), sentence.figures, sentence.names, sentence.concepts)


def test_into_english_it_is_what_was_learned(between):
    assert between(told("de-AT", "haf"), told("en-GB", "port")) == GERMAN


def test_out_of_english_it_is_the_same_the_other_way_round(between):
    found = between(told("en", "port"), told("de", "haf"))
    assert found.meanings == {"port": {"haf": 0.9, "hav": 0.4}, "harbour": {"haf": 0.5}}
    assert found.weight == {"port": 0.8, "harbour": 0.8}


def test_between_two_others_what_both_say_of_english_is_joined(between):
    found = between(told("de", "haf", "hav", "boot"), told("fr", "port"))
    assert {word: list(known) for word, known in found.meanings.items()} == {"haf": ["port"], "hav": ["port"]}
    assert found.meanings["haf"]["port"] == pytest.approx(0.72)
    assert found.weight == {"haf": 0.8, "hav": 0.3}
    assert between(told("fr", "ancr"), told("de", "haf")).meanings == {}


@pytest.mark.parametrize(("source", "item"), [("ru", "en"), ("en", "ru"), ("ru", "de"), ("de", "ru")])
def test_of_a_language_that_taught_nothing_nothing_is_known(between, source, item):
    assert between(told(source, "haf"), told(item, "haf")) == NOTHING
