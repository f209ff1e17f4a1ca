"""``dragoman language``: one answer a line."""

import json

from cli_run import dragoman

TEXTS = [
    {"id": 1, "text": "Limanda yeni terminalın tikintisi başa çatıb."},
    {"id": "b", "text": "Die Brücke wird im Frühjahr eröffnet."},
    {"id": 3, "text": "12,5 %"},
]


def test_every_text_is_answered_with_its_language_and_how_sure_that_is() -> None:
    said = dragoman("language", typed="".join(json.dumps(one) + "\n" for one in TEXTS))
    assert said.code == 0
    assert [(one["id"], one["language"]) for one in said.lines] == [(1, "az"), ("b", "de"), (3, "und")]
    assert [one["confidence"] > 0.9 for one in said.lines] == [True, True, False]


def test_candidates_restrict_the_answer() -> None:
    said = dragoman("language", "--candidates", "az, tr", typed=json.dumps({"id": 1, "text": "Yeni bir ev"}))
    assert said.lines[0]["language"] in ("az", "tr")
    assert dragoman("language", "--candidates", "az,?", typed="").code == 2


def test_a_line_that_cannot_be_read_is_named_and_the_others_answered() -> None:
    said = dragoman("language", typed='{"id": 1}\n{"id": 2, "text": "Bonjour à toutes et à tous"}\n')
    assert said.code == 3
    assert "line 1" in said.err
    assert [one["language"] for one in said.lines] == ["fr"]
