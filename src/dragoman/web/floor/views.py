"""Pages of a floor that are shown again with what was typed when something in it is wrong."""

from typing import Any

from litestar import Response

from dragoman.desk.floor.asking import lost
from dragoman.model.errors import DragomanError, NotFound
from dragoman.planning.floor.hall import Asked
from dragoman.planning.floor.rules import TAKES
from dragoman.store.connect import borrowed
from dragoman.web.floor.standing import Here, readable
from dragoman.web.floor.visitor import FloorPage, desk_of, own, shown
from dragoman.web.words import LANGUAGES


def public_view(
    request: FloorPage, found: Here, *, status: int = 200, error: DragomanError | None = None, refresh: int = 0
) -> Response[str]:
    """The public view, with the visitor's own questions; after a mistake with what was typed."""
    with borrowed(found.site.newsroom) as conn:
        mine = own(found.visitor, conn, found.hall)
        at_desk = desk_of(conn, found.site, found.visitor, found.hall.project, found.hall.id)
        gone = lost(at_desk) if found.visitor.asking else []
    return shown(
        request,
        "floor/hall.html",
        status=status,
        here=found,
        sheet=found.sheet("public"),
        view="public",
        mine=mine,
        lost=gone,
        takes=found.hall.floor.record.state in TAKES,
        error=error,
        refresh=refresh,
        tongues=tongues(found),
        typed=found.visitor.form,
        sent=request.query_params.get("sent", ""),
        signs=request.query_params.get("signs", ""),
    )


def by_itself(
    request: FloorPage, found: Here, id: str, *, status: int = 200, error: DragomanError | None = None
) -> Response[Any]:
    """One question with its answers, interpretations, and a form for each thing this visitor may do with it."""
    asked = found.hall.find(id)
    with borrowed(found.site.newsroom) as conn:
        mine = own(found.visitor, conn, found.hall)
    if asked is None or not readable(found, asked, mine):
        raise NotFound(f"There is no question {id} on this floor", hint="It may have been withdrawn.")
    others = [one for one in found.hall.standing("pending", "accepted", "asking", "answered") if one.id != id]
    return shown(
        request,
        "floor/question.html",
        status=status,
        here=found,
        one=asked,
        others=others,
        is_mine=any(one.id == id for one in mine),
        error=error,
        typed=found.visitor.form,
        tongues=tongues(found),
        queue=_queue(found, asked),
    )


def _queue(found: Here, asked: Asked) -> tuple[int, int]:
    """Its place among those that stand as it does, from one, and how many these are."""
    queue = [one.id for one in found.hall.standing(asked.standing)]
    return queue.index(asked.id) + 1, len(queue)


def tongues(found: Here) -> tuple[str, ...]:
    """The languages to choose from: the floor's first, then those of the interface, then the visitor's own."""
    return tuple(dict.fromkeys((*found.hall.floor.record.languages, *LANGUAGES, found.visitor.reading)))
