"""Agreements, versions and grants between agencies of our invention: ADR is home, VAL, MER and ORI are partners."""

from datetime import UTC, datetime, timedelta
from typing import Any

from dragoman.model.agreement import Agreement, Grant, Terms
from dragoman.model.item import Headline, Hop, Item, Profile
from dragoman.model.version import Version

HOME = "ADR"
NOW = datetime(2026, 5, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAMES = {"ADR": "Adrian Press", "VAL": "Valonia News", "MER": "Meridian", "ORI": "Oriel Agency"}


def terms(taker: str = "VAL", *, giver: str = HOME, **clauses: Any) -> Terms:
    return Terms(giver=giver, taker=taker, **({"valid_from": datetime(2026, 1, 1, tzinfo=UTC)} | clauses))


def agreement(
    taker: str = "VAL", *, giver: str = HOME, id: str = "", state: str = "active", **clauses: Any
) -> Agreement:
    """An active agreement, `ADR-VAL` unless named otherwise."""
    return Agreement(
        id=id or f"{giver}-{taker}",
        revision=3,
        terms=terms(taker, giver=giver, **clauses),
        state=state,  # type: ignore[arg-type]
    )


def version(
    *,
    origin: str = HOME,
    agency: str = HOME,
    act: str = "publish",
    state: str = "usable",
    sequence: int = 7,
    received: datetime = NOW,
    hops: tuple[str, ...] = (),
    **item: Any,
) -> Version:
    usual: dict[str, Any] = {
        "uri": "adr:bridge-1",
        "version": "1",
        "language": "fr",
        "headlines": (Headline(value="Le vieux pont rouvre aux piétons"),),
        "dragoman": Profile(origin=origin, hops=tuple(Hop(agency=hop) for hop in hops)),
    }
    return Version(
        item=Item(**(usual | item)),
        origin=origin,
        agency=agency,
        act=act,  # type: ignore[arg-type]
        state=state,  # type: ignore[arg-type]
        received=received,
        sequence=sequence,
    )


def grant(agency: str = "VAL", **facts: Any) -> Grant:
    """A grant of an earlier version, an hour old."""
    usual: dict[str, Any] = {"agreement": f"{HOME}-{agency}", "revision": 2, "sequence": 1, "since": NOW - HOUR}
    return Grant(agency=agency, **(usual | facts))
