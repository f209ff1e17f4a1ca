"""The workshop's first pages: the list, a new exhibition, its overview, its description, its checks, its publication."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import exhibitions as desk
from dragoman.desk import projects
from dragoman.model.errors import DragomanError, Problem
from dragoman.model.event import Event
from dragoman.model.exhibition import Exhibition
from dragoman.planning.exhibition import is_open, said
from dragoman.planning.exhibition_checks import Finding
from dragoman.planning.fold import Held
from dragoman.planning.times import wall_of, zone
from dragoman.store.connect import Connection, borrowed
from dragoman.store.projects import projects as all_projects
from dragoman.store.projects import records
from dragoman.trust.keys import Keyring
from dragoman.web.asking import Page
from dragoman.web.exhibition import captions, hanging, preview, printing, rights, selection
from dragoman.web.exhibition.forms import USES, exhibition_of, words_of
from dragoman.web.exhibition.workshop import Bench, acted, bench, done, tried, workshop_page
from dragoman.web.render import page
from dragoman.web.site import Site, site_of


@get("/exhibitions", sync_to_thread=True)
def exhibitions(request: Page) -> Response[str]:
    """Every exhibition that we make or take part in."""
    with borrowed(site_of(request).newsroom) as conn:
        found = desk.exhibitions(conn)
    language = request.user.words.language
    lines = [(one, said(one.held.record.titles, language, one.held.record.languages)) for one in found]
    return page(request, "exhibition/exhibitions.html", path="/exhibition", lines=lines)


@get("/exhibitions/new", sync_to_thread=True)
def new(request: Page, project: FromQuery[str] = "") -> Response[str]:
    return _new_form(request, project)


def _new_form(request: Page, project: str, problem: Problem | None = None) -> Response[str]:
    with borrowed(site_of(request).newsroom) as conn:
        found = [one for one in all_projects(conn, member=site_of(request).home.code) if one.state == "active"]
    return page(
        request,
        "exhibition/new.html",
        status=problem.status if problem else 200,
        path="/exhibition",
        projects=found,
        chosen=project,
        problem=problem,
        form=request.user.form,
    )


@post("/exhibitions/new", sync_to_thread=True)
def make(request: Page) -> Response[Any]:
    """With a title in one language; the rest is written on its own page."""
    form, language = request.user.form, request.user.words.language
    project = form.get("project", "")

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> Held[Exhibition]:
        inside = project or projects.desk_project(conn, keyring, now=now)
        spoken = words_of(form.get("languages", "")) or (language,)
        title = form.get("title", "")
        wanted = Exhibition(titles={spoken[0] if language not in spoken else language: title}, languages=spoken)
        return desk.make(conn, keyring, inside, wanted, by=by, now=now)

    try:
        held = cast(Held[Exhibition], done(request, do))
    except DragomanError as error:
        if error.status >= 500:
            raise
        return _new_form(request, project, error.problem())
    return Redirect(f"/exhibition/{held.project}/{held.id}/description", status_code=303)


@get("/exhibition/{project:str}/{id:str}", sync_to_thread=True)
def overview(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[str]:
    """How far it has come, what hangs beside the pictures, where the public sees it."""
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        found = bench(request, conn, project, id)
        event = _event(conn, found)
    record = found.whole.record
    return workshop_page(
        request,
        found,
        "overview",
        "overview",
        event=event,
        is_open=is_open(record, found.now),
        public=f"{site.config.url.rstrip('/')}/gallery/{project}/{id}",
        uses=USES,
    )


def _event(conn: Connection, found: Bench) -> Held[Event] | None:
    wanted = found.whole.record.event
    return next((one for one in _events(conn, found) if one.id == wanted), None) if wanted else None


def _events(conn: Connection, found: Bench) -> list[Held[Event]]:
    events = records(conn, Event, project=found.whole.project)
    return [one for one in events if one.record.kind == "exhibition" or one.id == found.whole.record.event]


@get("/exhibition/{project:str}/{id:str}/description", sync_to_thread=True)
def description(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[str]:
    """Titles, introduction, place and time, in one form."""
    return _description(request, project, id, _filled)


def _description(
    request: Page,
    project: str,
    id: str,
    fill: Callable[[Exhibition, Site], dict[str, str]],
    problem: Problem | None = None,
    faults: dict[str, str] | None = None,
) -> Response[str]:
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        found = bench(request, conn, project, id)
        events = _events(conn, found)
    return workshop_page(
        request,
        found,
        "description",
        "description",
        status=problem.status if problem else 422 if faults else 200,
        problem=problem,
        faults=faults or {},
        form=fill(found.whole.record, site),
        events=events,
        uses=USES,
    )


def _filled(record: Exhibition, site: Site) -> dict[str, str]:
    """The form as the record fills it."""
    form = {f"title_{code}": text for code, text in record.titles.items()}
    form |= {f"introduction_{code}": text for code, text in record.introduction.items()}
    form |= {f"use_{use}": "1" for use in record.uses}
    form |= {f"venue_{name}": getattr(record.venue, name) for name in ("name", "address", "city", "country", "zone")}
    form |= {"languages": " ".join(record.languages), "caption_most": str(record.caption_most), "event": record.event}
    form |= {"announced": "1"} if record.announced else {}
    form |= {"until": record.until.isoformat()} if record.until else {}
    if record.opens is not None:
        wall = wall_of(record.opens, zone(record.venue.zone or site.home.zone))
        form |= {"opens_day": f"{wall:%Y-%m-%d}", "opens_hour": f"{wall:%H:%M}"}
    return form


@post("/exhibition/{project:str}/{id:str}/description", sync_to_thread=True)
def describe(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    """What is wrong is said beside its field, and the form comes back as it was typed."""
    site, form = site_of(request), request.user.form
    with borrowed(site.newsroom) as conn:
        before = desk.opened(conn, project, id).record
    typed = exhibition_of(form, before, site.home.zone)
    if not typed.faults:

        def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
            return desk.change(conn, keyring, project, id, by=by, now=now, **typed.changes)

        problem = tried(request, do)
        if problem is None:
            return Redirect(f"/exhibition/{project}/{id}", status_code=303)
    else:
        problem = None
    return _description(request, project, id, lambda record, site: dict(form), problem, typed.faults)


@get("/exhibition/{project:str}/{id:str}/checks", sync_to_thread=True)
def checks(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[str]:
    """What stands in the way of publishing it, and what only warns; each leads to where it is mended."""
    with borrowed(site_of(request).newsroom) as conn:
        found = bench(request, conn, project, id)
    return workshop_page(request, found, "checks", "checks", place_of=_place_of)


_PLACES = {
    "nothing": "selection",
    "undecided": "selection",
    "title": "description",
    "introduction": "description",
    "opening": "description",
    "backwards": "description",
    "venue": "description",
    "room_title": "hanging",
    "room_empty": "hanging",
    "absent": "selection",
    "stopped": "selection",
    "undeveloped": "selection",
    "embargo": "selection",
    "refused": "rights",
    "uncleared": "rights",
    "ends": "rights",
    "size": "hanging",
    "soft": "hanging",
    "nowhere": "hanging",
}


def _place_of(one: Finding, base: str) -> str:
    """Where a finding is mended."""
    place = _PLACES.get(one.key, "captions")
    language = f"?language={one.language}" if place == "captions" and one.language else ""
    mark = f"#p-{one.picture}" if one.picture else ""
    shown = "?show=all" if place == "selection" else ""
    return f"{base}/{place}{language}{shown}{mark}"


@post("/exhibition/{project:str}/{id:str}/publish", sync_to_thread=True)
def publish(request: Page, project: FromPath[str], id: FromPath[str]) -> Redirect:
    return acted(request, project, id, lambda c, k, by, now: desk.publish(c, k, project, id, by=by, now=now))


@post("/exhibition/{project:str}/{id:str}/take-back", sync_to_thread=True)
def take_back(request: Page, project: FromPath[str], id: FromPath[str]) -> Redirect:
    return acted(request, project, id, lambda c, k, by, now: desk.take_back(c, k, project, id, by=by, now=now))


@post("/exhibition/{project:str}/{id:str}/close", sync_to_thread=True)
def close(request: Page, project: FromPath[str], id: FromPath[str]) -> Redirect:
    return acted(request, project, id, lambda c, k, by, now: desk.close(c, k, project, id, by=by, now=now))


ROUTES: list[ControllerRouterHandler] = [
    exhibitions,
    new,
    make,
    overview,
    description,
    describe,
    checks,
    publish,
    take_back,
    close,
    *selection.ROUTES,
    *rights.ROUTES,
    *captions.ROUTES,
    *hanging.ROUTES,
    *preview.ROUTES,
    *printing.ROUTES,
]
