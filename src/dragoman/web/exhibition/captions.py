"""Captions in one language: the picture and what its item says on one side, ours on the other, a second person's eyes on both."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from dragoman.desk import exhibition_pictures as desk
from dragoman.model.errors import Problem
from dragoman.planning.captions import Worded, doubts, source_of, stamp_of, worded
from dragoman.planning.exhibition import Said
from dragoman.store.connect import Connection, borrowed
from dragoman.text.checks import Finding
from dragoman.text.segments import Clash, Written, stamp
from dragoman.trust.keys import Keyring
from dragoman.web.asking import Page
from dragoman.web.exhibition.workshop import Bench, Sight, acted, bench, tried, workshop_page
from dragoman.web.site import site_of


class Row(Struct, frozen=True, kw_only=True):
    """One picture's words as the form shows them: as they stand, or as they were typed. `seen` are the stamps of what
    stands, by field; `theirs` what somebody else has written meanwhile."""

    sight: Sight
    source: Said
    words: Worded
    typed: dict[str, str]
    seen: dict[str, str]
    theirs: dict[str, str]
    doubts: tuple[Finding, ...]
    review_stamp: str


@get("/exhibition/{project:str}/{id:str}/captions", sync_to_thread=True)
def columns(request: Page, project: FromPath[str], id: FromPath[str], language: FromQuery[str] = "") -> Response[str]:
    """The two columns, in the exhibition's first language unless told."""
    return _columns(request, project, id, language)


def _columns(
    request: Page,
    project: str,
    id: str,
    language: str,
    clashes: tuple[Clash, ...] = (),
    problem: Problem | None = None,
) -> Response[str]:
    with borrowed(site_of(request).newsroom) as conn:
        found = bench(request, conn, project, id)
    codes = found.whole.record.languages
    chosen = language if language in codes else codes[0]
    back = clashes or problem
    return workshop_page(
        request,
        found,
        "captions",
        "captions",
        status=problem.status if problem else 409 if clashes else 200,
        problem=problem,
        clashes=clashes,
        language=chosen,
        rows=_rows(found, chosen, {one.id: one for one in clashes}, dict(request.user.form) if back else {}),
    )


def _rows(found: Bench, language: str, clashes: dict[str, Clash], form: dict[str, str]) -> list[Row]:
    return [_row(found, one, language, clashes, form) for one in found.selected or found.sights]


def _row(found: Bench, sight: Sight, language: str, clashes: dict[str, Clash], form: dict[str, str]) -> Row:
    words, source = worded(found.whole, sight.picture, language), source_of(sight.picture)
    names = {field: f"{sight.id}/{field}" for field in desk.FIELDS}
    return Row(
        sight=sight,
        source=source,
        words=words,
        typed={field: form.get(name, getattr(words, field)) for field, name in names.items()},
        seen={field: stamp(getattr(words, field)) for field in desk.FIELDS},
        theirs={field: clashes[name].theirs for field, name in names.items() if name in clashes},
        doubts=doubts(words, source),
        review_stamp=stamp_of(words),
    )


@post("/exhibition/{project:str}/{id:str}/captions", sync_to_thread=True)
def write(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    """Everything on the page. What another has changed meanwhile is shown beside ours; nothing typed is lost."""
    form = request.user.form
    language = form.get("language", "")
    written = [
        Written(id=name, target=text.replace("\r\n", "\n"), seen=form.get(f"seen/{name}", ""))
        for name, text in form.items()
        if name.rpartition("/")[2] in desk.FIELDS and not name.startswith("seen/")
    ]
    clashes: list[Clash] = []

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        clashes.extend(desk.write(conn, keyring, project, id, language, written, by=by, now=now))

    problem = tried(request, do)
    if problem is not None or clashes:
        return _columns(request, project, id, language, tuple(clashes), problem)
    return Redirect(f"/exhibition/{project}/{id}/captions?language={language}", status_code=303)


@post("/exhibition/{project:str}/{id:str}/picture/{picture:str}/review", sync_to_thread=True)
def review(request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str]) -> Redirect:
    """Somebody who has not written the words has read them."""
    form = request.user.form
    language = form.get("language", "")

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        return desk.review(conn, keyring, project, id, picture, language, seen=form.get("seen", ""), by=by, now=now)

    return acted(request, project, id, do, to=f"/captions?language={language}#p-{picture}")


ROUTES: list[ControllerRouterHandler] = [columns, write, review]
