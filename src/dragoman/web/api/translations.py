"""Language versions over the API: an item's family, and the translation desk's acts as on its pages."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Literal

from litestar import get, post, put
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from dragoman.desk import copy
from dragoman.desk import translations as desk
from dragoman.desk.references import references
from dragoman.desk.suggestions import Suggestion, of_segments
from dragoman.desk.translated import Line, Waits, desk_of, lines
from dragoman.model.version import ItemState
from dragoman.store import families, items, translations
from dragoman.store.connect import Connection, borrowed
from dragoman.store.families import Member
from dragoman.store.translations import Translation, TranslationState
from dragoman.text.checks import Finding
from dragoman.text.segments import Clash, Segment, Written
from dragoman.web.asking import Page
from dragoman.web.site import site_of


class TranslationLine(Struct, frozen=True, kw_only=True):
    """A translation in the queue: `item` is the original, `target` our item once it is published; `changes` counts the
    paragraphs that the original has changed since."""

    item: int
    language: str
    waits: Waits
    target: int | None
    origin: str
    source_language: str
    headline: str
    original_state: ItemState
    paragraphs: int
    done: int
    changes: int
    changed: datetime
    changed_by: str


class SegmentLine(Struct, frozen=True, kw_only=True):
    """A paragraph side by side. Send `seen` back with what you write, so that nobody is overwritten unseen; `was` is the
    source as it was translated, where it has changed since; `suggestions` say what may stand for words of the source."""

    id: str
    kind: str
    source: str
    target: str
    was: str
    seen: str
    suggestions: tuple[Suggestion, ...] = ()


class TranslationWhole(Struct, frozen=True, kw_only=True):
    """A translation as it stands, with what blocks it or warns, and texts that were kept beside a paragraph (`clashes`)."""

    item: int
    language: str
    state: TranslationState
    counter: int
    target: int | None
    translators: tuple[str, ...]
    ready_by: str
    note: str
    changes: int
    segments: list[SegmentLine]
    findings: tuple[Finding, ...]
    clashes: tuple[Clash, ...] = ()


class Start(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The language to translate into (BCP 47)."""

    language: str


class Texts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Paragraphs as written, by their ids; the others stay as they are."""

    segments: list[Written]


class Note(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be done."""

    note: Annotated[str, Meta(min_length=1, max_length=1000)]


class Publication(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was wrong: needed where our version is out already, and told to everyone who has it."""

    reason: Annotated[str, Meta(max_length=1000)] = ""
    kind: Literal["correction", "update"] = "correction"


@get("/translations", sync_to_thread=True)
def listed(request: Page, language: FromQuery[str] = "", mine: FromQuery[bool] = False) -> list[TranslationLine]:
    """The queue, what is most pressing first; into one language, or only yours, when asked."""
    with borrowed(site_of(request).newsroom) as conn:
        found = lines(conn, language=language, person=request.user.person.name if mine else "")
    return [_line(one) for one in found]


@get("/items/{number:int}/family", sync_to_thread=True)
def family(request: Page, number: FromPath[int]) -> list[Member]:
    """Every language version of an item, the original first; empty where it stands alone."""
    with borrowed(site_of(request).newsroom) as conn:
        items.current(conn, number)
        return list(families.family(conn, number))


@post("/items/{number:int}/translations", sync_to_thread=True, status_code=200)
def start(request: Page, number: FromPath[int], data: JSONBody[Start]) -> TranslationWhole:
    """Begin to translate, or go on with what was begun."""
    return _done(request, number, data.language, lambda conn, by, now: desk.start(conn, number, data.language, by, now))


@get("/items/{number:int}/translations/{language:str}", sync_to_thread=True)
def shown(request: Page, number: FromPath[int], language: FromPath[str]) -> TranslationWhole:
    """One translation, side by side."""
    with borrowed(site_of(request).newsroom) as conn:
        return _whole(request, conn, number, language)


@put("/items/{number:int}/translations/{language:str}", sync_to_thread=True)
def save(request: Page, number: FromPath[int], language: FromPath[str], data: JSONBody[Texts]) -> TranslationWhole:
    """Keep a draft. Where somebody else has written a paragraph meanwhile, theirs stands and yours is kept beside it."""
    request.user.must("translate")
    now, by = datetime.now(UTC), request.user.person.name
    with borrowed(site_of(request).newsroom) as conn:
        saved = desk.save(conn, number, language, data.segments, by=by, now=now)
        return _whole(request, conn, number, language, saved.clashes)


@post("/items/{number:int}/translations/{language:str}/ready", sync_to_thread=True, status_code=200)
def ready(request: Page, number: FromPath[int], language: FromPath[str]) -> TranslationWhole:
    """Done, as far as the translator goes."""
    return _done(request, number, language, lambda conn, by, now: desk.ready(conn, number, language, by, now))


@post("/items/{number:int}/translations/{language:str}/return", sync_to_thread=True, status_code=200)
def send_back(request: Page, number: FromPath[int], language: FromPath[str], data: JSONBody[Note]) -> TranslationWhole:
    """Back to the translator."""
    return _done(
        request,
        number,
        language,
        lambda conn, by, now: desk.send_back(conn, number, language, data.note, by=by, now=now),
    )


@post("/items/{number:int}/translations/{language:str}/update", sync_to_thread=True, status_code=200)
def update(request: Page, number: FromPath[int], language: FromPath[str]) -> TranslationWhole:
    """Go on from the original as it is now."""
    return _done(
        request, number, language, lambda conn, by, now: desk.take_over(conn, number, language, by=by, now=now)
    )


@post("/items/{number:int}/translations/{language:str}/publish", sync_to_thread=True, status_code=200)
def publish(request: Page, number: FromPath[int], language: FromPath[str], data: JSONBody[Publication]) -> copy.Done:
    """File it: an item of ours, or a new version of it."""
    request.user.must("translate")
    now, by = datetime.now(UTC), request.user.person.name
    with borrowed(site_of(request).newsroom) as conn:
        done = desk.publish(conn, number, language, by, now, reason=data.reason, kind=data.kind)
        desk.wake(conn)
    return done


def _done(
    request: Page, number: int, language: str, do: Callable[[Connection, str, datetime], Translation]
) -> TranslationWhole:
    request.user.must("translate")
    with borrowed(site_of(request).newsroom) as conn:
        do(conn, request.user.person.name, datetime.now(UTC))
        return _whole(request, conn, number, language)


def _whole(
    request: Page, conn: Connection, number: int, language: str, clashes: tuple[Clash, ...] = ()
) -> TranslationWhole:
    standing = desk_of(conn, number, language, now=datetime.now(UTC))
    shelf = references(conn, site_of(request).config.term_base)
    offers = of_segments(standing.segments, standing.original.item.language, standing.language, shelf)
    one = standing.translation or translations.translation(conn, number, standing.language)
    return TranslationWhole(
        item=number,
        language=one.language,
        state=one.state,
        counter=one.counter,
        target=one.target,
        translators=one.writers,
        ready_by=one.ready_by,
        note=one.note,
        changes=standing.changes,
        segments=[_segment(each, offers[each.id]) for each in standing.segments],
        findings=standing.findings,
        clashes=clashes,
    )


def _segment(one: Segment, offers: tuple[Suggestion, ...]) -> SegmentLine:
    return SegmentLine(
        id=one.id,
        kind=one.kind,
        source=one.source,
        target=one.target,
        was=one.was,
        seen=one.stamp,
        suggestions=offers,
    )


def _line(one: Line) -> TranslationLine:
    work = one.translation
    return TranslationLine(
        item=work.item,
        language=work.language,
        waits=one.waits,
        target=work.target,
        origin=one.origin,
        source_language=one.source_language,
        headline=one.headline,
        original_state=one.state,
        paragraphs=len(work.segments),
        done=one.done,
        changes=one.changes,
        changed=work.changed,
        changed_by=work.changed_by,
    )


ROUTES: list[ControllerRouterHandler] = [
    listed,
    family,
    start,
    shown,
    save,
    ready,
    send_back,
    update,
    publish,
]
