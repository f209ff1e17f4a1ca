"""Which items translate another agency's copy of another language: looked for in their stories, kept with the pick-ups.

An item is due when it was linked by a new version, or came into another story: the newest first, and none before all that
came earlier was read. Of the story's members that began before it, the few that are most like it are aligned with it, each
as it stood when the version came. Known language versions of one family are passed over.

Limits: the first 5,000 bytes are compared, as long as they would be in English; an original that is in no story with its
translation is not found, nor one that is older than the last `MEMBERS` items of the story before it.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec
import structlog
from msgspec import Struct

from dragoman.link.credit import is_credited
from dragoman.link.likeness import likeness
from dragoman.link.translated import Lexicon, Told, tongue, translated_from
from dragoman.link.weights import Vector
from dragoman.model.item import Item
from dragoman.read.reading import plain_text
from dragoman.store import linking, reuse
from dragoman.store.connect import Connection
from dragoman.store.reuse import Found, Stretch

log = structlog.get_logger("originals")
LOOKED_AT, MEMBERS, CANDIDATES = 8, 128, 3
"""Items looked at in one go, of which one is compared; members of its story that may be its original; of which are aligned."""
LONGEST, LONGEST_SOURCE = 5_000, 7_500
"""Of a text what is aligned, in bytes of English: some 60 ms for each candidate."""

_UNKNOWN = ("", "und")
_item = msgspec.json.Decoder(Item).decode
_vector = msgspec.msgpack.Decoder(Vector).decode

_OTHERS = (
    " from (select c.item, c.vector from story_item c where c.story = due.story and c.item < due.item"
    f"   order by c.item desc limit {MEMBERS}) as near"
    " join version mine on mine.sequence = due.sequence join item me on me.id = due.item and me.state = 'usable'"
    " join item i on i.id = near.item and i.state = 'usable'"
    " cross join lateral (select w.sequence, w.received, w.origin, w.language from version w where w.item = i.id"
    "  and w.sequence < due.sequence and w.act not in ('hold', 'kill') order by w.sequence desc limit 1) as v"
    " join agency a on a.id = v.origin left join item_family f on f.item = me.id left join item_family g on g.item = i.id"
    " where v.origin <> mine.origin and coalesce(f.root, me.key) <> coalesce(g.root, i.key)"
    " and (v.language in ('', 'und') or split_part(v.language, '-', 1) <> split_part(mine.language, '-', 1))"
)


class Due(Struct, frozen=True):
    """An item to be looked at, as it is linked. `has_others`: there is copy that it may translate."""

    item: int
    sequence: int
    story: int
    has_others: bool


class _Other(Struct, frozen=True):
    """A version that may be the original, with its agency's code and name."""

    item: int
    sequence: int
    received: datetime
    code: str
    name: str
    vector: Vector


def looking(conn: Connection, lexicon: Lexicon) -> Iterator[bool]:
    """Look at all that is due, for ever, a small step at a time; False: none is due now."""
    while True:
        each = due(conn)
        first = next((one for one in each if one.has_others), None)
        found = None
        if first:
            try:
                found = yield from _find(conn, first, lexicon)
            except (ArithmeticError, LookupError, RecursionError, ValueError, msgspec.MsgspecError):
                # One text that cannot be compared stops no other.
                log.exception("not looked at for an original", sequence=first.sequence)
        with conn.transaction():
            linking.turn(conn)
            if found:
                reuse.keep(conn, [found])
            _looked_at(conn, [one for one in each if one is first or not one.has_others])
        yield bool(each)


def due(conn: Connection) -> list[Due]:
    """The newest items that were not looked at as they are linked now."""
    rows = conn.execute(
        "with due as (select item, sequence, story from story_item where (sequence <> compared or story <> compared_in)"
        "   and sequence <= coalesce((select read_to from reading_progress), 0) order by sequence desc limit %s)"
        " select due.item, due.sequence, due.story, not exists (select from pickup k where k.sequence = due.sequence"
        "  and k.label = 'translated') and exists (select" + _OTHERS + ") from due order by due.sequence desc",
        (LOOKED_AT,),
    )
    return [Due(*row) for row in rows]


def _looked_at(conn: Connection, done: Sequence[Due]) -> None:
    """They are due no more, unless they were linked anew meanwhile."""
    conn.execute(
        "update story_item s set compared = x.sequence, compared_in = x.story from unnest(%b::bigint[], %b::bigint[],"
        " %b::bigint[]) as x(item, sequence, story) where s.item = x.item",
        ([one.item for one in done], [one.sequence for one in done], [one.story for one in done]),
    )


def _find(conn: Connection, one: Due, lexicon: Lexicon) -> Generator[bool, None, Found | None]:
    """What this item translates; None where it is nobody's copy that we have."""
    row = conn.execute(
        "select s.vector, v.received from story_item s join version v on v.sequence = %s where s.item = %s",
        (one.sequence, one.item),
    ).fetchone()
    if row is None:  # killed meanwhile
        return None
    mine = _vector(row[0])
    others = _others(conn, one, mine) if tongue(mine.language) not in _UNKNOWN else []
    copies = _copies(conn, [(one.sequence, row[1]), *((other.sequence, other.received) for other in others)])
    if one.sequence not in copies:
        return None
    text = plain_text(copies[one.sequence])
    told = Told.of(text, mine.language, LONGEST)
    best: Found | None = None
    for other in others:
        if other.sequence not in copies:
            continue
        yield True
        source = Told.of(plain_text(copies[other.sequence]), other.vector.language, LONGEST_SOURCE)
        found = translated_from(told, {"": source}, lexicon)
        if found.source is not None and (best is None or found.share > best.coverage):
            best = Found(
                sequence=one.sequence,
                number=one.item,
                source=other.sequence,
                source_item=other.item,
                label="translated",
                coverage=found.share,
                passages=tuple(Stretch(told.span(mine), source.span(theirs)) for theirs, mine in found.beads),
                credited=is_credited(copies[one.sequence], text, other.code, other.name),
            )
    return best


def _others(conn: Connection, one: Due, mine: Vector) -> list[_Other]:
    """The versions that are most like this item, of other languages that we know."""
    rows = conn.execute(
        "with due (item, sequence, story) as (values (%s::bigint, %s::bigint, %s::bigint))"
        " select found.* from due cross join lateral (select i.id, v.sequence, v.received, a.code, a.name, near.vector"
        + _OTHERS
        + ") found",
        (one.item, one.sequence, one.story),
    )
    others = [
        _Other(number, at, received, code, name, _vector(body)) for number, at, received, code, name, body in rows
    ]
    passed = {*_UNKNOWN, tongue(mine.language)}
    others = [other for other in others if tongue(other.vector.language) not in passed]
    return sorted(others, key=lambda other: (-likeness(mine, other.vector), other.sequence))[:CANDIDATES]


def _copies(conn: Connection, versions: Sequence[tuple[int, datetime]]) -> Mapping[int, Item]:
    """Versions as they are stored, by sequence."""
    rows = conn.execute(
        "select p.sequence, p.item from unnest(%b::bigint[], %b::timestamptz[]) as x(sequence, at)"
        " join payload p on p.sequence = x.sequence and p.at = x.at",
        ([sequence for sequence, _ in versions], [at for _, at in versions]),
    )
    return {sequence: _item(payload) for sequence, payload in rows}
