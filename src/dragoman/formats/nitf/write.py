"""An item as a NITF 3.6 document. Pure.

What the standard has no element for stands in ``meta`` elements named ``dragoman-…``, as others' own do.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from lxml import etree

from dragoman.formats._carried import is_gone
from dragoman.formats._fields import lost
from dragoman.formats._newscodes import subject_code
from dragoman.formats.nitf.front import SUBTITLE
from dragoman.formats.nitf.markup import NS, XHTML, add_body, element
from dragoman.formats.nitf.tree import GENERATOR
from dragoman.model.item import TRANSLATION_OF, Association, Concept, Item
from dragoman.text.cleaning import clean, squeeze

PLACES: Mapping[str, str] = {
    "uri": "docdata/doc-id/@id-string",
    "version": "docdata/du-key/@version, or meta dragoman-version",
    "pub_status": "docdata/@management-status",
    "first_created": "meta dragoman-first-created; without it date.issue",
    "version_created": "docdata/date.issue",
    "content_created": "revision-history[@function='writer-author']",
    "embargoed_until": "docdata/date.release",
    "urgency": "docdata/urgency/@ed-urg",
    "language": "nitf/@baselang",
    "headline": "hedline/hl1",
    "headlines": "hedline/hl2",
    "slugline": "docdata/du-key/@key",
    "by": "byline",
    "located": "dateline/location",
    "summary": "abstract",
    "descriptions": "abstract/@class",
    "body": "body.content",
    "links and emphasis": "a, em/@class, lang, q, num/sub",
    "subjects": "tobject.subject, classifier, keyword",
    "subjects.uri": "tobject.subject/@refnum, classifier/@value",
    "places": "identified-content/location; evloc",
    "people": "identified-content/person",
    "organisations": "identified-content/org",
    "genres": "tobject.property, classifier[@type='genre']",
    "info_sources": "identified-content/classifier[@type='source']",
    "copyright_holder": "docdata/doc.copyright/@holder",
    "copyright_notice": "body.head/note[@noteclass='cpyrt']",
    "usage_terms": "docdata/doc.rights/@limitations",
    "ed_note": "docdata/ed-msg/@info",
    "alt_ids": "further docdata/doc-id",
    "associations": "body.content/media",
    "versions": "meta dragoman-original, dragoman-translation",
    "events": "identified-content/event",
    "dateline": "dateline",
    "credit": "distributor",
    "correction": "docdata/ed-msg/@msg-type",
    "correction.reason": "docdata/ed-msg/@info, correction/@info",
    "advance": "docdata/ed-msg[@msg-type='advance']",
    "hops": "docdata/del-list/from-src",
}
"""Where each field of an item stands in a document of ours."""

_ADVANCE = "ADVANCE: not for publication before the embargo is lifted."
_NMTOKEN = re.compile(r"[\w.:-]+\Z", re.ASCII)
_FIXED = {"version": "-//IPTC//DTD NITF 3.6//EN", "change.date": "September 11, 2009", "change.time": "12:26"}
_MEDIA_TYPES = {"picture": "image", "graphic": "image", "audio": "audio", "video": "video"}


def document(item: Item) -> tuple[bytes, tuple[str, ...]]:
    """The document, and what it has no place for. Copy taken back goes without text, summary and pictures."""
    root = etree.Element(f"{{{NS}}}nitf", _FIXED, nsmap={None: NS, "xhtml": XHTML})
    if item.language:
        root.set("baselang", clean(item.language))
    _head(root, item)
    body = element(root, "body")
    _front(body, item)
    if not is_gone(item):
        _content(body, item)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written, (*lost(item, PLACES), *_half_lost(item))


def _half_lost(item: Item) -> list[str]:
    """What goes out in part."""
    told = {
        "associations.rel": any(each.rel and not each.is_of_family for each in item.associations),
        "associations without file": any(not _has_file(each) and not each.is_of_family for each in item.associations),
        "links and emphasis of more than one body": len(item.bodies) > 1 and not is_gone(item),
    }
    return [name for name, is_lost in told.items() if is_lost]


def _head(root: etree._Element, item: Item) -> None:
    head = element(root, "head")
    if title := _line(item.headline):
        element(head, "title", title)
    for name, content in _metas(item):
        element(head, "meta", name=name).set("content", content)
    _topics(head, item)
    _docdata(head, item)
    if item.content_created:
        element(head, "revision-history", function="writer-author", norm=_norm(item.content_created))


def _metas(item: Item) -> list[tuple[str, str]]:
    found = [("generator", GENERATOR)]
    if item.version and not _NMTOKEN.match(item.version):
        found.append(("dragoman-version", clean(item.version)))
    if item.first_created and item.version_created and item.first_created != item.version_created:
        found.append(("dragoman-first-created", _norm(item.first_created)))
    for each in item.associations:
        if each.is_of_family and each.uri:
            name = "original" if each.is_original or each.rel == TRANSLATION_OF else "translation"
            found.append((f"dragoman-{name}", clean(each.uri)))
    return found


def _topics(head: etree._Element, item: Item) -> None:
    coded = [(subject_code(each.uri), each) for each in item.subjects]
    plain_genres = [each for each in item.genres if each.name and not each.uri]
    if not plain_genres and not any(code for code, _ in coded):
        return
    tobject = element(head, "tobject")
    for genre in plain_genres:
        element(tobject, "tobject.property").set("tobject.property.type", _line(genre.name))
    for code, each in coded:
        if not code:
            continue
        made = element(tobject, "tobject.subject")
        made.set("tobject.subject.refnum", code)
        if each.name:
            level = "type" if code.endswith("000000") else "matter" if code.endswith("000") else "detail"
            made.set(f"tobject.subject.{level}", _line(each.name))


def _docdata(head: etree._Element, item: Item) -> None:
    data = element(head, "docdata")
    data.set(
        "management-status", "embargoed" if item.embargoed_until and item.pub_status == "usable" else item.pub_status
    )
    element(data, "doc-id").set("id-string", clean(item.uri))
    for alt in item.alt_ids:
        element(data, "doc-id", regsrc=clean(alt.role)).set("id-string", clean(alt.value))
    if item.ours.hops:
        trail = element(data, "del-list")
        for level, hop in enumerate(item.ours.hops, 1):
            element(trail, "from-src", **{"src-name": clean(hop.agency), "level-number": str(level)})
    if item.urgency:
        element(data, "urgency", **{"ed-urg": str(item.urgency)})
    if issued := item.version_created or item.first_created:
        element(data, "date.issue", norm=_norm(issued))
    if item.embargoed_until:
        element(data, "date.release", norm=_norm(item.embargoed_until))
    _messages(data, item)
    version = item.version if _NMTOKEN.match(item.version) else ""
    if item.slugline or version:
        element(data, "du-key", version=version, key=clean(item.slugline))
    if item.copyright_holder:
        element(data, "doc.copyright", holder=clean(item.copyright_holder))
    if item.usage_terms:
        element(data, "doc.rights", limitations=clean(item.usage_terms))
    keywords = [each for each in item.subjects if each.name and not each.uri and not each.literal]
    if keywords:
        listed = element(data, "key-list")
        for each in keywords:
            element(listed, "keyword", key=clean(each.name))
    _identified(data, item)


def _messages(data: etree._Element, item: Item) -> None:
    """The notes to editors: what the version does to the one before, that it is ahead of its hour, what is said."""
    correction = item.ours.correction
    if correction and correction.kind == "correction":
        element(data, "correction", **{"info": clean(correction.reason), "id-string": clean(correction.replaces)})
    if correction:
        element(data, "ed-msg", **{"msg-type": correction.kind, "info": clean(correction.reason)})
    if item.ours.advance:
        element(data, "ed-msg", **{"msg-type": "advance", "info": _ADVANCE})
    if item.ed_note:
        element(data, "ed-msg", info=clean(item.ed_note))


def _identified(data: etree._Element, item: Item) -> None:
    content = etree.Element(f"{{{NS}}}identified-content")
    for name, concepts in (("person", item.people), ("org", item.organisations), ("event", item.events)):
        for each in concepts:
            element(content, name, _line(each.name), **_code(each))
    for each in item.places:
        element(content, "location", _line(each.name), **_code(each, "location-code", "code-source"))
    for each in item.subjects:
        if (each.uri or each.literal) and not subject_code(each.uri):
            element(content, "classifier", _line(each.name), type="subject", **_code(each))
    for each in item.genres:
        if each.uri or not each.name:
            element(content, "classifier", _line(each.name), type="genre", **_code(each))
    for each in item.info_sources:
        element(content, "classifier", _line(each.name), type=f"source:{clean(each.role)}".rstrip(":"), **_code(each))
    if len(content):
        data.append(content)


def _front(body: etree._Element, item: Item) -> None:
    front = element(body, "body.head")
    if item.headline:
        block = element(front, "hedline")
        element(block, "hl1", _line(item.headline))
        for each in item.headlines[1:]:
            element(block, "hl2", _line(each.value), **{"class": clean(each.role) if each.role != SUBTITLE else ""})
    if item.copyright_notice:
        note = element(front, "note", noteclass="cpyrt")
        element(element(note, "body.content"), "p", clean(item.copyright_notice))
    if item.by:
        element(front, "byline", clean(item.by))
    if item.ours.credit:
        element(front, "distributor", clean(item.ours.credit))
    if item.located:
        element(element(front, "dateline"), "location", clean(item.located))
    if item.ours.dateline:
        element(front, "dateline", clean(item.ours.dateline.text), **{"class": "printed"})
    for said in () if is_gone(item) else item.descriptions:
        role = clean(said.role) if said.role != "summary" else ""
        element(element(front, "abstract", **{"class": role}), "p", clean(said.value))


def _content(body: etree._Element, item: Item) -> None:
    content = element(body, "body.content")
    if item.bodies:
        add_body(content, item.bodies[0].value)
    for each in item.associations:
        if _has_file(each) and not each.is_of_family:
            _media(content, each)


def _has_file(association: Association) -> bool:
    return any(one.href for one in association.renditions)


def _media(content: etree._Element, association: Association) -> None:
    media = element(content, "media", **{"media-type": _MEDIA_TYPES.get(association.type, "other")})
    if association.uri and association.uri != association.renditions[0].href:
        element(media, "media-metadata", name="uri", value=clean(association.uri))
    for each in association.renditions:
        sides = {side: str(size) for side, size in (("width", each.width), ("height", each.height)) if size}
        words = {"source": each.href, "name": each.name, "mime-type": each.content_type, "alternate-text": each.title}
        element(media, "media-reference", **{name: clean(word) for name, word in words.items()}, **sides)
    for headline in association.headlines:
        element(media, "media-caption", clean(headline.value))


def _code(concept: Concept, value: str = "value", scheme: str = "idsrc") -> dict[str, str]:
    """The attributes that say the code of a concept: a uri as it is, a literal by its scheme."""
    if concept.uri or ":" not in concept.literal:
        return {value: clean(concept.uri or concept.literal)}
    source, _, code = clean(concept.literal).partition(":")
    return {scheme: source, value: code}


def _line(text: str) -> str:
    return clean(squeeze(text))


def _norm(moment: datetime) -> str:
    """As NITF prefers times: ``20260513T134500+0400``, ``20260513T093000Z``."""
    fraction = f".{moment.microsecond:06}".rstrip("0") if moment.microsecond else ""
    return f"{moment:%Y%m%dT%H%M%S}{fraction}{moment:%z}".replace("+0000", "Z")
