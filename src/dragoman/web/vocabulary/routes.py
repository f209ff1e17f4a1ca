"""The vocabularies' pages: what has been taken in, the concepts of one of them, the search through all."""

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from dragoman.model.vocabulary import in_language
from dragoman.read.topics import topics
from dragoman.store import vocabularies
from dragoman.store.connect import borrowed
from dragoman.web.asking import Page
from dragoman.web.render import page
from dragoman.web.site import site_of

PER_PAGE = 100


@get("/vocabularies", sync_to_thread=True)
def listed(request: Page, q: FromQuery[str] = "") -> Response[str]:
    """What has been taken in; the concepts that a search finds in all of it; else the topics that are built in."""
    with borrowed(site_of(request).newsroom) as conn:
        kept = vocabularies.vocabularies(conn)
        found = vocabularies.find(conn, q, limit=PER_PAGE) if q.strip() else []
    return page(
        request,
        "vocabulary/vocabularies.html",
        kept=kept,
        found=found,
        q=q,
        topics=list(topics().values()),
        called=in_language,
        most=PER_PAGE,
    )


@get("/vocabulary/{number:int}", sync_to_thread=True)
def shown(request: Page, number: FromPath[int], q: FromQuery[str] = "", after: FromQuery[str] = "") -> Response[str]:
    """One vocabulary: its concepts by their codes, or those that a search finds."""
    with borrowed(site_of(request).newsroom) as conn:
        one = vocabularies.vocabulary(conn, str(number))
        found = vocabularies.find(conn, q, vocabulary=one.id, after=after, limit=PER_PAGE + 1)
    return page(
        request,
        "vocabulary/vocabulary.html",
        one=one,
        found=found[:PER_PAGE],
        more=found[PER_PAGE - 1].concept.code if len(found) > PER_PAGE else "",
        q=q,
        called=in_language,
    )


ROUTES: list[ControllerRouterHandler] = [listed, shown]
