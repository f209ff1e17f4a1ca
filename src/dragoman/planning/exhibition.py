"""An exhibition as it stands on one node: its records, and what this node knows of the pictures. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from msgspec import Struct

from dragoman.model.exhibition import Caption, Exhibition, Proposal, Right, Room, Vote
from dragoman.model.project import ProjectTerms
from dragoman.model.taken import WhenTaken
from dragoman.model.version import ItemState
from dragoman.planning.fold import Held
from dragoman.planning.times import find_zone

P = TypeVar("P", Vote, Right, Caption)


def picture_id(exhibition: str, origin: str, uri: str) -> str:
    """The id of a picture's proposal: whoever proposes it, it is one proposal."""
    return hashlib.sha256("\x1f".join((exhibition, origin, uri)).encode()).hexdigest()[:16]


def vote_id(picture: str, agency: str, person: str) -> str:
    """The id of one person's vote: it carries who casts it, so that nobody casts it for them."""
    return f"{picture}.{agency}.{hashlib.sha256(person.encode()).hexdigest()[:12]}"


def caption_id(picture: str, language: str) -> str:
    return f"{picture}.{language}"


class Lying(Struct, frozen=True, kw_only=True):
    """The picture's item as it lies on this node. `width` and `height` are the original's, in pixels; `digest` names it.

    `terms` is what the item itself says of its use; `is_shown`: there are renditions, and they may be looked at.
    """

    number: int
    language: str = ""
    headline: str = ""
    captions: Mapping[str, str] = {}
    alts: Mapping[str, str] = {}
    credit: str = ""
    photographer: str = ""
    copyright: str = ""
    terms: str = ""
    taken: WhenTaken | None = None
    width: int = 0
    height: int = 0
    digest: str = ""
    state: ItemState = "usable"
    is_shown: bool = True
    embargoed_until: datetime | None = None

    @property
    def is_usable(self) -> bool:
        return self.state == "usable"


class Picture(Struct, frozen=True, kw_only=True):
    """One proposal and all that belongs to it. `lying` is None where the item has not come to this node; `captions` are by
    language, `votes` and `rights` oldest first."""

    held: Held[Proposal]
    lying: Lying | None = None
    votes: tuple[Held[Vote], ...] = ()
    rights: tuple[Held[Right], ...] = ()
    captions: Mapping[str, Held[Caption]] = {}

    @property
    def id(self) -> str:
        return self.held.id

    @property
    def agency(self) -> str:
        """Who proposed it."""
        return self.held.made.agency

    @property
    def record(self) -> Proposal:
        return self.held.record

    @property
    def stars(self) -> int:
        return sum(vote.record.stars for vote in self.votes)

    @property
    def headline(self) -> str:
        return (self.lying.headline if self.lying and self.lying.is_usable else "") or self.record.headline

    def stars_by_agency(self) -> tuple[tuple[str, int], ...]:
        """The stars of each agency that has voted, summed, by its code."""
        sums: dict[str, int] = {}
        for vote in self.votes:
            sums[vote.made.agency] = sums.get(vote.made.agency, 0) + vote.record.stars
        return tuple(sorted(sums.items()))

    def vote_of(self, agency: str, person: str) -> Vote | None:
        """What this person has said of it."""
        mine = vote_id(self.id, agency, person)
        return next((vote.record for vote in self.votes if vote.id == mine), None)


class Whole(Struct, frozen=True, kw_only=True):
    """An exhibition with everything in it. `terms` are the project's, `names` the agencies' by their codes; `rooms` in
    their order, `pictures` in the order of the hanging: by room, those in none last."""

    held: Held[Exhibition]
    terms: ProjectTerms = ProjectTerms()
    names: Mapping[str, str] = {}
    rooms: tuple[Held[Room], ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def id(self) -> str:
        return self.held.id

    @property
    def project(self) -> str:
        return self.held.project

    @property
    def maker(self) -> str:
        """The agency that makes it, and alone publishes it."""
        return self.held.made.agency

    @property
    def record(self) -> Exhibition:
        return self.held.record

    @property
    def selected(self) -> tuple[Picture, ...]:
        return tuple(one for one in self.pictures if one.record.selected)

    def picture(self, id: str) -> Picture | None:
        return next((one for one in self.pictures if one.id == id), None)

    def room_of(self, picture: Picture) -> str:
        """The id of the room it hangs in; empty: in none that is there."""
        return picture.record.room if any(room.id == picture.record.room for room in self.rooms) else ""


def hung(
    exhibition: Held[Exhibition],
    *,
    terms: ProjectTerms,
    names: Mapping[str, str],
    rooms: Sequence[Held[Room]],
    proposals: Sequence[Held[Proposal]],
    votes: Sequence[Held[Vote]] = (),
    rights: Sequence[Held[Right]] = (),
    captions: Sequence[Held[Caption]] = (),
    lying: Mapping[str, Lying] = {},
) -> Whole:
    """The exhibition put together from its records; `lying` by the proposal's id."""
    ordered = tuple(sorted(rooms, key=lambda room: (room.record.position, room.made.clock, room.id)))
    places = {room.id: at for at, room in enumerate(ordered)}
    votes_of, rights_of, captions_of = _by_picture(votes), _by_picture(rights), _by_picture(captions)
    pictures = [
        Picture(
            held=held,
            lying=lying.get(held.id),
            votes=tuple(votes_of.get(held.id, ())),
            rights=tuple(rights_of.get(held.id, ())),
            captions={one.record.language: one for one in captions_of.get(held.id, ())},
        )
        for held in proposals
    ]
    pictures.sort(key=lambda one: (places.get(one.record.room, len(places)), *_place(one.held)))
    return Whole(held=exhibition, terms=terms, names=names, rooms=ordered, pictures=tuple(pictures))


def _by_picture(found: Sequence[Held[P]]) -> dict[str, list[Held[P]]]:
    grouped: dict[str, list[Held[P]]] = {}
    for held in found:
        grouped.setdefault(held.record.picture, []).append(held)
    return grouped


def _place(held: Held[Proposal]) -> tuple[float, int, str]:
    return held.record.position, held.made.clock, held.id


class Said(Struct, frozen=True):
    """A text and the language it is in."""

    text: str
    language: str


def said(texts: Mapping[str, str], language: str, order: Sequence[str] = ()) -> Said:
    """The text in `language`, else in the first language of `order` that has one, else in any; empty where there is none."""
    for code in (language, *order, *sorted(texts)):
        if text := texts.get(code, "").strip():
            return Said(text, code)
    return Said("", language)


def is_open(exhibition: Exhibition, now: datetime) -> bool:
    """Does the public see it?"""
    return exhibition.state == "published" and (exhibition.opens is None or exhibition.opens <= now)


def opening_day(exhibition: Exhibition) -> date | None:
    """The day of the opening where it hangs; without a zone of the venue's, as the hour was written."""
    if exhibition.opens is None:
        return None
    place = find_zone(exhibition.venue.zone)
    return (exhibition.opens.astimezone(place) if place else exhibition.opens).date()


def first_day(exhibition: Exhibition, today: date) -> date:
    """The day from which its pictures are shown: the opening's, where that is still to come."""
    return max(today, opening_day(exhibition) or today)
