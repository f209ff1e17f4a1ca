"""May we translate this copy, and whose leave does a translation need to go on? Pure.

What we translate stays its origin's in everything but the words: its embargo, its credit and its restrictions travel
with the translation, and where the copy may not go on, no more may its translation.
"""

from collections.abc import Sequence
from datetime import datetime

from dragoman.model.agreement import Agreement, Grant, Verdict
from dragoman.model.version import Version
from dragoman.route.rights import Standing, may

ALLOWED = Verdict(allowed=True)


def giver_of(version: Version, home: str) -> str:
    """Who handed us the copy; of what our own desk made, who handed us what it was made from; `home`: nobody did."""
    if version.agency != home:
        return version.agency
    hops = [hop.agency for hop in version.item.ours.hops if hop.agency != home]
    if hops:
        return hops[-1]
    return version.origin


def is_of_others(version: Version, home: str) -> bool:
    """Is it another's copy, or our translation of another's copy? Then it goes on only with the giver's leave."""
    if version.origin != home:
        return True
    return version.item.ours.translation_of is not None and giver_of(version, home) != home


def may_translate(version: Version, agreements: Sequence[Agreement], *, home: str, now: datetime) -> Verdict:
    """Whether we may translate `version`, with the clause that forbids it. Our own copy needs nobody's leave.

    The embargo does not stand in the way: what we were given ahead may be translated ahead, and the translation is held
    as the original is.
    """
    giver = giver_of(version, home)
    if giver == home:
        return ALLOWED
    under = [a for a in agreements if a.terms.giver == giver and a.terms.taker == home]
    if not under:
        return Verdict(allowed=False, reasons=(f"§ translation: no agreement with {giver} is in force",))
    verdicts = [_under(agreement, version, now) for agreement in under]
    return next((one for one in verdicts if one), verdicts[0])


def _under(agreement: Agreement, version: Version, now: datetime) -> Verdict:
    grant = Grant(
        agreement=agreement.id,
        revision=agreement.revision,
        agency=agreement.terms.taker,
        sequence=version.sequence,
        since=min(version.received, now),
    )
    facts = Standing(state=version.state, act=version.act, agreement=agreement.state)
    verdict = may(agreement.terms, facts, grant, "translate", now)
    named = tuple(f"{reason} ({agreement.id} with {agreement.terms.giver})" for reason in verdict.reasons)
    return Verdict(allowed=verdict.allowed, reasons=named)
