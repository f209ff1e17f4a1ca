"""RSS, in (0.9x, 1.0, 2.0, with Dublin Core, content and Media RSS) and out (2.0). Pure.

Out, a correction or a kill is an entry of its own: its title is marked, its guid ends in the version, and our own
elements say which uri and which state it is; the text of killed or held copy is not in it.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from dragoman.formats._carried import credit, is_gone, mark
from dragoman.formats._feed import ATOM, NS, Channel, Feed, FeedEntry, recovered, split_bytes, split_tree
from dragoman.formats._feed_elements import (
    CONTENT,
    DC,
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
from dragoman.formats._shape import EncodeContext, Encoded, Entry, Format, suits
from dragoman.formats._times import rfc822
from dragoman.formats._xml import local, parse_xml, text_of, xml_text
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import Item
from dragoman.text.cleaning import clean

MEDIA_TYPE = "application/rss+xml"
_ROOT = re.compile(rb"<(?:[A-Za-z]\w*:)?(rss|rdf)[\s>]", re.IGNORECASE)
_GUID = re.compile(r"[^\s<>]{1,2000}")


def detect(data: bytes, hints: Hints) -> float:
    """XML whose root is ``rss`` or ``rdf:RDF``."""
    head = data[:8000].replace(b"\x00", b"")
    if not _ROOT.search(head):
        return 0.0
    return min(1.0, 0.8 + suits(hints, FORMAT.media_types, FORMAT.suffixes))


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit an item; a feed that is not well-formed is read by a forgiving parser, and says so in its notes."""
    yield from units_of(_feed, data, hints)


def split(data: bytes, hints: Hints) -> list[Entry]:
    """Each item as a document of its own, in the channel's frame.

    Raises:
        Undecodable: it is no feed, or has no entry that can be told from the rest.
    """
    text, _ = xml_text(data, hints)
    try:
        root = parse_xml(text)
    except Undecodable:
        if entries := split_bytes(data):
            return entries
        raise
    nodes = _items(root)
    return split_tree(root, nodes, [_key(node) for node in nodes], [_page(node) for node in nodes])


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """An RSS 2.0 document of `items` in the order given."""
    listed = list(items)
    root = etree.Element(
        "rss",
        {"version": "2.0"},
        nsmap={"atom": ATOM, "content": CONTENT, "dc": DC[0], "dcterms": DC[1], "media": MEDIA[0], "dragoman": NS},
    )
    channel = sub(root, "channel")
    sub(channel, "title", clean(context.title))
    sub(channel, "link", context.site)
    sub(channel, "description", clean(context.title))
    if context.language:
        sub(channel, "language", context.language)
    if context.updated:
        sub(channel, "lastBuildDate", rfc822(context.updated))
    for item in listed:
        _add(channel, item)
    lost = dict.fromkeys(word for item in listed for word in lost_in_feed(item))
    body: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Encoded(body=body, media_type=MEDIA_TYPE, lost=tuple(lost))


FORMAT = Format(
    name="rss",
    media_types=(MEDIA_TYPE, "application/rdf+xml", "text/xml", "application/xml"),
    suffixes=(".rss", ".rdf", ".xml"),
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
    channel = next((element for element in root.iter() if local(element) == "channel"), None)
    if local(root) not in ("rss", "rdf", "channel") or (channel is None and local(root) != "rss"):
        raise Undecodable("This is not an RSS feed", f"its root is <{local(root)}>")
    about = _channel(root if channel is None else channel)
    return Feed(channel=about, entries=tuple(_entry(item) for item in _items(root)), notes=notes)


def _items(root: etree._Element) -> list[etree._Element]:
    return [element for element in root.iter() if local(element) == "item"]


def _channel(element: etree._Element) -> Channel:
    found = children(element)
    return Channel(
        title=first(found, "title"),
        link=first(found, "link"),
        language=first(found, "language", "dc:language") or language_of(element),
        rights=first(found, "copyright", "dc:rights", "media:copyright"),
        author=first(found, "dc:creator"),
    )


def _entry(element: etree._Element) -> FeedEntry:
    found = children(element)
    about = next((str(value) for name, value in element.attrib.items() if str(name).endswith("}about")), "")
    own = own_words(element)
    title = first(found, "title", "media:title", "dc:title")
    summary = first(found, "description", "dc:description", "media:description")
    content = first(found, "content:encoded", "fulltext", "other:full-text", "other:fulltext", "body")
    if "uri" in own:  # our own writing: titles and summaries are plain, not HTML
        title, summary = _as_html(title), _as_html(summary) if content else summary
    return FeedEntry(
        id=first(found, "guid", "dc:identifier") or about,
        link=first(found, "link"),
        title=title,
        summary=summary,
        content=content,
        author=first(found, "author", "dc:creator", "dc:author"),
        published=first(found, "pubdate", "dc:date", "dc:issued", "dc:created"),
        updated=first(found, "dc:modified", "updated", "other:updated"),
        language=first(found, "dc:language", "language") or _own_language(element),
        rights=first(found, "dc:rights", "media:copyright", "copyright"),
        license=first(found, "media:license", "license:license"),
        credit=first(found, "media:credit"),
        source=first(found, "source", "dc:source", "dc:publisher"),
        categories=tuple(
            (text_of(each), each.get("domain", ""))
            for name in ("category", "dc:subject")
            for each in found.get(name, ())
            if text_of(each)
        ),
        media=media_of(element, found.get("enclosure", [])),
        own=own,
    )


def _as_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _own_language(element: etree._Element) -> str:
    return language_of(element) if element.get("{http://www.w3.org/XML/1998/namespace}lang") else ""


def _key(element: etree._Element) -> str:
    found = children(element)
    about = next((str(value) for name, value in element.attrib.items() if str(name).endswith("}about")), "")
    return first(found, "guid", "dc:identifier") or about or first(found, "link")


def _page(element: etree._Element) -> str:
    return first(children(element), "link")


def _add(channel: etree._Element, item: Item) -> None:
    element = sub(channel, "item")
    sub(element, "title", marked_title(item))
    guid = f"{item.uri}#{item.version}" if mark(item) and item.version else item.uri
    sub(element, "guid", clean(guid), isPermaLink="false")
    if moment := item.first_created or item.content_created or item.version_created:
        sub(element, "pubDate", rfc822(moment))
    if item.version_created:
        sub(element, f"{{{DC[1]}}}modified", item.version_created.isoformat())
    if item.language:
        sub(element, f"{{{DC[0]}}}language", item.language)
    if item.by:
        sub(element, f"{{{DC[0]}}}creator", clean(item.by))
    if notice := item.copyright_notice or credit(item):
        sub(element, f"{{{DC[0]}}}rights", clean(notice))
    if is_gone(item):
        sub(element, "description", _withdrawn(item))
    else:
        _add_text(element, item)
        add_versions(element, item)
    add_own(element, own_elements(item))


def _add_text(element: etree._Element, item: Item) -> None:
    if item.descriptions:
        sub(element, "description", clean(item.descriptions[0].value))
    if item.bodies:
        tag = f"{{{CONTENT}}}encoded" if item.descriptions else "description"
        sub(element, tag, clean(item.bodies[0].value))
    for subject in item.subjects:
        attributes = {"domain": clean(subject.uri)} if subject.name and subject.uri else {}
        sub(element, "category", clean(subject.name or subject.uri or subject.literal), **attributes)
    if item.info_sources:
        sub(element, f"{{{DC[0]}}}source", clean(item.info_sources[0].name))
    for each in item.associations:
        for rendition in each.renditions[:1]:
            _add_media(
                element, rendition.href, rendition.content_type, rendition.title, rendition.width, rendition.height
            )


def _add_media(element: etree._Element, href: str, kind: str, title: str, width: int, height: int) -> None:
    if not href:
        return
    attributes = {"url": clean(href), "type": clean(kind), "width": str(width or ""), "height": str(height or "")}
    media = sub(element, f"{{{MEDIA[0]}}}content", "", **{name: value for name, value in attributes.items() if value})
    if title:
        sub(media, f"{{{MEDIA[0]}}}title", clean(title))


def _withdrawn(item: Item) -> str:
    """What stands where the text was: in words every reader of feeds shows."""
    correction = item.ours.correction
    reason = f" {correction.reason}" if correction and correction.reason else ""
    word = (
        "withdrawn: do not publish it, and remove it where it was published."
        if mark(item) == "KILLED"
        else "on hold: do not publish it."
    )
    return clean(f"This copy is {word}{reason}")
