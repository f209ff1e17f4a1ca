"""JSON of agencies' own interfaces that is no standard, in: a row of a table each (`table.py`).

What is JSON of a house and no copy at all (a sign-in reply, a place record, an address book) is refused with what it is.
"""

from collections.abc import Callable, Iterator

from dragoman.formats._json import parse_json
from dragoman.formats._json_item import Json, at, rows
from dragoman.formats._shape import Format, suits, units_of_document
from dragoman.formats.vendor_json.item import item_of
from dragoman.formats.vendor_json.row import Row
from dragoman.formats.vendor_json.table import NO_COPY, ROWS
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import Item

_LOOKED_AT = 64_000  # bytes
_MEDIA_TYPES = ("application/json",)
_SUFFIXES = (".json",)
_NINJS = (b'"bodies"', b'"body_html"', b'"body_text"')
"""No row has a property of these names; ninjs is told at once by them."""
_MARKS = (*(row.marks for row in ROWS), *(each.marks for each in NO_COPY))


def detect(data: bytes, hints: Hints) -> float:
    """JSON with the property names of a row of the table."""
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return 0.0
    head = data[:_LOOKED_AT]
    if any(map(head.__contains__, _NINJS)):
        return 0.0
    for marks in _MARKS:
        if marks[0] in head and all(map(head.__contains__, marks)):
            return min(0.96, 0.93 + suits(hints, _MEDIA_TYPES, _SUFFIXES))
    return 0.0


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit an entry, in order."""

    def makers() -> Iterator[Callable[[], Item]]:
        value, notes = parse_json(data, hints)
        row, entries = _entries(value)
        yield from (_maker(row, each, hints, notes) for each in entries)

    return units_of_document(makers)


FORMAT = Format(
    name="vendor-json",
    title="JSON of agencies' own interfaces: " + ", ".join(row.title for row in ROWS),
    media_types=_MEDIA_TYPES,
    suffixes=_SUFFIXES,
    detect=detect,
    opens=b"{[",
    decode=decode,
    places={
        "uri": "by row",
        "headline": "by row",
        "body": "by row",
        "summary": "by row",
        "language": "by row",
        "version_created": "by row",
        "first_created": "by row",
        "by": "by row",
        "slugline": "by row",
        "event_details": "by row",
    },
)


def _entries(value: object) -> tuple[Row, list[Json]]:
    """The row whose document this is, and its entries. Raises: Undecodable: it is no copy, or of nobody we know."""
    for row in ROWS:
        found = at(value, row.entries) if row.entries else value
        listed = list(rows(found if isinstance(found, list) else [found]))
        if listed and all(at(listed[0], path) is not None for path in row.sign):
            return row, listed
        if row.entries and isinstance(found, list) and not found:
            return row, []
    for each in NO_COPY:
        if any(at(one, each.sign) is not None for one in (value, at(value, "[0]"))):
            raise Undecodable(f"This is no copy but {each.what}", each.sign, hint=each.hint)
    raise Undecodable("This is JSON of no agency's interface we know")


def _maker(row: Row, entry: Json, hints: Hints, notes: tuple[str, ...]) -> Callable[[], Item]:
    return lambda: item_of(row, entry, hints, notes)
