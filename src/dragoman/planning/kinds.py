"""Every kind of record of a project: its name, its struct, and the field that says what it belongs to."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from dragoman.model.event import Coverage, Event, Participant
from dragoman.model.exhibition import Caption, Exhibition, Proposal, Right, Room, Vote
from dragoman.model.floor import Answer, Floor, Interpretation, Question
from dragoman.model.project import Document, Member, Note, Project, ProjectItem, Record, Task

KINDS: Final[Mapping[str, type[Record]]] = MappingProxyType(
    {
        "project": Project,
        "member": Member,
        "task": Task,
        "item": ProjectItem,
        "document": Document,
        "note": Note,
        "event": Event,
        "participant": Participant,
        "coverage": Coverage,
        "floor": Floor,
        "question": Question,
        "answer": Answer,
        "interpretation": Interpretation,
        "exhibition": Exhibition,
        "room": Room,
        "picture": Proposal,
        "vote": Vote,
        "right": Right,
        "caption": Caption,
    }
)
NAMES: Final[Mapping[type[Record], str]] = MappingProxyType({struct: name for name, struct in KINDS.items()})

_PARENT = {
    "task": "about",
    "document": "about",
    "note": "about",
    "event": "parent",
    "participant": "event",
    "coverage": "event",
    "floor": "event",
    "question": "floor",
    "answer": "floor",
    "interpretation": "floor",
    "room": "exhibition",
    "picture": "exhibition",
    "vote": "picture",
    "right": "picture",
    "caption": "picture",
}


def parent_of(kind: str, record: Record) -> str:
    """The id of what `record` belongs to; empty for what stands by itself."""
    named = _PARENT.get(kind)
    return str(getattr(record, named)) if named else ""


def span_of(record: Record) -> tuple[datetime | None, datetime | None]:
    """From when to when a record lies in the diary, for finding it: an open end for what recurs, none for the rest."""
    if not isinstance(record, Event):
        return None, None
    first = min((record.starts, *record.also))
    if record.rule or record.kind == "anniversary":
        return first, None
    return first, max((record.ends or record.starts, *record.also))
