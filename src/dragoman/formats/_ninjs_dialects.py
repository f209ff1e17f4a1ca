"""ninjs of other versions and houses as ninjs 3.1: renamed keys, single headlines, Superdesk's own fields. Pure.

(ninjs 1.x, 2.x, 3.0; "superdesk ninjs": `guid`, `byline`, `body_html`, `subject`, `priority`.)
"""

from collections.abc import Callable

from dragoman.formats._ninjs_event import reached

Json = dict[str, object]

RENAMED = {
    "guid": "uri",
    "altids": "altIds",
    "byline": "by",
    "contentcreated": "contentCreated",
    "copyrightholder": "copyrightHolder",
    "copyrightnotice": "copyrightNotice",
    "ednote": "edNote",
    "embargoed": "embargoedUntil",
    "firstcreated": "firstCreated",
    "firstpublished": "contentCreated",
    "infosources": "infoSources",
    "infosource": "infoSources",
    "pubstatus": "pubStatus",
    "usageterms": "usageTerms",
    "versioncreated": "versionCreated",
    "representationtype": "representationType",
    "subject": "subjects",
    "place": "places",
    "person": "people",
    "organisation": "organisations",
    "genre": "genres",
    "slug": "slugline",
    "located_in": "located",
}
"""Old key → the key of 3.1. Where both stand, 3.1's own wins."""


def as_31(source: Json) -> Json:
    """`source` under the names and shapes of ninjs 3.1; what is 3.1 already stays as it is."""
    item: Json = {}
    for key, value in source.items():
        if key in RENAMED:
            item.setdefault(RENAMED[key], value)
        else:
            item[key] = value
    for key, shape in _SHAPES.items():
        if key in item:
            item[key] = shape(item[key])
    _headlines(item)
    _bodies(item)
    _descriptions(item)
    return {key: value for key, value in item.items() if value is not None}


def _headlines(item: Json) -> None:
    texts = [(item.pop(key, None), role) for key, role in (("headline", ""), ("headline_short", "short"))]
    if "headlines" not in item:
        found: list[Json] = [
            {"value": text, "role": role} for text, role in texts if isinstance(text, str) and text.strip()
        ]
        if found:
            item["headlines"] = found


def _bodies(item: Json) -> None:
    found: list[Json] = []
    for key in [key for key in item if key.startswith("body_")]:
        value = item.pop(key)
        kind = "text/html" if key.endswith(("html", "xhtml")) else "text/plain" if key.endswith("text") else ""
        if kind and isinstance(value, str):
            found.append({"value": value, "contentType": kind})
    if found and "bodies" not in item:
        item["bodies"] = found


def _descriptions(item: Json) -> None:
    found: list[Json] = []
    for key in [key for key in item if key.startswith("description_")]:
        value = item.pop(key)
        if isinstance(value, str) and value.strip():
            found.append(
                {"value": value, "role": key.removeprefix("description_").replace("html", "").replace("text", "")}
            )
    if found and "descriptions" not in item:
        item["descriptions"] = found[:1]


def _concepts(value: object) -> object:
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return [{"name": value}] if isinstance(value, str) else value
    return [_concept(each) for each in value]


def _concept(value: object) -> object:
    if isinstance(value, str):
        return {"name": value}
    if not isinstance(value, dict):
        return value
    concept: Json = {
        key: str(value[key]) for key in ("name", "rel", "role", "uri", "literal") if value.get(key) not in (None, "")
    }
    code = value.get("code") or value.get("qcode")
    if code and "literal" not in concept:
        scheme = value.get("scheme")
        concept["literal"] = f"{scheme}:{code}" if scheme else str(code)
    return concept | reached(value)


def _texts(value: object) -> object:
    """Headlines, bodies and descriptions: 2.x wrote `contenttype`, `charcount`, `wordcount`."""
    if isinstance(value, str):
        return [{"value": value}]
    if not isinstance(value, list):
        return value
    return [
        {_LOWER.get(key, key): part for key, part in each.items()} if isinstance(each, dict) else {"value": str(each)}
        for each in value
    ]


_LOWER = {"contenttype": "contentType", "charcount": "charCount", "wordcount": "wordCount"}


def _renditions(value: object) -> object:
    if isinstance(value, dict):
        value = [{"name": name, **rendition} for name, rendition in value.items() if isinstance(rendition, dict)]
    if not isinstance(value, list):
        return value
    return [_rendition(each) for each in value if isinstance(each, dict)]


def _rendition(value: Json) -> Json:
    value = {_LOWER.get(key, key): part for key, part in value.items()}
    value.setdefault("contentType", value.pop("mimetype", ""))
    value.setdefault("name", "")
    sides = {side: value[side] for side in ("width", "height") if isinstance(value.get(side), int)}
    return (
        {key: str(value[key]) for key in ("name", "href", "contentType", "title") if value.get(key)}
        | sides
        | {"name": str(value["name"])}
    )


def _associations(value: object) -> object:
    if isinstance(value, dict):
        value = [{"name": name, **each} for name, each in value.items() if isinstance(each, dict)]
    if not isinstance(value, list):
        return value
    return [_association(as_31(each)) for each in value if isinstance(each, dict)]


def _association(value: Json) -> Json:
    kept = {key: value[key] for key in ("name", "rel", "uri", "type", "headlines", "renditions") if value.get(key)}
    return {"name": "", **kept}


def _alt_ids(value: object) -> object:
    if isinstance(value, dict):
        return [{"role": str(role), "value": str(each)} for role, each in value.items()]
    if not isinstance(value, list):
        return value
    return [
        {"role": str(each.get("role", "")), "value": str(each.get("value", ""))}
        if isinstance(each, dict)
        else {"value": str(each)}
        for each in value
    ]


def _text(value: object) -> object:
    """A number where a string belongs, a list of terms, Superdesk's `{"name": …}`."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return "; ".join(str(each.get("name", "")) if isinstance(each, dict) else str(each) for each in value)
    if isinstance(value, dict):
        return str(value.get("name", ""))
    return value


def _status(value: object) -> object:
    word = str(value).lower().rpartition(":")[2]
    return _STATUSES.get(word, word)


_STATUSES = {
    "cancelled": "canceled",
    "killed": "canceled",
    "recalled": "canceled",
    "held": "withheld",
    "corrected": "usable",
    "published": "usable",
}


def _urgency(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isdigit() else value


def _type(value: object) -> object:
    word = str(value).lower().rpartition(":")[2]
    return {"photo": "picture", "image": "picture", "article": "text", "preformatted": "text"}.get(word, word)


_SHAPES: dict[str, Callable[[object], object]] = {
    "headlines": _texts,
    "bodies": _texts,
    "descriptions": _texts,
    **dict.fromkeys(("subjects", "places", "people", "organisations", "genres", "infoSources", "events"), _concepts),
    "renditions": _renditions,
    "associations": _associations,
    "altIds": _alt_ids,
    "pubStatus": _status,
    "urgency": _urgency,
    "type": _type,
    **dict.fromkeys(
        (
            "uri",
            "version",
            "title",
            "slugline",
            "by",
            "located",
            "language",
            "copyrightHolder",
            "copyrightNotice",
            "usageTerms",
            "edNote",
            "profile",
        ),
        _text,
    ),
}
