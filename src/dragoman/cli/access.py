"""How a feed or a channel gets into a partner's server: the options, what they must be, and whose key the server shows."""

import asyncio
import re
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click
from msgspec import Struct
from msgspec.structs import replace

from dragoman.app import Node
from dragoman.cli.output import Out
from dragoman.cli.who import secret
from dragoman.model.access import Access, Afterwards, Enclosing, Security
from dragoman.model.errors import BadInput, DragomanError, Untrusted
from dragoman.net import hostkeys, remote
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.net.reply import Limits
from dragoman.net.servers import Server, checked_server

SCHEMES = {"imap": "imap", "sftp": "sftp", "ftp": "ftp", "mail": "smtp"}
"""The kinds that log in somewhere, and what is spoken there."""
_USUAL: dict[str, Security] = {"ftp": "starttls", "mail": "starttls"}
_MOST_BYTES = 100_000


class Given(Struct, frozen=True, kw_only=True):
    """What was said on the command line of getting in; None where nothing was."""

    user: str | None = None
    password_file: Path | None = None
    key_file: Path | None = None
    host_key: tuple[str, ...] = ()
    security: Security | None = None
    certificate: Path | None = None


def login_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `Given`; the command gets them as ``given``."""

    def wrapped(*args: Any, **words: Any) -> Any:
        given = {name: words.pop(name) for name in Given.__struct_fields__}
        return function(*args, given=Given(**given), **words)

    wrapped.__doc__ = function.__doc__
    for option in reversed(_LOGIN):
        wrapped = option(wrapped)
    wrapped.__click_params__ += getattr(function, "__click_params__", [])  # type: ignore[attr-defined]  # click's own list
    return wrapped


_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_LOGIN = (
    click.option("--user", help="Who we are there (imap, sftp, ftp, mail)."),
    click.option(
        "--password-file",
        type=click.Path(path_type=Path, allow_dash=True),
        help="The password's file, - for standard input; else it is asked for.",
    ),
    click.option(
        "--key-file", type=_FILE, help="A private key instead of a password (sftp). It is kept in the database."
    ),
    click.option(
        "--host-key",
        multiple=True,
        help="The server's key, SHA256:… or ssh-ed25519 AAAA…, from the partner by another way (sftp).",
    ),
    click.option(
        "--security",
        type=click.Choice(get_args(Security)),
        help="tls from the start, starttls, or plain (imap: tls; ftp and mail: starttls).",
    ),
    click.option("--certificate", type=_FILE, help="PEM: trust this instead of the system's authorities."),
)
AFTER = click.option(
    "--after",
    type=click.Choice(get_args(Afterwards)),
    default="move",
    show_default=True,
    help="What becomes of a file or message once it is kept: moved to done, deleted, left.",
)
DEPTH = click.option(
    "--depth", type=click.IntRange(0, 8), default=0, show_default=True, help="Folders within folders to look into."
)
_SENDER = re.compile(r"(?:[^\s@<>,;:\"]{1,100}@)?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,20}")
SENDER = click.option(
    "--sender",
    "senders",
    multiple=True,
    help="A mailbox: only mail from this address or domain is copy, and it alone may take copy back.",
)
VOUCHED_BY = click.option(
    "--vouched-by",
    "vouching",
    help="A mailbox: the mail server that proves senders, as it is called in Authentication-Results.",
)
PICTURES = click.option(
    "--pictures",
    type=click.Choice(get_args(Enclosing)),
    default="captioned",
    show_default=True,
    help="A picture's file with our caption and terms in it, as received, or none (folder, mail, sftp, ftp).",
)


def mail_from(kind: str, senders: tuple[str, ...], vouching: str | None, known: Access) -> Access:
    """`known`, with whose mail is copy and who proves it; what is not given stays.

    Raises:
        BadInput: it is no mailbox, or one is no address or domain.
    """
    if kind != "imap" and (senders or vouching):
        raise BadInput("--sender and --vouched-by are for mailboxes", f"this is {kind}")
    for one in (*senders, *([vouching] if vouching else ())):
        if not _SENDER.fullmatch(one) or (one == vouching and "@" in one):
            raise BadInput(
                "This is no address or domain", repr(one[:100]), hint="Give desk@quay.example or quay.example."
            )
    return replace(known, senders=senders or known.senders, vouching=vouching or known.vouching)


def entry(here: Node, out: Out, kind: str, address: str, given: Given, known: Access) -> tuple[Access, bytes]:
    """How we get in: `known`, changed by what was given; and the secret, empty where none is needed. A server's host key
    is compared with the one the server shows.

    Raises:
        BadInput: an option is missing, or does not go with this kind. Untrusted: the server shows another host key.
    """
    security = given.security or _USUAL.get(kind, "tls")
    server = checked_server(address, SCHEMES[kind], security)
    _check_words(kind, given)
    if security == "plain" and kind != "sftp":
        out.say("Warning: nothing is encrypted; login, password and copy can be read on the way.")
    access = replace(
        known,
        login=given.user or "",
        security=security,
        certificates=_pem(given.certificate),
        by_key=given.key_file is not None,
    )
    remote.tls_context(access)
    if kind == "sftp":
        access = replace(access, host_keys=_host_keys(here, out, server, given.host_key))
    return access, _secret(kind, server, given)


def _check_words(kind: str, given: Given) -> None:
    if kind != "sftp" and (given.key_file or given.host_key):
        raise BadInput("--key-file and --host-key are for sftp", f"this is {kind}")
    if kind in ("imap", "sftp") and not given.user:
        raise BadInput("The login is missing", hint="Give --user NAME.")
    if given.user and not given.user.isprintable():
        raise BadInput("The login holds control characters")


def _secret(kind: str, server: Server, given: Given) -> bytes:
    if given.key_file is not None:
        from dragoman.net.sftp import private_key

        key = _read(given.key_file)
        private_key(key)
        return key
    if not given.user:  # a mail server of our own, or a public FTP server
        return b"anonymous" if kind == "ftp" else b""
    found = secret(f"Password of {given.user} at {server.host}", given.password_file)
    if not found.isprintable():
        raise BadInput("The password holds control characters")
    return found.encode()


def check_nothing_given(kind: str, given: Given, *, secret: bool = False) -> None:
    """Raises: BadInput: something was said of a login, for a kind that has none; a `secret` may be."""
    said = {name for name in given.__struct_fields__ if getattr(given, name)} - ({"password_file"} if secret else set())
    if said:
        option = "--" + min(said).replace("_", "-")
        raise BadInput(f"{option} does not go with this kind", f"{kind} logs in nowhere")


def shared_secret(file: Path | None) -> str:
    """What a Superdesk signs with: the partner's, from a file, or a new one."""
    return secret("The secret token", file) if file else secrets.token_urlsafe(32)


# ---------------------------------------------------------------------------------------------- whose key is it?


def _host_keys(here: Node, out: Out, server: Server, given: tuple[str, ...]) -> tuple[str, ...]:
    """The keys to be pinned: what a person has been told, in full where the server shows it."""
    told = tuple(map(hostkeys.checked_host_key, given))
    try:
        shown = _shown(here, server)
    except DragomanError as error:
        if not told:
            raise
        out.say(f"The server cannot be asked for its host key now ({error}); it must show the given one.")
        return told
    blob = hostkeys.blob_of(shown)
    if not told:
        out.say(f"{server.host} shows the host key\n  {shown.partition(' ')[0]} {hostkeys.fingerprint(blob)}")
        told = (hostkeys.checked_host_key(_asked(server, blob)),)
    if not hostkeys.is_pinned(blob, told):
        raise Untrusted(
            "THE SERVER SHOWS ANOTHER HOST KEY",
            f"{server.host} shows {hostkeys.fingerprint(blob)}, given is {', '.join(map(hostkeys.shown, told))}",
            hint="Somebody may be in between. Ask the partner by another way.",
        )
    others = (pin for pin in told if not hostkeys.is_pinned(blob, [pin]))
    return (shown, *others)


def _asked(server: Server, blob: bytes) -> str:
    if not sys.stdin.isatty():
        raise BadInput(
            "The server's host key is not known",
            f"{server.host} shows {hostkeys.fingerprint(blob)}",
            hint="Compare it with what the partner tells you by another way; then give it with --host-key.",
        )
    return str(click.prompt("Type the fingerprint that the partner told you", err=True))


def _shown(here: Node, server: Server) -> str:
    from dragoman.net.sftp import shown_key

    async def ask() -> str:
        async with Connector(parse_allowed(here.config.net.allow)) as connector:
            return await shown_key(connector, server, Limits())

    return asyncio.run(ask())


def _pem(file: Path | None) -> str:
    if file is None:
        return ""
    text = _read(file).decode("ascii", "replace")
    if "-----BEGIN CERTIFICATE-----" not in text or "PRIVATE KEY" in text:
        raise BadInput("This is not a certificate", str(file), hint="PEM, as the partner's server shows it; no key.")
    return text


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            found = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise BadInput("The file cannot be read", f"{file}: {error.strerror}") from error
    if len(found) > _MOST_BYTES:
        raise BadInput("The file is too large", str(file))
    return found
