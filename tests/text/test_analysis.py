"""Cleaning, counting, direction, paragraphs and sentences, in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.text.cleaning import clean, squeeze, squeeze_lines
from dragoman.text.counting import count_characters, count_words
from dragoman.text.paragraphs import paragraphs
from dragoman.text.script import direction, scripts
from dragoman.text.sentences import first_sentence, sentences


@given(st.text())
def test_cleaning_and_squeezing_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert squeeze_lines(squeeze_lines(text)) == squeeze_lines(text)
    assert squeeze(squeeze(text)) == squeeze(text)


def test_control_characters_go_and_spelling_stays() -> None:
    assert clean("a\x00b\r\nc\x07\ufeff \u200cd\u202e\u0085e\ud800") == "ab\nc \u200cd\u202e\ne"


@pytest.mark.parametrize(
    ("text", "words", "characters"),
    [
        ("The ferry — at last — sails.", 5, 28),
        ("茶叶博物馆将于2026年开放。", 11, 15),
        ("مُحَمَّد وصل", 2, 8),
        ("Bakı şəhəri", 2, 11),
        ("e\u0301te\u0301", 1, 3),
        ("", 0, 0),
        ("one\ntwo", 2, 6),
        ("다리는 내년 봄에", 3, 9),
        ("Կամուրջը բացվեց։ Այն երկար է։", 5, 29),
        ("पुल आज खुला। वह लंबा है।", 6, 18),
        ("สะพานใหม่เปิดแล้ว", 3, 14),
        ("افتُتح الجسر، وهو طويل.", 4, 22),
        ("大桥2026年开通。The bridge opens.", 9, 27),
    ],
)
def test_length_is_counted_as_readers_of_each_script_count(text: str, words: int, characters: int) -> None:
    assert (count_words(text), count_characters(text)) == (words, characters)


@pytest.mark.parametrize(("tag", "way"), [("ar", "rtl"), ("fa-IR", "rtl"), ("he", "rtl"), ("az-Arab", "rtl"), ("az", "ltr"), ("zh-Hans", "ltr"), ("ar-Latn", "ltr"), ("", "ltr"), ("und", "ltr")])  # fmt: skip
def test_direction_follows_the_script(tag: str, way: str) -> None:
    assert direction(tag) == way


def test_scripts_are_counted_letter_by_letter() -> None:
    assert scripts("Bakı Баку 巴库 باكو") == {"Latin": 4, "Cyrillic": 4, "Arabic": 4, "Han": 2}


def test_blank_lines_single_lines_and_broken_lines_part_paragraphs() -> None:
    assert paragraphs("One.\n\n\nTwo.\nThree.") == ["One.", "Two.", "Three."]
    broken = "The bridge over the northern river was opened on Monday by the\nmayors of both towns, who walked towards each other and met in the\nmiddle of it."
    assert paragraphs(broken) == [broken.replace("\n", " ")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "The ferry of Mr. A. B. Example costs 2.5 million. It sails.",
            "The ferry of Mr. A. B. Example costs 2.5 million.",
        ),
        ("It sails. It is red.", "It sails."),
        ("В 2023 г. мост открыли. Он длинный.", "В 2023 г. мост открыли."),
        ("Am 13. März fuhr der Zug. Er war voll.", "Am 13. März fuhr der Zug."),
        ("茶馆开放。很大。", "茶馆开放。"),
        ("وصل القطار. كان ممتلئا.", "وصل القطار."),
        ('"It sails!" he said. Then he left.', '"It sails!"'),
        ("No end", "No end"),
        ("Կամուրջը բացվեց։ Այն երկար է։", "Կամուրջը բացվեց։"),
        ("पुल खुला। वह लंबा है।", "पुल खुला।"),
        ("大桥开通了!很长。", "大桥开通了!"),
        ("هل فُتح الجسر؟ نعم.", "هل فُتح الجسر؟"),
        ("پل کھلا۔ لمبا ہے۔", "پل کھلا۔"),
        ("Körpü açıldı… O uzundur.", "Körpü açıldı…"),
        ("สะพานเปิดแล้ว", "สะพานเปิดแล้ว"),
    ],
)
def test_a_sentence_ends_at_its_own_stop(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


@pytest.mark.parametrize("text", ["." * 100_000 + "x", '."' * 50_000 + "x", "!?" * 50_000 + "x"])
def test_a_long_run_of_stops_is_looked_at_once(text: str) -> None:
    """From each stop to the end of the run would be 5,000,000,000 steps."""
    assert list(sentences(text)) == [(0, len(text))]
