"""A watched folder: a file is taken when nobody writes to it any more, once, and put away when its bytes are kept.

seen     twice with the same size, time and inode, a second apart: finished
kept     in one transaction with the mark that this very file has been taken
moved    to ``done/``; should we die before, the mark tells the next scan that only the move is missing

Limits: a sender who pauses for longer than a second and goes on is cut off there. Senders should write under a name
that begins with a dot or ends in ``.part``, and rename.
"""

import asyncio
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

import structlog
from msgspec import Struct, field

from dragoman.crash import crash
from dragoman.model.errors import BadInput
from dragoman.receive.intake import Intake
from dragoman.receive.shelf import DONE, REFUSED, Lying, Shelf, Unfit
from dragoman.store import arrivals, feeds
from dragoman.store.arrivals import Kept
from dragoman.store.connect import translated
from dragoman.store.feeds import Entry, Feed

log = structlog.get_logger("receive")
STILL_S, EMPTY_S = 1.0, 60.0
"""How long a file, and one without a single byte, must not have changed, in seconds."""
SCAN = timedelta(seconds=1)
NOTED = timedelta(minutes=1)
_BATCH_FILES, _BATCH_BYTES = 50, 8_000_000
_UNREADABLE = timedelta(minutes=1)


class Sighting(Struct, frozen=True):
    """A file as it was first seen in its present state; `since` in seconds of a monotonic clock."""

    lying: Lying
    since: float


class Watch(Struct):
    """What is remembered of a folder between two scans. Forgetting it costs a second, never a file."""

    seen: dict[str, Sighting] = field(default_factory=dict)
    stuck: dict[str, Lying] = field(default_factory=dict)
    """Done with, but could not be moved."""
    odd: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    """On a server: reading them broke the connection; all others come first."""


class Read(Struct, frozen=True):
    """A finished file: its bytes, or why it is refused."""

    lying: Lying
    body: bytes = b""
    unfit: str = ""


def sight(before: Mapping[str, Sighting], files: Sequence[Lying], at: float) -> dict[str, Sighting]:
    """What is known of the files after a scan at `at`: those unchanged keep the time they were first seen."""
    after = {}
    for lying in files:
        known = before.get(lying.name)
        after[lying.name] = known if known and known.lying == lying else Sighting(lying, at)
    return after


def finished(seen: Mapping[str, Sighting], at: float) -> list[Lying]:
    """The files nobody has written to for long enough, in the order of `seen`."""
    return [s.lying for s in seen.values() if at - s.since >= (STILL_S if s.lying.stamp.size else EMPTY_S)]


async def poll(intake: Intake, feed: Feed, watch: Watch, at: float) -> int:
    """One scan; how many files were kept. `at` is the monotonic clock in seconds. Disk work is done in a thread.

    Raises:
        TryAgain: the database is away; the files lie where they were.
    """
    kept = 0
    try:
        ready = await asyncio.to_thread(scan, feed, watch, at)
        for batch in batches(ready):
            read = await asyncio.to_thread(read_all, feed.address, batch, intake.limits.max_bytes)
            kept += keep(intake, feed, [one for one in read if not one.unfit])
            crash("receive.folder-kept")
            await asyncio.to_thread(put_away, feed, watch, read)
            crash("receive.folder-moved")
    except BadInput as error:
        intake.failed(feed, f"{error} {error.hint}".strip(), most=_UNREADABLE)
        return kept
    _note(intake, feed, bool(kept))
    return kept


def scan(feed: Feed, watch: Watch, at: float) -> list[Lying]:
    """The finished files, in the order of their names.

    Raises:
        BadInput: the folder is missing or not open to us.
    """
    with Shelf(feed.address) as shelf:
        contents = shelf.contents()
    for name in frozenset(contents.odd) - watch.odd:
        log.warning("not a regular file, left alone", feed=feed.name, name=repr(name))
    watch.odd = frozenset(contents.odd)
    watch.stuck = {one.name: one for one in contents.files if watch.stuck.get(one.name) == one}
    watch.seen = sight(watch.seen, contents.files, at)
    return [lying for lying in finished(watch.seen, at) if lying.name not in watch.stuck]


def batches(files: Sequence[Lying]) -> Iterator[list[Lying]]:
    """So many at a time as fit into memory and a short transaction."""
    batch: list[Lying] = []
    size = 0
    for lying in files:
        if batch and (len(batch) >= _BATCH_FILES or size + lying.stamp.size > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(lying)
        size += lying.stamp.size
    if batch:
        yield batch


def read_all(address: str, files: Sequence[Lying], most: int) -> list[Read]:
    """The files as they are now; one that has changed or gone is left out.

    Raises:
        BadInput: the folder is missing or not open to us.
    """
    read = []
    with Shelf(address) as shelf:
        for lying in files:
            body = shelf.read(lying, most)
            if isinstance(body, Unfit):
                read.append(Read(lying, unfit=body.why))
            elif body is not None:
                read.append(Read(lying, body, unfit="" if body else "It is empty."))
    return read


def keep(intake: Intake, feed: Feed, read: Sequence[Read]) -> int:
    """Keep what has not been kept before; how many."""
    if not read:
        return 0
    by_key = {key_of(one): one for one in read}
    with intake.transaction() as conn:
        fresh = feeds.news(conn, feed.id, [Entry(key, one.body) for key, one in by_key.items()])
        new = [kept_of(by_key[entry.key]) for entry in fresh]
        if new:
            arrivals.keep(conn, feed.id, feed.agency_id, new, intake.files)
        _polled(intake, feed)
    return len(new)


def key_of(read: Read) -> str:
    """This very file: the same name with other bytes, or written anew, is another."""
    stamp = read.lying.stamp
    digest = hashlib.sha256(read.body).hexdigest()
    return f"{read.lying.name}\n{stamp.inode}\n{stamp.mtime_ns}\n{digest}"


def kept_of(read: Read) -> Kept:
    return Kept(body=read.body, source=read.lying.shown, priority=arrivals.hurry(read.body))


def put_away(feed: Feed, watch: Watch, read: Sequence[Read]) -> None:
    """Move the files out of the way, those that are refused with their reason.

    Raises:
        BadInput: the folder is missing or not open to us.
    """
    with Shelf(feed.address) as shelf:
        for one in read:
            if one.unfit:
                log.warning("file refused", feed=feed.name, name=one.lying.shown, why=one.unfit)
            if not shelf.put_away(one.lying, REFUSED if one.unfit else DONE, why=one.unfit):
                log.warning("the file cannot be moved away, it stays", feed=feed.name, name=one.lying.shown)
                watch.stuck[one.lying.name] = one.lying


def _note(intake: Intake, feed: Feed, noted: bool) -> None:
    """Write down now and then that the folder has been looked at; a scan a second is not worth a row a second."""
    stale = feed.last_poll is None or intake.clock() - feed.last_poll >= NOTED
    if not noted and (stale or feed.failures):
        with translated():
            _polled(intake, feed)


def _polled(intake: Intake, feed: Feed) -> None:
    feeds.polled(intake.conn, feed, etag="", last_modified="", body_digest=None, next_poll=intake.clock())
