"""ninjs in its versions and Superdesk's variant: which one it is, what each can say, and whether it is valid."""

import json
from pathlib import Path

import pytest
from format_items import corrected_item, killed_item, restricted_item, through, wire_item, wire_items
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman import formats
from dragoman.formats.ninjs import FORMATS
from dragoman.formats.ninjs.validity import VERSIONS, problems
from dragoman.formats.ninjs.versions import is_known, version_of
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import NotFound
from dragoman.model.item import TRANSLATION_OF, AltId, Association, Concept, Dateline, Item, Profile, Rendition

SUITES = Path(__file__).parents[3] / "shared" / "data" / "standards" / "ninjs" / "validation" / "test_suite"
STANDARD = {"ninjs": "3.1", "ninjs-2.2": "2.2", "ninjs-1.6": "1.6"}
HARD = wire_item(
    type="package",
    subjects=(Concept(name="sea", role="main", uri="not a uri"), Concept(uri="https://x.example/"), Concept(name="a")),
    genres=(Concept(name="x", uri="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"),),
    info_sources=(Concept(name="Harbour", role="source"), Concept(name="Ada", role="author")),
    renditions=(Rendition(name="main", href="https://pictures.example/1.jpg", title="t"), Rendition(name="main")),
    alt_ids=(AltId(role="desk", value="1"), AltId(role="desk", value="2"), AltId(value="3")),
    associations=(
        Association(name="a b!", uri="urn:example:2", type="event"),
        Association(name="a b!", type="picture", renditions=(Rendition(name="x", href="https://pictures.example/2.jpg"),)),
        Association(name="original", rel=TRANSLATION_OF, uri="urn:example:original"),
        Association(name="nothing"),
    ),
    places=(Concept(name="Salt Quay", role="x"),),
)  # fmt: skip


def units(value: object, **hints: object) -> list[Unit]:
    return formats.decode(json.dumps(value).encode(), Hints(format="ninjs", **hints))  # type: ignore[arg-type]


def read(value: object, **hints: object) -> Item:
    unit, *_ = units(value, **hints)
    assert unit.item is not None, unit.problem
    return unit.item


@pytest.mark.parametrize(
    ("document", "version"),
    [
        ({"uri": "urn:x:1", "standard": {"name": "ninjs", "version": "2.1"}}, "2.1"),
        ({"uri": "urn:x:1", "$standard": {"version": "1.3"}, "headlines": []}, "1.3"),
        ({"uri": "urn:x:1", "standard": {"schema": "https://iptc.org/std/ninjs/ninjs-schema_3.0.json"}}, "3.0"),
        ({"uri": "urn:x:1", "$schema": "https://iptc.org/std/ninjs/ninjs-schema_1.10.json"}, "1.10"),
        ({"uri": "urn:x:1", "pubStatus": "usable"}, "3.1"),
        ({"uri": "urn:x:1", "headlines": []}, "3.1"),
        ({"uri": "urn:x:1", "headlines": [], "pubstatus": "usable"}, "2.2"),
        ({"uri": "urn:x:1", "headline": "a", "pubstatus": "usable"}, "1.6"),
        ({"uri": "urn:x:1", "body_html": "a"}, "1.6"),
        ({"guid": "urn:x:1", "headline": "a"}, "superdesk"),
        ({"uri": "urn:x:1"}, "3.1"),
    ],
)
def test_which_version_it_is_is_said_or_shows(document: dict[str, object], version: str) -> None:
    assert version_of(document) == version


def test_versions_are_compared_as_numbers() -> None:
    assert [is_known(each) for each in ("1.6", "1.10", "3.1", "3.2", "4.0", "superdesk")] == [True, False, True, False, False, True]  # fmt: skip
    item = read({"uri": "urn:x:1", "standard": {"version": "3.10"}, "headlines": [{"value": "a"}], "ednote": "b"})
    assert "ninjs 3.10, read as the newest known" in item.ours.notes


@pytest.mark.parametrize("name", STANDARD)
@pytest.mark.parametrize("item", [HARD, wire_item(), restricted_item(), killed_item(), corrected_item()])
def test_what_is_written_is_valid_by_the_schema_of_its_version(name: str, item: Item) -> None:
    assert problems(json.loads(formats.encode(name, [item]).body), STANDARD[name]) == []


@given(wire_items())
@settings(max_examples=40)
def test_whatever_is_written_is_valid(item: Item) -> None:
    for name, version in STANDARD.items():
        assert problems(json.loads(formats.encode(name, [item]).body), version) == []


@pytest.mark.shared
@pytest.mark.skipif(not SUITES.exists(), reason="the development data is not beside the project")
@pytest.mark.parametrize("version", VERSIONS)
def test_the_suites_of_iptc_are_judged_as_iptc_judges_them(version: str) -> None:
    for folder, is_good in (("should_pass", True), ("should_fail", False)):
        for path in (SUITES / version / folder).glob("*.json"):
            try:
                found = problems(json.loads(path.read_bytes()), version)
            except ValueError:
                found = ["no JSON"]
            assert (not found) == is_good, path.name


def test_what_is_wrong_is_named_by_its_field() -> None:
    wrong = {"uri": "urn:x:1", "headlines": [{"role": "main"}], "urgency": 12, "colour": "red", "places": [{"geoJSON": {"type": "Blob"}}]}  # fmt: skip
    found = problems(wrong, "3.1")
    assert [each.split(":")[0] for each in found if "headlines" in each] == ["headlines[0]"]
    assert any(each.startswith("urgency:") for each in found)
    assert any(each.startswith("places[0].geoJSON") for each in found)
    assert problems(7) != []
    assert all(problems({}, version) for version in VERSIONS[1:])
    with pytest.raises(NotFound):
        problems({}, "9.9")


def test_the_variant_of_superdesk_has_the_names_newshub_knows() -> None:
    built = json.loads(formats.encode("superdesk", [replace(restricted_item(), subjects=(Concept(name="News", literal="service:n"), Concept(name="sea", rel="keyword"), Concept(name="transport", uri="http://cv.iptc.org/newscodes/mediatopic/20000337")), associations=(Association(name="evolvedFrom", rel="evolvedFrom", uri="urn:example:first"),))]).body)  # fmt: skip
    assert (built["guid"], built["type"], built["version"]) == ("urn:example:ferry", "text", "7")
    assert (built["firstcreated"], built["versioncreated"]) == ("2026-05-13T09:30:00+0000", "2026-05-13T09:45:00+0000")
    assert (built["headline"], built["byline"], built["priority"]) == ("The ferry sails again", "Ada Placeholder", 3)
    assert built["evolvedfrom"] == "urn:example:first"
    assert built["service"] == [{"name": "News", "code": "n"}]
    assert built["keywords"] == ["sea"]
    assert built["subject"] == [{"name": "transport", "scheme": "http://cv.iptc.org/newscodes/mediatopic/", "code": "20000337"}]  # fmt: skip
    assert built["body_html"].startswith("<p>")


@pytest.mark.parametrize("name", [each.name for each in FORMATS])
def test_what_it_translates_is_said_in_every_version(name: str) -> None:
    item = wire_item(associations=(Association(name="original", rel=TRANSLATION_OF, uri="urn:example:original"),))
    (found,) = through(name, item).associations
    assert (found.rel, found.uri) == (TRANSLATION_OF, "urn:example:original")


def test_copy_of_superdesk_is_read_whole() -> None:
    item = read(
        {
            "guid": "20260513001315",
            "uri": "https://cms.example/contentapi/items/20260513001315",
            "version": 3,
            "_current_version": 5,
            "versioncreated": "2026-05-13T09:45:00+0000",
            "state": "corrected",
            "headline": "The ferry sails",
            "extra": {"headline_extended": "The ferry sails again", "doi": "10.1/x"},
            "body_html": "<p>The ferry left the harbour at noon.</p>",
            "abstract": "<p>First crossing</p>",
            "keywords": ["sea", ""],
            "service": [{"code": "n", "name": "News"}],
            "anpa_category": [{"qcode": "i", "name": "World"}],
            "subject": [{"qcode": "01000000", "name": "arts"}, {"scheme": "http://cv.iptc.org/newscodes/mediatopic", "code": "20000337"}],
            "source": "Harbour Agency",
            "creditline": "HA / Example",
            "authors": [{"name": "Ada Placeholder", "role": "writer"}, {"name": "Ole Placeholder", "role": "editor"}],
            "dateline": {"text": "SALT QUAY, May 13 HA -", "located": {"city": "Salt Quay", "country_code": "AZ"}},
            "rewrite_of": "20260513001314",
            "priority": 2,
            "_links": {"self": 1},
            "lock_user": "x",
            "sign_off": "AP",
            "associations": {"featuremedia": None, "gallery--1": {"guid": "p1", "type": "picture", "headline": "Quay", "renditions": {"original": {"href": "https://p.example/1.jpg", "width": 10.0, "mimetype": "image/jpeg"}}}},
        },
        agency="HRB",
    )  # fmt: skip
    assert (item.version, item.by, item.located, item.urgency) == ("5", "Ada Placeholder", "Salt Quay", 2)
    assert [(one.role, one.value) for one in item.alt_ids] == [("uri", "https://cms.example/contentapi/items/20260513001315"), ("guid", "20260513001315")]  # fmt: skip
    assert [(one.value, one.role) for one in item.headlines] == [("The ferry sails", ""), ("The ferry sails again", "extended")]  # fmt: skip
    assert [(one.name, one.uri or one.literal or one.rel) for one in item.subjects] == [
        ("arts", "01000000"),
        ("", "http://cv.iptc.org/newscodes/mediatopic/20000337"),
        ("News", "service:n"),
        ("World", "service:i"),
        ("sea", "keyword"),
    ]
    assert [(one.name, one.role) for one in item.info_sources] == [("Harbour Agency", "source"), ("Ada Placeholder", "writer"), ("Ole Placeholder", "editor")]  # fmt: skip
    assert item.ours.credit == "HA / Example"
    assert item.ours.dateline is not None
    assert item.ours.dateline.place == "Salt Quay"
    assert item.ours.correction is not None
    assert item.ours.correction.kind == "correction"
    first, picture = sorted(item.associations, key=lambda one: one.rel == "")
    assert first.rel == "evolvedFrom"
    assert first.uri == read({"guid": "20260513001314", "headline": "a"}, agency="HRB").uri
    assert picture.renditions == (Rendition(name="original", href="https://p.example/1.jpg", content_type="image/jpeg", width=10),)  # fmt: skip
    assert item.ours.lost == ("ninjs field sign_off",)


def test_an_embargo_of_superdesk_holds_wherever_it_stands() -> None:
    for said in (
        {"embargoed": "2026-05-14T06:00:00+00:00"},
        {"embargo": "2026-05-14T06:00:00+0000"},
        {"schedule_settings": {"utc_embargo": "2026-05-14T06:00:00+0000"}},
    ):
        item = read({"guid": "urn:x:1", "headline": "a", **said})
        assert item.embargoed_until is not None
        assert item.embargoed_until.isoformat() == "2026-05-14T06:00:00+00:00"
    (unit,) = units({"guid": "urn:x:1", "headline": "a", "embargoed": True})
    assert unit.item is None
    assert read({"guid": "urn:x:1", "headline": "a", "embargoed": None}).embargoed_until is None


@pytest.mark.parametrize("state", ["killed", "recalled", "spiked"])
def test_copy_a_house_has_taken_back_is_taken_back(state: str) -> None:
    assert read({"guid": "urn:x:1", "headline": "a", "state": state, "pubstatus": "usable"}).pub_status == "canceled"


def test_copy_that_stands_whole_in_a_package_is_a_unit_of_its_own() -> None:
    found = units({"guid": "urn:x:1", "type": "composite", "headline": "a", "associations": {"main-0": {"guid": "urn:x:2", "type": "text", "headline": "b", "body_html": "<p>One.</p>", "associations": {"e": {"guid": "urn:x:3", "type": "text", "body_html": "<p>Two.</p>"}}}, "main-1": {"guid": "urn:x:4", "type": "picture"}}})  # fmt: skip
    assert [unit.item.uri for unit in found if unit.item] == ["urn:x:1", "urn:x:2", "urn:x:3"]


def test_the_envelopes_of_interfaces_are_opened() -> None:
    one = {"guid": "urn:x:1", "headline": "a"}
    for envelope in ({"_items": [one]}, {"total": 1, "item": [one]}, {"hits": {"hits": [{"_source": one}]}}, [one]):
        assert [unit.item.uri for unit in units(envelope) if unit.item] == ["urn:x:1"]
    assert units({"_items": [], "_meta": {"total": 0}}) == []


HOSTILE = (None, True, -1, 1e300, "²", "9" * 5000, [1e300, 1e300], "", "x" * 5000, [], {}, [[]], [None], [{}], {"": None}, {"name": []}, {"guid": 7}, ["\x00"], {"$date": 7})  # fmt: skip
KEYS = ("uri", "guid", "_id", "version", "type", "headline", "headlines", "headline_", "body_html", "body_", "bodies", "descriptions", "description_text", "subject", "subjects", "place", "service", "keywords", "source", "authors", "bylines", "evolvedfrom", "associations", "renditions", "altids", "altIds", "dateline", "extra", "state", "signal", "priority", "urgency", "pubstatus", "schedule_settings", "embargoed", "standard", "$schema", "eventDetails", "dragoman", "firstcreated", "genre", "infosource", "digitalsourcetype", "objects", "language", "by")  # fmt: skip


@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(HOSTILE), max_size=8))
@settings(max_examples=600)
def test_no_value_in_any_field_makes_a_reader_fall_over(document: dict[str, object]) -> None:
    for unit in units(document):
        assert unit.item is not None or unit.problem is not None
        if unit.problem:
            assert unit.problem.title != "The document cannot be read", unit.problem.detail
        if unit.item:
            for each in FORMATS:
                formats.encode(each.name, [unit.item])


def test_the_place_of_the_dateline_goes_along_where_no_other_is_said() -> None:
    item = wire_item(dragoman=Profile(dateline=Dateline(text="SALT QUAY, May 13 (HA)", place="SALT QUAY")))
    for each in FORMATS:
        assert json.loads(formats.encode(each.name, [item]).body)["located"] == "SALT QUAY"
