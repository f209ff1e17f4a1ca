"""``dragoman agency``: the agencies and institutions we know."""

from typing import get_args

import click
import msgspec

from dragoman.cli.at import newsroom
from dragoman.cli.frame import Noun
from dragoman.cli.init import check_zone
from dragoman.cli.output import Out, Record
from dragoman.cli.who import operator
from dragoman.model.agency import Agency, AgencyKind
from dragoman.store import agencies, audit

agency = Noun("agency", help="Agencies we know: add, list, show.")


@agency.command(
    "add", examples=("dragoman agency add TIDE --name 'Tidewater Press' --country NL --languages en,de --zone UTC",)
)
@click.argument("code")
@click.option("--name", required=True, help="Its name.")
@click.option("--kind", type=click.Choice(get_args(AgencyKind)), default="agency", show_default=True)
@click.option("--country", default="", help="ISO 3166 code of its country.")
@click.option("--zone", default="UTC", show_default=True, help="Its time zone.")
@click.option("--languages", default="", help="The languages it writes, as in en,ru.")
@click.pass_obj
def add(out: Out, code: str, name: str, kind: AgencyKind, country: str, zone: str, languages: str) -> None:
    """Add an agency. One that runs Dragoman is added by `node trust`."""
    check_zone(zone)
    spoken = tuple(word.strip().lower() for word in languages.split(",") if word.strip())
    wanted = Agency(code=code, name=name, kind=kind, country=country.upper(), zone=zone, languages=spoken)
    with newsroom(out) as (_, conn):
        with conn.transaction():
            made = agencies.add_agency(conn, wanted)
            audit.record(conn, operator(), "agency added", code)
        out.record(_record(made))


@agency.command("list", examples=("dragoman agency list", "dragoman agency list --json"))
@click.pass_obj
def list_(out: Out) -> None:
    """List the agencies, our own first."""
    with newsroom(out) as (_, conn):
        out.records(map(_record, agencies.agencies(conn)), ("code", "name", "kind", "country", "languages", "node"))


@agency.command("show", examples=("dragoman agency show TIDE",))
@click.argument("code")
@click.pass_obj
def show(out: Out, code: str) -> None:
    """Show an agency with its keys, bureaus and correspondents."""
    with newsroom(out) as (_, conn):
        found = agencies.agency(conn, code)
        out.record(
            {
                **_record(found),
                "keys": [
                    {"fingerprint": k.fingerprint, "state": k.state, "since": k.since, "until": k.until}
                    for k in agencies.keys(conn, code)
                ],
                "bureaus": [msgspec.to_builtins(b) for b in agencies.bureaus(conn, code)],
                "correspondents": [msgspec.to_builtins(c) for c in agencies.correspondents(conn, code)],
            }
        )


def _record(one: Agency) -> Record:
    return {name: value for name, value in msgspec.structs.asdict(one).items() if name != "id"}
