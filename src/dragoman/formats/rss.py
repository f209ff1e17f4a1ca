"""RSS, in (0.9x, 1.0, 1.1, 2.0 with Dublin Core, content, Media RSS and iTunes; WordPress's export; CDF) and out (2.0). Pure.

Out, a correction or a kill is an entry of its own: its title is marked, its guid ends in the version, and our own
elements say which uri and which state it is; the text of killed or held copy is not in it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree
from msgspec.structs import replace

from dragoman.formats._carried import is_gone, mark
from dragoman.formats._feed import wordpress
from dragoman.formats._feed.elements import (
    CONTENT,
    DC,
    LANG,
    MEDIA,
    Found,
    all_texts,
    attribute,
    children,
    first,
    first_markup,
    language_of,
)
from dragoman.formats._feed.entry import ATOM, NS, Channel, Feed, FeedEntry, Media
from dragoman.formats._feed.item import units_of
from dragoman.formats._feed.markup import base_of, escaped, is_absolute, resolved
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
    withdrawn,
)
from dragoman.formats._shape import EncodeContext, Encoded, Entry, Format, suits
from dragoman.formats._times import rfc822
from dragoman.formats._xml import local, parse_xml, root_name, xml_text
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import Association, Item
from dragoman.text.cleaning import clean

MEDIA_TYPE = "application/rss+xml"
_ROOT = re.compile(rb"<(?:[A-Za-z]\w*:)?(rss|rdf)[\s>]", re.IGNORECASE)
_CHANNELS = ("rss", "rdf", "channel")
_CONTENTS = (
    "content:encoded",
    "encoded",
    "fulltext",
    "fullitem",
    "other:fullitem",
    "other:full-text",
    "other:fulltext",
    "xhtml:body",
    "xhtml:div",
    "body",
    "content",
)
_DESCRIPTIONS = ("description", "dc:description", "dc:abstract", "abstract")
_FOREIGN_ITEM = re.compile(
    r"\{http://(?:purl\.org/rss/1\.0/modules/|search\.yahoo\.com/|www\.itunes\.com/)", re.IGNORECASE
)


def detect(data: bytes, hints: Hints) -> float:
    """XML whose root is ``rss``, ``rdf:RDF`` or ``channel``; one that has no root to be seen, but an ``rss`` near its head."""
    root, _ = root_name(data)
    if root not in _CHANNELS and (root or not _ROOT.search(data[:8000].replace(b"\x00", b""))):
        return 0.0
    return min(1.0, 0.8 + suits(hints, FORMAT.media_types, FORMAT.suffixes))


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit an item; a feed that is not well-formed is read by a forgiving parser, and says so in its notes."""
    yield from units_of(read, data, hints)


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
    about = [_identity(children(node), node) for node in nodes]
    return split_tree(root, nodes, [key or link for key, link in about], [link for _, link in about])


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
    body: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Encoded(body=body, media_type=MEDIA_TYPE, lost=lost_in_feed(listed, FORMAT.places))


FORMAT = Format(
    name="rss",
    title="RSS 0.9x, 1.0, 2.0; WordPress's export",
    media_types=(MEDIA_TYPE, "application/rdf+xml", "text/xml", "application/xml"),
    suffixes=(".rss", ".rdf", ".xml"),
    detect=detect,
    opens=b"<",
    decode=decode,
    encode=encode,
    split=split,
    places=places(
        uri="guid, dragoman:uri",
        headline="title",
        body="content:encoded, description",
        first_created="pubDate, dragoman:firstCreated",
        version_created="dcterms:modified, dragoman:versionCreated",
        language="dc:language",
        by="dc:creator",
        copyright_notice="dc:rights",
        summary="description",
        subjects="category",
        info_sources="dc:source",
        associations="media:content",
        versions="atom:link rel=alternate, dragoman:association",
    )
    | {"links and emphasis": "content:encoded, description"},
)


def read(data: bytes, hints: Hints) -> Feed:
    """The feed as sent. Raises: Undecodable."""
    text, notes = xml_text(data, hints)
    try:
        root = parse_xml(text)
    except Undecodable as error:
        found = mended(text)
        if found is None or local(found) not in _CHANNELS or not _items(found):
            return forgiven(text, error)
        root, notes = found, (*notes, RECOVERED)
    channel = next((element for element in root.iter() if local(element) == "channel"), None)
    if local(root) not in _CHANNELS or (channel is None and local(root) != "rss"):
        raise Undecodable("This is not an RSS feed", f"its root is <{local(root)}>")
    holder = root if channel is None else channel
    came_from = hints.source if hints.source.startswith(("http://", "https://")) else ""
    about = _channel(holder, came_from)
    site = about.link if is_absolute(about.link) else came_from
    items = _items(root)
    files = wordpress.attachments(items) if wordpress.is_export(root) else {}
    return Feed(channel=about, entries=tuple(_entry(item, site, files) for item in items), notes=notes)


def _items(root: etree._Element) -> list[etree._Element]:
    found = [element for element in root.iter("{*}item", "{*}ITEM", "{*}Item") if _stands(element)]
    return [element for element in found if wordpress.is_copy(element)] if wordpress.is_export(root) else found


def _stands(element: etree._Element) -> bool:
    """Is it an entry, and not an element of some other namespace inside one (``media:item``, ``content:item``)?"""
    return not _FOREIGN_ITEM.match(str(element.tag))


def _channel(element: etree._Element, came_from: str) -> Channel:
    found = children(element)
    link = first(found, "link") or _alternate(found) or attribute(element, "href") or attribute(element, "about")
    return Channel(
        title=first(found, "title", "dc:title"),
        link=resolved(link, base_of(element, came_from)),
        id=first(found, "link") or attribute(element, "about"),
        language=first(found, "language", "dc:language") or language_of(element),
        rights=first(found, "copyright", "dc:rights", "media:copyright"),
        author=person_of(found.get("managingeditor", ())) or _author(found),
    )


def _author(found: Found) -> str:
    people = person_of(found.get("author", ()))
    return people or ", ".join(all_texts(found, "dc:creator", "dc:author", "itunes:author"))


def _identity(found: Found, element: etree._Element) -> tuple[str, str]:
    """The entry's id and its page. A guid is the page too where nothing says it is not (RSS 2.0, isPermaLink)."""
    about = attribute(element, "about")
    guid = first(found, "guid", "id")
    link = first(found, "feedburner:origlink", "link") or attribute(element, "href") or _alternate(found)
    permanent = all(attribute(each, "ispermalink").lower() != "false" for each in found.get("guid", ())[:1])
    if not link and permanent and guid.startswith(("http://", "https://")):
        link = guid
    return guid or first(found, "dc:identifier") or about, link or (about if about.startswith("http") else "")


def _alternate(found: Found) -> str:
    links = [link for link in found.get("link", ()) if link.get("href") and link.get("rel", "alternate") == "alternate"]
    return next((link.get("href", "") for link in links if not link.get("hreflang")), "")


def _entry(element: etree._Element, site: str, files: Mapping[str, str]) -> FeedEntry:
    found = children(element)
    own = own_of(found)
    title = first(found, "title", "media:title", "dc:title", "itunes:title")
    summary, content = _texts(found)
    if own:  # our own writing: titles and summaries are plain, not HTML
        title, summary = escaped(title), escaped(summary) if content else summary
    name, page = _identity(found, element)
    base = base_of(element, site)
    entry = FeedEntry(
        id=name,
        link=page,
        title=title,
        summary=summary,
        content=content,
        author=_author(found),
        published=first(found, "pubdate", "dc:date", "published", "dc:issued", "dc:created")
        or attribute(element, "lastmod"),
        updated=first(found, "dc:modified", "updated", "modified", "other:updated"),
        language=_language(found, element),
        rights=first(found, "dc:rights", "media:copyright", "copyright", "rights"),
        license=licence_of(found),
        credit=media_said(found, "media:credit"),
        source=first(found, "source", "dc:source", "dc:publisher", "other:source"),
        source_uri=next((each.get("url", "") for each in found.get("source", ())), ""),
        categories=categories_of(found),
        media=media_of(found, found.get("enclosure", []), base),
        links=links_of(found, page),
        own=own,
        base=base,
    )
    return _post(entry, found, files) if "wp:post_type" in found else entry


def _texts(found: Found) -> tuple[str, str]:
    """Summary and content. Where both a description and a summary stand and no content, the description is the copy."""
    content = first_markup(found, *_CONTENTS)
    described = first_markup(found, *_DESCRIPTIONS) or media_said(found, "media:description")
    short = first_markup(found, "excerpt:encoded", "summary")
    if short and described and not content:
        return short, described
    return short or described or first(found, "itunes:summary", "itunes:subtitle"), content


def _language(found: Found, element: etree._Element) -> str:
    """The entry's own language: what it says, else that of its text."""
    if said := first(found, "dc:language", "language") or element.get(LANG):
        return said
    texts = (each for name in ("content:encoded", "description", "title") for each in found.get(name, ()))
    return next((said for each in texts if (said := each.get(LANG))), "")


def _post(entry: FeedEntry, found: Found, files: Mapping[str, str]) -> FeedEntry:
    """An entry of WordPress's export, with what only that says of it."""
    content, cut = wordpress.paragraphs(entry.content)
    status, kind = first(found, "wp:status"), first(found, "wp:post_type")
    picture = first(found, "wp:attachment_url") if kind == "attachment" else wordpress.thumbnail(found, files)
    return replace(
        entry,
        content=content,
        slug=first(found, "wp:post_name"),
        status=status,
        kind=kind,
        published=_gmt(found) if not entry.published or "-0001" in entry.published else entry.published,
        updated=_gmt(found, "wp:post_modified_gmt"),
        media=(Media(href=picture), *entry.media) if picture.startswith(("http://", "https://")) else entry.media,
        lost=("wordpress shortcodes",) if cut else (),
    )


def _gmt(found: Found, name: str = "wp:post_date_gmt") -> str:
    """A time of WordPress's, which is in UTC and does not say so; zeros stand for none."""
    said = first(found, name)
    return f"{said}Z" if said and not said.startswith("0000") else ""


def _add(channel: etree._Element, item: Item) -> None:
    element = sub(channel, "item")
    sub(element, "title", marked_title(item))
    if page := page_of(item):
        sub(element, "link", page)
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
    if notice := rights_of(item):
        sub(element, f"{{{DC[0]}}}rights", notice)
    if is_gone(item):
        sub(element, "description", withdrawn(item))
    else:
        _add_text(element, item)
    add_versions(element, item)
    add_words(element, item)


def _add_text(element: etree._Element, item: Item) -> None:
    if item.descriptions:
        sub(element, "description", clean(item.descriptions[0].value))
    if item.bodies:
        tag = f"{{{CONTENT}}}encoded" if item.descriptions else "description"
        sub(element, tag, clean(item.bodies[0].value))
    for subject in item.subjects:
        domain = clean(subject.uri if subject.name else "") or clean(subject.role)
        sub(
            element,
            "category",
            clean(subject.name or subject.uri or subject.literal),
            **({"domain": domain} if domain else {}),
        )
    for source in item.info_sources[:1]:
        sub(element, f"{{{DC[0]}}}source", clean(source.name))
    for each in item.associations:
        _add_media(element, each)


def _add_media(element: etree._Element, thing: Association) -> None:
    """A picture or recording; in several sizes as a group."""
    shown = [one for one in thing.renditions if one.href]
    holder = sub(element, f"{{{MEDIA[0]}}}group") if len(shown) > 1 else element
    for one in shown:
        said = {
            "url": one.href,
            "type": one.content_type,
            "width": str(one.width or ""),
            "height": str(one.height or ""),
        }
        media = sub(holder, f"{{{MEDIA[0]}}}content", "", **{name: clean(word) for name, word in said.items() if word})
        if one.title:
            sub(media, f"{{{MEDIA[0]}}}title", clean(one.title))
