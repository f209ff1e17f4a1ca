"""Whose earlier copy a version uses, of everything in the archive: found, kept, shown; gone with what is killed."""

import pytest

from dragoman.model.item import Block, Headline, Original, Profile
from dragoman.store import reuse
from newsdesk import Newsroom, copy

HARBOUR = (
    "The harbour council of Lindholm agreed on Monday to raise the ferry tariff by four per cent from May.",
    "Fishermen had asked the council to leave small boats out of the rise, and the council refused after a long debate.",
    "The new tariff pays for a second pier, which engineers expect to finish before the winter storms begin.",
    "Three members voted against it and left the hall before the figures were read.",
)
OWN = (
    "Boats stayed in port all week while captains waited for a word from the capital.",
    "Nobody remembers a quieter March, and the market sold what had been frozen since autumn at twice the price.",
    "Cafés along the quay closed at noon.",
)
FROST = (
    "An early frost has destroyed half of the apricot harvest in the valleys around Meren, growers said on Tuesday.",
    "Prices at the market of the capital rose within a day, and traders spoke of imports from the south.",
)


def story(uri: str, *lines: str, version: str = "1", **more):
    blocks = tuple(Block(kind="paragraph", text=line) for line in lines)
    profile = Profile(blocks=blocks, credit=more.pop("credit", ""), translation_of=more.pop("translation_of", None))
    return copy(uri, version, headlines=(Headline(value=uri),), text=" ".join(lines), dragoman=profile, **more)


def look(newsroom: Newsroom, limit: int = 50) -> None:
    while reuse.look(newsroom.conn, limit):
        pass


def kept(newsroom: Newsroom) -> list[tuple[int, int, str]]:
    return newsroom.rows("select sequence, source, label from pickup order by sequence")


def taken(newsroom: Newsroom, uri: str, origin: str = "") -> reuse.Pickups:
    return reuse.of_item(newsroom.conn, newsroom.item(uri, origin).item_id)


@pytest.fixture
def borrowed(newsroom: Newsroom) -> tuple[int, int]:
    """VAL printed what we had written, between sentences of its own."""
    ours = newsroom.filed(story("adr:harbour", *HARBOUR))
    theirs = newsroom.filed(story("val:tariff", OWN[0], *HARBOUR[1:3], *OWN[1:]), origin="VAL")
    look(newsroom)
    return ours, theirs


def test_two_sentences_of_ours_are_found_in_a_partners_copy(newsroom, borrowed):
    ours, theirs = borrowed
    assert kept(newsroom) == [(theirs, ours, "partial")]
    [found] = taken(newsroom, "val:tariff", "VAL").taken
    assert (found.user.sequence, found.source.sequence, found.source.origin) == (theirs, ours, "ADR")
    [passage] = found.passages
    same = "\n".join(HARBOUR[1:3])
    assert found.user.text[slice(*passage.item)] == same.rstrip(".")
    assert found.source.text[slice(*passage.source)] == same.rstrip(".")
    assert taken(newsroom, "adr:harbour").given == (found,)
    assert taken(newsroom, "adr:harbour").taken == ()


def test_who_came_first_is_the_source_whoever_is_looked_at_first(newsroom):
    first = newsroom.filed(story("val:harbour", *HARBOUR), origin="VAL")
    second = newsroom.filed(story("mer:harbour", *HARBOUR), origin="MER")
    look(newsroom, limit=1)
    assert kept(newsroom) == [(second, first, "whole")]


@pytest.mark.parametrize(
    ("said", "credited"), [("", False), ("Adrian Press", True), ("ADR", True), ("Photo: ADRIAN", False)]
)
def test_credit_is_given_where_the_source_is_named(newsroom, said, credited):
    newsroom.filed(story("adr:harbour", *HARBOUR))
    newsroom.filed(story("val:harbour", *HARBOUR, credit=said), origin="VAL")
    look(newsroom)
    assert [one.credited for one in taken(newsroom, "val:harbour", "VAL").taken] == [credited]


def test_an_agency_owes_itself_no_credit(newsroom):
    newsroom.filed(story("adr:harbour", *HARBOUR))
    newsroom.filed(story("adr:again", *HARBOUR))
    look(newsroom)
    assert [one.credited for one in taken(newsroom, "adr:again").taken] == [None]


def test_an_items_own_versions_and_its_language_versions_are_no_source(newsroom):
    newsroom.filed(story("adr:harbour", *HARBOUR))
    newsroom.filed(story("adr:harbour", *HARBOUR, "It rained.", version="2"))
    newsroom.filed(
        story("adr:harbour-de", *HARBOUR, language="de", translation_of=Original(origin="ADR", uri="adr:harbour"))
    )
    look(newsroom)
    assert kept(newsroom) == []


def test_a_source_is_compared_as_it_stood_when_the_copy_came(newsroom):
    newsroom.filed(story("adr:harbour", *FROST))
    second = newsroom.filed(story("adr:harbour", *HARBOUR, version="2"))
    theirs = newsroom.filed(story("val:harbour", *HARBOUR), origin="VAL")
    newsroom.filed(story("adr:harbour", *HARBOUR, *OWN, version="3"))
    look(newsroom)
    assert kept(newsroom) == [(theirs, second, "whole")]


def test_what_an_item_said_before_others_did_stays_its_own_and_what_it_takes_later_is_taken(newsroom):
    ours = newsroom.filed(story("adr:harbour", *HARBOUR))
    theirs = newsroom.filed(story("val:harbour", *HARBOUR), origin="VAL")
    newsroom.filed(story("adr:harbour", *HARBOUR, OWN[2], version="2"))
    frost = newsroom.filed(story("val:frost", *FROST), origin="VAL")
    third = newsroom.filed(story("adr:harbour", HARBOUR[0], *FROST, version="3"))
    look(newsroom)
    assert kept(newsroom) == [(theirs, ours, "whole"), (third, frost, "partial")]


def test_what_was_looked_at_is_not_looked_at_again_and_a_fault_loses_nothing(newsroom):
    newsroom.filed(story("adr:harbour", *HARBOUR))
    theirs = newsroom.filed(story("val:harbour", *HARBOUR), origin="VAL")
    newsroom.conn.execute("begin")
    reuse.look(newsroom.conn, 10)
    newsroom.conn.execute("rollback")
    assert [one.sequence for one in reuse.unindexed(newsroom.conn, 10)][-1] == theirs
    look(newsroom)
    assert len(kept(newsroom)) == 1
    assert reuse.unindexed(newsroom.conn, 10) == []


@pytest.mark.parametrize("uri", ["adr:harbour", "val:tariff"])
def test_of_killed_copy_no_sign_and_no_pickup_is_left_on_either_side(newsroom, borrowed, uri):
    origin = "ADR" if uri.startswith("adr") else "VAL"
    number = newsroom.item(uri, origin).item_id
    late = reuse.Found(
        sequence=borrowed[1],
        number=newsroom.item("val:tariff", "VAL").item_id,
        source=borrowed[0],
        source_item=newsroom.item("adr:harbour").item_id,
        label="whole",
        coverage=1.0,
        credited=False,
    )
    newsroom.filed(copy(uri, "2"), act="kill", origin=origin)
    assert kept(newsroom) == []
    assert newsroom.rows("select from reuse_sign where item = %s", number) == []
    assert newsroom.rows("select from reuse_text where item = %s", number) == []
    assert newsroom.one("select count(*) from reuse_sign") > 0
    # Whoever had found it before the kill cannot bring it back.
    reuse.keep(newsroom.conn, [late])
    assert kept(newsroom) == []


def test_a_kill_that_comes_before_its_version_was_looked_at_leaves_nothing_to_find(newsroom):
    newsroom.filed(story("adr:harbour", *HARBOUR))
    waiting = reuse.unindexed(newsroom.conn, 10)
    newsroom.filed(copy("adr:harbour", "2"), act="kill")
    reuse.index(newsroom.conn, waiting)
    look(newsroom)
    assert newsroom.one("select count(*) from reuse_sign") == 0


def test_what_is_held_is_not_shown_until_it_is_released(newsroom, borrowed):
    newsroom.filed(copy("adr:harbour", "2"), act="hold")
    assert taken(newsroom, "val:tariff", "VAL") == reuse.Pickups()
    assert taken(newsroom, "adr:harbour") == reuse.Pickups()
    assert len(kept(newsroom)) == 1


def test_a_phrase_that_is_everywhere_hides_no_source(newsroom):
    phrase = "Prices are in crowns and without tax, and every figure is the ministry's own."
    count = reuse.COMMON + 6
    newsroom.file(
        *(
            story(f"adr:{n}", phrase, f"Quay {n} sold {n * 7} tonnes of cod, {n + 3} boats landed.")
            for n in range(count)
        )
    )
    last = newsroom.filed(story("val:a", *HARBOUR, phrase), origin="VAL")
    copied = newsroom.filed(story("mer:b", phrase, *HARBOUR), origin="MER")
    look(newsroom)
    assert (copied, last, "whole") in kept(newsroom)


def test_a_partners_role_sees_no_pickup(newsroom, borrowed):
    newsroom.agree()
    for table in ("pickup", "reuse_text", "reuse_sign", "reuse_progress"):
        with newsroom.as_partner("VAL") as conn, pytest.raises(Exception, match="permission denied"):
            conn.execute(f"select * from {table}".encode())
