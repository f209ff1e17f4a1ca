"""A floor opened and set up by its host."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import projects
from dragoman.desk.floor import running
from dragoman.model.errors import BadInput
from dragoman.model.event import Event, Participant
from dragoman.model.floor import Floor
from dragoman.planning.fold import Held
from dragoman.store.connect import Connection, borrowed
from dragoman.store.projects import find_record, record, records
from dragoman.web.floor.settings import form_of, settings_of
from dragoman.web.floor.standing import here
from dragoman.web.floor.visitor import FloorPage, desk_of, must, shown, visitor_of
from dragoman.web.site import site_of


@get("/floor/{project:str}/{id:str}/settings", sync_to_thread=True)
def settings(request: FloorPage, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    """How questions are taken; before there is a floor, how it is to be opened."""
    site, visitor = site_of(request), visitor_of(request)
    if visitor.asking is None:
        return Redirect(f"/login?next=/floor/{project}/{id}/settings", status_code=303)
    with borrowed(site.newsroom) as conn:
        event = record(conn, Event, project, id)
        floor = find_record(conn, Floor, project, id)
        typed = form_of(floor.record, event.record.place_zone) if floor else _usual(conn, event)
    return _form(request, event, floor, typed)


def _usual(conn: Connection, event: Held[Event]) -> dict[str, str]:
    """What a floor begins with: moderated, with those who are to speak and the event's languages."""
    people = records(conn, Participant, project=event.project, parents=[event.id])
    speakers = "\n".join(one.record.name for one in people if one.record.role != "guest")
    usual = Floor(event=event.id, languages=event.record.languages)
    return {**form_of(usual, event.record.place_zone), "speakers": speakers, "takes": "1"}


def _form(
    request: FloorPage,
    event: Held[Event],
    floor: Held[Floor] | None,
    typed: dict[str, str],
    error: BadInput | None = None,
) -> Response[Any]:
    return shown(
        request,
        "floor/settings.html",
        status=error.status if error else 200,
        event=event,
        floor=floor,
        typed=typed,
        error=error,
        base=f"/floor/{event.project}/{event.id}",
    )


@post("/floor/{project:str}/{id:str}/settings", sync_to_thread=True)
def set_up(request: FloorPage, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    """Open the floor, or change how it is."""
    site, visitor = site_of(request), visitor_of(request)
    with borrowed(site.newsroom) as conn:
        event = record(conn, Event, project, id)
        floor = find_record(conn, Floor, project, id)
        must(here(request, project, id).may.set_up if floor else visitor.may("plan"), "set up the floor")
        desk = desk_of(conn, site, visitor, project, id)
        try:
            wanted = settings_of(visitor.form, event.record.place_zone)
            if floor is None:
                running.open_floor(desk, wanted, takes=bool(visitor.form.get("takes")))
            else:
                running.set_up(desk, wanted)
        except BadInput as error:
            return _form(request, event, floor, dict(visitor.form), error)
        projects.wake(conn)
    return Redirect(f"/floor/{project}/{id}/moderator", status_code=303)


ROUTES: list[ControllerRouterHandler] = [settings, set_up]
