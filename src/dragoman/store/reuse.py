"""Pick-ups against the whole archive: which items have which signs, whose earlier copy a version uses, what was found.

    unindexed   versions nobody has looked at yet, the oldest first: a source before those who use it
    index       their signs, and how far we have come, in one transaction with `keep`: a restart loses nothing
    find        the few items that share most of a version's signs, each as it stood then; the closest of them
    keep        what was found
    of_item     whom an item takes from, and who took from it
    of_story    the same of all items of a story

What was translated from another language is found elsewhere (`store.originals`) and kept and shown here with the rest.

The index is of sampled signs, by item: what versions of one item have in common stands there once. A sign's first `COMMON`
items are counted, each for the less the more there are: a stock phrase costs no more than another and says little.
Killed and expunged items have no signs and no pick-ups; those of a held one are not shown.

Limits: a source is compared as it stood when the version came, not in older versions of it; a version has one source; an
item's number has to fit in 31 bits.
"""

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Literal

import msgspec
import structlog
from msgspec import Struct
from psycopg.sql import SQL
from psycopg.types.json import Jsonb

from dragoman.link.credit import is_credited
from dragoman.link.reuse import CANDIDATES, COMMON, Text, closest, sampled
from dragoman.model.item import Item
from dragoman.read.reading import plain_text
from dragoman.store.connect import Connection, Row

log = structlog.get_logger("reuse")
LONGEST = 100_000
"""Characters of a text that are compared."""
_LOOKED_AT = CANDIDATES * 8
_SHOWN = 50
_item = msgspec.json.Decoder(Item).decode
Label = Literal["whole", "partial", "translated"]
"""Its words, all or some of them; or its sentences, in another language."""


class Copy(Struct, frozen=True, kw_only=True):
    """A version as it is compared. `number` is its item's, `origin` its agency's code, `signs` are those that are sampled;
    `text` is empty where the version has none, or the item was killed."""

    sequence: int
    number: int
    origin: str
    item: Item
    text: Text
    signs: Set[int]


class Stretch(Struct, frozen=True):
    """The same words on both sides, or sentences and their translation: code points of either text, ends excluded."""

    item: tuple[int, int]
    source: tuple[int, int]


class Found(Struct, frozen=True, kw_only=True):
    """What version `sequence` of item `number` takes from version `source` of another; `coverage` is how much of it that
    is, 0 to 1. `credited`: does it name that agency? None where it is its own."""

    sequence: int
    number: int
    source: int
    source_item: int
    label: Label
    coverage: float
    passages: tuple[Stretch, ...] = ()
    credited: bool | None


class Side(Struct, frozen=True, kw_only=True):
    """One text of a pick-up: its blocks, one a line."""

    item: int
    sequence: int
    origin: str
    language: str
    received: datetime
    headline: str
    text: str


class Kept(Struct, frozen=True, kw_only=True):
    """A pick-up as it is shown: `user` takes `coverage` of its words from `source`; of a translation, of its sentences."""

    user: Side
    source: Side
    label: Label
    coverage: float
    passages: tuple[Stretch, ...]
    credited: bool | None


class Pickups(Struct, frozen=True):
    """`taken`: what an item takes from others; `given`: what others take from it. The newest first."""

    taken: tuple[Kept, ...] = ()
    given: tuple[Kept, ...] = ()


def look(conn: Connection, limit: int) -> int:
    """Look at the next `limit` versions: index them, find what they take, keep it; how many there were."""
    copies = unindexed(conn, limit)
    if copies:
        with conn.transaction():
            index(conn, copies)
            keep(conn, [found for copy in copies if (found := _sought(conn, copy))])
    return len(copies)


def _sought(conn: Connection, copy: Copy) -> Found | None:
    """`find`; one text that cannot be compared stops no other."""
    try:
        return find(conn, copy)
    except (ArithmeticError, LookupError, RecursionError, ValueError):
        log.exception("not looked at for pick-ups", sequence=copy.sequence)
        return None


def count_waiting(conn: Connection) -> int:
    """Versions not looked at yet."""
    row = conn.execute(
        "select count(*) from version where sequence > coalesce((select looked_to from reuse_progress), 0)"
    ).fetchone()
    return int(row[0]) if row else 0


def unindexed(conn: Connection, limit: int) -> list[Copy]:
    """The oldest versions that were not looked at."""
    rows = conn.execute(
        "select v.sequence, v.item, o.code, case when v.act in ('hold', 'kill') or i.state in ('killed', 'expunged')"
        " then null else p.item end from version v join item i on i.id = v.item join agency o on o.id = v.origin"
        " left join payload p on p.sequence = v.sequence and p.at = v.received"
        " where v.sequence > coalesce((select looked_to from reuse_progress), 0) order by v.sequence limit %s",
        (limit,),
    )
    return [_copy(*row) for row in rows]


def _copy(sequence: int, number: int, origin: str, payload: bytes | None) -> Copy:
    item = _item(payload) if payload else Item(uri="")
    text = _text(item)
    return Copy(sequence=sequence, number=number, origin=origin, item=item, text=text, signs=sampled(text.cut))


def _text(item: Item) -> Text:
    return Text.of(plain_text(item)[:LONGEST])


def index(conn: Connection, copies: Sequence[Copy]) -> None:
    """Keep the signs of `copies`, the next there are; what was killed meanwhile is left out. Inside the caller's
    transaction."""
    signs = [(copy.sequence, sign) for copy in copies for sign in copy.signs]
    conn.execute(
        "with usable as (select v.sequence, v.item from version v join item i on i.id = v.item"
        "  where v.sequence = any(%s) and i.state not in ('killed', 'expunged') for share of i),"
        " drawn as (select u.sequence, u.item, x.sign from unnest(%b::bigint[], %b::int[]) as x(sequence, sign)"
        "  join usable u using (sequence)),"
        " texts as (insert into reuse_text (sequence, item, signs)"
        "  select sequence, item, array_agg(sign) from drawn group by sequence, item on conflict do nothing)"
        " insert into reuse_sign (sign, item) select sign, item::int from (select sign, item from drawn"
        "  except select unnest(t.signs), t.item from reuse_text t join usable u using (item)) as new order by 1, 2",
        ([copy.sequence for copy in copies], [one for one, _ in signs], [sign for _, sign in signs]),
    )
    conn.execute(
        "insert into reuse_progress as p (looked_to) values (%s) on conflict (one) do update"
        " set looked_to = greatest(p.looked_to, excluded.looked_to)",
        (max((copy.sequence for copy in copies), default=0),),
    )


def find(conn: Connection, copy: Copy) -> Found | None:
    """Whose earlier copy this version uses; None where it uses nobody's. What the item had said before another began to
    say it is its own."""
    rows = {str(row[1]): row for row in _sources(conn, copy, sharing(conn, copy.signs))}
    texts = {name: _text(_item(row[4])) for name, row in rows.items()}
    older = {name: text for name, text in texts.items() if rows[name][0] < copy.number}
    before = _before(conn, copy) if len(older) < len(texts) else {}
    pickup = closest(copy.text, {**older, **before, **texts})
    if pickup.source in before:
        pickup = closest(copy.text, older)
    if pickup.label == "none" or pickup.source is None:
        return None
    source_item, source, code, name, _ = rows[pickup.source]
    credited = None if code == copy.origin else is_credited(copy.item, copy.text.text, code, name)
    return Found(
        sequence=copy.sequence,
        number=copy.number,
        source=source,
        source_item=source_item,
        label=pickup.label,
        coverage=pickup.coverage,
        passages=tuple(Stretch(one.item, one.source) for one in pickup.passages),
        credited=credited,
    )


def sharing(conn: Connection, signs: Set[int]) -> list[int]:
    """The items that have most of these signs, rare ones before common ones; of equals the oldest."""
    rows = conn.execute(
        "select item from unnest(%b::int[]) as s(sign) cross join lateral (select item, count(*) over () as owners"
        "  from (select r.item from reuse_sign r where r.sign = s.sign order by r.item limit %s) as first) as known"
        " group by item order by sum(1::float8 / owners) desc, item limit %s",
        (sorted(signs), COMMON, _LOOKED_AT),
    )
    return [row[0] for row in rows]


def _sources(conn: Connection, copy: Copy, items: Sequence[int]) -> list[Row]:
    """(item, version, agency's code, its name, payload) of the first few of `items` that may be a source: as each stood
    before this version, none of its own family."""
    if not items:
        return []
    return conn.execute(
        "select i.id, v.sequence, o.code, o.name, p.item"
        " from unnest(%b::bigint[]) with ordinality as c(item, place) join item i on i.id = c.item"
        " cross join lateral (select w.sequence, w.received, w.origin from version w where w.item = i.id"
        "  and w.sequence < %s and w.act not in ('hold', 'kill') order by w.sequence desc limit 1) as v"
        " join agency o on o.id = v.origin join payload p on p.sequence = v.sequence and p.at = v.received"
        " left join item_family f on f.item = i.id where i.state not in ('killed', 'expunged')"
        " and coalesce(f.root, i.key) <> (select coalesce(g.root, me.key) from item me"
        "  left join item_family g on g.item = me.id where me.id = %s) order by c.place limit %s",
        (list(items), copy.sequence, copy.number, CANDIDATES),
    ).fetchall()


def _before(conn: Connection, copy: Copy) -> dict[str, Text]:
    """The version of the same item before this one, by its sequence; nothing before the first."""
    rows = conn.execute(
        "select v.sequence, p.item from version v join payload p on p.sequence = v.sequence and p.at = v.received"
        " where v.item = %s and v.sequence < %s and v.act not in ('hold', 'kill') order by v.sequence desc limit 1",
        (copy.number, copy.sequence),
    )
    return {str(sequence): _text(_item(payload)) for sequence, payload in rows}


def keep(conn: Connection, found: Sequence[Found]) -> None:
    """Store what was found, in place of what was; nothing of what was killed meanwhile. Inside the caller's transaction."""
    for one in found:
        passages = [[*each.item, *each.source] for each in one.passages]
        conn.execute(
            "insert into pickup (sequence, item, source, source_item, label, coverage, passages, credited)"
            " select %s, %s, %s, %s, %s, %s, %s, %s where 2 = (select count(*) from (select from item"
            "  where id in (%s, %s) and state not in ('killed', 'expunged') order by id for share) as usable)"
            " on conflict (sequence, (label = 'translated')) do update set source = excluded.source,"
            " source_item = excluded.source_item, label = excluded.label, coverage = excluded.coverage, passages = excluded.passages,"
            " credited = excluded.credited",
            (
                one.sequence,
                one.number,
                one.source,
                one.source_item,
                one.label,
                one.coverage,
                Jsonb(passages),
                one.credited,
                one.number,
                one.source_item,
            ),
        )


def drop_of(conn: Connection, items: Sequence[int]) -> None:
    """No sign of these items is left, and no pick-up of or from them: they are killed. Inside the kill's transaction."""
    numbers = list(items)
    conn.execute("delete from pickup where item = any(%s) or source_item = any(%s)", (numbers, numbers))
    conn.execute(
        "delete from reuse_sign s using (select distinct unnest(signs) as sign, item from reuse_text"
        "  where item = any(%s)) as gone where s.sign = gone.sign and s.item = gone.item",
        (numbers,),
    )
    conn.execute("delete from reuse_text where item = any(%s)", (numbers,))


_PAIRS = (
    "with pairs as (select distinct on (item, source_item, label = 'translated') * from pickup where {}"
    "  order by item, source_item, label = 'translated', sequence desc)"
    " select k.item, k.sequence, a.code, u.received, up.item, k.source_item, k.source, b.code, s.received, sp.item,"
    "  k.label, k.coverage, k.passages, k.credited"
    " from pairs k join item ui on ui.id = k.item join item si on si.id = k.source_item"
    " join version u on u.sequence = k.sequence join version s on s.sequence = k.source"
    " join agency a on a.id = u.origin join agency b on b.id = s.origin"
    " join payload up on up.sequence = u.sequence and up.at = u.received"
    " join payload sp on sp.sequence = s.sequence and sp.at = s.received"
    " where ui.state = 'usable' and si.state = 'usable' order by k.sequence desc limit %s"
)
_TAKEN, _GIVEN = SQL(_PAIRS).format(SQL("item = %s")), SQL(_PAIRS).format(SQL("source_item = %s"))
_IN_STORY = SQL(_PAIRS).format(SQL("item in (select item from story_item where story = %s)"))


def of_item(conn: Connection, number: int) -> Pickups:
    """Whom item `number` takes from and who takes from it, each pair as it was found last. Nothing of copy that is held."""
    taken, given = (conn.execute(pairs, (number, _SHOWN)) for pairs in (_TAKEN, _GIVEN))
    return Pickups(tuple(map(_kept, taken)), tuple(map(_kept, given)))


def of_story(conn: Connection, story: int) -> tuple[Kept, ...]:
    """What the items of a story take, from whomever, as of one item: the newest."""
    return tuple(map(_kept, conn.execute(_IN_STORY, (story, _SHOWN))))


def _kept(row: Row) -> Kept:
    return Kept(
        user=_side(*row[:5]),
        source=_side(*row[5:10]),
        label=row[10],
        coverage=round(row[11], 4),
        passages=tuple(Stretch((a, b), (c, d)) for a, b, c, d in row[12]),
        credited=row[13],
    )


def _side(number: int, sequence: int, origin: str, received: datetime, payload: bytes) -> Side:
    item = _item(payload)
    return Side(
        item=number,
        sequence=sequence,
        origin=origin,
        language=item.language,
        received=received,
        headline=item.headline,
        text=plain_text(item),
    )
