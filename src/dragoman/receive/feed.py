"""A polled feed: asked politely, in its rhythm; what is new in it is kept before the server hears from us again.

`next_poll` decides, purely; `poll` acts. The server's tags are recorded in the transaction that keeps the bytes: recorded
earlier, a crash between the two would lose what they stand for.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from typing import Literal

import structlog
from msgspec import Struct

from dragoman.crash import crash
from dragoman.model.errors import DragomanError, Problem, Undecodable
from dragoman.net.reply import Reply
from dragoman.net.retry_after import retry_after
from dragoman.receive import flood
from dragoman.receive.aside import set_aside
from dragoman.receive.decoding import Job, Split, unsplit_key
from dragoman.receive.intake import Intake, LoopBox, back_off, printable, rhythm
from dragoman.store import arrivals, audit, feeds
from dragoman.store.arrivals import Kept
from dragoman.store.connect import Connection, translated
from dragoman.store.feeds import Entry, Feed

log = structlog.get_logger("receive")
Outcome = Literal["new", "same", "gone", "failed"]
_SENDABLE = re.compile(r"[\x20-\x7e]{1,500}")


class NextPoll(Struct, frozen=True):
    """What an answer means, when to ask again, and why where it is not as it should be."""

    outcome: Outcome
    at: datetime
    why: str = ""


def next_poll(feed: Feed, reply: Reply, now: datetime, luck: float = 0.0) -> NextPoll:
    """The decision over one answer. `luck`, from -1 to 1, is the jitter.

    A 304 and a 204 have no body, whatever comes with them (RFC 9110 §15.4.5, §15.3.5). Retry-After replaces the back-off
    but never makes us come sooner than the feed's rhythm. Cache-Control is ignored: the rhythm is the agency's word.
    """
    usual = now + rhythm(feed, luck)
    if reply.status in _UNCHANGED:
        return NextPoll("same", usual)
    if reply.status in _TAKEN and reply.body:
        return NextPoll("same" if _digest(reply) == feed.body_digest else "new", usual)
    if reply.status == HTTPStatus.GONE:
        return NextPoll("gone", usual, "The server says that this feed is gone for good (410); the feed is paused.")
    asked = retry_after(reply.header("retry-after"), now)
    wait = max(asked, feed.every) if asked else back_off(feed, luck)
    return NextPoll("failed", now + wait, _why(reply))


_UNCHANGED = frozenset({HTTPStatus.NOT_MODIFIED, HTTPStatus.NO_CONTENT})
_TAKEN = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})
_WHY = {
    200: "The server answers with nothing (200, but empty).",
    401: "The server wants a password or a token (401).",
    403: "The server does not let us in (403).",
    404: "There is nothing at this address (404).",
    429: "The server asks us to come less often (429).",
}


def _why(reply: Reply) -> str:
    try:
        phrase = HTTPStatus(reply.status).phrase
    except ValueError:
        phrase = "no status anyone knows"
    return _WHY.get(reply.status, f"The server answers {reply.status}: {phrase}.")


async def poll(intake: Intake, feed: Feed) -> None:
    """One poll, whose outcome is recorded whatever it is.

    Raises:
        TryAgain: the database is away; the poll is made again later.
    """
    try:
        reply = await fetch(intake, feed)
    except DragomanError as error:
        intake.failed(feed, str(error))
        return
    crash("receive.feed-fetched")
    found = next_poll(feed, reply, intake.clock(), intake.luck())
    await _ACTS[found.outcome](intake, feed, reply, found)


async def fetch(intake: Intake, feed: Feed) -> Reply:
    """The server's answer to a conditional request.

    Raises:
        DragomanError: as `Connector.fetch`.
    """
    wanted = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    headers = {name: value for name, value in wanted.items() if value}
    return await intake.connector.fetch("GET", feed.address, headers=headers, limits=intake.limits)


async def _take(intake: Intake, feed: Feed, reply: Reply, found: NextPoll) -> None:
    if reply.url.rstrip("/") != feed.address.rstrip("/"):
        log.info("the feed answers from another address", feed=feed.name, address=printable(reply.url, 300))
    apart = await intake.box.split(document(feed, reply, intake.clock()))
    if apart is None or apart.whole:
        await _take_whole(intake, feed, reply, found, apart.whole if apart else "")
        return
    with intake.transaction() as conn:
        news = flood.news(conn, feed, apart.entries)
        if news.entries:
            arrivals.keep(conn, feed.id, feed.agency_id, [_kept(e, reply) for e in news.entries], intake.files)
        if news.flood:
            problem = flood.once_more(feed, news.flood)
            number = set_aside(conn, feed, _whole(feed, reply), problem, intake.files)
            log.warning("the whole feed came once more", feed=feed.name, entries=news.flood, arrival=number)
        _polled(conn, feed, reply, found)


async def _take_whole(intake: Intake, feed: Feed, reply: Reply, found: NextPoll, kind: str) -> None:
    """What is no feed but one item is kept whole. Anything else is no answer of this feed (an error page under 200):
    its bytes are set aside, once; the poll has failed, and what we knew of the feed stands."""
    problem = await whats_wrong(intake.box, feed, document(feed, reply, intake.clock()), kind)
    with intake.transaction() as conn:
        if feeds.news(conn, feed.id, [Entry(unsplit_key(reply.body), reply.body)]):
            if problem:
                set_aside(conn, feed, _whole(feed, reply), problem, intake.files)
            else:
                arrivals.keep(conn, feed.id, feed.agency_id, [_whole(feed, reply)], intake.files)
        if not problem:
            _polled(conn, feed, reply, found)
    if problem:
        intake.failed(feed, f"What came is not a feed: {problem.title}.")


async def whats_wrong(box: LoopBox, feed: Feed, whole: Job, kind: str) -> Problem | None:
    """Why a document that is no feed is not an item either; None where it is one. `kind` is the format it may be."""
    if kind in _ANYTHING and feed.format != kind:
        # Every error page is a text, or a page. Only a feed that is said to bring them may bring them.
        return Undecodable(
            "The server sent a page instead of a feed",
            f"{whole.hints.media_type or 'of no type'}, {len(whole.body):,} bytes",
            hint=f"Look at the bytes; if it is copy, set the feed's format to {kind}.",
            kept="The bytes.",
        ).problem()
    units = await box.decode(whole)
    return next((unit.problem for unit in units if unit.problem), None)


_ANYTHING = frozenset({"text", "html"})
"""Formats that an error page may be taken for."""


async def _note(intake: Intake, feed: Feed, reply: Reply, found: NextPoll) -> None:
    with translated():
        if reply.status == HTTPStatus.OK:
            _polled(intake.conn, feed, reply, found)
        else:
            _polled_as_before(intake.conn, feed, found)


async def _pause(intake: Intake, feed: Feed, reply: Reply, found: NextPoll) -> None:
    with translated(), intake.conn.transaction():
        feeds.failed(intake.conn, feed, found.why, found.at)
        feeds.set_state(intake.conn, feed.name, "paused")
        audit.record(intake.conn, "receive", "feed paused", feed.name, why=found.why)
    log.warning("feed paused", feed=feed.name, why=found.why)


async def _fail(intake: Intake, feed: Feed, reply: Reply, found: NextPoll) -> None:
    intake.failed(feed, found.why, at=found.at)


_ACTS: dict[Outcome, Callable[[Intake, Feed, Reply, NextPoll], Awaitable[None]]] = {
    "new": _take,
    "same": _note,
    "gone": _pause,
    "failed": _fail,
}


def document(feed: Feed, reply: Reply, now: datetime) -> Job:
    """The answer's body as the box is given it."""
    return Job(0, reply.body, feed.hints(media_type=_media_type(reply), received=now))


def _kept(entry: Split, reply: Reply) -> Kept:
    return Kept(
        body=entry.body,
        source=printable(entry.key, 2000),
        media_type=_media_type(reply),
        priority=arrivals.hurry(entry.body),
    )


def _media_type(reply: Reply) -> str:
    return printable(reply.header("content-type"), 200)


def _whole(feed: Feed, reply: Reply) -> Kept:
    return Kept(
        body=reply.body,
        source=printable(feed.address, 2000),
        media_type=_media_type(reply),
        priority=arrivals.hurry(reply.body),
    )


class Tags(Struct, frozen=True):
    """By what a server knows an answer again, and by what we do."""

    etag: str
    last_modified: str
    body_digest: bytes | None


def tags_of(reply: Reply) -> Tags:
    return Tags(_sendable(reply.header("etag")), _sendable(reply.header("last-modified")), _digest(reply))


def _polled(conn: Connection, feed: Feed, reply: Reply, found: NextPoll) -> None:
    tags = tags_of(reply)
    feeds.polled(
        conn,
        feed,
        etag=tags.etag,
        last_modified=tags.last_modified,
        body_digest=tags.body_digest,
        next_poll=found.at,
    )


def _polled_as_before(conn: Connection, feed: Feed, found: NextPoll) -> None:
    feeds.polled(conn, feed, etag=feed.etag, last_modified=feed.last_modified, body_digest=None, next_poll=found.at)


def _sendable(tag: str) -> str:
    """A tag we can send back as it came, or none: some servers put anything there."""
    return tag if _SENDABLE.fullmatch(tag) else ""


def _digest(reply: Reply) -> bytes:
    return hashlib.sha256(reply.body).digest()
