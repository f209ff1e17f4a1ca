"""JSON Feed (1.0, 1.1), in and out. Pure.

A correction is the same id with a later `date_modified`; copy taken back is an entry that says so instead of its text. What
the format has no field for stands in the extension ``_dragoman``, by the names of our own elements in RSS and Atom.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dragoman.formats._carried import is_gone
from dragoman.formats._feed.entry import NS, Channel, Feed, FeedEntry, Link, Media
from dragoman.formats._feed.item import units_of
from dragoman.formats._feed.markup import escaped, is_absolute, resolved
from dragoman.formats._feed.media import side
from dragoman.formats._feed.written import lost_in_feed, marked_title, page_of, places, withdrawn, words_of
from dragoman.formats._json import parse_json
from dragoman.formats._own_words import Words
from dragoman.formats._shape import EncodeContext, Encoded, Entry, Format, suits
from dragoman.formats._times import rfc3339
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import Item
from dragoman.text.cleaning import clean

Json = dict[str, Any]

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"
OWN = "_dragoman"

_NAMED = b"jsonfeed.org/version/"
_KEYS = (b'"items"', b'"version"')
_OF_FEED = (b'"home_page_url"', b'"feed_url"', b'"content_html"', b'"content_text"', b'"date_published"')
_LASTING = ("version", "title", "home_page_url", "feed_url", "language", "authors", "author")
"""What the feed says of itself that an entry inherits; the rest may change at every poll."""
_READ = frozenset(
    {
        "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
        "date_published", "date_modified", "authors", "author", "tags", "language", "attachments", OWN,
    }
)  # fmt: skip
_MOST = 200
_MOST_BYTES = 100_000_000  # of the frames of all entries together
_PARTS = frozenset(
    [
        "description",
        "subject",
        "place",
        "person",
        "organisation",
        "genre",
        "infoSource",
        "altId",
        "rendition",
        "association",
        "event",
        "plannedCoverage",
        "dateline",
        "taken",
        "eventDetails",
        "alternativeHeadline",
    ]
)
"""Our words that are parts of the item and not lines of text."""


def detect(data: bytes, hints: Hints) -> float:
    """JSON that names its version of JSON Feed, or has the keys only that has."""
    if not data[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"{"):
        return 0.0
    head = data[:200_000].replace(b"\x00", b"").replace(b"\\/", b"/")
    if _NAMED in head:
        return 1.0
    if not all(key in head for key in _KEYS) or not any(key in head for key in _OF_FEED):
        return 0.0
    return min(1.0, 0.8 + suits(hints, FORMAT.media_types, FORMAT.suffixes))


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit an item. Duplicate keys, NaN and deep nesting make the document undecodable."""
    yield from units_of(read, data, hints)


def split(data: bytes, hints: Hints) -> list[Entry]:
    """Each item as a document of its own, with what the feed says for all. Raises: Undecodable, where it is no feed."""
    feed, entries, _ = _document(data, hints)
    frame = {key: feed[key] for key in _LASTING if key in feed}
    if len(json.dumps(frame)) * len(entries) > _MOST_BYTES:
        raise Undecodable("What the feed says of itself is too long to stand with each entry")
    return [_alone(frame, entry, _base(feed, hints)) for entry in entries]


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """A JSON Feed 1.1 of `items` in the order given."""
    listed = list(items)
    feed: Json = {"version": VERSION, "title": clean(context.title), "home_page_url": context.site}
    if context.href:
        feed["feed_url"] = context.href
    if context.language:
        feed["language"] = context.language
    feed["items"] = [_written(item) for item in listed]
    return Encoded(body=msgspec.json.encode(feed), media_type=MEDIA_TYPE, lost=lost_in_feed(listed, FORMAT.places))


FORMAT = Format(
    name="jsonfeed",
    title="JSON Feed 1.0, 1.1",
    media_types=(MEDIA_TYPE, "application/json"),
    suffixes=(".jsonfeed", ".json"),
    detect=detect,
    opens=b"{[",
    decode=decode,
    encode=encode,
    split=split,
    places=places(
        "_dragoman.",
        uri="id, _dragoman.uri",
        headline="title",
        body="content_html",
        first_created="date_published, _dragoman.firstCreated",
        version_created="date_modified, _dragoman.versionCreated",
        language="language",
        by="authors.name",
        summary="summary",
        subjects="tags",
        associations="attachments, _dragoman.association",
    )
    | {"links and emphasis": "content_html"},
)


def read(data: bytes, hints: Hints) -> Feed:
    """The feed as sent. Raises: Undecodable."""
    feed, entries, notes = _document(data, hints)
    about = Channel(
        title=_text(feed, "title"),
        link=_text(feed, "home_page_url"),
        id=_text(feed, "feed_url") or _text(feed, "home_page_url"),
        language=_text(feed, "language"),
        author=_authors(feed),
    )
    base = _base(feed, hints)
    return Feed(channel=about, entries=tuple(_entry(entry, base) for entry in entries), notes=notes)


def _document(data: bytes, hints: Hints) -> tuple[Json, list[Json], tuple[str, ...]]:
    value, notes = parse_json(data, hints)
    entries = value.get("items") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(entries, list):
        raise Undecodable("This is not a JSON Feed", "no list of items")
    return value, [entry if isinstance(entry, dict) else {} for entry in entries], notes


def _base(feed: Json, hints: Hints) -> str:
    known = (_text(feed, "home_page_url"), _text(feed, "feed_url"), hints.source)
    return next((one for one in known if is_absolute(one) and one.lower().startswith("http")), "")


def _entry(said: Json, base: str) -> FeedEntry:
    own = _own(said.get(OWN))
    text = _text(said, "content_text")
    elsewhere = _text(said, "external_url")
    return FeedEntry(
        id=_text(said, "id"),
        link=_text(said, "url") or elsewhere,
        title=escaped(_text(said, "title")),
        summary=escaped(_text(said, "summary")),
        content=_text(said, "content_html") or _paragraphs(text),
        author=_authors(said),
        published=_text(said, "date_published"),
        updated=_text(said, "date_modified"),
        language=_text(said, "language"),
        categories=tuple((tag, "", "") for tag in _listed(said, "tags") if isinstance(tag, str) and tag.strip()),
        media=tuple(_media(said, base)),
        links=(Link(href=elsewhere, rel="related"),) if elsewhere and _text(said, "url") else (),
        own=own,
        base=base,
        lost=tuple(f"JSON Feed {key}" for key in list(said)[:_MOST] if key not in _READ and not key.startswith("_")),
    )


def _text(said: Json, key: str) -> str:
    """A string; a number is one too (some write their ids so)."""
    value = said.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def _listed(said: Json, key: str) -> list[Any]:
    value = said.get(key)
    return value[:_MOST] if isinstance(value, list) else []


def _authors(said: Json) -> str:
    people = [*_listed(said, "authors"), said.get("author")]  # `author` is that of 1.0
    names = [_text(one, "name") or _text(one, "url") for one in people if isinstance(one, dict)]
    return ", ".join(dict.fromkeys(filter(None, names)))


def _paragraphs(text: str) -> str:
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return "".join(f"<p>{'<br>'.join(escaped(part).splitlines())}</p>" for part in parts if part)


def _media(said: Json, base: str) -> Iterator[Media]:
    """The attachments, and the picture that stands for the entry; each address once."""
    seen: set[str] = set()
    shown = [{"url": said.get(key), "mime_type": "image/jpeg"} for key in ("image", "banner_image")]
    for one in (*_listed(said, "attachments"), *shown):
        href = resolved(_text(one, "url"), base) if isinstance(one, dict) else ""
        if href.lower().startswith(("http://", "https://")) and href not in seen:
            seen.add(href)
            yield Media(
                href=href,
                content_type=_text(one, "mime_type"),
                title=_text(one, "title"),
                width=side(_text(one, "width")),
                height=side(_text(one, "height")),
            )


def _own(said: object) -> Words:
    """Our own words: a line of text each, lists as their parts."""
    if not isinstance(said, dict):
        return ()
    words: list[tuple[str, str]] = []
    for name, value in said.items():
        if isinstance(value, str) and name != "about":
            words.append((name, value))
        elif isinstance(value, list):
            words += [(name, json.dumps(part, ensure_ascii=False)) for part in value[:_MOST]]
    return tuple(words)


def _alone(frame: Json, entry: Json, base: str) -> Entry:
    body = json.dumps({**frame, "items": [entry]}, ensure_ascii=False, separators=(",", ":")).encode()
    link = resolved(_text(entry, "url") or _text(entry, "external_url"), base)
    made = hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()
    return Entry(_text(entry, "id") or link or f"content:{made}", body, link)


def _written(item: Item) -> Json:
    gone = is_gone(item)
    pictures = [one for each in item.associations for one in each.renditions[:1] if one.href and not gone]
    said: Json = {
        "id": clean(item.uri),
        "url": page_of(item),
        "title": marked_title(item),
        "content_text": withdrawn(item) if gone else "",
        "content_html": clean(item.bodies[0].value) if item.bodies and not gone else "",
        "summary": clean(item.descriptions[0].value) if item.descriptions and not gone else "",
        "image": next((clean(one.href) for one in pictures if one.content_type.startswith("image/")), ""),
        "date_published": rfc3339(item.first_created) if item.first_created else "",
        "date_modified": rfc3339(item.version_created) if item.version_created else "",
        "authors": [{"name": clean(item.by)}] if item.by else [],
        "language": item.language,
        "tags": [clean(one.name or one.uri or one.literal) for one in item.subjects],
        "attachments": [_attachment(clean(one.href), one.content_type, clean(one.title)) for one in pictures],
        OWN: _own_written(item),
    }
    # One of the two contents must be there (JSON Feed 1.1, items), if only to say that there is none.
    return {key: value for key, value in said.items() if value or (key == "content_html" and not gone)}


def _attachment(href: str, content_type: str, title: str) -> Json:
    said = {"url": href, "mime_type": content_type or "application/octet-stream", "title": title}
    return {key: value for key, value in said.items() if value}


def _own_written(item: Item) -> Json:
    said: Json = {"about": NS}
    for name, word in words_of(item):
        if name in _PARTS:
            said.setdefault(name, []).append(json.loads(word))
        else:
            said[name] = word
    return said
