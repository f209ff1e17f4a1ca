"""Values of ninjs in any version under the shapes of ninjs 3.1: concepts, renditions, ids, words. Forgiving, and pure."""

import re

from dragoman.formats._identity import is_uri
from dragoman.formats._status import status_of
from dragoman.formats.ninjs.event import reached

Json = dict[str, object]

SERVICE, KEYWORD = "service:", "keyword"
"""How subjects tell Superdesk's categories (before their literal) and its keywords (their `rel`)."""


def texts(value: object) -> object:
    """Headlines, bodies and descriptions: 2.x wrote `contenttype`, `charcount`, `wordcount`."""
    if isinstance(value, str):
        return [{"value": value}]
    if not isinstance(value, list):
        return value
    return [
        {_LOWER.get(key, key): part for key, part in each.items()} if isinstance(each, dict) else {"value": str(each)}
        for each in value
        if each
    ]


_LOWER = {"contenttype": "contentType", "charcount": "charCount", "wordcount": "wordCount", "mimetype": "contentType"}


# ----------------------------------------------------------------------------------------------------- concepts


def concepts(value: object) -> object:
    """Concepts with `uri` or `literal`, of those with `code`, `qcode` and `scheme`, of one alone, of mere names."""
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return [{"name": value}] if isinstance(value, str) else value
    return [concept for each in value if (concept := _concept(each))]


def _concept(value: object) -> object:
    if isinstance(value, str):
        return {"name": value}
    if not isinstance(value, dict):
        return value
    concept: Json = {
        key: str(value[key]) for key in ("name", "rel", "role", "uri", "literal") if value.get(key) not in (None, "")
    }
    code = value.get("code") or value.get("qcode")
    scheme = str(value.get("scheme") or "")
    if "uri" not in concept and "literal" not in concept and (code or scheme):
        concept |= _coded(scheme, str(code or ""))
    return concept | _reached(value)


def _coded(scheme: str, code: str) -> Json:
    if is_uri(scheme):
        if _IPTC.match(scheme) and code:
            scheme += "/"
        if scheme.endswith(("/", "#", ":", "=")) or not code:
            return {"uri": scheme + code}
    return {"literal": f"{scheme}:{code}" if scheme and code else code or scheme}


_IPTC = re.compile(r"https?://cv\.iptc\.org/newscodes/\w+\Z")


def _reached(value: Json) -> Json:
    point = next((value[key] for key in _POINTS if isinstance(value.get(key), dict)), None)
    contact = value.get("contactInfo") or value.get("contactinfo")
    return reached({"geoJSON": point, "contactInfo": contact}) if point or contact else {}


_POINTS = ("geoJSON", "geojson", "geometry_geojson", "geometry_point")


def sources(value: object) -> object:
    """1.x wrote `rel` for what a source did."""
    listed = concepts(value)
    if not isinstance(listed, list):
        return listed
    return [
        {("role" if key == "rel" and "role" not in each else key): part for key, part in each.items()}
        if isinstance(each, dict)
        else each
        for each in listed
    ]


# ------------------------------------------------------------------------------------ renditions and associations


def renditions(value: object) -> object:
    """A list of them with their names, from 1.x's object by name as well."""
    if isinstance(value, dict):
        value = [{"name": name, **rendition} for name, rendition in value.items() if isinstance(rendition, dict)]
    if not isinstance(value, list):
        return value
    return [_rendition(each) for each in value if isinstance(each, dict)]


def _rendition(value: Json) -> Json:
    value = {_LOWER.get(key, key): part for key, part in value.items()}
    sides = {side: value[side] for side in ("width", "height") if _is_number(value.get(side))}
    words = {key: str(value[key]) for key in ("href", "contentType", "title") if value.get(key)}
    return {"name": str(value.get("name") or "")} | words | {side: int(said) for side, said in sides.items()}  # type: ignore[call-overload]  # _is_number


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < _WIDEST


_WIDEST = 1_000_000  # pixels


def alt_ids(value: object) -> object:
    """A list of ids with their roles, from 1.x's object by role as well."""
    if isinstance(value, dict):
        rows = [(role, one) for role, each in value.items() for one in (each if isinstance(each, list) else [each])]
        return [{"role": str(role), "value": str(one)} for role, one in rows if one not in (None, "")]
    if not isinstance(value, list):
        return value
    return [
        {"role": str(each.get("role", "")), "value": str(each.get("value", ""))}
        if isinstance(each, dict)
        else {"value": str(each)}
        for each in value
    ]


# ------------------------------------------------------------------------------------------------------- values


def text_of(value: object) -> object:
    """A number where a string belongs, a list of terms, Superdesk's `{"name": …}`."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return "; ".join(str(each.get("name", "")) if isinstance(each, dict) else str(each) for each in value)
    if isinstance(value, dict):
        return str(value.get("name", ""))
    return value


def status(value: object) -> object:
    """The item's `pubStatus`; a word nobody knows as it stands, to be refused."""
    word = str(value)
    return status_of(word) or _PUBLISHED.get(word.lower().rpartition(":")[2], word)


_PUBLISHED = {"corrected": "usable", "published": "usable"}


def urgency(value: object) -> object:
    """A number of one digit, however it is written; anything else as it stands, to be refused."""
    if isinstance(value, str) and len(value.strip()) == 1 and value.strip().isdecimal():
        return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def kind(value: object) -> object:
    """The item's `type`; a word nobody knows as it stands, to be refused."""
    word = str(value).lower().rpartition(":")[2]
    return _TYPES.get(word, word)


_TYPES = {"photo": "picture", "image": "picture", "article": "text", "preformatted": "text", "advisory": "text"}


def moment(value: object) -> object:
    """A database's own way to write a time (``{"$date": …}``) among the usual ones."""
    return value.get("$date") if isinstance(value, dict) else value
