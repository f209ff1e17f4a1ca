"""What a reader understood of an item's text: kept with the version, renewed when the readers are. Never sent to a partner.

Offsets are code points of the text that was read: the item's plain text, one line a block, without its dateline.
"""

from typing import Literal

from msgspec import Struct

from dragoman.model.item import Dateline

READER_VERSION = 1
"""Of the readers together: raised when any of them reads differently, so that older readings can be renewed."""

NameKind = Literal["person", "organisation"]
PlaceKind = Literal["country", "region", "city", "place"]


class _Said(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A part of a reading."""


class Mention(_Said, frozen=True):
    """Where the text says it, in which words."""

    text: str
    start: int
    end: int


class Name(_Said, frozen=True):
    """One person or organisation an item speaks of, every mention joined.

    `text` is the fullest form as it stands, `key` the script-independent key (`names.name_key`), `role` the words that
    say who it is ("foreign minister"), `known` the id of the entry of the agency's names file or of the lexicon, where it
    is one. One that only the headline speaks of has no mentions.
    """

    text: str
    kind: NameKind
    key: str = ""
    role: str = ""
    known: str = ""
    mentions: tuple[Mention, ...] = ()


class Place(_Said, frozen=True):
    """One place an item speaks of. `country` is ISO 3166-1 alpha-2; latitude and longitude are degrees, WGS 84;
    `id` is the country's code, or the GeoNames number of a city."""

    text: str
    kind: PlaceKind
    name: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    id: str = ""
    mentions: tuple[Mention, ...] = ()


class SaidDate(_Said, frozen=True):
    """A date in the text. `value` is ISO 8601 as far as it is known: ``2026-02-19``, ``2026-02``, ``2026``, or ``--02-19``
    where neither the text nor the item gives a year."""

    text: str
    value: str
    start: int
    end: int


class Figure(_Said, frozen=True):
    """A number in the text, normalised. `unit` is ``%``, an ISO 4217 code, ``km``, or a lexicon concept's id or the stem of
    the thing counted; `least`: "more than"."""

    text: str
    value: float
    start: int
    end: int
    unit: str = ""
    least: bool = False


class Quote(_Said, frozen=True):
    """What somebody is quoted to have said. `text` is without its quotation marks; `speaker` the speaker's name in its
    fullest form in the item; `key` its key; `verb` the reporting verb as it stands; `role` who is speaking where no name is
    given or beside it."""

    text: str
    start: int
    end: int
    speaker: str = ""
    key: str = ""
    role: str = ""
    verb: str = ""
    direct: bool = True


class Subject(_Said, frozen=True):
    """A Media Topic. `score` is 0 to 1; `evidence`: the sender's code, or the words of the text that speak for it;
    `by`: ``sender``, ``rule``, ``terms``, or the name of a model."""

    code: str
    label: str = ""
    score: float = 1.0
    evidence: tuple[str, ...] = ()
    by: str = "terms"


class Passage(_Said, frozen=True):
    """A run of paragraphs in a language that is not the item's."""

    language: str
    start: int
    end: int
    confidence: float = 1.0


class Reading(_Said, frozen=True):
    """Everything read of one text. `version` is the readers' version (`READER_VERSION`); `language` is BCP 47, ``und``
    where nobody knows; `script` is ISO 15924."""

    version: int
    language: str = ""
    confidence: float = 0.0
    script: str = ""
    dateline: Dateline | None = None
    names: tuple[Name, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[SaidDate, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    subjects: tuple[Subject, ...] = ()
    passages: tuple[Passage, ...] = ()
    words: int = 0
    sentences: int = 0
    cut: bool = False
    """The text was longer than is read (`read.document.LONGEST`)."""
