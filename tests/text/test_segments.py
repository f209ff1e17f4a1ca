"""A text and its translation side by side: paired, written by several, carried over to a newer source."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.text.segments import Segment, Source, Written, aligned, changed, merged, paired, stamp

OLD = (
    Source(kind="headline", text="Harbour to open in July"),
    Source(kind="paragraph", text="The new harbour will open in July, the city council said on Monday."),
    Source(kind="paragraph", text="It has room for forty ships and two ferries."),
    Source(kind="quote", text="We have waited ten years for this, the mayor said."),
)
OURS = ("Le port ouvrira en juillet", "Le nouveau port ouvrira en juillet.", "Quarante navires.", "Dix ans.")


def translated() -> tuple[Segment, ...]:
    return tuple(
        Segment(id=one.id, kind=one.kind, source=one.source, target=target)
        for one, target in zip(paired(OLD), OURS, strict=True)
    )


def texts(*words: str) -> tuple[Source, ...]:
    return tuple(Source(kind="paragraph", text=word) for word in words)


def test_headline_and_dateline_are_named_and_paragraphs_are_counted():
    sources = (*OLD[:1], Source(kind="dateline", text="BAKU, 3 May"), *OLD[1:], Source(kind="headline", text="Deck"))
    assert [one.id for one in paired(sources)] == ["headline", "dateline", "p1", "p2", "p3", "p4"]


def test_captions_keep_the_ids_they_bring():
    captions = (Source(id="pic-7", kind="caption", text="A boat"), Source(id="pic-9", kind="caption", text="A quay"))
    assert [one.id for one in paired(captions, {"pic-9": "Un quai"})] == ["pic-7", "pic-9"]
    moved, gone = aligned(paired(captions, {"pic-9": "Un quai"}), captions[::-1])
    assert [(one.id, one.target, one.was) for one in moved] == [("pic-9", "Un quai", ""), ("pic-7", "", "")]
    assert gone == ()


# ---------------------------------------------------------------------------------------------- a newer source


def test_a_source_that_has_not_changed_changes_nothing():
    assert aligned(translated(), OLD) == (translated(), ())
    assert changed(translated(), OLD) == 0


def test_only_what_has_changed_waits_for_a_person_and_keeps_our_text_beside_the_old_source():
    new = (
        *OLD[:1],
        Source(kind="paragraph", text="The new harbour will open in June, the city council said on Monday."),
        *OLD[2:],
    )
    kept, gone = aligned(translated(), new)
    assert [one.is_open for one in kept] == [False, True, False, False]
    assert (kept[1].target, kept[1].was, kept[1].source) == (OURS[1], OLD[1].text, new[1].text)
    assert (changed(translated(), new), gone) == (1, ())


def test_a_new_paragraph_has_no_text_and_an_id_of_its_own_and_what_is_gone_is_given_back():
    new = (*OLD[:2], Source(kind="paragraph", text="Police closed the old quay."), OLD[3])
    kept, gone = aligned(translated(), new)
    assert [(one.id, one.target) for one in kept] == [
        ("headline", OURS[0]),
        ("p1", OURS[1]),
        ("p4", ""),
        ("p3", OURS[3]),
    ]
    assert [one.target for one in gone] == ["Quarante navires."]
    assert changed(translated(), new) == 1


def test_a_paragraph_that_was_only_moved_keeps_its_translation():
    kept, gone = aligned(translated(), (OLD[0], OLD[3], OLD[1], OLD[2]))
    assert [one.target for one in kept] == [OURS[0], OURS[3], OURS[1], OURS[2]]
    assert gone == ()


def test_what_is_changed_twice_is_shown_against_what_was_translated_and_back_again_is_no_change():
    first = (*OLD[:2], Source(kind="paragraph", text="It has room for fifty ships and two ferries."), OLD[3])
    second = (*OLD[:2], Source(kind="paragraph", text="It has room for fifty ships and three ferries."), OLD[3])
    once, _ = aligned(translated(), first)
    twice, _ = aligned(once, second)
    assert twice[2].was == OLD[2].text
    back, _ = aligned(twice, OLD)
    assert back == translated()


def test_a_change_in_chinese_is_a_change_of_the_same_paragraph():
    old = tuple(
        Segment(id=f"p{n}", kind="paragraph", source=text, target="x")
        for n, text in enumerate(("新港口将于七月开放，市议会星期一表示。", "港口可容纳四十艘船。"), 1)
    )
    kept, _ = aligned(old, texts("新港口将于六月开放，市议会星期一表示。", "港口可容纳四十艘船。"))
    assert [bool(one.was) for one in kept] == [True, False]


@given(st.permutations(range(4)), st.lists(st.sampled_from(OLD + texts("Another.", "A third one.")), max_size=7))
def test_nothing_that_was_translated_is_ever_lost_and_no_id_stands_twice(order, new):
    kept, gone = aligned(tuple(translated()[at] for at in order), new)
    assert len(kept) == len(new)
    assert [one.source for one in kept] == [one.text for one in new]
    assert len({one.id for one in (*kept, *gone)}) == len(kept) + len(gone)
    assert {one.target for one in (*kept, *gone) if one.target} == set(OURS)


# ---------------------------------------------------------------------------------------------- several write


def test_what_is_written_is_put_in_and_what_was_sent_back_as_shown_is_no_change():
    one = translated()
    same = [Written(id=each.id, target=each.target, seen=each.stamp) for each in one]
    assert merged(one, same) == (one, ())
    found, clashes = merged(one, [Written(id="p2", target=" Quarante-deux navires. ", seen=one[2].stamp)])
    assert (found[2].target, clashes) == ("Quarante-deux navires.", ())


def test_of_two_who_write_the_same_paragraph_neither_loses_a_word():
    one = translated()
    hers, _ = merged(one, [Written(id="p1", target="Hers.", seen=one[1].stamp)])
    after, clashes = merged(
        hers,
        [Written(id="p1", target="His.", seen=one[1].stamp), Written(id="p2", target="His two.", seen=one[2].stamp)],
    )
    assert [each.target for each in after[1:3]] == ["Hers.", "His two."]
    assert [(c.id, c.mine, c.theirs) for c in clashes] == [("p1", "His.", "Hers.")]


def test_two_who_write_the_same_words_do_not_clash():
    one = translated()
    hers, _ = merged(one, [Written(id="p1", target="The same.", seen=one[1].stamp)])
    assert merged(hers, [Written(id="p1", target="The same.", seen=one[1].stamp)]) == (hers, ())


def test_a_changed_source_is_settled_by_writing_or_by_saying_that_ours_still_holds():
    new = (
        *OLD[:1],
        Source(kind="paragraph", text="The new harbour will open in June, the city council said on Monday."),
        *OLD[2:],
    )
    kept, _ = aligned(translated(), new)
    held, _ = merged(kept, [Written(id="p1", target=OURS[1], seen=kept[1].stamp, accepted=True)])
    assert (held[1].was, held[1].target) == ("", OURS[1])
    written, _ = merged(kept, [Written(id="p1", target="Le port ouvrira en juin.", seen=kept[1].stamp)])
    assert written[1].was == ""
    untouched, _ = merged(kept, [Written(id="p1", target=OURS[1], seen=kept[1].stamp)])
    assert untouched[1].was == OLD[1].text


def test_control_signs_are_no_text_and_ids_that_are_not_there_are_left_out():
    found, _ = merged(translated(), [Written(id="p1", target="a\x00b\r\nc"), Written(id="p99", target="x")])
    assert found[1].target == "ab\nc"
    assert len(found) == 4


def test_a_stamp_stands_for_its_text():
    assert stamp("a") == stamp("a") != stamp("b")
    assert len(stamp("")) == 12
