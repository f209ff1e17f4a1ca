"""What the API says of exhibitions, and what it takes. Additive changes only."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from dragoman.model.exhibition import Exhibition, PictureUse, Right, Room
from dragoman.planning.captions import Worded, worded
from dragoman.planning.exhibition import Picture, Whole
from dragoman.planning.exhibition_checks import Finding, findings
from dragoman.planning.hanging import PrintSize, print_size
from dragoman.planning.rights_table import Standing, standings


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


def whole_of(whole: Whole, now: datetime) -> ExhibitionWhole:
    """The exhibition with everything in it, as it stands `now`."""
    numbers = {one.id: at for at, one in enumerate(whole.selected, 1)}
    return ExhibitionWhole(
        project=whole.project,
        id=whole.id,
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
