"""Atom (RFC 4287), in and out; copy taken back is a tombstone (RFC 6721, at:deleted-entry). Pure.

A correction is the same id with a later `updated`; our own elements say the version and the state.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from lxml import etree

from dragoman.formats._carried import is_gone
from dragoman.formats._feed.elements import BASE, LANG, MEDIA, Found, children, first, language_of
from dragoman.formats._feed.entry import ATOM, NS, TOMBSTONES, Channel, Feed, FeedEntry
from dragoman.formats._feed.item import units_of
from dragoman.formats._feed.markup import base_of, construct, is_absolute, resolved, with_absolute_links
from dragoman.formats._feed.media import media_of
from dragoman.formats._feed.reading import categories_of, licence_of, links_of, media_said, own_of, person_of
from dragoman.formats._feed.recovered import RECOVERED, forgiven, mended
from dragoman.formats._feed.split import split_bytes, split_tree
from dragoman.formats._feed.written import (
    add_versions,
    add_words,
    lost_in_feed,
    marked_title,
    page_of,
    places,
    rights_of,
    sub,
)
from dragoman.formats._identity import made_uri
from dragoman.formats._shape import EncodeContext, Encoded, Entry, Format, suits
from dragoman.formats._times import rfc3339
from dragoman.formats._xml import local, parse_xml, root_name, text_of, xml_text
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import Item
from dragoman.text.cleaning import clean

MEDIA_TYPE = "application/atom+xml"
_ROOT = re.compile(rb"<(?:[A-Za-z]\w*:)?(feed|entry|deleted-entry)[\s>]", re.IGNORECASE)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_ENTRIES = ("entry", "deleted-entry")


def detect(data: bytes, hints: Hints) -> float:
    """XML whose root is ``feed`` or ``entry``; one that has no root to be seen, but such an element near its head."""
    head = data[:8000].replace(b"\x00", b"")
    root, _ = root_name(data)
    if root not in ("feed", *_ENTRIES) and (root or not _ROOT.search(head) or b"<rss" in head[:2000].lower()):
        return 0.0
    known = 0.1 if ATOM.encode() in head else 0.0
    return min(1.0, 0.7 + known + suits(hints, FORMAT.media_types, FORMAT.suffixes))


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit an entry or tombstone; a feed that is not well-formed is read by a forgiving parser, and says so."""
    yield from units_of(read, data, hints)


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
        root.set(LANG, context.language)
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
    body: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Encoded(body=body, media_type=MEDIA_TYPE, lost=lost_in_feed(listed, FORMAT.places))


FORMAT = Format(
    name="atom",
    title="Atom 1.0 (RFC 4287), 0.3",
    media_types=(MEDIA_TYPE, "text/xml", "application/xml"),
    suffixes=(".atom", ".xml"),
    detect=detect,
    opens=b"<",
    decode=decode,
    encode=encode,
    split=split,
    places=places(
        uri="id, dragoman:uri",
        headline="title",
        body="content",
        first_created="published, dragoman:firstCreated",
        version_created="updated, dragoman:versionCreated",
        language="@xml:lang",
        by="author/name",
        copyright_notice="rights",
        summary="summary",
        subjects="category/@term",
        info_sources="source/title",
        associations="link rel=enclosure, dragoman:association",
        versions="link rel=alternate, dragoman:association",
    )
    | {"links and emphasis": "content"},
)


def read(data: bytes, hints: Hints) -> Feed:
    """The feed as sent. Raises: Undecodable."""
    text, notes = xml_text(data, hints)
    try:
        root = parse_xml(text)
    except Undecodable as error:
        found = mended(text)
        if found is None or local(found) not in ("feed", *_ENTRIES) or not (_nodes(found) or local(found) != "feed"):
            return forgiven(text, error)
        root, notes = found, (*notes, RECOVERED)
    came_from = hints.source if hints.source.startswith(("http://", "https://")) else ""
    if local(root) in _ENTRIES:
        about = Channel(language=language_of(root))
        return Feed(channel=about, entries=(_entry(root, came_from),), notes=notes)
    if local(root) != "feed":
        raise Undecodable("This is not an Atom feed", f"its root is <{local(root)}>")
    found_in = children(root)
    about = _channel(root, found_in, came_from)
    own_address = next((link.get("href", "") for link in found_in.get("link", ()) if link.get("rel") == "self"), "")
    base = next((one for one in (about.link, own_address, came_from) if is_absolute(one)), "")
    return Feed(channel=about, entries=tuple(_entry(node, base) for node in _nodes(root)), notes=notes)


def _nodes(root: etree._Element) -> list[etree._Element]:
    return [element for element in root if local(element) in _ENTRIES]


def _channel(root: etree._Element, found: Found, came_from: str) -> Channel:
    return Channel(
        title=_text(found, "title"),
        link=resolved(_page_in(found), base_of(root, came_from)),
        id=first(found, "id") or _page_in(found),
        language=root.get(LANG) or first(found, "language", "dc:language") or language_of(root),
        rights=_text(found, "rights", "copyright") or first(found, "dc:rights"),
        author=person_of(found.get("author", ())),
    )


def _entry(element: etree._Element, base: str) -> FeedEntry:
    found = children(element)
    if local(element) == "deleted-entry":
        comment = next((text_of(child) for child in element if local(child) == "comment"), "")
        return FeedEntry(
            id=element.get("ref", ""),
            updated=element.get("when", ""),
            summary=comment,
            own=own_of(found),
            deleted=True,
        )
    source = children(found["source"][0]) if found.get("source") else {}
    page = _page_in(found)
    own_base = base_of(element, base)
    return FeedEntry(
        id=first(found, "id") or first(found, "guid"),
        link=page,
        title=_text(found, "title", "dc:title", "media:title"),
        summary=_copy(found, own_base, "summary", "description", "dc:description", "itunes:summary")
        or media_said(found, "media:description"),
        content=_copy(found, own_base, "content"),
        author=person_of(found.get("author", ()))
        or first(found, "dc:creator", "itunes:author")
        or person_of(source.get("author", ())),
        published=first(found, "published", "issued", "created", "dc:date", "dc:issued", "dc:created", "pubdate"),
        updated=_known(first(found, "updated", "modified", "dc:modified")),
        language=_language(found, element),
        rights=_text(found, "rights", "copyright")
        or first(found, "dc:rights", "media:copyright")
        or _text(source, "rights", "copyright"),
        license=licence_of(found),
        credit=media_said(found, "media:credit"),
        source=_text(source, "title") or first(source, "id"),
        source_uri=first(source, "id") or _page_in(source),
        categories=categories_of(found),
        media=media_of(found, _enclosures(found), own_base),
        links=links_of(found, page),
        own=own_of(found),
        base=own_base,
    )


def _known(updated: str) -> str:
    """`updated` is mandatory; the beginning of time stands where the sender knew none (we write it so ourselves)."""
    return "" if updated == rfc3339(_NEVER) else updated


def _text(found: Found, *names: str) -> str:
    """The first of `names` that has a text, as HTML."""
    elements = (each for name in names for each in found.get(name, ()))
    return next((text for each in elements if (text := construct(each))), "")


def _copy(found: Found, base: str, *names: str) -> str:
    """The first of `names` that has a text, as HTML; links in it are relative to its own `xml:base` where it has one."""
    for each in (each for name in names for each in found.get(name, ())):
        if text := construct(each):
            return with_absolute_links(text, base_of(each, base)) if each.get(BASE) else text
    return ""


def _page_in(found: Found) -> str:
    """The page: an alternate link of no other language, HTML before other kinds; in old Atom the text of a link."""
    links = [link for link in found.get("link", ()) if link.get("href")]
    pages = [link for link in links if link.get("rel", "alternate").strip().lower() in ("alternate", "")]
    ranked = sorted(pages, key=lambda link: (bool(link.get("hreflang")), "html" not in link.get("type", "html")))
    return ranked[0].get("href", "").strip() if ranked else first(found, "feedburner:origlink", "link")


def _enclosures(found: Found) -> list[etree._Element]:
    """What the entry links as its own pictures and recordings, and content that lies elsewhere (RFC 4287 §4.1.3.2)."""
    links = [link for link in found.get("link", ()) if link.get("rel") == "enclosure"]
    return [*links, *found.get("enclosure", ()), *_elsewhere(found)]


def _elsewhere(found: Found) -> list[etree._Element]:
    return [_as_link(each) for each in found.get("content", ()) if each.get("src")]


def _as_link(content: etree._Element) -> etree._Element:
    return etree.Element("link", href=content.get("src", ""), type=content.get("type", ""))


def _language(found: Found, element: etree._Element) -> str:
    """The entry's language: that of its text where that is said apart, else its own or the feed's."""
    texts = [each for name in ("content", "summary") for each in found.get(name, ())]
    said = first(found, "dc:language", "language") or (texts[0].get(LANG, "") if texts else "") or language_of(element)
    others = (each.get(LANG, "") for each in (*texts, *found.get("title", ())))
    return said or next(filter(None, others), "")


def _key(element: etree._Element) -> str:
    if local(element) == "deleted-entry":
        return f"deleted:{element.get('ref', '')}"
    found = children(element)
    return first(found, "id") or _page_in(found)


def _page(element: etree._Element) -> str:
    return _page_in(children(element))


def _updated(item: Item) -> datetime:
    return item.version_created or item.first_created or item.content_created or _NEVER


def _add_entry(root: etree._Element, item: Item) -> None:
    entry = _atom(root, "entry")
    if item.language:
        entry.set(LANG, item.language)
    _atom(entry, "id", clean(item.uri))
    _atom(entry, "title", marked_title(item))
    if page := page_of(item):
        _atom(entry, "link", rel="alternate", href=page)
    _atom(entry, "updated", rfc3339(_updated(item)))
    if item.first_created:
        _atom(entry, "published", rfc3339(item.first_created))
    if item.by:
        _atom(_atom(entry, "author"), "name", clean(item.by))
    if notice := rights_of(item):
        _atom(entry, "rights", notice)
    if item.descriptions:
        _atom(entry, "summary", clean(item.descriptions[0].value))
    if item.bodies:
        _atom(entry, "content", clean(item.bodies[0].value), type="html")
    for subject in item.subjects:
        scheme = clean(subject.uri if subject.name else "") or clean(subject.role)
        term = clean(subject.name or subject.uri or subject.literal)
        _atom(entry, "category", term=term, **({"scheme": scheme} if scheme else {}))
    for source in item.info_sources[:1]:
        _atom(_atom(entry, "source"), "title", clean(source.name))
    for rendition in (one for each in item.associations for one in each.renditions[:1] if one.href):
        words = {"href": rendition.href, "type": rendition.content_type, "title": rendition.title}
        _atom(entry, "link", rel="enclosure", **{name: clean(word) for name, word in words.items() if word})
    add_versions(entry, item)
    add_words(entry, item)


def _add_tombstone(root: etree._Element, item: Item) -> None:
    tombstone = sub(root, f"{{{TOMBSTONES}}}deleted-entry", ref=clean(item.uri), when=rfc3339(_updated(item)))
    correction = item.ours.correction
    if correction and correction.reason:
        sub(tombstone, f"{{{TOMBSTONES}}}comment", clean(correction.reason))
    add_words(tombstone, item)


def _atom(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    return sub(parent, f"{{{ATOM}}}{name}", text, **attributes)
