"""ninjs (IPTC), in and out: 3.1 strictly out; in any 1.x, 2.x or 3.x, with our profile under `dragoman` if it is there.

In: one object, a list of them, or one a line. Out: one object for one item, else a list. A partner without Dragoman gets
plain 3.1, in which the credit line stands in `copyrightNotice`, the reason of a correction in `edNote`.
"""

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec.structs import replace

from dragoman.formats._identity import content_version, digest, is_uri, made_uri
from dragoman.formats._json import parse_json, parse_text
from dragoman.formats._ninjs_dialects import RENAMED, Json, as_31
from dragoman.formats._ninjs_event import event_details, planned_coverage, with_rule
from dragoman.formats._ninjs_strict import as_strict
from dragoman.formats._shape import EncodeContext, Encoded, Format, failed, suits, unforeseen, units
from dragoman.formats._times import read_time
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable
from dragoman.model.item import AltId, Item
from dragoman.read.reading import read_item

MEDIA_TYPE = "application/json"
_FIELDS = frozenset(field.encode_name for field in msgspec.structs.fields(Item))
_TIMES = ("firstCreated", "versionCreated", "contentCreated", "embargoedUntil")
_OLD_KEYS = frozenset(RENAMED) | {"headline", "headline_short", "body_html", "body_xhtml", "body_text"}
_LISTS = ("items", "_items", "newsItems")
_OURS = Item(uri="").standard  # the default itself: an equal one would be written out
_WHERE = re.compile(r"at `\$\.(\w+)")
_Named = tuple[object, tuple[str, ...]]  # a value and notes on it


def detect(data: bytes, hints: Hints) -> float:
    """JSON that speaks of a uri or a guid."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[2:].replace(b"\x00", b"").lstrip()
    if head[:1] not in (b"{", b"["):
        return 0.0
    named = b'"uri"' in data[:200_000] or b'"guid"' in data[:200_000]
    return min(1.0, (0.8 if named else 0.4) + suits(hints, FORMAT.media_types, FORMAT.suffixes))


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
        built: list[object] = list(items)
        lost: tuple[str, ...] = ()
    else:
        strict = [as_strict(item) for item in items]
        built = [each for each, _ in strict]
        lost = tuple(dict.fromkeys(word for _, words in strict for word in words))
    return Encoded(body=msgspec.json.encode(built[0] if len(built) == 1 else built), media_type=MEDIA_TYPE, lost=lost)


FORMAT = Format(
    name="ninjs",
    media_types=(MEDIA_TYPE, "application/ninjs+json", "application/x-ndjson"),
    suffixes=(".json", ".ninjs", ".jsonl", ".ndjson"),
    detect=detect,
    decode=decode,
    encode=encode,
)


def _values(data: bytes, hints: Hints) -> list[_Named]:
    """The values that should be items, whatever holds them: the document, a list, an object with a list, lines."""
    try:
        value, notes = parse_json(data, hints)
    except Undecodable as error:
        if lines := _lines(data):
            return lines
        raise error
    if isinstance(value, dict) and "uri" not in value:
        value = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), value)
    return [(each, notes) for each in value] if isinstance(value, list) else [(value, notes)]


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
        notes += more
    lost += tuple(f"ninjs field {key}" for key in value if not _is_taken(key))
    if item.event_details is not None:
        item = with_rule(item if "type" in value else replace(item, type="event"))
    if not (item.uri or item.headlines or item.bodies or item.descriptions or item.title or item.renditions):
        raise Undecodable("This is not a ninjs item", "no uri, no headline, no text")
    item, identity = _identified(replace(item, standard=_OURS), hints)
    return _versioned(read_item(_noted(item, notes + identity, lost), hints))


def _is_taken(key: str) -> bool:
    return key in _FIELDS or key in _OLD_KEYS or key.startswith(("body_", "description_"))


def _as_it_is(value: Json) -> Item | None:
    """The item where `value` is 3.1 already: the usual case, and the fast one."""
    if not _OLD_KEYS.isdisjoint(value) or "uri" not in value:
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
            words = str(value.pop(key))
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
    if is_uri(item.uri):
        return item, ()
    if item.uri:
        alt = (*item.alt_ids, AltId(value=item.uri, role="guid"))
        return replace(item, uri=made_uri(hints.agency, item.uri), alt_ids=alt), ("the id is no uri: one made from it",)
    words = (item.headline, *(body.value for body in item.bodies), *(each.value for each in item.descriptions))
    return replace(item, uri=made_uri(hints.agency, digest(*words))), ("no uri: one made from the content",)


def _noted(item: Item, notes: tuple[str, ...], lost: tuple[str, ...]) -> Item:
    if not notes and not lost:
        return item
    profile = item.ours
    notes = (*profile.notes, *(note for note in notes if note not in profile.notes))
    lost = (*profile.lost, *(word for word in lost if word not in profile.lost))
    return replace(item, dragoman=replace(profile, notes=notes, lost=lost))


def _versioned(item: Item) -> Item:
    return item if item.version else replace(item, version=content_version(item))
