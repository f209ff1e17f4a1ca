"""Items find their story whatever their language; editors' decisions bind; a kill leaves nothing; another linker takes over."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.model.errors import BadInput, Conflict, NotFound
from dragoman.model.item import Block, Headline, Original, Profile
from dragoman.read.work import read_jobs
from dragoman.receive.box import Box, BoxLimits
from dragoman.roles.link import Linker
from dragoman.roles.post import Beats, Post, Stop
from dragoman.roles.read import Readers, encoded_traits
from dragoman.store import linking, stories
from dragoman.store.connect import elected
from newsdesk import Newsroom, copy, tombstone

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
QUAKE = {
    "en": (
        "Earthquake kills 12 in Lombara",
        "An earthquake of magnitude 6.4 struck the island of Lombara on Monday and killed 12 people. Hundreds of homes"
        " were destroyed, governor Ida Brandt said.",
    ),
    "ru": (
        "Землетрясение на Ломбаре: 12 погибших",
        "Землетрясение магнитудой 6,4 произошло в понедельник на острове Ломбара, погибли 12 человек. Разрушены сотни"
        " домов, сообщила губернатор Ида Брандт.",
    ),
    "again": (
        "Lombara earthquake: rescuers search for survivors",
        "Rescuers searched the ruins on the island of Lombara on Monday after an earthquake of magnitude 6.4 that killed 12"
        " people, governor Ida Brandt said.",
    ),
}
CUP = (
    "Harbour City win the cup",
    "Harbour City won the football cup after extra time on Sunday. Goalkeeper Otto Lind saved two penalties in the final.",
)


@pytest.fixture
def post(newsroom: Newsroom, tmp_path: Path) -> Post:
    database = newsroom.database
    return Post(role="link", config=Config(folder=tmp_path), newsroom=database.newsroom, partner=database.partner)


def told(uri: str, words: tuple[str, str], language: str = "en", **more):
    headline, text = words
    ours = Profile(blocks=(Block(kind="paragraph", text=text),), **more.pop("ours", {}))
    return copy(uri, text=text, language=language, headlines=(Headline(value=headline),), dragoman=ours, **more)


def read_all(newsroom: Newsroom, post: Post) -> None:
    box = Box(1, {"read": read_jobs(also=encoded_traits)}, BoxLimits())
    with closing(Readers(post, box, Stop(), Beats(newsroom.conn, post))) as role:
        while role.turn():
            pass
    box.close()


def link_all(newsroom: Newsroom, post: Post) -> None:
    read_all(newsroom, post)
    with closing(Linker(post, Stop(), Beats(newsroom.conn, post))) as role:
        while role.turn():
            pass


def story_of(newsroom: Newsroom, sequence: int) -> int | None:
    return newsroom.one(
        "select story from story_item where item = (select item from version where sequence = %s)", sequence
    )


def item_of(newsroom: Newsroom, sequence: int) -> int:
    return newsroom.one("select item from version where sequence = %s", sequence)


@pytest.fixture
def quake(newsroom, post) -> tuple[int, int, int, int]:
    """Three tellings of one event in two languages, and another event: their sequences, linked."""
    filed = (
        newsroom.filed(told("adr:1", QUAKE["en"])),
        newsroom.filed(told("val:2", QUAKE["ru"], "ru"), origin="VAL"),
        newsroom.filed(told("mer:3", CUP), origin="MER"),
        newsroom.filed(told("ori:4", QUAKE["again"]), origin="ORI"),
    )
    link_all(newsroom, post)
    return filed


def test_copy_on_one_event_is_one_story_whoever_wrote_it_in_whatever_language(newsroom, quake):
    one, other, cup, again = (story_of(newsroom, sequence) for sequence in quake)
    assert one == other == again
    assert cup not in (one, None)
    found = stories.find(newsroom.conn, one)
    assert (found.items, found.languages, found.agencies) == (3, ("en", "ru"), ("ADR", "ORI", "VAL"))
    assert found.name("ru") == QUAKE["ru"][0]
    assert not newsroom.rows("select * from traits")
    [*_, last] = stories.members(newsroom.conn, one)
    assert (
        any("ombara" in feature or "lomb" in feature for feature, _ in stories.members(newsroom.conn, one)[0].reasons)
        or last.reasons
    )
    parts = stories.parts(newsroom.conn, [item_of(newsroom, sequence) for sequence in quake])
    assert sorted(part.items for part in parts.values()) == [3, 3, 3]


def test_what_comes_later_joins_though_another_process_links_it(newsroom, post, quake):
    before = newsroom.rows("select item, story, likeness from story_item order by item")
    later = newsroom.filed(told("mer:5", ("Lombara quake toll", QUAKE["en"][1] + " The toll may rise.")), origin="MER")
    link_all(newsroom, post)
    assert story_of(newsroom, later) == story_of(newsroom, quake[0])
    assert newsroom.rows("select item, story, likeness from story_item order by item")[:-1] == before


def test_a_new_version_stays_in_its_story_and_another_subject_leaves_it(newsroom, post, quake):
    story = story_of(newsroom, quake[0])
    newsroom.filed(told("ori:4", QUAKE["again"], version="2", urgency=2), origin="ORI")
    link_all(newsroom, post)
    assert story_of(newsroom, quake[3]) == story
    newsroom.filed(told("ori:4", CUP, version="3"), origin="ORI")
    link_all(newsroom, post)
    assert story_of(newsroom, quake[3]) == story_of(newsroom, quake[2])


def test_a_translation_stands_with_its_original_whatever_it_says(newsroom, post, quake):
    ours = {"translation_of": Original(origin="ADR", uri="adr:1")}
    filed = newsroom.filed(told("adr:1-az", ("Zəlzələ", "Adada zəlzələ olub."), "az", ours=ours))
    link_all(newsroom, post)
    member = stories.of_item(newsroom.conn, item_of(newsroom, filed))
    assert member is not None
    assert (member.story, member.because) == (story_of(newsroom, quake[0]), "translation")


def test_a_translation_and_its_original_that_are_linked_in_one_turn_are_one_story(newsroom, post):
    ours = {"translation_of": Original(origin="ADR", uri="adr:1")}
    original = newsroom.filed(told("adr:1", QUAKE["en"]))
    translation = newsroom.filed(told("adr:1-az", ("Qısa xəbər", "Adada nələrsə olub."), "az", ours=ours))
    link_all(newsroom, post)
    assert story_of(newsroom, original) == story_of(newsroom, translation) is not None


def test_killed_copy_is_in_no_story_and_the_linker_forgets_it(newsroom, post, quake):
    with closing(Linker(post, Stop(), Beats(newsroom.conn, post))) as role:
        newsroom.filed(tombstone(told("val:2", QUAKE["ru"], "ru", version="2")), origin="VAL", act="kill")
        item = item_of(newsroom, quake[1])
        for table in ("story_item", "story_rejected"):
            assert not newsroom.rows(f"select * from {table} where item = %s", item)
        role.turn()
        assert item not in role.stories
    assert stories.of_item(newsroom.conn, item) is None
    assert not any(
        "Ломбар" in one.text + one.headline for one in stories.tellings(newsroom.conn, story_of(newsroom, quake[0]))
    )


def test_what_was_killed_before_it_was_linked_never_is(newsroom, post):
    newsroom.filed(told("val:2", QUAKE["ru"], "ru"), origin="VAL")
    read_all(newsroom, post)
    newsroom.filed(tombstone(told("val:2", QUAKE["ru"], "ru", version="2")), origin="VAL", act="kill")
    assert not newsroom.rows("select * from traits")
    link_all(newsroom, post)
    assert not newsroom.rows("select * from story_item")


def test_an_item_taken_out_never_comes_back_by_itself(newsroom, post, quake):
    story, item = story_of(newsroom, quake[0]), item_of(newsroom, quake[3])
    new = stories.reject(newsroom.conn, item, "desk")
    assert new != story
    newsroom.filed(told("ori:4", QUAKE["again"], version="2"), origin="ORI")
    link_all(newsroom, post)
    assert story_of(newsroom, quake[3]) != story
    with pytest.raises(Conflict, match="alone"):
        stories.reject(newsroom.conn, item, "desk")


def test_an_item_put_into_a_story_by_hand_stays_there(newsroom, post, quake):
    story, item = story_of(newsroom, quake[0]), item_of(newsroom, quake[2])
    assert stories.move(newsroom.conn, item, story, "desk") == story
    newsroom.filed(told("mer:3", CUP, version="2"), origin="MER")
    link_all(newsroom, post)
    assert story_of(newsroom, quake[2]) == story


def test_stories_merged_by_hand_are_one_and_the_old_number_leads_there(newsroom, post, quake):
    story, cup = story_of(newsroom, quake[0]), story_of(newsroom, quake[2])
    assert stories.merge(newsroom.conn, cup, story, "desk") == story
    link_all(newsroom, post)
    assert stories.find(newsroom.conn, cup).id == story
    assert stories.find(newsroom.conn, cup).items == 4
    with pytest.raises(BadInput, match="one story already"):
        stories.merge(newsroom.conn, cup, story, "desk")


def test_a_story_split_by_hand_is_not_merged_again(newsroom, post, quake):
    story = story_of(newsroom, quake[0])
    new = stories.split(newsroom.conn, story, [item_of(newsroom, quake[3])], "desk")
    for number in range(20):
        newsroom.filed(told(f"mer:q{number}", QUAKE["again" if number % 2 else "en"]), origin="MER")
    link_all(newsroom, post)
    assert story_of(newsroom, quake[3]) == new
    assert story_of(newsroom, quake[0]) == story
    with pytest.raises(BadInput, match="cannot be split"):
        stories.split(newsroom.conn, story, [item_of(newsroom, quake[2])], "desk")


def test_a_story_has_the_name_an_editor_gives_it(newsroom, quake):
    story = story_of(newsroom, quake[0])
    stories.rename(newsroom.conn, story, "  Lombara   earthquake ", "desk")
    assert stories.find(newsroom.conn, story).name("ru") == "Lombara earthquake"
    stories.rename(newsroom.conn, story, "", "desk")
    assert stories.find(newsroom.conn, story).name("fr") in (QUAKE["en"][0], QUAKE["again"][0], QUAKE["ru"][0])
    with pytest.raises(NotFound):
        stories.rename(newsroom.conn, 999, "No such story", "desk")


def test_the_window_made_again_is_the_one_that_was(newsroom, post, quake):
    with closing(Linker(post, Stop(), Beats(newsroom.conn, post))) as role:
        newsroom.filed(told("mer:6", ("Cup final: Lind the hero", CUP[1])), origin="MER")
        read_all(newsroom, post)
        while role.turn():
            pass
        first = role.stories
        with closing(Linker(post, Stop(), Beats(newsroom.conn, post))) as other:
            for item in first.window.members:
                assert other.stories.members(other.stories.story_of(item)) == first.members(first.story_of(item))
                assert other.stories.nearest(item) == first.nearest(item)
            assert other.stories.recent == first.recent


def test_old_items_leave_the_window_and_stay_in_their_story(newsroom, post, quake):
    newsroom.conn.execute("update story_item set at = at - interval '20 days'")
    with closing(Linker(post, Stop(), Beats(newsroom.conn, post))) as role:
        assert len(role.stories) == 0
    assert len(stories.members(newsroom.conn, story_of(newsroom, quake[0]))) == 3
    assert stories.latest(newsroom.conn, before=datetime.now(UTC) + timedelta(days=1))[0].items == 3


def test_a_partners_role_sees_nothing_of_stories(newsroom, quake):
    assert not newsroom.rows(
        "select table_name from information_schema.role_table_grants where grantee = 'dragoman_partner'"
        " and table_name in ('story', 'story_item', 'traits', 'learned', 'story_rejected', 'story_apart')"
    )


def test_only_one_links(newsroom, post):
    with (
        newsroom.beside() as other,
        elected(newsroom.conn, linking.LINKER_LOCK) as first,
        elected(other.conn, linking.LINKER_LOCK) as second,
    ):
        assert (first, second) == (True, False)


def test_the_archives_own_translations_teach_the_linker_their_words(newsroom, post, monkeypatch):
    monkeypatch.setattr("dragoman.roles.link.LEAST", 8)
    words = {
        "harbour": "liman",
        "ferry": "bərə",
        "mayor": "başçı",
        "school": "məktəb",
        "river": "çay",
        "bridge": "körpü",
    }
    for number in range(12):
        mine = list(words)[number % 6], list(words)[(number + 1 + number // 6) % 6]
        english = f"The {mine[0]} was closed. Then came the {mine[1]}."
        azeri = f"{words[mine[0]].capitalize()} bağlandı. Sonra {words[mine[1]]} gəldi."
        newsroom.filed(told(f"adr:{number}", (f"News {number}", english)))
        original = {"translation_of": Original(origin="ADR", uri=f"adr:{number}")}
        newsroom.filed(told(f"adr:{number}-az", (f"Xəbər {number}", azeri), "az", ours=original))
    with closing(Linker(post, Stop(), Beats(newsroom.conn, post))) as role:
        school = role.school
        assert school.turn(newsroom.conn)
        school.wait(60.0)
        assert school.turn(newsroom.conn)
        assert school.taught
    known = linking.learned(newsroom.conn)["az"]
    assert any("harbour" in meanings for word, meanings in known.meanings.items() if word.startswith("liman"))
    assert not linking.to_learn(newsroom.conn, 8)


def test_in_the_quiet_the_linker_tells_what_an_item_is_translated_from(newsroom, post):
    text = {
        "en": "The port of Lindholm closed on 14 March after the storm. Elvin Quay, the mayor, counted 312 damaged boats. "
        "Repairs will cost 45 million crowns. The ferry to Meren returns on 2 April.",
        "de": "Der Hafen von Lindholm wurde am 14. März nach dem Sturm geschlossen. Bürgermeister Elvin Quay zählte 312 "
        "beschädigte Boote. Die Reparaturen werden 45 Millionen Kronen kosten. Die Fähre nach Meren fährt ab 2. April.",
    }
    source = newsroom.filed(told("adr:port", ("Port of Lindholm closed", text["en"])))
    item = newsroom.filed(told("val:hafen", ("Hafen von Lindholm geschlossen", text["de"]), "de"), origin="VAL")
    link_all(newsroom, post)
    assert story_of(newsroom, source) == story_of(newsroom, item)
    with closing(Linker(post, Stop(), Beats(newsroom.conn, post))) as role:
        assert not role.turn()
        while role.compare():
            pass
    assert newsroom.rows("select sequence, source, label from pickup") == [(item, source, "translated")]


def test_what_is_read_while_others_are_linked_waits_and_is_not_lost(newsroom, post, monkeypatch):
    newsroom.filed(told("adr:1", QUAKE["en"]))
    read_all(newsroom, post)
    usual, filed = linking.keep, []

    def keep(conn, placed):
        if not filed:
            with newsroom.beside() as other:
                filed.append(other.filed(told("mer:3", CUP), origin="MER"))
                read_all(other, post)
        return usual(conn, placed)

    monkeypatch.setattr(linking, "keep", keep)
    link_all(newsroom, post)
    assert story_of(newsroom, filed[0]) is not None
