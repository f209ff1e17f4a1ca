"""Exif: the few of its fields that are for the public: what, by whom, whose, when; and which way up. Pure.

What the camera tells of its owner, its serial numbers and where it stood is not read at all.
"""

from contextlib import suppress

from PIL import ExifTags, Image

from dragoman.formats.picture.said import Said

_BASE, _IFD = ExifTags.Base, ExifTags.IFD
SIDEWAYS = frozenset({5, 6, 7, 8})
"""Orientations in which width and height change places."""


def read_exif(exif: Image.Exif) -> Said:
    """What the fields say; the time of the exposure with its zone, where that is known."""
    try:
        inner = exif.get_ifd(_IFD.Exif)
    except Exception:  # a directory that points nowhere: Pillow has a dozen errors for it, and the picture may be good
        inner = {}
    when, zone = _text(inner.get(_BASE.DateTimeOriginal)), _text(inner.get(_BASE.OffsetTimeOriginal))
    caption, by = _text(exif.get(_BASE.ImageDescription)), _text(exif.get(_BASE.Artist))
    return Said(
        captions={"x-default": caption} if caption and caption.upper() not in _CAMERAS else {},
        by=tuple(filter(None, (name.strip() for name in by.split(";")))),
        copyright=_text(exif.get(_BASE.Copyright)),
        taken=f"{when}{zone}" if when[:4].isdecimal() and when[:4] != "0000" else "",
    )


_CAMERAS = frozenset(
    {"OLYMPUS DIGITAL CAMERA", "SONY DSC", "DCIM", "DIGITAL CAMERA", "DEFAULT", "SAMSUNG CSC", "UNTITLED"}
)
"""What cameras write where a caption belongs."""


def orientation(exif: Image.Exif) -> int:
    """1 to 8; 1 is upright (CIPA DC-008, 4.6.4)."""
    found = exif.get(_BASE.Orientation, 1)
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _text(value: object) -> str:
    """Exif is ASCII by its own word; UTF-8 is what is written, and Pillow gives it as Latin-1."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    with suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    return value.replace("\x00", " ").strip()
