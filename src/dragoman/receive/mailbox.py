"""A mailbox as a feed: each message is kept whole, as it came; then it is moved away, deleted, or marked as read.

The cursor is ``UIDVALIDITY:UID``, moved in the transaction that keeps the bytes. A mailbox made anew (another UIDVALIDITY)
is read from its beginning; what it brings once more is known by its bytes. Should we die between commit and move, the next
look moves what the cursor has passed.

Too large, or not to be had: kept as far as we got it, parked with the reason, moved to ``refused``.
"""

import asyncio
import hashlib
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

import structlog
from msgspec import Struct

from dragoman.crash import crash
from dragoman.model.errors import DragomanError, Problem, TooLarge, TryAgain, Undecodable
from dragoman.net.reply import Limits
from dragoman.net.servers import checked_server
from dragoman.receive.aside import set_aside
from dragoman.receive.intake import Intake, rhythm
from dragoman.receive.shelf import DONE, REFUSED
from dragoman.store import arrivals, feeds
from dragoman.store.arrivals import Kept
from dragoman.store.connect import Connection, translated
from dragoman.store.feeds import Entry, Feed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from dragoman.net.connector import Connector
    from dragoman.net.imap import Mailbox

log = structlog.get_logger("receive")
T = TypeVar("T")
BATCH, BATCH_BYTES = 50, 8_000_000
MOST = 500
"""Messages taken in one poll; the rest comes at the next, at once."""
TOTAL_S = 300.0
HEADER_BYTES = 200_000


class Cursor(Struct, frozen=True):
    """How far a mailbox has been read: all up to `uid` of this `validity`."""

    validity: int = 0
    uid: int = 0

    def __str__(self) -> str:
        return f"{self.validity}:{self.uid}"


class Letter(Struct, frozen=True):
    """A message: its bytes, and why it is parked if it is. `body` is None where it has gone meanwhile."""

    uid: int
    body: bytes | None
    problem: Problem | None = None


def read_cursor(text: str, validity: int) -> Cursor:
    """Where to go on in the mailbox as it is now: at its beginning, if it was made anew."""
    known, _, uid = text.partition(":")
    if known == str(validity) and uid.isdecimal():
        return Cursor(validity, int(uid))
    return Cursor(validity)


async def poll(intake: Intake, feed: Feed) -> int:
    """One look; how many messages were kept. The outcome is recorded whatever it is.

    Raises:
        TryAgain: the database is away; the messages lie where they were.
    """
    kept = 0
    try:
        async with opened(intake.connector, feed, intake.limits) as (mailbox, call):
            cursor = read_cursor(feed.cursor, mailbox.validity)
            if feed.cursor and cursor.uid == 0:
                log.warning("the mailbox was made anew; it is read from its beginning", feed=feed.name)
            uids = await call(mailbox.uids)
            await _put_away(feed, mailbox, call, *_left_over(intake, feed, cursor, uids))
            fresh = [one for one in uids if one > cursor.uid]
            sizes = await call(lambda: mailbox.sizes(fresh[:MOST]))
            for some in _batches(fresh[:MOST], sizes):
                letters, broken = await call(lambda some=some: _read(mailbox, some, sizes, intake.limits.max_bytes))  # type: ignore[misc]
                if letters:
                    kept += keep(intake, feed, letters, Cursor(mailbox.validity, letters[-1].uid))
                if broken:
                    raise broken
                crash("mailbox.kept")
                refused = [one.uid for one in letters if one.problem]
                await _put_away(feed, mailbox, call, [one for one in some if one not in refused], refused)
                crash("mailbox.moved")
    except DragomanError as error:
        intake.failed(feed, f"{error} {error.hint}".strip())
    else:
        _polled(intake, feed, more=len(fresh) > MOST)
    return kept


@asynccontextmanager
async def opened(
    connector: "Connector", feed: Feed, limits: Limits, *, look_only: bool = False
) -> "AsyncIterator[tuple[Mailbox, Callable[[Callable[[], T]], Awaitable[T]]]]":
    """The mailbox, and how to ask it: its methods block, so that they are called in a thread. `TOTAL_S` for the block.

    Raises:
        BadInput, NotAccepted, TryAgain: as `Mailbox`, and when the time is over.
    """
    from dragoman.net.imap import Mailbox

    server = checked_server(feed.address, "imap", feed.access.security)
    password = (feed.secret or b"").decode("utf-8", "replace")
    sock = await connector.dial(server.host, server.port, low_ports=server.low_ports, limits=limits)
    line = sock.dup()  # what becomes encrypted is another object, with which ours can no longer be broken off

    def made() -> Mailbox:
        return Mailbox(
            sock,
            server,
            feed.access,
            password,
            most=limits.max_bytes,
            silent_s=limits.first_byte_s,
            look_only=look_only,
        )

    async def call(question: Callable[[], T]) -> T:
        return await asyncio.to_thread(question)

    mailbox = None
    try:
        async with asyncio.timeout(TOTAL_S):
            mailbox = await asyncio.to_thread(made)
            yield mailbox, call
            await asyncio.to_thread(mailbox.close)
    except TimeoutError as error:
        raise TryAgain("The mail server is too slow", f"{server.host}: not finished in {TOTAL_S:g} s") from error
    finally:
        # Whatever a thread still waits for ends with the socket; the thread closes it.
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        line.close()
        if mailbox is not None:
            mailbox.abort()


def _batches(uids: Sequence[int], sizes: dict[int, int]) -> Iterator[list[int]]:
    """So many at a time as fit into memory and a short transaction."""
    batch: list[int] = []
    room = BATCH_BYTES
    for uid in uids:
        size = sizes.get(uid, 0)
        if batch and (len(batch) >= BATCH or size > room):
            yield batch
            batch, room = [], BATCH_BYTES
        batch.append(uid)
        room -= size
    if batch:
        yield batch


def _left_over(intake: Intake, feed: Feed, cursor: Cursor, uids: Sequence[int]) -> tuple[list[int], list[int]]:
    """What the cursor has passed and still lies there, because we died before it was put away; and what of it was refused."""
    passed = [] if feed.access.after == "leave" else [one for one in uids if one <= cursor.uid]
    if not passed:
        return [], []
    with translated():
        known = feeds.known(intake.conn, feed.id, [_number(one, cursor) for one in passed])
    refused = [one for one in passed if _number(one, cursor) in known]
    return [one for one in passed if one not in refused], refused


def _read(
    mailbox: "Mailbox", uids: Sequence[int], sizes: dict[int, int], most: int
) -> tuple[list[Letter], TryAgain | None]:
    """The messages, up to where the connection was lost."""
    letters: list[Letter] = []
    room = most + 4 * BATCH_BYTES  # their sizes are only what the server says
    for uid in uids:
        if room < 0:
            return letters, TryAgain("The mail server sends more than it said")
        try:
            letters.append(_letter(mailbox, uid, sizes.get(uid), most))
        except TryAgain as error:
            return letters, error
        room -= len(letters[-1].body or b"")
    return letters, None


def _letter(mailbox: "Mailbox", uid: int, size: int | None, most: int) -> Letter:
    if size is None:  # it has gone since the list was made
        return Letter(uid, None)
    if size > most:
        too_large = TooLarge(
            "The message is too large",
            f"{size:,} bytes, more than the {most:,} that are taken in",
            kept="Its header; the message lies in the mailbox's folder refused.",
            hint="Ask the sender for it by another way.",
        )
        return Letter(uid, (mailbox.header(uid) or b"")[:HEADER_BYTES], too_large.problem())
    body = mailbox.body(uid)
    if not body:
        broken = Undecodable(
            "The mail server does not give this message",
            f"UID {uid}, {size:,} bytes",
            kept="Nothing; the message lies in the mailbox's folder refused.",
            hint="Look at it with a mail program.",
        )
        return Letter(uid, body or b"", broken.problem())
    return Letter(uid, body)


def keep(intake: Intake, feed: Feed, letters: Sequence[Letter], cursor: Cursor) -> int:
    """Keep what has not been kept before and move the cursor, in one transaction; how many."""
    by_key = {_key(one, cursor): one for one in letters if one.body is not None}
    with intake.transaction() as conn:
        fresh = feeds.news(conn, feed.id, [Entry(key, one.body or b"") for key, one in by_key.items()])
        for entry in fresh:
            _keep_one(conn, intake, feed, by_key[entry.key], cursor)
        if len(fresh) < len(by_key):
            log.info("known by their bytes", feed=feed.name, messages=len(by_key) - len(fresh))
        _record(conn, intake, feed, cursor)
    return len(fresh)


def _key(one: Letter, cursor: Cursor) -> str:
    """A message by its bytes; one we have not got whole by its number."""
    assert one.body is not None
    return _number(one.uid, cursor) if one.problem else hashlib.sha256(one.body).hexdigest()


def _number(uid: int, cursor: Cursor) -> str:
    return f"{cursor.validity}\n{uid}"


def _keep_one(conn: Connection, intake: Intake, feed: Feed, one: Letter, cursor: Cursor) -> None:
    body = one.body or b""
    # After RFC 5092, so that a person finds it again.
    source = f"{feed.address};UIDVALIDITY={cursor.validity}/;UID={one.uid}"
    kept = Kept(body=body, source=source, media_type="message/rfc822", priority=arrivals.hurry(body))
    if one.problem:
        log.warning("message refused", feed=feed.name, uid=one.uid, why=one.problem.title)
        set_aside(conn, feed, kept, one.problem, intake.files)
    else:
        arrivals.keep(conn, feed.id, feed.agency_id, [kept], intake.files)


def _record(conn: Connection, intake: Intake, feed: Feed, cursor: Cursor | None) -> None:
    feeds.polled(
        conn,
        feed,
        etag="",
        last_modified="",
        body_digest=None,
        next_poll=intake.clock() + rhythm(feed, intake.luck()),
        cursor=str(cursor) if cursor else None,
    )


def _polled(intake: Intake, feed: Feed, *, more: bool) -> None:
    with translated():
        _record(intake.conn, intake, feed, None)
        if more:
            feeds.poll_now(intake.conn, feed.name)


async def _put_away(
    feed: Feed,
    mailbox: "Mailbox",
    call: Callable[[Callable[[], None]], Awaitable[None]],
    done: Sequence[int],
    refused: Sequence[int],
) -> None:
    """What the feed wants done with messages whose bytes are kept; those that were refused are never deleted."""
    acts: dict[str, Callable[[], None]] = {
        "move": lambda: mailbox.move(done, DONE),
        "delete": lambda: mailbox.delete(done),
        "leave": lambda: mailbox.mark_read(done),
    }
    if done:
        await call(acts[feed.access.after])
    if refused and feed.access.after != "leave":
        await call(lambda: mailbox.move(refused, REFUSED))
