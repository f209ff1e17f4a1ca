"""JPEG: the segments before the scan, read and written; whatever follows them stays byte for byte. Pure.

APP1 XMP, in two parts where it is long (ISO 16684-3); APP2 the index of more pictures behind the first (CIPA DC-007);
APP11 JUMBF, C2PA's box among others (ISO 19566-5); APP13 Photoshop's resources, IIM among them. (ITU-T T.81, annex B.)
"""

import hashlib
import re
import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from dragoman.formats.picture import resources
from dragoman.formats.picture.blocks import MOST, PROVENANCE, Blocks, Words, Written
from dragoman.model.errors import Undecodable

MARK = b"\xff\xd8"
SEGMENT = 65_000
"""Bytes that are put into one segment, a little less than the 65,533 there are."""
_APP0, _APP1, _APP2, _APP11, _APP13, _SCAN, _END = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xDA, 0xD9
_XMP, _EXTENSION = b"http://ns.adobe.com/xap/1.0/\x00", b"http://ns.adobe.com/xmp/extension/\x00"
_PHOTOSHOP, _EXIF, _INDEX, _JUMBF = b"Photoshop 3.0\x00", b"Exif\x00", b"MPF\x00", b"JP"
_C2PA = bytes.fromhex("63327061 0011 0010 8000 00aa00389b71")
_MOST_SEGMENTS = 5_000
_GUID = re.compile(rb"HasExtendedXMP\s*(?:=\s*[\"']|>\s*)([0-9A-Fa-f]{32})")


class Segment(Struct, frozen=True):
    """`at` is where it begins in the file, `body` what follows its length."""

    marker: int
    at: int
    body: bytes

    def is_of(self, marker: int, mark: bytes) -> bool:
        return self.marker == marker and self.body.startswith(mark)


def segments(data: bytes) -> tuple[list[Segment], int]:
    """The segments in order, and where what follows them begins: the scan, or the first thing that is no segment."""
    found: list[Segment] = []
    at = 2
    while len(found) < _MOST_SEGMENTS:
        start = at
        while data[at : at + 2] == b"\xff\xff":  # fill bytes may precede a marker (B.1.1.2)
            at += 1
        head = data[at : at + 4]
        if len(head) < 4 or head[0] != 0xFF or head[1] in (_SCAN, _END, 0x00, 0x01) or 0xD0 <= head[1] <= 0xD7:
            return found, start
        size = int.from_bytes(head[2:], "big")
        if size < 2 or at + 2 + size > len(data):
            return found, start
        found.append(Segment(head[1], start, data[at + 4 : at + 2 + size]))
        at += 2 + size
    return found, at


def blocks(data: bytes) -> Blocks:
    """What the segments say."""
    found, _ = segments(data)
    packet = next((one.body[len(_XMP) :] for one in found if one.is_of(_APP1, _XMP)), b"")
    extended, notes = _extended(found, packet)
    return Blocks(
        xmp=packet,
        extended=extended,
        iim=resources.iim_of(resources.read_resources(_photoshop(found))),
        manifest=bool(_manifests(found)),
        notes=notes,
    )


def rewritten(data: bytes, words: Words) -> Written:
    """The file with these words and no others; every other segment is kept, and the pixels are not touched.

    Raises:
        Undecodable: its segments cannot be told apart up to the scan.
    """
    found, rest = segments(data)
    if data[rest : rest + 2] not in (b"\xff\xda", b"\xff\xd9"):
        raise Undecodable("The picture's segments are damaged", f"at byte {rest}", hint="It can go out as it came.")
    manifests = _manifests(found)
    kept = [one for one in found if not _is_ours(one) and (one.marker, _instance(one)) not in manifests]
    first = 0
    while first < len(kept) and (kept[first].marker == _APP0 or kept[first].is_of(_APP1, _EXIF)):
        first += 1  # JFIF and Exif want to be first
    block = resources.with_iim(resources.read_resources(_photoshop(found)), words.iim)
    whole = len(words.whole) <= SEGMENT
    ours = [
        (_APP1, _XMP + (words.whole if whole else words.short)),
        *(() if whole else _in_segments(words.extended)),
        *((_APP13, _PHOTOSHOP + block[at : at + SEGMENT]) for at in range(0, len(block), SEGMENT)),
    ]
    new = [*((one.marker, one.body) for one in kept[:first]), *ours, *((one.marker, one.body) for one in kept[first:])]
    head = MARK + b"".join(_written(marker, body) for marker, body in _indexed(new, found, rest))
    lost = (*words.lost, *(() if whole else words.cut), *((PROVENANCE,) if manifests else ()))
    return Written(body=head + data[rest:], lost=lost)


def _is_ours(one: Segment) -> bool:
    return (one.marker == _APP1 and one.body.startswith((_XMP, _EXTENSION))) or one.is_of(_APP13, _PHOTOSHOP)


def _written(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _photoshop(found: Sequence[Segment]) -> bytes:
    return b"".join(one.body[len(_PHOTOSHOP) :] for one in found if one.is_of(_APP13, _PHOTOSHOP))


# ---------------------------------------------------------------------------------------------- XMP in two parts


def _extended(found: Sequence[Segment], packet: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The second part that the first one names, put together; a note where it is not whole."""
    named = _GUID.search(packet)
    if named is None:
        return b"", ()
    guid, parts, size = named[1], {}, -1
    for one in found:
        if one.is_of(_APP1, _EXTENSION + guid):
            at = len(_EXTENSION) + 32
            size, offset = struct.unpack_from(">II", one.body.ljust(at + 8, b"\x00"), at)
            parts[offset] = one.body[at + 8 :]
    if not 0 < size <= MOST:
        return b"", ("the second part of the XMP is missing or too long: not read",)
    whole = b"".join(parts[offset] for offset in sorted(parts))
    ends = sorted((offset, offset + len(part)) for offset, part in parts.items())
    gapless = all(end == start for (_, end), (start, _) in pairwise(ends))
    if (
        not gapless
        or len(whole) != size
        or hashlib.md5(whole, usedforsecurity=False).hexdigest().encode() != guid.lower()
    ):
        return b"", ("the second part of the XMP is not whole: not read",)
    return whole, ()


def _in_segments(extended: bytes) -> Iterator[tuple[int, bytes]]:
    head = _EXTENSION + hashlib.md5(extended, usedforsecurity=False).hexdigest().upper().encode()
    for at in range(0, len(extended), SEGMENT - 100):
        part = extended[at : at + SEGMENT - 100]
        yield _APP1, head + struct.pack(">II", len(extended), at) + part


# ---------------------------------------------------------------------------------------------- C2PA


def _instance(one: Segment) -> bytes:
    """Which box a segment of JUMBF belongs to."""
    return one.body[2:4] if one.is_of(_APP11, _JUMBF) else b""


def _manifests(found: Sequence[Segment]) -> set[tuple[int, bytes]]:
    """The boxes that are C2PA's: their first segment names the kind of what follows."""
    return {
        (_APP11, _instance(one))
        for one in found
        if one.is_of(_APP11, _JUMBF) and one.body[12:16] == b"jumb" and one.body[24:40] == _C2PA
    }


# ---------------------------------------------------------------------------------------------- more pictures behind


def _indexed(new: list[tuple[int, bytes]], found: Sequence[Segment], rest: int) -> list[tuple[int, bytes]]:
    """The segments with the index of the pictures behind the first put right: it counts from its own place in the file."""
    there = next((one for one in found if one.is_of(_APP2, _INDEX)), None)
    if there is None:
        return new
    grown = 2 + sum(len(body) + 4 for _, body in new) - rest
    before = 2
    for number, (marker, body) in enumerate(new):
        if marker == _APP2 and body.startswith(_INDEX):
            moved = before - there.at
            return [*new[:number], (marker, _shifted(body, grown, moved)), *new[number + 1 :]]
        before += len(body) + 4
    return new


def _shifted(body: bytes, grown: int, moved: int) -> bytes:
    """The index after the file has grown by `grown` bytes before the pixels, and the index moved by `moved`."""
    order = "<" if body[4:6] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(order + "I", body, 8)
        (count,) = struct.unpack_from(order + "H", body, 4 + first)
        entries = next(
            struct.unpack_from(order + "II", body, 6 + first + 12 * at + 4)
            for at in range(min(count, 50))
            if struct.unpack_from(order + "H", body, 6 + first + 12 * at) == (0xB002,)
        )
        made = bytearray(body)
        for number in range(min(entries[0] // 16, 50)):
            at = 4 + entries[1] + 16 * number
            _, length, offset = struct.unpack_from(order + "III", body, at)
            changed = (length + grown, 0) if number == 0 else (length, offset + grown - moved)
            struct.pack_into(order + "II", made, at + 4, *changed)
    except (struct.error, StopIteration):
        return body
    return bytes(made)
