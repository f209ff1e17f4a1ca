"""The floor as a table to take away, and its transcript: looked at, then published as items."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import copy, projects
from dragoman.desk.floor import listing
from dragoman.desk.floor import publishing as desk
from dragoman.model.errors import DragomanError
from dragoman.store.connect import Connection, borrowed
from dragoman.text.language import known_tag
from dragoman.web.floor.settings import typed_time
from dragoman.web.floor.standing import Here, here
from dragoman.web.floor.views import tongues
from dragoman.web.floor.visitor import FloorPage, desk_of, must, shown, turned_away


@get("/floor/{project:str}/{id:str}/questions.csv", sync_to_thread=True)
def table(
    request: FloorPage, project: FromPath[str], id: FromPath[str], public: FromQuery[bool] = False
) -> Response[Any]:
    """Every question and answer; for whom may see all of it, or (`public`) what is on the list and on the record."""
    found = here(request, project, id)
    if not (found.may.see if public else found.may.moderate):
        return turned_away(request, found.hall)
    name = f"{id}-public.csv" if public else f"{id}.csv"
    return Response(
        listing.as_csv(found.hall, public=public),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


@get("/floor/{project:str}/{id:str}/transcript", sync_to_thread=True)
def transcript(request: FloorPage, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    """What would be published, in the language that is being looked at, and the form to publish it."""
    found = here(request, project, id)
    return _transcript(request, found) if found.may.moderate else turned_away(request, found.hall)


def _transcript(request: FloorPage, found: Here, error: DragomanError | None = None) -> Response[Any]:
    hall, floor = found.hall, found.hall.floor.record
    wanted = known_tag(found.visitor.reading)
    with borrowed(found.site.newsroom) as conn:
        text = desk.text_of(conn, hall, wanted or found.visitor.words.language)
        published = {language: _item(conn, uri) for language, uri in floor.transcripts.items()}
    unwritten = [one for one in hall.standing("answered") if not one.answers]
    return shown(
        request,
        "floor/transcript.html",
        status=error.status if error else 200,
        here=found,
        text=text,
        language=wanted,
        published=published,
        unwritten=unwritten,
        off_record=[one for one in hall.asked if not one.on_record],
        tongues=tongues(found),
        error=error,
        typed=found.visitor.form,
        zone=hall.event.record.place_zone if hall.event else found.site.home.zone,
    )


def _item(conn: Connection, uri: str) -> int | None:
    """The number of the item here, for a link; our partners' are theirs."""
    row = conn.execute("select id from item where uri = %s", (uri,)).fetchone()
    return row[0] if row else None


@post("/floor/{project:str}/{id:str}/transcript", sync_to_thread=True)
def publish(request: FloorPage, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    """File it as items of ours, one in each language that has a headline."""
    found = here(request, project, id)
    must(found.may.moderate, "publish the transcript")
    try:
        wanted = _wanted(found)
        with borrowed(found.site.newsroom) as conn:
            desk.publish(desk_of(conn, found.site, found.visitor, project, id), wanted)
            projects.wake(conn)
            copy.wake(conn)
    except DragomanError as error:
        return _transcript(request, found, error)
    return Redirect(f"{found.base}/transcript", status_code=303)


def _wanted(found: Here) -> desk.Publication:
    form: Mapping[str, str] = found.visitor.form
    named = [
        desk.Wanted(language=language, headline=headline)
        for language in tongues(found)
        if (headline := form.get(f"headline_{language}", "").strip())
    ]
    first = form.get("original", "")
    named.sort(key=lambda one: one.language != first)
    zone = found.hall.event.record.place_zone if found.hall.event else found.site.home.zone
    return desk.Publication(
        versions=tuple(named),
        credit=form.get("credit", ""),
        slugline=form.get("slugline", ""),
        embargoed_until=typed_time(form, "embargo", zone),
        reason=form.get("reason", ""),
    )


ROUTES: list[ControllerRouterHandler] = [table, transcript, publish]
