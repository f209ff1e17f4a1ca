"""``dragoman event``: the diary, its events, who covers them; publish them, take over those of partners."""

from pathlib import Path
from typing import get_args

import click
import msgspec

from dragoman.cli import event_outward, event_plan
from dragoman.cli.at import newsroom, now
from dragoman.cli.event_options import COLUMNS, NAME, event, line, named
from dragoman.cli.event_times import wall, window
from dragoman.cli.output import Out
from dragoman.cli.who import actor, signing
from dragoman.desk import event_coverage as covering
from dragoman.desk import events as desk
from dragoman.model.errors import BadInput
from dragoman.model.event import Coverage, CoverageKind, Event, EventKind, Participant
from dragoman.planning.diary import Wanted, answers, entries
from dragoman.planning.diary import window as between
from dragoman.query import parse
from dragoman.store import agencies, diary
from dragoman.store.connect import Connection
from dragoman.store.projects import record

__all__ = ["event", "event_outward", "event_plan"]


@event.command(
    "diary",
    examples=(
        "dragoman event diary",
        "dragoman event diary --week 2026-W19 'place:Baku'",
        "dragoman event diary --from 2026-05-01 --until 2026-05-31 --coverage wanted --json",
    ),
)
@click.argument("query", nargs=-1)
@click.option("--week", default="", help="As in 2026-W19; without it, and without days, this week.")
@click.option("--day", "one_day", default="", help="One day.")
@click.option("--from", "first", default="", help="From this day.")
@click.option("--until", "last", default="", help="To this day, included.")
@click.option("--agency", default="", help="Of this agency.")
@click.option("--kind", type=click.Choice(get_args(EventKind)), default=None)
@click.option("--language", default="", help="In this language.")
@click.option("--project", default="", help="Of this project.")
@click.option("--coverage", type=click.Choice(["wanted", "ours", "open", "none"]), default=None)
@click.pass_obj
def diary_(
    out: Out,
    query: tuple[str, ...],
    week: str,
    one_day: str,
    first: str,
    last: str,
    agency: str,
    kind: str | None,
    language: str,
    project: str,
    coverage: str | None,
) -> None:
    """List what takes place, in order: our events, and those that partners announce."""
    text = " ".join(query)
    tree = parse(text) if text.strip() else None
    with newsroom(out) as (_, conn):
        home = agencies.home(conn)
        days = window(week, one_day, first, last, home.zone, now())
        since, until = between(*days, home.zone)
        diary.follow(conn)
        wanted = Wanted(
            tree=tree,
            agency=agency,
            kind=kind or "",
            language=language,
            project=project,
            coverage=coverage or "",
            home=home.code,
        )
        found = [
            entry
            for entry in entries(diary.happenings(conn, since, until), since, until)
            if answers(entry.happening, wanted, now(), entry.starts)
        ]
        out.records([line(entry) for entry in found], COLUMNS)


@event.command("show", examples=("dragoman event show LNA:desk/3f2a9c1d0b7e4f55",))
@click.argument("name", metavar=NAME)
@click.pass_obj
def show(out: Out, name: str) -> None:
    """Show an event with its parts, who takes part and who covers it."""
    with newsroom(out) as (_, conn):
        one = diary.happening(conn, *named(conn, name))
        parts = diary.parts_of(conn, one.project, one.id)
        out.record(
            {
                "id": f"{one.project}/{one.id}",
                "uri": one.uri,
                "agency": one.agency,
                **msgspec.to_builtins(one.event),
                "participants": [msgspec.to_builtins(who) for who in one.participants],
                "coverage": [{"row": id, **msgspec.to_builtins(row)} for id, row in one.coverage],
                "parts": [f"{part.project}/{part.id}" for part in parts],
            }
        )


# ---------------------------------------------------------------------------------------------- people and coverage


@event.command("person", examples=("dragoman event person LNA:desk/3f2a 'Ada Quay' --role speaker --agency TIDE",))
@click.argument("name", metavar=NAME)
@click.argument("who")
@click.option("--role", default="", help="Speaker, moderator, guest.")
@click.option("--agency", default="", help="Agency or institution.")
@click.option("--languages", default="", help="As in az,en.")
@click.option("--spokesperson", is_flag=True, help="May be quoted for the institution.")
@signing
@click.pass_obj
def person(
    out: Out,
    name: str,
    who: str,
    role: str,
    agency: str,
    languages: str,
    spokesperson: bool,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Add somebody who takes part."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *desk.PLANNERS)
        project, id = named(conn, name)
        spoken = tuple(languages.replace(",", " ").lower().split())
        one = Participant(event=id, name=who, role=role, agency=agency, languages=spoken, spokesperson=spokesperson)
        held = desk.take_part(conn, here.keyring, project, one, by=by, now=now())
        desk.wake(conn)
        out.record({"row": held.id, **msgspec.to_builtins(held.record)})


@event.command(
    "cover",
    examples=(
        "dragoman event cover LNA:desk/3f2a --kind text --language en --person 'Leyla' --due '2026-05-04 18:00'",
        "dragoman event cover LNA:desk/3f2a --kind picture --agency TIDE",
        "dragoman event cover LNA:desk/3f2a --row 77ab --item 17",
    ),
)
@click.argument("name", metavar=NAME)
@click.option(
    "--agency", default=None, help="Of another agency it is asked for; ANY: of whoever takes it. [default: ours]"
)
@click.option("--kind", type=click.Choice(get_args(CoverageKind)), default="text", show_default=True)
@click.option("--language", default="")
@click.option("--person", default="", help="Who goes.")
@click.option("--due", default="", help="By the clock of the event's zone.")
@click.option("--row", default="", help="The row that is meant, with --item or --take.")
@click.option("--item", default="", help="The item that fulfils the row, by its number or uri.")
@click.option("--take", is_flag=True, help="Take what was asked for.")
@signing
@click.pass_obj
def cover(
    out: Out,
    name: str,
    agency: str | None,
    kind: CoverageKind,
    language: str,
    person: str,
    due: str,
    row: str,
    item: str,
    take: bool,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Plan coverage, ask a partner for it, take what is asked for, or name the item that fulfils it."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *desk.PLANNERS)
        project, id = named(conn, name)
        if (item or take) and not row:
            raise BadInput("Say which row is meant", hint="--row; `dragoman event show` lists them.")
        if item:
            held = covering.link(conn, here.keyring, project, row, item, by=by, now=now())
        elif take:
            held = covering.take(conn, here.keyring, project, row, person=person, by=by, now=now())
        else:
            wanted = _row(conn, project, id, agency, kind, language, person, due)
            held = covering.cover(conn, here.keyring, project, wanted, by=by, now=now())
        desk.wake(conn)
        out.record({"row": held.id, **msgspec.to_builtins(held.record)})


def _row(
    conn: Connection,
    project: str,
    id: str,
    agency: str | None,
    kind: CoverageKind,
    language: str,
    person: str,
    due: str,
) -> Coverage:
    one, home = record(conn, Event, project, id).record, agencies.home(conn).code
    code = home if agency is None else "" if agency == "ANY" else agency
    return Coverage(
        event=id,
        agency=code,
        kind=kind,
        language=language,
        person=person,
        due=wall(due, one.place_zone) if due else None,
        state=("assigned" if person else "planned") if code == home else "wanted",
    )
