"""What comes up in our relations: terms that end, actions overdue, anniversaries, agreements that expire. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from dragoman.model.agreement import Agreement
from dragoman.model.relation import Action, Institution, Membership, Office, PartialDate, Seat, earliest, latest

DueKind = Literal["office", "seat", "membership", "action", "anniversary", "agreement"]

AHEAD = timedelta(days=90)
BEHIND = timedelta(days=30)
"""So long a term that is over stays on the list; an action stays until it is closed."""
WARNINGS = (7, 30, 90)
"""An agreement's end is announced in these steps, in days."""
ROUND = 5
"""Anniversaries of a founding count when they are so many years, or a multiple."""


class Due(Struct, frozen=True, kw_only=True):
    """`when` as far as it is known, `day` the last day it may mean. `about` is the office, the seat, the action; `who` its
    person or institution. `count`: years of an anniversary; of an agreement the warning it has reached, in days.
    """

    kind: DueKind
    agency: str
    when: PartialDate
    day: date
    about: str = ""
    language: str = ""
    who: str = ""
    id: str = ""
    count: int = 0
    gives: bool = False
    """Of an agreement: do we give, they take?"""
    is_over: bool = False


def due_list(
    *,
    offices: Iterable[Office],
    seats: Iterable[Seat],
    memberships: Iterable[Membership],
    actions: Iterable[Action],
    institutions: Iterable[Institution],
    agreements: Iterable[Agreement],
    people: Mapping[int, str],
    home: str,
    today: date,
) -> list[Due]:
    """Everything that comes up within 90 days or is lately over, the soonest first."""
    found = [
        *(_ends("office", o, o.agency, o.title, people.get(o.person, ""), today) for o in offices),
        *(_ends("seat", s, s.agency, s.title, people.get(s.person, s.body), today) for s in seats),
        *(_ends("membership", m, m.agency, m.body, "", today) for m in memberships),
        *(_action(a, today) for a in actions),
        *(due for i in institutions for due in _anniversaries(i, today)),
        *(_expires(a, home, today) for a in agreements),
    ]
    return sorted((due for due in found if due is not None), key=lambda due: (due.day, due.agency, due.kind, due.about))


def _ends(
    kind: DueKind, term: Office | Seat | Membership, agency: str, about: str, who: str, today: date
) -> Due | None:
    if not term.until:
        return None
    day = latest(term.until)
    if not today - BEHIND <= day <= today + AHEAD:
        return None
    return Due(
        kind=kind,
        agency=agency,
        when=term.until,
        day=day,
        about=about,
        who=who,
        id=str(term.id),
        is_over=day < today,
    )


def _action(action: Action, today: date) -> Due | None:
    if action.state != "open" or action.due is None or action.due > today + AHEAD:
        return None
    return Due(
        kind="action",
        agency=action.agency,
        when=action.due.isoformat(),
        day=action.due,
        about=action.what,
        language=action.language,
        who=action.who,
        id=str(action.id),
        is_over=action.due < today,
    )


def _anniversaries(institution: Institution, today: date) -> Iterator[Due]:
    """Of a founding known to the day, its day; known to the month or year only, that month or year."""
    if not institution.founded:
        return
    founded = earliest(institution.founded).year
    for year in (today.year, today.year + 1):
        years = year - founded
        if years <= 0 or years % ROUND:
            continue
        when = _in_year(institution.founded, year)
        if earliest(when) <= today + AHEAD and today <= latest(when):
            yield Due(
                kind="anniversary",
                agency=institution.agency,
                when=when,
                day=latest(when),
                count=years,
                id=institution.agency,
            )


def _in_year(founded: PartialDate, year: int) -> PartialDate:
    rest = founded[4:]
    # Whoever was founded on 29 February keeps the day on the 28th.
    if rest == "-02-29" and (year % 4 or (not year % 100 and year % 400)):
        rest = "-02-28"
    return f"{year:04}{rest}"


def _expires(agreement: Agreement, home: str, today: date) -> Due | None:
    until = agreement.terms.valid_until
    if agreement.state != "active" or until is None:
        return None
    days = (until.date() - today).days
    warning = next((step for step in WARNINGS if days <= step), None)
    if warning is None or days < -BEHIND.days:
        return None
    terms = agreement.terms
    return Due(
        kind="agreement",
        agency=terms.taker if terms.giver == home else terms.giver,
        when=until.date().isoformat(),
        day=until.date(),
        about=agreement.id,
        id=agreement.id,
        count=warning,
        gives=terms.giver == home,
        is_over=days < 0,
    )
