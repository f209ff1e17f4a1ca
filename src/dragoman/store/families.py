"""Families: an item and its language versions, whoever wrote which, and whichever of them came first.

A family has one head, the original; the others say of themselves what they translate. What is said is kept by the
item's key, so that a translation may come before its original.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from dragoman.model.item import TRANSLATION, TRANSLATION_OF, Association, Item
from dragoman.model.version import ItemState, item_key
from dragoman.route.reach import DEEPEST, Relative
from dragoman.store.agreements import Book
from dragoman.store.connect import Connection

LARGEST = 500
"""Members of one family; what says it is one more is filed, and stands alone."""


class Named(Struct, frozen=True):
    """The item that another one says it translates."""

    key: bytes
    origin: int
    uri: str
    embargoed_until: datetime | None = None


class Kin(Struct, frozen=True, kw_only=True):
    """A translation in the store: its item, the key of its original, how it stands for `route.reach`."""

    item: int
    key: bytes
    origin: str
    uri: str
    original: bytes
    relative: Relative


class Member(Struct, frozen=True, kw_only=True):
    """One language version as people are shown it. `headline` is empty where it is held or killed."""

    item: int
    origin: str
    uri: str
    language: str
    state: ItemState
    headline: str
    is_original: bool


class Sibling(Struct, frozen=True, kw_only=True):
    """A language version that a partner may see beside the one it is sent."""

    uri: str
    origin: str
    language: str
    version: str
    kind: str


def said(item: Item) -> str:
    """The uri of the original, as an association says it; empty where none does."""
    return next((one.uri for one in item.associations if one.uri and one.is_original), "")


def named(conn: Connection, agreements: Book, items: Iterable[tuple[str, Item]]) -> dict[bytes, Named]:
    """What each of these (origin, item) says it translates, by its key; who says nothing is left out.

    Our profile names origin and uri. Where there is only a uri, it is the same agency's item, or ours, or the only one
    that has this uri.
    """
    wanted: dict[bytes, tuple[str, str, str]] = {}
    for origin, item in items:
        told = item.ours.translation_of
        uri = told.uri if told else said(item)
        if uri and (uri, told.origin if told else origin) != (item.uri, origin):
            wanted[item_key(origin, item.uri)] = (told.origin if told else "", uri, origin)
    if not wanted:
        return {}
    known = _known(conn, agreements, {uri for _, uri, _ in wanted.values()})
    found = {
        key: _choose(agreements, known.get(uri, {}), *words) for key, words in wanted.items() for uri in words[1:2]
    }
    return {key: one for key, one in found.items() if one is not None and one.key != key}


def _known(
    conn: Connection, agreements: Book, uris: set[str]
) -> Mapping[str, Mapping[str, tuple[int, datetime | None]]]:
    known: dict[str, dict[str, tuple[int, datetime | None]]] = {}
    rows = conn.execute("select uri, origin, embargoed_until from item where uri = any(%s)", (list(uris),))
    for uri, origin, embargo in rows:
        known.setdefault(uri, {})[agreements.codes[origin]] = (origin, embargo)
    return known


def _choose(
    agreements: Book, there: Mapping[str, tuple[int, datetime | None]], told: str, uri: str, origin: str
) -> Named | None:
    owner = told
    if not owner:
        usual = [code for code in (origin, agreements.home) if code in there]
        owner = usual[0] if usual else (next(iter(there)) if len(there) == 1 else origin)
    if owner not in agreements.ids:
        return None  # an agency we have never heard of: we cannot have its item
    number, embargo = there.get(owner, (agreements.ids[owner], None))
    return Named(item_key(owner, uri), number, uri, embargo)


def linked(conn: Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    """The original of each of these items that has one, by the item's key."""
    rows = conn.execute(
        "select i.key, f.original from item i join item_family f on f.item = i.id where i.key = any(%s)", (list(keys),)
    )
    return {bytes(key): bytes(original) for key, original in rows}


def descendants(conn: Connection, keys: Sequence[bytes]) -> dict[bytes, tuple[int, str]]:
    """The translations of these items, and theirs in turn: origin's number and uri by key. No more than a family has."""
    rows = conn.execute(
        "with recursive kin (key, origin, uri, depth) as ("
        "   select i.key, i.origin, i.uri, 1 from item_family f join item i on i.id = f.item where f.original = any(%s)"
        "   union select i.key, i.origin, i.uri, k.depth + 1 from kin k join item_family f on f.original = k.key"
        "   join item i on i.id = f.item where k.depth < %s)"
        " select key, origin, uri from kin",
        (list(keys), DEEPEST),
    )
    return {bytes(key): (origin, uri) for key, origin, uri in rows}


def kin(conn: Connection, agreements: Book, keys: Sequence[bytes]) -> list[Kin]:
    """These translations as they stand. Ask once their items are locked."""
    if not keys:
        return []
    rows = conn.execute(
        "select i.id, i.key, i.origin, i.uri, f.original, i.state, h.item is not null, k.item is not null,"
        " i.embargoed_until from item i join item_family f on f.item = i.id left join held_with h on h.item = i.id"
        " left join kill_request k on k.item = i.id where i.key = any(%s) and i.current is not null order by i.key",
        (list(keys),),
    )
    return [
        Kin(
            item=r[0],
            key=bytes(r[1]),
            origin=agreements.codes[r[2]],
            uri=r[3],
            original=bytes(r[4]),
            relative=Relative(
                state=r[5],
                ours=agreements.codes[r[2]] == agreements.home,
                held_with=r[6],
                kill_asked=r[7],
                embargoed_until=r[8],
            ),
        )
        for r in rows
    ]


def link(conn: Connection, links: Sequence[tuple[int, bytes, bytes]]) -> None:
    """Keep that each item (number, key) is a language version of the item with the second key.

    The head of the family is found now, and where this item was a head itself its versions follow it. A ring is cut:
    what would be its own original stands alone.
    """
    for number, key, original in links:
        below = list(descendants(conn, [key]))
        row = conn.execute(
            "select f.root from item_family f join item i on i.id = f.item where i.key = %s", (original,)
        ).fetchone()
        root = bytes(row[0]) if row else original
        if original in below or _size(conn, root) >= LARGEST:
            continue
        conn.execute(
            "insert into item_family (item, original, root) values (%s, %s, %s)"
            " on conflict (item) do update set original = excluded.original, root = excluded.root",
            (number, original, root),
        )
        conn.execute(
            "update item_family f set root = %s from item i where i.id = f.item and i.key = any(%s)", (root, below)
        )


def _size(conn: Connection, root: bytes) -> int:
    row = conn.execute("select count(*) from item_family where root = %s", (root,)).fetchone()
    return int(row[0]) if row else 0


def held_with(conn: Connection, held: Sequence[tuple[int, bytes]], by_themselves: Sequence[int]) -> None:
    """Keep which items are held because of their original; the others have a reason of their own, or are held no more."""
    if by_themselves:
        conn.execute("delete from held_with where item = any(%s)", (list(by_themselves),))
    for number, original in held:
        conn.execute(
            "insert into held_with values (%s, %s) on conflict (item) do update set original = excluded.original",
            (number, original),
        )


def original(conn: Connection, number: int) -> tuple[bytes, ItemState] | None:
    """The key of the item's original, and how that stands; None: it is nobody's translation, or the original is not here."""
    row = conn.execute(
        "select o.key, o.state from item_family f join item o on o.key = f.original where f.item = %s", (number,)
    ).fetchone()
    return (bytes(row[0]), row[1]) if row else None


# ---------------------------------------------------------------------------------------------- a family as it is shown

_ITEM = msgspec.json.Decoder(Item)


def family(conn: Connection, number: int) -> tuple[Member, ...]:
    """Every language version of an item, the original first, the item itself among them; empty where it stands alone."""
    rows = conn.execute(
        "select i.id, a.code, i.uri, v.language, i.state, p.item, i.key = coalesce(f.root, me.key)"
        " from item me left join item_family f on f.item = me.id"
        " join lateral (select m.item from item_family m where m.root = coalesce(f.root, me.key)"
        "   union select h.id from item h where h.key = coalesce(f.root, me.key)) one on true join item i on i.id = one.item"
        " join version v on v.sequence = i.current join payload p on p.sequence = v.sequence and p.at = v.received"
        " join agency a on a.id = i.origin where me.id = %s order by 7 desc, v.language, i.id",
        (number,),
    ).fetchall()
    members = tuple(_member(row) for row in rows)
    return members if len(members) > 1 else ()


def _member(row: tuple[object, ...]) -> Member:
    number, origin, uri, language, state, payload, is_original = row
    assert isinstance(payload, bytes)
    headline = _ITEM.decode(payload).headline if state == "usable" else ""
    return Member(
        item=number,  # type: ignore[arg-type]  # as selected
        origin=str(origin),
        uri=str(uri),
        language=str(language),
        state=state,  # type: ignore[arg-type]  # as selected
        headline=headline,
        is_original=bool(is_original),
    )


def with_family(item: Item, siblings: Sequence[Sibling]) -> Item:
    """The copy as a partner gets it: of its family it names those in `siblings`, whatever it named before. Pure."""
    told = item.ours.translation_of
    uri = told.uri if told else said(item)
    original = next((one for one in siblings if one.uri == uri and (told is None or one.origin == told.origin)), None)
    others = tuple(one for one in item.associations if not one.is_of_family)
    found = tuple(_association(one, TRANSLATION) for one in siblings if one is not original)
    if original is not None:
        base = told.version if told else ""
        found = (msgspec.structs.replace(_association(original, TRANSLATION_OF), version=base), *found)
    if told is not None and original is None:
        item = msgspec.structs.replace(item, dragoman=msgspec.structs.replace(item.ours, translation_of=None))
    return msgspec.structs.replace(item, associations=(*others, *found))


def _association(one: Sibling, rel: str) -> Association:
    name = "original" if rel == TRANSLATION_OF else f"version-{one.language}"
    return Association(name=name, rel=rel, uri=one.uri, type=one.kind, language=one.language)


def siblings(conn: Connection, sequences: Sequence[int], agency: int) -> dict[int, tuple[Sibling, ...]]:
    """The other language versions of the items of these versions that this partner may see now, the original first.

    Each is judged as the partner's own feed is (`agency_may`): what it has no right to is not there.
    """
    return {sequence: found for (_, sequence), found in seen_by(conn, [(agency, one) for one in sequences]).items()}


def seen_by(conn: Connection, wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[Sibling, ...]]:
    """As `siblings`, for several partners at once: by agency's number and sequence."""
    if not wanted:
        return {}
    rows = conn.execute(
        "select x.agency, x.sequence, i.uri, o.code, v.language, v.version, v.kind"
        " from unnest(%s::int[], %s::bigint[]) as x(agency, sequence) join version mine on mine.sequence = x.sequence"
        " join item me on me.id = mine.item left join item_family f on f.item = me.id"
        " join lateral (select m.item from item_family m where m.root = coalesce(f.root, me.key)"
        "   union select h.id from item h where h.key = f.root) other on other.item <> me.id"
        " join item i on i.id = other.item join version v on v.sequence = i.current join agency o on o.id = i.origin"
        " where agency_may(x.agency, v.sequence, 'see') order by x.agency, x.sequence, i.key is distinct from f.root, v.language, i.uri",
        ([agency for agency, _ in wanted], [sequence for _, sequence in wanted]),
    )
    found: dict[tuple[int, int], list[Sibling]] = {}
    for agency, sequence, uri, origin, language, version, kind in rows:
        found.setdefault((agency, sequence), []).append(
            Sibling(uri=uri, origin=origin, language=language, version=version, kind=kind)
        )
    return {key: tuple(each) for key, each in found.items()}
