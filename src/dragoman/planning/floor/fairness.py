"""Who has been heard: questions, answers and waiting by agency, and whose turn it would be by that. Pure.

A question that was merged counts for its agency as what it was merged into.
"""

from collections import Counter
from datetime import datetime, timedelta

from msgspec import Struct

from dragoman.planning.floor.hall import Asked, Hall

_HEARD = frozenset({"answered", "asking"})


class Share(Struct, frozen=True, kw_only=True):
    """One agency on the floor. `oldest` and `average`: since when its questions wait, the longest and on the average;
    none: nothing of it waits. `share`: its part of all that was answered, 0 to 1."""

    party: str
    asked: int
    accepted: int
    answered: int
    declined: int
    waiting: int
    oldest: datetime | None
    average: datetime | None
    languages: tuple[str, ...]
    share: float


class Suggestion(Struct, frozen=True, kw_only=True):
    """Whose turn it is: of those on the list the agency heard least, then the question that has waited longest."""

    id: str
    party: str
    heard: int
    since: datetime


def shares(hall: Hall) -> tuple[Share, ...]:
    """Every agency that has asked, the least heard first."""
    by_party: dict[str, list[Asked]] = {}
    for one in hall.asked:
        if one.standing != "withdrawn":
            by_party.setdefault(one.question.party, []).append(one)
    total = sum(1 for one in hall.asked if _standing(hall, one) == "answered")
    found = [_share(hall, party, asked, total) for party, asked in by_party.items()]
    return tuple(sorted(found, key=lambda one: (one.answered, -one.waiting, one.party)))


def suggestion(hall: Hall) -> Suggestion | None:
    """The fairest next question; none where nothing waits on the list. Who is being heard now counts as heard."""
    heard = Counter(one.question.party for one in hall.asked if _standing(hall, one) in _HEARD)
    listed = hall.standing("accepted")
    if not listed:
        return None
    best = min(listed, key=lambda one: (heard[one.question.party], one.made.clock, one.id))
    party = best.question.party
    return Suggestion(id=best.id, party=party, heard=heard[party], since=best.made.at)


def _share(hall: Hall, party: str, asked: list[Asked], total: int) -> Share:
    stands = Counter(_standing(hall, one) for one in asked)
    waits = [one.made.at for one in asked if _standing(hall, one) in ("pending", "accepted")]
    return Share(
        party=party,
        asked=len(asked),
        accepted=stands["accepted"] + stands["asking"],
        answered=stands["answered"],
        declined=stands["declined"],
        waiting=len(waits),
        oldest=min(waits, default=None),
        average=_average(waits),
        languages=tuple(sorted({one.question.language for one in asked if one.question.language})),
        share=stands["answered"] / total if total else 0.0,
    )


def _standing(hall: Hall, one: Asked) -> str:
    head = hall.find(one.heads) if one.standing == "merged" else None
    return head.standing if head is not None and head.standing != "withdrawn" else one.standing


def _average(moments: list[datetime]) -> datetime | None:
    if not moments:
        return None
    first = min(moments)
    return first + sum((one - first for one in moments), timedelta()) / len(moments)
