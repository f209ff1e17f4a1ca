"""A partner's node: its change feed, read on from our cursor. What a push brought already is known by its id.

The cursor moves in the transaction that keeps the entries. A cursor that the partner no longer knows (410: it was
restored from a backup) begins again at the beginning; what we have is recognised.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus

import msgspec
import structlog
from msgspec import Raw, Struct
from yarl import URL

from dragoman.crash import crash
from dragoman.model.errors import BadInput, DragomanError, NotAccepted, TooLarge
from dragoman.net.reply import Reply
from dragoman.receive.decoding import ENVELOPE
from dragoman.receive.intake import Intake, printable, rhythm
from dragoman.store import agencies, arrivals, feeds
from dragoman.store.arrivals import Kept
from dragoman.store.connect import Connection, translated
from dragoman.store.feeds import Feed
from dragoman.trust.envelope import open_envelope
from dragoman.trust.keys import Keyring
from dragoman.trust.strict import check_depth
from dragoman.trust.token import issue
from dragoman.trust.webhook import page_id, verify

log = structlog.get_logger("receive")
CHANGES = "exchange/changes"
AT_A_TIME, PAGES = 200, 50
"""Entries asked for in one request, and pages in one poll: then the others have their turn."""
LONGEST_WAIT = timedelta(minutes=10)
"""A partner that comes back after an outage is caught up with soon."""
Keys = Callable[[], Keyring]


class PageEntry(Struct, frozen=True):
    """A change: its id, that of its push but for the channel, which is 0, and the envelope a push would carry."""

    id: str
    envelope: Raw


class Page(Struct, frozen=True):
    """Changes, oldest first. `cursor` is where to read on; at once where there is `more`."""

    entries: list[PageEntry]
    cursor: str
    more: bool = False


async def poll(intake: Intake, feed: Feed, keys: Keys) -> int:
    """Read on until the feed is at its end; how many entries were kept. The outcome is recorded whatever it is.

    Raises:
        TryAgain: the database is away; the poll is made again later.
    """
    kept, cursor = 0, feed.cursor
    for number in range(1, PAGES + 1):
        try:
            reply = await _ask(intake, feed, keys(), cursor)
        except DragomanError as error:
            intake.failed(feed, str(error), most=LONGEST_WAIT)
            return kept
        if reply.status == HTTPStatus.GONE and cursor:
            log.warning("the partner no longer knows our cursor, reading from the beginning", feed=feed.name)
            cursor = ""
            continue
        try:
            page = read_page(reply)
            wanted = [_kept(feed, entry, keys().agency, intake) for entry in page.entries]
            if page.more and page.cursor == cursor:
                raise BadInput("The partner's change feed does not move on", f"cursor {printable(cursor, 60)!r}")
        except DragomanError as error:
            intake.failed(feed, str(error), most=LONGEST_WAIT)
            return kept
        kept += _take(intake, feed, page, wanted, last=number == PAGES)
        cursor = page.cursor
        if not page.more:
            break
    return kept


async def _ask(intake: Intake, feed: Feed, keyring: Keyring, cursor: str) -> Reply:
    """One page; a smaller one where it is too large.

    Raises:
        DragomanError: as `Connector.fetch`.
    """
    limit = AT_A_TIME
    while True:
        try:
            url, headers = request(feed, keyring, cursor, limit, intake.clock())
            reply = await intake.connector.fetch("GET", url, headers=headers, limits=intake.limits)
            return _signed(intake, feed, headers["Authorization"].partition(" ")[2], reply)
        except TooLarge:
            if limit == 1:
                raise
            limit = max(1, limit // 10)


def _signed(intake: Intake, feed: Feed, token: str, reply: Reply) -> Reply:
    """The answer, if a key of the partner's that we trust has signed it for this very request; errors are not signed.

    Raises:
        NotAccepted: somebody else may have written it.
    """
    if reply.status != HTTPStatus.OK:
        return reply
    with translated():
        keys = agencies.trusted_keys(intake.conn, feed.agency, intake.clock())
    if verify(dict(reply.headers), reply.body, now=intake.clock(), keys=keys) != page_id(token):
        raise NotAccepted("The partner's answer is to another request", feed.address)
    return reply


def request(feed: Feed, keyring: Keyring, cursor: str, limit: int, now: datetime) -> tuple[str, dict[str, str]]:
    """The address of a page and the headers of a request that is signed for exactly this page.

    Raises:
        BadInput: the partner's address cannot be used.
    """
    try:
        url = (URL(feed.address) / CHANGES).with_query({"cursor": cursor, "limit": str(limit)})
    except ValueError as error:
        raise BadInput("The address of the partner's node cannot be used", printable(feed.address, 200)) from error
    token = issue(keyring, audience=feed.agency, method="GET", path=url.raw_path_qs, now=now)
    return str(url), {"Authorization": f"Dragoman {token}", "Accept": "application/json"}


_WHY = {
    401: "The partner does not accept our token: has it confirmed our key, and are both clocks right?",
    403: "The partner gives us nothing (403): is an agreement in force?",
    404: "There is no change feed at this address (404): is it the partner's node?",
    410: "The partner has no change feed to read from the beginning (410).",
}


def read_page(reply: Reply) -> Page:
    """The page in an answer.

    Raises:
        BadInput: it is an error, or not a page.
    """
    if reply.status != HTTPStatus.OK:
        raise BadInput(_WHY.get(reply.status, f"The partner's node answers {reply.status}."), _told(reply))
    check_depth(reply.body)
    try:
        return _PAGE.decode(reply.body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BadInput("The partner's answer is not a page of its change feed", str(error)[:200]) from error


def _told(reply: Reply) -> str:
    """The partner's own words, where it answers with a problem."""
    try:
        problem = _PROBLEM.decode(reply.body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return ""
    return printable(": ".join(word for word in (problem.title, problem.detail) if word), 300)


class _Problem(Struct, frozen=True):
    title: str = ""
    detail: str = ""


_PAGE = msgspec.json.Decoder(Page)
_PROBLEM = msgspec.json.Decoder(_Problem)


class _Wanted(Struct, frozen=True):
    id: str
    kept: Kept


def _kept(feed: Feed, entry: PageEntry, us: str, intake: Intake) -> _Wanted:
    """The entry as it is kept.

    Raises:
        NotAccepted: it is not from this partner, or not for us: then this is not the feed we were to read.
    """
    body = bytes(entry.envelope)
    name = _name(entry.id, body)
    try:
        envelope = open_envelope(body, us=us, now=intake.clock())
    except NotAccepted:
        raise
    except BadInput:
        # Kept all the same: it is parked with its reason, and a kill behind it is not held up.
        log.warning("an entry of the change feed is no envelope", feed=feed.name, entry=name)
    else:
        if envelope.sender != feed.agency:
            raise NotAccepted(
                "The change feed holds copy of somebody else",
                f"from {envelope.sender[:40]!r} instead of {feed.agency!r}, entry {name}",
            )
    return _Wanted(
        name,
        Kept(
            body=body,
            source=name,
            media_type="application/json",
            format=ENVELOPE,
            priority=arrivals.hurry(body),
        ),
    )


def _name(given: str, body: bytes) -> str:
    """The entry's id; where it has none that can be remembered, one made of its bytes."""
    usable = given.isprintable() and 0 < len(given) <= 200
    return given if usable else "sha256:" + hashlib.sha256(body).hexdigest()


def _take(intake: Intake, feed: Feed, page: Page, wanted: list[_Wanted], *, last: bool) -> int:
    """Keep what no push and no earlier page has brought; the cursor moves with it."""
    now = intake.clock()
    again = now if page.more and last else now + rhythm(feed, intake.luck())
    with intake.transaction() as conn:
        first = _first_time(conn, feed, [one.id for one in wanted])
        new = {one.id: one.kept for one in wanted if one.id in first}
        if new:
            numbers = arrivals.keep(conn, feed.id, feed.agency_id, list(new.values()), intake.files)
            _remember(conn, feed, list(new), numbers)
        feeds.polled(
            conn,
            feed,
            etag="",
            last_modified="",
            body_digest=None,
            next_poll=again,
            cursor=printable(page.cursor, 4096),
        )
        crash("receive.node-cursor-moved")
    return len(new)


def _first_time(conn: Connection, feed: Feed, ids: list[str]) -> frozenset[str]:
    rows = conn.execute(
        "insert into push_seen (agency, id) select %s, unnest(%s::text[]) on conflict do nothing returning id",
        (feed.agency_id, ids),
    )
    return frozenset(row[0] for row in rows)


def _remember(conn: Connection, feed: Feed, ids: list[str], numbers: list[int]) -> None:
    conn.execute(
        "update push_seen set arrival = x.number from unnest(%s::text[], %s::bigint[]) as x(id, number)"
        " where push_seen.agency = %s and push_seen.id = x.id",
        (ids, numbers, feed.agency_id),
    )
