"""``dragoman translate``: language versions from the command line, as on the translation desk's pages."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click
import msgspec

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.who import actor, authenticated, operator, signing
from dragoman.desk import translations as desk
from dragoman.desk.translated import WAITS, Desk, Line, desk_of, lines
from dragoman.model.errors import BadInput
from dragoman.store import audit, items, translations
from dragoman.store.connect import Connection
from dragoman.store.translations import Translation
from dragoman.text.segments import Written

translate = Noun(
    "translate", help="Language versions: list, show, start, save, ready, publish, return, update; how many people."
)
_COLUMNS = ("item", "language", "waits", "done", "paragraphs", "changes", "changed_by", "headline")
_EDITORS = ("editor", "desk head")


@translate.command("list", examples=("dragoman translate list", "dragoman translate list --language fr --waits ready"))
@click.option("--language", default="", help="Only into this language.")
@click.option("--person", default="", help="Only what this user has had a hand in.")
@click.option("--waits", type=click.Choice(WAITS), help="Only what waits for this.")
@click.pass_obj
def list_(out: Out, language: str, person: str, waits: str | None) -> None:
    """List what is being translated, what is most pressing first."""
    with newsroom(out) as (_, conn):
        found = lines(conn, language=language, person=person)
        out.records((_line(one) for one in found if waits in (None, one.waits)), _COLUMNS)


@translate.command(
    "show", examples=("dragoman translate show 17 fr", "dragoman translate show 17 fr --json > harbour.fr.jsonl")
)
@click.argument("name", metavar="ITEM")
@click.argument("language")
@click.pass_obj
def show(out: Out, name: str, language: str) -> None:
    """Show a translation, source and ours: with --json one paragraph a line, as `save` takes them."""
    with newsroom(out) as (_, conn):
        standing = desk_of(conn, _number(conn, name), language, now=now())
        found = {one.id: one for one in standing.findings}
        out.records(
            (
                {
                    "id": one.id,
                    "kind": one.kind,
                    "source": one.source,
                    "target": one.target,
                    "was": one.was,
                    "seen": one.stamp,
                    "finding": f"{found[one.id].rule} {found[one.id].detail}".strip() if one.id in found else "",
                }
                for one in standing.segments
            ),
            ("id", "kind", "source", "target", "finding"),
        )
        out.note(_said(standing))


@translate.command("start", examples=("dragoman translate start 17 fr",))
@click.argument("name", metavar="ITEM")
@click.argument("language")
@signing
@click.pass_obj
def start(out: Out, name: str, language: str, as_user: str | None, password_file: Path | None) -> None:
    """Begin to translate an item, or go on with what was begun."""
    _act(out, name, as_user, password_file, lambda conn, item, by, at: desk.start(conn, item, language, by, at))


@translate.command("save", examples=("dragoman translate save 17 fr harbour.fr.jsonl",))
@click.argument("name", metavar="ITEM")
@click.argument("language")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@signing
@click.pass_obj
def save(out: Out, name: str, language: str, file: Path, as_user: str | None, password_file: Path | None) -> None:
    """Keep a draft: a file of JSON lines as `show --json` writes them, - for standard input.

    Where somebody else has written a paragraph meanwhile, theirs stands and yours is kept beside it.
    """
    written = _written(file)
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        saved = desk.save(conn, _number(conn, name), language, written, by=by, now=now())
        out.record({**_record(saved.translation), "clashes": [clash.id for clash in saved.clashes]})
        for clash in saved.clashes:
            out.say(f"{clash.id}: somebody else has written it meanwhile; yours is kept beside it.")


@translate.command("ready", examples=("dragoman translate ready 17 fr --as nino",))
@click.argument("name", metavar="ITEM")
@click.argument("language")
@signing
@click.pass_obj
def ready(out: Out, name: str, language: str, as_user: str | None, password_file: Path | None) -> None:
    """Mark a translation as ready: a second person reads it."""
    _act(out, name, as_user, password_file, lambda conn, item, by, at: desk.ready(conn, item, language, by, at))


@translate.command(
    "publish",
    examples=(
        "dragoman translate publish 17 fr --as olga",
        "dragoman translate publish 17 fr --reason 'Le mois était faux : juin, non juillet.' --as olga",
    ),
)
@click.argument("name", metavar="ITEM")
@click.argument("language")
@click.option("--reason", default="", help="What was wrong, where our version is out already.")
@click.option("--kind", type=click.Choice(["correction", "update"]), default="correction", show_default=True)
@signing
@click.pass_obj
def publish(
    out: Out, name: str, language: str, reason: str, kind: str, as_user: str | None, password_file: Path | None
) -> None:
    """File a translation as an item of ours. Nobody publishes what they have written, unless one person suffices."""
    with newsroom(out) as (_, conn):
        by = _second(conn, as_user, password_file)
        number = _number(conn, name)
        done = desk.publish(conn, number, language, by, now(), reason=reason, kind=kind)  # type: ignore[arg-type]  # click has checked it
        desk.wake(conn)
        found = items.version(conn, done.sequence)
        out.record(
            {"item": found.item_id, "uri": found.item.uri, "version": found.item.version, "act": done.act}
            | {"language": found.item.language, "headline": found.item.headline}
        )


@translate.command(
    "return", examples=("dragoman translate return 17 fr --note 'The quotation is too free.' --as olga",)
)
@click.argument("name", metavar="ITEM")
@click.argument("language")
@click.option("--note", required=True, help="What is to be done.")
@signing
@click.pass_obj
def return_(out: Out, name: str, language: str, note: str, as_user: str | None, password_file: Path | None) -> None:
    """Send a translation back to whoever wrote it, with a note."""
    with newsroom(out) as (_, conn):
        by = _second(conn, as_user, password_file)
        out.record(_record(desk.send_back(conn, _number(conn, name), language, note, by=by, now=now())))


@translate.command("update", examples=("dragoman translate update 17 fr",))
@click.argument("name", metavar="ITEM")
@click.argument("language")
@signing
@click.pass_obj
def update(out: Out, name: str, language: str, as_user: str | None, password_file: Path | None) -> None:
    """Take over what the original has changed: what is unchanged keeps its translation."""
    _act(
        out,
        name,
        as_user,
        password_file,
        lambda conn, item, by, at: desk.take_over(conn, item, language, by=by, now=at),
    )


@translate.command("eyes", examples=("dragoman translate eyes", "dragoman translate eyes 1 --as ada"))
@click.argument("people", type=click.IntRange(1, 2), required=False)
@signing
@click.pass_obj
def eyes(out: Out, people: int | None, as_user: str | None, password_file: Path | None) -> None:
    """Show or set how many people a translation takes: 2, or 1 where one suffices."""
    with newsroom(out) as (_, conn):
        if people is not None:
            by = authenticated(conn, as_user, password_file, "administrator").name if as_user else operator()
            with conn.transaction():
                translations.set_eyes(conn, people)
                audit.record(conn, by, "translation eyes set", "", people=people)
        out.record({"people": translations.eyes(conn)})


def _second(conn: Connection, as_user: str | None, password_file: Path | None) -> str:
    """The second person, by name: whoever runs the command could be the first."""
    if not as_user and translations.eyes(conn) > 1:
        raise BadInput(
            "A second pair of eyes has a name", hint="--as USER, an editor or desk head who has not written it."
        )
    return actor(conn, as_user, password_file, *_EDITORS)


def _act(
    out: Out,
    name: str,
    as_user: str | None,
    password_file: Path | None,
    do: Callable[[Connection, int, str, datetime], Translation],
) -> None:
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        out.record(_record(do(conn, _number(conn, name), by, now())))


def _number(conn: Connection, name: str) -> int:
    return items.find(conn, name).item_id


class _Sent(msgspec.Struct, frozen=True):
    """A line of `show --json`: the rest of it is for reading."""

    id: str
    target: str
    seen: str = ""
    accepted: bool = False


def _written(file: Path) -> list[Written]:
    try:
        with click.open_file(str(file), encoding="utf-8") as opened:
            sent = [msgspec.json.decode(line, type=_Sent) for line in opened.read().splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise BadInput(
            "The file cannot be read",
            f"{file}: {error}",
            hint="One paragraph a line, as `translate show --json` writes.",
        ) from error
    return [Written(id=one.id, target=one.target, seen=one.seen, accepted=one.accepted) for one in sent]


def _said(standing: Desk) -> str:
    if standing.translation is None:
        return "Nobody has begun it; `dragoman translate start` does."
    moved = f"; the original has changed {standing.changes} paragraphs since" if standing.changes else ""
    return f"It is {standing.translation.state}{moved}."


def _line(one: Line) -> Record:
    work = one.translation
    return {
        "item": work.item,
        "language": work.language,
        "waits": one.waits,
        "done": one.done,
        "paragraphs": len(work.segments),
        "changes": one.changes,
        "changed": work.changed,
        "changed_by": work.changed_by,
        "origin": one.origin,
        "target": work.target,
        "headline": one.headline,
    }


def _record(one: Translation) -> Record:
    return {
        "item": one.item,
        "language": one.language,
        "state": one.state,
        "counter": one.counter,
        "paragraphs": len(one.segments),
        "open": sum(each.is_open for each in one.segments),
        "ready_by": one.ready_by,
        "note": one.note,
        "target": one.target,
    }
