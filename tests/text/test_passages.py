"""Paragraphs in another language than the item's are told; single names, titles and phrases are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.text.han import han_script
from dragoman.text.passages import passages
from dragoman.text.script import script_code

ENGLISH = "The ferry left the harbour at noon with sixty passengers on board, the port authority said on Tuesday."
RUSSIAN = "Мост через реку откроют весной, сообщили во вторник в управлении дорог, строители благодарят жителей."
AZERBAIJANI = "Limanda yeni terminalın tikintisi başa çatıb, bu barədə idarədən məlumat verilib və tarix açıqlanıb."
CHINESE = "茶叶博物馆将于明年春天开放，三座城市共同承担费用，市政府星期二宣布。"


def test_a_run_of_paragraphs_in_another_language_is_one_passage() -> None:
    text = f"{ENGLISH}\n{RUSSIAN}\n{RUSSIAN}\n{ENGLISH}"
    [found] = passages(text, "en")
    assert found.language == "ru"
    assert text[found.start : found.end] == f"{RUSSIAN}\n{RUSSIAN}"
    assert found.confidence >= 0.9


def test_a_bilingual_item_has_its_other_half_told() -> None:
    text = f"{AZERBAIJANI}\n\n{ENGLISH}\n\n{CHINESE}"
    assert [one.language for one in passages(text, "az")] == ["en", "zh"]


def test_a_short_line_goes_with_what_stands_around_it() -> None:
    text = f"{ENGLISH}\n{RUSSIAN}\nДа.\n{RUSSIAN}\n«Нет».\n{ENGLISH}"
    [found] = passages(text, "en")
    assert text[found.start : found.end] == f"{RUSSIAN}\nДа.\n{RUSSIAN}"


@pytest.mark.parametrize(
    ("text", "main"),
    [
        (f"{ENGLISH}\nLa Casa del Puerto\n{ENGLISH}", "en"),
        (
            f"{CHINESE}\nExample Harbour Holdings 公司与 Northern Light Shipping Company 在三座城市修建码头。\n{CHINESE}",
            "zh",
        ),
        (f"{ENGLISH}\n{ENGLISH}", "en"),
        (ENGLISH, "ru"),
        (f"{ENGLISH}\n{RUSSIAN}", "und"),
        ("", "en"),
    ],
)
def test_a_phrase_or_a_name_is_no_passage(text: str, main: str) -> None:
    assert passages(text, main) == ()


@given(st.text(max_size=300), st.sampled_from(["en", "ru", "zh-Hant", "", "und"]))
def test_passages_lie_in_the_text_in_order_whatever_it_is(text: str, main: str) -> None:
    ends = [0]
    for one in passages(f"{ENGLISH}\n{text}\n{RUSSIAN}", main):
        assert ends[-1] <= one.start < one.end
        ends.append(one.end)
    script_code(text)


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        (ENGLISH, "en", "Latn"),
        (RUSSIAN, "ru", "Cyrl"),
        ("وصل القطار", "ar", "Arab"),
        ("橋は来年開通する", "ja", "Jpan"),
        ("東京都知事選挙", "ja", "Jpan"),
        ("다리는 내년 봄에", "ko", "Kore"),
        ("წიგნი", "ka", "Geor"),
        ("Գիրք", "hy", "Armn"),
        (CHINESE, "zh", "Hans"),
        ("茶葉博物館將於明年春天開放", "zh", "Hant"),
        ("中文", "zh", "Hani"),
        ("Мост Bridge", "ru", "Latn"),
        ("12 %", "und", "Zyyy"),
        ("", "", "Zyyy"),
    ],
)
def test_a_script_is_said_as_iso_15924_has_it(text: str, language: str, code: str) -> None:
    assert script_code(text, language) == code


def test_chinese_of_both_kinds_is_told_by_the_greater_part() -> None:
    assert han_script("他說國家的发展") == "Hant"
    assert han_script("他说国家的發展") == "Hans"
