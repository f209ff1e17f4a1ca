"""The charts of the reports, in the viewer's words. Pure; each has the name by which its file is addressed."""

from collections.abc import Callable, Sequence
from datetime import datetime

from babel.dates import format_skeleton
from msgspec import Struct

from dragoman.desk.coverage import Report
from dragoman.reports.chart import Chart, Series, bars, columns
from dragoman.reports.coverage import DAYS, HOURS, MONTHS, Bucket, Share
from dragoman.reports.exchange import Both, Month
from dragoman.web.report import told
from dragoman.web.words import Words

MOST_BARS = 20


class Drawn(Struct, frozen=True, kw_only=True):
    """A chart and its drawing."""

    name: str
    chart: Chart
    svg: str


def of_coverage(report: Report, words: Words) -> dict[str, Drawn]:
    """Timeline, countries, languages: those that have something to show."""
    found = report.coverage
    made = [
        _timeline(found.timeline, found.step, words),
        _shares("countries", found.countries, lambda code: told.country(code, words), words),
        _shares("languages", found.languages, lambda code: told.language(code, words), words),
    ]
    return {one.name: one for one in made if one.chart.labels}


def _timeline(buckets: Sequence[Bucket], step: str, words: Words) -> Drawn:
    chart = Chart(
        id="timeline",
        title=words("report.chart.timeline"),
        description=words("report.chart.timeline_says", count=sum(one.count for one in buckets)),
        labels=tuple(label(one.start, step, words) for one in buckets),
        series=_two(words, "ours", "others", [one.ours for one in buckets], [one.count - one.ours for one in buckets]),
        language=words.language,
    )
    return Drawn(name="timeline", chart=chart, svg=columns(chart))


def label(at: datetime, step: str, words: Words) -> str:
    """A column's name: an hour with its day at midnight, a day, a month."""
    if step == HOURS and at.hour:
        return f"{at:%H:%M}"
    return str(format_skeleton(_SKELETONS[step], at, locale=words.locale))


_SKELETONS = {HOURS: "MMMd", DAYS: "MMMd", MONTHS: "yMMM"}


def _shares(name: str, shares: Sequence[Share], said: Callable[[str], str], words: Words) -> Drawn:
    """Outlets that reported, of those of the register; where more reported than declare a language, of those."""
    shown = shares[:MOST_BARS]
    scales = [max(one.outlets, one.reported) for one in shown]
    chart = Chart(
        id=name,
        title=words(f"report.chart.{name}"),
        description=words("report.chart.shares_says"),
        labels=tuple(said(one.key) for one in shown),
        series=(
            Series(name=words("report.chart.reported"), values=tuple(one.reported for one in shown), style="ours"),
        ),
        language=words.language,
        notes=tuple(
            words("report.chart.of", count=one.reported, all=scale) for one, scale in zip(shown, scales, strict=True)
        ),
        tracks=tuple(scales),
    )
    return Drawn(name=name, chart=chart, svg=bars(chart))


def of_exchange(months: Sequence[Month], languages: Sequence[Both], words: Words) -> dict[str, Drawn]:
    """Months and languages of the exchange with one partner."""
    by_month = Chart(
        id="months",
        title=words("report.chart.months"),
        description=words("report.chart.months_says"),
        labels=tuple(str(format_skeleton("yMMM", one.month, locale=words.locale)) for one in months),
        series=_two(words, "sent", "received", [one.sent for one in months], [one.received for one in months]),
        language=words.language,
    )
    shown = languages[:MOST_BARS]
    by_language = Chart(
        id="languages",
        title=words("report.chart.exchange_languages"),
        description=words("report.chart.languages_says"),
        labels=tuple(told.language(one.key, words) for one in shown),
        series=_two(words, "sent", "received", [one.sent for one in shown], [one.received for one in shown]),
        language=words.language,
        notes=tuple(f"{told.number(one.sent, words)} + {told.number(one.received, words)}" for one in shown),
    )
    drawn = {"months": Drawn(name="months", chart=by_month, svg=columns(by_month))}
    if shown:
        drawn["languages"] = Drawn(name="languages", chart=by_language, svg=bars(by_language))
    return drawn


def _two(words: Words, first: str, second: str, values: Sequence[int], others: Sequence[int]) -> tuple[Series, ...]:
    return (
        Series(name=words(f"report.chart.{first}"), values=tuple(values), style="ours"),
        Series(name=words(f"report.chart.{second}"), values=tuple(others), style="others"),
    )
