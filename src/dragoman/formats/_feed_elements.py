"""The elements RSS and Atom share through namespaces: Dublin Core, Media RSS, content, our own. Pure."""

from lxml import etree

from dragoman.formats._carried import versions
from dragoman.formats._feed import ATOM, NS, Media
from dragoman.formats._xml import local, namespace, text_of
from dragoman.model.item import Item
from dragoman.text.cleaning import clean
from dragoman.text.language import known_tag

DC = ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/")
MEDIA = ("http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss", "http://www.rssboard.org/media-rss")
CONTENT = "http://purl.org/rss/1.0/modules/content/"
LICENSES = ("http://backend.userland.com/creativeCommonsRssModule", "http://web.resource.org/cc/")
_MAX_MEDIA = 50


def children(element: etree._Element) -> dict[str, list[etree._Element]]:
    """The children by short name: ``title``, ``dc:creator``, ``media:content``, ``content:encoded``, ``own:uri``."""
    found: dict[str, list[etree._Element]] = {}
    for child in element:
        if name := local(child):
            found.setdefault(_prefix(namespace(child)) + name, []).append(child)
    return found


def _prefix(space: str) -> str:
    if space in DC:
        return "dc:"
    if space in MEDIA:
        return "media:"
    if space == CONTENT:
        return "content:"
    if space == NS:
        return "own:"
    if space in LICENSES:
        return "license:"
    return "" if space in PLAIN else "other:"


PLAIN = frozenset(
    {
        "",
        "http://www.w3.org/2005/Atom",
        "http://purl.org/atom/ns#",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
        "http://backend.userland.com/RSS2",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://purl.org/rss/2.0/",
    }
)
"""Namespaces whose elements are the format's own."""


def first(found: dict[str, list[etree._Element]], *names: str) -> str:
    """The text of the first of `names` that has any."""
    for name in names:
        for element in found.get(name, ()):
            if text := text_of(element):
                return text
    return ""


def own_words(element: etree._Element) -> dict[str, str]:
    """Our own elements under `element`, by name."""
    return {
        str(child.tag).rpartition("}")[2]: text_of(child)
        for child in element
        if namespace(child) == NS and text_of(child)
    }


def media_of(element: etree._Element, enclosures: list[etree._Element]) -> tuple[Media, ...]:
    """Pictures and recordings of an entry: Media RSS contents (grouped or not), thumbnails left out, and enclosures."""
    found: dict[str, Media] = {}
    contents = [each for each in element.iter() if local(each) == "content" and namespace(each) in MEDIA]
    for each in contents[:_MAX_MEDIA]:
        kind = each.get("type") or {"image": "image/jpeg", "video": "video/mp4", "audio": "audio/mpeg"}.get(
            each.get("medium", ""), ""
        )
        titles = [text_of(child) for child in each if local(child) in ("title", "description")]
        _keep(found, each.get("url", ""), kind, next(filter(None, titles), ""), each)
    for each in enclosures[:_MAX_MEDIA]:
        _keep(found, each.get("url") or each.get("href") or "", each.get("type", ""), each.get("title", ""), each)
    return tuple(found.values())


def _keep(found: dict[str, Media], href: str, content_type: str, title: str, element: etree._Element) -> None:
    if not href.lower().startswith(("http://", "https://")):
        return
    found.setdefault(
        href,
        Media(
            href=href,
            content_type=content_type,
            title=title,
            width=_side(element, "width"),
            height=_side(element, "height"),
        ),
    )


def _side(element: etree._Element, name: str) -> int:
    said = element.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0


def language_of(element: etree._Element) -> str:
    """`xml:lang` of `element` or of what it stands in."""
    at: etree._Element | None = element
    while at is not None:
        if said := at.get("{http://www.w3.org/XML/1998/namespace}lang"):
            return said
        at = at.getparent()
    return ""


def sub(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """A child of `parent`; nothing but its text and attributes, which are clean already."""
    child = etree.SubElement(parent, tag, attrib=attributes)
    child.text = text or None
    return child


def add_versions(parent: etree._Element, item: Item) -> None:
    """The other language versions as links (RFC 4287 §4.2.7): `rel` alternate, with their languages."""
    for one in versions(item):
        language = {"hreflang": one.language} if known_tag(one.language) else {}
        sub(parent, f"{{{ATOM}}}link", rel="alternate", **language, href=clean(one.uri))


def add_own(parent: etree._Element, words: dict[str, str]) -> None:
    """`words` as our own elements under `parent`."""
    for name, word in words.items():
        sub(parent, f"{{{NS}}}{name}", word)
