"""``dragoman event add``, ``change``, ``state``, ``leave-out`` and ``drop``: an event planned and changed."""

from pathlib import Path
from typing import Any, get_args

import click

from dragoman.cli.at import newsroom, now
from dragoman.cli.event_options import NAME, details, event, event_told, named, told_of
from dragoman.cli.event_times import day, wall
from dragoman.cli.output import Out
from dragoman.cli.who import actor, signing
from dragoman.desk import events as desk
from dragoman.model.errors import NotFound
from dragoman.model.event import Event, EventState
from dragoman.planning.diary import window as between
from dragoman.planning.recurrence import times
from dragoman.planning.times import zone
from dragoman.store import agencies
from dragoman.store.projects import record


@event.command(
    "add",
    examples=(
        "dragoman event add --title en='Harbour forum' --kind forum --starts '2026-05-04 10:00' --ends '2026-05-05 18:00'"
        " --zone Asia/Baku --city Baku",
        "dragoman event add --title en='First edition printed' --kind anniversary --starts 1926-05-10",
    ),
)
@click.option("--project", default="", help="The joint project; without it, our own desk's.")
@details
@signing
@click.pass_obj
def add(out: Out, /, project: str, as_user: str | None, password_file: Path | None, **told: Any) -> None:
    """Plan an event."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *desk.PLANNERS)
        made = event_told(told, None, agencies.home(conn).zone)
        held = desk.plan(conn, here.keyring, made, project=project, by=by, now=now())
        told_of(out, conn, held.project, held.id)


@event.command("change", examples=("dragoman event change LNA:desk/3f2a --starts '2026-05-04 11:00'",))
@click.argument("name", metavar=NAME)
@details
@signing
@click.pass_obj
def change(out: Out, /, name: str, as_user: str | None, password_file: Path | None, **told: Any) -> None:
    """Change an event: what is not said stays."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *desk.PLANNERS)
        project, id = named(conn, name)
        made = event_told(told, record(conn, Event, project, id).record, agencies.home(conn).zone)
        desk.change(conn, here.keyring, project, id, made, by=by, now=now())
        told_of(out, conn, project, id)


@event.command("state", examples=("dragoman event state LNA:desk/3f2a cancelled",))
@click.argument("name", metavar=NAME)
@click.argument("state", type=click.Choice(get_args(EventState)))
@signing
@click.pass_obj
def state_(out: Out, name: str, state: EventState, as_user: str | None, password_file: Path | None) -> None:
    """Confirm, postpone, cancel an event, or say that it is over."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *desk.PLANNERS)
        project, id = named(conn, name)
        desk.move_on(conn, here.keyring, project, id, state, by=by, now=now())
        told_of(out, conn, project, id)


@event.command(
    "leave-out",
    examples=(
        "dragoman event leave-out LNA:desk/3f2a 2026-05-12",
        "dragoman event leave-out LNA:desk/3f2a 2026-05-12 --to '2026-05-13 10:00'",
    ),
)
@click.argument("name", metavar=NAME)
@click.argument("on", metavar="DAY")
@click.option("--to", default="", help="It takes place then instead.")
@signing
@click.pass_obj
def leave_out(out: Out, name: str, on: str, to: str, as_user: str | None, password_file: Path | None) -> None:
    """Leave out, or move, one time of a recurring event."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *desk.PLANNERS)
        project, id = named(conn, name)
        one = record(conn, Event, project, id).record
        since, until = between(day(on), day(on), one.place_zone)
        found = [
            time.starts
            for time in times(one, since, until)
            if time.starts.astimezone(zone(one.place_zone)).date() == day(on)
        ]
        if not found:
            raise NotFound("The event does not take place on that day", on)
        moved = wall(to, one.place_zone) if to else None
        desk.leave_out(conn, here.keyring, project, id, found[0], to=moved, by=by, now=now())
        told_of(out, conn, project, id)


@event.command("drop", examples=("dragoman event drop LNA:desk/3f2a",))
@click.argument("name", metavar=NAME)
@signing
@click.pass_obj
def drop(out: Out, name: str, as_user: str | None, password_file: Path | None) -> None:
    """Take an event out of the diary."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *desk.PLANNERS)
        project, id = named(conn, name)
        desk.drop(conn, here.keyring, project, id, by=by, now=now())
        desk.wake(conn)
        out.say(f"{project}/{id} is out of the diary.")
