"""Each entry of an XML feed as a document of its own, the same bytes at every poll as long as the entry is the same. Pure."""

import hashlib
import re
from copy import deepcopy

from lxml import etree

from dragoman.formats._shape import Entry
from dragoman.model.errors import Undecodable

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
"""What a channel says anew at every poll, and no entry inherits."""
_OPENED = re.compile(rb"<(item|entry)[\s>]", re.IGNORECASE)
_OWN_ID = re.compile(rb"<(?:guid|id|link)\b[^>]{0,2000}>\s*(?:<!\[CDATA\[)?\s*([^<\]\s][^<\]]{0,2000})", re.IGNORECASE)
_VOLATILE_BYTES = re.compile(rb"<(lastBuildDate|pubDate|ttl|updated)\b[^>]{0,500}>[^<]{0,500}</\1\s*>", re.IGNORECASE)
_MOST_HEAD = 100_000
_MOST_BYTES = 100_000_000  # of the frames of all entries together


def split_tree(root: etree._Element, nodes: list[etree._Element], keys: list[str], links: list[str]) -> list[Entry]:
    """Each of `nodes` in a copy of the document that holds nothing else but what the channel says of itself.

    Raises:
        Undecodable: that is so long that it cannot be kept with each entry.
    """
    frame = deepcopy(root)
    chosen = set(nodes)
    places = [copy for node, copy in list(zip(root.iter(), frame.iter(), strict=True)) if node in chosen]
    parents = [place.getparent() for place in places]
    for place, parent in zip(places, parents, strict=True):
        if parent is not None:
            parent.remove(place)
    for element in list(frame.iter()):
        parent = element.getparent()
        if parent is not None and isinstance(element.tag, str) and element.tag.rpartition("}")[2].lower() in _VOLATILE:
            parent.remove(element)
    if len(etree.tostring(frame)) * len(nodes) > _MOST_BYTES:
        raise Undecodable("What the feed says of itself is too long to stand with each entry")
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
    opened = _OPENED.search(data)
    if not opened:
        return []
    head = _VOLATILE_BYTES.sub(b"", data[: opened.start()]) if opened.start() < _MOST_HEAD else b""
    tail = b"</feed>" if opened[1].lower() == b"entry" else b"</channel></rss>"
    found: list[Entry] = []
    lowered = data.lower()
    while opened:
        end = lowered.find(b"</" + opened[1].lower(), opened.end())
        end = data.find(b">", end) + 1 if end >= 0 else 0
        if not end:
            break
        piece = data[opened.start() : end]
        own = _OWN_ID.search(piece)
        key = own[1].decode("utf-8", "replace").strip() if own else f"content:{hashlib.sha256(piece).hexdigest()}"
        found.append(Entry(key, head + piece + tail))
        opened = _OPENED.search(data, end)
    return found
