"""The views of a floor: for the public, for moderators and interpreters, for speakers; a question by itself; what is open."""

from typing import Any

import anyio.to_thread
from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Stream

from dragoman.desk.floor import running
from dragoman.model.errors import NotFound, TryAgain
from dragoman.model.event import Event
from dragoman.planning.floor.rules import NEXT
from dragoman.store import floor as store
from dragoman.store import people
from dragoman.store.connect import borrowed
from dragoman.store.projects import find_record, record
from dragoman.web.asking import COOKIE
from dragoman.web.floor import acting, guests, publishing, setting_up
from dragoman.web.floor.drawing import VIEWS, View
from dragoman.web.floor.halls import MOST_READERS
from dragoman.web.floor.live import stream
from dragoman.web.floor.standing import Here, here
from dragoman.web.floor.views import by_itself, public_view, tongues
from dragoman.web.floor.visitor import (
    FLOOR_COOKIE,
    FloorPage,
    before_floor,
    own,
    shown,
    turned_away,
    visitor_of,
)
from dragoman.web.site import site_of

FORM_BYTES = 2_000_000


@get("/floors", sync_to_thread=True)
def floors(request: FloorPage) -> Response[Any]:
    """Every floor here, and the round tables that could have one."""
    if visitor_of(request).asking is None:
        return Redirect("/login?next=/floors", status_code=303)
    with borrowed(site_of(request).newsroom) as conn:
        found = running.floors(conn)
    return shown(request, "floor/floors.html", floors=found)


@get("/floor/{project:str}/{id:str}", sync_to_thread=True)
def floor(request: FloorPage, project: FromPath[str], id: FromPath[str], refresh: FromQuery[int] = 0) -> Response[Any]:
    """What anybody may see who may see it at all; who may ask asks here."""
    try:
        found = here(request, project, id)
    except NotFound:
        return _unopened(request, project, id)
    return public_view(request, found, refresh=refresh) if found.may.see else turned_away(request, found.hall)


@get("/floor/{project:str}/{id:str}/mine", sync_to_thread=True)
def mine(request: FloorPage, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    """The visitor's own questions, for an open page."""
    found = here(request, project, id)
    with borrowed(found.site.newsroom) as conn:
        asked = own(found.visitor, conn, found.hall)
    return shown(request, "floor/mine.html", here=found, mine=asked, lost=[])


@get("/floor/{project:str}/{id:str}/moderator", sync_to_thread=True)
def moderator(
    request: FloorPage, project: FromPath[str], id: FromPath[str], refresh: FromQuery[int] = 0
) -> Response[Any]:
    """The queue by state, with everything that can be done to it; interpreters see it without the buttons."""
    found = here(request, project, id)
    if not found.may.see_all:
        return turned_away(request, found.hall)
    wanted: View = "moderator" if found.may.moderate else "interpreter"
    return shown(
        request,
        "floor/moderator.html",
        here=found,
        sheet=found.sheet(wanted),
        view=wanted,
        refresh=refresh,
        next_states=NEXT[found.hall.floor.record.state],
        tongues=tongues(found),
    )


@get("/floor/{project:str}/{id:str}/speaker", sync_to_thread=True)
def speaker(
    request: FloorPage, project: FromPath[str], id: FromPath[str], refresh: FromQuery[int] = 0
) -> Response[Any]:
    """The question being asked in large type, in the speaker's language where somebody has put it so."""
    found = here(request, project, id)
    if not _may_hear(found):
        return turned_away(request, found.hall)
    return shown(
        request,
        "floor/speaker.html",
        here=found,
        sheet=found.sheet("speaker"),
        view="speaker",
        refresh=refresh,
        tongues=tongues(found),
    )


def _may_hear(found: Here) -> bool:
    return found.visitor.asking is not None or found.may.see_all


@get("/floor/{project:str}/{id:str}/question/{question:str}", sync_to_thread=True)
def question(request: FloorPage, project: FromPath[str], id: FromPath[str], question: FromPath[str]) -> Response[Any]:
    found = here(request, project, id)
    if not found.may.see:
        return turned_away(request, found.hall)
    return by_itself(request, found, question)


@get("/floor/{project:str}/{id:str}/unanswered", sync_to_thread=True)
def unanswered(request: FloorPage, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    """What is still unanswered, during the event and after it, to be answered in writing."""
    found = here(request, project, id)
    if not _may_hear(found):
        return turned_away(request, found.hall)
    open_ones = found.hall.unanswered()
    if not found.may.see_all:
        open_ones = tuple(one for one in open_ones if one.is_public)
    return shown(request, "floor/unanswered.html", here=found, unanswered=open_ones)


@get("/floor/{project:str}/{id:str}/live")
async def live(
    request: FloorPage,
    project: FromPath[str],
    id: FromPath[str],
    view: FromQuery[str] = "public",
    after: FromQuery[str] = "",
) -> Response[Any]:
    """How an open page follows, from the sheet it shows or from where it left off."""
    found = await anyio.to_thread.run_sync(here, request, project, id)
    wanted = next((one for one in VIEWS if one == view), None)
    if wanted is None or not _may_watch(found, wanted):
        raise NotFound("There is nothing to follow here", hint="Open the page again.")
    if found.halls.readers >= MOST_READERS:
        raise TryAgain("Too many are watching", f"{MOST_READERS:,}", hint="Load the page again from time to time.")
    asked = await anyio.to_thread.run_sync(_own_ids, found)
    events = stream(
        found.site,
        found.halls,
        (project, id),
        found.key(wanted),
        request.headers.get("last-event-id", "") or after,
        asked,
        lambda: _is_in(found, wanted, request.cookies),
    )
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return Stream(events, media_type="text/event-stream", headers=headers)


def _may_watch(found: Here, view: View) -> bool:
    if view == "public":
        return found.may.see
    if view == "speaker":
        return _may_hear(found)
    return found.may.moderate if view == "moderator" else found.may.see_all


def _own_ids(found: Here) -> frozenset[str]:
    with borrowed(found.site.newsroom) as conn:
        return frozenset(one.id for one in own(found.visitor, conn, found.hall))


def _is_in(found: Here, view: View, cookies: dict[str, str]) -> bool:
    """Is the visitor still let in, and by the same right?"""
    if found.visitor.who:
        with borrowed(found.site.newsroom) as conn:
            if found.visitor.asking:
                return people.session(conn, cookies.get(COOKIE, "")) is not None
            return store.visit(conn, cookies.get(FLOOR_COOKIE, "")) is not None
    return found.halls.look(found.hall.project, found.hall.id).floor.record.public


def _unopened(request: FloorPage, project: str, id: str) -> Response[Any]:
    """An event without a floor: whoever may, opens one."""
    site, visitor = site_of(request), visitor_of(request)
    if visitor.asking is None:
        if visitor.guest is None:
            return Redirect(f"/login?next=/floor/{project}/{id}", status_code=303)
        raise NotFound("There is no floor here", id, hint="Open your personal link again.")
    with borrowed(site.newsroom) as conn:
        event = record(conn, Event, project, id)
        parent = find_record(conn, Event, project, event.record.parent) if event.record.parent else None
    return shown(request, "floor/unopened.html", event=event, parent=parent, base=f"/floor/{project}/{id}")


ROUTER = Router(
    "/",
    route_handlers=[
        floors,
        floor,
        mine,
        moderator,
        speaker,
        question,
        unanswered,
        live,
        *acting.ROUTES,
        *setting_up.ROUTES,
        *guests.ROUTES,
        *publishing.ROUTES,
    ],
    before_request=before_floor,
    include_in_schema=False,
    request_max_body_size=FORM_BYTES,
)
