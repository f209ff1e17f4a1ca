"""Wire formats: bytes become items, and items become bytes again. One file a format, both directions inside. Pure.

The table below is all there is to adding one (docs/add-a-format.md). `decode` never raises: what cannot be read is a
unit with a problem, one for each entry that fails, or one for the whole document.
"""

from collections.abc import Callable, Iterable
from functools import partial

from msgspec.structs import replace

from dragoman.formats import (
    anpa,
    ap,
    atom,
    coded,
    docx,
    html,
    ical,
    iptc7901,
    jsonfeed,
    mail,
    newsml_1,
    newsml_g2,
    ninjs,
    nitf,
    picture,
    press_xml,
    rss,
    text,
    vendor_json,
)
from dragoman.formats._cleaned import cleaned
from dragoman.formats._prepared import prepare
from dragoman.formats._shape import EncodeContext, Encoded, Entry, Format, Others, failed, unforeseen
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import BadInput, DragomanError, NotFound, TooLarge, Undecodable
from dragoman.model.item import Item
from dragoman.read.reading import read_item

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "WRITTEN",
    "EncodeContext",
    "Encoded",
    "Entry",
    "Format",
    "decode",
    "detect",
    "encode",
    "find",
    "parse",
    "prepare",
    "split",
    "writable",
]

FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        newsml_g2.FORMAT,
        press_xml.FORMAT,
        jsonfeed.FORMAT,
        ap.FORMAT,
        vendor_json.FORMAT,
        *ninjs.FORMATS,
        rss.FORMAT,
        atom.FORMAT,
        ical.FORMAT,
        docx.FORMAT,
        html.FORMAT,
        mail.FORMAT,
        picture.FORMAT,
        nitf.FORMAT,
        newsml_1.FORMAT,
        iptc7901.FORMAT,
        anpa.FORMAT,
        coded.FORMAT,
        text.FORMAT,
    )
}
"""The formats there are, by name."""

WRITTEN: dict[str, Format] = {name: each for name, each in FORMATS.items() if each.encode is not None}
"""Those that items are written in; the others are only read."""

MAX_BYTES = 64 * 1024 * 1024
"""Larger documents are refused before anything looks at them."""
_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
DEEPEST = 3
"""How deep documents may lie in one another: a mail in a mail in a mail."""


def find(name: str) -> Format:
    """The format called `name`. Raises: NotFound."""
    try:
        return FORMATS[name]
    except KeyError:
        raise NotFound(f"There is no format {name}", hint=f"Formats: {', '.join(FORMATS)}.") from None


def detect(data: bytes, hints: Hints) -> Format:
    """The format that is surest `data` is its own; the one `hints` names, if it names one.

    Raises:
        Undecodable: none recognises it. NotFound: `hints` names one there is not.
    """
    if hints.format:
        return find(hints.format)
    opening = data[:64].lstrip(_BEFORE)[:1]
    asked = (each for each in FORMATS.values() if not each.opens or opening in each.opens)
    surest, confidence = max(((each, each.detect(data, hints)) for each in asked), key=lambda one: one[1])
    if confidence <= 0.0:
        raise Undecodable(
            "This is in no format we know",
            f"{len(data)} bytes",
            hint=f"Formats: {', '.join(FORMATS)}. Name one if it is.",
        )
    return surest


def decode(data: bytes, hints: Hints) -> list[Unit]:
    """The units of the document, parsed and read, in order; an empty feed has none. Never raises."""
    return [_read(unit, hints) for unit in parse(data, hints)]


def _read(unit: Unit, hints: Hints) -> Unit:
    if unit.item is None:
        return unit
    try:
        return replace(unit, item=read_item(unit.item, hints))
    except Exception as error:  # the border: no text must take the pipeline down
        return failed(unit.index, unforeseen(error))


def parse(data: bytes, hints: Hints) -> list[Unit]:
    """The units of the document in canonical shape, what their text says of itself not yet read. Never raises."""
    try:
        if len(data) > MAX_BYTES:
            raise TooLarge("The document is too large", f"{len(data)} bytes; the limit is {MAX_BYTES}")
        chosen = detect(data, hints)
        return _units(chosen, data, hints, 0)
    except DragomanError as error:
        return [failed(0, error)]
    except Exception as error:  # the outermost border: a document must never take the pipeline down
        return [failed(0, unforeseen(error))]


def _units(chosen: Format, data: bytes, hints: Hints, depth: int) -> list[Unit]:
    if chosen.holds is None:
        return list(chosen.decode(data, hints))
    return list(chosen.holds(data, hints, Others(_surest, partial(_held, depth=depth + 1))))


def _surest(data: bytes, hints: Hints) -> str:
    try:
        return detect(data, hints).name
    except Undecodable:
        return ""


def _held(data: bytes, hints: Hints, *, depth: int) -> list[Unit]:
    """The units of a document that lies in another. Never raises."""
    try:
        if depth > DEEPEST:
            raise Undecodable("Documents inside documents", f"more than {DEEPEST} deep")
        return _units(detect(data, hints), data, hints, depth)
    except DragomanError as error:
        return [failed(0, error)]
    except Exception as error:  # as in `decode`
        return [failed(0, unforeseen(error))]


def encode(name: str, items: Iterable[Item], context: EncodeContext | None = None) -> Encoded:
    """`items` as one document in the format `name`.

    Raises:
        NotFound: there is no such format. BadInput: it is only read.
    """
    return _encoder(name)([cleaned(item) for item in items], context or EncodeContext())


def writable(name: str) -> Format:
    """The format called `name`, in which items can be written. Raises: as `encode`."""
    _encoder(name)
    return FORMATS[name]


def _encoder(name: str) -> Callable[[Iterable[Item], EncodeContext], Encoded]:
    if encoder := find(name).encode:
        return encoder
    raise BadInput(f"Items are not written as {name}, only read", hint=f"Formats: {', '.join(WRITTEN)}.")


def split(data: bytes, hints: Hints) -> list[Entry]:
    """The entries of a feed, each a document of its own, so that a poll keeps the bytes of what is new or changed.

    Raises:
        Undecodable: it is no feed, or its entries cannot be told apart: keep the whole response.
        TooLarge: it is over `MAX_BYTES`.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge("The document is too large", f"{len(data)} bytes; the limit is {MAX_BYTES}")
    chosen = detect(data, hints)
    if chosen.split is None:
        raise Undecodable("This is not a feed", f"it is {chosen.name}")
    try:
        return chosen.split(data, hints)
    except DragomanError:
        raise
    except Exception as error:
        raise unforeseen(error) from error
