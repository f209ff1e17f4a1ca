"""The floor of a round table or news conference: questions from any partner, their way to an answer, the transcript."""

from typing import Annotated, Literal

from msgspec import Meta, field

from dragoman.model.item import AwareTime
from dragoman.model.project import Line, Record, Text

FloorMode = Literal["open", "moderated"]
FloorState = Literal["announced", "taking questions", "live", "closed", "published"]
QuestionState = Literal["pending", "accepted", "answered", "declined", "merged", "withdrawn"]
"""As its acts leave it. Which question is being asked now stands on the floor, so that there is never more than one."""
Interpreter = Literal["person", "engine"]
QuestionText = Annotated[str, Meta(min_length=1, max_length=4_000)]


class Floor(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How questions are taken at an event; its record's id is the event's.

    `mode`: "open" has no formal rules, every question is on the list at once. `moderators`: agencies' codes; none: its
    host's. `answerers`: agencies that may write down answers besides. `asking`: the question that is being asked now.
    `transcripts`: the items the floor was published as, by language.
    """

    event: str
    mode: FloorMode = "moderated"
    state: FloorState = "announced"
    moderators: tuple[str, ...] = ()
    answerers: tuple[str, ...] = ()
    speakers: tuple[Line, ...] = ()
    languages: tuple[str, ...] = ()
    pre_moderated: bool = True
    public: bool = False
    """May anybody with the address follow it?"""
    per_person: Annotated[int, Meta(ge=1, le=100)] = 5
    """Questions of one person that may stand open at once."""
    embargoed_until: AwareTime | None = None
    asking: str = ""
    transcripts: dict[str, Line] = field(default_factory=dict)


class Question(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Asked by a journalist of `agency`, or of an `outlet` that has no code.

    `anonymous`: the public does not see the name, the moderator does. `on_record` is the asker's word, `struck` the
    moderators': it stands in nothing public unless both allow it. `moved`: since when it is in its state. `position`: its
    place in the queue where the moderators gave it one, else it stands by the second it was asked.
    """

    floor: str
    text: QuestionText
    language: str = ""
    asker: Line = ""
    agency: str = ""
    outlet: Line = ""
    anonymous: bool = False
    on_record: bool = True
    struck: bool = False
    to: Line = ""
    state: QuestionState = "pending"
    reason: Line = ""
    merged_into: str = ""
    moved: AwareTime | None = None
    position: float = 0.0

    @property
    def party(self) -> str:
        """For whom it is asked, as the fairness table counts."""
        return self.agency or self.outlet


class Answer(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What `speaker` said to `question`, when, in which language; `written`: handed in afterwards."""

    floor: str
    question: str
    speaker: Line
    text: Text
    language: str = ""
    at: AwareTime | None = None
    written: bool = False
    on_record: bool = True
    struck: bool = False


class Interpretation(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A question or an answer in another language, beside it; its record's id is `of`, a full stop and `language`, so
    that two interpreters of different languages never stand in each other's way. `made_by`: a person, or an engine."""

    floor: str
    of: str
    language: str
    text: Text
    made_by: Interpreter = "person"


def interpretation_id(of: str, language: str) -> str:
    """The id of the record that says `of` in `language`."""
    return f"{of}.{language}"
