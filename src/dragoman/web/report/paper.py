"""A report as one HTML file that needs nothing beside it: for the command line, for an e-mail, for the archive."""

from datetime import datetime
from typing import Any

from dragoman.desk.coverage import Report
from dragoman.model.agency import Agency
from dragoman.web.render import STATIC, Clock, environment
from dragoman.web.report import drawn, told
from dragoman.web.report.exchanged import Exchange
from dragoman.web.report.shown import SAID
from dragoman.web.times import zone_of
from dragoman.web.words import words

_SHEETS = ("tokens", "base", "parts", "report")


def coverage_paper(report: Report, home: Agency, language: str) -> str:
    """A coverage report in one of our languages."""
    spoken = words(language)
    return _paper(
        home,
        language,
        report.at,
        body="report/coverage_body.html",
        report=report,
        drawn=drawn.of_coverage(report, spoken),
        statement=told.statement(report, spoken, isolated=True),
        source=told.source(report, home.name, zone_of(home.zone), spoken),
        method=told.method(spoken),
    )


def exchange_paper(exchange: Exchange, language: str) -> str:
    """A month with one partner in one of our languages."""
    spoken = words(language)
    when = told.month(exchange.month, spoken)
    return _paper(
        exchange.home,
        language,
        exchange.at,
        body="report/exchange_body.html",
        exchange=exchange,
        drawn=drawn.of_exchange(exchange.months, exchange.languages, spoken),
        statement=told.exchange_statement(exchange.balance, exchange.agency.name, when, spoken),
        month=f"{exchange.month:%Y-%m}",
        month_name=when,
    )


def _paper(home: Agency, language: str, now: datetime, **values: Any) -> str:
    spoken = words(language)
    css = "\n".join((STATIC / f"{name}.css").read_text("utf-8") for name in _SHEETS)
    css += "\n@media print {\n" + (STATIC / "print.css").read_text("utf-8") + "\n}"
    return (
        environment()
        .get_template("report/paper.html")
        .render(
            t=spoken,
            words=spoken,
            home=home,
            now=now,
            clock=Clock(home.zone, spoken, now),
            zone=zone_of(home.zone),
            standalone=True,
            css=css,
            **SAID,
            **values,
        )
    )
