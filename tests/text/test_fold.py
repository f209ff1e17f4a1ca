"""Two spellings of a word fold alike, and only they."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.text.fold import fold


@pytest.mark.parametrize(
    "spellings",
    [
        ("ÇIXIŞ", "çıxış", "Çixiş", "cixis"),
        ("İstanbul", "ISTANBUL", "ıstanbul", "i\u0307stanbul"),
        ("ƏSGƏR", "əsgər"),
        ("Straße", "STRASSE", "strasse"),
        ("Élysée", "E\u0301lyse\u0301e", "elysee"),
        ("Ærø", "aero"),
        ("Ёлка", "елка", "ЕЛКА"),
        ("ΟΔΟΣ", "οδος", "οδός"),
        ("مُدَرِّسَةٌ", "مدرسة", "مدرسه", "مدرســــة"),
        ("إعلان", "أعلان", "اعلان", "ٱعلان"),
        ("مستشفى", "مستشفي", "مستشفی"),
        ("٢٠٢٦", "۲۰۲۶", "2026", "２０２６"),
        ("ﬁnal", "final", "fi\u00adnal", "fi\u200bnal"),
        ("ＡＢＣ", "abc"),
        ("김치", "\u1100\u1175\u11b7\u110e\u1175"),
    ],
)
def test_spellings_of_one_word_fold_alike(spellings):
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("ə", "e"), ("体", "體"), ("ب", "ت"), ("कि", "की"), ("a b", "ab")])
def test_different_words_stay_apart(one, other):
    assert fold(one) != fold(other)


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text("aİIıiçşÇŞßéÉёЁйЙ مُحَـ北"))
def test_capitals_and_small_letters_fold_alike(text):
    assert fold(text.upper()) == fold(text.lower()) == fold(text)
