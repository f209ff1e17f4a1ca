"""The same words by another road, known in the transaction that files them: nobody is granted them twice.

    recognise   which versions of a batch bring words that another item brought first; whoever files the same at the same moment
                waits here, and then finds us
    withheld    is a grant one that would send an agency, under another id, words that it has?
    keep        what was recognised, beside the versions
    ask         what is asked of the desk: copies of other origins of what was stopped or corrected, an embargo that came late

The rule and its reasons: docs/decisions/0013.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from dragoman.link.copies import fingerprint, terms
from dragoman.model.agreement import Grant
from dragoman.route.matching import FOLLOW_UP
from dragoman.store.agreements import Book
from dragoman.store.connect import Connection
from dragoman.store.filing.placed import First, Placed, Words
from dragoman.store.owed import STOPS

WINDOW = timedelta(days=14)
"""How long words are known again."""


def recognise(conn: Connection, agreements: Book, placed: Sequence[Placed], now: datetime) -> list[Placed]:
    """The versions that bring words again; what is known of the words of each is filled in. Ask once their items are locked."""
    same: dict[bytes, list[Placed]] = {}
    for one in placed:
        item = one.filing.item
        if one.is_current and one.act not in STOPS and (words := fingerprint(item, one.filing.origin)):
            one.words = Words(fingerprint=words, terms=terms(item))
            same.setdefault(words, []).append(one)
    firsts = _claim(conn, same, now) if same else {}
    again = [one for words, each in same.items() for one in each if one.standing.id != firsts[words]]
    if again:
        last = {one.standing.id: one for one in placed if one.is_current}
        described = _described(conn, agreements, {firsts[one.said.fingerprint] for one in again}, last)
        for one in again:
            one.said.first = described[firsts[one.said.fingerprint]]
            one.said.holders = _holders(conn, agreements, one, now)
            twins = same[one.said.fingerprint]
            one.said.beside = [last[twin.standing.id] for twin in twins[: twins.index(one)] if _asks_no_more(one, twin)]
    _keep_embargoes(conn, placed, now)
    return sorted(again, key=lambda one: one.number)


def _keep_embargoes(conn: Connection, placed: Sequence[Placed], now: datetime) -> None:
    """The embargo of the first holds for its copies, and for what follows them in other words."""
    known = {one.standing.id for one in placed if one.standing.current is not None and one.is_current}
    until: dict[int, datetime] = {}
    if known:
        rows = conn.execute(
            "select c.item, max(f.embargoed_until) from copy c join item f on f.id = c.first"
            " where c.item = any(%s) and f.state = 'usable' and f.embargoed_until > %s group by c.item",
            (list(known), now),
        )
        until |= dict(rows.fetchall())
    for one in placed:
        number, first = one.standing.id, one.words.first if one.words else None
        if first and first.state == "usable" and first.embargoed_until and first.embargoed_until > now:
            until[number] = max(first.embargoed_until, until.get(number, first.embargoed_until))
        one.kept_until = until.get(number)


def _claim(conn: Connection, same: Mapping[bytes, Sequence[Placed]], now: datetime) -> dict[bytes, int]:
    """The item that brought each of these words first; where that is long ago, or was under another day's dateline, we do.

    In the order of the words, so that two filers never wait for each other in a ring; who comes second waits for the
    first one's commit.
    """
    rows = [(words, each[0]) for words, each in sorted(same.items())]
    conn.execute(
        "insert into first_copy select *, %s from unnest(%b::bytea[], %b::bigint[], %b::bytea[], %b::bytea[], %s::smallint[])"
        " on conflict (fingerprint) do update set item = excluded.item, version = excluded.version, terms = excluded.terms,"
        " day = excluded.day, until = excluded.until where first_copy.until < %s or first_copy.day <> excluded.day",
        (
            now + WINDOW,
            [words for words, _ in rows],
            [one.standing.id for _, one in rows],
            [one.key for _, one in rows],
            [one.said.terms for _, one in rows],
            [_day(one) for _, one in rows],
            now,
        ),
    )
    found = conn.execute("select fingerprint, item from first_copy where fingerprint = any(%b::bytea[])", (list(same),))
    return {bytes(words): item for words, item in found}


def _day(one: Placed) -> int | None:
    """Of its dateline: what an agency says in the same words on two days is not the same copy."""
    dateline = one.filing.item.ours.dateline
    return 100 * dateline.month + dateline.day if dateline and dateline.month and dateline.day else None


def _described(conn: Connection, agreements: Book, items: set[int], last: Mapping[int, Placed]) -> dict[int, First]:
    """The items as they stand, or will once this batch is written. Locked: who stops one waits for us, or we for them."""
    rows = conn.execute(
        "select id, key, origin, uri, state, embargoed_until from item where id = any(%s) order by key for share",
        (sorted(items),),
    ).fetchall()
    return {
        number: First(
            item=number,
            key=bytes(key),
            origin=agreements.codes[origin],
            uri=uri,
            state=last[number].state if number in last else state,
            embargoed_until=last[number].filing.item.embargoed_until if number in last else embargo,
        )
        for number, key, origin, uri, state, embargo in rows
    }


def _holders(conn: Connection, agreements: Book, one: Placed, now: datetime) -> dict[str, datetime]:
    """Since when each agency has these words on terms no weaker, or will have: by a grant of a version that brought them or of a
    later one of its item, or because they came from it. Told by the grant's place in the feed, not by clocks."""
    rows = conn.execute(
        "with brought as (select v.item, v.sequence, f.terms from first_copy f join version v on v.key = f.version"
        "   where f.fingerprint = %(words)b union all select item, sequence, terms from copy where fingerprint = %(words)b),"
        " theirs as (select v.* from brought b join version v on v.item = b.item and v.sequence >= b.sequence"
        "   where %(terms)b::bytea = ''::bytea or b.terms = %(terms)b)"
        " select agency, min(since) from ("
        "   select g.agency, case when g.position is null then g.since else %(now)s end as since from theirs h join item_grant g on g.sequence = h.sequence"
        "     where h.act not in ('hold', 'kill') and (g.position is not null or g.withdrawn is null)"
        "   union all select x.agency, %(now)s from theirs h cross join unnest(array[h.origin, h.agency]) as x(agency)"
        " ) as had group by agency",
        {"words": one.said.fingerprint, "terms": one.said.terms, "now": now},
    )
    return {agreements.codes[agency]: since for agency, since in rows}


def _asks_no_more(one: Placed, twin: Placed) -> bool:
    """Does it ask nothing of its users that the other one does not ask?"""
    return one.said.terms in (b"", twin.said.terms)


def is_withheld(one: Placed, grant: Grant, now: datetime) -> bool:
    """Would this grant send an agency words that it has, or will have by then?

    Never a follow-up: whoever has an earlier version of this very item gets what follows. Never under an embargo that the
    first did not have: that is news to those who have the words.
    """
    said = one.words
    if said is None or said.first is None or FOLLOW_UP in grant.reasons or came_under_embargo(one, now):
        return False
    had = said.holders.get(grant.agency)
    if had is not None and had <= grant.since:
        return True
    for twin in said.beside:
        if grant.agency in (twin.filing.origin, twin.filing.agency):
            return True
        if any(given.agency == grant.agency and given.since <= grant.since for given in twin.grants):
            return True
    return False


def came_under_embargo(one: Placed, now: datetime) -> bool:
    """Is it under an embargo that ends later than that of those words, which we have had?"""
    until, first = one.filing.item.embargoed_until, one.said.first
    return (
        until is not None
        and until > now
        and (first is None or first.embargoed_until is None or first.embargoed_until < until)
    )


def keep(conn: Connection, placed: Sequence[Placed]) -> None:
    """Write down which versions brought words again."""
    rows = [
        (one.sequence, one.standing.id, words.first.item, words.fingerprint, words.terms)
        for one in placed
        if (words := one.words) and words.first
    ]
    if rows:
        conn.execute(
            "insert into copy select * from unnest(%b::bigint[], %b::bigint[], %b::bigint[], %b::bytea[], %b::bytea[])",
            [list(column) for column in zip(*rows, strict=True)],
        )


def ask(conn: Connection, agreements: Book, placed: Sequence[Placed], now: datetime) -> None:
    """What only a person may decide: requests to the desk.

    Who stops or corrects an item says so of its own copy; the same words of another origin are that origin's. Where an
    origin corrects one of two copies of its own, the correction of the other may be on its way.
    """
    stirred = {one.standing.id: one for one in placed if one.is_current and one.act in _CONCERNS}
    if stirred:
        for found in related(conn, agreements, list(stirred)):
            one, other = stirred[found.of], found.other
            if other.state == "usable" and (one.act == "correct" or not found.same_origin):
                why = f"{_CONCERNS[one.act]}: {one.filing.item.uri}, {one.filing.origin}. {_reason(one)}"
                _request(conn, agreements, one, other, one.act, why)
    for one in placed:
        first = one.words.first if one.words else None
        if first is None:
            continue
        if first.state != "usable" and first.origin != one.filing.origin:
            itself = First(
                item=one.standing.id, key=b"", origin=one.filing.origin, uri=one.filing.item.uri, state=one.state
            )
            why = f"The same words were {first.state}: {first.uri}, {first.origin}."
            _request(conn, agreements, one, itself, "hold" if first.state == "held" else "kill", why)
        elif first.state == "usable" and came_under_embargo(one, now):
            until = one.filing.item.embargoed_until
            why = f"The same words came under embargo until {until:%Y-%m-%d %H:%M %Z}: {one.filing.item.uri}."
            _request(conn, agreements, one, first, "hold", why)


_CONCERNS = {
    "kill": "The same words were killed",
    "hold": "The same words are held",
    "correct": "The same words were corrected",
}


def _reason(one: Placed) -> str:
    correction = one.filing.item.ours.correction
    return correction.reason if correction else one.filing.item.ed_note


def _request(conn: Connection, agreements: Book, one: Placed, other: First, act: str, why: str) -> None:
    conn.execute(
        "insert into hold_request (item, origin, uri, agency, act, reason) select %(item)s, %(origin)s, %(uri)s, %(agency)s,"
        " %(act)s, %(why)s where not exists (select from hold_request where item = %(item)s and act = %(act)s"
        " and agency = %(agency)s and state = 'open')",
        {
            "item": other.item,
            "origin": agreements.ids[other.origin],
            "uri": other.uri,
            "agency": agreements.ids[one.filing.agency],
            "act": act,
            "why": why.strip(),
        },
    )


class Related(Struct, frozen=True, kw_only=True):
    """`other` brought the words of the item numbered `of` as well, or a person has said that both are versions of one.

    `held_with`: it is held because of that one; `kill_asked`: a person has asked for its kill.
    """

    of: int
    of_key: bytes
    other: First
    same_origin: bool
    held_with: bool
    kill_asked: bool


def related(conn: Connection, agreements: Book, items: Sequence[int]) -> list[Related]:
    """What is related to each of these items."""
    rows = conn.execute(
        "with head as (select x.id, coalesce(c.first, x.id) as first from unnest(%(items)s::bigint[]) as x(id)"
        "   left join copy c on c.item = x.id),"
        " kin as (select id, first as other from head union select h.id, c.item from head h join copy c using (first)"
        "   union select newer, older from version_proposal where state = 'accepted' and newer = any(%(items)s)"
        "   union select older, newer from version_proposal where state = 'accepted' and older = any(%(items)s))"
        " select me.id, me.key, i.id, i.key, i.origin, i.uri, i.state, i.embargoed_until, i.origin = me.origin,"
        " exists (select from held_with h where h.item = i.id and h.original = me.key),"
        " exists (select from kill_request r where r.item = i.id)"
        " from kin k join item me on me.id = k.id join item i on i.id = k.other"
        " where i.id <> me.id and i.current is not null order by me.id, i.id",
        {"items": list(items)},
    ).fetchall()
    return [
        Related(
            of=r[0],
            of_key=bytes(r[1]),
            other=First(
                item=r[2],
                key=bytes(r[3]),
                origin=agreements.codes[r[4]],
                uri=r[5],
                state=r[6],
                embargoed_until=r[7],
            ),
            same_origin=r[8],
            held_with=r[9],
            kill_asked=r[10],
        )
        for r in rows
    ]
