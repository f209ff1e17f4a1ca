"""An arrival's page: what came, what became of each unit of it, and another try as another format."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman import formats
from dragoman.store import arrivals, audit
from dragoman.store.connect import ARRIVALS, Waker, borrowed
from dragoman.web.asking import Page
from dragoman.web.render import page
from dragoman.web.site import site_of

_SHOWN = 500
"""Units on the page; an arrival may have tens of thousands."""


@get("/arrival/{number:int}", sync_to_thread=True)
def arrival(request: Page, number: FromPath[int]) -> Response[str]:
    """What is known of it; its bytes are never shown, only given out."""
    with borrowed(site_of(request).newsroom) as conn:
        row, units = arrivals.arrival(conn, number), arrivals.units(conn, number)
    parked = [unit for unit in units if unit.problem is not None]
    rest = [unit for unit in units if unit.problem is None]
    return page(
        request,
        "operations/arrival.html",
        row=row,
        units=[*parked, *rest][:_SHOWN],
        more=max(0, len(units) - _SHOWN),
        formats=formats.FORMATS.values(),
    )


@get("/arrival/{number:int}/raw", sync_to_thread=True)
def raw(request: Page, number: FromPath[int]) -> Response[bytes]:
    """The bytes exactly as they came, to be saved and never shown."""
    return raw_of(request, number)


@post("/arrival/{number:int}/retry", sync_to_thread=True)
def retry(request: Page, number: FromPath[int]) -> Redirect:
    """Sent through the pipeline again, as the format that is named."""
    send_again(request, number, request.user.form.get("format", ""))
    return Redirect(f"/arrival/{number}", status_code=303)


def raw_of(request: Page, number: int) -> Response[bytes]:
    """An arrival's bytes; written to the audit. Raises: Refused, NotFound."""
    request.user.must("operate")
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        body = arrivals.raw(conn, number, site.files)
        audit.record(conn, request.user.person.name, "raw bytes read", f"arrival {number}", arrival=number)
    return raw_response(body, number)


def raw_response(body: bytes, number: int) -> Response[bytes]:
    """Bytes of a stranger as an attachment that no browser runs."""
    return Response(
        body,
        media_type="application/octet-stream",
        headers={
            "content-disposition": f'attachment; filename="arrival-{number}.bin"',
            "cache-control": "no-store",
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


def send_again(request: Page, number: int, name: str) -> None:
    """What is parked of an arrival goes through the pipeline again, as the format `name` where there is one.

    Raises:
        Refused: it is the operator's. NotFound: no such format, or nothing of it is parked.
    """
    request.user.must("operate")
    if name:
        formats.find(name)
    with borrowed(site_of(request).newsroom) as conn:
        with conn.transaction():
            arrivals.retry(conn, number, format=name)
            audit.record(conn, request.user.person.name, "arrival retried", str(number), format=name)
        Waker(conn).wake(ARRIVALS)


ROUTES: list[ControllerRouterHandler] = [arrival, raw, retry]
