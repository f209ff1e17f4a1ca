"""Events, coverage, anniversaries and alerts over the API, as on their pages."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from litestar import delete, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from dragoman.desk import alerts as alert_desk
from dragoman.desk import event_coverage as covering
from dragoman.desk import events as desk
from dragoman.model.event import Coverage, CoverageKind, Event, EventState, Participant
from dragoman.planning.diary import Happening, Wanted, answers, entries, open_or_hidden
from dragoman.query import Tree, parse
from dragoman.store import alerts, diary
from dragoman.store.connect import borrowed
from dragoman.store.projects import record
from dragoman.web.asking import Page
from dragoman.web.event.diary import due_anniversaries
from dragoman.web.site import Site, site_of

LONGEST = timedelta(days=400)
Query = Annotated[
    str, QueryParameter(description="The query language; `after:` and `before:` ask when it takes place.")
]


class EventWhole(Struct, frozen=True, kw_only=True):
    """An event of a project (`project`, `id`) or of a partner's item (`item`). Under embargo, without the right to plan:
    when it is, and its public title."""

    project: str
    id: str
    item: int
    uri: str
    agency: str
    part_of: str
    title_hidden: bool
    changed: datetime
    event: Event
    participants: tuple[Participant, ...]
    coverage: dict[str, Coverage]


class EventTime(Struct, frozen=True, kw_only=True):
    """One time of an event, in a window."""

    starts: datetime
    ends: datetime
    event: EventWhole


class EventAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event to plan; without `project` it is our own desk's."""

    event: Event
    project: str = ""


class StateAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    state: EventState


class CoverageAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of coverage: ours is planned, another agency's is asked for. Without `agency`, from whoever takes it."""

    kind: CoverageKind = "text"
    agency: str = ""
    language: str = ""
    person: str = ""
    due: Annotated[datetime, Meta(tz=True)] | None = None
    note: str = ""


class LinkAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The item, by its number or uri, that fulfils a row."""

    item: str


class PublishAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reason: Annotated[str, Meta(max_length=1000)] = ""


class Published(Struct, frozen=True, kw_only=True):
    sequence: int


class AnniversaryDue(Struct, frozen=True, kw_only=True):
    """`is_round`: its years are a multiple of 10 or 25."""

    project: str
    id: str
    day: date
    years: int
    is_round: bool
    titles: dict[str, str]


class AlertLine(Struct, frozen=True, kw_only=True):
    """`new`: what has answered since it was last looked at."""

    id: int
    name: str
    query: str
    looked: datetime
    new: int


class AlertAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    query: Annotated[str, Meta(min_length=1, max_length=2000)]


class AlertHit(Struct, frozen=True, kw_only=True):
    """An item (`item`) or an event (`project`, `id`) that has answered, by its present title."""

    item: int
    project: str
    id: str
    agency: str
    title: str
    language: str
    found: datetime
    is_new: bool


class AlertTried(Struct, frozen=True, kw_only=True):
    """How often it would have fired in the last days; `is_cut`: only the newest were looked through."""

    count: int
    by_day: dict[str, int]
    is_cut: bool


def whole(one: Happening) -> EventWhole:
    return EventWhole(
        project=one.project,
        id=one.id,
        item=one.item,
        uri=one.uri,
        agency=one.agency,
        part_of=one.part_of,
        title_hidden=one.is_hidden,
        changed=one.changed,
        event=one.event,
        participants=one.participants,
        coverage=dict(one.coverage),
    )


@get("/events", sync_to_thread=True)
def listed(
    request: Page,
    since: FromQuery[datetime | None] = None,
    until: FromQuery[datetime | None] = None,
    q: Query = "",
    agency: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    language: FromQuery[str] = "",
    coverage: FromQuery[str] = "",
    project: FromQuery[str] = "",
) -> list[EventTime]:
    """The diary from `since` (now) to `until` (30 days on), each time of what recurs by itself; at most 400 days."""
    now = datetime.now(UTC)
    begins = _aware(since) or now
    ends = min(_aware(until) or begins + timedelta(days=30), begins + LONGEST)
    tree: Tree | None = parse(q) if q.strip() else None
    site, inside = site_of(request), request.user.may("plan")
    wanted = Wanted(
        tree=tree, agency=agency, kind=kind, language=language, coverage=coverage, project=project, home=site.home.code
    )
    with borrowed(site.newsroom) as conn:
        diary.follow(conn)
        found = [open_or_hidden(one, now, inside=inside) for one in diary.happenings(conn, begins, ends)]
    return [
        EventTime(starts=entry.starts, ends=entry.ends, event=whole(entry.happening))
        for entry in entries(found, begins, ends)
        if answers(entry.happening, wanted, now, entry.starts)
    ][:2000]


def _aware(at: datetime | None) -> datetime | None:
    return at if at is None or at.tzinfo else at.replace(tzinfo=UTC)


@get("/events/{project:str}/{id:str}", sync_to_thread=True)
def shown(request: Page, project: FromPath[str], id: FromPath[str]) -> EventWhole:
    """One event of a project."""
    return _shown(request, project, id)


def _shown(request: Page, project: str, id: str) -> EventWhole:
    with borrowed(site_of(request).newsroom) as conn:
        one = diary.happening(conn, project, id)
    return whole(open_or_hidden(one, datetime.now(UTC), inside=request.user.may("plan")))


@post("/events", sync_to_thread=True)
def plan(request: Page, data: JSONBody[EventAsked]) -> EventWhole:
    """A new event."""
    site, by = _planner(request)
    with borrowed(site.newsroom) as conn:
        held = desk.plan(conn, site.keyring, data.event, project=data.project, by=by, now=datetime.now(UTC))
        desk.wake(conn)
    return _shown(request, held.project, held.id)


@post("/events/{project:str}/{id:str}", sync_to_thread=True, status_code=200)
def change(request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[Event]) -> EventWhole:
    """The event as it is from now on."""
    site, by = _planner(request)
    with borrowed(site.newsroom) as conn:
        desk.change(conn, site.keyring, project, id, data, by=by, now=datetime.now(UTC))
        desk.wake(conn)
    return _shown(request, project, id)


@post("/events/{project:str}/{id:str}/state", sync_to_thread=True, status_code=200)
def move_on(request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[StateAsked]) -> EventWhole:
    """Confirmed, postponed, cancelled, over, or planned again."""
    site, by = _planner(request)
    with borrowed(site.newsroom) as conn:
        desk.move_on(conn, site.keyring, project, id, data.state, by=by, now=datetime.now(UTC))
        desk.wake(conn)
    return _shown(request, project, id)


@post("/events/{project:str}/{id:str}/publish", sync_to_thread=True, status_code=200)
def publish(request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[PublishAsked]) -> Published:
    """Published as an item, or its newest state as a new version."""
    site, by = _planner(request)
    with borrowed(site.newsroom) as conn:
        sequence = desk.publish(conn, project, id, reason=data.reason, by=by, now=datetime.now(UTC))
        desk.wake(conn)
    return Published(sequence=sequence)


@post("/events/{project:str}/{id:str}/coverage", sync_to_thread=True)
def cover(request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[CoverageAsked]) -> EventWhole:
    """A row of coverage, planned by us or asked of others."""
    site, by = _planner(request)
    ours = data.agency == site.home.code
    row = Coverage(
        event=id,
        agency=data.agency,
        kind=data.kind,
        language=data.language,
        person=data.person,
        due=data.due,
        note=data.note,
        state=("assigned" if data.person else "planned") if ours else "wanted",
    )
    with borrowed(site.newsroom) as conn:
        covering.cover(conn, site.keyring, project, row, by=by, now=datetime.now(UTC))
        desk.wake(conn)
    return _shown(request, project, id)


@post("/events/{project:str}/{id:str}/coverage/{row:str}/link", sync_to_thread=True, status_code=200)
def link(
    request: Page, project: FromPath[str], id: FromPath[str], row: FromPath[str], data: JSONBody[LinkAsked]
) -> EventWhole:
    """The row is filed: an item fulfils it."""
    site, by = _planner(request)
    with borrowed(site.newsroom) as conn:
        record(conn, Event, project, id)
        covering.link(conn, site.keyring, project, row, data.item, by=by, now=datetime.now(UTC))
        desk.wake(conn)
    return _shown(request, project, id)


@get("/anniversaries", sync_to_thread=True)
def anniversaries(request: Page, days: Annotated[int, QueryParameter(ge=1, le=365)] = 90) -> list[AnniversaryDue]:
    """What is due in the next days, the round ones first."""
    site, now = site_of(request), datetime.now(UTC)
    with borrowed(site.newsroom) as conn:
        found = due_anniversaries(conn, site.home.zone, now, days, inside=request.user.may("plan"))
    return [
        AnniversaryDue(
            project=one.project, id=one.id, day=one.day, years=one.years, is_round=one.is_round, titles=one.event.titles
        )
        for one in found
    ]


# ------------------------------------------------------------------------------------------------ alerts


@get("/alerts", sync_to_thread=True)
def all_alerts(request: Page) -> list[AlertLine]:
    """The alerts of whoever asks."""
    with borrowed(site_of(request).newsroom) as conn:
        alert_desk.follow(conn, datetime.now(UTC))
        return [_line(one) for one in alerts.alerts(conn, request.user.person.id)]


@post("/alerts", sync_to_thread=True)
def add_alert(request: Page, data: JSONBody[AlertAsked]) -> AlertLine:
    """A new alert of whoever asks."""
    person = request.user.person
    with borrowed(site_of(request).newsroom) as conn:
        return _line(alert_desk.add(conn, person, data.name, data.query, by=person.name))


@get("/alerts/try", sync_to_thread=True)
def try_alert(request: Page, q: Query, days: Annotated[int, QueryParameter(ge=1, le=30)] = 7) -> AlertTried:
    """How often a query would have fired in the last days."""
    with borrowed(site_of(request).newsroom) as conn:
        found = alert_desk.tried(conn, q, request.user.person, datetime.now(UTC), days)
    by_day = {day.isoformat(): count for day, count in found.by_day}
    return AlertTried(count=found.count, by_day=by_day, is_cut=found.is_cut)


@get("/alerts/{number:int}", sync_to_thread=True)
def hits(request: Page, number: FromPath[int], seen: FromQuery[bool] = False) -> list[AlertHit]:
    """What has answered, newest first; with `seen` it is no news any more."""
    now, person = datetime.now(UTC), request.user.person
    with borrowed(site_of(request).newsroom) as conn:
        alert_desk.follow(conn, now)
        one = alerts.alert(conn, number, person.id)
        found = alert_desk.shown(conn, one, now)
        if seen:
            alerts.looked(conn, number, now)
    return [_hit(each, person.language) for each in found]


def _hit(one: alert_desk.Found, language: str) -> AlertHit:
    title, spoken, agency = "", "", ""
    if one.filed is not None:
        title, spoken, agency = one.filed.item.headline, one.filed.item.language, one.filed.version.origin
    elif one.happening is not None:
        event = one.happening.event
        title, spoken, agency = event.title(language), event.language(language), one.happening.agency
    return AlertHit(
        item=one.hit.item,
        project=one.hit.project,
        id=one.hit.record,
        agency=agency,
        title=title,
        language=spoken,
        found=one.hit.at,
        is_new=one.is_new,
    )


@delete("/alerts/{number:int}", sync_to_thread=True)
def remove_alert(request: Page, number: FromPath[int]) -> None:
    """The alert is gone, with what it found."""
    person = request.user.person
    with borrowed(site_of(request).newsroom) as conn:
        alert_desk.remove(conn, number, person=person.id, by=person.name)


def _line(one: alerts.Alert) -> AlertLine:
    return AlertLine(id=one.id, name=one.name, query=one.query, looked=one.looked, new=one.new)


def _planner(request: Page) -> tuple[Site, str]:
    request.user.must("plan")
    return site_of(request), request.user.person.name


ROUTES: list[ControllerRouterHandler] = [
    listed,
    shown,
    plan,
    change,
    move_on,
    publish,
    cover,
    link,
    anniversaries,
    all_alerts,
    add_alert,
    try_alert,
    hits,
    remove_alert,
]
