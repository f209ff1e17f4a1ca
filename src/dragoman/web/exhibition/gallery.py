"""The public gallery: no login, nothing before the opening, no picture that is not cleared at this moment."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from dragoman.desk.exhibitions import opened
from dragoman.model.errors import Gone, NotFound
from dragoman.planning.exhibition import Whole, is_open, said
from dragoman.planning.gallery import Gallery, gallery
from dragoman.store import media
from dragoman.store.connect import Connection, borrowed
from dragoman.web.exhibition.shown import PUBLIC, LiveLinks, front_page, notice_page, plate_page
from dragoman.web.render import Clock, html_response
from dragoman.web.site import Site, site_of
from dragoman.web.words import words

_Public = Request[Any, Any, State]
_FRAMES = {"content-language": "", "vary": "accept-language", "cache-control": "no-cache"}


@get("/gallery/{project:str}/{id:str}", sync_to_thread=True)
def front(request: _Public, project: FromPath[str], id: FromPath[str], language: FromQuery[str] = "") -> Response[str]:
    """The rooms with every picture small."""
    site, now = site_of(request), datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        whole = _whole(conn, project, id)
    if not is_open(whole.record, now):
        return _not_open(site, whole, _language(request, whole, language), now)
    shown = gallery(whole, _language(request, whole, language), now)
    return _answer(front_page(whole, shown, _links(site, whole), site.home.name, now), shown)


@get("/gallery/{project:str}/{id:str}/{picture:str}", sync_to_thread=True)
def plate(
    request: _Public,
    project: FromPath[str],
    id: FromPath[str],
    picture: FromPath[str],
    language: FromQuery[str] = "",
) -> Response[str]:
    """One picture, large."""
    site, now = site_of(request), datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        whole = _whole(conn, project, id)
    if not is_open(whole.record, now):
        return _not_open(site, whole, _language(request, whole, language), now)
    shown = gallery(whole, _language(request, whole, language), now)
    found = next((one for one in shown.plates if one.id == picture), None)
    if found is None:
        raise _nothing()
    return _answer(plate_page(whole, shown, found, _links(site, whole), site.home.name, now), shown)


@get("/gallery/{project:str}/{id:str}/{picture:str}/{name:str}", sync_to_thread=True)
def image(
    request: _Public, project: FromPath[str], id: FromPath[str], picture: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """A rendition of a picture that hangs here now; asked about anew every time, so that a kill counts at once."""
    site, now = site_of(request), datetime.now(UTC)
    rendition = name.removesuffix(".jpg")
    with borrowed(site.newsroom) as conn:
        whole = _whole(conn, project, id, only=picture)
        shown = gallery(whole, "", now) if is_open(whole.record, now) else None
        found = next((one for one in shown.plates if one.id == picture), None) if shown else None
        if found is None or rendition not in PUBLIC:
            raise _nothing()
        lying = next((one.lying for one in whole.pictures if one.id == picture), None)
        number = lying.number if lying else None
        sent = media.sent(conn, site.files, found.digest, rendition, number=number)
    headers = {"cache-control": "no-cache", "cross-origin-resource-policy": "cross-origin"}
    return Response(sent.body, media_type=sent.media_type, headers=headers)


def _whole(conn: Connection, project: str, id: str, only: str = "") -> Whole:
    """The exhibition, if there is one to speak of: published, or over.

    Raises:
        NotFound: there is none, or nobody outside may know of it.
        Gone: it is over.
    """
    try:
        whole = opened(conn, project, id, only=only)
    except NotFound as error:
        raise _nothing() from error
    record = whole.record
    if record.restricted or "web" not in record.uses or record.state == "preparing":
        raise _nothing()
    if record.state == "closed":
        raise Gone("This exhibition is over", hint="Its pictures are no longer shown here.")
    return whole


def _nothing() -> NotFound:
    return NotFound("There is no such exhibition or picture here", hint="Look at the address.")


def _language(request: _Public, whole: Whole, asked: str) -> str:
    """The one asked for, else what the browser likes best of the exhibition's, else its first."""
    languages = whole.record.languages
    if asked in languages:
        return asked
    return _liked(request.headers.get("accept-language", ""), languages) or languages[0]


def _liked(accepted: str, languages: tuple[str, ...]) -> str:
    """Which of `languages` an Accept-Language header (RFC 9110 §12.5.4) names first; browsers put the liked ones first."""
    tags = [part.partition(";")[0].strip().split("-")[0].lower() for part in accepted.split(",")[:20]]
    return next((code for tag in tags for code in languages if code.split("-")[0] == tag), "")


def _links(site: Site, whole: Whole) -> LiveLinks:
    return LiveLinks(project=whole.project, id=whole.id, url=site.config.url.rstrip("/"))


def _not_open(site: Site, whole: Whole, language: str, now: datetime) -> Response[str]:
    """Until the opening: the hour, and the title only where it has been announced."""
    record = whole.record
    title = said(record.titles, language, record.languages) if record.announced else None
    html = notice_page(
        language,
        site.home.name,
        "exhibition/gallery_notice.html",
        title=title,
        opens=Clock(record.venue.zone or site.home.zone, words(language), now).full(record.opens),
    )
    return html_response(html, 404)


def _answer(html: str, shown: Gallery) -> Response[str]:
    response = html_response(html)
    response.headers.update(_FRAMES | {"content-language": shown.language})
    return response


ROUTES: list[ControllerRouterHandler] = [front, plate, image]
