"""A version on its way into the store: as it was handed in, as it found its place, what became of it."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dragoman.model.agreement import Grant
from dragoman.model.arrival import UnitState
from dragoman.model.errors import Problem
from dragoman.model.item import Item
from dragoman.model.version import ItemState, VersionAct
from dragoman.store.identity import Place, Standing


class Filing(Struct, frozen=True, kw_only=True):
    """A version to be filed: what it says, who wrote it, who handed it to us."""

    item: Item
    origin: str
    agency: str
    received: datetime
    act: VersionAct | None = None
    arrival: int | None = None
    unit: int = 0
    by: str = ""
    bulk: bool = False


class Filed(Struct, frozen=True, kw_only=True):
    """What became of a filing: the same four words as a unit's state."""

    state: UnitState
    sequence: int | None = None
    problem: Problem | None = None
    act: VersionAct = "publish"


REACHED = -1
"""The number of a version that nobody handed in: it follows from another one of its batch."""


class Placed(Struct, kw_only=True):
    """A filing that will become a row."""

    filing: Filing
    number: int
    standing: Standing
    act: VersionAct
    where: Place
    key: bytes
    digest: bytes
    at: datetime
    silent: bool
    sequence: int = 0
    grants: Sequence[Grant] = ()
    because: bytes = b""
    """The key of the original, where that is why it was filed."""

    @property
    def is_current(self) -> bool:
        return self.where in ("new", "newer", "silent")

    @property
    def state(self) -> ItemState:
        """How the item stands once this is filed."""
        changed: dict[VersionAct, ItemState] = {"kill": "killed", "hold": "held", "release": "usable"}
        return changed.get(self.act, self.standing.state)

    @property
    def held_by(self) -> str:
        """Who holds the item once this is filed; empty: nobody."""
        if self.act == "hold":
            return self.filing.agency
        return "" if self.act in ("release", "kill") else self.standing.held_by
