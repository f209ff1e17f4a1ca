"""Stories over the API: listed, shown with why each item is there, told side by side, and decided on by editors.

All of it is the newsroom's own: no answer to a partner tells of stories.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from dragoman.desk import stories as desk
from dragoman.link.narrative.narrative import Narrative
from dragoman.model.errors import NotFound
from dragoman.model.version import ItemState
from dragoman.store import items, reuse, stories
from dragoman.store.connect import Connection, borrowed
from dragoman.store.linking import Because
from dragoman.store.reuse import Kept
from dragoman.store.stories import Member
from dragoman.web.asking import Page
from dragoman.web.site import site_of
from dragoman.web.story.reasons import Reason, readable
from dragoman.web.words import LANGUAGES

Limit = Annotated[int, QueryParameter(ge=1, le=200, description="Stories in one answer.")]
Before = Annotated[
    datetime | None, QueryParameter(description="Those whose newest item came before: `latest` of the last.")
]
Least = Annotated[int, QueryParameter(ge=1, le=1000, description="Items that a story has, at least.")]


class StoryLine(Struct, frozen=True, kw_only=True):
    """A story. `title` is an editor's, empty without one; `headlines` are its newest in each language. Items that are held
    or killed are not counted."""

    id: int
    title: str
    titled_by: str
    opened: datetime
    latest: datetime
    items: int
    languages: tuple[str, ...]
    agencies: tuple[str, ...]
    headlines: dict[str, str]


class MemberLine(Struct, frozen=True, kw_only=True):
    """An item of a story. `likeness` is to the others on the mean, 0 to 1; `because`: empty, where its likeness decided, or
    translation, editor; `by`: the person who decided. A held item has neither headline nor reasons."""

    item: int
    agency: str
    language: str
    state: ItemState
    received: datetime
    headline: str
    likeness: float
    because: Because
    by: str
    reasons: tuple[Reason, ...]


class StoryWhole(Struct, frozen=True, kw_only=True):
    """A story and its items in the order in which they came."""

    story: StoryLine
    members: list[MemberLine]


class ItemStory(Struct, frozen=True, kw_only=True):
    """An item's story, and the item as its member."""

    story: StoryLine
    member: MemberLine


class Title(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the story is called; empty: its headlines stand for it."""

    title: Annotated[str, Meta(max_length=stories.LONGEST_TITLE)]


class OneItem(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item's number."""

    item: int


class SomeItems(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Items' numbers."""

    items: list[int]


class Into(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The other story's number."""

    into: int


@get("/stories", sync_to_thread=True)
def listed(request: Page, limit: Limit = 50, before: Before = None, least: Least = 2) -> list[StoryLine]:
    """The stories with the newest items first."""
    with borrowed(site_of(request).newsroom) as conn:
        return [story_line(one) for one in stories.latest(conn, limit=limit, before=before, least=least)]


@get("/stories/{number:int}", sync_to_thread=True)
def shown(request: Page, number: FromPath[int], language: FromQuery[str] = "") -> StoryWhole:
    """A story with its items and why they are there, `reasons` in the language asked for, else in the user's. The number of a
    story that was merged answers with the one that it is in."""
    with borrowed(site_of(request).newsroom) as conn:
        return _whole(request, conn, number, language)


@get("/stories/{number:int}/narrative", sync_to_thread=True)
def told(request: Page, number: FromPath[int]) -> Narrative:
    """The story as its agencies tell it: timeline, languages by agencies, facts, quotes, what one agency alone says. Each
    statement names item, version and offsets: code points of its blocks' text, one block a line."""
    with borrowed(site_of(request).newsroom) as conn:
        return desk.told(conn, stories.find(conn, number).id)


@get("/stories/{number:int}/pickups", sync_to_thread=True)
def taken(request: Page, number: FromPath[int]) -> tuple[Kept, ...]:
    """What the story's items take from others' earlier copy, in the same words or translated, as of one item: the newest 50."""
    with borrowed(site_of(request).newsroom) as conn:
        return reuse.of_story(conn, stories.find(conn, number).id)


@get("/items/{number:int}/story", sync_to_thread=True)
def of_item(request: Page, number: FromPath[int], language: FromQuery[str] = "") -> ItemStory:
    """The story that an item is in, and why. 404 until it is linked, seconds after it came in, and once it is killed."""
    with borrowed(site_of(request).newsroom) as conn:
        items.current(conn, number)
        member = stories.of_item(conn, number)
        if member is None:
            raise NotFound(
                f"Item {number} is in no story", hint="What was filed a moment ago is linked within seconds."
            )
        story = stories.find(conn, member.story)
    return ItemStory(story=story_line(story), member=_member(member, _tongue(request, language)))


@post("/stories/{number:int}/title", sync_to_thread=True, status_code=200)
def rename(request: Page, number: FromPath[int], data: JSONBody[Title]) -> StoryWhole:
    """Call it so."""
    return _decided(request, number, lambda conn, by: stories.rename(conn, number, data.title, by))


@post("/stories/{number:int}/accept", sync_to_thread=True, status_code=200)
def accept(request: Page, number: FromPath[int], data: JSONBody[OneItem]) -> StoryWhole:
    """The item belongs there: no machine moves it."""
    return _decided(request, number, lambda conn, by: stories.accept(conn, data.item, by), data.item)


@post("/stories/{number:int}/reject", sync_to_thread=True, status_code=200)
def reject(request: Page, number: FromPath[int], data: JSONBody[OneItem]) -> StoryWhole:
    """The item does not belong there; it has a story of its own, and that is answered."""
    return _decided(request, number, lambda conn, by: stories.reject(conn, data.item, by), data.item)


@post("/stories/{number:int}/move", sync_to_thread=True, status_code=200)
def move(request: Page, number: FromPath[int], data: JSONBody[OneItem]) -> StoryWhole:
    """The item belongs to this story, wherever it is now."""
    return _decided(request, number, lambda conn, by: stories.move(conn, data.item, number, by))


@post("/stories/{number:int}/merge", sync_to_thread=True, status_code=200)
def merge(request: Page, number: FromPath[int], data: JSONBody[Into]) -> StoryWhole:
    """The two are one, under the other's number."""
    return _decided(request, number, lambda conn, by: stories.merge(conn, number, data.into, by))


@post("/stories/{number:int}/split", sync_to_thread=True, status_code=200)
def split(request: Page, number: FromPath[int], data: JSONBody[SomeItems]) -> StoryWhole:
    """These items are a story of their own, and that is answered; no machine makes the two one again."""
    return _decided(request, number, lambda conn, by: stories.split(conn, number, data.items, by))


def _decided(
    request: Page, number: int, act: Callable[[Connection, str], int | None], item: int | None = None
) -> StoryWhole:
    """The story that the act leads to. `item` is to be in this one."""
    request.user.must("correct")
    with borrowed(site_of(request).newsroom) as conn:
        if item is not None:
            desk.must_be_in(conn, item, number)
        leads_to = desk.decided(conn, lambda: act(conn, request.user.person.name))
        return _whole(request, conn, leads_to or number, "")


def _whole(request: Page, conn: Connection, number: int, language: str) -> StoryWhole:
    story = stories.find(conn, number)
    tongue = _tongue(request, language)
    members = [_member(one, tongue) for one in stories.members(conn, story.id)]
    return StoryWhole(story=story_line(story), members=members)


def _tongue(request: Page, language: str) -> str:
    return language if language in LANGUAGES else request.user.words.language


def story_line(one: stories.Story) -> StoryLine:
    return StoryLine(
        id=one.id,
        title=one.title,
        titled_by=one.titled_by,
        opened=one.opened,
        latest=one.latest,
        items=one.items,
        languages=one.languages,
        agencies=one.agencies,
        headlines=one.headlines,
    )


def _member(one: Member, language: str) -> MemberLine:
    return MemberLine(
        item=one.item,
        agency=one.agency,
        language=one.language,
        state=one.state,
        received=one.received,
        headline=one.headline,
        likeness=one.likeness,
        because=one.because,
        by=one.by,
        reasons=readable(one.reasons, language),
    )


ROUTES: list[ControllerRouterHandler] = [
    listed,
    shown,
    told,
    taken,
    of_item,
    rename,
    accept,
    reject,
    move,
    merge,
    split,
]
