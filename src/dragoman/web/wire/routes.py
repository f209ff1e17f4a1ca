"""The wire's pages. The address is the state: query, item read beside it, and where the list goes on."""

from datetime import UTC, datetime

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Stream
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from dragoman.query import QuerySyntax
from dragoman.store import agencies, items, stories
from dragoman.store.connect import borrowed
from dragoman.store.figures import counted
from dragoman.web.asking import COOKIE, Page
from dragoman.web.item.reading import reading
from dragoman.web.render import link, page
from dragoman.web.site import site_of
from dragoman.web.wire.follower import Follower
from dragoman.web.wire.listing import full_row, listing, read_query
from dragoman.web.wire.live import stream
from dragoman.web.wire.rows import groups
from dragoman.web.wire.views import views

_MOST_NEW = 200
_FLAT = "dragoman_flat"
"""The cookie of a browser in which every item has a line of its own."""
_YEAR_S = 31_536_000


_MOST_LINES = 2_000


class InStory(Struct, frozen=True, kw_only=True):
    """An item's story, how many items that has, in which languages."""

    item: int
    story: int
    items: int
    languages: tuple[str, ...]


@get("/wire", sync_to_thread=True)
def wire(
    request: Page, q: FromQuery[str] = "", before: FromQuery[int | None] = None, item: FromQuery[int | None] = None
) -> Response[str]:
    """The list of one view, and beside it the item that is being read."""
    site, now = site_of(request), datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        found = listing(conn, q, now, before=before)
        desk, others = views(agencies.agencies(conn), site.home, counted(conn))
        shown = reading(conn, site, request.user, items.current(conn, item), now) if item is not None else None
    return page(
        request,
        "wire/wire.html",
        status=400 if found.mistake else 200,
        q=q,
        before=before,
        listing=found,
        groups=groups(found.rows, flat=_is_flat(request)),
        flat=_is_flat(request),
        desk=desk,
        others=others,
        reading=shown,
        item=item,
    )


@get("/wire/rows", sync_to_thread=True)
def rows(request: Page, after: FromQuery[int], q: FromQuery[str] = "") -> Response[str]:
    """The lines that are new since `after`, for an open page."""
    with borrowed(site_of(request).newsroom) as conn:
        found = listing(conn, q, datetime.now(UTC), after=after, limit=_MOST_NEW)
    return page(request, "wire/rows.html", groups=groups(found.rows, flat=_is_flat(request)), q=q, item=None)


@get("/wire/groups", sync_to_thread=True)
def grouped(request: Page, items: FromQuery[str] = "") -> list[InStory]:
    """The stories of these items (numbers with commas) as they are now, for an open page to group its lines by."""
    numbers = [int(one) for one in items.split(",") if one.isdecimal() and len(one) < 19][:_MOST_LINES]
    with borrowed(site_of(request).newsroom) as conn:
        found = stories.parts(conn, numbers)
    return [InStory(item=item, story=p.story, items=p.items, languages=p.languages) for item, p in found.items()]


@post("/wire/lines", sync_to_thread=True)
def lines(request: Page) -> Redirect:
    """Group lines by story, or give every item a line of its own; this browser remembers it."""
    form = request.user.form
    flat = form.get("lines") == "flat"
    cookie = Cookie(
        key=_FLAT,
        value="1" if flat else "",
        path="/wire",
        max_age=_YEAR_S if flat else 0,
        httponly=True,
        secure=site_of(request).secure_cookies,
        samesite="lax",
    )
    return Redirect(link("/wire", q=form.get("q", "")), status_code=303, cookies=[cookie])


def _is_flat(request: Page) -> bool:
    return request.cookies.get(_FLAT) == "1"


@get("/wire/row/{number:int}", sync_to_thread=True)
def row(request: Page, number: FromPath[int], q: FromQuery[str] = "") -> Response[str]:
    """One line as it stands now, for an open page that shows an older state of it."""
    now = datetime.now(UTC)
    with borrowed(site_of(request).newsroom) as conn:
        found = full_row(conn, items.current(conn, number), now)
    return page(request, "wire/row.html", row=found, q=q, item=None)


@get("/wire/live")
async def live(request: Page, q: FromQuery[str] = "", after: FromQuery[int] = 0) -> Stream:
    """What comes in from now on, or from where a browser that was away left off."""
    last = request.headers.get("last-event-id", "")
    try:
        tree = read_query(q)
    except QuerySyntax:
        tree = None
    follower = request.app.state.follower
    assert isinstance(follower, Follower)
    return Stream(
        stream(
            site_of(request),
            follower,
            tree,
            int(last) if last.isdecimal() else after,
            request.cookies.get(COOKIE, ""),
        ),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


ROUTES: list[ControllerRouterHandler] = [wire, rows, row, grouped, lines, live]
