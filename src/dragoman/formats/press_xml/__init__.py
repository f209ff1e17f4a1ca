"""Small XML of press-release services and calendars, read by a table: one row a vendor, of element paths. Read only. Pure.

Solita's ``<release>`` (ntbinfo.no, sttinfo.fi, via.ritzau.dk, via.tt.se), Ritzau's ``<RBNews>``, NTB's calendar ``<document>``.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from lxml import etree
from msgspec.structs import replace

from dragoman.formats._identity import content_version, digest, is_uri, made_uri
from dragoman.formats._shape import Format, failed, suits, unforeseen, units
from dragoman.formats._times import read_time
from dragoman.formats._xml import local, parse_xml, root_name, text_of, xml_text
from dragoman.formats.press_xml.vendors import JOINED, VENDORS, Vendor
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable
from dragoman.model.happening import Address, ContactInfo, Dates, EventDetails, HappeningProfile, Organiser, Point
from dragoman.model.item import (
    AltId,
    Association,
    Body,
    Concept,
    Correction,
    Description,
    Headline,
    Item,
    Profile,
    Rendition,
)
from dragoman.read.body import plain
from dragoman.read.reading import shaped
from dragoman.text.cleaning import squeeze

SUBJECT_CODES = "http://cv.iptc.org/newscodes/subjectcode/"
_HEAD = 20_000
_MOST = 5_000
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s+(\d{1,2})[:.](\d\d))?\Z")
_TRUE = frozenset({"true", "1", "yes"})


def detect(data: bytes, hints: Hints) -> float:
    """XML with the root of one of the vendors; a root that says little needs one of the vendor's marks."""
    return min(1.0, 0.8 + suits(hints, (), FORMAT.suffixes)) if _vendor(root_name(data)[0], data) else 0.0


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit an item, in order."""
    try:
        text, notes = xml_text(data, hints)
        root = parse_xml(text)
        vendor = _vendor(local(root), data)
        if vendor is None:
            raise Undecodable("This is in no vendor's XML we know", f"its root is <{local(root)}>")
        makers = [partial(_item, one, vendor, hints, notes) for one in _items(root, vendor)]
    except DragomanError as error:
        yield failed(0, error)
    except Exception as error:  # the border to a foreign document
        yield failed(0, unforeseen(error))
    else:
        yield from units(makers)


_PLACES = {
    "uri": "@id, NewsID, guid",
    "version": "version",
    "type": "a calendar's documents are events",
    "pub_status": "Annuleret",
    "first_created": "publicationDate, PublishDate",
    "version_created": "publicationDate, PublishDate",
    "embargoed_until": "embargo",
    "urgency": "Priority",
    "language": "@lang",
    "headline": "title, headline",
    "slugline": "strapline",
    "by": "origin",
    "located": "town, location",
    "summary": "leadtext, subtitle",
    "body": "body, content",
    "links and emphasis": "body, content",
    "subjects": "keywords, categories, subjects",
    "subjects.uri": "IPTCList, subject/@reference",
    "places": "location, address, geo",
    "organisations": "Companies",
    "genres": "type, format",
    "info_sources": "publisher, byLine",
    "ed_note": "contactsAsText, boilerplate, TilRedaktionen, infoText",
    "alt_ids": "longurl, HistID, ntbId",
    "associations": "images, documents",
    "event_details": "timeStart, timeEnd, startDate, stopDate, contact…",
    "credit": "origin",
    "correction": "Korrektion, NyVersion, Annuleret",
}

FORMAT = Format(
    name="press-xml",
    title="XML of press releases and calendars: Solita, Ritzau RBNews, NTB",
    media_types=("application/xml", "text/xml"),
    suffixes=(".xml",),
    detect=detect,
    opens=b"<",
    decode=decode,
    places=_PLACES,
    read_only=frozenset(_PLACES),
)


def _vendor(root: str, data: bytes) -> Vendor | None:
    head = data[:_HEAD].lower()
    fitting = (one for one in VENDORS if root in one.roots)
    return next((one for one in fitting if not one.marks or any(mark in head for mark in one.marks)), None)


def _items(root: etree._Element, vendor: Vendor) -> list[etree._Element]:
    if not vendor.items or local(root) == vendor.items:
        return [root]
    return [child for child in root if local(child) == vendor.items][:_MOST]


class _Reading:
    """One item's element, read by the vendor's paths."""

    def __init__(self, element: etree._Element, vendor: Vendor, hints: Hints) -> None:
        self.element, self.vendor = element, vendor
        self.notes: list[str] = []
        link = self.one("link")
        own = next((zone for word, zone in vendor.zones.items() if word in link), vendor.zone)
        self.zone = hints.zone if hints.zone != "UTC" else own

    def all(self, field: str) -> list[str]:
        """What stands at the field's paths: at each of them for joined fields, else at the first that says something."""
        found: list[str] = []
        for path in self.vendor.paths.get(field, ()):
            texts = [text for text in _texts(self.element, path) if text]
            if field in JOINED:
                found += texts
            elif texts:
                return texts
        return found

    def one(self, field: str) -> str:
        return next(iter(self.all(field)), "")

    def line(self, field: str) -> str:
        return squeeze(self.one(field))

    def is_true(self, field: str) -> bool:
        return self.line(field).lower() in _TRUE

    def elements(self, field: str) -> list[etree._Element]:
        return [
            found for path in self.vendor.paths.get(field, ()) for found in _elements(self.element, path.split("/"))
        ]

    def time(self, field: str) -> datetime | None:
        """The moment; a time that cannot be read is noted."""
        if not (text := self.line(field)):
            return None
        if day := _DAY_FIRST.match(text):
            text = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}T{int(day[4] or 0):02}:{day[5] or '00'}"
        moment, note = read_time(text, self.zone)
        if note:
            self.notes.append(f"{field}: {note}")
        return moment


def _elements(element: etree._Element, names: list[str]) -> list[etree._Element]:
    found = [element]
    for name in names:
        found = [child for each in found for child in each if local(child) == name]
    return found


def _texts(element: etree._Element, path: str) -> list[str]:
    path, _, attribute = path.partition("@")
    found = _elements(element, path.split("/")) if path else [element]
    if attribute:
        return [each.get(attribute, "").strip() for each in found]
    return [text_of(each) for each in found]


def _item(element: etree._Element, vendor: Vendor, hints: Hints, notes: tuple[str, ...]) -> Item:
    """The item. Raises: Undecodable: its embargo cannot be read, or it says nothing at all."""
    said = _Reading(element, vendor, hints)
    headline, body = _plain_line(said.one("headline")), said.one("body")
    if not headline and not body:
        raise Undecodable("There is no copy in it", f"<{local(element)}> without a headline and a text")
    published, embargo = said.time("published"), said.time("embargo")
    if said.line("embargo") and embargo is None:
        # An embargo nobody can read must not be lost: without it the copy would be free.
        raise Undecodable("The embargo cannot be read", said.line("embargo")[:80])
    correction = _correction(said)
    killed = correction is not None and correction.kind == "kill"
    summary = _plain_line(said.one("summary"))
    urgency = said.line("urgency")
    item = Item(
        uri="",
        version=said.line("version"),
        first_created=published,
        version_created=published,
        embargoed_until=embargo,
        pub_status="canceled" if killed else "usable",
        urgency=int(urgency) if urgency in set("123456789") else None,
        language=said.line("language"),
        headlines=(Headline(value=headline),) if headline else (),
        slugline=said.line("slugline"),
        by=said.line("by"),
        located=said.line("located") or (city if (city := said.line("city")) != said.line("venue") else ""),
        descriptions=(Description(value=summary, role="summary"),) if summary else (),
        bodies=(Body(value=body),) if body and not killed else (),
        subjects=_subjects(said),
        organisations=tuple(Concept(name=squeeze(name)) for name in said.all("organisations")),
        genres=tuple(Concept(name=squeeze(name)) for name in said.all("genre")),
        info_sources=_sources(said),
        ed_note="\n".join(plain(text) for text in said.all("ed_note")),
        alt_ids=tuple(AltId(value=value, role=field) for field in ("link", "history") if (value := said.line(field))),
        associations=_files(said),
        dragoman=Profile(credit=said.line("credit"), correction=correction),
    )
    item = _identified(_event(item, said) if vendor.is_event else item, said, hints)
    item = replace(item, dragoman=replace(item.ours, notes=(*item.ours.notes, *notes, *said.notes)))
    item = shaped(item)
    return item if item.version else replace(item, version=content_version(item))


def _plain_line(text: str) -> str:
    return squeeze(plain(text))


def _correction(said: _Reading) -> Correction | None:
    kinds = (("is_killed", "kill"), ("is_corrected", "correction"), ("is_updated", "update"))
    kind = next((kind for field, kind in kinds if said.is_true(field)), None)
    return Correction(kind=kind, replaces=said.line("replaces")) if kind else None  # type: ignore[arg-type]  # of the kinds


def _subjects(said: _Reading) -> tuple[Concept, ...]:
    """By name where there are names, with the code beside it where there are as many; keywords behind them."""
    names = [squeeze(name) for text in said.all("subjects") for name in text.split(";")]
    codes = [SUBJECT_CODES + code.zfill(8) if code.isdecimal() and len(code) <= 8 else "" for code in said.all("codes")]
    pairs = (
        zip(names, codes, strict=True)
        if len(names) == len(codes)
        else [*((name, "") for name in names), *(("", code) for code in codes)]
    )
    found = [Concept(name=name, uri=code) for name, code in pairs if name or code]
    found += [Concept(name=squeeze(name)) for name in said.all("section")]
    words = [squeeze(word) for text in said.all("keywords") for word in re.split(r"[,;\n]", text)]
    found += [Concept(name=word, rel="keyword") for word in words if word]
    return tuple(dict.fromkeys(found))


def _sources(said: _Reading) -> tuple[Concept, ...]:
    link = said.line("source_link")
    found = [
        Concept(name=said.line("source"), uri=link if is_uri(link) else "", role="source"),
        Concept(name=said.line("author"), role="creator"),
    ]
    return tuple(one for one in found if one.name)


def _files(said: _Reading) -> tuple[Association, ...]:
    """Pictures with their sizes, and other files, each under its own address."""
    found: list[Association] = []
    for kind, field in (("picture", "pictures"), ("", "documents")):
        for element in said.elements(field):
            urls = [
                (local(child), text_of(child)) for child in element if local(child).endswith("url") and text_of(child)
            ]
            if not urls:
                continue
            caption = next(
                (squeeze(text) for name in ("caption", "title", "name") for text in _texts(element, name) if text), ""
            )
            names = {"url": "original", "mediumimageurl": "medium", "smallimageurl": "thumbnail"}
            found.append(
                Association(
                    name=f"{kind or 'document'}-{len(found) + 1}",
                    type=kind,
                    uri=urls[0][1],
                    headlines=(Headline(value=caption, role="caption"),) if caption else (),
                    renditions=tuple(Rendition(name=names.get(name, name), href=url) for name, url in urls),
                )
            )
    return tuple(found)


def _identified(item: Item, said: _Reading, hints: Hints) -> Item:
    sent, link = said.line("id"), said.line("link")
    scope = hints.agency or said.vendor.name
    if is_uri(sent):
        return replace(item, uri=sent)
    if sent:
        return replace(item, uri=made_uri(scope, sent), alt_ids=(*item.alt_ids, AltId(value=sent, role="guid")))
    said.notes.append("no id: one made from " + ("its address" if is_uri(link) else "the content"))
    return replace(
        item,
        uri=link if is_uri(link) else made_uri(scope, digest(item.headline, said.one("body"), said.line("starts"))),
    )


# ------------------------------------------------------------------------------------------------------- events


def _event(item: Item, said: _Reading) -> Item:
    """The entry of a calendar as an event: when, where, whom to ask."""
    starts, ends = said.time("starts"), said.time("ends")
    if starts is None:
        return item
    if said.is_true("is_all_day"):
        last = (ends or starts).date().isoformat()
        dates = Dates(expected_start_date=starts.date().isoformat(), expected_end_date=last)
    else:
        dates = Dates(start_date=starts, end_date=ends if ends and ends >= starts else None)
    contacts = tuple(
        ContactInfo(type=way, name=said.line("contact_name"), value=value)
        for way in ("phone", "email", "url")
        if (value := said.line(f"contact_{way}"))
    )
    if not contacts and said.line("contact_name"):
        contacts = (ContactInfo(value=said.line("contact_name")),)
    place = _place(said)
    return replace(
        item,
        type="event",
        places=(*((place,) if place else ()), *(Concept(name=squeeze(name)) for name in said.all("regions"))),
        event_details=EventDetails(dates=dates, organiser=Organiser(contact_info=contacts) if contacts else None),
        dragoman=replace(item.ours, happening=HappeningProfile(zone=said.zone)),
    )


def _place(said: _Reading) -> Concept | None:
    venue, city = said.line("venue"), said.line("city")
    point = _point(said)
    if not venue and not city and point is None:
        return None
    address = (ContactInfo(address=Address(locality=city)),) if city and city != venue else ()
    return Concept(name=venue or city, rel="venue", contact_info=address, geo=point)


def _point(said: _Reading) -> Point | None:
    """From two elements, or from one: ``59.9,10.7``."""
    words = [said.line("latitude"), said.line("longitude")]
    if not all(words):
        words = said.line("geo").split(",")
    try:
        latitude, longitude = (float(word) for word in words)
    except ValueError:
        return None
    on_earth = abs(latitude) <= 90 and abs(longitude) <= 180
    return Point(coordinates=(longitude, latitude)) if on_earth else None
