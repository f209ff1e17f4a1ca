"""Copy that nobody wrote for readers: no exception, and cost that grows with length."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quoted import quoted

from dragoman.lexicon import LANGUAGES
from dragoman.model.reading import Reading
from dragoman.read.document import LONGEST, Document
from dragoman.read.quotes import find_quotes

_LONG = {
    "marks alone": '"' * LONGEST,
    "openings alone": "«" * LONGEST,
    "empty pairs": "«»" * (LONGEST // 2),
    "one word": "a" * LONGEST,
    "verbs alone": "said " * (LONGEST // 5),
    "verbs and their that": "he said that " * (LONGEST // 13),
    "many quotes in a sentence": "«a b» сказал " * (LONGEST // 13),
    "chinese verbs": "他说，" * (LONGEST // 3),
    "lines that open": '"a\n' * (LONGEST // 3),
    "commas": "a, " * (LONGEST // 3) + "said he",
    "dashes": "- " * (LONGEST // 2),
    "mojibake": "Ð¡ÐºÐ°Ð·Ð°Ð» Â«Ð´Ð°Â» " * (LONGEST // 20),
}


@pytest.mark.parametrize("text", _LONG.values(), ids=_LONG.keys())
@pytest.mark.parametrize("language", ["en", "ru", "az", "zh"])
def test_a_hostile_text_is_bounded(text: str, language: str) -> None:
    document = Document(text, language=language)
    assert document.words is not None
    assert document.sentences is not None
    start = perf_counter()
    find_quotes(document, Reading(version=1))
    assert perf_counter() - start < 5  # a second on a quiet machine; quadratic cost takes minutes


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([*LANGUAGES, "tr", "uk", "fa", "kk", "und"]),
    st.text(alphabet="«»“”\"'—-.,:; \nabсказалsaidчтоkiдо说，。：قالأن\x00\u202e", max_size=300),
)
def test_no_text_raises(language: str, text: str) -> None:
    for one in quoted(language, text, ["ab", "до"], ["said"]):
        assert text[one.start : one.end] == one.text


def test_nothing_is_quoted_in_nothing() -> None:
    assert quoted("en", "") == []
    assert quoted("und", "\x00\x01 ") == []
