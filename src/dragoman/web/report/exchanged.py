"""The exchange with one partner in one month, as the store has it: what pages, prints, files and commands show."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from dragoman.model.agency import Agency
from dragoman.model.errors import BadInput, NotFound
from dragoman.reports.exchange import Balance, Both, Month, Quota, beside, languages, months
from dragoman.store import agencies, exchange_counts
from dragoman.store.connect import Connection
from dragoman.web.times import zone_of

BACK = 11
"""Months before the one asked for that the timeline shows."""


class Exchange(Struct, frozen=True, kw_only=True):
    """One partner, one month of the home agency's calendar. `months` are the last twelve."""

    home: Agency
    agency: Agency
    month: date
    balance: Balance
    months: tuple[Month, ...]
    languages: tuple[Both, ...]
    subjects: tuple[Both, ...]
    quotas: tuple[Quota, ...]
    at: datetime


class Partners(Struct, frozen=True, kw_only=True):
    """Every partner in one month, and the same by pair of countries: ours and theirs."""

    month: date
    balances: tuple[tuple[Agency, Balance], ...]
    countries: tuple[Both, ...]


def read_month(text: str, today: date) -> date:
    """The first day of a month written as 2026-10; of this month where nothing is written.

    Raises:
        BadInput: it is no month.
    """
    if not text.strip():
        return today.replace(day=1)
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text.strip()) or text.startswith("0000"):
        raise BadInput("This is not a month", text[:40], hint="Write it as 2026-10.")
    return date.fromisoformat(f"{text.strip()}-01")


def later(month: date, count: int) -> date:
    """The month `count` after (before, if negative), never outside the calendar."""
    index = min(max(month.year * 12 + month.month - 1 + count, 12), 9999 * 12 + 11)
    return date(index // 12, index % 12 + 1, 1)


def begins(month: date, zone: ZoneInfo) -> datetime:
    return datetime(month.year, month.month, 1, tzinfo=zone).astimezone(UTC)


def exchange(conn: Connection, code: str, month: date, now: datetime) -> Exchange:
    """
    Raises:
        NotFound: no partner has this code.
    """
    home, agency = agencies.home(conn), agencies.agency(conn, code)
    if agency.home:
        raise NotFound("This is our own agency, not a partner", code)
    zone = zone_of(home.zone)
    since, until = begins(month, zone), begins(later(month, 1), zone)
    first = later(month, -BACK)
    lines = exchange_counts.lines(conn, [agency.id], begins(first, zone), until, home.zone)
    return Exchange(
        home=home,
        agency=agency,
        month=month,
        balance=exchange_counts.balance(conn, code, since, until),
        months=months(lines, first, month),
        languages=languages(line for line in lines if line.month == month),
        subjects=exchange_counts.subjects(conn, agency.id, since, until),
        quotas=tuple(exchange_counts.quotas(conn, code, since, until, now)),
        at=now,
    )


def partners(conn: Connection, month: date) -> Partners:
    """Every partner's month, by name."""
    zone = zone_of(agencies.home(conn).zone)
    found = exchange_counts.by_partner(conn, begins(month, zone), begins(later(month, 1), zone))
    sent: dict[str, int] = {}
    received: dict[str, int] = {}
    for agency, balance in found:
        sent[agency.country] = sent.get(agency.country, 0) + balance.sent
        received[agency.country] = received.get(agency.country, 0) + balance.received
    return Partners(
        month=month,
        balances=tuple(found),
        countries=tuple(one for one in beside(sent, received) if one.sent or one.received),
    )
