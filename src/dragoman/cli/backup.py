"""``dragoman backup``: database, keys, settings and kept bytes in one file, while the node runs."""

import tempfile
from pathlib import Path

import click

from dragoman import __version__
from dragoman.app import Node
from dragoman.cli import archive
from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Command
from dragoman.cli.output import Out
from dragoman.cli.who import operator
from dragoman.config import config_path
from dragoman.model.errors import NotFound
from dragoman.store import agencies, audit, order
from dragoman.store.db.backup import dump

ACT = "backup written"


@click.command(
    cls=Command, examples=("dragoman backup /mnt/safe/lna-2026-05-01.tar", "dragoman backup node.tar --json")
)
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(out: Out, target: Path) -> None:
    """Write everything of the node to one new file. It holds the node's keys: keep it as safe as them.

    The node may go on running. An existing file is never replaced.
    """
    folder = target.absolute().parent
    if not folder.is_dir():
        raise NotFound("There is no such folder", str(folder))
    with newsroom(out) as (here, conn):
        with archive.written(target.absolute()) as writer:
            _fill(here, writer, folder)
            agency, made = agencies.home(conn).code, now()
            manifest = archive.manifest_of(
                writer, dragoman=__version__, agency=agency, made=made, epoch=order.epoch(conn)
            )
            writer.close(manifest)
        audit.record(conn, operator(), ACT, str(target))
    out.record(
        {
            "file": target.absolute(),
            "size": target.stat().st_size,
            "agency": agency,
            "made": made,
            "parts": len(manifest.parts),
        }
    )


def _fill(here: Node, writer: archive.Writer, folder: Path) -> None:
    # The database first: whatever bytes its rows name were durable before, and are still there afterwards.
    with tempfile.TemporaryDirectory(prefix=".dragoman-backup-", dir=folder) as scratch:
        dumped = Path(scratch) / archive.DATABASE
        dump(here.database, dumped)
        writer.add(archive.DATABASE, dumped)
    writer.add(archive.KEYS, here.config.keys)
    writer.add(archive.SETTINGS, config_path(here.config.folder))
    kept = here.config.folder / "bytes"
    for path in sorted(p for p in kept.glob("??/*") if p.is_file() and not p.name.startswith(".")):
        writer.add(path.relative_to(here.config.folder).as_posix(), path)
