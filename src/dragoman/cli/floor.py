"""``dragoman floor``: round tables and news conferences, from the opening to the published transcript."""

from pathlib import Path
from typing import Any, get_args

import click

from dragoman.cli import floor_guests, floor_questions
from dragoman.cli.at import newsroom, now
from dragoman.cli.floor_desk import COLUMNS, ROLES, at_floor, floor, line, moment, told, zone_of
from dragoman.cli.output import Out
from dragoman.cli.who import actor, confirmed, signing
from dragoman.desk import copy, projects
from dragoman.desk.floor import listing, moderating, publishing, running
from dragoman.desk.floor.running import Desk, Settings
from dragoman.model.errors import BadInput, Refused
from dragoman.model.event import Event
from dragoman.model.floor import FloorMode
from dragoman.planning.floor.fairness import shares, suggestion
from dragoman.store import agencies
from dragoman.store import floor as store
from dragoman.store.projects import record

__all__ = ["floor", "floor_guests", "floor_questions"]


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
    /,
    event: str,
    announced: bool,
    as_user: str | None,
    password_file: Path | None,
    embargo: str | None,
    **given: Any,
) -> None:
    """Open the floor of an event of ours; again on an open one, change how it is."""
    wanted = {name: value for name, value in given.items() if value not in (None, ())}
    for name in ("languages", "moderators", "answerers"):
        if name in wanted:
            wanted[name] = tuple(wanted[name].replace(",", " ").split())
    with newsroom(out) as (here, conn):
        project, id = running.find_event(conn, event)
        by = actor(conn, as_user, password_file, *ROLES)
        desk = Desk(conn=conn, keyring=here.keyring, project=project, id=id, by=by, now=now())
        if embargo:
            wanted["embargoed_until"] = moment(embargo, record(conn, Event, project, id).record.place_zone)
        if any(one.floor.id == id and one.floor.project == project for one in running.floors(conn, project)):
            running.set_up(desk, Settings(**wanted))
        else:
            running.open_floor(desk, Settings(**wanted), takes=not announced)
        projects.wake(conn)
        out.record(told(moderating.hall_of(desk)))


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
                    **told(hall),
                    "questions": [line(one) for one in hall.asked],
                    "fairness": table,
                    "next": fair.id if fair else "",
                }
            )
            return
        out.record(told(hall))
        out.records(map(line, hall.asked), COLUMNS)
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
        with at_floor(out, name, as_user, password_file) as (desk, _):
            running.go(desk, state)
            out.record(told(moderating.hall_of(desk)))


_go("take-questions", "taking questions", "Take questions, before the event or in a break.")
_go("begin", "live", "Begin: from now on questions are asked.")
_go("close", "closed", "Close the floor: no more questions; answers in writing may still come.")


@floor.command("unanswered", examples=("dragoman floor unanswered ports-2026",))
@click.argument("name", metavar="EVENT")
@click.pass_obj
def unanswered(out: Out, name: str) -> None:
    """List what is still unanswered."""
    with newsroom(out) as (_, conn):
        hall = store.read_hall(conn, *running.find(conn, name))
        out.records(map(line, hall.unanswered()), COLUMNS)


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
        if not public and agencies.home(conn).code not in (*hall.moderators, *hall.floor.record.answerers):
            raise Refused("All of it is for the floor's moderators", ", ".join(hall.moderators), hint="--public")
        out.raw(listing.as_csv(hall, public=public).encode())


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
    with at_floor(out, name, as_user, password_file) as (desk, _):
        until = moment(embargo, zone_of(moderating.hall_of(desk))) if embargo else None
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
