"""Who acts: the person at the keyboard, or a user of the node who has given his password. Secrets never come by argv."""

import getpass
import os
import pwd
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from dragoman.model.errors import BadInput, NotAccepted, Refused
from dragoman.store import people
from dragoman.store.connect import Connection
from dragoman.store.people import Person


def signing(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of an act that somebody answers for: ``--as`` and ``--password-file``."""
    named = click.option(
        "--as", "as_user", metavar="USER", envvar="DRAGOMAN_USER", help="Act as this user of the node (DRAGOMAN_USER)."
    )
    return named(password_option(function))


def password_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--password-file",
        type=click.Path(path_type=Path, allow_dash=True),
        envvar="DRAGOMAN_PASSWORD_FILE",
        help="The password's file, - for standard input (DRAGOMAN_PASSWORD_FILE); else it is asked for.",
    )(function)


def operator() -> str:
    """Whoever runs the command, as the system knows them: ``os:ayten``. Not to be mistaken for a user of the node."""
    try:
        return f"os:{pwd.getpwuid(os.getuid()).pw_name}"
    except KeyError:
        return f"os:{os.getuid()}"


def actor(conn: Connection, as_user: str | None, password_file: Path | None, *roles: str) -> str:
    """Who the act is written down to: the named user, after his password and if his role allows it; else the operator.

    Raises:
        NotAccepted: wrong name or password.
        Refused: another role is needed.
    """
    return authenticated(conn, as_user, password_file, *roles).name if as_user else operator()


def authenticated(conn: Connection, name: str, password_file: Path | None, *roles: str) -> Person:
    """The user `name`, who has given his password and has one of `roles` (or is an administrator)."""
    cookie = people.log_in(conn, name, secret(f"Password of {name}", password_file))
    session = people.session(conn, cookie)
    people.log_out(conn, cookie)
    if session is None:
        raise NotAccepted("Name or password is wrong", hint="Try again, or ask an administrator.")
    if roles and not session.person.may(*roles):
        raise Refused(
            f"{name} may not do this",
            f"{name} is {session.person.role}",
            hint=f"It takes a user who is {' or '.join(roles)}, or an administrator.",
        )
    return session.person


def secret(prompt: str, file: Path | None, *, confirm: bool = False) -> str:
    """A password: from its file, from standard input (``-``), or asked for on the terminal, twice if it is a new one.

    Raises:
        BadInput: there is nobody to ask, or the file is empty or cannot be read.
    """
    if file is not None:
        return _read(file)
    if not sys.stdin.isatty():
        raise BadInput(
            "There is nobody to ask for a password",
            prompt,
            hint="Give --password-file FILE, or - to read it from standard input.",
        )
    given = getpass.getpass(f"{prompt}: ")
    if confirm and getpass.getpass("The same again: ") != given:
        raise BadInput("The two were not the same", hint="Try again.")
    return given


def _read(file: Path) -> str:
    try:
        text = sys.stdin.readline() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("The password's file cannot be read", f"{file}: {error}") from error
    if not (found := text.split("\n", 1)[0].rstrip("\r")):
        raise BadInput("The password's file is empty", str(file))
    return found


def confirmed(question: str, *, yes: bool) -> None:
    """Nothing, once the person has agreed; ``--yes`` agrees beforehand.

    Raises:
        BadInput: there is nobody to ask.
        click.Abort: the answer was no.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise BadInput("This wants a confirmation", question, hint="Give --yes if it is meant.")
    click.confirm(question, abort=True, err=True)
