"""``POST /exchange/push/{feed}``: copy in any format from a bureau or a partner without Dragoman.

It shows the feed's secret as a bearer token, or signs with it (Standard Webhooks, `v1`); or, where the feed was told so, signs
as a Superdesk does (`x-superdesk-signature`).
"""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

import anyio
from litestar import Request, post
from litestar.params import FromPath
from litestar.response import Response
from msgspec import Struct

from dragoman.crash import crash
from dragoman.model.errors import NotAccepted, NotFound
from dragoman.store import arrivals, audit, feeds
from dragoman.store.arrivals import Kept
from dragoman.store.connect import ARRIVALS, Connection, Waker, borrowed
from dragoman.store.feeds import Feed
from dragoman.trust import superdesk
from dragoman.trust.webhook import format_secret, verify
from dragoman.web.exchange.inbox import intake_limiter, read_body
from dragoman.web.site import Site, site_of


class Taken(Struct, frozen=True):
    """The number of the arrival: its bytes are on our disk. `outcome` is ``seen`` where this push came before."""

    arrival: int
    outcome: str = "kept"


@post(
    "/exchange/push/{feed:str}",
    tags=["exchange"],
    security=[{}],
    status_code=202,
    summary="Copy pushed into a feed",
    request_max_body_size=None,
)
async def take_push(request: Request[Any, Any, Any], feed: FromPath[str]) -> Response[Taken]:
    """The body is one document in any format this node decodes. `Idempotency-Key` or `webhook-id` names the push."""
    site = site_of(request)
    body = await read_body(request, site)
    headers = dict(request.headers)
    taken = await anyio.to_thread.run_sync(_take, site, feed, headers, body, limiter=intake_limiter())
    # A Superdesk takes nothing but 200 and 201 for an answer, its older versions only 201.
    kept = 201 if superdesk.HEADER in headers else 202 if taken.outcome == "kept" else 200
    return Response(taken, status_code=kept)


def _take(site: Site, name: str, headers: dict[str, str], body: bytes) -> Taken:
    with borrowed(site.newsroom) as conn:
        feed = _open_feed(conn, name)
        try:
            push = _who(feed, headers, body)
        except NotAccepted as error:
            audit.record(conn, "push", "push refused", name, title=error.title, detail=error.detail, id=error.id)
            raise
        with conn.transaction():
            if push and (before := _seen(conn, feed, push)):
                return Taken(before, "seen")
            kept = Kept(
                body=body,
                source=push or name,
                media_type=headers.get("content-type", "").partition(";")[0].strip(),
                priority=arrivals.hurry(body),
            )
            number = arrivals.keep(conn, feed.id, feed.agency_id, [kept], site.files)[0]
            if push:
                conn.execute(
                    "update push_seen set arrival = %s where agency = %s and id = %s", (number, -feed.id, _name(push))
                )
            crash("push.before-commit")
        crash("push.committed")
        Waker(conn).wake(ARRIVALS)
    return Taken(number)


def _open_feed(conn: Connection, name: str) -> Feed:
    try:
        feed = feeds.the_feed(conn, name) if name.isprintable() else None
    except NotFound:
        feed = None
    if feed is None or feed.kind != "push" or feed.state != "active" or feed.secret is None:
        # The same words whether there is no such feed or it takes no pushes: names are not to be guessed.
        raise NotAccepted("This push is not accepted", "unknown feed or wrong secret", kept="Nothing.")
    return feed


def _who(feed: Feed, headers: dict[str, str], body: bytes) -> str:
    """The name of the push, or an empty string; its sender has shown that it holds the feed's secret."""
    assert feed.secret is not None
    if feed.access.signed == "superdesk":
        return _of_superdesk(feed.secret, headers, body)
    if "webhook-signature" in headers:
        return verify(headers, body, now=datetime.now(UTC), secrets=[feed.secret])
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(
        token.strip().encode(), format_secret(feed.secret).encode()
    ):
        raise NotAccepted(
            "This push is not accepted",
            "unknown feed or wrong secret",
            kept="Nothing.",
            hint="Send the feed's secret as a bearer token, or sign with it (Standard Webhooks, v1).",
        )
    return headers.get("idempotency-key", "")


def _of_superdesk(secret: bytes, headers: dict[str, str], body: bytes) -> str:
    """The same bytes once more are the same push: there is no other name to know it by."""
    if not superdesk.is_signed(secret, body, headers.get(superdesk.HEADER, "")):
        raise NotAccepted(
            "This push is not accepted",
            "unknown feed or wrong secret",
            kept="Nothing.",
            hint="Give the feed's secret as the destination's secret token.",
        )
    return "superdesk " + hashlib.sha256(body).hexdigest()


def _seen(conn: Connection, feed: Feed, push: str) -> int:
    """The arrival of a push of this name that came before; 0 (and remembered now) where none did."""
    fresh = conn.execute(
        "insert into push_seen (agency, id, arrival) values (%s, %s, 0) on conflict do nothing", (-feed.id, _name(push))
    ).rowcount
    if fresh:
        return 0
    row = conn.execute(
        "select arrival from push_seen where agency = %s and id = %s", (-feed.id, _name(push))
    ).fetchone()
    return int(row[0]) if row and row[0] else -1


def _name(push: str) -> str:
    return push if len(push) <= 200 else hashlib.sha256(push.encode("utf-8", "replace")).hexdigest()
