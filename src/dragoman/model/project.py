"""A joint project: what its members share. Every record is changed by signed acts and folded from them (planning.fold)."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Raw, Struct, field

from dragoman.model.agreement import Use
from dragoman.model.item import AwareTime, Kind

ProjectState = Literal["invited", "active", "left", "closed"]
MemberRole = Literal["lead", "editor", "reader"]
TaskState = Literal["open", "doing", "done", "dropped"]
Verb = Literal["set", "drop"]

# `$` alone would let a line end through, and no column takes a NUL.
ProjectId = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9-]{1,15}:[a-z0-9][a-z0-9-]{0,62}(?!\n)$")]
"""The founder's code and a name of its own choice, as in ``LANTERN:harbour-forum``."""
RecordId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,95}(?!\n)$")]
Code = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9-]{1,15}(?!\n)$")]
"""An agency's."""
Text = Annotated[str, Meta(max_length=20_000)]
Line = Annotated[str, Meta(max_length=500)]
Said = dict[str, Text]
"""One text in several languages, by BCP 47 primary tag."""
MAX_FIELDS = 200_000
"""Bytes of one act's fields, on every node: what one node takes has to pass to all the others."""


class Act(Struct, frozen=True, kw_only=True):
    """One member's signed change of one record. An agency's acts are a chain: `number` counts without gaps in its `log`
    (a node restored from a backup starts a new one), `previous` is the digest of the act before.

    `clock`: microseconds since 1970, later than every act its author had seen: the order of the project is
    (clock, agency, log, number). `fields`: a JSON object of those fields of the record that change. `signature`: base64
    of Ed25519 over the canonical bytes (RFC 8785) of all the rest.
    """

    project: ProjectId
    agency: Code
    log: Annotated[int, Meta(ge=1, lt=1000)]
    number: Annotated[int, Meta(ge=1, lt=2**31)]
    previous: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?(?!\n)$")] = ""
    clock: Annotated[int, Meta(ge=0, lt=2**53)]
    by: Annotated[str, Meta(max_length=500, pattern=r"^[^\x00]*$")]
    verb: Verb = "set"
    kind: Annotated[str, Meta(pattern=r"^[a-z]{1,20}(?!\n)$")]
    id: RecordId
    fields: Raw = field(default_factory=lambda: Raw(b"{}"))
    signature: Annotated[str, Meta(max_length=100)] = ""

    @property
    def order(self) -> tuple[int, str, int, int]:
        return self.clock, self.agency, self.log, self.number

    @property
    def at(self) -> datetime:
        return at_clock(self.clock)


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every kind of record has. `restricted`: for members only; who leaves the project loses it."""

    restricted: bool = False


class ProjectTerms(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The project's own agreement: on these terms each member gives the others what it puts into the project."""

    kinds: tuple[Kind, ...] = ("text", "picture", "event")
    use: Use = "own wire"
    onward: bool = False
    translation: bool = True
    credit: dict[str, str] = field(default_factory=dict)
    """Credit line per language, ``{agency}`` in it is the giver; the key ``*`` serves the rest."""
    valid_until: AwareTime | None = None


class Project(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The project itself; its record's id is ``project``. Changed by the lead alone."""

    title: Line
    titles: Said = field(default_factory=dict)
    brief: Text = ""
    languages: tuple[str, ...] = ()
    begins: date | None = None
    ends: date | None = None
    terms: ProjectTerms = field(default_factory=ProjectTerms)
    closed: bool = False


class Member(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A member; its record's id is the agency's code. The lead invites; only the agency itself joins and leaves.

    `keys` (base64) let members verify acts of one another whom they have not met. `accepted`: digest of the terms it joined
    under.
    """

    role: MemberRole = "editor"
    name: Line = ""
    node: Line = ""
    keys: tuple[str, ...] = ()
    joined: AwareTime | None = None
    accepted: str = ""
    left: AwareTime | None = None

    @property
    def is_in(self) -> bool:
        return self.joined is not None and self.left is None


class Task(Record, frozen=True, kw_only=True, omit_defaults=True):
    title: Line
    note: Text = ""
    agency: str = ""
    person: Line = ""
    due: AwareTime | None = None
    state: TaskState = "open"
    about: str = ""
    """The record it belongs to, as ``kind/id``."""


class ProjectItem(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Copy or a picture put into the project: it goes to the members under the project's agreement."""

    origin: str
    uri: Line
    headline: Line = ""
    language: str = ""
    type: Kind = "text"
    note: Text = ""


class Document(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A file of the project, by the SHA-256 of its bytes, which every member's node fetches from whoever has them."""

    title: Line
    digest: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}(?!\n)$")]
    media_type: str = "application/octet-stream"
    size: Annotated[int, Meta(ge=0)] = 0
    language: str = ""
    about: str = ""


class Note(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody writes into the project's log, on the whole or on one record (`about`, as ``kind/id``)."""

    text: Text
    language: str = ""
    about: str = ""


class Stamp(Struct, frozen=True):
    """Who did it, and when by the project's clock."""

    clock: int
    agency: str
    by: str

    @property
    def at(self) -> datetime:
        return at_clock(self.clock)


def at_clock(clock: int) -> datetime:
    """The instant of a clock, to the microsecond."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=clock)
