"""The label of a picture: credit, captions, copyright and terms as XMP and IIM, put into a JPEG that carries nothing else. Pure.

It is written when the rendition is handed out, so that it says what the item says now. No pixel is touched: the two blocks go
behind the first marker (ITU-T T.81, B.1.1.4; ISO 16684-3 for XMP, IIM 4.2 in Photoshop's resource 0x0404).
"""

from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct

from dragoman.formats.picture.xmp import DEFAULT, NAMESPACES, RDF
from dragoman.model.item import Item
from dragoman.model.picture import alts, captions

_XMP_MARK = b"http://ns.adobe.com/xap/1.0/\x00"
_PHOTOSHOP = b"Photoshop 3.0\x00"
_UTF8 = b"\x1b%G"
_SEGMENT = 65_000
"""Bytes that fit into one segment of a JPEG, a little less than the 65,533 there are."""
_XML = "http://www.w3.org/XML/1998/namespace"
_MOST = {105: 256, 120: 2000, 80: 32, 110: 32, 116: 128, 40: 256, 90: 32, 101: 64, 55: 8}
"""Bytes that IIM allows for a field."""


class Label(Struct, frozen=True, kw_only=True):
    """What is written into every rendition that leaves. `language` is that of the item."""

    language: str = ""
    headline: str = ""
    captions: Mapping[str, str] = {}
    alts: Mapping[str, str] = {}
    by: str = ""
    credit: str = ""
    copyright: str = ""
    terms: str = ""
    instructions: str = ""
    city: str = ""
    country: str = ""
    taken: str = ""
    made_by: str = ""


def label_of(item: Item) -> Label:
    """The label of a picture item, as it stands."""
    taken = item.ours.taken
    made_by = next((one.uri for one in item.genres if "digitalsourcetype" in one.uri), "")
    return Label(
        language=item.language,
        headline=item.headline,
        captions=captions(item),
        alts=alts(item),
        by=item.by,
        credit=item.ours.credit,
        copyright=item.copyright_notice or item.copyright_holder,
        terms=item.usage_terms,
        instructions=item.ed_note,
        city=next((one.name for one in item.places if one.role == "city"), ""),
        country=next((one.name for one in item.places if one.role == "country"), ""),
        taken=taken.earliest.isoformat() if taken and taken.precision in ("day", "moment") and taken.earliest else "",
        made_by=made_by,
    )


def labelled(jpeg: bytes, label: Label) -> bytes:
    """The JPEG with the label in it; bytes that are no JPEG as they are."""
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    at = 2
    if jpeg[2:4] == b"\xff\xe0":  # JFIF wants to be first
        at = 4 + int.from_bytes(jpeg[4:6], "big")
    return jpeg[:at] + _segment(0xE1, _XMP_MARK + _fitting(label)) + _segment(0xED, _resources(label)) + jpeg[at:]


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _fitting(label: Label) -> bytes:
    """The packet; with captions in the item's own language alone, or cut, where it would be too long."""
    own = {code: text for code, text in label.captions.items() if code == label.language}
    short = {code: text[:2_000] for code, text in (own or label.captions).items()}
    for texts, alternatives in ((label.captions, label.alts), (own, {}), (short, {})):
        body = packet(label, texts, alternatives)
        if len(body) <= _SEGMENT:
            return body
    return packet(Label(credit=label.credit[:500], copyright=label.copyright[:500], terms=label.terms[:500]), {}, {})


def packet(label: Label, captions: Mapping[str, str], alts: Mapping[str, str]) -> bytes:
    """The label as an XMP packet."""
    root = etree.Element("{adobe:ns:meta/}xmpmeta", nsmap={"x": "adobe:ns:meta/"})
    rdf = etree.SubElement(root, f"{{{RDF}}}RDF", nsmap={"rdf": RDF})
    names = {**{key: uri for key, uri in NAMESPACES.items() if key in _WRITTEN}}
    about = etree.SubElement(rdf, f"{{{RDF}}}Description", nsmap={_PREFIXES.get(k, k): uri for k, uri in names.items()})
    about.set(f"{{{RDF}}}about", "")
    for prefix, name, text in _plain(label):
        if text:
            etree.SubElement(about, f"{{{NAMESPACES[prefix]}}}{name}").text = _legal(text)
    _list(about, "dc", "creator", "Seq", [label.by] if label.by else [])
    for prefix, name, texts in (
        ("dc", "description", captions),
        ("dc", "rights", {"": label.copyright}),
        ("rights", "UsageTerms", {"": label.terms}),
        ("core", "AltTextAccessibility", alts),
    ):
        _languages(about, prefix, name, texts, label.language)
    return (
        b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        + etree.tostring(root)
        + b'<?xpacket end="r"?>'
    )


_WRITTEN = frozenset({"dc", "photoshop", "core", "ext", "rights"})
_PREFIXES = {"core": "Iptc4xmpCore", "ext": "Iptc4xmpExt", "rights": "xmpRights"}


def _plain(label: Label) -> Iterator[tuple[str, str, str]]:
    yield "photoshop", "Headline", label.headline
    yield "photoshop", "Credit", label.credit
    yield "photoshop", "Instructions", label.instructions
    yield "photoshop", "City", label.city
    yield "photoshop", "Country", label.country
    yield "photoshop", "DateCreated", label.taken
    yield "ext", "DigitalSourceType", label.made_by


def _list(about: etree._Element, prefix: str, name: str, kind: str, texts: list[str]) -> None:
    if texts:
        group = etree.SubElement(etree.SubElement(about, f"{{{NAMESPACES[prefix]}}}{name}"), f"{{{RDF}}}{kind}")
        for text in texts:
            etree.SubElement(group, f"{{{RDF}}}li").text = _legal(text)


def _languages(about: etree._Element, prefix: str, name: str, texts: Mapping[str, str], own: str) -> None:
    """An Alt; the default is the item's own language, or the only one there is."""
    said = {code: text for code, text in texts.items() if text}
    if not said:
        return
    group = etree.SubElement(etree.SubElement(about, f"{{{NAMESPACES[prefix]}}}{name}"), f"{{{RDF}}}Alt")
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


def _resources(label: Label) -> bytes:
    block = _iim(label)
    return _PHOTOSHOP + b"8BIM\x04\x04\x00\x00" + len(block).to_bytes(4, "big") + block + b"\x00" * (len(block) % 2)


def _iim(label: Label) -> bytes:
    """The datasets, with the mark that says UTF-8 (1:90): without it others guess."""
    caption = label.captions.get(label.language) or next(iter(label.captions.values()), "")
    fields = {
        40: label.instructions,
        55: label.taken.replace("-", ""),
        80: label.by,
        90: label.city,
        101: label.country,
        105: label.headline,
        110: label.credit,
        116: label.copyright,
        120: caption,
    }
    written = b"".join(_dataset(2, number, _cut(text, _MOST[number])) for number, text in fields.items() if text)
    return _dataset(1, 90, _UTF8) + _dataset(2, 0, b"\x00\x04") + written


def _dataset(record: int, number: int, value: bytes) -> bytes:
    return bytes((0x1C, record, number)) + len(value).to_bytes(2, "big") + value


def _cut(text: str, most: int) -> bytes:
    """At most so many bytes, no character halved."""
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore").encode("utf-8")
