"""Random cases for the judge: moments fall before, on and after each other, every state meets every action.

A case is a `Core`: as a tuple (`astuple`) its members are in the order of `twin.PARAMETERS`, so that cases can be copied
into a table and put to the SQL twin.
"""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final, get_args

from msgspec.structs import astuple

from dragoman.model.agreement import AgreementState
from dragoman.model.version import ItemState, VersionAct
from dragoman.route.rights import Action, Core

NOON: Final = datetime(2026, 5, 2, 12, 0, tzinfo=UTC)
STATES: Final[tuple[AgreementState | None, ...]] = (*get_args(AgreementState), None)
# Around now by microseconds and by days; the moment itself most of all, since that is where a `<` is wrong.
_SHIFTS: Final = tuple(
    timedelta(microseconds=shift) for shift in (0, 0, 0, -1, 1, -1_000_000, 1_000_000, -86_400_000_000, 86_400_000_000)
)


def random_moment(rng: Random) -> datetime:
    return NOON + rng.choice(_SHIFTS)


def random_case(rng: Random) -> Core:
    """One case; about one in fifteen is allowed, so that neither answer is rare."""

    def perhaps(likely: float) -> datetime | None:
        return random_moment(rng) if rng.random() < likely else None

    return Core(
        perhaps(0.95),
        perhaps(0.15),
        "active" if rng.random() < 0.7 else rng.choice(STATES),
        perhaps(0.95),
        perhaps(0.4),
        rng.random() < 0.3,
        perhaps(0.5),
        rng.choice(("usable", rng.choice(get_args(ItemState)))),
        rng.choice(get_args(VersionAct)),
        rng.choice(get_args(Action)),
        random_moment(rng),
    )


def random_row(rng: Random) -> tuple[object, ...]:
    """A random case as a row, in the order of `twin.PARAMETERS`."""
    return astuple(random_case(rng))
