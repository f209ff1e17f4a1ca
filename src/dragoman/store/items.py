"""Items and versions as the newsroom reads them. Held and killed copy has no text here, whoever asks."""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec
from msgspec import UNSET, Struct

from dragoman.model.errors import Gone, NotFound
from dragoman.model.item import Item
from dragoman.model.version import ItemState, Version, VersionAct
from dragoman.store.connect import Connection, Row
from dragoman.store.identity import is_newer

SCAN_PAGE = 200


class Filed(Struct, frozen=True, kw_only=True):
    """A version in the store: the version, its item's number and standing, and where its bytes are."""

    version: Version
    item_id: int
    state: ItemState
    held_by: str
    is_current: bool
    count: int
    """Versions of the item so far."""
    embargoed_until: datetime | None
    silent: bool
    by: str
    arrival: int | None
    kill_requested_by: str = ""
    copy_of: int | None = None
    """The item that brought the words of this version first."""
    copies: int = 0
    """Other items that brought the words of this one again."""

    @property
    def item(self) -> Item:
        return self.version.item


_SELECT = (
    "select v.sequence, p.item, o.code, g.code, v.act, i.state, v.received, v.digest, i.id, i.held_by,"
    " i.current = v.sequence, (select count(*) from version w where w.item = i.id), i.embargoed_until, v.silent, v.by,"
    " v.arrival, coalesce((select k.by from kill_request k where k.item = i.id), ''),"
    " array(select distinct m.project from project_item m where m.key = i.key),"
    " (select c.first from copy c where c.sequence = v.sequence),"
    " (select count(distinct c.item) from copy c where c.first = i.id)"
    " from version v join item i on i.id = v.item join agency o on o.id = v.origin join agency g on g.id = v.agency"
    " left join payload p on p.sequence = v.sequence and p.at = v.received"
)


def _filed(row: Row) -> Filed:
    item = msgspec.json.decode(row[1], type=Item) if row[1] else Item(uri="")
    if row[5] != "usable":
        item = without_text(item)
    version = Version(
        item=item,
        sequence=row[0],
        origin=row[2],
        agency=row[3],
        act=row[4],
        state=row[5],
        received=row[6],
        digest=bytes(row[7]),
        projects=tuple(row[17]),
    )
    return Filed(
        version=version,
        item_id=row[8],
        state=row[5],
        held_by=row[9],
        is_current=row[10],
        count=row[11],
        embargoed_until=row[12],
        silent=row[13],
        by=row[14],
        arrival=row[15],
        kill_requested_by=row[16],
        copy_of=row[18],
        copies=row[19],
    )


def without_text(item: Item) -> Item:
    """The item without a word of its text: what a killed or held item looks like in any of its versions."""
    ours = msgspec.structs.replace(item.ours, blocks=(), removed=(), dateline=None, happening=None)
    return msgspec.structs.replace(
        item,
        headlines=(),
        bodies=(),
        descriptions=(),
        title="",
        renditions=(),
        associations=(),
        event_details=None,
        planned_coverage=(),
        dragoman=ours if item.dragoman is not UNSET else UNSET,
    )


def current(conn: Connection, number: int) -> Filed:
    """The item's current version.

    Raises:
        NotFound: there is no such item.
    """
    row = conn.execute(_SELECT + " where v.item = %s and i.current = v.sequence", (number,)).fetchone()
    if row is None:
        raise NotFound(f"There is no item {number}", hint="`dragoman item list` shows them.")
    return _filed(row)


def currents(conn: Connection, numbers: Sequence[int]) -> list[Filed]:
    """The current versions of these items, in the order of their numbers."""
    rows = conn.execute(
        _SELECT + " where v.item = any(%s) and i.current = v.sequence order by v.item", (list(numbers),)
    )
    return [_filed(row) for row in rows]


def find(conn: Connection, name: str) -> Filed:
    """The current version of the item named by its number or its uri.

    Raises:
        NotFound: none is named so, or more than one origin uses this uri.
    """
    if name.isdecimal():
        return current(conn, int(name))
    rows = conn.execute(_SELECT + " where i.uri = %s and i.current = v.sequence", (name,)).fetchall()
    if len(rows) != 1:
        raise NotFound(f"There is no one item {name!r}", f"{len(rows)} items are named so", hint="Use its number.")
    return _filed(rows[0])


def version(conn: Connection, sequence: int) -> Filed:
    row = conn.execute(_SELECT + " where v.sequence = %s", (sequence,)).fetchone()
    if row is None:
        raise NotFound(f"There is no version {sequence}")
    return _filed(row)


def versions(conn: Connection, number: int) -> list[Filed]:
    """Every version of an item, newest first."""
    return [_filed(row) for row in conn.execute(_SELECT + " where v.item = %s order by v.sequence desc", (number,))]


def newest(
    conn: Connection,
    *,
    before: int | None = None,
    after: int = 0,
    limit: int = 50,
    every_version: bool = False,
    pictures_only: bool = False,
    folded: bool = False,
    matches: Callable[[Version], bool] | None = None,
    scan: int = 5_000,
) -> tuple[list[Filed], int | None]:
    """Items by their current versions, newest first, and the sequence to continue before (None: that is all).

    With `matches` at most `scan` versions are looked through for a page; a page may then come short of `limit` and
    still name where to go on. `folded` leaves out what stands as another item does that brought its words first, or is its newer version.
    """
    found: list[Filed] = []
    at, seen = before, 0
    kind = " and v.kind = 'picture'" if pictures_only else ""
    kind += _FOLDED if folded else ""
    while True:
        rows = conn.execute(
            _SELECT + " where (%s::bigint is null or v.sequence < %s) and v.sequence > %s"
            " and (%s or i.current = v.sequence)" + kind + " order by v.sequence desc limit %s",
            (at, at, after, every_version, SCAN_PAGE if matches else limit),
        ).fetchall()
        for row in rows:
            filed = _filed(row)
            at, seen = filed.version.sequence, seen + 1
            if matches is None or matches(filed.version):
                found.append(filed)
            if len(found) >= limit:
                return found, at
        if len(rows) < (SCAN_PAGE if matches else limit):
            return found, None
        if seen >= scan:
            return found, at


_FOLDED = (
    " and not exists (select from copy c join item f on f.id = c.first where c.sequence = v.sequence and f.state = i.state)"
    " and not exists (select from version_proposal p join item n on n.id = p.newer where p.older = i.id"
    "   and p.state = 'accepted' and n.state = i.state)"
)


def latest_sequence(conn: Connection) -> int:
    row = conn.execute("select coalesce(max(sequence), 0) from version").fetchone()
    return int(row[0]) if row else 0


def usable_item(conn: Connection, filed: Filed) -> Item:
    """The text to go on from: that of the newest version that has one (for a release or a correction).

    Newest as `store.identity` has it, not the last to arrive: an older version may come late.

    Raises:
        Gone: the item was killed.
    """
    if filed.state in ("killed", "expunged"):
        raise Gone("The item was killed", filed.item.uri, hint="Write it anew under another id, as a substitute.")
    sequence = newest_with_text(conn, filed.item_id)
    row = conn.execute(
        "select p.item from version v join payload p on p.sequence = v.sequence and p.at = v.received"
        " where v.sequence = %s",
        (sequence,),
    ).fetchone()
    if row is None:
        raise NotFound("The item has no text to go on from", filed.item.uri)
    return msgspec.json.decode(row[0], type=Item)


def newest_with_text(conn: Connection, number: int) -> int:
    """The sequence of the version whose text is in force; 0 where there is none."""
    # Where the sender gave no time, `at` is when it came: no word of the sender's on which is newer.
    rows = conn.execute(
        "select sequence, version, nullif(at, received) from version where item = %s and act not in ('hold', 'kill')"
        " order by sequence",
        (number,),
    ).fetchall()
    best: Row | None = None
    for row in rows:
        if best is None or is_newer(row[1], row[2], best[1], best[2]):
            best = row
    return int(best[0]) if best else 0


def decoded(payload: bytes) -> Item:
    """The item in a payload as stored."""
    return msgspec.json.decode(payload, type=Item)


class HoldRequest(Struct, frozen=True, kw_only=True):
    id: int
    item: int | None
    uri: str
    origin: str
    agency: str
    act: VersionAct
    reason: str
    at: datetime
    state: str


def hold_requests(conn: Connection, *, open_only: bool = True) -> list[HoldRequest]:
    rows = conn.execute(
        "select h.id, h.item, h.uri, o.code, g.code, h.act, h.reason, h.at, h.state from hold_request h"
        " join agency o on o.id = h.origin join agency g on g.id = h.agency where not %s or h.state = 'open'"
        " order by h.id desc limit 200",
        (open_only,),
    )
    return [
        HoldRequest(id=r[0], item=r[1], uri=r[2], origin=r[3], agency=r[4], act=r[5], reason=r[6], at=r[7], state=r[8])
        for r in rows
    ]


class Right(Struct, frozen=True, kw_only=True):
    """One agency's grant to one version, with what became of its deliveries: a line of "who receives it"."""

    agency: str
    agreement: str
    revision: int
    since: datetime
    advance: bool
    position: int | None
    withdrawn: datetime | None
    reasons: tuple[str, ...]


def rights(conn: Connection, sequence: int) -> list[Right]:
    rows = conn.execute(
        "select a.code, g.agreement, g.revision, g.since, g.advance, g.position, g.withdrawn, g.reasons"
        " from item_grant g join agency a on a.id = g.agency where g.sequence = %s order by a.code",
        (sequence,),
    )
    return [
        Right(
            agency=r[0],
            agreement=r[1],
            revision=r[2],
            since=r[3],
            advance=r[4],
            position=r[5],
            withdrawn=r[6],
            reasons=tuple(r[7]),
        )
        for r in rows
    ]
