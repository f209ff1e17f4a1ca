"""IPTC 7901, the text wire of the last century and of many an agency's today, both ways. Pure.

In, with control bytes or without, one message or many. Out, one message an item: the text as a desk would see it, and in the
header, between keywords and text, lines of our own that say what the standard has no field for.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from dragoman.formats._own_words import CARRIED
from dragoman.formats._shape import EncodeContext, Encoded, Format, failed, suits, units
from dragoman.formats._wire_copy import wire_text
from dragoman.formats.iptc7901.dialects import UNKNOWN, wire_of
from dragoman.formats.iptc7901.item import item_of
from dragoman.formats.iptc7901.message import BARE_HEAD, CONTROLS, HEAD, messages_of
from dragoman.formats.iptc7901.written import document
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable
from dragoman.model.item import Item

MEDIA_TYPE = "text/vnd.iptc.7901; charset=utf-8"
_NOISE = b"\x00\x16\x7f \t\r\n"
_HEAD_BYTES = 400


def detect(data: bytes, hints: Hints) -> float:
    """SOH and the header line; or, where the control bytes are gone, a header line of the same shape."""
    start = data[:4096].lstrip(_NOISE)
    if start.startswith(b"\x01"):
        head = start.lstrip(b"\x01" + _NOISE)[:_HEAD_BYTES].decode("latin-1").replace("\r", "")
        if HEAD.match(head):
            return min(1.0, 0.9 + suits(hints, FORMAT.media_types, FORMAT.suffixes))
        framed = b"\x02" in start and b"\x1f" not in start[:200]
        return 0.6 if framed else 0.0
    return 0.85 if BARE_HEAD.match(start) else 0.0


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit a message."""
    try:
        decoded = wire_text(data, hints, _usual_charset(data), keep=CONTROLS)
        messages = list(messages_of(decoded.text))
        if not messages:
            raise Undecodable("There is no message in it")
    except DragomanError as error:
        yield failed(0, error)
        return
    yield from units(partial(item_of, message, hints, decoded.notes) for message in messages)


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """The items as messages, one after the other, numbered from 1."""
    body, lost = document(items, FORMAT.places)
    return Encoded(body=body, media_type=MEDIA_TYPE, lost=lost)


def _usual_charset(data: bytes) -> str:
    if data.isascii():
        return ""
    head = data[:4096].lstrip(_NOISE + b"\x01")[:_HEAD_BYTES].decode("latin-1").replace("\r", "")
    found = HEAD.match(head)
    return wire_of(found["source"], found["optional"] or "").charset if found else UNKNOWN.charset


FORMAT = Format(
    name="iptc7901",
    title="IPTC 7901",
    media_types=("text/vnd.iptc.7901", "application/x-iptc7901"),
    suffixes=(".7901", ".iptc", ".ipt"),
    detect=detect,
    decode=decode,
    encode=encode,
    places={
        **{field: f"header line dragoman.{word}" for field, word in CARRIED.items()},
        "headline": "title, the first lines of the text",
        "body": "text, between STX and ETX",
        "by": "line By …, and header",
        "slugline": "keywords line",
        "urgency": "priority, and header",
        "embargoed_until": "line EMBARGO, and header",
        "ed_note": "line NOTE, and header",
        "credit": "line CREDIT, and header",
        "usage_terms": "line USAGE, and header",
        "copyright_notice": "line COPYRIGHT, and header",
    },
)
