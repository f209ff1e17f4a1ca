"""Whose words: copies, edited copies, halves and quotations are told from what only shares a speaker or a phrase."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.link.reuse import Index, Text, closest, passages, same_words, sampled, units

HARBOUR = (
    "The harbour council of Lindholm agreed on Monday to raise the ferry tariff by four per cent from May. "
    "“We have waited for nine years and we shall not wait for a tenth one,” the chairwoman Ida Brandt said. "
    "Fishermen had asked the council to leave small boats out of the rise, and the council refused after a long debate. "
    "The new tariff pays for a second pier, which engineers expect to finish before the winter storms begin. "
    "Three members voted against it and left the hall before the figures were read."
)
ORCHARD = (
    "An early frost has destroyed half of the apricot harvest in the valleys around Meren, growers said on Tuesday. "
    "The ministry promised loans without interest to everybody who lost more than a third of the crop. "
    "Prices at the market of the capital rose within a day, and traders spoke of imports from the south."
)
SOURCES = {"harbour": HARBOUR, "orchard": ORCHARD}


@pytest.fixture(scope="module")
def index() -> Index:
    made = Index()
    for name, text in SOURCES.items():
        made.add(name, text)
    return made


def test_a_copy_under_a_new_headline_is_whole(index):
    found = index.pickup("Lindholm pays more for its ferries\n" + HARBOUR)
    assert (found.label, found.source) == ("whole", "harbour")
    assert found.coverage > 0.9


def test_a_copy_with_small_edits_is_whole(index):
    edited = (
        HARBOUR.replace("on Monday ", "").replace("long debate", "heated debate").replace("“", '"').replace("”", '"')
    )
    found = index.pickup(edited.replace("a second pier", "another pier"))
    assert (found.label, found.source) == ("whole", "harbour")


def test_two_sentences_among_others_are_partial_and_their_place_is_told(index):
    taken = HARBOUR[HARBOUR.index("Fishermen") : HARBOUR.index("Three members")].strip()
    own = (
        "Boats stayed in port all week while captains waited for a word from the capital. Nobody remembers a quieter March. "
        "Cafés along the quay closed at noon, and the market sold what had been frozen since autumn at twice the price."
    )
    item = f"{own} {taken} Nobody sailed on Sunday either."
    found = index.pickup(item)
    assert (found.label, found.source) == ("partial", "harbour")
    [passage] = found.passages
    assert item[slice(*passage.item)] == taken.rstrip(".")
    assert HARBOUR[slice(*passage.source)] == taken.rstrip(".")


def test_the_words_of_a_common_speaker_are_not_borrowed(index):
    item = (
        "Ida Brandt, who presides over the port of Lindholm, defended the decision in a radio talk: “We have waited for nine "
        "years and we shall not wait for a tenth”, she told listeners. Ferries will cost more, passengers complain."
    )
    found = index.pickup(item)
    assert found.label == "none"
    assert found.source == "harbour"


def test_a_stock_phrase_is_nothing(index):
    found = index.pickup("The ministry promised on Tuesday, growers said, that trains would run again before winter.")
    assert found.label == "none"


def test_the_source_whose_whole_sentence_it_is_wins(index):
    made = Index()
    made.add("quoter", "Elsewhere: “we shall not wait for a tenth one, we have waited for nine years”, as was said.")
    made.add("harbour", HARBOUR)
    found = made.pickup(HARBOUR[HARBOUR.index("“We have") : HARBOUR.index(" Fishermen")] + " More follows in a moment.")
    assert found.source == "harbour"


def test_sources_that_are_not_allowed_are_not_named(index):
    assert index.pickup(HARBOUR, lambda name: name != "harbour").source is None


@pytest.mark.parametrize(
    "text",
    [
        "港口委员会星期一同意从五月起把渡轮费率提高百分之四，渔民们要求不对小船加价，委员会经过长时间辩论后拒绝了。三名委员投了反对票，并在宣读数字之前离开了会场。",
        "وافق مجلس الميناء يوم الاثنين على رفع تعرفة العبارات أربعة في المئة اعتبارا من مايو ورفض المجلس استثناء القوارب الصغيرة بعد نقاش طويل.",
        "Liman şurası bazar ertəsi bərə tarifini maydan dörd faiz artırmaq barədə razılığa gəldi və balıqçıların kiçik qayıqları istisna etmək xahişini rədd etdi.",
        "Совет порта в понедельник согласился поднять тариф на паромы на четыре процента с мая и после долгих споров отказал рыбакам в исключении для малых лодок.",
    ],
)
def test_a_copy_is_known_in_every_script(text):
    made = Index()
    made.add("source", text)
    assert made.pickup(text.upper()).label == "whole"
    assert made.pickup(text[::-1]).label == "none"


@settings(deadline=None)  # the first of all loads what cuts Chinese
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(item, source):
    one, other = Text.of(item), Text.of(source)
    for passage in passages(one, other):
        assert 0 <= passage.item[0] < passage.item[1] <= len(item)
        assert 0 <= passage.source[0] < passage.source[1] <= len(source)
    cut = units(item)
    assert len(cut.units) == len(cut.starts) == len(cut.ends)


def test_a_text_of_one_word_over_and_over_is_bounded():
    made = Index()
    made.add("same", "word " * 20_000)
    assert made.pickup("word " * 20_000).label == "whole"


def test_an_empty_source_lends_nothing():
    assert closest(Text.of(HARBOUR), {"empty": Text.of("")}).source is None


def test_ten_running_words_in_common_have_a_sampled_sign_in_common():
    words = HARBOUR.split()
    for at in range(len(words) - 10):
        taken = " ".join(words[at : at + 10])
        assert sampled(units(f"Boats stayed in port all week {taken} nobody sailed")) & sampled(units(HARBOUR)), taken
    assert len(sampled(units(HARBOUR))) < len(words) / 3


def test_the_same_words_of_two_passages_are_told_and_what_was_changed_is_not():
    mine, theirs = "The council agreed on Monday, after a vote", "the Council agreed on Tuesday after a vote"
    assert [(mine[slice(*one)], theirs[slice(*other)]) for one, other in same_words(mine, theirs)] == [
        ("The council agreed on", "the Council agreed on"),
        ("after a vote", "after a vote"),
    ]
