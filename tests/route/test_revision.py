"""What a new revision takes away, clause by clause."""

from datetime import timedelta

import pytest
from wire_terms import NOW, terms

from dragoman.route.revision import narrowed

_WIDER = [
    ("content", {"content": "place:Baku"}, {"content": ""}),
    ("content", {"content": "a b"}, {"content": "(a AND b)"}),
    ("kinds", {"kinds": ("text",)}, {"kinds": ("text", "picture")}),
    ("languages", {"languages": ("fr",)}, {"languages": ()}),
    ("languages", {"languages": ("fr",)}, {"languages": ("az", "fr")}),
    ("use", {"use": "internal"}, {"use": "own wire"}),
    ("onward", {"onward": False}, {"onward": True}),
    ("relays", {"relays": ()}, {"relays": ("ORI",)}),
    ("translation", {"translation": False}, {"translation": True}),
    ("territory", {"territory": ("AZ",)}, {"territory": ()}),
    ("embargo", {"embargo": "hold"}, {"embargo": "advance"}),
    ("no return", {"no_return": True}, {"no_return": False}),
    ("delay", {"delay_s": 60}, {"delay_s": 0}),
    ("quota", {"daily_quota": 5}, {"daily_quota": 6}),
    ("quota", {"daily_quota": 5}, {"daily_quota": None}),
    ("valid from", {}, {"valid_from": NOW - timedelta(days=900)}),
    ("valid until", {"valid_until": NOW}, {"valid_until": None}),
    ("valid until", {"valid_until": NOW}, {"valid_until": NOW + timedelta(days=1)}),
]


@pytest.mark.parametrize(("clause", "old", "new"), _WIDER)
def test_a_wider_clause_leaves_old_grants_standing_and_the_way_back_does_not(clause, old, new):
    assert narrowed(terms(**old), terms(**new)) == ()
    if old.get("content") != "a b":  # the same query, written in another way
        assert narrowed(terms(**new), terms(**old)) == (f"§ {clause}",)


def test_the_same_terms_narrow_nothing():
    assert narrowed(terms(), terms()) == ()


def test_another_content_another_party_or_a_content_that_cannot_be_read_counts_as_narrower():
    assert narrowed(terms(content="a"), terms(content="a OR b")) == ("§ content",)
    assert narrowed(terms(), terms("MER")) == ("§ parties",)
    assert narrowed(terms(content="("), terms(content="(")) == ("§ content",)


def test_every_clause_that_narrows_is_named():
    assert narrowed(terms(), terms(use="internal", translation=False, daily_quota=9)) == (
        "§ use",
        "§ translation",
        "§ quota",
    )
