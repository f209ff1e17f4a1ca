"""The five answers about a story together: what they share is made once. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from dragoman.link.narrative.compared import NO_LEXICONS, Compared, Lexicons
from dragoman.link.narrative.facts import Facts, facts
from dragoman.link.narrative.known import Parties
from dragoman.link.narrative.matrix import Matrix, matrix
from dragoman.link.narrative.only_here import OnlyHere, only_here
from dragoman.link.narrative.quotes import Quotes, quotes
from dragoman.link.narrative.timeline import Timeline, timeline
from dragoman.link.narrative.told import Telling, Told


class Narrative(Struct, frozen=True, kw_only=True):
    """A story as its agencies tell it, side by side."""

    timeline: Timeline
    matrix: Matrix
    facts: Facts
    quotes: Quotes
    only_here: OnlyHere


def narrative(tellings: Sequence[Telling], lexicons: Lexicons = NO_LEXICONS) -> Narrative:
    """Everything about the story of these tellings. `lexicons`: what words of a language mean in English."""
    told = Told(tellings)
    compared, parties = Compared(told, lexicons), Parties(told)
    return Narrative(
        timeline=timeline(tellings),
        matrix=matrix(tellings),
        facts=facts(tellings, lexicons, told, compared, parties),
        quotes=quotes(tellings, lexicons, told, compared, parties),
        only_here=only_here(tellings, lexicons, told, compared),
    )
