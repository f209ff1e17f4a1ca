"""Plain ninjs 3.1 as ninjs 2.2, 1.6 and the variant of Superdesk and Newshub: a table of names and shapes each. Pure.

A row is a property of 3.1 → the property of the other (and, where it has another shape, the function that makes it). What has
no row has no place.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from msgspec import Struct

from dragoman.formats._fields import lost as lost_fields
from dragoman.formats.ninjs.shapes import KEYWORD, SERVICE
from dragoman.formats.ninjs.strict import PLACES, Json, as_strict, standard
from dragoman.model.item import TRANSLATION, TRANSLATION_OF, Item
from dragoman.read.body import plain

Lost = list[str]
Shape = Callable[[object, Lost], Json]


class Key(Struct, frozen=True):
    """A property's name there, and what makes its value (or, with a name ending in ``_``, several properties)."""

    name: str
    shape: Shape | None = None


class Variant(Struct, frozen=True, kw_only=True):
    """A format ninjs 3.1 is rewritten into. `without` are fields of an item that the shapes cannot hold."""

    name: str
    title: str
    keys: Mapping[str, Key]
    without: frozenset[str] = frozenset()
    frame: Callable[[Json], Json] = lambda built: built

    @property
    def places(self) -> dict[str, str]:
        """Field of an item → property."""
        return {
            field: self.keys[key].name
            for field, key in PLACES.items()
            if key in self.keys and field not in self.without
        }


def as_variant(item: Item, variant: Variant) -> tuple[Json, tuple[str, ...]]:
    """`item` as the builtins of a document of `variant`, and the names of what was lost on the way."""
    strict, lost = as_strict(item)
    told: Lost = [*lost, *lost_fields(item, variant.places)]
    return variant.frame(_rewritten(strict, variant, told)), tuple(dict.fromkeys(told))


def _rewritten(built: Json, variant: Variant, lost: Lost) -> Json:
    document: Json = {}
    for key, value in built.items():
        place = variant.keys.get(key)
        if place is None:
            if key != "standard" and key not in PLACES.values():
                lost.append(key)
        elif place.shape is None:
            document[place.name] = value
        else:
            document |= place.shape(value, lost)
    return document


# ------------------------------------------------------------------------------------------------------- shapes


def _list(value: object) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, (list, tuple)) else []


def _lowered(name: str) -> Shape:
    return lambda value, lost: {name: _lower(value)}


def _lower(value: object) -> object:
    if isinstance(value, dict):
        return {key.lower(): _lower(part) for key, part in value.items()}
    return [_lower(each) for each in value] if isinstance(value, (list, tuple)) else value


def _kind(value: object, lost: Lost) -> Json:
    if value in _KINDS:
        return {"type": value}
    lost.append(f"type {value}")
    return {}


_KINDS = frozenset({"text", "audio", "video", "picture", "graphic", "composite", "component"})
_FAMILY = frozenset({TRANSLATION_OF, TRANSLATION})
_WORD = re.compile(r"[^A-Za-z0-9_-]+")


def _named(association: Json) -> Json:
    """An association without `rel`: what it is to the item stands in its name, as 1.x has it."""
    rel = str(association.get("rel", ""))
    name = rel if rel in _FAMILY else association.get("name") or rel
    return {key: part for key, part in association.items() if key != "rel"} | {"name": name}


def _associations_22(value: object, lost: Lost) -> Json:
    kept: list[object] = []
    for each in _list(value):
        association = _named(each)
        if association.get("type") not in _KINDS:
            association.pop("type", None)
        kept.append(_lower(association))
    return {"associations": kept}


def _by_name(rows: Iterable[tuple[str, Json]]) -> dict[str, Json]:
    """The rows under their names; a name that is there already is numbered."""
    found: dict[str, Json] = {}
    for name, row in rows:
        stem = _WORD.sub("_", name).strip("-") or "item"
        at, number = stem, 1
        while at in found:
            number += 1
            at = f"{stem}-{number}"
        found[at] = row
    return found


def _associations_16(value: object, lost: Lost) -> Json:
    rows = ((str((named := _named(each)).pop("name")), _rewritten(named, NINJS_16, lost)) for each in _list(value))
    return {"associations": _by_name(rows)}


def _renditions(value: object, lost: Lost) -> Json:
    rows = (
        (str(each.get("name", "")), {_MIME.get(key, key): part for key, part in each.items() if key != "name"})
        for each in _list(value)
    )
    return {"renditions": _by_name(rows)}


_MIME = {"contentType": "mimetype"}


def _headlines(value: object, lost: Lost) -> Json:
    found = _list(value)
    document: Json = {"headline": found[0].get("value", "")} if found else {}
    return document | _suffixed("headline", found[1:], lost)


def _suffixed(stem: str, texts: Iterable[Json], lost: Lost) -> Json:
    document: Json = {}
    for number, each in enumerate(texts, 2):
        role = str(each.get("role", ""))
        key = f"{stem}_{_WORD.sub('_', role).strip('_') or number}"
        if key in document:
            lost.append(f"{stem}s of one role")
        document[key] = each.get("value", "")
    return document


def _descriptions(value: object, lost: Lost) -> Json:
    found = _list(value)
    kind = "html" if found and found[0].get("contentType") == "text/html" else "text"
    document: Json = {f"description_{kind}": found[0].get("value", "")} if found else {}
    return document | _suffixed("description", found[1:], lost)


def _bodies(value: object, lost: Lost) -> Json:
    document: Json = {}
    for each in _list(value)[:1]:
        kind = "text" if each.get("contentType") == "text/plain" else "html"
        document[f"body_{kind}"] = each.get("value", "")
        document |= {there: each[here] for here, there in _COUNTS.items() if each.get(here)}
    return document


_COUNTS = {"charCount": "charcount", "wordCount": "wordcount"}
_CODE = re.compile(r"(.*[/#:=])([^/#:=]+)\Z", re.DOTALL)


def _coded(name: str, *keys: str) -> Shape:
    """Concepts with `scheme` and `code` instead of `uri` and `literal`, and of the rest what is in `keys`."""
    return lambda value, lost: {name: [_concept(each, keys, name, lost) for each in _list(value)]}


def _concept(each: Json, keys: tuple[str, ...], name: str, lost: Lost) -> Json:
    document: Json = {key: each[key] for key in ("name", "rel") if each.get(key) and key in ("name", *keys)}
    if "role" in each and "rel" in keys:
        document["rel"] = each["role"]
    if uri := str(each.get("uri", "")):
        found = _CODE.match(uri)
        document |= {"scheme": found[1], "code": found[2]} if found else {"scheme": uri}
    elif each.get("literal"):
        document["code"] = each["literal"]
    for here, there in _REACHED.items():
        if here in each and there in keys:
            document[there] = _lower(each[here])
        elif here in each:
            lost.append(f"{name}.{here}")
    return document


_REACHED = {"contactInfo": "contactinfo", "geoJSON": "geometry_geojson"}


def _alt_ids(value: object, lost: Lost) -> Json:
    found: dict[str, object] = {}
    for each in _list(value):
        role, said = str(each.get("role", "")), each.get("value", "")
        before = found.get(role)
        found[role] = said if before is None else [*(before if isinstance(before, list) else [before]), said]
    return {"altids": found}


# ------------------------------------------------------------------------------- the variant of Superdesk, Newshub

_AUTHORS = frozenset({"author", "writer", "editor", "photographer", "reporter", "translator", "contributor"})
_PRIORITY = range(1, 7)


def _subjects_sd(value: object, lost: Lost) -> Json:
    """Superdesk's categories stand in `service`, words in `keywords`, the rest in `subject`."""
    service: list[Json] = []
    keywords: list[object] = []
    subject: list[Json] = []
    for each in _list(value):
        code = str(each.get("literal", ""))
        if code.startswith(SERVICE) and not each.get("uri"):
            service.append({"name": each.get("name", ""), "code": code.removeprefix(SERVICE)})
        elif each.get("rel") == KEYWORD and not code and not each.get("uri"):
            keywords.append(each.get("name", ""))
        else:
            subject.append(_concept(each, (), "subject", lost))
    found: Json = {"subject": subject, "service": service, "keywords": keywords}
    return {key: listed for key, listed in found.items() if listed}


def _sources_sd(value: object, lost: Lost) -> Json:
    found = _list(value)
    authors = [each for each in found if each.get("role") in _AUTHORS]
    others = [each for each in found if each.get("role") not in _AUTHORS]
    document: Json = (
        {"authors": [{"name": one.get("name", ""), "role": one["role"]} for one in authors]} if authors else {}
    )
    if others:
        document["source"] = others[0].get("name", "")
        if len(others) > 1:
            lost.append("info_sources beyond the first")
    return document


def _associations_sd(value: object, lost: Lost) -> Json:
    document: Json = {}
    rows: list[tuple[str, Json]] = []
    for each in _list(value):
        if str(each.get("rel", "")).casefold() == "evolvedfrom":
            document["evolvedfrom"] = each.get("uri", "")
        else:
            named = _named(each)
            rows.append((str(named.pop("name")), _framed_sd(_rewritten(named, NEWSHUB, lost))))
    return document | ({"associations": _by_name(rows)} if rows else {})


def _moment_sd(name: str) -> Shape:
    """Superdesk reads times in UTC, written with ``+0000``, and no others."""

    def shape(value: object, lost: Lost) -> Json:
        moment = datetime.fromisoformat(str(value)).astimezone(UTC)
        return {
            name: moment.strftime("%Y-%m-%dT%H:%M:%S")
            + (f".{moment.microsecond:06}" if moment.microsecond else "")
            + "+0000"
        }

    return shape


def _description_sd(value: object, lost: Lost) -> Json:
    found = _list(value)
    text = str(found[0].get("value", "")) if found else ""
    return {"description_text": plain(text) if "<" in text else text} if text else {}


def _framed_sd(built: Json) -> Json:
    urgency = built.get("urgency")
    return built | ({"priority": urgency if urgency in _PRIORITY else 6} if urgency else {})


# -------------------------------------------------------------------------------------------------- the table

_SAME = ("uri", "version", "profile", "urgency", "language", "title", "slugline", "located")
_LOWER = (
    "firstCreated", "versionCreated", "contentCreated", "pubStatus", "copyrightHolder", "copyrightNotice", "usageTerms", "edNote",
)  # fmt: skip
_COMMON: dict[str, Key] = {
    **{key: Key(key) for key in _SAME},
    **{key: Key(key.lower()) for key in _LOWER},
    "embargoedUntil": Key("embargoed"),
    "digitalSourceType": Key("digitalsourcetype"),
    "type": Key("type", _kind),
}

NINJS_22 = Variant(
    name="ninjs-2.2",
    title="IPTC ninjs 2.2",
    keys=_COMMON
    | {"by": Key("by"), "associations": Key("associations", _associations_22)}
    | {
        key: Key(key.lower(), _lowered(key.lower()))
        for key in ("headlines", "descriptions", "bodies", "subjects", "places", "people", "organisations", "genres",
                    "infoSources", "altIds", "renditions", "events")
    },
    frame=lambda built: {"uri": built["uri"], "standard": standard("2.2")} | built,
)  # fmt: skip

NINJS_16 = Variant(
    name="ninjs-1.6",
    title="IPTC ninjs 1.6",
    keys=_COMMON
    | {
        "by": Key("byline"),
        "headlines": Key("headline", _headlines),
        "descriptions": Key("description_text", _descriptions),
        "bodies": Key("body_html", _bodies),
        "subjects": Key("subject", _coded("subject", "rel")),
        "places": Key("place", _coded("place", "rel", "contactinfo", "geometry_geojson")),
        "people": Key("person", _coded("person", "rel", "contactinfo")),
        "organisations": Key("organisation", _coded("organisation", "rel", "contactinfo")),
        "genres": Key("genre", _coded("genre")),
        "infoSources": Key("infosource", _coded("infosource", "rel", "contactinfo")),
        "events": Key("event", _coded("event", "rel")),
        "altIds": Key("altids", _alt_ids),
        "renditions": Key("renditions", _renditions),
        "associations": Key("associations", _associations_16),
    },
    frame=lambda built: {"uri": built["uri"], "$standard": standard("1.6")} | built,
)

NEWSHUB = Variant(
    name="superdesk",
    title="The variant of ninjs that Superdesk and Newshub speak",
    keys={key: place for key, place in _COMMON.items() if key not in ("title", "contentCreated", "digitalSourceType")}
    | {
        "uri": Key("guid"),
        "by": Key("byline"),
        "firstCreated": Key("firstcreated", _moment_sd("firstcreated")),
        "versionCreated": Key("versioncreated", _moment_sd("versioncreated")),
        "embargoedUntil": Key("embargoed", lambda value, lost: {"embargoed": str(value).replace("Z", "+00:00")}),
        "headlines": Key("headline", lambda value, lost: _headlines(_list(value)[:1], lost)),
        "descriptions": Key("description_text", _description_sd),
        "bodies": Key("body_html", _bodies),
        "subjects": Key("subject", _subjects_sd),
        "places": Key("place", _coded("place")),
        "organisations": Key("organisation", _coded("organisation", "rel")),
        "genres": Key("genre", _coded("genre")),
        "infoSources": Key("source", _sources_sd),
        "renditions": Key("renditions", _renditions),
        "associations": Key("associations", _associations_sd),
    },
    without=frozenset({"headlines", "descriptions"}),
    frame=_framed_sd,
)

VARIANTS = (NINJS_22, NINJS_16, NEWSHUB)
