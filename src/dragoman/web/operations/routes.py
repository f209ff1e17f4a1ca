"""Operations' pages: roles, feeds, channels, what is parked, hold requests; and the audit."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import copy, requests
from dragoman.model.errors import NotFound
from dragoman.store import arrivals, audit, beats, channels, deliveries, feeds, items, letters
from dragoman.store.connect import ARRIVALS, DELIVERIES, Connection, Waker, borrowed
from dragoman.web.asking import Page
from dragoman.web.operations import arrivals as arrival_routes
from dragoman.web.render import page
from dragoman.web.site import site_of

SILENT = timedelta(seconds=30)
"""A role that has not been heard of for so long is in trouble."""
_SWITCHES = {"pause": "paused", "resume": "active"}


@get("/operations", sync_to_thread=True)
def operations(request: Page) -> Response[str]:
    """One screen: which part, since when, why, what to do."""
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        shown: dict[str, Any] = {
            "beats": beats.beats(conn),
            "feeds": feeds.feeds(conn),
            "channels": channels.channels(conn),
            "parked": arrivals.arrivals(conn, parked=True, limit=50),
            "stuck": deliveries.deliveries(conn, state="parked", limit=30),
            "letters": letters.parked(conn),
            "requests": items.hold_requests(conn),
        }
    return page(request, "operations/operations.html", refused=site.intake_refused(), silent=SILENT, **shown)


@get("/audit", sync_to_thread=True)
def trail(request: Page, about: FromQuery[str] = "") -> Response[str]:
    """Who did what, newest first; of one thing when it is named."""
    request.user.must("audit")
    with borrowed(site_of(request).newsroom) as conn:
        found = audit.entries(conn, about=about.strip(), limit=200)
        sealed = audit.head(conn)
    return page(request, "operations/audit.html", entries=found, about=about, sealed=sealed)


@post("/feed/{name:str}/poll", sync_to_thread=True)
def poll(request: Page, name: FromPath[str]) -> Redirect:
    return _done(request, f"feed {name} polled", lambda conn: feeds.poll_now(conn, name))


@post("/feed/{name:str}/{switch:str}", sync_to_thread=True)
def set_feed(request: Page, name: FromPath[str], switch: FromPath[str]) -> Redirect:
    state = _switched(switch)
    return _done(request, f"feed {name} {state}", lambda conn: feeds.set_state(conn, name, state))


@post("/channel/{name:str}/{switch:str}", sync_to_thread=True)
def set_channel(request: Page, name: FromPath[str], switch: FromPath[str]) -> Redirect:
    state = _switched(switch)
    reason = f"by {request.user.person.name}" if state == "paused" else ""
    return _done(request, f"channel {name} {state}", lambda conn: channels.set_state(conn, name, state, reason))


def _switched(switch: str) -> str:
    if switch not in _SWITCHES:
        raise NotFound(f"There is no switch {switch!r}", hint="pause or resume.")
    return _SWITCHES[switch]


@post("/delivery/{name:str}/retry", sync_to_thread=True)
def retry_delivery(request: Page, name: FromPath[str]) -> Redirect:
    return _done(request, f"delivery {name} retried", lambda conn: deliveries.retry(conn, name))


@post("/request/{number:int}/dismiss", sync_to_thread=True)
def dismiss(request: Page, number: FromPath[int]) -> Redirect:
    """Not followed: the item stays as it is."""
    request.user.must("release")
    with borrowed(site_of(request).newsroom) as conn:
        requests.dismiss(conn, number, by=request.user.person.name)
    return Redirect("/operations#requests", status_code=303)


@post("/request/{number:int}/hold", sync_to_thread=True)
def follow(request: Page, number: FromPath[int]) -> Redirect:
    """Held here and at those we gave it to, for the reason the request gives."""
    request.user.must("hold")
    by = request.user.person.name
    with borrowed(site_of(request).newsroom) as conn:
        with conn.transaction():
            item, reason = requests.follow(conn, number, by=by)
            if item is not None and items.current(conn, item).state == "usable":
                copy.hold(conn, str(item), reason or "asked for by a partner", by=by, now=datetime.now(UTC))
        copy.wake(conn)
    return Redirect("/operations#requests", status_code=303)


def _done(request: Page, said: str, do: Callable[[Connection], None]) -> Redirect:
    """Check the role, do it, write it down, wake who waits, go back."""
    request.user.must("operate")
    with borrowed(site_of(request).newsroom) as conn:
        with conn.transaction():
            do(conn)
            audit.record(conn, request.user.person.name, said)
        Waker(conn).wake(ARRIVALS, DELIVERIES)
    return Redirect("/operations", status_code=303)


ROUTES: list[ControllerRouterHandler] = [
    operations,
    trail,
    poll,
    set_feed,
    set_channel,
    *arrival_routes.ROUTES,
    retry_delivery,
    dismiss,
    follow,
]
