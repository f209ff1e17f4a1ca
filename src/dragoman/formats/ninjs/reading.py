"""ninjs of any version and house as ninjs 3.1: renamed properties, single headlines, Superdesk's own fields. Pure.

(ninjs 1.0 to 3.1; Superdesk, its content API and Newshub: `guid`, `byline`, `body_html`, `subject`, `service`; BBC, NTB, TT.)
Two tables: `RENAMED` for what only has another name or shape, `GATHERED` for what goes together with something else.
"""

from collections.abc import Callable

from dragoman.formats.ninjs.gathering import GATHERED
from dragoman.formats.ninjs.shapes import (
    Json,
    alt_ids,
    concepts,
    kind,
    moment,
    renditions,
    sources,
    status,
    text_of,
    texts,
    urgency,
)

RENAMED = {
    "altids": "altIds",
    "byline": "by",
    "contentcreated": "contentCreated",
    "copyrightholder": "copyrightHolder",
    "copyrightnotice": "copyrightNotice",
    "ednote": "edNote",
    "embargoed": "embargoedUntil",
    "firstcreated": "firstCreated",
    "infosources": "infoSources",
    "infosource": "infoSources",
    "pubstatus": "pubStatus",
    "usageterms": "usageTerms",
    "versioncreated": "versionCreated",
    "subject": "subjects",
    "place": "places",
    "person": "people",
    "organisation": "organisations",
    "genre": "genres",
    "event": "events",
    "slug": "slugline",
    "located_in": "located",
}
"""Old key → the key of 3.1. Where both stand, 3.1's own wins."""

_HOUSEKEEPING = frozenset(
    {"$schema", "$standard", "annotations", "charcount", "event_id", "expiry", "family_id", "fields_meta", "flags", "force_unlock",
     "format", "ingest_id", "ingest_provider", "ingest_version", "mime_type", "mimetype", "operation", "original_creator",
     "readtime", "refs", "representationType", "representationtype", "standard", "subscribers", "task", "template",
     "translation_id", "unique_id", "unique_name", "version_creator", "word_count", "wordcount"}
)  # fmt: skip
"""What a house notes for itself, and what can be counted from the text."""
_STEMS = {"headline": "headlines", "description": "descriptions", "body": "bodies"}


def is_taken(key: str) -> bool:
    """Is the property `key` read, or known to be no part of the copy?"""
    return (
        key in RENAMED
        or key in GATHERED
        or key in _HOUSEKEEPING
        or key.partition("_")[0] in _STEMS
        or key.startswith(("_", "lock_"))
    )


def is_old(source: Json) -> bool:
    """Has `source` a property that ninjs 3.1 does not have, and that is read?"""
    return any(key not in _LATEST and is_taken(key) for key in source)


_LATEST = frozenset({"standard", "representationType"})


def as_31(source: Json) -> Json:
    """`source` under the names and shapes of ninjs 3.1; what is 3.1 already stays as it is."""
    item: Json = {}
    for key, value in source.items():
        if value is not None and key not in GATHERED:
            name = RENAMED.get(key, key)
            if name == key or name not in source:
                item[name] = value
    for key, shape in _SHAPES.items():
        if key in item:
            item[key] = shape(item[key])
    for stem, plural in _STEMS.items():
        _texts_of(item, stem, plural)
    for key, gather in GATHERED.items():
        if source.get(key):
            gather(item, source[key])
    return {key: value for key, value in item.items() if value is not None}


# ---------------------------------------------------------------------------------------- headline_…, body_html, …


def _texts_of(item: Json, stem: str, plural: str) -> None:
    """`stem`, `stem_ROLE`, `stem_html` … as the list under `plural`; of one role, a headline's or description's first."""
    rows: dict[str, Json] = {}
    for key in [key for key in item if key == stem or key.startswith(f"{stem}_")]:
        value = item.pop(key)
        if not isinstance(value, str) or not value.strip():
            continue
        role, kind = _role_and_kind(key.removeprefix(stem))
        if kind is None:
            continue
        row: Json = {"value": value, "contentType": kind}
        if stem == "body":
            rows[key] = row | {"role": role}
        elif role not in rows or (stem == "description" and kind == "text/plain"):
            rows[role] = {"value": value, "role": role} if role else {"value": value}
    if rows and not item.get(plural):
        item[plural] = list(rows.values())


def _role_and_kind(suffix: str) -> tuple[str, str | None]:
    """``_text_short`` → (``short``, text/plain); a kind of None is markup nobody reads."""
    parts = [part for part in suffix.split("_") if part]
    kinds = [_CONTENT[part.rstrip("0123456789")] for part in parts if part.rstrip("0123456789") in _CONTENT]
    role = "_".join(part for part in parts if part.rstrip("0123456789") not in _CONTENT)
    return role, kinds[0] if kinds else ""


_CONTENT: dict[str, str | None] = {
    "html": "text/html",
    "xhtml": "text/html",
    "richhtml": "text/html",
    "text": "text/plain",
    "sportsml": None,
    "nitf": None,
    "xml": None,
    "json": None,
    "markdown": None,
}


def _associations(value: object) -> object:
    if isinstance(value, dict):
        value = [{**each, "name": name} for name, each in value.items() if isinstance(each, dict)]
    if not isinstance(value, list):
        return value
    return [_association(as_31(each)) for each in value if isinstance(each, dict)]


def _association(value: Json) -> Json:
    kept = {key: value[key] for key in _KEPT if value.get(key)}
    name = str(kept.get("name") or "")
    if name in _FAMILY and "rel" not in kept:
        kept["rel"] = name
    return kept | {"name": name}


_KEPT = ("name", "rel", "uri", "version", "type", "language", "headlines", "renditions")
_FAMILY = frozenset({"translationOf", "translation"})


_SHAPES: dict[str, Callable[[object], object]] = {
    "headlines": texts,
    "bodies": texts,
    "descriptions": texts,
    **dict.fromkeys(("subjects", "places", "people", "organisations", "genres", "events"), concepts),
    "infoSources": sources,
    "renditions": renditions,
    "associations": _associations,
    "altIds": alt_ids,
    "pubStatus": status,
    "urgency": urgency,
    "type": kind,
    **dict.fromkeys(("firstCreated", "versionCreated", "contentCreated", "embargoedUntil"), moment),
    **dict.fromkeys(
        ("uri", "version", "title", "slugline", "by", "located", "language", "copyrightHolder", "copyrightNotice", "usageTerms",
         "edNote", "profile"),
        text_of,
    ),
}  # fmt: skip
