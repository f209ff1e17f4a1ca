"""`dragoman convert`, as it is typed: one format in, another out, what is lost said, bad input told."""

import json
from pathlib import Path

import pytest
from cli_run import dragoman

COPY = "SALT QUAY, May 3 (HA) — The ferry sails again after two years, the port said on Monday.\n\nIt is red.\n"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text("title: The ferry sails again\nkeywords: transport; sea\n\n" + COPY)
    return path


def test_a_text_becomes_a_feed_and_comes_back(story: Path, tmp_path: Path) -> None:
    feed = tmp_path / "story.xml"
    said = dragoman("convert", story, "--to", "atom", "--output", feed)
    assert said.code == 0
    assert f"1 items written to {feed}" in said.err
    again = json.loads(dragoman("convert", feed, "--to", "ninjs").out)
    assert again["headlines"][0]["value"] == "The ferry sails again"
    assert [one["name"] for one in again["subjects"]] == ["transport", "sea"]
    assert "The ferry sails again after two years" in again["bodies"][0]["value"]


def test_several_files_become_one_document(story: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(
        "title: The market opens\nkeywords: market\n\nThe covered market opens in spring, the town hall said.\n"
    )
    said = dragoman("convert", story, other, "--to", "ninjs")
    assert [one["headlines"][0]["value"] for one in json.loads(said.out)] == [
        "The ferry sails again",
        "The market opens",
    ]


def test_what_is_lost_is_said(tmp_path: Path) -> None:
    item = {
        "uri": "urn:x:1",
        "headlines": [{"value": "The ferry sails"}],
        "places": [{"name": "Salt Quay"}],
        "bodies": [{"value": "<p>It sailed.</p>", "contentType": "text/html"}],
    }
    path = tmp_path / "item.json"
    path.write_text(json.dumps(item))
    said = dragoman("convert", path, "--to", "text")
    assert said.code == 0
    assert "Not carried by text: " in said.err
    assert "places" in said.err


def test_a_broken_file_among_good_ones_is_told_and_counts(story: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"uri": "urn:x:1", "headlines": [}')
    said = dragoman("convert", story, broken, "--to", "rss")
    assert said.code == 3
    assert "<title>The ferry sails again</title>" in said.out
    assert "line 1, column 34" in said.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nowhere.txt", "--to", "rss"), 4, "There is no such file"),
        (("nowhere.txt", "--to", "telex"), 2, "There is no format telex"),
        (("nowhere.txt", "--to", "anpa"), 2, "Items are not written as anpa"),
        (("nowhere.txt", "--format", "telex", "--to", "rss"), 2, "There is no format telex"),
    ],
)
def test_bad_input_is_told_plainly(words: tuple[str, ...], code: int, told: str) -> None:
    said = dragoman("convert", *words)
    assert (said.code, said.out) == (code, "")
    assert told in said.err


def test_a_file_that_is_there_stays(story: Path, tmp_path: Path) -> None:
    (tmp_path / "there.xml").write_text("mine")
    said = dragoman("convert", story, "--to", "rss", "--output", tmp_path / "there.xml")
    assert said.code == 1
    assert (tmp_path / "there.xml").read_text() == "mine"
    assert dragoman("convert", story, "--to", "rss", "--output", tmp_path / "there.xml", "--force").code == 0
