"""``dragoman event publish``, ``adopt``, ``export``, ``due`` and ``plan``: to partners and from them, and anniversaries."""

from pathlib import Path

import click
from msgspec.structs import replace

from dragoman import formats
from dragoman.app import Node
from dragoman.cli.at import newsroom, now
from dragoman.cli.event_options import NAME, event, named, told_of
from dragoman.cli.event_times import window
from dragoman.cli.output import Out
from dragoman.cli.who import actor, signing
from dragoman.desk import events as desk
from dragoman.formats import EncodeContext
from dragoman.model.errors import NotFound
from dragoman.model.event import Event
from dragoman.model.item import Item
from dragoman.planning.anniversary import due, planned_for
from dragoman.planning.announcement import Told, item_of
from dragoman.planning.diary import Happening, entries, open_or_hidden
from dragoman.planning.diary import window as between
from dragoman.planning.times import zone
from dragoman.store import agencies, diary
from dragoman.store.connect import Connection
from dragoman.store.projects import find_record, record, records


@event.command(
    "publish",
    examples=("dragoman event publish LNA:desk/3f2a", "dragoman event publish LNA:desk/3f2a --reason 'New hour.'"),
)
@click.argument("name", metavar=NAME)
@click.option("--reason", default="", help="What has changed since.")
@signing
@click.pass_obj
def publish(out: Out, name: str, reason: str, as_user: str | None, password_file: Path | None) -> None:
    """Publish an event as an item of kind event; agreements say who gets it."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *desk.PLANNERS)
        project, id = named(conn, name)
        sequence = desk.publish(conn, project, id, reason=reason, by=by, now=now())
        desk.wake(conn)
        out.record({"id": f"{project}/{id}", "sequence": sequence})


@event.command("adopt", examples=("dragoman event adopt 17",))
@click.argument("item", type=int)
@click.option("--project", default="", help="The joint project; without it, our own desk's.")
@signing
@click.pass_obj
def adopt(out: Out, item: int, project: str, as_user: str | None, password_file: Path | None) -> None:
    """Take a partner's event into our planning, or take it over again as it stands now."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *desk.PLANNERS)
        held = desk.adopt(conn, here.keyring, item, project=project, by=by, now=now())
        told_of(out, conn, held.project, held.id)


@event.command(
    "export",
    examples=(
        "dragoman event export --from 2026-05-01 --until 2026-05-31 > may.ics",
        "dragoman event export --format ninjs",
    ),
)
@click.option("--format", "wire", type=click.Choice(["ical", "ninjs"]), default="ical", show_default=True)
@click.option("--from", "first", default="", help="From this day.")
@click.option("--until", "last", default="", help="To this day, included.")
@click.option("--inside", is_flag=True, help="Titles under embargo too.")
@click.pass_obj
def export(out: Out, wire: str, first: str, last: str, inside: bool) -> None:
    """Write the diary as a calendar or as ninjs, without people's contacts and the desk's notes."""
    with newsroom(out) as (_, conn):
        home = agencies.home(conn)
        days = (
            window("", "", first, last, home.zone, now()) if first or last else window("", "", "", "", home.zone, now())
        )
        since, until = between(*days, home.zone)
        diary.follow(conn)
        found = [open_or_hidden(one, now(), inside=inside) for one in diary.happenings(conn, since, until)]
        shown = [one for one in found if one.event.titles and entries([one], since, until)]
        items = [_as_item(one, inside) for one in shown]
        out.raw(formats.encode(wire, items, EncodeContext(title=home.name)).body)
    out.say(f"{len(items)} events exported.")


def _as_item(one: Happening, inside: bool) -> Item:
    told = Told(event=one.event, uri=one.uri, agency=one.agency, participants=one.participants)
    return replace(item_of(told, public=not inside, now=now()), version_created=one.changed)


@event.command("due", examples=("dragoman event due", "dragoman event due --days 365 --json"))
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True)
@click.pass_obj
def due_(out: Out, days: int) -> None:
    """List the anniversaries that are due, the round ones first."""
    with newsroom(out) as (_, conn):
        found = due(records(conn, Event), now().astimezone(zone(agencies.home(conn).zone)).date(), days)
        out.records(
            [
                {
                    "day": one.day,
                    "years": one.years,
                    "round": one.is_round,
                    "title": one.event.title(),
                    "id": f"{one.project}/{one.id}",
                    "planned": _is_there(conn, one.project, one.plan),
                }
                for one in found
            ],
            ("day", "years", "round", "title", "id", "planned"),
        )


def _is_there(conn: Connection, project: str, id: str) -> bool:
    held = find_record(conn, Event, project, id)
    return held is not None and not held.dropped


@event.command("plan", examples=("dragoman event plan LNA:desk/3f2a",))
@click.argument("name", metavar=NAME)
@signing
@click.pass_obj
def plan(out: Out, name: str, as_user: str | None, password_file: Path | None) -> None:
    """Plan the next day of an anniversary, with a row of coverage for each of our languages."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *desk.PLANNERS)
        project, id = named(conn, name)
        _planned(out, here, conn, project, id, by)


def _planned(out: Out, here: Node, conn: Connection, project: str, id: str, by: str) -> None:
    today = now().astimezone(zone(agencies.home(conn).zone)).date()
    found = due([record(conn, Event, project, id)], today, 366)
    if not found:
        raise NotFound("This is no anniversary that is due", f"{project}/{id}", hint="`dragoman event due --days 365`.")
    one = min(found, key=lambda each: each.day)
    held = desk.plan_for(conn, here.keyring, project, one.plan, planned_for(one), by=by, now=now())
    told_of(out, conn, held.project, held.id)
