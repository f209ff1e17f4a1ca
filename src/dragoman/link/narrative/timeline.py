"""Who told a story first, and what followed: versions, corrections, kills, in the order of receipt. Pure."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dragoman.link.narrative.told import Telling, in_order, withdrawn
from dragoman.model.version import VersionAct


class Moment(Struct, frozen=True, kw_only=True):
    """One version coming in. `number` is the version's among those of its item in the story; `after_s` the seconds since the
    story's first; `first` that it is its agency's first. An item that was withdrawn has no headline here: neither the kill
    nor what was told before it."""

    received: datetime
    after_s: float
    agency: str
    language: str
    act: VersionAct
    item: str
    sequence: int
    number: int
    first: bool = False
    withdrawn: bool = False
    headline: str = ""


class Timeline(Struct, frozen=True, kw_only=True):
    """`agencies`: who tells the story, the first first."""

    moments: tuple[Moment, ...] = ()
    agencies: tuple[str, ...] = ()


def timeline(tellings: Sequence[Telling]) -> Timeline:
    """Every version of the story as it was received, killed ones by agency and time alone."""
    gone = withdrawn(tellings)
    ordered = in_order(tellings)
    moments: list[Moment] = []
    versions: dict[str, int] = {}
    agencies: dict[str, None] = {}
    for one in ordered:
        versions[one.item] = versions.get(one.item, 0) + 1
        moments.append(
            Moment(
                received=one.received,
                after_s=(one.received - ordered[0].received).total_seconds(),
                agency=one.agency,
                language=one.tongue,
                act=one.act,
                item=one.item,
                sequence=one.sequence,
                number=versions[one.item],
                first=one.agency not in agencies,
                withdrawn=one.item in gone,
                headline="" if one.item in gone else one.headline,
            )
        )
        agencies.setdefault(one.agency)
    return Timeline(moments=tuple(moments), agencies=tuple(agencies))
