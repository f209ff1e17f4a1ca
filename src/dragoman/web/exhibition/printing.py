"""Labels, panels and the printer's list in the browser, to be printed from there; and everything in one file."""

import tempfile
from collections.abc import Iterator, Mapping
from typing import IO, Annotated, Any

from litestar import Response, get
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from dragoman.store import audit
from dragoman.store.connect import borrowed
from dragoman.web.asking import Page
from dragoman.web.exhibition.export import Wanted, fill_zip, pieces
from dragoman.web.exhibition.paper import Kind, choice_of, paper_page
from dragoman.web.exhibition.print_sheet import print_csv
from dragoman.web.exhibition.workshop import RIGHT, bench
from dragoman.web.render import html_response
from dragoman.web.site import site_of

_BLOCK = 256 * 1024
Languages = Annotated[list[str] | None, QueryParameter(name="languages")]


@get("/exhibition/{project:str}/{id:str}/labels", sync_to_thread=True)
def labels(request: Page, project: FromPath[str], id: FromPath[str], languages: Languages = None) -> Response[str]:
    return _printed(request, project, id, "labels", languages)


@get("/exhibition/{project:str}/{id:str}/panels", sync_to_thread=True)
def panels(request: Page, project: FromPath[str], id: FromPath[str], languages: Languages = None) -> Response[str]:
    return _printed(request, project, id, "panels", languages)


@get("/exhibition/{project:str}/{id:str}/list", sync_to_thread=True)
def prints(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[str]:
    return _printed(request, project, id, "list", None)


@get("/exhibition/{project:str}/{id:str}/list.csv", sync_to_thread=True)
def prints_csv(request: Page, project: FromPath[str], id: FromPath[str]) -> Response[str]:
    with borrowed(site_of(request).newsroom) as conn:
        found = bench(request, conn, project, id)
    text = print_csv(found.whole, request.user.words.language, found.now.date())
    headers = {"content-disposition": f'attachment; filename="prints-{id}.csv"', "cache-control": "no-store"}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _printed(request: Page, project: str, id: str, kind: Kind, languages: list[str] | None) -> Response[str]:
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        found = bench(request, conn, project, id)
    asked: Mapping[str, Any] = request.query_params
    choice = choice_of(found.whole, {name: str(value) for name, value in asked.items()}, languages or [], kind)
    html = paper_page(
        kind,
        found.whole,
        choice,
        request.user.words,
        site.home.name,
        found.now,
        back=found.base,
        pictures={one.id: one.thumbnail for one in found.selected if one.thumbnail},
    )
    return html_response(html)


@get("/exhibition/{project:str}/{id:str}/export.zip", sync_to_thread=True)
def everything(request: Page, project: FromPath[str], id: FromPath[str]) -> Stream:
    """The exhibition as a file that works without us, as `dragoman exhibition export` writes it, without PDF."""
    request.user.must(RIGHT)
    site = site_of(request)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been sent
    try:
        with borrowed(site.newsroom) as conn:
            found = bench(request, conn, project, id)
            audit.record(conn, request.user.person.name, "exhibition exported", f"{project}/{id}")
            fill_zip(pieces(conn, site.files, found.whole, Wanted(home=site.home.name), found.now), file)
    except BaseException:
        file.close()
        raise
    headers = {"content-disposition": f'attachment; filename="exhibition-{id}.zip"', "cache-control": "no-store"}
    return Stream(_sent(file), media_type="application/zip", headers=headers)


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block


ROUTES: list[ControllerRouterHandler] = [labels, panels, prints, prints_csv, everything]
