"""Models from a folder read in the place of the built-in readers: real ones, run by ONNX Runtime, made here."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.model.item import Concept
from dragoman.model.reading import Reading, Subject
from dragoman.neural import memory_needed, neural_identifiers, neural_readers
from dragoman.read.document import Document
from dragoman.read.reader import READERS, Reader, read_text
from dragoman.receive.box import Box, BoxLimits
from dragoman.text.language import IDENTIFIERS, UNKNOWN
from tiny_models import write_classifier, write_tagger

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
WORDS = {
    "Ada": "B-PER", "Quillfeather": "I-PER", "Grimsby": "B-PER", "Brack": "B-ORG", "water": "I-ORG", "works": "I-ORG",
    "Tarn": "B-LOC", "Vale": "I-LOC", "Oslo": "B-LOC", "گ": "B-PER", "朱": "B-PER", "怀": "I-PER", "瑾": "I-PER",
}  # fmt: skip


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tagger(
        tmp_path_factory.mktemp("models") / "names", WORDS, LABELS, pieces=("Quill", "##feather", "##sby")
    )


@pytest.fixture(scope="module")
def readers(tagger: Path) -> dict[str, Reader]:
    return {**READERS, **neural_readers({"names": tagger, "places": tagger})}


def test_the_models_names_and_places_take_the_place_of_the_built_in_ones(readers: dict[str, Reader]) -> None:
    text = "ada was here; so was Ada Quillfeather of Brack water works in Tarn Vale, and Oslo."
    reading, _ = read_text(text, language="en", readers=readers)
    assert [(name.text, name.kind) for name in reading.names] == [
        ("Ada Quillfeather", "person"),
        ("Brack water works", "organisation"),
    ]
    assert [place.text for place in reading.places] == ["Tarn Vale", "Oslo"]
    for one in (*reading.names, *reading.places):
        assert [text[m.start : m.end] for m in one.mentions] == [m.text for m in one.mentions]


def test_a_known_place_keeps_its_country_and_coordinates(readers: dict[str, Reader]) -> None:
    reading, _ = read_text("The talks in Oslo and Tarn Vale ended on Friday.", language="en", readers=readers)
    oslo, vale = reading.places
    assert (oslo.country, oslo.kind) == ("NO", "city")
    assert oslo.latitude == pytest.approx(59.9, abs=0.2)
    assert (vale.country, vale.latitude, vale.kind) == ("", None, "place")


def test_a_surname_alone_is_joined_to_the_full_name(tmp_path: Path) -> None:
    words = {"Ada": "B-PER", "Quillfeather": "I-PER", ".": "O"}
    folder = write_tagger(
        tmp_path / "names", words, LABELS, before={"then": {"Quillfeather": "O"}, "Quillfeather": {"left": "B-PER"}}
    )
    reader = neural_readers({"names": folder})["names"]
    document = Document("Ada Quillfeather spoke . then Quillfeather left .", language="en")
    (name,) = reader(document, Reading(version=1))
    assert name.text == "Ada Quillfeather"
    assert [mention.text for mention in name.mentions] == ["Ada Quillfeather", "Quillfeather"]


def test_a_name_at_the_edge_of_a_window_is_judged_where_more_of_the_text_is_seen(tmp_path: Path) -> None:
    # "Brack" is a firm only where "works" follows: at the end of a window nothing does.
    folder = write_tagger(
        tmp_path / "names", {"works": "I-ORG", "and": "O"}, LABELS, before={"Brack": {"works": "B-ORG"}}, positions=8
    )
    reader = neural_readers({"names": folder})["names"]
    for lead in range(12):
        text = "and " * lead + "Brack works" + " and" * 12
        (name,) = reader(Document(text, language="en"), Reading(version=1))
        assert (name.text, name.mentions[0].start) == ("Brack works", 4 * lead)


def test_a_word_of_several_pieces_is_one_word_with_the_label_of_its_first(tmp_path: Path) -> None:
    folder = write_tagger(tmp_path / "names", {"Grim": "B-PER", "##sby": "B-LOC"}, LABELS)
    document = Document("Yesterday Grimsby resigned", language="en")
    readers = neural_readers({"names": folder, "places": folder})
    assert [name.text for name in readers["names"](document, Reading(version=1))] == ["Grimsby"]
    assert readers["places"](document, Reading(version=1)) == ()


def test_offsets_are_code_points_in_chinese_and_behind_signs_outside_the_plane(readers: dict[str, Reader]) -> None:
    for text in ("院士朱怀瑾强调", "\U0001f4f0\U0001f4f0 Oslo 朱怀瑾"):
        names = readers["names"](Document(text, language="zh"), Reading(version=1))
        assert [(m.text, text[m.start : m.end]) for name in names for m in name.mentions] == [("朱怀瑾", "朱怀瑾")]


def test_two_names_side_by_side_are_two_and_none_reaches_over_a_line(readers: dict[str, Reader]) -> None:
    text = "Grimsby Ada Quillfeather\nQuillfeather"
    names = readers["names"](Document(text, language="en"), Reading(version=1))
    said = sorted(mention.text for name in names for mention in name.mentions)
    assert said == ["Ada Quillfeather", "Grimsby", "Quillfeather"]


def test_the_agency_of_the_item_is_no_name_in_it(readers: dict[str, Reader]) -> None:
    document = Document("Ada Quillfeather told Brack water works", language="en", agency="Brack Water Works")
    assert [name.text for name in readers["names"](document, Reading(version=1))] == ["Ada Quillfeather"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "\ud83d lone \udcf0",
        "\x00\x07\ufffe",
        "A" * 100_000,
        "朱" * 100_000,
        "Ada " * 25_000,
        "e\u0301" * 9_000,
    ],
    ids=["empty", "blank", "halves", "controls", "one-word", "chinese", "names", "accents"],
)
def test_no_text_stops_the_readers(readers: dict[str, Reader], text: str) -> None:
    document = Document(text, language="en")
    for part in ("names", "places"):
        for one in readers[part](document, Reading(version=1)):
            assert all(document.text[m.start : m.end] == m.text for m in one.mentions)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*WORDS, "and", "-", "\n", "'", "🙂", "ş", "\u200f", " "]), max_size=40))
def test_what_is_found_stands_where_it_is_said_to(readers: dict[str, Reader], words: list[str]) -> None:
    text = " ".join(words)
    for name in readers["names"](Document(text, language="en"), Reading(version=1)):
        assert all(text[m.start : m.end] == m.text and m.text.strip() == m.text for m in name.mentions)


TOPICS = {"goal": "medtop:15000000", "bank": "economy, business and finance", "and": "chat"}


def test_subjects_are_media_topics_with_the_models_name(tmp_path: Path) -> None:
    folder = write_classifier(tmp_path / "topics", TOPICS, list(TOPICS.values()), _name_or_path="lab/tiny-topics")
    readers = {**READERS, **neural_readers({"subjects": folder})}
    reading, _ = read_text("A late goal decided it", language="fr", readers=readers)
    assert reading.subjects == (Subject(code="15000000", label="sport", score=1.0, by="tiny-topics"),)
    reading, _ = read_text("Nothing it knows", headline="bank", language="de", readers=readers)
    assert [subject.code for subject in reading.subjects] == ["04000000"]
    reading, _ = read_text("Nothing it knows", language="de", readers=readers)
    assert reading.subjects == ()


def test_labels_that_do_not_exclude_each_other_are_told_side_by_side(tmp_path: Path) -> None:
    folder = write_classifier(
        tmp_path / "topics", TOPICS, list(TOPICS.values()), problem_type="multi_label_classification"
    )
    reader = neural_readers({"subjects": folder})["subjects"]
    told = reader(Document("the bank bought a goal and a goal", language="en"), Reading(version=1))
    assert {subject.code for subject in told} == {"15000000", "04000000"}


def test_the_senders_own_codes_go_before_the_model(tmp_path: Path) -> None:
    folder = write_classifier(tmp_path / "topics", TOPICS, list(TOPICS.values()))
    reader = neural_readers({"subjects": folder})["subjects"]
    sent = (Concept(uri="http://cv.iptc.org/newscodes/mediatopic/17000000", name="weather"),)
    told = reader(Document("a goal", language="en", sent=sent), Reading(version=1))
    assert [subject.code for subject in told][:1] == ["17000000"]
    assert "model" not in {subject.by for subject in told}


def test_a_long_text_is_judged_by_its_beginning_in_windows(tmp_path: Path) -> None:
    folder = write_classifier(tmp_path / "topics", TOPICS, list(TOPICS.values()), positions=16)
    reader = neural_readers({"subjects": folder})["subjects"]
    text = "goal " * 100 + "bank " * 10_000
    assert [subject.code for subject in reader(Document(text, language="en"), Reading(version=1))] == ["15000000"]


def test_the_language_is_the_models_among_the_candidates(tmp_path: Path) -> None:
    words = {"und": "deu", "et": "fr", "і": "ukr_Cyrl"}
    folder = write_classifier(tmp_path / "tongues", words, list(words.values()))
    identify = neural_identifiers({"language": folder})["neural"]
    found = identify("hier und dort", ())
    assert (found.tag, round(found.confidence, 2)) == ("de", 1.0)
    assert identify("hier et là", ()).tag == "fr"
    assert identify("hier et là", ("de", "az")).tag == UNKNOWN
    for nothing in ("", "123 — 456", "\x00\ud800", "hier là"):
        assert identify(nothing, ()).tag == UNKNOWN


def test_a_text_is_read_in_the_language_the_model_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_classifier(tmp_path / "tongues", {"strasse": "az", "the": "en"}, ("az", "en"))
    for name, one in neural_identifiers({"language": folder}).items():
        monkeypatch.setitem(IDENTIFIERS, name, one)
    assert read_text("strasse strasse", identifier="neural")[0].language == "az"
    assert read_text("strasse strasse")[0].language != "az"


def test_the_model_is_loaded_in_the_box_and_within_its_limits(tagger: Path) -> None:
    folders = {"names": tagger, "places": tagger}
    names = neural_readers(folders)["names"]

    def work(body: bytes) -> bytes:
        return msgspec.json.encode(names(Document(body.decode(), language="en"), Reading(version=1)))

    box = Box(1, {"names": work}, BoxLimits(memory_bytes=100_000_000 + memory_needed(folders)))
    try:
        done = box.run("names", b"Ada Quillfeather of Brack water works")
    finally:
        box.close()
    assert done.failure == ""
    assert [name["text"] for name in msgspec.json.decode(done.answer)] == ["Ada Quillfeather", "Brack water works"]


def test_a_folder_for_two_parts_is_loaded_once(tagger: Path) -> None:
    assert memory_needed({"names": tagger, "places": tagger}) == memory_needed({"names": tagger})
    assert memory_needed({}) == 0
