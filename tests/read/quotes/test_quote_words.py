"""The tables of words that quote."""

from importlib.resources import files

import pytest

from dragoman.lexicon import LANGUAGES
from dragoman.read.quotes.words import lowered, words_of

_LATIN = {"az", "de", "en", "es", "fr", "kk", "tr"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_verbs_pronouns_and_prepositions(language: str) -> None:
    table = words_of(language)
    phrases = [phrase for each in table.phrases.values() for phrase in each]
    kinds = {*table.cues.values(), *(kind for _, kind in phrases)}
    assert {"say", "note", "ask"} <= kinds
    assert {"after", "before"} & kinds
    assert len(table.cues) + len(phrases) > 100
    for kind in ("he", "to", "also", "source", "body", "paper", "we", "and"):
        assert table.of(kind), kind


def test_no_word_stands_in_another_script() -> None:
    for line in files("dragoman.read.quotes").joinpath("words.tsv").read_text("utf-8").splitlines():
        language, _, terms = ("", "", "") if line.startswith("#") else line.split("\t")
        letters = [sign for sign in terms if sign.isalpha()]
        if language in {"ru", "uk"}:
            assert all("\u0400" <= sign < "\u0530" for sign in letters), line[:60]
        if language in {"ar", "fa"}:
            assert all("\u0600" <= sign < "\u0700" for sign in letters), line[:60]
        if language in {"az", "de", "en", "es", "fr", "tr"}:
            assert all(sign < "\u0300" or sign in "ə" for sign in letters), line[:60]


def test_lowering_keeps_every_offset() -> None:
    assert lowered("İSTANBUL İz") == "istanbul iz"
    assert len(lowered("İ" * 9 + "ß" + "ŉ")) == 11
