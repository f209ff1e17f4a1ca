"""Relations with an institution: its people and their offices, seats in governing bodies, meetings, what was agreed there.

An institution is an agency (any kind, with or without a node or an agreement), our own among them; what is known of it
beside its code and name stands here. Every record has its number (0 before it is stored) and its revision, which grows with
each change: whoever changes an older one is told.
"""

import calendar
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from dragoman.model.errors import BadInput
from dragoman.model.item import AwareTime
from dragoman.model.project import Line, Said, Text

MeetingKind = Literal["meeting", "visit", "delegation", "training", "call"]
Side = Literal["ours", "theirs", "both"]
ActionState = Literal["open", "done", "dropped"]
Became = Literal["", "project", "agreement", "event", "item"]
DocumentKind = Literal["document", "note", "gift"]

PartialDate = Annotated[str, Meta(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]
"""A day, a month or a year, as far as it is known: ``2026-05-03``, ``2026-05``, ``2026``; empty: not known (ISO 8601-1, 5.2.2)."""
Code = Annotated[str, Meta(min_length=1, max_length=16)]
Named = Annotated[str, Meta(min_length=1, max_length=500)]


class Kept(Struct, frozen=True, kw_only=True):
    """What every record has."""

    id: int = 0
    revision: int = 1


class Institution(Kept, frozen=True, kw_only=True):
    """What is known of an agency beside its code, name and country. `names` and `histories` by language."""

    agency: Code
    names: Said = field(default_factory=dict)
    founded: PartialDate = ""
    place: Line = ""
    address: Line = ""
    website: Line = ""
    histories: Said = field(default_factory=dict)
    note: Text = ""


class Person(Kept, frozen=True, kw_only=True):
    """Somebody of an institution, ours too. `names` as written in each language; `note` for those who meet them."""

    name: Named
    names: Said = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    email: Line = ""
    phone: Line = ""
    note: Text = ""


class Office(Kept, frozen=True, kw_only=True):
    """What a person is in an institution, from when until when. `sole`: one holder at a time; `rank` 1 is named first."""

    person: int
    agency: Code
    title: Named
    titles: Said = field(default_factory=dict)
    since: PartialDate = ""
    until: PartialDate = ""
    sole: bool = False
    rank: Annotated[int, Meta(ge=1, le=99)] = 5


class Membership(Kept, frozen=True, kw_only=True):
    """`agency` belongs to `body`, an association, a council: another institution."""

    agency: Code
    body: Code
    since: PartialDate = ""
    until: PartialDate = ""
    note: Text = ""


class Seat(Kept, frozen=True, kw_only=True):
    """A seat of `agency` in a governing body of `body`, and who holds it (0: nobody is named)."""

    agency: Code
    body: Code
    title: Named
    titles: Said = field(default_factory=dict)
    person: int = 0
    since: PartialDate = ""
    until: PartialDate = ""


class Attendance(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who took part, for which institution; `person` is the record's number where there is one."""

    agency: Code
    name: Named
    person: int = 0
    role: Line = ""


class Meeting(Kept, frozen=True, kw_only=True):
    """A visit, a delegation, a training, a meeting, with those `agencies` beside our own. `zone` is the place's.

    `all_day`: only the days count. `language`: of `subject` and `note`.
    """

    kind: MeetingKind = "meeting"
    agencies: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=50)]
    subject: Named
    language: str = ""
    starts: AwareTime
    ends: AwareTime | None = None
    zone: str = "UTC"
    all_day: bool = False
    place: Line = ""
    attended: tuple[Attendance, ...] = ()
    note: Text = ""


class Action(Kept, frozen=True, kw_only=True):
    """What was agreed to be done with `agency`, at `meeting` (0: otherwise); by whom, on whose side, until when.

    `became` and `link` say what it became: a project by its id, an agreement by its id, an event as ``PROJECT RECORD``, an
    item by its number.
    """

    agency: Code
    meeting: int = 0
    what: Named
    language: str = ""
    who: Line = ""
    side: Side = "ours"
    due: date | None = None
    state: ActionState = "open"
    closed: date | None = None
    became: Became = ""
    link: Line = ""
    outcome: Line = ""

    def is_overdue(self, today: date) -> bool:
        return self.state == "open" and self.due is not None and self.due < today


class Document(Kept, frozen=True, kw_only=True):
    """A document, a note or a gift (given or received), kept for the record with `agency`.

    `roles` and `names` are its readers; both empty: everybody in the newsroom. Who may not read it sees that there is one
    and who may, or nothing at all where it is not `disclosed`. `digest` names its bytes; empty: it is the text alone.
    """

    kind: DocumentKind = "note"
    agency: Code
    meeting: int = 0
    title: Named
    language: str = ""
    text: Text = ""
    file: Line = ""
    media_type: str = ""
    size: int = 0
    digest: str = ""
    roles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    disclosed: bool = True
    by: str
    at: AwareTime

    @property
    def is_restricted(self) -> bool:
        return bool(self.roles or self.names)

    def readable_by(self, name: str, role: str) -> bool:
        """Its readers, and whoever put it there. No role opens it unnamed, the administrator's neither."""
        return not self.is_restricted or name == self.by or name in self.names or role in self.roles

    def visible_to(self, name: str, role: str) -> bool:
        """May they see that there is one? An administrator always: readers leave, and somebody must name new ones."""
        return self.disclosed or role == "administrator" or self.readable_by(name, role)


Relation = Institution | Person | Office | Membership | Seat | Meeting | Action | Document
KINDS: dict[str, type[Relation]] = {
    "institution": Institution,
    "person": Person,
    "office": Office,
    "membership": Membership,
    "seat": Seat,
    "meeting": Meeting,
    "action": Action,
    "document": Document,
}
Term = Office | Membership | Seat
"""What has a beginning and an end."""


def earliest(when: PartialDate) -> date:
    """The first day it may mean; the first of all days where it is not known.

    Raises:
        BadInput: there is no such day.
    """
    return date(*_parts(when, first=True)) if when else date.min


def latest(when: PartialDate) -> date:
    """The last day it may mean; the last of all days where it is not known.

    Raises:
        BadInput: there is no such day.
    """
    if not when:
        return date.max
    return date(*_parts(when, first=False))


def _parts(when: str, *, first: bool) -> tuple[int, int, int]:
    try:
        year, *rest = (int(part) for part in when.split("-"))
        month = rest[0] if rest else 1 if first else 12
        day = rest[1] if len(rest) > 1 else 1 if first else calendar.monthrange(year, month)[1]
        date(year, month, day)
    except (ValueError, IndexError) as error:
        raise BadInput(
            f"{when!r} is not a date", hint="A day, a month or a year, as in 2026-05-03, 2026-05 or 2026."
        ) from error
    return year, month, day


def runs_backwards(since: PartialDate, until: PartialDate) -> bool:
    """Does it end before it can have begun?"""
    return latest(until) < earliest(since)


def overlap(one: Term, other: Term) -> bool:
    """Do both run for certain on the same day, beside the day of handing over?"""
    begins = max(_certain_begin(one), _certain_begin(other))
    return begins < min(_certain_end(one), _certain_end(other))


def _certain_begin(term: Term) -> date:
    return latest(term.since) if term.since else date.min


def _certain_end(term: Term) -> date:
    return earliest(term.until) if term.until else date.max


def is_current(term: Term, today: date) -> bool:
    """May it run on this day?"""
    return earliest(term.since) <= today <= latest(term.until)


def said(texts: Said, language: str, otherwise: str = "") -> tuple[str, str]:
    """The text in `language`, or `otherwise`, or the English one, or the first there is; and its language (or empty)."""
    if texts.get(language):
        return texts[language], language
    if otherwise:
        return otherwise, ""
    found = next(((code, text) for code, text in [("en", texts.get("en", "")), *sorted(texts.items())] if text), None)
    return (found[1], found[0]) if found else ("", "")
