"""The diary's pages: by day, by week, as a list, on paper, in a calendar program; and the anniversaries that are due."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler
from msgspec.structs import replace

from dragoman import formats
from dragoman.desk import events as desk
from dragoman.formats import EncodeContext
from dragoman.model.errors import BadInput, Refused
from dragoman.model.event import Event
from dragoman.model.item import Item
from dragoman.planning.anniversary import Due, due, planned_for
from dragoman.planning.announcement import Told, item_of
from dragoman.planning.diary import Happening, answers, open_or_hidden
from dragoman.store import agencies, alerts, audit, calendars, diary
from dragoman.store.connect import Connection, borrowed
from dragoman.store.projects import find_record, projects, records
from dragoman.web.asking import Page
from dragoman.web.event.form import KINDS
from dragoman.web.event.lines import days, full_day, heading
from dragoman.web.event.reading import read_diary
from dragoman.web.event.view import COVERAGES, SHAPES, View, read, view_of
from dragoman.web.render import page
from dragoman.web.site import Site, site_of
from dragoman.web.times import zone_of
from dragoman.web.words import Words, words

PAPERS = ("a4", "letter")
AHEAD = (30, 90, 365)
_BACK, _FORTH = timedelta(days=30), timedelta(days=365)
"""How far back and ahead a calendar program is told."""


def _view(request: Page, now: datetime) -> View:
    site = site_of(request)
    return asked_view(dict(request.query_params), site, request.user.words, now)


def asked_view(asked: dict[str, str], site: Site, said: Words, now: datetime) -> View:
    """The view of the query part of an address, as this reader's weeks begin."""
    return view_of(asked, now.astimezone(zone_of(site.home.zone)).date(), said.locale.first_week_day)


@get("/diary", sync_to_thread=True)
def shown(request: Page) -> Response[str]:
    """A day, a week or a list of days; filtered by anything."""
    site, asking, now = site_of(request), request.user, datetime.now(UTC)
    view, said = _view(request, now), asking.words
    with borrowed(site.newsroom) as conn:
        found = read_diary(
            conn, site.keyring, view, said, site.home.zone, site.home.code, now, inside=asking.may("plan")
        )
        values: dict[str, Any] = {
            "agencies": agencies.agencies(conn),
            "projects": projects(conn),
            "news": alerts.news(conn, asking.person.id),
        }
    return page(
        request,
        "event/diary.html",
        status=400 if found.mistake else 200,
        view=view,
        diary=found,
        today=now.astimezone(zone_of(site.home.zone)).date(),
        title=days(view.first, view.last, said),
        heading=lambda day: heading(day, said),
        shapes=SHAPES,
        kinds=KINDS,
        coverages=COVERAGES,
        **values,
    )


@get("/diary/print", sync_to_thread=True)
def printed(request: Page, paper: FromQuery[str] = "a4", inside: FromQuery[bool] = False) -> Response[str]:
    """The agenda on paper: for our own desk, with coverage and notes, or for others, without, titles under embargo hidden."""
    site, asking, now = site_of(request), request.user, datetime.now(UTC)
    if inside:
        asking.must("plan")
    view, said = _view(request, now), asking.words
    with borrowed(site.newsroom) as conn:
        found = read_diary(
            conn, site.keyring, view, said, site.home.zone, site.home.code, now, inside=inside, public=not inside
        )
        if inside:
            audit.record(conn, asking.person.name, "agenda printed", view.first.isoformat())
    return page(
        request,
        "event/print.html",
        status=400 if found.mistake else 200,
        view=view,
        diary=found,
        title=days(view.first, view.last, said),
        full_day=lambda day: full_day(day, said),
        paper=paper if paper in PAPERS else "a4",
        inside=inside,
    )


# ------------------------------------------------------------------------------------------------ calendar programs


@get("/diary.ics", sync_to_thread=True)
def calendar(request: Request[Any, Any, State], token: FromQuery[str] = "") -> Response[bytes]:
    """One view of the diary for a calendar program. Its address is the key: it opens this view and nothing else."""
    site, now = site_of(request), datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        person, address = calendars.opened(conn, token)
        inside = address.inside and person.may(*desk.PLANNERS)
        diary.follow(conn)
        view = asked_view(dict(parse_qsl(address.view)), site, words(person.language), now)
        found = _in_calendar(conn, view, site.home.code, now, inside=inside)
    told = [calendar_item(one, person.language, now, inside=inside) for one in found]
    body = formats.encode("ical", told, EncodeContext(title=f"{site.home.name}: {address.name}")).body
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    same = request.headers.get("if-none-match", "") == tag
    return Response(
        b"" if same else body,
        status_code=304 if same else 200,
        media_type="text/calendar; charset=utf-8",
        headers={
            "etag": tag,
            "cache-control": "private, max-age=300",
            "content-disposition": 'inline; filename="diary.ics"',
        },
    )


def _in_calendar(conn: Connection, view: View, home: str, now: datetime, *, inside: bool) -> list[Happening]:
    tree, _ = read(view.q)
    wanted = view.wanted(tree, home)
    found = [open_or_hidden(one, now, inside=inside) for one in diary.happenings(conn, now - _BACK, now + _FORTH)]
    return [one for one in found if answers(one, wanted, now) and one.event.titles]


def calendar_item(one: Happening, language: str, now: datetime, *, inside: bool) -> Item:
    """An event as a calendar has it: its rule as a rule, of people the names alone."""
    told = Told(event=one.event, uri=one.uri, agency=one.agency, participants=one.participants)
    item = item_of(told, language=language, public=not inside, now=now)
    return replace(item, version_created=one.changed)


@get("/diary/calendars", sync_to_thread=True)
def addresses(request: Page) -> Response[str]:
    """The calendar addresses of whoever asks, and the form for one more."""
    return _addresses(request, "")


def _addresses(request: Page, made: str) -> Response[str]:
    asking, now = request.user, datetime.now(UTC)
    with borrowed(site_of(request).newsroom) as conn:
        found = calendars.addresses(conn, asking.person.id)
    return page(
        request,
        "event/calendars.html",
        addresses=found,
        view=_view(request, now),
        made=f"{site_of(request).config.url.rstrip('/')}/diary.ics?token={made}" if made else "",
    )


@post("/diary/calendars", sync_to_thread=True)
def add_address(request: Page) -> Response[str]:
    """A new address; shown this once."""
    asking = request.user
    inside = bool(asking.form.get("inside"))
    if inside:
        asking.must("plan")
    name = asking.form.get("name", "").strip()[:100] or "Diary"
    with borrowed(site_of(request).newsroom) as conn:
        if len(calendars.addresses(conn, asking.person.id)) >= calendars.MOST:
            raise BadInput("You have too many calendar addresses", hint="Withdraw one first.")
        with conn.transaction():
            made = calendars.add_address(
                conn, asking.person.id, name, asking.form.get("view", "")[:3000], inside=inside
            )
            audit.record(conn, asking.person.name, "calendar address made", name, inside=inside)
    return _addresses(request, made)


@post("/diary/calendars/{number:int}/withdraw", sync_to_thread=True)
def withdraw(request: Page, number: FromPath[int]) -> Redirect:
    asking = request.user
    with borrowed(site_of(request).newsroom) as conn, conn.transaction():
        calendars.withdraw(conn, asking.person.id, number)
        audit.record(conn, asking.person.name, "calendar address withdrawn", str(number))
    return Redirect("/diary/calendars", status_code=303)


# ------------------------------------------------------------------------------------------------ anniversaries


@get("/diary/anniversaries", sync_to_thread=True)
def anniversaries(request: Page, ahead: FromQuery[int] = 90) -> Response[str]:
    """What is due in the next days, the round ones first; planned with one click."""
    site, asking, now = site_of(request), request.user, datetime.now(UTC)
    ahead = min(max(ahead, 1), AHEAD[-1])
    with borrowed(site.newsroom) as conn:
        found = due_anniversaries(conn, site.home.zone, now, ahead, inside=asking.may("plan"))
        planned = {(one.project, one.plan) for one in found if _is_planned(conn, one)}
    said = asking.words
    return page(
        request,
        "event/anniversaries.html",
        found=found,
        planned=planned,
        ahead=ahead,
        choices=AHEAD,
        day_of=lambda day: days(day, day, said),
        weekday=lambda day: heading(day, said),
    )


def due_anniversaries(conn: Connection, zone: str, now: datetime, ahead: int, *, inside: bool) -> list[Due]:
    """The anniversaries of the next `ahead` days, by the clock of `zone`; those under embargo for planners alone."""
    held = [one for one in records(conn, Event) if one.record.kind == "anniversary"]
    if not inside:
        held = [one for one in held if one.record.embargoed_until is None or one.record.embargoed_until <= now]
    return due(held, now.astimezone(zone_of(zone)).date(), ahead)


def _is_planned(conn: Connection, one: Due) -> bool:
    held = find_record(conn, Event, one.project, one.plan)
    return held is not None and not held.dropped


@post("/diary/anniversaries/plan", sync_to_thread=True)
def plan_anniversary(request: Page) -> Redirect:
    """The planned event of an anniversary, with a row of coverage for each of our languages."""
    site, asking, now = site_of(request), request.user, datetime.now(UTC)
    asking.must("plan")
    with borrowed(site.newsroom) as conn:
        found = due_anniversaries(conn, site.home.zone, now, AHEAD[-1], inside=True)
        plan = asking.form.get("plan", "")
        chosen = next((one for one in found if one.plan == plan and one.project == asking.form.get("project")), None)
        if chosen is None:
            raise Refused("This anniversary is not due", plan[:80], hint="Look at the list again.")
        held = desk.plan_for(
            conn, site.keyring, chosen.project, chosen.plan, planned_for(chosen), by=asking.person.name, now=now
        )
        desk.wake(conn)
    return Redirect(f"/event/{held.project}/{held.id}", status_code=303)


ROUTES: list[ControllerRouterHandler] = [
    shown,
    printed,
    addresses,
    add_address,
    withdraw,
    anniversaries,
    plan_anniversary,
]
OPEN: list[ControllerRouterHandler] = [calendar]
"""What no session opens, but the address itself."""
