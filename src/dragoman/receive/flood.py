"""Is this news, or the whole feed once more? Entries are known by key and bytes; a feed that comes again is set aside.

An entry's key and bytes are compared without the difference between http and https: a site that moves to https sends the
same copy under "new" ids. When more than `FLOOD` entries that were known come with other bytes in one poll (a feed
re-dated by a new publishing system), what is really new is taken and the rest kept in one piece for a person to look at.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from dragoman.model.errors import Problem
from dragoman.receive.decoding import Split
from dragoman.store import feeds
from dragoman.store.connect import Connection
from dragoman.store.feeds import Entry, Feed

FLOOD = 200


class News(Struct, frozen=True):
    """The entries to take, oldest first, and how many known ones came with other bytes, too many to be believed."""

    entries: list[Split]
    flood: int = 0


def news(conn: Connection, feed: Feed, entries: Sequence[Split]) -> News:
    """What of a poll is new or changed. Marks everything as seen; inside the transaction that keeps the bytes."""
    by_key = dict(zip(_keys(entries), entries, strict=True))
    known = feeds.known(conn, feed.id, list(by_key))
    fresh = feeds.news(conn, feed.id, [Entry(key, _without_scheme(e.body)) for key, e in by_key.items()])
    changed = sum(each.key in known for each in fresh)
    if changed > FLOOD:
        return News(_oldest_first([by_key[e.key] for e in fresh if e.key not in known]), changed)
    return News(_oldest_first([by_key[e.key] for e in fresh]))


def once_more(feed: Feed, changed: int) -> Problem:
    """Why the document of a flood is set aside."""
    return Problem(
        type="urn:dragoman:problem:flood",
        title="The whole feed came once more, changed",
        status=422,
        detail=f"{changed} entries that were known came with other bytes in one poll of {feed.name}",
        kept="The whole document; entries that are really new were taken as usual.",
        hint="Ask the sender; if they are meant as updates: `dragoman arrival retry` with the number of this arrival.",
    )


def _keys(entries: Sequence[Split]) -> list[str]:
    """A key for each entry. Texts that share one id in the same document are told apart by their content."""
    plain = [_alias(entry.key) for entry in entries]
    times = Counter(plain)
    return [
        key if times[key] == 1 else f"{key}\n{hashlib.sha256(entry.body).hexdigest()}"
        for key, entry in zip(plain, entries, strict=True)
    ]


def _alias(key: str) -> str:
    scheme, colon, rest = key.partition("://")
    return f"//{rest}" if colon and scheme.lower() in ("http", "https") else key


def _without_scheme(body: bytes) -> bytes:
    return body.replace(b"https://", b"http://")


def _oldest_first(entries: list[Split]) -> list[Split]:
    """Feeds list the newest first; the wire wants it last."""
    return entries[::-1]
