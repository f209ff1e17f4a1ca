"""What befalls a translation when something befalls its original. Pure.

| the original is | a version of ours | a partner's |
|---|---|---|
| killed | killed, unless it is already | held here, if it is usable: to kill it is its origin's |
| held | held, if it is usable | held, if it is usable |
| released | released, if it was held because of the original and nobody has asked for its kill | the same |
| embargoed for longer | embargoed as long | left alone: it is its origin's |
| anything else | left alone; the desk is shown what has changed | left alone |

Nothing that befalls a translation reaches its original. What befalls one of two copies of the same words, that an origin has
sent under two ids, befalls the other as if both were ours, but for the embargo of a partner's.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from msgspec import Struct

from dragoman.model.version import ItemState, VersionAct

DEEPEST: Final = 8
"""Translations of translations are followed so far."""


class Relative(Struct, frozen=True, kw_only=True):
    """A translation as it stands. `held_with`: held because its original is; `kill_asked`: a person has asked for its
    kill; `ours`: we wrote it."""

    state: ItemState
    ours: bool = True
    held_with: bool = False
    kill_asked: bool = False
    is_copy: bool = False
    """The same words under another id, from the same origin: its kill is said of both."""
    embargoed_until: datetime | None = None


def reach(act: VersionAct, relative: Relative, *, embargo: datetime | None, now: datetime) -> VersionAct | None:
    """What is done to `relative` because its original has had `act`; None: nothing. `embargo` is the original's now."""
    return _REACH.get(act, _embargoed)(relative, embargo, now)


def _killed(relative: Relative, embargo: datetime | None, now: datetime) -> VersionAct | None:
    if relative.ours or relative.is_copy:
        return None if relative.state in ("killed", "expunged") else "kill"
    return _held(relative, embargo, now)


def _held(relative: Relative, embargo: datetime | None, now: datetime) -> VersionAct | None:
    return "hold" if relative.state == "usable" else None


def _released(relative: Relative, embargo: datetime | None, now: datetime) -> VersionAct | None:
    because = relative.state == "held" and relative.held_with and not relative.kill_asked
    return "release" if because else None


def _embargoed(relative: Relative, embargo: datetime | None, now: datetime) -> VersionAct | None:
    if not relative.ours or relative.state != "usable" or embargo is None or embargo <= now:
        return None
    return "update" if relative.embargoed_until is None or relative.embargoed_until < embargo else None


_REACH: Final[dict[VersionAct, Callable[[Relative, datetime | None, datetime], VersionAct | None]]] = {
    "kill": _killed,
    "hold": _held,
    "release": _released,
}
