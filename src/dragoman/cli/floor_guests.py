"""``dragoman floor``: whom we let in, and their links."""

from pathlib import Path
from typing import get_args

import click

from dragoman.cli.at import newsroom, now
from dragoman.cli.floor_desk import at_floor, floor, moment, zone_of
from dragoman.cli.output import Out, Record
from dragoman.cli.who import signing
from dragoman.desk.floor import guests, moderating, running
from dragoman.store import floor as store
from dragoman.store.floor import Guest, GuestRole


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
    with at_floor(out, event, as_user, password_file) as (desk, url):
        person = guests.Invited(name=name, agency=agency.upper(), outlet=outlet, language=language, role=role)
        end = moment(until, zone_of(moderating.hall_of(desk))) if until else None
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
    with at_floor(out, name, as_user, password_file) as (desk, _):
        out.record(_guest(guests.revoke(desk, number)))


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
