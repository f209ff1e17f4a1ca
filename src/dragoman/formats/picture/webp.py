"""WebP: the chunks of its RIFF, read and written; those that hold pixels stay byte for byte. Pure.

XMP stands in a chunk of its own, which an extended header (VP8X) announces; C2PA as well. IIM has no place. (RFC 9649.)
"""

from collections.abc import Iterator

from msgspec import Struct

from dragoman.formats.picture.blocks import MOST, PROVENANCE, Blocks, Words, Written
from dragoman.model.errors import Undecodable

_MOST_CHUNKS = 20_000
_XMP, _C2PA, _EXTENDED = b"XMP ", b"C2PA", b"VP8X"
_HAS_XMP, _HAS_ALPHA = 0x04, 0x10


class Chunk(Struct, frozen=True):
    """`at` is where its name stands, `size` that of its body, without the byte that may fill it up."""

    kind: bytes
    at: int
    size: int

    @property
    def end(self) -> int:
        return self.at + 8 + self.size + self.size % 2


def is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks of the RIFF in order, up to its end or the first that is cut off."""
    at, end = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    for _ in range(_MOST_CHUNKS):
        one = Chunk(data[at : at + 4], at, int.from_bytes(data[at + 4 : at + 8], "little"))
        if at + 8 > end or at + 8 + one.size > end:
            return
        yield one
        at = one.end


def blocks(data: bytes) -> Blocks:
    """What the chunks say."""
    packet, manifest = b"", False
    for one in chunks(data):
        manifest = manifest or one.kind == _C2PA
        if one.kind == _XMP and not packet:
            packet = data[one.at + 8 : one.at + 8 + min(one.size, MOST + 1)]
    return Blocks(xmp=packet, manifest=manifest)


def rewritten(data: bytes, words: Words) -> Written:
    """The file with these words, as XMP, and no others.

    Raises:
        Undecodable: its chunks cannot be told apart up to the end, or no size is found in it.
    """
    found = list(chunks(data))
    end = 8 + int.from_bytes(data[4:8], "little")
    if not found or found[-1].end < end - 1 or end > len(data) + 1:
        raise Undecodable("The picture's chunks are damaged", hint="It can go out as it came.")
    header = _header(data, found)
    kept = [data[one.at : one.end] for one in found if one.kind not in (_XMP, _C2PA, _EXTENDED)]
    packet = _chunk(_XMP, words.whole)
    inside = b"".join([b"WEBP", _chunk(_EXTENDED, header), *kept, packet])
    lost = (*words.lost, *((PROVENANCE,) if any(one.kind == _C2PA for one in found) else ()))
    return Written(body=b"RIFF" + len(inside).to_bytes(4, "little") + inside + data[end:], lost=lost)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + b"\x00" * (len(body) % 2)


def _header(data: bytes, found: list[Chunk]) -> bytes:
    """The extended header, with the flag that announces XMP; made where the file had none."""
    first = found[0]
    body = data[first.at + 8 : first.at + 8 + first.size]
    if first.kind == _EXTENDED and first.size >= 10:
        return bytes((body[0] | _HAS_XMP,)) + body[1:]
    if first.kind == b"VP8L" and first.size >= 5:
        bits = int.from_bytes(body[1:5], "little")
        width, height, alpha = bits & 0x3FFF, bits >> 14 & 0x3FFF, bits >> 28 & 1
    elif first.kind == b"VP8 " and first.size >= 10:
        width = (int.from_bytes(body[6:8], "little") & 0x3FFF) - 1
        height = (int.from_bytes(body[8:10], "little") & 0x3FFF) - 1
        alpha = 0
    else:
        raise Undecodable("The picture's chunks are damaged", "it begins with no picture")
    flags = _HAS_XMP | (_HAS_ALPHA if alpha else 0)
    return bytes((flags, 0, 0, 0)) + max(width, 0).to_bytes(3, "little") + max(height, 0).to_bytes(3, "little")
