"""ninjs (IPTC), in and out: any 1.x, 2.x, 3.x and the variant of Superdesk and Newshub in, our profile under `dragoman` if it is
there; 3.1, 2.2, 1.6 and that variant out, a format each.

In: one object, a list of them, an object that holds a list, or one a line; copy that stands whole inside a package is a unit of
its own, behind the package. Out: one object for one item, else a list.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace

from dragoman.formats._identity import content_version, digest, is_uri, made_uri
from dragoman.formats._json import parse_json, parse_text
from dragoman.formats._shape import EncodeContext, Encoded, Format, failed, suits, unforeseen, units
from dragoman.formats._times import read_time
from dragoman.formats.ninjs.event import event_details, planned_coverage, with_rule
from dragoman.formats.ninjs.older import VARIANTS, Variant, as_variant
from dragoman.formats.ninjs.reading import as_31, is_old, is_taken
from dragoman.formats.ninjs.shapes import Json
from dragoman.formats.ninjs.strict import PLACES, as_strict
from dragoman.formats.ninjs.versions import SUPERDESK, is_known, version_of
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable
from dragoman.model.item import AltId, Association, Item
from dragoman.read.reading import shaped

MEDIA_TYPE = "application/json"
_MEDIA_TYPES = (MEDIA_TYPE, "application/ninjs+json", "application/x-ndjson")
_SUFFIXES = (".json", ".ninjs", ".jsonl", ".ndjson")
_PLAIN = frozenset(field.encode_name for field in msgspec.structs.fields(Item)) | {"representationType"}
"""The properties of 3.1 that are read as they stand, or say nothing of the copy."""
_TIMES = ("firstCreated", "versionCreated", "contentCreated", "embargoedUntil")
_LISTS = ("items", "_items", "newsItems", "item", "docs", "results", "hits")
_IDS = ("uri", "guid", "_id")
_LOOKED_AT = 200_000  # bytes
_OURS = Item(uri="").standard  # the default itself: an equal one would be written out
_WHERE = re.compile(r"at `\$\.(\w+)")
_Named = tuple[object, tuple[str, ...]]  # a value and notes on it


def detect(data: bytes, hints: Hints) -> float:
    """JSON that speaks of a uri or a guid."""
    if not _is_json(data):
        return 0.0
    named = any(data.find(word, 0, _LOOKED_AT) >= 0 for word in (b'"uri"', b'"guid"'))
    return min(0.9, (0.8 if named else 0.4) + suits(hints, _MEDIA_TYPES, _SUFFIXES))


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit an item. Duplicate keys, NaN and deep nesting make the document undecodable."""
    try:
        makers = [_maker(value, hints, notes) for value, notes in _values(data, hints)]
    except DragomanError as error:
        yield failed(0, error)
    except Exception as error:  # the border to a foreign document
        yield failed(0, unforeseen(error))
    else:
        yield from units(makers)


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """Plain ninjs 3.1, valid against IPTC's schema, or with `context.native` our profile of it."""
    if context.native:
        native: list[object] = list(items)
        return Encoded(body=msgspec.json.encode(native[0] if len(native) == 1 else native), media_type=MEDIA_TYPE)
    return _document(as_strict(item) for item in items)


def _document(documents: Iterable[tuple[Json, tuple[str, ...]]]) -> Encoded:
    written = list(documents)
    built = [each for each, _ in written]
    lost = tuple(dict.fromkeys(word for _, words in written for word in words))
    return Encoded(body=msgspec.json.encode(built[0] if len(built) == 1 else built), media_type=MEDIA_TYPE, lost=lost)


FORMAT = Format(
    name="ninjs",
    title="IPTC ninjs 1.x, 2.x, 3.0, 3.1; Superdesk's variant",
    media_types=_MEDIA_TYPES,
    suffixes=_SUFFIXES,
    detect=detect,
    opens=b"{[",
    decode=decode,
    encode=encode,
    places=PLACES,
)


# ------------------------------------------------------------------------------------------- the other versions out


def _detect_variant(told: Callable[[bytes], bool], data: bytes, hints: Hints) -> float:
    """As `detect`, a little surer, for a document that says it is of this version."""
    if not _is_json(data) or not told(data):
        return 0.0
    return min(0.95, 0.85 + suits(hints, _MEDIA_TYPES, _SUFFIXES))


def _says(generation: bytes, data: bytes) -> bool:
    at = data.find(b'standard"', 0, _LOOKED_AT)
    return at >= 0 and bool(
        re.match(rb'standard"\s*:\s*\{[^{}]{0,200}?"' + generation + rb'\.\d{1,2}"', data[at : at + 300])
    )


def _is_superdesks(data: bytes) -> bool:
    at = data.find(b'"guid"', 0, _LOOKED_AT)
    return at >= 0 and any(
        data.find(word, 0, _LOOKED_AT) >= 0 for word in (b'"versioncreated"', b'"body_html"', b'"headline"')
    )


_TOLD: Mapping[str, Callable[[bytes], bool]] = {
    "ninjs-2.2": partial(_says, b"2"),
    "ninjs-1.6": partial(_says, b"1"),
    "superdesk": _is_superdesks,
}


def _format(variant: Variant) -> Format:
    def encoded(items: Iterable[Item], context: EncodeContext) -> Encoded:
        return _document(as_variant(item, variant) for item in items)

    return Format(
        name=variant.name,
        title=variant.title,
        media_types=_MEDIA_TYPES,
        suffixes=_SUFFIXES,
        detect=partial(_detect_variant, _TOLD[variant.name]),
        decode=decode,
        encode=encoded,
        places=variant.places,
    )


FORMATS = (FORMAT, *(_format(variant) for variant in VARIANTS))


# ---------------------------------------------------------------------------------------------- what holds the items


def _is_json(data: bytes) -> bool:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[2:].replace(b"\x00", b"").lstrip()
    return head[:1] in (b"{", b"[")


def _values(data: bytes, hints: Hints) -> Iterator[_Named]:
    """The values that should be items, whatever holds them: the document, a list, an object with a list, lines."""
    try:
        value, notes = parse_json(data, hints)
    except Undecodable as error:
        if lines := _lines(data):
            yield from lines
            return
        raise error
    for each in _listed(value):
        yield each, notes
        if isinstance(each, dict):
            yield from ((copy, notes) for copy in _inside(each))


def _listed(value: object) -> list[object]:
    """The items of an envelope: a content API's `_items`, a search's `hits`, each `_source` where it stands in one."""
    for _ in range(3):
        if isinstance(value, dict) and not any(key in value for key in _IDS):
            held = next((value[key] for key in _LISTS if isinstance(value.get(key), (list, dict))), None)
            if held is None:
                break
            value = held
    listed = value if isinstance(value, list) else [value]
    return [
        each["_source"] if isinstance(each, dict) and isinstance(each.get("_source"), dict) else each for each in listed
    ]


def _inside(value: Json) -> Iterator[Json]:
    """Copy with a text and an id of its own that stands inside `value`, whole."""
    found = value.get("associations")
    rows: Iterable[Any] = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    for each in rows:
        if isinstance(each, dict) and each.get("type") in ("text", "composite"):
            if any(key.startswith("body_") or key == "bodies" for key in each) and any(each.get(key) for key in _IDS):
                yield each
            yield from _inside(each)


def _lines(data: bytes) -> list[_Named]:
    """One value a line (JSON lines); a line that is none stands for itself as an error. Empty where these are no lines."""
    lines = [line for line in data.split(b"\n") if line.strip()]
    if len(lines) < 2 or not all(line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}") for line in lines[:2]):
        return []
    return [(_line(number, line), ()) for number, line in enumerate(lines, 1)]


def _line(number: int, line: bytes) -> object:
    try:
        return parse_text(line.decode("utf-8"))
    except (Undecodable, UnicodeDecodeError) as error:
        return Undecodable(f"Line {number} is not JSON", str(error)[:200])


# --------------------------------------------------------------------------------------------------------- one item


def _maker(value: object, hints: Hints, notes: tuple[str, ...]) -> Callable[[], Item]:
    return lambda: _item(value, hints, notes)


def _item(value: object, hints: Hints, notes: tuple[str, ...]) -> Item:
    if isinstance(value, Undecodable):
        raise value
    if not isinstance(value, dict):
        raise Undecodable("This is not a ninjs item", f"{type(value).__name__} instead of an object")
    lost: tuple[str, ...] = ()
    item = _as_it_is(value)
    if item is None:
        item, lost, more = _leniently(as_31(value), hints)
        notes += more + _new_version(value)
    lost += tuple(f"ninjs field {key}" for key, said in value.items() if key not in _PLAIN and _is_left(key, said))
    if item.event_details is not None:
        item = with_rule(item if "type" in value else replace(item, type="event"))
    if not (item.uri or item.headlines or item.bodies or item.descriptions or item.title or item.renditions):
        raise Undecodable("This is not a ninjs item", "no uri, no headline, no text")
    item, identity = _identified(replace(item, standard=_OURS), hints)
    return _versioned(shaped(_noted(item, notes + identity, lost)))


def _is_left(key: str, said: object) -> bool:
    return said not in (None, "", [], {}) and not is_taken(key)


def _new_version(value: Json) -> tuple[str, ...]:
    version = version_of(value)
    return () if version == SUPERDESK or is_known(version) else (f"ninjs {version}, read as the newest known",)


def _as_it_is(value: Json) -> Item | None:
    """The item where `value` is 3.1 already: the usual case, and the fast one."""
    if "uri" not in value or (not value.keys() <= _PLAIN and is_old(value)):
        return None
    try:
        return msgspec.convert(value, Item)
    except msgspec.ValidationError:
        return None


def _leniently(value: Json, hints: Hints) -> tuple[Item, tuple[str, ...], tuple[str, ...]]:
    """The item without the fields that make no sense, which are told as lost; and notes on its times."""
    lost: list[str] = []
    notes: list[str] = []
    for key in _TIMES:
        if key in value:
            said = value.pop(key)
            if said in (False, ""):
                continue
            words = str(said)
            moment, note = read_time(words, hints.zone)
            if moment is None and key == "embargoedUntil":
                # An embargo nobody can read must not be lost: without it the copy would be free.
                raise Undecodable("The embargo cannot be read", words[:80])
            notes += [f"{key}: {note}"] if note else []
            if moment:
                value[key] = moment
    for key, shape in (("eventDetails", event_details), ("plannedCoverage", planned_coverage)):
        if key in value:
            value[key] = shape(value[key], hints.zone)
    value.setdefault("uri", "")
    value.pop("standard", None)
    while True:
        try:
            return msgspec.convert(value, Item), tuple(lost), tuple(notes)
        except msgspec.ValidationError as error:
            where = _WHERE.search(str(error))
            if not where or where[1] not in value or where[1] == "uri":
                raise Undecodable("This is not a ninjs item", str(error)) from error
            del value[where[1]]
            lost.append(f"ninjs field {where[1]}: {str(error).split(' - at')[0]}")


def _identified(item: Item, hints: Hints) -> tuple[Item, tuple[str, ...]]:
    if item.associations:
        item = replace(item, associations=tuple(_related(each, hints) for each in item.associations))
    if is_uri(item.uri):
        return item, ()
    if item.uri:
        alt = (*item.alt_ids, AltId(value=item.uri, role="guid"))
        return replace(item, uri=made_uri(hints.agency, item.uri), alt_ids=alt), ("the id is no uri: one made from it",)
    words = (item.headline, *(body.value for body in item.bodies), *(each.value for each in item.descriptions))
    return replace(item, uri=made_uri(hints.agency, digest(*words))), ("no uri: one made from the content",)


def _related(association: Association, hints: Hints) -> Association:
    """The association under the uri its item has, or will have, with us."""
    if not association.uri or is_uri(association.uri):
        return association
    return replace(association, uri=made_uri(hints.agency, association.uri))


def _noted(item: Item, notes: tuple[str, ...], lost: tuple[str, ...]) -> Item:
    if not notes and not lost:
        return item
    profile = item.ours
    notes = (*profile.notes, *(note for note in notes if note not in profile.notes))
    lost = (*profile.lost, *(word for word in lost if word not in profile.lost))
    return replace(item, dragoman=replace(profile, notes=notes, lost=lost))


def _versioned(item: Item) -> Item:
    return item if item.version else replace(item, version=content_version(item))
