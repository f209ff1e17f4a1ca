"""An item as plain ninjs 3.1, valid against IPTC's schema, and what of it has no place there. Pure.

The schema refuses unknown properties everywhere (`unevaluatedProperties: false`), so everything of ours goes or moves.
"""

import msgspec

from dragoman.formats._carried import ed_note
from dragoman.formats._identity import is_uri
from dragoman.formats._ninjs_event import contacts, with_recurrence
from dragoman.model.item import Item

SCHEMA = "https://iptc.org/std/ninjs/ninjs-schema_3.1.json"
_CONCEPTS = {
    "subjects": ("name", "rel", "uri", "literal"),
    "places": ("name", "rel", "uri", "literal", "contactInfo", "geoJSON"),
    "people": ("name", "rel", "uri", "literal", "contactInfo"),
    "organisations": ("name", "rel", "uri", "literal", "contactInfo"),
    "genres": ("name", "uri", "literal"),
    "infoSources": ("name", "role", "uri", "literal", "contactInfo"),
    "events": ("name", "rel", "uri", "literal"),
}
_RENDITION = ("name", "href", "contentType", "width", "height")
_TYPES = {"package": "composite"}

Json = dict[str, object]


def as_strict(item: Item) -> tuple[Json, tuple[str, ...]]:
    """`item` as the builtins of a plain 3.1 document, and the names of what was lost on the way."""
    item, unsaid = with_recurrence(item)
    built: Json = msgspec.to_builtins(item)  # lists come as tuples
    built.pop("dragoman", None)
    built["standard"] = {"name": "ninjs", "version": "3.1", "schema": SCHEMA}
    built["type"] = _TYPES.get(item.type, item.type)
    lost = [f"type {item.type}"] if item.type in _TYPES else []
    lost += _concepts(built) + _renditions(built) + _associations(built) + _carry(built, item)
    return built, tuple(dict.fromkeys([*lost, *unsaid, *_left_behind(item)]))


def _carry(built: Json, item: Item) -> list[str]:
    """Credit, reasons and place move to the fields that people read."""
    credit = item.ours.credit
    if credit and credit not in item.copyright_notice:
        built["copyrightNotice"] = " / ".join(filter(None, (credit, item.copyright_notice)))
    if note := ed_note(item):
        built["edNote"] = note
    dateline = item.ours.dateline
    if dateline and dateline.place and not item.located:
        built["located"] = dateline.place
    return []


def _left_behind(item: Item) -> list[str]:
    ours = item.ours
    told = {
        "dateline": ours.dateline is not None,
        "headline_derived": ours.headline_derived,
        "hops": bool(ours.hops),
        "origin": bool(ours.origin),
        "correction.kind": ours.correction is not None,
        "correction.replaces": ours.correction is not None and bool(ours.correction.replaces),
    }
    return [name for name, is_lost in told.items() if is_lost]


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
        if not is_uri(str(each.get("uri", ""))):
            lost.append("associations without uri")
            continue
        lost += _renditions(each)
        if each.get("type") in _TYPES:
            each["type"] = _TYPES[each["type"]]
        elif each.get("type") not in _KINDS:
            each.pop("type", None)
        kept.append({"name": "", **each})
    built["associations"] = kept
    return lost


_KINDS = frozenset({"text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"})
