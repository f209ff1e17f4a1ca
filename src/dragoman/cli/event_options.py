"""The noun ``dragoman event``, and what its commands share: the options of an event, its name, its line."""

from typing import Any, get_args

import click
import msgspec
from msgspec.structs import replace

from dragoman.cli.event_times import all_day, day, said, wall
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.desk import events as desk
from dragoman.model.errors import BadInput, NotFound
from dragoman.model.event import Accreditation, Event, EventKind, Venue
from dragoman.planning.diary import Entry
from dragoman.planning.times import find_zone, zone
from dragoman.store import diary
from dragoman.store.connect import Connection
from dragoman.store.projects import records

event = Noun("event", help="The diary: plan, show, change, cover, publish; partners' events; anniversaries.")
COLUMNS = ("starts", "there", "zone", "state", "agency", "kind", "title", "place", "coverage", "id")
NAME = "PROJECT/ID"


def line(entry: Entry) -> Record:
    one, place = entry.happening, zone(entry.event.place_zone)
    there = entry.starts.astimezone(place)
    return {
        "starts": entry.starts,
        "ends": entry.ends,
        "there": f"{there:%Y-%m-%d}" if entry.event.all_day else f"{there:%Y-%m-%d %H:%M}",
        "zone": "" if entry.event.all_day else place.key,
        "all_day": entry.event.all_day,
        "state": entry.event.state,
        "agency": one.agency,
        "kind": entry.event.kind,
        "title": entry.event.title(),
        "place": entry.event.venue.line,
        "coverage": [f"{row.agency or '?'}:{row.kind}:{row.state}" for row in one.rows],
        "id": f"item {one.item}" if one.item else f"{one.project}/{one.id}",
    }


def named(conn: Connection, name: str) -> tuple[str, str]:
    """The project and id of an event called ``PROJECT/ID``, or by an id that only one has.

    Raises: NotFound: there is none, or more than one.
    """
    project, sign, id = name.rpartition("/")
    if sign:
        return project, id
    found = [held for held in records(conn, Event) if held.id == name]
    if len(found) != 1:
        raise NotFound(
            f"There is no one event {name}", hint="`dragoman event diary` shows them; name it as PROJECT/ID."
        )
    return found[0].project, found[0].id


def told_of(out: Out, conn: Connection, project: str, id: str) -> None:
    desk.wake(conn)
    one = diary.happening(conn, project, id)
    out.record(line(Entry(happening=one, starts=one.event.starts, ends=one.event.ends or one.event.starts)))


def details(function: Any) -> Any:
    """The options that a new event and a changed one share."""
    for option in reversed(
        (
            click.option("--title", "titles", multiple=True, help="LANGUAGE=TITLE. Repeatable."),
            click.option("--summary", "summaries", multiple=True, help="LANGUAGE=TEXT. Repeatable."),
            click.option("--kind", type=click.Choice(get_args(EventKind)), default=None),
            click.option(
                "--starts", default="", help="As in '2026-05-04 10:00', by the clock of the zone; a day if --all-day."
            ),
            click.option("--ends", default="", help="The same; of --all-day the last day."),
            click.option("--all-day", "whole_days", is_flag=True, help="Days, not hours."),
            click.option("--earlier", "which", flag_value="earlier", help="Of a time that comes twice, the earlier."),
            click.option("--later", "which", flag_value="later", help="Of a time that comes twice, the later."),
            click.option("--zone", "zone_name", default="", help="Its zone; without it our agency's."),
            click.option("--part-of", "parent", default=None, help="The id of the event it is a part of."),
            click.option("--rule", default=None, help="How it recurs, as in FREQ=WEEKLY;BYDAY=TU (RFC 5545)."),
            click.option("--but", multiple=True, help="A day on which it does not take place. Repeatable."),
            click.option("--venue", default=None, help="The name of the place."),
            click.option("--city", default=None),
            click.option("--address", default=None),
            click.option("--country", default=None, help="ISO 3166 code."),
            click.option("--host", "hosts", multiple=True, help="Repeatable."),
            click.option("--co-organiser", "co_organisers", multiple=True, help="Repeatable."),
            click.option("--languages", default=None, help="As in az,en."),
            click.option("--slugline", default=None, help="Copy that bears it may fulfil its coverage."),
            click.option("--accreditation", default="", help="How to apply; it is then required."),
            click.option("--accredit-until", default="", help="By the clock of the zone."),
            click.option("--embargo", default="", help="Until when its title is for members and planners."),
            click.option("--public-title", default=None, help="What others see until then."),
            click.option("--note", default=None, help="A note of the desk."),
        )
    ):
        function = option(function)
    return function


def event_told(told: dict[str, Any], before: Event | None, home_zone: str) -> Event:
    """The event as told on the command line, what was not said as it was before.

    Raises: BadInput: a time or a text cannot be read, or there is no beginning.
    """
    zone_name = told["zone_name"] or (before.place_zone if before else home_zone)
    if find_zone(zone_name) is None:
        raise BadInput(f"There is no time zone {zone_name!r}", hint="As in Asia/Baku or Europe/Paris.")
    which = told["which"] or ""
    changes: dict[str, Any] = {
        name: told[name]
        for name in ("kind", "parent", "rule", "slugline", "public_title", "note")
        if told[name] is not None
    }
    changes |= {name: told[name] for name in ("hosts", "co_organisers") if told[name]}
    if told["languages"] is not None:
        changes["languages"] = tuple(told["languages"].replace(",", " ").lower().split())
    for name, given in (("titles", "titles"), ("summary", "summaries")):
        if told[given]:
            changes[name] = {**(getattr(before, name) if before else {}), **said(told[given])}
    changes |= _span(told, zone_name, which, before)
    if told["but"]:
        changes["but"] = tuple(sorted({*(before.but if before else ()), *map(day, told["but"])}))
    venue = {"name": told["venue"], "city": told["city"], "address": told["address"], "country": told["country"]}
    venue = {name: value for name, value in venue.items() if value is not None}
    changes["venue"] = replace(before.venue if before else Venue(), **venue)
    if told["accreditation"] or told["accredit_until"]:
        until = wall(told["accredit_until"], zone_name, which) if told["accredit_until"] else None
        changes["accreditation"] = Accreditation(required=True, until=until, how=told["accreditation"])
    if told["embargo"]:
        changes["embargoed_until"] = wall(told["embargo"], zone_name, which)
    if before is None and "starts" not in changes:
        raise BadInput("Say when it begins", hint="--starts '2026-05-04 10:00'.")
    made = replace(before, **changes) if before else Event(**{"titles": {}, **changes})
    try:
        return msgspec.convert(msgspec.to_builtins(made), Event)
    except msgspec.ValidationError as error:
        raise BadInput("This is no event", str(error)) from error


def _span(told: dict[str, Any], zone_name: str, which: str, before: Event | None) -> dict[str, Any]:
    if told["whole_days"] or told["kind"] == "anniversary":
        if not told["starts"]:
            return {}
        starts, ends = all_day(told["starts"], told["ends"])
        return {"starts": starts, "ends": ends, "all_day": True, "zone": told["zone_name"]}
    changes: dict[str, Any] = {"zone": zone_name} if told["zone_name"] or before is None else {}
    if told["starts"]:
        changes |= {"starts": wall(told["starts"], zone_name, which), "all_day": False}
    if told["ends"]:
        changes["ends"] = wall(told["ends"], zone_name, which)
    return changes
