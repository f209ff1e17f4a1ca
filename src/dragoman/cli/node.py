"""``dragoman node``: our own node, partners' nodes whose key a person has confirmed, and a new key of ours."""

import asyncio
import base64
import binascii
import os
import sys
from pathlib import Path

import click
import msgspec

from dragoman.app import Node
from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out
from dragoman.cli.who import confirmed, operator
from dragoman.desk import partners
from dragoman.desk.partners import Card
from dragoman.model.errors import BadInput, Conflict
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.net.reply import Limits, Reply
from dragoman.store import agencies
from dragoman.store.connect import Connection
from dragoman.trust import keys
from dragoman.trust.keyfile import save_keyring

node = Noun("node", help="Our node and its partners' keys: show, trust, rotate.")
WELL_KNOWN = "/.well-known/dragoman"


@node.command("show", examples=("dragoman node show", "dragoman node show --json"))
@click.pass_obj
def show(out: Out) -> None:
    """Show our node: address, key fingerprint to read out to a partner, partners' nodes."""
    with newsroom(out) as (here, conn):
        home, ring = agencies.home(conn), here.keyring
        out.record(
            {
                "agency": home.code,
                "name": home.name,
                "url": here.config.url,
                "fingerprint": keys.fingerprint(ring.current.public),
                "since": ring.current.since,
                "previous": keys.fingerprint(ring.previous.public) if ring.previous else None,
                "partners": [a.code for a in agencies.agencies(conn) if a.node and not a.home],
            }
        )


@node.command(
    "trust",
    examples=(
        "dragoman node trust https://wire.tidewater.example",
        "dragoman node trust TIDE 'G3FV 7EFD OHH6 NKNL WYG7 TITU NUT5 YQJT'",
    ),
)
@click.argument("where", metavar="CODE_OR_URL")
@click.argument("fingerprint", required=False)
@click.option("--replace", is_flag=True, help="Retire the keys of theirs that are trusted now: they have lost them.")
@click.option("--yes", is_flag=True, help="Do not ask before retiring keys.")
@click.pass_obj
def trust(out: Out, where: str, fingerprint: str | None, replace: bool, yes: bool) -> None:
    """Trust a partner's node, once its fingerprint has been compared by another way.

    Ask the partner for the fingerprint by telephone or in person, never by the way the node's address came. Without it
    on the command line it is asked for. Makes the agency, a channel to it and a feed from it where they are missing.
    """
    with newsroom(out) as (here, conn):
        card = fetch_card(here, _address(conn, where))
        shown = keys.fingerprint(_public(card))
        out.say(f"{card.name} ({card.agency}) at {card.node} shows the key\n  {shown}")
        told = fingerprint or _asked()
        if replace:
            confirmed(f"Retire every key of {card.agency} that is trusted now?", yes=yes)
        with conn.transaction():
            if replace:
                partners.forget_keys(conn, card.agency, by=operator(), now=now())
            agency = partners.trust(conn, card, told, by=operator(), now=now())
        out.record({"agency": agency.code, "name": agency.name, "node": agency.node, "fingerprint": shown})
        out.say(f"Trusted. Next: dragoman agreement propose {agency.code} --give …")


@node.command("rotate", examples=("dragoman node rotate", "dragoman node rotate --announce-only"))
@click.option("--announce-only", is_flag=True, help="Tell the partners of the last rotation again; make no new key.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def rotate(out: Out, announce_only: bool, yes: bool) -> None:
    """Make a new key, signed by the old one, and tell every partner's node.

    The old key signs beside the new one until the next rotation. Make a backup afterwards.
    """
    with newsroom(out) as (here, conn):
        ring = here.keyring
        if not announce_only:
            confirmed("Make a new key for this node?", yes=yes)
            ring = keys.rotate(ring, now())
            # Kept first: partners must never follow a key that we have not.
            _save(ring, here.config.keys)
        if ring.succession is None:
            raise Conflict("There is no rotation to tell of", hint="`dragoman node rotate` makes a new key.")
        told = partners.announce_key(conn, ring.succession, by=operator())
        out.record({"fingerprint": keys.fingerprint(ring.current.public), "since": ring.current.since, "told": told})
        out.say("Make a backup now: the one before does not hold this key.")


def _save(ring: keys.Keyring, path: Path) -> None:
    """Keep the keys, the file still its owner's: root rotates, the roles that read it may run as another user."""
    owner = path.stat()
    save_keyring(ring, path)
    if os.geteuid() == 0:
        os.chown(path, owner.st_uid, owner.st_gid)


# ---------------------------------------------------------------------------------------------- their card


def _address(conn: Connection, where: str) -> str:
    if "://" in where:
        return where.rstrip("/")
    agency = agencies.agency(conn, where)
    if not agency.node:
        raise BadInput(f"{where} has no node that we know of", hint="Give its address: https://…")
    return agency.node.rstrip("/")


def fetch_card(here: Node, url: str) -> Card:
    """What the node at `url` says of itself. To be believed only after a person has confirmed its key.

    Raises:
        TryAgain: it is not reached.
        BadInput: what answers there is no Dragoman node, or its address is not allowed.
    """
    reply = asyncio.run(_fetch(here, url.rstrip("/") + WELL_KNOWN))
    if not reply.ok:
        raise BadInput("There is no Dragoman node at this address", f"{reply.url} answers {reply.status}")
    try:
        return msgspec.json.decode(reply.body, type=Card)
    except msgspec.MsgspecError as error:
        raise BadInput("There is no Dragoman node at this address", f"{reply.url}: {error}") from error


async def _fetch(here: Node, url: str) -> Reply:
    async with Connector(parse_allowed(here.config.net.allow)) as connector:
        return await connector.fetch("GET", url, limits=Limits(max_bytes=65_536))


def _public(card: Card) -> bytes:
    try:
        return base64.b64decode(card.public, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput("The node shows no key", card.node) from error


def _asked() -> str:
    if not sys.stdin.isatty():
        raise BadInput(
            "There is nobody to confirm the fingerprint", hint="Give what the partner told you behind the address."
        )
    return str(click.prompt("Type the fingerprint that they told you", err=True))
