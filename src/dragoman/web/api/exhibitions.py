"""Exhibitions over the API: the list, one with everything in it, and every act of the workshop."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, TypeVar

from litestar import delete, get, post, put
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from dragoman.desk import exhibition_pictures as pictures
from dragoman.desk import exhibitions as desk
from dragoman.desk import projects
from dragoman.model.errors import BadInput, NotFound
from dragoman.model.exhibition import Exhibition, PictureUse, Right, Room
from dragoman.planning.captions import Worded, worded
from dragoman.planning.exhibition import Picture, Whole
from dragoman.planning.exhibition_checks import Finding, findings
from dragoman.planning.hanging import PrintSize, print_size
from dragoman.planning.rights_table import Standing, standings
from dragoman.store.connect import Connection, borrowed
from dragoman.text.segments import Clash, Written
from dragoman.trust.keys import Keyring
from dragoman.web.asking import Page
from dragoman.web.site import site_of

T = TypeVar("T")
Act = Callable[[Connection, Keyring, str, datetime], T]
_STATES = {"publish": desk.publish, "take-back": desk.take_back, "close": desk.close}


class ExhibitionMade(Struct, frozen=True, kw_only=True):
    """`project`: empty for our own desk's."""

    exhibition: Exhibition
    project: str = ""


class ExhibitionLine(Struct, frozen=True, kw_only=True):
    project: str
    id: str
    maker: str
    exhibition: Exhibition
    proposed: int
    selected: int


class RoomShown(Struct, frozen=True, kw_only=True):
    id: str
    room: Room


class VoteShown(Struct, frozen=True, kw_only=True):
    agency: str
    person: str
    stars: int
    note: str


class PictureShown(Struct, frozen=True, kw_only=True):
    """`number` is its place on the wall, 0 where it is not selected; `item` the number of its item here, None where it has
    not come; `right_rows` are what members have written down, by id."""

    id: str
    number: int
    agency: str
    origin: str
    uri: str
    headline: str
    item: int | None
    selected: bool | None
    stars: dict[str, int]
    votes: list[VoteShown]
    note: str
    room: str
    width_mm: int
    height_mm: int
    print: PrintSize | None
    rights: list[Standing]
    right_rows: dict[str, Right]
    words: list[Worded]


class ExhibitionWhole(Struct, frozen=True, kw_only=True):
    project: str
    id: str
    maker: str
    exhibition: Exhibition
    rooms: list[RoomShown]
    pictures: list[PictureShown]
    findings: list[Finding]


class ProposalAsked(Struct, frozen=True, kw_only=True):
    """`items`: numbers of picture items of this node."""

    items: Annotated[list[int], Meta(min_length=1, max_length=200)]
    note: str = ""


class VoteCast(Struct, frozen=True, kw_only=True):
    stars: Annotated[int, Meta(ge=0, le=5)]
    note: str = ""


class Decision(Struct, frozen=True, kw_only=True):
    """None: nobody has decided."""

    selected: bool | None


class HangAsked(Struct, frozen=True, kw_only=True):
    """What is None stays. `place` counts from 1 in its room."""

    room: str | None = None
    place: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None


class WordsWritten(Struct, frozen=True, kw_only=True):
    """What is None stays."""

    text: str | None = None
    alt: str | None = None
    credit: str | None = None


class RightSaid(Struct, frozen=True, kw_only=True):
    picture: str
    use: PictureUse
    allowed: bool
    source: str = ""
    territory: tuple[str, ...] = ()
    until: date | None = None


class RoomWritten(Struct, frozen=True, kw_only=True):
    """`place`: the how-many-eth room it becomes; None: it stays, or comes last."""

    titles: dict[str, str]
    text: dict[str, str] = {}
    place: int | None = None


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
    whole = _after(request, project, id, act)
    found = next((one for one in whole.pictures if one.id == picture), None)
    if found is None:
        raise NotFound("There is no such picture in the exhibition", picture[:40])
    return found


def _shown(request: Page, project: str, id: str) -> ExhibitionWhole:
    with borrowed(site_of(request).newsroom) as conn:
        whole = desk.opened(conn, project, id)
    now = datetime.now(UTC)
    numbers = {one.id: at for at, one in enumerate(whole.selected, 1)}
    return ExhibitionWhole(
        project=project,
        id=id,
        maker=whole.maker,
        exhibition=whole.record,
        rooms=[RoomShown(id=room.id, room=room.record) for room in whole.rooms],
        pictures=[_picture(whole, one, numbers.get(one.id, 0), now) for one in whole.pictures],
        findings=list(findings(whole, now)),
    )


def _picture(whole: Whole, one: Picture, number: int, now: datetime) -> PictureShown:
    record, lying = one.record, one.lying
    width, height = (lying.width, lying.height) if lying and lying.is_usable else (0, 0)
    return PictureShown(
        id=one.id,
        number=number,
        agency=one.agency,
        origin=record.origin,
        uri=record.uri,
        headline=one.headline,
        item=lying.number if lying else None,
        selected=record.selected,
        stars=dict(one.stars_by_agency()),
        votes=[
            VoteShown(agency=v.changed.agency, person=v.changed.by, stars=v.record.stars, note=v.record.note)
            for v in one.votes
        ],
        note=record.note,
        room=whole.room_of(one),
        width_mm=record.width_mm,
        height_mm=record.height_mm,
        print=print_size(width, height, record.width_mm, record.height_mm),
        rights=list(standings(whole, one, now.date())),
        right_rows={held.id: held.record for held in one.rights},
        words=[worded(whole, one, language) for language in whole.record.languages],
    )


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
