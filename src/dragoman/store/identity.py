"""Is this version new, newer, the same again, or not for this sender to send? Pure.

An item is known by its origin and uri; a version by those and the version word; two versions with one key and
different content are a *silent correction*, kept and visible.
"""

import hashlib
import re
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import UNSET, Struct

from dragoman.model.item import Item, Standard
from dragoman.model.version import ItemState, VersionAct

Place = Literal["new", "newer", "silent", "older", "duplicate", "not-the-origin", "after-a-kill"]


class Standing(Struct, frozen=True, kw_only=True):
    """An item as it stands before a version arrives. `version` and `at` are of its current version."""

    id: int
    state: ItemState = "usable"
    held_by: str = ""
    current: int | None = None
    version: str = ""
    at: datetime | None = None
    by_stranger: bool = False
    """The current version came from neither its origin, nor us, nor a relay: it stands only until the origin speaks."""


def content_digest(item: Item) -> bytes:
    """16 bytes over what the item *says*. The road it came by does not count: hops, what the decoder noted, and what
    `route.credit` writes on a copy that leaves (the language versions that its taker may see, too), or the same copy by
    two roads would be two contents."""
    bare = msgspec.structs.replace(
        item,
        dragoman=UNSET,
        standard=Standard(),
        profile="",
        usage_terms="",
        copyright_holder="",
        associations=tuple(one for one in item.associations if not one.is_of_family),
    )
    return hashlib.sha256(msgspec.json.encode(bare, order="deterministic")).digest()[:16]


def place(
    standing: Standing,
    *,
    version: str,
    at: datetime | None,
    act: VersionAct | None,
    known: bool,
    same: bool,
    may_change: bool,
) -> Place:
    """Where a version belongs. `known`: its key is stored; `same`: with this very content; `may_change`: the sender is
    the origin or a relay the agreement names."""
    if known and same:
        return "duplicate"
    if standing.current is None and standing.state == "usable":
        return "new" if may_change or act not in ("kill", "hold") else "not-the-origin"
    if not may_change:
        return "not-the-origin"
    if standing.state in ("killed", "expunged"):
        return "after-a-kill" if act != "kill" else ("silent" if known else "older")
    newer = (
        act in ("kill", "hold", "release")
        or standing.by_stranger
        or is_newer(version, at, standing.version, standing.at)
    )
    if not newer:
        return "older"  # also another content of a version that has been replaced since: versions never go backwards
    return "silent" if known else "newer"


def is_newer(version: str, at: datetime | None, than: str, than_at: datetime | None) -> bool:
    """Does the first version replace the second?

    Some agencies restart numbering at midnight, so a lower version may be newer: the times decide where they differ,
    then the numbers (1.10 is after 1.9), then the order of arrival.
    """
    if at is not None and than_at is not None and at != than_at:
        return at > than_at
    mine, theirs = _numbers(version), _numbers(than)
    if mine and theirs and mine != theirs:
        return mine > theirs
    return True


def next_version(version: str, origin: str, home: str) -> str:
    """One more than the current version of ours; on another's copy our own mark behind the origin's number, so that
    the origin's next one is never taken."""
    if origin == home and version.isdecimal():
        return str(int(version) + 1)
    stem, _, number = version.partition(f"+{home}")
    return f"{stem}+{home}{int(number or 0) + 1}" if number.isdecimal() or not number else f"{version}+{home}1"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d{1,18}", version)[:8])


def act_of(item: Item, standing: Standing, declared: VersionAct | None) -> VersionAct:
    """What the version does: what its sender declared, else what its status and our standing say."""
    if declared is not None and declared != "publish":
        return declared
    if item.pub_status == "canceled":
        return "kill"
    if item.pub_status == "withheld":
        return "hold"
    if standing.state == "held":
        return "release"
    if standing.current is None:
        return "publish"
    correction = item.ours.correction
    return "correct" if correction is not None and correction.kind == "correction" else "update"
