"""A person's alerts: the list with what is new, what has answered one of them, and a trial of a query."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import alerts as desk
from dragoman.desk.alerts import Tried
from dragoman.store import alerts, diary
from dragoman.store.connect import borrowed
from dragoman.web.asking import Page
from dragoman.web.event.view import Mistake, read
from dragoman.web.render import page
from dragoman.web.site import site_of


@get("/alerts", sync_to_thread=True)
def listed(request: Page, q: FromQuery[str] = "", name: FromQuery[str] = "") -> Response[str]:
    """Every alert with what is new; a query that is being tried."""
    return _list(request, q, name)


def _list(request: Page, q: str, name: str) -> Response[str]:
    asking, now = request.user, datetime.now(UTC)
    _, mistake = read(q)
    with borrowed(site_of(request).newsroom) as conn:
        diary.follow(conn)
        desk.follow(conn, now)
        found = alerts.alerts(conn, asking.person.id)
        tried: Tried | None = None
        if q.strip() and mistake is None:
            tried = desk.tried(conn, q, asking.person, now)
    return page(
        request,
        "alert/alerts.html",
        status=400 if mistake else 200,
        alerts=found,
        tried=tried,
        mistake=mistake,
        typed_query=q,
        typed_name=name,
    )


@post("/alerts", sync_to_thread=True)
def add(request: Page) -> Response[Any]:
    """Save a query; one that cannot be read comes back in the form."""
    asking = request.user
    q, name = asking.form.get("q", ""), asking.form.get("name", "")
    mistake: Mistake | None = read(q)[1]
    if mistake is not None or not q.strip():
        return _list(request, q, name)
    with borrowed(site_of(request).newsroom) as conn:
        made = desk.add(conn, asking.person, name, q, by=asking.person.name)
    return Redirect(f"/alert/{made.id}", status_code=303)


@get("/alert/{number:int}", sync_to_thread=True)
def shown(request: Page, number: FromPath[int]) -> Response[str]:
    """What has answered, newest first. Looking at it makes it no news any more."""
    asking, now = request.user, datetime.now(UTC)
    with borrowed(site_of(request).newsroom) as conn:
        diary.follow(conn)
        desk.follow(conn, now)
        one = alerts.alert(conn, number, asking.person.id)
        found = desk.shown(conn, one, now)
        alerts.looked(conn, number, now)
    return page(request, "alert/alert.html", alert=one, found=found)


@post("/alert/{number:int}/remove", sync_to_thread=True)
def remove(request: Page, number: FromPath[int]) -> Redirect:
    asking = request.user
    with borrowed(site_of(request).newsroom) as conn:
        desk.remove(conn, number, person=asking.person.id, by=asking.person.name)
    return Redirect("/alerts", status_code=303)


ROUTES: list[ControllerRouterHandler] = [listed, add, shown, remove]
