"""The queue of translations, the page on which one is made, and the acts on it: each a form, then back to the page."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal, cast

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import translations as desk
from dragoman.desk.references import References, references
from dragoman.desk.suggestions import of_segments
from dragoman.desk.translated import WAITS, Desk, desk_of, lines, tag_of
from dragoman.model.errors import BadInput
from dragoman.store import items, translations
from dragoman.store.connect import Connection, borrowed
from dragoman.web.asking import Asking, Page
from dragoman.web.render import link, page
from dragoman.web.site import Site, site_of
from dragoman.web.translate.pairs import Pair, pairs, written
from dragoman.web.translate.progress import Progress, present, progress
from dragoman.web.words import LANGUAGES

_KINDS = ("correction", "update")


@get("/translate", sync_to_thread=True)
def queue(
    request: Page, language: FromQuery[str] = "", mine: FromQuery[bool] = False, waits: FromQuery[str] = ""
) -> Response[str]:
    """What waits to be translated, to be read by a second person, to be done again."""
    person = request.user.person.name
    with borrowed(site_of(request).newsroom) as conn:
        found = lines(conn, language=language, person=person if mine else "")
        people = translations.eyes(conn)
    counts = {name: sum(one.waits == name for one in found) for name in WAITS}
    shown = [one for one in found if one.waits == waits or not waits]
    return page(
        request,
        "translate/queue.html",
        lines=shown,
        counts=counts,
        chosen=language,
        mine=mine,
        waits=waits,
        eyes=people,
        offered=offered(site_of(request)),
    )


def offered(site: Site) -> tuple[str, ...]:
    """The languages to translate into: those our agency writes, then the others we serve."""
    return tuple(dict.fromkeys((*site.home.languages, *LANGUAGES)))


@get("/translate/{number:int}/{language:str}", sync_to_thread=True)
def work(request: Page, number: FromPath[int], language: FromPath[str]) -> Response[str]:
    """Source and ours, paragraph by paragraph."""
    asking, now = request.user, datetime.now(UTC)
    with borrowed(site_of(request).newsroom) as conn:
        standing = desk_of(conn, number, language, now=now)
        one = standing.translation
        others = translations.opened(conn, one.id, asking.person.name, now) if one else []
        side = translations.side(conn, asking.person.name)
        shelf = references(conn, site_of(request).config.term_base)
    there = {each.id for each in standing.segments}
    return page(
        request,
        "translate/work.html",
        desk=standing,
        work=one,
        pairs=_pairs(standing, asking, shelf),
        gone=[each for each in standing.asides if each.segment not in there],
        readers=present(others, asking.words, site_of(request).home.zone, now),
        side=side,
        why_ready=standing.why_not_ready(),
        why_publish=standing.why_not_publish(asking.person.name),
        may=asking.may("translate"),
        address=f"/translate/{number}/{standing.language}",
    )


def _pairs(standing: Desk, asking: Asking, shelf: References) -> tuple[Pair, ...]:
    segments, language = standing.segments, standing.original.item.language
    offers = of_segments(segments, language, standing.language, shelf) if standing.translation else {}
    return pairs(segments, standing.findings, standing.asides, offers, asking.person.name, asking.words)


@post("/translate/{number:int}/start", sync_to_thread=True)
def start(request: Page, number: FromPath[int]) -> Redirect:
    """Begin, or go on with what was begun."""
    request.user.must("translate")
    language = tag_of(request.user.form.get("language", ""))
    with borrowed(site_of(request).newsroom) as conn:
        desk.start(conn, number, language, request.user.person.name, datetime.now(UTC))
    return Redirect(f"/translate/{number}/{language}", status_code=303)


@post("/translate/{number:int}/{language:str}/save", sync_to_thread=True)
def save(request: Page, number: FromPath[int], language: FromPath[str]) -> Redirect | Response[Progress]:
    """Keep the draft; back to the page, or to the script that saves by itself."""
    request.user.must("translate")
    asking, now = request.user, datetime.now(UTC)
    with borrowed(site_of(request).newsroom) as conn:
        saved = desk.save(conn, number, language, written(asking.form), by=asking.person.name, now=now)
        if "application/json" in request.headers.get("accept", ""):
            others = translations.opened(conn, saved.translation.id, asking.person.name, now)
            readers = present(others, asking.words, site_of(request).home.zone, now)
            standing = desk_of(conn, number, language, now=now)
            return Response(progress(saved, standing, readers, asking.words), headers={"cache-control": "no-store"})
    return Redirect(f"/translate/{number}/{language}", status_code=303)


@post("/translate/{number:int}/{language:str}/ready", sync_to_thread=True)
def ready(request: Page, number: FromPath[int], language: FromPath[str]) -> Redirect:
    """Keep what the form holds, then hand it to a second person."""

    def do(conn: Connection, asking: Asking, now: datetime) -> None:
        _saved(conn, asking, number, language, now)
        desk.ready(conn, number, language, asking.person.name, now)

    return _done(request, number, language, do)


@post("/translate/{number:int}/{language:str}/publish", sync_to_thread=True)
def publish(request: Page, number: FromPath[int], language: FromPath[str]) -> Redirect:
    """File it; where one person suffices, what the form holds is kept first."""
    request.user.must("translate")
    asking, now = request.user, datetime.now(UTC)
    kind = asking.form.get("kind", "correction")
    if kind not in _KINDS:
        raise BadInput("There is no such kind of correction", kind[:40], hint=f"One of: {', '.join(_KINDS)}.")
    with borrowed(site_of(request).newsroom) as conn:
        _saved(conn, asking, number, language, now)
        done = desk.publish(
            conn,
            number,
            language,
            asking.person.name,
            now,
            reason=asking.form.get("reason", ""),
            kind=cast(Literal["correction", "update"], kind),
        )
        desk.wake(conn)
        target = items.version(conn, done.sequence).item_id
    return Redirect(f"/item/{target}", status_code=303)


@post("/translate/{number:int}/{language:str}/return", sync_to_thread=True)
def send_back(request: Page, number: FromPath[int], language: FromPath[str]) -> Redirect:
    """Back to the translator, with a note."""

    def do(conn: Connection, asking: Asking, now: datetime) -> None:
        desk.send_back(conn, number, language, asking.form.get("note", ""), by=asking.person.name, now=now)

    return _done(request, number, language, do)


@post("/translate/{number:int}/{language:str}/update", sync_to_thread=True)
def update(request: Page, number: FromPath[int], language: FromPath[str]) -> Redirect:
    """Go on from the original as it is now."""

    def do(conn: Connection, asking: Asking, now: datetime) -> None:
        _saved(conn, asking, number, language, now)
        desk.take_over(conn, number, language, by=asking.person.name, now=now)

    return _done(request, number, language, do)


@post("/translate/{number:int}/{language:str}/leave", sync_to_thread=True, status_code=204)
def leave(request: Page, number: FromPath[int], language: FromPath[str]) -> None:
    """The page was closed: the person no longer has it open."""
    with borrowed(site_of(request).newsroom) as conn:
        one = translations.find(conn, number, language)
        if one is not None:
            translations.left(conn, one.id, request.user.person.name)


@post("/translate/side", sync_to_thread=True)
def side(request: Page) -> Redirect:
    """On which side the source is read, for this person from now on."""
    form = request.user.form
    where = "end" if form.get("side") == "end" else "start"
    with borrowed(site_of(request).newsroom) as conn:
        translations.set_side(conn, request.user.person.name, where)
    following = form.get("next", "")
    return Redirect(following if following.startswith("/translate/") else link("/translate"), status_code=303)


def _saved(conn: Connection, asking: Asking, number: int, language: str, now: datetime) -> None:
    sent = written(asking.form)
    if sent:
        desk.save(conn, number, language, sent, by=asking.person.name, now=now)


def _done(request: Page, number: int, language: str, do: Callable[[Connection, Asking, datetime], Any]) -> Redirect:
    request.user.must("translate")
    with borrowed(site_of(request).newsroom) as conn:
        do(conn, request.user, datetime.now(UTC))
    return Redirect(f"/translate/{number}/{language}", status_code=303)


ROUTES: list[ControllerRouterHandler] = [queue, work, start, save, ready, publish, send_back, update, leave, side]
