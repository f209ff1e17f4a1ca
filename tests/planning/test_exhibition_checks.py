"""What stands between an exhibition and its opening, and who may do what in it."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from exhibits import NOW, OPENS, SHOW, caption, exhibition, held, lying, proposal, right, room, vote, whole
from msgspec.structs import replace

from dragoman.model.exhibition import Caption, Right, Vote
from dragoman.model.project import Act, Member, ProjectTerms, Record
from dragoman.planning.captions import stamp_of, worded
from dragoman.planning.exhibition import caption_id, is_open, said, vote_id
from dragoman.planning.exhibition_checks import KEYS, blocking, findings
from dragoman.planning.fold import Folded, difference, judge
from dragoman.planning.kinds import NAMES
from dragoman.planning.rules import rule


def keys(found: Any) -> list[tuple[str, str, str]]:
    return [(one.key, one.language, one.detail) for one in found]


def reviewed(one: Any, show: Any, language: str, text: str = "", **words: str) -> Any:
    """A caption as it stands after the second pair of eyes."""
    made = caption(one.id, language, text, written="ADR Ines", **words)
    there = worded(
        replace(show, pictures=(replace(show.pictures[0], captions={language: made}),)),
        replace(show.pictures[0], captions={language: made}),
        language,
    )
    return replace(made, record=replace(made.record, reviewed="VAL Orla", reviewed_words=stamp_of(there)))


def test_an_exhibition_that_is_complete_has_nothing_against_it() -> None:
    one = proposal()
    show = whole(one, rooms=[room("r1", 1)])
    ready = whole(
        replace(one, record=replace(one.record, room="r1")),
        rooms=[room("r1", 1)],
        captions=[reviewed(one, show, language) for language in ("en", "ar", "zh")],
    )
    assert findings(ready, NOW) == ()


def test_every_finding_has_its_key_in_the_list() -> None:
    one = proposal(width_mm=0)
    empty = whole(show=exhibition(titles={"en": "x"}, introduction={}, opens=None, venue=exhibition().record.venue))
    broken = whole(one, lying={}, rights=[], rooms=[room("r1", 1, en="First")])
    assert {each.key for each in (*findings(empty, NOW), *findings(broken, NOW))} <= set(KEYS)
    assert "nothing" in {each.key for each in findings(empty, NOW)}


def test_a_caption_that_is_missing_in_one_language_blocks() -> None:
    one = proposal()
    no_chinese = lying(captions={"en": "Boats.", "ar": "قوارب."}, alts={"en": "Boats", "ar": "قوارب"})
    found = keys(blocking(findings(whole(one, lying={one.id: no_chinese}), NOW)))
    assert found == [("caption", "zh", ""), ("alt", "zh", "")]


def test_a_caption_written_for_the_exhibition_goes_before_the_items_own() -> None:
    one = proposal()
    show = whole(one, captions=[caption(one.id, "en", "Ours.")])
    words = worded(show, show.pictures[0], "en")
    assert (words.text, words.text_from, words.alt, words.alt_from) == ("Ours.", "caption", "Three boats", "item")
    assert words.credit == "Tora Lind / Adrian Press"


def test_the_credit_of_the_projects_terms_is_taken_where_the_item_has_none() -> None:
    one = proposal("wall", "VAL")
    terms = ProjectTerms(kinds=("picture",), use="free web", credit={"*": "Photo: {agency}"})
    bare = lying(credit="", photographer="")
    show = whole(one, terms=terms, lying={one.id: bare})
    assert worded(show, show.pictures[0], "en").credit == "Photo: Valonia News"
    without = whole(one, lying={one.id: bare})
    assert "credit" in {each.key for each in blocking(findings(without, NOW))}


def test_a_caption_beyond_its_length_blocks_and_marks_on_letters_do_not_count() -> None:
    one = proposal()
    shorter = exhibition(caption_most=50)
    long = whole(one, show=shorter, captions=[caption(one.id, "en", "x" * 51)])
    assert ("long", "en", "51 / 50") in keys(blocking(findings(long, NOW)))
    vowelled = whole(one, show=shorter, captions=[caption(one.id, "ar", "\u0628\u064e" * 50)])
    assert "long" not in {each.key for each in findings(vowelled, NOW)}


def test_a_caption_in_the_wrong_script_is_said_and_kept() -> None:
    one = proposal()
    show = whole(one, captions=[caption(one.id, "ar", "Лодки у старого мола")])
    assert ("script", "ar", "Cyrillic") in keys(findings(show, NOW))
    assert worded(show, show.pictures[0], "ar").text == "Лодки у старого мола"


def test_a_number_that_got_lost_in_translation_is_said() -> None:
    one = proposal()
    show = whole(one, captions=[caption(one.id, "zh", "码头边的船。")])
    assert ("numbers", "zh", "1961") in keys(findings(show, NOW))


def test_a_review_holds_for_the_words_it_saw_and_no_others() -> None:
    one = proposal()
    show = whole(one)
    seen = reviewed(one, show, "en", "Boats.")
    assert worded(whole(one, captions=[seen]), show.pictures[0], "en").reviewed == ""
    there = whole(one, captions=[seen])
    assert worded(there, there.pictures[0], "en").reviewed == "VAL Orla"
    changed = whole(one, captions=[replace(seen, record=replace(seen.record, text="Ships."))])
    assert worded(changed, changed.pictures[0], "en").reviewed == ""
    assert ("unreviewed", "en", "") in keys(findings(changed, NOW))


def test_a_picture_that_was_killed_held_or_has_not_come_blocks() -> None:
    one = proposal()
    for state in ("killed", "held"):
        stopped = whole(one, lying={one.id: lying(state=state, captions={}, alts={}, terms="")})
        assert [each.key for each in blocking(findings(stopped, NOW))] == ["stopped"]
    assert "absent" in {each.key for each in blocking(findings(whole(one, lying={}), NOW))}
    dark = whole(one, lying={one.id: lying(is_shown=False)})
    assert [each.key for each in blocking(findings(dark, NOW))] == ["undeveloped"]


def test_a_picture_under_embargo_beyond_the_opening_blocks() -> None:
    one = proposal()
    later = whole(one, lying={one.id: lying(embargoed_until=OPENS + timedelta(hours=1))})
    assert [each.key for each in blocking(findings(later, NOW))] == ["embargo"]
    before = whole(one, lying={one.id: lying(embargoed_until=OPENS)})
    assert blocking(findings(before, NOW)) == ()


def test_rights_block_and_a_permission_that_runs_out_warns() -> None:
    one = proposal()
    assert ("uncleared", "", "print") in keys(blocking(findings(whole(one, rights=[]), NOW)))
    refused = whole(one, rights=[right(one.id, "print"), right(one.id, "print", False, "VAL")])
    assert ("refused", "", "print") in keys(blocking(findings(refused, NOW)))
    short = whole(one, rights=[right(one.id, "print", until=date(2026, 6, 1))])
    assert ("ends", "", "print, 2026-06-01") in keys(findings(short, NOW))
    assert blocking(findings(short, NOW)) == ()


def test_a_soft_print_and_one_without_a_size_warn() -> None:
    large, unsized = proposal("large", width_mm=2000), proposal("small", clock=2, width_mm=0)
    found = keys(findings(whole(large, unsized), NOW))
    assert ("soft", "", "60") in found
    assert ("size", "", "") in found
    only_web = whole(large, show=exhibition(uses=("web",)))
    assert "soft" not in {each.key for each in findings(only_web, NOW)}


def test_what_nobody_has_selected_is_neither_checked_nor_hung() -> None:
    left_out = proposal("out", selected=False)
    undecided = proposal("open", clock=2, selected=None)
    show = whole(proposal(), left_out, undecided, rights=[right(proposal().id, "print")])
    assert blocking(findings(show, NOW)) == ()
    assert ("undecided", "", "1") in keys(findings(show, NOW))


def test_rooms_come_in_their_order_and_pictures_in_theirs() -> None:
    one, two, three = (
        proposal(name, clock=at, room=hall)
        for at, (name, hall) in enumerate((("a", "r2"), ("b", "r1"), ("c", "gone")), 1)
    )
    show = whole(one, two, three, rooms=[room("r2", 2), room("r1", 1)])
    assert [each.record.headline for each in show.pictures] == ["b", "a", "c"]
    assert show.room_of(show.pictures[2]) == ""
    assert [each.id for each in show.rooms] == ["r1", "r2"]


def test_stars_are_summed_by_agency() -> None:
    one = proposal()
    show = whole(one, votes=[vote(one.id, 5), vote(one.id, 4, by="Ugo"), vote(one.id, 2, "VAL", "Orla")])
    assert show.pictures[0].stars == 11
    assert show.pictures[0].stars_by_agency() == (("ADR", 9), ("VAL", 2))
    mine = show.pictures[0].vote_of("VAL", "Orla")
    assert mine is not None
    assert mine.stars == 2


def test_the_public_sees_nothing_before_the_opening() -> None:
    published = replace(exhibition().record, state="published")
    assert not is_open(exhibition().record, OPENS)
    assert not is_open(published, OPENS - timedelta(seconds=1))
    assert is_open(published, OPENS)


def test_a_text_that_is_missing_in_a_language_is_given_in_another_and_says_which() -> None:
    found = said({"fr": "Port", "en": "Harbour"}, "ar", ("en", "fr"))
    assert (found.text, found.language) == ("Harbour", "en")
    assert said({}, "ar").text == ""


# ------------------------------------------------------------------------------------------------ who may


def member(code: str, role: str = "editor") -> Any:
    return held(code, Member(role=role, joined=NOW), code)  # type: ignore[arg-type]


@pytest.fixture
def folded() -> Folded:
    """ADR made the exhibition and one proposal; VAL is an editor, MER a reader."""
    there = [member("ADR", "lead"), member("VAL"), member("MER", "reader"), exhibition(), proposal()]
    return Folded({(one.kind, one.id): one for one in there}, {})


def refusal(
    folded: Folded, agency: str, id: str, record: Record, by: str = "Orla", verb: str = "set", **but: Any
) -> str:
    before = folded.get(NAMES[type(record)], id)
    fields = difference(before.record if before else None, record) if verb == "set" else {}
    act = Act(
        project="ADR:harbour",
        agency=agency,
        log=1,
        number=1,
        clock=10,
        by=by,
        verb=verb,  # type: ignore[arg-type]
        kind=NAMES[type(record)],
        id=id,
        fields=msgspec.Raw(msgspec.json.encode(fields)),
    )
    done, why = judge(folded, act, rule)
    if done is not None:
        folded.records[done.kind, done.id] = done
    return why


def test_a_reader_may_only_look(folded: Folded) -> None:
    one = proposal()
    assert "only read" in refusal(folded, "MER", vote_id(one.id, "MER", "Orla"), Vote(picture=one.id, stars=5))
    assert "only read" in refusal(folded, "MER", one.id, replace(one.record, selected=False))
    assert "not a member" in refusal(folded, "QMR", one.id, replace(one.record, selected=False))


def test_nobody_votes_for_another(folded: Folded) -> None:
    one = proposal()
    five = Vote(picture=one.id, stars=5)
    assert refusal(folded, "VAL", vote_id(one.id, "VAL", "Orla"), five) == ""
    assert "whose it is" in refusal(folded, "VAL", vote_id(one.id, "VAL", "Pierre"), five, by="Orla")
    assert "whose it is" in refusal(folded, "VAL", vote_id(one.id, "ADR", "Ines"), five)
    assert "no exhibition" in refusal(folded, "VAL", vote_id("nothing", "VAL", "Orla"), Vote(picture="nothing"))


def test_only_its_maker_publishes_an_exhibition_and_anybody_writes_its_words(folded: Folded) -> None:
    show = exhibition().record
    assert "only ADR" in refusal(folded, "VAL", SHOW, replace(show, state="published"))
    assert refusal(folded, "VAL", SHOW, replace(show, introduction={"en": "Seventy years."})) == ""
    assert refusal(folded, "ADR", SHOW, replace(show, introduction={"en": "Seventy years."}, state="published")) == ""


def test_an_exhibition_begins_unpublished_and_a_closed_one_rests(folded: Folded) -> None:
    show = exhibition().record
    assert "unpublished" in refusal(folded, "ADR", "other", replace(show, state="published"))
    assert refusal(folded, "ADR", SHOW, replace(show, state="closed")) == ""
    assert "cannot become" in refusal(folded, "ADR", SHOW, replace(show, state="published"))
    assert "closed" in refusal(folded, "ADR", proposal().id, replace(proposal().record, selected=False))
    assert refusal(folded, "ADR", SHOW, replace(show, state="preparing")) == ""


def test_a_refusal_is_lifted_by_whoever_gave_it_and_a_permission_names_its_source(folded: Folded) -> None:
    no = right(proposal().id, "web", False).record
    assert refusal(folded, "VAL", "right1", no) == ""
    assert "only VAL" in refusal(folded, "ADR", "right1", replace(no, allowed=True))
    assert "only VAL" in refusal(folded, "ADR", "right1", no, verb="drop")
    assert refusal(folded, "VAL", "right1", no, verb="drop") == ""
    bare = Right(picture=proposal().id, use="web", allowed=True)
    assert "where it comes from" in refusal(folded, "ADR", "right2", bare)


def test_who_writes_a_caption_does_not_review_it(folded: Folded) -> None:
    one = proposal()
    id = caption_id(one.id, "en")
    mine = Caption(picture=one.id, language="en", text="Boats.", written="ADR Ines")
    assert refusal(folded, "ADR", id, mine, by="Ines") == ""
    passed = replace(mine, reviewed="ADR Ines", reviewed_words="x")
    assert "has not written" in refusal(folded, "ADR", id, passed, by="Ines")
    assert "for themselves" in refusal(folded, "ADR", id, replace(passed, reviewed="VAL Orla"), by="Ines")
    assert refusal(folded, "VAL", id, replace(passed, reviewed="VAL Orla")) == ""
    assert "puts their name" in refusal(folded, "VAL", id, replace(mine, text="Ships."))
    assert "another's words" in refusal(
        folded, "VAL", id, replace(mine, written="VAL Orla", reviewed="VAL Orla", reviewed_words="x")
    )


def test_a_proposal_keeps_its_picture_and_a_caption_its_language(folded: Folded) -> None:
    one = proposal()
    assert "made from" in refusal(folded, "VAL", "any", one.record)
    assert "cannot be changed" in refusal(folded, "ADR", one.id, replace(one.record, uri="urn:other"))
    wrong = Caption(picture=one.id, language="ar", text="x", written="VAL Orla")
    assert "made from" in refusal(folded, "VAL", caption_id(one.id, "en"), wrong)
