"""Vocabularies are taken in whole, again without harm, found by their words, and asked what a code is called."""

import json
from datetime import UTC, datetime

import pytest

from dragoman.desk import vocabularies as desk
from dragoman.model.errors import NotFound, Undecodable
from dragoman.store import audit, vocabularies
from newsdesk import Newsroom
from vocabulary_files import QUAYS, vocabulary_file

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"


def take_in(room: Newsroom, body: bytes) -> vocabularies.Imported:
    return desk.take_in(room.conn, body, source="quays.json", by="eldar", now=NOW)


def test_a_vocabulary_is_taken_in_and_again_changes_nothing(newsroom: Newsroom) -> None:
    first = take_in(newsroom, vocabulary_file())
    assert (first.is_new, first.concepts, first.changed) == (True, 3, 3)
    again = take_in(newsroom, vocabulary_file())
    assert (again.id, again.is_new, again.changed, again.gone) == (first.id, False, 0, 0)
    [kept] = vocabularies.vocabularies(newsroom.conn)
    assert (kept.vocabulary.alias, kept.concepts, kept.retired) == ("quay", 3, 1)
    assert kept.languages == ("ar", "da", "en-GB", "fr", "sv", "zh-Hans")
    assert len(audit.entries(newsroom.conn, about=QUAYS)) == 1


def test_a_new_release_brings_what_has_changed_and_retires_what_is_gone(newsroom: Newsroom) -> None:
    take_in(newsroom, vocabulary_file())
    concepts = json.loads(vocabulary_file())["conceptSet"]
    concepts[0]["prefLabel"]["ru"] = "гавань"
    done = take_in(newsroom, vocabulary_file(conceptSet=[concepts[0], concepts[2]], dateReleased="2027-01-01"))
    assert (done.is_new, done.concepts, done.changed, done.gone) == (False, 2, 1, 1)
    assert vocabularies.concept(newsroom.conn, "quay:200").concept.retired == "2027-01-01"
    assert vocabularies.concept(newsroom.conn, f"{QUAYS}100").concept.labels["ru"] == "гавань"


def test_what_is_no_vocabulary_changes_nothing(newsroom: Newsroom) -> None:
    with pytest.raises(Undecodable):
        take_in(newsroom, b"[]")
    assert vocabularies.vocabularies(newsroom.conn) == []
    with pytest.raises(NotFound):
        vocabularies.vocabulary(newsroom.conn, "quay")
    with pytest.raises(NotFound):
        vocabularies.concept(newsroom.conn, "quay:100")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("pier", ["200"]),
        ("JETEE", ["200"]),
        ("港", ["100"]),
        ("300", ["300"]),
        ("harb havn", ["100"]),
        ("100%", []),
        ("", ["100", "200", "300"]),
    ],
)
def test_a_concept_is_found_by_the_words_of_its_labels_in_any_language(
    newsroom: Newsroom, words: str, codes: list[str]
) -> None:
    take_in(newsroom, vocabulary_file())
    assert [one.concept.code for one in vocabularies.find(newsroom.conn, words)] == codes
    assert vocabularies.find(newsroom.conn, "mole", retired=False) == []
    assert [one.concept.code for one in vocabularies.find(newsroom.conn, after="100", limit=1)] == ["200"]


def test_a_code_is_called_by_what_was_taken_in_else_by_what_is_built_in(newsroom: Newsroom) -> None:
    asked = [f"{TOPICS}15000000", "medtop:20000065", f"{QUAYS}100", "http://nobody.example/1", ""]
    before = vocabularies.labels(newsroom.conn, asked, "ru")
    assert before == {f"{TOPICS}15000000": "спорт", "medtop:20000065": "беспорядки"}
    take_in(newsroom, vocabulary_file())
    concept = {
        "qcode": "medtop:15000000",
        "uri": f"{TOPICS}15000000",
        "prefLabel": {"en-GB": "sports", "de": "Sportliches"},
    }
    take_in(newsroom, vocabulary_file(uri=TOPICS, prefSchemeAlias="medtop", conceptSet=[concept]))
    assert vocabularies.labels(newsroom.conn, asked, "de")[f"{TOPICS}15000000"] == "Sportliches"
    assert vocabularies.labels(newsroom.conn, ["medtop:15000000"], "de") == {"medtop:15000000": "Sportliches"}
    assert vocabularies.labels(newsroom.conn, asked, "ru")[f"{TOPICS}15000000"] == "спорт"
    assert vocabularies.labels(newsroom.conn, asked, "ru")[f"{QUAYS}100"] == "harbour"
    assert vocabularies.labels(newsroom.conn, [], "ru") == {}
