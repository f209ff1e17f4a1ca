"""``dragoman restore``: a node from a backup, in a new data directory, with every channel paused and in a new epoch."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec

from dragoman.app import Node, bring_up_to_date, connected, database_of, reachable, settings
from dragoman.cli import archive
from dragoman.cli.frame import Command
from dragoman.cli.init import make_bytes, make_folder, refuse_existing
from dragoman.cli.output import Out
from dragoman.cli.who import operator
from dragoman.config import Config, config_path
from dragoman.model.errors import Conflict
from dragoman.store import audit, channels, order
from dragoman.store.db.account import Account
from dragoman.store.db.backup import restore as fill
from dragoman.store.db.secrets import sync_folder
from dragoman.trust.keyfile import load_keyring

_SCRATCH = ".restoring"


@click.command(
    cls=Command,
    examples=("dragoman --data /srv/lna restore /mnt/safe/lna-2026-05-01.tar", "dragoman restore node.tar --dry-run"),
)
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Check the backup; restore nothing.")
@click.pass_obj
def restore(out: Out, source: Path, dry_run: bool) -> None:
    """Make a node again from a backup, in the data directory of --data, which must hold none.

    Every sum is checked first. Every channel is paused: look at what would go out, then resume each. Partners' cursors
    are answered with a full catch-up.
    """
    manifest = archive.checked(source)
    told = {
        "agency": manifest.agency,
        "made": manifest.made,
        "dragoman": manifest.dragoman,
        "parts": len(manifest.parts),
    }
    if dry_run:
        out.record({"file": source, **told})
        return
    refuse_existing(out.folder)
    if out.folder.exists() and any(out.folder.iterdir()):
        raise Conflict(
            "The data directory is not empty", str(out.folder), hint="Restore into a new one: --data FOLDER."
        )
    epoch, paused = make_again(out.folder, source)
    out.record({"folder": out.folder.resolve(), **told, "epoch": epoch, "paused": paused})
    out.say(_NEXT.format(data="" if os.environ.get("DRAGOMAN_DATA") else f" --data {out.folder}"))


_NEXT = """
Restored. If the old node still runs anywhere, stop it: two nodes with one key harm each other. Then:
  dragoman{data} doctor                  look at it
  dragoman{data} serve                   run it; it takes in again, and fetches from partners what it missed
  dragoman{data} channel list            what waits on each paused channel
  dragoman{data} channel resume NAME     let it go out: partners recognise what they have had"""


def make_again(folder: Path, source: Path) -> tuple[int, int]:
    """The new epoch's number, and how many channels were paused. The settings are put in place last."""
    make_folder(folder)
    with _unpacked(folder, source) as scratch:
        config = msgspec.structs.replace(settings(scratch), folder=folder.resolve())
        database = database_of(config)
        node = Node(config=config, keyring=load_keyring(scratch / archive.KEYS), database=database)
        with reachable(database):
            fill(database, scratch / archive.DATABASE)
            bring_up_to_date(node)
            told = _begin_anew(node)
        os.replace(scratch / archive.KEYS, config.keys)
        _put_bytes(scratch, config, database.account)
        make_bytes(config, database)
        os.replace(scratch / archive.SETTINGS, config_path(folder))
        sync_folder(folder)
    return told


def _begin_anew(node: Node) -> tuple[int, int]:
    with connected(node, "owner") as owner:
        epoch = order.start_epoch(owner, "restored from a backup")
    with connected(node) as conn, conn.transaction():
        paused = channels.pause_all(conn, "restored from a backup: resume it by hand")
        audit.record(conn, operator(), "node restored", "", epoch=epoch, paused=paused)
    return epoch, paused


@contextmanager
def _unpacked(folder: Path, source: Path) -> Iterator[Path]:
    scratch = folder / _SCRATCH
    scratch.mkdir(mode=0o700)
    try:
        archive.unpack(source, _into(scratch))
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _into(scratch: Path) -> Callable[[str], Path | None]:
    return lambda name: None if name == archive.MANIFEST else scratch / name


def _put_bytes(scratch: Path, config: Config, owner: Account | None) -> None:
    """The kept bytes in their place, as the user's the roles run as."""
    if not (scratch / "bytes").is_dir():
        return
    if owner is not None:
        for path in (scratch / "bytes").rglob("*"):
            os.chown(path, owner.uid, owner.gid)
    os.replace(scratch / "bytes", config.folder / "bytes")
