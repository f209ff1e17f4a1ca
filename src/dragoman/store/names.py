"""The names file as stored: read whole, changed by one person at a time, every change written down."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from psycopg.types.json import Jsonb

from dragoman.model.errors import BadInput
from dragoman.names import forms
from dragoman.names.forms import Entry, NamesFile
from dragoman.store import audit
from dragoman.store.connect import Connection

NAMES_LOCK = 13
"""Advisory: whoever changes the file has it to himself."""


def names(conn: Connection) -> NamesFile:
    """The whole file, by id."""
    rows = conn.execute("select id, kind, forms, note from name_entry order by id collate ucs_basic")
    return NamesFile(
        tuple(msgspec.convert({"id": row[0], "kind": row[1], "forms": row[2], "note": row[3]}, Entry) for row in rows)
    )


_seen: dict[str, tuple[str, NamesFile]] = {}
"""The file of each database as this process last read it, and its stamp then."""


def latest(conn: Connection) -> NamesFile:
    """The whole file, read again only where it has changed since this process last asked."""
    now = stamp(conn)
    before, file = _seen.get(conn.info.dsn, ("", NamesFile()))
    if now != before:
        file = names(conn)
        _seen[conn.info.dsn] = (now, file)
    return file


def stamp(conn: Connection) -> str:
    """What changes when the file does: cheaper to ask than to read it."""
    row = conn.execute("select count(*), max(changed) from name_entry").fetchone()
    return f"{row[0]} {row[1]}" if row else ""


def change(
    conn: Connection, act: str, about: str, edit: Callable[[NamesFile], NamesFile], *, by: str, now: datetime
) -> NamesFile:
    """The file as `edit` leaves it, stored; `act` and `about` go to the audit. Inside the caller's transaction.

    Raises:
        BadInput: the file would be larger than the readers can hold.
        What `edit` raises; nothing is changed then.
    """
    conn.execute("select pg_advisory_xact_lock(%s)", (NAMES_LOCK,))
    before = names(conn)
    after = edit(before)
    if after.size > max(forms.MOST_IN_ALL, before.size):
        raise BadInput("The names file would be too large", f"{after.size:,} forms; {forms.MOST_IN_ALL:,} at most")
    old, new = {one.id: one for one in before.entries}, {one.id: one for one in after.entries}
    changed = [one for one in after.entries if old.get(one.id) != one]
    gone = [id_ for id_ in old if id_ not in new]
    conn.execute("delete from name_entry where id = any(%s)", (gone,))
    for one in changed:
        conn.execute(
            "insert into name_entry (id, kind, forms, note, changed, by) values (%s, %s, %s, %s, %s, %s) on conflict (id)"
            " do update set kind = excluded.kind, forms = excluded.forms, note = excluded.note,"
            " changed = excluded.changed, by = excluded.by",
            (one.id, one.kind, Jsonb({k: list(v) for k, v in one.forms.items()}), one.note, now, by),
        )
    if changed or gone:
        audit.record(conn, by, act, about, changed=len(changed), gone=len(gone))
    return after
