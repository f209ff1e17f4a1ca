"""Feeds, channels, arrivals and deliveries over the API, with the switches that operators have."""

from typing import Annotated

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.types import ControllerRouterHandler

from dragoman.store import arrivals, audit, channels, deliveries, feeds
from dragoman.store.arrivals import UnitRow
from dragoman.store.connect import ARRIVALS, DELIVERIES, Waker, borrowed
from dragoman.store.deliveries import DeliveryRow
from dragoman.web.api.shapes import ArrivalLine, ChannelLine, FeedLine, arrival_line, channel_line, feed_line
from dragoman.web.asking import Page
from dragoman.web.operations.arrivals import raw_of, send_again
from dragoman.web.site import site_of

Limit = Annotated[int, QueryParameter(ge=1, le=500, description="Lines in one answer, newest first.")]


@get("/feeds", sync_to_thread=True)
def ways_in(request: Page) -> list[FeedLine]:
    """Every feed: when it was last asked, what went wrong."""
    with borrowed(site_of(request).newsroom) as conn:
        return [feed_line(one) for one in feeds.feeds(conn)]


@post("/feeds/{name:str}/poll", sync_to_thread=True, status_code=200)
def poll(request: Page, name: FromPath[str]) -> FeedLine:
    """Ask the feed at once."""
    request.user.must("operate")
    with borrowed(site_of(request).newsroom) as conn:
        feeds.poll_now(conn, name)
        Waker(conn).wake(ARRIVALS)
        return feed_line(feeds.the_feed(conn, name))


@get("/channels", sync_to_thread=True)
def ways_out(request: Page, agency: FromQuery[str] = "") -> list[ChannelLine]:
    """Every channel: what waits on it, since when it fails."""
    with borrowed(site_of(request).newsroom) as conn:
        return [channel_line(one) for one in channels.channels(conn, agency)]


@post("/channels/{name:str}/pause", sync_to_thread=True, status_code=200)
def pause(request: Page, name: FromPath[str]) -> ChannelLine:
    """Nothing more is sent on it until it is resumed."""
    return _switched(request, name, "paused")


@post("/channels/{name:str}/resume", sync_to_thread=True, status_code=200)
def resume(request: Page, name: FromPath[str]) -> ChannelLine:
    """Sent on again, at once."""
    return _switched(request, name, "active")


def _switched(request: Page, name: str, state: str) -> ChannelLine:
    request.user.must("operate")
    by = request.user.person.name
    with borrowed(site_of(request).newsroom) as conn:
        with conn.transaction():
            channels.set_state(conn, name, state, f"by {by}" if state == "paused" else "")
            audit.record(conn, by, f"channel {state}", name)
        Waker(conn).wake(DELIVERIES)
        return channel_line(channels.channel(conn, name))


@get("/arrivals", sync_to_thread=True)
def came(
    request: Page, parked: FromQuery[bool] = False, feed: FromQuery[str] = "", limit: Limit = 50
) -> list[ArrivalLine]:
    """What came in, as bytes; only what has something parked, or of one feed, when asked."""
    with borrowed(site_of(request).newsroom) as conn:
        return [arrival_line(one) for one in arrivals.arrivals(conn, parked=parked, feed=feed, limit=limit)]


@get("/arrivals/{number:int}", sync_to_thread=True)
def arrival(request: Page, number: FromPath[int]) -> ArrivalLine:
    """One arrival."""
    return _arrival(request, number)


def _arrival(request: Page, number: int) -> ArrivalLine:
    with borrowed(site_of(request).newsroom) as conn:
        return arrival_line(arrivals.arrival(conn, number))


@get("/arrivals/{number:int}/units", sync_to_thread=True)
def units(request: Page, number: FromPath[int]) -> list[UnitRow]:
    """What became of each unit of it."""
    with borrowed(site_of(request).newsroom) as conn:
        arrivals.arrival(conn, number)
        return arrivals.units(conn, number)


@get("/arrivals/{number:int}/raw", sync_to_thread=True)
def raw(request: Page, number: FromPath[int]) -> Response[bytes]:
    """The bytes exactly as they came. Written to the audit."""
    return raw_of(request, number)


@post("/arrivals/{number:int}/retry", sync_to_thread=True, status_code=200)
def retry(request: Page, number: FromPath[int], read_as: FromQuery[str] = "") -> ArrivalLine:
    """Send what is parked through the pipeline again; `read_as` names a format to read it as."""
    send_again(request, number, read_as)
    return _arrival(request, number)


@get("/deliveries", sync_to_thread=True)
def sent(
    request: Page,
    item: FromQuery[int | None] = None,
    agency: FromQuery[str] = "",
    delivery_state: FromQuery[str] = "",
    limit: Limit = 100,
) -> list[DeliveryRow]:
    """Deliveries, newest first; of one item, agency or state when asked."""
    with borrowed(site_of(request).newsroom) as conn:
        return deliveries.deliveries(conn, item=item, agency=agency, state=delivery_state, limit=limit)


@get("/deliveries/{name:str}", sync_to_thread=True)
def delivery(request: Page, name: FromPath[str]) -> DeliveryRow:
    """One delivery by its id, the same over every attempt."""
    with borrowed(site_of(request).newsroom) as conn:
        return deliveries.delivery(conn, name)


@post("/deliveries/{name:str}/retry", sync_to_thread=True, status_code=200)
def try_again(request: Page, name: FromPath[str]) -> DeliveryRow:
    """Tried again now; the right is checked again when it begins."""
    request.user.must("operate")
    with borrowed(site_of(request).newsroom) as conn:
        deliveries.retry(conn, name)
        Waker(conn).wake(DELIVERIES)
        return deliveries.delivery(conn, name)


ROUTES: list[ControllerRouterHandler] = [
    ways_in,
    poll,
    ways_out,
    pause,
    resume,
    came,
    arrival,
    units,
    raw,
    retry,
    sent,
    delivery,
    try_again,
]
