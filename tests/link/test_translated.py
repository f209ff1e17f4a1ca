"""Translated from: a text whose sentences stand in another language in the same order; not one that has only figures alike."""

import pytest

from dragoman.link.learned import learn
from dragoman.link.translated import Told, translated_from

ENGLISH = (
    "The port of Lindholm closed on 14 March after the storm. Elvin Quay, the mayor, counted 312 damaged boats. "
    "Repairs will cost 45 million crowns. The ferry to Meren returns on 2 April."
)
GERMAN = (
    "Der Hafen von Lindholm wurde am 14. März nach dem Sturm geschlossen. Bürgermeister Elvin Quay zählte 312 beschädigte "
    "Boote. Die Reparaturen werden 45 Millionen Kronen kosten. Die Fähre nach Meren fährt wieder ab 2. April."
)
OTHER = (
    "The council of Meren agreed on a budget of 88 million crowns. Teachers receive six per cent more. "
    "Two schools in the valley close next year. A vote on the new library was put off until 9 June."
)


@pytest.fixture
def sources() -> dict[str, Told]:
    return {"port": Told.of(ENGLISH, "en"), "budget": Told.of(OTHER, "en-GB")}


def test_a_translation_names_its_original(sources):
    found = translated_from(Told.of(GERMAN, "de"), sources)
    assert found.source == "port"
    assert found.share > 0.6


def test_without_the_original_nothing_is_named(sources):
    del sources["port"]
    assert translated_from(Told.of(GERMAN, "de"), sources).source is None


def test_texts_of_the_same_language_are_passed_over(sources):
    assert translated_from(Told.of(ENGLISH, "en-US"), sources).share == 0


def test_what_was_learned_joins_sentences_without_a_figure():
    english = [
        "The fishermen wait for calm weather and repair torn nets.",
        "Their wives sell smoked herring at the quay.",
    ]
    german = [
        "Die Fischer warten auf ruhiges Wetter und flicken zerrissene Netze.",
        "Ihre Frauen verkaufen Räucherhering am Kai.",
    ]
    source, item = Told.of(" ".join(english), "en"), Told.of(" ".join(german), "de")
    assert translated_from(item, {"nets": source}).source is None
    taught = [
        (list(mine.words[at : at + 1]), list(theirs.words[at : at + 1]))
        for mine, theirs in zip(source.sentences, item.sentences, strict=True)
        for at in range(min(len(mine.words), len(theirs.words)))
        for _ in range(2)
    ]
    assert translated_from(item, {"nets": source}, lambda *_: learn(taught)).source == "nets"


def test_an_empty_text_is_translated_from_nothing(sources):
    assert translated_from(Told.of("", "de"), sources).source is None
    assert translated_from(Told.of(GERMAN, "de"), {"empty": Told.of("", "en")}).share == 0
