"""The pictures' pages: the sheet with its upload, one picture with its form, the files. The address is the state."""

from datetime import UTC, datetime

import anyio.to_thread
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from dragoman.desk import copy
from dragoman.desk import pictures as desk
from dragoman.model.errors import Conflict, DragomanError, Problem
from dragoman.model.picture import CAPTIONED, EDGES, ORIGINAL
from dragoman.model.version import Version
from dragoman.query import QuerySyntax, matches
from dragoman.query.tree import Tree
from dragoman.store import agencies, audit, items, media, vocabularies
from dragoman.store.connect import borrowed
from dragoman.store.darkroom import why_not_here
from dragoman.web.asking import Page
from dragoman.web.item.reading import receivers
from dragoman.web.picture.form import said_of_new, said_of_one
from dragoman.web.picture.shown import before as as_shown
from dragoman.web.picture.shown import fields, missing, shown
from dragoman.web.picture.upload import REQUEST_BYTES, Sent, files_of, read
from dragoman.web.render import page
from dragoman.web.site import site_of
from dragoman.web.wire.listing import Mistake, read_query

PER_PAGE = 48
_LIMITS: dict[str, anyio.CapacityLimiter] = {}


@get("/pictures", sync_to_thread=True)
def pictures(
    request: Page, q: FromQuery[str] = "", agency: FromQuery[str] = "", before: FromQuery[int | None] = None
) -> Response[str]:
    """The sheet: thumbnails, newest first, those that answer a query or come from one agency."""
    site, now = site_of(request), datetime.now(UTC)
    tree, mistake = _read(q)

    def answers(version: Version) -> bool:
        return (not agency or version.origin == agency) and (tree is None or matches(tree, version, now=now))

    with borrowed(site.newsroom) as conn:
        wanted = answers if tree or agency else None
        found = [] if mistake else media.pictures(conn, matches=wanted, before=before, limit=PER_PAGE)
        known = agencies.agencies(conn)
        last = media.last_of(conn, request.user.person.name) if request.user.may("picture") else None
    return page(
        request,
        "picture/pictures.html",
        status=400 if mistake else 200,
        q=q,
        query=q,
        agency=agency,
        found=[shown(row, request.user.words) for row in found],
        older=found[-1].sequence if len(found) == PER_PAGE else None,
        agencies=known,
        mistake=mistake,
        last=last,
        verdict=request.user.verdict("picture"),
    )


def _read(query: str) -> tuple[Tree | None, Mistake | None]:
    try:
        return read_query(query), None
    except QuerySyntax as error:
        return None, Mistake(title=error.title, pointed=error.detail, hint=error.hint, column=error.column)


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one file: the picture it is now, or why it is none."""

    name: str
    number: int = 0
    notes: tuple[str, ...] = ()
    problem: Problem | None = None


@post("/pictures", request_max_body_size=REQUEST_BYTES)
async def add(request: Page) -> Response[str] | Redirect:
    """Files become pictures of ours, one by one: one that is refused stops no other."""
    request.user.must("picture")
    outcomes = []
    for file in await files_of(request):
        try:
            sent = await read(file)
            # Few at a time: each has a process of its own and a connection while it is developed.
            outcomes.append(await anyio.to_thread.run_sync(_add, request, sent, limiter=_limiter()))
        except DragomanError as error:
            outcomes.append(Outcome(name=file.filename, problem=error.problem()))
        finally:
            await file.close()
    if len(outcomes) == 1 and outcomes[0].number:
        return Redirect(f"/picture/{outcomes[0].number}", status_code=303)
    status = 201 if any(one.number for one in outcomes) else 422
    return await anyio.to_thread.run_sync(lambda: page(request, "picture/added.html", status=status, outcomes=outcomes))


def _limiter() -> anyio.CapacityLimiter:
    return _LIMITS.setdefault("darkroom", anyio.CapacityLimiter(2))


def _add(request: Page, sent: Sent) -> Outcome:
    site, said = site_of(request), said_of_new(request.user.form)
    with borrowed(site.newsroom) as conn:
        done = desk.add(
            conn,
            site.files,
            sent.body,
            by=request.user.person.name,
            now=datetime.now(UTC),
            source=sent.name,
            said=said,
        )
        copy.wake(conn)
    return Outcome(name=sent.name, number=done.number, notes=done.notes)


@get("/picture/{number:int}", sync_to_thread=True)
def picture(request: Page, number: FromPath[int]) -> Response[str]:
    """One picture: large, what is known of it, its renditions, who has it, and the form to describe it."""
    site, now, words = site_of(request), datetime.now(UTC), request.user.words
    with borrowed(site.newsroom) as conn:
        row = media.picture(conn, number)
        filed = items.current(conn, number)
        made = media.renditions(conn, row.digest) if row.digest else []
        whole = media.file(conn, row.digest) if row.digest else None
        waiting = why_not_here(conn, row.digest) if row.file == "wanted" and row.digest else []
        who = receivers(conn, site, filed, now)
        trail = audit.entries(conn, about=row.uri, limit=15)
        called = vocabularies.labels(conn, (one.uri for one in filed.item.subjects), words.language)
    is_ours = row.origin == site.home.code
    return page(
        request,
        "picture/picture.html",
        one=shown(row, words),
        row=row,
        item=filed.item,
        labels=called,
        filed=filed,
        made=made,
        missing=missing(made) if row.file in ("kept", "ready") else [],
        whole=whole,
        waiting=waiting,
        receivers=who,
        trail=trail,
        is_ours=is_ours,
        languages_of=fields(row, words.language),
        was=as_shown(filed.item, row),
        verdict=request.user.verdict("picture"),
    )


@post("/picture/{number:int}", sync_to_thread=True)
def describe(request: Page, number: FromPath[int]) -> Redirect:
    """What is said of it now, as a new version: an update, or a correction that says what was wrong."""
    request.user.must("picture")
    form = request.user.form
    with borrowed(site_of(request).newsroom) as conn:
        filed = items.current(conn, number)
        if form.get("sequence", "") != str(filed.version.sequence):
            raise Conflict(
                "Somebody changed the description while you were writing",
                f"version {filed.item.version} is in force now",
                hint="Go back and copy your text, then open the picture again.",
            )
        row = media.row_of(conn, filed)
        codes = [one.language for one in fields(row, request.user.words.language)]
        wrong = form.get("reason", "").strip()
        desk.describe(
            conn,
            str(number),
            said_of_one(form, codes, as_shown(filed.item, row)),
            by=request.user.person.name,
            now=datetime.now(UTC),
            reason=wrong or desk.SAYS,
            wrong=bool(wrong),
        )
        copy.wake(conn)
    return Redirect(f"/picture/{number}", status_code=303)


@get("/picture/file/{digest:str}/{name:str}", sync_to_thread=True)
def file(request: Page, digest: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """A rendition to look at; the original, as it came or captioned, to be saved and never shown, which is written to the audit.

    Raises:
        Gone: the picture is held or killed. NotFound: there is none, or not yet.
    """
    if name in (ORIGINAL, CAPTIONED):
        return _original(request, digest, name)
    with borrowed(site_of(request).newsroom) as conn:
        sent = media.sent(conn, site_of(request).files, digest, name if name in EDGES else "")
    headers = {"cache-control": "private, no-cache", "etag": sent.tag, "vary": "cookie"}
    if request.headers.get("if-none-match") == sent.tag:
        return Response(b"", status_code=304, headers=headers)
    return Response(sent.body, media_type=sent.media_type, headers=headers)


def _original(request: Page, digest: str, name: str) -> Response[bytes]:
    request.user.must("raw")
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        sent = media.sent(conn, site.files, digest, name)
        audit.record(conn, request.user.person.name, f"{name} saved", digest)
    return Response(
        sent.body,
        media_type=sent.media_type,
        headers={
            "content-disposition": f'attachment; filename="{digest[:16]}.{sent.suffix}"',
            "cache-control": "no-store",
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


ROUTES: list[ControllerRouterHandler] = [pictures, add, picture, describe, file]
