"""The item's pages and the desk's acts on it: each act a form, then back to the item."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal, cast

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import copy
from dragoman.desk import versions as desk_versions
from dragoman.model.errors import BadInput, Conflict, Gone, NotFound
from dragoman.read.reading import plain_text as copy_text
from dragoman.store import agencies, arrivals, audit, deliveries, items, readings, reuse
from dragoman.store.connect import Connection, borrowed
from dragoman.web.asking import Asking, Page
from dragoman.web.item import pickups, said, wires
from dragoman.web.item.diff import changes, plain_text, text_of
from dragoman.web.item.reading import reading
from dragoman.web.operations.arrivals import raw_response
from dragoman.web.render import page
from dragoman.web.site import site_of

CorrectionKind = Literal["correction", "update", "refile"]
_KINDS = ("correction", "update", "refile")


@get("/item/{number:int}", sync_to_thread=True)
def show(request: Page, number: FromPath[int], sequence: FromQuery[int | None] = None) -> Response[str]:
    """The text, in the current version or in the one asked for."""
    return _article(request, "item/item.html", number, sequence)


@get("/item/{number:int}/pane", sync_to_thread=True)
def pane(request: Page, number: FromPath[int]) -> Response[str]:
    """The article alone, for an open page."""
    return _article(request, "item/article.html", number, None)


def _article(request: Page, template: str, number: int, sequence: int | None) -> Response[str]:
    site, now = site_of(request), datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        shown = reading(conn, site, request.user, _version(conn, number, sequence), now)
    return page(request, template, reading=shown, tab="text", back="")


def _version(conn: Connection, number: int, sequence: int | None) -> items.Filed:
    """The item in the version asked for, else in its current one."""
    filed = items.current(conn, number)
    if sequence is None or sequence == filed.version.sequence:
        return filed
    return _of_item(items.version(conn, sequence), number)


def _of_item(filed: items.Filed, number: int) -> items.Filed:
    if filed.item_id != number:
        raise NotFound(f"Item {number} has no version {filed.version.sequence}")
    return filed


@get("/item/{number:int}/versions", sync_to_thread=True)
def versions(request: Page, number: FromPath[int]) -> Response[str]:
    """Every version, newest first, each with what it changed against the one before."""
    site, now = site_of(request), datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        found = items.versions(conn, number)
        if not found:
            raise NotFound(f"There is no item {number}")
        shown = reading(conn, site, request.user, items.current(conn, number), now)
    texts = [text_of(one.item) for one in found]
    diffs = [
        changes(older, newer) if older and newer else [] for newer, older in zip(texts, [*texts[1:], ""], strict=True)
    ]
    return page(
        request, "item/versions.html", reading=shown, tab="versions", versions=list(zip(found, diffs, strict=True))
    )


@get("/item/{number:int}/deliveries", sync_to_thread=True)
def delivered(request: Page, number: FromPath[int]) -> Response[str]:
    site, now = site_of(request), datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        shown = reading(conn, site, request.user, items.current(conn, number), now)
        sent = deliveries.deliveries(conn, item=number, limit=300)
        names = {a.code: a.name for a in agencies.agencies(conn)}
        trail = audit.entries(conn, about=shown.item.uri, limit=30)
    return page(
        request, "item/deliveries.html", reading=shown, tab="deliveries", deliveries=sent, names=names, trail=trail
    )


@get("/item/{number:int}/reading", sync_to_thread=True)
def understood(request: Page, number: FromPath[int], sequence: FromQuery[int | None] = None) -> Response[str]:
    """What was read of the text, marked in it: who, where, when, how much, who is quoted."""
    site, now = site_of(request), datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        shown = reading(conn, site, request.user, _version(conn, number, sequence), now)
        found = readings.of_version(conn, shown.filed.version.sequence)
    lines = said.marked(copy_text(shown.item), found) if found else []
    opens = next((at for at, block in enumerate(shown.item.ours.blocks) if block.kind != "summary"), 0)
    return page(request, "item/said.html", reading=shown, tab="reading", said=found, lines=lines, opens=opens)


@get("/item/{number:int}/pickups", sync_to_thread=True)
def picked_up(request: Page, number: FromPath[int]) -> Response[str]:
    """Whose words it uses and who uses its words, passage by passage."""
    site, now = site_of(request), datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        shown = reading(conn, site, request.user, items.current(conn, number), now)
        found = reuse.of_item(conn, number)
        names = {a.code: a.name for a in agencies.agencies(conn)}
    taken, given = pickups.shown(found.taken), pickups.shown(found.given)
    return page(request, "item/pickups.html", reading=shown, tab="pickups", names=names, taken=taken, given=given)


@get("/item/{number:int}/formats", sync_to_thread=True)
def outward(request: Page, number: FromPath[int]) -> Response[str]:
    """Every format the item can be written in, and what each would leave out."""
    site, now = site_of(request), datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        shown = reading(conn, site, request.user, items.current(conn, number), now)
    return page(request, "item/formats.html", reading=shown, tab="formats", wires=wires.wires(site, shown.item))


@get("/item/{number:int}/raw", sync_to_thread=True)
def raw(request: Page, number: FromPath[int], sequence: FromQuery[int | None] = None) -> Response[bytes]:
    """The bytes exactly as they came, to be saved and never shown. Written to the audit.

    Raises:
        Gone: the item was killed or is held; its bytes are no way round that.
        NotFound: the version was written here.
    """
    request.user.must("raw")
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        filed = items.current(conn, number) if sequence is None else _of_item(items.version(conn, sequence), number)
        if filed.state != "usable":
            raise Gone(
                f"The item is {filed.state}", filed.item.uri, hint="Its bytes are not given out.", kept="The bytes."
            )
        if filed.arrival is None:
            raise NotFound("This version was written here; it did not come from outside", filed.item.uri)
        body = arrivals.raw(conn, filed.arrival, site.files)
        audit.record(conn, request.user.person.name, "raw bytes read", filed.item.uri, arrival=filed.arrival)
    return raw_response(body, filed.arrival)


@post("/item/{number:int}/correct", sync_to_thread=True)
def correct(request: Page, number: FromPath[int]) -> Redirect:
    """A corrected version of our own item; what was wrong is mandatory."""

    def do(conn: Connection, asking: Asking, now: datetime) -> None:
        form = asking.form
        kind = form.get("kind", "correction")
        if kind not in _KINDS:
            raise BadInput("There is no such kind of correction", kind, hint=f"One of: {', '.join(_KINDS)}.")
        filed = items.current(conn, number)
        if form.get("sequence", "") != str(filed.version.sequence):
            raise Conflict(
                "Somebody changed the item while you were writing",
                f"version {filed.item.version} is in force now",
                hint="Go back and copy your text, then open the item again.",
            )
        wanted = copy.Changes(
            headline=_if_changed(form.get("headline"), filed.item.headline),
            text=_if_changed(form.get("text"), plain_text(filed.item)),
        )
        reason = form.get("reason", "")
        copy.correct(conn, str(number), wanted, reason, by=asking.person.name, now=now, kind=cast(CorrectionKind, kind))

    return _done(request, number, "correct", do)


@post("/item/{number:int}/hold", sync_to_thread=True)
def hold(request: Page, number: FromPath[int]) -> Redirect:
    """One person suffices."""
    return _done(request, number, "hold", _simple(copy.hold, number))


@post("/item/{number:int}/release", sync_to_thread=True)
def release(request: Page, number: FromPath[int]) -> Redirect:
    return _done(request, number, "release", _simple(copy.release, number))


@post("/item/{number:int}/kill", sync_to_thread=True)
def kill(request: Page, number: FromPath[int]) -> Redirect:
    """The first person's word holds it, a second person's kills it."""
    return _done(request, number, "kill", _simple(copy.kill, number))


@post("/item/{number:int}/version", sync_to_thread=True)
def version_of(request: Page, number: FromPath[int]) -> Redirect:
    """A person's word on two items that may be versions of one."""

    def do(conn: Connection, asking: Asking, now: datetime) -> None:
        pair = [asking.form.get(name, "") for name in ("newer", "older")]
        word = asking.form.get("word", "")
        if word not in ("accepted", "rejected") or not all(one.isdecimal() and len(one) < 19 for one in pair):
            raise BadInput("Say of which two items, and whether they are versions of one")
        desk_versions.decide(conn, int(pair[0]), int(pair[1]), cast(desk_versions.Word, word), by=asking.person.name)

    return _done(request, number, "correct", do)


Deed = Callable[[Connection, Asking, datetime], None]


def _simple(act: Callable[..., copy.Done], number: int) -> Deed:
    def do(conn: Connection, asking: Asking, now: datetime) -> None:
        act(conn, str(number), asking.form.get("reason", ""), by=asking.person.name, now=now)

    return do


def _done(request: Page, number: int, act: str, do: Deed) -> Redirect:
    """Check the role, do it, tell the followers, go back to the item."""
    request.user.must(act)
    with borrowed(site_of(request).newsroom) as conn:
        do(conn, request.user, datetime.now(UTC))
        copy.wake(conn)
    return Redirect(f"/item/{number}", status_code=303)


def _if_changed(written: str | None, before: str) -> str | None:
    """What was written, where it differs from what the form showed: a field left alone keeps its markup."""
    if written is None:
        return None
    written = written.replace("\r\n", "\n").strip()
    return None if written == before.strip() else written


ROUTES: list[ControllerRouterHandler] = [
    show,
    pane,
    versions,
    delivered,
    understood,
    picked_up,
    outward,
    raw,
    correct,
    hold,
    release,
    kill,
    version_of,
    *wires.ROUTES,
]
