"""``dragoman floor``: round tables and news conferences; questions, answers, accreditations, the transcript."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.times import moment
from dragoman.cli.who import actor, confirmed, signing
from dragoman.desk import copy, projects
from dragoman.desk.floor import asking, guests, listing, moderating, publishing, running
from dragoman.desk.floor.running import Desk, Settings
from dragoman.model.errors import BadInput
from dragoman.model.floor import FloorMode
from dragoman.planning.floor.fairness import shares, suggestion
from dragoman.planning.floor.hall import STANDINGS, Asked, Hall
from dragoman.store import floor as store
from dragoman.store.floor import Guest, GuestRole

floor = Noun("floor", help="Round tables: open, ask, accept, answer, accredit, publish.")
_ROLES = ("editor", "desk head", "partner manager")
_COLUMNS = ("id", "state", "agency", "asker", "language", "record", "text")
F = TypeVar("F", bound=Callable[..., Any])


@contextmanager
def _at(out: Out, name: str, as_user: str | None, password_file: Path | None) -> Iterator[tuple[Desk, str]]:
    """The desk at the floor called `name`, and the address of this node; the followers are woken afterwards."""
    with newsroom(out) as (here, conn):
        project, id = running.find(conn, name)
        by = actor(conn, as_user, password_file, *_ROLES)
        yield Desk(conn=conn, keyring=here.keyring, project=project, id=id, by=by, now=now()), here.config.url
        projects.wake(conn)


def _shown(out: Out, desk: Desk, question: str) -> None:
    found = moderating.hall_of(desk).find(question)
    if found is not None:
        out.record(_line(found))


def _question(function: F) -> F:
    return click.argument("question")(click.argument("name", metavar="EVENT")(function))


# ------------------------------------------------------------------------------------------------ the floor


@floor.command(
    "open",
    examples=(
        "dragoman floor open ports-2026 --speaker 'Ines Oda' --languages en,ru,ar",
        "dragoman floor open ports-2026 --mode open --public --announced",
    ),
)
@click.argument("event")
@click.option("--mode", type=click.Choice(get_args(FloorMode)), help="open: no formal rules.  [default: moderated]")
@click.option("--speaker", "speakers", multiple=True, help="Who answers. Repeatable.")
@click.option("--languages", help="As in en,ru,ar.")
@click.option("--moderators", help="Agencies' codes; without it we.")
@click.option("--answerers", help="Agencies that may write down answers besides.")
@click.option("--public/--not-public", default=None, help="May anybody with the address follow?")
@click.option("--pre-moderated/--not-pre-moderated", default=None, help="Are questions seen before they are listed?")
@click.option("--per-person", type=click.IntRange(1, 100), help="Open questions a person.  [default: 5]")
@click.option("--embargo", help="A day or a time until which nothing is public.")
@click.option("--announced", is_flag=True, help="Do not take questions yet.")
@signing
@click.pass_obj
def open_(
    out: Out,
    event: str,
    announced: bool,
    as_user: str | None,
    password_file: Path | None,
    embargo: str | None,
    **told: Any,
) -> None:
    """Open the floor of an event of ours; again on an open one, change how it is."""
    wanted = {name: value for name, value in told.items() if value not in (None, ())}
    for name in ("languages", "moderators", "answerers"):
        if name in wanted:
            wanted[name] = tuple(wanted[name].replace(",", " ").split())
    with newsroom(out) as (here, conn):
        project, id = running.find_event(conn, event)
        by = actor(conn, as_user, password_file, *_ROLES)
        desk = Desk(conn=conn, keyring=here.keyring, project=project, id=id, by=by, now=now())
        if embargo:
            wanted["embargoed_until"] = moment(embargo, here.config)
        if any(one.floor.id == id and one.floor.project == project for one in running.floors(conn, project)):
            running.set_up(desk, Settings(**wanted))
        else:
            running.open_floor(desk, Settings(**wanted), takes=not announced)
        projects.wake(conn)
        out.record(_floor(moderating.hall_of(desk)))


@floor.command("list", examples=("dragoman floor list", "dragoman floor list --json"))
@click.pass_obj
def list_(out: Out) -> None:
    """List the floors that are open here."""
    with newsroom(out) as (_, conn):
        found = [
            {
                "event": one.floor.id,
                "project": one.floor.project,
                "state": one.floor.record.state,
                "mode": one.floor.record.mode,
                "host": one.floor.made.agency,
                "title": one.event.record.title() if one.event else "",
            }
            for one in running.floors(conn)
        ]
        out.records(found, ("event", "project", "state", "mode", "host", "title"))


@floor.command("show", examples=("dragoman floor show ports-2026", "dragoman floor show ports-2026 --json"))
@click.argument("name", metavar="EVENT")
@click.pass_obj
def show(out: Out, name: str) -> None:
    """Show a floor: how it stands, its questions in their order, who has been heard, whose turn it is."""
    with newsroom(out) as (_, conn):
        hall = store.read_hall(conn, *running.find(conn, name))
        fair = suggestion(hall)
        table = [
            {"agency": one.party, "asked": one.asked, "answered": one.answered, "waiting": one.waiting}
            for one in shares(hall)
        ]
        if out.json:
            out.record(
                {
                    **_floor(hall),
                    "questions": [_line(one) for one in hall.asked],
                    "fairness": table,
                    "next": fair.id if fair else "",
                }
            )
            return
        out.record(_floor(hall))
        out.records(map(_line, hall.asked), _COLUMNS)
        for row in table:
            out.line(f"heard\t{row['agency']}\t{row['asked']}\t{row['answered']}\t{row['waiting']}")
        if fair:
            out.line(f"next\t{fair.id}\t{fair.party}\t{fair.heard}")


def _go(verb: str, state: str, help: str) -> None:
    @floor.command(verb, help=help, examples=(f"dragoman floor {verb} ports-2026",))
    @click.argument("name", metavar="EVENT")
    @signing
    @click.pass_obj
    def going(out: Out, name: str, as_user: str | None, password_file: Path | None) -> None:
        with _at(out, name, as_user, password_file) as (desk, _):
            running.go(desk, state)
            out.record(_floor(moderating.hall_of(desk)))


_go("take-questions", "taking questions", "Take questions, before the event or in a break.")
_go("begin", "live", "Begin: from now on questions are asked.")
_go("close", "closed", "Close the floor: no more questions; answers in writing may still come.")


# ------------------------------------------------------------------------------------------------ questions


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
    with _at(out, name, as_user, password_file) as (desk, _):
        who = asking.Asker(who=desk.by, name=asker or desk.by, agency=desk.keyring.agency)
        wanted = asking.Wanted(text=text, language=language, to=to, anonymous=anonymous, on_record=not off_record)
        sent = asking.ask(desk, who, wanted)
        if sent.signs:
            out.say(f"Characters nobody sees were taken out: {' '.join(sent.signs)}")
        _shown(out, desk, sent.question.id)


def _deed(verb: str, do: Callable[[Desk, str], object], help: str) -> None:
    @floor.command(verb, help=help, examples=(f"dragoman floor {verb} ports-2026 0f3c",))
    @_question
    @signing
    @click.pass_obj
    def doing(out: Out, name: str, question: str, as_user: str | None, password_file: Path | None) -> None:
        with _at(out, name, as_user, password_file) as (desk, _):
            id = _named(moderating.hall_of(desk), question)
            do(desk, id)
            _shown(out, desk, id)


_deed("accept", moderating.accept, "Put a question on the list.")
_deed("ask-now", moderating.ask_now, "Ask a question now; the one before goes back to the list.")
_deed("answered", moderating.answered, "Mark a question as answered.")
_deed("withdraw", asking.withdraw, "Take a question of ours back, for good.")
_deed("strike", moderating.strike, "Take a question off the record.")


@floor.command(
    "decline", examples=("dragoman floor decline ports-2026 0f3c --reason 'Answered in the opening statement.'",)
)
@_question
@click.option("--reason", required=True, help="Its asker reads it.")
@signing
@click.pass_obj
def decline(out: Out, name: str, question: str, reason: str, as_user: str | None, password_file: Path | None) -> None:
    """Decline a question, with the reason."""
    with _at(out, name, as_user, password_file) as (desk, _):
        id = _named(moderating.hall_of(desk), question)
        moderating.decline(desk, id, reason)
        _shown(out, desk, id)


@floor.command("merge", examples=("dragoman floor merge ports-2026 0f3c 91d2",))
@_question
@click.argument("into")
@signing
@click.pass_obj
def merge(out: Out, name: str, question: str, into: str, as_user: str | None, password_file: Path | None) -> None:
    """Merge a question into another one, which stands for both."""
    with _at(out, name, as_user, password_file) as (desk, _):
        hall = moderating.hall_of(desk)
        id = _named(hall, question)
        moderating.merge(desk, id, _named(hall, into))
        _shown(out, desk, id)


@floor.command(
    "answer",
    examples=(
        "dragoman floor answer ports-2026 0f3c 'In June.' --speaker 'Ines Oda'",
        "dragoman floor answer ports-2026 0f3c 'После аудита.' --speaker 'Karim Sal' --language ru --written",
    ),
)
@_question
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
    with _at(out, name, as_user, password_file) as (desk, _):
        id = _named(moderating.hall_of(desk), question)
        said = moderating.Answering(
            speaker=speaker, text=text, language=language, written=written, on_record=not off_record
        )
        moderating.answer(desk, id, said, finishes=not more)
        _shown(out, desk, id)


@floor.command("interpret", examples=("dragoman floor interpret ports-2026 0f3c en 'And the port?'",))
@_question
@click.argument("language")
@click.argument("text")
@signing
@click.pass_obj
def interpret(
    out: Out, name: str, question: str, language: str, text: str, as_user: str | None, password_file: Path | None
) -> None:
    """Write a question beside itself in another language; its only answer by ID/answer."""
    with _at(out, name, as_user, password_file) as (desk, _):
        hall = moderating.hall_of(desk)
        id, _, part = question.partition("/")
        found = hall.find(_named(hall, id))
        assert found is not None
        if part and len(found.answers) != 1:
            raise BadInput("It does not have one answer", f"{len(found.answers)}", hint="Interpret them on the page.")
        moderating.interpret(desk, found.answers[0].id if part else found.id, language, text)
        _shown(out, desk, found.id)


@floor.command("unanswered", examples=("dragoman floor unanswered ports-2026",))
@click.argument("name", metavar="EVENT")
@click.pass_obj
def unanswered(out: Out, name: str) -> None:
    """List what is still unanswered."""
    with newsroom(out) as (_, conn):
        hall = store.read_hall(conn, *running.find(conn, name))
        out.records(map(_line, hall.unanswered()), _COLUMNS)


@floor.command(
    "export", examples=("dragoman floor export ports-2026 > ports.csv", "dragoman floor export ports-2026 --public")
)
@click.argument("name", metavar="EVENT")
@click.option("--public", is_flag=True, help="Only what is on the list and on the record.")
@click.pass_obj
def export(out: Out, name: str, public: bool) -> None:
    """Write the queue as CSV, with answers and interpretations."""
    with newsroom(out) as (_, conn):
        hall = store.read_hall(conn, *running.find(conn, name))
        out.raw(listing.as_csv(hall, public=public).encode())


# ------------------------------------------------------------------------------------------------ guests


@floor.command(
    "accredit",
    examples=(
        "dragoman floor accredit ports-2026 --name 'Ana Brek' --agency VAL --language fr",
        "dragoman floor accredit ports-2026 --name 'Tom Veil' --outlet 'Harbour Radio' --role interpreter",
    ),
)
@click.argument("event", metavar="EVENT")
@click.option("--name", required=True, help="Whom.")
@click.option("--agency", default="", help="For which agency, by its code.")
@click.option("--outlet", default="", help="For which outlet, if no agency we know.")
@click.option("--language", default="", help="Their language: the invitation's too.")
@click.option("--role", type=click.Choice(get_args(GuestRole)), default="journalist", show_default=True)
@click.option("--until", help="A day or a time; without it a week after the event.")
@signing
@click.pass_obj
def accredit(
    out: Out,
    event: str,
    name: str,
    agency: str,
    outlet: str,
    language: str,
    role: GuestRole,
    until: str | None,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Let somebody onto the floor by a personal link, which is shown this once."""
    with _at(out, event, as_user, password_file) as (desk, url):
        person = guests.Invited(name=name, agency=agency.upper(), outlet=outlet, language=language, role=role)
        end = None
        if until:
            with newsroom(out) as (here, _conn):
                end = moment(until, here.config)
        (made,) = guests.accredit(desk, [person], until=end)
        out.record({**_guest(made.guest), "link": made.link(url), "code": made.code})


@floor.command("guests", examples=("dragoman floor guests ports-2026",))
@click.argument("name", metavar="EVENT")
@click.pass_obj
def guests_(out: Out, name: str) -> None:
    """List who is accredited."""
    with newsroom(out) as (_, conn):
        found = store.guests(conn, *running.find(conn, name))
        out.records(map(_guest, found), ("id", "name", "agency", "outlet", "role", "language", "until", "state"))


@floor.command("revoke", examples=("dragoman floor revoke ports-2026 12",))
@click.argument("name", metavar="EVENT")
@click.argument("number", type=int)
@signing
@click.pass_obj
def revoke(out: Out, name: str, number: int, as_user: str | None, password_file: Path | None) -> None:
    """Send a guest away: the link is dead at once."""
    with _at(out, name, as_user, password_file) as (desk, _):
        out.record(_guest(guests.revoke(desk, number)))


# ------------------------------------------------------------------------------------------------ the transcript


@floor.command(
    "publish",
    examples=(
        "dragoman floor publish ports-2026 --headline 'en=Ports: the round table' --headline 'ru=Порты: круглый стол'",
        "dragoman floor publish ports-2026 --headline 'en=Ports' --embargo '2026-05-04 12:00' --credit 'Source: LNA'",
    ),
)
@click.argument("name", metavar="EVENT")
@click.option("--headline", "headlines", multiple=True, required=True, help="LANGUAGE=TEXT; the first is the original.")
@click.option("--credit", default="", help="The credit line; without it our name.")
@click.option("--slugline", default="")
@click.option("--embargo", help="A day or a time.")
@click.option("--reason", default="", help="What is new, where it was published before.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@signing
@click.pass_obj
def publish(
    out: Out,
    name: str,
    headlines: tuple[str, ...],
    credit: str,
    slugline: str,
    embargo: str | None,
    reason: str,
    yes: bool,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Publish the transcript of a closed floor as items of ours, which go out under our agreements."""
    versions = [_version(one) for one in headlines]
    confirmed(f"Publish the transcript in {', '.join(one.language for one in versions)}?", yes=yes)
    with _at(out, name, as_user, password_file) as (desk, _):
        until = None
        if embargo:
            with newsroom(out) as (here, _conn):
                until = moment(embargo, here.config)
        wanted = publishing.Publication(
            versions=tuple(versions), credit=credit, slugline=slugline, embargoed_until=until, reason=reason
        )
        done = publishing.publish(desk, wanted)
        copy.wake(desk.conn)
        out.records(
            [
                {"language": one.language, "uri": one.uri, "sequence": one.sequence, "untranslated": one.foreign}
                for one in done
            ],
            ("language", "uri", "sequence", "untranslated"),
        )


def _version(text: str) -> publishing.Wanted:
    language, found, headline = text.partition("=")
    if not found:
        raise BadInput(f"{text!r} names no language", hint="As in en='Ports: the round table'.")
    return publishing.Wanted(language=language, headline=headline)


# ------------------------------------------------------------------------------------------------ as printed


def _named(hall: Hall, name: str) -> str:
    """The id of the question that begins so."""
    found = [one.id for one in hall.asked if one.id.startswith(name)]
    if len(found) != 1:
        raise BadInput(f"There is no one question {name!r}", f"{len(found)} begin so", hint="`dragoman floor show`.")
    return found[0]


def _floor(hall: Hall) -> Record:
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


def _line(one: Asked) -> Record:
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


def _guest(one: Guest) -> Record:
    return {
        "id": one.id,
        "name": one.name,
        "agency": one.agency,
        "outlet": one.outlet,
        "role": one.role,
        "language": one.language,
        "until": one.until,
        "entered": one.entered,
        "state": "revoked" if one.revoked else "good" if one.is_good(now()) else "ended",
    }
