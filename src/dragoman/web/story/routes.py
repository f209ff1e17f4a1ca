"""The stories' pages: the latest, one side by side with why each item is there, and what editors decide."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from dragoman.desk import stories as desk
from dragoman.model.errors import BadInput
from dragoman.store import agencies, items, reuse, stories
from dragoman.store.connect import Connection, borrowed
from dragoman.web.asking import Page
from dragoman.web.item import pickups
from dragoman.web.render import page
from dragoman.web.site import site_of
from dragoman.web.story.reasons import concept_name, readable
from dragoman.web.story.shown import compared, side_by_side, stamp_of

PER_PAGE, FEW = 50, 12
"""Stories on a page; rows of each part that are shown at first."""


@get("/stories", sync_to_thread=True)
def listed(request: Page, before: FromQuery[datetime | None] = None) -> Response[str]:
    """The latest stories of two items and more."""
    with borrowed(site_of(request).newsroom) as conn:
        reached = items.latest_sequence(conn)
        found = stories.latest(conn, limit=PER_PAGE + 1, before=before)
    older = found[PER_PAGE - 1].latest.isoformat() if len(found) > PER_PAGE else ""
    return page(request, "story/stories.html", stories=found[:PER_PAGE], older=older, reached=reached)


@get("/story/{number:int}", sync_to_thread=True)
def show(request: Page, number: FromPath[int]) -> Response[str] | Redirect:
    """One story. The number of one that was merged leads to the one that it is in."""
    with borrowed(site_of(request).newsroom) as conn:
        reached = items.latest_sequence(conn)
        story = stories.find(conn, number)
        if story.id != number:
            return Redirect(f"/story/{story.id}", status_code=303)
        members = stories.members(conn, story.id)
        told = desk.told(conn, story.id)
        taken = reuse.of_story(conn, story.id)
        names = {one.code: one.name for one in agencies.agencies(conn)}
    language = request.user.words.language
    return page(
        request,
        "story/story.html",
        story=story,
        stamp=stamp_of(story, members),
        reached=reached,
        members=[(one, readable(one.reasons, language)) for one in members],
        told=told,
        cells=side_by_side(told.matrix),
        facts=compared(told.facts),
        taken=pickups.shown(taken),
        names=names,
        unit_name=concept_name,
        few=FEW,
    )


class Stamp(Struct, frozen=True):
    """Another one whenever the story's page would show something else."""

    stamp: str


@get("/story/{number:int}/stamp", sync_to_thread=True)
def stamped(request: Page, number: FromPath[int]) -> Stamp:
    """For an open page, which offers to show the story again."""
    with borrowed(site_of(request).newsroom) as conn:
        story = stories.find(conn, number)
        return Stamp(stamp_of(story, stories.members(conn, story.id)))


@post("/story/{number:int}/decide", sync_to_thread=True)
def decide(request: Page, number: FromPath[int]) -> Redirect:
    """One decision of an editor's; back to the story that it leads to.

    Raises:
        BadInput: there is no such decision, or it lacks an item or a story.
    """
    request.user.must("correct")
    form = request.user.form
    act = _ACTS.get(form.get("act", ""))
    if act is None:
        raise BadInput("There is no such decision", form.get("act", ""), hint=f"One of: {', '.join(_ACTS)}.")
    with borrowed(site_of(request).newsroom) as conn:
        leads_to = desk.decided(conn, lambda: act(conn, number, request))
    return Redirect(f"/story/{leads_to}", status_code=303)


def _rename(conn: Connection, story: int, request: Page) -> int:
    stories.rename(conn, story, request.user.form.get("title", ""), request.user.person.name)
    return story


def _accept(conn: Connection, story: int, request: Page) -> int:
    for item in _ticked(request):
        desk.must_be_in(conn, item, story)
        stories.accept(conn, item, request.user.person.name)
    return story


def _reject(conn: Connection, story: int, request: Page) -> int:
    for item in _ticked(request):
        desk.must_be_in(conn, item, story)
        stories.reject(conn, item, request.user.person.name)
    return story


def _move(conn: Connection, story: int, request: Page) -> int:
    other = _number(request, "story")
    for item in _ticked(request):
        desk.must_be_in(conn, item, story)
        other = stories.move(conn, item, other, request.user.person.name)
    return other


def _split(conn: Connection, story: int, request: Page) -> int:
    return stories.split(conn, story, _ticked(request), request.user.person.name)


def _merge(conn: Connection, story: int, request: Page) -> int:
    return stories.merge(conn, story, _number(request, "story"), request.user.person.name)


Deed = Callable[[Connection, int, Request[Any, Any, State]], int]
_ACTS: dict[str, Deed] = {
    "rename": _rename,
    "accept": _accept,
    "reject": _reject,
    "move": _move,
    "split": _split,
    "merge": _merge,
}


def _ticked(request: Page) -> list[int]:
    """The items that were ticked: fields ``item-17``.

    Raises:
        BadInput: none was.
    """
    names = (name.removeprefix("item-") for name in request.user.form if name.startswith("item-"))
    found = [int(name) for name in names if name.isdecimal() and len(name) < 19]
    if not found:
        raise BadInput("No item is ticked", hint="Tick the items that it is about.", kept="Nothing was done.")
    return found


def _number(request: Page, field: str) -> int:
    """A story's number, as it stands in its address: ``17`` or all of ``/story/17``."""
    written = request.user.form.get(field, "").strip().rpartition("/")[2]
    if not written.isdecimal() or len(written) > 18:
        raise BadInput("This is not a story's number", written, hint="It stands in the story's address: /story/17.")
    return int(written)


ROUTES: list[ControllerRouterHandler] = [listed, show, stamped, decide]
