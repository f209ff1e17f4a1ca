"""What a format says it carries comes back from it; what it does not is named as lost; two formats hand on what both can."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from format_items import LANGUAGES, SENTENCES, killed_item, through, wire_item, wire_items
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman import formats
from dragoman.formats import FORMATS, WRITTEN
from dragoman.formats._fields import FIELDS
from dragoman.model.arrival import Hints
from dragoman.model.item import (
    TRANSLATION_OF,
    AltId,
    Association,
    Body,
    Concept,
    Correction,
    Dateline,
    Description,
    Headline,
    Hop,
    Item,
    Profile,
    Rendition,
)

COPY = [name for name, each in WRITTEN.items() if each.places and "body" in each.places]
"""Formats that carry copy; pictures and calendars have tests of their own."""
MADE = datetime(2026, 5, 13, 9, 30, tzinfo=UTC)
ABOUT = "http://cv.iptc.org/newscodes/mediatopic/20000337"

SET: Mapping[str, dict[str, Any]] = {
    "type": {"type": "composite"},
    "pub_status": {"pub_status": "canceled", "bodies": ()},
    "version_created": {"version_created": MADE + timedelta(hours=2)},
    "content_created": {"content_created": MADE - timedelta(days=1)},
    "embargoed_until": {"embargoed_until": MADE + timedelta(days=1)},
    "urgency": {"urgency": 3},
    "headlines": {"headlines": (Headline(value="The ferry sails again"), Headline(value="Ferry", role="short"))},
    "slugline": {"slugline": "ferry-returns"},
    "by": {"by": "Ada Placeholder"},
    "located": {"located": "Salt Quay"},
    "summary": {"descriptions": (Description(value="The first crossing in two years", role="summary"),)},
    "descriptions": {
        "descriptions": (
            Description(value="The first crossing in two years", role="summary"),
            Description(value="A longer word about it", role="caption"),
        )
    },
    "links and emphasis": {
        "bodies": (Body(value='<p>The <strong>ferry</strong> left <a href="https://quay.example/">the quay</a>.</p>'),)
    },
    "subjects": {"subjects": (Concept(name="transport"), Concept(name="sea"))},
    "subjects.uri": {"subjects": (Concept(name="transport", uri=ABOUT),)},
    "places": {"places": (Concept(name="Salt Quay"),)},
    "people": {"people": (Concept(name="Ada Placeholder"),)},
    "organisations": {"organisations": (Concept(name="Harbour Agency"),)},
    "genres": {"genres": (Concept(name="Feature"),)},
    "info_sources": {"info_sources": (Concept(name="Harbour Agency", role="source"),)},
    "copyright_holder": {"copyright_holder": "Harbour Agency"},
    "copyright_notice": {"copyright_notice": "Copyright 2026 Harbour Agency"},
    "usage_terms": {"usage_terms": "Own services only."},
    "ed_note": {"ed_note": "Check the captain's name."},
    "alt_ids": {"alt_ids": (AltId(role="desk", value="HA-17"),)},
    "renditions": {"renditions": (Rendition(name="main", href="https://quay.example/1.jpg", content_type="image/jpeg"),)},
    "associations": {
        "associations": (
            Association(
                name="picture-1",
                type="picture",
                uri="https://quay.example/2.jpg",
                renditions=(Rendition(name="main", href="https://quay.example/2.jpg", content_type="image/jpeg"),),
            ),
        )
    },
    "versions": {"associations": (Association(name="original", rel=TRANSLATION_OF, uri="urn:example:original"),)},
    "events": {"events": (Concept(name="Harbour day", uri="urn:example:harbour-day"),)},
    "dateline": {"dateline": Dateline(text="SALT QUAY, May 13 (HA) —", place="SALT QUAY", day=13, month=5, agency="HA")},
    "credit": {"credit": "Harbour Agency / Example"},
    "correction": {"correction": Correction(kind="correction")},
    "correction.reason": {"correction": Correction(kind="correction", reason="It was two ferries.")},
    "advance": {"advance": True, "embargoed_until": MADE + timedelta(days=1)},
    "hops": {"hops": (Hop(agency="harbour", at=MADE),)},
}  # fmt: skip
"""For each field, what an item must have so that it is said."""
_PROFILE = frozenset({"dateline", "credit", "correction", "advance", "hops"})


ODD = "one\x00\x0b\x85two\r\nthree\u2028four\ufffe\ud800"


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - {"picture"}))
@pytest.mark.parametrize("kind", ["text", "event", "package"])
def test_no_sign_in_any_field_keeps_an_item_from_being_written(name: str, kind: str) -> None:
    part = Concept(name=ODD, role=ODD, rel=ODD, literal=ODD, uri=f"urn:example:{ODD}")
    item = wire_item(
        type=kind, uri=f"urn:example:{ODD}", version=ODD, by=ODD, slugline=ODD, located=ODD, usage_terms=ODD,
        ed_note=ODD, copyright_holder=ODD, copyright_notice=ODD, headlines=(Headline(value=ODD), Headline(value=ODD, role=ODD)),
        descriptions=(Description(value=ODD, role=ODD),), bodies=(Body(value=f"<p>{ODD}</p>"),),
        subjects=(part,), places=(part,), people=(part,), organisations=(part,), genres=(part,), info_sources=(part,), events=(part,),
        alt_ids=(AltId(value=ODD, role=ODD),), renditions=(Rendition(name=ODD, href=f"https://example.org/{ODD}"),),
        associations=(Association(name=ODD, rel=ODD, uri=f"urn:example:{ODD}", version=ODD, language=ODD),),
        dragoman=Profile(credit=ODD, hops=(Hop(agency=ODD),), correction=Correction(kind="correction", reason=ODD, replaces=ODD)),
    )  # fmt: skip
    assert "three" in through(name, item).headline


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - {"picture"}))
@pytest.mark.parametrize("status", ["usable", "withheld", "canceled"])
@pytest.mark.parametrize("kind", ["text", "event", "package"])
def test_status_and_embargo_come_back_from_every_format(name: str, status: str, kind: str) -> None:
    item = wire_item(type=kind, pub_status=status, embargoed_until=datetime(2026, 5, 14, 6, tzinfo=UTC))
    found = through(name, item)
    assert (found.pub_status, found.embargoed_until) == (item.pub_status, item.embargoed_until)


def having(field: str) -> Item:
    changes = SET.get(field, {})
    item = wire_item(**{name: value for name, value in changes.items() if name not in _PROFILE})
    return replace(item, dragoman=replace(item.ours, **{k: v for k, v in changes.items() if k in _PROFILE}))


def same(field: str, before: Item, after: Item) -> bool:
    return FIELDS[field](before) == FIELDS[field](after)


def told(field: str, before: Item, after: Item) -> str:
    return f"{field}: {FIELDS[field](before)!r} came back as {FIELDS[field](after)!r}"


@pytest.mark.parametrize("name", FORMATS)
def test_the_fields_of_a_format_are_fields_there_are(name: str) -> None:
    assert set(FORMATS[name].places) <= set(FIELDS)
    assert FORMATS[name].read_only <= set(FORMATS[name].places)
    assert FORMATS[name].places, "say where its fields stand"
    assert FORMATS[name].title


@pytest.mark.parametrize("field", SET)
@pytest.mark.parametrize("name", COPY)
def test_a_field_comes_back_or_is_named_as_lost(name: str, field: str) -> None:
    item = having(field)
    assert FIELDS[field](item), "the sample says nothing of it"
    encoded = formats.encode(name, [item])
    if field in WRITTEN[name].places and field not in WRITTEN[name].read_only:
        (unit,) = formats.decode(encoded.body, Hints(format=name))
        assert unit.item is not None, unit.problem
        assert same(field, item, unit.item), told(field, item, unit.item)
    else:
        assert any(word.split(" ")[0].split(".")[0] == field.split(" ")[0].split(".")[0] for word in encoded.lost), (
            field,
            encoded.lost,
        )


@pytest.mark.parametrize("name", COPY)
def test_nothing_is_called_lost_that_an_item_does_not_have(name: str) -> None:
    assert formats.encode(name, [wire_item()]).lost == ()


@pytest.mark.parametrize("name", COPY)
def test_copy_taken_back_leaves_its_text_behind(name: str) -> None:
    item = replace(killed_item(), bodies=wire_item().bodies, headlines=wire_item().headlines)
    encoded = formats.encode(name, [item])
    assert SENTENCES[0].encode() not in encoded.body
    assert "text" in encoded.lost


@pytest.mark.parametrize("name", COPY)
@pytest.mark.parametrize("number", range(len(LANGUAGES)), ids=LANGUAGES)
def test_every_language_comes_back_letter_for_letter(name: str, number: int) -> None:
    item = wire_item(language=LANGUAGES[number], bodies=(Body(value=f"<p>{SENTENCES[number]}</p>"),))
    item = replace(item, headlines=(Headline(value=SENTENCES[number][:30].strip()),))
    found = through(name, item)
    for field in {"headline", "body", "language"} & set(WRITTEN[name].places):
        assert same(field, item, found), told(field, item, found)


@pytest.mark.parametrize("name", COPY)
@given(item=wire_items())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_in_a_field_comes_back(name: str, item: Item) -> None:
    found = through(name, item)
    for field in set(WRITTEN[name].places) - WRITTEN[name].read_only:
        assert same(field, item, found), told(field, item, found)


PAIRS = list(permutations(COPY, 2))


@given(item=wire_items(), pair=st.sampled_from(PAIRS))
@settings(max_examples=6 * len(COPY) ** 2 if COPY else 1, suppress_health_check=[HealthCheck.too_slow])
def test_what_two_formats_carry_survives_from_one_to_the_other(item: Item, pair: tuple[str, str]) -> None:
    one, other = pair
    once = through(one, item)
    twice = through(other, once)
    carried = [set(WRITTEN[name].places) - WRITTEN[name].read_only for name in pair]
    for field in carried[0] & carried[1]:
        assert same(field, item, twice), f"{one} to {other}: {told(field, item, twice)}"
