"""NewsML-G2 (IPTC), in (any 2.x, core and power) and out (2.35, power); EventsML-G2 and planning items inside it.

In: a bare item of any kind, or a newsMessage, each item of its set a unit; of a knowledge item each event. Catalogs are
resolved from a table of our own and from the document itself, never over a network. Out: one item bare, several in a
newsMessage.
"""

from collections.abc import Iterable, Iterator

from dragoman.formats._shape import EncodeContext, Encoded, Format, failed, suits, unforeseen, units
from dragoman.formats._xml import parse_xml, root_name, xml_text
from dragoman.formats.newsml_g2.document import FRAGMENTS, ITEMS, makers_of
from dragoman.formats.newsml_g2.encode import PLACES, document
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError
from dragoman.model.item import Item

MEDIA_TYPE = "application/vnd.iptc.g2.newsitem+xml"
MESSAGE_TYPE = "application/vnd.iptc.g2.newsmessage+xml"


def detect(data: bytes, hints: Hints) -> float:
    """XML whose root is an item or a message of IPTC's News Architecture; of a fragment, hardly."""
    name, space = root_name(data)
    if name == "newsmessage" or name in ITEMS:
        return min(1.0, (0.95 if "iptc.org" in space else 0.7) + suits(hints, FORMAT.media_types, FORMAT.suffixes))
    return 0.3 if name in FRAGMENTS or "iptc.org/std/nar/" in space else 0.0


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit an item, in order; one that cannot be read stops no other."""
    try:
        text, notes = xml_text(data, hints)
        makers = makers_of(parse_xml(text), hints, notes)
    except DragomanError as error:
        yield failed(0, error)
    except Exception as error:  # the border to a foreign document
        yield failed(0, unforeseen(error))
    else:
        yield from units(makers)


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """Valid NewsML-G2 2.35. Copy taken back goes out without its text."""
    listed = list(items)
    body, lost = document(listed, context)
    return Encoded(body=body, media_type=MEDIA_TYPE if len(listed) == 1 else MESSAGE_TYPE, lost=lost)


FORMAT = Format(
    name="newsml-g2",
    title="IPTC NewsML-G2 2.x, EventsML-G2",
    media_types=(MEDIA_TYPE, MESSAGE_TYPE, "application/vnd.iptc.g2.packageitem+xml"),
    suffixes=(".newsml", ".xml"),
    detect=detect,
    opens=b"<",
    decode=decode,
    encode=encode,
    places=PLACES,
)
