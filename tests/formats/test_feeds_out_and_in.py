"""RSS, Atom and JSON Feed, out and in again: what must travel does, and copy taken back is gone from all."""

import pytest
from format_items import corrected_item, killed_item, restricted_item, through, wire_item, wire_items
from hypothesis import given
from lxml import etree

from dragoman import formats
from dragoman.formats import EncodeContext
from dragoman.model.arrival import Hints
from dragoman.model.item import Association, Body, Concept, Headline, Hop, Item, Profile, Rendition

FEEDS = pytest.mark.parametrize("name", ["rss", "atom", "jsonfeed"])
TRAVELS = (
    "uri", "version", "first_created", "version_created", "pub_status", "embargoed_until", "usage_terms", "ed_note",
    "copyright_holder", "by", "urgency", "slugline", "headlines", "subjects", "language", "descriptions",
)  # fmt: skip


@FEEDS
@given(item=wire_items())
def test_copy_comes_back_as_it_was_sent(name: str, item: Item) -> None:
    got = through(name, item)
    for field in TRAVELS:
        assert getattr(got, field) == getattr(item, field), field
    assert got.bodies[0].value == item.bodies[0].value


@FEEDS
def test_credit_terms_note_and_embargo_travel_with_every_copy(name: str) -> None:
    sent = restricted_item()
    got = through(name, sent)
    for field in TRAVELS:
        assert getattr(got, field) == getattr(sent, field), field
    assert got.ours.credit == sent.ours.credit


@FEEDS
def test_the_text_of_a_kill_is_gone_and_the_reason_is_there(name: str) -> None:
    body = formats.encode(name, [killed_item()]).body.decode()
    assert "left the harbour" not in body
    assert "The ferry did not sail." in body
    got = through(name, killed_item())
    assert (got.uri, got.version, got.pub_status, got.bodies) == ("urn:example:ferry", "8", "canceled", ())
    assert got.ours.correction is not None
    assert got.ours.correction.kind == "kill"


@FEEDS
def test_held_copy_goes_out_without_its_text(name: str) -> None:
    body = formats.encode(name, [wire_item(pub_status="withheld")]).body.decode()
    assert "left the harbour" not in body
    assert through(name, wire_item(pub_status="withheld")).pub_status == "withheld"


def test_a_kill_in_atom_is_a_tombstone() -> None:
    root = etree.fromstring(formats.encode("atom", [killed_item(), wire_item(uri="urn:example:2")]).body)
    (tombstone,) = root.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert (tombstone.get("ref"), tombstone.get("when")) == ("urn:example:ferry", "2026-05-13T13:45:00+04:00")


def test_a_tombstone_of_any_sender_is_a_kill() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
      <at:deleted-entry ref="tag:example,2026:1" when="2026-05-13T09:30:00Z"><at:comment>Wrong town.</at:comment></at:deleted-entry></feed>"""
    (unit,) = formats.decode(body, Hints())
    assert unit.item is not None
    assert (unit.item.uri, unit.item.pub_status, unit.item.bodies) == ("tag:example,2026:1", "canceled", ())
    assert unit.item.ours.correction is not None
    assert (unit.item.ours.correction.kind, unit.item.ours.correction.reason) == ("kill", "Wrong town.")


def test_a_correction_in_rss_is_an_entry_of_its_own_that_says_so() -> None:
    root = etree.fromstring(formats.encode("rss", [wire_item(), corrected_item()]).body)
    titles = [element.findtext("title") for element in root.iter("item")]
    guids = [element.findtext("guid") for element in root.iter("item")]
    assert titles == ["The ferry sails again", "CORRECTION: The ferry sails again"]
    assert len(set(guids)) == 2
    got = through("rss", corrected_item())
    assert (got.uri, got.version, got.headline) == ("urn:example:ferry", "8", "The ferry sails again")
    assert got.ours.correction == corrected_item().ours.correction


def test_a_correction_in_atom_is_the_same_id() -> None:
    root = etree.fromstring(formats.encode("atom", [wire_item(), corrected_item()]).body)
    ids = [element.findtext("{*}id") for element in root.findall("{*}entry")]
    assert ids == ["urn:example:ferry", "urn:example:ferry"]


@FEEDS
def test_pictures_travel_as_references(name: str) -> None:
    picture = Association(name="picture-1", type="picture", uri="https://pictures.example/1.jpg",
                          renditions=(Rendition(name="main", href="https://pictures.example/1.jpg", content_type="image/jpeg", title="The ferry"),))  # fmt: skip
    assert through(name, wire_item(associations=(picture,))).associations == (picture,)


@FEEDS
def test_what_a_feed_has_no_place_for_is_named(name: str) -> None:
    assert formats.encode(name, [wire_item(dragoman=Profile(hops=(Hop(agency="HBR"),)))]).lost == ("hops",)
    full = wire_item(
        type="picture", places=(Concept(name="Harbour"),), headlines=(Headline(value="One"), Headline(value="Two"))
    )
    assert formats.encode(name, [full]).lost == ()


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_a_feed_is_well_formed_whatever_is_in_the_copy(name: str) -> None:
    nasty = "a\x00b\x08c & <d> ]]> \ufffe \U0001f600 \u202e"
    item = wire_item(
        headlines=(Headline(value=nasty),), by=nasty, slugline=nasty, bodies=(Body(value="<p>]]&gt; &amp; x</p>"),)
    )
    root = etree.fromstring(
        formats.encode(name, [item], EncodeContext(title=nasty, language="az", href="https://x.example/feed")).body
    )
    assert len(root) > 0
    assert through(name, item).bodies[0].value == "<p>]]&gt; &amp; x</p>"


@FEEDS
def test_an_empty_feed_is_a_feed(name: str) -> None:
    assert formats.decode(formats.encode(name, []).body, Hints()) == []


@FEEDS
def test_each_entry_of_a_feed_is_a_document_of_its_own(name: str) -> None:
    items = [
        wire_item(uri=f"urn:example:{number}", headlines=(Headline(value=f"Ferry number {number}"),))
        for number in range(4)
    ]
    body = formats.encode(name, items, EncodeContext(title="Harbour", language="en")).body
    entries = formats.split(body, Hints())
    assert [entry.key for entry in entries] == [item.uri for item in items]
    whole = [unit.item for unit in formats.decode(body, Hints())]
    alone = [unit.item for entry in entries for unit in formats.decode(entry.body, Hints(format=name))]
    assert alone == whole


@FEEDS
def test_an_entry_that_did_not_change_has_the_same_bytes_at_the_next_poll(name: str) -> None:
    first = formats.encode(name, [wire_item()], EncodeContext(updated=wire_item().first_created)).body
    second = formats.encode(
        name, [wire_item(uri="urn:example:new"), wire_item()], EncodeContext(updated=wire_item().version_created)
    ).body
    assert formats.split(first, Hints())[0].body == formats.split(second, Hints())[1].body


def test_copy_without_any_time_gets_none_from_atom() -> None:
    got = through("atom", wire_item(first_created=None, version_created=None))
    assert (got.first_created, got.version_created) == (None, None)
