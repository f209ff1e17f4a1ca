"""Items of any kind as NewsML-G2: news items, packages, events as concept items, plans; and what of them was lost. Pure."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from lxml import etree
from lxml import html as lxml_html

from dragoman.formats._carried import is_gone
from dragoman.formats._fields import lost
from dragoman.formats._identity import digest
from dragoman.formats._shape import EncodeContext
from dragoman.formats.newsml_g2.codes import NO_TIME
from dragoman.formats.newsml_g2.happenings_out import event_item, event_losses, planning_item
from dragoman.formats.newsml_g2.out import (
    XHTML,
    Element,
    concept,
    content_meta,
    frame,
    headlines,
    line,
    references,
    rendition_code,
    sub,
    subjects,
    time,
)
from dragoman.formats.newsml_g2.said import NAR
from dragoman.model.item import Item
from dragoman.text.cleaning import clean

PLACES = {
    "uri": "@guid",
    "version": "@version; our extension property where it is no number",
    "type": "the kind of item, itemMeta/itemClass",
    "pub_status": "itemMeta/pubStatus",
    "first_created": "itemMeta/firstCreated",
    "version_created": "itemMeta/versionCreated",
    "content_created": "contentMeta/contentCreated",
    "embargoed_until": "itemMeta/embargoed",
    "urgency": "contentMeta/urgency",
    "language": "contentMeta/language, @xml:lang",
    "headline": "contentMeta/headline",
    "headlines": "contentMeta/headline[@role]",
    "slugline": "contentMeta/slugline",
    "by": "contentMeta/by",
    "located": "contentMeta/located",
    "summary": "contentMeta/description",
    "descriptions": "contentMeta/description[@role]",
    "body": "contentSet/inlineXML (XHTML), inlineData; in: NITF and TT's markup",
    "links and emphasis": "XHTML in contentSet/inlineXML",
    "subjects": "contentMeta/subject, keyword",
    "subjects.uri": "contentMeta/subject/@qcode, @uri",
    "places": "subject[@type=cpnat:geoArea], assert",
    "people": "subject[@type=cpnat:person]",
    "organisations": "subject[@type=cpnat:organisation]",
    "genres": "contentMeta/genre",
    "info_sources": "itemMeta/provider, contentMeta/infoSource, creator, contributor",
    "copyright_holder": "rightsInfo/copyrightHolder",
    "copyright_notice": "rightsInfo/copyrightNotice",
    "usage_terms": "rightsInfo/usageTerms",
    "ed_note": "itemMeta/edNote",
    "alt_ids": "contentMeta/altId, itemMeta/fileName",
    "renditions": "contentSet/remoteContent",
    "associations": "itemMeta/link, groupSet/group/itemRef",
    "versions": "itemMeta/link[@rel=irel:translatedFrom]",
    "events": "subject[@type=cpnat:event], concept/broader",
    "event_details": "concept/eventDetails",
    "planned_coverage": "newsCoverageSet/newsCoverage, eventDetails/newsCoverage",
    "dateline": "contentMeta/dateline, and the text",
    "credit": "contentMeta/creditline",
    "correction": "itemMeta/signal",
    "correction.reason": "itemMeta/edNote of our role",
    "advance": "itemMeta/signal of ours",
    "hops": "hopHistory/hop",
}
"""Where each field stands in a NewsML-G2 item."""
_VOID = re.compile(r"<(br|hr|col|img)\b([^<>]*?)/?>")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)([A-Za-z][A-Za-z0-9]*);")


def document(items: Iterable[Item], context: EncodeContext) -> tuple[bytes, tuple[str, ...]]:
    """One item bare, several in a newsMessage; and what was lost of them."""
    listed = list(items)
    if len(listed) == 1:
        root = _element(listed[0], context.updated)
    else:
        root = etree.Element(f"{{{NAR}}}newsMessage", nsmap={None: NAR})
        header = sub(root, "header")
        times = [moment for item in listed if (moment := item.version_created or item.first_created)]
        sub(header, "sent", time(context.updated or max(times, default=NO_TIME)))
        sub(header, "sender", line(context.title))
        item_set = sub(root, "itemSet")
        for item in listed:
            item_set.append(_element(item, context.updated))
    body: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body, tuple(dict.fromkeys(word for item in listed for word in losses(item)))


def losses(item: Item) -> tuple[str, ...]:
    """What of `item` has no place in NewsML-G2."""
    found = list(lost(item, _places_of(item)))
    correction = item.ours.correction
    if correction and correction.replaces and not correction.replaces.isdigit():
        found.append("correction.replaces")
    if item.type != _written_as(item) or item.type == "component":
        found.append(f"type {item.type}")
    if any(len(one.renditions) > 1 for one in item.associations):
        found.append("associations.renditions")
    return (*found, *event_losses(item))


def _places_of(item: Item) -> frozenset[str]:
    """An event's details have a place in a concept item, plans also in a planning item: not in copy."""
    absent = {"event": set(), "planning": {"event_details"}}.get(item.type, {"event_details", "planned_coverage"})
    return frozenset(PLACES) - absent


def _element(item: Item, updated: datetime | None) -> Element:
    return _KINDS.get(_written_as(item), _news_item)(item, updated)


def _written_as(item: Item) -> str:
    """A package with a text of its own is written as composite copy: packages have no content."""
    return "composite" if item.type == "package" and item.bodies and not is_gone(item) else item.type


def _news_item(item: Item, updated: datetime | None) -> Element:
    element = frame("newsItem", item, updated)
    _about(element, item)
    if not is_gone(item) and (item.bodies or item.renditions):
        content = sub(element, "contentSet")
        for body in item.bodies[:1]:
            _inline(content, item, body.value)
        for rendition in item.renditions:
            if rendition.href:
                sub(
                    content,
                    "remoteContent",
                    **rendition_code(rendition.name),
                    href=rendition.href,
                    contenttype=rendition.content_type,
                    width=str(rendition.width or ""),
                    height=str(rendition.height or ""),
                )
    return element


def _package(item: Item, updated: datetime | None) -> Element:
    """A package: its parts as references of one group."""
    element = frame("packageItem", item, updated)
    _about(element, item)
    parts = [one for one in item.associations if not one.is_of_family]
    if parts and not is_gone(item):
        key = f"parts-{digest(item.uri, item.version)[:16]}"  # an id may stand once in a message
        group = sub(sub(element, "groupSet", root=key), "group", id=key, role="group:main")
        references(group, parts)
    return element


def _about(element: Element, item: Item) -> None:
    """contentMeta as news items and packages have it."""
    meta = content_meta(element, item)
    for genre in item.genres:
        concept(meta, "genre", genre)
    subjects(meta, item)
    headlines(meta, item)
    if item.ours.dateline and item.ours.dateline.text:
        sub(meta, "dateline", line(item.ours.dateline.text))
    if item.by:
        sub(meta, "by", line(item.by))
    if item.ours.credit:
        sub(meta, "creditline", line(item.ours.credit))


_KINDS: dict[str, Callable[[Item, datetime | None], Element]] = {
    "package": _package,
    "event": event_item,
    "planning": planning_item,
}


def _inline(content: Element, item: Item, markup: str) -> None:
    """The body as an XHTML document. A mark-up that is no XML is parsed as the HTML it is."""
    inline = sub(content, "inlineXML", contenttype="application/xhtml+xml")
    if item.bodies[0].word_count:
        inline.set("wordcount", str(item.bodies[0].word_count))
    html = etree.SubElement(inline, f"{{{XHTML}}}html", nsmap={None: XHTML})
    head = etree.SubElement(html, f"{{{XHTML}}}head")
    etree.SubElement(head, f"{{{XHTML}}}title").text = line(item.headline)
    html.append(_xhtml(clean(markup)))


def _xhtml(markup: str) -> Element:
    text = _NAMED.sub(_character, _VOID.sub(r"<\1\2/>", markup))
    try:
        body: Element = etree.fromstring(f'<body xmlns="{XHTML}">{text}</body>', _PARSER)
    except etree.XMLSyntaxError:
        body = lxml_html.fragment_fromstring(markup, create_parent="body")
        for each in body.iter():
            if isinstance(each.tag, str):
                each.tag = f"{{{XHTML}}}{each.tag}"
    return body


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _character(match: re.Match[str]) -> str:
    from html.entities import html5

    found = html5.get(f"{match[1]};")
    return f"&amp;{match[1]};" if found is None else found.replace("&", "&amp;").replace("<", "&lt;")
