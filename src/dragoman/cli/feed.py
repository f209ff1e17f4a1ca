"""``dragoman feed``: the ways in, what a feed's entries would become, and a poll out of turn."""

import asyncio
import secrets
import time
from datetime import timedelta
from pathlib import Path
from typing import Literal

import click

from dragoman.app import Node, alive
from dragoman.cli import access
from dragoman.cli.at import newsroom
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.who import operator
from dragoman.formats import prepare
from dragoman.model.access import Access, Afterwards
from dragoman.model.arrival import FeedKind, Unit
from dragoman.model.errors import BadInput, TryAgain
from dragoman.net import hostkeys
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.net.reply import Limits
from dragoman.net.urls import checked_url
from dragoman.receive.box import Box, BoxLimits
from dragoman.receive.decoding import WORK
from dragoman.receive.preview import preview
from dragoman.store import audit, feeds
from dragoman.store.connect import Connection
from dragoman.store.feeds import Feed
from dragoman.trust.webhook import format_secret

feed = Noun("feed", help="Ways in: add, access, list, test, poll, pause, resume.")
_WAIT_S = 60.0


@feed.command(
    "add",
    examples=(
        "dragoman feed add tide-rss --agency TIDE --kind http --address https://tidewater.example/rss --every 120",
        "dragoman feed add bureau-drop --agency LNA --kind folder --address /srv/in/bureau --format text",
        "dragoman feed add tide-push --agency TIDE --kind push",
        "dragoman feed add tide-desk --agency TIDE --kind push --signed superdesk",
        "dragoman feed add tide-mail --agency TIDE --kind imap --address imap://mail.lna.example/INBOX --user tide",
        "dragoman feed add tide-drop --agency TIDE --kind sftp --address sftp://drop.tidewater.example/out --user lna"
        " --key-file lna-key --host-key SHA256:…",
        "dragoman feed add tide-ftp --agency TIDE --kind ftp --address ftp://ftp.tidewater.example/out --user lna"
        " --password-file tide.txt --after delete",
    ),
)
@click.argument("name")
@click.option("--agency", required=True, help="Whose copy it brings.")
@click.option("--kind", type=click.Choice(["http", "folder", "push", "imap", "sftp", "ftp"]), required=True)
@click.option("--address", default="", help="A web address, a folder on this machine, or imap://, sftp://, ftp://.")
@click.option("--format", "wire", default="", help="What the copy is written in; without it, found out each time.")
@click.option("--language", default="", help="The language, where the copy does not say.")
@click.option("--charset", default="", help="The encoding, where the copy does not say.")
@click.option("--zone", default="UTC", show_default=True, help="The time zone of times that have none.")
@click.option("--every", type=click.IntRange(1, 86_400), default=300, show_default=True, help="Seconds between polls.")
@click.option("--signed", type=click.Choice(["superdesk"]), help="A push feed: its sender is a Superdesk.")
@access.AFTER
@access.DEPTH
@access.SENDER
@access.VOUCHED_BY
@access.login_options
@click.pass_obj
def add(
    out: Out,
    name: str,
    agency: str,
    kind: FeedKind,
    address: str,
    wire: str,
    language: str,
    charset: str,
    zone: str,
    every: int,
    signed: Literal["superdesk"] | None,
    after: Afterwards,
    depth: int,
    senders: tuple[str, ...],
    vouching: str | None,
    given: access.Given,
) -> None:
    """Add a feed. A push feed's secret is printed this once; an SFTP server's host key is compared with --host-key.

    Without --host-key the key that the server shows is printed, to be compared with what the partner tells you by another
    way; nothing is trusted at first sight.
    """
    _check(kind, address, zone)
    if signed and kind != "push":
        raise BadInput("--signed is for push feeds", f"this is {kind}")
    with newsroom(out) as (here, conn):
        known = access.mail_from(kind, senders, vouching, Access(after=after, depth=depth, signed=signed or ""))
        how, secret = _way_in(here, out, kind, address, given, known)
        wanted = Feed(
            name=name,
            agency=agency,
            kind=kind,
            address=address,
            format=wire,
            language=language,
            charset=charset,
            zone=zone,
            every=timedelta(seconds=every),
            secret=secret,
            access=how,
        )
        with conn.transaction():
            made = feeds.add_feed(conn, wanted)
            audit.record(conn, operator(), "feed added", name, agency=agency, kind=kind)
    if secret is None or kind != "push":
        out.record(_record(made))
        return
    shown = secret.decode() if signed else format_secret(secret)
    out.record({**_record(made), "push_to": f"{here.config.url}/exchange/push/{name}", "secret": shown})
    out.say("Give the secret to the sender by a safe way; it is not shown again. See docs/exchange.md, Into a feed.")


def _way_in(
    here: Node, out: Out, kind: str, address: str, given: access.Given, known: Access
) -> tuple[Access, bytes | None]:
    if kind in access.SCHEMES:
        return access.entry(here, out, kind, address, given, known)
    access.check_nothing_given(kind, given, secret=bool(known.signed))
    if known.after != "move" or known.depth:
        raise BadInput("--after and --depth are for imap, sftp and ftp", f"this is {kind}")
    if known.signed:
        return known, access.shared_secret(given.password_file).encode()
    return known, secrets.token_bytes(32) if kind == "push" else None


@feed.command(
    "access",
    examples=(
        "dragoman feed access tide-drop --user lna --key-file new-key --host-key SHA256:…",
        "dragoman feed access tide-mail --user tide --password-file new.txt --sender tidewater.example",
    ),
)
@click.argument("name")
@access.SENDER
@access.VOUCHED_BY
@access.login_options
@click.pass_obj
def change_access(out: Out, name: str, senders: tuple[str, ...], vouching: str | None, given: access.Given) -> None:
    """Say anew how we get into the server of a feed: login, password or key, host key, security.

    What is not given is as with `feed add`, only senders stay; the feed goes on where it was, with `feed resume` if it is paused.
    """
    with newsroom(out) as (here, conn):
        one = feeds.the_feed(conn, name)
        if one.kind not in access.SCHEMES:
            raise BadInput(f"A feed of kind {one.kind} logs in nowhere")
        known = access.mail_from(one.kind, senders, vouching, one.access)
        how, secret = access.entry(here, out, one.kind, one.address, given, known)
        with conn.transaction():
            feeds.set_access(conn, name, how, secret)
            audit.record(conn, operator(), "feed access changed", name)
        out.record(_record(feeds.the_feed(conn, name)))
        if one.state == "paused":
            out.say(f"It is paused. Next: dragoman feed resume {name}")


def _check(kind: FeedKind, address: str, zone: str) -> None:
    from dragoman.cli.init import check_zone

    check_zone(zone)
    if kind == "http":
        checked_url(address)
    elif kind == "folder" and not Path(address).is_absolute():
        raise BadInput("The folder's path is not absolute", address, hint="It begins with a slash.")
    elif kind == "push" and address:
        raise BadInput("A push feed has no address: the partner comes to us")


@feed.command("list", examples=("dragoman feed list", "dragoman feed list --json"))
@click.pass_obj
def list_(out: Out) -> None:
    """List the feeds and how each is doing."""
    with newsroom(out) as (_, conn):
        columns = ("name", "agency", "kind", "state", "last_arrival", "failures", "last_error", "address")
        out.records(map(_record, feeds.feeds(conn)), columns)


@feed.command("pause", examples=("dragoman feed pause tide-rss",))
@click.argument("name")
@click.pass_obj
def pause(out: Out, name: str) -> None:
    """Stop taking in from a feed."""
    _set(out, name, "paused")


@feed.command("resume", examples=("dragoman feed resume tide-rss",))
@click.argument("name")
@click.pass_obj
def resume(out: Out, name: str) -> None:
    """Go on taking in from a feed, at once."""
    _set(out, name, "active")


def _set(out: Out, name: str, state: str) -> None:
    with newsroom(out) as (_, conn):
        with conn.transaction():
            feeds.set_state(conn, name, state)
            audit.record(conn, operator(), f"feed {state}", name)
        out.record(_record(feeds.the_feed(conn, name)))


@feed.command("poll", examples=("dragoman feed poll tide-rss", "dragoman feed poll tide-rss --wait"))
@click.argument("name")
@click.option("--wait", is_flag=True, help="Until it has been polled, a minute at most.")
@click.pass_obj
def poll(out: Out, name: str, wait: bool) -> None:
    """Poll a feed now, out of turn. The running node does it."""
    with newsroom(out) as (_, conn):
        before = feeds.the_feed(conn, name)
        feeds.poll_now(conn, name)
        if not alive(conn, "receive"):
            out.say("No `dragoman serve` takes in here now: the feed is polled when one starts.")
        if wait:
            _await_poll(conn, before)
        out.record(_record(feeds.the_feed(conn, name)))


def _await_poll(conn: Connection, before: Feed) -> None:
    deadline = time.monotonic() + _WAIT_S
    while feeds.the_feed(conn, before.name).last_poll == before.last_poll:
        if time.monotonic() > deadline or not alive(conn, "receive"):
            raise TryAgain(
                f"The feed {before.name} has not been polled yet",
                hint="Is `dragoman serve` running, its receive role too?",
            )
        time.sleep(0.2)


# ---------------------------------------------------------------------------------------------- a look without keeping


@feed.command("test", examples=("dragoman feed test tide-rss", "dragoman feed test bureau-drop --json"))
@click.argument("name")
@click.pass_context
def test(ctx: click.Context, name: str) -> None:
    """Fetch a feed and show what its entries would become. Nothing is kept."""
    out: Out = ctx.obj
    with newsroom(out) as (here, conn):
        found = feeds.the_feed(conn, name)
    records = [_entry(unit) for unit in _units(here, found)]
    out.records(records, ("index", "language", "headline", "problem"))
    if any(record["problem"] for record in records):
        ctx.exit(3)


def _units(here: Node, found: Feed) -> list[Unit]:
    account, limits = here.database.account, here.config.limits
    user = (account.uid, account.gid) if account else None
    prepare()
    box = Box(1, WORK, BoxLimits(wall_s=limits.decode_s, memory_bytes=limits.decode_memory_bytes, user=user))

    async def look() -> list[Unit]:
        async with Connector(parse_allowed(here.config.net.allow)) as connector:
            return await preview(
                found, connector, box, keyring=here.keyring, limits=Limits(max_bytes=limits.body_bytes)
            )

    try:
        return asyncio.run(look())
    finally:
        box.close()


def _entry(unit: Unit) -> Record:
    item, problem = unit.item, unit.problem
    return {
        "index": unit.index,
        "uri": item.uri if item else None,
        "language": item.language if item else None,
        "headline": item.headline if item else None,
        "version": item.version if item else None,
        "problem": f"{problem.title}: {problem.detail}" if problem else None,
    }


def _record(one: Feed) -> Record:
    return {
        "name": one.name,
        "agency": one.agency,
        "kind": one.kind,
        "address": one.address,
        "format": one.format,
        "language": one.language,
        "charset": one.charset,
        "zone": one.zone,
        "every_s": int(one.every.total_seconds()),
        "login": one.access.login,
        "security": one.access.security if one.kind in ("imap", "ftp") else None,
        "host_keys": [hostkeys.shown(pin) for pin in one.access.host_keys],
        "senders": list(one.access.senders),
        "vouched_by": one.access.vouching,
        "after": one.access.after if one.kind in access.SCHEMES else None,
        "state": one.state,
        "last_poll": one.last_poll,
        "last_arrival": one.last_arrival,
        "next_poll": one.next_poll,
        "failures": one.failures,
        "last_error": one.last_error,
    }
