"""The exchange with one partner as a page, in the viewer's language or the partner's, and as files."""

import msgspec
from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from dragoman.model.errors import NotFound
from dragoman.store.connect import borrowed
from dragoman.web.asking import Page
from dragoman.web.report import drawn, told
from dragoman.web.report.exchanged import exchange, later, read_month
from dragoman.web.report.sheets import exchange_csv
from dragoman.web.report.shown import file, now, parts, shown, words_for
from dragoman.web.site import site_of
from dragoman.web.times import zone_of
from dragoman.web.words import LANGUAGES


@get("/report/exchange/{name:str}", sync_to_thread=True)
def report(
    request: Page,
    name: FromPath[str],
    month: FromQuery[str] = "",
    language: FromQuery[str] = "",
    table: FromQuery[str] = "months",
    chart: FromQuery[str] = "months",
) -> Response[str] | Response[bytes]:
    """A month with one partner; ``VAL.csv?table=…``, ``VAL.json`` and ``VAL.svg?chart=…`` are its files."""
    code, suffix = parts(name)
    site, spoken = site_of(request), words_for(request, language)
    chosen = read_month(month, now().astimezone(zone_of(site.home.zone)).date())
    with borrowed(site.newsroom) as conn:
        found = exchange(conn, code, chosen, now())
    drawings = drawn.of_exchange(found.months, found.languages, spoken)
    named = f"exchange-{code}-{chosen:%Y-%m}"
    if suffix == "csv":
        return file(exchange_csv(found, table), suffix, f"{named}-{table}")
    if suffix == "json":
        return file(msgspec.json.encode(found), suffix, named)
    if suffix == "svg":
        if chart not in drawings:
            raise NotFound(f"There is no chart {chart[:40]!r}", hint=f"There are: {', '.join(drawings)}.")
        return file(drawings[chart].svg, suffix, f"{named}-{chart}")
    when = told.month(chosen, spoken)
    theirs = [code for code in found.agency.languages if code in LANGUAGES]
    return shown(
        request,
        "report/exchange.html",
        language=language,
        exchange=found,
        drawn=drawings,
        statement=told.exchange_statement(found.balance, found.agency.name, when, spoken),
        month=f"{chosen:%Y-%m}",
        month_name=when,
        before=f"{later(chosen, -1):%Y-%m}",
        after=f"{later(chosen, 1):%Y-%m}",
        # The viewer's language first, then the partner's: both may sign the same numbers.
        printable=tuple(dict.fromkeys((request.user.words.language, *theirs, *LANGUAGES))),
    )


ROUTES: list[ControllerRouterHandler] = [report]
