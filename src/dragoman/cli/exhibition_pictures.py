"""The pictures of an exhibition on the command line: list, propose, select, vote, caption, hang, right."""

from pathlib import Path
from typing import get_args

import click

from dragoman.cli.at import newsroom, now
from dragoman.cli.exhibition_options import PICTURE_COLUMNS, day, picture_of, picture_record, whole_of
from dragoman.cli.frame import Command
from dragoman.cli.output import Out
from dragoman.cli.terms import words
from dragoman.cli.who import actor, signing
from dragoman.desk import exhibition_pictures as desk
from dragoman.desk import projects
from dragoman.model.errors import BadInput, NotFound
from dragoman.model.exhibition import PictureUse, Right
from dragoman.planning.captions import worded
from dragoman.planning.exhibition import Whole
from dragoman.store import items
from dragoman.store.connect import Connection
from dragoman.text.segments import Written

_EDITORS = ("editor", "desk head")
_ID = click.argument("name", metavar="ID")
_PICTURE = click.argument("picture", metavar="PICTURE")


@click.command(
    "pictures", cls=Command, examples=("dragoman exhibition pictures 3fa2", "dragoman exhibition pictures 3fa2 --json")
)
@_ID
@click.pass_obj
def pictures(out: Out, name: str) -> None:
    """List the proposals in the order of the hanging: votes, decision, place, print size, rights."""
    with newsroom(out) as (_, conn):
        whole = whole_of(conn, name)
        found = sorted(whole.pictures, key=lambda one: not one.record.selected)
        out.records((picture_record(whole, one, now()) for one in found), PICTURE_COLUMNS)


@click.command("propose", cls=Command, examples=("dragoman exhibition propose 3fa2 17 18 --note 'the light'",))
@_ID
@click.argument("numbers", metavar="ITEM...", nargs=-1, required=True)
@click.option("--note", default="", help="Why.")
@signing
@click.pass_obj
def propose(
    out: Out, name: str, numbers: tuple[str, ...], note: str, as_user: str | None, password_file: Path | None
) -> None:
    """Propose picture items of this node; they are put into the project, and go to its members under its terms."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        whole = whole_of(conn, name)
        with conn.transaction():
            ids = [
                desk.propose(
                    conn,
                    here.keyring,
                    whole.project,
                    whole.id,
                    items.find(conn, number).item_id,
                    note=note,
                    by=by,
                    now=now(),
                ).id
                for number in numbers
            ]
        projects.wake(conn)
        _print(out, conn, name, *ids)


@click.command(
    "select",
    cls=Command,
    examples=("dragoman exhibition select 3fa2 9c1e 77aa", "dragoman exhibition select 3fa2 9c1e --out"),
)
@_ID
@click.argument("chosen", metavar="PICTURE...", nargs=-1, required=True)
@click.option("--out", "decision", flag_value="out", help="Leave them out.")
@click.option("--open", "decision", flag_value="open", help="Nobody has decided.")
@signing
@click.pass_obj
def select(
    out: Out, name: str, chosen: tuple[str, ...], decision: str | None, as_user: str | None, password_file: Path | None
) -> None:
    """Take pictures into the exhibition, or leave them out. A picture is named by its id or its number on the wall."""
    wanted = {"out": False, "open": None}.get(decision or "", True)
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        whole = whole_of(conn, name)
        ids = [picture_of(whole, one).id for one in chosen]
        with conn.transaction():
            for id in ids:
                desk.select(conn, here.keyring, whole.project, id, wanted, by=by, now=now())
        projects.wake(conn)
        _print(out, conn, name, *ids)


@click.command("vote", cls=Command, examples=("dragoman exhibition vote 3fa2 9c1e 4 --note 'the light' --as leyla",))
@_ID
@_PICTURE
@click.argument("stars", type=click.IntRange(0, 5))
@click.option("--note", default="", help="Why.")
@signing
@click.pass_obj
def vote(
    out: Out, name: str, picture: str, stars: int, note: str, as_user: str | None, password_file: Path | None
) -> None:
    """Give a picture your own stars, 0 to 5; they are summed for each agency."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        whole = whole_of(conn, name)
        id = picture_of(whole, picture).id
        desk.vote(conn, here.keyring, whole.project, id, stars, note=note, by=by, now=now())
        projects.wake(conn)
        _print(out, conn, name, id)


@click.command(
    "caption",
    cls=Command,
    examples=(
        "dragoman exhibition caption 3fa2 1 ar --text 'قوارب عند الرصيف القديم' --alt 'ثلاثة قوارب'",
        "dragoman exhibition caption 3fa2 1 zh --file boats-zh.txt",
        "dragoman exhibition caption 3fa2 1 ar --review --as orla",
    ),
)
@_ID
@_PICTURE
@click.argument("language")
@click.option("--text", help="The caption.")
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False), help="The caption, from a file in UTF-8.")
@click.option("--alt", help="What stands for the picture where it is not seen.")
@click.option("--credit", help="The credit line, instead of the picture's own.")
@click.option("--review", is_flag=True, help="Say that it is right, as somebody who has not written it.")
@signing
@click.pass_obj
def caption(
    out: Out,
    name: str,
    picture: str,
    language: str,
    text: str | None,
    file: Path | None,
    alt: str | None,
    credit: str | None,
    review: bool,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Write a picture's words in one language, or review them; then show them as they are printed."""
    said = {"text": _from_file(file) if file else text, "alt": alt, "credit": credit}
    with newsroom(out) as (here, conn):
        whole = whole_of(conn, name)
        id = picture_of(whole, picture).id
        if language not in whole.record.languages:
            raise BadInput(
                f"The exhibition is not in {language}", hint=f"It is in: {', '.join(whole.record.languages)}."
            )
        written = [Written(id=f"{id}/{field}", target=words) for field, words in said.items() if words is not None]
        if written or review:
            by = actor(conn, as_user, password_file, *_EDITORS)
            if written:
                desk.write(conn, here.keyring, whole.project, whole.id, language, written, by=by, now=now())
            if review:
                desk.review(conn, here.keyring, whole.project, whole.id, id, language, by=by, now=now())
            projects.wake(conn)
        whole = whole_of(conn, name)
        found = worded(whole, picture_of(whole, id), language)
        out.record(
            {
                "picture": id,
                "language": language,
                "caption": found.text,
                "alt": found.alt,
                "credit": found.credit,
                "characters": found.characters,
                "most": whole.record.caption_most,
                "from": found.text_from,
                "written": found.written,
                "reviewed": found.reviewed,
            }
        )


def _from_file(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("The file cannot be read", f"{file}: {error}") from error


@click.command(
    "hang",
    cls=Command,
    examples=(
        "dragoman exhibition hang 3fa2 9c1e --room 81c0 --place 1 --width 600",
        "dragoman exhibition hang 3fa2 3 --place 1",
    ),
)
@_ID
@_PICTURE
@click.option("--room", help="The room; an empty word for none.")
@click.option("--place", type=click.IntRange(min=1), help="The how-many-eth picture of its room it becomes.")
@click.option("--width", type=click.IntRange(0, 20_000), help="Of the print, in millimetres; 0: free.")
@click.option("--height", type=click.IntRange(0, 20_000), help="Of the print, in millimetres; 0: free.")
@signing
@click.pass_obj
def hang(
    out: Out,
    name: str,
    picture: str,
    room: str | None,
    place: int | None,
    width: int | None,
    height: int | None,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Say where a picture hangs and how large it is printed; what its pixels allow is shown."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        whole = whole_of(conn, name)
        id = picture_of(whole, picture).id
        rooms = [one.id for one in whole.rooms if room and one.id.startswith(room)]
        if room and len(rooms) != 1:
            raise NotFound(f"There is no room {room}", hint="`dragoman exhibition show` lists them.")
        desk.hang(
            conn,
            here.keyring,
            whole.project,
            id,
            room=rooms[0] if rooms else room,
            place=place,
            width_mm=width,
            height_mm=height,
            by=by,
            now=now(),
        )
        projects.wake(conn)
        _print(out, conn, name, id)


@click.command(
    "right",
    cls=Command,
    examples=(
        "dragoman exhibition right 3fa2 9c1e --use print --allow --source 'letter of 3 May' --territory AZ,FR",
        "dragoman exhibition right 3fa2 all --use print --use poster --allow --source 'contract 2026/14'",
        "dragoman exhibition right 3fa2 9c1e --use web --refuse --source 'the estate'",
        "dragoman exhibition right 3fa2 --take-back 5d0c",
    ),
)
@_ID
@click.argument("picture", metavar="[PICTURE]", default="")
@click.option("--use", "uses", multiple=True, type=click.Choice(get_args(PictureUse)), help="Repeatable.")
@click.option("--allow/--refuse", "allowed", default=None, help="A refusal beats every permission.")
@click.option("--source", default="", help="Where it says so; a permission needs it.")
@click.option("--territory", default="", help="ISO 3166 codes; without it everywhere.")
@click.option("--until", default="", help="The last day it holds.")
@click.option("--take-back", "row", default="", help="The id of a right of ours that holds no longer.")
@signing
@click.pass_obj
def right(
    out: Out,
    name: str,
    picture: str,
    uses: tuple[PictureUse, ...],
    allowed: bool | None,
    source: str,
    territory: str,
    until: str,
    row: str,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Write down what may be done with a picture (or with `all` that are selected), then list what is written down."""
    with newsroom(out) as (here, conn):
        whole = whole_of(conn, name)
        if row or uses:
            by = actor(conn, as_user, password_file, *_EDITORS)
        with conn.transaction():
            if row:
                desk.take_back_right(conn, here.keyring, whole.project, row, by=by, now=now())
            elif uses and allowed is None:
                raise BadInput("Say whether it is allowed", hint="--allow or --refuse.")
            for one in _chosen(whole, picture) if uses else ():
                for use in uses:
                    wanted = Right(
                        picture=one,
                        use=use,
                        allowed=bool(allowed),
                        source=source,
                        territory=tuple(code.upper() for code in words(territory, "")),
                        until=day(until) if until else None,
                    )
                    desk.say_right(conn, here.keyring, whole.project, wanted, by=by, now=now())
        projects.wake(conn)
        whole = whole_of(conn, name)
        ids = _chosen(whole, picture or "all")
        found = [
            {"picture": one.id, "right": held.id, "agency": held.made.agency, **_right(held.record)}
            for one in whole.pictures
            if one.id in ids
            for held in one.rights
        ]
        out.records(found, ("picture", "right", "agency", "use", "allowed", "source", "territory", "until"))


def _right(one: Right) -> dict[str, object]:
    return {
        "use": one.use,
        "allowed": one.allowed,
        "source": one.source,
        "territory": one.territory,
        "until": one.until.isoformat() if one.until else "",
    }


def _chosen(whole: Whole, name: str) -> list[str]:
    if name == "all":
        return [one.id for one in whole.selected or whole.pictures]
    return [picture_of(whole, name).id]


def _print(out: Out, conn: Connection, name: str, *ids: str) -> None:
    whole = whole_of(conn, name)
    found = [picture_record(whole, one, now()) for one in whole.pictures if one.id in ids]
    out.records(found, PICTURE_COLUMNS)


VERBS: tuple[click.Command, ...] = (pictures, propose, select, vote, caption, hang, right)
