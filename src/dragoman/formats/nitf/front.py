"""What stands before the text of a NITF document: headlines, byline, dateline, abstracts, distributor, notes. Pure."""

import re
from typing import NamedTuple

from lxml import etree
from msgspec.structs import replace

from dragoman.formats._nitf_body import nitf_markup
from dragoman.formats._xml import local, text_of
from dragoman.formats.nitf.tree import Tree, texts
from dragoman.model.item import Concept, Dateline, Description, Headline
from dragoman.read.body import plain
from dragoman.read.dateline import find_dateline
from dragoman.text.cleaning import squeeze

SUBTITLE = "subtitle"
_TIMESTAMP = re.compile(r"\s*\d{8}T\d{4}")
_INITIALS = re.compile(r"[a-zà-ÿ]{1,5}(?:/[a-zà-ÿ]{1,5})*\Z")
_PLACE = 60  # characters


class Front(NamedTuple):
    headlines: tuple[Headline, ...]
    by: str
    signed: tuple[Concept, ...]
    located: str
    dateline: Dateline | None
    descriptions: tuple[Description, ...]
    credit: str
    notes: tuple[str, ...]


def front_of(tree: Tree) -> Front:
    by, signed = _byline(tree)
    located, dateline, notes = _place(tree)
    return Front(
        headlines=_headlines(tree),
        by=by or next(iter(tree.metas.get("author", ())), ""),
        signed=signed,
        located=located,
        dateline=dateline,
        descriptions=tuple(_abstracts(tree)),
        credit=next(iter(texts(tree.body_head.get("distributor"))), ""),
        notes=notes,
    )


def editors_notes(tree: Tree) -> list[str]:
    """The notes of the ``body.head`` that are for editors; those on copyright are terms."""
    return texts([note for note in tree.body_head.get("note", ()) if note.get("noteclass") != "cpyrt"])


def lead_taken_out(tree: Tree) -> Description | None:
    """The paragraph that is marked as the lead, taken out of the text; None where none is."""
    for content in tree.contents:
        for element in content.iter("{*}p"):
            parent = element.getparent()
            if not element.get("lede") or parent is None:
                continue
            said = squeeze(text_of(element))
            element.tail, tail = None, element.tail or ""
            before = element.getprevious()
            if before is None:
                parent.text = (parent.text or "") + tail
            else:
                before.tail = (before.tail or "") + tail
            parent.remove(element)
            return Description(value=said, role="summary") if said else None
    return None


def _headlines(tree: Tree) -> tuple[Headline, ...]:
    found: list[Headline] = []
    for block in tree.body_head.get("hedline", ()):
        for line in block:
            name, said = local(line), squeeze(text_of(line))
            if said and name in ("hl1", "hl2"):
                role = line.get("class", "") or (SUBTITLE if name == "hl2" else "")
                found.append(Headline(value=said, role=role if name == "hl2" else ""))
    if not any(each.role == "" for each in found):
        title = next(iter(texts(tree.head.get("title"))), "")
        found[:0] = [Headline(value=title)] if title else []
    return tuple(found)


def _byline(tree: Tree) -> tuple[str, tuple[Concept, ...]]:
    """The byline without titles; initials (``gr/bp``) are nobody's byline but the desk's signature."""
    said = [squeeze(_without(line, "byttl")) for line in tree.body_head.get("byline", ())]
    initials = [] if tree.is_ours else [each for each in said if _INITIALS.match(each)]
    named = [each for each in said if each and each not in initials]
    signed = tuple(Concept(name=each, role="editor") for each in initials)
    return ", ".join(named), signed


def _without(element: etree._Element, name: str) -> str:
    """The text of `element` without that of its children called `name`."""
    parts = [element.text or ""]
    for child in element:
        parts += [text_of(child) if local(child) != name else "", child.tail or ""]
    return "".join(parts)


def _place(tree: Tree) -> tuple[str, Dateline | None, tuple[str, ...]]:
    """Where the copy comes from, the dateline as printed, and notes on a line that is neither."""
    located, dateline, notes = "", None, []
    for line in tree.body_head.get("dateline", ()):
        location = next((child for child in line if local(child) == "location"), None)
        said = squeeze(_line(line))
        is_place = location is not None and said == squeeze(text_of(location))
        found = None if is_place else find_dateline(said)
        if found is not None and found.dateline.place:
            dateline = dateline or replace(found.dateline, text=said)
        elif line.get("class") == "printed":
            dateline = dateline or Dateline(text=said)
        elif location is None and said:
            if len(said) <= _PLACE and not any(sign.isdigit() for sign in said):
                located = located or said.rstrip(" ,-–—")
            else:
                notes.append(f"dateline as sent: {said[:80]}")
        if location is not None:
            city = next((squeeze(text_of(each)) for each in location if local(each) == "city"), "")
            located = located or city or squeeze(text_of(location)).rstrip(" ,")
    return located, dateline, tuple(notes)


def _line(line: etree._Element) -> str:
    """The text of a ``dateline``; a date that is only a machine's (``20170102T222800+0000``) is no part of what is printed."""
    parts = [line.text or ""]
    for child in line:
        said = text_of(child)
        parts += ["" if local(child) == "story.date" and _TIMESTAMP.match(said) else said, child.tail or ""]
    return "".join(parts)


def _abstracts(tree: Tree) -> list[Description]:
    said = ((each, _paragraphs(each)) for each in tree.body_head.get("abstract", ()))
    return [Description(value=text, role=each.get("class", "") or "summary") for each, text in said if text]


def _paragraphs(element: etree._Element) -> str:
    """The text of `element` on one line, its paragraphs apart."""
    if all(local(child) == "p" for child in element):
        return squeeze(" ".join([element.text or "", *map(text_of, element)]))
    return squeeze(plain(nitf_markup(element)))
