"""``dragoman floor``: questions asked, moved, answered and interpreted."""

from collections.abc import Callable
from pathlib import Path

import click

from dragoman.cli.floor_desk import at_floor, floor, named, question_of, shown
from dragoman.cli.output import Out
from dragoman.cli.who import signing
from dragoman.desk.floor import asking, moderating
from dragoman.desk.floor.running import Desk
from dragoman.model.errors import BadInput


@floor.command(
    "ask",
    examples=(
        "dragoman floor ask ports-2026 'When does the quay open?' --asker 'Ana Brek'",
        "dragoman floor ask ports-2026 'Кто платит?' --language ru --anonymous",
    ),
)
@click.argument("name", metavar="EVENT")
@click.argument("text")
@click.option("--asker", default="", help="Who asks; without it you.")
@click.option("--language", default="", help="Without it as the text shows.")
@click.option("--to", default="", help="Which speaker.")
@click.option("--anonymous", is_flag=True, help="Without the name in public.")
@click.option("--off-record", is_flag=True, help="In nothing public.")
@signing
@click.pass_obj
def ask(
    out: Out,
    name: str,
    text: str,
    asker: str,
    language: str,
    to: str,
    anonymous: bool,
    off_record: bool,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Put a question to the floor, for our agency."""
    with at_floor(out, name, as_user, password_file) as (desk, _):
        # Whoever types for others is not held up by how many they are.
        journalist = asker or desk.by
        who = asking.Asker(who=f"{desk.by}: {journalist}", name=journalist, agency=desk.keyring.agency)
        wanted = asking.Wanted(text=text, language=language, to=to, anonymous=anonymous, on_record=not off_record)
        sent = asking.ask(desk, who, wanted)
        if sent.signs:
            out.say(f"Characters nobody sees were taken out: {' '.join(sent.signs)}")
        shown(out, desk, sent.question.id)


def _deed(verb: str, do: Callable[[Desk, str], object], help: str) -> None:
    @floor.command(verb, help=help, examples=(f"dragoman floor {verb} ports-2026 0f3c",))
    @question_of
    @signing
    @click.pass_obj
    def doing(out: Out, name: str, question: str, as_user: str | None, password_file: Path | None) -> None:
        with at_floor(out, name, as_user, password_file) as (desk, _):
            id = named(moderating.hall_of(desk), question)
            do(desk, id)
            shown(out, desk, id)


_deed("accept", moderating.accept, "Put a question on the list.")
_deed("ask-now", moderating.ask_now, "Ask a question now; the one before goes back to the list.")
_deed("answered", moderating.answered, "Mark a question as answered.")
_deed("withdraw", asking.withdraw, "Take a question of ours back, for good.")
_deed("strike", moderating.strike, "Take a question off the record.")


@floor.command(
    "decline", examples=("dragoman floor decline ports-2026 0f3c --reason 'Answered in the opening statement.'",)
)
@question_of
@click.option("--reason", required=True, help="Its asker reads it.")
@signing
@click.pass_obj
def decline(out: Out, name: str, question: str, reason: str, as_user: str | None, password_file: Path | None) -> None:
    """Decline a question, with the reason."""
    with at_floor(out, name, as_user, password_file) as (desk, _):
        id = named(moderating.hall_of(desk), question)
        moderating.decline(desk, id, reason)
        shown(out, desk, id)


@floor.command("merge", examples=("dragoman floor merge ports-2026 0f3c 91d2",))
@question_of
@click.argument("into")
@signing
@click.pass_obj
def merge(out: Out, name: str, question: str, into: str, as_user: str | None, password_file: Path | None) -> None:
    """Merge a question into another one, which stands for both."""
    with at_floor(out, name, as_user, password_file) as (desk, _):
        hall = moderating.hall_of(desk)
        id = named(hall, question)
        moderating.merge(desk, id, named(hall, into))
        shown(out, desk, id)


@floor.command(
    "answer",
    examples=(
        "dragoman floor answer ports-2026 0f3c 'In June.' --speaker 'Ines Oda'",
        "dragoman floor answer ports-2026 0f3c 'После аудита.' --speaker 'Karim Sal' --language ru --written",
    ),
)
@question_of
@click.argument("text")
@click.option("--speaker", required=True, help="Who said it.")
@click.option("--language", default="", help="The language it was said in.")
@click.option("--written", is_flag=True, help="Handed in, not said.")
@click.option("--off-record", is_flag=True, help="In nothing public.")
@click.option("--more", is_flag=True, help="Others will answer too: the question stays open.")
@signing
@click.pass_obj
def answer(
    out: Out,
    name: str,
    question: str,
    text: str,
    speaker: str,
    language: str,
    written: bool,
    off_record: bool,
    more: bool,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Write down what was said to a question."""
    with at_floor(out, name, as_user, password_file) as (desk, _):
        id = named(moderating.hall_of(desk), question)
        said = moderating.Answering(
            speaker=speaker, text=text, language=language, written=written, on_record=not off_record
        )
        moderating.answer(desk, id, said, finishes=not more)
        shown(out, desk, id)


@floor.command("interpret", examples=("dragoman floor interpret ports-2026 0f3c en 'And the port?'",))
@question_of
@click.argument("language")
@click.argument("text")
@signing
@click.pass_obj
def interpret(
    out: Out, name: str, question: str, language: str, text: str, as_user: str | None, password_file: Path | None
) -> None:
    """Write a question beside itself in another language; its only answer by ID/answer."""
    with at_floor(out, name, as_user, password_file) as (desk, _):
        hall = moderating.hall_of(desk)
        id, _, part = question.partition("/")
        found = hall.find(named(hall, id))
        assert found is not None
        if part and len(found.answers) != 1:
            raise BadInput("It does not have one answer", f"{len(found.answers)}", hint="Interpret them on the page.")
        moderating.interpret(desk, found.answers[0].id if part else found.id, language, text)
        shown(out, desk, found.id)
