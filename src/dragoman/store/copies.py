"""Copies and near-copies as people are shown them: who else brought the same words, and which two items may be versions of one.

Copies are known when they are filed (`store.filing.copies`). Near-copies are looked for afterwards, among what one agency sent
within `WITHIN`: an agency that gives every version of an item an id of its own. They are proposed; a person decides.
"""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
import structlog
from msgspec import Struct

from dragoman.link.copies import copy_text, sketch
from dragoman.link.reuse import Text, closest
from dragoman.model.errors import NotFound
from dragoman.model.item import Item
from dragoman.model.version import ItemState
from dragoman.store.connect import Connection

log = structlog.get_logger("copies")
WITHIN = timedelta(hours=24)
BATCH, CANDIDATES = 50, 4
TURN_S = 0.02
"""Whoever looks has other work: a turn ends after so long, and the next one goes on there."""
_LONGEST = 20_000
FIRST_LOOK = 1_000
"""So many versions are looked at where nothing is known of any."""
_PROPOSER_LOCK = 16


class Road(Struct, frozen=True, kw_only=True):
    """An item that brought the same words. `is_first`: before the others. `headline` is empty where it is held or killed."""

    item: int
    origin: str
    agency: str
    uri: str
    state: ItemState
    received: datetime
    headline: str
    is_first: bool = False


class VersionProposal(Struct, frozen=True, kw_only=True):
    """Two items that may be versions of one. `coverage` is the share of the words of the one that stand in the other, 0 to 1."""

    newer: Road
    older: Road
    coverage: float
    state: str
    decided_by: str = ""


_ITEM = msgspec.json.Decoder(Item)
_ROAD = (
    "i.id, o.code, g.code, i.uri, i.state, v.received, p.item from item i join version v on v.sequence = i.current"
    " join agency o on o.id = v.origin join agency g on g.id = v.agency"
    " left join payload p on p.sequence = v.sequence and p.at = v.received"
)


def roads(conn: Connection, number: int) -> tuple[Road, ...]:
    """The items that brought the same words as this one, the first first, this one left out."""
    rows = conn.execute(
        "with head as (select coalesce((select first from copy where item = %(item)s order by sequence limit 1), %(item)s) as id)"
        f" select i.id = head.id, {_ROAD}, head"
        " where (i.id = head.id or i.id in (select c.item from copy c where c.first = head.id)) and i.id <> %(item)s"
        " order by 1 desc, v.received, i.id",
        {"item": number},
    )
    return tuple(_road(row[1:], is_first=row[0]) for row in rows)


def _road(row: Sequence[object], *, is_first: bool = False) -> Road:
    number, origin, agency, uri, state, received, payload = row
    headline = _ITEM.decode(payload).headline if state == "usable" and isinstance(payload, bytes) else ""
    return msgspec.convert(
        {
            "item": number,
            "origin": origin,
            "agency": agency,
            "uri": uri,
            "state": state,
            "received": received,
            "headline": headline,
            "is_first": is_first,
        },
        Road,
    )


def proposals(conn: Connection, number: int) -> tuple[VersionProposal, ...]:
    """What is proposed or decided of this item and others, the open ones first; what was rejected is left out."""
    rows = conn.execute(
        "select newer, older, coverage, state, decided_by from version_proposal where (newer = %s or older = %s)"
        " and state <> 'rejected' order by state desc, at desc limit 20",
        (number, number),
    ).fetchall()
    numbers = sorted({each for row in rows for each in row[:2]})
    found = {row[0]: _road(row) for row in conn.execute(f"select {_ROAD} where i.id = any(%s)", (numbers,)) if numbers}
    return tuple(
        VersionProposal(newer=found[r[0]], older=found[r[1]], coverage=round(r[2], 4), state=r[3], decided_by=r[4])
        for r in rows
        if r[0] in found and r[1] in found
    )


def decide(conn: Connection, newer: int, older: int, state: str, by: str) -> None:
    """Keep a person's word, which stands: nobody proposes these two again.

    Raises:
        NotFound: nothing of the kind was proposed.
    """
    done = conn.execute(
        "update version_proposal set state = %s, decided_by = %s, decided_at = now() where newer = %s and older = %s",
        (state, by, newer, older),
    )
    if not done.rowcount:
        raise NotFound(
            f"Nobody proposed that {newer} is a version of {older}", hint="`dragoman item show` names proposals."
        )


# ---------------------------------------------------------------------------------------------- looking for near-copies


def propose(conn: Connection, span_s: float = TURN_S) -> int:
    """Look at what was filed since the last time, one batch or `span_s` seconds of it; how many proposals. One process at a
    time."""
    with conn.transaction():
        row = conn.execute("select pg_try_advisory_xact_lock(%s)", (_PROPOSER_LOCK,)).fetchone()
        if not (row and row[0]):
            return 0
        rows = conn.execute(
            "select v.sequence, v.item, v.origin, v.language, v.received, p.item from version v"
            " join item i on i.id = v.item and i.state = 'usable'"
            " join payload p on p.sequence = v.sequence and p.at = v.received"
            " where v.sequence > coalesce((select max(sequence) from sketch), (select max(sequence) - %s from version))"
            " and v.act = 'publish' and v.kind = 'text' order by v.sequence limit %s",
            (FIRST_LOOK, BATCH),
        ).fetchall()
        began, found = time.monotonic(), 0
        for row in rows:
            try:
                found += _look(conn, *row)
            except (
                ValueError,
                LookupError,
                RecursionError,
                msgspec.MsgspecError,
            ):  # one text that cannot be compared stops no other
                log.exception("not looked at for near-copies", sequence=row[0])
            if time.monotonic() - began > span_s:
                break
        return found


def _look(
    conn: Connection, sequence: int, number: int, origin: int, language: str, received: datetime, payload: bytes
) -> int:
    item = _ITEM.decode(payload)
    signs = sketch(item)
    conn.execute(
        "insert into sketch select %s, sign, %s, %s, %s from unnest(%s::bigint[]) as x(sign) on conflict do nothing",
        (origin, sequence, number, received + WITHIN, signs or [0]),
    )
    if not signs:
        return 0
    rows = conn.execute(
        "select i.id, p.item from (select distinct s.item from sketch s where s.origin = %(origin)s"
        "   and s.sign = any(%(signs)s) and s.item <> %(item)s and s.until > %(now)s) as near"
        " join item i on i.id = near.item and i.state = 'usable' join version v on v.sequence = i.current"
        " and v.language = %(language)s join payload p on p.sequence = v.sequence and p.at = v.received"
        " where not exists (select from copy c where c.item = %(item)s and c.first = i.id)"
        " order by i.id desc limit %(most)s",
        {
            "origin": origin,
            "signs": signs,
            "item": number,
            "now": received,
            "language": language,
            "most": CANDIDATES,
        },
    ).fetchall()
    near = [(older, coverage) for older, text in rows if (coverage := _coverage(item, _ITEM.decode(text)))]
    for older, coverage in near[:1]:
        conn.execute(
            "insert into version_proposal (newer, older, coverage) values (%s, %s, %s) on conflict do nothing",
            (number, older, coverage),
        )
    return len(near[:1])


def _coverage(newer: Item, older: Item) -> float:
    """How much of the one stands in the other, where that is nearly all of it: a version adds, or cuts; 0 where they differ."""
    one, other = (Text.of(copy_text(each)[:_LONGEST]) for each in (newer, older))
    if not (one.cut.units and other.cut.units):
        return 0.0
    found = [closest(one, {"other": other}), closest(other, {"one": one})]
    return max((one.coverage for one in found if one.label == "whole"), default=0.0)


def forget(conn: Connection) -> None:
    """What is beyond its window is known no longer."""
    conn.execute("delete from first_copy where until < now()")
    conn.execute("delete from sketch where until < now()")
