"""A feed tried out: asked, split and decoded as a poll would, with nothing stored and nothing moved."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import BadInput
from dragoman.net.connector import Connector
from dragoman.net.remote import FileTrouble, joined, opened
from dragoman.net.reply import Limits
from dragoman.receive import feed as polled
from dragoman.receive import mailbox, node, remote
from dragoman.receive.box import Box
from dragoman.receive.decoding import ENVELOPE, Job
from dragoman.receive.intake import LoopBox
from dragoman.receive.shelf import Shelf, Unfit
from dragoman.store.feeds import Feed
from dragoman.trust.keys import Keyring

LAST = 20


class _Tools(Struct, frozen=True):
    connector: Connector
    box: LoopBox
    keyring: Keyring | None
    limits: Limits
    now: datetime


async def preview(
    feed: Feed,
    connector: Connector,
    box: Box,
    *,
    keyring: Keyring | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> list[Unit]:
    """The units of the newest `LAST` entries, numbered in order. `keyring` is needed for a partner's node only.

    Raises:
        DragomanError: the feed cannot be reached or read; or it is of a kind that is not fetched.
    """
    jobs = _JOBS.get(feed.kind)
    if jobs is None:
        raise BadInput(f"A feed of kind {feed.kind} is not fetched", "it is pushed or imported")
    tools = _Tools(connector, LoopBox(box), keyring, limits, datetime.now(UTC))
    units = [unit for job in await jobs(feed, tools) for unit in await tools.box.decode(job)]
    return [msgspec.structs.replace(unit, index=index) for index, unit in enumerate(units)]


async def _of_http(feed: Feed, tools: _Tools) -> Sequence[Job]:
    # Without tags: the whole feed is wanted, not what has changed.
    reply = await tools.connector.fetch("GET", feed.address, limits=tools.limits)
    found = polled.next_poll(msgspec.structs.replace(feed, body_digest=None), reply, tools.now)
    if found.outcome != "new":
        raise BadInput("The feed gives nothing", found.why or f"the server answers {reply.status}")
    whole = polled.document(feed, reply, tools.now)
    apart = await tools.box.split(whole)
    if apart is None or apart.whole:
        kind = apart.whole if apart else ""
        if problem := await polled.whats_wrong(tools.box, feed, whole, kind):
            raise BadInput(problem.title, problem.detail, hint=problem.hint)
        return [whole]
    hints = whole.hints
    return [Job(0, entry.body, msgspec.structs.replace(hints, source=entry.key)) for entry in apart.entries[:LAST]]


async def _of_folder(feed: Feed, tools: _Tools) -> Sequence[Job]:
    return await asyncio.to_thread(_files, feed, tools.limits.max_bytes, tools.now)


def _files(feed: Feed, most: int, now: datetime) -> list[Job]:
    jobs = []
    with Shelf(feed.address) as shelf:
        newest = sorted(shelf.contents().files, key=lambda one: one.stamp.mtime_ns, reverse=True)
        for lying in newest[:LAST]:
            body = shelf.read(lying, most)
            if body and not isinstance(body, Unfit):
                jobs.append(Job(0, body, feed.hints(source=lying.shown, received=now)))
    return jobs


async def _of_node(feed: Feed, tools: _Tools) -> Sequence[Job]:
    if tools.keyring is None:
        raise BadInput("A partner's node is asked with the keys of this one", "none were given")
    url, token = node.request(feed, tools.keyring, feed.cursor, LAST, tools.now)
    page = node.read_page(await tools.connector.fetch("GET", url, headers=token, limits=tools.limits))
    hints = Hints(format=ENVELOPE, agency=feed.agency, received=tools.now)
    return [Job(0, bytes(e.envelope), msgspec.structs.replace(hints, source=e.id)) for e in page.entries]


async def _of_server(feed: Feed, tools: _Tools) -> Sequence[Job]:
    """The newest files on an SFTP or FTP server; what is not finished may be half a story, and is not shown."""
    jobs = []
    async with opened(tools.connector, feed.address, feed.access, feed.secret or b"", tools.limits) as (server, folder):
        found = await remote.look(server, folder, feed.access.depth)
        newest = sorted(found.files, key=lambda one: one.stamp.mtime_ns, reverse=True)
        for lying in newest[:LAST]:
            with suppress(FileTrouble):
                body = await server.read(joined(folder, lying.name), tools.limits.max_bytes)
                if 0 < len(body) <= tools.limits.max_bytes:
                    jobs.append(Job(0, body, feed.hints(source=lying.shown, received=tools.now)))
    return jobs


async def _of_mailbox(feed: Feed, tools: _Tools) -> Sequence[Job]:
    hints = feed.hints(media_type="message/rfc822", received=tools.now)
    async with mailbox.opened(tools.connector, feed, tools.limits, look_only=True) as (box, call):
        newest = (await call(box.uids))[-LAST:]
        sizes = await call(lambda: box.sizes(newest))
        fits = [uid for uid in newest if 0 < sizes.get(uid, 0) <= tools.limits.max_bytes]
        bodies = await call(lambda: [box.body(uid) for uid in reversed(fits)])
    return [Job(0, body, hints) for body in bodies if body]


_JOBS: dict[str, Callable[[Feed, _Tools], Awaitable[Sequence[Job]]]] = {
    "http": _of_http,
    "folder": _of_folder,
    "node": _of_node,
    "sftp": _of_server,
    "ftp": _of_server,
    "imap": _of_mailbox,
}
