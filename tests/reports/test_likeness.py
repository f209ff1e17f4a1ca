"""The same text again, and who is named in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.query.reading import spaced
from dragoman.reports.credited import credits, names_of
from dragoman.reports.likeness import FEWEST, SAME_TEXT, Likeness, Ours, containment, grams

OURS = (
    "The river forum opened on Monday in the old customs house. Delegates from nine countries sat around one long table,"
    " and the host said the talks would turn to dredging, night ferries and the fees that small boats pay at every lock."
)
ELSEWHERE = (
    "A bakery on the hill has sold the same plaited loaf since the flood of the last century, and the grandson of the"
    " founder still shapes each one by hand before the first tram passes the window at five in the morning."
)


def of(text: str) -> frozenset[tuple[str, str, str]]:
    return grams(spaced(text))


def test_a_copy_is_found_whatever_its_case_and_commas() -> None:
    shouted = OURS.upper().replace(",", " –")
    assert containment(of(OURS), of(shouted)) == 1.0


def test_a_long_piece_that_holds_our_text_is_the_same_text() -> None:
    nearest = Ours({7: of(OURS)}).nearest(of(f"{ELSEWHERE} {OURS} {ELSEWHERE}"))
    assert nearest.number == 7
    assert nearest.share > 0.9


def test_a_quotation_is_not_the_same_text() -> None:
    assert Ours({7: of(OURS)}).nearest(of(f"{ELSEWHERE} The river forum opened on Monday.")) == Likeness()


def test_another_story_has_nothing_of_ours() -> None:
    assert Ours({7: of(OURS)}).nearest(of(ELSEWHERE)) == Likeness()


def test_chinese_copy_is_found_though_it_has_no_spaces() -> None:
    text = "河流论坛周一在老海关大楼开幕，来自九个国家的代表围坐在一张长桌旁，讨论疏浚、夜间渡轮和小船过闸费用。"
    assert containment(of(text), of(f"本报讯：{text}")) >= SAME_TEXT


def test_of_two_equal_texts_of_ours_the_first_is_named() -> None:
    assert Ours({9: of(OURS), 4: of(OURS)}).nearest(of(OURS)) == Likeness(1.0, 4)


_texts = st.text(alphabet="abcd ", max_size=300)


@given(_texts, _texts)
def test_likeness_is_the_same_from_either_side(one: str, other: str) -> None:
    assert containment(of(one), of(other)) == containment(of(other), of(one))


@given(st.lists(_texts, max_size=4), _texts)
def test_the_nearest_is_the_greatest_containment(ours: list[str], text: str) -> None:
    known = {number: of(one) for number, one in enumerate(ours)}
    most = max((containment(one, of(text)) for one in known.values()), default=0.0)
    assert Ours(known).nearest(of(text)).share == most


@given(_texts)
def test_a_text_long_enough_contains_itself(text: str) -> None:
    assert containment(of(text), of(text)) == (1.0 if len(of(text)) >= FEWEST else 0.0)


NAMES = names_of("LNA", "Lantern News Agency")


@pytest.mark.parametrize(
    "text",
    [
        "The lock was closed, Lantern News Agency reported.",
        "the lantern  NEWS agency says so",
        "PORT OSTEN, May 4 (LNA) – The lock was closed.",
        "据LNA报道，船闸关闭。".replace("据LNA", "据 LNA "),
    ],
)
def test_whoever_names_us_credits_us(text: str) -> None:
    assert credits(NAMES, spaced(text), text)


@pytest.mark.parametrize(
    "text", ["Lanterns for sale: agency news", "The LNAX index fell", "lna was a typing mistake", ""]
)
def test_what_only_sounds_like_us_is_no_credit(text: str) -> None:
    assert not credits(NAMES, spaced(text), text)


def test_a_name_that_is_a_word_counts_only_as_a_signature() -> None:
    trend = names_of("TR", "Trend")
    assert credits(trend, spaced("(Trend) Baku"), "(Trend) Baku")
    assert not credits(names_of("XX", "TASS"), spaced("a tassel"), "a tassel")
