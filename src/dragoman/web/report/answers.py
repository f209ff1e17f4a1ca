"""A coverage report as JSON: the statement and how it was come by, then every number, then the evidence."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from msgspec import Struct

from dragoman.desk.coverage import Report
from dragoman.reports.coverage import Coverage
from dragoman.reports.definition import Definition
from dragoman.store.coverage import Evidence
from dragoman.web.report import told
from dragoman.web.words import Words


class Answer(Struct, frozen=True, kw_only=True):
    """`read` below 1.0: not everything in the store has been read yet. Words are in `language`."""

    statement: str
    source: str
    method: tuple[str, ...]
    language: str
    at: datetime
    read: float
    reported: int
    countries_reached: int
    definition: Definition
    coverage: Coverage
    evidence: tuple[Evidence, ...] = ()


def answer_of(report: Report, evidence: Iterable[Evidence], home: tuple[str, tzinfo], words: Words) -> Answer:
    """`home` is the agency's name and its zone."""
    return Answer(
        statement=told.statement(report, words),
        source=told.source(report, *home, words),
        method=told.method(words),
        language=words.language,
        at=report.at,
        read=report.read,
        reported=report.coverage.reported,
        countries_reached=report.coverage.countries_reached,
        definition=report.definition,
        coverage=report.coverage,
        evidence=tuple(evidence),
    )
