"""Choosing the pictures: proposed from the desk's own, looked at in a grid or beside each other, voted on, taken in or left."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import exhibition_pictures as desk
from dragoman.model.errors import BadInput, NotFound
from dragoman.planning.captions import source_of, worded
from dragoman.planning.rights_table import standings
from dragoman.query import QuerySyntax, matches
from dragoman.store import media
from dragoman.store.connect import Connection, borrowed
from dragoman.store.media import rendition_path
from dragoman.trust.keys import Keyring
from dragoman.web.asking import Page
from dragoman.web.exhibition.forms import whole_number
from dragoman.web.exhibition.workshop import Sight, acted, bench, workshop_page
from dragoman.web.site import site_of
from dragoman.web.wire.listing import read_query

SHOWS: dict[str, Callable[[Sight], bool]] = {
    "all": lambda one: True,
    "undecided": lambda one: one.picture.record.selected is None,
    "selected": lambda one: one.picture.record.selected is True,
    "out": lambda one: one.picture.record.selected is False,
    "mine": lambda one: one.mine is None,
}
SORTS: dict[str, Callable[[Sight], Any]] = {
    "stars": lambda one: (-one.picture.stars, one.picture.held.made.clock),
    "new": lambda one: -one.picture.held.made.clock,
    "hung": lambda one: (not one.number, one.number, one.picture.held.made.clock),
}
MOST_BESIDE = 4
_PER_PAGE = 48


@get("/exhibition/{project:str}/{id:str}/selection", sync_to_thread=True)
def grid(
    request: Page,
    project: FromPath[str],
    id: FromPath[str],
    agency: FromQuery[str] = "",
    stars: FromQuery[int] = 0,
    show: FromQuery[str] = "all",
    sort: FromQuery[str] = "stars",
) -> Response[str]:
    """Every proposal that answers the filters, the most liked first."""
    with borrowed(site_of(request).newsroom) as conn:
        found = bench(request, conn, project, id)
    show, sort = show if show in SHOWS else "all", sort if sort in SORTS else "stars"
    wanted = [
        one
        for one in found.sights
        if SHOWS[show](one) and (not agency or one.picture.agency == agency) and one.picture.stars >= stars
    ]
    return workshop_page(
        request,
        found,
        "selection",
        "selection",
        shown=sorted(wanted, key=SORTS[sort]),
        agencies=sorted({one.picture.agency for one in found.sights}),
        agency=agency,
        stars=stars,
        show=show,
        shows=tuple(SHOWS),
        sort=sort,
        sorts=tuple(SORTS),
        here=f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path,
    )


@get("/exhibition/{project:str}/{id:str}/compare", sync_to_thread=True)
def compare(
    request: Page,
    project: FromPath[str],
    id: FromPath[str],
    picture: Annotated[list[str] | None, QueryParameter(name="picture")] = None,
) -> Response[str]:
    """Two to four pictures beside each other, as large as the page allows, with what is known of each."""
    with borrowed(site_of(request).newsroom) as conn:
        found = bench(request, conn, project, id)
    asked = list(dict.fromkeys(picture or []))[:MOST_BESIDE]
    sights = [one for each in asked if (one := found.sight(each))]
    if len(sights) < 2:
        raise BadInput("Choose two to four pictures", f"{len(sights)} chosen", hint="Tick them in the selection.")
    return workshop_page(
        request,
        found,
        "compare",
        "selection",
        shown=sights,
        here=f"{request.url.path}?{request.url.query}",
        rights={one.id: standings(found.whole, one.picture, found.now.date()) for one in sights},
    )


@get("/exhibition/{project:str}/{id:str}/picture/{picture:str}", sync_to_thread=True)
def one(request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str]) -> Response[str]:
    """One proposal with everything that has been said of it."""
    with borrowed(site_of(request).newsroom) as conn:
        found = bench(request, conn, project, id)
    sight = found.sight(picture)
    if sight is None:
        raise NotFound("There is no such picture in the exhibition", picture)
    whole = found.whole
    return workshop_page(
        request,
        found,
        "picture",
        "selection",
        sight=sight,
        here=request.url.path,
        source=source_of(sight.picture),
        texts=[worded(whole, sight.picture, code) for code in whole.record.languages],
        standings=standings(whole, sight.picture, found.now.date()),
    )


@get("/exhibition/{project:str}/{id:str}/propose", sync_to_thread=True)
def proposals(
    request: Page,
    project: FromPath[str],
    id: FromPath[str],
    q: FromQuery[str] = "",
    before: FromQuery[int | None] = None,
) -> Response[str]:
    """Our node's pictures, to propose from."""
    now, mistake, tree = datetime.now(UTC), "", None
    try:
        tree = read_query(q)
    except QuerySyntax as error:
        mistake = f"{error.title} {error.hint}"
    with borrowed(site_of(request).newsroom) as conn:
        found = bench(request, conn, project, id)
        answers = (lambda version: matches(tree, version, now=now)) if tree is not None else None
        rows = [] if mistake else media.pictures(conn, matches=answers, before=before, limit=_PER_PAGE)
    proposed = {(one.picture.record.origin, one.picture.record.uri) for one in found.sights}
    return workshop_page(
        request,
        found,
        "propose",
        "selection",
        status=400 if mistake else 200,
        query=q,
        mistake=mistake,
        rows=[(row, (row.origin, row.uri) in proposed) for row in rows if row.is_usable],
        older=rows[-1].sequence if len(rows) == _PER_PAGE else None,
        rendition_path=rendition_path,
    )


@post("/exhibition/{project:str}/{id:str}/propose", sync_to_thread=True)
def propose(request: Page, project: FromPath[str], id: FromPath[str]) -> Redirect:
    """Those that were ticked, all or none."""
    numbers = [int(name.removeprefix("item_")) for name in request.user.form if _is_item(name)]
    if not numbers:
        raise BadInput("No picture is ticked", hint="Tick those you propose.", kept="Nothing was changed.")

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        with conn.transaction():
            for number in numbers:
                desk.propose(conn, keyring, project, id, number, by=by, now=now)

    return acted(request, project, id, do, to="/selection")


def _is_item(name: str) -> bool:
    return name.startswith("item_") and name[5:].isascii() and name[5:].isdecimal() and len(name) < 24


@post("/exhibition/{project:str}/{id:str}/picture/{picture:str}/vote", sync_to_thread=True)
def vote(request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str]) -> Redirect:
    form = request.user.form
    stars = whole_number(form, "stars", 0) or 0

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        return desk.vote(conn, keyring, project, picture, stars, note=form.get("note", ""), by=by, now=now)

    return acted(request, project, id, do, to=f"/selection#p-{picture}")


_CHOICES = {"select": True, "leave": False, "open": None}


@post("/exhibition/{project:str}/{id:str}/picture/{picture:str}/choose", sync_to_thread=True)
def choose(request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str]) -> Redirect:
    """Into the exhibition, left out, or open again."""
    choice = request.user.form.get("choice", "")
    if choice not in _CHOICES:
        raise BadInput("This is no choice", choice[:40], hint=f"One of: {', '.join(_CHOICES)}.")

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        return desk.select(conn, keyring, project, picture, _CHOICES[choice], by=by, now=now)

    return acted(request, project, id, do, to=f"/selection#p-{picture}")


@post("/exhibition/{project:str}/{id:str}/picture/{picture:str}/note", sync_to_thread=True)
def note(request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str]) -> Redirect:
    text = request.user.form.get("note", "")

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        return desk.remark(conn, keyring, project, picture, text, by=by, now=now)

    return acted(request, project, id, do, to=f"/picture/{picture}")


@post("/exhibition/{project:str}/{id:str}/picture/{picture:str}/withdraw", sync_to_thread=True)
def withdraw(request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str]) -> Redirect:
    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        desk.withdraw(conn, keyring, project, picture, by=by, now=now)

    return acted(request, project, id, do, to="/selection")


ROUTES: list[ControllerRouterHandler] = [
    grid,
    compare,
    one,
    proposals,
    propose,
    vote,
    choose,
    note,
    withdraw,
]
