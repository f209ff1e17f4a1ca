"""JSON of agencies' own interfaces: a row of the table each, and what is no copy."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import formats
from dragoman.formats.vendor_json.table import ROWS
from dragoman.model.arrival import Hints, Unit
from dragoman.model.item import Item

ONCLUSIVE = {"itemId": 7, "summary": "", "description": "Harbour forum", "startDate": "2026-06-15T00:00:00", "endDate": "2026-06-16T00:00:00", "time": "06:30", "embargoTime": None, "timezone": {"timezoneAbbreviation": "EDT", "timezoneOffset": -4.0}, "venue": "Old Dock", "venueData": [{"locationLat": 40.4, "locationLon": 49.8}], "organisationName": "Harbour Board", "eventConfirmed": True, "createdDateUtc": "2026-01-04T20:19:10.2", "lastEditDateUtc": "2026-01-05T12:14:34.873", "deleted": False, "countryName": "Example", "pressContacts": [{"pressContactName": "Ada Placeholder", "pressContactEmail": "ada@harbour.example"}], "categories": [{"categoryId": 88, "categoryName": "Transport"}], "eventTypes": [{"tagId": 148, "tagName": "Forums"}], "locale": "en-CA"}  # fmt: skip
EVENT = {"guid": "urn:example:e1", "type": "event", "name": "Harbour forum", "slugline": "forum", "definition_short": "A <b>forum</b>", "dates": {"start": "2026-06-15T22:00:00+0000", "end": "2026-06-16T22:00:00+0000", "tz": "Asia/Baku"}, "occur_status": {"qcode": "eocstat:eos5"}, "state": "scheduled", "location": [{"name": "Old Dock", "address": {"line": ["1 Quay"], "locality": "Salt Quay"}, "location": {"lat": 40.4, "lon": 49.8}}], "event_contact_info": [{"first_name": "Ada", "last_name": "Placeholder", "contact_email": ["ada@harbour.example"]}], "coverages": [{"coverage_id": "urn:example:c1", "planning": {"slugline": "forum", "g2_content_type": "text", "scheduled": "2026-06-15T23:00:00+0000"}, "assigned_to": {"user": "secret"}}]}  # fmt: skip
REUTERS = {"data": {"item": {"uri": "tag:example,2026:1", "type": "text", "versionCreated": "2026-05-13T09:45:00.000Z", "firstCreated": "2026-05-13T09:30:00.000Z", "slug": "FERRY/", "language": "en", "byLine": "Ada Placeholder", "headLine": "The ferry sails", "bodyXhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p>The ferry left.</p></body></html>', "urgency": 3, "subject": [{"code": "N2:ENV", "name": "Environment"}]}}}  # fmt: skip
BELGA = {"newsObjects": [{"newsObjectId": 7, "assetType": "Short", "credit": "HA", "topic": "Ferry", "headLine": "The ferry sails", "language": "fr", "source": "HA", "createDate": 1581646440000, "validateDate": 1581654480000, "keywords": ["SEA"], "packages": [{"newsService": "INT", "newsProduct": "POL"}], "newsComponents": [{"assetType": "Lead", "proxies": [{"assetFormat": "Text", "varcharData": "Le marché couvert ouvrira.", "clobData": ""}]}, {"proxies": [{"assetFormat": "Text", "varcharData": "Un.\n Deux & trois."}]}]}]}  # fmt: skip
PICTURES = {"nrImages": 1, "images": [{"imageId": 9, "userId": "XQ", "width": 100, "height": 50, "createDate": "2026-01-08T13:32:06Z", "name": "The quay", "caption": "The quay at noon", "credit": "HA", "detailUrl": "https://p.example/9"}]}  # fmt: skip
ORANGE = {"APIResponse": {"Items": [{"Title": "Quay", "SystemIdentifier": "CP1", "Caption": "The quay", "CreateDate": "7/16/2026 12:05:34 AM", "MediaType": "Image", "Path_TR1": {"URI": "https://p.example/1", "Width": 12, "Height": ""}, "Path_TR7": {"URI": ""}}]}}  # fmt: skip
APPLE = {"identifier": "x", "componentTextStyles": {}, "language": "en", "title": "The ferry", "components": [{"role": "container", "components": [{"role": "heading1", "text": "Sails"}, {"role": "body", "text": "It <left>."}]}], "metadata": {"canonicalURL": "https://quay.example/1"}}  # fmt: skip


def units(value: object, **hints: str) -> list[Unit]:
    return formats.decode(json.dumps(value).encode(), Hints(**hints))  # type: ignore[arg-type]


def read(value: object, **hints: str) -> Item:
    (unit,) = units(value, **hints)
    assert unit.item is not None, unit.problem
    return unit.item


@pytest.mark.parametrize("value", [ONCLUSIVE, [ONCLUSIVE], EVENT, REUTERS, BELGA, PICTURES, ORANGE, APPLE])
def test_each_is_recognised_by_its_names(value: object) -> None:
    assert formats.detect(json.dumps(value).encode(), Hints()).name == "vendor-json"


def test_an_event_of_onclusive_begins_by_the_clock_of_its_place() -> None:
    item = read(ONCLUSIVE)
    assert (item.uri, item.type, item.headline, item.language) == ("urn:onclusive:7", "event", "Harbour forum", "en-CA")
    assert item.event_details is not None
    assert item.event_details.dates is not None
    assert item.event_details.dates.start_date is not None
    assert item.event_details.dates.start_date.isoformat() == "2026-06-15T06:30:00-04:00"
    assert item.event_details.event_status.endswith("eos5")
    assert str(item.version_created) == "2026-01-05 12:14:34.873000+00:00"
    assert "harbour.example" not in json.dumps([one.name for one in item.people])
    days = read({**ONCLUSIVE, "time": ""}).event_details
    assert days is not None
    assert days.dates is not None
    assert (days.dates.expected_start_date, days.dates.expected_end_date) == ("2026-06-15", "2026-06-16")
    assert read({**ONCLUSIVE, "deleted": True}).pub_status == "canceled"
    assert units({**ONCLUSIVE, "embargoTime": "soon"})[0].item is None
    strange = read({**ONCLUSIVE, "timezone": {"timezoneAbbreviation": "FOO"}})
    assert "zone FOO is unknown, taken as UTC" in strange.ours.notes


def test_an_event_of_superdesk_keeps_venue_and_plan_and_nobodys_address() -> None:
    item = read(EVENT)
    details = item.event_details
    assert details is not None
    assert details.dates is not None
    assert details.dates.start_date is not None
    assert details.dates.start_date.isoformat() == "2026-06-16T02:00:00+04:00"
    assert item.places[0].contact_info[0].address is not None
    assert item.planned_coverage[0].uri == "urn:example:c1"
    assert [one.name for one in item.people] == ["Ada Placeholder"]
    assert b"secret" not in formats.encode("ninjs", [item]).body
    days = read({**EVENT, "dates": {**EVENT["dates"], "all_day": True}}).event_details  # type: ignore[dict-item]
    assert days is not None
    assert days.dates is not None
    assert days.dates.expected_start_date == "2026-06-16"


def test_copy_and_pictures_of_the_others_are_read() -> None:
    item = read(REUTERS)
    assert (item.uri, item.by, item.slugline, item.urgency) == ("tag:example,2026:1", "Ada Placeholder", "FERRY/", 3)
    assert item.bodies[0].value == "<p>The ferry left.</p>"
    belga = read(BELGA)
    assert str(belga.first_created) == "2020-02-14 02:14:00+00:00"
    assert belga.bodies[0].value == "<p>Le marché couvert ouvrira.</p>\n<p>Un.</p>\n<p>Deux &amp; trois.</p>"
    assert [one.name for one in belga.subjects] == ["INT/POL", "SEA"]
    picture = read(PICTURES)
    assert (picture.uri, picture.type, picture.by) == ("urn:belga.be:image:9", "picture", "XQ")
    assert str(picture.version_created) == "2026-01-08 13:32:06+01:00"
    orange = read(ORANGE, zone="America/Toronto")
    assert str(orange.first_created) == "2026-07-16 00:05:34-04:00"
    assert [one.name for one in orange.renditions] == ["TR1"]
    assert read(APPLE).bodies[0].value == "<h2>Sails</h2>\n<p>It &lt;left&gt;.</p>"


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ({"APIResponse": {"Code": "SUCCESS", "Token": "t"}}, "the reply to a sign-in"),
        ({"geonameId": 1, "toponymName": "Salt Quay"}, "the record of a place"),
        ([{"contactId": 1, "lastName": "Placeholder"}], "an address book"),
        ({"conceptSet": []}, "a vocabulary"),
    ],
)
def test_what_is_no_copy_is_refused_with_what_it_is(value: object, what: str) -> None:
    (unit,) = units(value)
    assert unit.problem is not None
    assert what in unit.problem.title


def test_an_empty_answer_has_no_items() -> None:
    assert units({"nrImages": 0, "images": []}, format="vendor-json") == []
    (unit,) = formats.decode(b'{"what": 1}', Hints(format="vendor-json"))
    assert unit.problem is not None


HOSTILE = (None, True, -1, 1e300, "²", "9" * 5000, [1e300, 1e300], 10**18, "", "x" * 5000, [], {}, [[]], [None], [{}], {"": None}, "32/13/2026 25:99 PM", "2026-13-45")  # fmt: skip
SAMPLES = (ONCLUSIVE, EVENT, REUTERS, BELGA, PICTURES, ORANGE, APPLE)


def spoiled(value: object, steps: list[int], new: object) -> object:
    """`value` with something else at the end of a path through it."""
    if not steps or not isinstance(value, (dict, list)) or not value:
        return new
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = keys[steps[0] % len(keys)]
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[key] = spoiled(value[key], steps[1:], new)  # type: ignore[index, call-overload]
    return changed


@given(st.sampled_from(SAMPLES), st.lists(st.integers(0, 40), min_size=1, max_size=6), st.sampled_from(HOSTILE))
@settings(max_examples=600)
def test_no_value_anywhere_makes_a_reader_fall_over(sample: object, steps: list[int], new: object) -> None:
    for unit in units(spoiled(sample, steps, new), format="vendor-json"):
        if unit.problem:
            assert unit.problem.title != "The document cannot be read", unit.problem.detail


def test_every_row_is_told_by_names_its_entries_have() -> None:
    for row in ROWS:
        assert row.marks
        assert row.sign
        assert row.id
