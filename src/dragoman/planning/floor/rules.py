"""Who may do what on a floor: its host opens it, agencies ask for themselves, moderators' agencies move what was asked."""

from collections.abc import Mapping
from typing import Final

from dragoman.model.event import Event
from dragoman.model.floor import Answer, Floor, FloorState, Interpretation, Question, QuestionState, interpretation_id
from dragoman.planning.fold import Case, Held, Records
from dragoman.planning.members import Clause, by_an_editor

NEXT: Final[Mapping[FloorState, tuple[FloorState, ...]]] = {
    "announced": ("taking questions", "live"),
    "taking questions": ("live", "announced", "closed"),
    "live": ("closed", "taking questions"),
    "closed": ("published", "live", "taking questions"),
    "published": (),
}
"""Where a floor goes from where it is, the usual way first."""
MOVES: Final[Mapping[QuestionState, tuple[QuestionState, ...]]] = {
    "pending": ("accepted", "answered", "declined", "merged"),
    "accepted": ("pending", "answered", "declined", "merged"),
    "answered": ("accepted",),
    "declined": ("pending", "accepted"),
    "merged": ("pending", "accepted"),
    "withdrawn": (),
}
"""Where moderators move a question from where it is. Withdrawing is the asker's alone, and final."""
TAKES: Final = frozenset({"taking questions", "live"})
"""The states in which a floor takes questions."""
OPEN: Final = frozenset({"pending", "accepted"})
"""The states of a question that may still be asked."""
_ASKERS: Final = frozenset({"text", "language", "asker", "agency", "outlet", "anonymous", "to"})
_MODERATORS: Final = frozenset({"state", "reason", "merged_into", "moved", "position", "struck"})
_RUNNING: Final = frozenset({"state", "asking", "transcripts"})
_WITHDRAWING: Final = frozenset({"state", "reason", "moved"})


def moderators(floor: Held[Floor]) -> tuple[str, ...]:
    """The agencies that move questions: those named, else the host."""
    return floor.record.moderators or (floor.made.agency,)


def of_a_floor(case: Case) -> str:
    """Opened by the event's host under the event's own id; the host sets it up, moderators run it."""
    act, after = case.act, case.after
    assert isinstance(after, Floor)
    if act.verb == "drop":
        return "a floor is closed, not dropped"
    if after.event != act.id:
        return "a floor has its event's id"
    before = _floor(case.records, act.id)
    return _opening(case, after) if before is None else _running(case, before, after)


def _opening(case: Case, after: Floor) -> str:
    event = case.records.get("event", case.act.id)
    if event is None or event.dropped or not isinstance(event.record, Event):
        return "there is no such event"
    if case.act.agency not in (event.made.agency, *event.record.hosts):
        return f"the floor is opened by the event's host, {event.made.agency}"
    begins = after.state in ("announced", "taking questions") and not after.asking and not after.transcripts
    return "" if begins else "a floor begins announced or taking questions"


def _running(case: Case, before: Held[Floor], after: Floor) -> str:
    host = case.act.agency == before.made.agency
    if case.act.agency not in moderators(before) and not host:
        return f"the floor is run by {', '.join(moderators(before))}"
    foreign = case.changes - _RUNNING
    if foreign and not host:
        return f"only {before.made.agency}, the host, changes the floor's {min(foreign)}"
    if after.state != before.record.state and after.state not in NEXT[before.record.state]:
        return f"a floor that is {before.record.state} cannot become {after.state}"
    return _may_be_asked(case, after) if "asking" in case.changes and after.asking else ""


def _may_be_asked(case: Case, after: Floor) -> str:
    found = _question(case.records, after.asking, case.act.id)
    if found is None:
        return "there is no such question on this floor"
    if after.state != "live":
        return f"nothing is asked while the floor is {after.state}"
    return "" if found.record.state in OPEN else f"the question is {found.record.state}"


def of_a_question(case: Case) -> str:
    """Asked by its own agency (moderators ask for accredited guests), worded by it while pending, moved by moderators."""
    after, act = case.after, case.act
    assert isinstance(after, Question)
    floor = _floor(case.records, after.floor)
    if floor is None:
        return "there is no such floor"
    if act.verb == "drop":
        return "a question is withdrawn or declined, not dropped"
    if case.before is None:
        return _asking(act.agency, floor, after)
    before = case.before.record
    assert isinstance(before, Question)
    if after.floor != before.floor:
        return "a question stays on its floor"
    own = act.agency == case.before.made.agency
    moderates = act.agency in moderators(floor)
    wording = case.changes & _ASKERS
    if wording and not own:
        return f"only {case.before.made.agency}, who asked it, changes its {min(wording)}"
    if wording and (before.state != "pending" or floor.record.asking == act.id):
        return "its words stand: it is no longer pending"
    if "on_record" in case.changes and not own:
        return f"only {case.before.made.agency}, who asked it, says whether it is on the record"
    if own and after.state == "withdrawn":
        return _withdrawing(case, before)
    moving = case.changes & _MODERATORS
    if moving and not moderates:
        return f"questions are moved by {', '.join(moderators(floor))}"
    return _moved(case, before, after)


def _asking(agency: str, floor: Held[Floor], after: Question) -> str:
    if floor.record.state not in TAKES:
        return f"the floor takes no questions: it is {floor.record.state}"
    if after.agency != agency and agency not in moderators(floor):
        return f"{agency} asks for itself alone"
    untouched = (after.state, after.struck, after.merged_into, after.position) == ("pending", False, "", 0.0)
    return "" if untouched else "a question begins pending"


def _withdrawing(case: Case, before: Question) -> str:
    if before.state not in OPEN:
        return f"a question that is {before.state} is not withdrawn"
    return "" if case.changes <= _WITHDRAWING | {"on_record"} else "a question is withdrawn as it stands"


def _moved(case: Case, before: Question, after: Question) -> str:
    if after.state != before.state and after.state not in MOVES[before.state]:
        return f"a question that is {before.state} cannot become {after.state}"
    if after.state == "declined" and not after.reason.strip():
        return "a question is declined with a reason"
    if after.state == "merged" and ("merged_into" in case.changes or before.state != "merged"):
        return _merging(case, after)
    return ""


def _merging(case: Case, after: Question) -> str:
    into = _question(case.records, after.merged_into, after.floor)
    if into is None or after.merged_into == case.act.id:
        return "a question is merged into another one on its floor"
    good = into.record.state in ("pending", "accepted", "answered")
    return "" if good else f"the other question is {into.record.state}"


def of_an_answer(case: Case) -> str:
    """Written down by the moderators or the agencies named for it; struck from the record by the moderators."""
    after, agency = case.after, case.act.agency
    assert isinstance(after, Answer)
    floor = _floor(case.records, after.floor)
    question = _question(case.records, after.question, after.floor)
    if floor is None or question is None:
        return "there is no such question on this floor"
    moderates = agency in moderators(floor)
    if case.before is None:
        if not moderates and agency not in floor.record.answerers:
            return f"answers are written down by {', '.join((*moderators(floor), *floor.record.answerers))}"
        good = question.record.state in ("pending", "accepted", "answered") and floor.record.state != "announced"
        return "" if good else f"the question is {question.record.state}, the floor {floor.record.state}"
    if case.changes & {"floor", "question"}:
        return "an answer stays with its question"
    if agency == case.before.made.agency:
        return "struck is the moderators' word" if "struck" in case.changes and not moderates else ""
    striking = case.act.verb == "drop" or case.changes <= {"struck"}
    return "" if striking and moderates else f"only {case.before.made.agency}, who wrote it down, changes it"


def of_an_interpretation(case: Case) -> str:
    """Given by moderators, by the agencies that write answers, or by whose words they are."""
    after, agency = case.after, case.act.agency
    assert isinstance(after, Interpretation)
    floor = _floor(case.records, after.floor)
    source = case.records.get("question", after.of) or case.records.get("answer", after.of)
    if floor is None or source is None or getattr(source.record, "floor", "") != after.floor:
        return "there is no such question or answer on this floor"
    if case.act.id != interpretation_id(after.of, after.language) or not after.language:
        return "its id is not that of what it interprets"
    may = (*moderators(floor), *floor.record.answerers, source.made.agency)
    return "" if agency in may else f"it is interpreted by {', '.join(dict.fromkeys(may))}"


FLOOR_RULES: Final[Mapping[str, tuple[Clause, ...]]] = {
    "floor": (by_an_editor, of_a_floor),
    "question": (by_an_editor, of_a_question),
    "answer": (by_an_editor, of_an_answer),
    "interpretation": (by_an_editor, of_an_interpretation),
}


def _floor(records: Records, id: str) -> Held[Floor] | None:
    held = records.get("floor", id)
    return held if held and not held.dropped and isinstance(held.record, Floor) else None  # type: ignore[return-value]


def _question(records: Records, id: str, floor: str) -> Held[Question] | None:
    held = records.get("question", id)
    if held is None or not isinstance(held.record, Question) or held.record.floor != floor:
        return None
    return held  # type: ignore[return-value]
