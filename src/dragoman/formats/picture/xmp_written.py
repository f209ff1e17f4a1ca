"""A label as an XMP packet: its own properties in place of those that were there, and every other kept as it is. Pure.

What does not fit into one segment of a JPEG stands in a second part (ISO 16684-3, extended XMP): first what others wrote.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from dragoman.formats.picture.blocks import Blocks
from dragoman.formats.picture.jpeg import SEGMENT
from dragoman.formats.picture.xmp import DEFAULT, NAMESPACES, RDF, descriptions_of, parsed
from dragoman.model.errors import Undecodable

if TYPE_CHECKING:
    from dragoman.formats.picture.label import Label

_XML = "http://www.w3.org/XML/1998/namespace"
_META = "adobe:ns:meta/"
_PREFIXES = {"core": "Iptc4xmpCore", "ext": "Iptc4xmpExt", "rights": "xmpRights", "note": "xmpNote"}
_MINING = "http://ns.useplus.org/ldf/vocab/"
_MOST = 1_000_000
"""Bytes of a packet in which others' properties are looked for; a longer one is replaced as a whole."""
_OWNED = {
    "photoshop": "Headline Credit Source Instructions City State Country DateCreated TransmissionReference Urgency"
    " LegacyIPTCDigest",
    "core": "CountryCode Location AltTextAccessibility SubjectCode",
    "ext": "DigitalSourceType PersonInImage OrganisationInImageName OrganisationInImageCode Event DigImageGUID",
    "dc": "title description creator rights subject language",
    "rights": "UsageTerms",
    "plus": "DataMining",
    "dcterms": "provenance",
    "note": "HasExtendedXMP",
}
"""What a label says, and what it makes untrue: the address of a manifest of the file as it was, a digest of IIM as it was."""
_READ = frozenset({"dcterms", "note"})
"""Of these nothing is written, but for the name of a second part."""
_NAMES = frozenset(f"{{{NAMESPACES[prefix]}}}{name}" for prefix, names in _OWNED.items() for name in names.split())
PROVENANCE = f"{{{NAMESPACES['dcterms']}}}provenance"


class Packets(Struct, frozen=True, kw_only=True):
    """The packet whole; the same in two parts, of which `short` fits into one segment."""

    whole: bytes
    short: bytes
    extended: bytes = b""
    lost: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    """What is not in `short`."""


def packets(label: "Label", before: Blocks) -> Packets:
    """The label, with what others have said in the picture and it does not."""
    kept, lost = _kept(before)
    whole = _packet([_description(label), *kept])
    if len(whole) <= SEGMENT:
        return Packets(whole=whole, short=whole, lost=lost)
    extended = _serialized(_rdf(kept)) if kept else b""
    short, cut = _fitting(label, hashlib.md5(extended, usedforsecurity=False).hexdigest().upper() if extended else "")
    return Packets(whole=whole, short=short, extended=extended, lost=lost, cut=cut)


def _kept(before: Blocks) -> tuple[list[etree._Element], tuple[str, ...]]:
    """The descriptions that were there, without what a label says, and what of them cannot be kept."""
    kept: list[etree._Element] = []
    lost: list[str] = []
    for packet in filter(None, (before.xmp, before.extended)):
        try:
            if len(packet) > _MOST:
                raise Undecodable("too long")
            found = list(descriptions_of(parsed(packet)))
        except Undecodable:
            lost.append("other XMP")
            continue
        for one in found:
            if PROVENANCE in one.attrib or one.find(PROVENANCE) is not None:
                lost.append("the address of a C2PA manifest")
            for name in set(one.attrib) & _NAMES:
                del one.attrib[name]
            for child in [child for child in one if child.tag in _NAMES]:
                one.remove(child)
            if len(one) or set(one.attrib) - {f"{{{RDF}}}about"}:
                kept.append(one)
    return kept, tuple(dict.fromkeys(lost))


def _fitting(label: "Label", guid: str) -> tuple[bytes, tuple[str, ...]]:
    """The label alone; with captions in the item's own language only, or cut, where it would be too long."""
    own = {code: text for code, text in label.captions.items() if code == label.language} or dict(label.captions)
    short = {code: text[:2_000] for code, text in list(own.items())[:4]}
    little = replace(label, captions=short, alts={}, terms=label.terms[:4_000], instructions=label.instructions[:2_000])
    least = type(label)(
        credit=label.credit[:500], copyright=label.copyright[:500], terms=label.terms[:500], embargo=label.embargo
    )
    for tried, lost in (
        (label, ()),
        (replace(label, captions=own, alts={}), ("captions in other languages",)),
        (little, ("captions in other languages", "text that is too long")),
        (least, ("all but credit, copyright and terms",)),
    ):
        packet = _packet([_description(tried, guid)])
        if len(packet) <= SEGMENT:
            return packet, lost
    raise AssertionError("credit, copyright and terms fit")


def _packet(descriptions: list[etree._Element]) -> bytes:
    root = etree.Element(f"{{{_META}}}xmpmeta", nsmap={"x": _META})
    root.append(_rdf(descriptions))
    return (
        b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>' + _serialized(root) + b'<?xpacket end="r"?>'
    )


def _rdf(descriptions: list[etree._Element]) -> etree._Element:
    rdf = etree.Element(f"{{{RDF}}}RDF", nsmap={"rdf": RDF})
    rdf.extend(descriptions)
    return rdf


def _serialized(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8")


def _description(label: "Label", guid: str = "") -> etree._Element:
    names = {
        _PREFIXES.get(prefix, prefix): NAMESPACES[prefix]
        for prefix in _OWNED
        if prefix not in _READ or (prefix == "note" and guid)
    }
    about = etree.Element(f"{{{RDF}}}Description", nsmap={"rdf": RDF, **names})
    about.set(f"{{{RDF}}}about", "")
    for prefix, name, text in (*_plain(label), ("note", "HasExtendedXMP", guid)):
        if text:
            _property(about, prefix, name).text = _legal(text)
    for prefix, name, kind, several in (
        ("dc", "creator", "Seq", (label.by,) if label.by else ()),
        ("dc", "subject", "Bag", label.keywords),
        ("core", "SubjectCode", "Bag", label.subject_codes),
        ("ext", "PersonInImage", "Bag", label.people),
        ("ext", "OrganisationInImageName", "Bag", label.organisations),
    ):
        _list(about, prefix, name, kind, several)
    for prefix, name, texts in (
        ("dc", "title", {"": label.title}),
        ("dc", "description", label.captions),
        ("dc", "rights", {"": label.copyright}),
        ("rights", "UsageTerms", {"": label.terms}),
        ("core", "AltTextAccessibility", label.alts),
        ("ext", "Event", {"": label.event}),
    ):
        _languages(about, prefix, name, texts, label.language)
    return about


def _plain(label: "Label") -> Iterator[tuple[str, str, str]]:
    yield "photoshop", "Headline", label.headline
    yield "photoshop", "Credit", label.credit
    yield "photoshop", "Source", label.source
    yield "photoshop", "Instructions", label.told
    yield "photoshop", "City", label.city
    yield "photoshop", "State", label.region
    yield "photoshop", "Country", label.country
    yield "photoshop", "DateCreated", label.taken
    yield "photoshop", "TransmissionReference", label.reference
    yield "photoshop", "Urgency", str(label.urgency) if 1 <= label.urgency <= 8 else ""
    yield "core", "Location", label.spot
    yield "core", "CountryCode", label.country_code
    yield "ext", "DigitalSourceType", label.made_by
    yield "ext", "DigImageGUID", label.guid
    yield "plus", "DataMining", f"{_MINING}{label.mining}" if label.mining else ""


def _property(about: etree._Element, prefix: str, name: str) -> etree._Element:
    return etree.SubElement(about, f"{{{NAMESPACES[prefix]}}}{name}")


def _list(about: etree._Element, prefix: str, name: str, kind: str, texts: tuple[str, ...]) -> None:
    if texts:
        group = etree.SubElement(_property(about, prefix, name), f"{{{RDF}}}{kind}")
        for text in texts:
            etree.SubElement(group, f"{{{RDF}}}li").text = _legal(text)


def _languages(about: etree._Element, prefix: str, name: str, texts: Mapping[str, str], own: str) -> None:
    """An Alt; the default is the item's own language, or the only one there is."""
    said = {code: text for code, text in texts.items() if text}
    if not said:
        return
    group = etree.SubElement(_property(about, prefix, name), f"{{{RDF}}}Alt")
    shown = said.get(own) or next(iter(said.values()))
    for code, text in ((DEFAULT, shown), *((code, text) for code, text in said.items() if code not in ("", "und"))):
        one = etree.SubElement(group, f"{{{RDF}}}li")
        one.set(f"{{{_XML}}}lang", code)
        one.text = _legal(text)


def _legal(text: str) -> str:
    """Without what XML has no place for."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
