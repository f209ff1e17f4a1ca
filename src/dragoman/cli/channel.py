"""``dragoman channel``: the ways out to partners that run no Dragoman, and how every way out is doing."""

import asyncio
import json
import os
import secrets
from pathlib import Path

import click

from dragoman import formats
from dragoman.app import Node
from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.who import operator
from dragoman.model.delivery import Channel, ChannelKind
from dragoman.model.errors import BadInput, DragomanError
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.net.reply import Limits, Reply
from dragoman.net.urls import checked_url
from dragoman.store import audit, channels
from dragoman.store.connect import DELIVERIES, Waker
from dragoman.trust.webhook import format_secret, parse_secret, sign

channel = Noun("channel", help="Ways out: add, list, test, pause, resume.")
SECRET_BYTES = 32


@channel.command(
    "add",
    examples=(
        "dragoman channel add tide-web --agency TIDE --kind webhook --address https://in.tidewater.example/wire",
        "dragoman channel add tide-drop --agency TIDE --kind folder --address /srv/out/tide --format text",
    ),
)
@click.argument("name")
@click.option("--agency", required=True, help="The partner it leads to.")
@click.option("--kind", type=click.Choice(["webhook", "folder"]), required=True)
@click.option("--address", required=True, help="A web address, or a folder on this machine.")
@click.option("--format", "wire", default="ninjs", show_default=True, help="What the copy is written in.")
@click.pass_obj
def add(out: Out, name: str, agency: str, kind: ChannelKind, address: str, wire: str) -> None:
    """Add a channel. A webhook's secret is printed this once: the partner checks our signature with it."""
    formats.writable(wire)
    if kind == "webhook":
        checked_url(address)
    elif not Path(address).is_absolute():
        raise BadInput("The folder's path is not absolute", address, hint="It begins with a slash.")
    secret = format_secret(secrets.token_bytes(SECRET_BYTES)) if kind == "webhook" else ""
    wanted = Channel(name=name, agency=agency, kind=kind, address=address, format=wire)
    with newsroom(out) as (_, conn):
        with conn.transaction():
            channels.add_channel(conn, wanted, secret)
            audit.record(conn, operator(), "channel added", name, agency=agency, kind=kind)
        made: dict[str, object] = dict(_record(channels.channel(conn, name)))
    out.record({**made, "secret": secret} if secret else made)
    if secret:
        out.say("Give the secret to the partner by a safe way; it is not shown again.")


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
    """Send a signed ping, or try the folder; nothing of the wire is sent."""
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


_TESTS = {"webhook": _ping, "node": _card, "folder": _writable}
