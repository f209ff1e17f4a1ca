"""A version: one immutable state of an item, as it stands in our store; and the item's own standing."""

import hashlib
from datetime import datetime
from typing import Literal

from msgspec import Struct

from dragoman.model.item import Item

ItemState = Literal["usable", "held", "killed", "expunged"]
"""The item as a whole, whichever version is looked at. `held` and `killed` have the same reach."""

VersionAct = Literal["publish", "update", "correct", "hold", "release", "kill"]
"""What a version does to those who have an earlier one; also the action of a delivery."""


class Version(Struct, frozen=True, kw_only=True):
    """`sequence` grows in commit order. `origin` wrote it, `agency` handed it to us."""

    item: Item
    origin: str
    agency: str
    act: VersionAct = "publish"
    state: ItemState = "usable"
    received: datetime
    sequence: int = 0
    digest: bytes = b""
    projects: tuple[str, ...] = ()
    """The joint projects that the item has been put into."""

    @property
    def key(self) -> bytes:
        return version_key(self.origin, self.item.uri, self.item.version)


def version_key(origin: str, uri: str, version: str) -> bytes:
    """The 16-byte identity of a version: the same three words give the same key on every node."""
    return _key(origin, uri, version)


def item_key(origin: str, uri: str) -> bytes:
    """The 16-byte identity of an item."""
    return _key(origin, uri)


def _key(*words: str) -> bytes:
    return hashlib.sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).digest()[:16]
