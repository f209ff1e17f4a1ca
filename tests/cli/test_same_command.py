"""``dragoman same``: one answer a pair, whatever the pairs are."""

import json

from cli_run import dragoman

FIRE = {
    "headline": "Fire closes harbour of Lindholm",
    "text": "A fire closed the harbour of Lindholm. 12 ships waited.",
}
BRAND = {
    "headline": "Brand legt Hafen von Lindholm still",
    "text": "Ein Brand schloss den Hafen von Lindholm. 12 Schiffe warteten.",
}
VOTE = {
    "headline": "Le Parlement vote sur les retraites",
    "text": "Les députés ont voté mercredi l'âge de la retraite.",
}


def same(*pairs: object, options: tuple[str, ...] = ()) -> list[dict]:
    said = dragoman("same", *options, typed="".join(json.dumps(one) + "\n" for one in pairs))
    assert said.code == 0, said.err
    return said.lines


def test_one_story_in_two_languages_and_two_stories() -> None:
    one, other = same({"id": 1, "a": FIRE, "b": BRAND}, {"id": "x", "a": FIRE | {"language": "en"}, "b": VOTE})
    assert (one["id"], one["same"], other["id"], other["same"]) == (1, True, "x", False)
    assert 0 <= other["score"] < one["score"] <= 1
    assert "reasons" not in one


def test_the_reasons_are_told_when_asked_for() -> None:
    [one] = same({"id": 1, "a": FIRE, "b": BRAND}, options=("--reasons",))
    assert any("lindhol" in feature for feature, _ in one["reasons"])


def test_a_headline_or_a_text_is_enough_and_nothing_is_like_nothing() -> None:
    headline, text = {"headline": FIRE["headline"]}, {"text": FIRE["text"]}
    [one, nothing] = same({"id": 1, "a": headline, "b": text}, {"id": 2, "a": {}, "b": {"headline": "", "text": None}})
    assert one["same"]
    assert (nothing["score"], nothing["same"]) == (0, False)


def test_a_line_that_is_no_pair_is_passed_over() -> None:
    said = dragoman("same", typed='{"id": 1, "a": {}}\n' + json.dumps({"id": 2, "a": FIRE, "b": BRAND}) + "\n")
    assert said.code == 3
    assert [one["id"] for one in said.lines] == [2]
