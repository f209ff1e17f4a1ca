"""Exhibitions over the API: the list, one with everything in it, and every act of the workshop."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from litestar import delete, get, post, put
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import ControllerRouterHandler

from dragoman.desk import exhibition_pictures as pictures
from dragoman.desk import exhibitions as desk
from dragoman.desk import projects
from dragoman.model.errors import BadInput, NotFound
from dragoman.model.exhibition import Exhibition, Right, Room
from dragoman.store.connect import Connection, borrowed
from dragoman.text.segments import Clash, Written
from dragoman.trust.keys import Keyring
from dragoman.web.api.exhibition_shapes import (
    Decision,
    ExhibitionLine,
    ExhibitionMade,
    ExhibitionWhole,
    HangAsked,
    PictureShown,
    ProposalAsked,
    RightSaid,
    RoomWritten,
    VoteCast,
    WordsWritten,
    whole_of,
)
from dragoman.web.asking import Page
from dragoman.web.site import site_of

T = TypeVar("T")
Act = Callable[[Connection, Keyring, str, datetime], T]
_STATES = {"publish": desk.publish, "take-back": desk.take_back, "close": desk.close}


@get("/exhibitions", sync_to_thread=True)
def listed(request: Page, project: FromQuery[str] = "") -> list[ExhibitionLine]:
    """Exhibitions that we make or take part in, the newest first."""
    with borrowed(site_of(request).newsroom) as conn:
        found = desk.exhibitions(conn, project)
    return [
        ExhibitionLine(
            project=one.held.project,
            id=one.held.id,
            maker=one.held.made.agency,
            exhibition=one.held.record,
            proposed=one.proposed,
            selected=one.selected,
        )
        for one in found
    ]


@post("/exhibitions", sync_to_thread=True)
def made(request: Page, data: JSONBody[ExhibitionMade]) -> ExhibitionWhole:
    """A new exhibition of ours."""

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> tuple[str, str]:
        project = data.project or projects.desk_project(conn, keyring, now=now)
        return project, desk.make(conn, keyring, project, data.exhibition, by=by, now=now).id

    project, id = _done(request, do)
    return _shown(request, project, id)


@get("/exhibitions/{project:str}/{id:str}", sync_to_thread=True)
def shown(request: Page, project: FromPath[str], id: FromPath[str]) -> ExhibitionWhole:
    """One exhibition with its rooms, pictures, rights, words, and what stands in its way."""
    return _shown(request, project, id)


@put("/exhibitions/{project:str}/{id:str}", sync_to_thread=True)
def changed(request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[Exhibition]) -> ExhibitionWhole:
    """The exhibition as it is to be; its state is changed by `publish`, `take-back` and `close`."""
    fields = {name: getattr(data, name) for name in data.__struct_fields__ if name != "state"}

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        return desk.change(conn, keyring, project, id, by=by, now=now, **fields)

    return _after(request, project, id, do)


@post("/exhibitions/{project:str}/{id:str}/{step:str}", sync_to_thread=True, status_code=200)
def become(request: Page, project: FromPath[str], id: FromPath[str], step: FromPath[str]) -> ExhibitionWhole:
    """`publish`: from its opening on the public sees it; `take-back`; `close`."""
    do_it = _STATES.get(step)
    if do_it is None:
        raise NotFound("There is nothing here", step[:40], hint=f"One of: {', '.join(_STATES)}.")
    return _after(request, project, id, lambda c, k, by, now: do_it(c, k, project, id, by=by, now=now))


@post("/exhibitions/{project:str}/{id:str}/pictures", sync_to_thread=True)
def proposed(
    request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[ProposalAsked]
) -> ExhibitionWhole:
    """Propose picture items of this node, all or none; they are put into the project."""

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        with conn.transaction():
            for number in data.items:
                pictures.propose(conn, keyring, project, id, number, note=data.note, by=by, now=now)

    return _after(request, project, id, do)


@delete("/exhibitions/{project:str}/{id:str}/pictures/{picture:str}", sync_to_thread=True)
def withdrawn(request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str]) -> None:
    """Take a proposal back."""

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        pictures.withdraw(conn, keyring, project, picture, by=by, now=now)

    _done(request, do)


@post("/exhibitions/{project:str}/{id:str}/pictures/{picture:str}/vote", sync_to_thread=True, status_code=200)
def vote(
    request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str], data: JSONBody[VoteCast]
) -> PictureShown:
    """Your own stars for a picture."""

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        return pictures.vote(conn, keyring, project, picture, data.stars, note=data.note, by=by, now=now)

    return _one(request, project, id, picture, do)


@post("/exhibitions/{project:str}/{id:str}/pictures/{picture:str}/select", sync_to_thread=True, status_code=200)
def select(
    request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str], data: JSONBody[Decision]
) -> PictureShown:
    """Take it in, leave it out, or leave it open."""

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        return pictures.select(conn, keyring, project, picture, data.selected, by=by, now=now)

    return _one(request, project, id, picture, do)


@post("/exhibitions/{project:str}/{id:str}/pictures/{picture:str}/hang", sync_to_thread=True, status_code=200)
def hang(
    request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str], data: JSONBody[HangAsked]
) -> PictureShown:
    """Where it hangs, and how large it is printed."""

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        return pictures.hang(
            conn,
            keyring,
            project,
            picture,
            room=data.room,
            place=data.place,
            width_mm=data.width_mm,
            height_mm=data.height_mm,
            by=by,
            now=now,
        )

    return _one(request, project, id, picture, do)


@put("/exhibitions/{project:str}/{id:str}/pictures/{picture:str}/captions/{language:str}", sync_to_thread=True)
def write(
    request: Page,
    project: FromPath[str],
    id: FromPath[str],
    picture: FromPath[str],
    language: FromPath[str],
    data: JSONBody[WordsWritten],
) -> PictureShown:
    """A picture's words in one language."""
    said = {field: getattr(data, field) for field in pictures.FIELDS}
    written = [Written(id=f"{picture}/{field}", target=text) for field, text in said.items() if text is not None]

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> tuple[Clash, ...]:
        if language not in desk.opened(conn, project, id).record.languages:
            raise BadInput(f"The exhibition is not in {language[:20]}", kept="Nothing was changed.")
        return pictures.write(conn, keyring, project, id, language, written, by=by, now=now)

    return _one(request, project, id, picture, do)


@post(
    "/exhibitions/{project:str}/{id:str}/pictures/{picture:str}/captions/{language:str}/review",
    sync_to_thread=True,
    status_code=200,
)
def review(
    request: Page, project: FromPath[str], id: FromPath[str], picture: FromPath[str], language: FromPath[str]
) -> PictureShown:
    """The second pair of eyes: by somebody who has not written it."""

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        return pictures.review(conn, keyring, project, id, picture, language, by=by, now=now)

    return _one(request, project, id, picture, do)


@post("/exhibitions/{project:str}/{id:str}/rights", sync_to_thread=True)
def say_right(request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[RightSaid]) -> PictureShown:
    """Write down what may or may not be done with a picture; a refusal beats every permission."""
    right = Right(
        picture=data.picture,
        use=data.use,
        allowed=data.allowed,
        source=data.source,
        territory=data.territory,
        until=data.until,
    )

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> object:
        return pictures.say_right(conn, keyring, project, right, by=by, now=now)

    return _one(request, project, id, data.picture, do)


@delete("/exhibitions/{project:str}/{id:str}/rights/{right:str}", sync_to_thread=True)
def take_back_right(request: Page, project: FromPath[str], id: FromPath[str], right: FromPath[str]) -> None:
    """A right of ours that holds no longer."""

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        pictures.take_back_right(conn, keyring, project, right, by=by, now=now)

    _done(request, do)


@post("/exhibitions/{project:str}/{id:str}/rooms", sync_to_thread=True)
def add_room(request: Page, project: FromPath[str], id: FromPath[str], data: JSONBody[RoomWritten]) -> ExhibitionWhole:
    """A room behind the others, or at its place."""

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        wanted = Room(exhibition=id, titles=data.titles, text=data.text)
        room = desk.add_room(conn, keyring, project, id, wanted, by=by, now=now).id
        if data.place is not None:
            desk.move_room(conn, keyring, project, room, data.place, by=by, now=now)

    return _after(request, project, id, do)


@put("/exhibitions/{project:str}/{id:str}/rooms/{room:str}", sync_to_thread=True)
def change_room(
    request: Page, project: FromPath[str], id: FromPath[str], room: FromPath[str], data: JSONBody[RoomWritten]
) -> ExhibitionWhole:
    """A room's words and place."""

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        desk.change_room(conn, keyring, project, room, by=by, now=now, titles=data.titles, text=data.text)
        if data.place is not None:
            desk.move_room(conn, keyring, project, room, data.place, by=by, now=now)

    return _after(request, project, id, do)


@delete("/exhibitions/{project:str}/{id:str}/rooms/{room:str}", sync_to_thread=True)
def drop_room(request: Page, project: FromPath[str], id: FromPath[str], room: FromPath[str]) -> None:
    """The room goes, its pictures stay."""

    def do(conn: Connection, keyring: Keyring, by: str, now: datetime) -> None:
        desk.drop_room(conn, keyring, project, room, by=by, now=now)

    _done(request, do)


# ------------------------------------------------------------------------------------------------ answered


def _done(request: Page, act: Act[T]) -> T:
    request.user.must("picture")
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        result = act(conn, site.keyring, request.user.person.name, datetime.now(UTC))
        projects.wake(conn)
    return result


def _after(request: Page, project: str, id: str, act: Act[object]) -> ExhibitionWhole:
    _done(request, act)
    return _shown(request, project, id)


def _one(request: Page, project: str, id: str, picture: str, act: Act[object]) -> PictureShown:
    with borrowed(site_of(request).newsroom) as conn:
        if not desk.opened(conn, project, id, only=picture).pictures:
            raise NotFound("There is no such picture in the exhibition", picture[:40], kept="Nothing was changed.")
    whole = _after(request, project, id, act)
    return next(one for one in whole.pictures if one.id == picture)


def _shown(request: Page, project: str, id: str) -> ExhibitionWhole:
    with borrowed(site_of(request).newsroom) as conn:
        whole = desk.opened(conn, project, id)
    return whole_of(whole, datetime.now(UTC))


ROUTES: list[ControllerRouterHandler] = [
    listed,
    made,
    shown,
    changed,
    become,
    proposed,
    withdrawn,
    vote,
    select,
    hang,
    write,
    review,
    say_right,
    take_back_right,
    add_room,
    change_room,
    drop_room,
]
