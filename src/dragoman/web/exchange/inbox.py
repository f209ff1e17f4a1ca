"""``POST /exchange/inbox``: what a partner's node pushes to us, verified, kept, and only then acknowledged.

sender     whose keys do we trust for the one it says it is from?
signature  Standard Webhooks, v1a, within five minutes of our clock
recipient  is it for us?
replay     has this very push been here?                    answered again, done once
agreement  is one in force under which they give to us?     a kill or hold needs none
keep       bytes on the disk, then 202
"""

from datetime import UTC, datetime
from typing import Any

import anyio
from litestar import Request, post
from litestar.response import Response
from msgspec import Struct

from dragoman.crash import crash
from dragoman.desk.letters import open_letter
from dragoman.model.errors import DragomanError, NotAccepted, Refused, TooLarge, TryAgain
from dragoman.store import agencies, arrivals, audit, deliveries, feeds
from dragoman.store.agreements import book
from dragoman.store.arrivals import Kept
from dragoman.store.connect import ARRIVALS, LETTERS, PROJECTS, Connection, Waker, borrowed
from dragoman.trust.envelope import Envelope, claimed_sender, open_envelope
from dragoman.trust.webhook import verify
from dragoman.web.site import Site, site_of

LETTER_TYPES = frozenset({"receipt", "agreement", "key", "hold-request", "project"})


_WOKEN = {"project": (PROJECTS, LETTERS)}


class Acknowledged(Struct, frozen=True):
    """What we have done: `kept` durably, or known before (`seen`). The receipt follows when it has been filed."""

    id: str
    outcome: str


@post(
    "/exchange/inbox",
    tags=["exchange"],
    security=[{}],
    status_code=202,
    summary="A push from a partner's node",
    request_max_body_size=None,
)
async def take_envelope(request: Request[Any, Any, Any]) -> Response[Acknowledged]:
    """An envelope signed for us by a partner whose key a person has confirmed (Standard Webhooks, `v1a`)."""
    site = site_of(request)
    body = await read_body(request, site)
    headers = {
        name: request.headers[name]
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
        if name in request.headers
    }
    done = await anyio.to_thread.run_sync(_take, site, headers, body, limiter=intake_limiter())
    return Response(done, status_code=202 if done.outcome == "kept" else 200)


_limits: dict[str, anyio.CapacityLimiter] = {}


def intake_limiter() -> anyio.CapacityLimiter:
    """How many intakes stand in the database side by side: a flood waits here, not there."""
    return _limits.setdefault("inbox", anyio.CapacityLimiter(8))


async def read_body(request: Request[Any, Any, Any], site: Site) -> bytes:
    """The body, refused as soon as it is too long: nothing of it is kept.

    Raises:
        TooLarge: longer than the limit in the settings.
        TryAgain: the disk is full; nothing is taken in.
    """
    if site.intake_refused():
        raise TryAgain(
            "This node takes nothing in at present",
            "its disk is full",
            hint="Send it again in a few minutes.",
            kept="Nothing of this push.",
        )
    limit = site.config.limits.body_bytes
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise _too_large(limit)
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise _too_large(limit)
        pieces.append(piece)
    return b"".join(pieces)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(
        "The body is too large",
        f"more than {limit:,} bytes",
        hint="Send items one by one, pictures by reference.",
        kept="Nothing of this push.",
    )


def _take(site: Site, headers: dict[str, str], body: bytes) -> Acknowledged:
    now = datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        try:
            sender, push, envelope = _verified(conn, site, headers, body, now)
        except DragomanError as error:
            audit.record(conn, "inbox", "push refused", "", title=error.title, detail=error.detail, id=error.id)
            raise
        with conn.transaction():
            if not _first_time(conn, sender, push):
                return Acknowledged(push, "seen")
            crash("inbox.remembered")
            if envelope.type in LETTER_TYPES:
                open_letter(conn, envelope, now)
            else:
                _keep(conn, site, sender, push, envelope, body)
            crash("inbox.before-commit")
        crash("inbox.committed")
        Waker(conn).wake(*_WOKEN.get(envelope.type, (ARRIVALS,)))
    return Acknowledged(push, "kept")


def _verified(
    conn: Connection, site: Site, headers: dict[str, str], body: bytes, now: datetime
) -> tuple[str, str, Envelope]:
    sender = claimed_sender(body)
    keys = agencies.trusted_keys(conn, sender, now)
    if not keys:
        raise NotAccepted(
            "This node does not know the sender",
            f"no key of {sender[:40]!r} has been confirmed here",
            hint="Both sides confirm each other's fingerprint: `dragoman node trust`.",
            kept="Nothing.",
        )
    push = verify(headers, body, now=now, keys=keys)
    return sender, push, open_envelope(body, us=site.home.code, now=now)


def _first_time(conn: Connection, sender: str, push: str) -> bool:
    """Has it not been here? From now on it has, and so has the entry of the sender's change feed that says the same."""
    new = conn.execute(
        "insert into push_seen (agency, id) select a.id, x.id from agency a, unnest(%s::text[]) as x(id)"
        " where a.code = %s and x.id <> '' order by x.id on conflict do nothing returning id",
        ([push, deliveries.as_read(push)], sender),
    ).fetchall()
    return any(row[0] == push for row in new)


def _keep(conn: Connection, site: Site, sender: str, push: str, envelope: Envelope, body: bytes) -> None:
    if envelope.action not in ("kill", "hold") and not book(conn).gives(sender, datetime.now(UTC)):
        raise Refused(
            f"No agreement under which {sender} gives to {site.home.code} is in force",
            f"the push names {envelope.agreement[:40] or 'none'} revision {envelope.revision}",
            hint="Propose one, or renew the one that has ended.",
            kept="Nothing of this push.",
        )
    feed = next((f for f in feeds.feeds(conn, kinds=("node",)) if f.agency == sender), None)
    if feed is None:
        raise Refused(f"This node has no way in for {sender}", hint="`dragoman node trust` makes it.", kept="Nothing.")
    arrivals.keep(
        conn,
        feed.id,
        feed.agency_id,
        [Kept(body=body, source=push, media_type="application/json", format="envelope", priority=arrivals.hurry(body))],
        site.files,
    )
