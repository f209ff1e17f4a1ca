"""An item as NewsML-G2 2.35, power conformance, valid against IPTC's schema: what every kind of item has. Pure.

The elements stand in the order of the schema. Codes of ours are URIs; IPTC's are qcodes of the catalog that is named.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from lxml import etree

from dragoman.formats._carried import is_gone
from dragoman.formats._identity import is_uri
from dragoman.formats.newsml_g2.codes import NO_TIME, ours, written
from dragoman.formats.newsml_g2.meta import GENERATOR
from dragoman.formats.newsml_g2.said import NAR, XML_LANG
from dragoman.model.item import TRANSLATION_OF, AltId, Association, Concept, Description, Item
from dragoman.read.body import plain
from dragoman.text.cleaning import clean, squeeze

CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"
XHTML = "http://www.w3.org/1999/xhtml"
CONTENT_TYPE = "application/vnd.iptc.g2.newsitem+xml"
_NUMBER = re.compile(r"[1-9][0-9]{0,17}\Z")
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\Z")
_SIGNALS = {"update": "sig:update", "correction": "sig:correction"}
_CLASSES = frozenset({"text", "picture", "graphic", "audio", "video", "composite"})
_RENDITIONS = frozenset({"highRes", "lowRes", "web", "thumbnail", "preview", "original", "print", "mobile"})
_DESCRIPTIONS = frozenset({"caption", "summary"})

Element = etree._Element


def sub(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A child of `parent` in IPTC's namespace; attributes without a value are left out."""
    child = etree.SubElement(parent, f"{{{NAR}}}{name}", {key: value for key, value in attributes.items() if value})
    if text:
        child.text = text
    return child


def line(text: str) -> str:
    """`text` as it may stand in XML, on one line."""
    return squeeze(clean(text))


def block(parent: Element, name: str, text: str, **attributes: str) -> None:
    """A text of several lines: line breaks are elements, since white space says nothing."""
    lines = [squeeze(each) for each in clean(text).split("\n")]
    element = sub(parent, name, lines[0], **attributes)
    for each in lines[1:]:
        sub(element, "br").tail = each


def time(moment: datetime) -> str:
    """`moment` as XML Schema has it: an offset of whole minutes, the sender's where it can be."""
    offset = moment.utcoffset()
    if offset is None or offset.seconds % 60 or offset.microseconds or abs(offset.total_seconds()) > 14 * 3600:
        moment = moment.astimezone(UTC)
    return moment.isoformat().replace("+00:00", "Z")


def frame(root: str, item: Item, updated: datetime | None) -> Element:
    """The item's element with catalog, hops, rights and itemMeta; the rest follows by kind."""
    element = etree.Element(
        f"{{{NAR}}}{root}",
        {
            "standard": "NewsML-G2",
            "standardversion": "2.35",
            "conformance": "power",
            "guid": item.uri,
        },
        nsmap={None: NAR},
    )
    if _NUMBER.match(item.version):
        element.set("version", item.version)
    if _TAG.match(item.language):
        element.set(XML_LANG, item.language)
    sub(element, "catalogRef", href=CATALOG)
    _hops(element, item)
    _rights(element, item)
    _item_meta(element, root, item, updated)
    return element


def _hops(element: Element, item: Item) -> None:
    if item.ours.hops:
        history = sub(element, "hopHistory")
        for number, hop in enumerate(item.ours.hops, 1):
            each = sub(history, "hop", seq=str(number), timestamp=time(hop.at) if hop.at else "")
            sub(each, "party", literal=line(hop.agency))


def _rights(element: Element, item: Item) -> None:
    if item.copyright_holder or item.copyright_notice or item.usage_terms:
        rights = sub(element, "rightsInfo")
        if item.copyright_holder:
            sub(sub(rights, "copyrightHolder"), "name", line(item.copyright_holder))
        if item.copyright_notice:
            block(rights, "copyrightNotice", item.copyright_notice)
        if item.usage_terms:
            block(rights, "usageTerms", item.usage_terms)


def _item_meta(element: Element, root: str, item: Item, updated: datetime | None) -> None:
    meta = sub(element, "itemMeta")
    sub(meta, "itemClass", qcode=_class_of(item))
    _provider(meta, item)
    made = item.version_created or item.first_created or item.content_created or updated or NO_TIME
    sub(meta, "versionCreated", time(made))
    if item.first_created:
        sub(meta, "firstCreated", time(item.first_created))
    if item.embargoed_until:
        sub(meta, "embargoed", time(item.embargoed_until))
    sub(meta, "pubStatus", qcode=f"stat:{item.pub_status}")
    sub(meta, "generator", GENERATOR)
    _notes(meta, item)
    _signals(meta, item)
    for number, association in enumerate(item.associations, 1):
        if root != "packageItem" or association.is_of_family:
            _link(meta, "link", association, number)
    if not _NUMBER.match(item.version):
        extension(meta, "itemMetaExtProperty", "version", item.version)


def _class_of(item: Item) -> str:
    if item.type == "event":
        return "cinat:concept"
    if item.type == "planning":
        return "plinat:newscoverage"
    return f"ninat:{item.type if item.type in _CLASSES else 'composite'}"


def _provider(meta: Element, item: Item) -> None:
    """Who provides it: the source that is called so and comes first, else whoever it is from."""
    named = provider_of(item)
    if named is None:
        sub(meta, "provider", literal=line(item.ours.origin or item.copyright_holder or item.ours.credit) or "unknown")
    elif named.name or named.uri:
        concept(meta, "provider", named)
    else:
        sub(sub(meta, "provider", literal=line(named.literal)), "name", line(named.literal))


def provider_of(item: Item) -> Concept | None:
    found = item.info_sources[0] if item.info_sources else None
    return found if found is not None and found.role == "provider" else None


def _notes(meta: Element, item: Item) -> None:
    if item.ours.advance:
        text = "ADVANCE: not for publication before the embargo is lifted."
        sub(meta, "edNote", text, roleuri=ours("ednote", "advance"))
    correction = item.ours.correction
    if correction and correction.reason:
        block(meta, "edNote", correction.reason, roleuri=ours("ednote", "reason"))
    if item.ed_note:
        block(meta, "edNote", item.ed_note)


def _signals(meta: Element, item: Item) -> None:
    correction = item.ours.correction
    if item.ours.advance:
        sub(meta, "signal", uri=ours("signal", "advance"))
    if correction:
        known = _SIGNALS.get(correction.kind)
        sub(meta, "signal", qcode=known or "", uri="" if known else ours("signal", correction.kind))
        if correction.replaces and _NUMBER.match(correction.replaces):
            sub(meta, "link", rel="irel:previousVersion", residref=item.uri, version=correction.replaces)


def extension(parent: Element, name: str, rel: str, value: str) -> None:
    """A word of ours that the standard has no element for."""
    if value:
        sub(parent, name, reluri=ours("property", rel), value=clean(value))


def _link(parent: Element, name: str, association: Association, number: int) -> None:
    """A link to what belongs to the item; the title is a hint to who does not follow it."""
    rendition = next((one for one in association.renditions if one.href), None)
    href = rendition.href if rendition else ""
    relation = {"rel": "irel:translatedFrom"} if association.rel == TRANSLATION_OF else {}
    if association.rel and not relation:
        relation = {"reluri": ours("itemrelation", association.rel)}
    target = association.uri
    link = sub(
        parent,
        name,
        **relation,
        rank=str(number) if name == "link" else "",
        residref=target if target and target != href else "",
        href=href or "",
        version=association.version if _NUMBER.match(association.version) else "",
        contenttype=rendition.content_type if rendition else "",
    )
    if target and not link.get("residref") and not href:
        link.set("residref", target)
    if association.type in _CLASSES:
        sub(link, "itemClass", qcode=f"ninat:{association.type}")
    if _TAG.match(association.language):
        sub(link, "language", tag=association.language)
    for headline in association.headlines[:1]:
        sub(link, "headline", line(headline.value))


def references(group: Element, associations: Iterable[Association]) -> None:
    """The references of a package, in its order."""
    for number, association in enumerate(associations, 1):
        _link(group, "itemRef", association, number)


# ---------------------------------------------------------------------------------------------- about the content


def concept(parent: Element, name: str, said: Concept, **attributes: str) -> Element:
    """A concept by its code and its name; a literal that no code is stands as a literal."""
    coded: dict[str, str] = {}
    if said.uri and is_uri(said.uri):
        coded = dict([written(said.uri)])
    elif said.literal or said.uri:
        coded = {"literal": line(said.literal or said.uri)}
    element = sub(parent, name, **coded, **attributes)
    if said.name:
        sub(element, "name", line(said.name))
    return element


def content_meta(element: Element, item: Item) -> Element:
    """Urgency, times, places, sources and ids: what every kind of item says of its content. Raises nothing."""
    meta = sub(element, "contentMeta")
    if item.urgency:
        sub(meta, "urgency", str(item.urgency))
    if item.content_created:
        sub(meta, "contentCreated", time(item.content_created))
    if item.located:
        here = next((place for place in item.places if place.rel == "located" and place.name == item.located), None)
        concept(meta, "located", here or Concept(name=item.located))
    for source in item.info_sources[1 if provider_of(item) else 0 :]:
        _source(meta, source)
    for alt in item.alt_ids:
        _alt_id(meta, alt)
    if _TAG.match(item.language):
        sub(meta, "language", tag=item.language)
    return meta


def _source(meta: Element, source: Concept) -> None:
    concept(meta, "infoSource", source, roleuri=ours("sourcerole", source.role) if source.role else "")


def _alt_id(meta: Element, alt: AltId) -> None:
    sub(meta, "altId", line(alt.value), typeuri=ours("altid", alt.role) if alt.role else "")


_TYPED = (("places", "cpnat:geoArea"), ("people", "cpnat:person"), ("organisations", "cpnat:organisation"), ("events", "cpnat:event"))  # fmt: skip


def subjects(meta: Element, item: Item, *, events: bool = True) -> None:
    """What it is about, in the order of the fields."""
    for each in item.subjects:
        if each.rel == "keyword" and each.name and not (each.uri or each.literal):
            sub(meta, "keyword", line(each.name))
        else:
            concept(meta, "subject", each)
    for field, kind in _TYPED if events else ():
        for each in getattr(item, field):
            if not (field == "places" and each.rel == "located" and each.name == item.located):
                concept(meta, "subject", each, type=kind)


def headlines(meta: Element, item: Item) -> None:
    if item.slugline:
        sub(meta, "slugline", line(item.slugline))
    for number, each in enumerate(item.headlines):
        role = each.role if number or each.role not in ("main", "headline") else ""
        sub(meta, "headline", line(each.value), roleuri=ours("headlinerole", role) if role else "")
    for description in () if is_gone(item) else item.descriptions:
        _description(meta, description)


def _description(meta: Element, description: Description) -> None:
    role, sign, language = description.role.partition(":")
    known = role in _DESCRIPTIONS and (not sign or _TAG.match(language))
    attributes = (
        {"role": f"drol:{role}"} if known else {"roleuri": ours("descriptionrole", description.role)} if role else {}
    )
    block(meta, "description", plain(description.value), **attributes)
    if known and sign:
        meta[-1].set(XML_LANG, language)


def rendition_code(name: str) -> dict[str, str]:
    return {"rendition": f"rnd:{name}"} if name in _RENDITIONS else {"renditionuri": ours("rendition", name or "main")}
