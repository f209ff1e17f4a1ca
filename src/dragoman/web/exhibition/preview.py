"""The gallery as it will be, for those who make it: before the opening, and with what is not cleared yet."""

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from dragoman.model.errors import NotFound
from dragoman.planning.gallery import gallery
from dragoman.store.connect import borrowed
from dragoman.web.asking import Page
from dragoman.web.exhibition.shown import LiveLinks, front_page, plate_page
from dragoman.web.exhibition.workshop import bench
from dragoman.web.render import html_response
from dragoman.web.site import site_of


@get("/exhibition/{project:str}/{id:str}/preview", sync_to_thread=True)
def front(request: Page, project: FromPath[str], id: FromPath[str], language: FromQuery[str] = "") -> Response[str]:
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        found = bench(request, conn, project, id)
    shown = gallery(found.whole, language or request.user.words.language, found.now, workshop=True)
    links = LiveLinks(project=project, id=id, preview=True)
    return html_response(front_page(found.whole, shown, links, site.home.name, found.now))


@get("/exhibition/{project:str}/{id:str}/preview/{picture:str}", sync_to_thread=True)
def plate(
    request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str], language: FromQuery[str] = ""
) -> Response[str]:
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        found = bench(request, conn, project, id)
    shown = gallery(found.whole, language or request.user.words.language, found.now, workshop=True)
    one = next((each for each in shown.plates if each.id == picture), None)
    if one is None:
        raise NotFound("There is nothing to show of this picture", picture)
    links = LiveLinks(project=project, id=id, preview=True)
    return html_response(plate_page(found.whole, shown, one, links, site.home.name, found.now))


ROUTES: list[ControllerRouterHandler] = [front, plate]
