"""A joint picture exhibition: proposals, votes, rights, captions, rooms and print sizes, until it hangs."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from dragoman.model.event import Venue
from dragoman.model.item import AwareTime
from dragoman.model.project import Line, Record, Said, Text

ExhibitionState = Literal["preparing", "published", "closed"]
PictureUse = Literal["web", "print", "catalogue", "poster"]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""


class Exhibition(Record, frozen=True, kw_only=True, omit_defaults=True):
    """`languages`: those that every caption must exist in, the first one first on every label. `uses`: what is made of the
    pictures, and must be allowed of each.

    Before `opens` the gallery shows nothing to the public, its title only where it is `announced`.
    """

    titles: Said
    introduction: Said = field(default_factory=dict)
    languages: Annotated[tuple[str, ...], Meta(min_length=1, max_length=20)] = ("en",)
    uses: tuple[PictureUse, ...] = ("web", "print")
    venue: Venue = Venue()
    opens: AwareTime | None = None
    until: date | None = None
    announced: bool = False
    state: ExhibitionState = "preparing"
    event: str = ""
    caption_most: Annotated[int, Meta(ge=50, le=2_000)] = 350
    """Characters of a caption that fit the wall label."""


class Room(Record, frozen=True, kw_only=True, omit_defaults=True):
    """`position` orders the rooms."""

    exhibition: str
    titles: Said
    text: Said = field(default_factory=dict)
    position: float = 0.0


class Proposal(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A picture item proposed for `exhibition`. `selected`: None until somebody has decided. `position` orders it in its
    room; sizes are of the print, in millimetres, 0 where nobody has said."""

    exhibition: str
    origin: str
    uri: Line
    headline: Line = ""
    selected: bool | None = None
    room: str = ""
    position: float = 0.0
    width_mm: Annotated[int, Meta(ge=0, le=20_000)] = 0
    height_mm: Annotated[int, Meta(ge=0, le=20_000)] = 0
    note: Text = ""


class Vote(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One person's stars for one picture; its record's id is `planning.exhibition.vote_id`."""

    picture: str
    stars: Annotated[int, Meta(ge=0, le=5)] = 0
    note: Text = ""


class Right(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What may be done with a picture, or may not: of two that speak of the same use, the refusal counts.

    `territory`: the countries it speaks of; empty: everywhere. `until`: the last day it holds.
    """

    picture: str
    use: PictureUse
    allowed: bool
    territory: tuple[Country, ...] = ()
    until: date | None = None
    source: Line = ""


class Caption(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A picture's words in one language; its record's id is ``picture.language``.

    `written`: who wrote them last, as ``AGENCY person``. `reviewed`: the second pair of eyes, and `reviewed_words` the stamp
    of what they saw (`planning.captions.stamp_of`): words changed since are not reviewed.
    """

    picture: str
    language: str
    text: Text = ""
    alt: Line = ""
    credit: Line = ""
    written: Line = ""
    reviewed: Line = ""
    reviewed_words: str = ""
