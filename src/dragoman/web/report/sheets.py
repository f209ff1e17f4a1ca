"""The tables of the reports as CSV: columns in English and stable, values as they are. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from dragoman.desk.coverage import Report
from dragoman.model.errors import NotFound
from dragoman.reports.coverage import OutletLine, Share, is_counted, is_ours
from dragoman.reports.exchange import Both
from dragoman.reports.outlet import Outlet
from dragoman.reports.sheet import Cell, csv_text
from dragoman.store.coverage import Evidence
from dragoman.web.report.exchanged import Exchange

_Made = TypeVar("_Made")
Table = tuple[Sequence[str], Iterable[Sequence[Cell]]]

_OUTLET = ("id", "outlet", "country", "languages", "kind", "home_page", "audience", "audience_source", "audience_on")


def _outlet(one: Outlet) -> tuple[Cell, ...]:
    return (
        one.id,
        one.name,
        one.country,
        " ".join(one.languages),
        one.kind,
        one.home_page,
        one.audience,
        one.audience_source,
        one.audience_on,
    )


def _outlets(report: Report) -> Table:
    """Every outlet of the register: those that reported first, in the order they did, then those that did not."""
    lines = [*report.coverage.lines, *(OutletLine(outlet=one) for one in report.coverage.silent)]
    header = (*_OUTLET, "reported", "reports", "ours", "first", "last", "reported_in")
    return header, [
        (*_outlet(one.outlet), bool(one.count), one.count, one.ours, one.first, one.last, " ".join(one.languages))
        for one in lines
    ]


def _shares(name: str, shares: Callable[[Report], Sequence[Share]]) -> Callable[[Report], Table]:
    header = (name, "outlets", "reported", "reports", "ours")
    return lambda report: (
        header,
        [(one.key, one.outlets, one.reported, one.count, one.ours) for one in shares(report)],
    )


def _timeline(report: Report) -> Table:
    header = ("from", "step", "reports", "ours", "outlets_heard_first")
    step = report.coverage.step
    return header, [(one.start, step, one.count, one.ours, one.outlets) for one in report.coverage.timeline]


_COVERAGE: dict[str, Callable[[Report], Table]] = {
    "outlets": _outlets,
    "countries": _shares("country", lambda report: report.coverage.countries),
    "languages": _shares("language", lambda report: report.coverage.languages),
    "timeline": _timeline,
}


def coverage_csv(report: Report, table: str = "outlets") -> str:
    """One table of a coverage report.

    Raises:
        NotFound: it has no such table.
    """
    return csv_text(*_chosen(_COVERAGE, table)(report))


def evidence_csv(report: Report, evidence: Iterable[Evidence]) -> str:
    """Every piece of evidence with how it was found and ruled."""
    names = {one.outlet.id: one.outlet for one in report.coverage.lines}
    header = (
        *("id", "outlet", "country", "at", "language", "title", "link", "item", "found", "counts", "ours"),
        *("likeness", "like_item", "credited", "ruled_by", "note"),
    )
    rows = (
        (
            one.id,
            names[one.outlet].name if one.outlet in names else one.outlet,
            names[one.outlet].country if one.outlet in names else "",
            one.finding.at,
            one.finding.language,
            one.title,
            one.link,
            one.item,
            one.way,
            is_counted(one.finding),
            is_ours(one.finding),
            round(one.finding.likeness, 3),
            one.like_item,
            one.finding.credited,
            one.ruled_by,
            one.note,
        )
        for one in evidence
    )
    return csv_text(header, rows)


def register_csv(register: Iterable[Outlet]) -> str:
    """The register in the columns that an import reads."""
    header = (
        *("id", "name", "country", "languages", "kind", "home_page", "audience", "audience_source", "audience_on"),
        *("agency", "note", "registered", "retired"),
    )
    return csv_text(header, ((*_outlet(one), one.agency, one.note, one.registered, one.retired) for one in register))


# ------------------------------------------------------------------------------------------------------ exchange


def _totals(one: Exchange) -> Table:
    balance = one.balance
    said: dict[str, Cell] = {
        "partner": one.agency.code,
        "since": balance.since,
        "until": balance.until,
        "sent": balance.sent,
        "sent_items": balance.sent_items,
        "delivered": balance.delivered,
        "receipted": balance.receipted,
        "waiting": balance.waiting,
        "undelivered": balance.undelivered,
        "notices_sent": balance.notices_sent,
        "notices_receipted": balance.notices_receipted,
        "received": balance.received,
        "received_items": balance.received_items,
        "notices_received": balance.notices_received,
        "duplicates": balance.duplicates,
        "parked": balance.parked,
        "refused": balance.refused,
    }
    return tuple(said), [tuple(said.values())]


def _months(one: Exchange) -> Table:
    header = (
        *("month", "sent", "delivered", "receipted", "received"),
        *("notices_sent", "notices_receipted", "notices_received"),
    )
    return header, [
        (
            f"{each.month:%Y-%m}",
            each.sent,
            each.delivered,
            each.receipted,
            each.received,
            each.notices_sent,
            each.notices_receipted,
            each.notices_received,
        )
        for each in one.months
    ]


def _both(name: str, found: Callable[[Exchange], Sequence[Both]]) -> Callable[[Exchange], Table]:
    header = (name, "sent", "received")
    return lambda one: (header, [(each.key, each.sent, each.received) for each in found(one)])


def _quotas(one: Exchange) -> Table:
    header = ("agreement", "giver", "taker", "days", "daily_quota", "allowed", "used")
    return header, [
        (each.agreement, each.giver, each.taker, each.days, each.daily, each.allowed, each.used) for each in one.quotas
    ]


_EXCHANGE: dict[str, Callable[[Exchange], Table]] = {
    "totals": _totals,
    "months": _months,
    "languages": _both("language", lambda one: one.languages),
    "subjects": _both("subject", lambda one: one.subjects),
    "quotas": _quotas,
}


def exchange_csv(exchange: Exchange, table: str = "months") -> str:
    """One table of an exchange report. Raises: NotFound."""
    return csv_text(*_chosen(_EXCHANGE, table)(exchange))


def _chosen(tables: Mapping[str, _Made], name: str) -> _Made:
    if name not in tables:
        raise NotFound(f"There is no table {name[:40]!r}", hint=f"There are: {', '.join(tables)}.")
    return tables[name]
