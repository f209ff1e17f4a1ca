"""Guests: their accreditation by the moderators, the printed invitations, and the door they come in by."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import anyio.to_thread
from litestar import Request, Response, Router, get, post
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk.floor import guests as desk
from dragoman.model.errors import BadInput, DragomanError
from dragoman.store import agencies
from dragoman.store import floor as store
from dragoman.store.connect import borrowed
from dragoman.text.language import known_tag
from dragoman.web import times
from dragoman.web.asking import read_form, refuse_foreign, stranger
from dragoman.web.floor.settings import typed_time
from dragoman.web.floor.standing import Here, halls_of, here
from dragoman.web.floor.visitor import (
    FLOOR_COOKIE,
    FloorPage,
    cookie,
    desk_of,
    must,
    shown,
    turned_away,
)
from dragoman.web.render import html_response, render
from dragoman.web.site import site_of
from dragoman.web.words import LANGUAGES, Words, words

_Visit = Request[Any, Any, State]
_FORM = "dragoman_floor_form"


# ------------------------------------------------------------------------------------------------ by the moderators


@get("/floor/{project:str}/{id:str}/guests", sync_to_thread=True)
def guests(request: FloorPage, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    """Who is accredited, and the form for more."""
    found = here(request, project, id)
    return _guests(request, found) if found.may.moderate else turned_away(request, found.hall)


def _guests(request: FloorPage, found: Here, error: DragomanError | None = None) -> Response[Any]:
    with borrowed(found.site.newsroom) as conn:
        known = store.guests(conn, found.hall.project, found.hall.id)
    return shown(
        request,
        "floor/guests.html",
        status=error.status if error else 200,
        here=found,
        guests=known,
        error=error,
        typed=found.visitor.form,
        zone=_zone(found),
    )


@post("/floor/{project:str}/{id:str}/guests", sync_to_thread=True)
def accredit(request: FloorPage, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    """Accredit those named, one a line, and show their invitations: the only time that the links are shown."""
    found = here(request, project, id)
    must(found.may.moderate, "accredit")
    form = found.visitor.form
    try:
        with borrowed(found.site.newsroom) as conn:
            codes = {one.code for one in agencies.agencies(conn)}
            people = [_person(line, codes, form) for line in form.get("people", "").splitlines() if line.strip()]
            until = typed_time(form, "until", _zone(found))
            made = desk.accredit(desk_of(conn, found.site, found.visitor, project, id), people, until=until)
    except BadInput as error:
        return _guests(request, found, error)
    sheets = [(one, one.link(found.site.config.url), _words_for(one.guest)) for one in made]
    return shown(request, "floor/invitations.html", here=found, sheets=sheets, zone=_zone(found), event_time=_time)


def _time(at: datetime, zone: str, said: Words) -> str:
    return times.moment(at, times.zone_of(zone), said.locale)


def _person(line: str, codes: set[str], form: Mapping[str, str]) -> desk.Invited:
    """``Name; agency or outlet; language``."""
    name, outlet, language, *_ = [*(part.strip() for part in line.split(";")), "", ""]
    known = outlet.upper() in codes
    return desk.Invited(
        name=name,
        agency=outlet.upper() if known else "",
        outlet="" if known else outlet,
        language=language or form.get("language", ""),
        role=form.get("role", "journalist"),  # type: ignore[arg-type]
    )


def _words_for(guest: store.Guest) -> Words:
    """An invitation is in the language of whom it invites."""
    return words(known_tag(guest.language).split("-")[0] or LANGUAGES[0])


def _zone(found: Here) -> str:
    return found.hall.event.record.place_zone if found.hall.event else found.site.home.zone


@post("/floor/{project:str}/{id:str}/guests/{number:int}/revoke", sync_to_thread=True)
def revoke(request: FloorPage, project: FromPath[str], id: FromPath[str], number: FromPath[int]) -> Response[Any]:
    found = here(request, project, id)
    must(found.may.moderate, "send a guest away")
    with borrowed(found.site.newsroom) as conn:
        desk.revoke(desk_of(conn, found.site, found.visitor, project, id), number)
    return Redirect(f"{found.base}/guests", status_code=303)


@post("/floor/out", sync_to_thread=True)
def leave(request: FloorPage) -> Redirect:
    """A guest goes; the link stays good."""
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        store.end_visit(conn, request.cookies.get(FLOOR_COOKIE, ""))
    return Redirect("/floor/in", status_code=303, cookies=[cookie(site, "", 0)])


ROUTES: list[ControllerRouterHandler] = [guests, accredit, revoke, leave]


# ------------------------------------------------------------------------------------------------ by the door


@get("/floor/in", sync_to_thread=True)
def door(request: _Visit) -> Response[Any]:
    """Where a code is typed."""
    return _door(request, "")


@get("/floor/in/{code:str}", sync_to_thread=True)
def invited(request: _Visit, code: FromPath[str]) -> Response[Any]:
    """A personal link opened: who it is for and where it leads. Nobody is in before the button is pressed, so that a mail
    scanner that follows links changes nothing."""
    return _door(request, code)


def _door(request: _Visit, code: str, error: DragomanError | None = None) -> Response[Any]:
    site, spoken, guest, title = site_of(request), stranger(request), None, ("", "")
    if code and error is None:
        try:
            with borrowed(site.newsroom) as conn:
                guest = desk.find_guest(conn, code, _address(request))
            spoken = _words_for(guest)
            hall = halls_of(request).look(guest.project, guest.floor)
            event = hall.event.record if hall.event else None
            title = (event.title(spoken.language), event.language(spoken.language)) if event else (guest.floor, "")
        except DragomanError as found:
            error = found
    token = request.cookies.get(_FORM, "") or secrets.token_urlsafe(24)
    html = render(
        site, spoken, "floor/door.html", code=code, guest=guest, title=title, error=error, token=token, path="/floor/in"
    )
    response = html_response(html, error.status if error else 200)
    form = cookie(site, token, 3600)
    form.key = _FORM
    response.cookies.append(form)
    return response


@post("/floor/in")
async def enter(request: _Visit) -> Response[Any]:
    """Let the guest in: a new session, for the floor alone."""
    form = await read_form(request)
    # There is no session to hold a token yet: the form's must match a cookie of its own, which no other site can set.
    refuse_foreign(request, form, request.cookies.get(_FORM, ""))
    return await anyio.to_thread.run_sync(_enter, request, form.get("code", ""))


def _enter(request: _Visit, code: str) -> Response[Any]:
    site = site_of(request)
    try:
        with borrowed(site.newsroom) as conn:
            guest = desk.find_guest(conn, code, _address(request))
            store.end_visit(conn, request.cookies.get(FLOOR_COOKIE, ""))
            made = store.enter(conn, guest)
    except DragomanError as error:
        return _door(request, code, error)
    stays = int(min(store.SESSION_LIFE, guest.until - datetime.now(UTC)).total_seconds())
    leads = "/moderator" if guest.role == "interpreter" else "/speaker" if guest.role == "speaker" else ""
    return Redirect(
        f"/floor/{guest.project}/{guest.floor}{leads}", status_code=303, cookies=[cookie(site, made, stays)]
    )


def _address(request: _Visit) -> str:
    return request.client.host if request.client else ""


DOOR = Router("/", route_handlers=[door, invited, enter], include_in_schema=False, request_max_body_size=64_000)
