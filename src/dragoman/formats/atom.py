"""Atom (RFC 4287), in and out; copy taken back is a tombstone (RFC 6721, at:deleted-entry). Pure.

A correction is the same id with a later `updated`; our own elements say the version and the state.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from lxml import etree

from dragoman.formats._carried import credit, is_gone
from dragoman.formats._feed import ATOM, NS, TOMBSTONES, Channel, Feed, FeedEntry, recovered, split_bytes, split_tree
from dragoman.formats._feed_elements import (
    MEDIA,
    add_own,
    add_versions,
    children,
    first,
    language_of,
    media_of,
    own_words,
    sub,
)
from dragoman.formats._feed_item import lost_in_feed, marked_title, own_elements, units_of
from dragoman.formats._identity import made_uri
from dragoman.formats._shape import EncodeContext, Encoded, Entry, Format, suits
from dragoman.formats._times import rfc3339
from dragoman.formats._xml import local, markup_of, parse_xml, text_of, xml_text
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import Item
from dragoman.text.cleaning import clean

MEDIA_TYPE = "application/atom+xml"
_ROOT = re.compile(rb"<(?:[A-Za-z]\w*:)?(feed|entry|deleted-entry)[\s>]", re.IGNORECASE)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_ENTRIES = ("entry", "deleted-entry")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def detect(data: bytes, hints: Hints) -> float:
    """XML whose root is ``feed`` or ``entry``."""
    head = data[:8000].replace(b"\x00", b"")
    if not _ROOT.search(head) or b"<rss" in head[:2000].lower():
        return 0.0
    known = 0.1 if ATOM.encode() in head else 0.0
    return min(1.0, 0.7 + known + suits(hints, FORMAT.media_types, FORMAT.suffixes))


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit an entry or tombstone; a feed that is not well-formed is read by a forgiving parser, and says so."""
    yield from units_of(_feed, data, hints)


def split(data: bytes, hints: Hints) -> list[Entry]:
    """Each entry as a document of its own, in the feed's frame. Raises: Undecodable, where it is no feed."""
    text, _ = xml_text(data, hints)
    try:
        root = parse_xml(text)
    except Undecodable:
        if entries := split_bytes(data):
            return entries
        raise
    if local(root) in _ENTRIES:
        return [Entry(_key(root), data, _page(root))]
    nodes = _nodes(root)
    return split_tree(root, nodes, [_key(node) for node in nodes], [_page(node) for node in nodes])


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """An Atom document of `items` in the order given; those taken back as tombstones."""
    listed = list(items)
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "at": TOMBSTONES, "media": MEDIA[0], "dragoman": NS})
    if context.language:
        root.set(_LANG, context.language)
    _atom(root, "title", clean(context.title))
    _atom(root, "id", context.href or made_uri(context.title, context.site))
    moments = [moment for item in listed if (moment := _updated(item)) != _NEVER]
    _atom(root, "updated", rfc3339(context.updated or max(moments, default=_NEVER)))
    if context.href:
        _atom(root, "link", rel="self", href=context.href)
    author = _atom(root, "author")
    _atom(author, "name", clean(context.title))
    for item in listed:
        _add_tombstone(root, item) if is_gone(item) else _add_entry(root, item)
    lost = dict.fromkeys(word for item in listed for word in lost_in_feed(item))
    body: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Encoded(body=body, media_type=MEDIA_TYPE, lost=tuple(lost))


FORMAT = Format(
    name="atom",
    media_types=(MEDIA_TYPE, "text/xml", "application/xml"),
    suffixes=(".atom", ".xml"),
    detect=detect,
    decode=decode,
    encode=encode,
    split=split,
)


def _feed(data: bytes, hints: Hints) -> Feed:
    text, notes = xml_text(data, hints)
    try:
        root = parse_xml(text)
    except Undecodable as error:
        return recovered(text.encode("utf-8"), error)
    if local(root) in _ENTRIES:
        return Feed(channel=Channel(language=language_of(root)), entries=(_entry(root),), notes=notes)
    if local(root) != "feed":
        raise Undecodable("This is not an Atom feed", f"its root is <{local(root)}>")
    return Feed(channel=_channel(root), entries=tuple(_entry(node) for node in _nodes(root)), notes=notes)


def _nodes(root: etree._Element) -> list[etree._Element]:
    return [element for element in root if local(element) in _ENTRIES]


def _channel(root: etree._Element) -> Channel:
    found = children(root)
    return Channel(
        title=first(found, "title"),
        link=first(found, "id") or _link(found.get("link", [])),
        language=root.get(_LANG) or first(found, "dc:language"),
        rights=first(found, "rights", "copyright", "dc:rights"),
    )


def _entry(element: etree._Element) -> FeedEntry:
    found = children(element)
    if local(element) == "deleted-entry":
        comment = next((text_of(child) for child in element if local(child) == "comment"), "")
        return FeedEntry(
            id=element.get("ref", ""),
            updated=element.get("when", ""),
            summary=comment,
            own=own_words(element),
            deleted=True,
        )
    links = found.get("link", [])
    return FeedEntry(
        id=first(found, "id"),
        link=_link(links),
        title=_construct(found.get("title", [])),
        summary=_construct(found.get("summary", [])),
        content=_construct(found.get("content", [])),
        author=_people(found.get("author", [])) or first(found, "dc:creator"),
        published=first(found, "published", "issued", "created", "dc:date"),
        updated=_known(first(found, "updated", "modified")),
        language=first(found, "dc:language")
        or (language_of(element) if element.get(_LANG) else _content_language(found)),
        rights=first(found, "rights", "copyright", "dc:rights"),
        license=first(found, "media:license", "license:license"),
        credit=first(found, "media:credit"),
        source=_source(found.get("source", [])),
        categories=tuple(
            (each.get("label", "") or each.get("term", ""), each.get("scheme", ""))
            for each in found.get("category", [])
            if each.get("term")
        ),
        media=media_of(element, [link for link in links if link.get("rel") == "enclosure"]),
        own=own_words(element),
    )


def _known(updated: str) -> str:
    """`updated` is mandatory; the beginning of time stands where the sender knew none (we write it so ourselves)."""
    return "" if updated == rfc3339(_NEVER) else updated


def _construct(elements: list[etree._Element]) -> str:
    """A text construct (RFC 4287 §3.1) as HTML: plain text is escaped, XHTML keeps its markup."""
    if not elements:
        return ""
    element = elements[0]
    kind = element.get("type", "text").lower()
    if element.get("src") and not text_of(element):
        return ""
    if kind in ("xhtml", "application/xhtml+xml") or (element.get("mode") == "xml" and len(element)):
        return markup_of(element)
    if kind in ("html", "text/html") or element.get("mode") == "escaped":
        return text_of(element)
    if kind in ("text", "text/plain"):
        return text_of(element).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return markup_of(element) if len(element) else ""


def _link(links: list[etree._Element]) -> str:
    pages = [link for link in links if link.get("rel", "alternate") == "alternate"]
    chosen = next((link for link in pages if not link.get("hreflang")), pages[0] if pages else None)
    return chosen.get("href", "") if chosen is not None else ""


def _people(people: list[etree._Element]) -> str:
    names = [first(children(person), "name") or text_of(person) for person in people]
    return ", ".join(filter(None, names))


def _source(sources: list[etree._Element]) -> str:
    return first(children(sources[0]), "title", "id") if sources else ""


def _content_language(found: dict[str, list[etree._Element]]) -> str:
    return next(
        (said for name in ("content", "title") for each in found.get(name, []) if (said := each.get(_LANG))), ""
    )


def _key(element: etree._Element) -> str:
    if local(element) == "deleted-entry":
        return f"deleted:{element.get('ref', '')}"
    found = children(element)
    return first(found, "id") or _link(found.get("link", []))


def _page(element: etree._Element) -> str:
    return _link(children(element).get("link", []))


def _updated(item: Item) -> datetime:
    return item.version_created or item.first_created or item.content_created or _NEVER


def _add_entry(root: etree._Element, item: Item) -> None:
    entry = _atom(root, "entry")
    if item.language:
        entry.set(_LANG, item.language)
    _atom(entry, "id", clean(item.uri))
    _atom(entry, "title", marked_title(item))
    _atom(entry, "updated", rfc3339(_updated(item)))
    if item.first_created:
        _atom(entry, "published", rfc3339(item.first_created))
    if item.by:
        _atom(_atom(entry, "author"), "name", clean(item.by))
    if notice := item.copyright_notice or credit(item):
        _atom(entry, "rights", clean(notice))
    if item.descriptions:
        _atom(entry, "summary", clean(item.descriptions[0].value))
    if item.bodies:
        _atom(entry, "content", clean(item.bodies[0].value), type="html")
    for subject in item.subjects:
        scheme = {"scheme": clean(subject.uri)} if subject.name and subject.uri else {}
        _atom(entry, "category", term=clean(subject.name or subject.uri or subject.literal), **scheme)
    if item.info_sources:
        _atom(_atom(entry, "source"), "title", clean(item.info_sources[0].name))
    for each in item.associations:
        for rendition in each.renditions[:1]:
            words = {"href": rendition.href, "type": rendition.content_type, "title": rendition.title}
            if rendition.href:
                _atom(entry, "link", rel="enclosure", **{name: clean(word) for name, word in words.items() if word})
    add_versions(entry, item)
    add_own(entry, own_elements(item))


def _add_tombstone(root: etree._Element, item: Item) -> None:
    tombstone = sub(root, f"{{{TOMBSTONES}}}deleted-entry", ref=clean(item.uri), when=rfc3339(_updated(item)))
    correction = item.ours.correction
    if correction and correction.reason:
        sub(tombstone, f"{{{TOMBSTONES}}}comment", clean(correction.reason))
    words = own_elements(item)
    add_own(tombstone, {name: words[name] for name in ("uri", "version", "pubStatus", "correction") if name in words})


def _atom(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    return sub(parent, f"{{{ATOM}}}{name}", text, **attributes)
