"""The hanging: rooms and what is in them, places by number, by step or by hand, print sizes with what the pixels allow."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from dragoman.desk import exhibition_pictures, exhibitions
from dragoman.model.errors import BadInput, Problem
from dragoman.model.exhibition import Room
from dragoman.planning.exhibition import Said, said
from dragoman.planning.fold import Held
from dragoman.store.connect import Connection, borrowed
from dragoman.store.projects import record
from dragoman.trust.keys import Keyring
from dragoman.web.asking import Page
from dragoman.web.exhibition.forms import millimetres, room_of, whole_number
from dragoman.web.exhibition.workshop import Bench, Sight, acted, bench, tried, workshop_page
from dragoman.web.site import site_of

_STEPS = {"up": -1, "down": 1}


class Wall(Struct, frozen=True, kw_only=True):
    """A room and what hangs in it; `room` is None for what hangs in none."""

    room: Held[Room] | None
    title: Said
    sights: tuple[Sight, ...]

    @property
    def id(self) -> str:
        return self.room.id if self.room else ""


@get("/exhibition/{project:str}/{id:str}/hanging", sync_to_thread=True)
def walls(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[str]:
    return _walls(request, project, id)


def _walls(
    request: Page, project: str, id: str, problem: Problem | None = None, mended: str | None = None
) -> Response[str]:
    """`mended` is the room whose form comes back as it was typed; an empty one is the new room's."""
    with borrowed(site_of(request).newsroom) as conn:
        found = bench(request, conn, project, id)
    return workshop_page(
        request,
        found,
        "hanging",
        "hanging",
        status=problem.status if problem else 200,
        problem=problem,
        mended=mended,
        walls=walls_of(found, request.user.words.language),
        home_code=site_of(request).home.code,
    )


def walls_of(found: Bench, language: str) -> list[Wall]:
    """The rooms in their order, and last what hangs in none."""
    whole = found.whole
    order = whole.record.languages
    made = [
        Wall(
            room=room,
            title=said(room.record.titles, language, order),
            sights=tuple(one for one in found.selected if whole.room_of(one.picture) == room.id),
        )
        for room in whole.rooms
    ]
    loose = tuple(one for one in found.selected if not whole.room_of(one.picture))
    return [*made, Wall(room=None, title=Said("", language), sights=loose)] if loose or not made else made


@post("/exhibition/{project:str}/{id:str}/picture/{picture:str}/hang", sync_to_thread=True)
def hang(request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str]) -> Redirect:
    """Into a room, to a place, in a size: whatever of it the form holds. A step goes one place up or down."""
    form = request.user.form
    place, room = whole_number(form, "place", None), form.get("room")
    width, height = millimetres(form, "width_mm"), millimetres(form, "height_mm")
    step, was = form.get("step", ""), whole_number(form, "was", None)
    if step in _STEPS and was is not None:
        place = was + _STEPS[step]
    elif place == was and room == form.get("was_room"):
        place = None  # nobody has touched the field: the picture stays where it may have gone meanwhile

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        return exhibition_pictures.hang(
            conn,
            keyring,
            project,
            picture,
            room=room,
            place=place,
            width_mm=width,
            height_mm=height,
            by=by,
            now=now,
        )

    return acted(request, project, id, do, to=f"/hanging#p-{picture}")


@post("/exhibition/{project:str}/{id:str}/room", sync_to_thread=True)
def add_room(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    wanted = room_of(request.user.form, Room(exhibition=id, titles={}))

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        room = Room(exhibition=id, titles=wanted["titles"], text=wanted["text"])
        return exhibitions.add_room(conn, keyring, project, id, room, by=by, now=now)

    problem = tried(request, do)
    return _walls(request, project, id, problem, "") if problem else _back(project, id)


@post("/exhibition/{project:str}/{id:str}/room/{room:str}", sync_to_thread=True)
def change_room(request: Page, project: FromPath[str], id: FromPath[str], room: FromPath[str]) -> Response[Any]:
    with borrowed(site_of(request).newsroom) as conn:
        before = record(conn, Room, project, room).record
    wanted = room_of(request.user.form, before)

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        return exhibitions.change_room(conn, keyring, project, room, by=by, now=now, **wanted)

    problem = tried(request, do)
    return _walls(request, project, id, problem, room) if problem else _back(project, id, f"#r-{room}")


@post("/exhibition/{project:str}/{id:str}/room/{room:str}/move", sync_to_thread=True)
def move_room(request: Page, project: FromPath[str], id: FromPath[str], room: FromPath[str]) -> Redirect:
    place = whole_number(request.user.form, "place", None)
    if place is None:
        raise BadInput("Say which place", "the number is missing", kept="Nothing was changed.")

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        exhibitions.move_room(conn, keyring, project, room, place, by=by, now=now)

    return acted(request, project, id, do, to=f"/hanging#r-{room}")


@post("/exhibition/{project:str}/{id:str}/room/{room:str}/drop", sync_to_thread=True)
def drop_room(request: Page, project: FromPath[str], id: FromPath[str], room: FromPath[str]) -> Redirect:
    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        exhibitions.drop_room(conn, keyring, project, room, by=by, now=now)

    return acted(request, project, id, do, to="/hanging")


def _back(project: str, id: str, mark: str = "") -> Redirect:
    return Redirect(f"/exhibition/{project}/{id}/hanging{mark}", status_code=303)


ROUTES: list[ControllerRouterHandler] = [walls, hang, add_room, change_room, move_room, drop_room]
