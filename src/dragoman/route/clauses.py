"""The clauses of an agreement, each a function that says why it refuses, or says nothing. Pure."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

from msgspec import Struct

from dragoman.model.agreement import Agreement, Terms
from dragoman.query import QuerySyntax, Reading, Tree, explain, matches, parse
from dragoman.route.rights import NOTICES


class Passage(Struct, frozen=True, kw_only=True):
    """How a version stands before any agreement: worked out once, asked by each.

    `passed`: the agencies it came from or through; `kept_here`: the clause that keeps relayed copy with us, if one does;
    `kept_from_new`: the one that keeps it from those who do not have the item yet.
    """

    reading: Reading
    home: str
    now: datetime
    passed: frozenset[str]
    kept_here: str = ""
    kept_from_new: str = ""
    relayed: bool = False


class Case(Struct, frozen=True):
    """One agreement and one version."""

    agreement: Agreement
    terms: Terms
    way: Passage
    quota_used: int


def refused_by(clauses: tuple[Callable[[Case], str], ...], case: Case) -> tuple[str, ...]:
    """What each of the clauses that refuse says, in their order."""
    return tuple(said for clause in clauses if (said := clause(case)))


def onward_clauses(
    giver: str, reading: Reading, agreements: Sequence[Agreement], *, home: str, now: datetime
) -> tuple[str, str]:
    """What keeps copy handed to us by `giver` from going on: altogether, and as far as new takers go. Empty: nothing.

    Who has the item already may have what follows, even when it is no longer what the giver's agreement is about.
    """
    under = [a for a in agreements if a.terms.giver == giver and a.terms.taker == home and _runs(a, now)]
    allowing = [a for a in under if a.terms.onward]
    if not under:
        return f"§ onward: no agreement with {giver} is in force", ""
    if not allowing:
        return f"§ onward: {', '.join(a.id for a in under)} with {giver} does not allow it", ""
    if any(_covers(a.terms, reading, now) for a in allowing):
        return "", ""
    return "", f"§ onward: {', '.join(a.id for a in allowing)} with {giver} allows it, but not for copy like this"


def _runs(agreement: Agreement, now: datetime) -> bool:
    terms = agreement.terms
    ended = terms.valid_until is not None and terms.valid_until <= now
    return agreement.state == "active" and terms.valid_from <= now and not ended


def _covers(terms: Terms, reading: Reading, now: datetime) -> bool:
    return not (_kinds(terms, reading) or _languages(terms, reading) or _content(terms, reading, now))


def _giver(case: Case) -> str:
    giver, home = case.terms.giver, case.way.home
    return "" if giver == home else f"§ giver: {giver} gives under it, not {home}"


def _state(case: Case) -> str:
    state = case.agreement.state
    return "" if state == "active" else f"§ agreement: {state}"


def _begun(case: Case) -> str:
    begins = case.terms.valid_from
    return f"§ valid from {begins:%Y-%m-%d %H:%M %Z}" if case.way.now < begins else ""


def _unended(case: Case) -> str:
    ends = case.terms.valid_until
    return f"§ valid until {ends:%Y-%m-%d %H:%M %Z}" if ends is not None and ends <= case.way.now else ""


def _standing(case: Case) -> str:
    version = case.way.reading.version
    if version.act in NOTICES:
        return f"§ state: a {version.act} goes to those who have the copy, and to nobody else"
    return "" if version.state == "usable" else f"§ state: the item is {version.state}"


def _no_return(case: Case) -> str:
    back = case.terms.no_return and case.terms.taker in case.way.passed
    return f"§ no return: already passed through {case.terms.taker}" if back else ""


def _kinds(terms: Terms, reading: Reading) -> str:
    kind = reading.item.type
    return "" if kind in terms.kinds else f"§ kinds: {', '.join(terms.kinds) or 'none'} only, this is {kind}"


def _languages(terms: Terms, reading: Reading) -> str:
    if not terms.languages or any(language.casefold() in reading.languages for language in terms.languages):
        return ""
    return f"§ languages: {', '.join(terms.languages)} only, this is {reading.item.language or 'of unknown language'}"


def _content(terms: Terms, reading: Reading, now: datetime) -> str:
    tree = _query(terms.content)
    if isinstance(tree, str):
        return f"§ content: cannot be read: {tree}"
    if matches(tree, reading, now=now):
        return ""
    return f"§ content: {'; '.join(explain(tree, reading, now=now))} does not match"


@lru_cache(maxsize=4096)
def _query(content: str) -> Tree | str:
    """The tree of an agreement's content. A partner's newer Dragoman may know words that ours does not: then why not."""
    try:
        return parse(content)
    except QuerySyntax as error:
        return error.title


def _quota(case: Case) -> str:
    quota = case.terms.daily_quota
    full = quota is not None and quota <= case.quota_used
    return f"§ quota: {quota} a day, {case.quota_used} used" if full else ""


ALWAYS: Final[tuple[Callable[[Case], str], ...]] = (
    _giver,
    _state,
    _begun,
    _unended,
    _standing,
    _no_return,
    lambda case: case.way.kept_here,
)
"""Clauses that every version has to pass."""
AT_FIRST: Final[tuple[Callable[[Case], str], ...]] = (
    lambda case: _kinds(case.terms, case.way.reading),
    lambda case: _languages(case.terms, case.way.reading),
    lambda case: _content(case.terms, case.way.reading, case.way.now),
    lambda case: case.way.kept_from_new,
    _quota,
)
"""Clauses that only decide who gets an item in the first place; its holders need not pass them again."""
