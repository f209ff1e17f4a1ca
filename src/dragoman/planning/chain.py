"""Whether an act follows on its author's last: chains without gaps, forks or clocks that run backwards."""

from datetime import datetime, timedelta

from msgspec import Struct

from dragoman.model.project import MAX_FIELDS, Act

AHEAD = timedelta(minutes=10)
"""An act dated later than this waits for its hour: a wrong clock must not win every field for a year."""


class End(Struct, frozen=True):
    """The last act of a log: its number, digest and clock; of an empty one zeros and nothing."""

    number: int = 0
    digest: str = ""
    clock: int = 0


class Obstacle(Struct, frozen=True):
    """Why an act is not taken. `final`: nothing that may still come changes that."""

    reason: str
    final: bool


def obstacle(act: Act, end: End, now: datetime) -> Obstacle | None:
    """Why `act` cannot be taken behind `end`; none where it can."""
    name = f"{act.agency} {act.log}.{act.number}"
    if len(act.fields) > MAX_FIELDS:
        return Obstacle(f"{name} is too long: {len(act.fields):,} bytes of at most {MAX_FIELDS:,}", final=True)
    if act.number != end.number + 1:
        return Obstacle(f"the act before {name} has not come yet", final=False)
    if act.previous != end.digest or act.clock <= end.clock:
        return Obstacle(f"{name} does not follow on the act before it", final=True)
    if act.clock > (now + AHEAD).timestamp() * 1_000_000:
        return Obstacle(f"{name} is dated ahead: its author's clock is wrong, or ours", final=False)
    return None
