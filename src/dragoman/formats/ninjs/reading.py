"""ninjs of any version and house as ninjs 3.1: renamed properties, single headlines, Superdesk's own fields. Pure.

(ninjs 1.0 to 3.1; Superdesk, its content API and Newshub: `guid`, `byline`, `body_html`, `subject`, `service`; BBC, NTB, TT.)
Two tables: `RENAMED` for what only has another name or shape, `GATHERED` for what goes together with something else.
"""

from collections.abc import Callable
from functools import lru_cache

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
from dragoman.model.item import TRANSLATION, TRANSLATION_OF

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
    stems: dict[str, list[str]] = {}
    for key, value in source.items():
        if value is None or key in GATHERED:
            continue
        stem = key.partition("_")[0]
        if stem in _STEMS:
            stems.setdefault(stem, []).append(key)
            continue
        name = RENAMED.get(key, key)
        if name == key or name not in source:
            shape = _SHAPES.get(name)
            item[name] = shape(value) if shape else value
    for stem, keys in stems.items():
        if not item.get(_STEMS[stem]) and (rows := _texts_of(source, stem, keys)):
            item[_STEMS[stem]] = rows
    for key in sorted(GATHERED.keys() & source.keys(), key=_ORDER.__getitem__):
        if source[key]:
            GATHERED[key](item, source[key])
    return {key: value for key, value in item.items() if value is not None}


_ORDER = {key: at for at, key in enumerate(GATHERED)}


# ---------------------------------------------------------------------------------------- headline_…, body_html, …


def _texts_of(source: Json, stem: str, keys: list[str]) -> list[Json]:
    """`stem`, `stem_ROLE`, `stem_html` … as one list; of a role the first, of a description the plain one."""
    rows: dict[str, Json] = {}
    for key in keys:
        value = source[key]
        role, content = _role_and_content(key[len(stem) :])
        if content is None or not isinstance(value, str) or not value.strip():
            continue
        if stem == "body":
            rows[key] = {"value": value, "contentType": content, "role": role}
        elif role not in rows or (stem == "description" and content == "text/plain"):
            rows[role] = {"value": value, "role": role} if role else {"value": value}
    return list(rows.values())


@lru_cache(maxsize=256)
def _role_and_content(suffix: str) -> tuple[str, str | None]:
    """``_text_short`` → (``short``, text/plain); None is markup nobody reads."""
    parts = [part for part in suffix.split("_") if part]
    found = [_CONTENT[part.rstrip("0123456789")] for part in parts if part.rstrip("0123456789") in _CONTENT]
    role = "_".join(part for part in parts if part.rstrip("0123456789") not in _CONTENT)
    return role, found[0] if found else ""


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
_FAMILY = frozenset({TRANSLATION_OF, TRANSLATION})


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
