"""ninjs (IPTC), in and out: 3.1 strictly out; in any 1.x, 2.x or 3.x, with our profile under `dragoman` if it is there.

In: one object, a list of them, or one a line. Out: one object for one item, else a list. A partner without Dragoman gets
plain 3.1, in which the credit line stands in `copyrightNotice`, the reason of a correction in `edNote`.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec.structs import replace

from dragoman.formats._carried import credit, ed_note
from dragoman.formats._identity import content_version, digest, is_uri, made_uri
from dragoman.formats._json import parse_json, parse_text
from dragoman.formats._ninjs_dialects import KNOWN_UNUSED, RENAMED, Json, as_31, unknown_keys
from dragoman.formats._shape import EncodeContext, Encoded, Format, failed, suits, unforeseen, units
from dragoman.formats._times import read_time
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable
from dragoman.model.item import Item, Profile, Standard
from dragoman.read.reading import read_item

SCHEMA = "https://iptc.org/std/ninjs/ninjs-schema_3.1.json"
MEDIA_TYPE = "application/json"
_FIELDS = frozenset(field.encode_name for field in msgspec.structs.fields(Item))
_TIMES = ("firstCreated", "versionCreated", "contentCreated", "embargoedUntil")
_OLD_KEYS = frozenset(RENAMED) | {"headline", "headline_short"}
_LISTS = ("items", "_items", "newsItems")


def detect(data: bytes, hints: Hints) -> float:
    """JSON that speaks of a uri or a guid."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = data[:4096].replace(b"\x00", b"")[2:].lstrip()
    if head[:1] not in (b"{", b"["):
        return 0.0
    named = b'"uri"' in data[:200_000] or b'"guid"' in data[:200_000]
    return min(1.0, (0.8 if named else 0.4) + suits(hints, FORMAT.media_types, FORMAT.suffixes))


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit an item. Duplicate keys, NaN and deep nesting make the document undecodable (reliability: X5)."""
    try:
        found, notes = _documents(data, hints)
    except DragomanError as error:
        yield failed(0, error)
        return
    except Exception as error:  # the border to a foreign document
        yield failed(0, unforeseen(error))
        return
    yield from units(_maker(each, hints, notes) for each in found)


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """Plain ninjs 3.1, valid against IPTC's schema; with `context.native` our profile stays in."""
    built = [(item if context.native else strict(item)) for item in items]
    lost: dict[str, None] = {}
    if not context.native:
        built, losses = [each for each, _ in map(_both, built)], [loss for _, loss in map(_both, built)]
        lost = dict.fromkeys(word for loss in losses for word in loss)
    body = msgspec.json.encode(built[0] if len(built) == 1 else built)
    return Encoded(body=body, media_type=MEDIA_TYPE, lost=tuple(lost))
