"""Outlets, mentions and reports over the API: the same nouns as on the pages and the command line."""

from datetime import datetime, timedelta
from typing import Annotated

from litestar import delete, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import UNSET, Meta, Struct, UnsetType, structs

from dragoman.desk import coverage as desk
from dragoman.desk import outlets as desk_outlets
from dragoman.model.item import AwareTime
from dragoman.reports.definition import About, Definition
from dragoman.reports.outlet import Outlet, OutletKind
from dragoman.store import coverage, mentions, outlets, watches
from dragoman.store.connect import borrowed
from dragoman.store.coverage import Evidence, Ruling
from dragoman.store.watches import Watch
from dragoman.web.asking import Page
from dragoman.web.report.answers import Answer, answer_of
from dragoman.web.report.exchanged import Exchange, exchange, read_month
from dragoman.web.report.shown import now, words_for
from dragoman.web.site import site_of
from dragoman.web.times import zone_of

Month = Annotated[str, QueryParameter(description="A month as 2026-10; this month without it.")]


class OutletAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An outlet to be declared; a number of people stands only with its source and its day."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    country: str = ""
    languages: tuple[str, ...] = ()
    kind: OutletKind = "site"
    home_page: str = ""
    audience: Annotated[int, Meta(ge=0)] | None = None
    audience_source: str = ""
    audience_on: str = ""
    agency: str = ""
    note: str = ""


class OutletChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be changed; what is left out stays."""

    name: str | UnsetType = UNSET
    country: str | UnsetType = UNSET
    languages: tuple[str, ...] | UnsetType = UNSET
    kind: OutletKind | UnsetType = UNSET
    home_page: str | UnsetType = UNSET
    audience: Annotated[int, Meta(ge=0)] | UnsetType | None = UNSET
    audience_source: str | UnsetType = UNSET
    audience_on: str | UnsetType = UNSET
    agency: str | UnsetType = UNSET
    note: str | UnsetType = UNSET


class WatchAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed to be looked at every so many minutes. What it brings is never passed on."""

    address: Annotated[str, Meta(min_length=1, max_length=2000)]
    language: str = ""
    every_min: Annotated[int, Meta(ge=1, le=1440)] = 15


class WatchLine(Struct, frozen=True, kw_only=True):
    id: int
    outlet: int
    address: str
    language: str
    state: str
    every_min: float
    failures: int
    last_error: str
    last_poll: datetime | None
    last_mention: datetime | None
    next_poll: datetime | None


class MentionAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report of an outlet, by hand. `text` is only compared with ours; `report` names the one it is for, if any."""

    link: str
    title: str
    published: AwareTime
    language: str = ""
    text: str = ""
    report: int | None = None


class MentionLine(Struct, frozen=True, kw_only=True):
    """A mention without its text: that stays here."""

    id: int
    outlet: int
    link: str
    title: str
    language: str
    published: datetime
    added_by: str


class ReportAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A coverage report to be made; `until` is not included."""

    title: Annotated[str, Meta(min_length=1, max_length=300)]
    query: str = ""
    about: About = "query"
    since: AwareTime
    until: AwareTime
    languages: tuple[str, ...] = ()
    project: str = ""
    record: str = ""
    own: tuple[int, ...] = ()


class RulingAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    ruling: Ruling
    note: Annotated[str, Meta(max_length=1000)] = ""


class Ruled(Struct, frozen=True, kw_only=True):
    """The ruling as it now stands, and the report it is in."""

    evidence: int
    report: int
    ruling: Ruling


@get("/outlets", sync_to_thread=True)
def register(request: Page, retired: FromQuery[bool] = False) -> list[Outlet]:
    """The register of outlets, by name; those that have left it too when `retired` is true."""
    with borrowed(site_of(request).newsroom) as conn:
        return outlets.outlets(conn, retired=retired)


@get("/outlets/{number:int}", sync_to_thread=True)
def outlet(request: Page, number: FromPath[int]) -> Outlet:
    """One outlet by its number."""
    with borrowed(site_of(request).newsroom) as conn:
        return outlets.outlet(conn, number)


@post("/outlets", sync_to_thread=True)
def add(request: Page, data: JSONBody[OutletAsked]) -> desk_outlets.Registered:
    """An outlet in the register, and those whose names look like its own. The same one twice is refused."""
    request.user.must("register")
    wanted = Outlet(**structs.asdict(data) | {"audience_on": desk_outlets.read_day(data.audience_on)})
    with borrowed(site_of(request).newsroom) as conn:
        return desk_outlets.register(conn, wanted, by=request.user.person.name)


@patch("/outlets/{number:int}", sync_to_thread=True)
def change(request: Page, number: FromPath[int], data: JSONBody[OutletChanges]) -> desk_outlets.Registered:
    """An outlet with some of its fields changed."""
    request.user.must("register")
    changes = {name: value for name, value in structs.asdict(data).items() if value is not UNSET}
    if isinstance(data.audience_on, str):
        changes["audience_on"] = desk_outlets.read_day(data.audience_on)
    with borrowed(site_of(request).newsroom) as conn:
        return desk_outlets.change(conn, number, changes, by=request.user.person.name)


@post("/outlets/{number:int}/retire", sync_to_thread=True, status_code=200)
def retire(request: Page, number: FromPath[int]) -> Outlet:
    """Out of the register; what it reported is kept."""
    request.user.must("register")
    with borrowed(site_of(request).newsroom) as conn:
        return desk_outlets.retire(conn, number, by=request.user.person.name, now=now())


@get("/outlets/{number:int}/watches", sync_to_thread=True)
def watched(request: Page, number: FromPath[int]) -> list[WatchLine]:
    """The feeds of an outlet that are looked at, and how each is doing."""
    with borrowed(site_of(request).newsroom) as conn:
        return [_watch_line(one) for one in watches.watches(conn, number)]


@post("/outlets/{number:int}/watches", sync_to_thread=True)
def watch(request: Page, number: FromPath[int], data: JSONBody[WatchAsked]) -> WatchLine:
    """Look at a feed of an outlet from now on."""
    request.user.must("register")
    by, every = request.user.person.name, timedelta(minutes=data.every_min)
    with borrowed(site_of(request).newsroom) as conn:
        made = desk_outlets.watch(conn, number, data.address, by=by, language=data.language, every=every)
    return _watch_line(made)


@delete("/watches/{number:int}", sync_to_thread=True)
def unwatch(request: Page, number: FromPath[int]) -> None:
    """Look at a feed no more; its mentions stay."""
    request.user.must("register")
    with borrowed(site_of(request).newsroom) as conn:
        desk_outlets.unwatch(conn, number, by=request.user.person.name)


@get("/outlets/{number:int}/mentions", sync_to_thread=True)
def mentioned(
    request: Page, number: FromPath[int], limit: Annotated[int, QueryParameter(ge=1, le=500)] = 50
) -> list[MentionLine]:
    """What an outlet was seen to report, newest first; without its texts."""
    with borrowed(site_of(request).newsroom) as conn:
        return [_line(one) for one in mentions.of_outlet(conn, number, limit=limit)]


@post("/outlets/{number:int}/mentions", sync_to_thread=True)
def mention(request: Page, number: FromPath[int], data: JSONBody[MentionAsked]) -> MentionLine:
    """A report of an outlet written down by hand."""
    request.user.must("register")
    with borrowed(site_of(request).newsroom) as conn:
        made = desk_outlets.mention(
            conn,
            number,
            data.link,
            data.title,
            data.published,
            by=request.user.person.name,
            language=data.language,
            text=data.text,
            report=data.report,
        )
    return _line(made)


@delete("/mentions/{number:int}", sync_to_thread=True)
def unmention(request: Page, number: FromPath[int]) -> None:
    """Out of every report; it is kept, with who took it out."""
    request.user.must("register")
    with borrowed(site_of(request).newsroom) as conn:
        desk_outlets.remove_mention(conn, number, by=request.user.person.name, now=now())


def _watch_line(one: Watch) -> WatchLine:
    return WatchLine(
        id=one.id,
        outlet=one.outlet,
        address=one.address,
        language=one.language,
        state=one.state,
        every_min=one.every.total_seconds() / 60,
        failures=one.failures,
        last_error=one.last_error,
        last_poll=one.last_poll,
        last_mention=one.last_mention,
        next_poll=one.next_poll,
    )


def _line(one: mentions.Mention) -> MentionLine:
    return MentionLine(
        id=one.id,
        outlet=one.outlet,
        link=one.link,
        title=one.title,
        language=one.language,
        published=one.published,
        added_by=one.added_by,
    )


@get("/reports/coverage", sync_to_thread=True)
def definitions(request: Page, project: FromQuery[str] = "", record: FromQuery[str] = "") -> list[Definition]:
    """Coverage reports, newest first; of one project or event when it is named."""
    with borrowed(site_of(request).newsroom) as conn:
        return coverage.definitions(conn, project=project, record=record)


@post("/reports/coverage", sync_to_thread=True)
def make(request: Page, data: JSONBody[ReportAsked]) -> Definition:
    """A coverage report, saved."""
    request.user.must("register")
    with borrowed(site_of(request).newsroom) as conn:
        return desk.make(conn, Definition(**structs.asdict(data)), by=request.user.person.name)


@get("/reports/coverage/{number:int}", sync_to_thread=True)
def answered(
    request: Page, number: FromPath[int], language: FromQuery[str] = "", evidence: FromQuery[bool] = False
) -> Answer:
    """What a coverage report says now: statement, method, every number; its evidence when it is asked for."""
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        found = desk.answer(conn, number, now())
        pieces = coverage.evidence(conn, number, each=coverage.EVERY) if evidence else []
    return answer_of(found, pieces, (site.home.name, zone_of(site.home.zone)), words_for(request, language))


@get("/reports/coverage/{number:int}/evidence", sync_to_thread=True)
def pieces(
    request: Page,
    number: FromPath[int],
    outlet: FromQuery[int | None] = None,
    skip: Annotated[int, QueryParameter(ge=0)] = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=1000)] = 100,
) -> list[Evidence]:
    """Up to `limit` pieces of evidence of each outlet, the earliest first; of one outlet when it is named."""
    with borrowed(site_of(request).newsroom) as conn:
        coverage.definition(conn, number)
        return coverage.evidence(conn, number, outlet=outlet, each=limit, skip=skip)


@post("/evidence/{number:int}/ruling", sync_to_thread=True, status_code=200)
def rule(request: Page, number: FromPath[int], data: JSONBody[RulingAsked]) -> Ruled:
    """A person's word over a piece of evidence: kept, and stronger than what was found."""
    request.user.must("register")
    with borrowed(site_of(request).newsroom) as conn:
        report = desk.rule(conn, number, data.ruling, data.note, by=request.user.person.name)
    return Ruled(evidence=number, report=report, ruling=data.ruling)


@get("/reports/exchange/{code:str}", sync_to_thread=True)
def exchanged(request: Page, code: FromPath[str], month: Month = "") -> Exchange:
    """A month with one partner: sent, received, proved, against the agreements."""
    site = site_of(request)
    chosen = read_month(month, now().astimezone(zone_of(site.home.zone)).date())
    with borrowed(site.newsroom) as conn:
        return exchange(conn, code, chosen, now())


ROUTES: list[ControllerRouterHandler] = [
    *(register, outlet, add, change, retire, watched, watch, unwatch, mentioned, mention, unmention),
    *(definitions, make, answered, pieces, rule, exchanged),
]
