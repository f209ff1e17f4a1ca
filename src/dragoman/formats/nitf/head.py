"""What the head of a NITF document says: identity, times, status, terms, what the copy is about. Pure."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from lxml import etree
from msgspec.structs import replace

from dragoman.formats import _newscodes
from dragoman.formats._embargo import embargo_of
from dragoman.formats._identity import is_uri
from dragoman.formats._status import correction_of, status_of
from dragoman.formats._times import read_time, zone_of
from dragoman.formats._xml import local, text_of
from dragoman.formats.nitf.dialects import KNOWN_METAS, METAS, Dialect
from dragoman.formats.nitf.tree import Tree, texts
from dragoman.model.errors import Undecodable
from dragoman.model.item import AltId, Concept, Correction, Hop, PubStatus
from dragoman.text.cleaning import squeeze

_UNREAD = ("date.expire", "series")
"""Of ``docdata``, what an item has no field for."""
_UNREAD_PUBLICATION = ("edition.name", "edition.area", "position.section", "position.sequence", "name", "ex-ref")
_MOST = 200


class Times(NamedTuple):
    first: datetime | None
    version: datetime | None
    content: datetime | None
    embargo: datetime | None
    notes: tuple[str, ...]


def times_of(tree: Tree, zone: str) -> Times:
    """When the copy was made, issued and may be used. Raises: Undecodable, where it has an embargo that cannot be read."""
    notes: list[str] = []

    def moment(name: str, words: str) -> datetime | None:
        found, note = read_time(words, zone)
        if note:
            notes.append(f"{name}: {note}")
        return found

    published = next((said for each in tree.head.get("pubdata", ()) if (said := each.get("date.publication", ""))), "")
    dated = [
        each.get("norm", "")
        for line in tree.body_head.get("dateline", ())
        for each in line
        if local(each) == "story.date"
    ]
    issued = moment("date.issue", tree.data("date.issue", "norm") or published or next(filter(None, dated), ""))
    first = moment("first created", next(iter(tree.metas.get("dragoman-first-created", ())), "")) or issued
    written = [
        each.get("norm", "")
        for each in tree.head.get("revision-history", ())
        if each.get("function") == "writer-author"
    ]
    content = moment("revision-history", next(filter(None, written), ""))
    return Times(first, issued, content, _embargo(tree, issued, zone, notes), tuple(notes))


def _embargo(tree: Tree, issued: datetime | None, zone: str, notes: list[str]) -> datetime | None:
    """``date.release`` where it lies behind ``date.issue``, or the status says that it is one; else the words of ``ed-msg``."""
    said = tree.data("date.release", "norm")
    embargoed = tree.status("management-status").lower() == "embargoed"
    if not said:
        for line in tree.every("ed-msg", "info") if embargoed else ():
            if found := embargo_of(line, issued, zone_of(zone), zone):
                notes.extend(filter(None, (found[1],)))
                return found[0]
        if embargoed:
            raise Undecodable("The embargo cannot be read", "management-status embargoed without date.release")
        return None
    if said == tree.data("date.issue", "norm") and not embargoed:
        return None
    release, note = read_time(said, zone)
    if release is None:
        raise Undecodable("The embargo cannot be read", f"date.release: {said[:80]}")
    if not embargoed and issued is not None and release <= issued:
        return None
    notes.extend(f"date.release: {each}" for each in filter(None, (note,)))
    return release


def status_of_copy(tree: Tree) -> tuple[PubStatus, tuple[str, ...]]:
    word = tree.status("management-status")
    status = status_of(word) if word else "usable"
    return status or "usable", () if status else (f"management-status not known: {word[:60]}",)


def correction_in(tree: Tree) -> Correction | None:
    """What this version does to the one before, by ``ed-msg/@msg-type`` or the element ``correction``."""
    element = next(iter(tree.docdata.get("correction", ())), None)
    replaces = "" if element is None else element.get("id-string", "")
    for message in tree.docdata.get("ed-msg", ()):
        if kind := correction_of(message.get("msg-type", "")):
            return Correction(kind=kind, reason=message.get("info", ""), replaces=replaces)
    return None if element is None else Correction(kind="correction", reason=element.get("info", ""), replaces=replaces)


def ed_notes(tree: Tree) -> list[str]:
    return [
        said
        for message in tree.docdata.get("ed-msg", ())
        if not correction_of(message.get("msg-type", "")) and message.get("msg-type") != "advance"
        if (said := message.get("info", "").strip())
    ]


def ids_of(tree: Tree) -> tuple[str, list[AltId]]:
    """The sender's id, and the others it gives: each ``doc-id`` but the first, what ``meta`` elements say."""
    found = [
        (each.get("id-string", "").strip(), each.get("regsrc", "").strip()) for each in tree.docdata.get("doc-id", ())
    ]
    known = [(value, source) for value, source in found if value]
    others = [AltId(value=value, role=source) for value, source in known[1:]]
    others += [AltId(value=said, role=role) for field, role, said in _said_by_metas(tree) if field == "alt_ids"]
    others += [AltId(value=said, role="fixture") for said in tree.every("fixture", "fix-id")]
    if replaced := tree.status("management-doc-idref"):
        others.append(AltId(value=replaced, role="replaces"))
    return (known[0][0] if known else ""), others


def slug_of(tree: Tree, dialect: Dialect) -> str:
    for place in dialect.slug:
        if place == "du-key":
            said = tree.data("du-key", "key")
        elif place == "keyword":
            said = next((each.get("key", "") for each in _keywords(tree)), "")
        else:
            said = next(iter(tree.metas.get(place, ())), "")
        if said := squeeze(said):
            return said
    return ""


def terms_of(tree: Tree) -> tuple[str, str, str]:
    """The copyright holder, the notice, and the terms of use."""
    holder = tree.data("doc.copyright", "holder") or tree.data("doc.rights", "owner") or _right(tree, "rights.owner")
    said = [tree.data("doc.rights", name) for name in ("type", "limitations")]
    said = [each for each in said if each] or [_right(tree, name) for name in ("rights.type", "rights.limitations")]
    if place := tree.data("doc.rights", "geography") or _right(tree, "rights.geography"):
        said.append(f"Territory: {place}.")
    notices = [note for note in tree.body_head.get("note", ()) if note.get("noteclass") == "cpyrt"]
    notice = " ".join(texts(notices)) or next(iter(tree.metas.get("copyright", tree.metas.get("dc.rights", ()))), "")
    return holder, notice, " ".join(filter(None, said))


def subjects_of(tree: Tree, slug: str, dialect: Dialect) -> tuple[Concept, ...]:
    found = [
        _subject(each) for outer in tree.head.get("tobject", ()) for each in outer if local(each) == "tobject.subject"
    ]
    found += [_category(outer) for outer in tree.head.get("tobject", ())]
    found += [_concept(each) for each in tree.about.get("classifier", ()) if each.get("type", "subject") not in _OTHER]
    found += [Concept(name=said) for each in _keywords(tree) if (said := squeeze(each.get("key", "")))]
    found += [Concept(name=said, rel="scope") for said in tree.every("doc-scope", "scope")]
    found += [
        Concept(literal=f"{role}:{said}") if role else Concept(name=said)
        for field, role, said in _said_by_metas(tree)
        if field == "subjects"
    ]
    told_by_slug = Concept(name=slug) if "keyword" in dialect.slug else None
    return tuple(
        dict.fromkeys(each for each in found if (each.name or each.literal or each.uri) and each != told_by_slug)
    )[:_MOST]


def places_of(tree: Tree) -> tuple[Concept, ...]:
    found = [place for each in tree.docdata.get("evloc", ()) for place in _event_place(each)]
    found += [_location(each) for each in tree.about.get("location", ())]
    found += [Concept(name=said) for field, _, said in _said_by_metas(tree) if field == "places"]
    return _named(found + _in_text(tree, "location"))


def people_of(tree: Tree) -> tuple[Concept, ...]:
    return _named([_concept(each) for each in tree.about.get("person", ())] + _in_text(tree, "person"))


def organisations_of(tree: Tree) -> tuple[Concept, ...]:
    return _named([_concept(each) for each in tree.about.get("org", ())] + _in_text(tree, "org"))


def events_of(tree: Tree) -> tuple[Concept, ...]:
    return _named([_concept(each) for each in tree.about.get("event", ())])


def genres_of(tree: Tree) -> tuple[Concept, ...]:
    said = (
        squeeze(each.get("tobject.property.type", ""))
        for outer in tree.head.get("tobject", ())
        for each in outer
        if local(each) == "tobject.property"
    )
    found = [Concept(name=each) for each in said if each]
    found += [_concept(each) for each in tree.about.get("classifier", ()) if each.get("type") == "genre"]
    found += [Concept(name=said) for field, _, said in _said_by_metas(tree) if field == "genres"]
    return _named(found)


def sources_of(tree: Tree) -> tuple[Concept, ...]:
    found = [Concept(name=said, role=role) for field, role, said in _said_by_metas(tree) if field == "info_sources"]
    for each in tree.about.get("classifier", ()):
        kind, _, role = each.get("type", "").partition(":")
        if kind == "source":
            found.append(replace(_concept(each), role=role))
    return _named(found)


def hops_of(tree: Tree) -> tuple[Hop, ...]:
    trail = [each for outer in tree.docdata.get("del-list", ()) for each in outer if local(each) == "from-src"]
    trail.sort(
        key=lambda each: int(level) if (level := each.get("level-number", "")).isdecimal() and len(level) < 4 else 0
    )
    return tuple(Hop(agency=said) for each in trail[:_MOST] if (said := each.get("src-name", "").strip()))


def unread(tree: Tree) -> Iterator[str]:
    """What is said, and has no place in an item."""
    yield from (f"docdata/{name}" for name in _UNREAD if tree.docdata.get(name))
    if any(each.get(name) for each in tree.head.get("pubdata", ()) for name in _UNREAD_PUBLICATION):
        yield "pubdata"
    if any(each.get(name) for each in tree.docdata.get("doc.rights", ()) for name in ("startdate", "enddate", "agent")):
        yield "docdata/doc.rights dates and agent"
    yield from (
        f"meta {name[:60]}"
        for name in tree.metas
        if name not in METAS and name not in KNOWN_METAS and name not in _SLUGS
    )


_SLUGS = frozenset({"anpa-keyword", "ntbstikkord"})
_OTHER = frozenset({"genre", "source"})
_USUAL_TYPES = frozenset({"news", ""})


def _said_by_metas(tree: Tree) -> Iterator[tuple[str, str, str]]:
    for name, said in tree.metas.items():
        if name in METAS:
            field, role = METAS[name]
            yield from ((field, role, each) for each in said)


def _keywords(tree: Tree) -> Iterator[etree._Element]:
    return (each for outer in tree.docdata.get("key-list", ()) for each in outer if local(each) == "keyword")


def _right(tree: Tree, name: str) -> str:
    return next(
        (squeeze(text_of(each)) for outer in tree.body_head.get("rights", ()) for each in outer if local(each) == name),
        "",
    )


def _subject(element: etree._Element) -> Concept:
    names = (squeeze(element.get(f"tobject.subject.{level}", "")) for level in ("detail", "matter", "type"))
    scheme = element.get("tobject.subject.ipr", "").strip()
    code = element.get("tobject.subject.refnum", "").strip() or element.get("tobject.subject.code", "").strip()
    return _newscodes.subject(code, next(filter(None, names), ""), scheme)


def _category(tobject: etree._Element) -> Concept:
    said = squeeze(tobject.get("tobject.type", ""))
    return Concept() if said.lower() in _USUAL_TYPES else Concept(name=said, rel="category")


def _concept(element: etree._Element) -> Concept:
    uri, literal = _code(element)
    return Concept(name=squeeze(text_of(element)), uri=uri, literal=literal)


def _code(element: etree._Element) -> tuple[str, str]:
    """The uri or the literal of a concept."""
    value, scheme = element.get("value", "").strip(), element.get("idsrc", "").strip()
    if is_uri(value) and not scheme:
        return value, ""
    return "", f"{scheme}:{value}" if scheme and value else value


def _location(element: etree._Element) -> Concept:
    code, scheme = element.get("location-code", "").strip(), element.get("code-source", "").strip()
    city = next((squeeze(text_of(each)) for each in element if local(each) == "city"), "")
    name = city or squeeze(text_of(element))
    if is_uri(code) and not scheme:
        return Concept(name=name, uri=code)
    return Concept(name=name or code, literal=f"{scheme}:{code}" if scheme and code else code)


def _event_place(evloc: etree._Element) -> Iterator[Concept]:
    """The places an ``evloc`` names, the nearest first; a country as its ISO code."""
    for name in ("city", "county-dist", "state-prov"):
        if said := squeeze(evloc.get(name, "")):
            yield Concept(name=said)
    if code := evloc.get("iso-cc", "").strip():
        yield _newscodes.country(code)


def _in_text(tree: Tree, name: str) -> list[Concept]:
    found = (element for content in tree.contents for element in content.iter(f"{{*}}{name}"))
    return [_location(each) if name == "location" else _concept(each) for each in found]


def _named(found: list[Concept]) -> tuple[Concept, ...]:
    """Each once, by its name where it has one."""
    kept: dict[str, Concept] = {}
    for each in found:
        if key := each.name or each.uri or each.literal:
            kept.setdefault(key, each)
    return tuple(kept.values())[:_MOST]
