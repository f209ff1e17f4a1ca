"""XMP: the RDF in a picture, its properties in whichever of the ways of writing them; `xmp_said` says what they mean. Pure.

A property is an attribute or an element; a list is a Bag or Seq of `li`; a text in several languages an Alt of them, of
which ``x-default`` is the one to show when nobody asks. (ISO 16684-1; IPTC Photo Metadata Standard.)
"""

from collections.abc import Iterator, Mapping
from copy import copy

from lxml import etree

from dragoman.formats._xml import parse_xml, xml_text
from dragoman.formats.picture.blocks import MOST
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable

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
    "dcterms": "http://purl.org/dc/terms/",
    "note": "http://ns.adobe.com/xmp/note/",
}
_MANY = 200
_WIDE = (
    *((start.encode(charset), charset) for charset in ("utf-32-be", "utf-32-le") for start in ("<", "\ufeff")),
    *((start.encode(charset), charset) for charset in ("utf-16-be", "utf-16-le") for start in ("<", "\ufeff")),
)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def properties(packet: bytes) -> "Properties":
    """The properties of a packet.

    Raises:
        Undecodable: it is too long, or no XML.
    """
    if len(packet) > MOST:
        raise Undecodable(f"{len(packet)} bytes are too many for a description")
    return Properties(parsed(packet))


def parsed(packet: bytes) -> etree._Element:
    """The packet as a tree. Raises: Undecodable."""
    text, _ = xml_text(_within(_narrow(packet)), Hints())
    return parse_xml(text)


def _narrow(packet: bytes) -> bytes:
    """The packet in UTF-8: it may be in any of Unicode's forms (ISO 16684-1, 7.3.2)."""
    for mark, charset in _WIDE:
        if packet.startswith(mark):
            return packet.decode(charset, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    return packet


def _within(packet: bytes) -> bytes:
    """The packet without its wrapper and the padding behind it."""
    start = packet.find(b"<x:xmpmeta")
    start = start if start >= 0 else packet.find(b"<rdf:RDF")
    end = max(packet.rfind(b"</x:xmpmeta>") + 12, packet.rfind(b"</rdf:RDF>") + 10)
    return packet[start:end] if 0 <= start < end else packet.strip(b"\x00 \r\n\t")


class Properties:
    """The properties of all the descriptions, each by its prefix here and its name."""

    def __init__(self, root: etree._Element) -> None:
        self._found: dict[str, etree._Element | str] = {}
        for description in descriptions_of(root):
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

    def with_more(self, other: "Properties") -> "Properties":
        """These, and those of the other that are not among them."""
        both = copy(self)
        both._found = {**other._found, **self._found}
        return both

    def entries(self, prefix: str, name: str) -> list["Entry"]:
        """The structures of a list, or the one that stands by itself; a plain text is one of which only that is known."""
        found = self._found.get(f"{{{NAMESPACES[prefix]}}}{name}")
        if found is None:
            return []
        if isinstance(found, str):
            return [Entry(found)]
        return [Entry.of(one) for one in list(_items(found))[:_MANY] or [found]]


class Entry:
    """A structure: its fields by their names without a namespace, each with its texts, the one to show first."""

    def __init__(self, text: str = "", fields: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.text, self._fields = text, fields or {}

    @classmethod
    def of(cls, element: etree._Element) -> "Entry":
        inner = element.find(f"{{{RDF}}}Description")
        within = inner if inner is not None else element
        fields: dict[str, tuple[str, ...]] = {
            _local(str(key)): (_plain(str(value)),) for key, value in within.attrib.items()
        }
        for child in within:
            if isinstance(child.tag, str):
                items = list(_items(child))
                shown = sorted(items, key=lambda one: one.get(_LANG, DEFAULT) != DEFAULT)
                texts = [_plain("".join(map(str, one.itertext()))) for one in shown or [child]]
                fields.setdefault(_local(child.tag), tuple(filter(None, texts)))
        return cls("" if len(within) else _plain("".join(map(str, element.itertext()))), fields)

    def __getitem__(self, name: str) -> str:
        return next(iter(self._fields.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        return self._fields.get(name, ())


def descriptions_of(root: etree._Element) -> Iterator[etree._Element]:
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
