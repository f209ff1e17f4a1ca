"""Translations as kept: what is being translated into which language, by whom, how far; and who has it open."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from dragoman.model.errors import NotFound
from dragoman.model.version import ItemState
from dragoman.store.connect import Connection, Row
from dragoman.text.segments import Clash, Segments

TranslationState = Literal["draft", "ready", "returned", "published"]
STATES: tuple[TranslationState, ...] = ("draft", "ready", "returned", "published")
HERE = timedelta(minutes=5)
"""Who has not been heard of for so long no longer has it open."""
_EYES = "translation eyes"


class Translation(Struct, frozen=True, kw_only=True):
    """An item on its way into a language. `base` is the version of the original that is worked on, `published` the one our
    published text stands for; `writers` have written since it was last published."""

    id: int
    item: int
    language: str
    target: int | None
    attempt: int
    state: TranslationState
    base: int
    published: int | None
    segments: Segments
    counter: int
    writers: tuple[str, ...]
    ready_by: str
    reviewer: str
    note: str
    started: datetime
    changed: datetime
    changed_by: str


class Aside(Struct, frozen=True, kw_only=True):
    """A text kept beside a paragraph: somebody else's was there first, or the original has the paragraph no more."""

    segment: str
    by: str
    text: str
    at: datetime


class Reader(Struct, frozen=True):
    """Who has it open, since when."""

    person: str
    since: datetime


_COLUMNS = (
    "t.id, t.item, t.language, t.target, t.attempt, t.state, t.base, t.published, t.segments, t.counter, t.writers,"
    " t.ready_by, t.reviewer, t.note, t.started, t.changed, t.changed_by"
)


def _translation(r: Row) -> Translation:
    return Translation(
        id=r[0],
        item=r[1],
        language=r[2],
        target=r[3],
        attempt=r[4],
        state=r[5],
        base=r[6],
        published=r[7],
        segments=msgspec.convert(r[8], Segments),
        counter=r[9],
        writers=tuple(r[10]),
        ready_by=r[11],
        reviewer=r[12],
        note=r[13],
        started=r[14],
        changed=r[15],
        changed_by=r[16],
    )


def find(conn: Connection, item: int, language: str, *, lock: bool = False) -> Translation | None:
    """The translation of an item into a language, if somebody has begun it; with `lock`, ours until the commit."""
    row = conn.execute(
        f"select {_COLUMNS} from translation t where t.item = %s and t.language = %s" + (" for update" if lock else ""),
        (item, language),
    ).fetchone()
    return _translation(row) if row else None


def translation(conn: Connection, item: int, language: str, *, lock: bool = False) -> Translation:
    """
    Raises:
        NotFound: nobody has begun it.
    """
    found = find(conn, item, language, lock=lock)
    if found is None:
        raise NotFound(
            f"Nobody has begun to translate item {item} into {language}", hint="`dragoman translate start` does."
        )
    return found


def begin(conn: Connection, item: int, language: str, base: int, segments: Segments, by: str, now: datetime) -> None:
    """Keep a new one; nothing where somebody was quicker."""
    conn.execute(
        "insert into translation (item, language, base, segments, started, changed, changed_by)"
        " values (%s, %s, %s, %s, %s, %s, %s) on conflict (item, language) do nothing",
        (item, language, base, _json(segments), now, now, by),
    )


def keep(conn: Connection, one: Translation) -> None:
    """Write it back. The caller holds its row."""
    conn.execute(
        "update translation set target = %s, attempt = %s, state = %s, base = %s, published = %s, segments = %s,"
        " counter = %s, writers = %s, ready_by = %s, reviewer = %s, note = %s, changed = %s, changed_by = %s where id = %s",
        (
            one.target,
            one.attempt,
            one.state,
            one.base,
            one.published,
            _json(one.segments),
            one.counter,
            list(one.writers),
            one.ready_by,
            one.reviewer,
            one.note,
            one.changed,
            one.changed_by,
            one.id,
        ),
    )


def _json(segments: Segments) -> Jsonb:
    return Jsonb(msgspec.to_builtins(segments))


class Queued(Struct, frozen=True, kw_only=True):
    """A translation, and its original as it stands."""

    translation: Translation
    origin: str
    uri: str
    state: ItemState
    current: int
    payload: bytes


def queue(
    conn: Connection, *, language: str = "", person: str = "", item: int | None = None, limit: int = 200
) -> list[Queued]:
    """What is being translated and what was, last changed first; into a language, of a person, of an item, when asked."""
    rows = conn.execute(
        f"select {_COLUMNS}, o.code, i.uri, i.state, i.current, p.item from translation t join item i on i.id = t.item"
        " join agency o on o.id = i.origin join version v on v.sequence = i.current"
        " join payload p on p.sequence = v.sequence and p.at = v.received"
        " where (%s = '' or t.language = %s) and (%s = '' or %s = any(t.writers || array[t.changed_by, t.ready_by]))"
        " and (%s::bigint is null or t.item = %s)"
        " order by t.state = 'published', t.changed desc limit %s",
        (language, language, person, person, item, item, limit),
    )
    return [
        Queued(
            translation=_translation(r),
            origin=r[17],
            uri=r[18],
            state=r[19],
            current=r[20],
            payload=bytes(r[21] or b""),
        )
        for r in rows
    ]


def of_target(conn: Connection, target: int) -> Translation | None:
    """The translation that an item of ours was published from."""
    row = conn.execute(f"select {_COLUMNS} from translation t where t.target = %s", (target,)).fetchone()
    return _translation(row) if row else None


# ---------------------------------------------------------------------------------------------- kept beside it


def put_aside(conn: Connection, number: int, clashes: Iterable[Clash], by: str, now: datetime) -> None:
    """Keep what could not be put in."""
    for one in clashes:
        conn.execute(
            "insert into translation_aside values (%s, %s, %s, %s, %s) on conflict (translation, segment, by)"
            " do update set text = excluded.text, at = excluded.at",
            (number, one.id, by, one.mine, now),
        )


def settled(conn: Connection, number: int, segments: Iterable[str], by: str) -> None:
    """The person has chosen: what was kept aside of theirs for these paragraphs goes."""
    conn.execute(
        "delete from translation_aside where translation = %s and by = %s and segment = any(%s)",
        (number, by, list(segments)),
    )


def asides(conn: Connection, number: int) -> list[Aside]:
    rows = conn.execute(
        "select segment, by, text, at from translation_aside where translation = %s order by at, segment", (number,)
    )
    return [Aside(segment=r[0], by=r[1], text=r[2], at=r[3]) for r in rows]


# ---------------------------------------------------------------------------------------------- who has it open


def opened(conn: Connection, number: int, person: str, now: datetime) -> list[Reader]:
    """Write down that this person has it open; who else has."""
    conn.execute(
        "insert into translation_reader values (%s, %s, %s, %s) on conflict (translation, person) do update set"
        " since = case when translation_reader.seen < %s then excluded.since else translation_reader.since end,"
        " seen = excluded.seen",
        (number, person, now, now, now - HERE),
    )
    rows = conn.execute(
        "select person, since from translation_reader where translation = %s and person <> %s and seen >= %s order by since",
        (number, person, now - HERE),
    )
    return [Reader(row[0], row[1]) for row in rows]


def left(conn: Connection, number: int, person: str) -> None:
    conn.execute("delete from translation_reader where translation = %s and person = %s", (number, person))


# ---------------------------------------------------------------------------------------------- settings


def eyes(conn: Connection) -> int:
    """How many people a translation takes: two, unless the agency has said one."""
    row = conn.execute("select value from setting where name = %s", (_EYES,)).fetchone()
    return 1 if row and row[0] == 1 else 2


def set_eyes(conn: Connection, people: int) -> None:
    conn.execute(
        "insert into setting (name, value) values (%s, %s) on conflict (name) do update set value = excluded.value",
        (_EYES, Jsonb(people)),
    )


def side(conn: Connection, person: str) -> str:
    """On which side this person reads the source: ``start`` or ``end`` of the line."""
    row = conn.execute("select side from source_side where person = %s", (person,)).fetchone()
    return str(row[0]) if row else "start"


def set_side(conn: Connection, person: str, where: str) -> None:
    conn.execute(
        "insert into source_side values (%s, %s) on conflict (person) do update set side = excluded.side",
        (person, where),
    )
