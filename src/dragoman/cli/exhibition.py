"""``dragoman exhibition``: joint exhibitions from the first proposal to the wall, the web and the printer."""

from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from dragoman.cli.at import newsroom, now
from dragoman.cli.exhibition_options import day, hour_at, record_of, texts, whole_of
from dragoman.cli.exhibition_pictures import VERBS
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.terms import words
from dragoman.cli.who import actor, confirmed, operator, signing
from dragoman.desk import exhibitions as desk
from dragoman.desk import projects
from dragoman.model.errors import NotFound
from dragoman.model.event import Venue
from dragoman.model.exhibition import Exhibition, Room
from dragoman.planning.exhibition import said
from dragoman.planning.exhibition_checks import blocking, findings
from dragoman.store import agencies, audit
from dragoman.store.connect import Connection

exhibition = Noun("exhibition", help="Joint exhibitions: propose, select, vote, caption, hang, publish, export.")
EDITORS = ("editor", "desk head")
_COLUMNS = ("id", "project", "maker", "state", "title", "opens", "until", "venue", "proposed", "selected")


@exhibition.command(
    "new",
    examples=(
        "dragoman exhibition new --title 'en=The harbour remembers' --title 'ar=الميناء يتذكر' --languages en,ar",
        "dragoman exhibition new --project LNA:harbour-forum --title en=Harbour --languages en --opens '2026-05-20 18:00'",
    ),
)
@click.option("--title", "titles", multiple=True, required=True, help="LANGUAGE=TITLE. Repeatable.")
@click.option("--project", default="", help="The joint project it belongs to; without it our own desk's.")
@click.option("--languages", default="en", show_default=True, help="Those every caption must exist in, as in en,ar,zh.")
@click.option("--introduction", multiple=True, help="LANGUAGE=TEXT. Repeatable.")
@click.option("--venue", default="", help="The house it hangs in.")
@click.option("--address", default="", help="Its street.")
@click.option("--city", default="", help="Its city.")
@click.option("--country", default="", help="ISO 3166 code of its country.")
@click.option("--zone", default="", help="Its time zone; without it ours.")
@click.option("--opens", default="", help="The opening, on the venue's clocks, as in '2026-05-20 18:00'.")
@click.option("--which", type=click.Choice(["earlier", "later"]), default=None, help="Where that hour comes twice.")
@click.option("--until", default="", help="The last day.")
@click.option("--announced", is_flag=True, help="Title and hour may be read before the opening.")
@click.option(
    "--uses", default="web,print", show_default=True, help="What is made of it: web, print, catalogue, poster."
)
@click.option("--event", default="", help="The event of the project that it is.")
@click.option("--caption-most", type=click.IntRange(50, 2000), default=350, show_default=True)
@signing
@click.pass_obj
def new(
    out: Out, /, project: str, as_user: str | None, password_file: Path | None, which: str | None, **told: Any
) -> None:
    """Make an exhibition. Partners who share its project see it on their own nodes."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *EDITORS)
        wanted = _exhibition(told, told["zone"] or agencies.home(conn).zone, which or "")
        inside = project or projects.desk_project(conn, here.keyring, now=now())
        made = desk.make(conn, here.keyring, inside, wanted, by=by, now=now())
        projects.wake(conn)
        out.record(record_of(desk.opened(conn, inside, made.id)))


def _exhibition(told: dict[str, Any], zone: str, which: str) -> Exhibition:
    return Exhibition(
        titles=texts(told["titles"]),
        introduction=texts(told["introduction"]),
        languages=words(told["languages"], ""),
        uses=words(told["uses"], ""),  # type: ignore[arg-type]  # the act is checked against the struct
        venue=Venue(
            name=told["venue"],
            address=told["address"],
            city=told["city"],
            country=told["country"].upper(),
            zone=told["zone"],
        ),
        opens=hour_at(told["opens"], zone, which) if told["opens"] else None,
        until=day(told["until"]) if told["until"] else None,
        announced=told["announced"],
        event=told["event"],
        caption_most=told["caption_most"],
    )


@exhibition.command("list", examples=("dragoman exhibition list", "dragoman exhibition list --project LNA:harbour"))
@click.option("--project", default="", help="Only of this project.")
@click.pass_obj
def list_(out: Out, project: str) -> None:
    """List the exhibitions that we make or take part in, the newest first."""
    with newsroom(out) as (_, conn):
        out.records([_line(one) for one in desk.exhibitions(conn, project)], _COLUMNS)


def _line(one: desk.Line) -> Record:
    record = one.held.record
    return {
        "id": one.held.id,
        "project": one.held.project,
        "maker": one.held.made.agency,
        "state": record.state,
        "title": said(record.titles, record.languages[0], record.languages).text,
        "opens": record.opens,
        "until": record.until,
        "venue": record.venue.name,
        "proposed": one.proposed,
        "selected": one.selected,
    }


@exhibition.command("show", examples=("dragoman exhibition show 3fa2", "dragoman exhibition show 3fa2 --json"))
@click.argument("name", metavar="ID")
@click.pass_obj
def show(out: Out, name: str) -> None:
    """Show an exhibition: place and time, rooms, how far it has come."""
    with newsroom(out) as (_, conn):
        out.record(record_of(whole_of(conn, name)))


@exhibition.command(
    "room",
    examples=(
        "dragoman exhibition room 3fa2 --title 'en=Boats and nets' --title 'ar=قوارب وشباك'",
        "dragoman exhibition room 3fa2 --room 81c0 --text 'en=Work that begins before light.' --place 1",
        "dragoman exhibition room 3fa2 --room 81c0 --drop",
    ),
)
@click.argument("name", metavar="ID")
@click.option("--room", "id", default="", help="The room to change; without it a new one is added.")
@click.option("--title", "titles", multiple=True, help="LANGUAGE=TITLE. Repeatable.")
@click.option("--text", "said_there", multiple=True, help="LANGUAGE=TEXT of its panel. Repeatable.")
@click.option("--place", type=click.IntRange(min=1), help="The how-many-eth room it becomes.")
@click.option("--drop", is_flag=True, help="Take the room away; its pictures stay.")
@signing
@click.pass_obj
def room(
    out: Out,
    name: str,
    id: str,
    titles: tuple[str, ...],
    said_there: tuple[str, ...],
    place: int | None,
    drop: bool,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Add a room, or change, move or drop one; then list the rooms in their order."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *EDITORS)
        whole = whole_of(conn, name)
        keys, project = here.keyring, whole.project
        if drop:
            desk.drop_room(conn, keys, project, _room_id(conn, name, id), by=by, now=now())
        elif id:
            id = _room_id(conn, name, id)
            before = next(one.record for one in whole.rooms if one.id == id)
            words_now = {"titles": before.titles | texts(titles), "text": before.text | texts(said_there)}
            desk.change_room(conn, keys, project, id, by=by, now=now(), **words_now)
        else:
            wanted = Room(exhibition=whole.id, titles=texts(titles), text=texts(said_there))
            id = desk.add_room(conn, keys, project, whole.id, wanted, by=by, now=now()).id
        if place is not None and not drop:
            desk.move_room(conn, keys, project, id, place, by=by, now=now())
        projects.wake(conn)
        whole = whole_of(conn, name)
        found = [
            {"place": at, "id": one.id, "titles": one.record.titles, "text": one.record.text}
            for at, one in enumerate(whole.rooms, 1)
        ]
        out.records(found, ("place", "id", "titles"))


def _room_id(conn: Connection, name: str, id: str) -> str:
    found = [one.id for one in whole_of(conn, name).rooms if id and one.id.startswith(id)]
    if len(found) != 1:
        raise NotFound(f"There is no room {id}", hint="`dragoman exhibition show` lists them.")
    return found[0]


@exhibition.command("check", examples=("dragoman exhibition check 3fa2", "dragoman exhibition check 3fa2 --json"))
@click.argument("name", metavar="ID")
@click.pass_context
def check(ctx: click.Context, name: str) -> None:
    """List what stands in the way of publishing, and what only warns. Ends with 1 where something blocks."""
    out: Out = ctx.obj
    with newsroom(out) as (_, conn):
        whole = whole_of(conn, name)
        numbers = {one.id: at for at, one in enumerate(whole.selected, 1)}
        found = findings(whole, now())
        records = [
            {
                "severity": one.severity,
                "finding": one.key,
                "number": numbers.get(one.picture),
                "picture": one.picture,
                "language": one.language,
                "detail": one.detail,
            }
            for one in found
        ]
        out.records(records, ("severity", "finding", "number", "language", "detail"))
    if blocking(found):
        ctx.exit(1)
    out.say("Nothing stands in the way.")


@exhibition.command(
    "publish", examples=("dragoman exhibition publish 3fa2", "dragoman exhibition publish 3fa2 --close")
)
@click.argument("name", metavar="ID")
@click.option("--take-back", "what", flag_value="take back", help="No longer public; or open a closed one again.")
@click.option("--close", "what", flag_value="close", help="It is over: nothing of it is shown or changes any more.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@signing
@click.pass_obj
def publish(out: Out, name: str, what: str | None, yes: bool, as_user: str | None, password_file: Path | None) -> None:
    """Let the public see it from its opening on. Only its maker may, and only when nothing blocks."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *EDITORS)
        whole = whole_of(conn, name)
        do = {"take back": desk.take_back, "close": desk.close}.get(what or "", desk.publish)
        confirmed(f"{(what or 'publish').capitalize()} {record_of(whole)['title']}?", yes=yes)
        done = do(conn, here.keyring, whole.project, whole.id, by=by, now=now())
        projects.wake(conn)
        out.record(record_of(replace(whole, held=done)))
        if done.record.state == "published" and "web" in done.record.uses:
            out.say(f"Gallery: {here.config.url.rstrip('/')}/gallery/{whole.project}/{whole.id}")


@exhibition.command(
    "export",
    examples=(
        "dragoman exhibition export 3fa2 --to harbour.zip",
        "dragoman exhibition export 3fa2 --to harbour --languages en,ar --pdf",
    ),
)
@click.argument("name", metavar="ID")
@click.option("--to", required=True, type=click.Path(path_type=Path), help="A new folder, or a file ending in .zip.")
@click.option("--languages", default="", help="Only these, as in en,ar.")
@click.option("--pdf", is_flag=True, help="Labels, panels and list as PDF too; needs Chromium (print.chromium).")
@click.pass_obj
def export(out: Out, name: str, to: Path, languages: str, pdf: bool) -> None:
    """Write it as files that work without us: gallery, labels, panels, the printer's list, the pictures that are cleared.

    The same exhibition gives the same bytes. manifest.json names every file with its SHA-256, every picture with its
    captions, credits and rights, and what was left out and why.
    """
    from dragoman.desk.printing import pdf_of, program_of
    from dragoman.web.exhibition.export import Wanted, pieces, write_folder, write_zip

    with newsroom(out) as (here, conn):
        chromium = program_of(here.config.print.chromium) if pdf else ""
        printer = (lambda html: pdf_of(html, chromium=chromium)) if pdf else None
        whole = whole_of(conn, name)
        wanted = Wanted(languages=words(languages, ""), home=agencies.home(conn).name, printer=printer)
        found = pieces(conn, here.files, whole, wanted, now())
        count = write_zip(found, to) if to.suffix == ".zip" else write_folder(found, to)
        audit.record(conn, operator(), "exhibition exported", f"{whole.project}/{whole.id}", to=to.name)
        out.record({"id": whole.id, "to": str(to), "files": count})


for _verb in VERBS:
    exhibition.add_command(_verb)
