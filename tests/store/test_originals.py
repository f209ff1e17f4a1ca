"""What is translated from another agency's copy is found in its story, kept with the pick-ups, and gone with what is killed."""

from datetime import UTC, datetime

import pytest

from dragoman.link.between import Between
from dragoman.link.pivot import Pivot
from dragoman.link.stories import Linked
from dragoman.link.traits import traits_of
from dragoman.link.weights import Frequencies, vector
from dragoman.model.item import Block, Headline, Original, Profile
from dragoman.store import linking, originals, readings, reuse
from newsdesk import Newsroom, copy, tombstone

PORT = {
    "en": (
        "The port of Lindholm closed on 14 March after the storm. Elvin Quay, the mayor, counted 312 damaged boats. "
        "Repairs will cost 45 million crowns. The ferry to Meren returns on 2 April."
    ),
    "de": (
        "Der Hafen von Lindholm wurde am 14. März nach dem Sturm geschlossen. Bürgermeister Elvin Quay zählte 312 "
        "beschädigte Boote. Die Reparaturen werden 45 Millionen Kronen kosten. Die Fähre nach Meren fährt wieder ab 2. April."
    ),
    "ru": (
        "Порт Линдхольма закрыли 14 марта после шторма. Мэр Элвин Квей насчитал 312 повреждённых лодок. "
        "Ремонт обойдётся в 45 миллионов крон. Паром в Мерен вернётся 2 апреля."
    ),
}
OTHER = (
    "The storm of 14 March left Lindholm without light for a night. Trains stood still until morning. "
    "Two hundred people slept in a school. The mayor thanked the bakers of the town."
)
STORY = 1


def told(uri: str, language: str, text: str = "", *, version: str = "1", **ours):
    text = text or PORT[language]
    profile = Profile(blocks=tuple(Block(kind="paragraph", text=line) for line in text.split("\n")), **ours)
    return copy(uri, version, text, language=language, headlines=(Headline(value=uri),), dragoman=profile)


def linked(newsroom: Newsroom, sequence: int, text: str, language: str, story: int = STORY) -> None:
    """As the linker and the readers leave it."""
    item = newsroom.one("select item from version where sequence = %s", sequence)
    found = traits_of(text, language=language)
    placed = linking.Placed(
        waiting=linking.Waiting(sequence=sequence, item=item, at=datetime.now(UTC), traits=found, family=b""),
        linked=Linked(story, 0.5),
        vector=vector(found, Frequencies(), Pivot()),
    )
    with newsroom.conn.transaction():
        linking.keep(newsroom.conn, [placed])
    readings.reached(newsroom.conn, sequence)


def filed(newsroom: Newsroom, origin: str, language: str, text: str = "", *, story: int = STORY, **more) -> int:
    uri = more.pop("uri", f"{origin.lower()}:{language}")
    sequence = newsroom.filed(told(uri, language, text, **more), origin=origin)
    linked(newsroom, sequence, text or PORT[language], language, story)
    return sequence


def look(newsroom: Newsroom) -> list[tuple[int, int]]:
    """Until nothing is due: which version translates which."""
    all(originals.looking(newsroom.conn, Between()))
    return newsroom.rows("select sequence, source from pickup where label = 'translated' order by sequence")


def of(newsroom: Newsroom, sequence: int) -> reuse.Pickups:
    return reuse.of_item(newsroom.conn, newsroom.one("select item from version where sequence = %s", sequence))


def test_a_translation_names_its_original_with_the_sentences_of_both(newsroom):
    source = filed(newsroom, "ADR", "en")
    filed(newsroom, "VAL", "en", OTHER, uri="val:night")
    item = filed(newsroom, "MER", "de")
    assert look(newsroom) == [(item, source)]
    [found] = of(newsroom, item).taken
    assert (found.label, found.source.origin, found.credited) == ("translated", "ADR", False)
    assert found.coverage > 0.6
    pairs = [(found.user.text[slice(*one.item)], found.source.text[slice(*one.source)]) for one in found.passages]
    assert ("Die Reparaturen werden 45 Millionen Kronen kosten.", "Repairs will cost 45 million crowns.") in pairs
    assert of(newsroom, source).given == (found,)
    assert reuse.of_story(newsroom.conn, STORY) == (found,)


def test_a_translation_that_names_its_source_gives_credit(newsroom):
    filed(newsroom, "ADR", "en")
    item = filed(newsroom, "MER", "de", credit="Adrian Press")
    look(newsroom)
    assert [one.credited for one in of(newsroom, item).taken] == [True]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_same_agency_the_same_language_and_what_came_later_are_no_original(newsroom, language):
    filed(newsroom, "ADR", language)
    filed(newsroom, "ADR", "en" if language == "de" else "de")
    filed(newsroom, "VAL", language, OTHER, uri="val:other")
    assert look(newsroom) == []


def test_a_known_translation_is_no_pickup(newsroom):
    filed(newsroom, "ADR", "en")
    filed(newsroom, "MER", "de", translation_of=Original(origin="ADR", uri="adr:en"))
    assert look(newsroom) == []


def test_another_story_is_not_looked_at_until_the_two_are_one(newsroom):
    source = filed(newsroom, "ADR", "en")
    item = filed(newsroom, "MER", "de", story=2)
    assert look(newsroom) == []
    newsroom.conn.execute("update story_item set story = 1")
    assert look(newsroom) == [(item, source)]


def test_what_was_looked_at_is_due_again_only_with_a_new_version(newsroom):
    source = filed(newsroom, "ADR", "en")
    first = filed(newsroom, "MER", "de", OTHER)
    assert look(newsroom) == []
    assert originals.due(newsroom.conn) == []
    second = filed(newsroom, "MER", "de", version="2")
    assert [one.sequence for one in originals.due(newsroom.conn)] == [second]
    assert look(newsroom) == [(second, source)]
    assert first < second


def test_an_original_is_compared_as_it_stood_when_the_translation_came(newsroom):
    source = filed(newsroom, "ADR", "en")
    item = filed(newsroom, "MER", "de")
    filed(newsroom, "ADR", "en", OTHER, version="2")
    assert look(newsroom) == [(item, source)]


def test_nothing_is_due_before_all_that_came_earlier_was_read(newsroom):
    filed(newsroom, "ADR", "en")
    filed(newsroom, "MER", "de")
    newsroom.conn.execute("update reading_progress set read_to = 0")
    assert originals.due(newsroom.conn) == []


def test_a_fault_while_it_is_kept_loses_nothing(newsroom):
    source, item = filed(newsroom, "ADR", "en"), filed(newsroom, "MER", "de")
    newsroom.conn.execute("begin")
    all(originals.looking(newsroom.conn, Between()))
    newsroom.conn.execute("rollback")
    assert look(newsroom) == [(item, source)]


def test_words_and_sentences_of_two_sources_stand_side_by_side(newsroom):
    source = filed(newsroom, "ADR", "en")
    words = filed(newsroom, "VAL", "de")
    item = filed(newsroom, "MER", "de")
    while reuse.look(newsroom.conn, 10):
        pass
    assert look(newsroom) == [(words, source), (item, source)]
    assert sorted((one.label, one.source.sequence) for one in of(newsroom, item).taken) == [
        ("translated", source),
        ("whole", words),
    ]


@pytest.mark.parametrize(("origin", "language"), [("ADR", "en"), ("MER", "de")])
def test_of_killed_copy_no_translation_is_left_and_none_comes_back(newsroom, origin, language):
    filed(newsroom, "ADR", "en")
    filed(newsroom, "MER", "de")
    under_way = originals.looking(newsroom.conn, Between())
    assert next(under_way)
    assert len(look(newsroom)) == 1
    killed = tombstone(told(f"{origin.lower()}:{language}", language, version="2"))
    newsroom.filed(killed, origin=origin, act="kill")
    assert newsroom.rows("select * from pickup") == []
    all(under_way)
    assert newsroom.rows("select * from pickup") == []


def test_a_held_original_is_shown_to_nobody(newsroom):
    filed(newsroom, "ADR", "en")
    item = filed(newsroom, "MER", "de")
    look(newsroom)
    newsroom.filed(told("adr:en", "en", version="2"), origin="ADR", act="hold")
    assert of(newsroom, item).taken == ()
    assert reuse.of_story(newsroom.conn, STORY) == ()
