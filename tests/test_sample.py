"""The annotated sample says what its README says: every mark stands in its text, every speaker is a listed name."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[1] / "quality" / "sample"
LANGUAGES = ("az", "en", "ru", "fr", "de", "es", "ar", "zh")
LENGTHS = {"zh": (200, 500)}
"""Characters of Chinese; of the other languages words."""

Item = dict[str, Any]


def items_of(name: str) -> list[Item]:
    """The items of every file of that name: ``az``, ``az-more``, or all where it is a pattern."""
    paths = sorted(SAMPLE.glob(f"{name}.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


ITEMS = {item["id"]: item for item in items_of("*")}
item = pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)


def spellings(name: Item) -> list[str]:
    return [name["text"], *name["forms"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("file", "mark", "part"), [("", "", "dev"), ("-more", "m", "dev"), ("-held", "h", "held")])
def test_the_items_of_a_file_are_of_its_language_and_part_and_numbered(
    language: str, file: str, mark: str, part: str
) -> None:
    items = items_of(language + file)
    assert items
    assert {(item["language"], item["part"]) for item in items} == {(language, part)}
    assert [item["id"] for item in items] == [f"{language}-{mark}{number:02}" for number in range(1, len(items) + 1)]


@item
def test_an_item_is_as_long_as_a_wire_item_and_dated(item: Item) -> None:
    length = len(item["text"]) if item["language"] == "zh" else len(item["text"].split())
    least, most = LENGTHS.get(item["language"], (120, 300))
    assert least <= length <= most
    assert item["headline"]
    assert item["agency"]
    assert datetime.fromisoformat(item["time"]).tzinfo


@item
def test_every_form_and_role_of_a_name_stands_in_the_text_once_listed(item: Item) -> None:
    assert item["names"]
    listed = [form for name in item["names"] for form in spellings(name)]
    assert [form for form in listed if form not in item["text"]] == []
    assert len(set(listed)) == len(listed)
    for name in item["names"]:
        assert name["kind"] in ("person", "organisation")
        assert name["role"] in item["text"]


@item
def test_every_quote_stands_in_the_text_and_its_speaker_is_a_name(item: Item) -> None:
    assert item["quotes"]
    names = {name["text"] for name in item["names"]} | {""}
    quoted = [quote["text"] for quote in item["quotes"]]
    assert [text for text in quoted if not text or text not in item["text"]] == []
    assert len(set(quoted)) == len(quoted)
    assert [quote["verb"] for quote in item["quotes"] if quote["verb"] not in item["text"]] == []
    assert {quote["speaker"] for quote in item["quotes"]} <= names


def test_the_held_items_speak_of_other_people_than_the_items_tuned_on() -> None:
    people: dict[str, set[str]] = {"dev": set(), "held": set()}
    for item in ITEMS.values():
        people[item["part"]] |= {name["text"] for name in item["names"] if name["kind"] == "person"}
    assert people["dev"] & people["held"] == set()
