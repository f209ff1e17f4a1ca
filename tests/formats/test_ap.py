"""AP Media API JSON."""

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import formats
from dragoman.model.arrival import Hints, Unit
from dragoman.model.item import Concept, Item

NITF = "<nitf><head><title>x</title></head><body><body.content><block><p>SALT QUAY (AP) — The ferry left.</p><p>It is red.</p></block></body.content></body></nitf>"


def sent(**changes: object) -> dict[str, object]:
    return {
        "uri": "https://api.example/media/v/content/00ff?qt=1&et=2",
        "altids": {"itemid": "00ff", "etag": "00ff_2a1", "friendlykey": "17", "transref": "NY1"},
        "version": 2,
        "type": "text",
        "profile": "Spot Development",
        "urgency": 4,
        "language": "en",
        "versioncreated": "2026-05-13T09:45:00Z",
        "firstcreated": "2026-05-13T09:30:00Z",
        "pubstatus": "usable",
        "editorialtypes": ["Lead"],
        "signals": ["newscontent"],
        "title": "XX--Ferry",
        "headline": "The ferry sails again",
        "headline_extended": "The ferry sails again after two years in the dock",
        "slugline": "BC-XX--Ferry, 2nd Ld-Writethru",
        "description_summary": "The first crossing in two years.",
        "bylines": [{"by": "By ADA PLACEHOLDER", "title": "Harbour Agency"}],
        "located": "SALT QUAY",
        "datelinelocation": {"city": "Salt Quay", "countryname": "Example", "geometry_geojson": {"coordinates": [49.8, 40.4]}},
        "copyrightnotice": "Copyright 2026",
        "usageterms": ["Editorial use only.", "No archive."],
        "keywords": ["Ferry"],
        "provider": "AP",
        "infosource": [{"name": "Harbour", "type": "Member"}],
        "subject": [{"rels": ["category"], "code": "i", "name": "i"}, {"rels": ["direct"], "scheme": "http://cv.ap.org/id/", "code": "ab", "name": "Transport"}],
        "renditions": {"nitf": {"title": "Story", "mimetype": "text/xml", "href": "https://api.example/00ff.2/download", "words": 9}},
        "associations": {"1": {"altids": {"itemid": "11"}, "version": 0, "type": "picture", "headline": "Quay"}},
        "links": [{"href": "https://news.example/00ff", "rel": "canonical"}],
        **changes,
    }  # fmt: skip


def units(value: object, **hints: Any) -> list[Unit]:
    return formats.decode(json.dumps(value).encode(), Hints(**hints))


def read(entry: dict[str, object], **beside: object) -> Item:
    (unit,) = units({"api_version": "2.1", "data": {"item": entry}, **beside})
    assert unit.item is not None, unit.problem
    return unit.item


def test_an_item_is_read_with_its_ids_times_and_terms() -> None:
    item = read(sent())
    assert formats.detect(json.dumps({"data": {"item": sent()}}).encode(), Hints()).name == "ap"
    assert (item.version, item.type, item.urgency, item.slugline) == ("2", "text", 4, "BC-XX--Ferry, 2nd Ld-Writethru")
    assert (item.headline, item.by, item.located) == ("The ferry sails again", "By ADA PLACEHOLDER", "SALT QUAY")
    assert item.usage_terms == "Editorial use only. No archive."
    assert {one.role: one.value for one in item.alt_ids} == {"guid": "00ff", "etag": "00ff_2a1", "friendlykey": "17", "transref": "NY1", "canonical": "https://news.example/00ff"}  # fmt: skip
    assert item.subjects[1] == Concept(name="Transport", rel="direct", uri="http://cv.ap.org/id/ab")
    assert item.subjects[0].literal == "category:i"
    assert item.places[0].geo is not None
    assert item.ours.correction is not None
    assert item.ours.correction.kind == "update"
    assert item.renditions[0].href == "https://api.example/00ff.2/download"


def test_its_address_may_change_its_uri_does_not() -> None:
    again = read(sent(uri="https://api.example/media/v/content/00ff?qt=9&et=9"))
    assert again.uri == read(sent()).uri
    page = units({"data": {"items": [{"meta": {}, "item": sent()}, {"item": sent(altids={"itemid": "11"})}]}})
    assert page[0].item is not None
    assert page[1].item is not None
    assert page[0].item.uri == again.uri
    assert page[0].item.associations[0].uri == page[1].item.uri


@pytest.mark.parametrize("story", [{"body_html": "<block><p>SALT QUAY (AP) — The ferry left.</p><p>It is red.</p></block>"}, NITF])  # fmt: skip
def test_a_story_that_lies_beside_it_is_its_text(story: object) -> None:
    item = read(sent(), nitf=story)
    assert [block.text for block in item.ours.blocks if block.kind == "paragraph"] == ["The ferry left.", "It is red."]


@pytest.mark.parametrize("word", ["Kill", "Elimination"])
def test_a_kill_takes_the_copy_back_even_where_the_status_does_not(word: str) -> None:
    assert read(sent(editorialtypes=[word])).pub_status == "canceled"
    assert read(sent(editorialtypes=["Withhold"])).pub_status == "withheld"
    assert read(sent(pubstatus="canceled")).pub_status == "canceled"


def test_an_embargo_is_kept_or_the_copy_is_parked() -> None:
    item = read(sent(pubstatus="embargoed", embargoed="2026-05-14T06:00:00Z"))
    assert item.embargoed_until == datetime.fromisoformat("2026-05-14T06:00:00+00:00")
    for changes in ({"pubstatus": "embargoed"}, {"embargoed": "soon"}):
        (unit,) = units({"data": {"item": sent(**changes)}})
        assert unit.problem is not None
        assert unit.problem.title == "The embargo cannot be read"


def test_a_picture_has_photographer_caption_credit_and_files() -> None:
    item = read(sent(type="picture", bylines=[], photographer={"name": "Ole Placeholder"}, description_caption="The quay.", description_creditline="HA", renditions={"main": {"href": "https://p.example/1.jpg", "width": 100, "height": 50, "mimetype": "image/jpeg"}, "preview": {}}))  # fmt: skip
    assert (item.type, item.by, item.descriptions[0].value, item.ours.credit) == ("picture", "Ole Placeholder", "The quay.", "HA")  # fmt: skip
    assert (item.renditions[0].name, item.renditions[0].width) == ("main", 100)


def test_an_empty_page_has_no_items_and_an_error_is_told() -> None:
    body = json.dumps({"data": {"items": [], "current_item_count": 0}}).encode()
    assert formats.decode(body, Hints(format="ap")) == []
    (unit,) = formats.decode(b'{"error": {"message": "No such plan"}}', Hints(format="ap"))
    assert unit.problem is not None
    assert "No such plan" in unit.problem.detail


HOSTILE = (None, True, -1, 1e300, "²", "9" * 5000, [1e300, 1e300], "", "x" * 5000, [], {}, [[]], [None], [{}], {"": None}, {"itemid": 7}, {"a": {"b": []}}, "<nitf", "\x00")  # fmt: skip


@given(st.dictionaries(st.sampled_from([*sent(), "embargoed", "person", "place", "photographer", "foreignkeys", "fixture"]), st.sampled_from(HOSTILE), max_size=6), st.sampled_from(HOSTILE))  # fmt: skip
@settings(max_examples=400)
def test_no_value_in_any_field_makes_the_reader_fall_over(changes: dict[str, object], story: object) -> None:
    for unit in formats.decode(json.dumps({"data": {"item": sent(**changes)}, "nitf": story, "associations": story}).encode(), Hints(format="ap")):  # fmt: skip
        if unit.problem:
            assert unit.problem.title != "The document cannot be read", unit.problem.detail
