"""A joint picture exhibition: proposals, votes, rights, captions, rooms and print sizes, until it hangs."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from dragoman.model.event import Venue
from dragoman.model.item import AwareTime
from dragoman.model.project import Line, Record, Said, Text

ExhibitionState = Literal["collecting", "selecting", "writing", "hanging", "published", "closed"]
PictureUse = Literal["web", "print", "catalogue", "poster"]


class Exhibition(Record, frozen=True, kw_only=True, omit_defaults=True):
    """`languages`: those that every caption must exist in. Before `opens` the gallery shows nothing to the public."""

    titles: Said
    introduction: Said = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    venue: Venue = Venue()
    opens: AwareTime | None = None
    until: date | None = None
    state: ExhibitionState = "collecting"
    event: str = ""
    caption_most: Annotated[int, Meta(ge=50, le=2_000)] = 350
    """Characters of a caption that fit the wall label."""


class Room(Record, frozen=True, kw_only=True, omit_defaults=True):
    exhibition: str
    titles: Said
    text: Said = field(default_factory=dict)
    position: float = 0.0


class Proposal(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A picture item proposed for `exhibition`. `position` orders it in its room; sizes are of the print, in millimetres."""

    exhibition: str
    origin: str
    uri: Line
    headline: Line = ""
    selected: bool = False
    room: str = ""
    position: float = 0.0
    width_mm: Annotated[int, Meta(ge=0, le=20_000)] = 0
    height_mm: Annotated[int, Meta(ge=0, le=20_000)] = 0
    note: Text = ""


class Vote(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One person's stars for one picture; its record's id is ``picture.AGENCY.person``."""

    picture: str
    stars: Annotated[int, Meta(ge=0, le=5)] = 0
    note: Text = ""


class Right(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What may be done with a picture, or may not: of two that speak of the same use, the refusal counts."""

    picture: str
    use: PictureUse
    allowed: bool
    territory: tuple[str, ...] = ()
    until: date | None = None
    source: Line = ""


class Caption(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A picture's words in one language; its record's id is ``picture.language``. `reviewed`: the second pair of eyes."""

    picture: str
    language: str
    text: Text = ""
    alt: Line = ""
    credit: Line = ""
    reviewed: Line = ""
