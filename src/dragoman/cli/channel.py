"""``dragoman channel``: the ways out to partners that run no Dragoman, and how every way out is doing."""

import asyncio
import json
import os
import secrets
from pathlib import Path

import click

from dragoman import formats
from dragoman.app import Node
from dragoman.cli import access
from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.who import operator
from dragoman.formats.mail import addressed
from dragoman.model.access import Access, Enclosing
from dragoman.model.delivery import Channel, ChannelKind
from dragoman.model.errors import BadInput, DragomanError
from dragoman.net import hostkeys, remote
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.net.reply import Limits, Reply
from dragoman.net.servers import checked_server
from dragoman.net.urls import checked_url
from dragoman.store import audit, channels
from dragoman.store.connect import DELIVERIES, Waker
from dragoman.trust import superdesk
from dragoman.trust.webhook import format_secret, parse_secret, sign

channel = Noun("channel", help="Ways out: add, access, list, test, pause, resume.")
SECRET_BYTES = 32


@channel.command(
    "add",
    examples=(
        "dragoman channel add tide-web --agency TIDE --kind webhook --address https://in.tidewater.example/wire",
        "dragoman channel add tide-drop --agency TIDE --kind folder --address /srv/out/tide --format text",
        "dragoman channel add tide-mail --agency TIDE --kind mail --address smtp://mail.lna.example --user wire"
        " --from wire@lna.example --to desk@tidewater.example",
        "dragoman channel add tide-sftp --agency TIDE --kind sftp --address sftp://drop.tidewater.example/in --user lna"
        " --key-file lna-key --host-key SHA256:…",
        "dragoman channel add tide-ftp --agency TIDE --kind ftp --address ftp://ftp.tidewater.example/in --user lna"
        " --make-folder",
        "dragoman channel add tide-desk --agency TIDE --kind superdesk --address https://news.tidewater.example/push"
        " --password-file token.txt",
    ),
)
@click.argument("name")
@click.option("--agency", required=True, help="The partner it leads to.")
@click.option("--kind", type=click.Choice(["webhook", "folder", "mail", "sftp", "ftp", "superdesk"]), required=True)
@click.option("--address", required=True, help="A web address, a folder on this machine, or smtp://, sftp://, ftp://.")
@click.option("--format", "wire", help="What the copy is written in (ninjs; to mail: mail; to a Superdesk: superdesk).")
@click.option("--from", "sender", default="", help="The sender's address (mail).")
@click.option("--to", "recipients", multiple=True, help="A recipient's address; again for each (mail).")
@click.option("--attach", is_flag=True, help="The document as an attachment, whatever its format (mail).")
@click.option("--make-folder", is_flag=True, help="Make the folder where it is missing (sftp, ftp).")
@access.PICTURES
@access.login_options
@click.pass_obj
def add(
    out: Out,
    name: str,
    agency: str,
    kind: ChannelKind,
    address: str,
    wire: str | None,
    sender: str,
    recipients: tuple[str, ...],
    attach: bool,
    make_folder: bool,
    pictures: Enclosing,
    given: access.Given,
) -> None:
    """Add a channel. A secret we make is printed this once: the partner checks our signature with it."""
    format = wire or _FORMATS.get(kind, "ninjs")
    formats.writable(format)
    how = Access(sender=sender, recipients=recipients, attached=attach, folders=make_folder, pictures=pictures)
    _check(kind, address, how)
    with newsroom(out) as (here, conn):
        how, secret, told = _way_out(here, out, kind, address, given, how)
        wanted = Channel(name=name, agency=agency, kind=kind, address=address, format=format, access=how)
        with conn.transaction():
            channels.add_channel(conn, wanted, secret)
            audit.record(conn, operator(), "channel added", name, agency=agency, kind=kind)
        made: dict[str, object] = dict(_record(channels.channel(conn, name)))
    out.record({**made, "secret": secret} if told else made)
    if told:
        out.say("Give the secret to the partner by a safe way; it is not shown again.")


_FORMATS = {"mail": "mail", "superdesk": "superdesk"}
"""What a kind of channel is written in, if nobody says."""


def _check(kind: ChannelKind, address: str, how: Access) -> None:
    if kind in ("webhook", "superdesk"):
        checked_url(address)
    elif kind == "folder" and not Path(address).is_absolute():
        raise BadInput("The folder's path is not absolute", address, hint="It begins with a slash.")
    if kind != "mail" and (how.sender or how.recipients or how.attached):
        raise BadInput("--from, --to and --attach are for mail", f"this is {kind}")
    if kind == "mail" and not (how.sender and how.recipients):
        raise BadInput("Sender and recipients are missing", hint="Give --from ADDRESS and --to ADDRESS.")
    try:
        addressed(b"", how.sender or "none@none.example", how.recipients)
    except ValueError as error:
        raise BadInput(
            "An address cannot be used", str(error), hint="Bare and ASCII: desk@tidewater.example."
        ) from error


def _way_out(
    here: Node, out: Out, kind: ChannelKind, address: str, given: access.Given, how: Access
) -> tuple[Access, str, bool]:
    """Access, secret, and whether the secret is one we have made, to be told."""
    if kind in access.SCHEMES:
        how, secret = access.entry(here, out, kind, address, given, how)
        return how, secret.decode(), False
    access.check_nothing_given(kind, given, secret=kind == "superdesk")
    if kind == "superdesk":
        return how, access.shared_secret(given.password_file), given.password_file is None
    made = format_secret(secrets.token_bytes(SECRET_BYTES)) if kind == "webhook" else ""
    return how, made, bool(made)


@channel.command(
    "access", examples=("dragoman channel access tide-sftp --user lna --key-file new-key --host-key SHA256:…",)
)
@click.argument("name")
@access.login_options
@click.pass_obj
def change_access(out: Out, name: str, given: access.Given) -> None:
    """Say anew how we get into the server of a channel: login, password or key, host key, security.

    What is not given is as with `channel add`; a channel that is paused goes on with `channel resume`.
    """
    with newsroom(out) as (here, conn):
        one = channels.channel(conn, name).channel
        if one.kind not in access.SCHEMES:
            raise BadInput(f"A channel of kind {one.kind} logs in nowhere")
        how, secret = access.entry(here, out, one.kind, one.address, given, one.access)
        with conn.transaction():
            channels.set_access(conn, name, how, secret.decode())
            audit.record(conn, operator(), "channel access changed", name)
        out.record(_record(channels.channel(conn, name)))
        if one.state != "active":
            out.say(f"It is {one.state}. Next: dragoman channel resume {name}")


@channel.command("list", examples=("dragoman channel list", "dragoman channel list --agency TIDE --json"))
@click.option("--agency", default="", help="Only to this agency.")
@click.pass_obj
def list_(out: Out, agency: str) -> None:
    """List the channels and how each is doing."""
    with newsroom(out) as (_, conn):
        columns = ("name", "agency", "kind", "state", "waiting", "oldest", "failures", "last_error")
        out.records(map(_record, channels.channels(conn, agency)), columns)


@channel.command("test", examples=("dragoman channel test tide-web",))
@click.argument("name")
@click.pass_context
def test(ctx: click.Context, name: str) -> None:
    """Send a signed ping, try the folder, or log in at the server; nothing of the wire is sent."""
    out: Out = ctx.obj
    with newsroom(out) as (here, conn):
        row = channels.channel(conn, name)
        result = _TESTS[row.channel.kind](here, row)
    out.record({"channel": name, "kind": row.channel.kind, "address": row.channel.address, **result})
    if not result["ok"]:
        ctx.exit(1)


@channel.command("pause", examples=("dragoman channel pause tide-web --reason 'their server is being moved'",))
@click.argument("name")
@click.option("--reason", default="paused by hand", show_default=True)
@click.pass_obj
def pause(out: Out, name: str, reason: str) -> None:
    """Stop sending on a channel; what is owed waits."""
    _set(out, name, "paused", reason)


@channel.command("resume", examples=("dragoman channel resume tide-web",))
@click.argument("name")
@click.pass_obj
def resume(out: Out, name: str) -> None:
    """Go on sending on a channel, with what has waited."""
    _set(out, name, "active", "")


def _set(out: Out, name: str, state: str, reason: str) -> None:
    with newsroom(out) as (_, conn):
        with conn.transaction():
            channels.set_state(conn, name, state, reason)
            audit.record(conn, operator(), f"channel {state}", name, reason=reason)
        Waker(conn).wake(DELIVERIES)
        out.record(_record(channels.channel(conn, name)))


def _record(row: channels.ChannelRow) -> Record:
    one = row.channel
    return {
        "name": one.name,
        "agency": one.agency,
        "kind": one.kind,
        "address": one.address,
        "format": one.format,
        "login": one.access.login,
        "security": one.access.security if one.kind in ("mail", "ftp") else None,
        "host_keys": [hostkeys.shown(pin) for pin in one.access.host_keys],
        "recipients": list(one.access.recipients),
        "state": one.state,
        "reason": row.reason,
        "waiting": row.waiting,
        "oldest": row.oldest,
        "failures": row.failures,
        "failing_since": row.failing_since,
        "last_error": row.last_error,
        "last_success": row.last_success,
    }


# ---------------------------------------------------------------------------------------------- a test of each kind


def _ping(here: Node, row: channels.ChannelRow) -> Record:
    """A signed push of the type ``ping``; any 2xx answer is good."""
    at = now()
    body = json.dumps({"type": "ping", "from": here.keyring.agency, "at": at.isoformat()}).encode()
    shared = [parse_secret(row.secret)] if row.secret else []
    stamp = sign(f"ping_{secrets.token_hex(8)}", body, at=at, keys=here.keyring.signing, secrets=shared)
    headers = {**stamp.headers(), "content-type": "application/json"}
    return _tried(here, "POST", row.channel.address, headers, body)


def _card(here: Node, row: channels.ChannelRow) -> Record:
    """A node answers with its card; whether we trust the key on it, deliveries will show."""
    from dragoman.cli.node import WELL_KNOWN

    return _tried(here, "GET", row.channel.address.rstrip("/") + WELL_KNOWN, {}, b"")


def _tried(here: Node, method: str, url: str, headers: dict[str, str], body: bytes) -> Record:
    async def fetch() -> Reply:
        async with Connector(parse_allowed(here.config.net.allow)) as connector:
            return await connector.fetch(method, url, headers=headers, body=body, limits=Limits(max_bytes=65_536))

    try:
        reply = asyncio.run(fetch())
    except DragomanError as error:
        return {"ok": False, "status": None, "said": str(error)}
    said = reply.body[:200].decode("utf-8", "replace").strip()
    return {"ok": reply.ok, "status": reply.status, "said": said, "elapsed_s": round(reply.elapsed_s, 3)}


def _writable(here: Node, row: channels.ChannelRow) -> Record:
    folder = Path(row.channel.address)
    if not folder.is_dir():
        return {"ok": False, "said": "there is no such folder"}
    fits = os.access(folder, os.W_OK | os.X_OK)
    return {"ok": fits, "said": "writable" if fits else "not writable by the user who runs this"}


def _superdesk(here: Node, row: channels.ChannelRow) -> Record:
    """Signed, and of a type nobody knows: 400 says that the signature was good, 403 that it was not."""
    body = b'{"guid": "ping", "type": "ping"}'
    headers = {"content-type": "application/json", superdesk.HEADER: superdesk.signature(row.secret.encode(), body)}
    found = dict(_tried(here, "POST", row.channel.address, headers, body))
    return {**found, "ok": found["ok"] or found.get("status") == 400}


def _server(here: Node, row: channels.ChannelRow) -> Record:
    """Log in and list the folder; nothing is written."""

    async def look() -> int:
        one = row.channel
        async with (
            Connector(parse_allowed(here.config.net.allow)) as connector,
            remote.opened(connector, one.address, one.access, row.secret.encode(), Limits()) as (server, folder),
        ):
            return len(await server.names(folder, 10_000))

    try:
        return {"ok": True, "said": f"{asyncio.run(look())} names in the folder"}
    except (DragomanError, remote.FileTrouble) as error:
        return {"ok": False, "said": str(error)}


def _mail_server(here: Node, row: channels.ChannelRow) -> Record:
    """Connect, encrypt, log in, and say good-bye; no mail is sent."""
    from dragoman.deliver.mail import Desk
    from dragoman.net.smtp import open_smtp

    async def greet() -> None:
        one = row.channel
        server = checked_server(one.address, "smtp", one.access.security)
        async with Connector(parse_allowed(here.config.net.allow)) as connector:
            client = await open_smtp(connector, server, one.access, row.secret, Limits())
            await Desk(client).close()

    try:
        asyncio.run(greet())
    except DragomanError as error:
        return {"ok": False, "said": str(error)}
    return {"ok": True, "said": "it lets us in"}


_TESTS = {
    "webhook": _ping,
    "node": _card,
    "folder": _writable,
    "superdesk": _superdesk,
    "sftp": _server,
    "ftp": _server,
    "mail": _mail_server,
}
