"""A family links in every output, and the link to the original is read again."""

import json
from pathlib import Path

import pytest
from lxml import etree

from dragoman import formats
from dragoman.model.arrival import Hints
from dragoman.model.item import TRANSLATION, TRANSLATION_OF, Association, Body, Headline, Item

SCHEMA = Path(__file__).parents[3] / "shared/data/standards/ninjs/specification/ninjs-schema_3.1.json"
ATOM = "{http://www.w3.org/2005/Atom}"


def french() -> Item:
    return Item(
        uri="urn:adr:bridge:fr",
        version="1",
        language="fr",
        headlines=(Headline(value="Le pont rouvre"),),
        bodies=(Body(value="<p>Le vieux pont rouvre au printemps, a dit la mairie.</p>"),),
        associations=(
            Association(name="original", rel=TRANSLATION_OF, uri="urn:adr:bridge", version="2", language="en"),
            Association(name="version-ar", rel=TRANSLATION, uri="urn:adr:bridge:ar", language="ar"),
            Association(name="version-und", rel=TRANSLATION, uri="urn:adr:bridge:x", language="und"),
        ),
    )


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_in_a_feed_the_language_versions_are_links_with_their_languages(name: str) -> None:
    encoded = formats.encode(name, [french()])
    links = [
        (one.get("rel"), one.get("hreflang"), one.get("href"))
        for one in etree.fromstring(encoded.body).iter(f"{ATOM}link")
    ]
    assert links == [
        ("alternate", "en", "urn:adr:bridge"),
        ("alternate", "ar", "urn:adr:bridge:ar"),
        ("alternate", None, "urn:adr:bridge:x"),
    ]
    assert "associations.rel" not in encoded.lost


def test_in_plain_text_they_are_lines_of_the_header() -> None:
    encoded = formats.encode("text", [french()])
    assert "original: urn:adr:bridge\nversions: ar urn:adr:bridge:ar; und urn:adr:bridge:x\n" in encoded.body.decode()
    assert "associations" not in encoded.lost


@pytest.mark.parametrize("name", ["rss", "atom", "text", "ninjs"])
def test_what_it_translates_is_read_again_from_every_format(name: str) -> None:
    (unit,) = formats.decode(formats.encode(name, [french()]).body, Hints(format=name))
    assert unit.item is not None
    assert [(one.rel, one.uri) for one in unit.item.associations if one.is_original] == [
        ("translationOf", "urn:adr:bridge")
    ]
    assert (unit.item.uri, unit.item.headline) == ("urn:adr:bridge:fr", "Le pont rouvre")


def test_in_ninjs_they_are_associations_with_language_and_version() -> None:
    built = json.loads(formats.encode("ninjs", [french()]).body)
    assert built["associations"][0] == {
        "name": "original",
        "rel": "translationOf",
        "uri": "urn:adr:bridge",
        "version": "2",
        "language": "en",
    }


@pytest.mark.shared
@pytest.mark.skipif(not SCHEMA.exists(), reason="IPTC's schema is not beside the project")
def test_the_associations_are_valid_ninjs() -> None:
    import jsonschema

    built = json.loads(formats.encode("ninjs", [french()]).body)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(built)
