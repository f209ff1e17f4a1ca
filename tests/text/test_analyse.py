"""One analysis for search and linking: words are found as they are written in every language."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.text import analyse as analyse_module
from dragoman.text.analyse import analyse, stems
from dragoman.text.azerbaijani import stem
from dragoman.text.fold import fold

FAMILIES = {
    "az": [
        "kitab kitabı kitabın kitabda kitabdan kitablar kitablarda kitablarından",
        "torpaq torpağı torpağın torpaqlar torpaqlarda",
        "İSTANBUL İstanbul istanbul İstanbulda İstanbuldan",
        "şəhər şəhərin şəhərdə şəhərlər şəhərlərimizdən şəhərlərdir",
        "nazirlik nazirliyi nazirliyin nazirlikdə",
    ],
    "en": ["minister ministers MINISTER", "export exports exported"],
    "ru": ["министр министра министром министры", "нефть нефти нефтью"],
    "fr": ["accord l’accord l'accord accords"],
    "de": ["Ministerin Ministerinnen", "Straße Straßen STRASSE"],
    "es": ["exportación exportaciones"],
    "ar": ["كِتَاب كتاب الكتاب", "أذربيجان اذربيجان", "مُحَمَّد محمد محـمد"],
    "ko": ["다리는"],
    "hi": ["पुल"],
    "zh": ["阿塞拜疆"],
}


@pytest.mark.parametrize(("language", "family"), [(one, each) for one, all_ in FAMILIES.items() for each in all_])
def test_forms_of_a_word_are_one_term(language: str, family: str) -> None:
    assert len({stems(word, language)[-1] for word in family.split(" ")}) == 1, [
        stems(w, language) for w in family.split()
    ]


def test_chinese_is_cut_into_words_with_their_places() -> None:
    text = "阿塞拜疆总统在巴库"
    terms = analyse(text, "zh")
    assert [text[one.start : one.end] for one in terms] == ["阿塞拜疆", "总统", "在", "巴库"]


def test_elided_articles_are_words_of_their_own_and_numbers_stay_whole() -> None:
    assert stems("Aujourd’hui l’accord de 2,5 millions", "fr")[-3:] == stems("de 2,5 millions", "fr")


@given(st.text(max_size=200), st.sampled_from(["az", "ru", "ar", "zh", "de", "xx", ""]))
def test_every_term_stands_where_it_says(text: str, language: str) -> None:
    end = 0
    for one in analyse(text, language):
        assert one.start >= end
        assert one.end > one.start
        end = one.end
    assert end <= len(text)


@given(st.text("abdeəğhiıklmnorsştuüyz", min_size=1, max_size=14))
@example("aaliyab")
def test_a_stem_is_a_beginning_of_its_word_but_for_a_softened_sound_and_never_empty(word: str) -> None:
    folded = fold(word)
    cut = stem(folded)
    assert cut
    assert cut[:-1].replace("lik", "liy") == folded[: len(cut) - 1].replace("lik", "liy")


@given(st.text() | st.text("aB12.,’' -é"))
def test_a_sign_that_needs_the_longer_pattern_changes_no_word_before_it(text: str) -> None:
    assert analyse(f"{text} _", "en") == analyse(f"{text} .", "en")


def test_a_run_without_spaces_is_cut_so_that_no_word_is_endless() -> None:
    assert max(one.end - one.start for one in analyse("я" * 100_000, "ru")) == 64


def test_full_width_letters_and_digits_are_words_like_others() -> None:
    assert stems("２０２６年ＮＡＴＯ峰会", "zh") == ["2026", "年", "nato", "峰会"]


def test_stems_are_remembered_within_bounds() -> None:
    for word in range(30_000):
        stems(f"слово{word}", "ru")
    assert len(analyse_module._stems("ru")) <= 12_000


@pytest.mark.parametrize(
    "text", ["a" * 300_000, "1." * 100_000, "é\u0301" * 100_000, "汉" * 100_000, "\u064b" * 100_000, "l’" * 100_000]
)
def test_the_cost_grows_with_the_length(text: str) -> None:
    start = time.perf_counter()
    analyse(text, "zh")
    assert time.perf_counter() - start < 3.0
