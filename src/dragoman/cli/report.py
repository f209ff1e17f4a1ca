"""``dragoman report``: who reported what (coverage), and what was exchanged with whom."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import msgspec

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.report_forms import FORMATS, Written, write_coverage, write_exchange
from dragoman.cli.who import actor, signing
from dragoman.desk import coverage as desk
from dragoman.desk import outlets as desk_outlets
from dragoman.desk.coverage import Report
from dragoman.model.errors import BadInput
from dragoman.reports.definition import ABOUTS, LANGUAGES, Definition
from dragoman.store import agencies, coverage, outlets
from dragoman.store.connect import Connection

report = Noun("report", help="Reports: new, list, coverage, exchange, evidence, rule, add-mention, remove.")
_EDITORS = ("editor", "desk head", "partner manager")
_LONG_AGO = timedelta(days=30)


def _asked(function: Callable[..., Any]) -> Callable[..., Any]:
    """What a coverage report asks, as options."""
    for option in reversed(
        (
            click.option("--query", default="", help="What to look for, as on the wire."),
            click.option(
                "--from", "since", default="", help="The first day, as 2026-05-01; thirty days ago without it."
            ),
            click.option("--to", "until", default="", help="The last day, included; today without it."),
            click.option("--about", type=click.Choice(ABOUTS), default="query", show_default=True),
            click.option("--own", type=int, multiple=True, help="Our own item, by number; again for more."),
            click.option("--languages", default="", help="Printed in, as in en,ar."),
        )
    ):
        function = option(function)
    return function


def _shown(function: Callable[..., Any]) -> Callable[..., Any]:
    """How a report is shown, as options."""
    for option in reversed(
        (
            click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True),
            click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True),
            click.option("--table", help="Which table as CSV."),
            click.option("--chart", help="Which chart as SVG."),
        )
    ):
        function = option(function)
    return function


@report.command(
    "new",
    examples=(
        "dragoman report new 'River Forum 2026' --about event --query '\"river forum\"' --from 2026-05-01 --to 2026-05-14",
    ),
)
@click.argument("title")
@_asked
@click.option("--project", default="", help="The project of the event it is about.")
@click.option("--record", default="", help="The event's record in it.")
@signing
@click.pass_context
def new(
    ctx: click.Context,
    /,
    title: str,
    project: str,
    record: str,
    as_user: str | None,
    password_file: Path | None,
    **asked: Any,
) -> None:
    """Make a coverage report and read the store for it."""
    out: Out = ctx.obj
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        wanted = msgspec.structs.replace(_definition(conn, title, asked), project=project, record=record)
        made = desk.make(conn, wanted, by=by)
        out.record(_summary(desk.answer(conn, made.id, now())))


def _definition(conn: Connection, title: str, asked: dict[str, Any]) -> Definition:
    from dragoman.web.report.coverage import moment
    from dragoman.web.times import zone_of

    zone, today = zone_of(agencies.home(conn).zone), now()
    first = asked["since"] or (today - _LONG_AGO).astimezone(zone).date().isoformat()
    last = asked["until"] or today.astimezone(zone).date().isoformat()
    return Definition(
        title=title,
        about=asked["about"],
        query=asked["query"],
        since=moment(first, zone),
        until=moment(last, zone, after=timedelta(days=1)),
        languages=tuple(asked["languages"].replace(",", " ").split()),
        own=tuple(asked["own"]),
    )


def _summary(found: Report) -> Record:
    counted = found.coverage
    return {
        "report": found.definition.id or None,
        "title": found.definition.title,
        "query": found.definition.query,
        "since": found.definition.since,
        "until": found.definition.until,
        "register": counted.register,
        "reported": counted.reported,
        "countries": counted.countries_reached,
        "reports": counted.count,
        "ours": counted.ours,
        "first": counted.first,
        "last": counted.last,
    }


@report.command("list", examples=("dragoman report list", "dragoman report list --json"))
@click.pass_obj
def list_(out: Out) -> None:
    """List the coverage reports, newest first."""
    with newsroom(out) as (_, conn):
        found = map(msgspec.structs.asdict, coverage.definitions(conn))
        out.records(found, ("id", "title", "about", "query", "since", "until", "made_by"))


@report.command(
    "coverage",
    examples=(
        "dragoman report coverage 3",
        "dragoman report coverage 3 --format html --language ar > forum.html",
        "dragoman report coverage 3 --format csv --table evidence",
        "dragoman report coverage --query 'ferry OR паром' --from 2026-05-01 --to 2026-05-14",
    ),
)
@click.argument("number", type=int, required=False)
@_asked
@_shown
@click.pass_context
def coverage_(
    ctx: click.Context,
    /,
    number: int | None,
    form: str,
    language: str,
    table: str | None,
    chart: str | None,
    **asked: Any,
) -> None:
    """Show a coverage report, by its number; or ask one question, of which nothing is saved."""
    out: Out = ctx.obj
    if (number is None) == (not asked["query"]):
        raise BadInput("Say which report", hint="Its number, or --query with --from and --to.")
    with newsroom(out) as (_, conn):
        home = agencies.home(conn)
        if number is not None:
            found, pieces = desk.answer(conn, number, now()), coverage.evidence(conn, number, each=coverage.EVERY)
        else:
            found, pieces = desk.ask(conn, _definition(conn, asked["query"][:300], asked), now())
    written = Written(out=out, language=language, table=table, chart=chart)
    write_coverage(written, "json" if out.json else form, found, pieces, home)


# ------------------------------------------------------------------------------------------------ evidence


@report.command(
    "evidence", examples=("dragoman report evidence 3", "dragoman report evidence 3 --outlet delta.example")
)
@click.argument("number", type=int)
@click.option("--outlet", help="Of one outlet only.")
@click.pass_obj
def evidence(out: Out, number: int, outlet: str | None) -> None:
    """List the evidence of a report: what was found, how, and how it was ruled."""
    with newsroom(out) as (_, conn):
        found = desk.answer(conn, number, now())
        chosen = outlets.find(conn, outlet).id if outlet else None
        pieces = coverage.evidence(conn, number, outlet=chosen, each=coverage.EVERY)
    names = {line.outlet.id: line.outlet.name for line in found.coverage.lines}
    rows = (
        {
            "id": one.id,
            "outlet": names.get(one.outlet, str(one.outlet)),
            "at": one.finding.at,
            "way": one.way,
            "counts": one.finding.counts is not False,
            "likeness": round(one.finding.likeness, 2),
            "credited": one.finding.credited,
            "ours": one.finding.ours,
            "title": one.title,
            "link": one.link,
            "item": one.item,
            "ruled_by": one.ruled_by,
        }
        for one in pieces
    )
    out.records(rows, ("id", "outlet", "at", "way", "counts", "likeness", "credited", "title", "link"))


@report.command("rule", examples=("dragoman report rule 41 denied --note 'Another forum.'",))
@click.argument("number", type=int)
@click.argument("ruling", type=click.Choice([*coverage.RULINGS, "as found"]))
@click.option("--note", default="", help="Why.")
@signing
@click.pass_obj
def rule(out: Out, number: int, ruling: str, note: str, as_user: str | None, password_file: Path | None) -> None:
    """Rule over a piece of evidence, by its number: it counts or not, it is ours or not. Kept with who said so."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        of = desk.rule(conn, number, ruling, note, by=by)
        out.record({"evidence": number, "report": of, "ruling": ruling, "by": by})


@report.command(
    "add-mention",
    examples=(
        "dragoman report add-mention delta.example https://delta.example/1 'Forum am Fluss' --at 2026-05-02T09:30 --report 3",
    ),
)
@click.argument("outlet")
@click.argument("link")
@click.argument("title")
@click.option("--at", "published", required=True, help="When it was published, as 2026-05-02T09:30, home time.")
@click.option("--language", default="", help="Its language; found out without it.")
@click.option(
    "--text-file", type=click.Path(path_type=Path, allow_dash=True), help="Its text, to be compared with ours."
)
@click.option("--report", "number", type=int, help="The report it is for, whatever its query.")
@signing
@click.pass_obj
def add_mention(
    out: Out,
    outlet: str,
    link: str,
    title: str,
    published: str,
    language: str,
    text_file: Path | None,
    number: int | None,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Write down a report of an outlet with its link and time. It is counted, never passed on."""
    from dragoman.web.report.coverage import moment
    from dragoman.web.times import zone_of

    text = _text(text_file) if text_file else ""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        at = moment(published, zone_of(agencies.home(conn).zone))
        found = outlets.find(conn, outlet)
        made = desk_outlets.mention(conn, found.id, link, title, at, by=by, language=language, text=text, report=number)
        out.record(
            {
                "mention": made.id,
                "outlet": found.name,
                "published": made.published,
                "language": made.language,
                "title": made.title,
                "link": made.link,
            }
        )


def _text(file: Path) -> str:
    try:
        with click.open_file(str(file), encoding="utf-8") as opened:
            return str(opened.read(desk_outlets.MOST_TEXT + 1))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("The text cannot be read", f"{file}: {error}") from error


@report.command("remove", examples=("dragoman report remove 3",))
@click.argument("number", type=int)
@signing
@click.pass_obj
def remove(out: Out, number: int, as_user: str | None, password_file: Path | None) -> None:
    """Take a coverage report out of the list. Its evidence and rulings are kept."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        desk.remove(conn, number, by=by, now=now())
        out.say(f"Report {number} is out of the list.")


# ------------------------------------------------------------------------------------------------ exchange


@report.command(
    "exchange",
    examples=(
        "dragoman report exchange TIDE --month 2026-10",
        "dragoman report exchange TIDE --month 2026-10 --format html --language ar > tide.html",
        "dragoman report exchange TIDE --format csv --table quotas",
    ),
)
@click.argument("agency")
@click.option("--month", default="", help="As 2026-10; this month without it.")
@_shown
@click.pass_obj
def exchange(out: Out, agency: str, month: str, form: str, language: str, table: str | None, chart: str | None) -> None:
    """Show a month's exchange with a partner, both ways, against the agreements."""
    from dragoman.web.report.exchanged import exchange as exchanged
    from dragoman.web.report.exchanged import read_month
    from dragoman.web.times import zone_of

    with newsroom(out) as (_, conn):
        at = now()
        chosen = read_month(month, at.astimezone(zone_of(agencies.home(conn).zone)).date())
        found = exchanged(conn, agency, chosen, at)
    written = Written(out=out, language=language, table=table, chart=chart)
    write_exchange(written, "json" if out.json else form, found)
