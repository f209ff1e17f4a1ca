"""Items over the API: listed by query and cursor, shown, and acted on as on the item's page."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from dragoman.desk import copy
from dragoman.desk import versions as desk_versions
from dragoman.model.reading import Reading
from dragoman.model.version import Version
from dragoman.query import matches
from dragoman.store import copies, items, order, readings, reuse
from dragoman.store.connect import Connection, borrowed
from dragoman.store.reuse import Pickups
from dragoman.web.api.shapes import CorrectionAsked, ItemPage, ItemWhole, Reason, Same, VersionWord, item_line
from dragoman.web.asking import Page
from dragoman.web.item.wires import download
from dragoman.web.site import site_of
from dragoman.web.wire.listing import read_query

Query = Annotated[str, QueryParameter(description="The query language, as in the wire's search box.")]
CursorText = Annotated[str, QueryParameter(description="`next` of the last answer; empty: from the newest on.")]
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="Lines in one answer.")]


@get("/items", sync_to_thread=True)
def listed(request: Page, q: Query = "", cursor: CursorText = "", limit: Limit = 50) -> ItemPage:
    """Items by their current versions, newest first."""
    tree, now = read_query(q), datetime.now(UTC)

    def answers(version: Version) -> bool:
        return tree is not None and matches(tree, version, now=now)

    with borrowed(site_of(request).newsroom) as conn:
        epoch, reader = order.epoch(conn), _reader(request.user.person.name, q)
        before = order.read_cursor(cursor, reader=reader, epoch=epoch).position or None
        found, older = items.newest(conn, before=before, limit=limit, matches=answers if tree else None)
    following = str(order.Cursor(epoch, older, reader)) if older is not None else ""
    return ItemPage(items=[item_line(one) for one in found], next=following)


def _reader(name: str, query: str) -> str:
    """Whom and what a cursor is bound to."""
    return hashlib.sha256(f"{name}\x1f{query}".encode()).hexdigest()[:16]


@get("/items/{number:int}", sync_to_thread=True)
def shown(request: Page, number: FromPath[int]) -> ItemWhole:
    """One item in its current version. Of a held or killed one no text is given."""
    with borrowed(site_of(request).newsroom) as conn:
        filed = items.current(conn, number)
    return ItemWhole(line=item_line(filed), item=filed.item)


@get("/items/{number:int}/copies", sync_to_thread=True)
def same(request: Page, number: FromPath[int]) -> Same:
    """The same words under other ids, and near-copies of the same agency that may be versions of the item."""
    with borrowed(site_of(request).newsroom) as conn:
        items.current(conn, number)
        return Same(copies=list(copies.roads(conn, number)), versions=list(copies.proposals(conn, number)))


@post("/items/{number:int}/version", sync_to_thread=True, status_code=200)
def version_of(request: Page, number: FromPath[int], data: JSONBody[VersionWord]) -> Same:
    """Accept or reject a proposal that the item is a newer version of another one."""
    request.user.must("correct")
    with borrowed(site_of(request).newsroom) as conn:
        desk_versions.decide(conn, number, data.older, data.word, by=request.user.person.name)
        return Same(copies=list(copies.roads(conn, number)), versions=list(copies.proposals(conn, number)))


@get("/items/{number:int}/versions", sync_to_thread=True)
def versions(request: Page, number: FromPath[int]) -> list[ItemWhole]:
    """Every version, newest first."""
    with borrowed(site_of(request).newsroom) as conn:
        items.current(conn, number)
        found = items.versions(conn, number)
    return [ItemWhole(line=item_line(one), item=one.item) for one in found]


@get("/items/{number:int}/reading", sync_to_thread=True)
def read(request: Page, number: FromPath[int]) -> Reading:
    """What was read of the current version: language, dateline, names, places, dates, figures, quotes, subjects.

    Offsets are code points of its blocks' text, one block a line. 404 until it has been read, seconds after it came in,
    and while it is held or killed.
    """
    with borrowed(site_of(request).newsroom) as conn:
        return readings.of_item(conn, items.current(conn, number))


@get("/items/{number:int}/pickups", sync_to_thread=True)
def picked_up(request: Page, number: FromPath[int]) -> Pickups:
    """Whose earlier copy the item takes words from (`taken`) and who took its words (`given`), the newest first.

    `coverage` is the share of the user's words (signs in Chinese), `credited` null where both are one agency's. Where the
    label is ``translated`` it is the share of its sentences, and `passages` are those beside their original. Empty while the
    item is held or killed; whatever is held or killed on the other side is left out.
    """
    with borrowed(site_of(request).newsroom) as conn:
        items.current(conn, number)
        return reuse.of_item(conn, number)


@get("/items/{number:int}/as/{name:str}", sync_to_thread=True)
def written(request: Page, number: FromPath[int], name: FromPath[str]) -> Response[bytes]:
    """The current version as a document of the format `name`; the header `x-dragoman-lost` names what it cannot carry."""
    return download(request, number, name)


@post("/items/{number:int}/correct", sync_to_thread=True, status_code=200)
def correct(request: Page, number: FromPath[int], data: JSONBody[CorrectionAsked]) -> copy.Done:
    """A corrected version, sent to everyone who has an earlier one."""
    wanted = copy.Changes(
        headline=data.headline, text=data.text, slugline=data.slugline, urgency=data.urgency, ed_note=data.ed_note
    )

    def do(conn: Connection, by: str, now: datetime) -> copy.Done:
        return copy.correct(conn, str(number), wanted, data.reason, by=by, now=now, kind=data.kind)

    return _done(request, "correct", do)


@post("/items/{number:int}/hold", sync_to_thread=True, status_code=200)
def hold(request: Page, number: FromPath[int], data: JSONBody[Reason]) -> copy.Done:
    """Stopped everywhere at once; one person suffices."""
    return _done(request, "hold", lambda conn, by, now: copy.hold(conn, str(number), data.reason, by=by, now=now))


@post("/items/{number:int}/release", sync_to_thread=True, status_code=200)
def release(request: Page, number: FromPath[int], data: JSONBody[Reason]) -> copy.Done:
    """The hold ends; the text goes out again."""
    return _done(request, "release", lambda conn, by, now: copy.release(conn, str(number), data.reason, by=by, now=now))


@post("/items/{number:int}/kill", sync_to_thread=True, status_code=200)
def kill(request: Page, number: FromPath[int], data: JSONBody[Reason]) -> copy.Done:
    """Held by the first person's word, killed by a second's; `waits_for` says when one is still missing."""
    return _done(request, "kill", lambda conn, by, now: copy.kill(conn, str(number), data.reason, by=by, now=now))


def _done(request: Page, act: str, do: Callable[[Connection, str, datetime], copy.Done]) -> copy.Done:
    request.user.must(act)
    with borrowed(site_of(request).newsroom) as conn:
        done = do(conn, request.user.person.name, datetime.now(UTC))
        copy.wake(conn)
    return done


ROUTES: list[ControllerRouterHandler] = [
    listed,
    shown,
    same,
    version_of,
    versions,
    read,
    picked_up,
    written,
    correct,
    hold,
    release,
    kill,
]
