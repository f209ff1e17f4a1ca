"""The floor of a round table or news conference: questions from any partner, their way to an answer, the transcript."""

from typing import Annotated, Literal

from msgspec import Meta, field

from dragoman.model.item import AwareTime
from dragoman.model.project import Line, Record, Said, Text

FloorMode = Literal["open", "moderated"]
FloorState = Literal["announced", "taking questions", "live", "closed", "published"]
QuestionState = Literal["pending", "accepted", "asking", "answered", "declined", "merged", "withdrawn"]
QuestionText = Annotated[str, Meta(min_length=1, max_length=4_000)]


class Floor(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How questions are taken at an event; its record's id is the event's. `moderators`: agencies' codes; none: its host's."""

    event: str
    mode: FloorMode = "moderated"
    state: FloorState = "announced"
    moderators: tuple[str, ...] = ()
    speakers: tuple[Line, ...] = ()
    languages: tuple[str, ...] = ()
    pre_moderated: bool = True
    public: bool = False
    """May anybody with the address follow it?"""
    per_person: Annotated[int, Meta(ge=1, le=100)] = 5
    """Questions of one person that may stand open at once."""
    embargoed_until: AwareTime | None = None


class Question(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Asked by a journalist of `agency` (the act's). `anonymous`: the public does not see the name, the moderator does."""

    floor: str
    text: QuestionText
    language: str = ""
    translations: Said = field(default_factory=dict)
    asker: Line = ""
    agency: str = ""
    outlet: Line = ""
    anonymous: bool = False
    on_record: bool = True
    to: Line = ""
    state: QuestionState = "pending"
    reason: Line = ""
    merged_into: str = ""
    asked: AwareTime | None = None
    position: float = 0.0


class Answer(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What `speaker` said to `question`, when, in which language."""

    floor: str
    question: str
    speaker: Line
    text: Text
    language: str = ""
    translations: Said = field(default_factory=dict)
    at: AwareTime | None = None
    on_record: bool = True
