"""What went between us and a partner, as counts: rows of the store in, balances and months out. Pure.

A *version* is counted once however many channels it went by; holds and kills are counted apart, as notices.
"""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct


class Balance(Struct, frozen=True, kw_only=True):
    """One partner and one period, `since` included, `until` not. Whatever is not called items or units counts versions."""

    agency: str
    since: datetime
    until: datetime
    sent: int = 0
    """Versions of copy they were given: the right has begun, whatever became of the delivery."""
    sent_items: int = 0
    delivered: int = 0
    """Of those sent, handed over on one channel at least."""
    receipted: int = 0
    """Of those sent, filed by them, on their own word."""
    waiting: int = 0
    undelivered: int = 0
    """Given up: parked or expired, and handed over on no other channel."""
    notices_sent: int = 0
    """Holds and kills they were owed."""
    notices_receipted: int = 0
    """Of those, honoured, on their own word."""
    received: int = 0
    received_items: int = 0
    notices_received: int = 0
    duplicates: int = 0
    """Units of theirs that we had already."""
    parked: int = 0
    """Units of theirs, or whole arrivals, that wait for a person."""
    refused: int = 0


class Line(Struct, frozen=True, kw_only=True):
    """Versions of one agency (by number), month, language and sort, as the store counts them. `sent` is False for what
    came from it."""

    agency: int
    month: date
    language: str
    sent: bool
    notice: bool
    count: int
    delivered: int = 0
    receipted: int = 0
    waiting: int = 0
    undelivered: int = 0


class Both(Struct, frozen=True, kw_only=True):
    """Versions sent and received under one heading: a language, a subject, a month, a pair of countries."""

    key: str
    sent: int = 0
    received: int = 0


class Month(Struct, frozen=True, kw_only=True):
    """One month with a partner; `month` is its first day."""

    month: date
    sent: int = 0
    delivered: int = 0
    receipted: int = 0
    received: int = 0
    notices_sent: int = 0
    notices_receipted: int = 0
    notices_received: int = 0


class Quota(Struct, frozen=True, kw_only=True):
    """An agreement against what was used of it in a period.

    `days` are those on which it was in force, today included, days to come not. `daily` and `allowed` are None where
    nothing limits it; `used` counts new items, follow-ups being free.
    """

    agreement: str
    giver: str
    taker: str
    days: int
    daily: int | None
    used: int

    @property
    def allowed(self) -> int | None:
        return None if self.daily is None else self.daily * self.days


def months(lines: Iterable[Line], first: date, last: date) -> tuple[Month, ...]:
    """Every month from that of `first` to that of `last`, in order, the empty ones too."""
    found = {month: dict.fromkeys(_MONTHLY, 0) for month in _every_month(first, last)}
    for line in lines:
        if line.month in found:
            for name, count in _counted(line).items():
                found[line.month][name] += count
    return tuple(Month(month=month, **counts) for month, counts in found.items())


_MONTHLY = (
    "sent",
    "delivered",
    "receipted",
    "received",
    "notices_sent",
    "notices_receipted",
    "notices_received",
)


def _counted(line: Line) -> dict[str, int]:
    if not line.sent:
        return {"notices_received" if line.notice else "received": line.count}
    if line.notice:
        return {"notices_sent": line.count, "notices_receipted": line.receipted}
    return {"sent": line.count, "delivered": line.delivered, "receipted": line.receipted}


def _every_month(first: date, last: date) -> list[date]:
    found, at = [], first.replace(day=1)
    while at <= last:
        found.append(at)
        at = at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)
    return found


def languages(lines: Iterable[Line]) -> tuple[Both, ...]:
    """Copy by primary language tag, the commonest first; notices are not copy."""
    sent: dict[str, int] = {}
    received: dict[str, int] = {}
    for line in lines:
        if not line.notice:
            side = sent if line.sent else received
            key = line.language.split("-")[0]
            side[key] = side.get(key, 0) + line.count
    return beside(sent, received)


def beside(sent: dict[str, int], received: dict[str, int]) -> tuple[Both, ...]:
    """The two counts under every key of either, the largest sum first, then by key."""
    both = (Both(key=k, sent=sent.get(k, 0), received=received.get(k, 0)) for k in {**sent, **received})
    return tuple(sorted(both, key=lambda one: (-one.sent - one.received, one.key)))


def days_in_force(valid_from: date, valid_until: date | None, first: date, last: date, today: date) -> int:
    """Days from `first` to `last` on which an agreement was in force; `valid_until` is the first on which it is not."""
    begin = max(valid_from, first)
    end = min(last, today)
    if valid_until is not None:
        end = min(end, date.fromordinal(valid_until.toordinal() - 1))
    return max(0, (end - begin).days + 1)
