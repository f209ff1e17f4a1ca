"""The elements RSS and Atom share through namespaces, found by short names whatever prefix the sender gave them. Pure."""

from functools import lru_cache

from lxml import etree

from dragoman.formats._feed.entry import NS
from dragoman.formats._xml import markup_of, namespace, text_of

Found = dict[str, list[etree._Element]]
"""Children by short name: ``title``, ``dc:creator``, ``media:content``, ``own:uri``."""

DC = ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/")
MEDIA = ("http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss", "http://www.rssboard.org/media-rss")
CONTENT = "http://purl.org/rss/1.0/modules/content/"
_MOST_ATTRIBUTES = 100
XML = "{http://www.w3.org/XML/1998/namespace}"
LANG, BASE = f"{XML}lang", f"{XML}base"

_PREFIXES = {
    **dict.fromkeys(
        (
            "",
            "http://www.w3.org/2005/Atom",
            "http://purl.org/atom/ns#",
            "http://purl.org/rss/1.0/",
            "http://purl.org/rss/2.0/",
            "http://purl.org/net/rss1.1#",
            "http://my.netscape.com/rdf/simple/0.9/",
            "http://my.netscape.com/publish/formats/rss-0.91.dtd",
            "http://channel.netscape.com/rdf/simple/0.9/",
            "http://backend.userland.com/rss",
            "http://backend.userland.com/rss2",
            "http://blogs.law.harvard.edu/tech/rss",
        ),
        "",
    ),
    **dict.fromkeys(DC, "dc:"),
    **dict.fromkeys(MEDIA, "media:"),
    CONTENT: "content:",
    NS: "own:",
    "http://backend.userland.com/creativeCommonsRssModule": "license:",
    "http://web.resource.org/cc/": "license:",
    "http://creativecommons.org/ns#": "license:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
}
"""Namespace → the prefix we call its elements by; none for the formats' own."""
_BY_SPACE = {space.lower(): prefix for space, prefix in _PREFIXES.items()}
_OTHER = "other:"
_STARTS = (
    ("http://www.itunes.com/dtds/podcast", "itunes:"),
    ("http://wordpress.org/export/", "wp:"),
)


def children(element: etree._Element) -> Found:
    """The children of `element` by short name, in order."""
    found: Found = {}
    for child in element:
        tag = child.tag
        if isinstance(tag, str):
            name = _short(tag)
            if name.startswith(_OTHER) and namespace(child) == namespace(element):
                name = name[len(_OTHER) :]  # a feed in a namespace of its own
            found.setdefault(name, []).append(child)
    return found


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    space, _, name = tag[1:].partition("}") if tag[0] == "{" else ("", "", tag)
    name = name.lower()
    space = space.lower()
    prefix = _BY_SPACE.get(space)
    if prefix is None:
        prefix = next((short for start, short in _STARTS if space.startswith(start)), _OTHER)
    return ("excerpt:" if prefix == "wp:" and "excerpt" in space else prefix) + name


def first(found: Found, *names: str) -> str:
    """The text of the first of `names` that has any."""
    for name in names:
        for element in found.get(name, ()):
            if text := text_of(element):
                return text
    return ""


def first_markup(found: Found, *names: str) -> str:
    """As `first`, with the markup kept where it stands unescaped inside the element."""
    for name in names:
        for element in found.get(name, ()):
            if text := markup_of(element).strip() if len(element) else text_of(element):
                return text
    return ""


def all_texts(found: Found, *names: str) -> tuple[str, ...]:
    """The texts of all of the first of `names` that has any, each once."""
    for name in names:
        if texts := dict.fromkeys(text for element in found.get(name, ()) if (text := text_of(element))):
            return tuple(texts)
    return ()


def attribute(element: etree._Element, name: str) -> str:
    """The attribute `name` whatever its namespace and capitals (``rdf:about``, ``HREF``)."""
    if not 0 < len(element.attrib) <= _MOST_ATTRIBUTES:
        return ""
    for key, value in element.attrib.items():  # lxml looks every one up among all the others
        if str(key).rpartition("}")[2].lower() == name:
            return str(value).strip()
    return ""


def language_of(element: etree._Element) -> str:
    """`xml:lang` of `element` or of what it stands in; the nearest one that is not empty."""
    at: etree._Element | None = element
    while at is not None:
        if said := at.get(LANG):
            return said
        at = at.getparent()
    return ""
