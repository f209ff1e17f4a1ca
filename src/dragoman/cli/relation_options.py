"""What the verbs of ``dragoman relation`` share: the noun itself, their options, and who acts or reads."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from dragoman.cli.frame import Noun
from dragoman.cli.output import Record
from dragoman.cli.who import authenticated, operator
from dragoman.desk.relation_documents import Reader
from dragoman.model.errors import BadInput
from dragoman.model.relation import Kept
from dragoman.store import relations
from dragoman.store.connect import Connection

relation = Noun("relation", help="Institutions, their people, meetings and what was agreed; what comes up.")
ROLES = ("partner manager", "desk head")
"""Who may write relations down."""
Function = TypeVar("Function", bound=Callable[..., Any])
Written = TypeVar("Written", bound=Kept)


def dated(function: Function) -> Function:
    """``--since`` and ``--until``."""
    since = click.option("--since", help="A day, a month or a year, as in 2026-05-03, 2026-05 or 2026.")
    until = click.option("--until", help="The same; without it no end is known.")
    return since(until(function))


def numbered(function: Function) -> Function:
    """``--id``: change what is there."""
    return click.option("--id", "number", type=int, default=0, help="Change this one: what is not said stays.")(
        function
    )


def language(function: Function) -> Function:
    return click.option("--language", help="The language it is written in, as in en.")(function)


def based(conn: Connection, kind: type[Written], number: int, told: Mapping[str, Any], **first: Any) -> Written:
    """A new record of what was told, or the one with this number changed by it: None and nothing leave a field as it is.

    Raises:
        BadInput: something that must be there is not told, or not of the right form.
        NotFound: there is no such record.
    """
    given = {name: value for name, value in told.items() if value is not None and value != ()}
    before = msgspec.structs.asdict(relations.record(conn, kind, number)) if number else first
    try:
        return msgspec.convert(msgspec.to_builtins({**before, **given}), kind, strict=False)
    except msgspec.ValidationError as error:
        raise BadInput(f"This {relations.name_of(kind)} cannot be written down so", str(error)) from error


def by_language(lines: tuple[str, ...]) -> dict[str, str] | None:
    """``fr=…`` as said, several times.

    Raises:
        BadInput: no language, or no text.
    """
    found: dict[str, str] = {}
    for line in lines:
        code, equals, text = line.partition("=")
        if not equals or not text.strip() or not code.strip().isalpha():
            raise BadInput(f"{line[:60]!r} is not a text in a language", hint="As in fr='Agence des marées'.")
        found[code.strip().lower()] = text.strip()
    return found or None


def codes(text: str | None) -> tuple[str, ...] | None:
    """``en,nl`` as languages."""
    return None if text is None else tuple(word.strip().lower() for word in text.split(",") if word.strip())


def reader(conn: Connection, as_user: str | None, password_file: Path | None) -> Reader:
    """Who reads: the named user, or whoever sits at the machine, who is among no document's named readers."""
    if not as_user:
        return Reader(name=operator())
    person = authenticated(conn, as_user, password_file)
    return Reader(name=person.name, role=person.role)


def record_of(one: msgspec.Struct) -> Record:
    """A record as a command prints it."""
    found: Record = msgspec.to_builtins(one, builtin_types=())
    return found
