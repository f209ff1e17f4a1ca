"""For those who watch the machine: is the process there, is the node ready, how much of everything."""

import ipaddress
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from dragoman.model.errors import DragomanError, NotAccepted
from dragoman.store import people
from dragoman.store.connect import borrowed
from dragoman.store.db.migrate import migrations
from dragoman.store.figures import migrated
from dragoman.web.health.figures import figures, text_of
from dragoman.web.site import site_of

_Visit = Request[Any, Any, State]


class Ready(Struct, frozen=True, kw_only=True):
    """Each check with ``ok`` or what is wrong."""

    ready: bool
    database: str
    migrations: str
    intake: str


@get("/-/healthy", media_type=MediaType.TEXT, sync_to_thread=False)
def healthy() -> str:
    """The process answers; nothing else is asked."""
    return "healthy\n"


@get("/-/ready", sync_to_thread=True)
def ready(request: _Visit) -> Response[Ready]:
    """200 when copy can be taken in and pages shown, 503 and the reason when not."""
    site = site_of(request)
    database, schema = "ok", "unknown"
    try:
        with borrowed(site.newsroom) as conn:
            known, done = len(migrations()), migrated(conn)
        schema = "ok" if done == known else f"{done} of {known} applied"
    except DragomanError as error:
        database = error.title
    intake = "refused: the disk is full" if site.intake_refused() else "ok"
    good = (database, schema, intake) == ("ok",) * 3
    answer = Ready(ready=good, database=database, migrations=schema, intake=intake)
    return Response(answer, status_code=200 if good else 503, headers={"cache-control": "no-store"})


@get("/metrics", media_type=MediaType.TEXT, sync_to_thread=True)
def metrics(request: _Visit) -> Response[bytes]:
    """Prometheus's text format, read from the store when asked. From this machine, or with a newsroom token.

    Raises:
        NotAccepted: from elsewhere, and without one.
    """
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        known = people.bearer(conn, token.strip()) if scheme.lower() == "bearer" else None
        if not _is_local(request) and (known is None or known.person is None):
            raise NotAccepted("Figures are given to this machine, or for a token", hint="`dragoman token add`.")
        found = figures(conn)
    return Response(text_of(found, site.intake_refused()), media_type="text/plain; version=0.0.4; charset=utf-8")


def _is_local(request: _Visit) -> bool:
    """Straight from this machine: a proxy that forwards for others says so in a header."""
    if request.client is None or "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


ROUTES: list[ControllerRouterHandler] = [healthy, ready, metrics]
