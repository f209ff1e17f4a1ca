"""``dragoman agency``: the agencies and institutions we know."""

from typing import get_args

import click
import msgspec

from dragoman.cli.at import newsroom
from dragoman.cli.frame import Noun
from dragoman.cli.init import check_zone
from dragoman.cli.output import Out, Record
from dragoman.cli.who import operator
from dragoman.model.agency import Agency, AgencyKind, Bureau, Correspondent
from dragoman.model.errors import NotFound
from dragoman.store import agencies, audit

agency = Noun("agency", help="Agencies we know: add, list, show; their bureaus and correspondents.")


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
    spoken = _words(languages)
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


@agency.command("bureau", examples=("dragoman agency bureau TIDE Rotterdam --country NL --zone Europe/Amsterdam",))
@click.argument("code")
@click.argument("place")
@click.option("--country", default="", help="ISO 3166 code of the country it stands in.")
@click.option("--zone", default="UTC", show_default=True, help="The zone its clock shows.")
@click.option("--languages", default="", help="The languages it writes in, as in en,nl.")
@click.pass_obj
def bureau(out: Out, code: str, place: str, country: str, zone: str, languages: str) -> None:
    """Add a bureau to an agency, or change the one in this place."""
    check_zone(zone)
    wanted = Bureau(agency=code, place=place, country=country.upper(), zone=zone, languages=_words(languages))
    with newsroom(out) as (_, conn), conn.transaction():
        agencies.agency(conn, code)
        agencies.add_bureau(conn, wanted)
        audit.record(conn, operator(), "bureau added", code, place=place)
        out.records([msgspec.to_builtins(b) for b in agencies.bureaus(conn, code)], ("place", "country", "zone"))


@agency.command("correspondent", examples=("dragoman agency correspondent TIDE 'Jan Quay' --bureau Rotterdam",))
@click.argument("code")
@click.argument("name")
@click.option("--bureau", "place", default="", help="The place of the bureau, if there is one.")
@click.option("--languages", default="", help="The languages the person writes in.")
@click.pass_obj
def correspondent(out: Out, code: str, name: str, place: str, languages: str) -> None:
    """Add a correspondent to an agency."""
    with newsroom(out) as (_, conn), conn.transaction():
        agencies.agency(conn, code)
        if place and place not in {b.place for b in agencies.bureaus(conn, code)}:
            raise NotFound(f"{code} has no bureau in {place}", hint="`dragoman agency bureau` adds one.")
        agencies.add_correspondent(
            conn, Correspondent(agency=code, name=name, bureau=place, languages=_words(languages))
        )
        audit.record(conn, operator(), "correspondent added", code, name=name)
        out.records([msgspec.to_builtins(c) for c in agencies.correspondents(conn, code)], ("name", "bureau"))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip().lower() for word in text.split(",") if word.strip())


def _record(one: Agency) -> Record:
    return {name: value for name, value in msgspec.structs.asdict(one).items() if name != "id"}
