"""``dragoman user``: people of the newsroom."""

from pathlib import Path

import click
import msgspec

from dragoman.cli.at import newsroom
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out
from dragoman.cli.who import operator, password_option, secret
from dragoman.store import audit, people

user = Noun("user", help="People of the newsroom: add, list.")


@user.command(
    "add",
    examples=(
        "dragoman user add leyla --role editor",
        "dragoman user add oskar --role 'desk head' --password-file oskar.txt",
    ),
)
@click.argument("name")
@click.option("--role", type=click.Choice(people.ROLES), required=True, help="What they may do.")
@click.option("--language", default="en", show_default=True, help="The language their pages are in.")
@password_option
@click.pass_obj
def add(out: Out, name: str, role: str, language: str, password_file: Path | None) -> None:
    """Add a user. The password is asked for, or read from a file or standard input."""
    with newsroom(out) as (_, conn):
        password = secret(
            f"Password for {name} ({people.MIN_PASSWORD} characters or more)", password_file, confirm=True
        )
        with conn.transaction():
            person = people.add_person(conn, name, password, role, language)
            audit.record(conn, operator(), "user added", name, role=role)
        out.record(msgspec.structs.asdict(person))


@user.command("list", examples=("dragoman user list", "dragoman user list --json"))
@click.pass_obj
def list_(out: Out) -> None:
    """List the users who can log in."""
    with newsroom(out) as (_, conn):
        out.records(map(msgspec.structs.asdict, people.people(conn)), ("name", "role", "language"))
