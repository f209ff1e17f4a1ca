"""NITF, the News Industry Text Format (IPTC): 3.2 to 3.6 in, with or without namespace; 3.6 out, valid against its schema. Pure.

tree   the elements by name            head   identity, times, status, terms, subjects     front  headlines to abstract
item   all that as an item             dialects  what agencies do with it, a row each
write  an item as a document           markup  canonical HTML as NITF's elements
"""

from collections.abc import Iterable, Iterator
from functools import partial

from dragoman.formats._shape import EncodeContext, Encoded, Format, failed, suits, unforeseen, units
from dragoman.formats._xml import parse_xml, root_name, xml_text
from dragoman.formats.nitf.item import item_of
from dragoman.formats.nitf.write import PLACES, document
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import BadInput, DragomanError
from dragoman.model.item import Item

MEDIA_TYPE = "application/nitf+xml"


def detect(data: bytes, hints: Hints) -> float:
    """XML whose root is ``nitf``."""
    name, _ = root_name(data)
    return min(1.0, 0.9 + suits(hints, FORMAT.media_types, FORMAT.suffixes)) if name == "nitf" else 0.0


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """One unit: a document is an item."""
    try:
        text, notes = xml_text(data, hints)
        root = parse_xml(text)
    except DragomanError as error:
        yield failed(0, error)
    except Exception as error:  # the border to a foreign document
        yield failed(0, unforeseen(error))
    else:
        yield from units([partial(item_of, root, hints, notes)])


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """The one item as NITF 3.6. Raises: BadInput, where there are more: a document holds one."""
    listed = list(items)
    if len(listed) != 1:
        raise BadInput(
            f"A NITF document holds one item, not {len(listed)}", hint="Write each to a document of its own."
        )
    body, lost = document(listed[0])
    return Encoded(body=body, media_type=MEDIA_TYPE, lost=lost)


FORMAT = Format(
    name="nitf",
    title="NITF 3.2–3.6 (IPTC)",
    media_types=(MEDIA_TYPE, "text/vnd.iptc.nitf", "application/xml", "text/xml"),
    suffixes=(".nitf", ".xml"),
    detect=detect,
    opens=b"<",
    decode=decode,
    encode=encode,
    places=PLACES,
)
