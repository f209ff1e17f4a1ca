"""A watched feed: looked at like a polled one, through the same connector and the same box, and never taken in.

What is new in it becomes mentions of its outlet: title, link, time, language, the text to be compared with. No arrival, no
version, no grant comes of it, so that nothing of it can be passed on.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import msgspec
import structlog

from dragoman.model.arrival import Unit
from dragoman.model.errors import DragomanError, TryAgain
from dragoman.model.item import Item
from dragoman.net.reply import Reply
from dragoman.receive.decoding import Job, Split
from dragoman.receive.feed import NextPoll, Tags, document, fetch, next_poll, tags_of
from dragoman.receive.intake import Intake, back_off, printable
from dragoman.reports.outlet import host_of
from dragoman.store import audit, mentions, watches
from dragoman.store.connect import translated
from dragoman.store.mentions import Mention
from dragoman.store.watches import Watch

log = structlog.get_logger("watch")
AT_ONCE = 4
MOST = 200
"""New entries looked at in one poll, the first in the feed's order; the rest at the next."""


async def poll(intake: Intake, watch: Watch) -> int:
    """One look at a feed, whose outcome is recorded whatever it is; how many mentions came of it.

    Raises:
        TryAgain: the database is away; it is looked at again later.
    """
    feed = watch.as_feed()
    try:
        reply = await fetch(intake, feed)
    except DragomanError as error:
        _failed(intake, watch, str(error))
        return 0
    found = next_poll(feed, reply, intake.clock(), intake.luck())
    return await _ACTS[found.outcome](intake, watch, reply, found)


async def _look(intake: Intake, watch: Watch, reply: Reply, found: NextPoll) -> int:
    whole = document(watch.as_feed(), reply, intake.clock())
    apart = await intake.box.split(whole)
    if apart is None or apart.whole:
        _failed(intake, watch, "What came is not a feed.")
        return 0
    with translated():
        known = watches.known(intake.conn, watch.id, [(entry.key, entry.body) for entry in apart.entries])
    fresh = [entry for place, entry in enumerate(apart.entries) if place not in known]
    units = [(entry, unit) for entry in fresh[:MOST] for unit in await _decoded(intake, whole, entry)]
    with translated(), intake.conn.transaction():
        watches.seen(intake.conn, watch.id, [(entry.key, entry.body) for entry in fresh[:MOST]])
        kept = [
            mentions.keep(intake.conn, one) for entry, unit in units if (one := _mention(watch, entry, unit, whole))
        ]
        _polled(intake, watch, reply, found, whole=len(fresh) <= MOST)
    return len(kept)


async def _decoded(intake: Intake, whole: Job, entry: Split) -> list[Unit]:
    return await intake.box.decode(Job(0, entry.body, msgspec.structs.replace(whole.hints, source=entry.key)))


def _mention(watch: Watch, entry: Split, unit: Unit, whole: Job) -> Mention | None:
    """The entry as a mention; None where it says nothing (it cannot be decoded, was taken back, has no headline)."""
    item = unit.item
    received = whole.hints.received
    if item is None or item.pub_status != "usable" or not item.headline or received is None:
        return None
    return Mention(
        outlet=watch.outlet,
        watch=watch.id,
        link=_link(entry, item),
        published=_published(item, received),
        language=item.language,
        title=item.headline[:500],
        item=item,
    )


def _link(entry: Split, item: Item) -> str:
    """Its page: a web address, or nothing. What else a feed puts there must not be followed."""
    return next((link for link in (entry.link.strip(), item.uri) if host_of(link) and len(link) <= 2000), "")


def _published(item: Item, received: datetime) -> datetime:
    """When it was first published; a time to come is no time at which anything was reported."""
    said = item.first_created or item.version_created
    return min(said, received) if said else received


async def _note(intake: Intake, watch: Watch, reply: Reply, found: NextPoll) -> int:
    with translated():
        _polled(intake, watch, reply, found, whole=True)
    return 0


async def _pause(intake: Intake, watch: Watch, reply: Reply, found: NextPoll) -> int:
    with translated(), intake.conn.transaction():
        watches.failed(intake.conn, watch, found.why, found.at)
        watches.set_state(intake.conn, watch.id, "paused")
        audit.record(intake.conn, "receive", "watched feed paused", f"outlet {watch.outlet}", why=found.why)
    return 0


async def _fail(intake: Intake, watch: Watch, reply: Reply, found: NextPoll) -> int:
    with translated():
        watches.failed(intake.conn, watch, found.why, found.at)
    return 0


_ACTS: dict[str, Callable[[Intake, Watch, Reply, NextPoll], Awaitable[int]]] = {
    "new": _look,
    "same": _note,
    "gone": _pause,
    "failed": _fail,
}


def _failed(intake: Intake, watch: Watch, why: str) -> None:
    again = intake.clock() + back_off(watch.as_feed(), intake.luck())
    with translated():
        watches.failed(intake.conn, watch, printable(why, 500), again)


def _polled(intake: Intake, watch: Watch, reply: Reply, found: NextPoll, *, whole: bool) -> None:
    """Record the look. Where not all of it was looked at, the server's tags are not kept: it is asked for the whole again."""
    tags = tags_of(reply) if whole and found.outcome == "new" else Tags(watch.etag, watch.last_modified, None)
    watches.polled(
        intake.conn,
        watch,
        etag=tags.etag,
        last_modified=tags.last_modified,
        body_digest=tags.body_digest,
        next_poll=found.at,
    )


# ------------------------------------------------------------------------------------------------ all that are due


class Watching:
    """The watched feeds beside the feeds: a few at once, one look at a time for each."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._under_way: dict[int, asyncio.Task[int]] = {}

    def begin(self) -> None:
        """Start what is due, as far as there is room."""
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return
        with translated():
            due = [one for one in watches.due(self._intake.conn) if one.id not in self._under_way]
        for one in due[:room]:
            self._under_way[one.id] = asyncio.create_task(self._poll(one))

    def gather(self) -> None:
        """Take leave of what has ended.

        Raises:
            TryAgain: one of them found the database away.
        """
        for number, task in list(self._under_way.items()):
            if task.done():
                del self._under_way[number]
                task.result()

    async def drop(self) -> None:
        """Let go of what is under way: it is made again."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _poll(self, watch: Watch) -> int:
        try:
            return await poll(self._intake, watch)
        except TryAgain:
            raise
        except Exception as error:  # beside the outermost loop of the feeds: the watch shows it, the others go on
            log.error("look failed", outlet=watch.name, exc_info=error)
            _failed(self._intake, watch, f"{type(error).__name__}: {error}")
            return 0
