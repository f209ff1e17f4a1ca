"""A feed as what RSS and Atom have in common: a channel and its entries, before they become items. Pure."""

import hashlib
import io
import re
from copy import deepcopy

from lxml import etree
from msgspec import Struct

from dragoman.formats._shape import Entry
from dragoman.model.errors import Undecodable

NS = "https://dragoman.example/ns/feed-1"
"""Our own elements in feeds: what RSS and Atom have no place for, and P10 says must travel."""
ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
RECOVERED = "recovered: the feed is not well-formed, and was read by a forgiving parser"

_MAX_RECOVERED = 2_000_000  # bytes; the forgiving parser takes a third of a second for each million
_VOLATILE = frozenset(
    {
        "lastbuilddate",
        "pubdate",
        "ttl",
        "updated",
        "modified",
        "generator",
        "cloud",
        "skiphours",
        "skipdays",
        "image",
        "logo",
        "icon",
    }
)
_FIRST = re.compile(rb"<(item|entry)[\s>]", re.IGNORECASE)
_ITEMS = re.compile(rb"<(item|entry)[\s>].*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_OWN_ID = re.compile(rb"<(?:guid|id|link)\b[^>]*>\s*(?:<!\[CDATA\[)?\s*([^<\]\s][^<\]]*)", re.IGNORECASE)
_VOLATILE_BYTES = re.compile(rb"<(lastBuildDate|pubDate|ttl|updated)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


class Media(Struct, frozen=True, kw_only=True):
    href: str
    content_type: str = ""
    title: str = ""
    width: int = 0
    height: int = 0


class FeedEntry(Struct, frozen=True, kw_only=True):
    """An entry as sent; `title`, `summary` and `content` are HTML or plain, times are words. `own` are our elements."""

    id: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    published: str = ""
    updated: str = ""
    language: str = ""
    rights: str = ""
    license: str = ""
    credit: str = ""
    source: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    media: tuple[Media, ...] = ()
    own: dict[str, str] = {}
    deleted: bool = False


class Channel(Struct, frozen=True, kw_only=True):
    """What the feed says for all its entries."""

    title: str = ""
    link: str = ""
    language: str = ""
    rights: str = ""
    author: str = ""


class Feed(Struct, frozen=True, kw_only=True):
    channel: Channel
    entries: tuple[FeedEntry, ...] = ()
    notes: tuple[str, ...] = ()


def recovered(data: bytes, reason: Undecodable) -> Feed:
    """The feed as a forgiving parser reads it; told in its notes.

    Raises:
        Undecodable: `reason`, where nothing is found either.
    """
    if len(data) > _MAX_RECOVERED:
        raise reason
    import feedparser  # slow to import, and needed for broken feeds only

    # BytesIO, always: given bare bytes it tries to open them as the name of a file.
    try:
        found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # the border to a parser that raises whatever it likes
        raise reason from error
    entries = tuple(_recovered_entry(entry) for entry in found.entries if entry.get("title") or entry.get("summary"))
    if not entries:
        raise reason
    about = found.feed
    channel = Channel(
        title=str(about.get("title", "")),
        link=str(about.get("link", "")),
        language=str(about.get("language", "")),
        rights=str(about.get("rights", "")),
    )
    return Feed(channel=channel, entries=entries, notes=(RECOVERED,))


def _recovered_entry(entry: dict[str, object]) -> FeedEntry:
    def word(key: str) -> str:
        return _storable(str(entry.get(key) or ""))

    contents = entry.get("content")
    content = str(contents[0].get("value", "")) if isinstance(contents, list) and contents else ""
    tags = entry.get("tags")
    terms = [str(tag.get("term") or "") for tag in tags] if isinstance(tags, list) else []
    return FeedEntry(
        id=word("id"),
        link=word("link"),
        title=word("title"),
        summary=word("summary"),
        content=_storable(content),
        author=word("author"),
        published=word("published"),
        updated=word("updated"),
        rights=word("rights"),
        categories=tuple((_storable(term), "") for term in terms if term),
    )


def _storable(text: str) -> str:
    """`text` without halves of characters, which a forgiving parser lets through."""
    return text.encode("utf-8", "replace").decode("utf-8")


def split_tree(root: etree._Element, nodes: list[etree._Element], keys: list[str], links: list[str]) -> list[Entry]:
    """Each of `nodes` in a copy of the document that holds nothing else but what the channel says of itself."""
    frame = deepcopy(root)
    tree = root.getroottree()
    places = [frame.getroottree().find(tree.getelementpath(node)) for node in nodes]
    parents = [place.getparent() for place in places if place is not None]
    for place, parent in zip(places, parents, strict=True):
        if place is not None and parent is not None:
            parent.remove(place)
    for element in list(frame.iter()):
        parent = element.getparent()
        if parent is not None and isinstance(element.tag, str) and element.tag.rpartition("}")[2].lower() in _VOLATILE:
            parent.remove(element)
    each = zip(nodes, parents, keys, links, strict=True)
    return [_framed(frame, parent, node, key, link) for node, parent, key, link in each]


def _framed(frame: etree._Element, parent: etree._Element | None, node: etree._Element, key: str, link: str) -> Entry:
    holder = frame if parent is None else parent
    copy = deepcopy(node)
    copy.tail = None
    holder.append(copy)
    body = etree.tostring(frame, encoding="utf-8", xml_declaration=True)
    holder.remove(copy)
    return Entry(key or f"content:{hashlib.sha256(etree.tostring(copy)).hexdigest()}", body, link)


def split_bytes(data: bytes) -> list[Entry]:
    """The entries of a feed that is not well-formed, cut out as they stand; the rest of it decides nothing."""
    first = _FIRST.search(data)
    if not first:
        return []
    head = _VOLATILE_BYTES.sub(b"", data[: first.start()])
    tail = b"</feed>" if first[1].lower() == b"entry" else b"</channel></rss>"
    found = []
    for match in _ITEMS.finditer(data):
        own = _OWN_ID.search(match[0])
        key = own[1].decode("utf-8", "replace").strip() if own else f"content:{hashlib.sha256(match[0]).hexdigest()}"
        found.append(Entry(key, head + match[0] + tail))
    return found
