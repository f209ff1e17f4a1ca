"""A line of the wire: the identity row, the same wherever an item appears. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dragoman.store.deliveries import KillCount
from dragoman.store.items import Filed
from dragoman.store.stories import Part

FLASH, URGENT = 1, 2
"""Urgencies as our views and badges take them (IPTC: 1 is the most urgent)."""


class Badge(Struct, frozen=True):
    """A state of the item: `kind` chooses word and colour; `count` or `at` complete the word."""

    kind: str
    count: int | None = None
    at: datetime | None = None


class Row(Struct, frozen=True, kw_only=True):
    """What a line shows. `headline` is empty where the text was taken away."""

    item: int
    sequence: int
    badges: tuple[Badge, ...]
    origin: str
    agency: str
    language: str
    place: str
    words: int
    kind: str
    pictures: int
    headline: str
    slugline: str
    is_derived: bool
    received: datetime
    urgency: int
    state: str
    reason: str
    embargoed_until: datetime | None
    receipts: KillCount | None = None
    kill_requested_by: str = ""
    copies: int = 0
    """Other items that brought the same words."""
    story: Part | None = None
    """Where others are in it, too."""

    @property
    def stands_alone(self) -> bool:
        """Is it never put under another line? A flash, and what is held or killed."""
        return self.urgency == FLASH or self.is_stopped

    @property
    def is_dead(self) -> bool:
        return self.state in ("killed", "expunged")

    @property
    def is_stopped(self) -> bool:
        return self.state != "usable"

    @property
    def is_urgent(self) -> bool:
        return 0 < self.urgency <= URGENT and not self.is_stopped


class Group(Struct, frozen=True):
    """A line, and under it the others of its story."""

    lead: Row
    others: tuple[Row, ...] = ()


def groups(rows: Sequence[Row], *, flat: bool = False) -> tuple[Group, ...]:
    """The lines as they are shown: the newest of a story leads, the others stand under it; with `flat` each leads."""
    leads: dict[int, Row] = {}
    under: defaultdict[int, list[Row]] = defaultdict(list)
    shown: list[Row] = []
    for row in rows:
        story = row.story.story if row.story and not flat and not row.stands_alone else None
        if story is not None and leads.setdefault(story, row) is not row:
            under[leads[story].item].append(row)
        else:
            shown.append(row)
    return tuple(Group(row, tuple(under[row.item])) for row in shown)


def row_of(filed: Filed, now: datetime, receipts: KillCount | None = None, story: Part | None = None) -> Row:
    """The line of one item in its current version."""
    item, ours = filed.item, filed.item.ours
    return Row(
        item=filed.item_id,
        sequence=filed.version.sequence,
        badges=tuple(_badges(filed, now)),
        origin=filed.version.origin,
        agency=filed.version.agency,
        language=item.language,
        place=ours.dateline.place if ours.dateline else item.located,
        words=_length(filed),
        kind=item.type,
        pictures=sum(1 for one in item.associations if one.type == "picture"),
        headline=item.headline,
        slugline=item.slugline,
        is_derived=ours.headline_derived,
        received=filed.version.received,
        urgency=item.urgency or 0,
        state=filed.state,
        reason=ours.correction.reason if ours.correction else item.ed_note,
        embargoed_until=filed.embargoed_until,
        receipts=receipts,
        kill_requested_by=filed.kill_requested_by,
        copies=filed.copies,
        story=story,
    )


def _badges(filed: Filed, now: datetime) -> list[Badge]:
    """Most pressing first. What stops the item stands alone."""
    if filed.state != "usable":
        return [Badge(filed.state)]
    found: list[Badge] = []
    urgency = filed.item.urgency or 0
    if urgency in (FLASH, URGENT):
        found.append(Badge("flash" if urgency == FLASH else "urgent"))
    if filed.embargoed_until is not None and now < filed.embargoed_until:
        found.append(Badge("embargo", at=filed.embargoed_until))
    if filed.item.ours.advance:
        found.append(Badge("advance"))
    if filed.version.act == "update":
        found.append(Badge("update", count=filed.count - 1))
    elif filed.version.act in ("correct", "release"):
        found.append(Badge(filed.version.act))
    if filed.silent:
        found.append(Badge("silent"))
    return found


def _length(filed: Filed) -> int:
    """Words of the text; for a script without spaces, characters."""
    said = sum(body.word_count for body in filed.item.bodies[:1])
    if said:
        return said
    text = " ".join(block.text for block in filed.item.ours.blocks)
    if filed.item.language.split("-")[0] in ("zh", "ja", "th"):
        return sum(1 for letter in text if letter.isalnum())
    return len(text.split())
