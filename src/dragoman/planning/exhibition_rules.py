"""Who may change what in an exhibition: everybody proposes and votes, its maker opens and closes it."""

from collections.abc import Mapping
from typing import Final

from dragoman.model.exhibition import Caption, Exhibition, Proposal, Right, Room, Vote
from dragoman.planning.exhibition import caption_id, picture_id, vote_id
from dragoman.planning.fold import Case
from dragoman.planning.members import Clause, by_an_editor, by_its_maker, dropped_by_its_maker

_MAKERS: Final = frozenset(
    {"state", "opens", "until", "announced", "uses", "languages", "venue", "event", "caption_most"}
)
"""What only the agency that makes the exhibition changes: its words are everybody's."""
_FOLLOWS: Final[Mapping[str, frozenset[str]]] = {
    "preparing": frozenset({"published", "closed"}),
    "published": frozenset({"preparing", "closed"}),
    "closed": frozenset({"preparing"}),
}
_WORDS: Final = frozenset({"text", "alt", "credit"})


def of_an_exhibition(case: Case) -> str:
    """Only its maker opens, closes and dates it; it begins unpublished."""
    after, before = case.after, case.before
    assert isinstance(after, Exhibition)
    if case.act.verb == "drop":
        return ""
    if before is None:
        return "" if after.state == "preparing" else "an exhibition begins unpublished"
    assert isinstance(before.record, Exhibition)
    makers = case.changes & _MAKERS
    if makers and case.act.agency != before.made.agency:
        return f"only {before.made.agency}, who makes the exhibition, changes its {min(makers)}"
    if after.state != before.record.state and after.state not in _FOLLOWS[before.record.state]:
        return f"an exhibition that is {before.record.state} cannot become {after.state}"
    return ""


def in_an_exhibition(case: Case) -> str:
    """What belongs to an exhibition, or to a picture in one, needs it to be there and not closed."""
    exhibition = _exhibition_of(case)
    held = case.records.get("exhibition", exhibition) if exhibition else None
    if held is None or held.dropped or not isinstance(held.record, Exhibition):
        return "it belongs to no exhibition that is there"
    return "the exhibition is closed" if held.record.state == "closed" else ""


def _exhibition_of(case: Case) -> str:
    after = case.after
    if isinstance(after, (Room, Proposal)):
        return after.exhibition
    assert isinstance(after, (Vote, Right, Caption))
    held = case.records.get("picture", after.picture)
    there = held is not None and not held.dropped and isinstance(held.record, Proposal)
    return held.record.exhibition if there else ""  # type: ignore[union-attr]


def stays_in_its_place(case: Case) -> str:
    """A room stays in its exhibition, a right, a vote and a caption with their picture."""
    moved = case.changes & {"exhibition", "picture", "origin", "uri", "language", "use"}
    if case.before is None or case.before.dropped or not moved:
        return ""
    return f"its {min(moved)} cannot be changed: make another"


def of_a_picture(case: Case) -> str:
    """One proposal a picture, whoever makes it."""
    after = case.after
    assert isinstance(after, Proposal)
    fits = case.act.id == picture_id(after.exhibition, after.origin, after.uri)
    return "" if fits else "a proposal's id is made from its exhibition, origin and uri"


def of_a_vote(case: Case) -> str:
    """Everybody votes for themselves."""
    after = case.after
    assert isinstance(after, Vote)
    mine = case.act.id == vote_id(after.picture, case.act.agency, case.act.by)
    return "" if mine else "a vote is cast by the person whose it is"


def of_a_right(case: Case) -> str:
    """Who has said that something is allowed or refused takes it back, nobody else; a permission names its source."""
    after = case.after
    assert isinstance(after, Right)
    if after.allowed and not after.source.strip():
        return "a permission says where it comes from"
    return by_its_maker(case)


def of_a_caption(case: Case) -> str:
    """Who writes says so; who reviews has not written it, and says what they saw."""
    after, act = case.after, case.act
    assert isinstance(after, Caption)
    if act.id != caption_id(after.picture, after.language):
        return "a caption's id is made from its picture and its language"
    if act.verb == "drop":
        return ""
    me = author(act.agency, act.by)
    if case.changes & _WORDS and after.written != me:
        return "who writes a caption puts their name to it"
    if "written" in case.changes and not case.changes & _WORDS:
        return "nobody puts their name to another's words"
    return _review(case, after, me)


def _review(case: Case, after: Caption, me: str) -> str:
    if not case.changes & {"reviewed", "reviewed_words"} or not after.reviewed:
        return ""
    if after.reviewed != me:
        return "everybody reviews for themselves"
    if after.written == me:
        return "a caption is reviewed by somebody who has not written it"
    return "" if after.reviewed_words else "a review says which words it saw"


def author(agency: str, person: str) -> str:
    """How a person is named in a caption: ``VAL Orla``."""
    return f"{agency} {person}"


EXHIBITION_RULES: Final[Mapping[str, tuple[Clause, ...]]] = {
    "exhibition": (by_an_editor, dropped_by_its_maker, of_an_exhibition),
    "room": (by_an_editor, dropped_by_its_maker, in_an_exhibition, stays_in_its_place),
    "picture": (by_an_editor, dropped_by_its_maker, in_an_exhibition, stays_in_its_place, of_a_picture),
    "vote": (by_an_editor, in_an_exhibition, stays_in_its_place, of_a_vote),
    "right": (by_an_editor, in_an_exhibition, stays_in_its_place, of_a_right),
    "caption": (by_an_editor, dropped_by_its_maker, in_an_exhibition, stays_in_its_place, of_a_caption),
}
