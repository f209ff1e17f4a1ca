"""What the elements of one item say, collected in a single pass; and the words, names and codes inside an element. Pure."""

import re
from collections.abc import Callable, Hashable
from functools import lru_cache

from lxml import etree

from dragoman.formats._xml import text_of
from dragoman.formats.newsml_g2.codes import Codes, last_part
from dragoman.formats.newsml_g2.dialects import STANDARD, Dialect
from dragoman.model.happening import Address, ContactInfo, EventDetails, HappeningProfile, PlannedCoverage, Point
from dragoman.model.item import AltId, Association, Body, Concept, Description, Headline, Hop, Rendition
from dragoman.text.cleaning import squeeze, squeeze_lines

NAR = "http://iptc.org/std/nar/2006-10-01/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SHORT_NAMES = frozenset({"mnemonic", "short", "abbreviation", "acronym"})


class Said:
    """The fields of an item as they are read: times and statuses in the sender's words, everything else as it goes in."""

    def __init__(self, codes: Codes, dialect: Dialect = STANDARD, language: str = "") -> None:
        self.codes, self.dialect, self.language = codes, dialect, language
        self.is_ours = False
        self.times: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        """Single texts by the item's own names: slugline, by, located, credit …; the first that is said counts."""
        self.rights: dict[str, list[str]] = {}
        """Copyright notice and usage terms in the item's language."""
        self.asserted = 0
        self.status = self.kind = ""
        self.signals: list[str] = []
        self.headlines: list[Headline] = []
        self.descriptions: list[Description] = []
        self.bodies: list[Body] = []
        self.concepts: dict[str, list[Concept]] = {}
        self.alt_ids: list[AltId] = []
        self.notes_to_editors: list[tuple[str, str]] = []
        self.renditions: list[Rendition] = []
        self.associations: list[Association] = []
        self.hops: list[Hop] = []
        self.details: EventDetails | None = None
        self.happening: HappeningProfile | None = None
        self.coverage: list[PlannedCoverage] = []
        self.authors: list[str] = []
        self.keys: dict[str, Concept] = {}
        """Subjects and places by the code or literal they go by in the document, for its assertions."""
        self.notes: list[str] = []
        self.lost: dict[str, None] = {}

    def add(self, field: str, concept: Concept) -> None:
        """`concept` to `field`, once; one without name and code says nothing."""
        if concept.name or concept.uri or concept.literal:
            listed = self.concepts.setdefault(field, [])
            if concept not in listed:
                listed.append(concept)

    def text(self, field: str, text: str) -> None:
        if text and field not in self.texts and text not in self.dialect.nothing:
            self.texts[field] = text


def words(element: etree._Element) -> str:
    """The text of `element` on one line."""
    return squeeze(text_of(element) if len(element) else element.text or "")


def paragraphs(element: etree._Element) -> str:
    """The text of `element`; line breaks that are said (``br``, block elements, an empty line) stay, those of the layout go."""
    if not len(element):
        text = (element.text or "").strip()
        if _EMPTY_LINE.search(text) and not _INDENTED.search(text):
            return squeeze_lines(text)
        return squeeze(text)
    parts: list[str] = []
    for each in element.iter():
        if bare(each.tag).lower() in _BREAKING:
            parts.append("\n")
        parts.append(squeeze_inside(each.text or ""))
        if each is not element:
            parts.append(squeeze_inside(each.tail or ""))
    return "\n".join(line for line in (squeeze(line) for line in "".join(parts).split("\n")) if line)


_EMPTY_LINE = re.compile(r"\n[ \t]*\r?\n")
_INDENTED = re.compile(r"\n[ \t]+\S")
_BREAKING = frozenset({"br", "p", "li", "h1", "h2", "h3", "h4", "div", "section", "header", "ul", "tr"})


def squeeze_inside(text: str) -> str:
    """White space as one space, at the ends as well: what stands beside it is text too."""
    if not text or text.isspace():
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{squeeze(text)}{' ' if text[-1].isspace() else ''}"


@lru_cache(maxsize=1024)
def _bare(tag: Hashable) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


bare: Callable[[object], str] = _bare
"""The name of an element without its namespace; empty for comments and the like."""


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The children of that name, whatever their namespace."""
    return [child for child in element if bare(child.tag) == name]


def first(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if bare(child.tag) == name), None)


def name_of(element: etree._Element, language: str) -> str:
    """The name inside `element`: in `language` if there is one, else the first; a short form only if it is all there is."""
    best, rank = "", -1
    for child in element:
        if bare(child.tag) == "name":
            score = _name_score(child, language)
            if score > rank and (name := words(child)):
                best, rank = name, score
    return best


def _name_score(name: etree._Element, language: str) -> int:
    said, role = name.get(XML_LANG), name.get("role")
    score = 1 if not said else 2 if language and said[:2].lower() == language[:2].lower() else 0
    return score if role and last_part(role) in _SHORT_NAMES else score + 3


def concept_of(said: Said, element: etree._Element, *, rel: str = "", role: str = "") -> Concept:
    """`element` as a concept: its name, its URI, or (where the code can not be resolved) the code or literal as it stands.

    Of a faceted concept it is the main one (NewsML-G2 2.34, mainConcept).
    """
    has_parts = len(element) > 0
    if has_parts and (main := first(element, "mainConcept")) is not None:
        element = main
    qcode, uri, literal = element.get("qcode", ""), element.get("uri", ""), element.get("literal", "")
    name = name_of(element, said.language) if has_parts else ""
    if qcode and not uri:
        qcode = qcode.strip()
        uri = said.codes.uri(qcode)
        literal = "" if uri else qcode
    elif literal:
        literal = squeeze(literal)
    if name in said.dialect.nothing or literal in said.dialect.nothing:
        name = literal = ""
    concept = Concept(name=name, uri=uri.strip(), literal="" if uri or literal == name else literal, rel=rel, role=role)
    if key := qcode or literal:
        said.keys[key] = concept
    return with_place(said, concept, element) if has_parts else concept


def role_of(element: etree._Element, name: str = "role") -> str:
    """The last part of the role's code; our own roles as they were written."""
    code = element.get(name) or element.get(f"{name}uri")
    return last_part(code.partition(" ")[0]) if code else ""


def with_place(said: Said, concept: Concept, element: etree._Element) -> Concept:
    """`concept` with the point and address that `element` has of it."""
    for child in element:
        if bare(child.tag) in ("geoAreaDetails", "POIDetails"):
            point, contacts = place_details(said, child)
            concept = Concept(
                name=concept.name,
                rel=concept.rel,
                role=concept.role,
                uri=concept.uri,
                literal=concept.literal,
                contact_info=concept.contact_info or contacts,
                geo=concept.geo or point,
            )
    return concept


def place_details(said: Said, details: etree._Element) -> tuple[Point | None, tuple[ContactInfo, ...]]:
    """The point and the ways to a place. A position of 0, 0 is what templates leave."""
    point: Point | None = None
    contacts: list[ContactInfo] = []
    for child in details:
        name = bare(child.tag)
        if name == "position":
            point = _point(child)
        elif name == "address":
            contacts += _addresses(said, child)
        elif name == "contactInfo":
            contacts += contacts_of(said, child)
    return point, tuple(contacts)


def _point(element: etree._Element) -> Point | None:
    try:
        latitude, longitude = float(element.get("latitude", "")), float(element.get("longitude", ""))
    except ValueError:
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or latitude == longitude == 0:
        return None
    return Point(coordinates=(longitude, latitude))


def _addresses(said: Said, element: etree._Element) -> list[ContactInfo]:
    def named(name: str) -> str:
        found = first(element, name)
        return "" if found is None else name_of(found, said.language) or words(found)

    lines = tuple(line for each in children(element, "line") if (line := words(each)))
    country = first(element, "country")
    address = Address(
        lines=lines,
        locality=named("locality"),
        area=named("area"),
        postal_code=named("postalCode"),
        country=(_country_code(country) or named("country")) if country is not None else "",
    )
    return [ContactInfo(address=address)] if address != Address() else []


def _country_code(element: etree._Element) -> str:
    """ISO 3166 in two letters, where the country or what is the same says it."""
    for each in (element, *children(element, "sameAs")):
        code = each.get("qcode", "") or each.get("uri", "").replace("http://cvx.iptc.org/iso3166-1a2/", "iso3166-1a2:")
        if code.startswith("iso3166-1a2:") and len(code) == 14:
            return code[12:].upper()
    return ""


_WAYS = {"email": "email", "phone": "phone", "fax": "fax", "web": "url", "im": "im"}


def contacts_of(said: Said, element: etree._Element) -> list[ContactInfo]:
    """The ways to reach somebody that a ``contactInfo`` tells, each with the name beside it."""
    named = [words(each) for each in element if _is(each, "firstname", "lastname")]
    name = " ".join(part for part in named if part) or next((words(each) for each in children(element, "note")), "")
    role = role_of(element)
    found: list[ContactInfo] = []
    for child in element:
        tag = bare(child.tag)
        if tag in _WAYS and (value := words(child)):
            found.append(ContactInfo(type=_WAYS[tag], role=role_of(child) or role, name=name, value=value))
        elif tag == "address":
            found += _addresses(said, child)
    if not found and name:
        found.append(ContactInfo(role=role, value=name))
    return found


def _is(element: etree._Element, *names: str) -> bool:
    return bare(element.tag).lower() in names
