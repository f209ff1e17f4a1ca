"""Quotation marks of every language, paired."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.quotes.marks import marked

_PAIRS = [
    *("«»", "»«", "“”", "„“", "„”", "””", '""', "‘’", "‚‘", "''", "‹›", "›‹", "「」", "『』"),
    "``|''",
    ",,|“",
    "« | »",
]


def _between(text: str) -> list[str]:
    return [text[one.first : one.last] for one in marked(text)]


@pytest.mark.parametrize("pair", _PAIRS)
def test_every_pair_of_marks_encloses_its_words(pair: str) -> None:
    opening, closing = pair.split("|") if "|" in pair else pair
    text = f"He said: {opening}We are ready.{closing} Then {opening}let us go{closing}, he added."
    assert _between(text) == ["We are ready.", "let us go"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("«Он сказал: „Да“ и ушел»", ["Он сказал: „Да“ и ушел"]),
        ("“She said ‘no’ twice.”", ["She said ‘no’ twice."]),
        ("It's the workers' day, isn't it", []),
        ('"A," he said. "B."', ["A,", "B."]),
        ("«Мы были на заводе «Маяк», — сказал он.", ["Мы были на заводе «Маяк»"]),
        ('"Kür"ün səhmləri artıb. "Araz" isə yox.', ["Kür", "Araz"]),
        ("“我们不会放弃，”他说，“还有机会。”", ["我们不会放弃，", "还有机会。"]),
    ],
)
def test_marks_are_paired_as_a_reader_pairs_them(text: str, inside: list[str]) -> None:
    assert _between(text) == inside


def test_a_paragraph_that_opens_anew_is_the_quotes_next_part() -> None:
    found = marked('"First part.\n"Second part.\n"Third part."')
    assert [one.goes_on for one in found] == [False, True, True]


def test_a_quote_runs_over_paragraphs_without_new_marks() -> None:
    assert _between("«Первый абзац.\nВторой абзац».") == ["Первый абзац.\nВторой абзац"]


def test_a_mark_that_nobody_closes_encloses_nothing() -> None:
    assert _between('A 5" pipe broke.\nNobody was hurt.') == []


@given(st.text(alphabet="«»“”„\"‘’'‚「」ab. ,\n—", max_size=200))
def test_no_text_breaks_the_pairing(text: str) -> None:
    found = marked(text)
    assert all(0 <= one.start <= one.first < one.last <= one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
