"""AP Media API JSON (feed pages, searches, single items; text, pictures, video, audio, agate), in.

The text is not in the JSON: it is NITF at `renditions.nitf.href`, kept as a rendition to fetch. Where it was fetched and put beside
the item (`nitf`, as an object with `body_html` or as XML), it is read. An item's address changes at every poll; its id does not.
"""

from collections.abc import Callable, Iterable, Iterator

from dragoman.formats._identity import made_uri
from dragoman.formats._json import parse_json
from dragoman.formats._json_item import (
    Json,
    Told,
    at,
    embargo,
    finished,
    moment,
    point,
    rows,
    strings,
    text,
    whole_number,
)
from dragoman.formats._nitf_body import nitf_markup
from dragoman.formats._shape import Format, suits, units_of_document
from dragoman.formats._status import CorrectionKind, correction_of, status_of
from dragoman.formats._xml import local, parse_xml, xml_text
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.happening import Point
from dragoman.model.item import (
    AltId,
    Association,
    Body,
    Concept,
    Correction,
    Description,
    Headline,
    Item,
    Kind,
    Profile,
    PubStatus,
    Rendition,
)

_LOOKED_AT = 200_000  # bytes
_MEDIA_TYPES = ("application/json",)
_SUFFIXES = (".json",)
_KINDS: dict[str, Kind] = {
    "text": "text",
    "picture": "picture",
    "photo": "picture",
    "graphic": "graphic",
    "video": "video",
    "audio": "audio",
    "complexdata": "component",
    "storyline": "composite",
}
_DID: dict[str, CorrectionKind] = {
    "correction": "correction",
    "corrective": "correction",
    "clarification": "correction",
    "kill": "kill",
    "elimination": "kill",
    "withhold": "hold",
}
"""`editorialtypes` (AP's editorial types): what a version does to the one before. A lead is an update from version 1 on."""
_TAKES: dict[str, PubStatus] = {"kill": "canceled", "hold": "withheld"}
_UNPLACED = ("audiences", "editorialpriority", "editorialrole", "textformat", "pricetag", "trustindicators", "filings")
_EMBARGOED = "embargoed"


def detect(data: bytes, hints: Hints) -> float:
    """JSON with AP's ids."""
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return 0.0
    if data.find(b'"altids"', 0, _LOOKED_AT) < 0 or data.find(b'"itemid"', 0, _LOOKED_AT) < 0:
        return 0.0
    return min(1.0, 0.96 + suits(hints, _MEDIA_TYPES, _SUFFIXES))


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit an item of the page, in order; an empty page has none."""

    def makers() -> Iterator[Callable[[], Item]]:
        value, notes = parse_json(data, hints)
        yield from (_maker(each, hints, notes) for each in _entries(value))

    return units_of_document(makers)


FORMAT = Format(
    name="ap",
    title="AP Media API JSON 1.1, 2.x",
    media_types=_MEDIA_TYPES,
    suffixes=_SUFFIXES,
    detect=detect,
    opens=b"{[",
    decode=decode,
    places={
        "uri": "altids.itemid",
        "version": "version",
        "type": "type",
        "pub_status": "pubstatus, editorialtypes",
        "first_created": "firstcreated",
        "version_created": "versioncreated",
        "embargoed_until": "embargoed",
        "urgency": "urgency",
        "language": "language",
        "headline": "headline",
        "headlines": "headline_extended",
        "slugline": "slugline",
        "by": "bylines, photographer",
        "located": "located, datelinelocation",
        "summary": "description_summary, description_caption",
        "body": "renditions.nitf",
        "subjects": "subject, keywords",
        "subjects.uri": "subject[].code",
        "places": "place, datelinelocation",
        "people": "person",
        "organisations": "organisation",
        "events": "event",
        "genres": "profile, fixture",
        "info_sources": "provider, infosource",
        "copyright_holder": "copyrightholder",
        "copyright_notice": "copyrightnotice",
        "usage_terms": "usageterms",
        "ed_note": "ednote",
        "alt_ids": "altids, foreignkeys, links",
        "renditions": "renditions",
        "associations": "associations",
        "credit": "description_creditline",
        "correction": "signals, editorialtypes",
    },
)


def _entries(value: object) -> list[Json]:
    """The objects that hold an `item` each: the page's items, the one item, or an item without its frame."""
    if isinstance(value, list):
        return [entry for each in value for entry in _entries(each)]
    if not isinstance(value, dict):
        raise Undecodable("This is no page of the AP Media API", f"{type(value).__name__} instead of an object")
    held = value["data"] if isinstance(value.get("data"), dict) else value
    if isinstance(held.get("items"), list):
        return [each if isinstance(each.get("item"), dict) else {"item": each} for each in rows(held["items"])]
    if isinstance(held.get("item"), dict):
        return [{**value, **held}]
    if isinstance(held.get("altids"), dict):
        return [{"item": held}]
    raise Undecodable("This is no page of the AP Media API", f"neither data.item nor data.items: {_error(value)}")


def _error(value: Json) -> str:
    return text(at(value, "error.message")) or text(value.get("message")) or ", ".join(list(value)[:6])


def _maker(entry: Json, hints: Hints, notes: tuple[str, ...]) -> Callable[[], Item]:
    return lambda: _item(entry, hints, notes)


def _item(entry: Json, hints: Hints, notes: tuple[str, ...]) -> Item:
    sent = entry["item"]
    told = Told(notes=list(notes))
    item_id = text(at(sent, "altids.itemid"))
    if not item_id:
        raise Undecodable("This AP item has no id", "altids.itemid")
    told.lost += [f"AP field {key}" for key in _UNPLACED if sent.get(key)]
    did = _did(sent)
    until = embargo(sent.get("embargoed"), hints.zone, told)
    word = text(sent.get("pubstatus"))
    if word == _EMBARGOED and until is None:
        raise Undecodable("The embargo cannot be read", "pubstatus is embargoed, and no time is given")
    story = entry.get("nitf")
    item = Item(
        uri="",
        type=_KINDS.get(text(sent.get("type")).lower(), "text"),
        profile=text(sent.get("profile")),
        version=text(sent.get("version")),
        first_created=moment(sent.get("firstcreated"), hints.zone, told, "firstcreated"),
        version_created=moment(sent.get("versioncreated"), hints.zone, told, "versioncreated"),
        embargoed_until=until,
        pub_status=_TAKES.get(did, status_of(word) or "usable") if did else status_of(word) or "usable",
        urgency=whole_number(sent.get("urgency"), 1, 9),
        language=text(sent.get("language")),
        title=text(sent.get("title")),
        headlines=_headlines(sent, story),
        slugline=text(sent.get("slugline")),
        by=_by(sent, story),
        located=text(sent.get("located")) or text(at(sent, "datelinelocation.city")),
        descriptions=_descriptions(sent),
        bodies=_bodies(story),
        copyright_holder=text(sent.get("copyrightholder")),
        copyright_notice=text(sent.get("copyrightnotice")),
        usage_terms=_joined(sent.get("usageterms")),
        ed_note=text(sent.get("ednote")) or (text(story.get("ednote")) if isinstance(story, dict) else ""),
        genres=_genres(sent),
        places=(*_concepts(sent.get("place")), *_dateline_place(sent)),
        info_sources=_sources(sent),
        alt_ids=_alt_ids(sent),
        renditions=_renditions(sent.get("renditions")),
        associations=_associations(sent, entry, hints),
        subjects=(*_concepts(sent.get("subject")), *_keywords(sent)),
        people=_concepts(sent.get("person")),
        organisations=_concepts(sent.get("organisation")),
        events=_concepts(sent.get("event")),
        dragoman=Profile(
            credit=text(sent.get("description_creditline")), correction=Correction(kind=did) if did else None
        ),
    )
    return finished(item, item_id, hints, told)


# ------------------------------------------------------------------------------------------------- parts of an item


def _did(sent: Json) -> CorrectionKind | None:
    words = [text(each).lower() for key in ("editorialtypes", "signals") for each in strings(sent.get(key))]
    found = next((_DID[word] for word in words if word in _DID), None)
    if found:
        return found
    if "lead" in words and text(sent.get("version")) not in ("", "0"):
        return "update"
    return next((kind for word in words if (kind := correction_of(word))), None)


def _joined(value: object) -> str:
    return (
        " ".join(words for each in strings(value) if (words := each.strip()))
        if isinstance(value, list)
        else text(value)
    )


def _headlines(sent: Json, story: object) -> tuple[Headline, ...]:
    main = text(sent.get("headline")) or (text(story.get("headline")) if isinstance(story, dict) else "")
    extended = text(sent.get("headline_extended"))
    found = ((main, ""), (extended if extended != main else "", "extended"))
    return tuple(Headline(value=words, role=role) for words, role in found if words)


def _by(sent: Json, story: object) -> str:
    lines = [text(each.get("by") or each.get("name")) for each in rows(sent.get("bylines"))]
    lines += [] if any(lines) else [text(at(sent, "photographer.name"))]
    lines += [] if any(lines) or not isinstance(story, dict) else [text(story.get("byline"))]
    return ", ".join(dict.fromkeys(line for line in lines if line))


def _descriptions(sent: Json) -> tuple[Description, ...]:
    keys = (("description_caption", "caption"), ("description_summary", "summary"))
    return tuple(Description(value=words, role=role) for key, role in keys if (words := text(sent.get(key))))


def _bodies(story: object) -> tuple[Body, ...]:
    if isinstance(story, dict):
        markup = text(story.get("body_html"))
    else:
        markup = _from_xml(story) if isinstance(story, str) and story.lstrip().startswith("<") else ""
    return (Body(value=markup),) if markup.strip() else ()


def _from_xml(story: str) -> str:
    root = parse_xml(xml_text(story.encode("utf-8"), Hints())[0])
    content = next((each for each in root.iter() if local(each) == "body.content"), None)
    return nitf_markup(content) if content is not None else ""


def _concepts(value: object) -> tuple[Concept, ...]:
    """AP's tags: those of its vocabularies by their uri, its filing categories by their letter."""
    return tuple(_concept(each) for each in rows(value))


def _concept(each: Json) -> Concept:
    rels, code, scheme = strings(each.get("rels")), text(each.get("code")), text(each.get("scheme"))
    rel = rels[0] if rels else ""
    return Concept(
        name=text(each.get("name")),
        rel=rel,
        uri=scheme + code if scheme and code else "",
        literal="" if scheme or not code else f"{rel}:{code}" if rel else code,
        geo=_point(each),
    )


def _point(each: Json) -> Point | None:
    return point(at(each, "geometry_geojson.coordinates[0]"), at(each, "geometry_geojson.coordinates[1]"))


def _dateline_place(sent: Json) -> Iterable[Concept]:
    where = sent.get("datelinelocation")
    if isinstance(where, dict) and (city := text(where.get("city"))):
        parts = (city, text(where.get("countryareaname")), text(where.get("countryname")))
        yield Concept(name=", ".join(dict.fromkeys(part for part in parts if part)), rel="dateline", geo=_point(where))


def _keywords(sent: Json) -> Iterable[Concept]:
    return (Concept(name=word, rel="keyword") for word in strings(sent.get("keywords")) if word.strip())


def _genres(sent: Json) -> tuple[Concept, ...]:
    fixture = sent.get("fixture")
    found = [Concept(name=text(sent.get("profile")))] if text(sent.get("profile")) else []
    if isinstance(fixture, dict) and text(fixture.get("name")):
        found.append(Concept(name=text(fixture["name"]), literal=text(fixture.get("code"))))
    return tuple(found)


def _sources(sent: Json) -> tuple[Concept, ...]:
    provider = text(sent.get("provider"))
    found = [Concept(name=provider, role="provider")] if provider else []
    return (
        *found,
        *(Concept(name=text(each.get("name")), role=text(each.get("type"))) for each in rows(sent.get("infosource"))),
    )


def _alt_ids(sent: Json) -> tuple[AltId, ...]:
    ids = [(role, text(value)) for role, value in (sent.get("altids") or {}).items()]
    ids += [(role, text(value)) for each in rows(sent.get("foreignkeys")) for role, value in each.items()]
    ids += [(text(each.get("rel")) or "link", text(each.get("href"))) for each in rows(sent.get("links"))]
    return tuple(AltId(role=role, value=value) for role, value in ids if value and role != "itemid")


def _renditions(value: object) -> tuple[Rendition, ...]:
    if not isinstance(value, dict):
        return ()
    return tuple(_rendition(name, each) for name, each in value.items() if isinstance(each, dict))


def _rendition(name: str, each: Json) -> Rendition:
    return Rendition(
        name=name,
        href=text(each.get("href")),
        content_type=text(each.get("mimetype")),
        title=text(each.get("title")),
        width=whole_number(each.get("width"), 0, 99_999) or 0,
        height=whole_number(each.get("height"), 0, 99_999) or 0,
    )


def _associations(sent: Json, entry: Json, hints: Hints) -> tuple[Association, ...]:
    found = sent.get("associations")
    beside = entry.get("associations")
    if not isinstance(found, dict):
        return ()
    made = []
    for name, each in found.items():
        item_id = text(at(each, "altids.itemid"))
        if not item_id:
            continue
        whole = at(beside, f"{name}.data.item")
        full = whole if isinstance(whole, dict) else each
        headline = text(full.get("headline"))
        made.append(
            Association(
                name=name,
                uri=made_uri(hints.agency, item_id),
                version=text(full.get("version")),
                type=text(full.get("type")),
                language=text(full.get("language")),
                headlines=(Headline(value=headline),) if headline else (),
                renditions=_renditions(full.get("renditions")),
            )
        )
    return tuple(made)
