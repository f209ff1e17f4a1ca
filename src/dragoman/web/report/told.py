"""What a report says in words: its statement, its source, its period, its method; numbers and days as a language has them.

Pure; pages, prints, charts and the command line say the same.
"""

from datetime import date, datetime, timedelta, tzinfo

from babel.dates import format_skeleton
from babel.numbers import format_decimal, format_percent

from dragoman.desk.coverage import Report
from dragoman.reports.coverage import UNKNOWN, Finding, is_ours
from dragoman.reports.exchange import Balance
from dragoman.reports.likeness import SAME_TEXT
from dragoman.web.render import language_name
from dragoman.web.words import Words


def number(count: int | None, words: Words) -> str:
    """The count with its thousands parted; a dash where there is none."""
    return "–" if count is None else str(format_decimal(count, locale=words.locale))


def percent(share: float, words: Words) -> str:
    return str(format_percent(round(share, 2), locale=words.locale))


def day(at: date | None, words: Words) -> str:
    return "–" if at is None else str(format_skeleton("yMMMd", at, locale=words.locale))


def month(at: date, words: Words) -> str:
    return str(format_skeleton("yMMMM", at, locale=words.locale))


def period(since: datetime, until: datetime, zone: tzinfo, words: Words) -> str:
    """From day to day, both included; one day is said once."""
    first = since.astimezone(zone).date()
    last = (until.astimezone(zone) - timedelta(microseconds=1)).date()
    return day(first, words) if first == last else f"{day(first, words)} – {day(last, words)}"


def country(code: str, words: Words) -> str:
    return words("report.no_country") if code == UNKNOWN else str(words.locale.territories.get(code, code))


def language(code: str, words: Words) -> str:
    return words("report.no_language") if code == "und" else language_name(code, words.language)


def statement(report: Report, words: Words, *, isolated: bool = False) -> str:
    """The title of a coverage report: what it found, in one sentence. `isolated`: for a page, where the report's own
    title may run the other way (UAX #9)."""
    found, title = report.coverage, report.definition.title
    key = "report.coverage.statement" if found.reported else "report.coverage.statement_none"
    return words(
        key,
        count=found.reported,
        outlets=number(found.register, words),
        countries=number(found.countries_reached, words),
        title=f"\u2068{title}\u2069" if isolated else title,
    )


def source(report: Report, home: str, zone: tzinfo, words: Words) -> str:
    """Where the figures are from: whose register, how many outlets, as of when."""
    at = report.at.astimezone(zone)
    return words(
        "report.coverage.source",
        count=report.coverage.register,
        agency=home,
        day=f"{day(at.date(), words)} {at:%H:%M}",
    )


def method(words: Words) -> tuple[str, ...]:
    """How it was measured, in sentences."""
    return (
        words("report.method.who"),
        words("report.method.ours", share=percent(SAME_TEXT, words)),
        words("report.method.hand"),
        words("report.method.limits"),
    )


def how(finding: Finding, words: Words) -> str:
    """Why a piece of evidence counts as ours, or a dash."""
    if finding.ours is not None:
        return words("report.ours.ruled" if finding.ours else "report.ours.denied")
    said = [
        words("report.ours.origin") if finding.from_us else "",
        words("report.ours.text", share=percent(finding.likeness, words)) if finding.likeness >= SAME_TEXT else "",
        words("report.ours.credit") if finding.credited else "",
    ]
    return ", ".join(one for one in said if one) if is_ours(finding) else "–"


def exchange_statement(balance: Balance, name: str, when: str, words: Words) -> str:
    """The title of an exchange report."""
    return words(
        "report.exchange.statement",
        month=when,
        sent=number(balance.sent, words),
        received=number(balance.received, words),
        name=name,
    )
