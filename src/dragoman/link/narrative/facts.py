"""The facts of a story, side by side: figures, dates, names and places by agency, with where each stands. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from dragoman.link.narrative.compared import NO_LEXICONS, Compared, Lexicons
from dragoman.link.narrative.figures import Fact, dates, figures
from dragoman.link.narrative.known import Parties, Party, Spot, places
from dragoman.link.narrative.told import LeftOut, Telling, Told


class Facts(Struct, frozen=True, kw_only=True):
    """What several agencies give first. `figures_alone` and `dates_alone` are those that one agency gives and nobody else;
    of names and places `agencies` says so."""

    figures: tuple[Fact, ...] = ()
    figures_alone: tuple[Fact, ...] = ()
    dates: tuple[Fact, ...] = ()
    dates_alone: tuple[Fact, ...] = ()
    names: tuple[Party, ...] = ()
    places: tuple[Spot, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def facts(
    tellings: Sequence[Telling],
    lexicons: Lexicons = NO_LEXICONS,
    told: Told | None = None,
    compared: Compared | None = None,
    parties: Parties | None = None,
) -> Facts:
    """The facts of the standing copy. The last three are of the same tellings, where they were made before."""
    told = told or Told(tellings)
    compared, parties = compared or Compared(told, lexicons), parties or Parties(told)
    counted, dated = figures(told, compared), dates(told, compared)
    return Facts(
        figures=_given(counted, alone=False),
        figures_alone=_given(counted, alone=True),
        dates=_given(dated, alone=False),
        dates_alone=_given(dated, alone=True),
        names=tuple(parties.parties()),
        places=tuple(places(told)),
        left_out=told.left_out,
    )


def _given(every: Sequence[Fact], alone: bool) -> tuple[Fact, ...]:
    return tuple(one for one in every if (len(one.given) == 1) is alone)
