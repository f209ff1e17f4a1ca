"""The floor as it stands: its questions in their order, each with its answers and interpretations. Pure.

What is stored is judged here once more in the light of the floor: on an open floor a pending question is on the list at
once, and one that is on the list is being asked when the floor says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from dragoman.model.event import Event
from dragoman.model.floor import Answer, Floor, Interpretation, Question
from dragoman.model.project import Stamp
from dragoman.planning.floor.rules import moderators
from dragoman.planning.fold import Held

Standing = Literal["asking", "pending", "accepted", "answered", "declined", "merged", "withdrawn"]
STANDINGS: Final[tuple[Standing, ...]] = (
    "asking",
    "pending",
    "accepted",
    "answered",
    "declined",
    "merged",
    "withdrawn",
)
ON_THE_LIST: Final = frozenset({"asking", "accepted", "answered"})
"""What the public sees, as far as it is on the record."""
_DEEPEST: Final = 20


class Given(Struct, frozen=True, kw_only=True):
    """An answer, and what it is in other languages."""

    id: str
    answer: Answer
    made: Stamp
    said: Mapping[str, str] = {}
    on_record: bool = True


class Asked(Struct, frozen=True, kw_only=True):
    """A question as it stands. `place` orders the queue; `on_record`: both the asker and the moderators allow it;
    `heads`: the question it was merged into, at the end of the chain; `merged`: those merged into it."""

    id: str
    question: Question
    made: Stamp
    changed: Stamp
    standing: Standing
    place: float
    on_record: bool = True
    heads: str = ""
    merged: tuple[str, ...] = ()
    said: Mapping[str, str] = {}
    answers: tuple[Given, ...] = ()

    @property
    def is_public(self) -> bool:
        return self.on_record and self.standing in ON_THE_LIST


class Hall(Struct, frozen=True, kw_only=True):
    """One floor with everything on it, in the order of the queue."""

    project: str
    id: str
    floor: Held[Floor]
    event: Held[Event] | None
    asked: tuple[Asked, ...]

    @property
    def moderators(self) -> tuple[str, ...]:
        return moderators(self.floor)

    @property
    def asking(self) -> Asked | None:
        return next((one for one in self.asked if one.standing == "asking"), None)

    @property
    def next(self) -> Asked | None:
        """The first of the list that is not being asked."""
        return next((one for one in self.asked if one.standing == "accepted"), None)

    def standing(self, *wanted: Standing) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if one.standing in wanted)

    def public(self) -> tuple[Asked, ...]:
        """What anybody may read: on the list and on the record, off-record answers left out."""
        return tuple(_publicly(one) for one in self.asked if one.is_public)

    def find(self, id: str) -> Asked | None:
        return next((one for one in self.asked if one.id == id), None)

    def unanswered(self) -> tuple[Asked, ...]:
        """Asked and not answered: neither declined nor withdrawn nor merged into another."""
        return self.standing("asking", "accepted", "pending")


def hall(
    floor: Held[Floor],
    event: Held[Event] | None,
    questions: Sequence[Held[Question]],
    answers: Iterable[Held[Answer]] = (),
    interpretations: Iterable[Held[Interpretation]] = (),
) -> Hall:
    """The floor of these records, dropped ones left out by whoever reads them."""
    said = _said(interpretations)
    given: dict[str, list[Given]] = {}
    for one in sorted(answers, key=lambda held: (held.record.at or held.made.at, held.made.clock, held.id)):
        on_record = one.record.on_record and not one.record.struck
        made = Given(id=one.id, answer=one.record, made=one.made, said=said.get(one.id, {}), on_record=on_record)
        given.setdefault(one.record.question, []).append(made)
    known = {one.id: one.record for one in questions}
    heads = {one.id: _head(known, one.id) for one in questions if one.record.state == "merged"}
    asked = [
        Asked(
            id=one.id,
            question=one.record,
            made=one.made,
            changed=one.changed,
            standing=standing(floor.record, one),
            place=one.record.position or one.made.clock / 1_000_000,
            on_record=one.record.on_record and not one.record.struck,
            heads=heads.get(one.id, ""),
            merged=tuple(id for id, head in heads.items() if head == one.id),
            said=said.get(one.id, {}),
            answers=tuple(given.get(one.id, ())),
        )
        for one in questions
    ]
    asked.sort(key=lambda one: (one.place, one.made.clock, one.made.agency, one.id))
    return Hall(project=floor.project, id=floor.id, floor=floor, event=event, asked=tuple(asked))


def standing(floor: Floor, question: Held[Question]) -> Standing:
    """How a question stands on its floor."""
    state = question.record.state
    if state not in ("pending", "accepted"):
        return state
    if floor.asking == question.id and floor.state == "live":
        return "asking"
    listed = floor.mode == "open" or not floor.pre_moderated
    return "accepted" if listed else state


def place_at(queue: Sequence[Asked], id: str, number: int) -> dict[str, float]:
    """The positions to set so that `id` stands as the `number`-th of `queue` (from one): its own, or, where two neighbours
    leave no room between them, everybody's."""
    others = [one for one in queue if one.id != id]
    at = max(0, min(len(others), number - 1))
    before = others[at - 1].place if at else None
    after = others[at].place if at < len(others) else None
    middle = _between(before, after)
    if (before is None or before < middle) and (after is None or middle < after):
        return {id: middle}
    order = [*(one.id for one in others[:at]), id, *(one.id for one in others[at:])]
    first = min(one.place for one in queue)
    return {name: first + place for place, name in enumerate(order)}


def _between(before: float | None, after: float | None) -> float:
    if before is None:
        return 1.0 if after is None else after - 1.0
    return before + 1.0 if after is None else (before + after) / 2


def _said(interpretations: Iterable[Held[Interpretation]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for one in interpretations:
        found.setdefault(one.record.of, {})[one.record.language] = one.record.text
    return found


def _head(known: Mapping[str, Question], id: str) -> str:
    """The question that stands for a merged one. No chain is longer than it can sensibly be, and none goes round."""
    for _ in range(_DEEPEST):
        into = known[id].merged_into if id in known and known[id].state == "merged" else ""
        if not into:
            return id
        id = into
    return id


def _publicly(one: Asked) -> Asked:
    return replace(one, answers=tuple(given for given in one.answers if given.on_record))
