"""When a version opens to an agency, and what it means that an embargo was set, moved or lifted. Pure.

Where an embargo can be read in two ways, the later reading wins: an hour late is a nuisance, a second early a breach.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, Literal

from msgspec import Struct

from dragoman.model.agreement import Grant, Terms
from dragoman.model.version import Version

Move = Literal["unchanged", "set", "earlier", "later", "lifted", "again"]
ADVISORY: Final[frozenset[Move]] = frozenset({"again"})
"""Moves that a person has to tell the holders of: the copy is out, and nothing can take it back."""


class Opening(Struct, frozen=True, kw_only=True):
    """From `since` on the grant counts; `advance` when that is ahead of the embargo, so that the copy must be marked."""

    since: datetime
    advance: bool = False


class Lift(Struct, frozen=True, kw_only=True):
    """The moment an embargo lifts; `note` says where there were several readings."""

    at: datetime
    note: str = ""


def opening(
    terms: Terms, version: Version, *, now: datetime, relayed: bool = False, earlier: Sequence[Grant] = ()
) -> Opening:
    """When the version opens under these terms: the later of now, its embargo and the agreed delay.

    `relayed`: another agency wrote it; only the origin may give its copy ahead of the embargo, so an advance agreement of
    ours does not. `earlier`: grants of earlier versions under the same agreement. An update does not start the delay
    anew (or a story updated every half hour would never arrive), and who has the earlier version is not left with it.
    """
    delayed = version.received + timedelta(seconds=terms.delay_s)
    opened = min((delayed, *(grant.since for grant in earlier)))
    if not version.item.is_embargoed(now):
        return Opening(since=max(now, opened))
    if terms.embargo == "advance" and not relayed:
        return Opening(since=max(now, opened), advance=True)
    return Opening(since=max(now, opened, version.item.embargoed_until or now))


def release_moment(terms: Terms, grant: Grant, embargoed_until: datetime | None) -> datetime:
    """The first moment at which neither `since` nor the embargo of the item's newest version refuses.

    A delivery refused by time alone is due again then.
    """
    if embargoed_until is None or (grant.advance and terms.embargo == "advance"):
        return grant.since
    return max(grant.since, embargoed_until)


def moved(before: datetime | None, after: datetime | None, *, now: datetime, out: bool = True) -> Move:
    """What a new version's embargo does to the one before, at `now`. `out`: somebody has an earlier version.

    `set`: copy that nobody has comes under embargo. `again`: copy that was out comes under one: no new reader gets it,
    those who have it are told by a person (`ADVISORY`).
    """
    was_open, is_open = before is None or before <= now, after is None or after <= now
    if before == after or (was_open and is_open):
        return "unchanged"
    if was_open:
        return "again" if out else "set"
    if is_open or before is None or after is None:
        return "lifted"
    return "earlier" if after < before else "later"


def latest(readings: Sequence[datetime]) -> Lift:
    """The latest of one or more readings of the same embargo (header, text), with a note where they differ."""
    last = max(readings)
    others = sorted({reading.astimezone(UTC) for reading in readings} - {last.astimezone(UTC)})
    if not others:
        return Lift(at=last)
    said = ", ".join(f"{reading:%Y-%m-%d %H:%M}Z" for reading in others)
    return Lift(at=last, note=f"also read as {said}; the latest counts")


def on_the_wall(wall: datetime, zone: tzinfo) -> Lift:
    """The moment at which clocks in `zone` show `wall` (naive); the later one on the night the clocks change.

    An hour that does not exist is read as if the clocks had not yet gone forward, an hour that comes twice as its second
    coming: both are the later reading (PEP 495, fold).
    """
    return latest([wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)])
