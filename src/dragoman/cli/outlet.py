"""``dragoman outlet``: the register of outlets that coverage reports count against, and their watched feeds."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import msgspec

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.who import actor, signing
from dragoman.desk import outlets as desk
from dragoman.model.errors import BadInput
from dragoman.reports.outlet import KINDS, Outlet
from dragoman.store import mentions, outlets, watches
from dragoman.store.watches import Watch

outlet = Noun("outlet", help="Outlets: the register that coverage reports count against, and their watched feeds.")
_EDITORS = ("editor", "desk head", "partner manager")
_COLUMNS = ("id", "name", "country", "languages", "kind", "audience", "agency", "home_page")


def _fields(function: Any) -> Any:
    """The fields of an outlet but for its name, as options."""
    for option in reversed(
        (
            click.option("--country", help="ISO 3166 code of its country, as AZ."),
            click.option("--languages", help="The languages it reports in, as in az,ru."),
            click.option("--kind", type=click.Choice(KINDS)),
            click.option("--home-page", help="Its web address."),
            click.option("--audience", help="How many people it reaches; needs its source and its day."),
            click.option("--audience-source", help="Who says so."),
            click.option("--audience-on", help="As of which day, as 2026-05-01."),
            click.option("--agency", help="The code of the partner it is, if it is one."),
            click.option("--note"),
        )
    ):
        function = option(function)
    return function


@outlet.command(
    "add",
    examples=(
        "dragoman outlet add 'Delta Radio' --country DE --languages de --kind radio --home-page https://delta.example",
        "dragoman outlet add 'Tidewater Press' --kind agency --agency TIDE --audience 120000 --audience-source 'own count'"
        " --audience-on 2026-01-01",
    ),
)
@click.argument("name")
@_fields
@signing
@click.pass_context
def add(
    ctx: click.Context, /, name: str, as_user: str | None, password_file: Path | None, **fields: str | None
) -> None:
    """Declare an outlet. The same one twice is refused; one that looks like another is said."""
    out: Out = ctx.obj
    wanted = desk.outlet_of({"name": name} | _given(fields))
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        _tell(out, desk.register(conn, wanted, by=by))


@outlet.command(
    "change",
    examples=(
        "dragoman outlet change 7 --name 'Delta Radio News'",
        "dragoman outlet change delta.example --kind site",
    ),
)
@click.argument("which", metavar="OUTLET")
@click.option("--name", help="Its new name.")
@_fields
@signing
@click.pass_context
def change(
    ctx: click.Context,
    /,
    which: str,
    name: str | None,
    as_user: str | None,
    password_file: Path | None,
    **fields: str | None,
) -> None:
    """Change an outlet, named by its number, host, agency or name. What is not given stays."""
    out: Out = ctx.obj
    given = _given(fields)
    read = desk.fields_of(given)
    changes = {field: read[field] for field in given} | ({"name": name} if name is not None else {})
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        _tell(out, desk.change(conn, outlets.find(conn, which).id, changes, by=by))


def _given(fields: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value is not None}


def _tell(out: Out, made: desk.Registered) -> None:
    out.record({**_record(made.outlet), "alike": [f"{one.id} {one.name}" for one in made.alike]})
    for one in made.alike:
        out.say(f"It looks like {outlets.shown(one)}.")


@outlet.command("list", examples=("dragoman outlet list", "dragoman outlet list --retired --json"))
@click.option("--retired", is_flag=True, help="Those that have left the register as well.")
@click.pass_obj
def list_(out: Out, retired: bool) -> None:
    """List the register, by name."""
    with newsroom(out) as (_, conn):
        out.records(map(_record, outlets.outlets(conn, retired=retired)), _COLUMNS)


@outlet.command("show", examples=("dragoman outlet show 7", "dragoman outlet show delta.example"))
@click.argument("which", metavar="OUTLET")
@click.pass_obj
def show(out: Out, which: str) -> None:
    """Show an outlet with its watched feeds and what it reported lately."""
    with newsroom(out) as (_, conn):
        one = outlets.find(conn, which)
        out.record(
            {
                **_record(one),
                "watches": [_watch(each) for each in watches.watches(conn, one.id)],
                "mentions": [
                    {"id": each.id, "published": each.published, "title": each.title, "link": each.link}
                    for each in mentions.of_outlet(conn, one.id)
                ],
            }
        )


@outlet.command("retire", examples=("dragoman outlet retire 7",))
@click.argument("which", metavar="OUTLET")
@signing
@click.pass_obj
def retire(out: Out, which: str, as_user: str | None, password_file: Path | None) -> None:
    """Take an outlet out of the register. What it reported is kept."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        out.record(_record(desk.retire(conn, outlets.find(conn, which).id, by=by, now=now())))


@outlet.command("import", examples=("dragoman outlet import outlets.csv",))
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@signing
@click.pass_context
def import_(ctx: click.Context, file: Path, as_user: str | None, password_file: Path | None) -> None:
    """Declare the outlets of a CSV, one a line, - for standard input. A line that cannot stand stops no other."""
    out: Out = ctx.obj
    text = _read(file)
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        rows = desk.import_csv(conn, text, by=by)
    out.records(map(msgspec.structs.asdict, rows), ("line", "outlet", "name", "problem", "alike"))
    if any(row.problem for row in rows):
        ctx.exit(3)


def _read(file: Path) -> str:
    try:
        with click.open_file(str(file), encoding="utf-8") as opened:
            return str(opened.read(desk.MOST_BYTES + 1))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("The list cannot be read", f"{file}: {error}", hint="It is CSV in UTF-8.") from error


@outlet.command("export", examples=("dragoman outlet export > outlets.csv",))
@click.pass_obj
def export(out: Out) -> None:
    """Write the register as CSV, as `import` reads it."""
    from dragoman.web.report.sheets import register_csv

    with newsroom(out) as (_, conn):
        out.raw(register_csv(outlets.outlets(conn)).encode())


# ------------------------------------------------------------------------------------------------ watched feeds


@outlet.command(
    "watch",
    examples=("dragoman outlet watch delta.example https://delta.example/rss --language de --every 30",),
)
@click.argument("which", metavar="OUTLET")
@click.argument("address")
@click.option("--language", default="", help="The language, where the feed does not say.")
@click.option("--every", type=click.IntRange(1, 1440), default=15, show_default=True, help="Minutes between looks.")
@signing
@click.pass_obj
def watch(
    out: Out,
    which: str,
    address: str,
    language: str,
    every: int,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Look at an RSS or Atom feed of an outlet for what it reports. Nothing of it is ever passed on."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        found = outlets.find(conn, which)
        made = desk.watch(conn, found.id, address, by=by, language=language, every=timedelta(minutes=every))
        out.record(_watch(made))


@outlet.command("unwatch", examples=("dragoman outlet unwatch 3",))
@click.argument("number", type=int)
@signing
@click.pass_obj
def unwatch(out: Out, number: int, as_user: str | None, password_file: Path | None) -> None:
    """Look at a feed no more, by its number as `outlet show` has it. Its mentions stay."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        one = watches.watch(conn, number)
        desk.unwatch(conn, number, by=by)
        out.say(f"{one.address} is looked at no more.")


def _record(one: Outlet) -> Record:
    return msgspec.structs.asdict(one)


def _watch(one: Watch) -> dict[str, Any]:
    return {
        "id": one.id,
        "address": one.address,
        "language": one.language,
        "every_min": one.every.total_seconds() / 60,
        "state": one.state,
        "last_poll": one.last_poll,
        "last_mention": one.last_mention,
        "failures": one.failures,
        "last_error": one.last_error,
    }
