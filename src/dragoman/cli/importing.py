"""``dragoman import``: files and folders into a feed of their own. Broken off, it goes on where it was: what the feed has
had is not taken again."""

import glob
import hashlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from msgspec import Struct

from dragoman.app import Node, acting_as, alive
from dragoman.cli.at import newsroom
from dragoman.cli.frame import Command
from dragoman.cli.output import Out
from dragoman.cli.progress import Progress, progress
from dragoman.model.delivery import BULK_PRIORITY
from dragoman.model.errors import BadInput, NotFound, TryAgain
from dragoman.store import agencies, arrivals, feeds
from dragoman.store.connect import ARRIVALS, Connection, Waker
from dragoman.store.feeds import Entry, Feed
from dragoman.store.figures import Outcome, outcome

PARTIAL = 3
_BATCH_FILES, _BATCH_BYTES = 100, 8_000_000
_SILENCE_S = 60.0


class Source(Struct, frozen=True):
    """A file read, or why it could not be."""

    path: Path
    body: bytes = b""
    failure: str = ""


class Tally(Struct):
    """What has been done so far, in files."""

    read: int = 0
    kept: int = 0
    skipped: int = 0
    failed: int = 0


@click.command(
    "import",
    cls=Command,
    examples=(
        "dragoman import archive/2025",
        "dragoman import 'wire/*.xml' --agency TIDE --format ninjs --wait",
        "dragoman import archive --dry-run",
    ),
)
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@click.option("--agency", help="Whose copy it is; without it, our own.")
@click.option("--format", "wire", default="", help="What it is written in; without it, found out for each file.")
@click.option("--language", default="", help="The language, where the copy does not say.")
@click.option("--zone", default="UTC", show_default=True, help="The time zone of times that have none.")
@click.option("--wait", is_flag=True, help="Until everything is decoded and stored.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken in; take in nothing.")
@click.pass_context
def import_(
    ctx: click.Context,
    paths: tuple[str, ...],
    agency: str | None,
    wire: str,
    language: str,
    zone: str,
    wait: bool,
    dry_run: bool,
) -> None:
    """Take in files, folders (all that is beneath) and patterns, behind everything that comes in live.

    Each file's bytes are kept before the next is read. Done again, it skips what it has had. Exit code 3: some files
    could not be read, or (with --wait) some were parked.
    """
    out: Out = ctx.obj
    files = list(found_files(paths))
    if dry_run:
        out.records(({"path": path, "size": path.stat().st_size} for path in files), ("path", "size"))
        return
    with newsroom(out) as (here, conn):
        feed = import_feed(conn, agency or agencies.home(conn).code, wire, language, zone)
        tally, numbers = Tally(), []
        with progress("files", len(files), quiet=out.verbosity < 0) as shown:
            for batch in _batches(files, here.config.limits.body_bytes):
                numbers += _keep(here, conn, feed, batch, wire, tally, out)
                shown.advance(len(batch))
        result = _followed(conn, numbers, out, wait=wait)
    record: dict[str, object] = {"feed": feed.name, "read": tally.read, "kept": tally.kept, "skipped": tally.skipped}
    record["failed"] = tally.failed
    if wait:
        record |= {
            "stored": result.stored,
            "duplicate": result.duplicate,
            "parked": result.parked,
            "refused": result.refused,
        }
    out.record(record)
    if tally.failed or (wait and result.parked + result.refused):
        ctx.exit(PARTIAL)


def found_files(paths: Sequence[str]) -> Iterator[Path]:
    """The files meant, in the order given, folders in the order of their names; hidden ones only where named.

    Raises: NotFound: nothing is there, or a pattern fits nothing.
    """
    for text in paths:
        named = [text] if Path(text).exists() else sorted(glob.glob(text, recursive=True))
        if not named:
            raise NotFound("There is no such file", text, kept="Nothing.")
        for name in named:
            yield from _beneath(Path(name))


def _beneath(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for inner in sorted(path.iterdir()):
            if not inner.name.startswith("."):
                yield from _beneath(inner)


def import_feed(conn: Connection, agency: str, wire: str, language: str, zone: str) -> Feed:
    """The feed that imports of this agency's copy go into; made at the first one.

    Raises: BadInput: it was made for another language or zone.
    """
    name = f"import-{agency.lower()}"
    try:
        feed = feeds.the_feed(conn, name)
    except NotFound:
        # The format is each import's own: an arrival carries it.
        return feeds.add_feed(conn, Feed(name=name, agency=agency, kind="import", language=language, zone=zone))
    if (language and language != feed.language) or (zone not in ("UTC", feed.zone)):
        raise BadInput(
            f"The feed {name} takes {feed.language or 'any language'} in {feed.zone}",
            hint="Use `dragoman feed add --kind folder` for copy of another language or zone.",
        )
    return feed


def _batches(files: Sequence[Path], limit: int) -> Iterator[list[Source]]:
    batch: list[Source] = []
    size = 0
    for path in files:
        source = _read(path, limit)
        batch.append(source)
        size += len(source.body)
        if len(batch) >= _BATCH_FILES or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read(path: Path, limit: int) -> Source:
    try:
        with path.open("rb") as file:
            body = file.read(limit + 1)
    except OSError as error:
        return Source(path, failure=error.strerror or str(error))
    if len(body) > limit:
        return Source(path, failure=f"larger than {limit} bytes (limits.body_bytes)")
    return Source(path, body, "" if body else "empty")


def _keep(
    here: Node, conn: Connection, feed: Feed, batch: Sequence[Source], wire: str, tally: Tally, out: Out
) -> list[int]:
    """The numbers of the arrivals made of `batch`: durable when this returns."""
    good = {hashlib.sha256(s.body).hexdigest(): s for s in batch if not s.failure}
    for source in batch:
        if source.failure:
            out.say(f"{source.path}: {source.failure}")
    with acting_as(here.database.account), conn.transaction():
        fresh = feeds.news(conn, feed.id, [Entry(digest, source.body) for digest, source in good.items()])
        kept = [_kept(good[entry.key], wire) for entry in fresh]
        numbers = arrivals.keep(conn, feed.id, feed.agency_id, kept, here.files)
    Waker(conn).wake(ARRIVALS)
    failed = sum(bool(source.failure) for source in batch)
    tally.read += len(batch)
    tally.kept += len(numbers)
    tally.failed += failed
    tally.skipped += len(batch) - failed - len(numbers)
    return numbers


def _kept(source: Source, wire: str) -> arrivals.Kept:
    return arrivals.Kept(body=source.body, source=str(source.path), format=wire, priority=BULK_PRIORITY)


def _followed(conn: Connection, numbers: Sequence[int], out: Out, *, wait: bool) -> Outcome:
    """What became of the arrivals; with `wait`, once nothing of them is left to decode."""
    running = alive(conn, "pipeline")
    if numbers and not running:
        out.say("Kept. No `dragoman serve` decodes here now: it is done when one starts.")
    result = outcome(conn, numbers)
    if not wait:
        return result
    with progress("decoded", len(numbers), quiet=out.verbosity < 0) as shown:
        return _awaited(conn, numbers, result, shown)


def _awaited(conn: Connection, numbers: Sequence[int], result: Outcome, shown: Progress) -> Outcome:
    moved = time.monotonic()
    while result.kept:
        time.sleep(0.25)
        newer = outcome(conn, numbers)
        if newer.kept < result.kept:
            moved = time.monotonic()
            shown.advance(result.kept - newer.kept)
        result = newer
        if result.kept and (not alive(conn, "pipeline") or time.monotonic() - moved > _SILENCE_S):
            raise TryAgain(
                "Nobody decodes what was kept",
                f"{result.kept} of {len(numbers)} still to do",
                kept="Everything that was read.",
                hint="Start `dragoman serve`; importing again skips what is kept.",
            )
    return result
