"""Agency text behind header lines that are coded in one way or another, in. Pure.

Each way is a row of `WAYS`: how it is known at its head, and how it is read. What has no such head is plain text.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from dragoman.formats._shape import Format, failed, units
from dragoman.formats._wire_copy import wire_text
from dragoman.formats.coded import agenda, releases, results, weather, zczc
from dragoman.formats.coded.said import Said, item_of
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable
from dragoman.model.item import Item

_HEAD = 3_000  # bytes that show which way it is
_USUAL_CHARSET = "cp1252"
_ZCZC = re.compile(r"\s*ZCZC[^\n]{0,40}\n(?:[%#$:&*@~^=+]|YY )")


class Way(Struct, frozen=True):
    """One way of coding a header: what it looks like, how sure that is, and the reader of one message."""

    name: str
    known: re.Pattern[str]
    confidence: float
    read: Callable[[str, Hints], Said]


WAYS: tuple[Way, ...] = (
    Way("zczc", _ZCZC, 0.9, zczc.read),
    Way("results", results.HEAD, 0.9, results.read),
    Way("tagged", releases.TAGGED, 0.85, releases.read_tagged),
    Way("release", releases.RELEASE, 0.85, releases.read_release),
    Way("weather", weather.HEAD, 0.8, weather.read),
    Way("clipboard", releases.CLIPBOARD, 0.8, releases.read_clipboard),
    Way("table", releases.TABLE, 0.6, releases.read_table),
    Way("ticker", releases.TICKER, 0.7, releases.read_ticker),
)
_AGENDA = 0.85


def detect(data: bytes, hints: Hints) -> float:
    """A head that one of the ways knows."""
    head = _head(data)
    if agenda.HEAD.match(head):
        return _AGENDA
    return max((way.confidence for way in WAYS if way.known.match(head)), default=0.0)


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit a message, or a row of a calendar."""
    try:
        decoded = wire_text(data, hints, "" if data.isascii() else _USUAL_CHARSET, keep=b"\x01\x1f")
        makers = list(_makers(decoded.text, hints, decoded.notes))
    except DragomanError as error:
        yield failed(0, error)
        return
    yield from units(makers)


def _makers(text: str, hints: Hints, notes: tuple[str, ...]) -> Iterator[Callable[[], Item]]:
    if agenda.HEAD.match(text):
        rows = agenda.rows(text)
        first, sure = agenda.day_first(rows)
        yield from (partial(agenda.item_of, row, first, sure, hints, notes) for row in rows)
        return
    parts = [part for part in zczc.ENDED.split(text) if part.strip(" \t\n\x01\x1f")]
    if not parts:
        raise Undecodable("There is no message in it")
    for part in parts:
        yield partial(_item, part, hints, notes)


def _item(text: str, hints: Hints, notes: tuple[str, ...]) -> Item:
    way = next((each for each in WAYS if each.known.match(text)), None)
    said = way.read(text, hints) if way else zczc.read(text, hints)
    return item_of(said, hints, notes)


def _head(data: bytes) -> str:
    head = data[:_HEAD].lstrip(b"\x00\x16\x7f\xef\xbb\xbf \t\r\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return head.decode("latin-1")


FORMAT = Format(
    name="coded",
    title="agency text with coded header lines (ZCZC, releases, results, weather)",
    media_types=("text/x-agency",),
    suffixes=(".tst", ".zczc"),
    detect=detect,
    decode=decode,
    places={
        "uri": "number, where there is one",
        "headline": "line $ or ^, or made of the fields of the header",
        "headlines": "line : (take key)",
        "slugline": "line #",
        "subjects": "routing words",
        "subjects.uri": "line *, line + (subject code)",
        "places": "line @",
        "genres": "line ~",
        "summary": "AB#",
        "by": "BY#",
        "info_sources": "service, Source:",
        "alt_ids": "number",
        "first_created": "PD#, Issued at …",
        "version_created": "PD#, Issued at …",
        "embargoed_until": "a line EMBARGO …",
        "pub_status": "take key or headline: KILL",
        "correction": "take key or headline",
        "correction.reason": "text of a kill",
        "body": "text",
        "dateline": "text",
        "event_details": "columns of a calendar",
        "type": "event, for a row of a calendar",
    },
)
