"""What the public sees of an exhibition, and what hangs on the wall beside the pictures."""

from datetime import timedelta
from typing import Any

from exhibits import NOW, exhibition, lying, proposal, right, room, whole
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.project import ProjectTerms
from dragoman.planning.gallery import gallery, is_public
from dragoman.planning.labels import labels, panels, print_list, setting
from dragoman.planning.rights_table import standings

_states = st.sampled_from(["usable", "held", "killed", "expunged"])
_rows = st.lists(st.tuples(st.sampled_from(["web", "print"]), st.booleans()), max_size=3)


@given(
    selected=st.sampled_from([True, False, None]),
    state=_states,
    shown=st.booleans(),
    rows=_rows,
    free=st.booleans(),
    embargoed=st.booleans(),
)
def test_nothing_is_public_that_is_not_selected_usable_and_cleared(
    selected: Any, state: Any, shown: bool, rows: list[tuple[Any, bool]], free: bool, embargoed: bool
) -> None:
    one = proposal(selected=selected)
    lifts = NOW + timedelta(hours=1) if embargoed else None
    show = whole(
        one,
        terms=ProjectTerms(kinds=("picture",), use="free web" if free else "own wire"),
        rights=[right(one.id, use, allowed) for use, allowed in rows],
        lying={one.id: lying(state=state, is_shown=shown, embargoed_until=lifts)},
    )
    public = is_public(show, show.pictures[0], NOW)
    assert public == bool(gallery(show, "en", NOW).plates)
    if public:
        assert (selected, state, shown, embargoed) == (True, "usable", True, False)
        assert ("web", False) not in rows
        assert standings(show, show.pictures[0], NOW.date(), ("web",))[0].word == "yes"


def test_an_exhibition_that_is_not_for_the_web_has_no_gallery() -> None:
    assert gallery(whole(proposal(), show=exhibition(uses=("print",))), "en", NOW).plates == ()


def test_pictures_keep_their_numbers_when_one_is_taken_away() -> None:
    one, two, three = (proposal(name, clock=at) for at, name in enumerate(("a", "b", "c"), 1))
    here = {one.id: lying(1), two.id: lying(2, state="killed"), three.id: lying(3)}
    show = gallery(whole(one, two, three, lying=here), "en", NOW)
    assert [plate.number for plate in show.plates] == [1, 3]
    assert [each.id if each else None for each in show.beside(one.id)] == [None, three.id]


def test_words_that_are_missing_are_given_in_another_language_of_the_exhibition_and_say_which() -> None:
    one = proposal()
    only_english = lying(captions={"en": "Boats."}, alts={"en": "Boats"})
    plate = gallery(whole(one, lying={one.id: only_english}), "ar", NOW).plates[0]
    assert (plate.caption.text, plate.caption.language, plate.alt.language) == ("Boats.", "en", "en")


def test_the_agencies_named_are_those_whose_pictures_hang() -> None:
    show = whole(proposal("a", "VAL"), proposal("b", clock=2, selected=False))
    assert gallery(show, "en", NOW).agencies == ("Valonia News",)


def test_those_who_make_it_see_what_is_not_cleared_yet() -> None:
    one = proposal()
    show = whole(one, terms=ProjectTerms(kinds=("picture",)), rights=[])
    assert gallery(show, "en", NOW).plates == ()
    assert [plate.is_cleared for plate in gallery(show, "en", NOW, workshop=True).plates] == [False]


def test_labels_come_picture_by_picture_in_every_language() -> None:
    show = whole(proposal("a"), proposal("b", clock=2))
    each = labels(show, ("en", "ar"))
    assert [(one.number, one.words[0].language) for one in each] == [(1, "en"), (1, "ar"), (2, "en"), (2, "ar")]
    together = labels(show, ("en", "ar", "zh"), sheet="a5", together=True)
    assert [len(one.words) for one in together] == [3, 3]


def test_a_longer_caption_is_set_smaller_and_one_that_cannot_be_read_is_told_apart() -> None:
    sizes = []
    for length in (100, 300, 500, 800, 1200, 1900):
        one = proposal()
        words = {"en": "x" * length}
        label = labels(whole(one, lying={one.id: lying(captions=words)}), ("en",))[0]
        sizes.append(label.setting)
        if label.setting == "over":
            assert setting(label.words, "a5") != "over"
    assert sizes == ["display", "large", "medium", "small", "tiny", "over"]


def test_panels_are_the_title_and_then_the_rooms() -> None:
    show = whole(proposal(), rooms=[room("r2", 2, en="Second"), room("r1", 1, en="First")])
    found = panels(show, ("en", "ar"))
    assert [one.titles[0].text for one in found] == ["Harbour", "First", "Second"]
    assert found[0].texts[1].text == "ستون عاما."
    assert (found[1].titles[1].text, found[1].titles[1].language) == ("First", "en")


def test_the_printers_list_says_how_large_each_picture_may_become() -> None:
    large, unsized = proposal("a", width_mm=2000), proposal("b", clock=2, width_mm=0)
    lines = print_list(whole(large, unsized, rights=[]), "en", NOW.date())
    assert lines[0].size is not None
    assert (lines[0].size.dpi, lines[0].size.is_soft, lines[0].at_fewest) == (60, True, (609, 406))
    assert (lines[1].size, lines[1].right.word) == (None, "uncleared")
