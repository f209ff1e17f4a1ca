"""Properties of ninjs and of Superdesk that go together with others: one function each, in an order. Pure."""

from collections.abc import Callable

from dragoman.formats._status import correction_of, status_of
from dragoman.formats.ninjs.shapes import KEYWORD, SERVICE, Json, concepts, text_of

_WRITERS = ("author", "writer")


def _add(item: Json, key: str, rows: object) -> None:
    found = item.get(key)
    item[key] = [*(found if isinstance(found, list) else []), *(rows if isinstance(rows, list) else [])]


def _guid(item: Json, value: object) -> None:
    """Superdesk's own id: a `uri` beside it is where its API keeps the item."""
    if item.get("uri") and item["uri"] != value:
        _add(item, "altIds", [{"role": "uri", "value": str(item["uri"])}])
    item["uri"] = str(value)


def _service(item: Json, value: object) -> None:
    rows = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
    codes = [(str(each.get("name") or ""), str(each.get("code") or each.get("qcode") or "")) for each in rows]
    _add(item, "subjects", [{"name": name, "literal": SERVICE + code} for name, code in codes if code])


def _keywords(item: Json, value: object) -> None:
    words = value if isinstance(value, list) else [value]
    _add(item, "subjects", [{"name": word, "rel": KEYWORD} for word in words if isinstance(word, str) and word.strip()])


def _source(role: str) -> Callable[[Json, object], None]:
    return lambda item, value: _add(item, "infoSources", [{"name": str(text_of(value)), "role": role}])


def _authors(item: Json, value: object) -> None:
    """Their names make the byline where there is none; a line of their own (TT's `bylines`) counts before the name."""
    rows = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
    lines = [str(each.get("byline") or each.get("name") or "") for each in rows]
    written = [line for line, each in zip(lines, rows, strict=True) if line and _writes(each)]
    if not item.get("by") and written:
        item["by"] = ", ".join(dict.fromkeys(written))
    named = [(str(each["name"]), str(each.get("role") or "author")) for each in rows if each.get("name")]
    _add(item, "infoSources", [{"name": name, "role": role} for name, role in named])


def _writes(author: Json) -> bool:
    role = str(author.get("role") or "").lower()
    return not role or role.startswith(_WRITERS)


def _related(rel: str) -> Callable[[Json, object], None]:
    def gather(item: Json, value: object) -> None:
        uris = [str(each) for each in (value if isinstance(value, list) else [value]) if isinstance(each, str) and each]
        _add(item, "associations", [{"name": rel, "rel": rel, "uri": uri} for uri in uris])

    return gather


def _state(item: Json, value: object) -> None:
    word = str(value)
    item["pubStatus"] = status_of(word) if status_of(word) == "canceled" else item.get("pubStatus")
    kind = correction_of("kill" if word == "recalled" else word)
    if kind:
        _profile(item, "correction", {"kind": kind})


def _signal(item: Json, value: object) -> None:
    rows = value if isinstance(value, list) else [value]
    for each in rows:
        code = each.get("code") or each.get("qcode") or each.get("name") if isinstance(each, dict) else each
        if kind := correction_of(str(code or "")):
            _profile(item, "correction", {"kind": kind})
        elif isinstance(each, dict):
            _add(item, "subjects", [{"name": str(each.get("name") or ""), "literal": f"signal:{code}"}])


def _profile(item: Json, key: str, value: object) -> None:
    profile = item.setdefault("dragoman", {})
    if isinstance(profile, dict):
        profile.setdefault(key, value)


def _dateline(item: Json, value: object) -> None:
    if not isinstance(value, dict):
        return
    located = value.get("located")
    place = str(located.get("city") or located.get("name") or "") if isinstance(located, dict) else str(located or "")
    country = str(located.get("country_code") or "") if isinstance(located, dict) else ""
    if place and not item.get("located"):
        item["located"] = place
    if text := str(value.get("text") or "").strip():
        _profile(item, "dateline", {"text": text, "place": place, "country": country if len(country) == 2 else ""})


def _schedule(item: Json, value: object) -> None:
    if isinstance(value, dict) and value.get("utc_embargo"):
        item.setdefault("embargoedUntil", value["utc_embargo"])


def _priority(item: Json, value: object) -> None:
    if item.get("urgency") is None and isinstance(value, int) and 1 <= value <= 9:
        item["urgency"] = value


def _abstract(item: Json, value: object) -> None:
    if not item.get("descriptions") and isinstance(value, str):
        item["descriptions"] = [{"value": value, "role": "abstract"}]


def _extra(item: Json, value: object) -> None:
    """Of a house's own fields those that are headlines."""
    if isinstance(value, dict) and item.get("headlines"):
        main = item["headlines"]
        known = {each.get("value") for each in main if isinstance(each, dict)} if isinstance(main, list) else set()
        found = {
            role: value[key] for key, role in _EXTRA.items() if isinstance(value.get(key), str) and value[key].strip()
        }
        _add(item, "headlines", [{"value": text, "role": role} for role, text in found.items() if text not in known])


_EXTRA = {"headline_extended": "extended", "subtitle": "subtitle"}


def _source_type(item: Json, value: object) -> None:
    _add(item, "genres", concepts(value))


def _in_place_of(key: str) -> Callable[[Json, object], None]:
    return lambda item, value: None if item.get(key) else item.update({key: value})


GATHERED: dict[str, Callable[[Json, object], None]] = {
    "_id": _in_place_of("uri"),
    "_current_version": lambda item, value: item.update({"version": str(value)}),
    "guid": _guid,
    "service": _service,
    "anpa_category": _service,
    "keywords": _keywords,
    "source": _source("source"),
    "original_source": _source("original"),
    "creditline": lambda item, value: _profile(item, "credit", str(value)),
    "authors": _authors,
    "bylines": _authors,
    "evolvedfrom": _related("evolvedFrom"),
    "rewrite_of": _related("evolvedFrom"),
    "replacing": _related("replaces"),
    "translated_from": _related("translationOf"),
    "translatedfrom": _related("translationOf"),
    "translatedFrom": _related("translationOf"),
    "signal": _signal,
    "state": _state,
    "dateline": _dateline,
    "embargo": _in_place_of("embargoedUntil"),
    "schedule_settings": _schedule,
    "priority": _priority,
    "abstract": _abstract,
    "extra": _extra,
    "digitalSourceType": _source_type,
    "digitalsourcetype": _source_type,
    "objects": lambda item, value: _add(item, "subjects", concepts(value)),
    "object": lambda item, value: _add(item, "subjects", concepts(value)),
}
"""Key → how it joins what the others said; in this order, after everything else."""
