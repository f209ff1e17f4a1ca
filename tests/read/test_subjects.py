"""What an item is about: by the sender's codes however they are written, by its words in eight languages, by our own rules."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model.errors import BadInput
from dragoman.model.item import Concept
from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.subjects import find_subjects, mapped
from dragoman.read.subjects.rules import read_rules, with_rules
from dragoman.read.subjects.tree import path, top, topic_of_old, tree
from dragoman.read.topics import topics

NOTHING = Reading(version=0)
SAID = {
    "az": ("11", "Parlament büdcəni qəbul etdi", "Deputatlar hökumətin təklifini səsverməyə çıxardılar."),
    "en": (
        "15",
        "Striker decides cup final",
        "The goalkeeper saved two penalties and the football club won the league title.",
    ),
    "ru": ("02", "Суд вынес приговор", "Прокурор требовал для обвиняемого в краже пять лет тюрьмы."),
    "fr": (
        "03",
        "Séisme dans le nord",
        "Le tremblement de terre a fait douze morts, les secouristes fouillent les décombres.",
    ),
    "de": ("07", "Grippe füllt Krankenhäuser", "Ärzte raten Patienten zur Impfung gegen das Virus."),
    "es": ("04", "Sube la inflación", "El banco central elevó los tipos de interés y la bolsa cayó."),
    "ar": ("16", "غارات جوية على مواقع المسلحين", "قال الجيش إن القصف دمر مستودعا للأسلحة."),
    "zh": ("17", "寒潮带来大风降雪", "气象台发布暴雪预警，气温将下降。"),
}


@pytest.mark.parametrize("language", SAID)
def test_news_is_about_the_same_in_every_language_and_its_words_say_why(language: str) -> None:
    code, headline, text = SAID[language]
    told = find_subjects(Document(text, language=language, headline=headline), NOTHING)
    assert told[0].code == f"{code}000000", told
    assert told[0].label == topics()[told[0].code].labels[language]
    assert told[0].by == "terms"
    assert 0 < told[0].score <= 1
    assert all(word in headline or word in text for one in told for word in one.evidence)
    assert [one.score for one in told if top(one.code) == one.code] == sorted(
        (one.score for one in told if top(one.code) == one.code), reverse=True
    )


def test_one_word_in_passing_makes_no_subject() -> None:
    assert (
        find_subjects(Document("He left the room and said that the match was on the table.", language="en"), NOTHING)
        == ()
    )
    assert find_subjects(Document("", language="en"), NOTHING) == ()
    assert find_subjects(Document("Bir mətn", language="und"), NOTHING) == ()


@pytest.mark.parametrize(
    ("concept", "code", "score"),
    [
        (Concept(uri="http://cv.iptc.org/newscodes/mediatopic/20000574"), "20000574", 1.0),
        (Concept(literal="medtop:20000574"), "20000574", 1.0),
        (Concept(literal="20000574"), "20000574", 1.0),
        (Concept(literal="own:20000574"), "20000574", 1.0),
        (Concept(literal="https://example.org/spec/subref/1.0:11000000"), "11000000", 1.0),
        (Concept(literal="XY:11000000:POL"), "11000000", 1.0),
        (Concept(uri="http://cv.iptc.org/newscodes/subjectcode/15054000"), "20001065", 1.0),
        (Concept(uri="subj:04000000"), "04000000", 1.0),
        (Concept(literal="15054999"), "20001065", 0.9),
        (Concept(uri="http://cv.iptc.org/newscodes/mediatopic/20999999"), "20999999", 1.0),
        (Concept(uri="http://cvx.iptc.org/anpa1312-category/F"), "04000000", 0.8),
        (Concept(literal="anpa-category:s"), "15000000", 0.8),
        (Concept(literal="s"), "15000000", 0.8),
        (Concept(literal="dpacat:pl"), "11000000", 0.8),
        (Concept(name="Law & Order", literal="theirs:88"), "02000000", 0.85),
        (Concept(name="Экономика"), "04000000", 0.85),
        (Concept(name="体育"), "15000000", 0.85),
        (Concept(name="Lifestyle\\Weather forecast"), "20001128", 0.85),
        (Concept(name="15000000"), "15000000", 1.0),
    ],
)
def test_a_senders_subject_is_a_topic_however_it_is_written(concept: Concept, code: str, score: float) -> None:
    told = mapped((concept,), "en")
    assert (told[0].code, told[0].score, told[0].by) == (code, score, "sender")
    assert {one.code for one in told} == {code, top(code) or code}


@pytest.mark.parametrize(
    "concept",
    [
        Concept(literal="a"),
        Concept(literal="anpa-category:i"),
        Concept(literal="R:ABC.O"),
        Concept(name="ABCD.AX"),
        Concept(name="international news"),
        Concept(literal="stocks:12345678"),
        Concept(literal="99000000"),
        Concept(literal="x" * 10_000),
        Concept(name="5" * 10_000),
        Concept(),
    ],
)
def test_what_is_no_subject_says_nothing(concept: Concept) -> None:
    assert mapped((concept,), "en") == ()


def test_the_senders_topics_go_before_the_words_and_each_is_told_once() -> None:
    sent = (Concept(literal="20000574", name="Election"), Concept(literal="11000000"), Concept(name="Siyasət"))
    told = find_subjects(Document(SAID["en"][2], language="az", sent=sent), NOTHING)
    assert [one.code for one in told] == ["20000574", "11000000"]
    assert told[1].evidence == ("20000574", "11000000", "Siyasət")
    mute = (Concept(literal="a"),)
    assert find_subjects(Document(SAID["en"][2], language="en", sent=mute), NOTHING)[0].code == "15000000"


def test_every_topic_has_its_place_in_the_tree() -> None:
    known = tree().broader
    assert sum(not above for above in known.values()) == 17
    assert all(not above or above in known for above in known.values())
    assert all(code in known and known[code] == one.broader for code, one in topics().items())
    assert path("20001065") == ("20001065", "20000822", "15000000")
    assert path("20999999") == ("20999999",)
    assert topic_of_old("15000000") == ("15000000", True)
    assert topic_of_old("00000000") == ("", False)


def test_an_agencys_own_rules_stand_above_all_else() -> None:
    rules = read_rules("# ours\n\n20000209: harbour* OR ferry\nnot 15000000: crossword\nmedtop:20000538: crossword\n")
    ruled = with_rules(rules, find_subjects)
    told = ruled(Document("The ferry sails.", language="en", headline="New harbours"), NOTHING)
    assert [(one.code, one.by, one.score) for one in told][:2] == [("20000209", "rule", 1.0), ("04000000", "rule", 1.0)]
    assert told[0].evidence == ("harbour* OR ferry",)
    text = f"{SAID['en'][2]} See the crossword."
    assert find_subjects(Document(text, language="en"), NOTHING)[0].code == "15000000"
    assert {top(one.code) for one in ruled(Document(text, language="en"), NOTHING)} == {"10000000"}
    assert with_rules((), find_subjects) is find_subjects


@pytest.mark.parametrize(
    "line", ["politics: ballot", "12345678: ballot", "20000574 ballot", "20000574: (ballot", "not: a"]
)
def test_a_rule_that_cannot_be_read_is_named_by_its_line(line: str) -> None:
    with pytest.raises(BadInput, match="Line 2"):
        read_rules(f"# ours\n{line}")


def test_too_many_rules_are_refused() -> None:
    with pytest.raises(BadInput, match="too many"):
        read_rules("20000574: ballot\n" * 2_001)


@given(st.text(max_size=300), st.text(max_size=50), st.sampled_from([*SAID, "und", "tr"]))
@settings(max_examples=60)
def test_no_text_is_too_strange(text: str, name: str, language: str) -> None:
    find_subjects(Document(text, language=language, headline=text[:40]), NOTHING)
    mapped((Concept(name=name, literal=text[:60], uri=name),), language)


def test_the_cost_grows_with_the_length() -> None:
    text = f"{SAID['en'][2]} " * 1_500
    find_subjects(Document(text[:3_000], language="en"), NOTHING)
    document = Document(text, language="en")
    _ = document.terms, document.sentences
    start = time.perf_counter()
    find_subjects(document, NOTHING)
    assert time.perf_counter() - start < 0.25
