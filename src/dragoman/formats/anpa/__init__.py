"""ANPA-1312, the text wire of American agencies, in. Pure.

Known by its first two lines: a letter and four digits with a selector, then priority, category and keyword.
"""

from collections.abc import Iterator
from functools import partial

from dragoman.formats._shape import Format, failed, suits, units
from dragoman.formats._wire_copy import wire_text
from dragoman.formats.anpa.item import item_of
from dragoman.formats.anpa.message import CONTROLS, FIRST, messages_of
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable

USUAL_CHARSET = "cp1252"


def detect(data: bytes, hints: Hints) -> float:
    """The two header lines, SYN and SOH before them or lost on the way."""
    if not FIRST.match(data[:400].lstrip(b"\x00\x16\x7f \t\r\n")):
        return 0.0
    return min(1.0, 0.9 + suits(hints, FORMAT.media_types, FORMAT.suffixes))


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit a message."""
    try:
        decoded = wire_text(data, hints, "" if data.isascii() else USUAL_CHARSET, keep=CONTROLS)
        messages = list(messages_of(decoded.text))
        if not messages:
            raise Undecodable("There is no message in it")
    except DragomanError as error:
        yield failed(0, error)
        return
    yield from units(partial(item_of, message, hints, decoded.notes) for message in messages)


FORMAT = Format(
    name="anpa",
    title="ANPA-1312",
    media_types=("text/vnd.anpa.1312", "application/x-anpa"),
    suffixes=(".anpa",),
    detect=detect,
    decode=decode,
    places={
        "uri": "service level and number",
        "headline": "line ^…<",
        "headlines": "version",
        "slugline": "keyword",
        "urgency": "priority",
        "subjects": "category",
        "subjects.uri": "category",
        "by": "line ^By …=",
        "summary": "line ^…< before the byline",
        "ed_note": "lines ^Eds: … and ^EDITOR'S NOTE",
        "body": "text behind a tab, and tables",
        "dateline": "text",
        "version_created": "end line",
        "first_created": "end line",
        "embargoed_until": "line HOLD FOR RELEASE …",
        "pub_status": "version or headline: KILL, ELIMINATION",
        "correction": "version: 1st Ld-Writethru",
        "correction.reason": "text of a kill",
        "info_sources": "end line",
        "alt_ids": "service level and number",
    },
)
