"""Media Topics are known by their codes in all eight languages; old Subject Codes by the topic at their top."""

import time

import pytest

from dragoman.read.topics import TOPICS, label, topic_of, topics

LANGUAGES = {"az", "en", "ru", "fr", "de", "es", "ar", "zh"}


def test_every_topic_has_a_name_in_every_language_and_no_two_the_same_below_one_top() -> None:
    found = topics()
    assert sum(not one.broader for one in found.values()) == 17
    assert len(found) > 110
    for one in found.values():
        assert set(one.labels) == LANGUAGES
        assert all(one.labels.values()), one.code
        assert not one.broader or one.broader in found
    for language in LANGUAGES:
        names = [(one.broader, one.labels[language]) for one in found.values()]
        assert len(set(names)) == len(names), language


def test_the_scripts_are_those_of_the_languages() -> None:
    for one in topics().values():
        assert any("\u0400" <= c <= "\u04ff" for c in one.labels["ru"]), one.code
        assert any("\u0600" <= c <= "\u06ff" for c in one.labels["ar"]), one.code
        assert any("\u4e00" <= c <= "\u9fff" for c in one.labels["zh"]), one.code
        assert all(c < "\u0250" or c in "əƏ’" for c in one.labels["az"]), one.code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("http://cv.iptc.org/newscodes/mediatopic/20000002", "20000002"),
        ("https://cv.iptc.org/newscodes/mediatopic/20000999", "20000999"),
        ("medtop:15000000", "15000000"),
        ("http://cv.iptc.org/newscodes/subjectcode/15054000", "15000000"),
        ("subj:15000000", "15000000"),
        ("15054000", "15000000"),
        ("20000574", "20000574"),
        ("20999999", ""),
        ("subj:99000000", ""),
        ("sport", ""),
        ("", ""),
    ],
)
def test_a_code_means_its_topic_however_it_is_written(name: str, code: str) -> None:
    assert topic_of(name) == (TOPICS + code if code else "")


def test_a_label_is_in_the_readers_language_or_in_english() -> None:
    assert label("medtop:15000000", "ru") == "спорт"
    assert label("medtop:15000000", "zh-Hans-CN") == "体育"
    assert label("http://cv.iptc.org/newscodes/subjectcode/15000000", "az") == "idman"
    assert label("medtop:15000000", "sv") == "sport"
    assert label("http://cv.iptc.org/newscodes/subjectcode/15054000", "az") == ""  # soccer is not all of sport
    assert label("medtop:20000999", "en") == ""


def test_the_table_is_there_in_milliseconds() -> None:
    topics.cache_clear()
    start = time.perf_counter()
    topics()
    assert time.perf_counter() - start < 0.05
