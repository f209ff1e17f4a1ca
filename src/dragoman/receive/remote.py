"""A folder on a partner's server, by SFTP or FTP: a watched folder that is farther away. The decisions are the folder's own.

seen     twice with the same size and time, a second apart: finished
kept     in one transaction with the mark that this very file has been taken
after    moved to ``done/`` beside it, deleted, or left; should we die before, the next look finds the mark

One bad file never stops the batch. A host key that has changed pauses the feed until a person has looked.

Limits: a file that is left where it lies is known by name, size and time: written anew with all three the same, it is not
seen. Of a folder with more than `MOST_NAMES` names the rest waits until these are away; where files are left, it is an error.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta

import structlog
from msgspec import Struct

from dragoman.crash import crash
from dragoman.model.errors import BadInput, DragomanError, TryAgain, Untrusted
from dragoman.net.remote import FileTrouble, Listed, Remote, joined, opened, said, unfit_name
from dragoman.receive.folder import Read, Watch, batches, finished, kept_of, key_of, sight
from dragoman.receive.intake import Intake, rhythm
from dragoman.receive.shelf import DONE, REFUSED, Lying, Stamp, is_unfinished, names_for
from dragoman.store import arrivals, audit, feeds
from dragoman.store.connect import translated
from dragoman.store.feeds import Entry, Feed

log = structlog.get_logger("receive")
MOST_NAMES, MOST_FOLDERS, MOST_ODD, DEEPEST = 50_000, 2_000, 1_000, 8
AGAIN = timedelta(seconds=2)
"""How soon we look again at what may not be finished."""
LONGEST_S, TOTAL_S = 120.0, 900.0
"""After the first a poll ends with the batch in hand, the rest comes at the next; after the second the server is too slow."""


class Look(Struct, frozen=True):
    """What lies on the server: files by their way from the feed's folder, and what is left alone, with the reason."""

    files: list[Lying]
    odd: dict[str, str]


async def poll(intake: Intake, feed: Feed, watch: Watch, at: float) -> int:
    """One look; how many files were kept. `at` is the monotonic clock in seconds. The outcome is recorded whatever it is.

    Raises:
        TryAgain: the database is away; the files lie where they were.
    """
    kept, began, taken = 0, time.monotonic(), set[str]()
    try:
        async with (
            asyncio.timeout(TOTAL_S),
            opened(intake.connector, feed.address, feed.access, feed.secret or b"", intake.limits) as (remote, folder),
        ):
            ready = _ready(intake, feed, watch, await look(remote, folder, feed.access.depth), at)
            for batch in _batches(ready, watch.late):
                read, broken = await read_all(remote, folder, batch, intake.limits.max_bytes)
                kept += keep(intake, feed, [one for one in read if not one.unfit])
                if broken:
                    watch.late |= {broken.name}
                    raise broken.error
                crash("remote.kept")
                await put_away(remote, folder, feed, watch, read)
                crash("remote.moved")
                taken |= {one.name for one in batch}
                if time.monotonic() - began > LONGEST_S:
                    break
    except Untrusted as error:
        pause(intake, feed, error)
    except DragomanError as error:
        intake.failed(feed, f"{error} {error.hint}".strip())
    except TimeoutError:
        intake.failed(feed, f"The server is too slow: not finished in {TOTAL_S:g} s")
    else:
        _polled(intake, feed, soon=bool(watch.seen.keys() - watch.stuck.keys() - taken))
    return kept


def pause(intake: Intake, feed: Feed, error: Untrusted) -> None:
    """The server is not the one we know: nothing more is asked of it until a person has looked."""
    log.error("feed paused", feed=feed.name, why=str(error))
    with translated(), intake.conn.transaction():
        feeds.failed(intake.conn, feed, said(f"{error}. {error.hint}", 500), intake.clock())
        feeds.set_state(intake.conn, feed.name, "paused")
        audit.record(intake.conn, "receive", "feed paused", feed.name, why=str(error))


# ---------------------------------------------------------------------------------------------- looking


async def look(remote: Remote, folder: str, depth: int) -> Look:
    """Everything that may be copy, in the order of the names, folders after what lies beside them.

    Raises:
        BadInput: the folder is not there, or not open to us.
    """
    files: list[Lying] = []
    odd: dict[str, str] = {}
    waiting = [("", 0)]
    looked = 0
    while waiting and len(files) < MOST_NAMES:
        looked += 1
        way, level = waiting.pop(0)
        try:
            names = await remote.names(joined(folder, way) if way else folder, MOST_NAMES - len(files))
        except FileTrouble as error:
            if not way:
                raise BadInput("The folder cannot be read", error.why, hint="Ask the partner for it.") from error
            odd[way] = error.why
            continue
        for one in sorted(names, key=lambda each: each.name.encode("utf-8", "surrogatepass")):
            _sort(one, way, files, odd)
            if one.kind != "folder" or not _is_looked_into(one.name) or level >= min(depth, DEEPEST):
                continue
            if looked + len(waiting) < MOST_FOLDERS:
                waiting.append((_under(way, one.name), level + 1))
            else:
                odd["…"] = f"there are more than {MOST_FOLDERS:,} folders"
    return Look(files[:MOST_NAMES], odd)


def _sort(one: Listed, way: str, files: list[Lying], odd: dict[str, str]) -> None:
    if is_unfinished(one.name) or one.kind == "folder":
        return
    why = unfit_name(one.name) or ("" if one.kind == "file" else "it is no regular file")
    if why:
        if len(odd) < MOST_ODD:
            odd[said(_under(way, one.name), 300)] = why
    else:
        files.append(Lying(_under(way, one.name), Stamp(one.size, one.changed, 0)))


def _is_looked_into(name: str) -> bool:
    return name not in (DONE, REFUSED) and not name.startswith(".") and not unfit_name(name)


def _under(way: str, name: str) -> str:
    return f"{way}/{name}" if way else name


def _ready(intake: Intake, feed: Feed, watch: Watch, found: Look, at: float) -> list[Lying]:
    """The files to be taken now; what has been seen goes into `watch`.

    Raises:
        BadInput: more files are left there than we look at.
    """
    for name in found.odd.keys() - watch.odd:
        log.warning("left alone on the server", feed=feed.name, name=name, why=found.odd[name])
    watch.odd = frozenset(found.odd)
    files = found.files
    if len(files) >= MOST_NAMES:
        log.warning("too many files at once", feed=feed.name, most=MOST_NAMES)
        if feed.access.after == "leave":
            raise BadInput("Too many files", f"more than {MOST_NAMES:,}", hint="Have them moved or deleted when taken.")
    if feed.access.after == "leave":
        with translated():
            known = feeds.known(intake.conn, feed.id, [_left(one) for one in files])
        files = [one for one in files if _left(one) not in known]
    watch.stuck = {one.name: one for one in files if watch.stuck.get(one.name) == one}
    watch.seen = sight(watch.seen, files, at)
    watch.late &= watch.seen.keys()
    return [one for one in finished(watch.seen, at) if one.name not in watch.stuck]


def _batches(ready: Sequence[Lying], late: frozenset[str]) -> Iterator[list[Lying]]:
    """What broke the connection before comes last, each by itself: the others are put away by then."""
    yield from batches([one for one in ready if one.name not in late])
    yield from ([one] for one in ready if one.name in late)


# ---------------------------------------------------------------------------------------------- taking


class Broken(Struct, frozen=True):
    """The file at which the connection was lost."""

    name: str
    error: TryAgain


async def read_all(remote: Remote, folder: str, files: Sequence[Lying], most: int) -> tuple[list[Read], Broken | None]:
    """The files as they are now, up to where the connection was lost; one that has changed or gone, or cannot be had this
    time, is left out."""
    read: list[Read] = []
    for lying in files:
        try:
            one = await _read(remote, joined(folder, lying.name), lying, most)
            read += [one] if one else []
        except FileTrouble as error:
            if error.denied:
                read.append(Read(lying, unfit="It may not be read by our login."))
            elif not error.missing:
                log.warning("the file cannot be read now", name=lying.shown, why=error.why)
        except TryAgain as error:
            return read, Broken(lying.name, error)
    return read, None


async def _read(remote: Remote, path: str, lying: Lying, most: int) -> Read | None:
    if lying.stamp.size > most:
        return Read(lying, unfit=f"It has {lying.stamp.size:,} bytes, more than the {most:,} that are taken in.")
    body = await remote.read(path, most)
    now = await remote.look(path)
    if len(body) != lying.stamp.size or now is None or not _is_still(now, lying):
        log.info("the file changed while it was read", name=lying.shown)
        return None
    return Read(lying, body, unfit="" if body else "It is empty.")


def _is_still(now: Listed, lying: Lying) -> bool:
    return (now.kind, now.size) == ("file", lying.stamp.size) and now.changed in (0, lying.stamp.mtime_ns)


def keep(intake: Intake, feed: Feed, read: Sequence[Read]) -> int:
    """Keep what has not been kept before; how many."""
    if not read:
        return 0
    by_key = {_key(feed, one): one for one in read}
    with intake.transaction() as conn:
        fresh = feeds.news(conn, feed.id, [Entry(key, one.body) for key, one in by_key.items()])
        new = [kept_of(by_key[entry.key]) for entry in fresh]
        if new:
            arrivals.keep(conn, feed.id, feed.agency_id, new, intake.files)
    return len(new)


def _key(feed: Feed, read: Read) -> str:
    return _left(read.lying) if feed.access.after == "leave" else key_of(read)


def _left(lying: Lying) -> str:
    """A file that is not moved away, as it is known again without being read."""
    return f"left\n{lying.name}\n{lying.stamp.size}\n{lying.stamp.mtime_ns}"


async def put_away(remote: Remote, folder: str, feed: Feed, watch: Watch, read: Sequence[Read]) -> None:
    """The files out of the way, as the feed wants it; those that are refused with their reason, and never deleted."""
    for one in read:
        if one.unfit:
            log.warning("file refused", feed=feed.name, name=one.lying.shown, why=one.unfit)
        try:
            done = await _put_away(remote, folder, feed, one)
        except FileTrouble as error:
            done = error.missing
        if not done:
            if feed.access.after != "leave":
                log.warning("the file cannot be moved away, it stays", feed=feed.name, name=one.lying.shown)
            watch.stuck[one.lying.name] = one.lying


async def _put_away(remote: Remote, folder: str, feed: Feed, read: Read) -> bool:
    path = joined(folder, read.lying.name)
    if feed.access.after == "leave":
        return not read.unfit
    if feed.access.after == "delete" and not read.unfit:
        await remote.remove(path)
        return True
    target = joined(path.rpartition("/")[0], REFUSED if read.unfit else DONE)
    await remote.make_folder(target)
    for name in names_for(read.lying):
        if await remote.move(path, joined(target, name)):
            if read.unfit:
                await remote.write(joined(target, f"{name}.why.txt"), f"{read.lying.shown}\n{read.unfit}\n".encode())
            return True
    return False


def _polled(intake: Intake, feed: Feed, *, soon: bool) -> None:
    wait = rhythm(feed, intake.luck())
    at = intake.clock() + (min(wait, AGAIN) if soon else wait)
    with translated():
        feeds.polled(intake.conn, feed, etag="", last_modified="", body_digest=None, next_poll=at)
