"""``dragoman picture``: pictures added from files, listed, shown, described; their renditions and originals written out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from dragoman.app import Node, acting_as
from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.importing import found_files
from dragoman.cli.item import query_filter
from dragoman.cli.output import Out, Record, show_problem
from dragoman.cli.progress import progress
from dragoman.cli.who import actor, operator, signing
from dragoman.desk import copy
from dragoman.desk import pictures as desk
from dragoman.desk.pictures import Wording
from dragoman.formats.picture.label import label_of, written_into
from dragoman.media import darkroom
from dragoman.media.darkroom import MOST_BYTES
from dragoman.model.arrival import Hints
from dragoman.model.errors import BadInput, DragomanError, NotFound, TooLarge
from dragoman.model.picture import CAPTIONED, EDGES, ORIGINAL
from dragoman.model.provenance import said_of
from dragoman.read.taken_said import say_taken
from dragoman.store import audit, items, media
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection
from dragoman.store.darkroom import why_not_here
from dragoman.store.media import PictureRow

picture = Noun("picture", help="Pictures: add, list, show, describe, get, write.")
_COLUMNS = ("item", "received", "origin", "taken", "pixels", "state", "file", "credit", "headline")
_EDITORS = ("editor", "desk head")
_PARTIAL = 3


def wording(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what a picture is."""
    for option in (
        click.option("--instructions", help="A note to editors."),
        click.option("--terms", help="The terms of use."),
        click.option("--copyright", help="The copyright notice."),
        click.option("--keywords", help="Keywords, with commas between them."),
        click.option("--place", help="Where it was taken."),
        click.option("--taken", help="When, as far as is known: 'c. 1970', 'before 1969', '12 May 1984'."),
        click.option("--photographer", help="Who took it."),
        click.option("--credit", help="The credit line."),
        click.option("--headline", help="The headline."),
        click.option(
            "--alt", multiple=True, metavar="LANG=TEXT", help="Alternative text in a language; several times."
        ),
        click.option("--caption", multiple=True, metavar="LANG=TEXT", help="The caption in a language; several times."),
        click.option("--language", help="The language of the picture's texts; else found out."),
    ):
        function = option(function)
    return function


def _said(**given: Any) -> Wording:
    keywords = given["keywords"]
    captions = _by_language(given.pop("caption"))
    return Wording(
        captions=captions,
        alts=_by_language(given.pop("alt")),
        keywords=tuple(word.strip() for word in keywords.split(",") if word.strip()) if keywords is not None else None,
        **{name: value for name, value in given.items() if name not in ("keywords",)},
    )


def _by_language(texts: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in texts:
        code, sign, rest = text.partition("=")
        if not sign or not 2 <= len(code) <= 12:
            raise BadInput("A text needs its language", text[:60], hint="Write it as en='Boats in the harbour'.")
        found[code] = rest
    return found


class _Shared(ByteStore):
    """Bytes kept as the user that the roles run as: what root writes they could not read."""

    def __init__(self, here: Node) -> None:
        super().__init__(here.config.folder / "bytes")
        self._account = here.database.account

    def put(self, body: bytes) -> str:
        with acting_as(self._account):
            return super().put(body)


@picture.command(
    "add",
    examples=(
        "dragoman picture add harbour.jpg --caption 'en=Boats in the old harbour.' --credit LNA/Quay --taken 'c. 1970'",
        "dragoman picture add scans/ --photographer 'Nora Quay' --terms 'Editorial use only.'",
    ),
)
@click.argument("paths", metavar="FILE…", nargs=-1, required=True)
@wording
@signing
@click.pass_context
def add(
    ctx: click.Context, /, paths: tuple[str, ...], as_user: str | None, password_file: Path | None, **given: Any
) -> None:
    """Make pictures of ours from files, folders and patterns. What is said here counts before what a file says.

    Exit code 3: some files were refused; the others are added.
    """
    out: Out = ctx.obj
    said, files, refused = _said(**given), list(found_files(paths)), 0
    with newsroom(out) as (here, conn):
        by, store = actor(conn, as_user, password_file, *_EDITORS), _Shared(here)
        with progress("pictures", len(files), quiet=out.verbosity < 0) as shown:
            for path in files:
                refused += not _add(out, conn, store, path, said, by)
                shown.advance(1)
        copy.wake(conn)
    if refused:
        ctx.exit(_PARTIAL if refused < len(files) or len(files) > 1 else 1)


def _add(out: Out, conn: Connection, store: ByteStore, path: Path, said: Wording, by: str) -> bool:
    """Whether the file is a picture now; its line, or why not, is said."""
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
        done = desk.add(conn, store, body, by=by, now=now(), source=path.name, said=said)
    except OSError as error:
        out.say(f"{path}: {error.strerror}")
        return False
    except DragomanError as error:
        problem = error.problem()
        show_problem(msgspec.structs.replace(problem, title=f"{path}: {problem.title}"), json=out.json)
        return False
    out.record({**_line(media.picture(conn, done.number)), "path": path, "notes": done.notes})
    return True


@picture.command("list", examples=("dragoman picture list", "dragoman picture list 'harbour after:2024' --json"))
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.pass_obj
def list_(out: Out, query: tuple[str, ...], limit: int) -> None:
    """List pictures, newest first; those that answer a query."""
    wanted = query_filter(" ".join(query))
    with newsroom(out) as (_, conn):
        out.records(map(_line, media.pictures(conn, matches=wanted, limit=limit)), _COLUMNS)


@picture.command("show", examples=("dragoman picture show 17", "dragoman picture show 17 --json"))
@click.argument("name", metavar="ITEM")
@click.pass_obj
def show(out: Out, name: str) -> None:
    """Show a picture: what is known of it, its texts in every language, its renditions."""
    with newsroom(out) as (_, conn):
        row = _row(conn, name)
        made = media.renditions(conn, row.digest) if row.digest else []
        texts = {"captions": row.captions, "alts": row.alts, "terms": row.terms, "copyright": row.copyright}
        vouched = media.file(conn, row.digest).provenance if row.digest else None
        record: dict[str, Any] = {**_line(row), **texts, "digest": row.digest, "notes": row.item.ours.notes}
        record["provenance"] = said_of(vouched) if vouched else ""
        if out.json:
            record["taken"] = msgspec.to_builtins(row.taken) if row.taken else None
            record["provenance"] = msgspec.to_builtins(vouched)
            out.record({**record, "renditions": [msgspec.to_builtins(one) for one in made]})
            return
        out.record(record)
        for one in made:
            out.line(f"rendition\t{one.name}\t{one.width}×{one.height}\t{one.size}")
        for agency, why in why_not_here(conn, row.digest) if row.file == "wanted" and row.digest else ():
            out.line(f"not here\t{agency}\t{why}")


@picture.command(
    "describe",
    examples=(
        "dragoman picture describe 17 --caption 'ru=Лодки в старом порту.' --alt 'en=A row of small boats.'",
        "dragoman picture describe 17 --taken 'before 1969' --wrong 'It was dated 1970.'",
    ),
)
@click.argument("name", metavar="ITEM")
@wording
@click.option("--wrong", help="What was wrong: makes it a correction, and goes to everyone who has the picture.")
@signing
@click.pass_obj
def describe(
    out: Out, /, name: str, wrong: str | None, as_user: str | None, password_file: Path | None, **given: Any
) -> None:
    """Issue a new description of our own picture. What is not given stays; an empty text is taken away."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        row = _row(conn, name)
        desk.describe(
            conn, str(row.number), _said(**given), by=by, now=now(), reason=wrong or desk.SAYS, wrong=bool(wrong)
        )
        copy.wake(conn)
        out.record(_line(media.picture(conn, row.number)))


@picture.command(
    "get",
    examples=(
        "dragoman picture get 17 preview -o boats.jpg",
        "dragoman picture get 17 original > boats.tif",
        "dragoman picture get 17 captioned -o boats-with-our-words.jpg",
    ),
)
@click.argument("name", metavar="ITEM|DIGEST")
@click.argument("rendition", type=click.Choice([*EDGES, ORIGINAL, CAPTIONED]), default="preview")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write; else standard output.")
@click.pass_obj
def get(out: Out, name: str, rendition: str, output: Path | None) -> None:
    """Write out a rendition, with its credit and caption; the original as it came; or the original captioned: with our
    words in place of its own, no pixel changed, without a C2PA manifest that no longer fits. Originals are written down."""
    with newsroom(out) as (here, conn):
        digest = name if media.is_digest(name) else _row(conn, name).digest
        if not digest:
            raise NotFound("This item names no file", name)
        sent = media.sent(conn, here.files, digest, rendition)
        if rendition in (ORIGINAL, CAPTIONED):
            audit.record(conn, operator(), f"{rendition} saved", digest)
    if output is None:
        out.raw(sent.body)
        return
    _save(output, sent.body)
    out.record({"path": output, "media_type": sent.media_type, "size": len(sent.body), "lost": sent.lost})


@picture.command(
    "write",
    examples=(
        "dragoman picture write boats.jpg -o out/boats.jpg --credit LNA/Quay --caption 'en=Boats in the old harbour.'",
        "dragoman picture write boats.tif --item 17 -o boats-captioned.tif",
    ),
)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@wording
@click.option("--item", "name", default="", help="Say what this picture item says; else what the file itself says.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.pass_obj
def write(out: Out, /, path: Path, name: str, output: Path, **given: Any) -> None:
    """Write caption, credit and terms into a picture's file, as XMP and IIM, without touching a pixel.

    JPEG, PNG, WebP and TIFF; what others wrote there and we do not say is kept. What is said here counts before what the item
    or the file says. A C2PA manifest no longer fits and is taken out; what is lost is named. Without --item no node is needed.
    """
    body = _read(path)
    if name:
        with newsroom(out) as (_, conn):
            item = _row(conn, name).item
    else:
        item = desk.item_of(darkroom.develop(body, Hints(source=path.name), ()))
    if output.resolve() == path.resolve():
        raise BadInput("This is the file itself", str(output), hint="Name another: the original stays as it is.")
    written = written_into(body, label_of(desk.worded(item, _said(**given))))
    _save(output, written.body)
    out.record({"path": output, "size": len(written.body), "lost": written.lost})


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput("The file cannot be read", f"{path}: {error.strerror}") from error
    if len(body) > MOST_BYTES:
        raise TooLarge("The file is too large", f"more than {MOST_BYTES:,} bytes")
    return body


def _save(output: Path, body: bytes) -> None:
    try:
        output.write_bytes(body)
    except OSError as error:
        raise BadInput("The file cannot be written", f"{output}: {error.strerror}") from error


def _row(conn: Connection, name: str) -> PictureRow:
    return media.picture(conn, items.find(conn, name).item_id)


def _line(row: PictureRow) -> Record:
    return {
        "item": row.number,
        "uri": row.uri,
        "version": row.version,
        "received": row.received,
        "origin": row.origin,
        "agency": row.agency,
        "language": row.language,
        "headline": row.headline,
        "taken": say_taken(row.taken, "en") if row.taken else "",
        "photographer": row.photographer,
        "credit": row.credit,
        "pixels": f"{row.width}×{row.height}" if row.width else "",
        "state": row.state,
        "file": row.file,
        "reason": row.reason,
    }
