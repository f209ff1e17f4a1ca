"""ninjs, in and out."""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from format_items import corrected_item, killed_item, restricted_item, through, wire_item, wire_items
from hypothesis import given

from dragoman import formats
from dragoman.formats import EncodeContext
from dragoman.model.arrival import Hints, Unit
from dragoman.model.item import Association, Body, Concept, Dateline, Hop, Item, Profile, Rendition

SHARED = Path(__file__).parents[3] / "shared" / "data"
SCHEMA = SHARED / "standards" / "ninjs" / "specification" / "ninjs-schema_3.1.json"


def decoded(value: object, **hints: object) -> Item:
    (unit,) = units(value, **hints)
    assert unit.item is not None, unit.problem
    return unit.item


def units(value: object, **hints: object) -> list[Unit]:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return formats.decode(body, Hints(format="ninjs", **hints))  # type: ignore[arg-type]


@given(wire_items())
def test_what_a_node_sends_another_node_reads_again(item: Item) -> None:
    once = through("ninjs", item, native=True)
    assert through("ninjs", once, native=True) == once
    for field in (
        "uri",
        "version",
        "headlines",
        "slugline",
        "by",
        "first_created",
        "version_created",
        "usage_terms",
        "ed_note",
        "urgency",
    ):
        assert getattr(once, field) == getattr(item, field), field
    assert once.bodies[0].value == item.bodies[0].value


@given(wire_items())
def test_plain_ninjs_keeps_everything_but_our_profile(item: Item) -> None:
    got = through("ninjs", item)
    assert (got.uri, got.version, got.headlines, got.bodies[0].value) == (
        item.uri,
        item.version,
        item.headlines,
        item.bodies[0].value,
    )


def test_credit_restrictions_and_embargo_travel_in_plain_ninjs() -> None:
    item = restricted_item()
    built = json.loads(formats.encode("ninjs", [item]).body)
    assert "dragoman" not in built
    assert built["copyrightNotice"] == "Harbour Agency / Example"
    assert built["usageTerms"] == item.usage_terms
    assert built["edNote"] == item.ed_note
    assert built["embargoedUntil"] == "2026-05-14T06:00:00Z"
    assert built["standard"]["version"] == "3.1"


def test_the_reason_of_a_correction_stands_in_the_editors_note() -> None:
    encoded = formats.encode("ninjs", [corrected_item()])
    assert json.loads(encoded.body)["edNote"] == "CORRECTION: It was two ferries."
    assert encoded.lost == ("correction", "correction.reason")


def test_a_kill_is_the_same_uri_canceled() -> None:
    built = json.loads(formats.encode("ninjs", [killed_item()]).body)
    assert (built["uri"], built["version"], built["pubStatus"]) == ("urn:example:ferry", "8", "canceled")


def test_what_plain_ninjs_has_no_place_for_is_named() -> None:
    item = wire_item(
        type="package",
        subjects=(Concept(name="sea", role="main"),),
        dragoman=Profile(origin="HRB", hops=(Hop(agency="HRB"),), dateline=Dateline(text="BAKU, May 13", place="BAKU")),
    )
    encoded = formats.encode("ninjs", [item])
    assert set(encoded.lost) == {"type package", "subjects.role", "dateline", "hops"}
    assert json.loads(encoded.body)["located"] == "BAKU"


@pytest.mark.shared
@pytest.mark.skipif(not SCHEMA.exists(), reason="the development data is not beside the project")
def test_what_goes_out_is_valid_against_the_schema_of_iptc() -> None:
    import jsonschema
    from referencing import Registry, Resource

    schema = json.loads(SCHEMA.read_text())
    anything = Resource.from_contents({"$schema": "https://json-schema.org/draft/2020-12/schema"})
    registry: Registry[object] = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", anything)  # type: ignore[arg-type]
    validator = jsonschema.Draft202012Validator(schema, registry=registry)  # type: ignore[arg-type]
    hard = wire_item(
        type="package",
        subjects=(Concept(name="sea", role="main", uri="not a uri"),),
        genres=(Concept(name="report", rel="x"),),
        info_sources=(Concept(name="Harbour", role="source"),),
        renditions=(Rendition(name="main", href="https://pictures.example/1.jpg", title="t"),),
    )
    samples = (Path(__file__).parents[1] / "samples" / "copy").glob("*.txt")
    read = [unit.item for path in samples for unit in formats.decode(path.read_bytes(), Hints()) if unit.item]
    assert len(read) > 8
    for item in (hard, restricted_item(), killed_item(), corrected_item(), wire_item(), *read):
        validator.validate(json.loads(formats.encode("ninjs", [item]).body))


@pytest.mark.shared
@pytest.mark.skipif(not SCHEMA.exists(), reason="the development data is not beside the project")
def test_the_examples_of_iptc_are_understood_in_every_version() -> None:
    examples = [
        path
        for path in (SCHEMA.parents[1] / "examples").rglob("*.json")
        if not path.name.startswith(("ninjs-1-4", "schema"))
    ]
    found = {path: formats.decode(path.read_bytes(), Hints(source=path.name)) for path in examples}
    items = [unit.item for each in found.values() for unit in each if unit.item]
    assert len(examples) > 20
    assert len(items) >= len(examples) - 4  # four of them are schemas and fragments
    assert all(item.uri and item.version for item in items)


def test_older_ninjs_and_its_relatives_are_read() -> None:
    item = decoded(
        {
            "guid": "tag:example,2026:1",
            "version": 4,
            "versioncreated": "2026-05-13T09:30:00+0000",
            "embargoed": "2026-05-14T06:00:00",
            "pubstatus": "cancelled",
            "byline": "Ada Placeholder",
            "headline": "The ferry sails",
            "body_html": "<p>The ferry left the harbour at noon.</p><script>alert(1)</script>",
            "description_text": "The first crossing in two years",
            "subject": [{"code": "20000337", "name": "transport", "scheme": "mediatopic"}],
            "urgency": "3",
            "usageterms": "Own services only.",
            "ednote": "Check.",
            "type": "text",
            "evolvedfrom": "tag:example,2026:0",
        },
        zone="Asia/Baku",
    )
    assert (item.uri, item.version, item.pub_status, item.by, item.urgency) == (
        "tag:example,2026:1",
        "4",
        "canceled",
        "Ada Placeholder",
        3,
    )
    assert item.embargoed_until is not None
    assert item.embargoed_until.isoformat() == "2026-05-14T06:00:00+04:00"
    assert any("time without zone" in note for note in item.ours.notes)
    assert item.subjects == (Concept(name="transport", literal="mediatopic:20000337"),)
    assert item.associations == (Association(name="evolvedFrom", rel="evolvedFrom", uri="tag:example,2026:0"),)
    assert "script" not in item.bodies[0].value


def test_a_field_that_makes_no_sense_is_dropped_and_told_not_the_item() -> None:
    item = decoded(
        {"uri": "urn:x:1", "version": "1", "urgency": 12, "places": 7, "headlines": [{"value": "The ferry sails"}]}
    )
    assert item.headline == "The ferry sails"
    assert [word.split(":")[0] for word in item.ours.lost] == ["ninjs field urgency", "ninjs field places"]


def test_an_embargo_is_never_among_the_fields_that_are_dropped() -> None:
    (unit,) = units({"uri": "urn:x:1", "embargoedUntil": "soon", "headlines": [{"value": "The ferry sails"}]})
    assert unit.item is None


def test_copy_without_id_or_version_gets_both_from_its_content() -> None:
    one, same, other = (
        decoded({"headlines": [{"value": text}]}) for text in ("The ferry sails", "The ferry sails", "The ferry sank")
    )
    assert one.uri.startswith("urn:dragoman:")
    assert (one.uri, one.version) == (same.uri, same.version)
    assert one.uri != other.uri
    assert "no uri: one made from the content" in one.ours.notes


def test_a_list_an_envelope_and_lines_are_several_units() -> None:
    one, two = ({"uri": f"urn:x:{number}", "headlines": [{"value": "The ferry sails"}]} for number in (1, 2))
    lines = f"{json.dumps(one)}\n{{broken}}\n{json.dumps(two)}\n".encode()
    assert [unit.item is not None for unit in units([one, "no item", two])] == [True, False, True]
    assert [unit.item is not None for unit in units({"_items": [one, two]})] == [True, True]
    found = units(lines)
    assert [unit.item is not None for unit in found] == [True, False, True]
    assert found[1].problem is not None
    assert "Line 2" in found[1].problem.title


@pytest.mark.parametrize(
    "body",
    [
        b'{"uri":"urn:x:1","uri":"urn:x:2"}',
        b'{"uri":"urn:x:1","headlines":[{"value":"a","value":"b"}]}',
        b'{"uri":"urn:x:1","urgency":NaN}',
        b'{"uri":"urn:x:1","urgency":Infinity}',
        b'{"uri":"urn:x:1","title":"\\ud800"}',
        b'{"uri":"urn:x:1",}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 80 + b"1" + b"}" * 80,
        b'{"uri": "urn:x:1", "urgency": ' + b"9" * 5000 + b"}",
        b'"uri"',
        b"null",
        b"{}",
        b'{"uri": 7}{"uri": 8}',
        b"\xff\xfe\x00",
        b"",
    ],
)
def test_json_with_two_meanings_or_none_is_refused_with_the_bytes_kept(body: bytes) -> None:
    (unit,) = units(body)
    assert unit.item is None
    assert unit.problem is not None
    assert unit.problem.kept == "The bytes as received."


def test_where_json_breaks_is_told_by_line_and_column() -> None:
    (unit,) = units(b'{\n "uri": "urn:x:1",\n "title": oops\n}')
    assert unit.problem is not None
    assert unit.problem.detail.startswith("line 3, column 11")


def test_the_profile_of_another_node_is_kept_and_its_text_read_again() -> None:
    item = decoded({"uri": "urn:x:1", "version": "1", "headlines": [{"value": "The ferry sails"}], "bodies": [{"value": "<p>It is red.</p>"}],
                    "dragoman": {"origin": "HRB", "credit": "Harbour", "hops": [{"agency": "HRB"}], "blocks": [{"kind": "paragraph", "text": "Forged."}]}})  # fmt: skip
    assert (item.ours.origin, item.ours.credit, item.ours.hops) == ("HRB", "Harbour", (Hop(agency="HRB"),))
    assert [block.text for block in item.ours.blocks] == ["It is red."]


def test_text_that_is_declared_wrongly_is_read_in_the_language_it_is_in() -> None:
    text = "<p>Мост через реку откроют весной, сообщили во вторник в управлении дорог области.</p>"
    item = decoded({"uri": "urn:x:1", "language": "en", "bodies": [{"value": text}]})
    assert item.language == "ru"
    assert "language declared en, read as ru" in item.ours.notes


def test_a_dateline_without_year_takes_the_items_time() -> None:
    item = decoded(
        {
            "uri": "urn:x:1",
            "firstCreated": "2026-01-01T00:20:00+04:00",
            "bodies": [{"value": "<p>BAKU, December 31 (AZERTAC) - The ferry sails.</p>"}],
        }
    )
    line = item.ours.dateline
    assert line is not None
    assert (str(line.date), line.year_from, line.country) == ("2025-12-31", "item", "AZ")
    assert item.bodies[0].value.startswith("<p>BAKU, December 31 (AZERTAC)")
    assert item.ours.blocks[0].text == "The ferry sails."


def test_several_items_are_written_as_a_list() -> None:
    encoded = formats.encode("ninjs", [wire_item(), wire_item(uri="urn:example:2")], EncodeContext(native=True))
    assert [each["uri"] for each in json.loads(encoded.body)] == ["urn:example:ferry", "urn:example:2"]
    assert msgspec.json.decode(encoded.body, type=list[Item])[0].first_created == datetime(
        2026, 5, 13, 9, 30, tzinfo=UTC
    )


def test_a_plain_text_body_becomes_html_with_its_paragraphs() -> None:
    item = wire_item(bodies=(Body(value="One & two.\n\nThree < four.", content_type="text/plain"),))
    assert through("ninjs", item).bodies[0].value == "<p>One &amp; two.</p>\n<p>Three &lt; four.</p>"
