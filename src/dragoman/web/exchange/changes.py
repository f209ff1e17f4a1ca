"""``GET /exchange/changes`` and ``/exchange/atom``: a partner's own view, read through the partner role and its fence.

A correction or a kill is a new entry; a follower that was away becomes equal again by reading on from its cursor.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import anyio
import msgspec
from litestar import Request, get
from litestar.params import FromQuery
from litestar.response import Response
from msgspec import Meta, Raw, Struct

from dragoman import formats
from dragoman.deliver.parcel import credited, envelope
from dragoman.model.errors import NotAccepted, Refused
from dragoman.store import agencies, agreements, families, order, people
from dragoman.store.agreements import Book
from dragoman.store.changes import Change, changes, newest
from dragoman.store.connect import borrowed, seen_by
from dragoman.store.deliveries import delivery_id
from dragoman.trust.keyfile import LiveKeys
from dragoman.trust.token import claimed_issuer, verify_token
from dragoman.trust.webhook import page_id, sign
from dragoman.web.site import Site, site_of

MOST = 500


class Entry(Struct, frozen=True):
    """One change: its id (that of a push of it, but for the channel, which is 0) and the envelope a push would carry."""

    id: str
    envelope: Raw


class Page(Struct, frozen=True):
    """Entries, oldest first. Ask again with `cursor`; at once where there is `more`."""

    entries: list[Entry]
    cursor: str
    more: bool


class Reader(Struct, frozen=True):
    """The partner who reads."""

    code: str
    id: int


@get("/exchange/changes", tags=["exchange"], security=[{"token": []}], summary="The change feed of one partner")
async def read_changes(
    request: Request[Any, Any, Any],
    cursor: FromQuery[str] = "",
    limit: FromQuery[Annotated[int, Meta(ge=1, le=MOST)]] = 100,
) -> Response[bytes]:
    """What this partner is granted, in the order it became visible to it. `cursor` is opaque: that of the last answer."""
    site = site_of(request)
    asked = asked_for(request)
    page = await anyio.to_thread.run_sync(_page, site, asked, cursor, limit)
    # Signed like a push, for this very request: a page is as good as the pushes in it, whatever carried it.
    body = msgspec.json.encode(page)
    keys = _keyring(site.config.keys)().signing
    stamp = sign(page_id(asked[0].partition(" ")[2]), body, at=datetime.now(UTC), keys=keys)
    return Response(body, media_type="application/json", headers={"cache-control": "no-store", **stamp.headers()})


@lru_cache(maxsize=4)
def _keyring(path: Path) -> LiveKeys:
    return LiveKeys(path)


@get(
    "/exchange/atom",
    tags=["exchange"],
    security=[{"token": []}],
    summary="The newest entries as Atom",
    media_type="application/atom+xml",
)
async def read_atom(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The newest 50 entries; a killed item is a tombstone (RFC 6721)."""
    site = site_of(request)
    body, tag = await anyio.to_thread.run_sync(_atom, site, asked_for(request))
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, headers={"etag": tag})
    return Response(
        body, media_type="application/atom+xml", headers={"etag": tag, "cache-control": "private, no-cache"}
    )


def asked_for(request: Request[Any, Any, Any]) -> tuple[str, str, str]:
    """What a token is bound to: the authorization as sent, the method, the path with its query."""
    query = request.scope["query_string"].decode("latin-1")
    path = request.scope["path"] + (f"?{query}" if query else "")
    return request.headers.get("authorization", ""), request.method, path


def reader(site: Site, asked: tuple[str, str, str]) -> Reader:
    """Who reads: a partner's node by its signed token, or a partner's program by an access token.

    Raises:
        NotAccepted: neither.
    """
    authorization, method, path = asked
    scheme, _, token = authorization.partition(" ")
    now = datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        if scheme.lower() == "dragoman":
            issuer = claimed_issuer(token)
            verify_token(
                token,
                us=site.home.code,
                method=method,
                path=path,
                now=now,
                keys={issuer: agencies.trusted_keys(conn, issuer, now)},
            )
            return Reader(issuer, agencies.agency(conn, issuer).id)
        holder = people.bearer(conn, token) if scheme.lower() == "bearer" else None
        if holder is None or not holder.agency:
            raise NotAccepted(
                "Say who is reading",
                "a partner's access token is expected",
                hint="Send `Authorization: Bearer dgm_…`; the partner manager makes one with `dragoman token add`.",
            )
        return Reader(holder.agency, holder.agency_id)


def _page(site: Site, asked: tuple[str, str, str], cursor: str, limit: int) -> Page:
    who = reader(site, asked)
    with borrowed(site.newsroom) as conn:
        agreed = agreements.book(conn)
    with seen_by(site.partner, who.id) as conn:
        here = order.read_cursor(cursor, reader=who.code, epoch=agreed.epoch)
        found = changes(conn, here.position, limit + 1)
    # Read after the entries it is to explain: an agreement may have come into force in between.
    with borrowed(site.newsroom) as conn:
        agreed = agreements.book(conn)
        related = families.siblings(conn, [change.sequence for change in found[:limit]], who.id)
    entries = [
        entry
        for change in found[:limit]
        if (entry := _entry(change, who, agreed, related.get(change.sequence, ()), site.config.url))
    ]
    at = found[:limit][-1].position if found else here.position
    return Page(entries, str(order.Cursor(agreed.epoch, at, who.code)), len(found) > limit)


def _entry(change: Change, who: Reader, agreed: Book, siblings: Sequence[families.Sibling], url: str) -> Entry | None:
    now = datetime.now(UTC)
    try:
        item = credited(
            change.payload,
            agreement=change.agreement,
            revision=change.revision,
            advance=change.advance,
            book=agreed,
            now=now,
            siblings=siblings,
            url=url,
        )
    except Refused:
        return None
    body = envelope(item, change.act, agreed.home, who.code, change.agreement, change.revision, now)
    return Entry(delivery_id(agreed.home, agreed.epoch, 0, change.sequence), msgspec.Raw(body))


def _atom(site: Site, asked: tuple[str, str, str]) -> tuple[bytes, str]:
    who = reader(site, asked)
    with seen_by(site.partner, who.id) as conn:
        found = newest(conn, 50)
    with borrowed(site.newsroom) as conn:
        agreed = agreements.book(conn)
        related = families.siblings(conn, [change.sequence for change in found], who.id)
    now = datetime.now(UTC)
    items = [
        credited(
            c.payload,
            agreement=c.agreement,
            revision=c.revision,
            advance=c.advance,
            book=agreed,
            now=now,
            siblings=related.get(c.sequence, ()),
            url=site.config.url,
        )
        for c in found
    ]
    tag = (
        '"'
        + hashlib.sha256(
            f"{who.code}:{[c.position for c in found]}:{agreed.stamp!r}:{sorted(related.items())!r}".encode()
        ).hexdigest()[:24]
        + '"'
    )
    return formats.encode("atom", items).body, tag
