"""What moderators do with questions, and what is said to them: answers and interpretations."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from dragoman.desk import projects
from dragoman.desk.floor.asking import question_of
from dragoman.desk.floor.running import Desk, locked, put, tag
from dragoman.model.errors import BadInput, NotFound, Refused
from dragoman.model.floor import Answer, Interpretation, Question, QuestionState, interpretation_id
from dragoman.planning.floor.hall import Hall, place_at
from dragoman.planning.floor.rules import OPEN
from dragoman.planning.floor.wording import put_right
from dragoman.planning.fold import Held
from dragoman.store import floor as store
from dragoman.store.projects import find_record, record

LONGEST_ANSWER = 20_000
_KEPT = "Everything as it was."


def accept(desk: Desk, id: str) -> Held[Question]:
    """On the list; one that is being asked goes back there."""
    return _move(desk, id, "accepted")


def put_back(desk: Desk, id: str) -> Held[Question]:
    """Pending again: on the desk, not on the list."""
    return _move(desk, id, "pending")


def answered(desk: Desk, id: str) -> Held[Question]:
    """Answered, whether somebody has written the answer down or not."""
    return _move(desk, id, "answered")


def decline(desk: Desk, id: str, reason: str) -> Held[Question]:
    """Not asked, with the reason, which its asker reads."""
    if not reason.strip():
        raise BadInput("Say why it is declined", "the asker reads the reason", hint="One sentence.", kept=_KEPT)
    return _move(desk, id, "declined", reason=reason.strip()[:500])


def merge(desk: Desk, id: str, into: str) -> Held[Question]:
    """Asked together with another one, under that one's words; it counts as heard when that one is answered."""
    if not into:
        raise BadInput("Say which question it is merged into", hint="Choose one of the list.", kept=_KEPT)
    return _move(desk, id, "merged", merged_into=into)


def ask_now(desk: Desk, id: str) -> Held[Question]:
    """Ask this one now. The one that was being asked goes back to the list: there is never more than one.

    Raises:
        Refused: the floor is not live, or the question cannot be asked any more.
    """
    with locked(desk) as floor:
        held = question_of(desk, id)
        if held.record.state == "pending":
            held = _move(desk, id, "accepted")
        put(desk, replace(floor.record, asking=id))
        return held


def strike(desk: Desk, id: str, *, struck: bool = True) -> None:
    """Take a question or an answer off the record, or let it stand on it again as far as we are concerned."""
    with desk.conn.transaction():
        held = _said(desk, id)
        changed = replace(held.record, struck=struck)
        projects.put(desk.conn, desk.keyring, desk.project, id, changed, by=desk.by, now=desk.now)


def move(desk: Desk, id: str, number: int) -> None:
    """Give a question the `number`-th place, from one, among those that stand as it does."""
    with locked(desk):
        hall = store.read_hall(desk.conn, desk.project, desk.id)
        asked = hall.find(id)
        if asked is None:
            raise NotFound(f"There is no question {id} on this floor")
        for name, place in place_at(hall.standing(asked.standing), id, number).items():
            changed = replace(question_of(desk, name).record, position=place)
            projects.put(desk.conn, desk.keyring, desk.project, name, changed, by=desk.by, now=desk.now)


def _move(desk: Desk, id: str, state: QuestionState, *, reason: str = "", merged_into: str = "") -> Held[Question]:
    with locked(desk) as floor:
        held = question_of(desk, id)
        if state in OPEN and floor.record.asking == id:
            put(desk, replace(floor.record, asking=""))
        if held.record.state == state and held.record.merged_into == merged_into:
            return held
        changed = replace(held.record, state=state, reason=reason, merged_into=merged_into, moved=desk.now)
        return projects.put(desk.conn, desk.keyring, desk.project, id, changed, by=desk.by, now=desk.now)


# ------------------------------------------------------------------------------------------------ what is said to them


class Answering(Struct, frozen=True, kw_only=True):
    """An answer as it was typed. `at`: when it was said, if not just now; `written`: handed in on paper, or later."""

    speaker: str
    text: str
    language: str = ""
    at: datetime | None = None
    written: bool = False
    on_record: bool = True


def answer(desk: Desk, question: str, said: Answering, *, finishes: bool = True) -> Held[Answer]:
    """Write down what was said to a question; with `finishes` the question is answered by it. Several may answer one.

    Raises:
        BadInput: nobody or nothing is named.
        Refused: we write down no answers on this floor.
    """
    text, speaker = _text(said.text, "answer"), said.speaker.strip()[:500]
    if not speaker:
        raise BadInput("Say who answered", hint="Name the speaker.", kept="What you wrote, in the form.")
    with locked(desk) as floor:
        held = question_of(desk, question)
        made = Answer(
            floor=desk.id,
            question=question,
            speaker=speaker,
            text=text,
            language=tag(said.language),
            at=said.at or desk.now,
            written=said.written,
            on_record=said.on_record,
        )
        done = projects.put(desk.conn, desk.keyring, desk.project, projects.new_id(), made, by=desk.by, now=desk.now)
        moves = desk.keyring.agency in (floor.record.moderators or (floor.made.agency,))
        if finishes and moves and held.record.state in OPEN:
            _move(desk, question, "answered")
    return done


def reanswer(desk: Desk, id: str, said: Answering) -> Held[Answer]:
    """Put right what was written down of an answer."""
    with desk.conn.transaction():
        held = record(desk.conn, Answer, desk.project, id)
        changed = replace(
            held.record,
            speaker=said.speaker.strip()[:500] or held.record.speaker,
            text=_text(said.text, "answer"),
            language=tag(said.language) or held.record.language,
            on_record=said.on_record,
        )
        return projects.put(desk.conn, desk.keyring, desk.project, id, changed, by=desk.by, now=desk.now)


def unanswer(desk: Desk, id: str) -> None:
    """Take away an answer that was never given; the log keeps it."""
    projects.drop(desk.conn, desk.keyring, desk.project, Answer, id, by=desk.by, now=desk.now)


def interpret(desk: Desk, of: str, language: str, text: str) -> None:
    """Write a question or an answer beside itself in another language; without text, take that away."""
    language = tag(language)
    if not language:
        raise BadInput("Say into which language", kept="What you wrote, in the form.")
    id = interpretation_id(of, language)
    if not text.strip():
        if (held := find_record(desk.conn, Interpretation, desk.project, id)) and not held.dropped:
            projects.drop(desk.conn, desk.keyring, desk.project, Interpretation, id, by=desk.by, now=desk.now)
        return
    made = Interpretation(floor=desk.id, of=of, language=language, text=_text(text, "interpretation"))
    projects.put(desk.conn, desk.keyring, desk.project, id, made, by=desk.by, now=desk.now)


def hall_of(desk: Desk) -> Hall:
    """The floor as it stands."""
    return store.read_hall(desk.conn, desk.project, desk.id)


def _said(desk: Desk, id: str) -> Held[Question] | Held[Answer]:
    found = find_record(desk.conn, Answer, desk.project, id)
    held = found if found is not None and not found.dropped else record(desk.conn, Question, desk.project, id)
    if held.record.floor != desk.id:
        raise Refused("This was said on another floor", held.record.floor, kept=_KEPT)
    return held


def _text(typed: str, noun: str) -> str:
    text = put_right(typed).text
    if not text:
        raise BadInput(f"There is no {noun} yet", hint="Write it down first.", kept="What you chose, in the form.")
    if len(text) > LONGEST_ANSWER:
        raise BadInput(
            f"The {noun} is too long",
            f"{len(text):,} characters",
            hint=f"At most {LONGEST_ANSWER:,}: divide it into several.",
            kept="What you wrote, in the form.",
        )
    return text
