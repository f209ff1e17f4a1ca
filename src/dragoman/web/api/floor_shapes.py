"""What the API answers and takes of floors, as documented in its OpenAPI description. Additive changes only."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from dragoman.model.floor import Floor, FloorMode, FloorState, QuestionText
from dragoman.planning.floor.fairness import Share, Suggestion
from dragoman.planning.floor.hall import Standing
from dragoman.store.floor import Guest, GuestRole


class FloorLine(Struct, frozen=True, kw_only=True):
    """A floor in the list; its id is its event's."""

    project: str
    id: str
    title: str
    host: str
    state: FloorState
    mode: FloorMode


class Reply(Struct, frozen=True, kw_only=True):
    """An answer; `on_record`: everybody concerned allows it in public."""

    id: str
    speaker: str
    text: str
    language: str
    at: datetime
    written: bool
    on_record: bool
    interpretations: dict[str, str]


class QuestionLine(Struct, frozen=True, kw_only=True):
    """A question as it stands, in the order of the queue."""

    id: str
    standing: Standing
    agency: str
    outlet: str
    asker: str
    anonymous: bool
    on_record: bool
    language: str
    text: str
    interpretations: dict[str, str]
    to: str
    asked: datetime
    reason: str
    merged_into: str
    answers: list[Reply]


class FloorWhole(Struct, frozen=True, kw_only=True):
    """How it is set up, its questions, who has been heard, whose turn it is by that."""

    line: FloorLine
    settings: Floor
    asking: str
    questions: list[QuestionLine]
    fairness: list[Share]
    next: Suggestion | None


class SettingsAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How questions are taken; what is absent stays as it is."""

    mode: FloorMode | None = None
    moderators: list[str] | None = None
    answerers: list[str] | None = None
    speakers: list[str] | None = None
    languages: list[str] | None = None
    pre_moderated: bool | None = None
    public: bool | None = None
    per_person: Annotated[int, Meta(ge=1, le=100)] | None = None
    embargoed_until: Annotated[datetime, Meta(tz=True)] | UnsetType | None = UNSET


class StateAsked(Struct, frozen=True, forbid_unknown_fields=True):
    state: FloorState


class QuestionAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question of ours. Without `language` it is the text's."""

    text: QuestionText
    asker: str = ""
    language: str = ""
    to: str = ""
    anonymous: bool = False
    on_record: bool = True


class DeedAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`reason` to decline, `into` to merge, `number` to place."""

    reason: str = ""
    into: str = ""
    number: int = 0


class AnswerAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was said; `finishes`: the question is answered by it."""

    speaker: str
    text: str
    language: str = ""
    at: Annotated[datetime, Meta(tz=True)] | None = None
    written: bool = False
    on_record: bool = True
    finishes: bool = True


class InterpretationAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question, or with `answer` that answer, in another language. Without text it is taken away."""

    language: str
    text: str
    answer: str = ""


class GuestAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    agency: str = ""
    outlet: str = ""
    language: str = ""
    role: GuestRole = "journalist"
    until: Annotated[datetime, Meta(tz=True)] | None = None


class Invited(Struct, frozen=True, kw_only=True):
    """A guest; link and code are told this once."""

    guest: Guest
    link: str
    code: str


class VersionAsked(Struct, frozen=True, forbid_unknown_fields=True):
    language: str
    headline: str


class PublicationAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One item in each language, the first the original; `reason` for a language published before."""

    versions: list[VersionAsked]
    credit: str = ""
    slugline: str = ""
    embargoed_until: Annotated[datetime, Meta(tz=True)] | None = None
    urgency: Annotated[int, Meta(ge=1, le=9)] | None = None
    reason: str = ""
