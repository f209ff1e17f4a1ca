"""A question made, reworded or withdrawn: by people of the newsroom, and by guests whom the host has accredited."""

from datetime import timedelta

from msgspec import Struct, json
from msgspec.structs import replace

from dragoman.desk import projects
from dragoman.desk.floor.running import Desk, tag
from dragoman.model.errors import BadInput, Conflict, Refused, TooLarge, TooOften
from dragoman.model.floor import Floor, Question
from dragoman.planning.floor.rules import OPEN, TAKES
from dragoman.planning.floor.wording import LONGEST, Worded, put_right
from dragoman.planning.fold import Held
from dragoman.store import floor as store
from dragoman.store.projects import find_record, record
from dragoman.store.projects.acts import logged
from dragoman.text.language import identify

MINUTE = timedelta(minutes=1)
PER_MINUTE, PER_ADDRESS = 4, 150
"""Questions a minute: of one person, and from one address, behind which a whole press centre may sit."""
_KEPT = "What you wrote, in the form. Nothing was sent."


class Asker(Struct, frozen=True, kw_only=True):
    """Who asks: `who` tells people apart here, as in ``guest 12`` or ``person 3``; the rest is what the floor is told."""

    who: str
    name: str
    agency: str = ""
    outlet: str = ""


class Wanted(Struct, frozen=True, kw_only=True):
    """A question as it was typed."""

    text: str
    language: str = ""
    to: str = ""
    anonymous: bool = False
    on_record: bool = True


class Sent(Struct, frozen=True, kw_only=True):
    """The question as it stands on the floor; `signs`: what nobody could see in it and was taken out."""

    question: Held[Question]
    signs: tuple[str, ...] = ()


def ask(desk: Desk, asker: Asker, wanted: Wanted, *, address: str = "") -> Sent:
    """Put a question to the floor.

    Raises:
        BadInput: it is empty, has markup in it, or its language is none.
        TooLarge: it is longer than a question may be.
        TooOften: this person, or everybody at this address, asks too fast.
        Refused: as many of this person's questions stand open as may, or the floor takes none.
        Conflict: this person has asked just this, and it stands open.
    """
    worded = fit(wanted.text)
    floor = record(desk.conn, Floor, desk.project, desk.id).record
    if floor.state not in TAKES:
        raise Refused("The floor takes no questions now", f"it is {floor.state}", kept=_KEPT)
    _not_too_fast(desk, asker, address)
    _not_too_many(desk, asker, floor, worded.text)
    question = Question(
        floor=desk.id,
        text=worded.text,
        language=tag(wanted.language) or identify(worded.text, candidates=floor.languages).tag,
        asker=asker.name[:500],
        agency=asker.agency,
        outlet=asker.outlet[:500],
        anonymous=wanted.anonymous,
        on_record=wanted.on_record,
        to=wanted.to.strip()[:500],
    )
    with desk.conn.transaction():
        id = projects.new_id()
        held = projects.put(desk.conn, desk.keyring, desk.project, id, question, by=desk.by, now=desk.now)
        store.note_asked(desk.conn, desk.project, desk.id, id, asker.who)
    return Sent(question=held, signs=worded.signs)


def fit(text: str) -> Worded:
    """The text as it will stand, or why it does not.

    Raises:
        BadInput: nothing is left of it, or there is markup in it.
        TooLarge: it is too long.
    """
    worded = put_right(text)
    if worded.markup:
        raise BadInput(
            "There is markup in your question",
            ", ".join(worded.markup)[:200],
            hint="It has been taken out in the form: look at it, then send it.",
            kept=_KEPT,
        )
    if not worded.text:
        raise BadInput("There is no question yet", hint="Write it, then send it.", kept=_KEPT)
    if worded.is_too_long:
        raise TooLarge(
            "Your question is too long",
            f"{len(worded.text):,} characters; a question has at most {LONGEST:,}",
            hint="Shorten it, then send it.",
            kept=_KEPT,
        )
    return worded


def reword(desk: Desk, id: str, wanted: Wanted) -> Held[Question]:
    """Other words for a question of ours that is still pending.

    Raises:
        Refused: it is not ours, or no longer pending.
    """
    worded = fit(wanted.text)
    with desk.conn.transaction():
        held = question_of(desk, id)
        changed = replace(
            held.record,
            text=worded.text,
            language=tag(wanted.language) or held.record.language,
            to=wanted.to.strip()[:500],
            anonymous=wanted.anonymous,
            on_record=wanted.on_record,
        )
        return projects.put(desk.conn, desk.keyring, desk.project, id, changed, by=desk.by, now=desk.now)


def withdraw(desk: Desk, id: str, reason: str = "") -> Held[Question]:
    """Take a question of ours back, for good."""
    with desk.conn.transaction():
        held = question_of(desk, id)
        changed = replace(held.record, state="withdrawn", reason=reason.strip()[:500], moved=desk.now)
        return projects.put(desk.conn, desk.keyring, desk.project, id, changed, by=desk.by, now=desk.now)


def question_of(desk: Desk, id: str) -> Held[Question]:
    """A question of this floor, its project locked to the end of the transaction."""
    desk.conn.execute("select from project where id = %s for update", (desk.project,))
    held = record(desk.conn, Question, desk.project, id)
    if held.record.floor != desk.id:
        raise BadInput("This question is of another floor", held.record.floor, kept="Everything as it was.")
    return held


class Lost(Struct, frozen=True, kw_only=True):
    """A question of ours that the floor did not take: it came when that had closed already, say."""

    text: str
    reason: str


def lost(desk: Desk) -> list[Lost]:
    """Our agency's questions to this floor that do not count, and why: two nodes may disagree until they have met."""
    found = []
    for one in logged(desk.conn, desk.project, kind="question", limit=500):
        if one.refused and one.act.agency == desk.keyring.agency:
            fields = json.decode(one.act.fields)
            if fields.get("floor") == desk.id and "text" in fields:
                found.append(Lost(text=str(fields["text"]), reason=one.refused))
    return found


def _not_too_fast(desk: Desk, asker: Asker, address: str) -> None:
    mine, here = store.tried(desk.conn, asker.who, address, MINUTE)
    if mine >= PER_MINUTE or here >= PER_ADDRESS:
        raise TooOften(
            "Questions come too fast",
            f"{mine} of yours within a minute" if mine >= PER_MINUTE else "from this address",
            hint="Wait a minute, then send it again.",
            kept=_KEPT,
        )
    store.count_try(desk.conn, asker.who, address)


def _not_too_many(desk: Desk, asker: Asker, floor: Floor, text: str) -> None:
    ids = store.asked_by(desk.conn, desk.project, desk.id, asker.who)
    held = [one for id in ids if (one := find_record(desk.conn, Question, desk.project, id))]
    standing = [one for one in held if one.record.state in OPEN]
    if any(one.record.text == text for one in standing):
        raise Conflict("You have asked this already", "it stands on the floor", kept="The first one.")
    if len(standing) >= floor.per_person:
        raise Refused(
            "As many of your questions stand open as may",
            f"{len(standing)} of {floor.per_person}",
            hint="Wait until one is answered, or withdraw one.",
            kept=_KEPT,
        )
