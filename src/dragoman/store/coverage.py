"""Coverage reports as stored: definitions, the evidence found for each, a person's rulings over it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from dragoman.model.errors import NotFound
from dragoman.model.item import Item
from dragoman.reports.coverage import Finding
from dragoman.reports.definition import Definition
from dragoman.store.connect import Connection, Row

EVERY = 1_000_000
"""More evidence than any outlet has in a report."""
Ruling = Literal["counts", "denied", "ours", "not ours", "as found"]
RULINGS: dict[Ruling, tuple[str, bool | None]] = {
    "counts": ("counts", True),
    "denied": ("counts", False),
    "ours": ("ours", True),
    "not ours": ("ours", False),
}
"""What a person may say of a piece of evidence: which column it is, and its value. ``as found`` takes both back."""

_COLUMNS = "id, title, about, query, since, until, languages, project, record, own, made, made_by"


def _definition(row: Row) -> Definition:
    return Definition(
        id=row[0],
        title=row[1],
        about=row[2],
        query=row[3],
        since=row[4],
        until=row[5],
        languages=tuple(row[6]),
        project=row[7],
        record=row[8],
        own=tuple(row[9]),
        made=row[10],
        made_by=row[11],
    )


def add(conn: Connection, wanted: Definition, *, by: str) -> Definition:
    """The definition as stored, with its number."""
    row = conn.execute(
        "insert into coverage_report (title, about, query, since, until, languages, project, record, own, made_by)"
        f" values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning {_COLUMNS}",
        (
            wanted.title,
            wanted.about,
            wanted.query,
            wanted.since,
            wanted.until,
            list(wanted.languages),
            wanted.project,
            wanted.record,
            list(wanted.own),
            by,
        ),
    ).fetchone()
    assert row is not None
    return _definition(row)


def definitions(conn: Connection, *, project: str = "", record: str = "", limit: int = 200) -> list[Definition]:
    """Newest first; of one project or event where it is named."""
    rows = conn.execute(
        f"select {_COLUMNS} from coverage_report where removed is null and (%s = '' or project = %s)"
        " and (%s = '' or record = %s) order by id desc limit %s",
        (project, project, record, record, limit),
    )
    return [_definition(row) for row in rows]


def definition(conn: Connection, number: int) -> Definition:
    """
    Raises:
        NotFound: there is no report of this number.
    """
    row = conn.execute(
        f"select {_COLUMNS} from coverage_report where id = %s and removed is null", (number,)
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no coverage report {number}", hint="`dragoman report list` shows them.")
    return _definition(row)


def remove(conn: Connection, number: int, now: datetime) -> None:
    """Out of the list; the definition and its evidence are kept."""
    conn.execute("update coverage_report set removed = %s where id = %s", (now, number))


# ------------------------------------------------------------------------------------------------ how far it has read


class Progress(Struct, frozen=True, kw_only=True):
    """How far a report has read: others' versions, ours, mentions; our items found so far; versions compared with."""

    upto: int
    upto_own: int
    upto_mention: int
    own_found: tuple[int, ...]
    compared: tuple[int, ...]


def locked(conn: Connection, number: int) -> Progress:
    """How far the report has read; nobody else reads for it until the transaction ends."""
    row = conn.execute(
        "select upto, upto_own, upto_mention, own_found, compared from coverage_report where id = %s for update",
        (number,),
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no coverage report {number}")
    return Progress(upto=row[0], upto_own=row[1], upto_mention=row[2], own_found=tuple(row[3]), compared=tuple(row[4]))


def read_on(conn: Connection, number: int, progress: Progress) -> None:
    conn.execute(
        "update coverage_report set upto = %s, upto_own = %s, upto_mention = %s, own_found = %s, compared = %s where id = %s",
        (
            progress.upto,
            progress.upto_own,
            progress.upto_mention,
            list(progress.own_found),
            list(progress.compared),
            number,
        ),
    )


class Candidate(Struct, frozen=True, kw_only=True):
    """A version that a report is to look at; `payload` is its item as JSON."""

    sequence: int
    item: int
    origin: int
    origin_code: str
    agency_code: str
    at: datetime
    received: datetime
    language: str
    payload: bytes


def candidates(
    conn: Connection,
    after: int,
    since: datetime,
    until: datetime,
    origins: Sequence[int],
    *,
    languages: Sequence[str] = (),
    kinds: Sequence[str] = (),
) -> Iterator[Candidate]:
    """Versions of copy filed after sequence `after`, of the period, by the agencies numbered in `origins`; in order.

    `languages` (primary tags) and `kinds`, where given, narrow it. Streamed: inside a transaction.
    """
    with conn.cursor(name="coverage_candidates") as cursor:
        cursor.itersize = 500
        cursor.execute(
            "select v.sequence, v.item, v.origin, o.code, a.code, v.at, v.received, v.language, p.item from version v"
            " join agency o on o.id = v.origin join agency a on a.id = v.agency"
            " join payload p on p.sequence = v.sequence and p.at = v.received"
            " where v.sequence > %s and v.at >= %s and v.at < %s and v.origin = any(%s)"
            " and v.act not in ('hold', 'kill') and (%s or split_part(lower(v.language), '-', 1) = any(%s))"
            " and (%s or v.kind = any(%s)) order by v.sequence",
            (after, since, until, list(origins), not languages, list(languages), not kinds, list(kinds)),
        )
        for row in cursor:
            yield Candidate(
                sequence=row[0],
                item=row[1],
                origin=row[2],
                origin_code=row[3],
                agency_code=row[4],
                at=row[5],
                received=row[6],
                language=row[7],
                payload=bytes(row[8]),
            )


def usable(conn: Connection, numbers: Sequence[int]) -> list[tuple[int, int, Item]]:
    """Of these items those in use: number, sequence and item of the current version, by number."""
    rows = conn.execute(
        "select i.id, v.sequence, p.item from item i join version v on v.sequence = i.current"
        " join payload p on p.sequence = v.sequence and p.at = v.received"
        " where i.id = any(%s) and i.state = 'usable' order by i.id",
        (list(numbers),),
    )
    return [(row[0], row[1], msgspec.json.decode(row[2], type=Item)) for row in rows]


# ------------------------------------------------------------------------------------------------ evidence


class Found(Struct, frozen=True, kw_only=True):
    """A piece of evidence as it is found: an item or a mention of an outlet, and how like ours it is."""

    outlet: int
    at: datetime
    language: str
    item: int | None = None
    mention: int | None = None
    likeness: float = 0.0
    like_item: int | None = None
    credited: bool = False


_KEYS = {"item": "(report, item) where item is not null", "mention": "(report, mention) where mention is not null"}


def keep_evidence(conn: Connection, report: int, found: Sequence[Found], kind: Literal["item", "mention"]) -> None:
    """Keep what was found; found again, it keeps its number, its first moment and its rulings."""
    if not found:
        return
    rows = {one.item if kind == "item" else one.mention: one for one in found}  # the last word on each
    firsts: dict[int | None, datetime] = {}
    for one in found:
        key = one.item if kind == "item" else one.mention
        firsts[key] = min(one.at, firsts.get(key, one.at))
    conn.execute(
        "insert into evidence (report, outlet, item, mention, at, language, likeness, like_item, credited)"
        " select %s, * from unnest(%s::int[], %s::bigint[], %s::bigint[], %s::timestamptz[], %s::text[], %s::real[],"
        f" %s::bigint[], %s::boolean[]) on conflict {_KEYS[kind]} do update set outlet = excluded.outlet,"
        " at = least(evidence.at, excluded.at), language = excluded.language, likeness = excluded.likeness,"
        " like_item = excluded.like_item, credited = excluded.credited",
        (
            report,
            [one.outlet for one in rows.values()],
            [one.item for one in rows.values()],
            [one.mention for one in rows.values()],
            list(firsts.values()),
            [one.language for one in rows.values()],
            [one.likeness for one in rows.values()],
            [one.like_item for one in rows.values()],
            [one.credited for one in rows.values()],
        ),
    )


_COUNTED = (
    " from evidence e join outlet o on o.id = e.outlet left join item i on i.id = e.item"
    " left join mention m on m.id = e.mention left join ruling r on r.evidence = e.id"
    " where e.report = %(report)s and o.retired is null"
    # What was stopped, or may not be out yet, is nobody's report; what was taken out by hand neither.
    " and (i.id is null or i.state = 'usable' and (i.embargoed_until is null or i.embargoed_until <= now()))"
    " and (m.id is null or m.removed is null)"
)


def findings(conn: Connection, report: int) -> list[Finding]:
    """Every piece of evidence that stands, as the report counts it; by outlet and time."""
    rows = conn.execute(
        "select e.outlet, e.at, e.language, e.likeness, e.credited, coalesce(h.home, false), r.counts, r.ours"
        + _COUNTED.replace("left join mention", "left join agency h on h.id = i.origin left join mention", 1)
        + " order by e.outlet, e.at, e.id",
        {"report": report},
    )
    return [
        Finding(
            outlet=r[0],
            at=r[1],
            language=r[2],
            likeness=r[3],
            credited=r[4],
            from_us=r[5],
            counts=r[6],
            ours=r[7],
        )
        for r in rows
    ]


class Evidence(Struct, frozen=True, kw_only=True):
    """A piece of evidence to be looked at: `way` is ``partner``, ``watched`` or ``by hand``."""

    id: int
    outlet: int
    finding: Finding
    title: str
    link: str
    way: str
    item: int | None = None
    mention: int | None = None
    like_item: int | None = None
    added_by: str = ""
    ruled_by: str = ""
    ruled_at: datetime | None = None
    note: str = ""


def evidence(
    conn: Connection, report: int, *, outlet: int | None = None, each: int = 5, skip: int = 0
) -> list[Evidence]:
    """Up to `each` pieces of every outlet, after its first `skip`, the earliest first; of one outlet where it is named."""
    rows = conn.execute(
        "select * from (select e.id, e.outlet, e.at, e.language, e.likeness, e.credited, coalesce(h.home, false) as home,"
        "   r.counts, r.ours, e.item, e.mention, e.like_item, coalesce(m.title, ''), coalesce(m.link, ''),"
        "   coalesce(m.added_by, ''), coalesce(r.by, ''), r.at as ruled, coalesce(r.note, ''), i.current,"
        "   row_number() over (partition by e.outlet order by e.at, e.id) as place"
        + _COUNTED.replace("left join mention", "left join agency h on h.id = i.origin left join mention", 1)
        + "   and (%(outlet)s::int is null or e.outlet = %(outlet)s)) found"
        " where place > %(skip)s and place <= %(skip)s + %(each)s order by outlet, place",
        {"report": report, "outlet": outlet, "each": each, "skip": skip},
    ).fetchall()
    titles = _titles(conn, [row[18] for row in rows if row[18] is not None])
    return [_evidence(row, titles) for row in rows]


def _evidence(row: Row, titles: dict[int, str]) -> Evidence:
    finding = Finding(
        outlet=row[1],
        at=row[2],
        language=row[3],
        likeness=row[4],
        credited=row[5],
        from_us=row[6],
        counts=row[7],
        ours=row[8],
    )
    way = "partner" if row[9] is not None else "by hand" if row[14] else "watched"
    return Evidence(
        id=row[0],
        outlet=row[1],
        finding=finding,
        title=row[12] or titles.get(row[18], ""),
        link=row[13],
        way=way,
        item=row[9],
        mention=row[10],
        like_item=row[11],
        added_by=row[14],
        ruled_by=row[15],
        ruled_at=row[16],
        note=row[17],
    )


def _titles(conn: Connection, sequences: Sequence[int]) -> dict[int, str]:
    rows = conn.execute(
        "select v.sequence, p.item from version v join payload p on p.sequence = v.sequence and p.at = v.received"
        " where v.sequence = any(%s)",
        (list(sequences),),
    )
    return {row[0]: msgspec.json.decode(row[1], type=Item).headline for row in rows}


def piece(conn: Connection, number: int) -> tuple[int, int]:
    """The report and the outlet of a piece of evidence.

    Raises:
        NotFound: there is none of this number.
    """
    row = conn.execute("select report, outlet from evidence where id = %s", (number,)).fetchone()
    if row is None:
        raise NotFound(f"There is no evidence {number}")
    return row[0], row[1]


def rule(conn: Connection, number: int, ruling: Ruling, note: str, *, by: str) -> None:
    """A person's word over a piece of evidence; the newest stands."""
    if ruling == "as found":
        conn.execute("delete from ruling where evidence = %s", (number,))
        return
    column, value = RULINGS[ruling]
    conn.execute(
        f"insert into ruling (evidence, {column}, by, note) values (%s, %s, %s, %s) on conflict (evidence)"
        f" do update set {column} = excluded.{column}, by = excluded.by, note = excluded.note, at = now()",
        (number, value, by, note),
    )


def compared_again(conn: Connection, report: int) -> Iterator[tuple[int, Item]]:
    """Every piece of evidence that is in use, with what it says: to be compared with more of ours. In a transaction."""
    with conn.cursor(name="coverage_evidence") as cursor:
        cursor.itersize = 500
        cursor.execute(
            "select e.id, coalesce(p.item, m.item) from evidence e left join item i on i.id = e.item"
            " left join version v on v.sequence = i.current"
            " left join payload p on p.sequence = v.sequence and p.at = v.received"
            " left join mention m on m.id = e.mention"
            " where e.report = %s and (i.id is null or i.state = 'usable') order by e.id",
            (report,),
        )
        for number, payload in cursor:
            if payload is not None:
                yield number, msgspec.json.decode(payload, type=Item)


def liken(conn: Connection, found: Sequence[tuple[int, float, int]]) -> None:
    """Record, for pieces of evidence by number, a likeness and the item of ours it is to, where it is greater."""
    conn.execute(
        "update evidence e set likeness = x.likeness, like_item = x.item"
        " from unnest(%s::bigint[], %s::real[], %s::bigint[]) as x(id, likeness, item)"
        " where e.id = x.id and e.likeness < x.likeness",
        ([one[0] for one in found], [one[1] for one in found], [one[2] for one in found]),
    )
