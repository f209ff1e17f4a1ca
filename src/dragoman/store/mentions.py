"""Mentions: what an outlet was seen to report, by a watched feed or by hand. Kept apart from copy: never granted, never sent."""

import hashlib
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

import msgspec
from msgspec import Struct

from dragoman.model.errors import NotFound
from dragoman.model.item import Item
from dragoman.model.version import Version
from dragoman.store.connect import Connection, Row

MENTIONS_LOCK = 72
"""Turns are taken under it, held to the commit: a reader that has seen n has seen everything below n."""


class Mention(Struct, frozen=True, kw_only=True):
    """`item` is what was read there, for queries to look at. `added_by` is empty where a watched feed brought it."""

    outlet: int
    link: str
    published: datetime
    language: str
    title: str
    item: Item
    watch: int | None = None
    seen: datetime | None = None
    added_by: str = ""
    report: int | None = None
    turn: int = 0
    """Taken anew whenever it changes: a reader goes on from the last it has seen."""
    id: int = 0

    def as_version(self) -> Version:
        """The mention as queries look at it. No agency handed it to us, and none may."""
        item = msgspec.structs.replace(self.item, version_created=self.published)
        return Version(item=item, origin="", agency="", received=self.published)


_SELECT = (
    "select m.id, m.outlet, m.link, m.published, m.language, m.title, m.item, m.watch, m.seen, m.added_by, m.report,"
    " m.turn from mention m where m.removed is null"
)


def _mention(row: Row) -> Mention:
    return Mention(
        id=row[0],
        outlet=row[1],
        link=row[2],
        published=row[3],
        language=row[4],
        title=row[5],
        item=msgspec.json.decode(row[6], type=Item),
        watch=row[7],
        seen=row[8],
        added_by=row[9],
        report=row[10],
        turn=row[11],
    )


def link_key(link: str) -> bytes:
    """What two addresses of one page have in common: scheme, ``www.``, a trailing slash and the fragment do not count."""
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
        bare = urlunsplit(("", host + port, parts.path.rstrip("/"), parts.query, "")) if host else link.strip()
    except ValueError:
        bare = link.strip()
    return hashlib.sha256(bare.encode("utf-8", "surrogatepass")).digest()[:16]


def keep(conn: Connection, one: Mention) -> tuple[int, bool]:
    """The mention's number, and whether it is new. The same page of an outlet is one mention: seen again, its words are
    replaced, and its first day stays. Inside the caller's transaction."""
    conn.execute("select pg_advisory_xact_lock(%s)", (MENTIONS_LOCK,))
    row = conn.execute(
        "insert into mention (turn, outlet, watch, link, link_key, published, language, title, item, added_by,"
        " report) values (nextval('mention_turn'), %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) on conflict (outlet, link_key) do update set"
        " turn = excluded.turn, title = excluded.title, item = excluded.item, language = excluded.language, removed = null,"
        " published = least(mention.published, excluded.published),"
        " report = coalesce(excluded.report, mention.report) returning id, xmax = 0",
        (
            one.outlet,
            one.watch,
            one.link,
            link_key(one.link or one.item.uri),
            one.published,
            one.language,
            one.title,
            msgspec.json.encode(one.item),
            one.added_by,
            one.report,
        ),
    ).fetchone()
    assert row is not None
    if one.watch is not None:
        conn.execute("update watch set last_mention = now() where id = %s", (one.watch,))
    return row[0], row[1]


def mention(conn: Connection, number: int) -> Mention:
    """
    Raises:
        NotFound: there is none of this number.
    """
    row = conn.execute(_SELECT + " and m.id = %s", (number,)).fetchone()
    if row is None:
        raise NotFound(f"There is no mention {number}")
    return _mention(row)


def of_outlet(conn: Connection, outlet: int, *, limit: int = 20) -> list[Mention]:
    """An outlet's mentions, newest first."""
    rows = conn.execute(_SELECT + " and m.outlet = %s order by m.published desc, m.id desc limit %s", (outlet, limit))
    return [_mention(row) for row in rows]


def after(conn: Connection, turn: int, since: datetime, until: datetime, report: int) -> list[Mention]:
    """Mentions whose turn came later, published in the period; those entered for `report` whenever they were."""
    rows = conn.execute(
        _SELECT + " and m.turn > %s and (m.published >= %s and m.published < %s or m.report = %s) order by m.turn",
        (turn, since, until, report),
    )
    return [_mention(row) for row in rows]


def remove(conn: Connection, number: int, now: datetime) -> None:
    """Take a mention out of every report; it stays in the store."""
    conn.execute("update mention set removed = %s where id = %s", (now, number))
