"""XMP: the RDF in a picture, its properties in whichever of the ways of writing them. Pure.

A property is an attribute or an element; a list is a Bag or Seq of `li`; a text in several languages an Alt of them, of
which ``x-default`` is the one to show when nobody asks. (ISO 16684-1; IPTC Photo Metadata Standard.)
"""

from collections.abc import Iterator

from lxml import etree

from dragoman.formats._xml import parse_xml, xml_text
from dragoman.formats.picture.said import Said
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable

MOST = 4_000_000
"""Bytes: more is no description of a picture."""
DEFAULT = "x-default"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "core": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "ext": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "rights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_xmp(packet: bytes) -> Said:
    """What the packet says. One that cannot be read says nothing but that."""
    if len(packet) > MOST:
        return Said(notes=(f"XMP of {len(packet)} bytes is not read",))
    try:
        text, _ = xml_text(_within(packet), Hints())
        root = parse_xml(text)
    except Undecodable as error:
        return Said(notes=(f"XMP cannot be read: {error.title}",))
    return _said(_Properties(root))


def _within(packet: bytes) -> bytes:
    """The packet without its wrapper and the padding behind it."""
    start = packet.find(b"<x:xmpmeta")
    start = start if start >= 0 else packet.find(b"<rdf:RDF")
    end = max(packet.rfind(b"</x:xmpmeta>") + 12, packet.rfind(b"</rdf:RDF>") + 10)
    return packet[start:end] if 0 <= start < end else packet.strip(b"\x00 \r\n\t")


class _Properties:
    """The properties of all the descriptions, each by its prefix here and its name."""

    def __init__(self, root: etree._Element) -> None:
        self._found: dict[str, etree._Element | str] = {}
        for description in _descriptions(root):
            for name, value in description.attrib.items():
                self._found.setdefault(str(name), str(value))
            for child in description:
                if isinstance(child.tag, str):
                    self._found.setdefault(child.tag, child)

    def text(self, prefix: str, name: str) -> str:
        """A plain text; of a list or of languages the first."""
        several = self.texts(prefix, name)
        return several[0] if several else ""

    def texts(self, prefix: str, name: str) -> tuple[str, ...]:
        found = self._found.get(f"{{{NAMESPACES[prefix]}}}{name}")
        if found is None:
            return ()
        if isinstance(found, str):
            return tuple(filter(None, (_plain(found),)))
        items = list(_items(found))
        texts = [_plain("".join(map(str, one.itertext()))) for one in items] if items else [_own_text(found)]
        return tuple(dict.fromkeys(filter(None, texts)))

    def languages(self, prefix: str, name: str) -> dict[str, str]:
        """A text by its languages; what is said in no language is ``x-default``."""
        found = self._found.get(f"{{{NAMESPACES[prefix]}}}{name}")
        if found is None:
            return {}
        items = [] if isinstance(found, str) else list(_items(found))
        if not items:
            text = self.text(prefix, name)
            return {DEFAULT: text} if text else {}
        texts: dict[str, str] = {}
        for one in items:
            if text := _plain("".join(map(str, one.itertext()))):
                texts.setdefault(str(one.get(_LANG, DEFAULT)).strip() or DEFAULT, text)
        return texts

    def parts(self, prefix: str, name: str) -> dict[str, str]:
        """The fields of a structure, or of the first of several, by their names without a namespace."""
        found = self._found.get(f"{{{NAMESPACES[prefix]}}}{name}")
        if found is None or isinstance(found, str):
            return {}
        within = next(_items(found), found)
        inner = within.find(f"{{{RDF}}}Description")
        within = inner if inner is not None else within
        fields = {_local(str(key)): str(value) for key, value in within.attrib.items()}
        for child in within:
            if isinstance(child.tag, str):
                fields.setdefault(_local(child.tag), _plain("".join(map(str, child.itertext()))))
        return fields


def _descriptions(root: etree._Element) -> Iterator[etree._Element]:
    for rdf in root.iter(f"{{{RDF}}}RDF"):
        yield from rdf.findall(f"{{{RDF}}}Description")


def _items(element: etree._Element) -> Iterator[etree._Element]:
    for kind in ("Alt", "Bag", "Seq"):
        for group in element.findall(f"{{{RDF}}}{kind}"):
            yield from group.findall(f"{{{RDF}}}li")


def _own_text(element: etree._Element) -> str:
    value = element.find(f".//{{{RDF}}}value")
    return _plain("".join(map(str, (value if value is not None else element).itertext())))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _said(found: _Properties) -> Said:
    place = found.parts("ext", "LocationShown") or found.parts("ext", "LocationCreated")
    urgency = found.text("photoshop", "Urgency")
    return Said(
        headline=found.text("photoshop", "Headline"),
        title=_shown(found.languages("dc", "title")),
        captions=found.languages("dc", "description"),
        alts=found.languages("core", "AltTextAccessibility"),
        extended=found.languages("core", "ExtDescrAccessibility"),
        by=found.texts("dc", "creator"),
        position=found.text("photoshop", "AuthorsPosition"),
        writer=found.text("photoshop", "CaptionWriter"),
        credit=found.text("photoshop", "Credit"),
        source=found.text("photoshop", "Source"),
        copyright=_shown(found.languages("dc", "rights")),
        terms=_shown(found.languages("rights", "UsageTerms")),
        mining=found.text("plus", "DataMining").rpartition("/")[2],
        instructions=found.text("photoshop", "Instructions"),
        keywords=found.texts("dc", "subject"),
        people=found.texts("ext", "PersonInImage"),
        event=_shown(found.languages("ext", "Event")),
        country=found.text("photoshop", "Country") or place.get("CountryName", ""),
        country_code=found.text("core", "CountryCode") or place.get("CountryCode", ""),
        region=found.text("photoshop", "State") or place.get("ProvinceState", ""),
        city=found.text("photoshop", "City") or place.get("City", ""),
        spot=found.text("core", "Location") or place.get("Sublocation", ""),
        taken=found.text("photoshop", "DateCreated") or found.text("exif", "DateTimeOriginal"),
        language=found.text("dc", "language"),
        reference=found.text("photoshop", "TransmissionReference"),
        urgency=int(urgency) if urgency in set("12345678") else 0,
        made_by=found.text("ext", "DigitalSourceType"),
    )


def _shown(texts: dict[str, str]) -> str:
    return texts.get(DEFAULT) or next(iter(texts.values()), "")
