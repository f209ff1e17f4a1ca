"""The linker's side of stories: what waits for it, its window as it was left, and what it decided.

The linker and editors take turns under `STORIES_LOCK`: it reads what they decided, links, and commits before they decide
again. A killed item is in none of these tables: it leaves them in the kill's transaction, and the linker is told.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from dragoman.link.learned import Learned
from dragoman.link.stories import Changed, Linked, Recent
from dragoman.link.traits import Traits
from dragoman.link.weights import Vector
from dragoman.model.item import Item
from dragoman.read.reading import plain_text
from dragoman.store.connect import Connection
from dragoman.store.owed import FLASH_URGENCY

LINKER_LOCK = 14
"""Advisory: whoever holds it is the one that links."""
STORIES_LOCK = 15
"""Advisory, for a transaction that changes which items are in which story."""
READ, STORIES = "dragoman_read", "dragoman_stories"
"""Channels: something was read and waits for the linker; stories changed."""
Because = Literal["", "translation", "editor"]

_reasons = msgspec.json.Decoder(tuple[tuple[str, float], ...])
_item = msgspec.json.Decoder(Item)
_traits = msgspec.msgpack.Decoder(Traits)
_vector = msgspec.msgpack.Decoder(Vector)
_recent = msgspec.msgpack.Decoder(Recent)
_learned = msgspec.msgpack.Decoder(Learned)


class Waiting(Struct, frozen=True, kw_only=True):
    """An item's newest version that is read and not linked yet. `family` is the key of the head of its family, its own where
    it has none; `kin` another item of that which has a story."""

    sequence: int
    item: int
    at: datetime
    traits: Traits
    family: bytes
    kin: int | None = None


class Placed(Struct, frozen=True, kw_only=True):
    """An item linked: where, why, by which vector."""

    waiting: Waiting
    linked: Linked
    vector: Vector
    because: Because = ""


class Kept(Struct, frozen=True, kw_only=True):
    """An item of the window as it was left."""

    item: int
    story: int
    at: datetime
    vector: Vector
    pinned: bool


class Decisions(Struct, frozen=True, kw_only=True):
    """What editors decided against: (item, story) that do not belong together, (story, story) that are not one."""

    rejected: tuple[tuple[int, int], ...]
    apart: tuple[tuple[int, int], ...]


def turn(conn: Connection) -> None:
    """Take the stories for this transaction: nobody else changes them until it ends."""
    conn.execute("select pg_advisory_xact_lock(%s)", (STORIES_LOCK,))


# what waits, and the window


def encoded(found: Traits) -> bytes:
    """Traits as they wait for the linker."""
    return msgspec.msgpack.encode(found)


def keep_traits(conn: Connection, found: Sequence[tuple[int, bytes]]) -> None:
    """Hand these versions (sequence, traits) to the linker. Inside the transaction that keeps their readings."""
    conn.execute(
        "insert into traits (sequence, body, flash) select x.sequence, x.body, coalesce(v.urgency <= %s, false)"
        " from unnest(%b::bigint[], %b::bytea[]) as x(sequence, body) join version v on v.sequence = x.sequence join item i on i.id = v.item"
        " where i.state not in ('killed', 'expunged')"
        " on conflict (sequence) do update set body = excluded.body",
        (FLASH_URGENCY, [sequence for sequence, _ in found], [body for _, body in found]),
    )


def queued(conn: Connection, limit: int) -> list[int]:
    """The versions that are next: flashes alone, else the newest first, as news goes before what is made up for."""
    rows = conn.execute("select sequence from traits where flash order by sequence desc limit %s", (limit,)).fetchall()
    rows = rows or conn.execute("select sequence from traits order by sequence desc limit %s", (limit,)).fetchall()
    return [row[0] for row in rows]


def waiting(conn: Connection, sequences: Sequence[int]) -> list[Waiting]:
    """The items of these versions, to be linked, the newest first; of an item only its newest version."""
    rows = conn.execute(
        "select t.sequence, v.item, v.received, t.body, coalesce(f.root, i.key), k.item from"
        " (select sequence, body from traits where sequence = any(%s)) t join version v using (sequence)"
        " join item i on i.id = v.item left join item_family f on f.item = i.id left join lateral ("
        "   select s.item from story_item s join item_family m on m.item = s.item"
        "     where m.root = coalesce(f.root, i.key) and s.item <> i.id"
        "   union all select s.item from story_item s join item o on o.id = s.item"
        "     where o.key = f.root and s.item <> i.id order by 1 limit 1) k on true"
        " where i.state = 'usable' and not exists (select from story_item s where s.item = v.item"
        "   and s.sequence >= t.sequence) and not exists (select from traits u join version w using (sequence)"
        "   where w.item = v.item and u.sequence > t.sequence) order by t.sequence desc",
        (list(sequences),),
    )
    return [
        Waiting(sequence=r[0], item=r[1], at=r[2], traits=_traits.decode(r[3]), family=r[4], kin=r[5]) for r in rows
    ]


def count_waiting(conn: Connection) -> int:
    row = conn.execute("select count(*) from traits").fetchone()
    return int(row[0]) if row else 0


def taken(conn: Connection, sequences: Sequence[int]) -> None:
    """These wait no more. Others may have come meanwhile."""
    conn.execute("delete from traits where sequence = any(%s)", (list(sequences),))


def window(conn: Connection, since: datetime) -> Iterator[Kept]:
    """The items of the window, in any order."""
    with conn.cursor(name="window") as cursor:
        cursor.itersize = 2_000
        cursor.execute("select item, story, at, vector, by <> '' from story_item where at >= %s", (since,), binary=True)
        for row in cursor:
            yield Kept(item=row[0], story=row[1], at=row[2], vector=_vector.decode(row[3]), pinned=row[4])


def of_item(conn: Connection, item: int) -> Kept | None:
    """The item as it is linked; None where it is not, or no more."""
    row = conn.execute("select item, story, at, vector, by <> '' from story_item where item = %s", (item,)).fetchone()
    if row is None:
        return None
    return Kept(item=row[0], story=row[1], at=row[2], vector=_vector.decode(row[3]), pinned=row[4])


def decisions(conn: Connection) -> Decisions:
    return Decisions(
        rejected=tuple(conn.execute("select item, story from story_rejected order by 1, 2").fetchall()),
        apart=tuple(conn.execute("select one, other from story_apart order by 1, 2").fetchall()),
    )


def changes(conn: Connection) -> tuple[list[int], bool]:
    """What others changed since we last asked: items, and whether editors decided against something. They are forgotten
    with this transaction."""
    rows = conn.execute("with gone as (delete from story_change returning id, item) select item from gone order by id")
    items = [row[0] for row in rows.fetchall()]
    return [item for item in dict.fromkeys(items) if item is not None], None in items


def recent(conn: Connection) -> Recent:
    """What the next sweep is to look at."""
    row = conn.execute("select recent from story_progress").fetchone()
    return _recent.decode(row[0]) if row and row[0] else Recent()


def keep_recent(conn: Connection, found: Recent) -> None:
    conn.execute(
        "insert into story_progress (recent) values (%s) on conflict (one) do update set recent = excluded.recent",
        (msgspec.msgpack.encode(found),),
    )


def newest(conn: Connection) -> datetime | None:
    """When the newest item came that is linked: another one means that there is more, for whoever missed the notice."""
    row = conn.execute("select max(at) from story_item").fetchone()
    return row[0] if row else None


def next_story(conn: Connection) -> int:
    """A number that no story has."""
    row = conn.execute("select nextval('story_id_seq')").fetchone()
    assert row is not None
    return int(row[0])


# what was decided


def keep(conn: Connection, placed: Sequence[Placed]) -> frozenset[int]:
    """Store the links; what was killed meanwhile is left out. The items that were stored. Inside the caller's
    transaction, in its turn."""
    conn.execute(
        "insert into story (id, latest) select x.story, x.at from unnest(%b::bigint[], %b::timestamptz[]) as x(story, at)"
        " order by x.story on conflict (id) do update set latest = greatest(story.latest, excluded.latest)",
        _newest({one.linked.story: one.waiting.at for one in sorted(placed, key=lambda one: one.waiting.at)}),
    )
    rows = conn.execute(
        "insert into story_item (item, sequence, story, at, likeness, reasons, vector, because)"
        " select x.item, x.sequence, x.story, x.at, x.likeness, x.reasons, x.vector, x.because from unnest(%b::bigint[],"
        " %b::bigint[], %b::bigint[], %b::timestamptz[], %b::real[], %b::bytea[], %b::bytea[], %b::text[]) with ordinality"
        " as x(item, sequence, story, at, likeness, reasons, vector, because, place) join item i on i.id = x.item"
        " where i.state not in ('killed', 'expunged') order by x.place"
        " on conflict (item) do update set sequence = excluded.sequence, story = excluded.story,"
        " likeness = excluded.likeness, reasons = excluded.reasons, vector = excluded.vector,"
        " because = case when story_item.by = '' then excluded.because else story_item.because end"
        " returning item",
        (
            [one.waiting.item for one in placed],
            [one.waiting.sequence for one in placed],
            [one.linked.story for one in placed],
            [one.waiting.at for one in placed],
            [one.linked.likeness for one in placed],
            [msgspec.json.encode(one.linked.reasons) for one in placed],
            [msgspec.msgpack.encode(one.vector) for one in placed],
            [one.because for one in placed],
        ),
    )
    return frozenset(row[0] for row in rows.fetchall())


def _newest(stories: dict[int, datetime]) -> tuple[list[int], list[datetime]]:
    return list(stories), list(stories.values())


def keep_sweep(conn: Connection, changed: Sequence[Changed]) -> None:
    """Store what a sweep merged and split."""
    for one in changed:
        conn.execute(
            "insert into story (id, latest) select %s, max(at) from story_item where item = any(%s) having count(*) > 0"
            " on conflict (id) do update set latest = greatest(story.latest, excluded.latest)",
            (one.into, list(one.items)),
        )
        conn.execute(
            "update story_item set story = %s where item = any(%s) and story = %s",
            (one.into, list(one.items), one.story),
        )
        conn.execute(
            "update story set merged_into = %s where id = %s and not exists (select from story_item where story = %s)",
            (one.into, one.story, one.story),
        )
        decisions_follow(conn, one.story, one.into)


def decisions_follow(conn: Connection, story: int, into: int) -> None:
    """What was decided against a story holds for the one that it is in now, where it is no more."""
    conn.execute(
        "insert into story_rejected (item, story, by, at) select r.item, %s, r.by, r.at from story_rejected r"
        " join story s on s.id = r.story where s.id = %s and s.merged_into is not null on conflict do nothing",
        (into, story),
    )
    conn.execute(
        "insert into story_apart (one, other, by, at) select least(x.rest, %s), greatest(x.rest, %s), x.by, x.at from"
        " (select case when one = %s then other else one end as rest, by, at from story_apart where %s in (one, other)) x"
        " join story s on s.id = %s where s.merged_into is not null and x.rest <> %s on conflict do nothing",
        (into, into, story, story, story, into),
    )


def drop_of(conn: Connection, items: Sequence[int]) -> None:
    """Nothing of these items is left in stories: they are killed. Inside the kill's transaction."""
    conn.execute(
        "delete from traits t using version v where v.item = any(%s) and t.sequence = v.sequence", (list(items),)
    )
    conn.execute(
        "with gone as (delete from story_item where item = any(%s) returning item)"
        " insert into story_change (item) select item from gone",
        (list(items),),
    )


# what the archive's own translations taught


def learned(conn: Connection) -> dict[str, Learned]:
    """By language: what its words mean in English."""
    rows = conn.execute("select language, body from learned order by language")
    return {language: _learned.decode(body) for language, body in rows}


_FAMILIES = (
    "with member as (select root, item from item_family union select i.key, i.id from item i"
    "   where exists (select from item_family f where f.root = i.key)),"
    " told as (select m.root, split_part(v.language, '-', 1) as language, v.sequence, v.received from member m"
    "   join item i on i.id = m.item and i.state = 'usable' join version v on v.sequence = i.current)"
)


def to_learn(conn: Connection, least: int) -> list[tuple[str, int]]:
    """The languages of which the archive has many more texts with an English version than were learned from, and how many:
    a third more, and at least so many; the most first."""
    rows = conn.execute(
        _FAMILIES + " select t.language, count(*) from told t join told e on e.root = t.root and e.language = 'en'"
        " left join learned l on l.language = t.language where t.language not in ('en', '', 'und')"
        " group by t.language, l.texts having count(*) >= %s and count(*) * 3 >= coalesce(l.texts, 0) * 4"
        " order by 2 desc, 1",
        (least,),
    )
    return [(row[0], row[1]) for row in rows]


def lessons(conn: Connection, language: str, limit: int) -> list[tuple[str, str]]:
    """The newest texts of this language, each with its English version."""
    rows = conn.execute(
        _FAMILIES + " select p.item, q.item from told t join told e on e.root = t.root and e.language = 'en'"
        " join payload p on p.sequence = t.sequence and p.at = t.received"
        " join payload q on q.sequence = e.sequence and q.at = e.received"
        " where t.language = %s order by t.sequence desc limit %s",
        (language, limit),
    )
    return [(plain_text(_item.decode(one)), plain_text(_item.decode(other))) for one, other in rows]


def learned_stamp(conn: Connection) -> str:
    """Another one whenever anything was learned anew."""
    row = conn.execute("select coalesce(max(at)::text, '') || count(*) from learned").fetchone()
    return str(row[0]) if row else ""


def keep_learned(conn: Connection, language: str, texts: int, lexicon: bytes) -> None:
    """Keep what so many texts taught: `Learned`, msgpack."""
    conn.execute(
        "insert into learned (language, texts, pairs, body) values (%s, %s, %s, %s) on conflict (language) do update"
        " set texts = excluded.texts, pairs = excluded.pairs, body = excluded.body, at = now()",
        (language, texts, _learned.decode(lexicon).pairs, lexicon),
    )
