"""Photoshop's image resources, among which IIM stands in a JPEG or TIFF: 8BIM, number, name, data. Pure.

(Adobe Photoshop File Formats Specification, Image Resource Blocks.)
"""

import hashlib
from collections.abc import Sequence

from msgspec import Struct

IIM, IIM_DIGEST = 0x0404, 0x0425
"""The datasets; the MD5 of them, by which programs see that IIM was changed behind the back of XMP."""
_KINDS = frozenset({b"8BIM", b"PHUT", b"DCSR", b"AgHg", b"MeSa"})
_MOST = 2_000


class Resource(Struct, frozen=True):
    """One block; `head` is everything before its length, as it stands there."""

    head: bytes
    number: int
    body: bytes


def read_resources(block: bytes) -> list[Resource]:
    """The resources in order, up to the first that is cut off or none."""
    found: list[Resource] = []
    at = 0
    while len(found) < _MOST and block[at : at + 4] in _KINDS and at + 12 <= len(block):
        named = 1 + block[at + 6]
        start = at + 6 + named + named % 2
        size = int.from_bytes(block[start : start + 4], "big")
        body = block[start + 4 : start + 4 + size]
        if len(body) < size:
            break
        found.append(Resource(block[at:start], int.from_bytes(block[at + 4 : at + 6], "big"), body))
        at = start + 4 + size + size % 2
    return found


def iim_of(resources: Sequence[Resource]) -> bytes:
    """The datasets among the resources, or empty."""
    return next((one.body for one in resources if one.number == IIM), b"")


def with_iim(resources: Sequence[Resource], iim: bytes) -> bytes:
    """The resources as one block, IIM first and with its digest; what else there was is kept."""
    ours = [_resource(IIM, iim), _resource(IIM_DIGEST, hashlib.md5(iim, usedforsecurity=False).digest())]
    return b"".join(map(_written, [*ours, *without_iim(resources)]))


def without_iim(resources: Sequence[Resource]) -> list[Resource]:
    return [one for one in resources if one.number not in (IIM, IIM_DIGEST)]


def written(resources: Sequence[Resource]) -> bytes:
    return b"".join(map(_written, resources))


def _resource(number: int, body: bytes) -> Resource:
    return Resource(b"8BIM" + number.to_bytes(2, "big") + b"\x00\x00", number, body)


def _written(one: Resource) -> bytes:
    return one.head + len(one.body).to_bytes(4, "big") + one.body + b"\x00" * (len(one.body) % 2)
