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
    copy_of: int | None = None
    """The item that brought the same words before."""


REACHED = -1
"""The number of a version that nobody handed in: it follows from another one of its batch."""


class First(Struct, frozen=True, kw_only=True):
    """Another item with the same words, as it stands."""

    item: int
    key: bytes
    origin: str
    uri: str
    state: ItemState
    embargoed_until: datetime | None = None


class Words(Struct, kw_only=True):
    """The words of a version: by what they are known again, what its sender asks of those who use them; and where another item
    brought them before, which, and since when each agency has them or will have."""

    fingerprint: bytes
    terms: bytes
    first: First | None = None
    holders: dict[str, datetime] = {}
    beside: Sequence["Placed"] = ()
    """The items of the same batch that bring the same words before this one, on terms no weaker."""


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
    words: Words | None = None
    kept_until: datetime | None = None
    """The embargo of an item whose words this one brings, or brought in an earlier version."""

    @property
    def said(self) -> Words:
        """Its words, of a version that has words to be known by."""
        assert self.words is not None
        return self.words

    @property
    def embargo(self) -> datetime | None:
        """Its own, or that of the item whose words it brought, whichever ends later: a second early is a breach."""
        return max(filter(None, (self.filing.item.embargoed_until, self.kept_until)), default=None)

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
