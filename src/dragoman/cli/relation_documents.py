"""``dragoman relation document``, ``save`` and ``readers``: what is kept for the record, and who may read it."""

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import click

from dragoman.cli.at import newsroom, now
from dragoman.cli.output import Out
from dragoman.cli.relation_options import ROLES, reader, record_of, relation
from dragoman.cli.who import actor, signing
from dragoman.desk import relation_documents as papers
from dragoman.desk.relation_documents import MAX_BYTES, Reader
from dragoman.model.errors import BadInput, TooLarge
from dragoman.model.relation import Document, DocumentKind
from dragoman.store import people
from dragoman.store.connect import Connection


@relation.command(
    "document",
    examples=(
        "dragoman relation document TIDE 'Signed terms' terms.pdf --reader 'partner manager' --reader 'Pia Partner'",
        "dragoman relation document TIDE 'What they fear' --kind note --text 'The new law.' --reader 'desk head' --closed",
    ),
)
@click.argument("code")
@click.argument("title")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option(
    "--kind", type=click.Choice(get_args(DocumentKind)), help="Without it a document, or a note without FILE."
)
@click.option("--text", default="", help="What it says.")
@click.option("--language", default="", help="The language it is written in, as in en.")
@click.option("--meeting", type=int, default=0, help="The meeting it is of.")
@click.option("--reader", "readers", multiple=True, help="A role or a user. Repeatable; without it the whole newsroom.")
@click.option("--closed", is_flag=True, help="Others do not see that it exists.")
@signing
@click.pass_obj
def document(
    out: Out,
    code: str,
    title: str,
    file: Path | None,
    kind: DocumentKind | None,
    text: str,
    language: str,
    meeting: int,
    readers: tuple[str, ...],
    closed: bool,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Keep a document, a note or a gift for the record."""
    body = _read(file) if file else b""
    with newsroom(out) as (node, conn):
        by = actor(conn, as_user, password_file, *ROLES)
        roles, names = _split(readers)
        wanted = Document(
            kind=kind or ("document" if file else "note"),
            agency=code,
            meeting=meeting,
            title=title,
            language=language,
            text=text,
            file=file.name if file else "",
            roles=roles,
            names=names,
            disclosed=not closed,
            by=by,
            at=now(),
        )
        out.record(record_of(papers.put(conn, node.files, wanted, body, now=now())))


@relation.command("save", examples=("dragoman relation save 4 --output terms.pdf --as 'Pia Partner'",))
@click.argument("number", metavar="DOCUMENT", type=int)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Where to; without it standard output.")
@signing
@click.pass_obj
def save(out: Out, number: int, output: Path | None, as_user: str | None, password_file: Path | None) -> None:
    """Save a document's file, if you are among its readers; written to the audit."""
    with newsroom(out) as (node, conn):
        one, body = papers.saved(conn, node.files, number, reader(conn, as_user, password_file))
    if output is None:
        out.raw(body)
        return
    output.write_bytes(body)
    out.say(f"{one.file or one.title}: {len(body)} bytes in {output}")


@relation.command(
    "readers",
    examples=("dragoman relation readers 4 --reader 'desk head' --as 'Pia Partner'", "dragoman relation readers 4"),
)
@click.argument("number", metavar="DOCUMENT", type=int)
@click.option("--reader", "readers", multiple=True, help="A role or a user. Repeatable; without it the whole newsroom.")
@click.option("--closed", is_flag=True, help="Others do not see that it exists.")
@signing
@click.pass_obj
def readers(
    out: Out, number: int, readers: tuple[str, ...], closed: bool, as_user: str | None, password_file: Path | None
) -> None:
    """Say who reads a document from now on: one of its readers does, or an administrator."""
    with newsroom(out) as (_, conn):
        who = reader(conn, as_user, password_file)
        roles, names = _split(readers)
        out.record(record_of(papers.name_readers(conn, number, who, roles=roles, names=names, disclosed=not closed)))


def named(conn: Connection, by: str, as_user: str | None) -> Reader:
    """Whoever has just said who they are, as a reader."""
    role = next((person.role for person in people.people(conn) if person.name == by), "") if as_user else ""
    return Reader(name=by, role=role)


def _split(readers: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Roles, and users."""
    return tuple(r for r in readers if r in people.ROLES), tuple(r for r in readers if r not in people.ROLES)


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise TooLarge("The file is too large", str(file), hint=f"Keep it under {MAX_BYTES} bytes.")
        return file.read_bytes()
    except OSError as error:
        raise BadInput("The file cannot be read", f"{file}: {error.strerror}") from error
