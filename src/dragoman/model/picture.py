"""A picture as an item: its captions and alternative texts in every language, its file and the renditions of it. Pure.

ninjs 3.1 has no language on a description, so the role carries it: ``caption`` and ``alt`` are in the item's own language,
``caption:ru`` and ``alt:ru`` in another. The original is the rendition called ``original``; its address ends in the SHA-256
of its bytes. In our store addresses are paths; on the way out they get our node in front of them (`with_addresses`).
"""

import re
from collections.abc import Mapping
from typing import Literal

from msgspec.structs import replace

from dragoman.model.item import Concept, Description, Item, Rendition

MEDIA = "/exchange/media/"
ORIGINAL = "original"
CAPTIONED = "captioned"
"""The original with our caption, credit and terms written into it."""
RenditionName = Literal["thumbnail", "preview", "large", "print"]
EDGES: dict[str, int] = {"thumbnail": 320, "preview": 1280, "large": 2400, "print": 0}
"""The renditions we make, with their longest side in pixels; 0: as large as the original. None is ever enlarged."""
RENDITION_TYPE = "image/jpeg"
_PUBLIC = ("preview", "thumbnail")
_ADDRESS = re.compile(r"(?:https?://[^/\s]+(?:/[^\s]*?)?)?/exchange/media/([0-9a-f]{64})(?:/([a-z]{1,20}))?")


def captions(item: Item) -> dict[str, str]:
    """The caption in each language it is written in, the item's own first."""
    return _said(item, "caption")


def alts(item: Item) -> dict[str, str]:
    """The alternative text in each language, for those who do not see the picture."""
    return _said(item, "alt")


def _said(item: Item, role: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in item.descriptions:
        name, _, language = one.role.partition(":")
        if name == role:
            found.setdefault(language or item.language or "und", one.value)
    return found


def descriptions(language: str, captions: Mapping[str, str], alts: Mapping[str, str]) -> tuple[Description, ...]:
    """Captions and alternative texts as descriptions of an item in `language`; empty texts are left out."""
    made: list[Description] = []
    for role, texts in (("caption", captions), ("alt", alts)):
        for code in sorted(texts, key=lambda code: (code != language, code)):
            if text := texts[code].strip():
                made.append(Description(value=text, role=role if code == language else f"{role}:{code}"))
    return tuple(made)


def is_keyword(one: Concept) -> bool:
    """Is it a word that somebody has chosen, and no code of a vocabulary, no thing or work shown?"""
    return bool(one.name) and not (one.uri or one.role or one.literal)


def original(item: Item) -> Rendition | None:
    """The rendition that is the file itself; None where the item names no file of ours or a node's."""
    return next((one for one in item.renditions if one.name == ORIGINAL and digest_of(one.href)), None)


def digest_of(href: str) -> str:
    """The SHA-256 (hex) of the file that an address of a node's media leads to, or empty."""
    found = _ADDRESS.fullmatch(href)
    return found[1] if found else ""


def original_of(digest: str, media_type: str, width: int, height: int) -> Rendition:
    """How an item names its file."""
    return Rendition(
        name=ORIGINAL, href=f"{MEDIA}{digest}", content_type=media_type, width=max(width, 0), height=max(height, 0)
    )


def fitted(width: int, height: int, edge: int) -> tuple[int, int]:
    """The size of a rendition whose longest side is at most `edge` (0: any) pixels."""
    longest = max(width, height)
    if not edge or longest <= edge:
        return width, height
    return max(1, round(width * edge / longest)), max(1, round(height * edge / longest))


def with_addresses(item: Item, url: str) -> Item:
    """`item` as it leaves the node at `url`: the original by a full address, and beside it what we have made of it."""
    there = original(item)
    if there is None or not url:
        return item
    kept = tuple(one for one in item.renditions if not digest_of(one.href))
    base = f"{url.rstrip('/')}{MEDIA}{digest_of(there.href)}"
    made = tuple(_public(name, base, there) for name in _PUBLIC)
    return replace(item, renditions=(replace(there, href=base), *made, *kept))


def _public(name: str, base: str, there: Rendition) -> Rendition:
    width, height = fitted(there.width, there.height, EDGES[name])
    return Rendition(name=name, href=f"{base}/{name}", content_type=RENDITION_TYPE, width=width, height=height)


def without_addresses(item: Item) -> Item:
    """`item` as we keep it: the original by its path alone, whichever node it came through, and no rendition of another."""
    there = original(item)
    if there is None:
        return item
    kept = tuple(one for one in item.renditions if not digest_of(one.href))
    return replace(item, renditions=(replace(there, href=f"{MEDIA}{digest_of(there.href)}"), *kept))
