"""A picture's header: which kind, how large, what is written in it. No pixel is decoded. Pure.

Size and number of frames are judged before anything is unpacked; texts and profiles inside are unpacked to a limit only.
"""

import io
import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace
from PIL import Image, ImageFile, UnidentifiedImageError

from dragoman.formats.picture import jpeg, png, tiff, webp
from dragoman.formats.picture.blocks import Blocks
from dragoman.formats.picture.exif import SIDEWAYS, orientation, read_exif
from dragoman.formats.picture.iim import read_iim
from dragoman.formats.picture.said import Said, one_of
from dragoman.formats.picture.xmp_said import read_xmp
from dragoman.model.errors import DragomanError, TooLarge, Undecodable

KINDS: dict[str, str] = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
}
"""The kinds that are taken, by Pillow's names, with their media types. MPO: a JPEG behind which a camera has put more."""
_OPENED = ("JPEG", "PNG", "WEBP", "TIFF")
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 30_000
MOST_FRAMES = 10
_MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"8BPS", "a Photoshop document"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
)


class Header(Struct, frozen=True, kw_only=True):
    """`width` and `height` are those of the upright picture, in pixels; `turn` is its Exif orientation."""

    media_type: str
    width: int
    height: int
    turn: int
    said: Said


def is_picture(data: bytes) -> bool:
    """Does it begin like one of the kinds we take?"""
    return data.startswith(_MARKS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def other_kind(data: bytes) -> str:
    """The kind of picture that it is and that is not taken, or empty."""
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif", b"avis", b"msf1"):
        return "HEIC or AVIF"
    if data[:1] == b"<" and b"<svg" in data[:1024].lower():
        return "SVG"
    return next((name for mark, name in _OTHERS if data.startswith(mark)), "")


def read_header(data: bytes) -> Header:
    """The header of the picture `data`.

    Raises:
        Undecodable: it is none of ours, or damaged. TooLarge: it unpacks to more than is taken.
    """
    with quietly(), opened(data) as picture:
        width, height = picture.size
        turn = turned(picture)
        if turn in SIDEWAYS:
            width, height = height, width
        media_type = KINDS[picture.format or ""]
        return Header(media_type=media_type, width=width, height=height, turn=turn, said=_said(data, picture))


@contextmanager
def quietly() -> Iterator[None]:
    """Pillow warns of every oddity of a file, and of its own limit on pixels, below which ours is. One thread at a time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def opened(data: bytes) -> ImageFile.ImageFile:
    """The picture, its pixels not yet read, its size and frames judged.

    Raises: Undecodable, TooLarge.
    """
    try:
        picture = Image.open(io.BytesIO(data), formats=_OPENED)
        _judge(picture)
    except DragomanError:
        raise
    except UnidentifiedImageError as error:
        raise Undecodable("The picture cannot be read", "its header is damaged, or it is another kind") from error
    except Image.DecompressionBombError as error:
        raise _too_large(str(error)) from error
    except (OSError, ValueError, SyntaxError, struct.error, zlib.error, OverflowError, KeyError, TypeError) as error:
        raise Undecodable("The picture cannot be read", f"its header is damaged: {error}"[:200]) from error
    return picture


def _judge(picture: ImageFile.ImageFile) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise _too_large(
            f"{width} × {height} pixels; at most {MOST_PIXELS} of them and {LONGEST_SIDE} a side are taken"
        )
    if width < 1 or height < 1:
        raise Undecodable("The picture has no pixels", f"{width} × {height}")
    if _has_more_frames(picture):
        raise _too_large(f"more than the {MOST_FRAMES} frames that are taken")


def _has_more_frames(picture: ImageFile.ImageFile) -> bool:
    if picture.format != "TIFF":
        return int(getattr(picture, "n_frames", 1)) > MOST_FRAMES
    try:  # its directories are a chain: to count them all is to read what a stranger made as long as he liked
        picture.seek(MOST_FRAMES)
    except EOFError:
        picture.seek(0)
        return False
    return True


def _too_large(detail: str) -> TooLarge:
    return TooLarge("The picture is too large", detail, hint="Ask for a smaller one.")


def turned(picture: Image.Image) -> int:
    """The orientation that the picture's Exif names; 1 where it names none."""
    try:
        return orientation(picture.getexif())
    except Exception:  # Pillow has a dozen errors for a damaged directory; the picture itself may be good
        return 1


def _said(data: bytes, picture: ImageFile.ImageFile) -> Said:
    """XMP, IIM and Exif as one, in that order; what a PNG says by its own keywords last."""
    found = blocks_of(data)
    said: list[tuple[str, Said]] = [("", Said(notes=found.notes))]
    if found.xmp:
        said.append(("XMP", read_xmp(found.xmp, found.extended)))
    if found.iim:
        said.append(("IIM", read_iim(found.iim)))
    try:
        said.append(("Exif", read_exif(picture.getexif())))
    except Exception:  # as above
        said.append(("Exif", Said(notes=("Exif cannot be read",))))
    if found.texts:
        said.append(("PNG", _own_texts(found.texts)))
    one = one_of(said)
    return replace(one, provenance=INSIDE) if found.manifest else one


INSIDE = "inside"


def has_manifest(data: bytes) -> bool:
    """Does the picture carry a C2PA manifest, or name one that is kept elsewhere? Looks at the blocks alone."""
    found = blocks_of(data)
    return found.manifest or (b"purl.org/dc/terms/" in found.xmp and b":provenance" in found.xmp)


def blocks_of(data: bytes) -> Blocks:
    """The blocks of a picture that is one of ours."""
    if data.startswith(jpeg.MARK):
        return jpeg.blocks(data)
    if data.startswith(png.MARK):
        return png.blocks(data)
    return webp.blocks(data) if webp.is_webp(data) else tiff.blocks(data)


def _own_texts(texts: Mapping[str, str]) -> Said:
    """(W3C Portable Network Graphics, third edition, 11.3.3.1.)"""
    caption = texts.get("Description", "")
    return Said(
        title=texts.get("Title", ""),
        captions={"x-default": caption} if caption else {},
        by=(texts["Author"],) if texts.get("Author") else (),
        copyright=texts.get("Copyright", ""),
        taken=texts.get("Creation Time", ""),
    )
