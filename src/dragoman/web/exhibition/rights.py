"""The rights table: what may be done with each picture, why, and the form that adds to it."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import exhibition_pictures as desk
from dragoman.model.errors import BadInput, Problem
from dragoman.planning.rights_table import standings
from dragoman.store.connect import Connection, borrowed
from dragoman.trust.keys import Keyring
from dragoman.web.asking import Page
from dragoman.web.exhibition.forms import USES, right_of
from dragoman.web.exhibition.workshop import acted, bench, tried, workshop_page
from dragoman.web.site import site_of

EVERY = "every"
"""In the form: all selected pictures."""


@get("/exhibition/{project:str}/{id:str}/rights", sync_to_thread=True)
def table(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[str]:
    return _table(request, project, id)


def _table(request: Page, project: str, id: str, problem: Problem | None = None) -> Response[str]:
    """Every selected picture, or every proposal where none is selected yet; a row each, a column for each use."""
    with borrowed(site_of(request).newsroom) as conn:
        found = bench(request, conn, project, id)
    shown = found.selected or found.sights
    today, uses = found.now.date(), found.whole.record.uses
    others = tuple(use for use in USES if use not in uses)
    return workshop_page(
        request,
        found,
        "rights",
        "rights",
        status=problem.status if problem else 200,
        problem=problem,
        shown=[(one, standings(found.whole, one.picture, today, (*uses, *others))) for one in shown],
        uses=uses,
        others=others,
        home_code=site_of(request).home.code,
        every=EVERY,
    )


@post("/exhibition/{project:str}/{id:str}/right", sync_to_thread=True)
def add(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    """One statement for one picture, or for all that are selected, and for each use that is ticked."""
    form = request.user.form

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        uses = [use for use in USES if form.get(f"use_{use}")]
        if not uses:
            raise BadInput("Say which use it is", "none is ticked", kept="What was typed; nothing was changed.")
        with conn.transaction():
            for picture in _pictures(request, conn, project, id, form.get("picture", "")):
                for use in uses:
                    right = right_of(form, picture, use)
                    desk.say_right(conn, keyring, project, right, by=by, now=now)

    problem = tried(request, do)
    if problem is not None:
        return _table(request, project, id, problem)
    return Redirect(f"/exhibition/{project}/{id}/rights", status_code=303)


def _pictures(request: Page, conn: Connection, project: str, id: str, chosen: str) -> list[str]:
    if chosen != EVERY:
        return [chosen]
    found = bench(request, conn, project, id)
    return [one.id for one in found.selected or found.sights]


@post("/exhibition/{project:str}/{id:str}/right/{right:str}/take-back", sync_to_thread=True)
def take_back(request: Page, project: FromPath[str], id: FromPath[str], right: FromPath[str]) -> Redirect:
    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        desk.take_back_right(conn, keyring, project, right, by=by, now=now)

    return acted(request, project, id, do, to="/rights")


ROUTES: list[ControllerRouterHandler] = [table, add, take_back]
