"""What each agency says of a story and what it does not say: side by side, in whatever languages it is told."""

import msgspec
from bridge_story import AZERBAIJANI, ENGLISH, ENGLISH_FIRST, RUSSIAN, bridge, telling
from msgspec.structs import replace

from dragoman.link.learned import Learned
from dragoman.link.narrative.facts import facts
from dragoman.link.narrative.figures import Fact
from dragoman.link.narrative.matrix import matrix
from dragoman.link.narrative.narrative import Narrative, narrative
from dragoman.link.narrative.only_here import only_here
from dragoman.link.narrative.quotes import quotes
from dragoman.link.narrative.timeline import timeline
from dragoman.link.narrative.told import Telling


def figure(tellings: list[Telling], unit: str) -> Fact:
    found = facts(tellings)
    return next(one for one in (*found.figures, *found.figures_alone) if one.unit == unit)


def killed() -> list[Telling]:
    """The bridge, and Volna's copy killed."""
    return [*bridge(), replace(bridge()[2], sequence=6, act="kill", text="", headline="KILL")]


# ----------------------------------------------------------------------------------------------------------- timeline


def test_the_timeline_says_who_was_first_and_what_was_corrected():
    found = timeline(bridge())
    assert found.agencies == ("North", "Xəzər", "Volna", "Sahra")
    assert [(one.agency, one.number, one.act, one.first) for one in found.moments][0::3] == [
        ("North", 1, "publish", True),
        ("North", 2, "correct", False),
    ]
    assert [one.after_s for one in found.moments] == [0, 60, 120, 180, 240]


def test_a_killed_item_stands_in_the_timeline_by_agency_and_time_alone_and_nowhere_else():
    tellings = killed()
    found = narrative(tellings)
    moments = [one for one in found.timeline.moments if one.agency == "Volna"]
    assert [(one.act, one.withdrawn, one.headline) for one in moments] == [("publish", True, ""), ("kill", True, "")]
    elsewhere = msgspec.json.encode(replace(found, timeline=timeline([]))).decode()
    assert "Volna" not in elsewhere
    assert "v-1" not in elsewhere
    whole = msgspec.json.encode(found).decode()
    assert not any(line in whole for line in (*RUSSIAN.splitlines(), tellings[2].headline, "KILL"))


def test_a_held_item_is_out_of_every_answer_until_it_is_released():
    held = replace(bridge()[2], sequence=6, act="hold")
    released = replace(held, sequence=7, act="release")
    assert "Volna" not in matrix([*bridge(), held]).agencies
    assert "Volna" in matrix([*bridge(), held, released]).agencies


# ------------------------------------------------------------------------------------------------------------- matrix


def test_the_matrix_has_the_newest_version_of_each_item():
    found = matrix(bridge())
    cells = {(one.agency, one.language): [copy.sequence for copy in one.copy] for one in found.cells}
    assert cells == {("North", "en"): [4], ("Xəzər", "az"): [2], ("Volna", "ru"): [3], ("Sahra", "ar"): [5]}


# -------------------------------------------------------------------------------------------------------------- facts


def test_the_injured_are_one_thing_in_every_language_and_agencies_that_differ_are_marked():
    found = figure(bridge(), "injured")
    assert found.differ
    assert found.values[:2] == (12.0, 14.0)
    assert {one.agency: one.now[0].value for one in found.given} == {"North": 14, "Xəzər": 12, "Volna": 12, "Sahra": 10}


def test_more_than_ten_does_not_disagree_with_twelve():
    assert not figure([one for one in bridge() if one.agency != "North"], "injured").differ


def test_a_toll_that_rose_is_no_disagreement_with_oneself():
    first = telling(1, "n-1", "North", "en", "Police said 12 people were injured in the fire.")
    second = telling(2, "n-1", "North", "en", "Police said 14 people were injured in the fire.", "update")
    other = telling(3, "e-1", "East", "en", "In the fire 14 people were injured.")
    newer_item = replace(second, item="n-2", act="publish")
    for told in ([first, second, other], [first, newer_item, other]):
        found = figure(told, "injured")
        assert not found.differ
        north = next(one for one in found.given if one.agency == "North")
        assert [one.value for one in north.now] == [14]
        assert [one.value for one in north.earlier] == [12]


def test_two_figures_of_one_text_are_two_things():
    text = "The fire injured 12 people on Monday. In the fire of last year 40 people were injured."
    found = facts([telling(1, "n", "North", "en", text), telling(2, "e", "East", "en", text)])
    assert [(one.values, one.differ) for one in found.figures if one.unit == "injured"] == [
        ((12,), False),
        ((40,), False),
    ]


def test_percentages_of_other_things_do_not_disagree():
    north = telling(1, "n", "North", "en", "Exports of cotton rose by 4% in January.")
    east = telling(2, "e", "East", "en", "Four schools will close, and 30% of pupils will travel by bus.")
    assert not any(one.differ for one in (*facts([north, east]).figures, *facts([north, east]).figures_alone))
    cotton = telling(3, "e", "East", "en", "In January exports of cotton rose by 6%.")
    assert figure([north, cotton], "%").differ


def test_every_figure_says_in_which_sentence_it_stands_and_where():
    tellings = {one.sequence: one for one in bridge()}
    found = facts(list(tellings.values()))
    for fact in (*found.figures, *found.figures_alone, *found.dates):
        for given in fact.given:
            for said in (*given.now, *given.earlier):
                assert tellings[said.where.sequence].text[said.where.start : said.where.end] == said.text
                assert said.text in said.sentence


def test_figures_that_one_agency_alone_gives_stand_apart():
    alone = [*bridge(), telling(6, "e-1", "East", "en", "The fence is 40 km long.")]
    assert [one.values for one in facts(alone).figures_alone] == [(40.0,)]


def test_the_day_and_the_place_are_one_in_every_language():
    found = facts(bridge())
    assert [(one.values, len(one.given), one.differ) for one in found.dates] == [(("2026-02-19",), 4, False)]
    assert len(found.places[0].agencies) == 4


def test_a_person_is_one_in_every_script():
    (minister,) = facts(bridge()).names
    assert minister.agencies == ("Xəzər", "Volna", "North", "Sahra")
    assert {one.text for one in minister.mentions} >= {"Rəşad Nəbizadə", "Рашад Набизаде", "Rashad Nabizade"}


# ------------------------------------------------------------------------------------------------- quotes, only here


def test_a_quote_in_four_languages_is_one_with_four_carriers():
    minister = quotes(bridge()).speakers[0]
    assert minister.key
    assert [one.agencies for one in minister.quotes] == [("Xəzər", "Volna", "North", "Sahra")]
    assert {one.where.language for one in minister.quotes[0].wordings} == {"az", "ru", "en", "ar"}


def test_other_words_of_the_same_speaker_are_another_quote():
    more = telling(6, "v-2", "Volna", "ru", "«Виновные ответят по закону», — сказал министр Рашад Набизаде.")
    minister = quotes([*bridge(), more]).speakers[0]
    assert [len(one.agencies) for one in minister.quotes] == [4, 1]


def test_what_one_agency_alone_says_is_found_across_languages():
    found = {(one.agency, one.text) for one in only_here(bridge()).sentences}
    assert ("North", "A dog led the firefighters to a child in the water.") in found
    assert ("Volna", "Прокуратура возбудила уголовное дело против строительной компании.") in found
    assert not any(word in text for _, text in found for word in ("14", "12 ", "Ganja", "Гяндже", "Gəncədə"))


def test_what_an_agency_says_in_two_of_its_versions_is_given_once():
    again = telling(6, "n-2", "North", "en", "At the river a dog led the firefighters to a child in the water.")
    dogs = [one for one in only_here([*bridge(), again]).sentences if "dog" in one.text]
    assert [[place.item for place in one.places] for one in dogs] == [["n-1", "n-2"]]


def test_one_agency_says_nothing_alone_where_nobody_else_tells():
    assert only_here([telling(1, "n", "North", "en", ENGLISH)]).sentences == ()


def test_copy_in_a_language_that_nobody_else_has_and_no_lexicon_knows_is_named_and_not_judged():
    other = telling(6, "k-1", "Kalaallit", "kl", "Ikaartarfik issittumi pisoq alianaarpoq. Inuit angerlarput tamarmik.")
    found = only_here([*bridge(), other])
    assert not any(one.agency == "Kalaallit" for one in found.sentences)
    assert [(one.agency, one.language) for one in found.unlike] == [("Kalaallit", "kl")]


def test_a_learned_lexicon_finds_a_counterpart_that_nothing_else_shows():
    north = telling(1, "n", "North", "en", "Shepherds counted lambs beside the hills.\nA dog barked.")
    other = telling(2, "w", "West", "de", "Hirten zählten Lämmer neben den Hügeln.\nEs regnete den ganzen Tag.")
    words = {"hirt": "shepherd", "zahlt": "count", "lamm": "lamb", "neb": "besid", "hugeln": "hill", "hugel": "hill"}
    lexicon = Learned({word: {meaning: 0.9} for word, meaning in words.items()}, dict.fromkeys(words, 1.0))
    assert any("Hirten" in one.text for one in only_here([north, other]).sentences)
    assert not any("Hirten" in one.text for one in only_here([north, other], {"de": lexicon}).sentences)


# ------------------------------------------------------------------------------------------------------------- all


def test_the_answers_are_json_and_come_back():
    found = narrative(bridge())
    assert msgspec.json.decode(msgspec.json.encode(found), type=Narrative) == found


def test_nothing_is_told_of_nothing():
    found = narrative([])
    assert found.timeline.moments == ()
    assert found.matrix.cells == found.facts.figures == found.quotes.speakers == found.only_here.sentences == ()


def test_the_order_in_which_versions_are_handed_in_changes_nothing():
    assert narrative(bridge()[::-1]) == narrative(bridge())


def test_of_a_story_of_thousands_each_agency_gives_its_latest_and_what_is_left_out_is_told():
    one, two = bridge()[0], bridge()[1]
    many = [replace(one, sequence=n, item=f"n-{n}", text=ENGLISH_FIRST) for n in range(10, 410)]
    found = facts([*many, replace(two, sequence=500, text=AZERBAIJANI)])
    assert [(left.agency, left.items) for left in found.left_out] == [("North", 201)]
    assert len(timeline(many).moments) == 400
