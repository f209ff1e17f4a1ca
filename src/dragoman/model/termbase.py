"""A term base: concepts with the terms that languages have for them, as translators' tools exchange it."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

TermStatus = Literal["", "preferred", "admitted", "deprecated"]


class Term(Struct, frozen=True):
    """One term. `type` and `part_of_speech` are as the term base writes them (``acronym``, ``noun``)."""

    text: str
    status: TermStatus = ""
    type: str = ""
    part_of_speech: str = ""


class TermEntry(Struct, frozen=True, kw_only=True):
    """One concept. `terms` are by language (BCP 47), the preferred first; `subjects` as the term base writes them: Media Topic
    codes in ours."""

    id: str
    terms: Mapping[str, tuple[Term, ...]]
    subjects: tuple[str, ...] = ()
    definition: str = ""
    note: str = ""


class TermBase(Struct, frozen=True, kw_only=True):
    """What a file of terms says. `notes` name what was there and could not be kept."""

    title: str = ""
    entries: tuple[TermEntry, ...] = ()
    notes: tuple[str, ...] = ()
