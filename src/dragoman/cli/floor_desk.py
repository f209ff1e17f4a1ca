"""What the commands of ``dragoman floor`` stand on: the desk at a floor, a question by its id's beginning, how they are told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.who import actor
from dragoman.desk import projects
from dragoman.desk.floor import listing, moderating, running
from dragoman.desk.floor.running import Desk
from dragoman.model.errors import BadInput
from dragoman.planning.floor.hall import STANDINGS, Asked, Hall
from dragoman.planning.times import typed_moment

floor = Noun("floor", help="Round tables: open, ask, accept, answer, accredit, publish.")
ROLES = ("editor", "desk head", "partner manager")
COLUMNS = ("id", "state", "agency", "asker", "language", "record", "text")
F = TypeVar("F", bound=Callable[..., Any])


@contextmanager
def at_floor(out: Out, name: str, as_user: str | None, password_file: Path | None) -> Iterator[tuple[Desk, str]]:
    """The desk at the floor called `name`, and the address of this node; the followers are woken afterwards."""
    with newsroom(out) as (here, conn):
        project, id = running.find(conn, name)
        by = actor(conn, as_user, password_file, *ROLES)
        yield Desk(conn=conn, keyring=here.keyring, project=project, id=id, by=by, now=now()), here.config.url
        projects.wake(conn)


def question_of(function: F) -> F:
    """The arguments of a command about one question."""
    return click.argument("name", metavar="EVENT")(click.argument("question")(function))


def shown(out: Out, desk: Desk, question: str) -> None:
    found = moderating.hall_of(desk).find(question)
    if found is not None:
        out.record(line(found))


def moment(text: str, zone: str) -> datetime:
    """A day or a time in the event's zone, ``2026-05-04`` or ``2026-05-04 12:00``, or one with its own offset.

    Raises:
        BadInput: it is none, or the clocks are changed over it.
    """
    if len(text) > 16:
        try:
            at = datetime.fromisoformat(text)
            if at.tzinfo:
                return at
        except ValueError as error:
            raise BadInput(f"{text!r} is not a day or a time", hint="As in 2026-05-04 12:00.") from error
    day, _, hour = text.replace("T", " ").partition(" ")
    typed = typed_moment(day, hour, zone)
    if typed.at is None:
        reasons = {"gap": "the clocks are put forward over it", "fold": "it comes twice that day: give its offset"}
        raise BadInput(
            f"{text!r} is not a day or a time in {zone}",
            reasons.get(typed.fault or "", ""),
            hint="As in 2026-05-04 12:00 or 2026-05-04T12:00+04:00.",
        )
    return typed.at


def zone_of(hall: Hall) -> str:
    return hall.event.record.place_zone if hall.event else "UTC"


def named(hall: Hall, name: str) -> str:
    """The id of the question that begins so."""
    found = [one.id for one in hall.asked if one.id.startswith(name)]
    if len(found) != 1:
        raise BadInput(f"There is no one question {name!r}", f"{len(found)} begin so", hint="`dragoman floor show`.")
    return found[0]


def told(hall: Hall) -> Record:
    settings, asking_now = hall.floor.record, hall.asking
    return {
        "event": hall.id,
        "project": hall.project,
        "title": hall.event.record.title() if hall.event else "",
        "state": settings.state,
        "mode": settings.mode,
        "pre_moderated": settings.pre_moderated,
        "public": settings.public,
        "moderators": hall.moderators,
        "speakers": settings.speakers,
        "languages": settings.languages,
        "embargoed_until": settings.embargoed_until,
        "asking": asking_now.id if asking_now else "",
        "transcripts": settings.transcripts,
        **{one: len(hall.standing(one)) for one in STANDINGS if one != "asking"},
    }


def line(one: Asked) -> Record:
    question = one.question
    return {
        "id": one.id,
        "state": one.standing,
        "agency": question.party,
        "asker": question.asker,
        "anonymous": question.anonymous,
        "language": question.language,
        "record": "on" if one.on_record else listing.OFF,
        "to": question.to,
        "asked": one.made.at,
        "text": question.text,
        "interpretations": dict(one.said),
        "reason": question.reason,
        "merged_into": question.merged_into,
        "answers": [
            {
                "speaker": given.answer.speaker,
                "language": given.answer.language,
                "text": given.answer.text,
                "record": "on" if given.on_record else listing.OFF,
                "interpretations": dict(given.said),
            }
            for given in one.answers
        ],
    }
