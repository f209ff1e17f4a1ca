"""PNG: its chunks, read and written; those that hold pixels stay byte for byte. Pure.

XMP stands in iTXt (ISO 16684-3), C2PA in caBX. IIM has no place of its own; ImageMagick and ExifTool write it as a
"raw profile", in hex. (W3C Portable Network Graphics, third edition, 11.3.)
"""

import zlib
from collections.abc import Iterator
from contextlib import suppress

from msgspec import Struct

from dragoman.formats.picture import resources
from dragoman.formats.picture.blocks import MOST, PROVENANCE, Blocks, Words, Written
from dragoman.model.errors import Undecodable

MARK = b"\x89PNG\r\n\x1a\n"
_XMP = "XML:com.adobe.xmp"
_OWN = ("Title", "Author", "Description", "Copyright", "Creation Time")
_PROFILES = ("Raw profile type iptc", "Raw profile type xmp", "Raw profile type 8bim", "Raw profile type APP13")
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_MOST_CHUNKS = 20_000
_DEPTH = 200_000
"""Bytes of one of its own texts, unpacked."""


class Chunk(Struct, frozen=True):
    """`at` and `end` are its place in the file, length and checksum included."""

    kind: bytes
    at: int
    end: int


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks in order, up to the end, or the first that is cut off."""
    at = len(MARK)
    for _ in range(_MOST_CHUNKS):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if at + 12 > len(data) or end > len(data):
            return
        yield Chunk(data[at + 4 : at + 8], at, end)
        if data[at + 4 : at + 8] == b"IEND":
            return
        at = end


def blocks(data: bytes) -> Blocks:
    """What the chunks say."""
    texts: dict[str, str] = {}
    manifest = False
    for chunk in chunks(data):
        manifest = manifest or chunk.kind == b"caBX"
        if chunk.kind in _TEXTS and (keyword := _keyword(data, chunk)) in (_XMP, *_OWN, *_PROFILES):
            texts.setdefault(keyword, _text(data, chunk, MOST if keyword not in _OWN else _DEPTH))
    packet = texts.pop(_XMP, "").encode("utf-8", "replace")
    return Blocks(
        xmp=packet or _unhexed(texts.get(_PROFILES[1], "")),
        iim=_iim(next((texts[name] for name in (_PROFILES[0], _PROFILES[3], _PROFILES[2]) if texts.get(name)), "")),
        texts={name: text for name, text in texts.items() if name in _OWN and text},
        manifest=manifest,
    )


def rewritten(data: bytes, words: Words) -> Written:
    """The file with these words, as XMP, and no others.

    Raises:
        Undecodable: its chunks cannot be told apart up to the end.
    """
    found = list(chunks(data))
    if not found or found[0].kind != b"IHDR" or found[-1].kind != b"IEND":
        raise Undecodable("The picture's chunks are damaged", hint="It can go out as it came.")
    kept = [data[one.at : one.end] for one in found if not _is_replaced(data, one)]
    lost = (*words.lost, *((PROVENANCE,) if any(one.kind == b"caBX" for one in found) else ()))
    body = _XMP.encode() + b"\x00\x00\x00\x00\x00" + words.whole
    return Written(body=b"".join([MARK, kept[0], _chunk(b"iTXt", body), *kept[1:], data[found[-1].end :]]), lost=lost)


def _is_replaced(data: bytes, one: Chunk) -> bool:
    return one.kind == b"caBX" or (one.kind in _TEXTS and _keyword(data, one) in (_XMP, *_OWN, *_PROFILES))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def _keyword(data: bytes, one: Chunk) -> str:
    return data[one.at + 8 : min(one.end - 4, one.at + 88)].split(b"\x00", 1)[0].decode("latin-1")


def _text(data: bytes, one: Chunk, most: int) -> str:
    """The text of a chunk, unpacked to a limit; empty where it cannot be."""
    _, _, rest = data[one.at + 8 : one.end - 4].partition(b"\x00")
    if one.kind == b"tEXt":
        return rest[:most].decode("latin-1")
    if one.kind == b"zTXt":
        return _inflated(rest[1:], most).decode("latin-1")
    packed, rest = rest[:1] == b"\x01", rest[2:]
    rest = rest.partition(b"\x00")[2].partition(b"\x00")[2]  # its language, its keyword in it
    return (_inflated(rest, most) if packed else rest[:most]).decode("utf-8", "replace")


def _inflated(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""


def _unhexed(text: str) -> bytes:
    """A raw profile: a name, a length, the bytes in hex, on lines of their own."""
    words = text.split(None, 2)
    with suppress(ValueError, IndexError):
        return bytes.fromhex("".join(words[2].split()))
    return b""


def _iim(profile: str) -> bytes:
    block = _unhexed(profile)
    start = block.find(b"8BIM") if not block.startswith(b"\x1c") else -1
    return resources.iim_of(resources.read_resources(block[start:])) if start >= 0 else block
