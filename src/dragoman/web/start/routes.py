"""Start here: five minutes through what there is, for somebody who sees it for the first time."""

from datetime import UTC, datetime

from litestar import Response, get
from litestar.types import ControllerRouterHandler

from dragoman.store.connect import borrowed
from dragoman.web.asking import Page
from dragoman.web.render import page
from dragoman.web.site import site_of
from dragoman.web.start.steps import steps


@get("/start", sync_to_thread=True)
def start(request: Page) -> Response[str]:
    """Eight steps, each with what to look at and where; where there is none of it, how it is made."""
    with borrowed(site_of(request).newsroom) as conn:
        found = steps(conn, request.user.words.language, datetime.now(UTC))
    return page(request, "start/start.html", steps=found)


ROUTES: list[ControllerRouterHandler] = [start]
