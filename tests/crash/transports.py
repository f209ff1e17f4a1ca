"""Deaths between a partner's server and our store: each way in and out is gone in a process of its own, and gone again.

python -m tests.crash.transports FOLDER WAY ADDRESS [HOST_KEY]
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from dragoman.app import connected, open_node
from dragoman.deliver.hands import Hands
from dragoman.deliver.parcel import Parcel
from dragoman.model.access import Access
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.receive import mailbox, remote
from dragoman.receive.box import Box, BoxLimits
from dragoman.receive.decoding import WORK
from dragoman.receive.folder import Watch
from dragoman.receive.intake import Intake, LoopBox
from dragoman.store import feeds
from dragoman.store.connect import Connection, Waker
from dragoman.store.feeds import Feed
from dragoman.store.lanes import Attempt, Lane
from dragoman.trust.keys import new_keyring
from servers import PASSWORD, USER, imap_server, sftp_server

from .node import Made

COPY = b"Bulletin\n\nThe lantern is lit at nine."
LETTER = b"From: desk@alfa.example\r\nSubject: Bulletin\r\n\r\nThe lantern is lit at nine.\r\n"


def remote_run(made: Made, deadly: dict[str, str], once: Path) -> list[str]:
    """A file on a server is kept once and put away once."""
    with tempfile.TemporaryDirectory() as folder, sftp_server(Path(folder)) as server:
        (Path(folder) / "copy.txt").write_bytes(COPY)
        name = once.name.lower()
        _twice(made, deadly, "remote", name, server.address, server.pin)
        lying = sorted(path.name for path in Path(folder).rglob("*.txt") if path.parent.name == "done")
        return [*_kept_once(made, name), *([] if lying == ["copy.txt"] else [f"put away: {lying}"])]


def mailbox_run(made: Made, deadly: dict[str, str], once: Path) -> list[str]:
    """A message is kept once and moved once."""
    with imap_server() as server:
        server.deliver(LETTER)
        name = once.name.lower()
        _twice(made, deadly, "mailbox", name, server.address, "")
        left, moved = server.lying(), server.lying("done")
        return [*_kept_once(made, name), *([] if (left, moved) == ([], [LETTER]) else [f"left {left}, moved {moved}"])]


def server_run(made: Made, deadly: dict[str, str], once: Path) -> list[str]:
    """A version is on the server whole, once, and nothing else is left there."""
    with tempfile.TemporaryDirectory() as folder, sftp_server(Path(folder)) as server:
        _twice(made, deadly, "server", once.name.lower(), server.address, server.pin)
        lying = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
        return [] if list(lying.values()) == [COPY] else [f"on the server: {lying}"]


def _twice(made: Made, deadly: dict[str, str], *words: str) -> None:
    """Once more after a death; and once more where there was none, which must change nothing."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}
    for environment in (deadly, {}):
        subprocess.run(
            [sys.executable, "-m", "tests.crash.transports", str(made.folder), *words],
            env={**usual, **environment},
            cwd=Path(__file__).parents[2],
            check=not environment,
        )


def _kept_once(made: Made, name: str) -> list[str]:
    with connected(made.open()) as conn:
        row = conn.execute("select count(*) from arrival a join feed f on f.id = a.feed where f.name = %s", (name,))
        [count] = row.fetchone() or [0]
    return [] if count == 1 else [f"kept {count} times"]


# ---------------------------------------------------------------------------------------------- the process that dies


def main() -> None:
    folder, way, name, address, pin = sys.argv[1:]
    asyncio.run(_WAYS[way](Path(folder), name, address, pin))


async def _into_feed(folder: Path, kind: str, name: str, address: str, access: Access) -> None:
    with connected(open_node(folder, {})) as conn:
        feed = _feed(conn, kind, name, address, access)
        box = Box(1, WORK, BoxLimits())
        try:
            async with Connector(parse_allowed(["127.0.0.1/32"])) as connector:
                intake = Intake(conn=conn, files=None, connector=connector, box=LoopBox(box), waker=Waker(conn))
                if kind == "imap":
                    await mailbox.poll(intake, feed)
                else:
                    watch = Watch()
                    for at in (0.0, 10.0):
                        await remote.poll(intake, feed, watch, at)
        finally:
            box.close()


def _feed(conn: Connection, kind: str, name: str, address: str, access: Access) -> Feed:
    if not any(one.name == name for one in feeds.feeds(conn)):
        wanted = Feed(
            name=name,
            agency="ALF",
            kind=kind,  # type: ignore[arg-type]  # imap or sftp
            address=address,
            format="text",
            secret=PASSWORD.encode(),
            access=access,
        )
        feeds.add_feed(conn, wanted)
        feeds.set_state(conn, name, "paused")  # nobody else polls it
    return feeds.the_feed(conn, name)


async def _from_server(folder: Path, name: str, address: str, pin: str) -> None:
    await _into_feed(folder, "sftp", name, address, Access(login=USER, host_keys=(pin,)))


async def _from_mailbox(folder: Path, name: str, address: str, pin: str) -> None:
    await _into_feed(folder, "imap", name, address, Access(login=USER, security="plain"))


async def _onto_server(folder: Path, name: str, address: str, pin: str) -> None:
    now = datetime.now(UTC)
    attempt = Attempt(
        channel=1,
        token=1,
        sequence=7,
        at=now,
        epoch=1,
        item=3,
        act="publish",
        attempts=1,
        due_since=now,
        payload=b'{"uri":"hom:3"}',
        agreement="",
        revision=1,
        advance=False,
        origin="HOM",
        partner="ALF",
        received=now,
    )
    lane = Lane(
        channel=1,
        token=1,
        name=name,
        kind="sftp",
        address=address,
        format="text",
        secret=PASSWORD,
        partner="ALF",
        failures=0,
        express=False,
        attempts=(attempt,),
        access=Access(login=USER, host_keys=(pin,)),
    )
    async with Connector(parse_allowed(["127.0.0.1/32"])) as connector:
        hands = Hands(connector, lambda: new_keyring("HOM", now))
        await hands.over(lane, attempt, Parcel(body=COPY, media_type="text/plain", suffix=".txt"), "HOM-1-1-7", now)
        await hands.close()


_WAYS: dict[str, Callable[[Path, str, str, str], Coroutine[None, None, None]]] = {
    "remote": _from_server,
    "mailbox": _from_mailbox,
    "server": _onto_server,
}

if __name__ == "__main__":
    main()
