"""TIFF: the words in the tags of its first directory, read and written. Pure.

Written is a copy of that directory, behind everything else, with other words; the header then points to it. Nothing that was
in the file moves or changes, pixels least of all: what a directory says lies at places counted from the file's beginning.
XMP is tag 700, IIM 33723, Photoshop's resources 34377, C2PA 52545. (TIFF 6.0; ISO 16684-3.)
"""

import struct
from collections.abc import Iterator

from msgspec import Struct

from dragoman.formats.picture import resources
from dragoman.formats.picture.blocks import MOST, PROVENANCE, Blocks, Words, Written
from dragoman.model.errors import Refused, Undecodable

XMP, IIM, PHOTOSHOP, C2PA = 700, 33723, 34377, 52545
_MARKS = (b"II*\x00", b"MM\x00*")
_BYTES = 1, 7
"""Field types that are counted in bytes: BYTE, UNDEFINED."""
_PIXELS = frozenset({273, 279, 324, 325})
"""Where the pixels lie, and how many bytes of them."""
_MOST_STRIPS = 200_000
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}


class Entry(Struct, frozen=True):
    """A field of the directory: its twelve bytes, its tag, and the bytes it stands for where they are words."""

    raw: bytes
    tag: int
    body: bytes = b""


def is_tiff(data: bytes) -> bool:
    return data.startswith((*_MARKS, b"II+\x00", b"MM\x00+"))


def blocks(data: bytes) -> Blocks:
    """What the first directory says; nothing where it cannot be read."""
    try:
        _, entries, _ = _directory(data)
    except (Undecodable, Refused):
        return Blocks()
    said = {one.tag: one.body for one in entries}
    return Blocks(
        xmp=said.get(XMP, b""),
        iim=said.get(IIM, b"") or resources.iim_of(resources.read_resources(said.get(PHOTOSHOP, b""))),
        manifest=C2PA in said,
    )


def rewritten(data: bytes, words: Words) -> Written:
    """The file with these words and no others.

    Raises:
        Refused: it is a BigTIFF, or would grow beyond what a TIFF can hold. Undecodable: its directory is damaged.
    """
    order, entries, following = _directory(data)
    _refuse_outside(data, order, entries)
    said = {XMP: (1, words.whole), IIM: (7, words.iim)}
    for one in entries:
        if one.tag == PHOTOSHOP:
            rest = resources.without_iim(resources.read_resources(one.body))
            said[PHOTOSHOP] = (7, resources.written(rest))
    kept = {one.tag: one.raw for one in entries if one.tag not in (*said, C2PA)}
    # The directory begins at an even byte (TIFF 6.0, section 2); the words follow it.
    start = len(data) + len(data) % 2
    at = start + 2 + 12 * (len(kept) + sum(1 for _, body in said.values() if body)) + 4
    behind = []
    for tag, (kind, body) in said.items():
        if not body:
            continue
        body = body.ljust(5, b"\x00")  # four bytes and fewer would stand in the field itself
        kept[tag] = struct.pack(order + "HHII", tag, kind, len(body), at)
        behind.append(body + b"\x00" * (len(body) % 2))
        at += len(behind[-1])
    if at >= 2**32:
        raise Refused("The picture is too large for its words", hint="It can go out as it came.")
    directory = struct.pack(order + "H", len(kept)) + b"".join(kept[tag] for tag in sorted(kept)) + following
    head = data[:4] + struct.pack(order + "I", start)
    lost = (*words.lost, *((PROVENANCE,) if any(one.tag == C2PA for one in entries) else ()))
    return Written(
        body=b"".join([head, data[8:], b"\x00" * (len(data) % 2), directory, *behind]),
        lost=lost,
    )


def _refuse_outside(data: bytes, order: str, entries: list[Entry]) -> None:
    """Nothing, where all that the directory points to lies in the file: else what is put behind it would be read as pixels.

    Raises: Undecodable.
    """
    if len({one.tag for one in entries}) < len(entries):
        raise Undecodable("The picture's directory is damaged", "a tag stands twice", hint="It can go out as it came.")
    values: dict[int, tuple[int, ...]] = {}
    for one in entries:
        _, kind, count, place = struct.unpack(order + "HHII", one.raw)
        size = count * _SIZES.get(kind, 1)
        if size > 4 and place + size > len(data):
            raise Undecodable("The picture's directory is damaged", f"tag {one.tag}", hint="It can go out as it came.")
        if one.tag in _PIXELS and kind in (3, 4) and count <= _MOST_STRIPS:
            inside, at = (one.raw, 8) if size <= 4 else (data, place)
            values[one.tag] = struct.unpack_from(f"{order}{count}{'H' if kind == 3 else 'I'}", inside, at)
    for offsets, sizes in ((273, 279), (324, 325)):
        pairs = zip(values.get(offsets, ()), values.get(sizes, ()), strict=False)
        if len(values.get(offsets, ())) != len(values.get(sizes, ())) or any(a + b > len(data) for a, b in pairs):
            raise Undecodable("The picture's pixels are cut off", hint="It can go out as it came.")


def _directory(data: bytes) -> tuple[str, list[Entry], bytes]:
    """The byte order, the fields of the first directory, and the four bytes behind it.

    Raises: Refused, Undecodable.
    """
    if not data.startswith(_MARKS):
        raise Refused("Words are not written into a BigTIFF", hint="It can go out as it came.")
    order = "<" if data[:2] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(order + "I", data, 4)
        (count,) = struct.unpack_from(order + "H", data, first)
        entries = list(_entries(data, order, first + 2, count))
        following = data[first + 2 + 12 * count : first + 6 + 12 * count]
    except struct.error as error:
        raise Undecodable("The picture's directory is damaged", hint="It can go out as it came.") from error
    if len(following) < 4 or not entries:
        raise Undecodable("The picture's directory is damaged", "it is cut off", hint="It can go out as it came.")
    return order, entries, following


def _entries(data: bytes, order: str, at: int, count: int) -> Iterator[Entry]:
    for number in range(count):
        raw = data[at + 12 * number : at + 12 * number + 12]
        tag, kind, size, place = struct.unpack(order + "HHII", raw)
        size *= _SIZES.get(kind, 0)
        body = b""
        if tag in (XMP, IIM, PHOTOSHOP, C2PA) and 4 < size <= MOST:
            body = data[place : place + size]
        # Programs that count IIM in 32-bit words may have turned them round with the file's byte order.
        if tag == IIM and kind == 4 and body[3:4] == b"\x1c" and len(body) % 4 == 0:
            body = b"".join(body[i : i + 4][::-1] for i in range(0, len(body), 4))
        yield Entry(raw, tag, body)
