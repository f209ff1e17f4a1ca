"""The items of a document, whatever its root: bare items, a message with a set of them, concepts with events inside. Pure."""

from collections.abc import Callable, Iterator
from functools import partial

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from dragoman.formats._xml import local, text_of
from dragoman.formats.newsml_g2.codes import Codes
from dragoman.formats.newsml_g2.content import read_content
from dragoman.formats.newsml_g2.dialects import Dialect, dialect_of
from dragoman.formats.newsml_g2.happenings import read_concept, read_coverage
from dragoman.formats.newsml_g2.item import finished
from dragoman.formats.newsml_g2.meta import read_assert, read_hops, read_section
from dragoman.formats.newsml_g2.packages import read_groups, read_reference
from dragoman.formats.newsml_g2.said import NAR, XML_LANG, Said, children, concept_of, first, words
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable
from dragoman.model.item import Item, Kind

ITEMS: dict[str, Kind] = {
    "newsitem": "text",
    "packageitem": "package",
    "conceptitem": "component",
    "knowledgeitem": "component",
    "planningitem": "planning",
    "catalogitem": "component",
}
"""The root of an item → what it is, where it does not say more."""
FRAGMENTS = frozenset(
    {
        "itemmeta", "contentmeta", "rightsinfo", "hophistory", "contentset", "inlinexml", "remotecontent", "groupset",
        "itemset", "conceptset", "eventdetails", "newscoverageset", "newscoverage",
    }
)  # fmt: skip
_PROVIDER = f"{{{NAR}}}itemMeta/{{{NAR}}}provider"
_MOST_CONCEPTS = 20_000
Maker = Callable[[], Item]


class Frame(Struct, frozen=True):
    """What stands around the items: hints, notes on the encoding, the message's sender and catalogs."""

    hints: Hints
    notes: tuple[str, ...]
    sender: str = ""
    schemes: dict[str, str] = {}


def makers_of(root: etree._Element, hints: Hints, notes: tuple[str, ...]) -> list[Maker]:
    """The maker of each item, in order.

    Raises:
        Undecodable: the root is no item and no message, and what it is instead.
    """
    name = local(root)
    frame = Frame(hints, notes)
    if name == "newsmessage":
        return list(_in_message(root, frame))
    if name in ITEMS:
        return list(_in_item(root, frame))
    what = "a part of an item, and not one" if name in FRAGMENTS else "no item of NewsML-G2"
    raise Undecodable("This is not a NewsML-G2 item", f"its root <{name}> is {what}", hint="Ask for whole items.")


def _in_message(root: etree._Element, frame: Frame) -> Iterator[Maker]:
    for child in root:
        name = local(child)
        if name == "header":
            sender = next(
                (text_of(each) for each in child if local(each) in ("sender", "origin") and text_of(each)), ""
            )
            frame = replace(frame, sender=sender, schemes=_schemes(child))
        elif name == "itemset":
            for each in child:
                if local(each) in ITEMS and not _is_list(each):
                    yield from _in_item(each, frame)


def _is_list(element: etree._Element) -> bool:
    """A package without an id, that only repeats which items the message has."""
    return local(element) == "packageitem" and not element.get("guid") and first(element, "itemMeta") is None


def _in_item(element: etree._Element, frame: Frame) -> Iterator[Maker]:
    """One maker, or one for each event where an item holds several."""
    name = local(element)
    if name == "knowledgeitem":
        concepts = [each for held in children(element, "conceptSet") for each in children(held, "concept")]
        events = [each for each in concepts if first(each, "eventDetails") is not None]
        if events:
            yield from (partial(_make, element, frame, each, number) for number, each in enumerate(events, 1))
            return
    if name == "newsitem" and (events := _events_inside(element)):
        yield from (partial(_make, element, frame, each, number) for number, each in enumerate(events, 1))
        return
    yield partial(_make, element, frame)


def _events_inside(element: etree._Element) -> list[etree._Element]:
    """The events of a news item that carries nothing else (NewsML-G2 Guidelines, a set of events in a news item)."""
    content = first(element, "contentSet")
    if content is None:
        return []
    held = [root for inline in children(content, "inlineXML") for root in inline if local(root) in ("events", "event")]
    return [each for root in held for each in ([root] if local(root) == "event" else children(root, "event"))]


def _make(element: etree._Element, frame: Frame, event: etree._Element | None = None, number: int = 0) -> Item:
    """The item that `element` is, or the one `event` in it."""
    guid = element.get("guid", "").strip()
    dialect = _dialect(element, guid, frame.sender)
    said = Said(Codes(dict(frame.schemes)), dialect, element.get(XML_LANG, ""))
    hints = frame.hints
    said.times["zone"] = hints.zone if hints.zone != "UTC" or not dialect.zone else dialect.zone
    kind = ITEMS[local(element)]
    for child in element:
        tag = child.tag
        if isinstance(tag, str):
            found = _section(said, child, tag.rpartition("}")[2], event)
            kind = found or kind
    key = ""
    if event is not None:
        kind = "event" if read_concept(said, event) else "component"
        identity = first(event, "conceptId")
        code = "" if identity is None else identity.get("qcode") or identity.get("uri") or ""
        key = said.codes.uri(code) or f"{guid}#{code or number}"
    return finished(said, kind, guid, element.get("version", "").strip(), key, hints, frame.notes)


def _dialect(element: etree._Element, guid: str, sender: str) -> Dialect:
    provider = element.find(_PROVIDER)
    named = ""
    if provider is not None:
        named = "|".join((provider.get("literal", ""), provider.get("qcode", ""), words(provider)))
    return dialect_of(":".join(guid.partition(",")[0].split(":")[:3]), named, sender)


def _section(said: Said, child: etree._Element, name: str, event: etree._Element | None) -> Kind | None:
    """One part of an item; returns what kind of item it makes it, if it does."""
    if name in ("itemMeta", "contentMeta", "rightsInfo"):
        read_section(said, child)
    elif name == "contentSet":
        if event is None:
            read_content(said, child)
    elif name == "catalog":
        said.codes.own = {**said.codes.own, **_catalog(child)}
    elif name == "assert":
        read_assert(said, child)
    elif name == "hopHistory":
        read_hops(said, child)
    elif name == "groupSet":
        read_groups(said, child)
    elif name == "itemRef":
        read_reference(said, child, "part")
    elif name == "newsCoverageSet":
        read_coverage(said, child)
    elif name == "concept" and event is None:
        return "event" if read_concept(said, child) else None
    elif name == "conceptSet" and event is None:
        for each in children(child, "concept")[:_MOST_CONCEPTS]:
            _listed(said, each)
    elif name not in ("catalogRef", "conceptSet", "partMeta", "catalogContainer"):
        said.lost[name[:80]] = None
    return None


def _listed(said: Said, concept: etree._Element) -> None:
    """A concept of a vocabulary: its code and its name."""
    identity = first(concept, "conceptId")
    found = concept_of(said, concept)
    if identity is not None:
        code = identity.get("qcode") or identity.get("uri") or ""
        uri = said.codes.uri(code) or (code if "://" in code else "")
        found = replace(found, uri=uri, literal="" if uri else code)
    said.concepts.setdefault("subjects", []).append(found)


def _schemes(header: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in header:
        if local(child) == "catalog":
            found |= _catalog(child)
    return found


def _catalog(catalog: etree._Element) -> dict[str, str]:
    """The schemes that a catalog in the document defines. One that is only named elsewhere is never fetched."""
    schemes = ((each.get("alias", ""), each.get("uri", "")) for each in catalog if local(each) == "scheme")
    return {alias: uri for alias, uri in schemes if alias and uri}
