"""Coverage reports as pages and files: made, read, printed in any of our languages, their evidence ruled over."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import groupby

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import coverage as desk
from dragoman.desk import outlets as desk_outlets
from dragoman.desk.coverage import Report
from dragoman.model.errors import BadInput, NotFound
from dragoman.reports.definition import ABOUTS, About, Definition
from dragoman.reports.likeness import SAME_TEXT
from dragoman.store import coverage, outlets
from dragoman.store.connect import borrowed
from dragoman.web.asking import Page
from dragoman.web.report import drawn, told
from dragoman.web.report.answers import answer_of
from dragoman.web.report.exchanged import later, partners, read_month
from dragoman.web.report.sheets import coverage_csv, evidence_csv
from dragoman.web.report.shown import file, now, number_of, parts, shown, words_for
from dragoman.web.site import Site, site_of
from dragoman.web.times import zone_of
from dragoman.web.words import LANGUAGES

PATIENCE = timedelta(seconds=2)
"""How long a page waits for a first reading before it shows what it has."""
EACH, PAGE = 5, 200


@get("/reports", sync_to_thread=True)
def reports(request: Page, month: FromQuery[str] = "") -> Response[str]:
    """Coverage reports, the register, and the month's exchange with every partner."""
    site = site_of(request)
    chosen = read_month(month, now().astimezone(zone_of(site.home.zone)).date())
    with borrowed(site.newsroom) as conn:
        found = partners(conn, chosen)
        definitions, register = coverage.definitions(conn), len(outlets.outlets(conn))
    return shown(
        request,
        "report/reports.html",
        definitions=definitions,
        register=register,
        balances=found.balances,
        countries=found.countries,
        month=f"{chosen:%Y-%m}",
        month_name=told.month(chosen, request.user.words),
        before=f"{later(chosen, -1):%Y-%m}",
        after=f"{later(chosen, 1):%Y-%m}",
    )


@get("/report/coverage/new", sync_to_thread=True)
def new(
    request: Page,
    title: FromQuery[str] = "",
    about: FromQuery[str] = "event",
    q: FromQuery[str] = "",
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    project: FromQuery[str] = "",
    record: FromQuery[str] = "",
) -> Response[str]:
    """The form; an event's page leads here with its title, days and number."""
    return shown(
        request,
        "report/coverage_new.html",
        **{"title": title, "about": about, "query": q, "since": since, "until": until},
        project=project,
        record=record,
        abouts=ABOUTS,
        languages=LANGUAGES,
    )


@post("/report/coverage", sync_to_thread=True)
def make(request: Page) -> Redirect:
    request.user.must("register")
    site = site_of(request)
    wanted = definition_of(request.user.form, zone_of(site.home.zone))
    with borrowed(site.newsroom) as conn:
        made = desk.make(conn, wanted, by=request.user.person.name)
    return Redirect(f"/report/coverage/{made.id}", status_code=303)


def definition_of(form: Mapping[str, str], zone: tzinfo) -> Definition:
    """A definition from a form's fields: days are days in `zone`, the last one included.

    Raises:
        BadInput: a day or a number that is none.
    """
    own = form.get("own", "").replace(",", " ").split()
    if not all(word.isdecimal() and len(word) < 19 for word in own):
        raise BadInput("Own items are given by number", " ".join(own)[:60], hint="As 17 42.")
    about = form.get("about", "query")
    if about not in ABOUTS:
        raise BadInput("A report is not about this", about[:40], hint=", ".join(ABOUTS))
    return Definition(
        title=form.get("title", ""),
        about=msgspec.convert(about, type=About),
        query=form.get("query", ""),
        since=moment(form.get("since", ""), zone),
        until=moment(form.get("until", ""), zone, after=timedelta(days=1)),
        languages=tuple(code for code in LANGUAGES if form.get(f"language_{code}")),
        project=form.get("project", ""),
        record=form.get("record", ""),
        own=tuple(map(int, own)),
    )


def moment(text: str, zone: tzinfo, *, after: timedelta = timedelta()) -> datetime:
    """A day, or a day and a time, in `zone`; `after` is added to a day that stands alone.

    Raises:
        BadInput: it is neither.
    """
    try:
        said = datetime.fromisoformat(text.strip())
        if len(text.strip()) <= len("2026-05-01"):
            said = datetime.combine(said.date() + after, time())
        aware = said if said.tzinfo else said.replace(tzinfo=zone)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput("This is not a day", text[:40], hint="Write it as 2026-05-01.") from error


@get("/report/coverage/{name:str}", sync_to_thread=True)
def report(
    request: Page,
    name: FromPath[str],
    language: FromQuery[str] = "",
    table: FromQuery[str] = "outlets",
    chart: FromQuery[str] = "timeline",
) -> Response[str] | Response[bytes]:
    """The report as a page; ``17.csv?table=…``, ``17.json`` and ``17.svg?chart=…`` are its files."""
    base, suffix = parts(name)
    number = number_of(base)
    if suffix:
        return _file(request, number, suffix, language, table, chart)
    site, spoken = site_of(request), words_for(request, language)
    with borrowed(site.newsroom) as conn:
        found = desk.answer(conn, number, now(), budget=PATIENCE)
        register = outlets.outlets(conn)
    return shown(
        request,
        "report/coverage.html",
        language=language,
        report=found,
        register=register,
        drawn=drawn.of_coverage(found, spoken),
        statement=told.statement(found, spoken, isolated=True),
        source=told.source(found, site.home.name, zone_of(site.home.zone), spoken),
        method=told.method(spoken),
    )


def _file(request: Page, number: int, suffix: str, language: str, table: str, chart: str) -> Response[bytes]:
    site, spoken = site_of(request), words_for(request, language)
    with borrowed(site.newsroom) as conn:
        found = desk.answer(conn, number, now())
        wants_evidence = suffix == "json" or table == "evidence"
        evidence = coverage.evidence(conn, number, each=coverage.EVERY) if wants_evidence else []
    if suffix == "svg":
        return file(_drawing(found, chart, drawn.of_coverage(found, spoken)), suffix, f"coverage-{number}-{chart}")
    if suffix == "csv":
        body = evidence_csv(found, evidence) if table == "evidence" else coverage_csv(found, table)
        return file(body, suffix, f"coverage-{number}-{table}")
    return file(msgspec.json.encode(answer_of(found, evidence, _home(site), spoken)), suffix, f"coverage-{number}")


def _home(site: Site) -> tuple[str, tzinfo]:
    return site.home.name, zone_of(site.home.zone)


def _drawing(found: Report, chart: str, drawings: Mapping[str, drawn.Drawn]) -> str:
    if chart not in drawings:
        raise NotFound(f"There is no chart {chart[:40]!r}", hint=f"There are: {', '.join(drawings)}.")
    return drawings[chart].svg


@get("/report/coverage/{number:int}/evidence", sync_to_thread=True)
def evidence(
    request: Page, number: FromPath[int], outlet: FromQuery[int | None] = None, skip: FromQuery[int] = 0
) -> Response[str]:
    """The evidence: a few pieces of every outlet, or all of one."""
    each, after = (PAGE, max(0, skip)) if outlet is not None else (EACH, 0)
    with borrowed(site_of(request).newsroom) as conn:
        found = desk.answer(conn, number, now(), budget=PATIENCE)
        pieces = coverage.evidence(conn, number, outlet=outlet, each=each + 1, skip=after)
        known = outlets.by_number(outlets.outlets(conn))
    counts = {line.outlet.id: line.count for line in found.coverage.lines}
    groups, more = [], {}
    for of, some in groupby(pieces, key=lambda piece: piece.outlet):
        all_of_it = list(some)
        groups.append((known[of], all_of_it[:each]))
        if len(all_of_it) > each:
            more[of] = max(1, counts.get(of, 0) - after - each)
    return shown(
        request,
        "report/evidence.html",
        report=found,
        groups=groups,
        more=more,
        chosen=known.get(outlet) if outlet is not None else None,
        following=after + each,
        rulings=("counts", "denied", "ours", "not ours", "as found"),
        same=SAME_TEXT,
        back=f"?outlet={outlet}" if outlet is not None else "",
    )


@post("/report/evidence/{number:int}", sync_to_thread=True)
def rule(request: Page, number: FromPath[int]) -> Redirect:
    request.user.must("register")
    form = request.user.form
    with borrowed(site_of(request).newsroom) as conn:
        found = desk.rule(conn, number, form.get("ruling", ""), form.get("note", ""), by=request.user.person.name)
    outlet = form.get("back", "").removeprefix("?outlet=")
    query = f"?outlet={outlet}" if outlet.isdecimal() and len(outlet) < 10 else ""
    return Redirect(f"/report/coverage/{found}/evidence{query}#evidence-{number}", status_code=303)


@post("/report/coverage/{number:int}/mention", sync_to_thread=True)
def mention(request: Page, number: FromPath[int]) -> Redirect:
    """A report written down by hand, for this report and for every other whose query it answers."""
    request.user.must("register")
    site, form = site_of(request), request.user.form
    with borrowed(site.newsroom) as conn:
        desk_outlets.mention(
            conn,
            number_of(form.get("outlet", "")),
            form.get("link", ""),
            form.get("title", ""),
            moment(form.get("published", ""), zone_of(site.home.zone)),
            by=request.user.person.name,
            language=form.get("language", ""),
            text=form.get("text", ""),
            report=number,
        )
    return Redirect(f"/report/coverage/{number}#reported", status_code=303)


@post("/report/coverage/{number:int}/remove", sync_to_thread=True)
def remove(request: Page, number: FromPath[int]) -> Redirect:
    request.user.must("register")
    with borrowed(site_of(request).newsroom) as conn:
        desk.remove(conn, number, by=request.user.person.name, now=now())
    return Redirect("/reports", status_code=303)


ROUTES: list[ControllerRouterHandler] = [reports, new, make, report, evidence, rule, mention, remove]
