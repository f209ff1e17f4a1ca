"""Renditions: the pixels of a picture upright, in sRGB, at most so large, and nothing else of it. Pure; Pillow does the work.

What a camera wrote (place, serial numbers, owner, faces, a thumbnail of what was cut off) stays behind: a rendition is made
from pixels alone. Called in the process of `media.developing` only: a stranger's pixels are decoded here.
"""

import io
from collections.abc import Sequence

from msgspec import Struct
from PIL import Image, ImageCms, ImageFile

from dragoman.formats.picture.header import opened, quietly, turned
from dragoman.model.errors import Undecodable
from dragoman.model.picture import EDGES, RENDITION_TYPE, fitted

_QUALITY = {"thumbnail": 78, "preview": 82, "large": 85, "print": 92}
_PLAIN = ("RGB", "L")


class Made(Struct, frozen=True, kw_only=True):
    """A rendition: a JPEG."""

    name: str
    body: bytes
    width: int
    height: int
    media_type: str = RENDITION_TYPE


def make(data: bytes, names: Sequence[str]) -> list[Made]:
    """The renditions of the picture `data`, the largest first; each is made from the one before it.

    Raises:
        Undecodable: it is damaged. TooLarge: it unpacks to more than is taken.
    """
    wanted = sorted(names, key=lambda name: EDGES[name] or 10**6, reverse=True)
    with quietly(), opened(data) as picture:
        image = _pixels(picture, 0 if "print" in names else max(EDGES[name] for name in names))
    made = []
    for name in wanted:
        image = _reduced(image, EDGES[name])
        made.append(Made(name=name, body=_jpeg(image, name), width=image.width, height=image.height))
    return made


def _pixels(picture: ImageFile.ImageFile, edge: int) -> Image.Image:
    """The pixels, upright, in sRGB or grey. A JPEG that is much too large is decoded at an eighth, a quarter or a half."""
    profile = picture.info.get("icc_profile")
    turn = turned(picture)
    try:
        if edge:
            picture.draft(None, fitted(picture.width, picture.height, edge))
        picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise Undecodable("The picture is damaged", f"its pixels cannot be read: {error}"[:200]) from error
    image = _in_srgb(_reduced(picture, edge), profile if isinstance(profile, bytes) else b"")
    if image is not picture:
        picture.close()  # four bytes a pixel, before a copy more is made of them
    return image.transpose(_TURNS[turn]) if turn in _TURNS else image


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes each orientation but the first upright (CIPA DC-008, 4.6.4)."""


def _reduced(image: Image.Image, edge: int) -> Image.Image:
    size = fitted(image.width, image.height, edge)
    if size == image.size or image.mode not in (*_PLAIN, "CMYK", "RGBA", "LA"):
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None  # a profile that is none, or of other colours: the numbers as they are
        if converted is not None:
            return converted
    return _plain(image)


_SRGB = ImageCms.createProfile("sRGB")


def _plain(image: Image.Image) -> Image.Image:
    """Eight bits a colour, what is transparent on white."""
    if image.mode in _PLAIN:
        return image
    if image.mode.startswith("I;16"):
        return Image.frombytes("L", image.size, image.tobytes()[1 if "B" not in image.mode else 0 :: 2])
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        solid = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(solid, mask=solid.getchannel("A"))
        return ground
    return image.convert("L" if image.mode == "1" else "RGB")


def _jpeg(image: Image.Image, name: str) -> bytes:
    # A new image: what hangs on the old one (profile, Exif, comments) does not come along.
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    body = io.BytesIO()
    bare.save(
        body, "JPEG", quality=_QUALITY[name], optimize=name == "thumbnail", progressive=name in ("preview", "large")
    )
    return body.getvalue()
