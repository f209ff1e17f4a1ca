"""An item as plain ninjs 3.1, valid against IPTC's schema, and what of it has no place there. Pure.

The schema refuses unknown properties everywhere (`unevaluatedProperties: false`), so everything of ours goes or moves: the
credit line stands in `copyrightNotice`, the reason of a correction in `edNote`, the place of the dateline in `located`.
Copy taken back goes out without its text.
"""

import msgspec

from dragoman.formats._carried import ed_note, is_gone
from dragoman.formats._fields import lost as lost_fields
from dragoman.formats._identity import is_uri
from dragoman.formats.ninjs.event import contacts, with_recurrence
from dragoman.model.item import Item

Json = dict[str, object]

SCHEMA = "https://iptc.org/std/ninjs/ninjs-schema_{}.json"
SOURCE_TYPE = "digitalsourcetype"
_CONCEPTS = {
    "subjects": ("name", "rel", "uri", "literal"),
    "places": ("name", "rel", "uri", "literal", "contactInfo", "geoJSON"),
    "people": ("name", "rel", "uri", "literal", "contactInfo"),
    "organisations": ("name", "rel", "uri", "literal", "contactInfo"),
    "genres": ("name", "uri", "literal"),
    "infoSources": ("name", "role", "uri", "literal", "contactInfo"),
    "events": ("name", "rel", "uri", "literal"),
}
_RENDITION = ("name", "href", "contentType", "title", "width", "height")
_TYPES = {"package": "composite"}
_KINDS = frozenset({"text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"})

PLACES = {
    "uri": "uri",
    "version": "version",
    "type": "type",
    "pub_status": "pubStatus",
    "first_created": "firstCreated",
    "version_created": "versionCreated",
    "content_created": "contentCreated",
    "embargoed_until": "embargoedUntil",
    "urgency": "urgency",
    "language": "language",
    "headline": "headlines",
    "headlines": "headlines",
    "slugline": "slugline",
    "by": "by",
    "located": "located",
    "summary": "descriptions",
    "descriptions": "descriptions",
    "body": "bodies",
    "links and emphasis": "bodies",
    "subjects": "subjects",
    "subjects.uri": "subjects",
    "places": "places",
    "people": "people",
    "organisations": "organisations",
    "genres": "genres",
    "info_sources": "infoSources",
    "copyright_holder": "copyrightHolder",
    "copyright_notice": "copyrightNotice",
    "usage_terms": "usageTerms",
    "ed_note": "edNote",
    "alt_ids": "altIds",
    "renditions": "renditions",
    "associations": "associations",
    "versions": "associations",
    "events": "events",
    "event_details": "eventDetails",
    "planned_coverage": "plannedCoverage",
}
"""Field of an item → property of ninjs 3.1."""


def as_strict(item: Item) -> tuple[Json, tuple[str, ...]]:
    """`item` as the builtins of a plain 3.1 document, and the names of what was lost on the way."""
    lost = [*_lost_types(item), *lost_fields(item, PLACES)]
    item, unsaid = with_recurrence(item)
    built: Json = msgspec.to_builtins(item)  # lists come as tuples
    built.pop("dragoman", None)
    if is_gone(item):
        built.pop("bodies", None)
        built.pop("descriptions", None)
    built = {"uri": built.pop("uri"), "standard": standard("3.1"), **built}
    built["type"] = _TYPES.get(item.type, item.type)
    lost += [*_concepts(built), *_renditions(built), *_associations(built)]
    _carry(built, item)
    _source_type(built)
    return built, tuple(dict.fromkeys([*lost, *unsaid]))


def standard(version: str) -> Json:
    """How a document says which version of ninjs it is."""
    return {"name": "ninjs", "version": version, "schema": SCHEMA.format(version)}


def _lost_types(item: Item) -> list[str]:
    return [f"type {item.type}"] if item.type in _TYPES else []


def _carry(built: Json, item: Item) -> None:
    """Credit, reasons and place move to the fields that people read."""
    credit = item.ours.credit
    if credit and credit not in item.copyright_notice:
        built["copyrightNotice"] = " / ".join(filter(None, (credit, item.copyright_notice)))
    if note := ed_note(item):
        built["edNote"] = note
    dateline = item.ours.dateline
    if dateline and dateline.place and not item.located:
        built["located"] = dateline.place


def _source_type(built: Json) -> None:
    """How a picture or a text came about (NewsCodes digitalsourcetype) has a property of its own; here it is a genre."""
    genres = built.get("genres")
    listed = [each for each in genres if isinstance(each, dict)] if isinstance(genres, (list, tuple)) else []
    found = [each for each in listed if SOURCE_TYPE in str(each.get("uri", ""))]
    if not found:
        return
    built["digitalSourceType"] = found[0]
    built["genres"] = [each for each in listed if each is not found[0]]
    if not built["genres"]:
        del built["genres"]


def _concepts(built: Json) -> list[str]:
    lost: list[str] = []
    for field, allowed in _CONCEPTS.items():
        found = built.get(field)
        if not isinstance(found, (list, tuple)):
            continue
        lost += [f"{field}.{key}" for each in found for key in each if key not in allowed]
        built[field] = [_concept(each, allowed) for each in found]
    return lost


def _concept(concept: Json, allowed: tuple[str, ...]) -> Json:
    kept = {key: value for key, value in concept.items() if key in allowed}
    uri = kept.get("uri")
    if isinstance(uri, str) and not is_uri(uri):
        del kept["uri"]
        kept.setdefault("literal", uri)
    if "contactInfo" in kept:
        kept["contactInfo"] = contacts(kept["contactInfo"])
    return kept


def _renditions(built: Json) -> list[str]:
    found = built.get("renditions")
    if not isinstance(found, (list, tuple)):
        return []
    lost = [f"renditions.{key}" for each in found for key in each if key not in _RENDITION]
    built["renditions"] = [_rendition(each) for each in found]
    return lost


def _rendition(rendition: Json) -> Json:
    kept = {key: value for key, value in rendition.items() if key in _RENDITION}
    href = kept.get("href")
    if isinstance(href, str) and not is_uri(href):
        del kept["href"]
    return {"name": "", **kept}


def _associations(built: Json) -> list[str]:
    found = built.get("associations")
    if not isinstance(found, (list, tuple)):
        return []
    lost: list[str] = []
    kept: list[Json] = []
    for each in found:
        lost += _renditions(each)
        if not is_uri(str(each.get("uri", ""))) and not _is_named_by_file(each):
            lost.append("associations without uri")
            continue
        if each.get("type") in _TYPES:
            each["type"] = _TYPES[each["type"]]
        elif each.get("type") not in _KINDS:
            each.pop("type", None)
        kept.append({"name": "", **each})
    built["associations"] = kept
    return lost


def _is_named_by_file(association: Json) -> bool:
    """A picture without an id of its own is named by the address of its file."""
    renditions = association.get("renditions")
    first = renditions[0] if isinstance(renditions, list) and renditions else {}
    if not isinstance(first, dict) or not first.get("href"):
        return False
    association["uri"] = first["href"]
    return True
