"""The loop of the ways in: every feed that is due is polled, several side by side, one poll at a time for each."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from dragoman.model.arrival import FeedKind
from dragoman.model.errors import TryAgain
from dragoman.net.connector import Connector
from dragoman.net.reply import Limits
from dragoman.receive import feed as http
from dragoman.receive import folder, mailbox, node, project, remote
from dragoman.receive.box import Box, BoxLimits
from dragoman.receive.decoding import WORK
from dragoman.receive.intake import Intake, LoopBox
from dragoman.receive.watch import Watching
from dragoman.roles.post import Beats, Post, Stop, patiently, until_told
from dragoman.store import feeds
from dragoman.store.connect import Connection, Waker, translated
from dragoman.store.feeds import Feed
from dragoman.store.projects import meetings
from dragoman.trust.keyfile import LiveKeys

log = structlog.get_logger("receive")
LOOK_S = 0.5
SIDE_BY_SIDE: dict[FeedKind, int] = {"http": 8, "folder": 4, "node": 8, "sftp": 4, "ftp": 4, "imap": 4}
"""How many polls of a kind at once: slow servers do not hold up folders, nor a slow disk the partners."""
KINDS = tuple(SIDE_BY_SIDE)


def run(post: Post) -> None:
    """Until SIGTERM; a poll under way then is dropped before its commit, or has happened: it is made again."""
    stop = Stop()
    limits = BoxLimits(
        wall_s=post.config.limits.decode_s, memory_bytes=post.config.limits.decode_memory_bytes, user=post.user
    )
    box = Box(1, WORK, limits)
    try:
        patiently(post, lambda: asyncio.run(_run(post, box)), stop)
    finally:
        box.close()


async def _run(post: Post, box: Box) -> None:
    stopping = asyncio.Event()
    told = asyncio.create_task(until_told(stopping))
    try:
        await receive(post, box, stopping)
    finally:
        told.cancel()


async def receive(post: Post, box: Box, stopping: asyncio.Event) -> None:
    """Poll what is due until `stopping`.

    Raises:
        TryAgain: the database is away; begin again.
    """
    conn = post.open()
    try:
        async with post.connector() as connector:
            await _Loop(post, conn, connector, box).run(stopping)
    finally:
        conn.close()


class _Loop:
    def __init__(self, post: Post, conn: Connection, connector: Connector, box: Box) -> None:
        self._post, self._conn = post, conn
        self._intake = Intake(
            conn=conn,
            files=post.files(),
            connector=connector,
            box=LoopBox(box),
            waker=Waker(conn),
            limits=Limits(max_bytes=post.config.limits.body_bytes),
        )
        self._watching = Watching(self._intake)
        self._keys = LiveKeys(post.config.keys)
        self._beats = Beats(conn, post)
        self._under_way: dict[int, tuple[Feed, asyncio.Task[None]]] = {}
        self._watches: dict[int, folder.Watch] = {}
        self._scanned: dict[int, float] = {}
        self._meetings: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._polls = 0
        self._polls_of: dict[str, Callable[[Feed], Awaitable[object]]] = {
            "http": self._poll_http,
            "folder": self._poll_folder,
            "node": self._poll_node,
            "sftp": self._poll_server,
            "ftp": self._poll_server,
            "imap": self._poll_mailbox,
        }

    async def run(self, stopping: asyncio.Event) -> None:
        try:
            self._ask_partners_first()
            while not stopping.is_set():
                self._gather()
                self._watching.gather()
                refused = self._post.intake_refused()
                if not refused:
                    self._begin()
                    self._watching.begin()
                    self._meet_members()
                self._beats.beat("no intake: the disk is full" if refused else f"{self._polls} polls since start")
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_S):
                        await stopping.wait()
        finally:
            await self._drop()

    def _ask_partners_first(self) -> None:
        """What was pushed while we were away is read now, not at the next round."""
        with translated():
            for feed in feeds.feeds(self._conn, kinds=("node",), active_only=True):
                feeds.poll_now(self._conn, feed.name)
            meetings.soon(self._conn)

    def _begin(self) -> None:
        with translated():
            due = feeds.due(self._conn, KINDS)
        busy = Counter(feed.kind for feed, _ in self._under_way.values())
        for feed in due:
            if feed.id in self._under_way or busy[feed.kind] >= SIDE_BY_SIDE[feed.kind] or self._is_early(feed):
                continue
            busy[feed.kind] += 1
            self._under_way[feed.id] = (feed, asyncio.create_task(self._poll(feed)))

    def _meet_members(self) -> None:
        """Ask other members' nodes for what we lack of joint projects: each of them once at a time."""
        with translated():
            due = meetings.due(self._conn, self._intake.clock())
        for one in due:
            if (one.project, one.agency) not in self._meetings and len(self._meetings) < SIDE_BY_SIDE["node"]:
                self._meetings[one.project, one.agency] = asyncio.create_task(self._meet(one))

    async def _meet(self, one: meetings.Meeting) -> None:
        try:
            await project.meet(self._intake, one, self._keys)
        except TryAgain:
            raise
        except Exception as error:  # the other outermost loop: one member's answer does not end the intake of all
            log.error("meeting failed", project=one.project, agency=one.agency, exc_info=error)
            project.missed(self._intake, one, f"{type(error).__name__}: {error}")

    def _is_early(self, feed: Feed) -> bool:
        """Folders are always due; their rhythm is kept here."""
        gap = min(feed.every, folder.SCAN).total_seconds()
        return feed.kind == "folder" and time.monotonic() - self._scanned.get(feed.id, 0.0) < gap

    def _gather(self) -> None:
        """Take leave of the polls that have ended.

        Raises:
            TryAgain: one of them found the database away.
        """
        for number, (_, task) in list(self._under_way.items()):
            if task.done():
                del self._under_way[number]
                task.result()
        for name, meeting in list(self._meetings.items()):
            if meeting.done():
                del self._meetings[name]
                meeting.result()

    async def _poll(self, feed: Feed) -> None:
        self._polls += 1
        try:
            await self._polls_of[feed.kind](feed)
        except TryAgain:
            raise
        except Exception as error:  # one of the two outermost loops: the feed shows what happened, the others go on
            log.error("poll failed", feed=feed.name, exc_info=error)
            self._intake.failed(feed, f"{type(error).__name__}: {error}")

    async def _poll_http(self, feed: Feed) -> None:
        await http.poll(self._intake, feed)

    async def _poll_folder(self, feed: Feed) -> None:
        now = self._scanned[feed.id] = time.monotonic()
        await folder.poll(self._intake, feed, self._watches.setdefault(feed.id, folder.Watch()), now)

    async def _poll_node(self, feed: Feed) -> None:
        await node.poll(self._intake, feed, self._keys)

    async def _poll_server(self, feed: Feed) -> None:
        await remote.poll(self._intake, feed, self._watches.setdefault(feed.id, folder.Watch()), time.monotonic())

    async def _poll_mailbox(self, feed: Feed) -> None:
        await mailbox.poll(self._intake, feed)

    async def _drop(self) -> None:
        tasks = [*(task for _, task in self._under_way.values()), *self._meetings.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._watching.drop()
