"""What a picture's file says in blocks beside its pixels, and what is put in their place. Pure.

jpeg png webp tiff   one file a container: its blocks, and the same file with others; no pixel is decoded or moved
"""

from collections.abc import Mapping

from msgspec import Struct

MOST = 4_000_000
"""Bytes of one block, unpacked: more is no description of a picture."""
PROVENANCE = "a C2PA manifest"


class Blocks(Struct, frozen=True, kw_only=True):
    """The blocks as bytes, empty where there is none. `extended` is the second part of an XMP that was too long for one
    segment; `texts` what a PNG says by its own keywords; `manifest`: there is a C2PA manifest inside."""

    xmp: bytes = b""
    extended: bytes = b""
    iim: bytes = b""
    texts: Mapping[str, str] = {}
    manifest: bool = False
    notes: tuple[str, ...] = ()


class Written(Struct, frozen=True, kw_only=True):
    """The file with other words in it. `lost` names what it could not keep or take."""

    body: bytes
    lost: tuple[str, ...] = ()


class Words(Struct, frozen=True, kw_only=True):
    """What is to be written: the packet whole, the same in two parts (`short` fits into one segment of a JPEG, `extended`
    holds what was there before), and the datasets."""

    whole: bytes
    short: bytes
    extended: bytes = b""
    iim: bytes
    lost: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    """What is not in `short`."""
