"""JSON Feed: 1.0 and 1.1 as others write it, ours out and in again, and what is no feed."""

import json
from typing import Any

import pytest
from format_items import killed_item, restricted_item, wire_item

from dragoman import formats
from dragoman.formats import EncodeContext
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import Body, Headline, Item

FEED: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Harbour",
    "home_page_url": "https://harbour.example/",
    "feed_url": "https://harbour.example/feed.json",
    "language": "en",
    "authors": [{"name": "Harbour Agency"}],
}
STORY = "<p>The ferry left the harbour at noon with sixty passengers on board.</p>"


def units(*entries: object, **about: object) -> list[Unit]:
    return formats.decode(json.dumps(FEED | about | {"items": list(entries)}).encode(), Hints())


def only(entry: object, **about: object) -> Item:
    (unit,) = units(entry, **about)
    assert unit.item is not None, unit.problem
    return unit.item


def test_an_entry_of_a_json_feed_is_read() -> None:
    item = only(
        {
            "id": "https://harbour.example/1",
            "url": "https://harbour.example/1.html",
            "external_url": "https://valley.example/7",
            "title": "The ferry & the bridge <new>",
            "summary": "The first crossing in two years",
            "content_html": f"{STORY}<p><a href='/2.html'>More</a></p><script>alert(1)</script>",
            "date_published": "2026-05-13T09:30:00+04:00",
            "date_modified": "2026-05-13T11:00:00+04:00",
            "authors": [{"name": "Ada Placeholder", "url": "https://harbour.example/ada"}, {"name": "Ben Placeholder"}],
            "tags": ["sea", "transport & roads"],
            "attachments": [
                {
                    "url": "/1.mp3",
                    "mime_type": "audio/mpeg",
                    "title": "The horn",
                    "size_in_bytes": 12,
                    "duration_in_seconds": 3,
                }
            ],
            "image": "https://harbour.example/1.jpg",
            "_other": {"about": "https://other.example/", "shown": True},
        }
    )
    assert (item.uri, item.language, item.by) == ("https://harbour.example/1", "en", "Ada Placeholder, Ben Placeholder")
    assert item.headline == "The ferry & the bridge <new>"
    assert item.descriptions[0].value == "The first crossing in two years"
    assert '<a href="https://harbour.example/2.html">More</a>' in item.bodies[0].value
    assert "script" not in item.bodies[0].value
    assert (str(item.first_created), str(item.version_created)) == (
        "2026-05-13 09:30:00+04:00",
        "2026-05-13 11:00:00+04:00",
    )
    assert [one.name for one in item.subjects] == ["sea", "transport & roads"]
    assert [(one.type, one.uri) for one in item.associations] == [
        ("audio", "https://harbour.example/1.mp3"),
        ("picture", "https://harbour.example/1.jpg"),
        ("", "https://valley.example/7"),
    ]
    assert [(one.role, one.value) for one in item.alt_ids] == [("link", "https://harbour.example/1.html")]


def test_the_author_of_version_one_and_of_the_feed_stand_for_the_entry() -> None:
    assert only({"id": "1", "content_text": "A", "author": {"name": "Ada Placeholder"}}).by == "Ada Placeholder"
    assert only({"id": "1", "content_text": "A"}).by == "Harbour Agency"


def test_plain_content_is_plain() -> None:
    item = only({"id": 7, "content_text": "A <b> is no tag & nothing.\n\nSecond\nline."})
    assert item.bodies[0].value == "<p>A &lt;b&gt; is no tag &amp; nothing.</p>\n<p>Second<br>line.</p>"
    assert [one.value for one in item.alt_ids] == ["7"]


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "http:\\/\\/jsonfeed.org/version/1.1", "1.1"])
def test_a_json_feed_is_told_from_ninjs_whatever_its_slashes(version: str) -> None:
    body = '{"items": [{"id": "1", "content_text": "The ferry left."}], "version": "VERSION", "guid": "x"}'.replace(
        "VERSION", version
    )
    assert formats.detect(body.encode(), Hints(media_type="application/json", source="a.json")).name == "jsonfeed"
    assert formats.detect(b'{"uri": "urn:x:1", "version": "1", "items": []}', Hints()).name == "ninjs"


def test_what_has_no_place_in_an_item_is_named() -> None:
    assert "JSON Feed mood" in only({"id": "1", "content_text": "A", "mood": "good"}).ours.lost


@pytest.mark.parametrize(
    "entry",
    [
        7, None, [], "text", {}, {"id": "1"}, {"title": []}, {"content_html": {"a": 1}}, {"tags": 7}, {"title": "\u0000"},
        {"title": "T", "authors": 7, "author": [], "tags": [1, None, {}], "attachments": [1, {"url": 7}, {"url": "javascript:1"}]},
        {"title": "T", "id": True, "url": 1e300, "date_published": -1, "image": ["x"], "_dragoman": [1]},
        {"title": "T", "_dragoman": {"uri": "", "subject": [1, "x", {"name": 7}], "urgency": "99", "place": [[[]]]}},
    ],
)  # fmt: skip
def test_entries_of_the_wrong_shape_are_read_or_parked_and_stop_no_other(entry: object) -> None:
    found = units(entry, {"id": "2", "title": "The ferry"})
    assert len(found) == 2
    assert found[1].item is not None
    for unit in found:
        assert (unit.item is None) != (unit.problem is None)
        assert unit.problem is None or unit.problem.title == "An entry without title and text"


@pytest.mark.parametrize(
    "body",
    [
        b'{"version": "https://jsonfeed.org/version/1.1"}',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": {}}',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [], "items": []}',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 5000,
    ],
)
def test_what_is_no_feed_says_so(body: bytes) -> None:
    (unit,) = formats.decode(body, Hints())
    assert unit.problem is not None
    assert unit.problem.title.startswith(("This is not", "The JSON nests"))
    with pytest.raises(Undecodable):
        formats.split(body, Hints())


def test_an_embargo_that_cannot_be_read_parks_the_copy() -> None:
    (unit,) = units({"id": "1", "title": "T", "_dragoman": {"uri": "urn:x:1", "embargoedUntil": "soon"}})
    assert unit.problem is not None
    assert "embargo" in unit.problem.title


def test_what_is_written_is_a_json_feed_any_reader_knows() -> None:
    encoded = formats.encode("jsonfeed", [restricted_item()], EncodeContext(title="Harbour", language="en"))
    feed = json.loads(encoded.body)
    assert (feed["version"], feed["title"], encoded.lost) == ("https://jsonfeed.org/version/1.1", "Harbour", ())
    (entry,) = feed["items"]
    assert entry["id"] == "urn:example:ferry"
    assert entry["title"] == "The ferry sails again"
    assert entry["content_html"].startswith("<p>The ferry left")
    assert (entry["tags"], entry["authors"]) == (["transport", "sea"], [{"name": "Ada Placeholder"}])
    assert entry["_dragoman"]["about"].startswith("https://")
    assert entry["_dragoman"]["usageTerms"] == "Own services only. Not for onward distribution."
    assert [one["name"] for one in entry["_dragoman"]["subject"]] == ["transport", "sea"]


def test_a_kill_says_so_in_words_and_has_no_text() -> None:
    (entry,) = json.loads(formats.encode("jsonfeed", [killed_item()]).body)["items"]
    assert entry["title"].startswith("KILLED: ")
    assert entry["content_text"] == (
        "This copy is withdrawn: do not publish it, and remove it where it was published. The ferry did not sail."
    )
    assert "content_html" not in entry


def test_whatever_stands_in_the_copy_it_is_json() -> None:
    nasty = 'a\x00b\x08c & <d> ]]> "e" \\ \ufffe \U0001f600 \u202e'
    item = wire_item(
        headlines=(Headline(value=nasty),), by=nasty, slugline=nasty, bodies=(Body(value="<p>]]&gt;</p>"),)
    )
    json.loads(formats.encode("jsonfeed", [item], EncodeContext(title=nasty)).body)


def test_an_entry_has_the_same_bytes_however_the_feed_around_it_changes() -> None:
    entry = {"id": "1", "title": "Ferry", "date_published": "2026-05-13T09:30:00Z"}
    one = json.dumps(FEED | {"items": [entry]}).encode()
    two = json.dumps(
        FEED
        | {"next_url": "https://harbour.example/2", "description": "New", "items": [{"id": "2", "title": "B"}, entry]}
    )
    assert formats.split(one, Hints())[0].body == formats.split(two.encode(), Hints())[1].body
    changed = json.dumps(FEED | {"items": [entry | {"title": "Ferry again"}]}).encode()
    assert formats.split(one, Hints())[0].body != formats.split(changed, Hints())[0].body
    keys = [
        each.key
        for each in formats.split(json.dumps(FEED | {"items": [{"url": "/a"}, {"title": "b"}, 7]}).encode(), Hints())
    ]
    assert keys[0] == "https://harbour.example/a"
    assert keys[1].startswith("content:")
