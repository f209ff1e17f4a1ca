"""The first real input: two pieces of agency copy as they come off the web. Present where the development data is."""

from datetime import date
from pathlib import Path

import pytest

from dragoman import formats
from dragoman.model.arrival import Hints
from dragoman.model.item import Item

COPY = Path(__file__).parents[3] / "shared" / "data" / "copy"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not COPY.is_dir(), reason="the development data is not beside the project"),
]


def piece(number: int) -> Item:
    path = sorted(COPY.glob("*.txt"))[number]
    (unit,) = formats.decode(path.read_bytes(), Hints(source=path.name))
    assert unit.item is not None, unit.problem
    return unit.item


def kinds(item: Item) -> list[str]:
    return [block.kind for block in item.ours.blocks]


def test_the_piece_with_title_summary_and_sub_headings_is_read_whole() -> None:
    item = piece(0)
    line = item.ours.dateline
    assert (item.language, item.ours.headline_derived) == ("en", False)
    assert item.headline.startswith("Russian, Azerbaijani reporters discuss cooperation")
    assert line is not None
    assert (line.text, line.place, line.country, line.agency) == ("MOSCOW, May 23. /TASS/.", "MOSCOW", "RU", "TASS")
    assert (line.day, line.month, line.year, line.date, line.year_from) == (23, 5, 2023, date(2023, 5, 23), "header")
    assert kinds(item) == [
        "summary",
        *["paragraph"] * 8,
        "subheading",
        *["paragraph"] * 4,
        "subheading",
        *["paragraph"] * 3,
    ]
    said = item.ours.blocks[0].text
    assert any(block.kind == "paragraph" and block.text.startswith(said) for block in item.ours.blocks)
    assert [(each.reason, each.text[:2]) for each in item.ours.removed] == [
        ("left-over template expression", "{{"),
        ("header line", "da"),
    ]
    assert "{{" not in item.bodies[0].value


def test_the_piece_without_title_has_a_derived_headline_and_the_headers_year() -> None:
    item = piece(1)
    line = item.ours.dateline
    assert (item.language, item.ours.headline_derived) == ("fr", True)
    assert item.headline.startswith("Le nouveau directeur du Centre d'information et de culture russe")
    assert line is not None
    assert (line.place, line.country, line.agency, line.date, line.year_from) == (
        "Bakou",
        "AZ",
        "AZERTAC",
        date(2021, 2, 19),
        "header",
    )
    assert kinds(item) == ["paragraph"] * 5
    assert [each.text for each in item.ours.removed] == ["date 2021-02"]
