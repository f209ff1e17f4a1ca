"""Floors over the API: how they stand, their questions and answers, what is done with them, the transcript."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final, Literal

from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec.structs import replace

from dragoman.desk import copy, projects
from dragoman.desk.floor import asking, guests, moderating, publishing, running
from dragoman.desk.floor.running import Desk
from dragoman.model.errors import BadInput, NotFound
from dragoman.planning.floor.fairness import shares, suggestion
from dragoman.planning.floor.hall import STANDINGS, Asked, Hall
from dragoman.store import floor as store
from dragoman.store.connect import borrowed
from dragoman.store.floor import Guest
from dragoman.web.api.floor_shapes import (
    AnswerAsked,
    DeedAsked,
    FloorLine,
    FloorWhole,
    GuestAsked,
    InterpretationAsked,
    Invited,
    PublicationAsked,
    QuestionAsked,
    QuestionLine,
    Reply,
    SettingsAsked,
    StateAsked,
)
from dragoman.web.asking import Page
from dragoman.web.site import site_of

DeedName = Literal[
    "accept", "back", "ask-now", "answered", "decline", "merge", "place", "strike", "restore", "withdraw"
]
_DEEDS: Final[Mapping[DeedName, Callable[[Desk, str, DeedAsked], object]]] = {
    "accept": lambda desk, id, asked: moderating.accept(desk, id),
    "back": lambda desk, id, asked: moderating.put_back(desk, id),
    "ask-now": lambda desk, id, asked: moderating.ask_now(desk, id),
    "answered": lambda desk, id, asked: moderating.answered(desk, id),
    "decline": lambda desk, id, asked: moderating.decline(desk, id, asked.reason),
    "merge": lambda desk, id, asked: moderating.merge(desk, id, asked.into),
    "place": lambda desk, id, asked: moderating.move(desk, id, asked.number),
    "strike": lambda desk, id, asked: moderating.strike(desk, id),
    "restore": lambda desk, id, asked: moderating.strike(desk, id, struck=False),
    "withdraw": lambda desk, id, asked: asking.withdraw(desk, id, asked.reason),
}


@contextmanager
def _at(request: Page, project: str, id: str) -> Iterator[Desk]:
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        by = request.user.person.name
        yield Desk(conn=conn, keyring=site.keyring, project=project, id=id, by=by, now=datetime.now(UTC))
        projects.wake(conn)


@get("/floors", sync_to_thread=True)
def floors(request: Page) -> list[FloorLine]:
    """The floors that are open here, those going on first."""
    with borrowed(site_of(request).newsroom) as conn:
        return [_floor_line(one) for one in running.floors(conn)]


@get("/floors/{project:str}/{id:str}", sync_to_thread=True)
def shown(request: Page, project: FromPath[str], id: FromPath[str]) -> FloorWhole:
    """A floor with everything on it."""
    with borrowed(site_of(request).newsroom) as conn:
        return _whole(request, store.read_hall(conn, project, id))


@get("/floors/{project:str}/{id:str}/questions", sync_to_thread=True)
def questions(
    request: Page, project: FromPath[str], id: FromPath[str], standing: FromQuery[str] = ""
) -> list[QuestionLine]:
    """The questions, all or of one standing; `unanswered` for those that still want an answer."""
    with borrowed(site_of(request).newsroom) as conn:
        hall = store.read_hall(conn, project, id)
    found = _seen(request, hall)
    if standing == "unanswered":
        return [_question_line(one) for one in found if one.standing in ("pending", "accepted", "asking")]
    if standing and standing not in STANDINGS:
        raise BadInput(f"No question is ever {standing!r}", hint=f"One of: {', '.join(STANDINGS)}, unanswered.")
    return [_question_line(one) for one in found if standing in ("", one.standing)]


@post("/floors/{project:str}/{id:str}", sync_to_thread=True, status_code=200)
def set_up(request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[SettingsAsked]) -> FloorWhole:
    """Open the floor of an event of ours; on an open one, change how it is."""
    request.user.must("plan")
    wanted = running.Settings(
        mode=data.mode,
        moderators=_tuple(data.moderators),
        answerers=_tuple(data.answerers),
        speakers=_tuple(data.speakers),
        languages=_tuple(data.languages),
        pre_moderated=data.pre_moderated,
        public=data.public,
        per_person=data.per_person,
        embargoed_until=data.embargoed_until,
    )
    with _at(request, project, id) as desk:
        try:
            running.set_up(desk, wanted)
        except NotFound:
            running.open_floor(desk, wanted)
        return _whole(request, moderating.hall_of(desk))


@post("/floors/{project:str}/{id:str}/state", sync_to_thread=True, status_code=200)
def go(request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[StateAsked]) -> FloorWhole:
    """Take the floor on: taking questions, live, closed."""
    request.user.must("moderate")
    with _at(request, project, id) as desk:
        running.go(desk, data.state)
        return _whole(request, moderating.hall_of(desk))


@post("/floors/{project:str}/{id:str}/questions", sync_to_thread=True)
def ask(request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[QuestionAsked]) -> QuestionLine:
    """Put a question to the floor, for our agency."""
    request.user.must("plan")
    person = request.user.person
    with _at(request, project, id) as desk:
        who = asking.Asker(who=f"person {person.id}", name=data.asker or person.name, agency=desk.keyring.agency)
        wanted = asking.Wanted(
            text=data.text, language=data.language, to=data.to, anonymous=data.anonymous, on_record=data.on_record
        )
        address = request.client.host if request.client else ""
        sent = asking.ask(desk, who, wanted, address=address)
        return _line_of(desk, sent.question.id)


@post("/floors/{project:str}/{id:str}/questions/{question:str}/{deed:str}", sync_to_thread=True, status_code=200)
def act(
    request: Page,
    project: FromPath[str],
    id: FromPath[str],
    question: FromPath[str],
    deed: FromPath[str],
    data: JSONBody[DeedAsked],
) -> QuestionLine:
    """Accept, ask now, answered, decline, merge, place, strike, restore, put back, withdraw."""
    request.user.must("moderate")
    do = next((one for name, one in _DEEDS.items() if name == deed), None)
    if do is None:
        raise NotFound(f"There is no {deed!r} of a question", hint=f"One of: {', '.join(_DEEDS)}.")
    with _at(request, project, id) as desk:
        do(desk, question, data)
        return _line_of(desk, question)


@post("/floors/{project:str}/{id:str}/questions/{question:str}/answers", sync_to_thread=True)
def answer(
    request: Page, project: FromPath[str], id: FromPath[str], question: FromPath[str], data: JSONBody[AnswerAsked]
) -> QuestionLine:
    """Write down what was said to a question."""
    request.user.must("moderate")
    said = moderating.Answering(
        speaker=data.speaker,
        text=data.text,
        language=data.language,
        at=data.at,
        written=data.written,
        on_record=data.on_record,
    )
    with _at(request, project, id) as desk:
        moderating.answer(desk, question, said, finishes=data.finishes)
        return _line_of(desk, question)


@post("/floors/{project:str}/{id:str}/questions/{question:str}/interpretations", sync_to_thread=True, status_code=200)
def interpret(
    request: Page,
    project: FromPath[str],
    id: FromPath[str],
    question: FromPath[str],
    data: JSONBody[InterpretationAsked],
) -> QuestionLine:
    """Write a question or an answer beside itself in another language."""
    request.user.must("moderate")
    with _at(request, project, id) as desk:
        moderating.interpret(desk, data.answer or question, data.language, data.text)
        return _line_of(desk, question)


@get("/floors/{project:str}/{id:str}/guests", sync_to_thread=True)
def listed(request: Page, project: FromPath[str], id: FromPath[str]) -> list[Guest]:
    """Who is accredited."""
    with borrowed(site_of(request).newsroom) as conn:
        return store.guests(conn, project, id)


@post("/floors/{project:str}/{id:str}/guests", sync_to_thread=True)
def accredit(request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[GuestAsked]) -> Invited:
    """Let somebody onto the floor by a personal link."""
    request.user.must("moderate")
    person = guests.Invited(
        name=data.name, agency=data.agency, outlet=data.outlet, language=data.language, role=data.role
    )
    with _at(request, project, id) as desk:
        (made,) = guests.accredit(desk, [person], until=data.until)
    return Invited(guest=made.guest, link=made.link(site_of(request).config.url), code=made.code)


@post("/floors/{project:str}/{id:str}/guests/{number:int}/revoke", sync_to_thread=True, status_code=200)
def revoke(request: Page, project: FromPath[str], id: FromPath[str], number: FromPath[int]) -> Guest:
    """Send a guest away."""
    request.user.must("moderate")
    with _at(request, project, id) as desk:
        return guests.revoke(desk, number)


@post("/floors/{project:str}/{id:str}/publish", sync_to_thread=True)
def publish(
    request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[PublicationAsked]
) -> list[publishing.Published]:
    """Publish the transcript of a closed floor as items of ours."""
    request.user.must("moderate")
    wanted = publishing.Publication(
        versions=tuple(publishing.Wanted(language=one.language, headline=one.headline) for one in data.versions),
        credit=data.credit,
        slugline=data.slugline,
        embargoed_until=data.embargoed_until,
        urgency=data.urgency,
        reason=data.reason,
    )
    with _at(request, project, id) as desk:
        done = publishing.publish(desk, wanted)
        copy.wake(desk.conn)
        return done


# ------------------------------------------------------------------------------------------------ as answered


def _tuple(wanted: list[str] | None) -> tuple[str, ...] | None:
    return None if wanted is None else tuple(wanted)


def _floor_line(one: running.Line) -> FloorLine:
    floor = one.floor
    return FloorLine(
        project=floor.project,
        id=floor.id,
        title=one.event.record.title() if one.event else "",
        host=floor.made.agency,
        state=floor.record.state,
        mode=floor.record.mode,
    )


def _whole(request: Page, hall: Hall) -> FloorWhole:
    hall = replace(hall, asked=_seen(request, hall))
    now = hall.asking
    return FloorWhole(
        line=_floor_line(running.Line(floor=hall.floor, event=hall.event)),
        settings=hall.floor.record,
        asking=now.id if now else "",
        questions=[_question_line(one) for one in hall.asked],
        fairness=list(shares(hall)),
        next=suggestion(hall),
    )


def _seen(request: Page, hall: Hall) -> tuple[Asked, ...]:
    """What our newsroom sees: all of it where we moderate or answer, else what is public and what is our own."""
    home = site_of(request).home.code
    if home in (*hall.moderators, *hall.floor.record.answerers):
        return hall.asked
    public = {one.id: _unnamed(one) for one in hall.public()}
    return tuple(
        one if one.made.agency == home else public[one.id]
        for one in hall.asked
        if one.id in public or one.made.agency == home
    )


def _unnamed(one: Asked) -> Asked:
    """Who asks anonymously has no name but for the moderators."""
    if not one.question.anonymous:
        return one
    return replace(one, question=replace(one.question, asker="", agency="", outlet=""))


def _line_of(desk: Desk, question: str) -> QuestionLine:
    found = moderating.hall_of(desk).find(question)
    if found is None:
        raise NotFound(f"There is no question {question} on this floor")
    return _question_line(found)


def _question_line(one: Asked) -> QuestionLine:
    question = one.question
    return QuestionLine(
        id=one.id,
        standing=one.standing,
        agency=question.agency,
        outlet=question.outlet,
        asker=question.asker,
        anonymous=question.anonymous,
        on_record=one.on_record,
        language=question.language,
        text=question.text,
        interpretations=dict(one.said),
        to=question.to,
        asked=one.made.at,
        reason=question.reason,
        merged_into=question.merged_into,
        answers=[
            Reply(
                id=given.id,
                speaker=given.answer.speaker,
                text=given.answer.text,
                language=given.answer.language,
                at=given.answer.at or given.made.at,
                written=given.answer.written,
                on_record=given.on_record,
                interpretations=dict(given.said),
            )
            for given in one.answers
        ],
    )


ROUTES: list[ControllerRouterHandler] = [
    floors,
    shown,
    questions,
    set_up,
    go,
    ask,
    act,
    answer,
    interpret,
    listed,
    accredit,
    revoke,
    publish,
]
