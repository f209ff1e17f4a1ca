"""Pictures: JPEG, PNG, WebP and TIFF, in only. A picture becomes one item with what is written in it; nothing is drawn. Pure.

header  which kind, how large, its blocks          iim, xmp, exif  the blocks, each as what it says
said    the three made one, what differs noted     item            that as an item
label   what is written into a rendition of ours when it leaves
"""

from collections.abc import Iterable, Iterator

from dragoman.formats._shape import EncodeContext, Encoded, Format, failed, unit
from dragoman.formats.picture.header import is_picture, other_kind, read_header
from dragoman.formats.picture.item import item_of
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Refused, Undecodable
from dragoman.model.item import Item

_TAKEN = "JPEG, PNG, WebP and TIFF are taken."


def detect(data: bytes, hints: Hints) -> float:
    """By the first bytes; a name or a media type alone makes it a picture that is refused with a reason."""
    if is_picture(data):
        return 1.0
    if other_kind(data):
        return 0.95
    named = hints.media_type.startswith("image/") or hints.source.lower().endswith(FORMAT.suffixes)
    return 0.9 if named else 0.0


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """One unit."""
    if is_picture(data):
        yield unit(0, lambda: item_of(data, read_header(data), hints))
    elif other := other_kind(data):
        yield failed(0, Undecodable(f"Pictures of this kind are not taken: {other}", hint=_TAKEN))
    else:
        yield failed(0, Undecodable("It is called a picture and is none", hints.source[-80:], hint=_TAKEN))


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """Nothing is drawn from words.

    Raises: Refused.
    """
    raise Refused("A picture is not written from its description", hint="Its file goes out as it came.")


FORMAT = Format(
    name="picture",
    media_types=("image/jpeg", "image/png", "image/webp", "image/tiff"),
    suffixes=(".jpg", ".jpeg", ".jpe", ".png", ".webp", ".tif", ".tiff", ".gif", ".svg", ".bmp", ".heic", ".avif"),
    detect=detect,
    decode=decode,
    encode=encode,
)
