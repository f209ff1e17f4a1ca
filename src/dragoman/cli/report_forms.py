"""How a report is written: as a table on the terminal, as CSV, JSON, SVG, or one HTML file that is whole by itself."""

from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec import Struct

from dragoman.cli.output import Out
from dragoman.desk.coverage import Report
from dragoman.model.agency import Agency
from dragoman.model.errors import NotFound
from dragoman.store.coverage import Evidence
from dragoman.web.report import drawn, told
from dragoman.web.report.answers import answer_of
from dragoman.web.report.exchanged import Exchange
from dragoman.web.report.paper import coverage_paper, exchange_paper
from dragoman.web.report.sheets import coverage_csv, evidence_csv, exchange_csv
from dragoman.web.times import zone_of
from dragoman.web.words import words


class Written(Struct, frozen=True, kw_only=True):
    """Where it is written, in which language, and which of its tables or charts."""

    out: Out
    language: str
    table: str | None = None
    chart: str | None = None


def write_coverage(to: Written, form: str, found: Report, pieces: Sequence[Evidence], home: Agency) -> None:
    """A coverage report in one of `FORMATS`. Raises: NotFound, where it has no such table or chart."""
    _COVERAGE[form](to, found, pieces, home)


def _table(to: Written, found: Report, pieces: Sequence[Evidence], home: Agency) -> None:
    spoken = words(to.language)
    to.out.say(told.statement(found, spoken))
    to.out.say(told.source(found, home.name, zone_of(home.zone), spoken))
    lines = [
        {
            "outlet": line.outlet.name,
            "country": line.outlet.country,
            "reports": line.count,
            "ours": line.ours,
            "first": line.first,
            "last": line.last,
            "languages": line.languages,
        }
        for line in found.coverage.lines
    ]
    silent = [{"outlet": one.name, "country": one.country, "reports": 0, "ours": 0} for one in found.coverage.silent]
    to.out.records([*lines, *silent], ("outlet", "country", "reports", "ours", "first", "last", "languages"))


def _csv(to: Written, found: Report, pieces: Sequence[Evidence], home: Agency) -> None:
    wanted = to.table or "outlets"
    text = evidence_csv(found, pieces) if wanted == "evidence" else coverage_csv(found, wanted)
    to.out.raw(text.encode())


def _json(to: Written, found: Report, pieces: Sequence[Evidence], home: Agency) -> None:
    answer = answer_of(found, pieces, (home.name, zone_of(home.zone)), words(to.language))
    to.out.raw(msgspec.json.encode(answer) + b"\n")


def _svg(to: Written, found: Report, pieces: Sequence[Evidence], home: Agency) -> None:
    to.out.raw(_chosen(drawn.of_coverage(found, words(to.language)), to.chart or "timeline"))


def _html(to: Written, found: Report, pieces: Sequence[Evidence], home: Agency) -> None:
    to.out.raw(coverage_paper(found, home, to.language).encode())


_COVERAGE: dict[str, Callable[[Written, Report, Sequence[Evidence], Agency], None]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "svg": _svg,
    "html": _html,
}
FORMATS = tuple(_COVERAGE)


def write_exchange(to: Written, form: str, found: Exchange) -> None:
    """An exchange report in one of `FORMATS`. Raises: NotFound, where it has no such table or chart."""
    _EXCHANGE[form](to, found)


def _exchange_table(to: Written, found: Exchange) -> None:
    # Nobody finds pick-ups yet: there is no figure, which is not the figure nought.
    to.out.record({**msgspec.structs.asdict(found.balance), "pick_ups": None})


def _exchange_svg(to: Written, found: Exchange) -> None:
    drawings = drawn.of_exchange(found.months, found.languages, words(to.language))
    to.out.raw(_chosen(drawings, to.chart or "months"))


_EXCHANGE: dict[str, Callable[[Written, Exchange], None]] = {
    "table": _exchange_table,
    "csv": lambda to, found: to.out.raw(exchange_csv(found, to.table or "months").encode()),
    "json": lambda to, found: to.out.raw(msgspec.json.encode(found) + b"\n"),
    "svg": _exchange_svg,
    "html": lambda to, found: to.out.raw(exchange_paper(found, to.language).encode()),
}


def _chosen(drawings: Mapping[str, drawn.Drawn], chart: str) -> bytes:
    if chart not in drawings:
        raise NotFound(f"There is no chart {chart!r}", hint=f"There are: {', '.join(drawings)}.")
    return drawings[chart].svg.encode()
