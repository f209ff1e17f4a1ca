"""Credit line, usage terms and hops: what travels with every copy."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from wire_terms import HOME, NAMES, NOW, terms, version

from dragoman.model.item import UNSET, Profile
from dragoman.route.credit import credit_line, usage_terms, with_credit, with_hop

_LINES = {"fr": "Agence Adrian", "zh-Hant": "亞得里亞社", "zh": "亚得里亚社", "*": "Adrian Press wire"}


def _line(written_in, **more):
    return credit_line(terms(credit=_LINES), version(language=written_in).item, NAMES, **more)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Agence Adrian"),
        ("fr-BE", "Agence Adrian"),
        ("zh-hant", "亞得里亞社"),
        ("zh_CN", "亚得里亚社"),
        ("ar", "Adrian Press wire"),
        ("", "Adrian Press wire"),
    ],
)
def test_the_credit_line_is_that_of_the_language_or_of_the_rest(language, line):
    assert _line(language) == line


def test_a_translation_has_the_credit_line_of_its_own_language():
    assert _line("fr", language="zh") == "亚得里亚社"


def test_without_an_agreed_line_the_origin_is_named():
    assert credit_line(terms(), version().item, NAMES) == "Adrian Press"
    assert credit_line(terms(), version().item, {}) == HOME
    assert credit_line(terms(), replace(version().item, dragoman=UNSET), NAMES) == "Adrian Press"


def test_relayed_copy_keeps_the_credit_of_its_origin_in_front():
    relayed = version(origin="ORI").item
    assert credit_line(terms(), relayed, NAMES) == "Oriel Agency"
    assert credit_line(terms(credit=_LINES), relayed, NAMES) == "Oriel Agency / Agence Adrian"
    asked = replace(relayed, dragoman=replace(relayed.ours, credit="Oriel / Meridian"))
    assert credit_line(terms(credit=_LINES), asked, NAMES) == "Oriel / Meridian / Agence Adrian"


def test_the_terms_are_said_in_words():
    assert (
        usage_terms(terms()) == "For the subscriber's own services. Not for onward distribution. Translation allowed."
    )
    limited = terms(
        use="internal",
        onward=True,
        translation=False,
        territory=("AZ", "GE"),
        valid_until=datetime(2027, 1, 1, tzinfo=UTC),
    )
    assert usage_terms(limited) == (
        "For internal use only, not for publication. Onward distribution allowed. Not to be translated. "
        "Territory: AZ, GE. Until 2027-01-01."
    )


def test_a_copy_carries_credit_terms_and_copyright():
    sent = with_credit(version().item, terms(credit=_LINES), NAMES)
    assert (sent.ours.credit, sent.ours.origin, sent.copyright_holder) == ("Agence Adrian", HOME, "Adrian Press")
    assert sent.usage_terms == usage_terms(terms())
    assert not sent.ours.advance


def test_what_the_origin_asks_for_stays_in_front():
    item = replace(version(origin="ORI").item, usage_terms="Not for use in archives.", copyright_holder="Oriel Ltd")
    sent = with_credit(item, terms(), NAMES)
    assert sent.usage_terms == f"Not for use in archives. {usage_terms(terms())}"
    assert sent.copyright_holder == "Oriel Ltd"


def test_a_copy_in_advance_is_marked_and_one_at_its_hour_no_longer():
    ahead = with_credit(version().item, terms(), NAMES, advance=True)
    assert ahead.ours.advance
    assert not with_credit(ahead, terms(), NAMES).ours.advance


@pytest.mark.parametrize("origin", [HOME, "ORI"])
def test_crediting_twice_changes_nothing(origin):
    once = with_credit(version(origin=origin).item, terms(credit=_LINES), NAMES)
    assert with_credit(once, terms(credit=_LINES), NAMES) == once


def test_the_way_it_came_grows_by_one_hop_and_only_once():
    item = with_hop(version(hops=("ORI",)).item, HOME, NOW)
    assert [(hop.agency, hop.at) for hop in item.ours.hops] == [("ORI", None), (HOME, NOW)]
    assert with_hop(item, HOME, NOW) is item
    assert [hop.agency for hop in with_hop(replace(item, dragoman=Profile()), HOME, NOW).ours.hops] == [HOME]
