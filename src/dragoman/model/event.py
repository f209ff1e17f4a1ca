"""An event: a forum and its round tables, a news conference, a visit, an anniversary; who takes part, who covers it."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from dragoman.model.item import AwareTime
from dragoman.model.project import Line, Record, Said, Text

EventKind = Literal[
    "event", "forum", "round table", "news conference", "meeting", "visit", "training", "exhibition", "anniversary"
]
EventState = Literal["planned", "confirmed", "postponed", "cancelled", "over"]
CoverageKind = Literal["text", "picture", "video", "audio", "live", "graphic"]
CoverageState = Literal["wanted", "planned", "assigned", "filed", "dropped"]

Lines = Annotated[tuple[Line, ...], Meta(max_length=50)]
Degrees = Annotated[float, Meta(ge=-180, le=180)]


class Venue(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`zone` is the IANA zone of the place: the event's times are shown in it first. `country`: ISO 3166."""

    name: Line = ""
    address: Line = ""
    city: Line = ""
    country: str = ""
    zone: str = ""
    link: Line = ""
    latitude: Annotated[float, Meta(ge=-90, le=90)] | None = None
    longitude: Degrees | None = None

    @property
    def line(self) -> str:
        """Name and city, as they stand beside a time."""
        return ", ".join(part for part in (self.name, self.city) if part)


class Accreditation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    required: bool = False
    until: AwareTime | None = None
    contact: Line = ""
    how: Text = ""


class Event(Record, frozen=True, kw_only=True, omit_defaults=True):
    """`titles` by language; `starts` and `ends` with their offset, `zone` the venue's where the venue has none of its own.

    An `all_day` event has no zone: `starts` is 00:00 UTC of its first day, `ends` 00:00 UTC of the day after its last.
    `parent`: the event it is a part of. `rule`: how it recurs (RFC 5545 §3.3.10, RRULE), `but`: days it does not, `also`:
    moments besides. An anniversary recurs by itself: `starts` is the day it all began. `embargoed_until`: until then its
    title and details are for those with a right to them; others see `public_title`. `note` is the desk's own.
    """

    titles: Said
    kind: EventKind = "event"
    state: EventState = "planned"
    starts: AwareTime
    ends: AwareTime | None = None
    zone: str = ""
    all_day: bool = False
    parent: str = ""
    rule: Line = ""
    but: Annotated[tuple[date, ...], Meta(max_length=400)] = ()
    also: Annotated[tuple[AwareTime, ...], Meta(max_length=100)] = ()
    summary: Said = field(default_factory=dict)
    hosts: Lines = ()
    co_organisers: Lines = ()
    venue: Venue = Venue()
    accreditation: Accreditation = Accreditation()
    languages: tuple[str, ...] = ()
    contact: Line = ""
    link: Line = ""
    slugline: Line = ""
    embargoed_until: AwareTime | None = None
    public_title: Line = ""
    uri: Line = ""
    """The id under which it came in (iCalendar UID, ninjs uri); empty: made here."""
    origin: str = ""
    """The agency whose event item it was taken over from; empty: planned here."""
    urgency: Annotated[int, Meta(ge=1, le=9)] | None = None
    subjects: Lines = ()
    note: Text = ""

    @property
    def place_zone(self) -> str:
        """The zone its times are shown in first."""
        return self.venue.zone or self.zone or "UTC"

    def title(self, language: str = "") -> str:
        """Its title in `language`, else in the first of its own languages, else any; empty where none is to be seen."""
        for wanted in (language, *self.languages, "en"):
            if self.titles.get(wanted):
                return self.titles[wanted]
        return next(iter(self.titles.values()), "")

    def language(self, language: str = "") -> str:
        """The language of what `title` says; empty: not known."""
        said = self.title(language)
        wanted = [code for code in (language, *self.languages, "en", *self.titles) if self.titles.get(code) == said]
        return wanted[0] if wanted and said else ""


class Participant(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Who takes part in `event`: speaker, moderator, guest; `spokesperson` may be quoted for the institution."""

    event: str
    name: Line
    names: Said = field(default_factory=dict)
    role: Line = ""
    agency: Line = ""
    languages: tuple[str, ...] = ()
    spokesperson: bool = False
    contact: Line = ""


class Coverage(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Who covers `event`, how, in which language, until when; `uri` and `origin` name the item that fulfils it.

    Without an `agency` it is wanted from whoever takes it.
    """

    event: str
    agency: str = ""
    person: Line = ""
    kind: CoverageKind = "text"
    language: str = ""
    due: AwareTime | None = None
    state: CoverageState = "planned"
    origin: str = ""
    uri: Line = ""
    note: Text = ""

    @property
    def is_open(self) -> bool:
        """Does somebody still have to do something?"""
        return self.state in ("wanted", "planned", "assigned")
