"""Which grants a version gives rise to, and which clause refuses every other agency. Pure: no clock, no store.

A version is put to every agreement that we (`home`) give under. An agency that has an earlier version *under that
agreement* is a holder of it: it gets what follows (update, correction, release) even when the query, the kinds, the
languages or the quota would no longer let it through, as long as the agreement runs. A hold and a kill go to every holder
and to nobody else, whatever has become of the agreement.

Copy of another origin goes on only if an agreement under which it reached us allows onward use; our own needs nobody's
leave.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from dragoman.model.agreement import Agreement, Grant, Verdict
from dragoman.model.version import Version
from dragoman.query import Reading
from dragoman.route.clauses import ALWAYS, AT_FIRST, Case, Passage, onward_clauses, refused_by
from dragoman.route.embargo import opening
from dragoman.route.rights import NOTICES
from dragoman.route.translation import giver_of, is_of_others

HOLDER: Final = "holder"
"""The reason of a grant to a notice."""
FOLLOW_UP: Final = "follow-up"
"""The reason of a grant that a holder gets; it takes no place in the daily quota."""


class Match(Struct, frozen=True, kw_only=True):
    """What one agreement says to one version: a grant, or the clauses that refuse it."""

    agreement: str
    revision: int
    agency: str
    verdict: Verdict
    grant: Grant | None = None


class Owed(Struct, frozen=True):
    """One match per agreement we give under, in the order given; for a notice, one per holder, by code."""

    matches: tuple[Match, ...]

    @property
    def grants(self) -> tuple[Grant, ...]:
        return tuple(match.grant for match in self.matches if match.grant)


def chosen(grants: Sequence[Grant], earlier: Sequence[Grant] = ()) -> tuple[Grant, ...]:
    """One grant an agency, where several agreements with it give the same version.

    The one under whose agreement it holds an earlier version, so that copy keeps to its terms; then the one that counts
    soonest; then the agreement first in the order given.
    """
    held = {(grant.agency, grant.agreement) for grant in earlier}
    best: dict[str, Grant] = {}
    for grant in grants:
        other = best.get(grant.agency)
        if other is None or _rank(grant, held) < _rank(other, held):
            best[grant.agency] = grant
    return tuple(best.values())


def _rank(grant: Grant, held: Collection[tuple[str, str]]) -> tuple[bool, datetime]:
    return (grant.agency, grant.agreement) not in held, grant.since


def grants_owed(
    version: Version,
    agreements: Sequence[Agreement],
    *,
    home: str,
    now: datetime,
    earlier: Sequence[Grant] = (),
    sent_to: Collection[str] = (),
    quota_used: Mapping[str, int] | None = None,
    reading: Reading | None = None,
) -> Owed:
    """All that `version` gives rise to.

    `agreements`: the newest revision of each, those we receive under included (they decide about onward use).
    `earlier`: the grants of earlier versions of the item, withdrawn ones included. `sent_to`: agencies to which any version
    was handed over, whatever the grants say. `quota_used`: per agreement id, grants of today that are not follow-ups; the
    caller counts on between the versions of a batch.
    """
    if version.act in NOTICES:
        return _notices(version, earlier, sent_to, now)
    way = passage(version, agreements, home=home, now=now, reading=reading)
    used = quota_used or {}
    before: dict[str, list[Grant]] = {}
    for grant in earlier:
        before.setdefault(grant.agreement, []).append(grant)
    given = (agreement for agreement in agreements if agreement.terms.giver == home)
    return Owed(tuple(_match(a, way, used.get(a.id, 0), before.get(a.id, ()), sent_to) for a in given))


def match(
    agreement: Agreement,
    version: Version,
    *,
    home: str,
    now: datetime,
    agreements: Sequence[Agreement] = (),
    earlier: Sequence[Grant] = (),
    quota_used: int = 0,
) -> Match:
    """What one agreement says to a version, with every clause that refuses: what `agreement explain` shows.

    `agreements` are asked for onward use, if the copy is another origin's; `earlier` as in `grants_owed`.
    """
    way = passage(version, agreements, home=home, now=now)
    return _match(agreement, way, quota_used, [grant for grant in earlier if grant.agreement == agreement.id], ())


def passage(
    version: Version, agreements: Sequence[Agreement], *, home: str, now: datetime, reading: Reading | None = None
) -> Passage:
    """The version before any agreement. `reading`: give it where the version is looked at elsewhere as well."""
    reading = reading or Reading(version)
    hops = [hop.agency for hop in version.item.ours.hops if hop.agency != home]
    # What our own desk makes of another's copy (a release, a translation) still came by whoever handed the copy to us.
    relayed, giver = is_of_others(version, home), giver_of(version, home)
    kept = onward_clauses(giver, reading, agreements, home=home, now=now) if relayed else ("", "")
    if version.origin == home:
        kept = (kept[0], "")  # the terms speak of the copy's language, not of the translation's
    return Passage(
        reading=reading,
        home=home,
        now=now,
        passed=frozenset((version.origin, version.agency, *hops)) - {home},
        kept_here=kept[0],
        kept_from_new=kept[1],
        relayed=relayed,
    )


def held_by(earlier: Sequence[Grant], now: datetime) -> tuple[Grant, ...]:
    """The grants that came to count before they were taken back: whoever has one has had the copy."""
    return tuple(g for g in earlier if g.since <= now and (g.withdrawn is None or g.since < g.withdrawn))


# --- notices ---------------------------------------------------------------------------------------------------------


def _notices(version: Version, earlier: Sequence[Grant], sent_to: Collection[str], now: datetime) -> Owed:
    newest = {grant.agency: grant for grant in sorted(held_by(earlier, now), key=lambda grant: grant.sequence)}
    for grant in earlier:
        if grant.agency in sent_to:
            newest.setdefault(grant.agency, grant)
    agencies = sorted({*newest, *sent_to})
    return Owed(tuple(_notice(version, agency, newest.get(agency), now) for agency in agencies))


def _notice(version: Version, agency: str, held: Grant | None, now: datetime) -> Match:
    grant = Grant(
        agreement=held.agreement if held else "",
        revision=held.revision if held else 0,
        agency=agency,
        sequence=version.sequence,
        reasons=(HOLDER,),
        since=min(version.received, now),  # it counts at once, whichever clock is behind
    )
    verdict = Verdict(allowed=True, reasons=grant.reasons)
    return Match(agreement=grant.agreement, revision=grant.revision, agency=agency, verdict=verdict, grant=grant)


# --- copy ------------------------------------------------------------------------------------------------------------


def _match(
    agreement: Agreement, way: Passage, quota_used: int, earlier: Sequence[Grant], sent_to: Collection[str]
) -> Match:
    terms = agreement.terms
    case = Case(agreement, terms, way, quota_used)
    refusals = refused_by(ALWAYS, case)
    follows = bool(earlier) and (bool(held_by(earlier, way.now)) or terms.taker in sent_to)
    if not follows:
        refusals += refused_by(AT_FIRST, case)
    reasons = refusals or ((FOLLOW_UP,) if follows else (f"§ content: {terms.content or 'everything'}",))
    return Match(
        agreement=agreement.id,
        revision=agreement.revision,
        agency=terms.taker,
        verdict=Verdict(allowed=not refusals, reasons=reasons),
        grant=None if refusals else _grant(case, reasons, earlier),
    )


def _grant(case: Case, reasons: tuple[str, ...], earlier: Sequence[Grant]) -> Grant:
    way, version = case.way, case.way.reading.version
    opens = opening(case.terms, version, now=way.now, relayed=way.relayed, earlier=earlier)
    return Grant(
        agreement=case.agreement.id,
        revision=case.agreement.revision,
        agency=case.terms.taker,
        sequence=version.sequence,
        reasons=reasons,
        since=opens.since,
        advance=opens.advance,
    )
