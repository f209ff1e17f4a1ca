"""``dragoman alert``: queries that people have saved, and what has answered them."""

from typing import Any

import click

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.who import operator
from dragoman.desk import alerts as desk
from dragoman.model.errors import NotFound
from dragoman.store import alerts, diary, people
from dragoman.store.alerts import Alert
from dragoman.store.connect import Connection
from dragoman.store.people import Person

alert = Noun("alert", help="Saved queries and what has answered them: add, list, show, test, remove.")
_COLUMNS = ("id", "person", "name", "query", "new", "looked")


def _person(conn: Connection, name: str) -> Person:
    found = next((one for one in people.people(conn) if one.name == name), None)
    if found is None:
        raise NotFound(f"There is no user {name}", hint="`dragoman user list` shows them.")
    return found


def _record(one: Alert) -> Record:
    return {
        "id": one.id,
        "person": one.person.name,
        "name": one.name,
        "query": one.query,
        "new": one.new,
        "looked": one.looked,
    }


@alert.command("add", examples=("dragoman alert add leyla 'Harbours' 'harbour* place:Baku'",))
@click.argument("user")
@click.argument("name")
@click.argument("query", nargs=-1, required=True)
@click.pass_obj
def add(out: Out, user: str, name: str, query: tuple[str, ...]) -> None:
    """Save a query for a user."""
    with newsroom(out) as (_, conn):
        out.record(_record(desk.add(conn, _person(conn, user), name, " ".join(query), by=operator())))


@alert.command("list", examples=("dragoman alert list", "dragoman alert list --user leyla"))
@click.option("--user", default="", help="Of this user alone.")
@click.pass_obj
def list_(out: Out, user: str) -> None:
    """List the alerts, with what is new since their owner looked."""
    with newsroom(out) as (_, conn):
        diary.follow(conn)
        desk.follow(conn, now())
        found = alerts.alerts(conn, _person(conn, user).id if user else None)
        out.records(map(_record, found), _COLUMNS)


@alert.command("show", examples=("dragoman alert show 3",))
@click.argument("number", type=int)
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.pass_obj
def show(out: Out, number: int, limit: int) -> None:
    """Show what has answered an alert, newest first, as its owner may see it. It stays news for them."""
    with newsroom(out) as (_, conn):
        desk.follow(conn, now())
        one = alerts.alert(conn, number)
        out.records(
            [_hit(found) for found in desk.shown(conn, one, now(), limit)], ("at", "new", "agency", "title", "what")
        )


def _hit(found: desk.Found) -> dict[str, Any]:
    hit = {"at": found.hit.at, "new": found.is_new}
    if found.filed is not None:
        item = found.filed.item
        return {
            **hit,
            "agency": found.filed.version.origin,
            "title": item.headline,
            "what": f"item {found.filed.item_id}",
        }
    one = found.happening
    return {
        **hit,
        "agency": one.agency if one else "",
        "title": one.event.title() if one else "",
        "what": f"event {found.hit.project}/{found.hit.record}",
    }


@alert.command(
    "test", examples=("dragoman alert test 'harbour* place:Baku'", "dragoman alert test --user leyla 'kind:event'")
)
@click.argument("query", nargs=-1, required=True)
@click.option("--user", default="", help="As this user would see it; without it, as one who may see everything.")
@click.option("--days", type=click.IntRange(1, 90), default=7, show_default=True)
@click.pass_obj
def test(out: Out, query: tuple[str, ...], user: str, days: int) -> None:
    """Say how often a query would have fired in the last days."""
    with newsroom(out) as (_, conn):
        person = _person(conn, user) if user else Person(id=0, name=operator(), role="administrator")
        found = desk.tried(conn, " ".join(query), person, now(), days)
        if out.json:
            by_day = {day.isoformat(): count for day, count in found.by_day}
            out.record({"count": found.count, "by_day": by_day, "is_cut": found.is_cut})
            return
        for day, count in found.by_day:
            out.line(f"{day}\t{count}")
        out.say(
            f"It would have found {found.count} in {days} days{'; only the newest were looked through' if found.is_cut else ''}."
        )


@alert.command("remove", examples=("dragoman alert remove 3",))
@click.argument("number", type=int)
@click.pass_obj
def remove(out: Out, number: int) -> None:
    """Remove an alert with what it found."""
    with newsroom(out) as (_, conn):
        desk.remove(conn, number, by=operator())
    out.say(f"Alert {number} is gone.")
