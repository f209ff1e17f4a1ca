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


class Venue(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`zone` is the IANA zone of the place: the event's times are shown in it first."""

    name: Line = ""
    address: Line = ""
    city: Line = ""
    country: str = ""
    zone: str = ""
    link: Line = ""


class Accreditation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    required: bool = False
    until: AwareTime | None = None
    contact: Line = ""
    how: Text = ""


class Event(Record, frozen=True, kw_only=True, omit_defaults=True):
    """`titles` by language; `starts` and `ends` with their offset, `zone` the venue's where the venue has none of its own.

    `parent`: the event it is a part of. `rule`: how it recurs (RFC 5545 §3.3.10, RRULE), `but`: days it does not, `also`:
    moments besides. `embargoed_until`: until then its title and details are for those with a right to them; others see
    `public_title`.
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
    but: tuple[date, ...] = ()
    also: tuple[AwareTime, ...] = ()
    summary: Said = field(default_factory=dict)
    hosts: tuple[Line, ...] = ()
    co_organisers: tuple[Line, ...] = ()
    venue: Venue = Venue()
    accreditation: Accreditation = Accreditation()
    languages: tuple[str, ...] = ()
    contact: Line = ""
    link: Line = ""
    embargoed_until: AwareTime | None = None
    public_title: Line = ""
    uri: Line = ""
    """The id under which it came in (iCalendar UID, ninjs uri); empty: made here."""
    urgency: Annotated[int, Meta(ge=1, le=9)] | None = None
    subjects: tuple[Line, ...] = ()


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
    """Who covers `event`, how, in which language, until when; `uri` and `origin` name the item that fulfils it."""

    event: str
    agency: str
    person: Line = ""
    kind: CoverageKind = "text"
    language: str = ""
    due: AwareTime | None = None
    state: CoverageState = "planned"
    origin: str = ""
    uri: Line = ""
    note: Text = ""
