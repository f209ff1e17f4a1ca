"""``dragoman narrative``: a story, one answer."""

import json

from cli_run import dragoman

DOCS = [
    {"id": "a", "time": "2026-02-19T10:00:00Z", "agency": "North", "language": "en", "headline": "Fire in the harbour",
     "text": "Police said 12 people were injured in the fire.", "story": "fire"},
    {"id": "b", "time": "2026-02-19T10:05:00Z", "agency": "Volna", "language": "ru", "headline": "Пожар в порту",
     "text": "По данным полиции, при пожаре ранены 14 человек.", "story": "fire"},
    {"id": 3, "time": "2026-02-19T10:06:00Z", "agency": "North", "text": "It rains.", "story": "rain"},
    {"id": "b", "time": "2026-02-19T10:07:00Z", "agency": "Volna", "story": "fire", "act": "kill"},
]  # fmt: skip


def lines(docs: list[dict[str, object]]) -> str:
    return "".join(json.dumps(one) + "\n" for one in docs)


def test_each_story_is_answered_with_its_five_parts() -> None:
    said = dragoman("narrative", typed=lines(DOCS[:3]))
    assert said.code == 0
    fire, rain = said.lines
    assert (fire["story"], rain["story"]) == ("fire", "rain")
    assert list(fire) == ["story", "timeline", "matrix", "facts", "quotes", "only_here"]
    (injured,) = [one for one in fire["facts"]["figures"] if one["unit"] == "injured"]
    assert injured["differ"]


def test_killed_copy_is_not_printed() -> None:
    (fire,) = dragoman("narrative", typed=lines([*DOCS[:2], DOCS[3]])).lines
    assert [one["agency"] for one in fire["timeline"]["moments"]] == ["North", "Volna", "Volna"]
    assert "Volna" not in json.dumps([fire["matrix"], fire["facts"], fire["quotes"], fire["only_here"]])
    assert "Пожар" not in json.dumps(fire, ensure_ascii=False)


def test_a_line_that_cannot_be_read_is_named_and_the_others_answered() -> None:
    said = dragoman("narrative", typed='{"id": 1}\n' + lines(DOCS[:1]))
    assert said.code == 3
    assert [one["story"] for one in said.lines] == ["fire"]
